//! *Which time has the text arrived at, and what are its expressions counted from?*

use annalist_schema::DayInterval;
use jiff::civil::Date;

use super::symbol::{Anchor, Candidate, Name, Pick, Symbol};
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
}

impl Story {
    /// The beginning of a text.
    pub fn new(published: Option<Date>, candidates: &[Candidate]) -> Self {
        Self { published, is_history: is_history(published, candidates), now: None }
    }

    /// The time that an anchor stands for.
    pub fn anchor(&self, anchor: Anchor) -> Option<Value> {
        let published = self.published.map(Value::Day);
        match anchor {
            Anchor::Published => published,
            Anchor::Story => self.now.clone().or(published),
        }
    }

    /// The first day of what [`Self::anchor`] gives.
    pub fn day(&self, anchor: Anchor) -> Option<Date> {
        Some(self.anchor(anchor)?.days()?.earliest)
    }

    /// Moves on to a time that was named.
    pub fn arrive(&mut self, value: &Value) {
        if value.days().is_some() && value.unit().is_some() {
            self.now = Some(match value {
                Value::Time(day, _) => (**day).clone(),
                value => value.clone(),
            });
        }
    }
}

/// A text that names three or more years, most of them long before its publication, and hardly any day around it.
fn is_history(published: Option<Date>, candidates: &[Candidate]) -> bool {
    let Some(published) = published else { return false };
    let is_far = |days: DayInterval| days.latest.year() + 1 < published.year();
    let fixed = candidates.iter().filter_map(|candidate| match &candidate.symbol {
        Symbol::Fixed(value) => value.days(),
        _ => None,
    });
    let (far, near): (Vec<_>, Vec<_>) = fixed.partition(|days| is_far(*days));
    let deictic = candidates.iter().filter(|candidate| is_deictic(&candidate.symbol)).count();
    far.len() >= 3 && far.len() > 2 * (near.len() + deictic)
}

/// Whether an expression only makes sense to those who read on the day.
fn is_deictic(symbol: &Symbol) -> bool {
    match symbol {
        Symbol::Step(_, _, Anchor::Published) | Symbol::Shift(_, _, Anchor::Published) => true,
        Symbol::Named(Name::Weekday(_), Pick::Near | Pick::Last | Pick::Next | Pick::This) => true,
        Symbol::Inside(_, outer) | Symbol::At(_, outer) => is_deictic(outer),
        _ => false,
    }
}
