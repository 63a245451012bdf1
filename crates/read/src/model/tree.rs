//! *Which tree has the highest score?* Chu and Liu's and Edmonds's algorithm, with exactly one word under the root.

use super::projective::{best_projective_tree, is_projective};

/// How much more a tree with crossing arcs must score than one without: in English they are rare.
const CROSSING: f64 = 5.0;

/// Longer sentences are tables and lists, and the search for a tree without crossing arcs is cubic.
const LONGEST: usize = 128;

/// The head of every word of the best tree; node 0 is the root, and its own head is 0.
///
/// A tree with crossing arcs is the best only if it scores [`CROSSING`] more than any without.
pub fn best_tree(scores: &Scores) -> Vec<usize> {
    let best = best_of_all(scores);
    if scores.n_nodes > LONGEST || is_projective(&best) {
        return best;
    }
    let projective = best_projective_tree(scores);
    if scores.total(&projective) >= scores.total(&best) - CROSSING { projective } else { best }
}

/// The best tree, whether arcs cross or not.
fn best_of_all(scores: &Scores) -> Vec<usize> {
    let nodes: Vec<usize> = (0..scores.n_nodes).collect();
    let greedy: Vec<usize> = nodes.iter().map(|&node| best_head(node, &nodes, scores)).collect();
    let n_roots = greedy.iter().skip(1).filter(|&&head| head == 0).count();
    if n_roots == 1 && cycle(&nodes, &greedy).is_none() {
        return greedy;
    }
    // Every word could be the one below the root. Making all others pay more than any tree can gain leaves exactly
    // one, and the best one.
    contract(scores.with_dear_root())
}

/// A cycle among the heads of some nodes, if there is one.
fn cycle(nodes: &[usize], heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; heads.len()];
    for start in nodes.iter().copied().filter(|&start| start != 0) {
        let mut node = start;
        while node != 0 && seen_from[node] == 0 {
            seen_from[node] = start;
            node = heads[node];
        }
        if node != 0 && seen_from[node] == start {
            let mut nodes = vec![node];
            let mut next = heads[node];
            while next != node {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Scores by dependent and head.
pub struct Scores {
    n_nodes: usize,
    values: Vec<f64>,
}

impl Scores {
    /// `score(dependent, head)` for dependents and heads `0..n_nodes`, node 0 being the root.
    pub fn new(n_nodes: usize, score: impl Fn(usize, usize) -> f32) -> Self {
        let finite = |value: f32| f64::from(if value.is_nan() { -1e9 } else { value.clamp(-1e9, 1e9) });
        let pairs = (0..n_nodes).flat_map(|dependent| (0..n_nodes).map(move |head| (dependent, head)));
        Self { n_nodes, values: pairs.map(|(dependent, head)| finite(score(dependent, head))).collect() }
    }

    /// How many nodes there are, the root included.
    pub fn n_nodes(&self) -> usize {
        self.n_nodes
    }

    /// The score of an arc.
    pub fn of(&self, dependent: usize, head: usize) -> f64 {
        self.values[dependent * self.n_nodes + head]
    }

    fn set(&mut self, dependent: usize, head: usize, score: f64) {
        self.values[dependent * self.n_nodes + head] = score;
    }

    fn total(&self, heads: &[usize]) -> f64 {
        (1..heads.len()).map(|node| self.of(node, heads[node])).sum()
    }

    /// The scores, with a price on every arc from the root that two of them never earn back.
    fn with_dear_root(&self) -> Self {
        let (least, most) = self
            .values
            .iter()
            .fold((0f64, 0f64), |(least, most), &value| (least.min(value), most.max(value)));
        let price = (most - least + 1.0) * self.n_nodes as f64;
        let mut values = self.values.clone();
        values.iter_mut().step_by(self.n_nodes.max(1)).for_each(|value| *value -= price);
        Self { n_nodes: self.n_nodes, values }
    }
}

/// Picks the best head of every node, makes one node of a cycle, and goes on until there is none. Quadratic: a cycle's nodes go
/// into one of them, and only that one picks anew.
fn contract(mut scores: Scores) -> Vec<usize> {
    let mut nodes: Vec<usize> = (0..scores.n_nodes).collect();
    let mut heads: Vec<usize> = nodes.iter().map(|&node| best_head(node, &nodes, &scores)).collect();
    let mut joints = Vec::new();
    while let Some(cycle) = cycle(&nodes, &heads) {
        nodes.retain(|node| !cycle.contains(node));
        let joint = Joint::new(&cycle, &nodes, &mut heads, &mut scores);
        heads[joint.node] = best_head(joint.node, &nodes, &scores);
        nodes.push(joint.node);
        joints.push(joint);
    }
    for joint in joints.into_iter().rev() {
        joint.undo(&mut heads);
    }
    heads
}

/// A cycle that was made one node, and how to take it apart again.
struct Joint {
    /// The member that stands for all.
    node: usize,
    /// The members with their heads in the cycle.
    members: Vec<(usize, usize)>,
    /// Each node outside, with its best head within the cycle, and with the member where an arc from it breaks the cycle at the
    /// least loss.
    outside: Vec<(usize, usize, usize)>,
}

impl Joint {
    fn new(cycle: &[usize], nodes: &[usize], heads: &mut [usize], scores: &mut Scores) -> Self {
        let node = cycle[0];
        let mut is_member = vec![false; scores.n_nodes];
        cycle.iter().for_each(|&member| is_member[member] = true);
        let members = cycle.iter().map(|&member| (member, heads[member])).collect();
        let mut outside = Vec::with_capacity(nodes.len());
        for &other in nodes {
            let leaves = first_best(cycle, |&member| scores.of(other, member));
            let gain = |member: &usize| scores.of(*member, other) - scores.of(*member, heads[*member]);
            let enters = first_best(cycle, gain);
            outside.push((other, leaves, enters));
        }
        let gains: Vec<(f64, f64)> = outside
            .iter()
            .map(|&(other, leaves, enters)| {
                let gain = scores.of(enters, other) - scores.of(enters, heads[enters]);
                (scores.of(other, leaves), gain)
            })
            .collect();
        for (&(other, ..), (leaving, entering)) in outside.iter().zip(gains) {
            scores.set(other, node, leaving);
            scores.set(node, other, entering);
            if is_member[heads[other]] {
                heads[other] = node;
            }
        }
        Self { node, members, outside }
    }

    fn undo(self, heads: &mut [usize]) {
        let from = heads[self.node];
        for &(other, leaves, _) in &self.outside {
            if other != 0 && heads[other] == self.node {
                heads[other] = leaves;
            }
        }
        for (member, head) in self.members {
            heads[member] = head;
        }
        if let Some((.., enters)) = self.outside.iter().find(|(other, ..)| *other == from) {
            heads[*enters] = from;
        }
    }
}

/// The best head of a node among others; the root's is itself.
fn best_head(node: usize, among: &[usize], scores: &Scores) -> usize {
    if node == 0 {
        return 0;
    }
    let others = among.iter().copied().filter(|&head| head != node);
    let better =
        |best: usize, head: usize| if scores.of(node, head) > scores.of(node, best) { head } else { best };
    others.reduce(better).unwrap_or(0)
}

/// The first of the items with the highest value.
pub fn first_best(items: &[usize], value: impl Fn(&usize) -> f64) -> usize {
    let mut best = items.first().copied().unwrap_or(0);
    for item in items {
        if value(item) > value(&best) {
            best = *item;
        }
    }
    best
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    pub fn total(heads: &[usize], scores: &[f32], n_nodes: usize) -> f64 {
        (1..n_nodes).map(|node| f64::from(scores[node * n_nodes + heads[node]])).sum()
    }

    /// Every tree with one word under the root.
    pub fn trees(n_nodes: usize) -> Vec<Vec<usize>> {
        let mut trees = vec![vec![0]];
        for node in 1..n_nodes {
            trees = trees
                .into_iter()
                .flat_map(|tree| {
                    let heads = (0..n_nodes).filter(move |&head| head != node);
                    heads.map(move |head| [tree.as_slice(), &[head]].concat())
                })
                .collect();
        }
        let is_single = |tree: &Vec<usize>| tree.iter().skip(1).filter(|&&head| head == 0).count() == 1;
        trees
            .into_iter()
            .filter(|tree| cycle(&(0..n_nodes).collect::<Vec<_>>(), tree).is_none() && is_single(tree))
            .collect()
    }

    fn scores(n_nodes: usize, values: &[f32]) -> Scores {
        Scores::new(n_nodes, |dependent, head| values[dependent * n_nodes + head])
    }

    fn check(n_nodes: usize, values: &[f32]) {
        let best = best_of_all(&scores(n_nodes, values));
        let highest = trees(n_nodes).iter().map(|tree| total(tree, values, n_nodes)).fold(f64::MIN, f64::max);
        assert!(trees(n_nodes).contains(&best), "{best:?}");
        assert!((total(&best, values, n_nodes) - highest).abs() < 1e-3, "{best:?}");
    }

    #[test]
    fn small_sentences() {
        assert_eq!(best_tree(&Scores::new(1, |_, _| 0.0)), [0]);
        assert_eq!(best_tree(&Scores::new(2, |_, _| f32::NAN)), [0, 0]);
        check(3, &[0.0; 9]);
    }

    /// Arcs 3 → 1 and 4 → 2 cross.
    fn crossed(gain: f32) -> Vec<usize> {
        let mut values = [-20.0; 25];
        for (dependent, head, score) in [(1, 3, gain), (1, 2, 0.0), (2, 4, 0.0), (3, 4, 0.0), (4, 0, 0.0)] {
            values[dependent * 5 + head] = score;
        }
        best_tree(&scores(5, &values))
    }

    #[test]
    fn arcs_cross_only_where_that_is_far_better() {
        assert_eq!(crossed(4.0), [0, 2, 4, 4, 0]);
        assert_eq!(crossed(6.0), [0, 3, 4, 4, 0]);
    }

    /// A sentence of the longest kind, every pair a cycle: a tree is found at once.
    #[test]
    fn many_cycles_are_taken_apart() {
        let n_nodes = 251;
        let score = |dependent: usize, head: usize| {
            if (dependent ^ 1) == head { 9.0 } else { -(((dependent * 31 + head * 17) % 101) as f32) }
        };
        let best = best_of_all(&Scores::new(n_nodes, score));
        let nodes: Vec<usize> = (0..n_nodes).collect();
        assert!(cycle(&nodes, &best).is_none(), "{best:?}");
        assert_eq!(best.iter().skip(1).filter(|&&head| head == 0).count(), 1);
    }

    proptest! {
        #[test]
        fn no_tree_is_better(values in prop::collection::vec(-5f32..5.0, 25), n_nodes in 2usize..6) {
            check(n_nodes, &values[..n_nodes * n_nodes]);
        }
    }
}
