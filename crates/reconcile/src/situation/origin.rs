//! *Who is behind a statement?* Ten reports that quote one ministry have one origin.

use std::borrow::Cow;
use std::collections::BTreeMap;

use annalist_schema::{Account, Attribution, Claim};

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

/// Who says something.
#[derive(Clone, Debug)]
pub(crate) struct Voice<'a> {
    /// Who it goes back to.
    pub origin: Origin,
    /// Names of those who are cited for it.
    pub speakers: Cow<'a, [String]>,
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

    /// Who stands behind what a claim states of all but the actors.
    pub fn of_claim<'c>(&self, report: u32, claim: &'c Claim) -> Voice<'c> {
        let is_of_all = |attribution: &&Attribution| !attribution.of_actors;
        if claim.attribution.iter().all(|attribution| is_of_all(&attribution)) {
            return self.voice(report, claim, claim.attribution.first(), Cow::Borrowed(&claim.attributed_to));
        }
        let is_of_actors = |name: &&String| {
            claim.attribution.iter().any(|attribution| attribution.of_actors && attribution.name == **name)
        };
        let names = claim.attributed_to.iter().filter(|name| !is_of_actors(name)).cloned();
        self.voice(report, claim, claim.attribution.iter().find(is_of_all), names.collect())
    }

    /// Who stands behind what it states of the actors: who claims the deed or puts it down to them, if somebody does.
    pub fn of_actors<'c>(&self, report: u32, claim: &'c Claim) -> Voice<'c> {
        let is_of_actors = |attribution: &&Attribution| attribution.of_actors;
        let first = claim.attribution.iter().find(is_of_actors);
        match first {
            Some(first) => self.voice(report, claim, Some(first), Cow::Owned(vec![first.name.clone()])),
            None => self.of_claim(report, claim),
        }
    }

    /// Who stands behind an account of the actors.
    pub fn of_account<'c>(&self, report: u32, claim: &Claim, account: &Account) -> Voice<'c> {
        let names = account.attribution.iter().map(|attribution| attribution.name.clone());
        self.voice(report, claim, account.attribution.first(), names.collect())
    }

    /// The speaker next to the statement is the first; those after it pass it on.
    fn voice<'c>(
        &self,
        report: u32,
        claim: &Claim,
        first: Option<&Attribution>,
        speakers: Cow<'c, [String]>,
    ) -> Voice<'c> {
        let origin = match first.and_then(|attribution| attribution.actor_id.as_deref()) {
            Some(entry) => Origin::Speaker(hash(entry)),
            None => {
                let name = speakers.first().map(String::as_str);
                self.of_speaker(report, Some(claim.sentence), name)
            }
        };
        Voice { origin, speakers }
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
