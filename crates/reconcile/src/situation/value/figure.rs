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
    /// The part that is counted; `None` if it is the whole.
    of: Option<&'a str>,
    range: Range,
    /// Whether it is a state that may rise and fall, such as a garrison, rather than a toll.
    is_level: bool,
}

impl<'a> Figure<'a> {
    /// How many an event had.
    pub fn of_event(quantity: &'a Quantity) -> Self {
        let is_part = |of: &&str| !of.eq_ignore_ascii_case(&quantity.what) && !quantity.is_earlier();
        let of = quantity.of.as_deref().filter(is_part);
        Self { quantity, of, range: Range::new(quantity), is_level: false }
    }

    /// How many are somewhere. Whose they are is known, so "Norwegian troops" are the troops.
    pub fn of_state(quantity: &'a Quantity) -> Self {
        let figure = Self::of_event(quantity);
        let what = Name::new(&quantity.what);
        let of = figure.of.filter(|of| !what.is_tail_of(&Name::new(of)));
        Self { of, is_level: true, ..figure }
    }
}

impl Value for Figure<'_> {
    fn show(&self) -> String {
        let earlier = self.quantity.of.as_deref().filter(|_| self.quantity.is_earlier());
        show(self.quantity, self.of.or(earlier))
    }

    /// A part may be smaller than the whole.
    fn compare(&self, other: &Self) -> Match {
        let is_part = |part: &Self, whole: &Self| {
            part.of.is_some() && whole.of.is_none() && part.range.is_below(&whole.range)
        };
        if is_part(self, other) || is_part(other, self) {
            return Match::Compatible;
        }
        let has_moved_on = self.quantity.is_earlier() != other.quantity.is_earlier();
        match self.range.compare(&other.range) {
            // "At least 38, down from an earlier 41".
            Match::Compatible if has_moved_on => Match::Different,
            Match::Same if self.has_other_scope(other) => Match::Compatible,
            relation => relation,
        }
    }

    fn has_other_scope(&self, other: &Self) -> bool {
        let (one, other_quantity) = (self.quantity, other.quantity);
        let differ = |one: Option<&str>, other: Option<&str>| matches!((one, other), (Some(one), Some(other)) if Name::new(one) != Name::new(other));
        let areas_differ =
            !one.area.is_empty() && !other_quantity.area.is_empty() && one.area != other_quantity.area;
        differ(self.of, other.of)
            || differ(one.period.as_deref(), other_quantity.period.as_deref())
            || areas_differ
    }

    /// A level changes; a running total only grows, and its fall is a correction if the same origin states it.
    fn replaces(&self, earlier: &Self, when: When) -> bool {
        if self.has_other_scope(earlier) {
            return false;
        }
        if self.quantity.is_earlier() != earlier.quantity.is_earlier() {
            return earlier.quantity.is_earlier();
        }
        if when.order != Some(Ordering::Greater) {
            return false;
        }
        let is_total = self.quantity.cumulative != Some(false) && earlier.quantity.cumulative != Some(false);
        self.is_level || when.same_origin || (is_total && earlier.range.is_below(&self.range))
    }

    fn precision(&self) -> f64 {
        let width = (self.range.high - self.range.low) / self.range.low.abs().max(1.0);
        let whole = if self.of.is_none() { 0.0 } else { -1e6 };
        if width.is_finite() { whole - width } else { whole - 1e3 }
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Comparator, Span};

    use super::*;

    fn troops(n: f64, of: Option<&str>) -> Quantity {
        Quantity {
            what: "troops".to_owned(),
            cmp: Comparator::Equal,
            n,
            n2: None,
            of: of.map(str::to_owned),
            by: None,
            cumulative: None,
            period: None,
            area: Vec::new(),
            span: Span::default(),
        }
    }

    #[test]
    fn a_toll_replaces_the_one_called_earlier() {
        let killed = |n, of| Quantity { what: "killed".to_owned(), ..troops(n, of) };
        let (now, then) = (killed(38.0, None), killed(41.0, Some("earlier toll")));
        let (now, then) = (Figure::of_event(&now), Figure::of_event(&then));
        let when = When { order: Some(Ordering::Less), same_origin: false };
        assert!(now.replaces(&then, when) && !then.replaces(&now, when));
        assert_eq!(now.compare(&then), Match::Different);
    }

    #[test]
    fn the_word_for_the_whole_is_no_part() {
        let (plain, owned) = (troops(300.0, None), troops(300.0, Some("Norwegian troops")));
        assert_eq!(Figure::of_state(&owned).show(), "300");
        assert_eq!(Figure::of_state(&plain).compare(&Figure::of_state(&owned)), Match::Same);
        let engineers = troops(40.0, Some("engineers"));
        assert_eq!(Figure::of_state(&engineers).compare(&Figure::of_state(&plain)), Match::Compatible);
        assert_eq!(Figure::of_state(&engineers).show(), "40 engineers");
    }
}
