"""Here is a batch of subwords: which scores do the heads give each word?

The encoder is all-MiniLM-L6-v2 with frozen, already quantised input tables, so what we train on is what ships.
"""
import torch
import torch.nn.functional as F
from torch import nn

from events import EVENT, ROLE, STATUS
from wordpiece import N_SHAPES

DIM, N_LAYERS, N_HEADS, INNER = 384, 6, 12, 1536
MIXED_LAYERS = 4
ARC, LABEL, NER_HIDDEN = 320, 256, 256
EVENT_HIDDEN, PAIR = 256, 384
# Of a pair's numbers the first are summed, the others multiplied: some parts go by what stands there, some by how the two agree.
SUMMED = 256
# 7 bits for weights: two products of an unsigned byte and such a weight fit 16 bits, so processors without
# VNNI (where the product instruction saturates) compute the same as those with it.
WEIGHT_TOP = 64


class Dropout(nn.Module):
    """Dropout that cuts its masks out of one long random tape: drawing fresh bits costs a tenth of a step on a CPU."""

    def __init__(self, share, tape=1 << 23):
        super().__init__()
        self.register_buffer('tape', (torch.rand(tape) >= share).to(torch.bfloat16) / (1.0 - share), persistent=False)

    def forward(self, x):
        if not self.training:
            return x
        start = int(torch.randint(len(self.tape) - x.numel(), ()))
        return x * self.tape[start:start + x.numel()].view(x.shape)


class Dense(nn.Linear):
    """A linear layer that is exported to int8."""

    def __init__(self, n_in, n_out):
        super().__init__(n_in, n_out)
        self.input_range = None     # (low, high), set by calibration
        self.watch = None           # a list that collects inputs while calibrating

    def forward(self, x):
        if self.watch is not None:
            self.watch.append(x.detach().float())
        return super().forward(x)


def activation_scale(low, high):
    """Scale and zero point of unsigned 8-bit values that cover [low, high] and hold 0 exactly."""
    scale = (high - low) / 255.0
    return scale, int(round(-low / scale))


def quantised_weight(weight, top=WEIGHT_TOP):
    """(its integers, the scale per output row)."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp_min(1e-8) / top
    return (weight / scale).round().clamp(-top, top), scale.squeeze(1)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (Dense(DIM, DIM) for _ in range(4))
        self.norm_attention, self.norm_output = nn.LayerNorm(DIM, eps=1e-12), nn.LayerNorm(DIM, eps=1e-12)
        self.up, self.down = Dense(DIM, INNER), Dense(INNER, DIM)
        self.dropout = Dropout(0.1, 1 << 21)

    def forward(self, x, bias):
        x = self.norm_attention(x + self.dropout(self.output(self.attend(x, bias))))
        return self.norm_output(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def attend(self, x, bias):
        batch, length, _ = x.shape
        q, k, v = (project(x).view(batch, length, N_HEADS, -1).transpose(1, 2) for project in (self.query, self.key, self.value))
        # Spelt out, because the fused attention's backward pass is several times slower on a CPU at these lengths.
        weights = ((q * q.shape[-1] ** -0.5) @ k.transpose(2, 3) + bias.to(q.dtype)).softmax(-1)
        return (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, DIM)


class Encoder(nn.Module):
    def __init__(self, word, position):
        super().__init__()
        self.register_buffer('word', word, persistent=False)
        self.register_buffer('position', position, persistent=False)
        self.shape = nn.Parameter(torch.zeros(N_SHAPES, DIM))
        self.norm = nn.LayerNorm(DIM, eps=1e-12)
        self.dropout = Dropout(0.1, 1 << 21)
        self.layers = nn.ModuleList(Layer() for _ in range(N_LAYERS))

    def embed(self, ids, shapes):
        return self.word[ids] + self.position[:ids.shape[1]] + self.shape[shapes]

    def forward(self, embedded, mask):
        """The output of every layer."""
        bias = (mask - 1.0)[:, None, None, :] * 1e4
        x = self.dropout(self.norm(embedded))
        out = []
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out


class Heads(nn.Module):
    def __init__(self, sizes, n_sets):
        super().__init__()
        self.mix, self.gamma = nn.Parameter(torch.zeros(MIXED_LAYERS)), nn.Parameter(torch.ones(()))
        self.upos, self.xpos, self.feats = (Dense(DIM, sizes[k]) for k in ('upos', 'xpos', 'feats'))
        self.ner_hidden = Dense(DIM, NER_HIDDEN)
        self.convention = nn.Parameter(torch.zeros(n_sets, NER_HIDDEN))
        self.ner, self.entity = nn.Linear(NER_HIDDEN, sizes['ner']), nn.Linear(NER_HIDDEN, sizes['entity'])
        self.arc_dep, self.arc_head, self.arc_pair = Dense(DIM, ARC), Dense(DIM, ARC), Dense(ARC, ARC)
        self.label_dep, self.label_head = Dense(DIM, LABEL), Dense(DIM, LABEL)
        self.label = nn.Linear(LABEL, sizes['deprel'])
        self.entity_hidden = None
        # What happens is read off a mixture of its own: it lies higher in the layers than the tree.
        self.event_mix, self.event_gamma = nn.Parameter(torch.zeros(MIXED_LAYERS)), nn.Parameter(torch.ones(()))
        self.event_hidden = Dense(DIM, EVENT_HIDDEN)
        self.event, self.status = nn.Linear(EVENT_HIDDEN, len(EVENT)), nn.Linear(EVENT_HIDDEN, len(STATUS))
        self.pair_event, self.pair_word = Dense(DIM, PAIR), Dense(DIM, PAIR)
        self.role = nn.Linear(PAIR, len(ROLE))
        self.sentence = nn.Linear(DIM, DIM)
        self.dropout = self.inner_dropout = Dropout(0.25)
        nn.init.normal_(self.arc_pair.weight, std=0.02)

    def mixed(self, layers):
        return mixture(self.mix, self.gamma, layers)

    def forward(self, layers, mask, rows, sets):
        """Scores per row of `rows`; `sets` names the entity convention of each row."""
        mixed = self.mixed(layers)
        x = self.dropout(mixed.reshape(-1, DIM)[rows])
        told = self.dropout(mixture(self.event_mix, self.event_gamma, layers).reshape(-1, DIM)[rows])
        happens = self.inner_dropout(F.gelu(self.event_hidden(told)))
        named = self.inner_dropout(F.gelu(self.ner_hidden(x) + self.convention[sets]))
        fine = self.inner_dropout(F.gelu(self.entity_hidden(x))) if self.entity_hidden else named
        return {'upos': self.upos(x), 'xpos': self.xpos(x), 'feats': self.feats(x),
                'ner': self.ner(named), 'entity': self.entity(fine),
                'arc_dep': self.arc_pair(self.inner_dropout(F.relu(self.arc_dep(x)))),
                'arc_head': self.inner_dropout(F.relu(self.arc_head(x))),
                'label_dep': self.label_dep(x), 'label_head': self.label_head(x),
                'event': self.event(happens), 'status': self.status(happens),
                'pair_event': self.pair_event(told), 'pair_word': self.pair_word(told),
                'sentence': self.sentence(mean_over(mixed, mask))}

    def separate_entity(self):
        """Gives the finer types a hidden layer of their own, so that they can be trained without moving the others."""
        self.entity_hidden = Dense(DIM, NER_HIDDEN)
        self.entity_hidden.load_state_dict(self.ner_hidden.state_dict())

    def label_scores(self, dependents, heads):
        return self.label(self.inner_dropout(F.relu(dependents + heads)))


    def role_scores(self, events, words):
        return self.role(self.inner_dropout(joined(events, words)))


def joined(events, words):
    """The numbers of a pair, from which its roles are read."""
    summed = F.relu(events[..., :SUMMED] + words[..., :SUMMED])
    return torch.cat([summed, events[..., SUMMED:] * words[..., SUMMED:]], -1)


def mixture(mix, gamma, layers):
    weights = mix.softmax(0) * gamma
    return sum(w * h for w, h in zip(weights, layers[-MIXED_LAYERS:]))


def mean_over(hidden, mask):
    mask = mask.to(hidden.dtype)
    return torch.bmm(mask[:, None, :], hidden).squeeze(1) / mask.sum(1, keepdim=True)


class Backbone(nn.Module):
    def __init__(self, tables, sizes, n_sets):
        super().__init__()
        self.encoder = Encoder(tables.word(), tables.position())
        self.heads = Heads(sizes, n_sets)

    def forward(self, batch):
        embedded = self.encoder.embed(batch.ids, batch.shapes)
        layers = self.encoder(embedded, batch.mask)
        return self.heads(layers, batch.mask, batch.rows, batch.sets)

    def inputs(self):
        """The quantised layers, grouped by the input they share (one scale each)."""
        heads = self.heads
        for layer in self.encoder.layers:
            yield from ((layer.query, layer.key, layer.value), (layer.output,), (layer.up,), (layer.down,))
        yield heads.upos, heads.xpos, heads.feats, heads.ner_hidden, heads.entity_hidden, heads.arc_dep, heads.arc_head, heads.label_dep, heads.label_head
        yield (heads.arc_pair,)
        yield heads.event_hidden, heads.pair_event, heads.pair_word


class Tables:
    """The frozen input tables: int8 with one scale per row."""

    def __init__(self, base):
        position = base['embeddings.position_embeddings.weight'] + base['embeddings.token_type_embeddings.weight'][0]
        self.word_i8, self.word_scale = quantised_rows(base['embeddings.word_embeddings.weight'])
        self.position_i8, self.position_scale = quantised_rows(position)

    def word(self):
        return self.word_i8.float() * self.word_scale[:, None]

    def position(self):
        return self.position_i8.float() * self.position_scale[:, None]


def quantised_rows(table):
    integers, scale = quantised_weight(table.float(), top=127)
    return integers.to(torch.int8), scale


def load_base(encoder, base):
    """Copies the published encoder weights; the names on the right are the checkpoint's."""
    copy_linear(encoder.norm, base, 'embeddings.LayerNorm')
    for i, layer in enumerate(encoder.layers):
        root = 'encoder.layer.%d.' % i
        for module, name in ((layer.query, 'attention.self.query'), (layer.key, 'attention.self.key'), (layer.value, 'attention.self.value'),
                             (layer.output, 'attention.output.dense'), (layer.norm_attention, 'attention.output.LayerNorm'),
                             (layer.up, 'intermediate.dense'), (layer.down, 'output.dense'), (layer.norm_output, 'output.LayerNorm')):
            copy_linear(module, base, root + name)


def copy_linear(module, base, name):
    with torch.no_grad():
        module.weight.copy_(base[name + '.weight'])
        module.bias.copy_(base[name + '.bias'])
