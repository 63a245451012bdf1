"""Here are scores: which tree and which tags?  The reference for the Rust side (FORMAT.md section 4)."""
import numpy as np

FORBIDDEN = -1e4
CLARITY = 5.0    # how much a clear relation counts beside a likely head
N_LIKELY = 4     # for how many heads of a word the relation is looked at
LIKELY = 6.0     # how far below the likeliest head they may be
CROSSING = 5.0   # how much more a tree with crossing arcs must score
LONGEST = 128    # nodes above which crossing arcs are not looked for


def read_off(rows, label, labels):
    """Decodes one sentence from its rows (root first)."""
    out = {name: [labels[name][k] for k in rows[name][1:].argmax(1)] for name in ('upos', 'xpos', 'feats')}
    for name in ('ner', 'entity'):
        out[name] = [labels[name][k] for k in viterbi(rows[name][1:], *transitions(labels[name]))]
    root = labels['deprel'].index('root')
    heads = uncrossed_tree(arcs(rows, label, root))
    logits = label(rows['label_dep'][1:], rows['label_head'][heads])
    logits[:, root] = -np.inf
    names = [labels['deprel'][k] for k in logits.argmax(1)]
    out['head'] = heads.tolist()
    out['deprel'] = ['root' if h == 0 else name for h, name in zip(heads, names)]
    return out


def arcs(rows, label, root):
    """Log-probability of every head (columns, 0 = root) for every word, less what an unclear relation to it costs."""
    scores = rows['arc_dep'][1:] @ rows['arc_head'].T
    n = len(scores)
    word = np.arange(n)
    scores[word, word + 1] = -np.inf
    scores = log_softmax(scores)
    out = scores - CLARITY
    likely = np.argsort(-scores, axis=1, kind='stable')[:, :N_LIKELY]
    for heads in likely.T:
        logits = label(rows['label_dep'][1:], rows['label_head'][heads])
        logits[:, root] = -np.inf
        clear = np.where(heads == 0, 0.0, log_softmax(logits).max(1))
        near = scores[word, heads] >= scores.max(1) - LIKELY
        out[word[near], heads[near]] += CLARITY * (1.0 + clear[near])
    return np.maximum(out, FORBIDDEN * 10.0)


def log_softmax(scores):
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)


def uncrossed_tree(scores):
    """Best tree; one with crossing arcs only if it scores CROSSING more than any without."""
    heads = tree(scores)
    if len(heads) >= LONGEST or is_projective(heads):
        return heads
    other = projective_tree(scores)
    total = lambda heads: scores[np.arange(len(heads)), heads].sum()
    return other if total(other) >= total(heads) - CROSSING else heads


def is_projective(heads):
    arc = [(min(i, h), max(i, h)) for i, h in enumerate(heads, 1)]
    return all(left <= arc[i - 1][0] and arc[i - 1][1] <= right for left, right in arc for i in range(left + 1, right))


def projective_tree(scores):
    """Eisner's algorithm, with one root; arguments and answer as for `tree`."""
    n = len(scores) + 1
    whole, arc = np.zeros((n, n, 2)), np.zeros((n, n, 2))    # [..., 0]: the head is the last word, 1: the first
    split, joint = np.zeros((n, n, 2), int), np.zeros((n, n), int)
    for i, j in ((i, i + length) for length in range(1, n) for i in range(1, n - length)):
        joined = whole[i, i:j, 1] + whole[i + 1:j + 1, j, 0]
        joint[i, j] = i + joined.argmax()
        arc[i, j] = joined.max() + np.array([scores[i - 1, j], scores[j - 1, i]])
        left, right = whole[i, i:j, 0] + arc[i:j, j, 0], arc[i, i + 1:j + 1, 1] + whole[i + 1:j + 1, j, 1]
        whole[i, j] = left.max(), right.max()
        split[i, j] = i + left.argmax(), i + 1 + right.argmax()
    root = 1 + int(np.argmax([whole[1, r, 0] + whole[r, n - 1, 1] + scores[r - 1, 0] for r in range(1, n)]))
    heads = np.zeros(n, int)
    spans = [(1, root, 0), (root, n - 1, 1)]
    while spans:
        i, j, side = spans.pop()
        if i == j:
            continue
        k = split[i, j, side]
        heads[k] = i if side else j
        spans.append((k, j, 1) if side else (i, k, 0))
        i, j = (i, k) if side else (k, j)
        spans += [(i, joint[i, j], 1), (joint[i, j] + 1, j, 0)]
    return heads[1:]


def tree(scores):
    """Best tree with one root. scores[i, j] = dependent i (0-based word) under head j (0 = root); returns heads, 0 = root."""
    n = scores.shape[0]
    full = np.full((n + 1, n + 1), FORBIDDEN * 10.0)
    full[1:] = scores
    np.fill_diagonal(full, FORBIDDEN * 10.0)
    heads = full.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and not find_cycle(heads):
        return heads[1:]
    return best_single_root(full)[1:]


def best_single_root(full):
    """Every promising root in turn; only words whose root score is near the best can win."""
    best, best_total = None, -np.inf
    for root in np.argsort(-full[1:, 0])[:8] + 1:
        forced = full.copy()
        forced[1:, 0] = FORBIDDEN * 10.0
        forced[root] = FORBIDDEN * 10.0
        forced[root, 0] = full[root, 0]
        heads = chu_liu_edmonds(forced)
        total = full[np.arange(1, len(heads)), heads[1:]].sum()
        if total > best_total:
            best, best_total = heads, total
    return best


def find_cycle(heads):
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node):]
        for visited in path:
            state[visited] = 2
    return None


def chu_liu_edmonds(full):
    heads = full.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    inside = set(cycle)
    rest = [i for i in range(len(heads)) if i not in inside]
    return expand(full, heads, cycle, rest)


def expand(full, heads, cycle, rest):
    """Contracts the cycle into one node, solves the smaller problem, and breaks the cycle where its entry says."""
    m = len(rest)
    small = np.full((m + 1, m + 1), FORBIDDEN * 10.0)
    small[:m, :m] = full[np.ix_(rest, rest)]
    leaving = full[np.ix_(rest, cycle)]
    small[:m, m] = leaving.max(1)
    gain = full[np.ix_(cycle, rest)] - full[cycle, heads[cycle]][:, None]
    small[m, :m] = gain.max(0)
    np.fill_diagonal(small, FORBIDDEN * 10.0)
    solved = chu_liu_edmonds(small)
    out = heads.copy()
    for k in range(1, m):
        out[rest[k]] = cycle[leaving[k].argmax()] if solved[k] == m else rest[solved[k]]
    entry = solved[m]
    out[cycle[gain[:, entry].argmax()]] = rest[entry]
    out[0] = 0
    return out


def transitions(tags):
    """(start, move): 0 where the BIO scheme allows it, FORBIDDEN where not."""
    start = np.array([FORBIDDEN if t[0] == 'I' else 0.0 for t in tags], np.float32)
    move = np.array([[0.0 if b[0] != 'I' or a[1:] == b[1:] else FORBIDDEN for b in tags] for a in tags], np.float32)
    return start, move


def viterbi(emission, start, move):
    score, back = emission[0] + start, []
    for row in emission[1:]:
        through = score[:, None] + move
        back.append(through.argmax(0))
        score = through.max(0) + row
    path = [int(score.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def spans(tags):
    """Set of (start, end, type)."""
    out, start = set(), None
    for i, tag in enumerate(list(tags) + ['O']):
        if start is not None and (tag[0] != 'I' or tag[2:] != tags[start][2:]):
            out.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == 'B':
            start = i
    return out
