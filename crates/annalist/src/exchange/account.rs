//! *What do formats of events ask of an event?* Its claims with their reports, its figures as low, best and high, its day and
//! place with their precision.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use annalist_data::gazetteer::{Feature, Gazetteer, Place, distance_km};
use annalist_reconcile::read_figure;
use annalist_schema::{
    Claim, ClaimPlace, CodePoints, Comparator, DayInterval, Event, EventType, Mode, Reading, Report,
    Situation, Span, Status, Verdict,
};

use crate::figure::{is_figure, preferred};
use crate::pile::Pile;

/// A situation with the reports that it rests on.
pub struct Account {
    situation: Situation,
    sources: Vec<Arc<Source>>,
    by_id: BTreeMap<String, usize>,
}

/// A report with its reading.
pub struct Source {
    /// Its number in the pile, from one.
    pub number: usize,
    /// The report.
    pub report: Report,
    /// What was read from it.
    pub reading: Reading,
    points: CodePoints,
}

/// One claim of an event.
pub struct Saying {
    /// The claim.
    pub claim: Claim,
    /// Its report.
    pub source: Arc<Source>,
    /// Id of its event.
    pub event: String,
    /// Type of its event.
    pub event_type: Option<EventType>,
}

/// An event as formats ask for it.
pub struct Told {
    /// The event.
    pub event: Event,
    /// Its claims.
    pub sayings: Vec<Saying>,
}

/// What several figures of one thing come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lowest that anybody states.
    pub low: f64,
    /// The preferred; where reports contradict one another and nothing speaks for one, the lowest, which is ACLED's rule.
    pub best: f64,
    /// The highest.
    pub high: f64,
}

/// Where an event was, as far as the gazetteer knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// Name of the place.
    pub name: Option<String>,
    /// State or province.
    pub admin1: Option<String>,
    /// County or district.
    pub admin2: Option<String>,
    /// Name of the country.
    pub country: Option<&'static str>,
    /// Sort of place; `None` where only a country is known, or nothing.
    pub feature: Option<Feature>,
}

/// How exactly a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlacePrecision {
    /// A town, base or other point.
    Point,
    /// A district.
    District,
    /// A state or province.
    Province,
    /// A region without government of its own, or across borders.
    Region,
    /// A country.
    Country,
    /// A sea or strait.
    Water,
}

impl PlacePrecision {
    /// The word in our own tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::District => "district",
            Self::Province => "province",
            Self::Region => "region",
            Self::Country => "country",
            Self::Water => "water",
        }
    }
}

impl Account {
    /// Of a situation and the pile it came from.
    pub fn new(situation: Situation, pile: Pile) -> Self {
        let source = |(report, reading): (Report, Reading), number: usize| {
            let points = CodePoints::new(&report.text);
            Arc::new(Source { number, report, reading, points })
        };
        let numbers: Vec<_> =
            pile.entries().iter().map(|(report, _)| pile.number(&report.id).unwrap_or_default()).collect();
        let sources: Vec<_> = pile
            .into_entries()
            .into_iter()
            .zip(numbers)
            .map(|(entry, number)| source(entry, number))
            .collect();
        let by_id = sources.iter().zip(0..).map(|(source, at)| (source.report.id.clone(), at)).collect();
        Self { situation, sources, by_id }
    }

    /// The situation.
    pub fn situation(&self) -> &Situation {
        &self.situation
    }

    /// The reports, by their numbers.
    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// The report of an id.
    pub fn source(&self, id: &str) -> Option<&Arc<Source>> {
        self.sources.get(*self.by_id.get(id)?)
    }

    /// The events that have a type, in the situation's order.
    pub fn events(&self) -> impl Iterator<Item = Told> {
        self.situation.events.iter().filter(|event| event.event_type.is_some()).map(|event| self.told(event))
    }

    /// Their claims, event by event.
    pub fn sayings(&self) -> impl Iterator<Item = Saying> {
        self.events().flat_map(|told| told.sayings)
    }

    fn told(&self, event: &Event) -> Told {
        let saying = |reference: &annalist_schema::ClaimRef| {
            let source = self.source(&reference.report)?;
            let claim = source.reading.claims.iter().find(|claim| claim.id == reference.claim)?;
            Some(Saying {
                claim: claim.clone(),
                source: Arc::clone(source),
                event: event.id.clone(),
                event_type: event.event_type,
            })
        };
        Told { sayings: event.claims.iter().filter_map(saying).collect(), event: event.clone() }
    }
}

impl Source {
    /// A span of bytes in code points.
    pub fn points(&self, span: Span) -> Span {
        self.points.from_bytes(span)
    }

    /// Days of publication, given or found.
    pub fn published(&self) -> Option<DayInterval> {
        self.reading.report.published.as_ref().map(|published| published.value)
    }

    /// Its outlet, given or found.
    pub fn outlet(&self) -> Option<&str> {
        self.reading.report.outlet.as_deref().or(self.report.outlet.as_deref())
    }

    /// Its title, given or found.
    pub fn title(&self) -> Option<&str> {
        self.reading.report.title.as_deref().or(self.report.title.as_deref())
    }

    /// Its language.
    pub fn lang(&self) -> Option<&str> {
        self.reading.report.lang.as_deref().or(self.report.lang.as_deref())
    }

    /// Its address, or a name that is none.
    pub fn address(&self) -> String {
        self.report.url.clone().unwrap_or_else(|| format!("urn:annalist:report:{}", self.report.id))
    }
}

impl Saying {
    /// The sentence that states it.
    pub fn sentence(&self) -> Span {
        let sentences = &self.source.reading.sentences;
        let stated = sentences.get(self.claim.sentence as usize).copied();
        stated
            .or_else(|| sentences.iter().copied().find(|one| one.end > self.claim.trigger.start))
            .unwrap_or(self.claim.span)
    }

    /// Its words, as the report has them.
    pub fn quote(&self) -> &str {
        self.sentence().of(&self.source.report.text)
    }

    /// `report/claim`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.source.report.id, self.claim.id)
    }
}

impl Told {
    /// Whether it is held to have happened.
    pub fn status(&self) -> Status {
        let held = preferred(&self.event.cells, "status").and_then(|value| value.value.parse().ok());
        held.or_else(|| self.sayings.first().map(|saying| saying.claim.status)).unwrap_or_default()
    }

    /// PLOVER modes: the preferred, or those that any claim has.
    pub fn modes(&self) -> Vec<Mode> {
        if let Some(value) = preferred(&self.event.cells, "mode") {
            return value.value.split(", ").filter_map(|mode| mode.parse().ok()).collect();
        }
        self.of_claims(|claim| claim.modes.clone())
    }

    /// Sorted, each once, over all claims.
    pub fn of_claims<T: Ord>(&self, of: impl Fn(&Claim) -> Vec<T>) -> Vec<T> {
        let all: BTreeSet<_> = self.sayings.iter().flat_map(|saying| of(&saying.claim)).collect();
        all.into_iter().collect()
    }

    /// PLOVER's score of its type and mode, from -10 to 10.
    pub fn intensity(&self) -> Option<f64> {
        let mode = self.modes().first().copied();
        let score = annalist_data::ontology::ontology().intensity(self.event.event_type?, mode)?;
        Some(f64::from(score))
    }

    /// Goldstein's score of its CAMEO code.
    pub fn goldstein(&self) -> Option<f64> {
        let code = self.event.cameo.as_ref()?;
        let score = annalist_data::ontology::ontology().cameo(code)?.goldstein;
        // The tables have one decimal.
        Some((f64::from(score) * 10.0).round() / 10.0)
    }

    /// Its days.
    pub fn days(&self) -> Option<DayInterval> {
        self.event.date.as_deref().and_then(DayInterval::parse)
    }

    /// The day, if it is known to the day.
    pub fn day(&self) -> Option<jiff::civil::Date> {
        self.days().filter(|days| days.earliest == days.latest).map(|days| days.earliest)
    }

    /// Who is said to say so.
    pub fn speakers(&self) -> Vec<String> {
        self.of_claims(|claim| claim.attributed_to.clone())
    }

    /// Its reports, each once, in order of their numbers.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        let mut sources: Vec<_> = self.sayings.iter().map(|saying| Arc::clone(&saying.source)).collect();
        sources.sort_by_key(|source| source.number);
        sources.dedup_by_key(|source| source.number);
        sources
    }

    /// Outlets of its reports, each once.
    pub fn outlets(&self) -> Vec<String> {
        let outlets: BTreeSet<_> =
            self.sayings.iter().filter_map(|saying| saying.source.outlet().map(str::to_owned)).collect();
        outlets.into_iter().collect()
    }

    /// Independent origins behind its cells.
    pub fn origins(&self) -> BTreeSet<&str> {
        self.event.cells.iter().flat_map(|cell| &cell.origins).map(String::as_str).collect()
    }

    /// The saying that tells it best.
    pub fn best(&self) -> Option<&Saying> {
        let headline = self.event.headline.as_ref().map(|(claim, _)| claim);
        let is_headline = |saying: &&Saying| {
            headline.is_some_and(|claim| {
                claim.report == saying.source.report.id && claim.claim == saying.claim.id
            })
        };
        self.sayings.iter().find(is_headline).or_else(|| self.sayings.first())
    }

    /// The latest day on which one of its reports was published.
    pub fn last_published(&self) -> Option<jiff::civil::Date> {
        self.sayings.iter().filter_map(|saying| saying.source.published()).map(|days| days.latest).max()
    }

    /// What is counted of it.
    pub fn counted(&self) -> impl Iterator<Item = &str> {
        self.event.cells.iter().map(|cell| cell.attribute.as_str()).filter(|attribute| is_figure(attribute))
    }

    /// Low, best and high of what is counted. Figures of a part ("three of them children") and, where the scopes differ or one
    /// has replaced another, all but the preferred are left out.
    pub fn range(&self, what: &str) -> Option<Range> {
        let cell = self.event.cells.iter().find(|cell| cell.attribute == what)?;
        let amounts: Vec<_> = cell.values.iter().map(|value| read_figure(&value.value)).collect();
        let best_at = cell.preferred.as_ref().map(|(index, _)| *index);
        let best = best_at.and_then(|at| amounts.get(at)?.clone());
        let is_one = matches!(cell.verdict, Verdict::DifferentScope | Verdict::Superseded) && best.is_some();
        let of_best = best.as_ref().and_then(|best| best.of.clone());
        let told: Vec<_> = match &best {
            Some(best) if is_one => vec![best.clone()],
            _ => amounts.into_iter().flatten().filter(|one| best.is_none() || one.of == of_best).collect(),
        };
        let low = told.iter().map(least).fold(f64::INFINITY, f64::min);
        let high = told.iter().map(most).fold(f64::NEG_INFINITY, f64::max);
        low.is_finite().then(|| Range { low, best: best.as_ref().map_or(low, |best| best.n), high })
    }

    /// How exactly its place is known; `None` where it is unknown.
    pub fn precision(&self) -> Option<PlacePrecision> {
        precision(self.event.place.as_ref()?)
    }

    /// Its place as the gazetteer knows it.
    pub fn spot(&self) -> Spot {
        self.event.place.as_ref().map(spot).unwrap_or_default()
    }
}

fn least(amount: &annalist_reconcile::Amount) -> f64 {
    if matches!(amount.cmp, Comparator::AtMost | Comparator::LessThan) { 0.0 } else { amount.n }
}

fn most(amount: &annalist_reconcile::Amount) -> f64 {
    amount.n2.unwrap_or(amount.n).max(amount.n)
}

fn entry(place: &ClaimPlace) -> Option<Place<'static>> {
    let name = place.name.as_deref()?;
    let is_meant = |entry: &Place<'_>| match (entry.geonames_id, place.geonames_id) {
        (Some(one), Some(other)) => one == other,
        _ => {
            place.lat.zip(place.lon).is_some_and(|point| distance_km((entry.lat, entry.lon), point) < NEAR_KM)
        }
    };
    Gazetteer::in_use().lookup(name).find(is_meant)
}

/// How far the point of a claim's place may lie from that of its entry.
const NEAR_KM: f64 = 1.0;

fn precision(place: &ClaimPlace) -> Option<PlacePrecision> {
    use Feature as F;
    if place.name.is_none() {
        return place.country.map(|_| PlacePrecision::Country);
    }
    Some(match entry(place)?.feature {
        F::Country | F::Bloc => PlacePrecision::Country,
        F::Admin1 => PlacePrecision::Province,
        F::Admin2 => PlacePrecision::District,
        F::Ocean | F::Sea | F::Strait => PlacePrecision::Water,
        F::Region | F::Continent | F::River | F::Mountain | F::Desert | F::Valley | F::Line | F::Island => {
            PlacePrecision::Region
        }
        _ => PlacePrecision::Point,
    })
}

fn spot(place: &ClaimPlace) -> Spot {
    let gazetteer = Gazetteer::in_use();
    let country = place.country.and_then(|code| gazetteer.country(code.as_str())).map(|entry| entry.name());
    let Some(found) = entry(place) else {
        return Spot { name: place.name.clone(), country, ..Spot::default() };
    };
    let name = |number: Option<u32>| Some(gazetteer.place(number?)?.name.to_owned());
    let is = |feature: Feature| (found.feature == feature).then(|| found.name.to_owned());
    Spot {
        name: place.name.clone(),
        admin1: name(found.admin1).or_else(|| is(Feature::Admin1)),
        admin2: name(found.admin2).or_else(|| is(Feature::Admin2)),
        country,
        feature: Some(found.feature),
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Cell, CellValue};

    use super::*;

    fn check(verdict: Verdict, values: &[&str], preferred: Option<usize>, expected: Option<(f64, f64, f64)>) {
        let value = |value: &&str| CellValue {
            value: (*value).to_owned(),
            claims: Vec::new(),
            attributed_to: Vec::new(),
            span: None,
            spans: Vec::new(),
        };
        let cell = Cell {
            attribute: "killed".to_owned(),
            verdict,
            values: values.iter().map(value).collect(),
            preferred: preferred.map(|at| (at, "rule".to_owned())),
            origins: Vec::new(),
            why: None,
            decided: None,
            as_of: None,
        };
        let told = Told { event: Event { cells: vec![cell], ..Event::default() }, sayings: Vec::new() };
        let range = told.range("killed").map(|range| (range.low, range.best, range.high));
        assert_eq!(range, expected, "{values:?}");
    }

    #[test]
    fn figures_that_differ_have_a_low_and_a_high() {
        check(Verdict::SingleSource, &["12"], Some(0), Some((12.0, 12.0, 12.0)));
        check(Verdict::Compatible, &[">= 10", "12"], Some(1), Some((10.0, 12.0, 12.0)));
        check(Verdict::Contradictory, &["9", "12"], None, Some((9.0, 9.0, 12.0)));
        check(Verdict::DifferentScope, &["3 children", "12"], Some(1), Some((12.0, 12.0, 12.0)));
        check(Verdict::Compatible, &["3 children", "12"], Some(1), Some((12.0, 12.0, 12.0)));
        check(Verdict::SingleSource, &["<= 40"], Some(0), Some((0.0, 40.0, 40.0)));
        check(Verdict::SingleSource, &["several"], None, None);
    }
}
