"""How good are the event heads on annotated sentences? Per cents."""
import numpy as np
import torch

import batches
from events import EVENT, ROLE, STATUS
from model import joined


@torch.no_grad()
def evaluate(net, items, thresholds=(0.2, 0.3, 0.4, 0.5, 0.6)):
    """`trigger`: the word and its type; `sentence`: the types of a sentence, whichever words; roles at the marked events."""
    answers = [answer for group in batches.batched(items, 4000) for answer in read(net, [items[i] for i in group])]
    out = {}
    for threshold in thresholds:
        found = [triggers(answer['event'], threshold) for answer in answers]
        out['trigger@%.1f' % threshold] = triple(*counted(answers, found, by_word=True))
        out['sentence@%.1f' % threshold] = triple(*counted(answers, found, by_word=False))
    out['status'] = status(answers)
    out['roles'] = {role: f1(*role_counts(answers, k)) for k, role in enumerate(ROLE)}
    return out


@torch.no_grad()
def read(net, items):
    """Probabilities of each sentence, in numpy."""
    net.eval()
    batch = batches.collate(items)
    result = {k: v.float() for k, v in net(batch).items() if k in ('event', 'status', 'pair_event', 'pair_word')}
    for b, item in enumerate(items):
        rows = batch.grid[b][1:len(item.pieces) + 1]
        events = [word for word, _ in item.pairs]
        words = result['pair_word'][rows][None].expand(len(events), -1, -1)
        pairs = joined(result['pair_event'][rows][events][:, None].expand_as(words), words)
        roles = torch.sigmoid(net.heads.role(pairs)).numpy()
        yield {'item': item, 'event': result['event'][rows].softmax(-1).numpy(), 'status': result['status'][rows].numpy(), 'roles': roles}


def triggers(event, threshold):
    kinds = event[:, 1:].argmax(1)
    return {int(w): EVENT[1 + kinds[w]] for w in np.nonzero(1.0 - event[:, 0] > threshold)[0]}


def counted(answers, found, by_word):
    """(right, found, wanted); what a second reader might leave out counts nowhere."""
    right = n_found = n_wanted = 0
    for answer, said in zip(answers, found):
        gold = {word: (shares, weight) for word, shares, _, weight in answer['item'].events}
        wanted = {w: shares for w, (shares, weight) in gold.items() if weight == 1.0}
        doubtful = {w: shares for w, (shares, weight) in gold.items() if weight < 1.0}
        said = {w: kind for w, kind in said.items() if not (w in doubtful and w not in wanted)}
        n_wanted += len(wanted)
        n_found += len(said)
        if by_word:
            right += sum(kind in wanted.get(w, ()) for w, kind in said.items())
            continue
        left = list(wanted.values())
        for kind in said.values():
            fits = [shares for shares in left if kind in shares]
            if fits:
                left.remove(fits[0])
                right += 1
    return right, n_found, n_wanted


def status(answers):
    pairs = [(STATUS.index(name), int(answer['status'][word].argmax())) for answer in answers for word, _, name, _ in answer['item'].events if name in STATUS]
    return round(100.0 * sum(a == b for a, b in pairs) / max(len(pairs), 1), 1)


def role_counts(answers, k):
    right = found = wanted = 0
    for answer in answers:
        for (word, others), scores in zip(answer['item'].pairs, answer['roles']):
            gold = {w for w, roles in others.items() if ROLE[k] in roles}
            said = {int(w) for w in np.nonzero(scores[:, k] > 0.5)[0]}
            right, found, wanted = right + len(gold & said), found + len(said), wanted + len(gold)
    return right, found, wanted


def f1(right, found, wanted):
    return round(200.0 * right / (found + wanted), 1) if found + wanted else None


def triple(right, found, wanted):
    """F1, precision, recall."""
    return f1(right, found, wanted), round(100.0 * right / max(found, 1), 1), round(100.0 * right / max(wanted, 1), 1)
