#!/usr/bin/env python3
"""Here are readings, written as GUIDE.md says: where in the text do their words stand?

  align.py UNITS.jsonl READINGS.jsonl… [--out ANNOTATION.jsonl]     prints counts and all words not found; exit 1 if any
  align.py --gold DIR UNITS.jsonl ANNOTATION.jsonl…                 writes gold, texts and reports.jsonl for the scorer

A reading quotes words; an annotation holds offsets and labels only, so that it can be kept where the text may not be. Offsets
are half-open counts of Unicode code points into the unit's text. Words that occur more than once are taken where `@n` says, the
trigger otherwise where it stands first, all other words as near to the trigger as they stand: in its sentence, else before it,
else after it.
"""
import argparse
import json
import os
import re
import sys

ROLES = ('actors', 'recipients')
ENDS = re.compile(r'[.!?][\"\'”’)\]]*\s+|\n+')


def hits(text, words):
    """All places of the words, whole words first; parts of words only where nothing else fits ("pro-" in "pro-Russian")."""
    whole = [m.span() for m in re.finditer(r'(?<!\w)%s(?!\w)' % re.escape(words), text)]
    return whole or [m.span() for m in re.finditer(re.escape(words), text)]


def numbered(words):
    """(words, n) of `words@n`; n is None where it is not said."""
    match = re.fullmatch(r'(.*)@(\d+)', words, re.S)
    return (match[1], int(match[2])) if match else (words, None)


def sentence(text, span):
    """Ends of the sentence around a span."""
    starts = [m.end() for m in ENDS.finditer(text, 0, span[0])]
    end = ENDS.search(text, span[1])
    return (starts[-1] if starts else 0), (end.end() if end else len(text))


def distance(text, trigger, span):
    """Smaller is nearer: in the trigger's sentence, else before it, else after it."""
    start, end = sentence(text, trigger)
    gap = max(span[0] - trigger[1], trigger[0] - span[1], 0)
    side = 0 if start <= span[0] < end else 1 if span[0] < start else 2
    return side, gap


class Unit:
    """A text in which words are looked for; remembers those it does not hold."""

    def __init__(self, text):
        self.text = text
        self.lost = []

    def at(self, words, trigger=None):
        bare, n = numbered(words)
        places = hits(self.text, bare)
        if n is not None:
            places = places[n - 1:n]
        elif trigger and places:
            places = [min(places, key=lambda span: distance(self.text, trigger, span))]
        if not places:
            self.lost.append(words)
            return None
        return list(places[0])


def aligned_event(unit, event):
    trigger = unit.at(event['trigger'])
    if trigger is None:
        return None
    near = lambda words: unit.at(words, trigger)
    plain = ('type', 'alt', 'status', 'date', 'country', 'mode', 'salience', 'same')
    out = {key: event[key] for key in plain if event.get(key)}
    out['trigger'] = trigger
    for role in ROLES:
        out[role] = [party(near(p['w']), p) for p in event.get(role, [])]
    out['figures'] = [figure(near, f) for f in event.get('figures', [])]
    for key in ('when', 'where'):
        if event.get(key):
            out[key] = near(event[key])
    out['by'] = [near(words) for words in event.get('by', [])]
    out['again'] = [unit.at(words) for words in event.get('again', [])]
    return {key: value for key, value in out.items() if value not in ([], None)}


def party(span, party):
    return {'span': span, **{key: party[key] for key in ('country', 'role') if party.get(key)}}


def figure(near, figure):
    out = {'span': near(figure['w']), **{key: figure[key] for key in ('what', 'cmp', 'n', 'n2') if key in figure}}
    for key in ('of', 'by'):
        if figure.get(key):
            out[key] = near(figure[key])
    return out


def aligned_posture(unit, posture):
    span = unit.at(posture['w'])
    near = lambda words: unit.at(words, span)
    out = {'span': span, 'actor': party(near(posture['actor']['w']), posture['actor']), 'figure': figure(near, posture['figure'])}
    if posture.get('where'):
        out['where'] = near(posture['where'])
    return {**out, **{key: posture[key] for key in ('country', 'as_of') if posture.get(key)}}


def aligned_state(unit, state):
    return {'span': unit.at(state['w']), **{key: state[key] for key in ('process', 'code', 'date', 'parties') if state.get(key)}}


def align(text, reading, day=None):
    """The annotation of a unit of a day, and the words that do not stand in it."""
    unit = Unit(text)
    dated = [{**event, 'date': day if event.get('date') == '.' else event.get('date')} for event in reading['events']]
    events = [aligned_event(unit, event) for event in dated]
    out = {'id': reading['id'], 'events': [event for event in events if event]}
    if reading.get('postures'):
        out['postures'] = [aligned_posture(unit, posture) for posture in reading['postures']]
    if reading.get('states'):
        out['states'] = [aligned_state(unit, state) for state in reading['states']]
    return out, unit.lost


def gold_country(country, name):
    """The scorer of whole reports has EUR for unnamed European states alone, and IGO for the European Union itself."""
    is_union = country == 'EUR' and not re.search(r'nations|states|countries|members', name or '')
    return 'IGO' if is_union else country


def gold(unit, annotation):
    """The same as the scorer of whole reports wants it."""
    text = unit['text']
    words = lambda span: text[span[0]:span[1]] if span else None
    parties = lambda event, role: [{'name': words(p['span']), 'country': gold_country(p.get('country'), words(p['span'])), 'role': p.get('role')}
                                   for p in event.get(role, [])]
    events = []
    for index, event in enumerate(annotation['events']):
        place = {'name': words(event.get('where')), 'country': event.get('country')}
        start, end = sentence(text, event['trigger'])
        events.append({
            'id': '%s.e%d' % (unit['id'], index + 1), 'type': event['type'], 'type_alt': event.get('alt', []), 'mode': event.get('mode', []),
            'sources': parties(event, 'actors'), 'targets': parties(event, 'recipients'), 'date': event.get('date'),
            'place': place if place['name'] or place['country'] else None,
            'quantities': [{**{key: f[key] for key in ('what', 'cmp', 'n', 'n2') if key in f}, 'of': words(f.get('of')), 'by': words(f.get('by'))}
                           for f in event.get('figures', [])],
            'status': event['status'], 'attributed_to': [words(span) for span in event.get('by', [])],
            'quote': text[start:end].strip(), 'span': event['trigger'],
            'other_mentions': [text[slice(*sentence(text, span))].strip() for span in event.get('again', []) if span],
            'same_event': event.get('same'), 'salience': event.get('salience', 'main')})
    return {'id': unit['id'], 'published': unit['published'], 'outlet': unit['outlet'], 'lang': 'en', 'title': unit.get('title', ''),
            'events': events, 'postures': [], 'process_states': []}


def write_gold(folder, units, annotations):
    for name in ('gold', 'texts'):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    with open(os.path.join(folder, 'reports.jsonl'), 'w', encoding='utf-8') as out:
        for annotation in annotations:
            unit = units[annotation['id']]
            row = {'id': unit['id'], 'published': unit['published'], 'outlet': unit['outlet'], 'lang': 'en', 'title': unit.get('title', ''), 'text': unit['text']}
            out.write(json.dumps(row, ensure_ascii=False) + '\n')
            with open(os.path.join(folder, 'texts', unit['id'] + '.txt'), 'w', encoding='utf-8') as text:
                text.write(unit['text'])
    reports = [gold(units[annotation['id']], annotation) for annotation in annotations]
    cluster = {'cluster': 'fresh', 'topic': 'fresh units', 'annotator': 'readers', 'reports': reports, 'links': []}
    with open(os.path.join(folder, 'gold', 'fresh.json'), 'w', encoding='utf-8') as out:
        json.dump(cluster, out, ensure_ascii=False)


def rows(path):
    with open(path, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, json.loads(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('units')
    parser.add_argument('readings', nargs='+')
    parser.add_argument('--out')
    parser.add_argument('--gold')
    arguments = parser.parse_args()
    units = {unit['id']: unit for _, unit in rows(arguments.units)}
    if arguments.gold:
        write_gold(arguments.gold, units, [row for path in arguments.readings for _, row in rows(path)])
        return
    annotations, n_lost = [], 0
    for path in arguments.readings:
        for number, reading in rows(path):
            if reading['id'] not in units:
                sys.exit('%s:%d: no unit has the id %s' % (path, number, reading['id']))
            unit = units[reading['id']]
            annotation, lost = align(unit['text'], reading, unit['published'])
            annotations.append(annotation)
            n_lost += len(lost)
            for words in lost:
                print('%s:%d: %s: not in the text: %s' % (path, number, reading['id'], words))
    print('%d units, %d events, %d words not found' % (len(annotations), sum(len(row['events']) for row in annotations), n_lost))
    if arguments.out:
        with open(arguments.out, 'w', encoding='utf-8') as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + '\n' for row in annotations)
    sys.exit(1 if n_lost else 0)


if __name__ == '__main__':
    main()
