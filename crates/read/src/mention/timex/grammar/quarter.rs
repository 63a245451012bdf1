//! *Which expressions name a part of a year?* "the third quarter of 1990", "first-half", "Q3 2004", "fiscal 1989".

use super::super::lexicon::{Class, Key};
use super::super::symbol::{Name, Pick, Symbol};
use super::super::unit::Unit;
use super::cursor::{Cursor, Parsed};
use super::{number, relative, year};

/// A quarter, a half or a business year.
pub fn part_of_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    fiscal_year(c)
        .or_else(|| of_year(c))
        .or_else(|| years_own(c))
        .or_else(|| alone(c))
        .or_else(|| some_quarter(c))
}

/// "third quarter", "the fiscal first-quarter", "the second half", "Q3".
fn name(c: Cursor<'_>) -> Parsed<'_, Name> {
    let c = c.maybe(&[Key::The]).maybe(&[Key::Fiscal]).maybe_mark(b'-');
    if let Some(quarter) = c.text().strip_prefix('Q').and_then(|digit| digit.parse::<u8>().ok()) {
        return (1..=4).contains(&quarter).then_some((Name::Quarter(quarter), c.skip(1)));
    }
    let (nth, next) = number::ordinal(c).or_else(|| edge(c))?;
    let next = next.maybe_mark(b'-');
    match next.class() {
        Class::Unit { unit: Unit::Quarter, plural: false } if (1..=4).contains(&nth) => {
            Some((Name::Quarter(nth as u8), next.skip(1)))
        }
        Class::Key(Key::Half) if (1..=2).contains(&nth) => Some((Name::Half(nth as u8), next.skip(1))),
        _ => None,
    }
}

/// "the latter half", "the last half".
fn edge(c: Cursor<'_>) -> Parsed<'_, u32> {
    let end = c.key(&[Key::Latter, Key::Last])?;
    (end.class() == Class::Key(Key::Half)).then_some((2, end))
}

/// "the third quarter of 1990", "the first half of last year", "Q3 2004".
fn of_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (name, next) = name(c)?;
    let next = next.maybe_mark(b',').maybe(&[Key::Of, Key::In]).maybe(&[Key::Fiscal]);
    let (year, end) = year::year_only(next).or_else(|| {
        relative::step(next).filter(|(symbol, _)| matches!(symbol, Symbol::Step(_, Unit::Year, _)))
    })?;
    Some((Symbol::Inside(name, Box::new(year)), end))
}

/// "last year's third quarter", "the 1988 second quarter".
fn years_own(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let possessed = relative::step(c).and_then(|(year, next)| Some((year, next.possessive()?)));
    let (year, next) = possessed.or_else(|| year::year_only(c.key(&[Key::The])?))?;
    if !matches!(year, Symbol::Step(_, Unit::Year, _) | Symbol::Fixed(_)) {
        return None;
    }
    let (name, end) = name(next)?;
    Some((Symbol::Inside(name, Box::new(year)), end))
}

/// A half by itself is rather one of a match than of a year.
fn alone(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (name, end) = name(c)?;
    matches!(name, Name::Quarter(_)).then_some((Symbol::Named(name, Pick::Near), end))
}

/// "the quarter", "the latest quarter".
fn some_quarter(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let article = c.key(&[Key::The])?;
    let latest = article.maybe(&[Key::Latest]);
    if let Some(end) = latest.key(&[Key::Period]).filter(|_| latest.at > article.at) {
        return Some((Symbol::Named(Name::SomeQuarter, Pick::Near), end));
    }
    let ((unit, plural), end) = latest.unit()?;
    (unit == Unit::Quarter && !plural).then_some((Symbol::Named(Name::SomeQuarter, Pick::Near), end))
}

/// "fiscal 1989", "fiscal year 2004".
fn fiscal_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.key(&[Key::Fiscal])?.maybe_unit(Unit::Year);
    year::year_only(next)
}
