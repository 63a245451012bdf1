//! *How many, or the how-manieth?*

use super::super::length::Count;
use super::super::lexicon::{Class, Key};
use super::cursor::{Cursor, Parsed};

/// "three", "3", "2 1/2", "two and a half", "a few", "several dozen", "a", "half a".
pub fn count(c: Cursor<'_>) -> Parsed<'_, Count> {
    vague(c)
        .or_else(|| half(c))
        .or_else(|| number(c).map(|(number, c)| with_half(number, c)))
        .or_else(|| c.key(&[Key::A]).map(|c| (Count::Number(1.0), c)))
}

/// "a few", "several", "a couple of" (two), "dozens of".
fn vague(c: Cursor<'_>) -> Parsed<'_, Count> {
    let after_article = c.maybe(&[Key::A]);
    let found = match after_article.class() {
        Class::Key(Key::Few) => Count::Vague,
        Class::Key(Key::Couple | Key::Pair) => Count::Number(2.0),
        Class::Key(Key::Dozen) if after_article.text().ends_with('n') => Count::Number(12.0),
        Class::Key(Key::Dozen) => Count::Vague,
        Class::Key(Key::Some) if after_article.at == c.at => Count::Vague,
        _ => return None,
    };
    let c = after_article.skip(1);
    Some((found, c.maybe(&[Key::Dozen]).maybe(&[Key::Of])))
}

fn half(c: Cursor<'_>) -> Parsed<'_, Count> {
    let c = c.maybe(&[Key::A]).key(&[Key::Half])?;
    Some((Count::Number(0.5), c.maybe_mark(b'-').maybe(&[Key::A])))
}

fn with_half(number: f64, c: Cursor<'_>) -> (Count, Cursor<'_>) {
    match and_a_half(c) {
        Some(c) => (Count::Number(number + 0.5), c),
        None => (Count::Number(number), c),
    }
}

/// "and a half", "1/2", "-and-a-half".
pub fn and_a_half(c: Cursor<'_>) -> Option<Cursor<'_>> {
    let words = || {
        let c = c.maybe_mark(b'-').key(&[Key::And])?.maybe_mark(b'-');
        c.maybe(&[Key::A]).maybe_mark(b'-').key(&[Key::Half])
    };
    let fraction = || {
        let (one, c) = c.digits(1..=1)?;
        let (two, c) = c.mark(b'/')?.digits(1..=1)?;
        (one == 1 && two == 2).then_some(c)
    };
    words().or_else(fraction)
}

/// "3", "3,000", "22.8", "twenty-four", "a hundred", "two thousand".
pub fn number(c: Cursor<'_>) -> Parsed<'_, f64> {
    in_digits(c).or_else(|| in_letters(c))
}

fn in_digits(c: Cursor<'_>) -> Parsed<'_, f64> {
    let (mut value, mut c) = c.digits(1..=7).map(|(value, c)| (f64::from(value), c))?;
    while let Some((group, next)) = continued(c, b',').and_then(|c| c.digits(3..=3)) {
        (value, c) = (value * 1000.0 + f64::from(group), next);
    }
    if let Some((tenths, next)) = continued(c, b'.').and_then(|c| c.digits(1..=2)) {
        let scale = if next.text_behind(1).len() == 1 { 10.0 } else { 100.0 };
        return Some((value + f64::from(tenths) / scale, next));
    }
    let scaled = scale(c).map(|(scale, c)| (value * scale, c));
    Some(scaled.unwrap_or((value, c)))
}

/// Behind a mark that stands between two digits without a space.
fn continued(c: Cursor<'_>, mark: u8) -> Option<Cursor<'_>> {
    c.touches().then(|| c.mark(mark))?.filter(|c| c.touches())
}

fn in_letters(c: Cursor<'_>) -> Parsed<'_, f64> {
    let article = c.key(&[Key::A]).filter(|c| matches!(c.class(), Class::Scale(_)));
    let (mut total, mut c) = match article {
        Some(c) => (1.0, c),
        None => below_hundred(c)?,
    };
    while let Some((factor, next)) = scale(c) {
        (total, c) = (total * factor, next);
        if let Some((more, next)) = below_hundred(next.maybe(&[Key::And])) {
            (total, c) = (total + more, next);
        }
    }
    Some((total, c))
}

fn scale(c: Cursor<'_>) -> Parsed<'_, f64> {
    match c.class() {
        Class::Scale(scale) => Some((f64::from(scale), c.skip(1))),
        _ => None,
    }
}

fn below_hundred(c: Cursor<'_>) -> Parsed<'_, f64> {
    let Class::Cardinal(tens) = c.class() else { return None };
    let c = c.skip(1);
    let ones = || match c.maybe_mark(b'-') {
        next if tens >= 20 => match next.class() {
            Class::Cardinal(ones @ 1..=9) => Some((ones, next.skip(1))),
            _ => None,
        },
        _ => None,
    };
    let (ones, c) = ones().unwrap_or((0, c));
    Some((f64::from(tens + ones), c))
}

/// "third", "21st", "twenty-first".
pub fn ordinal(c: Cursor<'_>) -> Parsed<'_, u32> {
    match c.class() {
        Class::Ordinal(n) => Some((n, c.skip(1))),
        Class::Cardinal(tens @ (20 | 30)) => {
            let next = c.skip(1).maybe_mark(b'-');
            match next.class() {
                Class::Ordinal(ones @ 1..=9) => Some((tens + ones, next.skip(1))),
                _ => None,
            }
        }
        Class::Unit { unit: super::super::unit::Unit::Second, plural: false } => Some((2, c.skip(1))),
        _ => None,
    }
}

/// "nineteen ninety-seven", "twenty twenty-four", "two thousand"; only years between 1800 and 2099.
pub fn spelled_year(c: Cursor<'_>) -> Parsed<'_, u32> {
    let Class::Cardinal(century) = c.class() else { return None };
    if century == 2 && c.ahead(1) == Class::Scale(1000) {
        let (year, end) = number(c)?;
        return (2000.0..2100.0).contains(&year).then_some((year as u32, end));
    }
    let (rest, end) = below_hundred(c.skip(1).maybe_mark(b'-'))?;
    ((18..=20).contains(&century) && rest >= 10.0).then_some((century * 100 + rest as u32, end))
}
