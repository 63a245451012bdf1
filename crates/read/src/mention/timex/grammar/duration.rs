//! *Which expressions count units?* "three days", "two weeks ago", "the past few months", "40-year-old", "six days later".

use super::super::length::{Count, Length};
use super::super::lexicon::{Class, Key};
use super::super::symbol::{Anchor, Symbol};
use super::super::unit::Unit;
use super::cursor::{Cursor, Parsed};
use super::number;

/// A counted length, by itself or placed by "ago", "later", "the past" and the like.
pub fn duration(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    placed(c).or_else(|| compound(c)).or_else(|| shifted(c)).or_else(|| bare(c))
}

/// Behind "about", "more than", "at least", "no more than", "up to", "some" before a number; here if there is none.
pub fn approximately(c: Cursor<'_>) -> Cursor<'_> {
    let next = compared(c)
        .or_else(|| c.key(&[Key::At])?.key(&[Key::Least]))
        .or_else(|| c.key(&[Key::Up])?.key(&[Key::To]))
        .or_else(|| c.key(&[Key::Some]).filter(|next| number::number(*next).is_some()))
        .or_else(|| c.key(&[Key::About, Key::Over, Key::Under]));
    next.map_or(c, |next| next.maybe(&[Key::About]))
}

/// Behind "more than", "no less than".
fn compared(c: Cursor<'_>) -> Option<Cursor<'_>> {
    c.maybe(&[Key::No, Key::Not]).key(&[Key::More, Key::Less])?.key(&[Key::Than])
}

/// A number of units: "three days", "two and a half years", "an hour and ten minutes", "20 more years".
pub fn length(c: Cursor<'_>) -> Parsed<'_, Length> {
    let (count, next) = number::count(c)?;
    let next = next.maybe(&[Key::More]).maybe(&[Key::Additional, Key::Other]);
    let ((unit, plural), next) = next.unit()?;
    let unit_text_is_ordinal = unit == Unit::Second && !plural;
    let agrees = match count {
        Count::Number(number) if number <= 1.0 => true,
        // "a five year low": the unit describes the noun behind it.
        Count::Number(_) if !plural => next.class() == Class::Other && !next.touches(),
        Count::Number(_) | Count::Vague => plural,
    };
    let is_compared = next.mark(b'-').is_some_and(|next| next.key(&[Key::Ago, Key::Earlier]).is_some());
    let is_fraction = unit == Unit::Quarter && is_share(count, c, next);
    if unit_text_is_ordinal || !agrees || is_compared || is_fraction || unit == Unit::Weekend {
        return None;
    }
    let (count, next) = match (count, number::and_a_half(next)) {
        (Count::Number(number), Some(next)) => (Count::Number(number + 0.5), next),
        _ => (count, next),
    };
    let (rest, next) = shorter_part(unit, next).map_or((None, next), |(rest, next)| (Some(rest), next));
    Some((Length { count, unit, rest }, next))
}

/// "three quarters of", "a quarter of", "some quarters": parts of something else than a year.
fn is_share(count: Count, c: Cursor<'_>, next: Cursor<'_>) -> bool {
    next.key(&[Key::Of]).is_some()
        || count == Count::Number(3.0) && c.behind(1) != Class::Key(Key::Next)
        || c.key(&[Key::Some]).is_some()
}

/// "and ten minutes", ", 20 minutes".
fn shorter_part(unit: Unit, c: Cursor<'_>) -> Parsed<'_, (u32, Unit)> {
    let c = c.key(&[Key::And]).or_else(|| c.mark(b','))?;
    let (n, c) = number::number(c)?;
    let ((smaller, _), c) = c.unit()?;
    let fits = matches!(
        (unit, smaller),
        (Unit::Hour, Unit::Minute) | (Unit::Minute, Unit::Second) | (Unit::Year, Unit::Month)
    );
    fits.then_some(((n as u32, smaller), c))
}

/// "about two weeks ago", "three days later", "a month before", "five years from now".
fn shifted(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (length, next) = length(approximately(c)).or_else(|| plural_unit(c))?;
    let next = or_so(next);
    let (sign, anchor, end) = shift(next)?;
    Some((Symbol::Shift(length, sign, anchor), end))
}

/// "or so", "or more": said behind the length.
fn or_so(c: Cursor<'_>) -> Cursor<'_> {
    let next = c.key(&[Key::Or]);
    next.filter(|next| next.text() == "so" || next.key(&[Key::More]).is_some()).map_or(c, |next| next.skip(1))
}

fn shift(c: Cursor<'_>) -> Option<(i32, Anchor, Cursor<'_>)> {
    let next = c.skip(1);
    let ends = !matches!(next.class(), Class::Other) || next.touches();
    match c.class() {
        Class::Key(Key::Ago) => Some((-1, Anchor::Published, next)),
        Class::Key(Key::Hence) => Some((1, Anchor::Published, next)),
        Class::Key(Key::From) => Some((1, Anchor::Published, next.key(&[Key::Now, Key::Today])?)),
        Class::Key(Key::Earlier) => Some((-1, Anchor::Story, next)),
        Class::Key(Key::Later) => Some((1, Anchor::Story, next)),
        Class::Key(Key::Before) if ends_clause(next) => Some((-1, Anchor::Story, next)),
        Class::Key(Key::After) if ends_clause(next) || c.text().len() > 5 && ends => {
            Some((1, Anchor::Story, next))
        }
        Class::Key(Key::Previous) if ends_clause(next) => Some((-1, Anchor::Story, next)),
        _ => None,
    }
}

fn ends_clause(c: Cursor<'_>) -> bool {
    matches!(c.class(), Class::Mark(b'.' | b',' | b';' | b')' | b':') | Class::Break)
}

/// "days" in "days later", "weeks" in "weeks ago".
fn plural_unit(c: Cursor<'_>) -> Parsed<'_, Length> {
    let ((unit, plural), next) = c.unit()?;
    (plural && unit != Unit::Weekend).then_some((Length::new(Count::Vague, unit), next))
}

/// "the past three months", "the next few days", "the first two weeks", "recent months", "the last decade".
fn placed(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let has_article = c.key(&[Key::The]).is_some();
    let next = c.maybe(&[Key::The]);
    let place = match next.class() {
        Class::Key(Key::Past) => Some((-1, Anchor::Published)),
        Class::Key(Key::Last) => Some((-1, Anchor::Published)),
        Class::Key(Key::Next | Key::Coming) => Some((1, Anchor::Published)),
        Class::Key(Key::Recent) => return recent(c),
        Class::Key(Key::Previous) => Some((-1, Anchor::Story)),
        Class::Key(Key::Following) => Some((1, Anchor::Story)),
        Class::Ordinal(1) | Class::Key(Key::Final | Key::Early) if has_article => None,
        Class::Digits { .. } | Class::Cardinal(_) if has_article => return article_length(c),
        _ => return None,
    };
    let behind = next.skip(1);
    let counted = length(approximately(behind));
    let (length, end) = match counted {
        Some(found) => found,
        None => {
            let ((unit, plural), end) = behind.unit()?;
            let measures = matches!(next.class(), Class::Key(Key::Past | Key::Last));
            let bare = plural || has_article && measures && lasts(unit);
            let count = if plural { Count::Vague } else { Count::Number(1.0) };
            bare.then_some((Length::new(count, unit), end))?
        }
    };
    Some((Symbol::Length(length, place), or_so(end)))
}

/// Units that "the past ..." measures rather than names.
fn lasts(unit: Unit) -> bool {
    matches!(
        unit,
        Unit::Day | Unit::Week | Unit::Month | Unit::Year | Unit::Decade | Unit::Century | Unit::Hour
    )
}

/// "the three days", "the four previous weeks".
fn article_length(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let next = c.key(&[Key::The])?;
    if let Some((length, end)) = length(next) {
        return Some((Symbol::Length(length, None), end));
    }
    let (n, next) = number::number(next)?;
    let place = match next.class() {
        Class::Key(Key::Previous | Key::Past | Key::Last) => (-1, Anchor::Story),
        Class::Key(Key::Following | Key::Next) => (1, Anchor::Story),
        _ => return None,
    };
    let ((unit, _), end) = next.skip(1).unit()?;
    Some((Symbol::Length(Length::new(Count::Number(n), unit), Some(place)), end))
}

/// "recent months", "in recent days".
fn recent(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let ((unit, plural), end) = c.key(&[Key::Recent])?.unit()?;
    let length = Length::new(Count::Vague, unit);
    plural.then_some((Symbol::Length(length, Some((-1, Anchor::Published))), end))
}

/// "two-week", "40-year-old", "decades-long", "month-long", "30-day".
fn compound(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    let (count, next) = match number::count(approximately(c)) {
        Some((count, next)) => (count, next.mark(b'-')?),
        None => (Count::Number(1.0), c),
    };
    let ((unit, plural), end) = next.unit()?;
    let stands_alone = next.at == c.at;
    if unit == Unit::Second && !plural && !stands_alone && end.mark(b'-').is_none() {
        return None;
    }
    if unit == Unit::Quarter && plural {
        return None;
    }
    let suffix = end.mark(b'-').and_then(|next| next.key(&[Key::Old, Key::Long]));
    let count = if stands_alone && plural { Count::Vague } else { count };
    if stands_alone && suffix.is_none() {
        return None;
    }
    let length = Length::new(count, unit);
    Some((Symbol::Length(length, None), suffix.unwrap_or(end)))
}

/// "three days", "almost two years", "18 years old", "half an hour", and plurals behind "for", "over", "within".
fn bare(c: Cursor<'_>) -> Parsed<'_, Symbol> {
    if let Some((found, next)) = length(approximately(c)) {
        let is_indefinite = c.key(&[Key::A]).is_some() && found.count == Count::Number(1.0);
        if is_indefinite && is_rate(c) {
            return Some((Symbol::Set(found.to_string()), next));
        }
        let next = next.key(&[Key::Old]).unwrap_or(next);
        return Some((Symbol::Length(found, None), next));
    }
    let (length, next) = plural_unit(c)?;
    let introduced = matches!(
        c.behind(1),
        Class::Key(Key::For | Key::Over | Key::Through | Key::In | Key::After | Key::Every)
    );
    introduced.then_some((Symbol::Length(length, None), next))
}

/// "twice a week", "three times a month", "$5 a day": the unit is a rate.
fn is_rate(c: Cursor<'_>) -> bool {
    matches!(c.behind(1), Class::Key(Key::Once | Key::Twice | Key::Times))
        || matches!(c.text_behind(1), "time" | "percent" | "%" | "cents")
}
