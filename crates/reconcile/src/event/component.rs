//! *Which claims can have to do with each other at all?* Those that a chain of likely pairs joins.
//!
//! Components have nothing to say to each other, so each is clustered by itself, in any order and on any core.

use crate::union::Union;

/// A pair of claims that are likelier one event than not, with the log-odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bond {
    pub one: u32,
    pub other: u32,
    pub likely: f64,
}

/// Claims that hang together.
#[derive(Debug, PartialEq)]
pub(crate) struct Component {
    /// Sorted by rank.
    pub members: Vec<u32>,
    /// Between positions in `members`, sorted.
    pub bonds: Vec<Bond>,
}

/// Components of more than one claim below `n`. The rank of a claim must not depend on arrival.
pub(crate) fn components<R: Ord>(n: usize, bonds: &[Bond], rank: impl Fn(u32) -> R) -> Vec<Component> {
    let mut union = Union::new(n);
    bonds.iter().for_each(|bond| union.join(bond.one, bond.other));
    let mut sets: Vec<_> = union.sets().into_iter().filter(|set| set.len() > 1).collect();
    sets.iter_mut().for_each(|members| members.sort_unstable_by_key(|&claim_idx| rank(claim_idx)));
    let mut place_of = vec![(0, 0); n];
    for (component, members) in (0_u32..).zip(&sets) {
        for (position, &claim_idx) in (0_u32..).zip(members) {
            place_of[claim_idx as usize] = (component, position);
        }
    }
    let mut components: Vec<_> =
        sets.into_iter().map(|members| Component { members, bonds: Vec::new() }).collect();
    for bond in bonds {
        let ((component, one), (_, other)) = (place_of[bond.one as usize], place_of[bond.other as usize]);
        let bond = Bond { one: one.min(other), other: one.max(other), likely: bond.likely };
        components[component as usize].bonds.push(bond);
    }
    let positions = |bond: &Bond| (bond.one, bond.other);
    components.iter_mut().for_each(|component| component.bonds.sort_unstable_by_key(positions));
    components
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Members and bonds of each component, ranked backwards.
    fn check(n: usize, pairs: &[(u32, u32)], members: &[&[u32]], bonds: &[&[(u32, u32)]]) {
        let bond = |&(one, other): &(u32, u32)| Bond { one, other, likely: 1.0 };
        let expected = members.iter().zip(bonds).map(|(members, bonds)| Component {
            members: members.to_vec(),
            bonds: bonds.iter().map(bond).collect(),
        });
        let found = components(n, &pairs.iter().map(bond).collect::<Vec<_>>(), std::cmp::Reverse);
        assert_eq!(found, expected.collect::<Vec<_>>());
    }

    #[test]
    fn groups_and_ranks() {
        check(6, &[(0, 4), (4, 2), (1, 3)], &[&[4, 2, 0], &[3, 1]], &[&[(0, 1), (0, 2)], &[(0, 1)]]);
        check(3, &[], &[], &[]);
    }
}
