//! *Here is a time expression and an anchor: which days?*

use annalist_schema::{DayInterval, Timex, View};
use jiff::ToSpan;
use jiff::civil::Date;

use super::feast;
use super::length::{Count, Length};
use super::story::{self, Story};
use super::symbol::{Anchor, Candidate, Name, Outlook, Pick, Symbol, WeekDay};
use super::unit::Unit;
use super::value::{self, Clock, Reference, Value};
use super::why;

/// Works out every expression in order of text, against the day of publication and the time the text has arrived at.
///
/// Where only an interval of publication is known, an expression has a value if all its days agree on one; otherwise its
/// value stays symbolic, its days cover both ends, and the values at the ends are its alternatives.
pub fn resolve(_view: View<'_>, candidates: Vec<Candidate>, published: Option<DayInterval>) -> Vec<Timex> {
    let Some(published) = published.filter(|days| days.earliest != days.latest) else {
        let days = published.map(|days| days.earliest);
        return candidates
            .iter()
            .zip(pass(&candidates, days))
            .map(|(one, found)| timex(one, found))
            .collect();
    };
    let early = pass(&candidates, Some(published.earliest));
    let late = pass(&candidates, Some(published.latest));
    let ends = early.into_iter().zip(late);
    candidates.iter().zip(ends).map(|(one, (early, late))| timex(one, agree(one, early, late))).collect()
}

/// What an expression was resolved to.
#[derive(Clone, Debug)]
struct Resolved {
    value: Value,
    days: Option<DayInterval>,
    anchor: Option<String>,
    why: String,
    alternatives: Vec<Value>,
}

fn pass(candidates: &[Candidate], published: Option<Date>) -> Vec<Resolved> {
    let mut story = Story::new(published, candidates);
    let ahead = story::dates_ahead(candidates);
    let read = |(candidate, ahead): (&Candidate, Option<Date>)| {
        story.ahead = ahead;
        let resolved = resolve_one(candidate, &story);
        story.arrive(candidate, &resolved.value);
        resolved
    };
    candidates.iter().zip(ahead).map(read).collect()
}

fn resolve_one(candidate: &Candidate, story: &Story) -> Resolved {
    let value = evaluate(&candidate.symbol, candidate, story);
    let alternatives = other_readings(candidate, story, value.as_ref());
    let from = anchor_of(&candidate.symbol, story);
    let why = why::why(&candidate.symbol, from, candidate.outlook);
    let anchor = from.filter(|_| value.is_some()).and_then(|from| story.anchor(from));
    let anchor = anchor.map(|anchor| anchor.to_string());
    let value = value.unwrap_or_else(|| Value::Unknown(candidate.symbol.to_string()));
    Resolved { days: value.days(), value, anchor, why, alternatives }
}

fn timex(candidate: &Candidate, resolved: Resolved) -> Timex {
    Timex {
        span: candidate.span.into(),
        kind: candidate.symbol.kind(),
        value: resolved.value.to_string(),
        days: resolved.days,
        rule: candidate.rule.to_owned(),
        why: resolved.why,
        anchor: resolved.anchor,
        alternatives: resolved.alternatives.iter().map(Value::to_string).collect(),
    }
}

/// What both ends of an interval of publication say.
fn agree(candidate: &Candidate, early: Resolved, late: Resolved) -> Resolved {
    if early.value == late.value && early.days == late.days {
        return late;
    }
    let days = early
        .days
        .zip(late.days)
        .map(|(one, other)| DayInterval::new(one.earliest.min(other.earliest), one.latest.max(other.latest)));
    let anchor = early.anchor.zip(late.anchor).map(|(one, other)| format!("{one}/{other}"));
    let value = match early.value == late.value {
        true => late.value,
        false => Value::Unknown(candidate.symbol.to_string()),
    };
    Resolved { value, days, anchor, why: late.why, alternatives: vec![early.value] }
}

/// What a symbol is counted from; `None` for what stands as written.
fn anchor_of(symbol: &Symbol, story: &Story) -> Option<Anchor> {
    match symbol {
        Symbol::Step(_, _, anchor) | Symbol::Shift(_, _, anchor) | Symbol::Length(_, Some((_, anchor))) => {
            Some(*anchor)
        }
        Symbol::Named(_, Pick::Following | Pick::Preceding) => Some(Anchor::Story),
        Symbol::Named(..) if story.is_history => Some(Anchor::Story),
        Symbol::Named(..) => Some(Anchor::Published),
        Symbol::Inside(_, outer) | Symbol::At(_, outer) | Symbol::WeekBy(_, outer) => anchor_of(outer, story),
        _ => None,
    }
}

/// The value of a symbol; `None` where its anchor is not known or the calendar has no such day.
fn evaluate(symbol: &Symbol, candidate: &Candidate, story: &Story) -> Option<Value> {
    work_out(symbol, candidate, story).filter(Value::is_possible)
}

fn work_out(symbol: &Symbol, candidate: &Candidate, story: &Story) -> Option<Value> {
    match symbol {
        Symbol::Fixed(value) => Some(value.clone()),
        Symbol::Named(name, pick) => named(*name, *pick, candidate, story),
        Symbol::Step(n, unit, anchor) => step(*n, *unit, *anchor, story),
        Symbol::Shift(length, sign, anchor) => shift(length, *sign, *anchor, story),
        Symbol::Inside(name, outer) => inside(*name, &evaluate(outer, candidate, story)?),
        Symbol::WeekBy(told, day) => week_by(*told, evaluate(day, candidate, story)?.days()?.earliest),
        Symbol::At(clock, day) => Some(at(*clock, evaluate(day, candidate, story))),
        Symbol::Length(length, place) => {
            let days = place.and_then(|(sign, anchor)| stretch(length, sign, story.day(anchor)?));
            Some(Value::Length(*length, days))
        }
        Symbol::Set(text) => Some(Value::Set(text.clone())),
        Symbol::Reference(reference) => Some(Value::Reference(*reference)),
    }
}

/// The week that one of its days tells.
fn week_by(told: WeekDay, day: Date) -> Option<Value> {
    match told {
        WeekDay::Any => Value::week_of(day),
        WeekDay::First => Value::week_beside(day, true),
        WeekDay::Last => Value::week_beside(day, false),
    }
}

/// A day with a time; a time whose day is not known is still a time.
fn at(clock: Clock, day: Option<Value>) -> Value {
    let day = match day {
        Some(day @ Value::Day(_)) => day,
        _ => Value::Unknown("XXXX-XX-XX".to_owned()),
    };
    Value::Time(Box::new(day), clock)
}

fn step(n: i32, unit: Unit, anchor: Anchor, story: &Story) -> Option<Value> {
    if story.is_history && (n, unit, anchor) == (0, Unit::Day, Anchor::Published) {
        return Some(Value::Reference(Reference::Present));
    }
    let from = story.anchor(anchor)?;
    if from.unit()? > unit {
        return Some(part_of(&from, unit));
    }
    Value::step(from.days()?.earliest, n.into(), unit)
}

/// Some day of a month that is known: `1943-07-XX`.
fn part_of(larger: &Value, unit: Unit) -> Value {
    let text = match (larger, unit) {
        (Value::Month(_), _) => format!("{larger}-XX"),
        (Value::Year(_), Unit::Month) => format!("{larger}-XX"),
        (Value::Year(_), Unit::Week) => format!("{larger}-WXX"),
        (Value::Year(_), _) => format!("{larger}-XX-XX"),
        _ => "XXXX-XX-XX".to_owned(),
    };
    Value::Unknown(text)
}

fn shift(length: &Length, sign: i32, anchor: Anchor, story: &Story) -> Option<Value> {
    let is_year_before = sign < 0 && length.whole() == Some(1) && length.unit == Unit::Year;
    // Companies compare a quarter with that of "a year ago".
    if let (true, Some(Value::Quarter(year, quarter))) = (is_year_before, &story.now) {
        return Some(Value::Quarter(year - 1, *quarter));
    }
    let Some(n) = shift_count(length) else {
        let vague = if sign < 0 { Reference::Past } else { Reference::Future };
        return Some(Value::Reference(vague));
    };
    let from = story.anchor(anchor)?;
    let (n, unit) = (n.0.checked_mul(i64::from(sign))?, n.1);
    let day = from.days()?.earliest;
    if unit.is_clock() {
        let day = if anchor == Anchor::Published { Value::step(day, n, unit)? } else { from };
        return Some(at(Clock::Unknown, Some(day)));
    }
    if from.unit()? > unit {
        return Some(part_of(&from, unit));
    }
    Value::step(day, n, unit)
}

/// The count of whole units; halves are counted in smaller ones, decades in years.
fn shift_count(length: &Length) -> Option<(i64, Unit)> {
    match (length.whole(), length.unit, length.count) {
        (Some(n), Unit::Decade, _) => Some((n * 10, Unit::Year)),
        (Some(n), Unit::Century, _) => Some((n * 100, Unit::Year)),
        (Some(n), unit, _) => Some((n, unit)),
        (None, Unit::Year, Count::Number(n)) => Some(((n * 12.0).round() as i64, Unit::Month)),
        (None, unit, Count::Number(n)) => Some((n.round() as i64, unit)),
        (None, _, Count::Vague) => None,
    }
}

/// The days of a length that ends or begins at an anchor.
fn stretch(length: &Length, sign: i32, anchor: Date) -> Option<DayInterval> {
    let (n, unit) = shift_count(length)?;
    let other = anchor.checked_add(value::span(n.checked_mul(i64::from(sign))?, unit)?).ok()?;
    Some(DayInterval::new(anchor, other))
}

/// A named part of a larger time: the October of a year, the Friday of a week.
fn inside(name: Name, outer: &Value) -> Option<Value> {
    match (name, outer) {
        (Name::Weekday(weekday), Value::Week(monday)) => {
            monday.checked_add(i64::from(weekday - 1).days()).ok().map(Value::Day)
        }
        (Name::DayOfMonth(day), Value::Month(first)) => Value::day(first.year(), first.month(), day),
        _ => in_year(name, outer.year()?),
    }
}

/// The one of a year; weekdays and weekends have many.
fn in_year(name: Name, year: i16) -> Option<Value> {
    match name {
        Name::Month(month) => Value::month(year, month),
        Name::MonthDay { month, day, .. } => Value::day(year, month, day),
        Name::Season(season) => Some(Value::Season(year, season)),
        Name::Quarter(quarter) => Some(Value::Quarter(year, quarter)),
        Name::Half(half) => Some(Value::Half(year, half)),
        Name::Feast(feast) => feast::days(feast, year).map(feast_value),
        Name::DayOfMonth(_) | Name::Weekday(_) | Name::Weekend | Name::SomeQuarter => None,
    }
}

fn feast_value(days: DayInterval) -> Value {
    if days.earliest == days.latest { Value::Day(days.earliest) } else { Value::Days(days) }
}

fn named(name: Name, pick: Pick, candidate: &Candidate, story: &Story) -> Option<Value> {
    let outlook = candidate.outlook;
    match name {
        Name::Weekday(weekday) => self::weekday(weekday, pick, outlook, story),
        Name::Weekend => weekend(pick, outlook, story),
        Name::DayOfMonth(day) => day_of_month(day, outlook, story),
        Name::SomeQuarter => some_quarter(story),
        _ => yearly(name, pick, candidate, story),
    }
}

/// What comes once a year.
fn yearly(name: Name, pick: Pick, candidate: &Candidate, story: &Story) -> Option<Value> {
    let from_story =
        matches!(pick, Pick::Following | Pick::Preceding) || story.is_history || story.published.is_none();
    let anchor = if from_story { story.now.as_ref()?.days()?.earliest } else { story.published? };
    let around = instances(name, anchor);
    match pick {
        Pick::Last | Pick::Preceding => around.into_iter().rev().find(|value| ends_before(value, anchor)),
        Pick::Next | Pick::Following => around.into_iter().find(|value| starts_after(value, anchor)),
        Pick::This => around.into_iter().find(|value| value.year() == Some(anchor.year())),
        Pick::Near if from_story => told(name, around, anchor, story.ahead),
        Pick::Near => reported(around, anchor, candidate),
    }
}

/// The one that a history means: of the year it has arrived at, unless going on to the next date says otherwise.
fn told(name: Name, around: Vec<Value>, now: Date, ahead: Option<Date>) -> Option<Value> {
    let of_year = |year: i16| in_year(name, year);
    let this = of_year(now.year()).or_else(|| around.into_iter().find(|value| !ends_before(value, now)))?;
    let first = this.days()?.earliest;
    let fits = |value: &Value| ahead.is_some_and(|ahead| !starts_after(value, ahead));
    if first.first_of_month() < now.first_of_month() {
        let next = of_year(now.year() + 1).filter(|next| fits(next) && is_soon(now, next));
        return next.or(Some(this));
    }
    if !fits(&this) {
        let before =
            of_year(now.year() - 1).filter(|before| fits(before) && ahead.is_some_and(|ahead| ahead < now));
        return before.or(Some(this));
    }
    Some(this)
}

/// Whether something begins within half a year.
fn is_soon(now: Date, value: &Value) -> bool {
    value.days().is_some_and(|days| (days.earliest - now).get_days() < 200)
}

/// The one that a report means: the last or the next by its tense, but the nearer one if it is much nearer.
fn reported(around: Vec<Value>, published: Date, candidate: &Candidate) -> Option<Value> {
    let next = around.iter().find(|value| starts_after(value, published));
    let last = around.iter().rev().find(|value| !starts_after(value, published));
    let is_current = last.is_some_and(|last| !ends_before(last, published));
    let much_nearer = || {
        let (last, next) = (last?.days()?.latest, next?.days()?.earliest);
        Some((next - published).get_days() * 3 < (published - last).get_days())
    };
    let is_next = match candidate.outlook {
        Outlook::Future => !is_current,
        Outlook::Settled => false,
        Outlook::Past | Outlook::Unknown => !is_current && much_nearer().unwrap_or(false),
    };
    if is_next { next.cloned() } else { last.cloned() }
}

/// Its occurrences around a day, in order. A weekday leaves those of its years on which the two fall together.
fn instances(name: Name, around: Date) -> Vec<Value> {
    let reach = if matches!(name, Name::MonthDay { weekday: Some(_), .. }) { 11 } else { 2 };
    let year = around.year();
    let all =
        (year.saturating_sub(reach)..=year.saturating_add(reach)).filter_map(|year| in_year(name, year));
    all.filter(|value| suits_weekday(name, value)).collect()
}

fn suits_weekday(name: Name, value: &Value) -> bool {
    match (name, value) {
        (Name::MonthDay { weekday: Some(weekday), .. }, Value::Day(day)) => {
            day.weekday().to_monday_one_offset() == weekday
        }
        _ => true,
    }
}

fn ends_before(value: &Value, day: Date) -> bool {
    value.days().is_some_and(|days| days.latest < day)
}

fn starts_after(value: &Value, day: Date) -> bool {
    value.days().is_some_and(|days| days.earliest > day)
}

fn weekday(weekday: i8, pick: Pick, outlook: Outlook, story: &Story) -> Option<Value> {
    let from_story = matches!(pick, Pick::Following | Pick::Preceding) || story.is_history;
    let anchor = if from_story { story.day(Anchor::Story)? } else { story.published? };
    let same_week = value::monday(anchor).checked_add(i64::from(weekday - 1).days()).ok()?;
    let day = match (pick, outlook) {
        (Pick::This, _) => same_week,
        (Pick::Last | Pick::Preceding, _) => before(same_week, anchor.yesterday().ok()?)?,
        (Pick::Next | Pick::Following, _) => after(same_week, anchor.tomorrow().ok()?)?,
        (Pick::Near, Outlook::Future) => after(same_week, anchor)?,
        (Pick::Near, _) if from_story => after(same_week, anchor)?,
        (Pick::Near, _) => before(same_week, anchor)?,
    };
    Some(Value::Day(day))
}

/// The last of its weekdays that is not after a day.
fn before(weekday: Date, day: Date) -> Option<Date> {
    if weekday > day { weekday.checked_sub(7.days()).ok() } else { Some(weekday) }
}

/// The first of its weekdays that is not before a day.
fn after(weekday: Date, day: Date) -> Option<Date> {
    if weekday < day { weekday.checked_add(7.days()).ok() } else { Some(weekday) }
}

fn weekend(pick: Pick, outlook: Outlook, story: &Story) -> Option<Value> {
    let anchor = story.published?;
    let monday = value::monday(anchor);
    let weeks = match (pick, outlook) {
        (Pick::This, _) | (Pick::Near, Outlook::Future) => 0,
        (Pick::Next | Pick::Following, _) => 1,
        // On a Sunday, "over the weekend" is this one.
        (Pick::Near, _) if anchor.weekday().to_monday_one_offset() > 5 => 0,
        _ => -1,
    };
    monday.checked_add((7 * weeks).days()).ok().map(Value::Weekend)
}

fn day_of_month(day: i8, outlook: Outlook, story: &Story) -> Option<Value> {
    if story.now.is_some() && (story.is_history || story.published.is_none()) {
        let now = story.day(Anchor::Story)?;
        return Value::day(now.year(), now.month(), day);
    }
    let published = story.published?;
    let this = Value::day(published.year(), published.month(), day);
    match this {
        Some(value) if outlook == Outlook::Future || !starts_after(&value, published) => Some(value),
        _ => {
            let last = published.first_of_month().yesterday().ok()?;
            Value::day(last.year(), last.month(), day)
        }
    }
}

/// The quarter that was named last, or the last one that has ended.
fn some_quarter(story: &Story) -> Option<Value> {
    match &story.now {
        Some(quarter @ Value::Quarter(..)) => Some(quarter.clone()),
        _ => Value::step(story.published?, -1, Unit::Quarter),
    }
}

/// The reading on the other side of the anchor, where the tense does not tell.
fn other_readings(candidate: &Candidate, story: &Story, value: Option<&Value>) -> Vec<Value> {
    if candidate.outlook != Outlook::Unknown || !is_near(&candidate.symbol) {
        return Vec::new();
    }
    let hopeful = Candidate { outlook: Outlook::Future, ..candidate.clone() };
    let other = evaluate(&candidate.symbol, &hopeful, story);
    other.filter(|other| Some(other) != value).into_iter().collect()
}

fn is_near(symbol: &Symbol) -> bool {
    match symbol {
        Symbol::Named(_, pick) => *pick == Pick::Near,
        Symbol::At(_, day) | Symbol::WeekBy(_, day) => is_near(day),
        _ => false,
    }
}
