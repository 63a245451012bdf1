//! *Which things hang together?*

/// Disjoint sets of the numbers below `n`; the smallest member names its set.
pub(crate) struct Union {
    parent: Vec<u32>,
}

impl Union {
    pub fn new(n: usize) -> Self {
        Self { parent: (0..n as u32).collect() }
    }

    pub fn find(&mut self, mut member: u32) -> u32 {
        while self.parent[member as usize] != member {
            let grandparent = self.parent[self.parent[member as usize] as usize];
            self.parent[member as usize] = grandparent;
            member = grandparent;
        }
        member
    }

    pub fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.parent[one.max(other) as usize] = one.min(other);
    }

    /// The sets, each sorted, in the order of their smallest members.
    pub fn sets(mut self) -> Vec<Vec<u32>> {
        let n = self.parent.len();
        let mut sets: Vec<Vec<u32>> = vec![Vec::new(); n];
        for member in 0..n as u32 {
            let root = self.find(member);
            sets[root as usize].push(member);
        }
        sets.retain(|set| !set.is_empty());
        sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_in_any_order() {
        for pairs in [[(0, 4), (4, 2), (1, 3)], [(3, 1), (2, 4), (0, 2)]] {
            let mut union = Union::new(6);
            pairs.iter().for_each(|&(one, other)| union.join(one, other));
            assert_eq!(union.sets(), [vec![0, 2, 4], vec![1, 3], vec![5]]);
        }
    }
}
