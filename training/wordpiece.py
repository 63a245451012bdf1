"""Here is a word: which subwords and which shape does the encoder see?

FORMAT.md sections 1 and 2 are the contract; the Rust side implements the same rules.
"""
import unicodedata

MAX_SUBWORDS = 8
MAX_POSITIONS = 512
CLS, SEP, MASK, UNK = 101, 102, 103, 100
N_SHAPES = 12
SPECIAL, LOWER, CAPITALISED, FIRST_CAPITALISED, UPPER, ONE_UPPER, MIXED, NUMBER, ALNUM, SYMBOL, UNCASED, DOTTED = range(N_SHAPES)


class WordPiece:
    """Uncased WordPiece as BERT's, without its dependence on white space."""

    def __init__(self, vocab_path):
        with open(vocab_path, encoding='utf-8') as lines:
            self.ids = {line.rstrip('\n'): i for i, line in enumerate(lines)}
        self.cache = {}

    def word(self, form):
        """The ids of one word, at least one and at most MAX_SUBWORDS."""
        if form not in self.cache:
            ids = [i for piece in basic_pieces(form) for i in self._piece(piece)]
            self.cache[form] = (ids or [UNK])[:MAX_SUBWORDS]
        return self.cache[form]

    def _piece(self, piece):
        if len(piece) > 100:
            return [UNK]
        out, start = [], 0
        while start < len(piece):
            end = next((e for e in range(len(piece), start, -1) if self._key(piece, start, e) in self.ids), None)
            if end is None:
                return [UNK]
            out.append(self.ids[self._key(piece, start, end)])
            start = end
        return out

    @staticmethod
    def _key(piece, start, end):
        return piece[start:end] if start == 0 else '##' + piece[start:end]


def basic_pieces(text):
    spaced = ''.join(_spaced(c) for c in text)
    decomposed = unicodedata.normalize('NFD', spaced.lower())
    plain = ''.join(c for c in decomposed if unicodedata.category(c) != 'Mn')
    return ''.join(' %s ' % c if is_punctuation(c) else c for c in plain).split()


def _spaced(c):
    if c in '\t\n\r':
        return ' '
    if ord(c) in (0, 0xFFFD) or unicodedata.category(c) in ('Cc', 'Cf', 'Co', 'Cn'):
        return ''
    return ' %s ' % c if is_cjk(ord(c)) else c


def is_punctuation(c):
    p = ord(c)
    ascii_symbol = 33 <= p <= 47 or 58 <= p <= 64 or 91 <= p <= 96 or 123 <= p <= 126
    return ascii_symbol or unicodedata.category(c).startswith('P')


def is_cjk(p):
    ranges = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
              (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
    return any(low <= p <= high for low, high in ranges)


def shape(form, first):
    """The case and digit pattern that the uncased vocabulary loses."""
    letters = [c for c in form if c.isalpha()]
    digits = any(unicodedata.category(c).startswith('N') for c in form)
    if not letters:
        return NUMBER if digits else SYMBOL
    if digits:
        return ALNUM
    if '.' in form:
        return DOTTED
    return _case_shape(letters, first)


def _case_shape(letters, first):
    upper = [c.isupper() for c in letters]
    lower = [c.islower() for c in letters]
    if not any(upper) and not any(lower):
        return UNCASED
    if not any(upper):
        return LOWER
    if not any(lower):
        return ONE_UPPER if len(letters) == 1 else UPPER
    if upper[0] and not any(upper[1:]):
        return FIRST_CAPITALISED if first else CAPITALISED
    return MIXED
