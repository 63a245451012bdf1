//! *Which happenings of common knowledge does a report tell of, and how long after?*

use annalist_data::world::{self, Memory, WorldEvent};
use annalist_schema::{DayInterval, View};
use jiff::civil::Date;

use super::curve::Curve;
use super::shape;
use super::solve::{Clue, Sort};
use crate::mention::timex::{Anchor, Candidate, Length, Name, Symbol, Unit};

/// The clues of all happenings told of.
pub fn clues(view: View<'_>, timexes: &[Candidate]) -> Vec<Clue> {
    let lower = view.text.to_lowercase();
    let told = world::events().iter().filter(|event| event.is_told_in(&lower));
    told.flat_map(|event| of_event(view, timexes, event)).collect()
}

/// That it happened, and how long ago it is said to be.
fn of_event(view: View<'_>, timexes: &[Candidate], event: &WorldEvent) -> Vec<Clue> {
    let shape = match event.memory {
        Memory::Recent => &shape::EVENT_RECENT,
        Memory::Recalled => &shape::EVENT_RECALLED,
        Memory::Planned => &shape::EVENT_PLANNED,
    };
    let clue = |why: String, curve: Curve| Clue { sort: Sort::Event, why, curve };
    let mut clues = Vec::new();
    for sentence in &view.document.sentences {
        let words = sentence.span.of(view.text).to_lowercase();
        if !event.is_told_in(&words) {
            continue;
        }
        if clues.is_empty() {
            let why = format!("it tells of the {} ({})", event.what, event.days.format());
            clues.push(clue(why, Curve::around(event.days, shape)));
        }
        let inside = timexes.iter().filter(|candidate| sentence.span.contains(candidate.span));
        for candidate in inside {
            if let Some((days, shape)) = since(&candidate.symbol, event) {
                let why = format!(
                    "the {} ({}) was “{}”",
                    event.what,
                    event.days.format(),
                    candidate.span.of(view.text)
                );
                clues.push(clue(why, Curve::around(days, shape)));
            }
        }
        if let Some(n) = anniversary(&words) {
            let why = format!("the {} ({}) had its anniversary {n}", event.what, event.days.format());
            clues.extend(
                years_after(event, n).map(|days| clue(why, Curve::around(days, &shape::ANNIVERSARY))),
            );
        }
    }
    clues
}

/// "ten years ago", "October 7 last year": when that was said of a happening.
fn since(symbol: &Symbol, event: &WorldEvent) -> Option<(DayInterval, &'static shape::Shape)> {
    match symbol {
        Symbol::Shift(length, -1, Anchor::Published) => {
            Some((years_after(event, whole_years(length)?)?, &shape::ANNIVERSARY))
        }
        Symbol::Inside(Name::MonthDay { month, day, .. }, outer)
            if **outer == Symbol::Step(-1, Unit::Year, Anchor::Published)
                && (*month, *day) == (event.days.earliest.month(), event.days.earliest.day()) =>
        {
            let year = DayInterval::parse(&(event.days.earliest.year() + 1).to_string())?;
            Some((year, &shape::YEAR_FIXED))
        }
        _ => None,
    }
}

fn whole_years(length: &Length) -> Option<i16> {
    let n = length.whole().filter(|_| length.unit == Unit::Year)?;
    i16::try_from(n).ok().filter(|n| (1..100).contains(n))
}

fn years_after(event: &WorldEvent, n: i16) -> Option<DayInterval> {
    let later = |day: Date| Date::new(day.year().checked_add(n)?, day.month(), day.day().min(28)).ok();
    Some(DayInterval::new(later(event.days.earliest)?, later(event.days.latest)?))
}

/// "10th anniversary", "tenth anniversary".
fn anniversary(words: &str) -> Option<i16> {
    let before = words.split("anniversary").next().filter(|before| before.len() < words.len())?;
    let ordinal = before.split_whitespace().next_back()?;
    let figures = ordinal.trim_end_matches(char::is_alphabetic);
    let spelled = ORDINALS.iter().find(|(word, _)| *word == ordinal).map(|(_, n)| *n);
    spelled.or_else(|| figures.parse().ok()).filter(|n| (1..100).contains(n))
}

const ORDINALS: [(&str, i16); 10] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
];
