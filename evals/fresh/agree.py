#!/usr/bin/env python3
"""Here are two annotations of the same units: how far do their readers agree?

  agree.py FIRST.jsonl SECOND.jsonl [--shared DIR]

Scores the second against the first with the scorer of whole reports, on the units that both hold.
"""
import argparse
import os

import align
import measure


def as_prediction(event, report):
    keys = ('id', 'type', 'mode', 'sources', 'targets', 'date', 'place', 'quantities', 'status', 'attributed_to', 'span')
    return {'report': report, **{key: event[key] for key in keys}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('first')
    parser.add_argument('second')
    parser.add_argument('--shared', default='../shared')
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.shared):
        print('agree.py: %s is absent, nothing is compared' % arguments.shared)
        return
    first, second = ({row['id']: row for _, row in align.rows(path)} for path in (arguments.first, arguments.second))
    both = [identity for identity in first if identity in second]
    units = measure.pool_units(arguments.shared, [first[identity] for identity in both])
    score = measure.scorer(arguments.shared)
    gold = [{'cluster': 'both', 'reports': [align.gold(units[identity], first[identity]) for identity in both], 'links': []}]
    said = [as_prediction(event, identity) for identity in both for event in align.gold(units[identity], second[identity])['events']]
    result, _ = score.score(gold, said, {identity: units[identity]['text'] for identity in both})
    print('%d units, %d events of the first reader, %d of the second' % (len(both), result['detection']['gold'], len(said)))
    for name in ('detection', 'detection_and_type'):
        print('%-30s F1 %.2f (precision %.2f, recall %.2f)' % (name, result[name]['f1'], result[name]['p'], result[name]['r']))
    for name, figure in result['attributes'].items():
        print('%-30s %.2f of %d' % (name, figure['acc'], figure['n']))


if __name__ == '__main__':
    main()
