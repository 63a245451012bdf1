//! *Which claims speak of one event?*
//!
//! [`block`] proposes pairs, [`score`] weighs each as log-odds, [`cluster`] joins greedily by average link, so that a
//! chain of likely pairs never joins what its ends keep apart. What two claims have to do with each other depends on the
//! two and their reports alone, whatever else is in the pile.

mod block;
mod card;
mod cluster;
mod component;
mod evidence;
mod kin;
mod lead;
mod profile;
mod score;
mod shelf;
mod tie;
mod word;

use std::cell::RefCell;
use std::collections::HashMap;

use crate::parallel;

pub(crate) use block::Index;
pub use block::SHELF;
pub(crate) use block::WINDOW;
pub use card::Card;
pub(crate) use component::Bond;
use component::{Component, components};
pub(crate) use kin::{KeptHead, Kin};
pub use lead::Lead;
pub(crate) use lead::{At, kin_leads, leads};
use score::{log_odds, log_odds_of_alike};
pub(crate) use tie::Tie;
pub use word::check;

/// Pairs that a core weighs at a time.
const CHUNK: usize = 4096;

/// Claims of one event each, numbered in the order of the reports and of their claims: every claim in exactly one list, lists
/// and their order free of arrival. What was decided of claims is followed.
pub(crate) fn link(cards: &[&Card], ties: &[Tie]) -> Vec<Vec<u32>> {
    let index = Index::new(cards);
    let bonds = bonds(&index, &pairs(&index));
    let components = components(index.n_claims(), &bonds, |claim_idx| index.rank(claim_idx));
    let mut clusters =
        parallel::map(components.len(), |component| clusters_of(&index, &components[component])).concat();
    let mut is_alone = vec![true; index.n_claims()];
    clusters.iter().flatten().for_each(|&claim_idx| is_alone[claim_idx as usize] = false);
    let alone = (0_u32..).zip(is_alone).filter(|(_, is_alone)| *is_alone);
    clusters.extend(alone.map(|(claim_idx, _)| vec![claim_idx]));
    clusters.sort_unstable();
    match ties {
        [] => clusters,
        ties => tie::follow(clusters, ties, |one, other| likeliness(&index, one, other)),
    }
}

/// The same for some claims only, given everything that binds them: no bond leads from them to others.
pub(crate) fn link_some(
    cards: &[&Card],
    claims: &[u32],
    mut bonds: Vec<Bond>,
    ties: &[Tie],
) -> Vec<Vec<u32>> {
    let index = Index::without_shelves(cards);
    bonds.sort_unstable_by_key(|bond| (bond.one, bond.other));
    bonds.dedup_by_key(|bond| (bond.one, bond.other));
    let components = components(index.n_claims(), &bonds, |claim_idx| index.rank(claim_idx));
    let mut clusters: Vec<_> =
        components.iter().flat_map(|component| clusters_of(&index, component)).collect();
    let bound: std::collections::BTreeSet<_> = clusters.iter().flatten().copied().collect();
    clusters.extend(claims.iter().filter(|claim_idx| !bound.contains(claim_idx)).map(|&alone| vec![alone]));
    clusters.sort_unstable();
    tie::follow(clusters, ties, |one, other| likeliness(&index, one, other))
}

/// With how many others each claim is compared.
pub(crate) fn n_compared(cards: &[&Card]) -> Vec<u32> {
    let index = Index::new(cards);
    let mut n_compared = vec![0; index.n_claims()];
    for (one, other) in pairs(&index) {
        n_compared[one as usize] += 1;
        n_compared[other as usize] += 1;
    }
    n_compared
}

/// Of each two claims that are compared by what was learned: the numbers of report and claim, in the order of the claims'
/// ids, and what was seen by name.
pub(crate) fn compared(cards: &[&Card]) -> Vec<Compared> {
    let index = Index::new(cards);
    let is_learned = |&(one, other): &(u32, u32)| evidence::is_learned(index.entry(one), index.entry(other));
    let apart = pairs(&index).into_iter().filter(is_learned);
    let at = |claim_idx: u32| (index.report(claim_idx) as usize, index.rank(claim_idx).1 as usize);
    let seen = |one, other| {
        let (one, other) = (index.entry(one), index.entry(other));
        let seen = evidence::evidence(one, other, one.card.head.cosine(&other.card.head));
        seen.0.into_iter().map(|(feature, value)| (evidence::FEATURES[feature], value)).collect()
    };
    apart.map(|(one, other)| (at(one), at(other), seen(one, other))).collect()
}

/// Two claims and what was seen of them.
pub(crate) type Compared = ((usize, usize), (usize, usize), Vec<(&'static str, f64)>);

/// Pairs `(smaller, larger)` of claims worth comparing, sorted, each once.
fn pairs(index: &Index<'_>) -> Vec<(u32, u32)> {
    let of_report = |report: usize| {
        let neighbours = index.neighbours(report as u32);
        let propose = |claim_idx: u32| {
            let others = index.proposals(claim_idx, &neighbours).into_iter();
            others.map(move |other| (claim_idx.min(other), claim_idx.max(other)))
        };
        index.claims(report as u32).flat_map(propose).collect::<Vec<_>>()
    };
    let mut pairs = parallel::map(index.cards.len(), of_report).concat();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Pairs that are likelier one event than not.
fn bonds(index: &Index<'_>, pairs: &[(u32, u32)]) -> Vec<Bond> {
    let weigh = |&(one, other): &(u32, u32)| Bond { one, other, likely: likeliness(index, one, other) };
    let likely =
        |pairs: &[(u32, u32)]| pairs.iter().map(weigh).filter(|bond| bond.likely > 0.0).collect::<Vec<_>>();
    let chunks: Vec<_> = pairs.chunks(CHUNK).collect();
    parallel::map(chunks.len(), |chunk| likely(chunks[chunk])).concat()
}

fn likeliness(index: &Index<'_>, one: u32, other: u32) -> f64 {
    log_odds(index.entry(one), index.entry(other))
}

/// The events that a component falls into.
fn clusters_of(index: &Index<'_>, component: &Component) -> Vec<Vec<u32>> {
    let members = &component.members;
    // Clusters that grow are compared again and again, and so are their reports.
    let (known, cosines) = (RefCell::new(HashMap::new()), RefCell::new(HashMap::new()));
    let likely = |one: u32, other: u32| {
        let (one, other) = (one.min(other), one.max(other));
        let numbers = (members[one as usize], members[other as usize]);
        let reports = (index.report(numbers.0), index.report(numbers.1));
        let (one_entry, other_entry) = (index.entry(numbers.0), index.entry(numbers.1));
        let cosine = || {
            let weigh = || one_entry.card.head.cosine(&other_entry.card.head);
            *cosines.borrow_mut().entry(reports).or_insert_with(weigh)
        };
        let weigh = || log_odds_of_alike(one_entry, other_entry, cosine);
        *known.borrow_mut().entry((one, other)).or_insert_with(weigh)
    };
    let mut clusters = cluster::cluster(members.len(), &component.bonds, likely);
    for cluster in &mut clusters {
        cluster.iter_mut().for_each(|position| *position = members[*position as usize]);
        cluster.sort_unstable();
    }
    clusters
}
