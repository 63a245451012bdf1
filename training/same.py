#!/usr/bin/env python3
"""Here are reports with happenings that readers told apart: how much does each thing that linking sees weigh?

  same.py --annotated DIR… --units DIR… --pairs FILE --shared DIR --annalist PROGRAM --compared PROGRAM --out FILE

Claims as the program reads them, errors and all, are aligned with the annotated events; two claims of different reports are one event
if their events have one key (`same`), or if a reader said so of the two (`--pairs`). Logistic regression, L2.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'evals', 'fresh'))
import align  # noqa: E402
import measure  # noqa: E402

STRENGTH = 0.3
# Pairs that were drawn for being alike count less than those of whole piles, which come as often as they come.
DRAWN = 0.5
# So probable must one event be that the log-odds are above nought.
LEAST = 0.3


# What speaks least for one event comes first.
PARTIES = ('of other countries', 'others', 'unclear', 'not told', 'may be one', 'one', 'one that is known')
DAYS = ('further apart', 'within two weeks', 'two or three apart', 'next', 'overlapping', 'in one week', 'one')
ORDER = (('actors: ', *PARTIES), ('recipients: ', *PARTIES), ('parties: ', *PARTIES), ('days told: ', *DAYS), ('days told once: ', *DAYS),
         ('days not told: ', 'apart', 'together'), ('reports: ', 'further apart', 'of one week', 'of days that follow', 'of one day'),
         ('type: ', 'of another', 'of one quad class', 'one', 'one, and one root'),
         ('place: ', 'another that is told', 'another', 'unclear', 'may be one', 'one', 'one that is told'),
         ('figure: ', 'another', 'may be one', 'usual for the other', 'one', 'one large'))
AGAINST = ('told apart: by days', 'told apart: by day and place', 'trigger: a light word', 'trigger: another report has both', 'person: another', 'number: one and several', 'status: one planned',
           'status: one denied', 'status: one only thought of', "days: long before the other's report", "days: after the other's report")
FREE = ('bias',)
# What a reader who is not mistaken cannot take for one event, though claims as they are read often have a wrong day: at most so much.
MOST = {'told apart: by days': -1.5}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('piles', 'annotated'):
        parser.add_argument('--' + name, required=True, nargs='+')
    for name in ('pairs', 'shared', 'annalist', 'compared', 'out'):
        parser.add_argument('--' + name, required=True)
    args = parser.parse_args()
    names = [line.split('\t')[0] for line in open(args.out, encoding='utf-8') if not line.startswith('#')]
    x, y = pairs_of_piles(args, names)
    drawn_x, drawn_y = drawn_pairs(args, names)
    print('%d pairs of piles, %d of one event; %d drawn, %d of one event' % (len(y), y.sum(), len(drawn_y), drawn_y.sum()))
    x, y, weight = np.concatenate([x, drawn_x]), np.concatenate([y, drawn_y]), np.concatenate([np.ones(len(y)), np.full(len(drawn_y), DRAWN)])
    weights = fit(x, y, weight, names)
    for name, most in MOST.items():
        weights[names.index(name)] = min(weights[names.index(name)], most)
    weights[names.index('bias')] -= np.log(LEAST / (1.0 - LEAST))
    with open(args.out, 'w', encoding='utf-8') as out:
        out.write('# feature\tweight: log-odds that two claims are one event\n')
        out.writelines('%s\t%.3f\n' % pair for pair in zip(names, weights))


def pairs_of_piles(args, names):
    """(what is seen of each pair, whether it is one event), of all piles read as one, so that strange reports meet too."""
    units = {unit['id']: unit for path in args.piles for _, unit in align.rows(path.replace('.jsonl', '.units.jsonl'))}
    annotations = [row for path in args.piles for _, row in align.rows(path)]
    key_of = {claim: (units[claim[0]]['pile'], event['same_event']) for claim, event in aligned(units, annotations, args)}
    rows, said = [], []
    for one, other, seen in compared(list(units.values()), args):
        rows.append([seen.get(name, 0.0) for name in names])
        said.append(one in key_of and key_of[one] == key_of.get(other))
    return np.array(rows), np.array(said, float)


def drawn_pairs(args, names):
    """The same of pairs of annotated events that a reader judged: `[[unit, event], [unit, event], is one]`, events by number."""
    judged = [row for _, row in align.rows(args.pairs)]
    wanted = {unit for one, other, _ in judged for unit in (one[0], other[0])}
    annotations = [row for path in args.annotated for _, row in align.rows(path) if row['id'] in wanted]
    units = measure.pool_units(args.shared, annotations)
    for annotation in annotations:
        for number, event in enumerate(annotation['events']):
            event['same'] = '%s#%d' % (annotation['id'], number)
    claim_of = {event['same_event']: claim for claim, event in aligned(units, annotations, args)}
    is_one = {}
    for one, other, is_same in judged:
        claims = tuple(claim_of.get('%s#%d' % tuple(event)) for event in (one, other))
        is_one[claims] = is_one[claims[::-1]] = is_same
    seen_of = [(seen, is_one[one, other]) for one, other, seen in compared(list(units.values()), args) if (one, other) in is_one]
    return np.array([[seen.get(name, 0.0) for name in names] for seen, _ in seen_of]), np.array([is_same for _, is_same in seen_of], float)


def aligned(units, annotations, args):
    """[(report and claim, the event that it tells)]."""
    with tempfile.TemporaryDirectory() as folder:
        align.write_gold(folder, units, annotations)
        with open(os.path.join(folder, 'gold', 'fresh.json'), encoding='utf-8') as f:
            gold = json.load(f)
    score = measure.scorer(args.shared)
    texts = {identity: unit['text'] for identity, unit in units.items()}
    rows = {row['id']: row for row in map(json.loads, read(list(units.values()), args).splitlines())}
    pairs = measure.aligned(score, gold, texts, measure.predictions(args.shared, rows))
    return [((found['report'], found['id']), event) for event, found in pairs if event and found]


def read(units, args):
    rows = ''.join(json.dumps({name: unit.get(name) for name in ('id', 'published', 'outlet', 'text')}) + '\n' for unit in units)
    return subprocess.run([args.annalist, 'read', '-'], input=rows.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode()


def compared(units, args):
    run = subprocess.run([args.compared], input=read(units, args).encode(), stdout=subprocess.PIPE, check=True)
    for line in run.stdout.decode().splitlines():
        pair = json.loads(line)
        yield tuple(pair['claims'][0]), tuple(pair['claims'][1]), pair['seen']


def fit(x, y, weight, names, n_steps=4000):
    """The weights of a logistic regression in which nothing that speaks more for one event weighs less, by projected gradient steps."""
    basis, is_free = steps(names)
    x = x @ basis
    pull = np.where(np.arange(len(names)) == names.index('bias'), 0.0, 1.0 / STRENGTH)
    rate = 1.0 / (0.25 * np.linalg.eigvalsh((x * weight[:, None]).T @ x)[-1] + pull.max())
    at, ahead, momentum = np.zeros(len(names)), np.zeros(len(names)), 1.0
    for _ in range(n_steps):
        likely = 1.0 / (1.0 + np.exp(-x @ ahead))
        then = ahead + rate * (x.T @ (weight * (y - likely)) - pull * ahead)
        then = np.where(is_free, then, np.maximum(then, 0.0))
        momentum, before = (1.0 + np.sqrt(1.0 + 4.0 * momentum ** 2)) / 2.0, momentum
        at, ahead = then, then + (before - 1.0) / momentum * (then - at)
    return basis @ at


def steps(names):
    """(a column for each step from what speaks least for one event to what speaks most, which columns may be below nought)."""
    basis, is_free = np.eye(len(names)), np.array([name in FREE for name in names])
    for group in ORDER:
        places = [names.index(group[0] + tail) for tail in group[1:]]
        for number, place in enumerate(places):
            basis[:, place] = 0.0
            basis[places[number:], place] = 1.0
        is_free[places[0]] = True
    for name in AGAINST:
        basis[names.index(name)] *= -1.0
    return basis, is_free


if __name__ == '__main__':
    main()
