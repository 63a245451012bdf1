//! *Which time has the text arrived at, and what are its expressions counted from?*

use jiff::civil::Date;

use super::length::Count;
use super::symbol::{Anchor, Candidate, Name, Pick, Symbol};
use super::unit::Unit;
use super::value::Value;

/// Where the text stands in time while its expressions are read in order.
#[derive(Clone, Debug)]
pub struct Story {
    /// The day of publication, if one day is known.
    pub published: Option<Date>,
    /// Whether the text tells of times long before its publication.
    pub is_history: bool,
    /// The last time that was named.
    pub now: Option<Value>,
    /// The next date that stands in the text with its year.
    pub ahead: Option<Date>,
}

impl Story {
    /// The beginning of a text.
    pub fn new(published: Option<Date>, candidates: &[Candidate]) -> Self {
        Self { published, is_history: is_history(published, candidates), now: None, ahead: None }
    }

    /// The time that an anchor stands for. In a history, "last year" is the one before the year told of.
    pub fn anchor(&self, anchor: Anchor) -> Option<Value> {
        let published = self.published.map(Value::Day);
        match anchor {
            Anchor::Published if !self.is_history => published,
            Anchor::Published | Anchor::Story => self.now.clone().or(published),
        }
    }

    /// The first day of what [`Self::anchor`] gives.
    pub fn day(&self, anchor: Anchor) -> Option<Date> {
        Some(self.anchor(anchor)?.days()?.earliest)
    }

    /// Moves on to a time that was named.
    pub fn arrive(&mut self, candidate: &Candidate, value: &Value) {
        if value.days().is_some() && value.unit().is_some() && !is_aside(candidate, value) {
            self.now = Some(match value {
                Value::Time(day, _) => (**day).clone(),
                value => value.clone(),
            });
        }
    }
}

/// A comparison with the year before, or a decade, leaves the story where it is.
fn is_aside(candidate: &Candidate, value: &Value) -> bool {
    let compares = match &candidate.symbol {
        Symbol::Shift(length, -1, _) => length.unit == Unit::Year && length.count == Count::Number(1.0),
        _ => false,
    };
    compares || matches!(value, Value::Decade(_) | Value::Century(_))
}

/// For each expression the first day of the next one that names its year; years that lie apart from those on both sides
/// of them are mentioned in passing and not counted.
pub fn dates_ahead(candidates: &[Candidate]) -> Vec<Option<Date>> {
    let mut next = None;
    let mut ahead: Vec<_> = candidates
        .iter()
        .rev()
        .map(|candidate| {
            let here = next;
            if let Some(day) = fixed_day(candidate) {
                next = Some(day);
            }
            here
        })
        .collect();
    ahead.reverse();
    ahead
}

fn fixed_day(candidate: &Candidate) -> Option<Date> {
    match &candidate.symbol {
        Symbol::Fixed(value @ (Value::Day(_) | Value::Month(_) | Value::Year(_))) => {
            Some(value.days()?.latest)
        }
        _ => None,
    }
}

/// A text that names three or more years long before its publication, and hardly any day around it.
fn is_history(published: Option<Date>, candidates: &[Candidate]) -> bool {
    let Some(published) = published else { return false };
    let fixed = candidates.iter().filter_map(|candidate| match &candidate.symbol {
        Symbol::Fixed(value) => value.days(),
        _ => None,
    });
    let (far, near): (Vec<_>, Vec<_>) = fixed.partition(|days| days.latest.year() + 1 < published.year());
    let deictic = candidates.iter().filter(|candidate| is_deictic(&candidate.symbol)).count();
    far.len() >= 3 && far.len() > near.len() && far.len() > 2 * deictic
}

/// Whether an expression only makes sense to those who read on the day.
fn is_deictic(symbol: &Symbol) -> bool {
    match symbol {
        Symbol::Step(_, _, Anchor::Published) | Symbol::Shift(_, _, Anchor::Published) => true,
        Symbol::Named(Name::Weekday(_), Pick::Near | Pick::Last | Pick::Next | Pick::This) => true,
        Symbol::Inside(_, outer) | Symbol::At(_, outer) | Symbol::WeekBy(_, outer) => is_deictic(outer),
        _ => false,
    }
}
