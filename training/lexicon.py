#!/usr/bin/env python3
"""Here are the lexicon's own sentences: which of their words are events, as the lexicon alone reads them?

  lexicon.py --lexicon DIR --annalist PROGRAM --out FILE

Every entry has sentences that it must match and sentences that it must leave alone, all of our own writing and held by tests. The
reader learns from them what the words may mean; FILE is in the form of `events.py`.
"""
import argparse
import glob
import json
import os
import re
import tomllib

import events

GROUP = re.compile(r'\(([^()]*\|[^()]*)\)')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('lexicon', 'annalist', 'out'):
        parser.add_argument('--' + name, required=True)
    args = parser.parse_args()
    units = [{'id': 'l%d' % n, 'published': '2020-01-01', 'text': text} for n, text in enumerate(sorted(set(sentences(args.lexicon))))]
    read = events.read_rows(args.annalist, units)
    with open(args.out, 'w', encoding='utf-8') as out:
        for unit in units:
            for told in events.sentences(annotation(read[unit['id']]), events.analysis(read[unit['id']])):
                out.write(json.dumps(told.__dict__, ensure_ascii=False) + '\n')
    print('%d sentences' % len(units))


def sentences(folder):
    for path in sorted(glob.glob(os.path.join(folder, '*.toml'))):
        with open(path, 'rb') as f:
            entries = tomllib.load(f).get('entry', [])
        for entry in entries:
            for line in entry.get('match', []) + entry.get('leave', []):
                yield from written_out(line)


def written_out(line):
    """A sentence for each alternative."""
    groups = [group.split('|') for group in GROUP.findall(line)]
    for n in range(max(map(len, groups), default=1)):
        chosen = iter([group[min(n, len(group) - 1)].strip() for group in groups])
        yield GROUP.sub(lambda _: next(chosen), line)


def annotation(row):
    """The program's claims in the form of an annotation."""
    party = lambda p: {'span': p['span']}
    named = lambda parties: [party(p) for p in parties if p.get('span') and p.get('basis', 'named') in ('named', 'possessor')]
    return {'id': row['id'], 'events': [
        {'type': c['type'], 'status': c['status'], 'trigger': c['trigger'], 'actors': named(c['actors']), 'recipients': named(c['recipients'])}
        for c in row['claims'] if c.get('type')]}


if __name__ == '__main__':
    main()
