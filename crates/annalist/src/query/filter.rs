//! *Does this row of the situation fit the question?*

use std::collections::BTreeSet;
use std::fmt;

use annalist_data::gazetteer::fold;
use annalist_reconcile::read_figure;
use annalist_schema::{
    Cell, CellValue, ClaimActor, ClaimPlace, Comparator, DayInterval, Event, EventType, PostureSeries,
    Process, Reading, Report, Situation, Status, Verdict,
};

use jiff::civil::Date;

use super::area::Area;
use crate::briefing::arrange::is_disputed;
use crate::briefing::words;

/// What is asked for; what is left open fits everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Days that an event, a statement or a state must share; undated ones share none.
    pub days: Option<DayInterval>,
    /// An actor, a place, or both: what either [`Self::actor`] or [`Self::place`] would take.
    pub about: Option<String>,
    /// Part of an actor's name, a country or sector code, or an actor's id.
    pub actor: Option<String>,
    /// A place, and what lies in it: the beginning of a word of its name, a state or district, a country's name or code.
    pub place: Option<String>,
    /// Type of an event; postures and processes have none.
    pub event_type: Option<EventType>,
    /// Verdict that some attribute must have.
    pub verdict: Option<Verdict>,
    /// Only where reports differ on some attribute and no analyst has settled it.
    pub undecided: bool,
    /// Ids of reports, of which one must tell it.
    pub reports: Option<BTreeSet<String>>,
    /// The status preferred; where none is, any that is stated.
    pub status: Option<Status>,
    /// The least number killed, by the figure preferred; where none is, by any that is stated. A figure that is an upper
    /// bound says nothing of the least.
    pub min_killed: Option<f64>,
}

/// What is asked for, in words: `days 2015-05, type ASSAULT`; empty where everything is.
impl fmt::Display for Query {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let some_of = |reports: &BTreeSet<String>| match reports.len() {
            0 => "no report of the archive".to_owned(),
            1..=3 => reports.iter().cloned().collect::<Vec<_>>().join(" or "),
            n => format!("one of {n} reports"),
        };
        let parts = [
            self.days.map(days_in_words),
            self.about.as_ref().map(|about| format!("about {about}")),
            self.actor.as_ref().map(|actor| format!("actor {actor}")),
            self.place.as_ref().map(|place| format!("place {place}")),
            self.event_type.map(|code| format!("type {code}")),
            self.verdict.map(|verdict| format!("verdict {verdict}")),
            self.undecided.then(|| "undecided".to_owned()),
            self.reports.as_ref().map(|reports| format!("told by {}", some_of(reports))),
            self.status.map(|status| format!("status {status}")),
            self.min_killed.map(|n| format!("at least {n} killed")),
        ];
        formatter.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// `days 2015-05`; `since 2015-05-01` where only one end is asked for.
fn days_in_words(days: DayInterval) -> String {
    match (days.earliest == Date::MIN, days.latest == Date::MAX) {
        (false, false) => format!("days {}", days.format()),
        (false, true) => format!("since {}", days.earliest),
        (true, _) => format!("until {}", days.latest),
    }
}

impl Query {
    /// The rows that fit, in their order. Of a posture series the statements and cells on the days asked for are kept,
    /// of a process the states.
    pub fn select(&self, situation: Situation) -> Situation {
        let mut situation = situation;
        situation.events = self.events(situation.events);
        let area = self.place.as_deref().map(Area::new);
        let about = self.about.as_deref().map(Area::new);
        situation.postures.retain_mut(|series| {
            self.takes_series(series, area.as_ref())
                && self.is_about([&series.actor].into_iter(), about.as_ref(), series.place.as_ref(), &[])
        });
        situation.processes.retain_mut(|process| self.takes_process(process));
        situation
    }

    /// The events that fit, in their order.
    pub(crate) fn events(&self, mut events: Vec<Event>) -> Vec<Event> {
        let area = self.place.as_deref().map(Area::new);
        let about = self.about.as_deref().map(Area::new);
        events.retain(|event| {
            let parties = event.actors.iter().chain(&event.recipients);
            self.takes_event(event, area.as_ref())
                && self.is_about(parties, about.as_ref(), event.place.as_ref(), &event.cells)
        });
        events
    }

    /// Whether actor or place are what it is to be about.
    fn is_about<'a>(
        &self,
        mut actors: impl Iterator<Item = &'a ClaimActor>,
        area: Option<&Area>,
        place: Option<&ClaimPlace>,
        cells: &[Cell],
    ) -> bool {
        let Some(wanted) = self.about.as_deref() else { return true };
        actors.any(|actor| is_actor(actor, wanted))
            || states(cells, &["actors", "recipients"], wanted)
            || takes_place(area, place, cells)
    }

    fn takes_event(&self, event: &Event, area: Option<&Area>) -> bool {
        self.takes_days(event.date.as_deref())
            && self.event_type.is_none_or(|wanted| event.event_type == Some(wanted))
            && self.takes_reports(event.claims.iter().map(|claim| &claim.report))
            && self.takes_cells(&event.cells)
            && self.status.is_none_or(|wanted| held(&event.cells, "status").contains(&wanted.as_str()))
            && self
                .min_killed
                .is_none_or(|wanted| least(&event.cells, "killed").is_some_and(|killed| killed >= wanted))
            && self.takes_actors(event.actors.iter().chain(&event.recipients), &event.cells)
            && takes_place(area, event.place.as_ref(), &event.cells)
    }

    fn takes_series(&self, series: &mut PostureSeries, area: Option<&Area>) -> bool {
        series.statements.retain(|statement| {
            self.takes_days(statement.as_of.as_deref())
                && self.takes_reports([&statement.report])
                && self.status.is_none_or(|wanted| statement.status == Some(wanted))
        });
        series.cells.retain(|cell| self.takes_days(cell.as_of.as_deref()));
        self.event_type.is_none()
            && self.min_killed.is_none()
            && !series.statements.is_empty()
            && self.takes_cells(&series.cells)
            && self.takes_actors([&series.actor].into_iter(), &[])
            && takes_place(area, series.place.as_ref(), &[])
    }

    /// The name of a process names its parties.
    fn takes_process(&self, process: &mut Process) -> bool {
        process.transitions.retain(|transition| {
            self.takes_days(transition.date.as_deref())
                && self.takes_reports(transition.statements.iter().map(|statement| &statement.report))
        });
        let is_open =
            self.event_type.is_none() && self.verdict.is_none() && !self.undecided && self.place.is_none();
        is_open
            && self.status.is_none()
            && self.min_killed.is_none()
            && !process.transitions.is_empty()
            && self.actor.as_deref().is_none_or(|wanted| names(&process.process, wanted))
            && self.about.as_deref().is_none_or(|wanted| {
                names(&process.process, wanted) || names(&words::process(&process.process), wanted)
            })
    }

    fn takes_days(&self, days: Option<&str>) -> bool {
        let Some(wanted) = self.days else { return true };
        days.and_then(DayInterval::parse).is_some_and(|days| days.overlaps(&wanted))
    }

    fn takes_cells(&self, cells: &[Cell]) -> bool {
        let is_open = self.verdict.is_none() && !self.undecided;
        is_open || cells.iter().any(|cell| self.takes_difference(cell.verdict, cell.decided))
    }

    /// Whether a verdict and what an analyst decided on it are as asked for.
    pub(crate) fn takes_difference(&self, verdict: Verdict, decided: Option<u32>) -> bool {
        self.verdict.is_none_or(|wanted| verdict == wanted)
            && (!self.undecided || (decided.is_none() && is_disputed(verdict)))
    }

    /// The preferred actors and the values that other reports give count alike.
    fn takes_actors<'a>(&self, mut actors: impl Iterator<Item = &'a ClaimActor>, cells: &[Cell]) -> bool {
        let Some(wanted) = self.actor.as_deref() else { return true };
        actors.any(|actor| is_actor(actor, wanted)) || states(cells, &["actors", "recipients"], wanted)
    }

    fn takes_reports<'a>(&self, reports: impl IntoIterator<Item = &'a String>) -> bool {
        let Some(wanted) = &self.reports else { return true };
        reports.into_iter().any(|report| wanted.contains(report))
    }
}

/// Ids of the reports of an outlet, by part of its name; neither capitals nor accents matter.
pub fn reports_of_outlet(entries: &[(Report, Reading)], name: &str) -> BTreeSet<String> {
    let is_asked = |(report, reading): &&(Report, Reading)| {
        let outlet = reading.report.outlet.as_ref().or(report.outlet.as_ref());
        outlet.is_some_and(|outlet| names(outlet, name))
    };
    entries.iter().filter(is_asked).map(|(report, _)| report.id.clone()).collect()
}

/// The preferred place and those that other reports give count alike.
fn takes_place(area: Option<&Area>, place: Option<&ClaimPlace>, cells: &[Cell]) -> bool {
    let Some(area) = area else { return true };
    let mut stated = values(cells, &["place"]);
    place.is_some_and(|place| area.holds(place)) || stated.any(|value| area.holds_written(&value.value))
}

/// The preferred value of an attribute, or all that are stated where none is preferred: what is looked at where one is asked for.
pub(crate) fn held<'a>(cells: &'a [Cell], attribute: &str) -> Vec<&'a str> {
    let Some(cell) = cells.iter().find(|cell| cell.attribute == attribute) else { return Vec::new() };
    let preferred = cell.preferred.as_ref().and_then(|(index, _)| cell.values.get(*index));
    match preferred {
        Some(value) => vec![&value.value],
        None => cell.values.iter().map(|value| value.value.as_str()).collect(),
    }
}

/// The largest number that the figures held of an attribute give as exact or as the least.
pub(crate) fn least(cells: &[Cell], attribute: &str) -> Option<f64> {
    let amounts = held(cells, attribute).into_iter().filter_map(amount_at_least);
    amounts.max_by(f64::total_cmp)
}

/// What a figure says that there were at least; an upper bound says nothing of it.
fn amount_at_least(value: &str) -> Option<f64> {
    let is_bound = |cmp: Comparator| matches!(cmp, Comparator::AtMost | Comparator::LessThan);
    read_figure(value).filter(|amount| !is_bound(amount.cmp)).map(|amount| amount.n)
}

/// Whether an actor is the one asked for, by name, code or id.
pub(super) fn is_actor(actor: &ClaimActor, wanted: &str) -> bool {
    let is_code = |code: Option<String>| code.is_some_and(|code| code == wanted);
    names(&actor.name, wanted)
        || is_code(actor.country.map(|country| country.to_string()))
        || is_code(actor.sector.map(|sector| sector.to_string()))
        || actor.actor_id.as_deref() == Some(wanted)
}

fn states(cells: &[Cell], attributes: &[&str], wanted: &str) -> bool {
    values(cells, attributes).any(|value| names(&value.value, wanted))
}

fn values<'a>(cells: &'a [Cell], attributes: &'a [&str]) -> impl Iterator<Item = &'a CellValue> {
    cells.iter().filter(|cell| attributes.contains(&cell.attribute.as_str())).flat_map(|cell| &cell.values)
}

/// Neither capitals nor accents matter.
fn names(name: &str, wanted: &str) -> bool {
    fold(name).contains(&fold(wanted))
}

#[cfg(test)]
mod tests {
    use annalist_schema::{ClaimRef, Country};

    use super::*;

    fn cell(attribute: &str, values: &[&str], preferred: Option<usize>) -> Cell {
        let value = |value: &&str| CellValue {
            value: (*value).to_owned(),
            claims: Vec::new(),
            attributed_to: Vec::new(),
            span: None,
            spans: Vec::new(),
        };
        Cell {
            attribute: attribute.to_owned(),
            verdict: Verdict::Compatible,
            values: values.iter().map(value).collect(),
            preferred: preferred.map(|index| (index, "only value".to_owned())),
            origins: Vec::new(),
            why: None,
            decided: None,
            as_of: None,
        }
    }

    fn event() -> Event {
        let actor = ClaimActor {
            name: "Ejército Nacional".to_owned(),
            country: Country::new("COL"),
            ..ClaimActor::default()
        };
        let place = ClaimPlace { name: Some("Popayán".to_owned()), ..ClaimPlace::default() };
        Event {
            event_type: Some(EventType::Assault),
            actors: vec![actor],
            place: Some(place),
            claims: vec![ClaimRef::new("herald", "c1")],
            cells: vec![
                cell("status", &["happened", "planned"], Some(0)),
                cell("killed", &["11 soldiers", ">= 10 soldiers"], Some(0)),
            ],
            date: Some("2015-04".to_owned()),
            ..Event::default()
        }
    }

    fn check(query: Query, expected: bool) {
        let situation = Situation { events: vec![event()], ..Situation::default() };
        assert_eq!(!query.select(situation).events.is_empty(), expected, "{query:?}");
    }

    #[test]
    fn asks_by_day_actor_place_type_and_verdict() {
        let text = |text: &str| Some(text.to_owned());
        check(Query::default(), true);
        check(Query { days: DayInterval::parse("2015-04-30/2015-05-02"), ..Query::default() }, true);
        check(Query { days: DayInterval::parse("2015-05"), ..Query::default() }, false);
        check(Query { actor: text("ejercito"), ..Query::default() }, true);
        check(Query { actor: text("COL"), ..Query::default() }, true);
        check(Query { actor: text("PER"), ..Query::default() }, false);
        check(Query { place: text("popayan"), ..Query::default() }, true);
        check(Query { place: text("cali"), ..Query::default() }, false);
        check(Query { event_type: Some(EventType::Assault), ..Query::default() }, true);
        check(Query { event_type: Some(EventType::Aid), ..Query::default() }, false);
        check(Query { verdict: Some(Verdict::Contradictory), ..Query::default() }, false);
        check(Query { undecided: true, ..Query::default() }, false);
    }

    #[test]
    fn asks_by_report_status_and_least_number_killed() {
        let told_by = |id: &str| Some(BTreeSet::from([id.to_owned()]));
        check(Query { reports: told_by("herald"), ..Query::default() }, true);
        check(Query { reports: told_by("lantern"), ..Query::default() }, false);
        check(Query { status: Some(Status::Happened), ..Query::default() }, true);
        check(Query { status: Some(Status::Planned), ..Query::default() }, false);
        check(Query { min_killed: Some(11.0), ..Query::default() }, true);
        check(Query { min_killed: Some(12.0), ..Query::default() }, false);
    }

    #[test]
    fn an_upper_bound_is_no_least_number() {
        let held = |values: &[&str]| least(&[cell("killed", values, None)], "killed");
        assert_eq!((held(&["3", "20–30"]), held(&["> 150"])), (Some(20.0), Some(150.0)));
        assert_eq!((held(&["<= 40"]), held(&["several"])), (None, None));
    }

    #[test]
    fn says_what_is_asked_for() {
        let query = Query {
            days: DayInterval::parse("2015-05"),
            event_type: Some(EventType::Assault),
            min_killed: Some(3.0),
            ..Query::default()
        };
        assert_eq!(query.to_string(), "days 2015-05, type ASSAULT, at least 3 killed");
        assert_eq!(Query::default().to_string(), "");
        let asked = |one: Date, other: Date| {
            Query { days: Some(DayInterval::new(one, other)), ..Query::default() }.to_string()
        };
        let day = jiff::civil::date(2015, 5, 1);
        assert_eq!(asked(day, Date::MAX), "since 2015-05-01");
        assert_eq!(asked(Date::MIN, day), "until 2015-05-01");
    }
}
