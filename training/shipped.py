"""Here is an exported model: which trained weights does it hold?

Eight bits a weight are enough to go on from: an epoch of training finds again what rounding took.
"""
import json
import os

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.numpy import load_file

import model
from corpus import SETS

# The quantised layers of a block and of the heads, in the order in which the export writes them.
BLOCK = ('query', 'key', 'value', 'output', 'up', 'down')
HEADS = ('upos', 'xpos', 'feats', 'label_dep', 'label_head', 'ner_hidden', 'entity_hidden', 'arc_dep', 'arc_pair', 'arc_head')
PLAIN = ('ner', 'entity', 'sentence')
# The same where the export reads events.
EVENT_HEADS = HEADS + ('event_hidden', 'pair_event', 'pair_word')
EVENT_PLAIN = ('ner', 'entity', 'event', 'status', 'sentence')


def labels(folder):
    """The column names of each head."""
    with open(os.path.join(folder, 'labels.json'), encoding='utf-8') as f:
        return {name: value for name, value in json.load(f).items() if isinstance(value, list) and name not in ('event', 'status', 'role')}  # those do not depend on the data


@torch.no_grad()
def load(net, folder):
    """Copies what an export of the parts above holds into `net`; heads that it lacks stay as they are."""
    graph = onnx.load(os.path.join(folder, 'layers.onnx')).graph
    reader = Reader(graph)
    dense, plain, norms = reader.dense(), reader.plain(), reader.norms()
    shrink = (model.DIM // model.N_HEADS) ** 0.5
    for layer in net.encoder.layers:
        for name in BLOCK:
            copy(getattr(layer, name), *dense.pop(0), shrink if name == 'query' else 1.0)
    if net.heads.entity_hidden is None:
        net.heads.separate_entity()
    has_events = any(output.name == 'event' for output in graph.output)
    for name in EVENT_HEADS if has_events else HEADS:
        copy(getattr(net.heads, name), *dense.pop(0))
    for name in EVENT_PLAIN if has_events else PLAIN:
        copy(getattr(net.heads, name), *plain.pop(0))
    blocks = [norm for layer in net.encoder.layers for norm in (layer.norm_attention, layer.norm_output)]
    for norm, (weight, bias) in zip([net.encoder.norm] + blocks, norms):
        norm.weight.copy_(weight), norm.bias.copy_(bias)
    mixtures = reader.mixtures()
    copy_mixture(net.heads.mix, net.heads.gamma, mixtures[0])
    if has_events:
        copy_mixture(net.heads.event_mix, net.heads.event_gamma, mixtures[1])
    weights = load_file(os.path.join(folder, 'heads.safetensors'))
    net.encoder.shape.copy_(torch.tensor(weights['shape']))
    net.heads.label.weight.copy_(torch.tensor(weights['label.weight']).T), net.heads.label.bias.copy_(torch.tensor(weights['label.bias']))
    if has_events:
        net.heads.role.weight.copy_(torch.tensor(weights['role.weight'])), net.heads.role.bias.copy_(torch.tensor(weights['role.bias']))
    # Folded into the bias by the export; the other conventions start from there.
    net.heads.convention.zero_()
    assert SETS[0] == 'uner'


def copy_mixture(mix, gamma, weights):
    weights = torch.tensor(weights)
    mix.copy_((weights / weights.sum()).log()), gamma.copy_(weights.sum())


def copy(linear, weight, bias, factor=1.0):
    linear.weight.copy_(weight * factor), linear.bias.copy_(bias * factor)


class Reader:
    """The constants of a graph, by the operations that use them, in order."""

    def __init__(self, graph):
        self.values = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
        self.nodes = list(graph.node)
        self.users = {}
        for node in self.nodes:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.makers = {node.output[0]: node for node in self.nodes}

    def after(self, node):
        return self.users[node.output[0]][0]

    def constant(self, node):
        return next(self.values[name] for name in node.input if name in self.values)

    def dense(self):
        """[(weight, bias)] of the quantised products."""
        out = []
        for node in (n for n in self.nodes if n.op_type == 'MatMulInteger'):
            rescale = self.after(self.after(node))
            bias = self.constant(self.after(rescale))
            scale = self.values[self.makers[node.input[0]].input[1]]
            weight = self.values[node.input[1]].astype(np.float32).T * (self.constant(rescale) / scale)[:, None]
            out.append((torch.tensor(weight), torch.tensor(bias)))
        return out

    def plain(self):
        """[(weight, bias)] of the products that are not quantised."""
        nodes = [n for n in self.nodes if n.op_type == 'MatMul' and n.input[1] in self.values]
        return [(torch.tensor(self.values[n.input[1]].T.copy()), torch.tensor(self.constant(self.after(n)))) for n in nodes]

    def norms(self):
        return [tuple(torch.tensor(self.values[name]) for name in n.input[1:3]) for n in self.nodes if n.op_type == 'LayerNormalization']

    def mixtures(self):
        """The weights of the layers, one list for each mixture that heads read."""
        is_layer = lambda node: node is not None and node.op_type == 'LayerNormalization'
        products = [n for n in self.nodes if n.op_type == 'Mul' and n.input[1] in self.values and self.values[n.input[1]].ndim == 0
                    and is_layer(self.makers.get(n.input[0]))]
        weights = [float(self.values[n.input[1]]) for n in products]
        return [weights[at:at + model.MIXED_LAYERS] for at in range(0, len(weights), model.MIXED_LAYERS)]
