//! *Which events may stand on the first page?* The weightiest are told as they come; the others are counted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{ClaimActor, DayInterval, Event, EventType, Standing};

use super::super::arrange::rank_of_words;
use super::super::telling::{self, Source, Told};
use super::super::wish::Wish;
use super::trend::Weeks;
use crate::pile::{Citation, Pile};

/// The days of publication of reports, by id.
pub(crate) type PublishedDays = BTreeMap<String, DayInterval>;

/// Candidates that are kept of each kind.
pub(crate) const N_KEPT: usize = 40;

/// An event that may stand on the first page.
#[derive(Clone)]
pub(crate) struct Candidate {
    pub id: String,
    pub points: u32,
    pub event_type: EventType,
    pub days: Option<DayInterval>,
    pub place: Option<String>,
    pub parties: BTreeSet<String>,
    pub told: Told,
    pub code: String,
    pub why: Vec<String>,
    /// Whether its first report was published since the day that is asked for.
    pub is_new: bool,
}

/// The weightiest events so far.
#[derive(Default)]
pub(crate) struct Candidates {
    pub deeds: Vec<Candidate>,
    pub words: Vec<Candidate>,
    pub new: Vec<Candidate>,
    /// Demands, refusals and threats of no known day.
    pub stances: Vec<Candidate>,
    /// What is no news, the weightiest.
    pub rest: Vec<Candidate>,
    /// What is counted by week.
    pub weeks: Weeks,
    pub n_news: usize,
    pub n_events: usize,
}

impl Candidates {
    /// Looks at an event and tells it if it may be wanted.
    pub fn consider(
        &mut self,
        event: &Event,
        event_type: EventType,
        wish: &Wish,
        published: &PublishedDays,
        pile: &Pile,
    ) {
        self.n_events += 1;
        self.weeks.count(event, event_type);
        self.n_news += usize::from(event.weight.standing == Standing::News);
        let made = event.claims.iter().filter_map(|claim| published.get(&claim.report)).min().copied();
        let is_new = wish.is_since(made);
        let is_news = event.weight.standing == Standing::News;
        let pool = match (event.weight.standing, rank_of_words(event_type)) {
            (Standing::News, None) => &mut self.deeds,
            (Standing::News, Some(_)) => &mut self.words,
            (Standing::Undated | Standing::Forecast, Some(_)) if is_stance(event_type) => &mut self.stances,
            _ => &mut self.rest,
        };
        let is_low = |pool: &[Candidate]| {
            pool.len() >= N_KEPT && pool.last().is_some_and(|last| last.points >= event.weight.points)
        };
        let is_kept = !is_low(pool);
        let is_new_kept = is_new && is_news && !is_low(&self.new);
        if !is_kept && !is_new_kept {
            return;
        }
        let year = published.values().map(|days| days.latest).max().map(|day| day.year());
        let Some(told) = telling::tell(&Source::new(event, pile, published, year)) else { return };
        let candidate = Candidate {
            id: event.id.clone(),
            points: event.weight.points,
            event_type,
            days: event.date.as_deref().and_then(DayInterval::parse),
            place: event.place.as_ref().and_then(|place| place.name.clone()),
            parties: event.actors.iter().map(|actor| actor.name.clone()).collect(),
            told,
            code: coded(event_type, event),
            why: event.weight.why.clone(),
            is_new,
        };
        if is_new_kept {
            keep(&mut self.new, candidate.clone());
        }
        if is_kept {
            keep(pool, candidate);
        }
    }
}

/// What a party asks for, turns down or threatens holds until it is taken back.
pub(super) fn is_stance(event_type: EventType) -> bool {
    matches!(event_type, EventType::Request | EventType::Reject | EventType::Threaten)
}

fn keep(pool: &mut Vec<Candidate>, candidate: Candidate) {
    let rank = |one: &Candidate| (Reverse(one.points), one.id.clone());
    let at = pool.partition_point(|one| rank(one) < rank(&candidate));
    pool.insert(at, candidate);
    pool.truncate(N_KEPT);
}

/// `ASSAULT SYR MIL → SYR CVL`.
fn coded(event_type: EventType, event: &Event) -> String {
    let of = |actors: &[ClaimActor]| {
        let codes: BTreeSet<_> = actors.iter().filter_map(party_code).collect();
        codes.into_iter().take(2).collect::<Vec<_>>().join(", ")
    };
    let (actors, recipients) = (of(&event.actors), of(&event.recipients));
    let arrow = if recipients.is_empty() { String::new() } else { format!("→ {recipients}") };
    [event_type.to_string(), actors, arrow]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn party_code(actor: &ClaimActor) -> Option<String> {
    let parts = [actor.country.map(|code| code.to_string()), actor.sector.map(|code| code.to_string())];
    let code = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!code.is_empty()).then_some(code)
}

impl Candidate {
    /// Whether it tells of what another tells of, so that a short page needs one of them: the same sentence, or the same sort of
    /// event about the same day at the same place or by the same parties.
    pub fn is_like(&self, other: &Self) -> bool {
        let first = self.told.citations.first();
        let same_sentence =
            first.is_some_and(|one| other.told.citations.iter().take(2).any(|two| is_same(one, two)));
        let is_same_kind = self.event_type == other.event_type;
        let are_quotes = self.told.text.contains('“') && other.told.text.contains('“');
        (same_sentence && (is_same_kind || are_quotes))
            || (is_same_kind && self.is_near(other) && self.is_of_same(other))
    }

    /// A day is misread by one more often than two like things happen on two days.
    fn is_near(&self, other: &Self) -> bool {
        let Some((one, two)) = self.days.zip(other.days) else { return self.days == other.days };
        let gap = (two.earliest - one.latest).get_days().max((one.earliest - two.latest).get_days());
        gap <= 1
    }

    fn is_of_same(&self, other: &Self) -> bool {
        if rank_of_words(self.event_type).is_some() {
            return !self.parties.is_disjoint(&other.parties);
        }
        if self.place.is_some() && other.place.is_some() {
            return self.place == other.place;
        }
        let is_open = self.parties.is_empty() || other.parties.is_empty();
        is_open || !self.parties.is_disjoint(&other.parties)
    }
}

fn is_same(one: &Citation, other: &Citation) -> bool {
    (one.number, one.sentence) == (other.number, other.sentence)
}
