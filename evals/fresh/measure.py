#!/usr/bin/env python3
"""Here are units that no version of the program had read when they were annotated: how well does this one read them?

  measure.py --shared DIR [--annalist PATH] --name NAME BATCH… [--fast] [--append]

BATCH is a file of `annotated/`. Prints the figures; with --append also adds a row to `evals/fresh.tsv`, which is only ever
appended to. The texts and the scorer lie in the shared folder; where it is absent this says so and passes.
"""
import argparse
import datetime
import importlib.util
import json
import os
import subprocess
import sys
import tempfile

import align

HERE = os.path.dirname(os.path.abspath(__file__))
LEDGER = os.path.join(HERE, '..', 'fresh.tsv')
POOL = {'ce': 'current-events.jsonl', 'wn': 'wikinews.jsonl', 'wh': 'statements.jsonl'}
# Name in the ledger and name in the evaluation, whose figures are per cents.
FIGURES = (('f1', 'detection_and_type_f1'), ('precision', 'detection_and_type_precision'), ('recall', 'detection_and_type_recall'),
           ('detection', 'detection_f1'), ('actors', 'source_country'), ('recipients', 'target_country'), ('place', 'place_country'),
           ('day', 'date_compatible'), ('figure', 'quantity_number_and_comparator'), ('attribution', 'attribution_name'), ('status', 'status'))
COLUMNS = ['date', 'commit', 'name', 'tier', 'units', 'events'] + [name for name, _ in FIGURES] + ['wholly_right', 'calibration_error']


def pool_units(shared, annotations):
    """The units of the annotations by id, with their texts."""
    wanted = {annotation['id'] for annotation in annotations}
    units = {}
    for name in sorted({POOL[identity[:2]] for identity in wanted}):
        for _, unit in align.rows(os.path.join(shared, 'pool', name)):
            if unit['id'] in wanted:
                units[unit['id']] = unit
    return units


def scorer(shared):
    path = os.path.join(shared, 'eval', 'reports', 'score.py')
    spec = importlib.util.spec_from_file_location('report_score', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def runner(shared):
    path = os.path.join(shared, 'eval', 'run.py')
    spec = importlib.util.spec_from_file_location('eval_run', path)
    module = importlib.util.module_from_spec(spec)
    sys.modules['eval_run'] = module
    spec.loader.exec_module(module)
    return module


def evaluation(arguments, data):
    """{metric: per cent} of the shared evaluation's report set, run on our gold."""
    scores = os.path.join(data, 'scores.json')
    subprocess.run([sys.executable, os.path.join(arguments.shared, 'eval', 'run.py'), '--annalist', arguments.annalist, '--data', data,
                    '--sets', 'reports', '--boot', '0', '--json', scores], check=True, stdout=subprocess.DEVNULL)
    with open(scores, encoding='utf-8') as f:
        result = json.load(f)
    if result.get('failed'):
        sys.exit('measure.py: the evaluation failed: %s' % result['failed'])
    return {figure['metric']: figure['value'] for figure in result['figures']}


def readings(arguments, data):
    """Rows of `annalist read` by id."""
    command = [arguments.annalist, 'read'] + ['--fast'] * arguments.fast + [os.path.join(data, 'reports', 'reports.jsonl')]
    run = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if run.returncode not in (0, 1):
        sys.exit('measure.py: `%s` ended with %d' % (' '.join(command), run.returncode))
    return {row['id']: row for row in map(json.loads, run.stdout.decode().splitlines())}


def predictions(shared, rows):
    """The claims as the scorer wants them, with their score and sectors."""
    to_actor = runner(shared).report_actor
    for row in rows.values():
        for claim in row.get('claims') or []:
            if not claim.get('type'):
                continue
            place = claim.get('place') or {}
            yield {'report': row['id'], 'id': claim['id'], 'type': claim['type'], 'mode': claim.get('mode') or [],
                   'sources': [to_actor(a) for a in claim.get('actors') or []], 'targets': [to_actor(a) for a in claim.get('recipients') or []],
                   'date': claim.get('date'), 'place': {'name': place.get('name'), 'country': place.get('country')} if place else None,
                   'quantities': claim.get('quantities') or [], 'status': claim.get('status'), 'attributed_to': claim.get('attributed_to') or [],
                   'span': claim.get('span'), 'score': claim.get('score') or 0.0}


def aligned(score, gold, texts, predicted):
    """Pairs of gold event and prediction (None where there is none), and predictions without gold."""
    by_report = {}
    for prediction in predicted:
        by_report.setdefault(prediction['report'], []).append(prediction)
    for report in gold['reports']:
        text = score.Text(texts[report['id']])
        events, found = [dict(e) for e in report['events']], [dict(p) for p in by_report.get(report['id'], [])]
        for entry in events + found:
            entry['_span'], entry['_rep'] = score.locate(entry, text), report['id']
        pairs = score.assign([[score.pair_score(e, p, text) for p in found] for e in events])
        for index, event in enumerate(events):
            yield event, found[pairs[index]] if index in pairs else None
        for index, prediction in enumerate(found):
            if index not in pairs.values():
                yield None, prediction


def is_wholly_right(score, event, found):
    """Type, both parties' countries and sectors, day compatible, country of the place, status, first figure."""
    if found is None or found.get('type') not in score.types_of(event):
        return False
    sources, said_sources, targets, said_targets = score.sides(event, found)
    roles = lambda parties: sorted({p.get('role') for p in parties if p.get('role') not in (None, 'UNK')})
    same_roles = all(set(roles(event[side])) <= set(roles(found[side])) for side in ('sources', 'targets'))
    figures = event['quantities']
    first = not figures or any(score.qty_match(figures[0], q) and (q.get('cmp') or '=') == figures[0]['cmp'] for q in found['quantities'])
    return (sources == said_sources and targets == said_targets and same_roles
            and (not event.get('date') or score.date_compat(event['date'], found.get('date')))
            and (not score.place_c(event) or score.place_c(event) == score.place_c(found))
            and event['status'] == found.get('status') and first)


def calibration_error(judged, n_bins=10):
    """Mean distance of score and share of right claims over bins of equal size, weighted by their size; `judged` holds (score, right)."""
    judged = sorted(judged)
    total = 0.0
    for number in range(n_bins):
        chunk = judged[number * len(judged) // n_bins:(number + 1) * len(judged) // n_bins]
        if chunk:
            total += abs(sum(s for s, _ in chunk) - sum(r for _, r in chunk))
    return total / len(judged) if judged else 0.0


def commit():
    run = subprocess.run(['git', '-C', HERE, 'rev-parse', '--short', 'HEAD'], stdout=subprocess.PIPE, check=False)
    return run.stdout.decode().strip() or 'unknown'


def measure(arguments):
    annotations = [row for path in arguments.batches for _, row in align.rows(path)]
    units = pool_units(arguments.shared, annotations)
    with tempfile.TemporaryDirectory() as data:
        folder = os.path.join(data, 'reports')
        align.write_gold(folder, units, annotations)
        figures = {} if arguments.fast else evaluation(arguments, data)
        rows = readings(arguments, data)
        with open(os.path.join(folder, 'gold', 'fresh.json'), encoding='utf-8') as f:
            gold = json.load(f)
    score = scorer(arguments.shared)
    texts = {identity: unit['text'] for identity, unit in units.items()}
    pairs = list(aligned(score, gold, texts, predictions(arguments.shared, rows)))
    wanted = [(event, found) for event, found in pairs if event and event['salience'] != 'optional']
    judged = [(found['score'], bool(event) and found['type'] in score.types_of(event)) for event, found in pairs if found]
    n_right = sum(found is not None and found['type'] in score.types_of(event) for event, found in wanted)
    n_found = sum(1 for event, found in pairs if found and not (event and event['salience'] == 'optional'))
    if arguments.fast:
        precision, recall = n_right / max(n_found, 1), n_right / max(len(wanted), 1)
        figures = {'detection_and_type_precision': 100 * precision, 'detection_and_type_recall': 100 * recall,
                   'detection_and_type_f1': 200 * precision * recall / max(precision + recall, 1e-9)}
    row = {'date': datetime.date.today().isoformat(), 'commit': commit(), 'name': arguments.name, 'tier': 'fast' if arguments.fast else 'full',
           'units': len(annotations), 'events': len(wanted)}
    row.update({name: '%.1f' % figures[metric] if metric in figures and figures[metric] is not None else '' for name, metric in FIGURES})
    row['wholly_right'] = '%.1f' % (100 * sum(is_wholly_right(score, event, found) for event, found in wanted) / max(len(wanted), 1))
    row['calibration_error'] = '%.3f' % calibration_error(judged)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--shared', default='../shared')
    parser.add_argument('--annalist', default='target/release/annalist')
    parser.add_argument('--name', required=True)
    parser.add_argument('--fast', action='store_true')
    parser.add_argument('--append', action='store_true')
    parser.add_argument('batches', nargs='+')
    arguments = parser.parse_args()
    if not os.path.isdir(arguments.shared):
        print('measure.py: %s is absent, nothing is measured' % arguments.shared)
        return
    row = measure(arguments)
    for column in COLUMNS:
        print('%-18s %s' % (column, row[column]))
    if arguments.append:
        is_new = not os.path.exists(LEDGER)
        with open(LEDGER, 'a', encoding='utf-8') as ledger:
            if is_new:
                ledger.write('\t'.join(COLUMNS) + '\n')
            ledger.write('\t'.join(str(row[column]) for column in COLUMNS) + '\n')


if __name__ == '__main__':
    main()
