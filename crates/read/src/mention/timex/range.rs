//! *Which expressions share a month or a year?* "March 5-9, 1918", "3 to 7 January", "between May and August 2008", "1914-18".

use annalist_schema::Span;

use super::lexicon::{Class, Key};
use super::symbol::{Candidate, Name, Pick, Relation, Symbol};
use super::value::{Clock, Value};
use super::words::Word;
use super::{grammar, outlook};

/// Two expressions read at once.
pub struct Pair {
    /// The two, in order.
    pub candidates: [Candidate; 2],
    /// Index behind the last word.
    pub end: usize,
}

/// Two days of one month: "March 5-9, 1918", "3 to 7 January"; two years of one century: "1914-18".
pub fn shared_month(words: &[Word<'_>], at: usize) -> Option<Pair> {
    match words.get(at)?.class {
        Class::Month(_) => month_first(words, at),
        Class::Digits { length: 1..=2, .. } | Class::Ordinal(1..=31) => day_first(words, at),
        Class::Key(Key::The)
            if words.get(at + 1).is_some_and(|word| matches!(word.class, Class::Ordinal(_))) =>
        {
            day_first(words, at + 1)
        }
        Class::Digits { length: 4, .. } => hours(words, at).or_else(|| years(words, at)),
        _ => None,
    }
}

/// "March 5-9, 1918": the second day borrows the month, the first one the year.
fn month_first(words: &[Word<'_>], at: usize) -> Option<Pair> {
    let Class::Month(month) = words[at].class else { return None };
    let first_day = at + 1 + usize::from(is_mark(words, at + 1, b'.'));
    let first = day(words, first_day)?;
    let second_at = connector(words, first_day + 1)?;
    let second = day(words, second_at).filter(|second| *second > first)?;
    // "March 5 to 9 April" has its own month.
    if matches!(
        words.get(second_at + 1).map(|word| word.class),
        Some(Class::Month(_) | Class::Unit { .. } | Class::Mark(b':'))
    ) {
        return None;
    }
    let (year, end) = year_behind(words, second_at + 1);
    let one = symbol(year, month, first)?;
    let two = symbol(year, month, second)?;
    Some(pair(words, (at, first_day + 1, one), (second_at, end, two)))
}

/// "3-7 January 2024", "between 3 and 7 January".
fn day_first(words: &[Word<'_>], at: usize) -> Option<Pair> {
    let first = day(words, at)?;
    let second_at = connector(words, at + 1)?;
    let second_at = second_at + usize::from(is_key(words, second_at, Key::The));
    day(words, second_at).filter(|second| *second > first)?;
    let month_at = second_at + 1 + usize::from(is_key(words, second_at + 1, Key::Of));
    let Class::Month(month) = words.get(month_at)?.class else { return None };
    let reading = grammar::longest(words, second_at)?;
    let year = match &reading.symbol {
        Symbol::Fixed(Value::Day(date)) => Some(date.year()),
        Symbol::Named(..) => None,
        _ => return None,
    };
    let one = symbol(year, month, first)?;
    Some(pair(words, (at, at + 1, one), (second_at, reading.end, reading.symbol)))
}

/// "between 1700 and 1800 GMT", "0600-0900 local time", "from 1900 to 2000 on Tuesday".
fn hours(words: &[Word<'_>], at: usize) -> Option<Pair> {
    let second_at = connector(words, at + 1)?;
    let time = |at: usize| match words.get(at)?.class {
        Class::Digits { value, length: 4 } => grammar::in_four_digits(value, 4),
        _ => None,
    };
    let (first, second) = (time(at)?, time(second_at)?);
    let hours = grammar::hours_behind(words, second_at)?;
    let at_hour = |(hour, minute): (u8, u8)| {
        Symbol::At(Clock::Minute(hour, minute, hours.zone), Box::new(hours.day.clone()))
    };
    Some(pair(words, (at, at + 1, at_hour(first)), (second_at, hours.end, at_hour(second))))
}

/// "1914-18", "2003/04".
fn years(words: &[Word<'_>], at: usize) -> Option<Pair> {
    let Class::Digits { value: first @ 1000..=2100, .. } = words[at].class else { return None };
    let joined = is_mark(words, at + 1, b'-') || is_mark(words, at + 1, b'/');
    let Class::Digits { value: short, length: 2 } = words.get(at + 2)?.class else { return None };
    let touches = words[at].end() == words[at + 1].start && words[at + 1].end() == words[at + 2].start;
    let dashed_on = (is_mark(words, at + 3, b'-') || is_mark(words, at + 3, b'/'))
        && words.get(at + 4).is_some_and(|word| matches!(word.class, Class::Digits { .. }));
    let second = first / 100 * 100 + short;
    if !joined || !touches || dashed_on || second <= first {
        return None;
    }
    let year = |year: u32| i16::try_from(year).ok().map(|year| Symbol::Fixed(Value::Year(year)));
    Some(pair(words, (at, at + 1, year(first)?), (at + 2, at + 3, year(second)?)))
}

fn symbol(year: Option<i16>, month: i8, day: i8) -> Option<Symbol> {
    match year {
        Some(year) => Value::day(year, month, day).map(Symbol::Fixed),
        None => {
            Value::day(2000, month, day)?;
            Some(Symbol::Named(Name::MonthDay { month, day, weekday: None }, Pick::Near))
        }
    }
}

fn day(words: &[Word<'_>], at: usize) -> Option<i8> {
    match words.get(at)?.class {
        Class::Digits { value, length: 1..=2 } => {
            i8::try_from(value).ok().filter(|day| (1..=31).contains(day))
        }
        Class::Ordinal(value) => i8::try_from(value).ok().filter(|day| (1..=31).contains(day)),
        _ => None,
    }
}

fn connector(words: &[Word<'_>], at: usize) -> Option<usize> {
    match words.get(at)?.class {
        Class::Mark(b'-' | b'/' | b'&') | Class::Key(Key::To | Key::And | Key::Or | Key::Through) => {
            Some(at + 1)
        }
        _ => None,
    }
}

fn year_behind(words: &[Word<'_>], at: usize) -> (Option<i16>, usize) {
    let year_at = at + usize::from(is_mark(words, at, b','));
    match words.get(year_at).map(|word| word.class) {
        Some(Class::Digits { value: value @ 1000..=2199, length: 4 }) => {
            (i16::try_from(value).ok(), year_at + 1)
        }
        _ => (None, at),
    }
}

fn is_mark(words: &[Word<'_>], at: usize, mark: u8) -> bool {
    words.get(at).is_some_and(|word| word.class == Class::Mark(mark))
}

fn is_key(words: &[Word<'_>], at: usize, key: Key) -> bool {
    words.get(at).is_some_and(|word| word.class == Class::Key(key))
}

fn pair(words: &[Word<'_>], one: (usize, usize, Symbol), two: (usize, usize, Symbol)) -> Pair {
    let outlook = outlook::outlook(words, one.0, two.1);
    let relation = outlook::relation(words, one.0);
    let end = two.1;
    let candidate = |(from, to, symbol): (usize, usize, Symbol), relation| Candidate {
        span: Span::from(words[from].start..words[to - 1].end()),
        symbol,
        rule: "range",
        outlook,
        relation,
    };
    Pair { candidates: [candidate(one, relation), candidate(two, Relation::Within)], end }
}

/// "between May and August 2008": a month or day takes the year of what it is joined to.
pub fn share_years(text: &str, candidates: &mut [Candidate]) {
    for index in 1..candidates.len() {
        let (before, after) = candidates.split_at_mut(index);
        let (Some(one), Some(two)) = (before.last_mut(), after.first()) else { continue };
        let between = text.get(one.span.end as usize..two.span.start as usize).unwrap_or("").trim();
        let joins = matches!(
            between,
            "-" | "–" | "—" | "to" | "and" | "through" | "until" | "or" | "/" | ", and" | ","
        );
        let Symbol::Named(name, Pick::Near) = one.symbol else { continue };
        if let Some(symbol) = joins.then(|| with_year_of(name, &two.symbol)).flatten() {
            one.symbol = symbol;
        }
    }
}

fn with_year_of(name: Name, other: &Symbol) -> Option<Symbol> {
    let Symbol::Fixed(value @ (Value::Day(_) | Value::Month(_))) = other else { return None };
    let first = value.days()?.earliest;
    let before = |month: i8| first.year() - i16::from(month > first.month());
    match name {
        Name::Month(month) => Value::month(before(month), month),
        Name::MonthDay { month, day, .. } => Value::day(before(month), month, day),
        _ => None,
    }
    .map(Symbol::Fixed)
}
