#!/usr/bin/env python3
"""Scores an exported model on the development sets, gold tokens.

  evaluate.py --data DIR --model DIR [--json]
"""
import argparse
import json

import corpus
import runtime
import scores

COLUMNS = ('UPOS', 'XPOS', 'FEATS', 'UAS', 'LAS', 'LASsub', 'ner', 'ner/PER', 'ner/LOC', 'ner/ORG', 'ner/MISC', 'entity')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True)
    parser.add_argument('--model', required=True)
    parser.add_argument('--json', action='store_true')
    args = parser.parse_args()
    model = runtime.Model(args.model)
    results = {name: scores.evaluate(gold, model.read([s.words for s in gold])) for name, gold in corpus.development_sets(args.data).items()}
    print(json.dumps(results, indent=1) if args.json else table(results))


def table(results):
    head = '| set | ' + ' | '.join(COLUMNS) + ' |\n|' + '---|' * (len(COLUMNS) + 1)
    cell = lambda values, column: '%.2f' % values[column] if column in values else '-'
    return '\n'.join([head] + ['| %s | %s |' % (name, ' | '.join(cell(values, c) for c in COLUMNS)) for name, values in results.items()])


if __name__ == '__main__':
    main()
