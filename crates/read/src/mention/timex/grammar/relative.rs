//! *Which expressions point from another time?* "last year", "this week", "next Friday", "the following day", "that April",
//! "October last year", "the day before yesterday".

use super::super::length::{Count, Length};
use super::super::lexicon::{Class, Key};
use super::super::symbol::{Anchor, Name, Pick, Symbol};
use super::super::unit::Unit;
use super::cursor::{Cursor, Parsed};
use super::{calendar, named, number, year};

/// Anything that points from another time and needs no number.
pub fn relative(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    of_larger(c).or_else(|| step(c)).or_else(|| neighbour(c)).or_else(|| chosen(c)).or_else(|| in_the_unit(c))
}

/// "last year", "this week", "the next day", "that month", "the same day".
pub fn step(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((n, anchor), next) = direction(c)?;
    let ((unit, plural), end) = next.maybe(&[Key::Fiscal]).unit()?;
    if plural || unit.is_clock() {
        return None;
    }
    let anchor = match (n, unit) {
        // "the next day" is the next day of the story; "next week" is next week.
        (1, Unit::Day) => Anchor::Story,
        (1, _) if c.key(&[Key::The]).is_some() => Anchor::Story,
        // "this day" and "this weekend" stay; "the last day" and "the past week" are lengths.
        (-1, Unit::Day) if anchor == Anchor::Published => return None,
        _ => anchor,
    };
    Some((Symbol::Step(n, unit, anchor), end))
}

/// How far a determiner steps, and from where.
fn direction(c: Cursor<'_>) -> Parsed<'_, (i32, Anchor)> {
    let (article, c) = match c.key(&[Key::The]) {
        Some(next) => (true, next),
        None => (false, c),
    };
    let step = match c.class() {
        Class::Key(Key::Last) if !article => (-1, Anchor::Published),
        Class::Key(Key::Past) if !article => (-1, Anchor::Published),
        Class::Key(Key::Previous) => (-1, Anchor::Story),
        Class::Key(Key::Next) => (1, Anchor::Published),
        Class::Key(Key::Coming) => (1, Anchor::Published),
        Class::Key(Key::Following) => (1, Anchor::Story),
        Class::Key(Key::This) if !article => (0, Anchor::Published),
        Class::Key(Key::Current) => (0, Anchor::Published),
        Class::Key(Key::That) if !article => {
            return Some(((0, Anchor::Story), c.skip(1).maybe(&[Key::Same])));
        }
        Class::Key(Key::Same) => (0, Anchor::Story),
        _ => return None,
    };
    Some((step, c.skip(1)))
}

/// "the day before", "the year after", "the day before yesterday", "the week before last", "a year earlier" is a length.
fn neighbour(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), next) = c.maybe(&[Key::The]).unit()?;
    let has_article = c.key(&[Key::The]).is_some();
    if plural || !has_article || unit.is_clock() {
        return None;
    }
    let (sign, next) = match next.class() {
        Class::Key(Key::Before | Key::Previous) => (-1, next.skip(1)),
        Class::Key(Key::After | Key::Following) => (1, next.skip(1)),
        _ => return None,
    };
    match next.class() {
        Class::Key(Key::Yesterday) if sign < 0 => {
            Some((Symbol::Step(-2, Unit::Day, Anchor::Published), next.skip(1)))
        }
        Class::Key(Key::Tomorrow) if sign > 0 => {
            Some((Symbol::Step(2, Unit::Day, Anchor::Published), next.skip(1)))
        }
        Class::Key(Key::Last) if sign < 0 && next.skip(1).unit().is_none() => {
            Some((Symbol::Step(-2, unit, Anchor::Published), next.skip(1)))
        }
        Class::Key(Key::Next) if sign > 0 && next.skip(1).unit().is_none() => {
            Some((Symbol::Step(2, unit, Anchor::Published), next.skip(1)))
        }
        Class::Mark(_) | Class::Break | Class::Key(_) => {
            Some((Symbol::Step(sign, unit, Anchor::Story), next))
        }
        _ => None,
    }
}

/// "last August", "next Friday", "this summer", "the following Monday", "the previous April", "that April", "last June 4".
fn chosen(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (pick, next) = pick(c)?;
    let (symbol, end) = calendar::date(next).or_else(|| recurring(next))?;
    let Symbol::Named(name, _) = symbol else { return None };
    Some((Symbol::Named(name, pick), end))
}

fn pick(c: Cursor<'_>) -> Parsed<'_, Pick> {
    let (article, c) = match c.key(&[Key::The]) {
        Some(next) => (true, next),
        None => (false, c),
    };
    let pick = match c.class() {
        Class::Key(Key::Last) => Pick::Last,
        Class::Key(Key::Past) => Pick::Last,
        Class::Key(Key::Next) if !article => Pick::Next,
        Class::Key(Key::Next | Key::Following) => Pick::Following,
        Class::Key(Key::Previous) => Pick::Preceding,
        Class::Key(Key::Coming) => Pick::Next,
        Class::Key(Key::This) if !article => {
            return match c.ahead(1) {
                Class::Key(Key::Past | Key::Last) => Some((Pick::Last, c.skip(2))),
                Class::Key(Key::Coming | Key::Next) => Some((Pick::Next, c.skip(2))),
                _ => Some((Pick::This, c.skip(1))),
            };
        }
        Class::Key(Key::That) if !article => return Some((Pick::Near, c.skip(1).maybe(&[Key::Same]))),
        Class::Key(Key::Same) => Pick::Near,
        _ => return None,
    };
    Some((pick, c.skip(1)))
}

/// Names that are no dates by themselves: seasons, weekdays, the weekend, feasts.
pub fn recurring(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let name = match c.class() {
        Class::Season(season) => Name::Season(season),
        Class::Weekday(weekday) => Name::Weekday(weekday),
        Class::Unit { unit: Unit::Weekend, plural: false } => Name::Weekend,
        _ => return named::feast(c),
    };
    let next = c.skip(1);
    let is_short = matches!(c.class(), Class::Weekday(_)) && c.text().len() <= 5;
    let next = next.mark(b'.').filter(|_| is_short && next.touches()).unwrap_or(next);
    Some((Symbol::Named(name, Pick::Near), next))
}

/// "October last year", "August of that year", "Friday of last week", "the summer of 1916", "June of this year".
pub fn of_larger(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (symbol, next) = calendar::date(c).or_else(|| recurring(c.maybe(&[Key::The])))?;
    let Symbol::Named(name, _) = symbol else { return None };
    let behind_of = next.maybe_mark(b',').maybe(&[Key::Of, Key::In]);
    let (outer, end) = step(behind_of).or_else(|| later_year(next))?;
    let holds = match (&outer, name) {
        (Symbol::Step(_, Unit::Year, _), Name::Weekday(_) | Name::DayOfMonth(_)) => false,
        (Symbol::Step(_, Unit::Year, _), _) => true,
        (Symbol::Step(_, Unit::Week, _), Name::Weekday(_)) => true,
        (Symbol::Step(_, Unit::Month, _), Name::DayOfMonth(_)) => true,
        _ => false,
    };
    holds.then(|| (Symbol::Inside(name, Box::new(outer)), end))
}

/// The year of a name of which only the season stood before it: "the summer of 1916", "winter 2004", "Christmas 1914".
pub fn season_of_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (symbol, next) = recurring(c.maybe(&[Key::The]))?;
    let Symbol::Named(name @ (Name::Season(_) | Name::Feast(_)), _) = symbol else { return None };
    let (year, end) = year::year_only(next.maybe_mark(b',').maybe(&[Key::Of, Key::In]))?;
    Some((Symbol::Inside(name, Box::new(year)), end))
}

/// "the year before": behind "in October".
fn later_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let found = neighbour(c.maybe(&[Key::Of]))?;
    matches!(found.0, Symbol::Step(_, Unit::Year, _)).then_some(found)
}

/// "later in the year", "earlier in the month".
fn in_the_unit(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let c = c.key(&[Key::Earlier, Key::Later, Key::Early, Key::Late])?.key(&[Key::In])?.key(&[Key::The])?;
    let ((unit, plural), end) = c.unit()?;
    let is_calendar =
        matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
    (is_calendar && !plural).then_some((Symbol::Step(0, unit, Anchor::Story), end))
}

/// "the week", "the month", "the year", "the day": only where something says which part of it is meant.
pub fn the_unit(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), end) = c.key(&[Key::The])?.unit()?;
    let is_calendar =
        matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century);
    (is_calendar && !plural).then_some((Symbol::Step(0, unit, Anchor::Story), end))
}

/// "today", "yesterday", "tomorrow".
pub fn near_day(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let n = match c.class() {
        Class::Key(Key::Yesterday) => -1,
        Class::Key(Key::Today) => 0,
        Class::Key(Key::Tomorrow) => 1,
        _ => return None,
    };
    Some((Symbol::Step(n, Unit::Day, Anchor::Published), c.skip(1)))
}

/// A year before another time, as companies compare: "year-ago", "the year-earlier quarter".
pub fn year_ago(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let article = c.maybe(&[Key::The]);
    let next = article.maybe_unit(Unit::Year);
    let next = (next.at > article.at).then_some(next)?.mark(b'-')?.key(&[Key::Ago, Key::Earlier])?;
    let nth = number::ordinal(next).map_or(next, |(_, behind)| behind.maybe_mark(b'-'));
    let end = match nth.class() {
        Class::Unit { unit: Unit::Quarter, plural: false } | Class::Key(Key::Period) if article.at > c.at => {
            nth.skip(1)
        }
        _ => next,
    };
    let year = Length::new(Count::Number(1.0), Unit::Year);
    Some((Symbol::Shift(year, -1, Anchor::Story), end))
}

/// "year-end", "the year's end", "month's end".
pub fn unit_end(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), next) = c.maybe(&[Key::The]).unit()?;
    let next = next.possessive().unwrap_or_else(|| next.maybe_mark(b'-'));
    let end = next.key(&[Key::End]).filter(|_| next.text().eq_ignore_ascii_case("end"))?;
    let is_calendar = matches!(unit, Unit::Month | Unit::Year);
    (is_calendar && !plural).then_some((Symbol::Step(0, unit, Anchor::Story), end))
}
