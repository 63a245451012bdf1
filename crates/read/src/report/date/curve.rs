//! *How likely would a report of each day hold these words?* A rate for each day, in natural logarithms.
//!
//! Rates need no common scale: what counts is how they differ from day to day.

use annalist_schema::DayInterval;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The first day that a report is looked for on.
pub const FIRST: Date = date(1960, 1, 1);

/// The last one.
pub const LAST: Date = date(2030, 12, 31);

/// What the figures of a [`Shape`] say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The rate of each day of a step.
    Day,
    /// How many of a hundred reports lie in the whole step.
    Step,
}

/// How the rate changes with the distance to the days that words speak of.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What the figures say.
    pub per: Per,
    /// Before them: up to so many days before, the rate; the last step reaches for ever.
    pub before: &'static [(i32, f64)],
    /// On them.
    pub inside: f64,
    /// After them, as before them.
    pub after: &'static [(i32, f64)],
}

/// The logarithm of the rate of each day from [`FIRST`] to [`LAST`].
#[derive(Clone, Debug, PartialEq)]
pub struct Curve(Vec<f64>);

/// Number of days looked at.
pub fn n_days() -> usize {
    place(LAST) as usize + 1
}

/// How many days after [`FIRST`].
pub fn place(day: Date) -> i32 {
    (day - FIRST).get_days()
}

/// The day at a place.
pub fn day_at(place: usize) -> Date {
    FIRST.saturating_add((place as i64).days())
}

/// A step without an end is taken to be so long: some decades.
const LONGEST_STEP: f64 = 40.0 * 366.0;

impl Shape {
    /// The rate of each day of a step from its first to its last day.
    fn rate(&self, figure: f64, first: i32, last: i32) -> f64 {
        match self.per {
            Per::Day => figure,
            Per::Step => figure / (f64::from(last) - f64::from(first) + 1.0).min(LONGEST_STEP),
        }
    }
}

impl Curve {
    /// The curve around one stretch of days.
    pub fn around(days: DayInterval, shape: &Shape) -> Self {
        Self::around_any(&[days], shape)
    }

    /// Around several stretches, any of which may be meant: the best of each day.
    pub fn around_any(stretches: &[DayInterval], shape: &Shape) -> Self {
        let mut curve = Self(vec![f64::NEG_INFINITY; n_days()]);
        for days in stretches {
            curve.lay(*days, shape);
        }
        curve
    }

    fn lay(&mut self, days: DayInterval, shape: &Shape) {
        let (first, last) = (place(days.earliest.max(date(1, 1, 1))), place(days.latest));
        self.raise(first, last, shape.rate(shape.inside, first, last));
        let mut next = first.saturating_sub(1);
        for &(distance, figure) in shape.before {
            let end = first.saturating_sub(distance);
            self.raise(end, next, shape.rate(figure, end, next));
            next = end.saturating_sub(1);
        }
        let mut next = last.saturating_add(1);
        for &(distance, figure) in shape.after {
            let end = last.saturating_add(distance);
            self.raise(next, end, shape.rate(figure, next, end));
            next = end.saturating_add(1);
        }
    }

    /// At least this rate on a stretch.
    fn raise(&mut self, first: i32, last: i32, rate: f64) {
        let rate = rate.ln();
        let (first, last) =
            (first.max(0) as usize, (last.saturating_add(1)).clamp(0, self.0.len() as i32) as usize);
        for one in self.0.get_mut(first..last).unwrap_or_default() {
            *one = one.max(rate);
        }
    }

    /// The best of two on each day.
    pub fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one = one.max(*other));
        self
    }

    /// The logarithms in order of time.
    pub fn logs(&self) -> &[f64] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape {
        per: Per::Day,
        before: &[(10, 0.5), (i32::MAX, 0.1)],
        inside: 1.0,
        after: &[(5, 0.25), (i32::MAX, 0.125)],
    };

    fn check(stretches: &[&str], day: &str, expected: f64) {
        let stretches: Vec<_> = stretches.iter().filter_map(|days| DayInterval::parse(days)).collect();
        let curve = Curve::around_any(&stretches, &SHAPE);
        let found = curve.logs()[place(day.parse().unwrap()) as usize].exp();
        assert!((found - expected).abs() < 1e-9, "{day}: {found}");
    }

    #[test]
    fn rates_fall_in_steps() {
        for (day, expected) in [
            ("1995-04-30", 0.1),
            ("1995-05-01", 0.5),
            ("1995-05-10", 0.5),
            ("1995-05-11", 1.0),
            ("1995-05-12", 0.25),
            ("1995-05-16", 0.25),
            ("1995-05-17", 0.125),
            ("2030-12-31", 0.125),
        ] {
            check(&["1995-05-11"], day, expected);
        }
        check(&["1995-05-11", "2001-05-11"], "2001-05-11", 1.0);
        check(&["1820", "2001-05-11"], "1980-01-01", 0.125);
    }

    #[test]
    fn figures_of_steps_are_shared_by_their_days() {
        let shape = Shape {
            per: Per::Step,
            before: &[],
            inside: 31.0,
            after: &[(10, 5.0), (i32::MAX, 40.0 * 366.0)],
        };
        let curve = Curve::around(DayInterval::parse("1995-05").unwrap(), &shape);
        for (day, expected) in
            [("1995-05-31", 1.0), ("1995-06-01", 0.5), ("1995-06-10", 0.5), ("2020-01-01", 1.0)]
        {
            let found = curve.logs()[place(day.parse().unwrap()) as usize].exp();
            assert!((found - expected).abs() < 1e-6, "{day}: {found}");
        }
    }

    #[test]
    fn places_and_days_agree() {
        assert_eq!(day_at(place(LAST) as usize), LAST);
        assert_eq!(n_days(), 25933);
    }
}
