"""Here are sentences: what tensors does one step see?

Subword ids, shapes and targets are computed once; case and punctuation noise is drawn anew every epoch.
"""
from dataclasses import dataclass

import numpy as np
import torch

import wordpiece
from corpus import SETS
from events import EVENT, ROLE, STATUS

IGNORE = -100
LAYERS = ('upos', 'xpos', 'feats', 'ner', 'entity')


@dataclass
class Item:
    """One sentence as numbers; targets hold IGNORE where its set is silent."""
    pieces: list
    shapes: list
    targets: dict
    heads: np.ndarray
    deprels: np.ndarray
    set: int
    final_punctuation: bool
    has_entity: bool
    events: list = None       # where the set annotates events: [word, {type: share}, status or None, weight]
    pairs: list = None        # [word of an event, {other word: [roles]}]
    vector: torch.Tensor = None

    def length(self):
        return 2 + sum(map(len, self.pieces))


@dataclass
class Batch:
    ids: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    rows: torch.Tensor
    sets: torch.Tensor
    grid: torch.Tensor        # [sentence, word] -> row, root first; 0 beyond the sentence
    grid_mask: torch.Tensor
    targets: dict
    heads: torch.Tensor       # [sentence, word] -> head position in the same grid row
    deprels: torch.Tensor     # by row
    head_rows: torch.Tensor   # by row
    ner_weight: torch.Tensor  # by row
    events: 'Events'
    vectors: torch.Tensor


@dataclass
class Events:
    """What the words of annotated sentences tell."""
    rows: torch.Tensor        # of every word of these sentences
    types: torch.Tensor       # [row, type]: shares
    weight: torch.Tensor      # by row
    status: torch.Tensor      # by row; IGNORE where nothing is said
    pair_event: torch.Tensor  # row of an event ...
    pair_word: torch.Tensor   # ... and of another word of its sentence
    roles: torch.Tensor       # [pair, role]: 1 where it has the role


def make_item(sentence, pieces, labels):
    n = len(sentence.words)
    targets = {name: encode(getattr(sentence, name), labels[name], n) for name in LAYERS}
    parsed = sentence.head is not None
    heads = np.array(sentence.head) if parsed else np.full(n, IGNORE)
    return Item(pieces=[pieces.word(w) for w in sentence.words],
                shapes=[wordpiece.shape(w, i == 0) for i, w in enumerate(sentence.words)],
                targets=targets, heads=heads, deprels=encode(sentence.deprel, labels['deprel'], n),
                set=SETS.index(sentence.set),
                final_punctuation=parsed and n > 3 and sentence.upos[-1] == 'PUNCT' and n not in sentence.head,
                has_entity=sentence.ner is not None and any(t != 'O' for t in sentence.ner),
                events=sentence.events, pairs=sentence.pairs)


def encode(tags, names, n):
    if tags is None:
        return np.full(n, IGNORE)
    index = {name: i for i, name in enumerate(names)}
    return np.array([index.get(tag, IGNORE) for tag in tags])


class Noise:
    """Headline case and lost full stops, so that neither breaks the reading."""

    def __init__(self, seed, upper=0.05, lower=0.04, title=0.04, unpunctuated=0.08, hidden=0.02):
        self.random = np.random.default_rng(seed)
        self.cases = {'upper': upper, 'lower': lower, 'title': title}
        self.unpunctuated, self.hidden = unpunctuated, hidden

    def case(self):
        draw = self.random.random()
        for name, share in self.cases.items():
            if draw < share:
                return name
            draw -= share
        return None

    def drops_last(self, item):
        return item.final_punctuation and self.random.random() < self.unpunctuated

    def hides(self, n):
        return self.random.random(n) < self.hidden


def recase(shapes, case):
    changed = {'upper': {s: wordpiece.UPPER for s in (wordpiece.LOWER, wordpiece.CAPITALISED, wordpiece.FIRST_CAPITALISED, wordpiece.MIXED)},
               'lower': {s: wordpiece.LOWER for s in (wordpiece.UPPER, wordpiece.CAPITALISED, wordpiece.FIRST_CAPITALISED, wordpiece.MIXED, wordpiece.ONE_UPPER)},
               'title': {wordpiece.LOWER: wordpiece.CAPITALISED}}.get(case, {})
    return [changed.get(s, s) for s in shapes]


def collate(items, noise=None, free_weight=1.0):
    """`free_weight` is the entity loss weight of sentences without an entity."""
    drop = [1 if noise and noise.drops_last(item) else 0 for item in items]
    counts = [len(item.pieces) - d for item, d in zip(items, drop)]
    length = max(2 + sum(map(len, item.pieces[:n])) for item, n in zip(items, counts))
    ids, shapes = np.zeros((len(items), length), int), np.zeros((len(items), length), int)
    mask = np.zeros((len(items), length), np.float32)
    rows, grid, grid_mask = [], np.zeros((len(items), 1 + max(counts)), int), np.zeros((len(items), 1 + max(counts)), bool)
    heads = np.full(grid.shape, IGNORE)
    for b, (item, n) in enumerate(zip(items, counts)):
        fill(ids[b], shapes[b], item, n, noise)
        used = 2 + sum(map(len, item.pieces[:n]))
        mask[b, :used] = 1
        starts = 1 + np.cumsum([0] + [len(p) for p in item.pieces[:n]])[:-1]
        grid[b, :n + 1], grid_mask[b, :n + 1] = len(rows) + np.arange(n + 1), True
        heads[b, 1:n + 1] = item.heads[:n]
        rows += [b * length] + list(b * length + starts)
    flat = lambda get: torch.tensor(np.concatenate([np.concatenate([[IGNORE], get(item)[:n]]) for item, n in zip(items, counts)]))
    head_rows = np.concatenate([np.concatenate([[0], grid[b][np.maximum(item.heads[:n], 0)]]) for b, (item, n) in enumerate(zip(items, counts))])
    by_row = lambda values: torch.tensor(np.repeat(values, [n + 1 for n in counts]))
    return Batch(torch.tensor(ids), torch.tensor(shapes), torch.tensor(mask), torch.tensor(rows), by_row([i.set for i in items]),
                 torch.tensor(grid), torch.tensor(grid_mask), {name: flat(lambda item: item.targets[name]) for name in LAYERS},
                 torch.tensor(heads), flat(lambda item: item.deprels), torch.tensor(head_rows),
                 by_row([1.0 if i.has_entity else free_weight for i in items]).float(), events_of(items, counts, grid),
                 torch.stack([i.vector for i in items]).float() if items[0].vector is not None else None)


def events_of(items, counts, grid):
    """The targets of the annotated sentences of a batch; words that noise has taken away tell nothing."""
    rows, types, weight, status, pairs, roles = [], [], [], [], [], []
    for b, (item, n) in enumerate(zip(items, counts)):
        if item.events is None:
            continue
        row = grid[b][1:n + 1]
        told = np.zeros((n, len(EVENT)), np.float32)
        told[:, 0] = 1.0
        weights, statuses = np.ones(n, np.float32), np.full(n, IGNORE)
        for word, shares, name, share in item.events:
            if word < n:
                told[word] = [shares.get(kind, 0.0) for kind in EVENT]
                weights[word] = share
                statuses[word] = STATUS.index(name) if name in STATUS else IGNORE
        for event, others in item.pairs:
            if event < n:
                pairs += [(row[event], row[word]) for word in range(n)]
                roles += [[float(role in others.get(word, ())) for role in ROLE] for word in range(n)]
        rows.append(row), types.append(told), weight.append(weights), status.append(statuses)
    joined = lambda parts, empty: torch.tensor(np.concatenate(parts) if parts else empty)
    pairs = np.array(pairs, int).reshape(-1, 2)
    return Events(joined(rows, np.zeros(0, int)), joined(types, np.zeros((0, len(EVENT)), np.float32)), joined(weight, np.zeros(0, np.float32)),
                  joined(status, np.zeros(0, int)), torch.tensor(pairs[:, 0]), torch.tensor(pairs[:, 1]),
                  torch.tensor(np.array(roles, np.float32).reshape(-1, len(ROLE))))


def fill(ids, shapes, item, n, noise):
    """Writes one sentence's subwords into its row of the batch."""
    word_shapes = recase(item.shapes, noise.case() if noise else None)
    flat = [p for pieces in item.pieces[:n] for p in pieces]
    if noise:
        flat = [wordpiece.MASK if hidden else p for p, hidden in zip(flat, noise.hides(len(flat)))]
    ids[:len(flat) + 2] = [wordpiece.CLS] + flat + [wordpiece.SEP]
    shapes[1:len(flat) + 1] = [s for pieces, s in zip(item.pieces[:n], word_shapes) for _ in pieces]


def batched(items, subwords, random=None):
    """Groups of similar length holding about `subwords` subwords; shuffled when `random` is given."""
    noise = random.random(len(items)) * 6 if random is not None else np.zeros(len(items))
    order = sorted(range(len(items)), key=lambda i: items[i].length() + noise[i])
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * max(items[i].length(), items[group[-1]].length()) > subwords:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    if random is not None:
        random.shuffle(groups)
    return groups
