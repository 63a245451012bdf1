//! *Clues in, days out.* Adds up what the clues say of each day, and takes the shortest interval that holds
//! enough of the whole.

use std::collections::BTreeMap;

use annalist_schema::{DayInterval, Odds};
use jiff::civil::date;

use super::curve::{self, Curve};

/// What sort of thing a clue is. Clues of a sort say partly the same, so `n` of them count as fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A year, month or day with its year.
    Dated,
    /// The last or next day without its year, or a day with its weekday.
    Day,
    /// Every day without its year.
    EachDay,
    /// A happening.
    Event,
    /// An office held, or no longer.
    Office,
    /// A price, index or rate.
    Level,
    /// A person.
    Person,
    /// A name or word of its time.
    Era,
}

/// Something in the report that tells of its date.
#[derive(Clone, Debug)]
pub struct Clue {
    /// What sort.
    pub sort: Sort,
    /// What it is, for people.
    pub why: String,
    /// How likely a report of each day would have it.
    pub curve: Curve,
}

/// Which days, and which clues spoke for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// The interval.
    pub days: DayInterval,
    /// The clues by how much they count, weightiest first.
    pub why: Vec<String>,
    /// How likely the days are, in order of time.
    pub odds: Vec<Odds>,
}

/// How much of the whole the interval holds.
const MASS: f64 = 0.93;

/// The same where that takes more than [`LONG`]: who cannot use years for days anyway is better served by all of them.
const LONG_MASS: f64 = 0.992;

/// Days that are still of use to somebody who sorts reports.
const LONG: usize = 92;

/// `n` clues of one sort count as `n` to this power.
const SHARED: f64 = 0.75;

/// How many stretches of days are told apart.
const MOST_ODDS: usize = 200;

/// How many reasons are given.
const MOST_REASONS: usize = 8;

/// A clue that makes the interval less than so much likelier is no reason for it.
const LEAST_GAIN: f64 = 0.2;

/// The days that the clues leave; `None` without clues.
pub fn solve(clues: &[Clue]) -> Option<Solution> {
    if clues.is_empty() {
        return None;
    }
    let prior = prior();
    let mut logs = prior.clone();
    for clue in clues {
        let weight = weight(clues, clue.sort);
        logs.iter_mut().zip(clue.curve.logs()).for_each(|(sum, log)| *sum += weight * log);
    }
    let posterior = normalised(&logs);
    let (first, last) = interval(&posterior);
    let days = DayInterval { earliest: curve::day_at(first), latest: curve::day_at(last) };
    Some(Solution { days, why: reasons(clues, &normalised(&prior), &posterior), odds: odds(&posterior) })
}

/// Any day is as likely as any other, but what is read today is seldom old, and nothing is known of what has
/// not come.
fn prior() -> Vec<f64> {
    let archives = curve::place(date(1980, 1, 1)) as usize;
    let known = curve::place(date(2026, 12, 31)) as usize;
    (0..curve::n_days()).map(|at| if (archives..=known).contains(&at) { 0.0 } else { -1.5 }).collect()
}

/// Days side by side that are about as likely are one stretch; stretches that hold next to nothing are left out.
fn odds(posterior: &[f64]) -> Vec<Odds> {
    const ALIKE: f64 = 0.1;
    let is_alike = |one: &f64, other: &f64| (one.ln() - other.ln()).abs() < ALIKE;
    let mut first = 0;
    let mut found = Vec::new();
    for run in posterior.chunk_by(is_alike) {
        let parts = (run.iter().sum::<f64>() * 1e6).round() as u32;
        let days =
            DayInterval { earliest: curve::day_at(first), latest: curve::day_at(first + run.len() - 1) };
        first += run.len();
        found.push(Odds { days, parts });
    }
    found.sort_by_key(|odds| (std::cmp::Reverse(odds.parts), odds.days));
    found.truncate(MOST_ODDS);
    found.retain(|odds| odds.parts > 0);
    found.sort_by_key(|odds| odds.days);
    found
}

fn weight(clues: &[Clue], sort: Sort) -> f64 {
    let n = clues.iter().filter(|clue| clue.sort == sort).count() as f64;
    n.powf(SHARED) / n
}

fn normalised(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let masses: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
    let whole: f64 = masses.iter().sum();
    masses.into_iter().map(|mass| mass / whole).collect()
}

/// The days: a short stretch where that is sure enough, else one that is wide and safe.
fn interval(posterior: &[f64]) -> (usize, usize) {
    let (first, last) = stretch(posterior, MASS);
    if last - first < LONG { (first, last) } else { stretch(posterior, LONG_MASS) }
}

/// The stretch that holds a mass and is short for how likely the year of its middle day is: who must name one day takes the
/// middle.
///
/// A stretch may be four times as long as another if the year in its middle is twice as likely.
fn stretch(posterior: &[f64], mass: f64) -> (usize, usize) {
    let sums = sums(posterior);
    let years = year_masses(posterior);
    let even = (0..posterior.len()).filter_map(|middle| {
        let reach = reach(&sums, middle, mass)?;
        Some((middle.saturating_sub(reach), (middle + reach).min(posterior.len() - 1)))
    });
    let cost = |&(first, last): &(usize, usize)| {
        let year = years.get(&curve::day_at(first.midpoint(last)).year()).copied().unwrap_or(0.0);
        (last - first + 1) as f64 / year.powi(2).max(f64::MIN_POSITIVE)
    };
    let stretches = even.chain([shortest(posterior, mass)]);
    stretches.min_by(|one, other| cost(one).total_cmp(&cost(other))).unwrap_or((0, posterior.len() - 1))
}

/// The shortest stretch that holds a mass; of equals, the earliest.
fn shortest(posterior: &[f64], mass: f64) -> (usize, usize) {
    let mut best = (0, posterior.len() - 1);
    let (mut first, mut held) = (0, 0.0);
    for (last, share) in posterior.iter().enumerate() {
        held += share;
        while held - posterior[first] >= mass && first < last {
            held -= posterior[first];
            first += 1;
        }
        if held >= mass && last - first < best.1 - best.0 {
            best = (first, last);
        }
    }
    best
}

/// The mass before each day.
fn sums(posterior: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    std::iter::once(0.0)
        .chain(posterior.iter().map(|mass| {
            sum += mass;
            sum
        }))
        .collect()
}

fn year_masses(posterior: &[f64]) -> BTreeMap<i16, f64> {
    let mut years = BTreeMap::new();
    for (at, mass) in posterior.iter().enumerate() {
        *years.entry(curve::day_at(at).year()).or_insert(0.0) += mass;
    }
    years
}

/// How far to both sides of a day a mass reaches.
fn reach(sums: &[f64], middle: usize, mass: f64) -> Option<usize> {
    let held =
        |reach: usize| sums[(middle + reach + 1).min(sums.len() - 1)] - sums[middle.saturating_sub(reach)];
    let (mut low, mut high) = (0, sums.len());
    (held(high) >= mass).then_some(())?;
    while low < high {
        let half = (low + high) / 2;
        if held(half) >= mass { high = half } else { low = half + 1 }
    }
    Some(low)
}

/// The clues that make the solution likelier than it was without any.
fn reasons(clues: &[Clue], prior: &[f64], posterior: &[f64]) -> Vec<String> {
    let mean = |curve: &Curve, masses: &[f64]| -> f64 {
        curve.logs().iter().zip(masses).map(|(log, mass)| log * mass).sum()
    };
    let gain = |clue: &Clue| mean(&clue.curve, posterior) - mean(&clue.curve, prior);
    let mut gains: Vec<(f64, &Clue)> = clues.iter().map(|clue| (gain(clue), clue)).collect();
    gains.retain(|(gain, _)| *gain > LEAST_GAIN);
    gains.sort_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.why.cmp(&b.why)));
    gains.into_iter().take(MOST_REASONS).map(|(_, clue)| clue.why.clone()).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::curve::{Per, Shape};
    use super::*;

    const EVER: i32 = i32::MAX;
    const ONLY: Shape = Shape { per: Per::Day, before: &[(EVER, 1e-9)], inside: 1.0, after: &[(EVER, 1e-9)] };

    fn clue(days: &str) -> Clue {
        let days = DayInterval::parse(days).expect("days");
        Clue { sort: Sort::Dated, why: days.format(), curve: Curve::around(days, &ONLY) }
    }

    /// The days are written `first/last`; the reasons stand in their order.
    fn check(clues: &[&str], days: &str, why: &[&str]) {
        let clues: Vec<Clue> = clues.iter().map(|days| clue(days)).collect();
        let found = solve(&clues).expect("a solution");
        let expected = DayInterval::parse(days).expect("days");
        let slack = expected.n_days() / 10;
        let far = |one: Date, other: Date| i64::from((one - other).get_days().abs());
        assert!(far(found.days.earliest, expected.earliest) <= slack, "{:?}", found.days);
        assert!(far(found.days.latest, expected.latest) <= slack, "{:?}", found.days);
        assert_eq!(found.why, why);
    }

    #[test]
    fn clues_that_agree_leave_what_they_share() {
        check(
            &["1995-03", "1995-03-10/1995-05"],
            "1995-03-10/1995-03-31",
            &["1995-03", "1995-03-10/1995-05-31"],
        );
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(solve(&[]), None);
    }

    #[test]
    fn the_order_of_clues_does_not_show() {
        let (one, other) = (clue("1995-03"), clue("1995-03-10/1995-05"));
        assert_eq!(solve(&[one.clone(), other.clone()]), solve(&[other, one]));
    }

    #[test]
    fn the_interval_holds_the_mass_that_it_says() {
        let posterior = normalised(clue("1995").curve.logs());
        let (first, last) = interval(&posterior);
        assert!(posterior[first..=last].iter().sum::<f64>() >= MASS - 1e-9);
    }
}
