//! *Which claims did somebody decide to be one event, or not to be?* The clusters are changed to that afterwards.

/// A decision on claims, by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tie {
    /// One event.
    Together(Vec<u32>),
    /// None of the first is one event with any of the second.
    Apart(Vec<u32>, Vec<u32>),
}

/// Follows the ties in their order, so that the last of two that cannot both be followed is. Every claim stays in exactly
/// one cluster; clusters and their order are sorted.
pub(crate) fn follow(
    clusters: Vec<Vec<u32>>,
    ties: &[Tie],
    likely: impl Fn(u32, u32) -> f64,
) -> Vec<Vec<u32>> {
    let mut clusters = clusters;
    for tie in ties {
        clusters = match tie {
            Tie::Together(claims) => join(clusters, claims),
            Tie::Apart(claims, others) => part(clusters, claims, others, &likely),
        };
    }
    clusters.sort_unstable();
    clusters
}

fn join(clusters: Vec<Vec<u32>>, claims: &[u32]) -> Vec<Vec<u32>> {
    let (joined, mut rest): (Vec<_>, Vec<_>) =
        clusters.into_iter().partition(|cluster| holds_any(cluster, claims));
    let mut joined = joined.concat();
    joined.sort_unstable();
    rest.extend((!joined.is_empty()).then_some(joined));
    rest
}

fn part(
    clusters: Vec<Vec<u32>>,
    claims: &[u32],
    others: &[u32],
    likely: &impl Fn(u32, u32) -> f64,
) -> Vec<Vec<u32>> {
    let parts = |cluster: Vec<u32>| {
        let pick = |wanted: &[u32]| -> Vec<u32> {
            cluster.iter().copied().filter(|claim_idx| wanted.contains(claim_idx)).collect()
        };
        let (picked, kept) = (pick(claims), pick(others));
        if picked.is_empty() || kept.is_empty() {
            return vec![cluster];
        }
        // Claims that came in later go where they fit better.
        let mean = |claim_idx: u32, members: &[u32]| {
            members.iter().map(|&member| likely(claim_idx, member)).sum::<f64>() / members.len() as f64
        };
        let goes = |claim_idx: &u32| {
            let is_picked = picked.contains(claim_idx);
            is_picked || (!kept.contains(claim_idx) && mean(*claim_idx, &picked) > mean(*claim_idx, &kept))
        };
        let (one, other): (Vec<_>, Vec<_>) = cluster.iter().copied().partition(goes);
        // What is to be parted from itself alone stays what it is.
        [one, other].into_iter().filter(|part| !part.is_empty()).collect()
    };
    clusters.into_iter().flat_map(parts).collect()
}

fn holds_any(cluster: &[u32], claims: &[u32]) -> bool {
    claims.iter().any(|claim_idx| cluster.binary_search(claim_idx).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers are the likelier one event the nearer they are.
    fn check(clusters: &[&[u32]], ties: &[Tie], expected: &[&[u32]]) {
        let clusters = clusters.iter().map(|cluster| cluster.to_vec()).collect();
        let near = |one: u32, other: u32| -f64::from(one.abs_diff(other));
        assert_eq!(follow(clusters, ties, near), expected);
    }

    #[test]
    fn joins_whole_clusters_and_parts_them() {
        let clusters: &[&[u32]] = &[&[0, 3], &[1, 2], &[4]];
        check(clusters, &[Tie::Together(vec![3, 4])], &[&[0, 3, 4], &[1, 2]]);
        check(clusters, &[Tie::Apart(vec![3], vec![0])], &[&[0], &[1, 2], &[3], &[4]]);
        check(clusters, &[Tie::Apart(vec![3], vec![4])], clusters);
        check(clusters, &[Tie::Together(vec![]), Tie::Apart(vec![], vec![0])], clusters);
        check(clusters, &[Tie::Apart(vec![4], vec![4])], clusters);
    }

    #[test]
    fn what_came_later_goes_where_it_fits() {
        check(&[&[0, 1, 8, 9]], &[Tie::Apart(vec![9], vec![0])], &[&[0, 1], &[8, 9]]);
    }

    #[test]
    fn the_last_decision_counts() {
        let (together, apart) = (Tie::Together(vec![0, 1]), Tie::Apart(vec![0], vec![1]));
        check(&[&[0], &[1]], &[together.clone(), apart.clone()], &[&[0], &[1]]);
        check(&[&[0, 1]], &[apart, together], &[&[0, 1]]);
    }
}
