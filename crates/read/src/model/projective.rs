//! *Which tree without crossing arcs has the highest score?* Eisner's algorithm, with exactly one word under the root.

use super::tree::{Scores, first_best};

/// The head of every word of the best tree in which no arc crosses another; node 0 is the root. Cubic.
pub fn best_projective_tree(scores: &Scores) -> Vec<usize> {
    let n_nodes = scores.n_nodes();
    let mut heads = vec![0; n_nodes];
    if n_nodes < 3 {
        return heads;
    }
    let chart = Chart::new(scores);
    // The word under the root takes all on its left and all on its right.
    let roots: Vec<usize> = (1..n_nodes).collect();
    let last = n_nodes - 1;
    let total = |&root: &usize| {
        chart.whole[Side::Left.at(n_nodes, 1, root)].score
            + chart.whole[Side::Right.at(n_nodes, root, last)].score
            + scores.of(root, 0)
    };
    let root = first_best(&roots, total);
    chart.read_off(1, root, Side::Left, &mut heads);
    chart.read_off(root, last, Side::Right, &mut heads);
    heads
}

/// Whether no arc of a tree crosses another, the arc from the root included.
pub fn is_projective(heads: &[usize]) -> bool {
    let arc = |dependent: usize| (dependent.min(heads[dependent]), dependent.max(heads[dependent]));
    (1..heads.len()).all(|dependent| {
        let (left, right) = arc(dependent);
        (left + 1..right).all(|inside| {
            let (start, end) = arc(inside);
            start >= left && end <= right
        })
    })
}

/// Where the head of a span stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// At its right end, so that it takes words on its left.
    Left,
    /// At its left end.
    Right,
}

impl Side {
    fn at(self, n_nodes: usize, start: usize, end: usize) -> usize {
        (start * n_nodes + end) * 2 + usize::from(self == Self::Right)
    }
}

/// The best score of a span and the word at which it is split.
#[derive(Clone, Copy, Debug)]
struct Span {
    score: f64,
    split: usize,
}

/// The best of every span of words.
struct Chart {
    n_nodes: usize,
    /// Spans whose head has all its words there.
    whole: Vec<Span>,
    /// Spans between a word and its head at the other end.
    arc: Vec<Span>,
}

impl Chart {
    fn new(scores: &Scores) -> Self {
        let n_nodes = scores.n_nodes();
        let empty = vec![Span { score: 0.0, split: 0 }; n_nodes * n_nodes * 2];
        let mut chart = Self { n_nodes, whole: empty.clone(), arc: empty };
        for length in 1..n_nodes {
            for start in 1..n_nodes - length {
                chart.fill(scores, start, start + length);
            }
        }
        chart
    }

    fn fill(&mut self, scores: &Scores, start: usize, end: usize) {
        let at = |side: Side, from: usize, to: usize| side.at(self.n_nodes, from, to);
        let (left, right) = (at(Side::Left, start, end), at(Side::Right, start, end));
        let joined = best(start..end, |split| {
            self.whole[at(Side::Right, start, split)].score + self.whole[at(Side::Left, split + 1, end)].score
        });
        let arc = |dependent: usize, head: usize| Span {
            score: joined.score + scores.of(dependent, head),
            split: joined.split,
        };
        let (to_right, to_left) = (arc(start, end), arc(end, start));
        self.arc[left] = to_right;
        self.arc[right] = to_left;
        let whole_left = best(start..end, |split| {
            self.whole[at(Side::Left, start, split)].score + self.arc[at(Side::Left, split, end)].score
        });
        let whole_right = best(start + 1..end + 1, |split| {
            self.arc[at(Side::Right, start, split)].score + self.whole[at(Side::Right, split, end)].score
        });
        self.whole[left] = whole_left;
        self.whole[right] = whole_right;
    }

    /// Writes the heads of all words of a whole span but its head's.
    fn read_off(&self, start: usize, end: usize, side: Side, heads: &mut [usize]) {
        let mut open = vec![(start, end, side)];
        while let Some((start, end, side)) = open.pop() {
            if start == end {
                continue;
            }
            let split = self.whole[side.at(self.n_nodes, start, end)].split;
            let (from, to) = match side {
                Side::Left => {
                    open.push((start, split, Side::Left));
                    heads[split] = end;
                    (split, end)
                }
                Side::Right => {
                    open.push((split, end, Side::Right));
                    heads[split] = start;
                    (start, split)
                }
            };
            let split = self.arc[side.at(self.n_nodes, from, to)].split;
            open.push((from, split, Side::Right));
            open.push((split + 1, to, Side::Left));
        }
    }
}

/// The first of the splits with the highest score.
fn best(splits: std::ops::Range<usize>, score: impl Fn(usize) -> f64) -> Span {
    let mut found = Span { score: f64::NEG_INFINITY, split: splits.start };
    for split in splits {
        let score = score(split);
        if score > found.score {
            found = Span { score, split };
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tree::tests::{total, trees};
    use super::*;

    fn check(n_nodes: usize, values: &[f32]) {
        let scores = Scores::new(n_nodes, |dependent, head| values[dependent * n_nodes + head]);
        let best = best_projective_tree(&scores);
        let all: Vec<Vec<usize>> = trees(n_nodes).into_iter().filter(|tree| is_projective(tree)).collect();
        let highest = all.iter().map(|tree| total(tree, values, n_nodes)).fold(f64::MIN, f64::max);
        assert!(all.contains(&best), "{best:?}");
        assert!((total(&best, values, n_nodes) - highest).abs() < 1e-3, "{best:?}");
    }

    #[test]
    fn crossing_arcs() {
        assert!(is_projective(&[0, 2, 0, 2]));
        assert!(!is_projective(&[0, 3, 0, 2]));
        assert!(!is_projective(&[0, 3, 4, 0, 3]));
    }

    proptest! {
        #[test]
        fn no_projective_tree_is_better(values in prop::collection::vec(-5f32..5.0, 36), n_nodes in 2usize..6) {
            check(n_nodes, &values[..n_nodes * n_nodes]);
        }
    }
}
