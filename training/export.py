#!/usr/bin/env python3
"""Writes a trained checkpoint as the files that ship (FORMAT.md).

  export.py --data DIR --base DIR --news FILE --checkpoint CKPT --out DIR      (CKPT as fine.py writes it)
"""
import argparse
import json
import math
import os
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import save_file
from safetensors.torch import load_file

import batches
import calibration
import corpus
import decode
import model
import train
from events import EVENT, ROLE, STATUS
from wordpiece import MAX_POSITIONS, MAX_SUBWORDS, WordPiece

OPSET = 20


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ('data', 'base', 'news', 'checkpoint', 'out'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('--events')
    args = parser.parse_args()
    base = load_file(os.path.join(args.base, 'model.safetensors'))
    state = torch.load(args.checkpoint, weights_only=False)
    net = train.build(base, state['labels'])
    net.heads.separate_entity()
    net.load_state_dict(state['average'])
    calibrate(net, args, state['labels'])
    os.makedirs(args.out, exist_ok=True)
    shutil.copy(os.path.join(args.base, 'vocab.txt'), os.path.join(args.out, 'vocab.txt'))
    write_tables(model.Tables(base), os.path.join(args.out, 'embeddings.i8'))
    write_heads(net, state['labels'], os.path.join(args.out, 'heads.safetensors'))
    write_labels(state['labels'], os.path.join(args.out, 'labels.json'))
    onnx.save(graph_of(net), os.path.join(args.out, 'layers.onnx'))


def calibrate(net, args, labels):
    pieces = WordPiece(os.path.join(args.base, 'vocab.txt'))
    items = [batches.make_item(s, pieces, labels) for s in corpus.training_sentences(args.data, args.news)[::97]]
    items += [batches.make_item(s, pieces, labels) for s in corpus.event_sentences(args.events)[::31]]
    calibration.calibrate(net, items)


def write_tables(tables, path):
    save_file({'word': tables.word_i8.numpy(), 'word.scale': tables.word_scale.numpy(),
               'position': tables.position_i8.numpy(), 'position.scale': tables.position_scale.numpy()}, path)


def write_heads(net, labels, path):
    tensors = {'shape': array(net.encoder.shape), 'label.weight': array(net.heads.label.weight).T.copy(), 'label.bias': array(net.heads.label.bias)}
    tensors['role.weight'], tensors['role.bias'] = array(net.heads.role.weight), array(net.heads.role.bias)
    for name in ('ner', 'entity'):
        tensors[name + '.start'], tensors[name + '.transition'] = decode.transitions(labels[name])
    save_file(tensors, path)


def write_labels(labels, path):
    with open(path, 'w', encoding='utf-8') as out:
        json.dump({'format': 1, 'max_subwords': MAX_SUBWORDS, 'max_positions': MAX_POSITIONS, 'dim': model.DIM, **labels,
                   'event': EVENT, 'status': STATUS, 'role': ROLE,
                   'pair_summed': model.SUMMED}, out, indent=1)
        out.write('\n')


def array(tensor):
    return tensor.detach().float().numpy().copy()


def graph_of(net):
    graph = Graph()
    layers = encoder_graph(graph, net.encoder)
    head_graph(graph, net.heads, layers[-model.MIXED_LAYERS:])
    return graph.model()


def encoder_graph(graph, encoder):
    bias = graph.op('Mul', [graph.op('Sub', ['mask', graph.constant(np.float32(1.0))]), graph.constant(np.float32(1e4))])
    bias = graph.op('Unsqueeze', [bias, graph.constant(np.array([1, 2], np.int64))])
    x, out = graph.norm('embedded', encoder.norm), []
    for layer in encoder.layers:
        x = layer_graph(graph, layer, x, bias)
        out.append(x)
    return out


def layer_graph(graph, layer, x, bias):
    attended = attention_graph(graph, layer, x, bias)
    x = graph.norm(graph.op('Add', [x, graph.dense(attended, layer.output)]), layer.norm_attention)
    inner = graph.op('Gelu', [graph.dense(x, layer.up)])
    return graph.norm(graph.op('Add', [x, graph.dense(inner, layer.down)]), layer.norm_output)


def attention_graph(graph, layer, x, bias):
    # The usual division by the root of the head size is folded into the query weights.
    shrink = 1.0 / math.sqrt(model.DIM // model.N_HEADS)
    query = graph.split_heads(graph.dense(x, layer.query, shrink), (0, 2, 1, 3))
    key = graph.split_heads(graph.dense(x, layer.key), (0, 2, 3, 1))
    value = graph.split_heads(graph.dense(x, layer.value), (0, 2, 1, 3))
    weights = graph.op('Softmax', [graph.op('Add', [graph.op('MatMul', [query, key]), bias])], axis=-1)
    attended = graph.op('Transpose', [graph.op('MatMul', [weights, value])], perm=[0, 2, 1, 3])
    return graph.op('Reshape', [attended, graph.constant(np.array([0, 0, model.DIM], np.int64))])


def head_graph(graph, heads, layers):
    mixed = mix_graph(graph, heads.mix, heads.gamma, layers)
    x = rows_graph(graph, mixed)
    for name in ('upos', 'xpos', 'feats', 'label_dep', 'label_head'):
        graph.output(name, graph.dense(x, getattr(heads, name)))
    named = graph.op('Gelu', [graph.dense(x, heads.ner_hidden, extra_bias=array(heads.convention)[corpus.SETS.index('uner')])])
    graph.output('ner', graph.linear(named, heads.ner))
    graph.output('entity', graph.linear(graph.op('Gelu', [graph.dense(x, heads.entity_hidden)]), heads.entity))
    graph.output('arc_dep', graph.dense(graph.op('Relu', [graph.dense(x, heads.arc_dep)]), heads.arc_pair))
    graph.output('arc_head', graph.op('Relu', [graph.dense(x, heads.arc_head)]))
    event_graph(graph, heads, rows_graph(graph, mix_graph(graph, heads.event_mix, heads.event_gamma, layers)))
    graph.output('sentence', sentence_graph(graph, heads, mixed))


def event_graph(graph, heads, x):
    happens = graph.op('Gelu', [graph.dense(x, heads.event_hidden)])
    graph.output('event', graph.linear(happens, heads.event))
    graph.output('status', graph.linear(happens, heads.status))
    graph.output('pair_event', graph.dense(x, heads.pair_event))
    graph.output('pair_word', graph.dense(x, heads.pair_word))


def rows_graph(graph, mixed):
    flat = graph.op('Reshape', [mixed, graph.constant(np.array([-1, model.DIM], np.int64))])
    return graph.op('Gather', [flat, 'rows'], axis=0)


def mix_graph(graph, mix, gamma, layers):
    weights = array(mix.softmax(0) * gamma)
    parts = [graph.op('Mul', [x, graph.constant(w)]) for x, w in zip(layers, weights)]
    total = parts[0]
    for part in parts[1:]:
        total = graph.op('Add', [total, part])
    return total


def sentence_graph(graph, heads, mixed):
    axis = graph.constant(np.array([1], np.int64))
    total = graph.op('Squeeze', [graph.op('MatMul', [graph.op('Unsqueeze', ['mask', axis]), mixed]), axis])
    count = graph.op('ReduceSum', ['mask', axis], keepdims=1)
    return graph.linear(graph.op('Div', [total, count]), heads.sentence)


class Graph:
    """An ONNX graph under construction; every method returns the name of the value it adds."""

    def __init__(self):
        self.nodes, self.constants, self.outputs, self.quantised = [], [], [], {}

    def constant(self, value):
        name = 'c%d' % len(self.constants)
        self.constants.append(numpy_helper.from_array(np.array(value, order='C'), name))
        return name

    def op(self, kind, inputs, **attributes):
        name = 'v%d' % len(self.nodes)
        self.nodes.append(helper.make_node(kind, inputs, [name], name='%s_%d' % (kind, len(self.nodes)), **attributes))
        return name

    def output(self, name, value):
        self.nodes.append(helper.make_node('Identity', [value], [name], name='output_' + name))
        self.outputs.append(name)

    def norm(self, x, norm):
        return self.op('LayerNormalization', [x, self.constant(array(norm.weight)), self.constant(array(norm.bias))], axis=-1, epsilon=norm.eps)

    def linear(self, x, linear):
        product = self.op('MatMul', [x, self.constant(array(linear.weight).T)])
        return self.op('Add', [product, self.constant(array(linear.bias))])

    def dense(self, x, dense, factor=1.0, extra_bias=0.0):
        """`dense` on 8-bit inputs and 7-bit weights, in the pattern that rten fuses into one operation."""
        scale, zero = model.activation_scale(*dense.input_range)
        quantised, zero_name = self.quantise(x, scale, zero)
        integers, weight_scale = model.quantised_weight(dense.weight.detach())
        weight = self.constant(integers.T.to(torch.int8).numpy())
        product = self.op('MatMulInteger', [quantised, weight, zero_name, self.constant(np.int8(0))])
        rescale = self.constant((array(weight_scale) * scale * factor).astype(np.float32))
        real = self.op('Mul', [self.op('Cast', [product], to=TensorProto.FLOAT), rescale])
        return self.op('Add', [real, self.constant((array(dense.bias) * factor + extra_bias).astype(np.float32))])

    def quantise(self, x, scale, zero):
        if x not in self.quantised:
            zero_name = self.constant(np.uint8(zero))
            self.quantised[x] = self.op('QuantizeLinear', [x, self.constant(np.float32(scale)), zero_name]), zero_name
        return self.quantised[x]

    def split_heads(self, x, order):
        shape = self.constant(np.array([0, 0, model.N_HEADS, model.DIM // model.N_HEADS], np.int64))
        return self.op('Transpose', [self.op('Reshape', [x, shape])], perm=order)

    def model(self):
        value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
        inputs = [value('embedded', TensorProto.FLOAT, ['batch', 'sequence', model.DIM]), value('mask', TensorProto.FLOAT, ['batch', 'sequence']),
                  value('rows', TensorProto.INT32, ['rows'])]
        outputs = [value(name, TensorProto.FLOAT, ['batch' if name == 'sentence' else 'rows', None]) for name in self.outputs]
        graph = helper.make_graph(self.nodes, 'annalist-backbone', inputs, outputs, self.constants)
        built = helper.make_model(graph, opset_imports=[helper.make_opsetid('', OPSET)], ir_version=9)
        onnx.checker.check_model(built)
        return built


if __name__ == '__main__':
    main()
