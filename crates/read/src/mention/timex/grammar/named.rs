//! *Which expressions are names or vague words?* "Christmas Eve", "Ramadan", "now", "recently", "the future".

use super::super::feast::Feast;
use super::super::lexicon::{Class, Key};
use super::super::symbol::{Name, Pick, Symbol};
use super::super::unit::Unit;
use super::super::value::Reference;
use super::cursor::{Cursor, Parsed};

/// A feast or memorial day: which one its year decides.
pub fn feast(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (feast, end) = feast_name(c)?;
    Some((Symbol::Named(Name::Feast(feast), Pick::Near), end))
}

fn feast_name(c: Cursor<'_>) -> Parsed<'_, Feast> {
    if !c.word()?.is_capitalised() {
        return None;
    }
    let next = c.skip(1);
    let or_day = |next| day(next).unwrap_or(next);
    let Class::Key(key) = c.class() else { return None };
    let found = match key {
        Key::Christmas => match next.key(&[Key::Eve]) {
            Some(end) => (Feast::Fixed(12, 24), end),
            None => (Feast::Fixed(12, 25), or_day(next)),
        },
        Key::New => {
            let year = next.maybe_unit(Unit::Year);
            let year = if year.at > next.at {
                year.possessive().or_else(|| year.key(&[Key::S]))?
            } else {
                return None;
            };
            match year.key(&[Key::Eve]) {
                Some(end) => (Feast::Fixed(12, 31), end),
                None => (Feast::Fixed(1, 1), day(year)?),
            }
        }
        Key::Thanksgiving => (Feast::NthWeekday(11, 4, 4), or_day(next)),
        Key::Easter => match (next.class(), next.skip(1)) {
            (Class::Weekday(7), end) => (Feast::Easter(0), end),
            (Class::Weekday(1), end) => (Feast::Easter(1), end),
            _ => (Feast::Easter(0), next),
        },
        Key::Good if next.class() == Class::Weekday(5) => (Feast::Easter(-2), next.skip(1)),
        Key::Palm if next.class() == Class::Weekday(7) => (Feast::Easter(-7), next.skip(1)),
        Key::Ash if next.class() == Class::Weekday(3) => (Feast::Easter(-46), next.skip(1)),
        Key::Pentecost => (Feast::Easter(49), next),
        Key::Epiphany => (Feast::Fixed(1, 6), next),
        Key::Halloween => (Feast::Fixed(10, 31), next),
        Key::Labor => (Feast::NthWeekday(9, 1, 1), day(next)?),
        Key::Memorial => (Feast::NthWeekday(5, -1, 1), day(next)?),
        Key::Veterans => (Feast::Fixed(11, 11), day(next.maybe_mark(b'\''))?),
        Key::Armistice => (Feast::Fixed(11, 11), day(next)?),
        Key::Bastille => (Feast::Fixed(7, 14), day(next)?),
        Key::Boxing => (Feast::Fixed(12, 26), day(next)?),
        Key::Valentine => (Feast::Fixed(2, 14), day(next.possessive()?)?),
        Key::Nowruz => (Feast::Fixed(3, 21), next),
        Key::Eid => {
            let name = next.maybe_mark(b'-').maybe(&[Key::Al]).maybe_mark(b'-');
            match name.class() {
                Class::Key(Key::Fitr) => (Feast::Islamic(10, 1), name.skip(1)),
                Class::Key(Key::Adha) => (Feast::Islamic(12, 10), name.skip(1)),
                _ => return None,
            }
        }
        Key::Ashura => (Feast::Islamic(1, 10), next),
        Key::Arbaeen => (Feast::Islamic(2, 20), next),
        Key::Passover => (Feast::BeforeRoshHashanah(163), next),
        Key::Yom => (Feast::AfterRoshHashanah(9), next.key(&[Key::Kippur])?),
        Key::Rosh => (Feast::AfterRoshHashanah(0), next.key(&[Key::Hashanah])?),
        Key::Sukkot => (Feast::AfterRoshHashanah(14), next),
        Key::Purim => (Feast::BeforeRoshHashanah(193), next),
        _ => return None,
    };
    is_time(found.1).then_some(found)
}

/// Behind "Day".
fn day(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let ((unit, plural), end) = c.unit()?;
    (unit == Unit::Day && !plural).then_some(end)
}

/// "the Easter Rising", "the Yom Kippur War" and "the Christmas truce" are names of other things.
fn is_time(end: Cursor<'_>) -> bool {
    !end.word().is_some_and(|word| word.is_capitalised() && word.class == Class::Other) || end.touches()
}

/// A vague time: "now", "currently", "recently", "the future", "these days".
pub fn reference(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (reference, end) = words(c).or_else(|| phrase(c))?;
    Some((Symbol::Reference(reference), end))
}

fn words(c: Cursor<'_>) -> Parsed<'_, Reference> {
    let reference = match c.class() {
        Class::Key(Key::Now) => Reference::Present,
        Class::Key(Key::Nowadays) => Reference::Present,
        Class::Key(Key::Current) => Reference::Present,
        Class::Key(Key::Recently) => Reference::Past,
        Class::Key(Key::Recent) => Reference::Past,
        Class::Key(Key::Future) => Reference::Future,
        _ => return None,
    };
    Some((reference, c.skip(1)))
}

fn phrase(c: Cursor<'_>) -> Parsed<'_, Reference> {
    let next = c.skip(1);
    match c.class() {
        Class::Key(Key::The) => match next.class() {
            Class::Key(Key::Past) if ends_phrase(next.skip(1)) => Some((Reference::Past, next.skip(1))),
            Class::Key(Key::Future) if ends_phrase(next.skip(1)) => Some((Reference::Future, next.skip(1))),
            Class::Key(Key::Near | Key::Distant) => {
                Some((Reference::Future, next.skip(1).key(&[Key::Future, Key::Term])?))
            }
            Class::Key(Key::Present) if ends_phrase(next.skip(1)) => Some((Reference::Present, next.skip(1))),
            Class::Key(Key::Moment) if c.behind(1) == Class::Key(Key::At) => {
                Some((Reference::Present, next.skip(1)))
            }
            _ => None,
        },
        Class::Key(Key::Date) if c.behind(1) == Class::Key(Key::To) && ends_phrase(next) => {
            Some((Reference::Present, next))
        }
        Class::Key(Key::These) => {
            let ((unit, plural), end) = next.unit()?;
            (unit == Unit::Day && plural).then_some((Reference::Present, end))
        }
        _ => None,
    }
}

/// "the past", but not "the past president".
fn ends_phrase(c: Cursor<'_>) -> bool {
    !matches!(c.class(), Class::Other | Class::Unit { .. } | Class::Digits { .. })
        || c.touches()
        || matches!(
            c.text(),
            "have"
                | "has"
                | "when"
                | "he"
                | "it"
                | "they"
                | "that"
                | "which"
                | "we"
                | "but"
                | "were"
                | "was"
                | "is"
        )
}
