//! *What do a report's own words say about when they were written?*

use annalist_data::world::{self, WorldEvent};
use annalist_schema::View;
use jiff::civil::Date;

use crate::mention::timex::{Anchor, Candidate, Name, Outlook, Pick, Relation, Symbol, Unit, Value};

/// A day of a month that is over, without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    /// The month.
    pub month: i8,
    /// The day.
    pub day: i8,
    /// 1 (Monday) to 7, if it is said.
    pub weekday: Option<i8>,
}

impl MonthDay {
    /// The day in a year, if the year has it and it falls on the weekday.
    pub fn in_year(self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        let suits = |weekday: i8| date.weekday().to_monday_one_offset() == weekday;
        self.weekday.is_none_or(suits).then_some(date)
    }
}

/// The last past time that a report names with its year.
pub fn latest_explicit(timexes: &[Candidate]) -> Option<(Date, &Candidate)> {
    let explicit = timexes.iter().filter(|candidate| is_past(candidate)).filter_map(|candidate| {
        let value = fixed(&candidate.symbol)?;
        matches!(value, Value::Day(_) | Value::Month(_) | Value::Year(_))
            .then(|| value.days())
            .flatten()
            .map(|days| (days.earliest, candidate))
    });
    explicit
        .filter(|(day, _)| (1900..2100).contains(&day.year()))
        .max_by_key(|(day, candidate)| (*day, std::cmp::Reverse(candidate.span)))
}

fn fixed(symbol: &Symbol) -> Option<&Value> {
    match symbol {
        Symbol::Fixed(value) => Some(value),
        _ => None,
    }
}

fn is_past(candidate: &Candidate) -> bool {
    candidate.outlook != Outlook::Future && candidate.relation != Relation::Until
}

/// The days without a year that are over, in order of text.
pub fn month_days(timexes: &[Candidate]) -> Vec<MonthDay> {
    let named = timexes.iter().filter(|candidate| is_past(candidate));
    named.filter_map(|candidate| month_day(&candidate.symbol)).collect()
}

fn month_day(symbol: &Symbol) -> Option<MonthDay> {
    match symbol {
        Symbol::Named(Name::MonthDay { month, day, weekday }, Pick::Near) => {
            Some(MonthDay { month: *month, day: *day, weekday: *weekday })
        }
        Symbol::At(_, day) => month_day(day),
        _ => None,
    }
}

/// The happenings of common knowledge that the report tells of, in order of time.
pub fn world_events(view: View<'_>) -> Vec<&'static WorldEvent> {
    let sentences = view.document.sentences.iter();
    let lower: Vec<String> = sentences.map(|sentence| sentence.span.of(view.text).to_lowercase()).collect();
    let is_told = |event: &&WorldEvent| lower.iter().any(|sentence| event.is_told_in(sentence));
    world::events().iter().filter(is_told).collect()
}

/// "October 7 last year": the year in which a report was written that says so of a happening of common knowledge.
pub fn year_after<'e>(timexes: &[Candidate], events: &[&'e WorldEvent]) -> Option<(i16, &'e WorldEvent)> {
    let of_last_year = timexes.iter().filter_map(|candidate| match &candidate.symbol {
        Symbol::Inside(Name::MonthDay { month, day, .. }, outer)
            if **outer == Symbol::Step(-1, Unit::Year, Anchor::Published) =>
        {
            Some((*month, *day))
        }
        _ => None,
    });
    let event =
        |(month, day)| events.iter().find(|event| (event.day.month(), event.day.day()) == (month, day));
    of_last_year.filter_map(event).next().map(|event| (event.day.year() + 1, *event))
}
