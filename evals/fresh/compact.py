#!/usr/bin/env python3
"""Here are readings in the short form of GUIDE.md: the same as JSON lines, one a unit.

  compact.py READINGS.txt… > READINGS.jsonl     stops at the first line that is not in the form, naming it
"""
import json
import re
import sys

TYPES = set('AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST MOBILIZE SANCTION COERCE ASSAULT'.split())
ROLES = set('GOV MIL COP JUD LEG OPP REB CVL MED REL BUS REF NGO IGO PRM UNK'.split())
STATUS = {'happened', 'planned', 'denied', 'hypothetical', 'demanded'}
SALIENCE = {'main', 'background', 'optional'}
FIGURE = re.compile(r'(\S+) (=|>=|>|<=|<|~)([0-9.]+)(?:-([0-9.]+))? (.+?)(?: of\((.+?)\))?(?: by\((.+?)\))?')
LISTS = {'a': 'actors', 'r': 'recipients', 'f': 'figures', 'by': 'by', 'm': 'mode', 'g': 'again'}
PLAIN = {'w': 'when', 'd': 'date', 'p': 'where', 'c': 'country', 'st': 'status', 'x': 'salience', 'same': 'same'}


def number(digits):
    return float(digits) if '.' in digits else int(digits)


def party(text):
    words, _, labels = text.rpartition(' :') if ' :' in text else (text, '', '')
    labels = labels.split()
    if len(labels) == 2:
        country, role = labels
    elif labels and labels[0] in ('IGO', 'NGO'):
        country = role = labels[0]
    elif labels and labels[0] in ROLES:
        country, role = None, labels[0]
    else:
        country, role = (labels or [None])[0], None
    is_wrong = len(labels) > 2 or role not in ROLES | {None} or country and not re.fullmatch('[A-Z]{3}', country)
    if not words or is_wrong:
        raise ValueError('a party is `words :COUNTRY ROLE`: ' + text)
    return {'w': words, **{key: value for key, value in (('country', country), ('role', role)) if value}}


def figure(text):
    match = FIGURE.fullmatch(text)
    if not match:
        raise ValueError('a figure is `what >=12 words`, then `of(words)` and `by(words)`: ' + text)
    out = {'what': match[1], 'cmp': match[2], 'n': number(match[3]), 'w': match[5]}
    for key, value in (('n2', match[4] and number(match[4])), ('of', match[6]), ('by', match[7])):
        if value:
            out[key] = value
    return out


def event(line):
    head, *fields = [part.strip() for part in line.split('|')]
    types, _, trigger = head.partition(' ')
    types = types.split('/')
    if not trigger or not set(types) <= TYPES:
        raise ValueError('an event begins with its type and trigger: ' + line)
    out = {'type': types[0], 'trigger': trigger, 'status': 'happened', 'salience': 'main'}
    if types[1:]:
        out['alt'] = types[1:]
    for field in fields:
        key, _, value = field.partition('=')
        if key in LISTS:
            read = {'a': party, 'r': party, 'f': figure}.get(key, str)
            out[LISTS[key]] = [read(item.strip()) for item in value.split(' & ')]
        elif key in PLAIN and value:
            out[PLAIN[key]] = value
        else:
            raise ValueError('no field is called `%s`: %s' % (key, line))
    if out['status'] not in STATUS or out['salience'] not in SALIENCE:
        raise ValueError('no such status or salience: ' + line)
    return out


def readings(lines):
    """Yields one reading a unit; a unit is `# ID`, below it a line an event."""
    reading = None
    for line in lines:
        line = line.strip()
        if line.startswith('# '):
            if reading:
                yield reading
            reading = {'id': line[2:].strip(), 'events': []}
        elif line:
            reading['events'].append(event(line))
    if reading:
        yield reading


def main():
    for path in sys.argv[1:]:
        with open(path, encoding='utf-8') as lines:
            for reading in readings(lines):
                print(json.dumps(reading, ensure_ascii=False))


if __name__ == '__main__':
    main()
