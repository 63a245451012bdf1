//! *Who is behind a statement?* Ten reports that quote one ministry have one origin.

use std::collections::BTreeMap;

use annalist_schema::Claim;

use crate::pile::Pile;
use crate::same::name::{Name, hash};

use super::copy::Copies;

/// Who a statement goes back to: equal for statements that are not independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// A speaker whom reports cite.
    Speaker(u64),
    /// A report that speaks for itself: the earliest of its copies.
    Report(u32),
}

/// Names origins, for the cells of a pile.
pub(crate) struct Origins<'a> {
    pile: &'a Pile<'a>,
    copies: &'a Copies,
}

impl<'a> Origins<'a> {
    pub fn new(pile: &'a Pile<'a>, copies: &'a Copies) -> Self {
        Self { pile, copies }
    }

    /// The origin of a claim.
    pub fn of_claim(&self, report: u32, claim: &Claim) -> Origin {
        // The speaker next to the statement is the first; those after it pass it on.
        let entry = claim.attribution.first().and_then(|attribution| attribution.actor_id.as_deref());
        match (entry, claim.attributed_to.first()) {
            (Some(entry), _) => Origin::Speaker(hash(entry)),
            (None, speaker) => self.of_speaker(report, Some(claim.sentence), speaker.map(String::as_str)),
        }
    }

    /// The origin of what a report says, in a sentence if it is known which, given whom it cites.
    pub fn of_speaker(&self, report: u32, sentence: Option<u32>, speaker: Option<&str>) -> Origin {
        match speaker.map(Name::new).filter(|name| !name.is_empty()) {
            Some(name) => Origin::Speaker(name.hash()),
            None => Origin::Report(self.copies.origin(self.pile, report, sentence)),
        }
    }

    /// Names of the origins of some statements, sorted: the speaker, or the outlet, with its day if it has several.
    pub fn names(&self, statements: &[(Origin, Option<&str>)]) -> Vec<String> {
        let mut speakers: BTreeMap<Origin, &str> = BTreeMap::new();
        for (origin, speaker) in statements {
            let name = speakers.entry(*origin).or_insert(speaker.unwrap_or(""));
            *name = (*name).min(speaker.unwrap_or(""));
        }
        let outlets: Vec<_> = speakers.keys().filter_map(|origin| self.outlet(*origin)).collect();
        let name = |(origin, speaker): (&Origin, &&str)| match origin {
            Origin::Speaker(_) => (*speaker).to_owned(),
            Origin::Report(report) => self.report_name(*report, &outlets),
        };
        let mut names: Vec<_> = speakers.iter().map(name).collect();
        names.sort();
        names
    }

    fn outlet(&self, origin: Origin) -> Option<&str> {
        let Origin::Report(report) = origin else { return None };
        self.pile.readings[report as usize].report.outlet.as_deref()
    }

    fn report_name(&self, report: u32, outlets: &[&str]) -> String {
        let reading = self.pile.readings[report as usize];
        let Some(outlet) = &reading.report.outlet else { return format!("report {}", reading.id) };
        if outlets.iter().filter(|other| *other == outlet).count() < 2 {
            return outlet.clone();
        }
        let published = self.pile.published(report).map(|days| days.format());
        format!("{outlet} ({})", published.unwrap_or_else(|| reading.id.clone()))
    }
}
