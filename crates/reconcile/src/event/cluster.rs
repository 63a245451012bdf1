//! *Which pairs become one cluster?* Greedy average link.
//!
//! The pair of clusters whose members agree best on average is joined, then the next, until none agrees. A chain of
//! likely pairs therefore stops where its ends contradict each other, which the closure of the pairs would not.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use super::component::Bond;

/// Pairs of members that an average is taken over; of larger clusters an even sample is.
const MAX_SAMPLE: usize = 64;

/// Clusters of the numbers below `n`, given likely pairs with their log-odds, and the log-odds of any pair. Sorted lists,
/// sorted by their smallest members.
pub(crate) fn cluster(n: usize, bonds: &[Bond], log_odds: impl Fn(u32, u32) -> f64) -> Vec<Vec<u32>> {
    let mut forest = Forest::new(n, log_odds);
    for &Bond { one, other, likely } in bonds {
        forest.bind(one, other, likely);
        forest.queue.push(Merge { likely, one, other, n_members: 2 });
    }
    forest.merge_all();
    let mut clusters: Vec<_> = forest.clusters.into_iter().map(|cluster| cluster.members).collect();
    clusters.retain(|members| !members.is_empty());
    clusters.iter_mut().for_each(|members| members.sort_unstable());
    clusters.sort_unstable();
    clusters
}

struct Forest<F> {
    clusters: Vec<Cluster>,
    queue: BinaryHeap<Merge>,
    log_odds: F,
}

#[derive(Default)]
struct Cluster {
    /// Empty once merged into another.
    members: Vec<u32>,
    /// Clusters it might be merged with, and the best log-odds seen between the two.
    bonds: BTreeMap<u32, f64>,
}

impl<F: Fn(u32, u32) -> f64> Forest<F> {
    fn new(n: usize, log_odds: F) -> Self {
        let alone = |member| Cluster { members: vec![member], bonds: BTreeMap::new() };
        Self { clusters: (0..n as u32).map(alone).collect(), queue: BinaryHeap::new(), log_odds }
    }

    fn bind(&mut self, one: u32, other: u32, likely: f64) {
        self.clusters[one as usize].bonds.insert(other, likely);
        self.clusters[other as usize].bonds.insert(one, likely);
    }

    fn unbind(&mut self, one: u32, other: u32) {
        self.clusters[one as usize].bonds.remove(&other);
        self.clusters[other as usize].bonds.remove(&one);
    }

    /// An entry of the queue whose clusters have grown much since is a guess that must be checked: an average over more
    /// pairs is hardly ever higher than the best of its parts.
    fn merge_all(&mut self) {
        while let Some(best) = self.queue.pop() {
            let Merge { one, other, .. } = best;
            if !self.clusters[one as usize].bonds.contains_key(&other) {
                continue;
            }
            if best.is_fresh(self.n_members(one, other)) {
                self.merge(one, other);
                continue;
            }
            let likely = self.average(one, other);
            if likely > 0.0 {
                self.bind(one, other, likely);
                self.queue.push(Merge { likely, n_members: self.n_members(one, other), ..best });
            } else {
                self.unbind(one, other);
            }
        }
    }

    fn n_members(&self, one: u32, other: u32) -> usize {
        self.clusters[one as usize].members.len() + self.clusters[other as usize].members.len()
    }

    /// Mean log-odds between the members of two clusters, over all pairs or an even sample of them.
    fn average(&self, one: u32, other: u32) -> f64 {
        let (one, other) = (&self.clusters[one as usize].members, &self.clusters[other as usize].members);
        let n_pairs = one.len() * other.len();
        let n_sample = n_pairs.min(MAX_SAMPLE);
        let pair = |sample: usize| {
            let position = sample * n_pairs / n_sample;
            (self.log_odds)(one[position % one.len()], other[position / one.len()])
        };
        (0..n_sample).map(pair).sum::<f64>() / n_sample as f64
    }

    /// The larger cluster keeps its number, so that each bond moves rarely. Which one is depends on the two alone: what
    /// becomes of some claims must not depend on bonds to others that none of them is merged with, since a part of a pile
    /// is clustered without these.
    fn merge(&mut self, one: u32, other: u32) {
        let size = |cluster: u32| (self.clusters[cluster as usize].members.len(), std::cmp::Reverse(cluster));
        let (kept, gone) = if size(one) >= size(other) { (one, other) } else { (other, one) };
        let Cluster { members, bonds } = std::mem::take(&mut self.clusters[gone as usize]);
        self.clusters[kept as usize].members.extend(members);
        self.clusters[kept as usize].bonds.remove(&gone);
        for (neighbour, likely) in bonds.into_iter().filter(|(neighbour, _)| *neighbour != kept) {
            self.clusters[neighbour as usize].bonds.remove(&gone);
            let known = self.clusters[kept as usize].bonds.get(&neighbour).copied();
            if known.is_none_or(|known| known < likely) {
                self.bind(kept, neighbour, likely);
                self.queue.push(Merge { likely, one: kept, other: neighbour, n_members: 0 });
            }
        }
    }
}

/// A proposal; the most likely comes first, then the one of the smallest numbers.
struct Merge {
    likely: f64,
    one: u32,
    other: u32,
    /// How many members the two had when `likely` was computed; `0` if it is a guess.
    n_members: usize,
}

impl Merge {
    /// Whether two clusters that now have so many members are nearly those that were compared: an average over many pairs
    /// hardly moves with one member more.
    fn is_fresh(&self, n_members: usize) -> bool {
        n_members * 4 <= self.n_members * 5
    }
}

impl Ord for Merge {
    fn cmp(&self, other: &Self) -> Ordering {
        let numbers =
            |merge: &Self| (merge.one.min(merge.other), merge.one.max(merge.other), merge.n_members);
        self.likely.total_cmp(&other.likely).then_with(|| numbers(other).cmp(&numbers(self)))
    }
}

impl PartialOrd for Merge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Merge {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Merge {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line; two are likely one if they are less than ten apart.
    fn check(points: &[f64], expected: &[&[u32]]) {
        let n = points.len() as u32;
        let near = |one: u32, other: u32| 10.0 - (points[one as usize] - points[other as usize]).abs();
        let pairs = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
        let bonds = pairs.map(|(one, other)| Bond { one, other, likely: near(one, other) });
        let bonds: Vec<_> = bonds.filter(|bond| bond.likely > 0.0).collect();
        assert_eq!(cluster(points.len(), &bonds, near), expected);
    }

    #[test]
    fn joins_what_agrees_and_stops_a_chain() {
        check(&[0.0, 1.0, 50.0, 51.0, 99.0], &[&[0, 1], &[2, 3], &[4]]);
        check(&[0.0, 6.0, 12.0, 18.0, 24.0, 30.0], &[&[0, 1], &[2, 3], &[4, 5]]);
        check(&[], &[]);
    }
}
