//! *How likely do two claims speak of one event?* Log-odds, added up over what the two claims say: learned ones ([`evidence`]) of
//! pairs like those learned from, those below of claims of one report, of undated reports, and of triggers that a caller gave.
//!
//! Set by reasoning, tuned by a search on the development half of ECB+, and rounded: each says how much more often such a pair is one event than not.

use annalist_schema::{EventType, Status};

use crate::same::Match;
use crate::same::party::{Parties, Party, compare_lists};

use super::card::{Card, day_number};
use super::evidence;
use super::profile::Profile;
use super::word::{Word, shared};

/// Before anything is known of a proposed pair.
const PRIOR: f64 = -5.0;
/// What cannot be: outweighs any agreement of a few pairs, and a few slips of a reader cannot outweigh a large cluster.
const VETO: f64 = -12.0;
/// "Say", "take": a word that may be said of anything.
const LIGHT: f64 = -2.25;
/// How alike two reports are that have nothing but their beat in common.
const ANY_COSINE: f64 = 0.14;
/// For each e-fold of events of one kind in one report; a report tells of one event several times, so it is not -1.
const CROWD: f64 = -0.2;
/// Events of one kind counted in one report at most.
const MAX_CROWD: usize = 16;
/// A report that gives two claims different participants, days or places speaks of two events.
const DISTINCT: f64 = -1.0;

/// One report tells of one event in several places.
const SAME_REPORT: f64 = 2.0;
/// Different people are named.
const OTHER_PERSONS: f64 = -2.25;

/// Days after which something is no news.
const OLD: i32 = 365;

/// A claim and what is known of its report.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'a> {
    pub card: &'a Card,
    pub claim: &'a Profile,
}

/// Log-odds that two claims speak of one event. Nothing but the two claims and their reports has a say.
pub(crate) fn log_odds(one: Entry<'_>, other: Entry<'_>) -> f64 {
    log_odds_of_alike(one, other, || one.card.head.cosine(&other.card.head))
}

/// The same, given how alike the two reports are, if that is asked.
pub(crate) fn log_odds_of_alike(one: Entry<'_>, other: Entry<'_>, cosine: impl FnOnce() -> f64) -> f64 {
    if evidence::is_learned(one, other) {
        return evidence::log_odds(one, other, cosine());
    }
    let told = told(one.claim, other.claim);
    if one.is_with(other) && (told <= DISTINCT || are_other_words(one.claim, other.claim)) {
        return VETO;
    }
    let reports = if one.is_with(other) { SAME_REPORT } else { reports(cosine()) };
    let words = reports + triggers(one.claim, other.claim) + words(one, other);
    let known = told + age(one, other) + afterwards(one, other);
    let figures =
        figures(one.claim, other.claim) + number(one.claim, other.claim) + persons(one.claim, other.claim);
    let likely = PRIOR + known + words + figures;
    // A crowd makes likely pairs less likely; what is unlikely without it need not be told apart further.
    if likely > 0.0 { likely + crowd(one, other, told) } else { likely }
}

impl Entry<'_> {
    fn is_with(self, other: Self) -> bool {
        self.card.head.mark == other.card.head.mark
    }
}

/// Reports on one happening use the same rare words.
fn reports(cosine: f64) -> f64 {
    8.0 * (cosine - ANY_COSINE).min(0.4)
}

fn triggers(one: &Profile, other: &Profile) -> f64 {
    let Some(kinship) = kinship(one, other) else { return types(one, other) };
    let lightness = if one.is_light || other.is_light { LIGHT } else { 0.0 };
    let words = match kinship {
        Kinship::Word(lemma) => 3.0 + 0.25 * lemma.rarity().min(6.0),
        Kinship::Sense => 2.8,
    };
    // What is announced is coded as words, and what is done as a deed.
    let may_differ = one.is_carried_out_by(other) || other.is_carried_out_by(one);
    let types = if may_differ { 0.0 } else { types(one, other).min(0.0) };
    words + lightness + types
}

/// The same participants make two words for one event likely, unless the other report uses the same word too.
fn words(one: Entry<'_>, other: Entry<'_>) -> f64 {
    let arguments = || shared_arguments(one.claim, other.claim);
    match kinship(one.claim, other.claim) {
        Some(Kinship::Word(_)) => 3.0 * (shared_words(one.claim, other.claim) - 0.3) + 2.0 * arguments(),
        Some(Kinship::Sense) => 2.0 * arguments(),
        None if has_rival(one, other) => 0.0,
        None => arguments(),
    }
}

/// Of several coded events of one kind that fit as well, each is the less likely the one that another report tells.
fn crowd(one: Entry<'_>, other: Entry<'_>, told: f64) -> f64 {
    if one.claim.event_type.is_none() || other.claim.event_type.is_none() {
        return 0.0;
    }
    let n_fitting = |claim: &Profile, card: &Card| {
        let fits = |other: &&Profile| is_alike(claim, other) && self::told(claim, other) >= told;
        card.claims.iter().filter(fits).take(MAX_CROWD).count().max(1)
    };
    let n_fitting = n_fitting(one.claim, other.card).max(n_fitting(other.claim, one.card));
    CROWD * (n_fitting as f64).ln()
}

pub(crate) fn has_rival(one: Entry<'_>, other: Entry<'_>) -> bool {
    let has = |card: &Card, lemma: Option<Word>| {
        lemma.is_some_and(|lemma| card.lemmas.binary_search(&lemma).is_ok())
    };
    has(one.card, other.claim.lemma) || has(other.card, one.claim.lemma)
}

pub(crate) fn shared_arguments(one: &Profile, other: &Profile) -> f64 {
    share(&one.arguments, &other.arguments, one.arguments_weight.min(other.arguments_weight))
}

pub(crate) fn shared_words(one: &Profile, other: &Profile) -> f64 {
    share(&one.words, &other.words, one.words_weight.min(other.words_weight))
}

/// How much of the lighter list is in both; the constant keeps one shared word of a short phrase from being everything.
fn share(one: &[Word], other: &[Word], lighter: f32) -> f64 {
    shared(one, other).map(Word::rarity).sum::<f64>() / (f64::from(lighter) + 4.0)
}

/// What two claims tell of who, when, where and whether.
fn told(one: &Profile, other: &Profile) -> f64 {
    parties(one, other) + dates(one, other) + places(one, other) + statuses(one, other)
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
        (Planned, Happened) | (Happened, Planned) => -1.0,
        (Denied, _) | (_, Denied) => -2.0,
        _ => -0.5,
    }
}

/// What makes two triggers one word for an event.
pub(crate) enum Kinship {
    /// The same word.
    Word(Word),
    /// Words that can name one happening.
    Sense,
}

/// The reader has already joined what one report tells of an event in unrelated words.
fn are_other_words(one: &Profile, other: &Profile) -> bool {
    let are_coded = one.event_type.is_some() && other.event_type.is_some();
    are_coded && one.lemma.is_some() && other.lemma.is_some() && kinship(one, other).is_none()
}

pub(crate) fn kinship(one: &Profile, other: &Profile) -> Option<Kinship> {
    match one.lemma? {
        lemma if one.lemma == other.lemma => Some(Kinship::Word(lemma)),
        _ if one.announces(other) || other.announces(one) => Some(Kinship::Sense),
        _ => shared(&one.senses, &other.senses).next().map(|_| Kinship::Sense),
    }
}

/// Two words for one event are coded alike.
fn types(one: &Profile, other: &Profile) -> f64 {
    let (Some(event_type), Some(other_type)) = (one.event_type, other.event_type) else { return 0.0 };
    if event_type == other_type {
        return if one.root.is_some() && one.root == other.root { 2.0 } else { 1.3 };
    }
    if event_type.quad() == other_type.quad() { -0.5 } else { -1.75 }
}

/// Who, in which role; in what parties do together the roles say nothing.
fn parties(one: &Profile, other: &Profile) -> f64 {
    let has_parties = |claim: &Profile| !claim.actors.is_empty() || !claim.recipients.is_empty();
    if !has_parties(one) || !has_parties(other) {
        return 0.0;
    }
    if is_mutual(one) || is_mutual(other) {
        return 1.5
            * weigh(one.actors.iter().chain(&one.recipients), other.actors.iter().chain(&other.recipients));
    }
    weigh(one.actors.iter(), other.actors.iter()) + weigh(one.recipients.iter(), other.recipients.iter())
}

pub(crate) fn is_mutual(claim: &Profile) -> bool {
    matches!(claim.event_type, Some(EventType::Agree | EventType::Consult | EventType::Cooperate))
}

/// People and organisations with a name of their own take part in fewer events than states do.
fn weigh<'a>(some: impl Parties<'a>, others: impl Parties<'a>) -> f64 {
    let is_same = |party: &Party| others.clone().any(|other| party.compare(other) == Match::Same);
    match compare_lists(some.clone(), others.clone()) {
        Match::Same if some.clone().any(|party| party.is_individual() && is_same(party)) => 1.0,
        Match::Same => 0.5,
        Match::Compatible => 0.2,
        Match::Unknown => -0.2,
        Match::Different if countries_differ(some, others) => -3.0,
        Match::Different => -1.0,
    }
}

/// Whether both lists name countries and none in common; who belongs to none may be anywhere.
pub(crate) fn countries_differ<'a>(some: impl Parties<'a>, others: impl Parties<'a>) -> bool {
    let country = |party: &'a Party| party.country.filter(|country| !country.is_supranational());
    let mut countries = some.filter_map(country).peekable();
    let mut other_countries = others.filter_map(country).peekable();
    let both_named = countries.peek().is_some() && other_countries.peek().is_some();
    both_named && !countries.any(|country| other_countries.clone().any(|other| other == country))
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

/// What a report does not date it tells as of its own time, hardly as of years ago.
fn age(one: Entry<'_>, other: Entry<'_>) -> f64 {
    if is_old_beside(one, other) || is_old_beside(other, one) { -1.0 } else { 0.0 }
}

/// Whether the report dates a claim long before another report, which does not date its own.
pub(crate) fn is_old_beside(dated: Entry<'_>, open: Entry<'_>) -> bool {
    let last = dated.claim.days.filter(|_| dated.claim.is_dated).map(|days| day_number(days.latest));
    let now = Some(open.card.head.day).filter(|day| !open.claim.is_dated && *day != i32::MAX);
    last.zip(now).is_some_and(|(last, now)| now - last > OLD)
}

/// Days by which the dates of one event may be apart.
const NEXT_DAY: i64 = 1;

/// A report cannot tell what happened after it.
fn afterwards(one: Entry<'_>, other: Entry<'_>) -> f64 {
    let are_dated = one.claim.is_dated && other.claim.is_dated;
    let have_happened = one.claim.status == Status::Happened && other.claim.status == Status::Happened;
    let are_two_days = one.claim.days_apart(other.claim).is_some_and(|gap| gap > NEXT_DAY);
    let is_after = |later: Entry<'_>, report: Entry<'_>| {
        let first = later.claim.days.map(|days| day_number(days.earliest));
        first.is_some_and(|first| report.card.head.day != i32::MAX && first > report.card.head.day)
    };
    let is_later = is_after(one, other) || is_after(other, one);
    if are_dated && have_happened && are_two_days && is_later { VETO } else { 0.0 }
}

/// Where nothing but the report dates a claim, reports of one time are likelier to speak of one event; so are two
/// that are told as news.
fn report_days(one: &Profile, other: &Profile) -> f64 {
    let are_news = one.is_news && other.is_news;
    match one.days_apart(other) {
        Some(0) => 1.0,
        Some(1) => 0.75,
        Some(31..) if are_news => -1.0,
        _ => 0.0,
    }
}

/// Where the report does not say it, a guess from the parties may well be wrong.
fn places(one: &Profile, other: &Profile) -> f64 {
    let (Some(place), Some(other_place)) = (&one.place, &other.place) else { return 0.0 };
    let are_told = one.is_placed && other.is_placed;
    match place.compare(other_place) {
        Match::Different if !are_told => -1.0,
        Match::Same if place.is_specific() => {
            if are_told {
                1.0
            } else {
                0.5
            }
        }
        Match::Same | Match::Compatible => 0.3,
        Match::Unknown => -0.25,
        Match::Different => -4.0,
    }
}

/// One attack is not the "repeated attacks" it is one of.
fn number(one: &Profile, other: &Profile) -> f64 {
    if one.plural == other.plural { 0.0 } else { -1.0 }
}

/// What one person does is seldom what another does.
fn persons(one: &Profile, other: &Profile) -> f64 {
    if one.persons.is_empty() || other.persons.is_empty() {
        return 0.0;
    }
    let is_shared = one.persons.iter().any(|name| other.persons.iter().any(|other| name.shares_word(other)));
    if is_shared { 0.0 } else { OTHER_PERSONS }
}

/// The same large number is hardly chance; one that cannot be the other speaks against one event, though tolls change.
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
        Match::Same if one.low >= 10.0 => 1.75,
        Match::Same => 1.0,
        _ if one.is_typical_of(other) => 1.5,
        Match::Compatible => -0.2,
        _ => -1.5,
    }
}
