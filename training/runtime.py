"""Here is an exported model: what does it read in these words?  The Rust side in fifty lines, on onnxruntime."""
import json
import os

import numpy as np
import onnxruntime
from safetensors.numpy import load_file

import decode
import wordpiece


class Model:
    def __init__(self, folder, threads=1):
        at = lambda name: os.path.join(folder, name)
        tables = load_file(at('embeddings.i8'))
        self.word = tables['word'].astype(np.float32) * tables['word.scale'][:, None]
        self.position = tables['position'].astype(np.float32) * tables['position.scale'][:, None]
        self.heads = load_file(at('heads.safetensors'))
        self.pieces = wordpiece.WordPiece(at('vocab.txt'))
        with open(at('labels.json'), encoding='utf-8') as text:
            self.labels = json.load(text)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(at('layers.onnx'), options, providers=['CPUExecutionProvider'])
        self.outputs = [o.name for o in self.session.get_outputs()]

    def read(self, sentences, batch=32):
        """Layers of every sentence (lists of words), read in batches of similar length."""
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        out = [None] * len(sentences)
        for start in range(0, len(order), batch):
            group = order[start:start + batch]
            for i, layers in zip(group, self.read_batch([sentences[i] for i in group])):
                out[i] = layers
        return out

    def read_batch(self, sentences):
        inputs = [self.inputs(words) for words in sentences]
        length = max(len(ids) for ids, _, _ in inputs)
        embedded = np.zeros((len(inputs), length, self.word.shape[1]), np.float32)
        mask = np.zeros((len(inputs), length), np.float32)
        rows = []
        for b, (ids, shapes, starts) in enumerate(inputs):
            embedded[b, :len(ids)] = self.word[ids] + self.position[:len(ids)] + self.heads['shape'][shapes]
            mask[b, :len(ids)] = 1
            rows.append(b * length + np.array(starts))
        feed = {'embedded': embedded, 'mask': mask, 'rows': np.concatenate(rows).astype(np.int32)}
        values = dict(zip(self.outputs, self.session.run(None, feed)))
        ends = np.cumsum([len(r) for r in rows])
        return [self.layers(values, b, slice(end - len(r), end)) for b, (r, end) in enumerate(zip(rows, ends))]

    def inputs(self, words):
        """(subword ids, their shapes, the position of the root and of each word's first subword)."""
        pieces = [self.pieces.word(w) for w in words]
        ids = [wordpiece.CLS] + [p for word in pieces for p in word] + [wordpiece.SEP]
        shapes = [wordpiece.shape(w, i == 0) for i, w in enumerate(words)]
        spread = [wordpiece.SPECIAL] + [s for word, s in zip(pieces, shapes) for _ in word] + [wordpiece.SPECIAL]
        starts = [0] + list(1 + np.cumsum([0] + [len(p) for p in pieces[:-1]]))
        return ids, spread, [int(s) for s in starts]

    def layers(self, values, sentence, rows):
        mine = {name: value[rows] for name, value in values.items() if name != 'sentence'}
        return {**decode.read_off(mine, self.label_scores, self.labels), 'sentence': values['sentence'][sentence]}

    def label_scores(self, dependents, heads):
        return np.maximum(dependents + heads, 0) @ self.heads['label.weight'] + self.heads['label.bias']
