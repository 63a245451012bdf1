//! *How many?*

use std::cmp::Ordering;

use annalist_schema::{Claim, DayInterval, Quantity};

use crate::same::Match;
use crate::same::days::gap;
use crate::same::figure::{Range, show};
use crate::same::name::Name;
use crate::same::place::Spot;
use crate::situation::cell::{Value, When};

use super::days::SAME_NIGHT;

/// A number as one claim gives it.
pub(crate) struct Figure<'a> {
    quantity: &'a Quantity,
    /// The part that is counted; `None` if it is the whole.
    of: Option<&'a str>,
    range: Range,
    /// Whether it is a state that may rise and fall, such as a garrison, rather than a toll.
    is_level: bool,
    /// Where its claim puts what is counted, by words of its own.
    spot: Option<Spot>,
    /// The days that its claim gives, by words of its own.
    days: Option<DayInterval>,
}

impl<'a> Figure<'a> {
    /// How many an event had.
    pub fn of_event(quantity: &'a Quantity) -> Self {
        let is_part = |of: &&str| !of.eq_ignore_ascii_case(&quantity.what) && !quantity.is_earlier();
        let of = quantity.of.as_deref().filter(is_part);
        Self { quantity, of, range: Range::new(quantity), is_level: false, spot: None, days: None }
    }

    /// The same with the scope that its claim gives it.
    pub fn in_claim(self, claim: &Claim) -> Self {
        let place = claim.place.as_ref().filter(|place| place.basis.is_none());
        let is_told = !matches!(claim.date_basis.as_deref(), Some("published" | "narrative"));
        let days = claim.date.filter(|_| is_told);
        Self { spot: place.map(Spot::new).filter(Spot::is_specific), days, ..self }
    }

    /// How many are somewhere. Whose they are is known, so "Norwegian troops" are the troops.
    pub fn of_state(quantity: &'a Quantity) -> Self {
        let figure = Self::of_event(quantity);
        let what = Name::new(&quantity.what);
        let of = figure.of.filter(|of| !what.is_tail_of(&Name::new(of)));
        Self { of, is_level: true, ..figure }
    }
}

/// Counts that reports can contradict one another on: of what befell people, of forces, of deeds. Of "sites" and "persons" each
/// counts others.
const OF_ONE_THING: [&str; 12] = [
    "killed",
    "wounded",
    "killed_or_wounded",
    "missing",
    "detained",
    "abducted",
    "displaced",
    "released",
    "troops",
    "attacks",
    "protesters",
    "money",
];

/// Counts of one attack that sides put far apart; of others each may be a part.
const CASUALTIES: [&str; 3] = ["killed", "wounded", "killed_or_wounded"];

/// A toll this many times another, and as large as this, is that of a war.
const ANOTHER_ORDER: (f64, f64) = (20.0, 1000.0);

/// Two counts of one thing are seldom this many times apart.
const NEAR_TIMES: f64 = 2.0;

/// Words that count everybody.
const EVERYBODY: [&str; 8] =
    ["people", "persons", "civilians", "victims", "residents", "villagers", "inhabitants", "others"];

impl Figure<'_> {
    /// What is counted, where that leaves somebody out: children, soldiers.
    fn part(&self) -> Option<&str> {
        let is_everybody = |of: &&str| {
            let last = of.split(' ').next_back().unwrap_or_default().to_lowercase();
            EVERYBODY.contains(&last.as_str())
        };
        self.of.filter(|of| !is_everybody(of))
    }

    /// Whether it may be contained: civilians in a toll, children among civilians.
    fn is_part_of(&self, whole: &Self) -> bool {
        let is_narrower =
            (self.of.is_some() && whole.of.is_none()) || (self.part().is_some() && whole.part().is_none());
        is_narrower && self.range.is_below(&whole.range)
    }

    /// Whether the two count different people or things.
    fn counts_others(&self, other: &Self) -> bool {
        !OF_ONE_THING.contains(&self.quantity.what.as_str())
            || self.part().map(Name::new) != other.part().map(Name::new)
    }

    /// "Three more", which a total holds already.
    fn is_increment(&self) -> bool {
        self.quantity.cumulative == Some(false)
    }

    /// Whether their claims put them to two places or days.
    fn is_elsewhere(&self, other: &Self) -> bool {
        let places = self.spot.as_ref().zip(other.spot.as_ref());
        let are_apart = places.is_some_and(|(one, other)| one.compare(other) < Match::Compatible);
        let days = self.days.zip(other.days);
        are_apart || days.is_some_and(|(one, other)| gap(one, other) > SAME_NIGHT)
    }

    fn is_of_another_order(&self, other: &Self) -> bool {
        let (times, large) = ANOTHER_ORDER;
        let (few, many) = (self.quantity.n.min(other.quantity.n), self.quantity.n.max(other.quantity.n));
        let is_casualty = CASUALTIES.contains(&self.quantity.what.as_str());
        (many >= large && many > few * times) || (!self.is_level && !is_casualty && many > few * NEAR_TIMES)
    }
}

impl Value for Figure<'_> {
    fn show(&self) -> String {
        let earlier = self.quantity.of.as_deref().filter(|_| self.quantity.is_earlier());
        show(self.quantity, self.of.or(earlier))
    }

    /// A part may be smaller than the whole; a part that is larger is none of it.
    fn compare(&self, other: &Self) -> Match {
        // "76,000" and "more than 76,000" are one count.
        let is_one_number = self.quantity.n == other.quantity.n && self.quantity.n2 == other.quantity.n2;
        if self.is_part_of(other) || other.is_part_of(self) || (is_one_number && self.range != other.range) {
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
        let areas_differ =
            !one.area.is_empty() && !other_quantity.area.is_empty() && one.area != other_quantity.area;
        self.counts_others(other)
            || one.period.as_deref().map(Name::new) != other_quantity.period.as_deref().map(Name::new)
            || areas_differ
            || self.is_increment() != other.is_increment()
            || self.is_elsewhere(other)
            || self.is_of_another_order(other)
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

    /// Near figures are of one thing; others may be.
    fn needs_anchor(&self, other: &Self) -> bool {
        let (few, many) = (self.quantity.n.min(other.quantity.n), self.quantity.n.max(other.quantity.n));
        !self.is_level && many > few * NEAR_TIMES
    }

    fn has_parts(&self) -> bool {
        !self.is_level
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

    fn check(one: (&str, f64, Option<&str>), other: (&str, f64, Option<&str>), expected: (Match, bool)) {
        let quantity =
            |(what, n, of): (&str, f64, Option<&str>)| Quantity { what: what.to_owned(), ..troops(n, of) };
        let (one, other) = (quantity(one), quantity(other));
        let (one, other) = (Figure::of_event(&one), Figure::of_event(&other));
        assert_eq!((one.compare(&other), one.has_other_scope(&other)), expected);
        assert_eq!((other.compare(&one), other.has_other_scope(&one)), expected);
    }

    #[test]
    fn figures_contradict_within_one_scope() {
        let killed = |n, of| ("killed", n, of);
        check(killed(12.0, None), killed(20.0, None), (Match::Different, false));
        check(killed(12.0, Some("civilians")), killed(20.0, Some("people")), (Match::Different, false));
        check(killed(12.0, Some("civilians")), killed(20.0, None), (Match::Compatible, false));
        check(killed(12.0, Some("children")), killed(20.0, Some("civilians")), (Match::Compatible, true));
        check(killed(12.0, Some("children")), killed(20.0, Some("soldiers")), (Match::Different, true));
        check(killed(12.0, None), killed(120_000.0, None), (Match::Different, true));
        check(("persons", 206.0, None), ("persons", 230.0, None), (Match::Different, true));
        check(("displaced", 11_000.0, None), ("displaced", 76_000.0, None), (Match::Different, true));
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
