//! *Which days can a report have been written on, going by its words alone?*
//!
//! What it tells as past with a year, and the happenings of common knowledge that it tells of, bound it from below; office holders bound
//! it on both sides. Where the year is settled, the last of the days it names without a year is taken to lie at most four weeks back.
//! Nothing is inferred from a lower bound alone.

use annalist_data::world::WorldEvent;
use annalist_schema::{DayInterval, Published, PublishedBasis, View};
use jiff::ToSpan;
use jiff::civil::Date;

use super::clue::{self, MonthDay};
use super::office;
use crate::mention::timex::Candidate;

/// How many days news lasts.
const FRESH_DAYS: i64 = 28;

/// How many days after a happening that nobody recalls years later a report still tells of it.
const RECENT_DAYS: i64 = 180;

/// The widest interval that is worth giving, in days.
const WIDEST: i64 = 366 * 9;

/// Bounds with the reasons for them.
struct Bounds {
    earliest: Date,
    latest: Date,
    why: Vec<String>,
}

impl Bounds {
    fn narrow(&mut self, earliest: Option<Date>, latest: Option<Date>, why: String) {
        let (low, high) =
            (self.earliest.max(earliest.unwrap_or(Date::MIN)), self.latest.min(latest.unwrap_or(Date::MAX)));
        // What contradicts the rest is left out rather than believed.
        if low <= high && (low, high) != (self.earliest, self.latest) {
            (self.earliest, self.latest) = (low, high);
            self.why.push(why);
        }
    }

    fn n_days(&self) -> i64 {
        DayInterval { earliest: self.earliest, latest: self.latest }.n_days()
    }
}

/// The days that a report's words leave, with the reasons; `None` if they leave more than makes sense to say.
pub fn interval(view: View<'_>, timexes: &[Candidate]) -> Option<Published> {
    let events = clue::world_events(view);
    let mut bounds = Bounds { earliest: Date::MIN, latest: Date::MAX, why: Vec::new() };
    narrow_by_offices(view, timexes, &mut bounds);
    narrow_by_explicit(view, timexes, &mut bounds);
    narrow_by_events(timexes, &events, &mut bounds);
    narrow_by_latest_day(&clue::month_days(timexes), &mut bounds);
    let is_told = bounds.earliest > Date::MIN && bounds.latest < Date::MAX && bounds.n_days() <= WIDEST;
    is_told.then_some(Published {
        value: DayInterval { earliest: bounds.earliest, latest: bounds.latest },
        basis: PublishedBasis::Inferred,
        why: bounds.why,
    })
}

fn narrow_by_offices(view: View<'_>, timexes: &[Candidate], bounds: &mut Bounds) {
    for holder in office::holders(view, timexes) {
        let why = format!(
            "{} was {} from {} to {}",
            holder.name, holder.office, holder.days.earliest, holder.days.latest
        );
        bounds.narrow(Some(holder.days.earliest), Some(holder.days.latest), why);
    }
}

fn narrow_by_explicit(view: View<'_>, timexes: &[Candidate], bounds: &mut Bounds) {
    if let Some((day, candidate)) = clue::latest_explicit(timexes) {
        let why = format!("“{}” is told as past", candidate.span.of(view.text));
        bounds.narrow(Some(day), None, why);
    }
}

fn narrow_by_events(timexes: &[Candidate], events: &[&WorldEvent], bounds: &mut Bounds) {
    for event in events {
        let recent = (!event.recalled).then(|| event.day.checked_add(RECENT_DAYS.days()).ok()).flatten();
        bounds.narrow(Some(event.day), recent, format!("it tells of the {} on {}", event.what, event.day));
    }
    if let Some((year, event)) = clue::year_after(timexes, events) {
        let (first, last) = (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok());
        bounds.narrow(first, last, format!("the {} on {} was “last year”", event.what, event.day));
    }
}

/// The last of the days named without a year, if the bounds hold it only once.
fn narrow_by_latest_day(days: &[MonthDay], bounds: &mut Bounds) {
    if bounds.earliest == Date::MIN || bounds.latest == Date::MAX {
        return;
    }
    let Some(last) = latest(days) else { return };
    let years = bounds.earliest.year()..=bounds.latest.year();
    let fits = |day: &Date| (bounds.earliest..=bounds.latest).contains(day);
    let mut possible = years.filter_map(|year| last.in_year(year)).filter(fits);
    if let (Some(day), None) = (possible.next(), possible.next()) {
        let until = day.checked_add(FRESH_DAYS.days()).ok();
        bounds.narrow(
            Some(day),
            until,
            format!("{day} is the last day that it names, and news tells of it within four weeks"),
        );
    }
}

/// The day that the longest stretch of the year without a named day follows.
fn latest(days: &[MonthDay]) -> Option<MonthDay> {
    // A leap year, so that every day has its place.
    let place = |day: &MonthDay| Date::new(2000, day.month, day.day).ok().map(|date| date.day_of_year());
    let mut places: Vec<(i16, MonthDay)> = days.iter().filter_map(|day| Some((place(day)?, *day))).collect();
    places.sort_by_key(|(place, day)| (*place, day.weekday.is_none()));
    places.dedup_by_key(|(place, _)| *place);
    let gap = |index: usize| {
        let next = places.get(index + 1).map_or_else(|| places[0].0 + 366, |(place, _)| *place);
        next - places[index].0
    };
    let at = (0..places.len()).max_by_key(|&index| (gap(index), index))?;
    Some(places[at].1)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use annalist_schema::{Report, View};

    use super::*;
    use crate::document::Analyser;
    use crate::{Tier, mention, report};

    static ANALYSER: LazyLock<Analyser> =
        LazyLock::new(|| Analyser::new(Tier::Fast).expect("the fast tier loads"));

    fn published_of(text: &str) -> Option<Published> {
        let report = Report { text: text.to_owned(), ..Report::default() };
        let document = ANALYSER.analyse(&[(text, &report::outline(&report))]).pop().unwrap_or_default();
        let view = View::new(text, &document);
        interval(view, &mention::timex::find(view))
    }

    fn check(text: &str, expected: Option<&str>) {
        let found = published_of(text).map(|published| published.value.format());
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn lower_bounds_alone_say_nothing() {
        check("The bridge was built in 1932. It was closed on March 3.", None);
        check("The mayor opened the fair.", None);
    }

    #[test]
    fn office_holders_bound_on_both_sides() {
        check("President Emmanuel Macron met Chancellor Olaf Scholz.", Some("2021-12-08/2025-05-06"));
        check("Former Chancellor Olaf Scholz gave a talk.", None);
    }

    #[test]
    fn the_last_day_named_fixes_the_weeks() {
        check(
            "Israel has fought Hamas since October 7 last year. On March 3 envoys met, on April 9 they parted.",
            Some("2024-04-09/2024-05-07"),
        );
        check("Chancellor Olaf Scholz went to Riga on Tuesday, May 7.", Some("2024-05-07/2024-06-04"));
    }
}
