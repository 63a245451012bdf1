//! *What of a situation does a report change?* The part that hangs together with it is worked out by itself.
//!
//! The rest of the situation stays as it is, byte for byte. Whoever keeps a pile keeps with it what binds its claims
//! ([`Lead`](crate::Lead)s), where they stand ([`Card::places`]), and what makes reports alike ([`Card::head`]).

use annalist_schema::{ClaimRef, Decision, Reading, Situation};

use crate::event::{self, Card, Head, Kin};
use crate::hand::Hand;
use crate::pile::{Pile, distinct};
use crate::situation;

/// Reports by number, each with what tells how alike it is to others.
#[derive(Debug)]
pub struct Neighbours {
    heads: Vec<Head>,
}

impl Neighbours {
    /// Of what [`Card::head`] gave; `None` if that is not what it gave.
    pub fn new<'a>(heads: impl Iterator<Item = &'a [u8]>) -> Option<Self> {
        heads.map(Head::from_bytes).collect::<Option<_>>().map(|heads| Self { heads })
    }

    /// The reports whose neighbours are others than they would be without a report, that report first, each with its
    /// neighbours, the most like first.
    pub fn moved_by(&self, report: u32) -> Vec<(u32, Vec<u32>)> {
        Kin::new(self.heads.iter().collect()).moved_by(report)
    }
}

/// A pair of claims that are likelier one event than not, with the log-odds.
pub type Bond = (ClaimRef, ClaimRef, f64);

/// The events of some claims, given their reports, all that binds them and all reports that share sentences with theirs;
/// no bond and no decision leads from them to others. Postures and processes are those of the readings given.
pub fn reconcile_part(
    readings: &[Reading],
    claims: &[ClaimRef],
    bonds: &[Bond],
    decisions: &[Decision],
) -> Situation {
    let readings = distinct(readings);
    let cards: Vec<_> = readings.iter().map(|reading| Card::new(reading)).collect();
    let pile = Pile::new(readings);
    let hand = Hand::new(decisions, &pile);
    let bond = |(one, other, likely): &Bond| {
        let (one, other) = (pile.find(one)?, pile.find(other)?);
        Some(event::Bond { one: one.min(other), other: one.max(other), likely: *likely })
    };
    let bonds = bonds.iter().filter_map(bond).collect();
    let claims: Vec<_> = claims.iter().filter_map(|claim| pile.find(claim)).collect();
    let cards: Vec<_> = cards.iter().collect();
    let clusters = event::link_some(&cards, &claims, bonds, &hand.ties(&pile));
    let mut events = Vec::new();
    let rest = situation::assemble(&pile, &hand, &clusters, |event| events.push(event));
    Situation { events, ..rest }
}
