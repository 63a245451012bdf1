#!/usr/bin/env python3
"""Here are small piles of our own writing with their happenings: how well does a program tell which claims are one event?

  measure.py --shared DIR [--annalist PROGRAM] [--name NAME] [--append]

Prints, and with --append adds to `../piles.tsv`, precision and F1 over pairs of claims of different reports, as the scorer of whole
reports counts them: an event that was not found costs its pairs. All piles are read as one.
"""
import argparse
import datetime
import glob
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'fresh'))
import align  # noqa: E402
import measure as fresh  # noqa: E402

LEDGER = os.path.join(HERE, '..', 'piles.tsv')
FIGURES = ('detection_and_type_f1', 'same_event_precision', 'same_event_f1', 'same_event_f1_given_detection')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--shared', default='../shared')
    parser.add_argument('--annalist', default='target/release/annalist')
    parser.add_argument('--name', default='piles')
    parser.add_argument('--append', action='store_true')
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.shared):
        print('measure.py: %s is not there, nothing is measured' % arguments.shared)
        return
    units, annotations = piles(sorted(path for path in glob.glob(os.path.join(HERE, '*.jsonl')) if not path.endswith('.units.jsonl')))
    found = evaluated(arguments, units, annotations)
    row = [datetime.date.today().isoformat(), fresh.commit(), arguments.name, str(len(units)), *('%.1f' % found[name] for name in FIGURES)]
    print('\t'.join(row))
    if arguments.append:
        with open(LEDGER, 'a', encoding='utf-8') as out:
            out.write('\t'.join(row) + '\n')


def piles(paths):
    """Reports by id, and their annotation, in which the key of a happening names its pile."""
    units = {unit['id']: unit for path in paths for _, unit in align.rows(path.replace('.jsonl', '.units.jsonl'))}
    annotations = [row for path in paths for _, row in align.rows(path)]
    for annotation in annotations:
        for event in annotation['events']:
            event['same'] = '%s/%s' % (units[annotation['id']]['pile'], event.get('same'))
    return units, annotations


def evaluated(arguments, units, annotations):
    with tempfile.TemporaryDirectory() as data:
        align.write_gold(os.path.join(data, 'reports'), units, annotations)
        scores = os.path.join(data, 'scores.json')
        subprocess.run([sys.executable, os.path.join(arguments.shared, 'eval', 'run.py'), '--annalist', os.path.abspath(arguments.annalist), '--data', data,
                        '--sets', 'reports', '--boot', '0', '--json', scores], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(scores, encoding='utf-8') as f:
            return {figure['metric']: figure['value'] for figure in json.load(f)['figures']}


if __name__ == '__main__':
    main()
