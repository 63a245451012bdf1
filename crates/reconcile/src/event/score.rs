//! *How likely do two claims speak of one event?* Log-odds, added up over what the two claims say.
//!
//! Set by reasoning, tuned by a search on the development half of ECB+, and rounded: each says how much more often such a pair is one event than not.

use annalist_schema::{EventType, Status};

use crate::same::Match;
use crate::same::party::{Party, compare_lists};

use super::likeness::Likeness;
use super::profile::{Profile, Profiles, shared};

/// Before anything is known of a proposed pair.
const PRIOR: f64 = -5.0;
/// What cannot be: outweighs any agreement of a few pairs, and a few slips of a reader cannot outweigh a large cluster.
const VETO: f64 = -12.0;
/// "Say", "take": a word that may be said of anything.
const LIGHT: f64 = -2.5;
/// For each e-fold of events of one kind in one report; a report tells of one event several times, so it is not -1.
const CROWD: f64 = -0.6;
/// Events of one kind counted in one report at most.
const MAX_CROWD: usize = 16;
/// A report that gives two claims different participants, days or places speaks of two events.
const DISTINCT: f64 = -1.0;

/// Weighs pairs of claims of one pile.
pub(crate) struct Scorer<'a> {
    profiles: &'a Profiles,
    likeness: &'a Likeness,
    /// Of each report: the lemmas of its triggers, sorted.
    lemmas: Vec<Vec<u32>>,
    /// Of each claim: the weight of its arguments and of its sentence.
    weights: Vec<(f64, f64)>,
}

impl<'a> Scorer<'a> {
    pub fn new(profiles: &'a Profiles, likeness: &'a Likeness) -> Self {
        let lemmas = |claims: &std::ops::Range<u32>| {
            let claims = &profiles.claims[range(claims)];
            let mut lemmas: Vec<_> = claims.iter().filter_map(|claim| claim.lemma).collect();
            lemmas.sort_unstable();
            lemmas.dedup();
            lemmas
        };
        let weights = |claim: &Profile| (profiles.weight(&claim.arguments), profiles.weight(&claim.words));
        Self {
            profiles,
            likeness,
            lemmas: profiles.of_report.iter().map(lemmas).collect(),
            weights: profiles.claims.iter().map(weights).collect(),
        }
    }

    /// Log-odds that the two claims speak of one event.
    pub fn log_odds(&self, one: u32, other: u32) -> f64 {
        let overlaps = self.overlaps(one, other);
        let (one, other) = (&self.profiles.claims[one as usize], &self.profiles.claims[other as usize]);
        let told = told(one, other);
        if one.report == other.report && (told <= DISTINCT || are_other_words(one, other)) {
            return VETO;
        }
        let words = self.reports(one, other) + self.triggers(one, other) + self.words(one, other, overlaps);
        PRIOR + told + figures(one, other) + number(one, other) + words + self.crowd(one, other, told)
    }

    /// Reports on one happening use the same rare words.
    fn reports(&self, one: &Profile, other: &Profile) -> f64 {
        if one.report == other.report {
            return 2.0;
        }
        8.0 * self.likeness.cosine(one.report, other.report).min(0.5)
    }

    fn triggers(&self, one: &Profile, other: &Profile) -> f64 {
        let Some(kinship) = kinship(one, other) else { return types(one, other) };
        let lightness = if one.is_light || other.is_light { LIGHT } else { 0.0 };
        let words = match kinship {
            Kinship::Word(lemma) => 3.0 + 0.25 * self.profiles.rarity(lemma).min(6.0),
            Kinship::Sense => 2.8,
        };
        words + lightness + types(one, other).min(0.0)
    }

    /// The same participants make two words for one event likely, unless the other report uses the same word too.
    fn words(&self, one: &Profile, other: &Profile, (arguments, words): (f64, f64)) -> f64 {
        match kinship(one, other) {
            Some(Kinship::Word(_)) => 3.0 * (words - 0.3) + 2.0 * arguments,
            Some(Kinship::Sense) => 2.0 * arguments,
            None if self.has_rival(one, other) => 0.0,
            None => arguments,
        }
    }

    /// Of several coded events of one kind that fit as well, each is the less likely the one that another report tells.
    fn crowd(&self, one: &Profile, other: &Profile, told: f64) -> f64 {
        if one.event_type.is_none() || other.event_type.is_none() {
            return 0.0;
        }
        let n_fitting = |claim: &Profile, report: u32| {
            let others = &self.profiles.claims[range(&self.profiles.of_report[report as usize])];
            let fitting =
                others.iter().filter(|other| is_alike(claim, other) && self::told(claim, other) >= told);
            fitting.take(MAX_CROWD).count().max(1)
        };
        let n_fitting = n_fitting(one, other.report).max(n_fitting(other, one.report));
        CROWD * (n_fitting as f64).ln()
    }

    fn has_rival(&self, one: &Profile, other: &Profile) -> bool {
        let has = |report: u32, lemma: Option<u32>| {
            lemma.is_some_and(|lemma| self.lemmas[report as usize].binary_search(&lemma).is_ok())
        };
        has(one.report, other.lemma) || has(other.report, one.lemma)
    }

    /// What the two claims' arguments and sentences share.
    fn overlaps(&self, one: u32, other: u32) -> (f64, f64) {
        let (weights, other_weights) = (self.weights[one as usize], self.weights[other as usize]);
        let (one, other) = (&self.profiles.claims[one as usize], &self.profiles.claims[other as usize]);
        let share = |one: &[u32], other: &[u32], weight: f64, other_weight: f64| {
            let common: f64 = shared(one, other).map(|word| self.profiles.rarity(word)).sum();
            // The constant keeps one shared word of a short phrase from being everything.
            common / (weight.min(other_weight) + 4.0)
        };
        (
            share(&one.arguments, &other.arguments, weights.0, other_weights.0),
            share(&one.words, &other.words, weights.1, other_weights.1),
        )
    }
}

/// What two claims tell of who, when, where and whether.
fn told(one: &Profile, other: &Profile) -> f64 {
    parties(one, other) + dates(one, other) + places(one, other) + statuses(one, other)
}

fn range(claims: &std::ops::Range<u32>) -> std::ops::Range<usize> {
    claims.start as usize..claims.end as usize
}

/// Whether only who, when, where and whether can tell two claims apart.
fn is_alike(one: &Profile, other: &Profile) -> bool {
    kinship(one, other).is_some() || (one.event_type.is_some() && one.event_type == other.event_type)
}

/// What is denied or only thought of is seldom what happened; a plan is carried out more often.
fn statuses(one: &Profile, other: &Profile) -> f64 {
    use Status::{Denied, Happened, Planned};
    if one.status == other.status {
        return 0.0;
    }
    match (one.status, other.status) {
        (Planned, Happened) | (Happened, Planned) => -0.5,
        (Denied, _) | (_, Denied) => -1.5,
        _ => -1.0,
    }
}

/// What makes two triggers one word for an event.
enum Kinship {
    /// The same word.
    Word(u32),
    /// Words that can name one happening.
    Sense,
}

/// The reader has already joined what one report tells of an event in unrelated words.
fn are_other_words(one: &Profile, other: &Profile) -> bool {
    let are_coded = one.event_type.is_some() && other.event_type.is_some();
    are_coded && one.lemma.is_some() && other.lemma.is_some() && kinship(one, other).is_none()
}

fn kinship(one: &Profile, other: &Profile) -> Option<Kinship> {
    match one.lemma? {
        lemma if one.lemma == other.lemma => Some(Kinship::Word(lemma)),
        _ => shared(&one.senses, &other.senses).next().map(|_| Kinship::Sense),
    }
}

/// Two words for one event are coded alike.
fn types(one: &Profile, other: &Profile) -> f64 {
    let (Some(event_type), Some(other_type)) = (one.event_type, other.event_type) else { return 0.0 };
    if event_type == other_type {
        return if one.root.is_some() && one.root == other.root { 2.0 } else { 1.5 };
    }
    if event_type.quad() == other_type.quad() { -0.5 } else { -2.0 }
}

/// Who, in which role; in what parties do together the roles say nothing.
fn parties(one: &Profile, other: &Profile) -> f64 {
    let has_parties = |claim: &Profile| !claim.actors.is_empty() || !claim.recipients.is_empty();
    if !has_parties(one) || !has_parties(other) {
        return 0.0;
    }
    if is_mutual(one) || is_mutual(other) {
        let all = |claim: &Profile| [claim.actors.clone(), claim.recipients.clone()].concat();
        return 1.5 * weigh(&all(one), &all(other));
    }
    weigh(&one.actors, &other.actors) + weigh(&one.recipients, &other.recipients)
}

fn is_mutual(claim: &Profile) -> bool {
    matches!(claim.event_type, Some(EventType::Agree | EventType::Consult | EventType::Cooperate))
}

/// People and organisations with a name of their own take part in fewer events than states do.
fn weigh(some: &[Party], others: &[Party]) -> f64 {
    match compare_lists(some, others) {
        Match::Same
            if some.iter().any(|party| {
                party.is_individual() && others.iter().any(|other| party.compare(other) == Match::Same)
            }) =>
        {
            1.5
        }
        Match::Same => 0.5,
        Match::Compatible => 0.2,
        Match::Unknown => -0.2,
        Match::Different if countries_differ(some, others) => -3.0,
        Match::Different => -1.0,
    }
}

/// Whether both lists name countries and none in common.
fn countries_differ(some: &[Party], others: &[Party]) -> bool {
    let countries = |parties: &[Party]| parties.iter().filter_map(|party| party.country).collect::<Vec<_>>();
    let (some, others) = (countries(some), countries(others));
    !some.is_empty() && !others.is_empty() && !some.iter().any(|country| others.contains(country))
}

/// A plan names no day, or the day on which it was announced, so it may be carried out later.
fn dates(one: &Profile, other: &Profile) -> f64 {
    if !(one.is_dated && other.is_dated) {
        return report_days(one, other);
    }
    let (Some(days), Some(other_days), Some(gap)) = (one.days, other.days, one.days_apart(other)) else {
        return 0.0;
    };
    let widest = days.n_days().max(other_days.n_days());
    let is_plan_and_deed = (one.status == Status::Happened) != (other.status == Status::Happened);
    match gap {
        0 if widest <= 1 => 1.5,
        0 if widest <= 7 => 1.0,
        0 => 0.3,
        1 => -0.5,
        2..=14 if is_plan_and_deed => -0.5,
        2..=3 => -2.5,
        _ => VETO,
    }
}

/// Where nothing but the report dates a claim, reports of one time are likelier to speak of one event.
fn report_days(one: &Profile, other: &Profile) -> f64 {
    match one.days_apart(other) {
        Some(0) => 1.0,
        Some(1) => 0.5,
        Some(91..) => -1.0,
        _ => 0.0,
    }
}

fn places(one: &Profile, other: &Profile) -> f64 {
    let (Some(place), Some(other_place)) = (&one.place, &other.place) else { return 0.0 };
    match place.compare(other_place) {
        Match::Same if place.is_specific() => 1.0,
        Match::Same | Match::Compatible => 0.3,
        Match::Unknown => -0.5,
        Match::Different => -4.0,
    }
}

/// One attack is not the "repeated attacks" it is one of.
fn number(one: &Profile, other: &Profile) -> f64 {
    if one.plural == other.plural { 0.0 } else { -1.0 }
}

/// The same large number is hardly chance; tolls change from report to report, so that different ones say little.
fn figures(one: &Profile, other: &Profile) -> f64 {
    let alike = |(what, range): &(u64, _), (other_what, other_range): &(u64, _)| {
        (what == other_what).then(|| weigh_figures(range, other_range))
    };
    let all = one
        .figures
        .iter()
        .flat_map(|figure| other.figures.iter().filter_map(move |other| alike(figure, other)));
    all.fold(None, |best: Option<f64>, next| Some(best.map_or(next, |best| best.max(next)))).unwrap_or(0.0)
}

fn weigh_figures(one: &crate::same::figure::Range, other: &crate::same::figure::Range) -> f64 {
    match one.compare(other) {
        Match::Same if one.low >= 10.0 => 1.5,
        Match::Same => 0.8,
        _ if one.is_typical_of(other) => 0.5,
        Match::Compatible => -0.2,
        _ => -1.0,
    }
}
