//! *What do some claims give by themselves?* A part of a situation, as it would come out of the whole pile.

use annalist_schema::{ClaimRef, Decision, Reading, Situation};

use crate::event::{self, At, Card};
use crate::hand::Hand;
use crate::pile::{Pile, distinct};
use crate::situation;

/// Which claims of a part are one event, whatever was decided: clusters of the claims, given the cards of their reports,
/// sorted by the ids of these, and what binds them.
pub(super) fn cluster_part(cards: &[&Card], claims: &[At], bonds: &[(At, At, f64)]) -> Vec<Vec<At>> {
    let mut starts = vec![0];
    for card in cards {
        starts.push(starts[starts.len() - 1] + card.claims.len() as u32);
    }
    let number = |at: &At| starts[at.0 as usize] + at.1;
    let at = |claim_idx: u32| {
        let report = starts.partition_point(|start| *start <= claim_idx) as u32 - 1;
        (report, claim_idx - starts[report as usize])
    };
    let bond = |(one, other, likely): &(At, At, f64)| {
        let (one, other) = (number(one), number(other));
        event::Bond { one: one.min(other), other: one.max(other), likely: *likely }
    };
    let claims: Vec<_> = claims.iter().map(number).collect();
    let clusters = event::link_some(cards, &claims, bonds.iter().map(bond).collect(), &[]);
    clusters.into_iter().map(|cluster| cluster.into_iter().map(at).collect()).collect()
}

/// A pair of claims that are likelier one event than not, with the log-odds.
pub(super) type Bond = (ClaimRef, ClaimRef, f64);

/// The events of clusters of claims, given their reports and all reports that share sentences with theirs. Of the
/// decisions, those that set or accept are followed. Postures and processes are those of the readings given.
pub(super) fn assemble_part(
    readings: &[Reading],
    clusters: &[Vec<ClaimRef>],
    decisions: &[Decision],
) -> Situation {
    let pile = Pile::new(distinct(readings));
    let number = |cluster: &Vec<ClaimRef>| {
        let mut claims: Vec<_> = cluster.iter().filter_map(|claim| pile.find(claim)).collect();
        claims.sort_unstable();
        claims
    };
    let clusters: Vec<_> = clusters.iter().map(number).filter(|cluster| !cluster.is_empty()).collect();
    assemble(&pile, &Hand::new(decisions, &pile), &clusters)
}

fn assemble(pile: &Pile<'_>, hand: &Hand<'_>, clusters: &[Vec<u32>]) -> Situation {
    let mut events = Vec::new();
    let rest = situation::assemble(pile, hand, clusters, |event| events.push(event));
    Situation { events, ..rest }
}

/// The events of some claims, given their reports, all that binds them and all reports that share sentences with theirs;
/// no bond and no decision leads from them to others. Postures and processes are those of the readings given.
pub(super) fn reconcile_part(
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
    assemble(&pile, &hand, &clusters)
}
