"""python -m unittest training/test_decode.py: the decoder against all trees of small sentences."""
import itertools
import os
import sys
import unittest

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import decode  # noqa: E402


def best_by_search(scores, among=lambda heads: True):
    n = len(scores)
    trees = (heads for heads in itertools.product(range(n + 1), repeat=n) if is_tree(heads) and among(heads))
    return max(sum(scores[i, h] for i, h in enumerate(heads)) for heads in trees)


def is_tree(heads):
    return heads.count(0) == 1 and not decode.find_cycle([0, *heads])


class Tree(unittest.TestCase):
    def test_no_tree_scores_better(self):
        random = np.random.default_rng(3)
        for n in (1, 2, 3, 4, 5):
            for _ in range(30):
                scores = random.normal(size=(n, n + 1))
                heads = tuple(int(h) for h in decode.tree(scores))
                self.assertTrue(is_tree(heads))
                self.assertAlmostEqual(sum(scores[i, h] for i, h in enumerate(heads)), best_by_search(scores))

    def test_no_tree_without_crossing_arcs_scores_better(self):
        random = np.random.default_rng(4)
        for n in (1, 2, 3, 4, 5):
            for _ in range(30):
                scores = random.normal(size=(n, n + 1))
                heads = tuple(int(h) for h in decode.projective_tree(scores))
                self.assertTrue(is_tree(heads) and decode.is_projective(heads))
                self.assertAlmostEqual(sum(scores[i, h] for i, h in enumerate(heads)), best_by_search(scores, decode.is_projective))


class Tags(unittest.TestCase):
    def test_inside_needs_a_beginning_of_its_type(self):
        tags = ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC']
        emission = np.array([[0.0, 0, 5, 0, 0], [0.0, 0, 0, 0, 5]], np.float32)
        path = [tags[k] for k in decode.viterbi(emission, *decode.transitions(tags))]
        self.assertEqual(path, ['B-LOC', 'I-LOC'])


if __name__ == '__main__':
    unittest.main()
