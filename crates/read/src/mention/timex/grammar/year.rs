//! *Is this number a year?* "in 1990", "1914-1918", "the year 2000", "'99", "490 BC", "nineteen ninety-seven".

use super::super::lexicon::{Class, Key};
use super::super::symbol::Symbol;
use super::super::unit::Unit;
use super::super::value::Value;
use super::super::words::Word;
use super::cursor::{Cursor, Parsed};
use super::number;

/// A year that stands alone.
pub fn year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (year, end) = shortened(c).or_else(|| spelled(c)).or_else(|| four_digits(c))?;
    Some((Symbol::Fixed(Value::Year(year)), end))
}

/// Where only a year can stand: behind "the third quarter of".
pub fn year_only(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (year, end) = of_era(c).or_else(|| short_year(c)).or_else(|| long_year(c))?;
    Some((Symbol::Fixed(Value::Year(year)), end))
}

/// ", 2024", " 2024", " of 2024", " 480 BC" behind a month or a day of one.
pub fn year_behind(c: Cursor<'_>) -> Parsed<'_, i16> {
    let next = c.maybe_mark(b',').maybe(&[Key::Of, Key::In]);
    of_era(next).or_else(|| long_year(next)).or_else(|| short_year(c))
}

fn long_year(c: Cursor<'_>) -> Parsed<'_, i16> {
    let (year, end) = c.digits(4..=4).or_else(|| number::spelled_year(c))?;
    let year = i16::try_from(year).ok().filter(|year| (1000..2200).contains(year))?;
    (!continues_number(end)).then_some((year, end))
}

/// "'99", "'04".
fn short_year(c: Cursor<'_>) -> Parsed<'_, i16> {
    let next = c.mark(b'\'')?;
    let (year, end) = next.digits(2..=2).filter(|_| next.touches())?;
    Some((full_year(year)?, end))
}

/// Two digits stand for a year between 1930 and 2029.
pub fn full_year(year: u32) -> Option<i16> {
    let year = i16::try_from(year).ok()?;
    Some(match year {
        0..30 => year + 2000,
        30..100 => year + 1900,
        _ => year,
    })
}

/// "490 BC", "AD 70", "70 AD"; "499" in "499 to 493 BC".
pub fn of_era(c: Cursor<'_>) -> Parsed<'_, i16> {
    if let Some(era) = c.key(&[Key::Ad]).filter(|_| c.text() == "AD") {
        let (year, end) = era.digits(1..=4)?;
        return Some((some_year(year)?, end));
    }
    let (year, end) = c.digits(1..=4)?;
    let year = some_year(year)?;
    if let Some(end) = before_christ(end) {
        return Some((1 - year, end));
    }
    if let Some(behind) = end.key(&[Key::Ad]).filter(|_| end.text() == "AD" || end.text() == "CE") {
        return Some((year, behind));
    }
    let joined = end.mark(b'-').or_else(|| end.key(&[Key::To, Key::And, Key::Or]))?;
    let (_, other) = joined.digits(1..=4)?;
    before_christ(other).map(|_| (1 - year, end))
}

fn some_year(year: u32) -> Option<i16> {
    i16::try_from(year).ok().filter(|year| *year > 0)
}

/// Behind "BC", "B.C.", "BCE".
pub fn before_christ(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let short = || c.key(&[Key::Bc]).filter(|_| c.word().is_some_and(Word::is_capitalised));
    let dotted = || Some(c.key(&[Key::B])?.mark(b'.')?.key(&[Key::C])?.maybe_mark(b'.'));
    short().or_else(dotted)
}

/// Whether digits go on behind a comma or a stop: "27,000", "3.141".
pub fn continues_number(c: Cursor<'_>) -> bool {
    let joined = c.touches() && (c.mark(b',').is_some() || c.mark(b'.').is_some());
    joined && c.skip(1).touches() && matches!(c.ahead(1), Class::Digits { length: 3, .. })
}

fn shortened(c: Cursor<'_>) -> Parsed<'_, i16> {
    let is_apart = !matches!(c.behind(1), Class::Digits { .. }) && !c.touches();
    short_year(c).filter(|_| is_apart)
}

/// "nineteen ninety-seven", "the year two thousand".
fn spelled(c: Cursor<'_>) -> Parsed<'_, i16> {
    let (year, end) = number::spelled_year(c.maybe(&[Key::The]).maybe_unit(Unit::Year))?;
    Some((some_year(year)?, end))
}

fn four_digits(c: Cursor<'_>) -> Parsed<'_, i16> {
    let (year, end) = c.digits(4..=4)?;
    let year = some_year(year)?;
    is_year(c, end, year).then_some((year, end))
}

/// Whether four digits are a year and not a count, a price, a number on a door.
fn is_year(c: Cursor<'_>, end: Cursor<'_>, year: i16) -> bool {
    if continues_number(end) || c.touches() && !may_touch(c) || end.touches() && !may_follow(end) {
        return false;
    }
    let counts = counts_things(end);
    match year {
        1900..=2060 if is_introduced(c) => {
            !counts || c.behind(1) == Class::Key(Key::In) || c.behind(1) == Class::Key(Key::Since)
        }
        1900..=2060 => !is_counted(c) && !counts,
        1000..1900 if is_introduced(c) => !counts,
        1400..1900 => !is_counted(c) && !counts && is_listed(c, end),
        _ => false,
    }
}

/// Whether a word stands before it that years like: "in", "since", "the spring of".
fn is_introduced(c: Cursor<'_>) -> bool {
    const KEYS: &[Key] = &[
        Key::In,
        Key::Since,
        Key::Until,
        Key::By,
        Key::Early,
        Key::Late,
        Key::From,
        Key::Of,
        Key::Before,
        Key::After,
        Key::Between,
        Key::Through,
        Key::During,
        Key::Mid,
        Key::For,
        Key::Fiscal,
    ];
    match c.behind(1) {
        Class::Key(key) => KEYS.contains(&key),
        Class::Season(_) | Class::Unit { unit: Unit::Year, plural: false } => true,
        _ => false,
    }
}

/// Whether a word stands before it that counts like: "some", "more than".
fn is_counted(c: Cursor<'_>) -> bool {
    matches!(
        c.behind(1),
        Class::Key(Key::About | Key::Some | Key::Than | Key::Least | Key::Over | Key::Under | Key::Up)
    )
}

/// A bracket, a dash or a slash may stand at a year; a currency sign, "#" or a letter may not.
fn may_touch(c: Cursor<'_>) -> bool {
    matches!(c.behind(1), Class::Break | Class::Mark(b'(' | b'-' | b'/' | b'[' | b'"' | b'\'' | 0 | b'_'))
}

/// No per cent, no decimal, no clock time behind it.
fn may_follow(end: Cursor<'_>) -> bool {
    let goes_on = end.skip(1).touches() && matches!(end.ahead(1), Class::Digits { .. });
    match end.class() {
        Class::Break => true,
        Class::Mark(b'.' | b':') => !goes_on,
        Class::Mark(mark) => !matches!(mark, b'%' | b'$' | b'@' | b'='),
        _ => false,
    }
}

const MEASURES: &[&str] = &[
    "people",
    "troops",
    "men",
    "km",
    "kilometers",
    "kilometres",
    "miles",
    "m",
    "metres",
    "feet",
    "tons",
    "tonnes",
    "GMT",
    "UTC",
    "percent",
    "soldiers",
    "women",
    "children",
];

/// Words in -s behind a year that are not what is counted.
const NOT_COUNTED: &[&str] =
    &["was", "has", "is", "does", "sees", "marks", "elections", "this", "talks", "protests", "attacks"];

/// Whether a plural or a unit of measure follows: "1500 troops", "2000 km".
fn counts_things(end: Cursor<'_>) -> bool {
    if end.touches() {
        return false;
    }
    let text = end.text();
    let is_lower = text.as_bytes().first().is_some_and(u8::is_ascii_lowercase);
    let is_plural = is_lower && text.len() > 3 && text.ends_with('s') && !text.ends_with("ss");
    is_plural && !NOT_COUNTED.contains(&text)
        || MEASURES.contains(&text)
        || matches!(end.class(), Class::Zone | Class::Scale(_))
}

/// An old year that nothing introduces stands in brackets, between dashes, beside another date, or behind "the".
fn is_listed(c: Cursor<'_>, end: Cursor<'_>) -> bool {
    let before = matches!(
        c.behind(1),
        Class::Break
            | Class::Mark(b'(' | b'-' | b'[' | b'/' | b',')
            | Class::Key(Key::And | Key::Or | Key::To | Key::The | Key::As)
    );
    before || matches!(end.class(), Class::Mark(b')' | b'-' | b']'))
}
