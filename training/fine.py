#!/usr/bin/env python3
"""Trains the finer entity types on top of a finished model, which stays as it is.

  fine.py --data DIR --base DIR --news FILE --checkpoint CKPT --out CKPT

Few sentences carry these types, and they would be drowned in the joint training; alone they take a minute.
"""
import argparse
import os

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import batches
import corpus
import decode
import scores
import train
from wordpiece import WordPiece

STEPS, ROWS, RATE, REPEAT = 1500, 512, 2e-3, 4
# Of the sets that only know PER, LOC and ORG every so many sentences with a name, for the variety of names.
NAMES_EVERY = 6


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    base = load_file(os.path.join(args.base, 'model.safetensors'))
    pieces = WordPiece(os.path.join(args.base, 'vocab.txt'))
    state = torch.load(args.checkpoint, weights_only=False)
    net = train.build(base, state['labels'])
    # A run that went on from shipped weights has them apart already.
    is_separate = any('entity_hidden' in name for name in state['average'])
    if is_separate:
        net.heads.separate_entity()
    net.load_state_dict(state['average'])
    if not is_separate:
        net.heads.separate_entity()
    rows, targets = training_rows(net, corpus.training_sentences(args.data, args.news), pieces, state['labels'])
    fit(net.heads, rows, targets)
    torch.save({'average': net.state_dict(), 'labels': state['labels']}, args.out)
    report(net, corpus.development_sets(args.data)['re3d'], pieces, state['labels'])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'base', 'news', 'checkpoint', 'out'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--seed', type=int, default=20)
    return parser.parse_args()


def training_rows(net, sentences, pieces, labels):
    own = [s for s in sentences if s.set in train.OWN_FIELD]
    named = [s for s in sentences if s.set not in train.OWN_FIELD and s.ner and any(t != 'O' for t in s.ner)]
    chosen = own + named[::NAMES_EVERY]
    seen = words_of(net, chosen, pieces, labels)
    rows, targets = (torch.cat(column) for column in zip(*(seen[:len(own)] * REPEAT + seen[len(own):])))
    known = targets != batches.IGNORE
    return rows[known], targets[known]


@torch.no_grad()
def words_of(net, sentences, pieces, labels):
    """(what the heads read, entity targets) of every word, per sentence."""
    net.eval()
    items = [batches.make_item(s, pieces, labels) for s in sentences]
    out = [None] * len(items)
    for group in batches.batched(items, 2000):
        batch = batches.collate([items[i] for i in group])
        layers = net.encoder(net.encoder.embed(batch.ids, batch.shapes), batch.mask)
        rows = net.heads.mixed(layers).flatten(0, 1)[batch.rows]
        for b, i in enumerate(group):
            words = batch.grid[b][batch.grid_mask[b]][1:]
            out[i] = rows[words], batch.targets['entity'][words]
    return out


def fit(heads, rows, targets):
    parameters = [*heads.entity_hidden.parameters(), *heads.entity.parameters()]
    optimiser = torch.optim.AdamW(parameters, weight_decay=0.01)
    heads.train()
    for step in range(STEPS):
        optimiser.param_groups[0]['lr'] = RATE * (1.0 - step / STEPS)
        drawn = torch.randint(len(rows), (ROWS,))
        F.cross_entropy(entity_scores(heads, heads.dropout(rows[drawn])), targets[drawn]).backward()
        optimiser.step()
        optimiser.zero_grad()
    heads.eval()


def entity_scores(heads, rows):
    return heads.entity(heads.inner_dropout(F.gelu(heads.entity_hidden(rows))))


@torch.no_grad()
def report(net, gold, pieces, labels):
    start, move = decode.transitions(labels['entity'])
    emissions = [entity_scores(net.heads, rows).numpy() for rows, _ in words_of(net, gold, pieces, labels)]
    pairs = [(s.entity, [labels['entity'][k] for k in decode.viterbi(e, start, move)]) for s, e in zip(gold, emissions)]
    print(scores.entity_scores(pairs, 'entity'))


if __name__ == '__main__':
    main()
