"""Rebuilds words.tsv: how rare a word is in a sentence of English text.

    python3 build.py ../../models/vocab.txt TREEBANK.conllu... > words.tsv

The vocabulary lists words from common to rare, which gives a first guess by Zipf's law; the treebanks correct it for
the words they have, and join the forms of one lemma.
"""

import math
import sys
from collections import Counter, defaultdict

# Words of a sentence, and sentences that the first guess is worth.
SENTENCE_WORDS, GUESS_SENTENCES = 20, 4000


def vocabulary(path):
    """Whole words and their ranks, counted from one."""
    words = [line.rstrip("\n") for line in open(path, encoding="utf-8")]
    words = [word for word in words if word.isalpha() and len(word) > 1 and word.isascii()]
    return {word: rank for rank, word in enumerate(words, 1)}


def sentences(paths):
    """Pairs (form, lemma) of the content words of each sentence."""
    for path in paths:
        words = []
        for line in open(path, encoding="utf-8"):
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 10 and fields[0].isdigit() and fields[3] not in ("PUNCT", "SYM"):
                words.append((fields[1].lower(), fields[2].lower()))
            elif not line.strip() and words:
                yield words
                words = []


def main(vocabulary_path, *treebanks):
    ranks = vocabulary(vocabulary_path)
    counts, lemma_of, n = Counter(), defaultdict(Counter), 0
    for words in sentences(treebanks):
        n += 1
        counts.update({lemma for _, lemma in words})
        for form, lemma in words:
            lemma_of[form][lemma] += 1
    guess = defaultdict(float)
    for word, rank in ranks.items():
        lemma = lemma_of[word].most_common(1)[0][0] if word in lemma_of else word
        guess[lemma] += 0.1 / (rank + 2.7)
    print("# word, natural logarithm of one in how many sentences has it, times ten; rebuilt by build.py")
    rows = []
    for lemma, chance in guess.items():
        chance = 1 - (1 - min(chance, 0.9)) ** SENTENCE_WORDS
        share = (counts[lemma] + GUESS_SENTENCES * chance) / (n + GUESS_SENTENCES)
        rows.append((lemma, round(-10 * math.log(share))))
    for lemma, tenths in sorted(rows):
        if lemma.isalpha() and lemma.isascii():
            print("%s\t%d" % (lemma, tenths))


main(*sys.argv[1:])
