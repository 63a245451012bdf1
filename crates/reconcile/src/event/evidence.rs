//! *What do two claims of two reports tell of being one event, and how much does each thing weigh?*
//!
//! The weights were learned from claims as they are read, errors and all: pairs of the claims of small piles and of news of near
//! days, of which readers said whether they tell one happening (`training/same.py`). A guess that is often wrong therefore weighs
//! little, and nothing forbids that two claims are one event. Other pairs, of which nothing was learned, are weighed by reasoning
//! ([`super::score`]).

use std::sync::LazyLock;

use annalist_schema::Status;

use crate::same::Match;
use crate::same::party::{Party, compare_lists};

use super::card::day_number;
use super::profile::Profile;
use super::score::{
    Entry, Kinship, countries_differ, has_rival, is_mutual, is_old_beside, kinship, shared_arguments,
    shared_words,
};

/// What is looked at, in the order of the file of weights.
pub(crate) const FEATURES: [&str; 75] = [
    "bias",
    "reports: cosine",
    "reports: of one day",
    "reports: of days that follow",
    "reports: of one week",
    "reports: further apart",
    "trigger: one word",
    "trigger: its rarity",
    "trigger: words of one sense",
    "trigger: a light word",
    "trigger: another report has both",
    "type: one, and one root",
    "type: one",
    "type: of one quad class",
    "type: of another",
    "words: shared",
    "arguments: shared",
    "person: one",
    "person: another",
    "number: one and several",
    "actors: one that is known",
    "actors: one",
    "actors: may be one",
    "actors: of other countries",
    "actors: others",
    "actors: not told",
    "actors: unclear",
    "recipients: one that is known",
    "recipients: one",
    "recipients: may be one",
    "recipients: of other countries",
    "recipients: others",
    "recipients: not told",
    "recipients: unclear",
    "parties: one that is known",
    "parties: one",
    "parties: may be one",
    "parties: of other countries",
    "parties: others",
    "parties: not told",
    "parties: unclear",
    "days told: one",
    "days told: in one week",
    "days told: overlapping",
    "days told: next",
    "days told: two or three apart",
    "days told: within two weeks",
    "days told: further apart",
    "days told once: one",
    "days told once: in one week",
    "days told once: overlapping",
    "days told once: next",
    "days told once: two or three apart",
    "days told once: within two weeks",
    "days told once: further apart",
    "days not told: together",
    "days not told: apart",
    "days: long before the other's report",
    "days: after the other's report",
    "told apart: by days",
    "told apart: by day and place",
    "place: one that is told",
    "place: one",
    "place: may be one",
    "place: unclear",
    "place: another that is told",
    "place: another",
    "status: one planned",
    "status: one denied",
    "status: one only thought of",
    "figure: one large",
    "figure: one",
    "figure: usual for the other",
    "figure: may be one",
    "figure: another",
];

static WEIGHTS: LazyLock<Option<[f64; FEATURES.len()]>> =
    LazyLock::new(|| parse(include_str!("../../../../models/same.tsv")));

/// Whether the weights were learned from such pairs: a reader found both claims, in two reports whose days are known.
pub(crate) fn is_learned(one: Entry<'_>, other: Entry<'_>) -> bool {
    let is_like_learned = |entry: Entry<'_>| entry.card.has_day && !entry.claim.is_given;
    one.card.head.mark != other.card.head.mark && is_like_learned(one) && is_like_learned(other)
}

/// Log-odds that two claims, found in two reports that are so alike, speak of one event.
pub(crate) fn log_odds(one: Entry<'_>, other: Entry<'_>, cosine: f64) -> f64 {
    let weights = WEIGHTS.as_ref().unwrap_or(&[0.0; FEATURES.len()]);
    evidence(one, other, cosine).0.iter().map(|&(feature, value)| weights[feature] * value).sum()
}

/// What was seen, as places in [`FEATURES`] with their values.
pub(crate) struct Evidence(pub Vec<(usize, f64)>);

impl Evidence {
    fn add(&mut self, feature: usize, value: f64) {
        self.0.push((feature, value));
    }

    fn is(&mut self, feature: usize, holds: bool) {
        if holds {
            self.add(feature, 1.0);
        }
    }
}

/// What two claims of two reports tell.
pub(crate) fn evidence(one: Entry<'_>, other: Entry<'_>, cosine: f64) -> Evidence {
    let mut seen = Evidence(Vec::with_capacity(24));
    seen.add(const { at("bias") }, 1.0);
    seen.add(const { at("reports: cosine") }, cosine);
    seen.add(const { at("reports: of one day") } + report_days(one, other), 1.0);
    triggers(&mut seen, one, other);
    let (one_claim, other_claim) = (one.claim, other.claim);
    if let Some(types) = types(one_claim, other_claim) {
        seen.add(const { at("type: one, and one root") } + types, 1.0);
    }
    seen.add(const { at("words: shared") }, shared_words(one_claim, other_claim));
    seen.add(const { at("arguments: shared") }, shared_arguments(one_claim, other_claim));
    persons(&mut seen, one_claim, other_claim);
    seen.is(const { at("number: one and several") }, one_claim.plural != other_claim.plural);
    parties(&mut seen, one_claim, other_claim);
    days(&mut seen, one, other);
    let place = place(one_claim, other_claim);
    if let Some(place) = place {
        seen.add(const { at("place: one that is told") } + place, 1.0);
    }
    let days = days_told_apart(one_claim, other_claim);
    seen.is(const { at("told apart: by days") }, days > NEXT_DAY);
    seen.is(const { at("told apart: by day and place") }, days > 0 && place == Some(OTHER_TOLD_PLACE));
    if let Some(status) = status(one_claim, other_claim) {
        seen.add(const { at("status: one planned") } + status, 1.0);
    }
    if let Some(figures) = figures(one_claim, other_claim) {
        seen.add(const { at("figure: one large") } + figures, 1.0);
    }
    seen
}

/// The place of a name in [`FEATURES`]; one that is not there does not compile.
const fn at(name: &str) -> usize {
    let mut place = 0;
    while !are_equal(FEATURES[place].as_bytes(), name.as_bytes()) {
        place += 1;
    }
    place
}

const fn are_equal(one: &[u8], other: &[u8]) -> bool {
    let mut place = 0;
    while place < one.len() && place < other.len() && one[place] == other[place] {
        place += 1;
    }
    place == one.len() && place == other.len()
}

/// In the order of [`FEATURES`], as all places below.
fn report_days(one: Entry<'_>, other: Entry<'_>) -> usize {
    match one.card.head.day.abs_diff(other.card.head.day) {
        0 => 0,
        1 => 1,
        2..=7 => 2,
        _ => 3,
    }
}

fn triggers(seen: &mut Evidence, one: Entry<'_>, other: Entry<'_>) {
    let kinship = kinship(one.claim, other.claim);
    if let Some(Kinship::Word(lemma)) = &kinship {
        seen.add(const { at("trigger: one word") }, 1.0);
        seen.add(const { at("trigger: its rarity") }, lemma.rarity().min(6.0));
    }
    seen.is(const { at("trigger: words of one sense") }, matches!(kinship, Some(Kinship::Sense)));
    seen.is(const { at("trigger: a light word") }, one.claim.is_light || other.claim.is_light);
    seen.is(const { at("trigger: another report has both") }, has_rival(one, other));
}

fn types(one: &Profile, other: &Profile) -> Option<usize> {
    let (event_type, other_type) = (one.event_type?, other.event_type?);
    let is_one = event_type == other_type;
    Some(match is_one {
        true if one.root.is_some() && one.root == other.root => 0,
        true => 1,
        false if event_type.quad() == other_type.quad() => 2,
        false => 3,
    })
}

fn persons(seen: &mut Evidence, one: &Profile, other: &Profile) {
    if !one.persons.is_empty() && !other.persons.is_empty() {
        let is_one = one.persons.iter().any(|name| other.persons.iter().any(|other| name.shares_word(other)));
        seen.add(if is_one { const { at("person: one") } } else { const { at("person: another") } }, 1.0);
    }
}

/// In what parties do together the roles say nothing.
fn parties(seen: &mut Evidence, one: &Profile, other: &Profile) {
    if !is_mutual(one) && !is_mutual(other) {
        seen.add(
            const { at("actors: one that is known") } + match_of(&list(&one.actors), &list(&other.actors)),
            1.0,
        );
        let recipients = match_of(&list(&one.recipients), &list(&other.recipients));
        seen.add(const { at("recipients: one that is known") } + recipients, 1.0);
    }
    let all = match_of(&everyone(one), &everyone(other));
    seen.add(const { at("parties: one that is known") } + all, 1.0);
}

fn everyone(claim: &Profile) -> Vec<&Party> {
    claim.actors.iter().chain(&claim.recipients).collect()
}

fn list(parties: &[Party]) -> Vec<&Party> {
    parties.iter().collect()
}

fn match_of(some: &[&Party], others: &[&Party]) -> usize {
    if some.is_empty() || others.is_empty() {
        return 5;
    }
    let (one, other) = (some.iter().copied(), others.iter().copied());
    let is_known = |party: &&Party| {
        party.is_individual() && others.iter().any(|other| party.compare(other) == Match::Same)
    };
    match compare_lists(one.clone(), other.clone()) {
        Match::Same if some.iter().any(is_known) => 0,
        Match::Same => 1,
        Match::Compatible => 2,
        Match::Different if countries_differ(one, other) => 3,
        Match::Different => 4,
        Match::Unknown => 6,
    }
}

fn days(seen: &mut Evidence, one: Entry<'_>, other: Entry<'_>) {
    let (one_claim, other_claim) = (one.claim, other.claim);
    if let (Some(days), Some(other_days), Some(gap)) =
        (one_claim.days, other_claim.days, one_claim.days_apart(other_claim))
    {
        let gap = match gap {
            0 => match days.n_days().max(other_days.n_days()) {
                ..=1 => 0,
                2..=7 => 1,
                _ => 2,
            },
            1 => 3,
            2..=3 => 4,
            4..=14 => 5,
            _ => 6,
        };
        seen.add(
            match (one_claim.is_dated, other_claim.is_dated) {
                (true, true) => at("days told: one") + gap,
                (false, false) if gap <= 3 => at("days not told: together"),
                (false, false) => at("days not told: apart"),
                _ => at("days told once: one") + gap,
            },
            1.0,
        );
    }
    seen.is(
        const { at("days: long before the other's report") },
        is_old_beside(one, other) || is_old_beside(other, one),
    );
    let is_after = |later: Entry<'_>, report: Entry<'_>| {
        let first = later.claim.days.filter(|_| later.claim.is_dated).map(|days| day_number(days.earliest));
        let day = report.card.head.day;
        later.claim.status == Status::Happened && first.is_some_and(|first| first > day)
    };
    seen.is(const { at("days: after the other's report") }, is_after(one, other) || is_after(other, one));
}

/// How many days are between two claims whose reports tell the very day of each; otherwise none.
fn days_told_apart(one: &Profile, other: &Profile) -> i64 {
    let is_day = |claim: &Profile| claim.is_dated && claim.days.is_some_and(|days| days.n_days() <= 1);
    if is_day(one) && is_day(other) { one.days_apart(other).unwrap_or(0) } else { 0 }
}

/// Reports of one happening may be a day apart: it was night, or elsewhere.
const NEXT_DAY: i64 = 1;

/// Where two towns that are told and are not one stand among the places.
const OTHER_TOLD_PLACE: usize = 4;

fn place(one: &Profile, other: &Profile) -> Option<usize> {
    let (place, other_place) = (one.place.as_ref()?, other.place.as_ref()?);
    let are_told = one.is_placed && other.is_placed;
    Some(match place.compare(other_place) {
        Match::Same if place.is_specific() && are_told => 0,
        Match::Same if place.is_specific() => 1,
        Match::Same | Match::Compatible => 2,
        Match::Unknown => 3,
        Match::Different if are_told => 4,
        Match::Different => 5,
    })
}

fn status(one: &Profile, other: &Profile) -> Option<usize> {
    match (one.status, other.status) {
        (one, other) if one == other => None,
        (Status::Planned, Status::Happened) | (Status::Happened, Status::Planned) => Some(0),
        (Status::Denied, _) | (_, Status::Denied) => Some(1),
        _ => Some(2),
    }
}

/// Of the figures of one thing, the two that fit best.
fn figures(one: &Profile, other: &Profile) -> Option<usize> {
    let pairs = one.figures.iter().flat_map(|figure| other.figures.iter().map(move |other| (figure, other)));
    let fits = pairs.filter(|((what, _), (other_what, _))| what == other_what);
    let fit = fits.map(|((_, range), (_, other_range))| match range.compare(other_range) {
        Match::Same if range.low >= 10.0 => 0,
        Match::Same => 1,
        _ if range.is_typical_of(other_range) => 2,
        Match::Compatible => 3,
        _ => 4,
    });
    fit.min()
}

/// One line a feature: its name and its weight, in the order of [`FEATURES`].
fn parse(table: &str) -> Option<[f64; FEATURES.len()]> {
    let mut weights = [0.0; FEATURES.len()];
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    for (feature, weight) in FEATURES.iter().zip(&mut weights) {
        let (name, value) = lines.next()?.split_once('\t')?;
        *weight = if name == *feature { value.parse().ok()? } else { return None };
    }
    lines.next().is_none().then_some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_are_those_of_the_features() {
        assert!(WEIGHTS.is_some());
        assert_eq!(parse("bias\t1\nreports: cosine\t2"), None);
    }

    #[test]
    fn a_feature_is_found_by_its_name() {
        assert_eq!((at("bias"), FEATURES[at("place: another")]), (0, "place: another"));
    }
}
