//! *Whose forces are where, how many, and since when?*
//!
//! Statements about one actor at one place form a series. Numbers of one time are compared in one cell; numbers of
//! different times are different states, not a disagreement.

use std::collections::BTreeMap;
use std::rc::Rc;

use annalist_schema::{
    Cell, ClaimActor, ClaimPlace, ClaimRef, Country, DayInterval, Posture, PostureSeries, PostureStatement,
    Quantity, Sector, Status,
};

use crate::pile::{Pile, published};
use crate::same::days::gap;
use crate::same::figure::show;
use crate::same::name::Name;

use super::cell::{Stated, cell};
use super::origin::{Origins, Voice};
use super::value::Figure;

/// Statements less than a season apart speak of one state.
const ONE_STATE_DAYS: i64 = 92;

/// Series by actor and place, sorted by both.
pub(crate) fn postures(pile: &Pile<'_>, origins: &Origins<'_>) -> Vec<PostureSeries> {
    let mut series: BTreeMap<(ActorKey, PlaceKey), Vec<Stance<'_>>> = BTreeMap::new();
    for (report, reading) in pile.readings.iter().enumerate() {
        for posture in &reading.postures {
            let stance =
                Stance { report: report as u32, id: &reading.id, published: published(reading), posture };
            series.entry(key(&posture.actor, posture.place.as_ref())).or_default().push(stance);
        }
    }
    series.into_values().filter_map(|stances| finish(stances, origins)).collect()
}

/// What makes two stances one series.
fn key(actor: &ClaimActor, place: Option<&ClaimPlace>) -> (ActorKey, PlaceKey) {
    (actor_key(actor), place_key(place))
}

/// A name for the series that a stance belongs to: equal for stances of one series.
pub fn posture_key(actor: &ClaimActor, place: Option<&ClaimPlace>) -> String {
    let ((country, sector, name), (land, town)) = key(actor, place);
    let code = |code: Option<String>| code.unwrap_or_default();
    let (country, land) = (code(country.map(String::from)), code(land.map(String::from)));
    format!("{country} {} {name:x} {land} {town:x}", sector.map_or("", Sector::as_str))
}

/// Puts series in the order of a situation.
pub fn sort_postures(series: &mut [PostureSeries]) {
    series.sort_by_key(|series| key(&series.actor, series.place.as_ref()));
}

/// A posture and the report that states it.
#[derive(Clone, Copy)]
struct Stance<'a> {
    report: u32,
    id: &'a str,
    published: Option<DayInterval>,
    posture: &'a Posture,
}

impl Stance<'_> {
    /// When it is so, as far as the report says.
    fn days(&self) -> Option<DayInterval> {
        self.posture.as_of.or(self.published)
    }

    /// Undated statements come last.
    fn rank(&self) -> (bool, Option<DayInterval>, u32, u32) {
        (self.days().is_none(), self.days(), self.report, self.posture.span.start)
    }
}

/// Country and sector; the name only where the country is unknown.
type ActorKey = (Option<Country>, Option<Sector>, u64);

/// A state's forces are its forces, whether the words name the state or its army.
fn actor_key(actor: &ClaimActor) -> ActorKey {
    let is_state = matches!(actor.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy));
    let name = if actor.country.is_none() { Name::new(&actor.name).hash() } else { 0 };
    (actor.country, actor.sector.filter(|_| !is_state), name)
}

type PlaceKey = (Option<Country>, u64);

fn place_key(place: Option<&ClaimPlace>) -> PlaceKey {
    let name = place.and_then(|place| place.name.as_deref()).map_or(0, |name| Name::new(name).hash());
    (place.and_then(|place| place.country), name)
}

fn finish(mut stances: Vec<Stance<'_>>, origins: &Origins<'_>) -> Option<PostureSeries> {
    stances.sort_by_key(Stance::rank);
    stances.dedup_by(|later, earlier| later.rank() == earlier.rank() && later.posture == earlier.posture);
    let first = stances.first()?.posture;
    Some(PostureSeries {
        actor: first.actor.clone(),
        place: first.place.clone(),
        cells: cells(&stances, origins),
        statements: stances.iter().map(statement).collect(),
    })
}

/// A cell for each counted thing and time; what is planned or demanded is no statement of what is.
fn cells(stances: &[Stance<'_>], origins: &Origins<'_>) -> Vec<Cell> {
    let mut counted: BTreeMap<(&str, bool), Vec<Stance<'_>>> = BTreeMap::new();
    for stance in stances {
        let is_so = stance.posture.status == Status::Happened;
        counted.entry((&stance.posture.quantity.what, !is_so)).or_default().push(*stance);
    }
    let of_one = |((what, _), stances): ((&str, bool), Vec<Stance<'_>>)| {
        let states = states(&stances);
        states
            .into_iter()
            .filter_map(|(days, stances)| state_cell(what, days, stances, origins))
            .collect::<Vec<_>>()
    };
    counted.into_iter().flat_map(of_one).collect()
}

/// Runs of statements, each less than a season after the one before. Undated ones come last and are a run of their own:
/// nothing says that they speak of the days of another.
fn states<'s, 'a>(stances: &'s [Stance<'a>]) -> Vec<(Option<DayInterval>, &'s [Stance<'a>])> {
    let mut states = Vec::new();
    let (mut start, mut covered) = (0, None);
    for (position, stance) in stances.iter().enumerate() {
        let days = stance.days();
        let is_new = match (covered, days) {
            (Some(covered), Some(days)) => gap(days, covered) > ONE_STATE_DAYS,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if is_new {
            states.push((covered, &stances[start..position]));
            (start, covered) = (position, None);
        }
        covered = match (covered, days) {
            (Some(covered), Some(days)) => Some(cover(covered, days)),
            (covered, days) => covered.or(days),
        };
    }
    if start < stances.len() {
        states.push((covered, &stances[start..]));
    }
    states
}

fn cover(one: DayInterval, other: DayInterval) -> DayInterval {
    DayInterval::new(one.earliest.min(other.earliest), one.latest.max(other.latest))
}

fn state_cell(
    what: &str,
    days: Option<DayInterval>,
    stances: &[Stance<'_>],
    origins: &Origins<'_>,
) -> Option<Cell> {
    let stated: Vec<_> = stances.iter().map(|stance| state(stance, origins)).collect();
    let cell = cell(what, &stated, origins)?;
    Some(Cell { as_of: days.map(|days| days.format()), ..cell })
}

fn state<'a>(stance: &Stance<'a>, origins: &Origins<'_>) -> Stated<'a, Figure<'a>> {
    let Posture { quantity, attributed_to, span, .. } = stance.posture;
    let speakers = quantity.by.as_ref().map_or(attributed_to.as_slice(), std::slice::from_ref);
    Stated {
        value: Figure::of_state(quantity),
        claim: ClaimRef::new(stance.id, format!("p{}", span.start)),
        span: quantity.span,
        voice: Voice {
            origin: origins.of_speaker(stance.report, None, speakers.first().map(String::as_str)),
            speakers: speakers.into(),
        },
        made: stance.days(),
        position: span.start,
        distance: 0,
        anchors: Rc::new([]),
        is_on_this: false,
    }
}

/// `~ 2,500 U.S. troops`; what is counted is named once.
fn shown(quantity: &Quantity) -> String {
    let number = show(quantity, quantity.of.as_deref());
    if quantity.of.is_some() { number } else { format!("{number} {}", quantity.what) }
}

fn statement(stance: &Stance<'_>) -> PostureStatement {
    let posture = stance.posture;
    PostureStatement {
        as_of: stance.days().map(|days| days.format()),
        value: shown(&posture.quantity),
        status: Some(posture.status),
        attributed_to: posture.attributed_to.clone(),
        report: stance.id.to_owned(),
        span: posture.span,
        quote: posture.quote.clone(),
    }
}
