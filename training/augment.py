"""Here are training sentences: which further ones can be made of them without writing any?

Two kinds, for what raw news shows and treebanks hide: lines that a splitter could not part (a signature and the next
greeting), and names that no corpus holds, in the places of those it does.
"""
import os
import random
import re
import tomllib

from corpus import WORD, Sentence

TERMINALS = tuple('.!?:;"\'”)')
LONGEST = 60
SWAPPED_SHARE = 0.22
# A name is replaced by one of our own lists this often, else by another name of the corpora.
OWN_NAMES = 0.5


def augmented(sentences, data, seed):
    """Joined and renamed sentences; they teach names and parts of speech, no trees."""
    chance = random.Random(seed)
    return joined(sentences, chance) + renamed(sentences, name_pools(sentences, data), chance)


def joined(sentences, chance):
    """Neighbours of one set, where the first ends without a mark."""
    out = []
    for first, second in zip(sentences, sentences[1:]):
        is_open = first.set == second.set and first.ner and second.ner and not first.words[-1].endswith(TERMINALS)
        if is_open and len(first.words) + len(second.words) <= LONGEST and chance.random() < 0.7:
            out.append(Sentence(first.words + second.words, first.set, ner=first.ner + second.ner,
                                upos=both(first.upos, second.upos), xpos=both(first.xpos, second.xpos),
                                feats=both(first.feats, second.feats), entity=both(first.entity, second.entity)))
    return out


def both(one, other):
    return one + other if one and other else None


def renamed(sentences, pools, chance):
    out = []
    for sentence in sentences:
        named = sentence.ner and any(tag[2:] in pools for tag in sentence.ner)
        if named and chance.random() < SWAPPED_SHARE:
            words, ner = rename(sentence, pools, chance)
            if len(words) <= 2 * LONGEST:
                entity = [tag if tag[2:] in pools else None for tag in ner]
                out.append(Sentence(words, sentence.set, ner=ner, entity=entity))
    return out


def rename(sentence, pools, chance):
    words, ner = [], []
    for start, end, kind in spans(sentence.ner):
        if kind in pools and chance.random() < 0.8:
            own, seen = pools[kind]
            name = chance.choice(own if chance.random() < OWN_NAMES else seen)
        else:
            name = sentence.words[start:end]
        words += name
        ner += [('B-' if i == 0 else 'I-') + kind if kind else 'O' for i in range(len(name))]
    return words, ner


def spans(tags):
    """The sentence cut into names and single words outside them (kind None)."""
    out, start = [], 0
    for i in range(1, len(tags) + 1):
        if i == len(tags) or tags[i][0] != 'I':
            out.append((start, i, tags[start][2:] or None))
            start = i
    return out


def name_pools(sentences, data):
    """Kind -> (names of our own lists, names of the corpora), each a list of words."""
    seen = {'PER': [], 'LOC': [], 'ORG': []}
    for sentence in sentences:
        for start, end, kind in spans(sentence.ner or []) if sentence.ner else []:
            if kind in seen:
                seen[kind].append(sentence.words[start:end])
    return {kind: (own_names(kind, data), seen[kind]) for kind in seen}


def own_names(kind, data):
    if kind == 'LOC':
        texts = column(os.path.join(data, 'gazetteer', 'overlay.tsv'), 0) + column(os.path.join(data, 'gazetteer', 'countries.tsv'), 6) * 2
        texts += column(os.path.join(data, 'gazetteer', 'areas.tsv'), 0)
    elif kind == 'PER':
        texts = toml_names(data, 'leaders')
        texts += [text.split()[-1] for text in texts]
    else:
        texts = [name for file in ('groups', 'organisations', 'parties', 'institutions') for name in toml_names(data, file)]
    return [words for words in map(WORD.findall, texts) if 0 < len(words) <= 8]


def column(path, index):
    with open(path, encoding='utf-8') as lines:
        rows = [line.rstrip('\n').split('\t') for line in lines if not line.startswith('#')]
    return [row[index].split('|')[0] for row in rows if len(row) > index and row[index][:1].isupper()]


def toml_names(data, file):
    """Titles and other names of an actors' file; names start with a capital."""
    with open(os.path.join(data, 'actors', file + '.toml'), 'rb') as source:
        tables = tomllib.load(source)
    names = []
    for entries in tables.values():
        for title, entry in entries.items() if isinstance(entries, dict) else ():
            line = entry if isinstance(entry, str) else entry.get('line', '') if isinstance(entry, dict) else ''
            names.append(re.sub(r' \(.*\)', '', title))
            if file != 'leaders':
                names += [part.strip() for part in re.sub(r'^[A-Z]{3}\b', '', line).split(';')]
    return [name for name in names if name[:1].isupper() and len(name) > 1]
