//! What an analyst's decisions promise: what is decided holds, nothing else is lost, and no order shows.

#![allow(clippy::unwrap_used)]

use annalist_reconcile::{reconcile, reconcile_decided};
use annalist_schema::{
    Claim, ClaimKey, ClaimRef, DayInterval, Decision, DecisionKind, Event, EventType, Reading, Situation,
};
use proptest::prelude::*;
use proptest::sample::select;

fn claim(id: usize, event_type: EventType, word: &str, day: &str) -> Claim {
    Claim {
        id: format!("c{id}"),
        event_type: Some(event_type),
        date: DayInterval::parse(day),
        key: ClaimKey {
            lemma: word.to_owned(),
            arguments: vec![word.to_owned(), "bridge".to_owned()],
            words: vec![word.to_owned(), "bridge".to_owned()],
            ..ClaimKey::default()
        },
        ..Claim::default()
    }
}

/// Reports on few words and days, so that claims meet.
fn piles() -> impl Strategy<Value = Vec<Reading>> {
    let types = select(&[EventType::Assault, EventType::Consult][..]);
    let claims = (types, select(&["attack", "strike", "meet"][..]), select(&["2024-01-04", "2024-01"][..]));
    let reading = prop::collection::vec(claims, 1..5).prop_map(|claims| {
        let claims = claims.into_iter().enumerate();
        claims.map(|(id, (event_type, word, day))| claim(id, event_type, word, day)).collect::<Vec<_>>()
    });
    prop::collection::vec(reading, 1..6).prop_map(|readings| {
        let readings = readings.into_iter().enumerate();
        readings.map(|(id, claims)| Reading { id: format!("r{id}"), claims, ..Reading::default() }).collect()
    })
}

/// Claims that may be in the pile.
fn claims() -> impl Strategy<Value = Vec<ClaimRef>> {
    let claim = (0_usize..6, 0_usize..5);
    let claims = prop::collection::vec(claim, 1..4);
    claims.prop_map(|claims| {
        claims
            .iter()
            .map(|(report, claim)| ClaimRef::new(format!("r{report}"), format!("c{claim}")))
            .collect()
    })
}

fn decisions() -> impl Strategy<Value = Vec<Decision>> {
    let kinds = select(DecisionKind::ALL);
    let values =
        select(&[("date", "2024-01-05"), ("type", "AID"), ("killed", "7"), ("place", "Nordhafen")][..]);
    prop::collection::vec((kinds, claims(), claims(), values), 0..6).prop_map(|decisions| {
        let decisions = decisions.into_iter().enumerate();
        let decision = |(index, (kind, claims, others, (attribute, value)))| {
            let is_set = kind == DecisionKind::Set;
            Decision {
                number: index as u32 + 1,
                kind,
                claims,
                others: if kind == DecisionKind::Split { others } else { Vec::new() },
                attribute: is_set.then(|| String::from(attribute)),
                value: is_set.then(|| String::from(value)),
                because: "they say so".to_owned(),
            }
        };
        decisions.map(decision).collect()
    })
}

fn event_of<'a>(situation: &'a Situation, claim: &ClaimRef) -> Option<&'a Event> {
    situation.events.iter().find(|event| event.claims.contains(claim))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_order_shows(readings in piles(), decisions in decisions(), turn in 0_usize..6) {
        let (mut turned, mut other) = (readings.clone(), decisions.clone());
        turned.rotate_left(turn % readings.len());
        other.reverse();
        prop_assert_eq!(reconcile_decided(turned, &other), reconcile_decided(readings, &decisions));
    }

    #[test]
    fn without_decisions_nothing_is_different(readings in piles()) {
        prop_assert_eq!(reconcile(&readings), reconcile_decided(readings, &[]));
    }

    #[test]
    fn every_claim_that_is_not_rejected_is_in_one_event(readings in piles(), decisions in decisions()) {
        let rejected: Vec<_> = decisions.iter().filter(|one| one.kind == DecisionKind::Reject)
            .flat_map(|one| one.claims.clone()).collect();
        let of_one = |reading: &Reading| reading.claims.iter().map(|claim| ClaimRef::new(&reading.id, &claim.id)).collect::<Vec<_>>();
        let mut expected: Vec<_> = readings.iter().flat_map(of_one).filter(|claim| !rejected.contains(claim)).collect();
        expected.sort();
        let situation = reconcile_decided(readings, &decisions);
        let mut placed: Vec<_> = situation.events.iter().flat_map(|event| event.claims.clone()).collect();
        placed.sort();
        prop_assert_eq!(placed, expected);
        let order = |event: &Event| (event.date.is_none(), event.date.clone(), event.id.clone());
        prop_assert!(situation.events.is_sorted_by_key(order));
    }

    #[test]
    fn the_last_decision_holds(readings in piles(), decisions in decisions()) {
        let situation = reconcile_decided(readings, &decisions);
        let Some(last) = decisions.last() else { return Ok(()) };
        let of = |claims: &[ClaimRef]| claims.iter().filter_map(|claim| event_of(&situation, claim)).map(|event| event.id.clone()).collect::<Vec<_>>();
        let (events, others) = (of(&last.claims), of(&last.others));
        match last.kind {
            DecisionKind::Merge => prop_assert!(events.windows(2).all(|pair| pair[0] == pair[1])),
            DecisionKind::Split => {
                let is_both = |claim: &ClaimRef| last.others.contains(claim) && last.claims.contains(claim);
                prop_assume!(!last.claims.iter().any(is_both));
                prop_assert!(events.iter().all(|event| !others.contains(event)));
            }
            DecisionKind::Reject => prop_assert!(events.is_empty()),
            DecisionKind::Set => {
                let Some(event) = last.claims.iter().find_map(|claim| event_of(&situation, claim)) else { return Ok(()) };
                let cell = event.cells.iter().find(|cell| Some(&cell.attribute) == last.attribute.as_ref()).unwrap();
                let preferred = &cell.values[cell.preferred.as_ref().unwrap().0];
                prop_assert_eq!(Some(&preferred.value), last.value.as_ref());
                prop_assert_eq!(cell.decided, Some(last.number));
            }
            DecisionKind::Accept => {
                let found = last.claims.iter().find_map(|claim| event_of(&situation, claim));
                prop_assert!(found.is_none_or(|event| event.decisions.contains(&last.number)));
            }
        }
    }
}
