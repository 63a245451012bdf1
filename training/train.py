#!/usr/bin/env python3
"""Trains the joint model: a stable phase at full rate, then a linear decay to nothing.

  train.py --data DIR --base DIR --news FILE --out DIR [--events FILE] [--stable N] [--decay N] [--resume CKPT | --shipped DIR]

The stable phase can be cut at any epoch and decayed from there, so the schedule survives a change of mind. `--shipped` goes on
from exported weights, which is enough where only the events are new.
"""
import argparse
import json
import os
import time
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import batches
import corpus
import decode
import event_scores
import model
import scores
import shipped
from batches import IGNORE
from wordpiece import WordPiece

WEIGHTS = {'upos': 1.0, 'xpos': 0.5, 'feats': 0.7, 'ner': 3.0, 'entity': 1.5, 'arc': 1.0, 'label': 1.0, 'sentence': 0.5,
           'event': 1.0, 'status': 0.5, 'role': 2.0}
# Sentences without an entity teach the entity heads caution more than knowledge.
ENTITY_FREE = 0.5
# The small sets of conflict news, which --repeat shows more than once an epoch.
OWN_FIELD = ('re3d', 'news')


def main():
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    os.makedirs(args.out, exist_ok=True)
    base = load_file(os.path.join(args.base, 'model.safetensors'))
    pieces = WordPiece(os.path.join(args.base, 'vocab.txt'))
    sentences, development = corpus.training_sentences(args.data, args.news), corpus.development_sets(args.data)
    labels = shipped.labels(args.shipped) if args.shipped else label_sets(sentences)
    net = build(base, labels)
    if args.shipped:
        shipped.load(net, args.shipped)
    items = [batches.make_item(s, pieces, labels) for s in sentences + corpus.event_sentences(args.events)]
    add_teacher_vectors(items, base, os.path.join(args.out, 'teacher.pt'))
    items += [item for item in items if corpus.SETS[item.set] in OWN_FIELD] * (args.repeat - 1)
    items += [item for item in items if item.events is not None] * (args.repeat_events - 1)
    trainer = Trainer(net, items, args)
    if args.resume:
        trainer.restore(torch.load(args.resume, weights_only=False))
    told_items = [batches.make_item(s, pieces, labels) for s in corpus.event_sentences(args.events_dev)]
    dev_items = {name: [batches.make_item(s, pieces, labels) for s in part] for name, part in development.items()}
    for phase in ['stable'] * args.stable + ['decay'] * args.decay:
        trainer.epoch(phase)
        if trainer.epochs % args.report == 0:
            report(trainer, development, dev_items, told_items, labels)
        trainer.save(os.path.join(args.out, '%s-%d.pt' % (args.name, trainer.epochs)), labels)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'base', 'news', 'out'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--name', default='model')
    parser.add_argument('--events')
    parser.add_argument('--events-dev', help='sentences of events to report on')
    parser.add_argument('--resume')
    parser.add_argument('--shipped')
    parser.add_argument('--repeat-events', type=int, default=1)
    parser.add_argument('--stable', type=int, default=0)
    parser.add_argument('--decay', type=int, default=0)
    parser.add_argument('--repeat', type=int, default=1)
    parser.add_argument('--share', type=float, default=1.0, help='of the sentences without events, this share an epoch')
    parser.add_argument('--subwords', type=int, default=1600)
    parser.add_argument('--rate', type=float, default=2.5e-4)
    parser.add_argument('--head-rate', type=float, default=1.5e-3)
    parser.add_argument('--warmup', type=int, default=100)
    parser.add_argument('--average', type=float, default=0.998)
    parser.add_argument('--report', type=int, default=1, help='score the development sets every so many epochs')
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--seed', type=int, default=20)
    return parser.parse_args()


def label_sets(sentences, at_least=5):
    """Column names of each head, the commonest first; rare bundles and labels are left out."""
    def common(layer):
        counts = Counter(tag for s in sentences if getattr(s, layer) for tag in getattr(s, layer))
        return [tag for tag, n in sorted(counts.items(), key=lambda p: (-p[1], p[0])) if n >= at_least]
    bio = lambda kinds: ['O'] + [p + k for k in kinds for p in ('B-', 'I-')]
    return {'upos': common('upos'), 'xpos': common('xpos'), 'feats': common('feats'), 'deprel': common('deprel'),
            'ner': bio(('PER', 'LOC', 'ORG', 'MISC')), 'entity': bio(corpus.FINE)}


def build(base, labels):
    net = model.Backbone(model.Tables(base), {k: len(v) for k, v in labels.items()}, len(corpus.SETS))
    model.load_base(net.encoder, base)
    return net


def add_teacher_vectors(items, base, cache):
    """The original sentence embedding of every training sentence, for the sentence head to imitate."""
    known = torch.load(cache) if os.path.exists(cache) else {}
    new = [item for item in items if key(item) not in known]
    if new:
        known.update(zip(map(key, new), teacher_vectors(new, base)))
        torch.save(known, cache)
    for item in items:
        item.vector = known[key(item)]


def key(item):
    return tuple(piece for pieces in item.pieces for piece in pieces)


@torch.no_grad()
def teacher_vectors(items, base):
    tables = model.Tables(base)
    teacher = model.Encoder(tables.word(), tables.position())
    model.load_base(teacher, base)
    teacher.eval()
    out = torch.zeros(len(items), model.DIM, dtype=torch.float16)
    for group in batches.batched(items, 4000):
        batch = batches.collate([items[i] for i in group])
        with torch.autocast('cpu', dtype=torch.bfloat16):
            hidden = teacher(teacher.embed(batch.ids, batch.shapes), batch.mask)[-1].float()
        out[group] = F.normalize(model.mean_over(hidden, batch.mask), dim=1).half()
    return out


class Trainer:
    def __init__(self, net, items, args):
        self.net, self.items, self.args = net, items, args
        self.average = {k: v.clone() for k, v in net.state_dict().items()}
        self.steps, self.decay_steps, self.epochs, self.started = 0, 0, 0, time.time()
        self.random = np.random.default_rng(args.seed)
        self.noise = batches.Noise(args.seed)
        self.optimiser = torch.optim.AdamW(groups(net, args), betas=(0.9, 0.98), fused=True)
        drawn = np.random.default_rng(args.seed).random(len(items)) < args.share
        self.per_epoch = len(batches.batched([item for item, d in zip(items, drawn) if d or item.events is not None], args.subwords))

    def epoch(self, phase):
        self.net.train()
        totals = Counter()
        items = [item for item in self.items if item.events is not None or self.random.random() < self.args.share]
        groups = batches.batched(items, self.args.subwords, self.random)
        for group in groups:
            batch = batches.collate([items[i] for i in group], self.noise, ENTITY_FREE)
            losses = self.step(batch, phase)
            totals.update(losses)
        self.epochs += 1
        print(json.dumps({'epoch': self.epochs, 'phase': phase, 'seconds': round(time.time() - self.started), 'cpu': round(time.process_time()),
                          'loss': {k: round(v / len(groups), 4) for k, v in totals.items()}}), flush=True)

    def step(self, batch, phase):
        self.set_rate(phase)
        with torch.autocast('cpu', dtype=torch.bfloat16):
            out = self.net(batch)
        losses = all_losses(self.net, out, batch)
        sum(WEIGHTS[k] * v for k, v in losses.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 5.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.steps += 1
        self.track_average()
        return {k: float(v.detach()) for k, v in losses.items()}

    def set_rate(self, phase):
        factor = min(1.0, (self.steps + 1) / self.args.warmup)
        if phase == 'decay':
            self.decay_steps += 1
            factor *= max(0.0, 1.0 - self.decay_steps / (self.args.decay * self.per_epoch))
        for group in self.optimiser.param_groups:
            group['lr'] = group['peak'] * factor

    def track_average(self, every=5):
        if self.steps % every:
            return
        keep = min(self.args.average, 1.0 - 1.0 / (1 + self.steps / every / 2)) ** every
        for name, value in self.net.state_dict().items():
            self.average[name].lerp_(value, 1.0 - keep)

    def save(self, path, labels):
        torch.save({'net': self.net.state_dict(), 'average': self.average, 'optimiser': self.optimiser.state_dict(), 'labels': labels,
                    'steps': self.steps, 'epochs': self.epochs}, path)

    def restore(self, state):
        self.net.load_state_dict(state['net'])
        self.average = state['average']
        peaks = [g['peak'] for g in self.optimiser.param_groups]
        self.optimiser.load_state_dict(state['optimiser'])
        for group, peak in zip(self.optimiser.param_groups, peaks):
            group['peak'] = peak
        self.steps, self.epochs = state['steps'], state['epochs']
        self.random, self.noise = np.random.default_rng(self.args.seed + self.epochs), batches.Noise(self.args.seed + self.epochs)


def groups(net, args):
    """The pretrained layers learn slowly, what is new learns fast; vectors are not decayed."""
    encoder = [p for n, p in net.encoder.named_parameters() if n != 'shape']
    heads = list(net.heads.parameters()) + [net.encoder.shape]
    matrices = lambda ps: [p for p in ps if p.dim() > 1]
    vectors = lambda ps: [p for p in ps if p.dim() <= 1]
    return [{'params': pick(ps), 'peak': peak, 'weight_decay': decay} for ps, peak in ((encoder, args.rate), (heads, args.head_rate))
            for pick, decay in ((matrices, 0.01), (vectors, 0.0))]


def all_losses(net, out, batch):
    words = float(batch.grid_mask.sum())
    events = batch.events
    out = {k: v.float() for k, v in out.items()}
    losses = {name: tag_loss(out[name], batch.targets[name], batch.ner_weight if name in ('ner', 'entity') else None) / words
              for name in batches.LAYERS}
    losses['arc'] = arc_loss(out, batch) / words
    losses['label'] = label_loss(net, out, batch) / words
    losses['event'] = event_loss(out, events) / max(float(events.weight.sum()), 1.0)
    losses['status'] = F.cross_entropy(out['status'][events.rows], events.status, ignore_index=IGNORE, reduction='sum') / max(len(events.rows), 1)
    losses['role'] = role_loss(net, out, events) / max(len(events.rows), 1)
    losses['sentence'] = (1.0 - F.cosine_similarity(out['sentence'], batch.vectors)).mean()
    return losses


def tag_loss(logits, targets, weight):
    loss = F.cross_entropy(logits, targets, ignore_index=IGNORE, reduction='none')
    return (loss if weight is None else loss * weight).sum()


def arc_loss(out, batch):
    scores_ = arc_scores(out['arc_dep'], out['arc_head'], batch)
    return F.cross_entropy(scores_.flatten(0, 1), batch.heads.flatten(), ignore_index=IGNORE, reduction='sum')


def arc_scores(dependents, heads, batch):
    """[sentence, dependent, head]; impossible heads are far below."""
    pairs = torch.bmm(dependents[batch.grid], heads[batch.grid].transpose(1, 2))
    return pairs.masked_fill(~batch.grid_mask[:, None, :], decode.FORBIDDEN)


def label_loss(net, out, batch):
    known = (batch.deprels != IGNORE).nonzero().squeeze(1)
    if not len(known):
        return out['label_dep'].sum() * 0.0
    logits = net.heads.label_scores(out['label_dep'][known], out['label_head'][batch.head_rows[known]])
    return F.cross_entropy(logits, batch.deprels[known], reduction='sum')


def event_loss(out, events):
    return (F.cross_entropy(out['event'][events.rows], events.types, reduction='none') * events.weight).sum()


def role_loss(net, out, events):
    """A word may have several roles: each is a question of its own."""
    logits = net.heads.role_scores(out['pair_event'][events.pair_event], out['pair_word'][events.pair_word])
    return F.binary_cross_entropy_with_logits(logits, events.roles, reduction='sum')


def report(trainer, development, dev_items, told_items, labels):
    state = {k: v.clone() for k, v in trainer.net.state_dict().items()}
    trainer.net.load_state_dict(trainer.average)
    for name, gold in development.items():
        print(name, json.dumps(scores.evaluate(gold, predict(trainer.net, dev_items[name], labels))), flush=True)
    if told_items:
        print('events', json.dumps(event_scores.evaluate(trainer.net, told_items)), flush=True)
    trainer.net.load_state_dict(state)


@torch.no_grad()
def predict(net, items, labels):
    """Layers of every sentence, read by the UNER convention as the exported model does."""
    net.eval()
    out = [None] * len(items)
    for group in batches.batched(items, 4000):
        batch = batches.collate([items[i] for i in group])
        batch.sets.zero_()
        result = {k: v.float() for k, v in net(batch).items()}
        label = lambda dependents, heads: net.heads.label_scores(torch.tensor(dependents), torch.tensor(heads)).numpy()
        arrays = {k: v.numpy() for k, v in result.items()}
        for b, i in enumerate(group):
            rows = batch.grid[b][batch.grid_mask[b]].numpy()
            out[i] = decode.read_off({k: v[rows] for k, v in arrays.items() if k != 'sentence'}, label, labels)
    return out


if __name__ == '__main__':
    main()
