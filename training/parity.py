#!/usr/bin/env python3
"""Writes what the exported model answers, for the Rust side to reproduce.

  parity.py --data DIR --model DIR --out FILE [--sentences N]
"""
import argparse
import json

import corpus
import runtime

LAYERS = ('upos', 'xpos', 'feats', 'head', 'deprel', 'ner', 'entity')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'model', 'out'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--sentences', type=int, default=40)
    args = parser.parse_args()
    model = runtime.Model(args.model)
    chosen = every_nth(corpus.read_conllu(corpus.at(args.data, 'ewt-train.conllu'), 'uner'), args.sentences)
    with open(args.out, 'w', encoding='utf-8') as out:
        json.dump({'origin': 'UD_English-EWT train, CC BY-SA 4.0; answers by the exported model',
                   'sentences': [expected(model, s.words) for s in chosen]}, out, ensure_ascii=False)
        out.write('\n')


def every_nth(sentences, n):
    usable = [s for s in sentences if 5 <= len(s.words) <= 40]
    return usable[::len(usable) // n][:n]


def expected(model, words):
    ids, shapes, rows = model.inputs(words)
    layers = model.read_batch([words])[0]
    answers = {name: layers[name] for name in LAYERS}
    return {'words': words, 'ids': ids, 'shapes': shapes, 'rows': rows, **answers, 'sentence': [round(float(v), 4) for v in layers['sentence'][:8]]}


if __name__ == '__main__':
    main()
