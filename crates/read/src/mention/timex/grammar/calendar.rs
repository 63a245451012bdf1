//! *Which dates stand in the text in so many words?* "27 January 2024", "Saturday, Jan. 27", "2024-01-27", "1990s", "490 BC".

use super::super::feast;
use super::super::lexicon::{Class, Key};
use super::super::symbol::{Name, Pick, Symbol, WeekDay};
use super::super::unit::Unit;
use super::super::value::{self, Value};
use super::super::words::Word;
use super::cursor::{Cursor, Parsed};
use super::number;
use super::year::{before_christ, continues_number, full_year, of_era, year_behind};

/// A date of the calendar.
pub fn date(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    iso(c)
        .or_else(|| slashed(c))
        .or_else(|| dotted(c))
        .or_else(|| year_first(c))
        .or_else(|| joined_month(c))
        .or_else(|| with_weekday(c))
        .or_else(|| month_day(c, None))
        .or_else(|| hijri(c))
        .or_else(|| month(c))
        .or_else(|| decade(c))
        .or_else(|| century(c))
        .or_else(|| bare_era(c))
}

/// "2024-01-27", "2024-01", "2004-W12", "20240127".
fn iso(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (year, next) = c.digits(4..=4)?;
    let year = i16::try_from(year).ok()?;
    let next = next.mark(b'-').filter(|dash| dash.touches())?;
    let (month, next) = next.digits(2..=2).filter(|_| next.touches())?;
    let month = i8::try_from(month).ok()?;
    if let Some((day, end)) = next.mark(b'-').filter(|_| next.touches()).and_then(|next| next.digits(2..=2)) {
        return Some((Symbol::Fixed(Value::day(year, month, i8::try_from(day).ok()?)?), end));
    }
    // "2003-04" is more often two years than a month.
    (year >= 1900 && month > 0 && i16::from(month) < year % 100 && month <= 12)
        .then(|| Value::month(year, month))?
        .map(|value| (Symbol::Fixed(value), next))
}

/// "01/27/2024" and, where the first number can be no month, "27/01/2024"; "11/02/89".
fn slashed(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (first, next) = c.digits(1..=2)?;
    let (second, next) = next.mark(b'/').filter(|_| next.touches())?.digits(1..=2)?;
    let (year, next) = next.mark(b'/').filter(|_| next.touches())?.digits(2..=4)?;
    let (month, day) = if first > 12 { (second, first) } else { (first, second) };
    day_value(full_year(year)?, month, day).map(|symbol| (symbol, next))
}

/// "27.01.2024", "27.1.2024".
fn dotted(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (day, next) = c.digits(1..=2)?;
    let (month, next) = next.mark(b'.').filter(|_| next.touches())?.digits(1..=2)?;
    let (year, end) = next.mark(b'.').filter(|_| next.touches())?.digits(4..=4)?;
    day_value(i16::try_from(year).ok()?, month, day).map(|symbol| (symbol, end))
}

/// "2020/06/18", "2020.06.18".
fn year_first(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (year, next) = c.digits(4..=4).filter(|(year, _)| (1000..2200).contains(year))?;
    let mark = [b'/', b'.'].into_iter().find(|mark| next.class() == Class::Mark(*mark))?;
    let (month, next) = joined(next, mark)?.digits(1..=2)?;
    let (day, end) = joined(next, mark)?.digits(1..=2)?;
    day_value(i16::try_from(year).ok()?, month, day).map(|symbol| (symbol, end))
}

/// A month by its name between hyphens or slashes: "Jun-18-2020", "18/Jun/2020", "19-Nov-12", "2020-Jun-18".
fn joined_month(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let dash = |c: Cursor<'_>| [b'-', b'/'].into_iter().find(|mark| c.class() == Class::Mark(*mark));
    let mark = dash(c.skip(1))?;
    let second = joined(c.skip(1), mark)?;
    let third = joined(second.skip(1), mark)?;
    let end = third.skip(1);
    let (year, month, day) = match (c.class(), second.class(), third.class()) {
        (Class::Month(month), Class::Digits { value: day, length: 1..=2 }, year)
        | (Class::Digits { value: day, length: 1..=2 }, Class::Month(month), year) => {
            (year_of(year)?, month, day)
        }
        (
            Class::Digits { value: year @ 1000..2200, length: 4 },
            Class::Month(month),
            Class::Digits { value, length: 1..=2 },
        ) => (i16::try_from(year).ok()?, month, value),
        _ => return None,
    };
    day_value(year, u32::from(month.unsigned_abs()), day).map(|symbol| (symbol, end))
}

/// Two digits or four.
fn year_of(class: Class) -> Option<i16> {
    match class {
        Class::Digits { value, length: 2 } => full_year(value),
        Class::Digits { value: value @ 1000..2200, length: 4 } => i16::try_from(value).ok(),
        _ => None,
    }
}

/// Behind a mark without white space on either side.
fn joined(c: Cursor<'_>, mark: u8) -> Option<Cursor<'_>> {
    c.touches().then(|| c.mark(mark))?.filter(|next| next.touches())
}

fn day_value(year: i16, month: u32, day: u32) -> Option<Symbol> {
    Value::day(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).map(Symbol::Fixed)
}

/// "Saturday, January 27", "Thursday (Jan. 4)", "Monday the 12th".
fn with_weekday(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let Class::Weekday(weekday) = c.class() else { return None };
    let next = after_abbreviation(c);
    let bracketed = next.mark(b'(').and_then(|inner| {
        let (symbol, end) = month_day(inner, Some(weekday))?;
        Some((symbol, end.mark(b')')?))
    });
    let next = next.maybe_mark(b',').maybe(&[Key::The, Key::On]);
    bracketed.or_else(|| month_day(next, Some(weekday)))
}

/// "January 27, 2024", "27 January 2024", "the 27th of January", "Jan. 27 last year" without the year's words.
fn month_day(c: Cursor<'_>, weekday: Option<i8>) -> Parsed<'_, Symbol> {
    let ((month, day), next) = month_first(c).or_else(|| day_first(c))?;
    let name = Name::MonthDay { month, day, weekday };
    match year_behind(next) {
        Some((year, next)) => {
            // A day that its year does not have is left to the anchors.
            let value = Value::day(year, month, day)?;
            Some((Symbol::Fixed(value), next))
        }
        None => {
            // February has a 29th in some year.
            Value::day(2000, month, day)?;
            Some((Symbol::Named(name, Pick::Near), next))
        }
    }
}

fn month_first(c: Cursor<'_>) -> Parsed<'_, (i8, i8)> {
    let Class::Month(month) = c.class() else { return None };
    let next = after_abbreviation(c).maybe(&[Key::The]);
    let (day, next) = day_number(next)?;
    // "January 27,000" counts something, "March 10:30" is a clock time.
    let is_time = next.mark(b':').is_some_and(|next| next.touches() && next.digits(2..=2).is_some());
    let counts = continues_number(next) || is_time;
    (!counts).then_some(((month, day), next))
}

fn day_first(c: Cursor<'_>) -> Parsed<'_, (i8, i8)> {
    let (day, next) = day_number(c.maybe(&[Key::The]))?;
    let next = next.maybe_mark(b'-').maybe(&[Key::Of]);
    let Class::Month(month) = next.class() else { return None };
    Some(((month, day), after_abbreviation(next)))
}

/// 1 to 31, with or without "st", "nd", "rd", "th"; or "twenty-first", "first".
fn day_number(c: Cursor<'_>) -> Parsed<'_, i8> {
    let digits = c
        .digits(1..=2)
        .map(|(day, next)| (day, next.key(&[Key::Th]).filter(|_| next.touches()).unwrap_or(next)));
    let (day, next) = digits.or_else(|| number::ordinal(c))?;
    let day = i8::try_from(day).ok().filter(|day| (1..=31).contains(day))?;
    Some((day, next))
}

/// Behind a name that may be shortened: the full stop belongs to "Jan.", not to "January."
fn after_abbreviation(c: Cursor<'_>) -> Cursor<'_> {
    let next = c.skip(1);
    let is_short = c.text().len() <= 5 && !matches!(c.text(), "March" | "April" | "June" | "July" | "May");
    next.mark(b'.').filter(|_| is_short && next.touches()).unwrap_or(next)
}

/// "January 2024", "January of 2024", "Jan. '99", "January".
fn month(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let Class::Month(month) = c.class() else { return None };
    let next = after_abbreviation(c);
    if let Some((year, end)) = year_behind(next) {
        return Some((Symbol::Fixed(Value::month(year, month)?), end));
    }
    (is_month(c) && !is_somebody(c)).then_some((Symbol::Named(Name::Month(month), Pick::Near), next))
}

/// "April Jones", "Mrs May"; and "May" alone in a text that names a Theresa May, unless a time is asked for.
fn is_somebody(c: Cursor<'_>) -> bool {
    let is_introduced = matches!(
        c.behind(1),
        Class::Key(
            Key::In
                | Key::Since
                | Key::Until
                | Key::Early
                | Key::Late
                | Key::Mid
                | Key::Last
                | Key::Next
                | Key::This
                | Key::Through
                | Key::During
                | Key::Every
                | Key::Each
                | Key::Of
        )
    );
    !is_introduced && (is_subject(c) || is_given_name(c) || is_titled(c) || is_surname_here(c))
}

/// "And May rejected the plan": a name before a verb that persons have.
fn is_subject(c: Cursor<'_>) -> bool {
    let next = c.skip(1);
    let text = next.text();
    let is_past =
        text.len() > 4 && text.ends_with("ed") && text.bytes().all(|byte| byte.is_ascii_lowercase());
    c.text() == "May"
        && !next.touches()
        && (is_past || matches!(text, "said" | "told" | "says" | "met" | "has" | "had" | "became"))
}

/// A capitalised word that means nothing in time goes on: "August Mwila".
fn is_given_name(c: Cursor<'_>) -> bool {
    let next = c.skip(1);
    let is_person =
        |word: &Word<'_>| word.class == Class::Other && word.is_capitalised() && !is_shouted(word);
    let starts_list =
        matches!(c.behind(1), Class::Mark(b'(' | b'-' | b'/') | Class::Digits { .. } | Class::Ordinal(_));
    !starts_list && !c.word().is_some_and(is_shouted) && next.word().is_some_and(is_person)
}

fn is_shouted(word: &Word<'_>) -> bool {
    word.text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "Mrs May", "Minister June".
fn is_titled(c: Cursor<'_>) -> bool {
    const TITLES: [&str; 12] = [
        "Mr",
        "Mrs",
        "Ms",
        "Miss",
        "Dr",
        "Sir",
        "Lady",
        "Minister",
        "Secretary",
        "President",
        "Senator",
        "Judge",
    ];
    let before = if c.behind(1) == Class::Mark(b'.') { c.text_behind(2) } else { c.text_behind(1) };
    TITLES.contains(&before)
}

/// Whether the text names somebody whose surname this is: "Theresa May".
fn is_surname_here(c: Cursor<'_>) -> bool {
    let is_full_name = |pair: &[Word<'_>]| {
        let [given, surname] = pair else { return false };
        surname.text == c.text()
            && given.class == Class::Other
            && given.is_capitalised()
            && given.text.len() > 2
            && given.end() + 1 == surname.start
    };
    c.text() == "May" && c.words.windows(2).any(is_full_name)
}

/// "May" at the head of a sentence asks or allows; "March" may be a demonstration, "Jan" a person.
fn is_month(c: Cursor<'_>) -> bool {
    let next = c.ahead(1);
    let named_before = matches!(
        c.behind(1),
        Class::Key(
            Key::In
                | Key::Since
                | Key::Until
                | Key::By
                | Key::Last
                | Key::Next
                | Key::This
                | Key::Early
                | Key::Late
                | Key::From
                | Key::Of
                | Key::To
                | Key::Before
                | Key::After
                | Key::Between
                | Key::And
                | Key::Through
                | Key::Mid
                | Key::For
                | Key::Every
                | Key::Each
        )
    );
    let is_shortened = c.text().len() <= 4 && !matches!(c.text(), "May" | "June" | "July");
    match c.text() {
        _ if named_before => {
            !(is_shortened
                && c.word().is_some_and(|word| word.text == "Jan" || word.text == "Mar")
                && matches!(next, Class::Other))
        }
        "May" | "MAY" | "March" | "MARCH" | "Mar" | "Jan" | "Dec" | "Sep" => false,
        text => !text.bytes().all(|byte| byte.is_ascii_uppercase()) || text.len() > 3,
    }
}

/// "12 Ramadan 1445", "Ramadan 1445"; without a year the month is a feast.
fn hijri(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (day, next) = match day_number(c) {
        Some((day, next)) => (Some(day as u8), next),
        None => (None, c),
    };
    let Class::Hijri(month) = next.class() else { return None };
    let next = next.skip(1);
    let year = next.maybe_mark(b',').digits(4..=4).filter(|(year, _)| (1200..1600).contains(year));
    match (year, day) {
        (Some((year, end)), _) => {
            let year = i32::try_from(year).ok()?;
            let first = feast::islamic(year, month, day.unwrap_or(1))?;
            let value = match day {
                Some(_) => Value::Day(first),
                None => {
                    Value::Days(annalist_schema::DayInterval::new(first, feast::islamic(year, month, 29)?))
                }
            };
            Some((Symbol::Fixed(value), end))
        }
        (None, Some(day)) => {
            Some((Symbol::Named(Name::Feast(feast::Feast::Islamic(month, day)), Pick::Near), next))
        }
        (None, None) => {
            Some((Symbol::Named(Name::Feast(feast::Feast::IslamicMonth(month)), Pick::Near), next))
        }
    }
}

/// "the 1990s", "the nineties", "the '80s".
pub fn decade(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let c = c.maybe(&[Key::The]);
    let c = c.mark(b'\'').filter(|next| next.touches()).unwrap_or(c);
    let Class::Decade(first) = c.class() else { return None };
    let end = c.skip(1);
    let spelled = c.text().bytes().all(|byte| byte.is_ascii_alphabetic());
    if let Some(end) = before_christ(end) {
        return Some((Symbol::Fixed(Value::Decade(-(i16::try_from(first).ok()? / 10))), end));
    }
    let decade = match first {
        0..100 if spelled && c.at.checked_sub(1).is_none_or(|_| c.behind(1) != Class::Key(Key::The)) => {
            return None;
        }
        0..100 => i16::try_from(190 + first / 10).ok()?,
        1000..2100 => i16::try_from(first / 10).ok()?,
        _ => return None,
    };
    Some((Symbol::Fixed(Value::Decade(decade)), end))
}

/// "the 20th century", "the fifth century BC", "mid-19th-century".
fn century(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (nth, next) = number::ordinal(c.maybe(&[Key::The]))?;
    let ((unit, _), next) = next.maybe_mark(b'-').unit()?;
    let nth = i16::try_from(nth).ok().filter(|nth| unit == Unit::Century && (1..=30).contains(nth))?;
    match before_christ(next) {
        Some(end) => Some((Symbol::Fixed(Value::Century(1 - nth)), end)),
        None => Some((Symbol::Fixed(Value::Century(nth - 1)), next)),
    }
}

/// "490 BC".
fn bare_era(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (year, end) = of_era(c)?;
    Some((Symbol::Fixed(Value::Year(year)), end))
}

/// "the 20th": a day of a month that was named before.
pub fn day_of_month(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.key(&[Key::The])?;
    let Class::Ordinal(day) = next.class() else { return None };
    let end = next.skip(1);
    let in_digits = next.text().as_bytes().first().is_some_and(u8::is_ascii_digit);
    let stands_alone =
        matches!(end.class(), Class::Mark(_) | Class::Break | Class::Key(_)) && end.mark(b'-').is_none();
    let introduced =
        matches!(c.behind(1), Class::Key(Key::On | Key::Until | Key::By | Key::From | Key::To | Key::And));
    let day = i8::try_from(day).ok().filter(|day| *day <= 31)?;
    (in_digits && stands_alone && introduced)
        .then_some((Symbol::Named(Name::DayOfMonth(day), Pick::Near), end))
}

/// "the week of February 15th", "the week beginning 8 June", "the week ending June 14", "the week to 14 June".
pub fn week_by_day(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), next) = c.maybe(&[Key::The]).unit()?;
    let told = match next.class() {
        Class::Key(Key::Of) => WeekDay::Any,
        Class::Key(Key::To | Key::Ended) => WeekDay::Last,
        Class::Key(Key::Start | Key::From) => WeekDay::First,
        _ if matches!(next.text(), "starting" | "commencing" | "that") => WeekDay::First,
        _ => return None,
    };
    let next = if next.text() == "that" { began(next.skip(1))? } else { next.skip(1) };
    let (day, end) = date(next.maybe(&[Key::On]))?;
    (unit == Unit::Week && !plural && super::is_day(&day)).then(|| (Symbol::WeekBy(told, Box::new(day)), end))
}

/// Behind "began" or "started".
fn began(c: Cursor<'_>) -> Option<Cursor<'_>> {
    matches!(c.text(), "began" | "started" | "begins" | "starts").then(|| c.skip(1))
}

/// "ISO week 12 of 2004", "week 12": only with its year.
pub fn week_of_year(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), next) = c.unit()?;
    let (week, next) = next.digits(1..=2)?;
    let (year, end) = next.maybe(&[Key::Of, Key::In]).maybe_mark(b',').digits(4..=4)?;
    let week = value::iso_week(i16::try_from(year).ok()?, i8::try_from(week).ok()?)?;
    (unit == Unit::Week && !plural).then_some((Symbol::Fixed(week), end))
}
