//! *Which expressions say how often?* "every Monday", "daily", "each year", "per month", "Tuesday nights".

use super::super::length::{Count, Length};
use super::super::lexicon::{Class, Key};
use super::super::symbol::Symbol;
use super::super::unit::Unit;
use super::cursor::{Cursor, Parsed};
use super::number;

/// A recurring time.
pub fn set(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    every(c).or_else(|| per(c)).or_else(|| adverb(c)).or_else(|| plural_name(c))
}

fn every(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.key(&[Key::Every, Key::Each])?;
    if let Some(end) = next.key(&[Key::Other]).and_then(Cursor::unit) {
        return Some((Symbol::Set(Length::new(Count::Number(2.0), end.0.0).to_string()), end.1));
    }
    if let Some(name) = name(next) {
        return Some(name);
    }
    let (count, next) = number::number(next).unwrap_or((1.0, next));
    let ((unit, _), end) = next.unit()?;
    let value = match unit {
        Unit::Day if count == 1.0 => "XXXX-XX-XX".to_owned(),
        _ => Length::new(Count::Number(count), unit).to_string(),
    };
    Some((Symbol::Set(value), end))
}

/// The value of a recurring name: `XXXX-WXX-1`, `XXXX-07`, `XXXX-SU`, `XXXX-XX-XXTNI`.
fn name(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (value, end) = match c.class() {
        Class::Weekday(weekday) => (format!("XXXX-WXX-{weekday}"), c.skip(1)),
        Class::Month(month) => (format!("XXXX-{month:02}"), c.skip(1)),
        Class::Season(season) => (format!("XXXX-{}", season.code()), c.skip(1)),
        Class::Part(part) => (format!("XXXX-XX-XXT{}", part.code()), c.skip(1)),
        Class::Unit { unit: Unit::Weekend, .. } => ("XXXX-WXX-WE".to_owned(), c.skip(1)),
        _ => return None,
    };
    match end.class() {
        Class::Part(part) if matches!(c.class(), Class::Weekday(_)) => {
            Some((Symbol::Set(format!("{value}T{}", part.code())), end.skip(1)))
        }
        _ => Some((Symbol::Set(value), end)),
    }
}

/// "per day", "a month" behind "twice" is read with the lengths.
fn per(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), end) = c.key(&[Key::Per])?.unit()?;
    let value = Length::new(Count::Number(1.0), unit).to_string();
    (!plural && unit >= Unit::Day).then_some((Symbol::Set(value), end))
}

fn adverb(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let value = match c.class() {
        Class::Key(Key::Daily) => "XXXX-XX-XX",
        Class::Key(Key::Hourly) => "PT1H",
        Class::Key(Key::Weekly) => "P1W",
        Class::Key(Key::Fortnightly) => "P2W",
        Class::Key(Key::Monthly) => "P1M",
        Class::Key(Key::Annually) => "P1Y",
        _ => return None,
    };
    Some((Symbol::Set(value.to_owned()), c.skip(1)))
}

/// "Fridays", "Tuesday nights".
fn plural_name(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let Class::Weekday(_) = c.class() else { return None };
    let night = matches!(c.ahead(1), Class::Part(_)) && c.skip(1).text().ends_with('s');
    (c.text().ends_with("days") || night).then(|| name(c))?
}
