//! *Which claims speak of one event?*
//!
//! [`block`] proposes pairs, [`score`] weighs each as log-odds, [`cluster`] joins greedily by average link, so that a
//! chain of likely pairs never joins what its ends keep apart. What two claims have to do with each other depends on the
//! two and their reports alone, whatever else is in the pile.

mod block;
mod card;
mod cluster;
mod profile;
mod score;
mod shelf;
mod word;

use crate::parallel;
use crate::pile::Pile;

use block::Index;
use card::Card;
use score::{Entry, log_odds};

/// Claims of one event each: every claim in exactly one list, lists and their order free of arrival.
pub(crate) fn link(pile: &Pile<'_>) -> Vec<Vec<u32>> {
    let cards = parallel::map(pile.readings.len(), |report| Card::new(pile.readings[report]));
    let index = Index::new(cards);
    let bonds = bonds(&index, &pairs(&index));
    cluster::cluster(index.n_claims(), &bonds, |one, other| likeliness(&index, one, other))
}

/// Pairs `(smaller, larger)` of claims worth comparing, sorted, each once.
fn pairs(index: &Index) -> Vec<(u32, u32)> {
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

/// Pairs that are likelier one event than not, with their log-odds.
fn bonds(index: &Index, pairs: &[(u32, u32)]) -> Vec<(u32, u32, f64)> {
    let weigh = |pair: usize| {
        let (one, other) = pairs[pair];
        (one, other, likeliness(index, one, other))
    };
    let mut bonds = parallel::map(pairs.len(), weigh);
    bonds.retain(|(.., likely)| *likely > 0.0);
    bonds
}

fn likeliness(index: &Index, one: u32, other: u32) -> f64 {
    let entry = |claim_idx: u32| Entry {
        card: &index.cards[index.report(claim_idx) as usize],
        claim: index.profile(claim_idx),
    };
    log_odds(entry(one), entry(other))
}
