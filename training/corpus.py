"""Here is a folder of corpora: which sentences, with which annotation, do we train on?

A sentence carries only what its set annotates; every other layer is None and its loss is masked.
"""
import hashlib
import json
import os
import re
from dataclasses import dataclass

from events import read_told

# The index of the set is also the row of the indicator that tells the entity heads whose convention to follow.
SETS = ('uner', 'gum', 'wikigold', 're3d', 'news', 'events')
COARSE = {'PER': 'PER', 'LOC': 'LOC', 'ORG': 'ORG', 'MISC': 'MISC', 'FAC': 'LOC', 'NORP': 'MISC', 'EVENT': 'MISC'}
# Proper names of arms (T-72, Kalashnikov) are MISC in the coarse scheme, common nouns (rockets) are nothing.
COARSE_IF_NAME = {'WEAPON': 'MISC', 'PLATFORM': 'MISC'}
FINE = ('PER', 'LOC', 'ORG', 'NORP', 'FAC', 'WEAPON', 'PLATFORM', 'EVENT', 'QUANTITY', 'DATE')
RE3D = {'Person': 'PER', 'Organisation': 'ORG', 'Location': 'LOC', 'Nationality': 'NORP', 'Weapon': 'WEAPON',
        'MilitaryPlatform': 'PLATFORM', 'Quantity': 'QUANTITY', 'Money': 'QUANTITY', 'Temporal': 'DATE'}
NAMED = {'PER', 'ORG', 'LOC', 'NORP'}
TITLES = {'mr', 'mr.', 'mrs', 'mrs.', 'ms', 'ms.', 'dr', 'dr.', 'president', 'prime', 'minister', 'secretary', 'foreign',
          'general', 'gen.', 'lt.', 'col.', 'colonel', 'ambassador', 'senator', 'sen.', 'secretary-general', 'king', 'prince'}
ABBREVIATIONS = {'maj', 'gen', 'lt', 'col', 'capt', 'sgt', 'mr', 'mrs', 'dr', 'dec', 'nov', 'oct', 'sept', 'aug', 'jan', 'feb', 'no', 'st'}
# As Universal Dependencies cut English: at hyphens, save after a prefix, and before a possessive.
PREFIX = '(?:pro|non|e|co|re|pre|anti|mid|multi|semi|ex)-'
PRONOUNS = {'i', 'we', 'he', 'she', 'it', 'they', 'his', 'her', 'their', 'our', 'who', 'this', 'those', 'these'}
WORD = re.compile(r"['’]s\b|(?:[A-Z]\.){2,}|(?:(?i:%s))?[^\W_]+(?:(?:[.,]|['’](?!s\b))[^\W_]+)*|\S" % PREFIX)


@dataclass
class Sentence:
    words: list
    set: str
    upos: list = None
    xpos: list = None
    feats: list = None
    head: list = None
    deprel: list = None
    ner: list = None
    entity: list = None
    events: list = None
    pairs: list = None


def training_sentences(folder, news):
    """Everything we train on; `news` is our own annotated file."""
    ewt = with_ner(read_conllu(at(folder, 'ewt-train.conllu'), 'uner'), read_iob(at(folder, 'uner-ewt-train.iob2'), 'uner'))
    gum = with_ner(read_conllu(at(folder, 'gum-open-train.conllu'), 'gum'), read_iob(at(folder, 'gum-open-ner-train.iob2'), 'gum'))
    wikigold = read_iob(at(folder, 'wikigold-train.iob2'), 'wikigold')
    return ewt + gum + wikigold + read_re3d(at(folder, 're3d-open-dev.jsonl'), held_out_half=False) + read_news(news)


def event_sentences(path):
    """Sentences of annotated units, as `events.py` wrote them."""
    return [Sentence(told.words, 'events', events=told.events, pairs=told.pairs) for told in read_told(path)] if path else []


def development_sets(folder):
    """Name -> sentences; `re3d` is the half of its documents that training never sees."""
    return {'ewt': with_ner(read_conllu(at(folder, 'ewt-dev.conllu'), 'uner'), read_iob(at(folder, 'uner-ewt-dev.iob2'), 'uner')),
            'gum': with_ner(read_conllu(at(folder, 'gum-open-dev.conllu'), 'gum'), read_iob(at(folder, 'gum-open-ner-dev.iob2'), 'gum')),
            're3d': read_re3d(at(folder, 're3d-open-dev.jsonl'), held_out_half=True)}


def at(folder, name):
    return os.path.join(folder, name)


def blocks(path):
    block = []
    with open(path, encoding='utf-8') as lines:
        for line in lines:
            line = line.rstrip('\n')
            if line.strip():
                block.append(line)
            elif block:
                yield block
                block = []
    if block:
        yield block


def read_conllu(path, set_name):
    out = []
    for block in blocks(path):
        rows = [line.split('\t') for line in block if line.count('\t') == 9]
        rows = [row for row in rows if row[0].isdigit()]
        columns = list(zip(*rows))
        out.append(Sentence(list(columns[1]), set_name, list(columns[3]), list(columns[4]), list(columns[5]),
                            [int(h) for h in columns[6]], list(columns[7])))
    return out


def read_iob(path, set_name):
    out = []
    for block in blocks(path):
        rows = [line.split('\t') for line in block if not line.startswith('# ')]
        tags = well_formed([row[1] for row in rows])
        out.append(Sentence([row[0] for row in rows], set_name, ner=tags, entity=fine_from_coarse(tags)))
    return out


def well_formed(tags):
    """I- without its B- becomes B-."""
    out = []
    for tag in tags:
        previous = out[-1] if out else 'O'
        out.append('B' + tag[1:] if tag[0] == 'I' and previous[2:] != tag[2:] else tag)
    return out


def fine_from_coarse(tags):
    """What a coarse set says about the fine scheme: its names. Outside them it is silent (None)."""
    return [tag if tag[2:] in ('PER', 'ORG', 'LOC') else None for tag in tags]


def with_ner(parsed, tagged):
    """Joins trees and entity tags of one text by their words; the sets differ in a sentence or two."""
    by_words = {tuple(s.words): s for s in tagged}
    for sentence in parsed:
        match = by_words.get(tuple(sentence.words))
        if match:
            sentence.ner, sentence.entity = match.ner, match.entity
    return parsed


def held_out(document_id):
    return hashlib.sha256(document_id.encode()).digest()[0] % 2 == 1


def read_re3d(path, held_out_half):
    out = []
    with open(path, encoding='utf-8') as rows:
        for row in map(json.loads, rows):
            if held_out(row['id']) == held_out_half:
                out += re3d_sentences(row)
    return out


def re3d_sentences(row):
    words = [(m.start(), m.end()) for m in WORD.finditer(row['text'])]
    spans = re3d_names(row, words)
    forms = [row['text'][a:b] for a, b in words]
    tags = spans_to_tags(len(words), spans)
    for start, end in sentence_ranges(row['text'], words, forms):
        yield Sentence(forms[start:end], 're3d', ner=coarse_tags(tags[start:end], forms[start:end]), entity=tags[start:end])


def re3d_names(row, words):
    """Its nested mentions as flat names: the innermost wins, titles and articles go, common nouns drop out.

    Nationalities come last, so that "Syrian Democratic Forces" stays one organisation.
    """
    taken, out = set(), []
    for start, end, kind in sorted(row['entities'], key=lambda e: (e[2] == 'Nationality', e[1] - e[0])):
        if kind not in RE3D:
            continue
        inside = [i for i, (a, b) in enumerate(words) if a >= start and b <= end]
        inside = name_core(inside, words, row['text'], RE3D[kind])
        if inside and not taken & set(inside):
            taken |= set(inside)
            out.append((inside[0], inside[-1] + 1, RE3D[kind]))
    return out


def name_core(inside, words, text, kind):
    forms = {i: text[words[i][0]:words[i][1]] for i in inside}
    if kind not in NAMED:
        return inside
    while inside and (not forms[inside[0]][0].isupper() or forms[inside[0]].lower() in TITLES | {'the'}):
        inside = inside[1:]
    pronoun = len(inside) == 1 and forms[inside[0]].lower() in PRONOUNS
    return inside if all(may_stand_in_name(forms[i]) for i in inside) and not pronoun else []


def may_stand_in_name(form):
    return form[0].isupper() or form.startswith(('al-', 'el-')) or form in ('of', 'the', 'and', 'for', 'al', 'de', '-')


def sentence_ranges(text, words, forms):
    start = 0
    for i in range(len(words)):
        last = i + 1 == len(words)
        gap = '' if last else text[words[i][1]:words[i + 1][0]]
        abbreviated = i > start and forms[i - 1].lower() in ABBREVIATIONS
        stop = forms[i] in '.!?' and not last and forms[i + 1][0].isupper() and gap and not abbreviated
        if last or stop or '\n' in gap or i - start >= 120:
            yield start, i + 1
            start = i + 1


def spans_to_tags(n, spans):
    tags = ['O'] * n
    for start, end, kind in spans:
        tags[start:end] = ['B-' + kind] + ['I-' + kind] * (end - start - 1)
    return tags


def coarse_tags(tags, forms):
    return well_formed([coarse_tag(tag, tags, i, forms) for i, tag in enumerate(tags)])


def coarse_tag(tag, tags, i, forms):
    kind = tag[2:]
    if kind in COARSE:
        return tag[:2] + COARSE[kind]
    if kind in COARSE_IF_NAME and is_name(tags, i, forms):
        return tag[:2] + COARSE_IF_NAME[kind]
    return 'O'


def is_name(tags, i, forms):
    while tags[i][0] == 'I':
        i -= 1
    return forms[i][0].isupper() and i > 0


MARK = re.compile(r'\[([^\[\]|]+)\|([A-Z]+)\]')


def read_news(path):
    """Our own sentences: one a line, entities as [words|TYPE], lines starting with # are comments."""
    with open(path, encoding='utf-8') as lines:
        return [news_sentence(line.strip()) for line in lines if line.strip() and not line.startswith('#')]


def news_sentence(line):
    forms, tags, at_char = [], [], 0
    for mark in MARK.finditer(line):
        forms += [m.group() for m in WORD.finditer(line[at_char:mark.start()])]
        tags += ['O'] * (len(forms) - len(tags))
        forms += [m.group() for m in WORD.finditer(mark.group(1))]
        tags += ['B-' + mark.group(2)] + ['I-' + mark.group(2)] * (len(forms) - len(tags) - 1)
        at_char = mark.end()
    forms += [m.group() for m in WORD.finditer(line[at_char:])]
    tags += ['O'] * (len(forms) - len(tags))
    return Sentence(forms, 'news', ner=coarse_tags(tags, forms), entity=tags)
