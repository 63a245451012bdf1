//! *Which claims does a claim lead to, and on which way?* Kept, so that a report comes in without all others being compared
//! again.

use annalist_schema::Reading;

use crate::parallel;
use crate::pile::members;

use super::block::{Index, place_bytes};
use super::card::Card;
use super::score::{Entry, log_odds};

/// A claim by the number of its report and its place among the report's claims, sorted by id.
pub(crate) type At = (u32, u32);

/// A claim leads to another that is likelier one event with it than not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead<A = At> {
    /// The claim.
    pub from: A,
    /// The other.
    pub to: A,
    /// Whether through a like report or its own, rather than by a shared key.
    pub by_kin: bool,
    /// Log-odds that they are one event.
    pub likely: f64,
}

impl<A> Lead<A> {
    /// The same lead where claims have other numbers.
    pub(crate) fn map<B>(self, number: impl Fn(A) -> B) -> Lead<B> {
        Lead { from: number(self.from), to: number(self.to), by_kin: self.by_kin, likely: self.likely }
    }
}

/// Every lead between the claims of some reports.
pub(crate) fn leads(cards: &[&Card]) -> Vec<Lead> {
    let index = Index::new(cards);
    let of_report = |report: usize| {
        let neighbours = index.neighbours(report as u32);
        let of_claim = |claim_idx: u32| {
            let mut leads = to_likely(&index, claim_idx, index.of_neighbours(claim_idx, &neighbours), true);
            leads.extend(to_likely(&index, claim_idx, index.of_shelves(claim_idx), false));
            leads
        };
        index.claims(report as u32).flat_map(of_claim).collect::<Vec<_>>()
    };
    parallel::map(cards.len(), of_report).concat()
}

/// The leads of a report's claims through its own and through its neighbours, these by number and the most like first.
/// The cards must be sorted by the ids of their reports.
pub(crate) fn kin_leads(cards: &[&Card], report: u32, neighbours: &[u32]) -> Vec<Lead> {
    let index = Index::without_shelves(cards);
    let of_claim =
        |claim_idx: u32| to_likely(&index, claim_idx, index.of_neighbours(claim_idx, neighbours), true);
    index.claims(report).flat_map(of_claim).collect()
}

fn to_likely(index: &Index<'_>, claim_idx: u32, mut others: Vec<u32>, by_kin: bool) -> Vec<Lead> {
    others.sort_unstable();
    others.dedup();
    let lead = |other: u32| Lead {
        from: index.at(claim_idx),
        to: index.at(other),
        by_kin,
        likely: super::likeliness(index, claim_idx.min(other), claim_idx.max(other)),
    };
    others.into_iter().map(lead).filter(|lead| lead.likely > 0.0).collect()
}

impl Card {
    /// The ids of a reading's claims in the order in which they have their places.
    pub fn claim_ids(reading: &Reading) -> Vec<&str> {
        members(reading).into_iter().map(|claim| claim.id.as_str()).collect()
    }

    /// What tells how alike the report is to others, to be kept; see [`crate::Store::heads`].
    pub fn head(&self) -> Vec<u8> {
        self.head.to_bytes()
    }

    /// Where its claims stand: on shelves whose bytes sort as they do, each with the place of the claim in the report. A
    /// claim leads to those that follow it on its shelf next. Places on one shelf begin with the same [`crate::SHELF`] bytes.
    pub fn places(&self) -> Vec<(Vec<u8>, u32)> {
        let claims = 0..self.claims.len() as u32;
        claims.flat_map(|position| place_bytes(self, position).map(move |place| (place, position))).collect()
    }

    /// Log-odds that one of its claims and a later one, of itself or of a report whose id is greater, are one event.
    pub fn likely(&self, claim: u32, other: &Self, other_claim: u32) -> f64 {
        let one = Entry { card: self, claim: &self.claims[claim as usize] };
        log_odds(one, Entry { card: other, claim: &other.claims[other_claim as usize] })
    }
}
