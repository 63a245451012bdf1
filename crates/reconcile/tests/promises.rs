//! The promises of fusion, for any readings: order does not matter, twice is once, a report withdrawn leaves no trace,
//! and every claim stands in exactly one event.

#![allow(clippy::unwrap_used)]

mod piles;

use std::collections::BTreeMap;

use annalist_reconcile::{Gist, longer_ids, reconcile, reconcile_gists, reconcile_stubs};
use annalist_schema::{ClaimRef, Reading, Situation};
use proptest::prelude::*;
use proptest::sample::Index;

use piles::piles;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_does_not_matter(readings in piles(), seed in any::<u64>()) {
        let mut shuffled = readings.clone();
        shuffled.sort_by_key(|reading| annoy(&reading.id, seed));
        prop_assert_eq!(reconcile(&shuffled), reconcile(&readings));
    }

    #[test]
    fn twice_is_once(readings in piles(), again in any::<Index>()) {
        let mut more = readings.clone();
        more.push(again.get(&readings).clone());
        prop_assert_eq!(reconcile(&more), reconcile(&readings));
    }

    #[test]
    fn a_failed_reading_leaves_no_trace(readings in piles(), gone in any::<Index>()) {
        let gone = gone.index(readings.len());
        let mut failed = readings.clone();
        failed[gone].status = annalist_schema::ReadingStatus::Failed;
        let mut without = readings;
        without.remove(gone);
        prop_assert_eq!(reconcile(&failed), reconcile(&without));
    }

    #[test]
    fn gists_give_the_same(readings in piles(), again in any::<Index>()) {
        let mut readings = readings;
        let mut other = again.get(&readings).clone();
        other.claims.pop();
        readings.push(other);
        let mut events = Vec::new();
        let gists = readings.iter().rev().cloned().filter_map(Gist::new).collect();
        let rest = reconcile_gists(gists, |event| events.push(event));
        prop_assert_eq!(Situation { events, ..rest }, reconcile(&readings));
    }

    #[test]
    fn claims_may_lie_elsewhere(readings in piles(), again in any::<Index>()) {
        let mut readings = readings;
        let mut other = again.get(&readings).clone();
        other.claims.pop();
        readings.push(other);
        let gists = readings.iter().rev().cloned().filter_map(Gist::new);
        let (stubs, claims): (Vec<_>, Vec<_>) = gists.map(Gist::apart).unzip();
        let ids: Vec<_> = readings.iter().rev().map(|reading| reading.id.as_str()).collect();
        let longer = longer_ids(&ids, |place| stubs[place].head().0.digest.clone());
        let name = |place: usize| longer.get(&place).map_or(ids[place], String::as_str);
        let elsewhere: BTreeMap<&str, _> = claims.iter().enumerate().map(|(place, one)| (name(place), one)).collect();
        let open = |ids: &[&str]| Ok::<_, ()>(ids.iter().map(|id| elsewhere[id].clone()).collect());
        let mut events = Vec::new();
        let rest = reconcile_stubs(stubs, open, |few| {
            events.extend(few);
            Ok(())
        });
        let whole = Situation { dates: Vec::new(), ..reconcile(&readings) };
        prop_assert_eq!(Situation { events, ..rest.unwrap() }, whole);
    }

    #[test]
    fn every_claim_is_in_one_event(readings in piles()) {
        let situation = reconcile(&readings);
        let mut placed: Vec<ClaimRef> =
            situation.events.iter().flat_map(|event| event.claims.clone()).collect();
        placed.sort();
        prop_assert_eq!(&placed, &claims(&readings));
        for cell in situation.events.iter().flat_map(|event| &event.cells) {
            let cited = cell.values.iter().flat_map(|value| &value.claims);
            prop_assert!(cited.into_iter().all(|claim| placed.binary_search(claim).is_ok()));
            prop_assert!(!cell.values.is_empty() && !cell.origins.is_empty());
        }
        let mut ids: Vec<_> = situation.events.iter().map(|event| &event.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), situation.events.len());
    }
}

/// An order that has nothing to do with the ids'.
fn annoy(id: &str, seed: u64) -> u64 {
    id.bytes().fold(seed, |sum, byte| sum.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(byte))
}

fn claims(readings: &[Reading]) -> Vec<ClaimRef> {
    let of_one = |reading: &Reading| {
        let claims = reading.claims.iter().map(|claim| ClaimRef::new(&reading.id, &claim.id));
        claims.collect::<Vec<_>>()
    };
    let mut claims: Vec<_> = readings.iter().flat_map(of_one).collect();
    claims.sort();
    claims.dedup();
    claims
}
