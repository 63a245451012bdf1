#!/usr/bin/env python3
"""Here are annotated units: which words of a sentence are events, of which type, and who stands in which role?

  events.py --annotated DIR… --units DIR… --annalist PROGRAM --out FILE [--leave BATCH…]

Annotation keeps offsets into texts that lie elsewhere; the program itself cuts the texts into words, so that training sees what
reading sees. FILE holds one sentence a line, for `train.py --events`.
"""
import argparse
import glob
import json
import os
import subprocess
from dataclasses import dataclass

TYPES = ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST',
         'MOBILIZE', 'SANCTION', 'COERCE', 'ASSAULT')
EVENT = ('-',) + TYPES
STATUS = ('happened', 'planned', 'denied', 'hypothetical')
FIGURES = ('killed', 'wounded', 'detained', 'displaced', 'missing', 'abducted', 'released', 'troops', 'protesters')
ROLE = ('actor', 'recipient', 'place', 'time', 'speaker') + FIGURES + ('other',)
# Of a trigger that several types fit, the first counts for more.
FIRST_TYPE = 0.75
# What a second reader might leave out, and repeats, of which readers write down only the clear ones, teach less.
DOUBTFUL = 0.4


@dataclass
class Told:
    """What the words of one sentence tell; indices of words from 0."""
    unit: str
    words: list
    events: list        # [word, {type: share}, status or None, weight]
    pairs: list         # [word of an event, {other word: [roles]}]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('annotated', 'units'):
        parser.add_argument('--' + name, required=True, nargs='+')
    for name in ('annalist', 'out'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--leave', nargs='*', default=[], help='batches to measure with, which are never trained on')
    args = parser.parse_args()
    annotations = [a for folder in args.annotated for a in read_annotations(folder) if a['batch'] not in args.leave]
    texts = {unit['id']: unit for folder in args.units for unit in read_units(folder)}
    known = [a for a in annotations if a['id'] in texts]
    tokens = analysed(args.annalist, [texts[a['id']] for a in known])
    with open(args.out, 'w', encoding='utf-8') as out:
        for annotation in known:
            for told in sentences(annotation, tokens[annotation['id']]):
                out.write(json.dumps(told.__dict__, ensure_ascii=False) + '\n')
    print('%d units, of %d annotated the texts are not there' % (len(known), len(annotations) - len(known)))


def read_annotations(folder):
    """The first reader's annotation of every unit, in the order of the batches."""
    paths = sorted(path for path in glob.glob(os.path.join(folder, '*.jsonl')) if '.second.' not in path and '.units.' not in path)
    return [dict(row, batch=os.path.basename(path)[:-6]) for path in paths for row in json_rows(path)]


def read_units(folder):
    """Everything with a text."""
    rows = (row for path in sorted(glob.glob(os.path.join(folder, '*.jsonl'))) for row in json_rows(path))
    return [row for row in rows if 'text' in row and 'id' in row]


def json_rows(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines if line.strip()]


def analysed(program, units):
    """{id: (sentences, tokens)} as the program reads them."""
    return {identity: analysis(row) for identity, row in read_rows(program, units).items()}


def analysis(row):
    return row['sentences'], row['tokens']


def read_rows(program, units):
    """{id: the program's row of the unit, with its tokens}."""
    rows = '\n'.join(json.dumps({'id': u['id'], 'published': u['published'], 'text': u['text']}, ensure_ascii=False) for u in units)
    run = subprocess.run([program, 'read', '--tokens', '-'], input=rows.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit('`%s read` ended with %d' % (program, run.returncode))
    found = map(json.loads, run.stdout.decode().splitlines())
    return {row['id']: row for row in found}


def sentences(annotation, analysis):
    """What each sentence of a unit tells."""
    spans, tokens = analysis
    ranges = list(token_ranges(spans, tokens))
    out = [Told(annotation['id'], [t['form'] for t in tokens[a:b]], [], []) for a, b in ranges]
    where = {i: (s, i - a) for s, (a, b) in enumerate(ranges) for i in range(a, b)}
    for event in annotation['events']:
        head = head_of(tokens, event['trigger'])
        if head not in where:
            continue
        sentence, word = where[head]
        weight = DOUBTFUL if event.get('salience') == 'optional' else 1.0
        out[sentence].events.append([word, shares(event), event.get('status', 'happened'), weight])
        out[sentence].pairs.append([word, roles(event, tokens, where, sentence)])
        for again in filter(None, event.get('again', [])):
            if head_of(tokens, again) in where:
                other, word = where[head_of(tokens, again)]
                out[other].events.append([word, shares(event), None, DOUBTFUL])
    return out


def token_ranges(spans, tokens):
    at = 0
    for start, end in spans:
        first = at
        while at < len(tokens) and tokens[at]['start'] < end:
            at += 1
        if at > first:
            yield first, at


def shares(event):
    alternatives = [a for a in event.get('alt', []) if a != event['type']]
    out = {a: (1.0 - FIRST_TYPE) / len(alternatives) for a in alternatives}
    out[event['type']] = FIRST_TYPE if alternatives else 1.0
    return out


def inside(tokens, span):
    return [i for i, t in enumerate(tokens) if t['start'] < span[1] and t['end'] > span[0]] if span else []


def head_of(tokens, span):
    """The word of a span that the others hang from; `None` where there is none."""
    words = inside(tokens, span)
    tops = [i for i in words if tokens[i]['head'] is None or tokens[i]['head'] not in words]
    content = [i for i in tops if tokens[i]['upos'] not in ('PUNCT', 'ADP', 'DET', 'PART', 'CCONJ', 'SCONJ')]
    return (content or tops or [None])[0]


def number_of(tokens, span):
    """The number word of a span, else its head."""
    words = inside(tokens, span)
    numbers = [i for i in words if tokens[i]['upos'] == 'NUM']
    return numbers[0] if numbers else head_of(tokens, span)


def roles(event, tokens, where, sentence):
    """{word of the same sentence: its roles in the event}."""
    named = [('actor', head_of(tokens, p.get('span'))) for p in event.get('actors', [])]
    named += [('recipient', head_of(tokens, p.get('span'))) for p in event.get('recipients', [])]
    named += [('place', head_of(tokens, event.get('where'))), ('time', head_of(tokens, event.get('when')))]
    named += [('speaker', head_of(tokens, span)) for span in event.get('by', [])]
    named += [(f['what'] if f['what'] in FIGURES else 'other', number_of(tokens, f.get('span'))) for f in event.get('figures', [])]
    out = {}
    for role, word in named:
        if word in where and where[word][0] == sentence:
            out.setdefault(where[word][1], [])
            if role not in out[where[word][1]]:
                out[where[word][1]].append(role)
    return out


def read_told(path):
    """The sentences that `main` wrote."""
    told = [Told(**row) for row in json_rows(path)]
    for sentence in told:
        # JSON has no numbers as keys.
        sentence.pairs = [[word, {int(other): names for other, names in others.items()}] for word, others in sentence.pairs]
    return told


if __name__ == '__main__':
    main()
