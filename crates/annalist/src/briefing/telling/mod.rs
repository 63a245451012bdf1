//! *How is an event told in one sentence?*
//!
//! By templates of our own, filled with what claims carry: figures with their hedges and speakers, names, places and days as
//! the reports give them. What a template has no slot for is left in the report's own words, between quotation marks. A
//! party or place that only one uncertain claim has is left out: a sentence that says less is not false.

mod account;
mod casualty;
mod name;
mod party;
mod predicate;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{Claim, ClaimRef, DayInterval, Event, Report, Span, Status};

use crate::pile::{Citation, Pile};

pub(crate) use name::name;

/// A report opens with its title and the first sentences.
const OPENING: u32 = 3;

/// An event in a sentence or two.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told {
    pub text: String,
    /// The sentences that say so, those that it rests on first.
    pub citations: Vec<Citation>,
}

/// An event with the reports that tell it at hand.
pub(crate) struct Source<'a> {
    pub event: &'a Event,
    /// Its claims, the most certain first.
    pub claims: Vec<Witness<'a>>,
    /// The year that goes without saying.
    pub year: Option<i16>,
}

/// One of its claims.
#[derive(Clone, Copy)]
pub(crate) struct Witness<'a> {
    pub claim: &'a Claim,
    pub report: &'a Report,
    /// The sentence that states it.
    pub sentence: Span,
    pub made: Option<DayInterval>,
    pile: &'a Pile,
}

impl<'a> Source<'a> {
    pub fn new(
        event: &'a Event,
        pile: &'a Pile,
        published: &BTreeMap<String, DayInterval>,
        year: Option<i16>,
    ) -> Self {
        let mut claims: Vec<_> =
            event.claims.iter().filter_map(|claim| Witness::new(claim, pile, published)).collect();
        // What opens a report is news and told with care; then what was read with most confidence.
        let rank = |witness: &Witness<'_>| {
            let claim = witness.claim;
            (
                claim.sentence >= OPENING,
                Reverse((claim.score * 100.0) as u32),
                claim.sentence,
                claim.trigger.start,
            )
        };
        claims.sort_by_key(rank);
        Self { event, claims, year }
    }

    /// Those that say that it happened.
    pub fn happened(&self) -> impl Iterator<Item = &Witness<'a>> {
        self.claims.iter().filter(|witness| witness.claim.status == Status::Happened)
    }

    /// The days that some claim gives it, with their preposition.
    pub fn when(&self) -> Option<String> {
        Some(super::day::when(self.days()?, self.year))
    }

    /// The days that some claim gives it; the day of the report says nothing.
    pub fn days(&self) -> Option<DayInterval> {
        let days = self.event.date.as_deref().and_then(DayInterval::parse)?;
        self.claims.iter().any(|witness| witness.days().is_some()).then_some(days)
    }
}

impl<'a> Witness<'a> {
    fn new(claim: &ClaimRef, pile: &'a Pile, published: &BTreeMap<String, DayInterval>) -> Option<Self> {
        let (report, reading) = pile.get(&claim.report)?;
        let made = published.get(&claim.report).copied();
        let claim = pile.claim(claim)?;
        let sentence = *reading.sentences.get(claim.sentence as usize)?;
        Some(Self { claim, report, sentence, made, pile })
    }

    /// The words of a span of its report, on one line.
    pub fn words(&self, span: Span) -> String {
        super::words::one_line(span.of(&self.report.text))
    }

    pub fn cite(&self, span: Span) -> Option<Citation> {
        self.pile.cite(&self.report.id, span)
    }

    /// The sentence that some words stand in.
    pub fn sentence_of(&self, words: Span) -> u32 {
        if self.sentence.contains(words) { self.claim.sentence } else { u32::MAX }
    }

    /// Where the claim stands.
    pub fn citation(&self) -> Option<Citation> {
        self.cite(self.claim.trigger)
    }

    /// The days that it gives itself; the day of the report says nothing.
    pub fn days(&self) -> Option<DayInterval> {
        self.claim.date.filter(|_| self.claim.date_basis.as_deref() != Some("published"))
    }

    /// Who says so, if the report does not say it itself.
    pub fn speaker(&self) -> Option<&'a str> {
        let name = self.claim.attribution.iter().find(|one| !one.of_actors).map(|one| one.name.as_str())?;
        // A bracket that was cut off names nobody: "Defence Ministry (MOD".
        Some(name.split_once(" (").filter(|(_, rest)| !rest.contains(')')).map_or(name, |(name, _)| name))
    }
}

/// An event in a sentence, if what is known of it makes one.
pub(crate) fn tell(source: &Source<'_>) -> Option<Told> {
    let mut told = casualty::tell(source).or_else(|| predicate::tell(source))?;
    if let Some(accounts) = account::tell(source, &told) {
        told.text = format!("{} {}", told.text, accounts.text);
        told.citations.extend(accounts.citations);
    }
    let rest = source.claims.iter().filter_map(Witness::citation);
    told.citations.extend(rest);
    let mut seen = BTreeSet::new();
    told.citations.retain(|citation| seen.insert((citation.number, citation.sentence)));
    Some(told)
}

/// The first letter large.
pub(crate) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use annalist_read::{Options, Reader, Tier};
    use annalist_reconcile::reconcile;

    use super::*;

    /// How the first event of a type is told, put together from reports of some days.
    pub(super) fn check(reports: &[(&str, &str)], event_type: &str, expected: &str) {
        let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
        let report = |(index, (day, text)): (usize, &(&str, &str))| Report {
            id: format!("r{index}"),
            text: (*text).to_owned(),
            published: DayInterval::parse(day),
            ..Report::default()
        };
        let reports: Vec<_> = reports.iter().enumerate().map(report).collect();
        let readings = reader.read(&reports);
        let situation = reconcile(&readings);
        let published =
            reports.iter().filter_map(|report| Some((report.id.clone(), report.published?))).collect();
        let pile = Pile::new(reports.into_iter().zip(readings).collect());
        let is_meant = |event: &&Event| event.event_type.is_some_and(|one| one.as_str() == event_type);
        let event = situation.events.iter().find(is_meant).unwrap();
        let told = tell(&Source::new(event, &pile, &published, Some(2024)));
        assert_eq!(told.map(|told| told.text).as_deref(), Some(expected));
    }

    #[test]
    fn who_claims_and_who_denies_stands_in_the_event() {
        check(
            &[(
                "2024-06-07",
                "Chad killed 12 people in Kidal on 6 June 2024, Mali said. Chad denied that it had killed 12 people in Kidal.",
            )],
            "ASSAULT",
            "12 people were killed in an attack in Kidal on 6 June, according to Mali. Chad denied it.",
        );
    }
}
