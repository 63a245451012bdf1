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
    out = {'w': words}
    for label in labels.split():
        out['role' if label in ROLES and 'role' not in out and len(label) == 3 and label != 'NGO' or label in ('NGO', 'IGO') and 'country' in out else 'country'] = label
    if not words or len(out.get('country', 'XXX')) != 3 or labels and not set(labels.split()) <= {out.get('country'), out.get('role')}:
        raise ValueError('a party is `words :COUNTRY ROLE`: ' + text)
    if out.get('country') in ('NGO', 'IGO') and 'role' not in out:
        out['role'] = out['country']
    return out


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
