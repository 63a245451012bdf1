//! *Is it getting more or less?* Each week beside the one before, with the number of reports, so that a quiet press is not
//! taken for a quiet front.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use annalist_reconcile::read_figure;
use annalist_schema::{Comparator, DayInterval, Event, EventType, Standing};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::super::{ReportLine, day};
use super::FrontLine;
use crate::figure::preferred;

/// Types that a line names, the most frequent.
const MOST_TYPES: usize = 3;
/// Actors and places that are kept of a week.
const MOST_NAMES: usize = 10;

/// What is told of one week, Monday to Sunday.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Week {
    /// Its days.
    pub days: String,
    /// Reports published in it.
    pub reports: usize,
    /// News that happened in it.
    pub events: usize,
    /// The same by PLOVER type.
    pub types: BTreeMap<EventType, usize>,
    /// By actor, those most told of.
    pub actors: BTreeMap<String, usize>,
    /// By place, those most told of.
    pub places: BTreeMap<String, usize>,
    /// The killed, by the figure that each event prefers; limits upwards count nothing.
    pub killed: u64,
}

/// Weeks by their Mondays.
#[derive(Default)]
pub(crate) struct Weeks(BTreeMap<Date, Week>);

impl Weeks {
    /// Counts an event to the week in which it happened, if it is news and its day is known.
    pub fn count(&mut self, event: &Event, event_type: EventType) {
        let days = event.date.as_deref().and_then(DayInterval::parse);
        let Some(days) = days.filter(|_| event.weight.standing == Standing::News) else { return };
        let Some(monday) = monday(days.earliest).filter(|monday| Some(*monday) == self::monday(days.latest))
        else {
            return;
        };
        let week = self.0.entry(monday).or_default();
        week.events += 1;
        *week.types.entry(event_type).or_default() += 1;
        for actor in event.actors.iter().filter(|actor| !actor.is_guess()) {
            *week.actors.entry(actor.name.clone()).or_default() += 1;
        }
        if let Some(name) = event.place.as_ref().and_then(|place| place.name.clone()) {
            *week.places.entry(name).or_default() += 1;
        }
        let is_deed = event_type == EventType::Assault;
        week.killed += if is_deed { killed(event) } else { 0 };
    }

    /// The weeks from the first to the last in which a report came out, whether or not anything happened in them.
    pub fn finish(mut self, reports: &[ReportLine]) -> Vec<Week> {
        let mut published: BTreeMap<Date, usize> = BTreeMap::new();
        for days in
            reports.iter().filter_map(|report| report.published.as_deref().and_then(DayInterval::parse))
        {
            let first = monday(days.earliest).filter(|first| monday(days.latest) == Some(*first));
            first.into_iter().for_each(|first| *published.entry(first).or_default() += 1);
        }
        let (Some(&first), Some(&last)) = (published.keys().next(), published.keys().next_back()) else {
            return Vec::new();
        };
        let mondays = std::iter::successors(Some(first), |monday| monday.checked_add(7.days()).ok());
        let mut week = |monday: Date| {
            let mut week = self.0.remove(&monday).unwrap_or_default();
            let sunday = monday.checked_add(6.days()).unwrap_or(monday);
            week.days = DayInterval::new(monday, sunday).format();
            week.reports = published.get(&monday).copied().unwrap_or_default();
            most(&mut week.actors);
            most(&mut week.places);
            week
        };
        mondays.take_while(|monday| *monday <= last).take(MOST_WEEKS).map(&mut week).collect()
    }
}

/// Weeks that are counted; a longer time is no matter of weeks.
const MOST_WEEKS: usize = 260;

fn monday(date: Date) -> Option<Date> {
    date.checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days()).ok()
}

fn killed(event: &Event) -> u64 {
    let figure = preferred(&event.cells, "killed").and_then(|value| read_figure(&value.value));
    let is_limit = |cmp| matches!(cmp, Comparator::AtMost | Comparator::LessThan);
    figure.filter(|figure| !is_limit(figure.cmp)).map_or(0, |figure| figure.n.max(0.0) as u64)
}

/// Keeps the names that most events have.
fn most(names: &mut BTreeMap<String, usize>) {
    let mut counts: Vec<_> = std::mem::take(names).into_iter().collect();
    counts.sort_by_key(|(name, n)| (Reverse(*n), name.clone()));
    names.extend(counts.into_iter().take(MOST_NAMES));
}

/// Each week beside the one before, the last first.
pub(super) fn lines(weeks: &[Week], year: Option<i16>) -> Vec<FrontLine> {
    weeks.windows(2).rev().filter_map(|pair| line(&pair[0], &pair[1], year)).collect()
}

fn line(before: &Week, week: &Week, year: Option<i16>) -> Option<FrontLine> {
    let days = DayInterval::parse(&week.days)?;
    let beside = |n: usize, what: &str, other: usize| {
        let plural = if n == 1 { "" } else { "s" };
        format!("{n} {what}{plural} ({other} the week before)")
    };
    let mut types: Vec<_> = week.types.iter().collect();
    types.sort_by_key(|(code, n)| (Reverse(**n), **code));
    let of_type = |(code, n): &(&EventType, &usize)| {
        format!("{code} {n} ({})", before.types.get(code).copied().unwrap_or_default())
    };
    let types: Vec<_> = types.iter().take(MOST_TYPES).map(of_type).collect();
    let types = if types.is_empty() { String::new() } else { format!(", {}", types.join(", ")) };
    let killed = match (week.killed, before.killed) {
        (0, 0) => String::new(),
        (n, other) => format!("; {n} killed by their figures ({other})"),
    };
    let is_empty = week.reports == 0 && before.reports == 0;
    (!is_empty).then(|| FrontLine {
        text: format!(
            "{}: {}; {}{types}{killed}.",
            super::super::telling::sentence(&day::days(days, year)),
            beside(week.reports, "report", before.reports),
            beside(week.events, "event", before.events),
        ),
        ..FrontLine::default()
    })
}

#[cfg(test)]
mod tests {
    use annalist_schema::Weight;

    use super::*;

    fn report(day: &str) -> ReportLine {
        ReportLine {
            number: 1,
            id: day.to_owned(),
            title: None,
            outlet: None,
            published: Some(day.to_owned()),
            basis: None,
            why: Vec::new(),
            sentences: Vec::new(),
        }
    }

    #[test]
    fn a_week_stands_beside_the_one_before_with_its_reports() {
        let mut weeks = Weeks::default();
        for day in ["2017-04-04", "2017-04-05", "2017-04-12", "2017-04-04/2017-04-30"] {
            let weight = Weight { standing: Standing::News, ..Weight::default() };
            let event = Event { date: Some(day.to_owned()), weight, ..Event::default() };
            weeks.count(&event, EventType::Assault);
        }
        let weeks = weeks.finish(&[report("2017-04-04"), report("2017-04-06"), report("2017-04-11")]);
        let told: Vec<_> = lines(&weeks, Some(2017)).into_iter().map(|line| line.text).collect();
        let expected =
            "10 to 16 April: 1 report (2 the week before); 1 event (2 the week before), ASSAULT 1 (2).";
        assert_eq!(told, [expected]);
    }
}
