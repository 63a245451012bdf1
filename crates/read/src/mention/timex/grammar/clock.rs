//! *Which expressions name a time of day?* "10:30 a.m. Monday", "Friday evening", "last night", "the morning of 6 June".

use super::super::lexicon::{Class, Key};
use super::super::symbol::{Anchor, Name, Symbol};
use super::super::unit::{DayPart, Unit};
use super::super::value::Clock;
use super::cursor::{Cursor, Parsed};
use super::duration;
use super::{Hours, day, relative};

/// A time of day, with its day if that is said.
pub fn time(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    part_of_day(c)
        .or_else(|| on_the_clock(c))
        .or_else(|| day_then_part(c))
        .or_else(|| part_of_story(c))
        .or_else(|| single_word(c))
}

/// The day that the story has arrived at.
pub fn story_day() -> Symbol {
    Symbol::Step(0, Unit::Day, Anchor::Story)
}

fn at(clock: Clock, day: Symbol) -> Symbol {
    Symbol::At(clock, Box::new(day))
}

/// "10 a.m.", "10:30 pm EST", "1400 GMT", "14:30", "5 o'clock", with a day behind it.
fn on_the_clock(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (clock, next) = clock(duration::approximately(c))?;
    match day_behind(next) {
        Some((day, end)) => Some((at(clock, day), end)),
        None => Some((at(clock, story_day()), next)),
    }
}

fn clock(c: Cursor<'_>) -> Parsed<'_, Clock> {
    let (hour, minute, next) = hour_and_minute(c)?;
    let (zone, next) = zone(next);
    Some((Clock::Minute(hour, minute, zone), next))
}

fn hour_and_minute(c: Cursor<'_>) -> Option<(u8, u8, Cursor<'_>)> {
    if let Class::Meridiem { value, after_noon } = c.class() {
        return Some((half_day(value, after_noon)?, 0, c.skip(1)));
    }
    if let Some((hour, minute)) = with_h(c.text()) {
        return Some((hour, minute, c.skip(1)));
    }
    let (number, next) = c.digits(1..=4)?;
    let length = c.text().len();
    if length <= 2 {
        if let Some((hour, minute, end)) = with_minutes(number, next) {
            return Some((hour, minute, end));
        }
        let hour = u8::try_from(number).ok()?;
        if let Some((after_noon, end)) = meridiem(next) {
            return Some((half_day(hour, after_noon)?, 0, end));
        }
        return oclock(next).map(|end| (hour % 24, 0, end)).filter(|_| hour <= 12);
    }
    let (hour, minute) = in_four_digits(number, length)?;
    if let Some(end) = clock_word(next) {
        return Some((hour, minute, end));
    }
    (is_zoned(next) || is_at_an_hour(c, next)).then_some((hour, minute, next))
}

/// "17h30", "9h05".
fn with_h(text: &str) -> Option<(u8, u8)> {
    let (hour, minute) = text.split_once('h')?;
    let is_time = matches!(hour.len(), 1..=2) && minute.len() == 2;
    let (hour, minute) = is_time.then(|| Some((hour.parse().ok()?, minute.parse().ok()?)))??;
    is_on_the_clock(hour, minute).then_some((hour, minute))
}

/// "1730", "0430".
pub fn in_four_digits(number: u32, length: usize) -> Option<(u8, u8)> {
    let (hour, minute) = (u8::try_from(number / 100).ok()?, (number % 100) as u8);
    (length == 4 && is_on_the_clock(hour, minute)).then_some((hour, minute))
}

/// Whether a zone or "local time" follows.
pub fn is_zoned(c: Cursor<'_>) -> bool {
    matches!(c.class(), Class::Zone) || c.key(&[Key::Local]).is_some()
}

/// Behind "hours" or "hrs", which a four-digit time has and a length of time of that size does not.
pub fn clock_word(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let is_count = c.ahead(1) == Class::Key(Key::Of);
    (matches!(c.text(), "hours" | "hrs") && !c.touches() && !is_count).then(|| c.skip(1))
}

/// "at 0430", "at 1730 on Tuesday": no year and no count stands behind "at" and before a day or the end of the phrase.
fn is_at_an_hour(c: Cursor<'_>, next: Cursor<'_>) -> bool {
    let is_early = c.text().starts_with('0');
    let before = c.behind(1);
    let at = matches!(before, Class::Key(Key::At));
    let at_or_so = at
        || is_early
            && matches!(
                before,
                Class::Key(
                    Key::By
                        | Key::Until
                        | Key::About
                        | Key::Before
                        | Key::After
                        | Key::From
                        | Key::Between
                        | Key::Since
                )
            );
    let ends = matches!(
        next.class(),
        Class::Break
            | Class::Mark(b'.' | b',' | b';' | b')')
            | Class::Key(Key::On | Key::And | Key::To | Key::Yesterday | Key::Today | Key::Tomorrow)
            | Class::Weekday(_)
    );
    at_or_so && ends
}

/// The day ends at 24:00, not a minute later.
fn is_on_the_clock(hour: u8, minute: u8) -> bool {
    hour < 24 && minute < 60 || (hour, minute) == (24, 0)
}

/// "10:30", "10.30 a.m.", "10:30pm".
fn with_minutes(hour: u32, c: Cursor<'_>) -> Option<(u8, u8, Cursor<'_>)> {
    let hour = u8::try_from(hour).ok()?;
    let colon = c.mark(b':').filter(|_| c.touches());
    let next = colon.or_else(|| c.mark(b'.').filter(|_| c.touches()))?;
    if let Class::Meridiem { value, after_noon } = next.class() {
        return Some((half_day(hour, after_noon)?, value, next.skip(1))).filter(|_| value < 60);
    }
    let (minute, end) = next.digits(2..=2).filter(|_| next.touches())?;
    let minute = u8::try_from(minute).ok().filter(|minute| *minute < 60)?;
    match meridiem(end) {
        Some((after_noon, end)) => Some((half_day(hour, after_noon)?, minute, end)),
        None if colon.is_some() && is_on_the_clock(hour, minute) && end.mark(b':').is_none() => {
            Some((hour, minute, end))
        }
        None => None,
    }
}

/// "a.m.", "pm", "PM".
fn meridiem(c: Cursor<'_>) -> Parsed<'_, bool> {
    if let Some(end) = c.key(&[Key::Am, Key::Pm]) {
        return Some((c.key(&[Key::Pm]).is_some(), end));
    }
    let after_noon = match c.class() {
        Class::Key(Key::A) if c.text().len() == 1 => false,
        Class::Key(Key::P) => true,
        _ => return None,
    };
    let end = c.skip(1).mark(b'.')?.key(&[Key::M])?;
    // The second stop may end the sentence; it is part of the abbreviation all the same.
    Some((after_noon, end.mark(b'.').filter(|_| end.touches()).unwrap_or(end)))
}

fn half_day(hour: u8, after_noon: bool) -> Option<u8> {
    match (hour, after_noon) {
        (12, false) => Some(0),
        (12, true) => Some(12),
        (0..12, true) => Some(hour + 12),
        (0..12, false) => Some(hour),
        _ => None,
    }
}

fn oclock(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let next = c.mark(b'\'').map_or(c, |next| next);
    next.key(&[Key::Oclock]).or_else(|| {
        let next = (c.text() == "o").then(|| c.skip(1))?.mark(b'\'')?;
        (next.text() == "clock").then(|| next.skip(1))
    })
}

/// Hours ahead of Greenwich, where the zone has one meaning.
fn zone(c: Cursor<'_>) -> (Option<i8>, Cursor<'_>) {
    let c = match c.key(&[Key::Local]) {
        Some(next) if next.key(&[Key::Time]).is_some() => return (None, next.skip(1)),
        _ => c,
    };
    let bracket =
        c.mark(b'(').filter(|next| next.class() == Class::Zone && next.skip(1).mark(b')').is_some());
    let inner = bracket.unwrap_or(c);
    if inner.class() != Class::Zone {
        return (None, c);
    }
    let hours = match inner.text() {
        "GMT" | "UTC" => Some(0),
        "EST" => Some(-5),
        "EDT" => Some(-4),
        "CET" => Some(1),
        "CEST" | "EET" => Some(2),
        "EEST" | "MSK" => Some(3),
        _ => None,
    };
    (hours, inner.skip(if bracket.is_some() { 2 } else { 1 }))
}

/// What says behind two four-digit numbers that they are times of day: a zone, "hours", a weekday.
pub fn hours_behind(c: Cursor<'_>) -> Option<Hours> {
    let word = clock_word(c);
    let is_told = word.is_some() || is_zoned(c);
    let (zone, next) = zone(word.unwrap_or(c));
    match day_behind(next) {
        Some((day, end)) if is_told || is_weekday(&day) => Some(Hours { day, zone, end: end.at }),
        _ if is_told => Some(Hours { day: story_day(), zone, end: next.at }),
        _ => None,
    }
}

/// Years have no weekdays.
fn is_weekday(day: &Symbol) -> bool {
    matches!(day, Symbol::Named(Name::Weekday(_), _) | Symbol::Step(_, Unit::Day, Anchor::Published))
}

/// The day behind a clock time: "Monday", "on Monday", ", March 19 EST", "yesterday".
fn day_behind(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.maybe_mark(b',').maybe(&[Key::On]);
    let (day, end) = day(next)?;
    let (_, end) = zone(end);
    Some((day, end))
}

/// "noon Thursday", "the morning of 6 June", "early on the morning of Monday", "mid-afternoon yesterday".
fn part_of_day(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let start = early_or_late(c);
    let article = start.maybe(&[Key::The]);
    let Class::Part(part) = article.class() else { return None };
    let next = article.skip(1);
    let hours = next
        .unit()
        .filter(|((unit, plural), _)| *unit == Unit::Hour && *plural)
        .map_or(next, |(_, next)| next);
    if let Some((day, end)) = hours.key(&[Key::Of]).and_then(day) {
        return Some((at(Clock::Part(part), day), end));
    }
    let is_point = matches!(part, DayPart::Noon | DayPart::Midnight | DayPart::Dawn);
    let (day, end) = day_behind(next).filter(|_| is_point || start.at > c.at)?;
    Some((at(Clock::Part(part), day), end))
}

fn early_or_late(c: Cursor<'_>) -> Cursor<'_> {
    match c.key(&[Key::Early, Key::Late, Key::Mid]) {
        Some(next) => next.maybe_mark(b'-').maybe(&[Key::On, Key::In]),
        None => c,
    }
}

/// "Friday evening", "yesterday morning", "4 July night", "early Tuesday morning".
fn day_then_part(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let start = early_or_late(c);
    let (day, next) = day(start)?;
    let next = next.maybe_mark(b',').maybe(&[Key::In]).maybe(&[Key::The]);
    let next = next.maybe(&[Key::Early, Key::Late]).maybe_mark(b'-');
    let Class::Part(part) = next.class() else { return None };
    (!next.text().ends_with('s')).then(|| (at(Clock::Part(part), day), next.skip(1)))
}

/// "this morning", "last night", "that evening", "the next morning", "the same night", "the previous night".
fn part_of_story(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let start = early_or_late(c).maybe(&[Key::Earlier, Key::Later]);
    let article = start.maybe(&[Key::The]);
    let (n, anchor) = match article.class() {
        Class::Key(Key::This) => (0, Anchor::Published),
        Class::Key(Key::Last) => (-1, Anchor::Published),
        Class::Key(Key::That | Key::Same) => (0, Anchor::Story),
        Class::Key(Key::Next | Key::Following) => (1, Anchor::Story),
        Class::Key(Key::Previous) => (-1, Anchor::Story),
        _ => return None,
    };
    let next = article.skip(1).maybe(&[Key::Same]).maybe(&[Key::Early, Key::Late]);
    let Class::Part(part) = next.class() else { return None };
    Some((at(Clock::Part(part), Symbol::Step(n, Unit::Day, anchor)), next.skip(1)))
}

/// "tonight", "overnight", "at noon", "at dawn", "in the morning", "mid-afternoon".
fn single_word(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    match c.class() {
        Class::Key(Key::Tonight) => {
            Some((at(Clock::Part(DayPart::Night), Symbol::Step(0, Unit::Day, Anchor::Published)), c.skip(1)))
        }
        Class::Key(Key::Overnight) => {
            Some((at(Clock::Part(DayPart::Night), Symbol::Step(-1, Unit::Day, Anchor::Published)), c.skip(1)))
        }
        _ => lone_part(c),
    }
}

fn lone_part(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let start = c.key(&[Key::Mid, Key::Early, Key::Late]).map_or(c, |next| next.maybe_mark(b'-'));
    let article = start.maybe(&[Key::The]);
    let Class::Part(part) = article.class() else { return None };
    let introduced = matches!(
        c.behind(1),
        Class::Key(Key::At | Key::By | Key::In | Key::Until | Key::Before | Key::After | Key::Since)
    );
    let is_point = matches!(part, DayPart::Noon | DayPart::Midnight | DayPart::Dawn);
    let at_night = part == DayPart::Night && article.at == c.at;
    let end = article.skip(1);
    let is_alone = end.mark(b'-').is_none() && relative::step(end).is_none();
    if at_night && introduced && is_alone {
        return Some((Symbol::Fixed(super::super::value::Value::Unknown("XXXX-XX-XXTNI".to_owned())), end));
    }
    let fits = introduced && (is_point || article.at > start.at) || start.at > c.at;
    (fits && is_alone).then(|| (at(Clock::Part(part), story_day()), end))
}
