"""Here are gold and system sentences: how good is each layer?  Gold tokens, so every figure is an accuracy or a span F1."""
import decode


def evaluate(gold, system):
    """`system` gives per sentence a dict of layers (names as in corpus.Sentence)."""
    out = parse_scores([(g, s) for g, s in zip(gold, system) if g.head is not None])
    out.update(entity_scores([(g.ner, s['ner']) for g, s in zip(gold, system) if g.ner is not None], 'ner'))
    fine = [(g.entity, s['entity']) for g, s in zip(gold, system) if g.entity is not None and None not in g.entity]
    out.update(entity_scores(fine, 'entity') if fine and gold[0].set in ('re3d', 'news') else {})
    return out


def parse_scores(pairs):
    n = sum(len(g.words) for g, _ in pairs)
    if not n:
        return {}
    out = {layer.upper(): percent(sum(agree(getattr(g, layer), s[layer]) for g, s in pairs), n) for layer in ('upos', 'xpos', 'feats')}
    out['UAS'] = percent(sum(agree(g.head, s['head']) for g, s in pairs), n)
    out['LAS'] = percent(sum(agree(arcs(g.head, g.deprel), arcs(s['head'], s['deprel'])) for g, s in pairs), n)
    out['LASsub'] = percent(sum(agree(list(zip(g.head, g.deprel)), list(zip(s['head'], s['deprel']))) for g, s in pairs), n)
    return out


def arcs(heads, deprels):
    return [(h, d.split(':')[0]) for h, d in zip(heads, deprels)]


def agree(gold, system):
    return sum(a == b for a, b in zip(gold, system))


def percent(hit, n):
    return round(100.0 * hit / n, 2)


def entity_scores(pairs, name):
    """F1 of each type that the gold has, and of all; MISC is not counted among all, as the sets disagree about it most."""
    gold = [decode.spans(g) for g, _ in pairs]
    system = [decode.spans(s) for _, s in pairs]
    kinds = sorted({k for spans in gold for _, _, k in spans})
    out = {'%s/%s' % (name, kind): span_f1(gold, system, {kind}) for kind in kinds}
    out[name] = span_f1(gold, system, set(kinds) - {'MISC'})
    return out


def span_f1(gold, system, kinds):
    gold, system = ([{s for s in spans if s[2] in kinds} for spans in side] for side in (gold, system))
    hit = sum(len(g & s) for g, s in zip(gold, system))
    total = sum(map(len, gold)) + sum(map(len, system))
    return percent(2 * hit, total) if total else 100.0
