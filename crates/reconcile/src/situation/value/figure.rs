//! *How many?*

use std::cmp::Ordering;

use annalist_schema::Quantity;

use crate::same::Match;
use crate::same::figure::{Range, show};
use crate::same::name::Name;
use crate::situation::cell::{Value, When};

/// A number as one claim gives it.
pub(crate) struct Figure<'a> {
    quantity: &'a Quantity,
    range: Range,
    /// Whether it is a state that may rise and fall, such as a garrison, rather than a toll.
    is_level: bool,
}

impl<'a> Figure<'a> {
    /// How many an event had.
    pub fn of_event(quantity: &'a Quantity) -> Self {
        Self { quantity, range: Range::new(quantity), is_level: false }
    }

    /// How many are somewhere.
    pub fn of_state(quantity: &'a Quantity) -> Self {
        Self { is_level: true, ..Self::of_event(quantity) }
    }
}

impl Value for Figure<'_> {
    fn show(&self) -> String {
        show(self.quantity)
    }

    /// A part may be smaller than the whole.
    fn compare(&self, other: &Self) -> Match {
        let is_part = |part: &Self, whole: &Self| {
            part.quantity.of.is_some() && whole.quantity.of.is_none() && part.range.is_below(&whole.range)
        };
        if is_part(self, other) || is_part(other, self) {
            return Match::Compatible;
        }
        match self.range.compare(&other.range) {
            Match::Same if self.has_other_scope(other) => Match::Compatible,
            relation => relation,
        }
    }

    fn has_other_scope(&self, other: &Self) -> bool {
        let (one, other) = (self.quantity, other.quantity);
        let differ = |one: &Option<String>, other: &Option<String>| matches!((one, other), (Some(one), Some(other)) if Name::new(one) != Name::new(other));
        let areas_differ = !one.area.is_empty() && !other.area.is_empty() && one.area != other.area;
        differ(&one.of, &other.of) || differ(&one.period, &other.period) || areas_differ
    }

    /// A level changes; a running total only grows, and its fall is a correction if the same origin states it.
    fn replaces(&self, earlier: &Self, when: When) -> bool {
        if when.order != Some(Ordering::Greater) || self.has_other_scope(earlier) {
            return false;
        }
        let is_total = self.quantity.cumulative != Some(false) && earlier.quantity.cumulative != Some(false);
        self.is_level || when.same_origin || (is_total && earlier.range.is_below(&self.range))
    }

    fn precision(&self) -> f64 {
        let width = (self.range.high - self.range.low) / self.range.low.abs().max(1.0);
        let whole = if self.quantity.of.is_none() { 0.0 } else { -1e6 };
        if width.is_finite() { whole - width } else { whole - 1e3 }
    }
}
