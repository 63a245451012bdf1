//! *Which tree has the highest score?* Chu and Liu's and Edmonds's algorithm, with exactly one word under the root.

/// The head of every word of the best tree; node 0 is the root, and `heads[0]` is 0.
///
/// `score(dependent, head)` for dependents `1..n` and heads `0..n`; cubic in the worst case, quadratic as a rule.
pub fn best_tree(n_nodes: usize, score: impl Fn(usize, usize) -> f32) -> Vec<usize> {
    let greedy: Vec<usize> = (0..n_nodes).map(|node| best_head(node, n_nodes, &score)).collect();
    let n_roots = greedy.iter().skip(1).filter(|&&head| head == 0).count();
    if n_roots == 1 && cycle(&greedy).is_none() {
        return greedy;
    }
    // Every word could be the one below the root. Making all others pay more than any tree can gain leaves exactly
    // one, and the best one.
    let scores = Scores::new(n_nodes, &score);
    contract(&scores)
}

fn best_head(node: usize, n_nodes: usize, score: &impl Fn(usize, usize) -> f32) -> usize {
    if node == 0 {
        return 0;
    }
    let mut best = usize::from(node == 1 && n_nodes > 2) * 2;
    for head in (0..n_nodes).filter(|&head| head != node) {
        if score(node, head) > score(node, best) {
            best = head;
        }
    }
    best
}

/// The nodes of a cycle among the heads, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; heads.len()];
    for start in 1..heads.len() {
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
struct Scores {
    n_nodes: usize,
    values: Vec<f64>,
}

impl Scores {
    /// The scores, with a price on every arc from the root that two of them never earn back.
    fn new(n_nodes: usize, score: &impl Fn(usize, usize) -> f32) -> Self {
        let finite = |value: f32| f64::from(if value.is_nan() { f32::MIN } else { value.clamp(-1e9, 1e9) });
        let pairs = (0..n_nodes).flat_map(|dependent| (0..n_nodes).map(move |head| (dependent, head)));
        let mut values: Vec<f64> = pairs.map(|(dependent, head)| finite(score(dependent, head))).collect();
        let (least, most) =
            values.iter().fold((0f64, 0f64), |(least, most), &value| (least.min(value), most.max(value)));
        let price = (most - least + 1.0) * n_nodes as f64;
        values.iter_mut().step_by(n_nodes.max(1)).for_each(|value| *value -= price);
        Self { n_nodes, values }
    }

    fn of(&self, dependent: usize, head: usize) -> f64 {
        self.values[dependent * self.n_nodes + head]
    }
}

/// Picks the best head of every node, makes one node of a cycle, and goes on until there is none.
fn contract(scores: &Scores) -> Vec<usize> {
    let n_nodes = scores.n_nodes;
    let heads: Vec<usize> = (0..n_nodes).map(|node| best_head_of(node, scores)).collect();
    let Some(cycle) = cycle(&heads) else { return heads };
    let outside: Vec<usize> = (0..n_nodes).filter(|node| !cycle.contains(node)).collect();
    let n_smaller = outside.len() + 1;
    let joint = n_smaller - 1;
    let mut values = vec![f64::NEG_INFINITY; n_smaller * n_smaller];
    let mut enters = vec![0; n_smaller];
    let mut leaves = vec![0; n_smaller];
    for (small, &node) in outside.iter().enumerate() {
        for (other, &head) in outside.iter().enumerate() {
            values[small * n_smaller + other] = scores.of(node, head);
        }
        // The node's best head within the cycle.
        leaves[small] = first_best(&cycle, |&member| scores.of(node, member));
        values[small * n_smaller + joint] = scores.of(node, leaves[small]);
        // Where an arc from the node breaks the cycle at the least loss.
        let gain = |member: &usize| scores.of(*member, node) - scores.of(*member, heads[*member]);
        enters[small] = first_best(&cycle, gain);
        values[joint * n_smaller + small] = gain(&enters[small]);
    }
    let smaller = contract(&Scores { n_nodes: n_smaller, values });
    let mut expanded = heads;
    for (small, &node) in outside.iter().enumerate().skip(1) {
        expanded[node] = if smaller[small] == joint { leaves[small] } else { outside[smaller[small]] };
    }
    let from = smaller[joint];
    expanded[enters[from]] = outside[from];
    expanded
}

fn best_head_of(node: usize, scores: &Scores) -> usize {
    if node == 0 {
        return 0;
    }
    let heads: Vec<usize> = (0..scores.n_nodes).filter(|&head| head != node).collect();
    first_best(&heads, |&head| scores.of(node, head))
}

/// The first of the items with the highest value.
fn first_best(items: &[usize], value: impl Fn(&usize) -> f64) -> usize {
    let mut best = items.first().copied().unwrap_or(0);
    for item in items {
        if value(item) > value(&best) {
            best = *item;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(heads: &[usize], scores: &[f32], n_nodes: usize) -> f64 {
        (1..n_nodes).map(|node| f64::from(scores[node * n_nodes + heads[node]])).sum()
    }

    /// Every tree with one word under the root.
    fn trees(n_nodes: usize) -> Vec<Vec<usize>> {
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
        trees.into_iter().filter(|tree| cycle(tree).is_none() && is_single(tree)).collect()
    }

    fn check(n_nodes: usize, scores: &[f32]) {
        let best = best_tree(n_nodes, |dependent, head| scores[dependent * n_nodes + head]);
        let highest = trees(n_nodes).iter().map(|tree| total(tree, scores, n_nodes)).fold(f64::MIN, f64::max);
        assert!(trees(n_nodes).contains(&best), "{best:?}");
        assert!((total(&best, scores, n_nodes) - highest).abs() < 1e-3, "{best:?}");
    }

    #[test]
    fn small_sentences() {
        assert_eq!(best_tree(1, |_, _| 0.0), [0]);
        assert_eq!(best_tree(2, |_, _| f32::NAN), [0, 0]);
        check(3, &[0.0; 9]);
    }

    proptest! {
        #[test]
        fn no_tree_is_better(scores in prop::collection::vec(-5f32..5.0, 25), n_nodes in 2usize..6) {
            check(n_nodes, &scores[..n_nodes * n_nodes]);
        }
    }
}
