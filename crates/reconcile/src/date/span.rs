//! *How likely is each day?* The days that come into question, one after the other.

use annalist_schema::{DayInterval, Odds};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::pile::Pile;

use super::own_day;
use super::shape::Shape;

/// The days from a first to a last.
pub(crate) struct Timeline {
    first: Date,
    n_days: usize,
}

/// Without other reports, days are looked for here.
const USUAL: DayInterval = DayInterval { earliest: date(1960, 1, 1), latest: date(2030, 12, 31) };
/// That none of the odds is right.
const NO_ODDS: f64 = 0.005;

impl Timeline {
    /// Days that hold the dated reports.
    pub fn new(pile: &Pile<'_>, dated: &[u32]) -> Self {
        let days = || dated.iter().filter_map(|&report| own_day(pile, report));
        let first = days().map(|days| days.earliest).fold(USUAL.earliest, Date::min);
        let last = days().map(|days| days.latest).fold(USUAL.latest, Date::max);
        Self { first, n_days: (last - first).get_days().unsigned_abs() as usize + 1 }
    }

    /// One weight, spread over all days.
    pub fn flat(&self, weight: f64) -> Vec<f64> {
        vec![weight / self.n_days as f64; self.n_days]
    }

    /// Adds to each day what a shape around some days gives it.
    pub fn lay(&self, rates: &mut [f64], days: DayInterval, shape: &Shape, weight: f64) {
        self.steps(days, shape, |first, last, rate| {
            rates[first..=last].iter_mut().for_each(|sum| *sum += weight * rate);
        });
    }

    /// What a shape around some days gives in the mean.
    pub fn mean(&self, masses: &[f64], days: DayInterval, shape: &Shape) -> f64 {
        let mut mean = 0.0;
        self.steps(days, shape, |first, last, rate| mean += rate * masses[first..=last].iter().sum::<f64>());
        mean
    }

    /// The logarithms of how likely the days are by a report's own words.
    pub fn odds(&self, odds: &[Odds]) -> Vec<f64> {
        if odds.is_empty() {
            return self.flat(1.0);
        }
        let mut rates = self.flat(NO_ODDS);
        for Odds { days, parts } in odds {
            let rate = f64::from(*parts) / 1e6 / days.n_days() as f64;
            if let Some((first, last)) = self.within(self.place(days.earliest), self.place(days.latest)) {
                rates[first..=last].iter_mut().for_each(|sum| *sum += rate);
            }
        }
        rates.into_iter().map(f64::ln).collect()
    }

    /// The shortest stretch that holds a share of the whole; of equals, the earliest.
    pub fn shortest(&self, masses: &[f64], share: f64) -> DayInterval {
        let mut best = (0, masses.len() - 1);
        let (mut first, mut held) = (0, 0.0);
        for (last, mass) in masses.iter().enumerate() {
            held += mass;
            while held - masses[first] >= share && first < last {
                held -= masses[first];
                first += 1;
            }
            if held >= share && last - first < best.1 - best.0 {
                best = (first, last);
            }
        }
        DayInterval { earliest: self.day(best.0), latest: self.day(best.1) }
    }

    /// Calls with the first and last place of each step, and the rate of each of its days.
    fn steps(&self, days: DayInterval, shape: &Shape, mut with: impl FnMut(usize, usize, f64)) {
        let (earliest, latest) = (self.place(days.earliest), self.place(days.latest));
        let mut step = |first: i32, last: i32, figure: f64| {
            let long = f64::from(last.saturating_sub(first).saturating_add(1)).min(self.n_days as f64);
            if let Some((first, last)) = self.within(first, last) {
                with(first, last, figure / 100.0 / long);
            }
        };
        step(earliest, latest, shape.inside);
        let mut next = earliest.saturating_sub(1);
        for &(distance, figure) in shape.before {
            let end = earliest.saturating_sub(distance);
            step(end, next, figure);
            next = end.saturating_sub(1);
        }
        let mut next = latest.saturating_add(1);
        for &(distance, figure) in shape.after {
            let end = latest.saturating_add(distance);
            step(next, end, figure);
            next = end.saturating_add(1);
        }
    }

    fn within(&self, first: i32, last: i32) -> Option<(usize, usize)> {
        let end = i32::try_from(self.n_days).unwrap_or(i32::MAX) - 1;
        (first <= end && last >= 0 && first <= last).then(|| (first.max(0) as usize, last.min(end) as usize))
    }

    fn place(&self, day: Date) -> i32 {
        (day - self.first).get_days()
    }

    fn day(&self, place: usize) -> Date {
        self.first.saturating_add((place as i64).days())
    }
}

/// Logarithms as shares of one.
pub(crate) fn normalised(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let masses: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
    let whole: f64 = masses.iter().sum();
    masses.into_iter().map(|mass| mass / whole).collect()
}
