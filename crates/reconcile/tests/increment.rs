//! What comes and goes report by report is what is built at once, whoever keeps it: here, a few maps.

#![allow(clippy::unwrap_used)]

mod piles;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::Range;

use annalist_reconcile::{
    Card, ClaimAt, Delta, Known, Lead, List, Store, copy_rows, fill, posture_rows, prints, process_rows,
    reconcile_decided, step, without_rejected,
};
use annalist_schema::{
    ClaimRef, Copy, Decision, DecisionKind, Event, PostureSeries, Process, Reading, Situation,
};
use proptest::prelude::*;
use proptest::sample::Index;

use piles::piles;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn step_by_step_is_at_once(
        readings in piles(),
        moves in proptest::collection::vec(any::<Index>(), 1..24),
        decisions in decisions(),
    ) {
        let (mut shelf, mut there) = (Shelf::default(), BTreeSet::new());
        for index in moves {
            let number = index.index(readings.len());
            let is_gone = there.remove(&number);
            if !is_gone {
                there.insert(number);
            }
            shelf.step(&readings[number], is_gone, &decisions);
            let rest: Vec<_> = there.iter().map(|number| readings[*number].clone()).collect();
            check(&shelf, &rest, &decisions);
        }
    }

    #[test]
    fn a_report_leaves_what_was_filled_at_once(readings in piles(), gone in any::<Index>(), decisions in decisions()) {
        let mut shelf = Shelf::filled(&readings, &decisions);
        check(&shelf, &readings, &decisions);
        let mut rest = readings.clone();
        let gone = rest.remove(gone.index(readings.len()));
        shelf.step(&gone, true, &decisions);
        check(&shelf, &rest, &decisions);
    }
}

/// What is kept is the situation of the readings, and what binds their claims is what a new start would find.
fn check(shelf: &Shelf, readings: &[Reading], decisions: &[Decision]) {
    let fresh = Shelf::filled(readings, decisions);
    assert_eq!(shelf.rows(), fresh.rows());
    assert_eq!(shelf.bonds(), fresh.bonds());
}

/// A few decisions on claims that a pile may have.
fn decisions() -> impl Strategy<Value = Vec<Decision>> {
    let claim = || {
        (0..12_usize, 0..4_usize)
            .prop_map(|(report, claim)| ClaimRef::new(format!("r{report}"), format!("c{}", 2 * claim)))
    };
    let claims = || proptest::collection::vec(claim(), 1..3);
    let kind = proptest::sample::select(DecisionKind::ALL);
    let decision = (kind, claims(), claims()).prop_map(|(kind, claims, others)| Decision {
        number: 0,
        kind,
        claims,
        others,
        attribute: (kind == DecisionKind::Set).then(|| "killed".to_owned()),
        value: (kind == DecisionKind::Set).then(|| "7".to_owned()),
        because: "so it is".to_owned(),
    });
    proptest::collection::vec(decision, 0..4).prop_map(|mut decisions| {
        for (number, decision) in (1..).zip(&mut decisions) {
            decision.number = number;
        }
        decisions
    })
}

/// What is kept of a pile.
#[derive(Default)]
struct Shelf {
    /// Every reading that ever came, without what was rejected of it.
    readings: Vec<Reading>,
    numbers: BTreeMap<String, i64>,
    known: BTreeMap<i64, Reading>,
    places: BTreeMap<Vec<u8>, ClaimAt>,
    leads: BTreeMap<(ClaimAt, bool, ClaimAt), f64>,
    events: BTreeMap<String, Event>,
    postures: BTreeMap<String, PostureSeries>,
    processes: BTreeMap<String, Process>,
    copies: BTreeMap<String, Copy>,
}

impl Shelf {
    fn filled(readings: &[Reading], decisions: &[Decision]) -> Self {
        let mut shelf = Self::default();
        let mut numbered: Vec<_> =
            readings.iter().map(|reading| (shelf.number_of(reading, decisions), reading)).collect();
        numbered.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        let numbers: Vec<_> = numbered.iter().map(|(number, _)| *number).collect();
        let sorted: Vec<_> = numbers.iter().map(|number| shelf.readings[*number as usize].clone()).collect();
        fill(&mut shelf, &numbers, &sorted).unwrap();
        let Situation { events, postures, processes, copies, .. } =
            reconcile_decided(readings.to_vec(), decisions);
        shelf.events = events.into_iter().map(|event| (event.id.clone(), event)).collect();
        shelf.postures = posture_rows(&postures);
        shelf.processes = process_rows(&processes);
        shelf.copies = copy_rows(&copies);
        shelf
    }

    fn number_of(&mut self, reading: &Reading, decisions: &[Decision]) -> i64 {
        let mut reading = reading.clone();
        without_rejected(std::slice::from_mut(&mut reading), decisions);
        let number = self.readings.len() as i64;
        self.numbers.insert(reading.id.clone(), number);
        self.readings.push(reading);
        number
    }

    fn step(&mut self, reading: &Reading, is_gone: bool, decisions: &[Decision]) {
        let delta = match is_gone {
            true => {
                let number = self.numbers.remove(&reading.id).unwrap();
                step(self, decisions, &[number], &[]).unwrap().unwrap()
            }
            false => {
                let number = self.number_of(reading, decisions);
                step(self, decisions, &[], &[number]).unwrap().unwrap()
            }
        };
        let Delta { gone, come, postures, processes, copies, .. } = delta;
        gone.keys().for_each(|id| drop(self.events.remove(id)));
        self.events.extend(come);
        replace(&mut self.postures, postures);
        replace(&mut self.processes, processes);
        replace(&mut self.copies, copies);
    }

    fn rows(&self) -> String {
        format!("{:#?}", (&self.events, &self.postures, &self.processes, &self.copies))
    }

    /// Leads by the names of claims, which numbers of reports do not show.
    fn bonds(&self) -> BTreeMap<(ClaimRef, bool, ClaimRef), String> {
        let name = |at: &ClaimAt| Known::new(&self.readings[at.0 as usize]).reference(at.1).unwrap();
        let bond = |((from, by_kin, to), likely): (&(ClaimAt, bool, ClaimAt), &f64)| {
            ((name(from), *by_kin, name(to)), likely.to_string())
        };
        self.leads.iter().map(bond).collect()
    }

    fn event_with(&self, claim: &ClaimRef) -> Option<&Event> {
        self.events.values().find(|event| event.claims.contains(claim))
    }

    fn leads(&self, wanted: impl Fn(&ClaimAt, bool, &ClaimAt) -> bool) -> Vec<Lead<ClaimAt>> {
        let found = self.leads.iter().filter(|((from, by_kin, to), _)| wanted(from, *by_kin, to));
        let lead = |((from, by_kin, to), likely): (&(ClaimAt, bool, ClaimAt), &f64)| Lead {
            from: *from,
            to: *to,
            by_kin: *by_kin,
            likely: *likely,
        };
        found.map(lead).collect()
    }
}

fn replace<T>(rows: &mut BTreeMap<String, T>, list: List<T>) {
    list.before.keys().for_each(|key| drop(rows.remove(key)));
    rows.extend(list.after);
}

fn some<T: Clone>(rows: &BTreeMap<String, T>, keys: &BTreeSet<String>) -> BTreeMap<String, T> {
    let found = keys.iter().filter_map(|key| Some((key.clone(), rows.get(key)?.clone())));
    found.collect()
}

type Answer<T> = Result<T, Infallible>;

impl Store for Shelf {
    type Error = Infallible;

    fn number(&self, id: &str) -> Answer<Option<i64>> {
        Ok(self.numbers.get(id).copied())
    }

    fn reading(&self, report: i64) -> Answer<Reading> {
        Ok(self.readings[report as usize].clone())
    }

    fn known(&self, report: i64) -> Answer<Option<Known>> {
        Ok(self.known.get(&report).map(Known::new))
    }

    fn heads(&self) -> Answer<Vec<(i64, Vec<u8>)>> {
        Ok(self.known.iter().map(|(number, reading)| (*number, Card::new(reading).head())).collect())
    }

    fn printing(&self, report: i64) -> Answer<Vec<i64>> {
        let Some(own) = self.known.get(&report) else { return Ok(Vec::new()) };
        let own: BTreeSet<_> = prints(own).collect();
        let shares = |reading: &Reading| prints(reading).any(|hash| own.contains(&hash));
        Ok(self.known.iter().filter(|(_, reading)| shares(reading)).map(|(number, _)| *number).collect())
    }

    fn keep(&mut self, report: i64, _: &Known, reading: &Reading) -> Answer<()> {
        self.known.insert(report, reading.clone());
        Ok(())
    }

    fn forget(&mut self, report: i64) -> Answer<()> {
        self.known.remove(&report);
        self.leads.retain(|(from, _, to), _| from.0 != report && to.0 != report);
        Ok(())
    }

    fn on_places(&self, between: Range<&[u8]>, n: usize, from_end: bool) -> Answer<Vec<ClaimAt>> {
        let is_between = |place: &[u8]| place > between.start && place < between.end;
        let mut found: Vec<_> =
            self.places.iter().filter(|(place, _)| is_between(place)).map(|(_, at)| *at).collect();
        if from_end {
            found.reverse();
        }
        found.truncate(n);
        Ok(found)
    }

    fn keep_place(&mut self, place: &[u8], claim: ClaimAt) -> Answer<()> {
        self.places.insert(place.to_vec(), claim);
        Ok(())
    }

    fn forget_place(&mut self, place: &[u8]) -> Answer<()> {
        self.places.remove(place);
        Ok(())
    }

    fn leads_from(&self, claim: ClaimAt) -> Answer<Vec<Lead<ClaimAt>>> {
        Ok(self.leads(|from, _, _| *from == claim))
    }

    fn leads_to(&self, claim: ClaimAt) -> Answer<Vec<Lead<ClaimAt>>> {
        Ok(self.leads(|_, _, to| *to == claim))
    }

    fn leads_by_kin(&self, report: i64) -> Answer<Vec<Lead<ClaimAt>>> {
        Ok(self.leads(|from, by_kin, _| from.0 == report && by_kin))
    }

    fn has_lead(&self, from: ClaimAt, to: ClaimAt, by_kin: Option<bool>) -> Answer<bool> {
        let is_on = |way: bool| by_kin.is_none_or(|wanted| wanted == way);
        Ok([false, true].iter().any(|way| is_on(*way) && self.leads.contains_key(&(from, *way, to))))
    }

    fn keep_lead(&mut self, lead: Lead<ClaimAt>) -> Answer<()> {
        self.leads.entry((lead.from, lead.by_kin, lead.to)).or_insert(lead.likely);
        Ok(())
    }

    fn forget_lead(&mut self, from: ClaimAt, to: ClaimAt, by_kin: bool) -> Answer<()> {
        self.leads.remove(&(from, by_kin, to));
        Ok(())
    }

    fn together(&self, claim: &ClaimRef) -> Answer<Vec<ClaimRef>> {
        Ok(self.event_with(claim).map(|event| event.claims.clone()).unwrap_or_default())
    }

    fn event_id(&self, claim: &ClaimRef) -> Answer<Option<String>> {
        Ok(self.event_with(claim).map(|event| event.id.clone()))
    }

    fn event(&self, id: &str) -> Answer<Option<Event>> {
        Ok(self.events.get(id).cloned())
    }

    fn postures(&self, keys: &BTreeSet<String>) -> Answer<BTreeMap<String, PostureSeries>> {
        Ok(some(&self.postures, keys))
    }

    fn processes(&self, keys: &BTreeSet<String>) -> Answer<BTreeMap<String, Process>> {
        Ok(some(&self.processes, keys))
    }

    fn copies(&self, keys: &BTreeSet<String>) -> Answer<BTreeMap<String, Copy>> {
        Ok(some(&self.copies, keys))
    }
}
