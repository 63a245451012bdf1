//! *How are forecasts weighed by what came true?* Regressions that start from what was learned before, a normal prior, and
//! move as far as the outcomes at hand ask for: logistic for whether, negative binomial for how many.

use crate::linear::{cholesky, solve};
use crate::numeric::{digamma, ln_gamma};

/// What is believed of coefficients before the outcomes at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Prior {
    /// Their most likely values.
    pub mean: Vec<f64>,
    /// How firmly: the inverse of their covariance, row after row.
    pub precision: Vec<f64>,
}

impl Prior {
    /// Nothing but that coefficients are small.
    pub fn vague(n: usize) -> Self {
        let mut precision = vec![0.0; n * n];
        (0..n).for_each(|at| precision[at * n + at] = 1.0);
        Self { mean: vec![0.0; n], precision }
    }

    fn n(&self) -> usize {
        self.mean.len()
    }

    /// By how much, as a variance, what is believed leaves open the sum of coefficients and features.
    pub fn variance(&self, features: &[f64]) -> f64 {
        let lower = cholesky(&self.precision, self.n());
        lower.map_or(f64::INFINITY, |lower| sum(&solve(&lower, self.n(), features), features))
    }

    /// The cost of coefficients away from the mean, and its slope.
    fn pull(&self, at: &[f64]) -> (f64, Vec<f64>) {
        let n = self.n();
        let off: Vec<f64> = at.iter().zip(&self.mean).map(|(value, mean)| value - mean).collect();
        let row = |row: usize| {
            self.precision[row * n..(row + 1) * n].iter().zip(&off).map(|(p, off)| p * off).sum::<f64>()
        };
        let slope: Vec<f64> = (0..n).map(row).collect();
        (0.5 * slope.iter().zip(&off).map(|(slope, off)| slope * off).sum::<f64>(), slope)
    }
}

/// A cost of coefficients with its slope and a positive matrix about as curved as it.
struct Cost {
    value: f64,
    slope: Vec<f64>,
    curvature: Vec<f64>,
}

impl Cost {
    fn at(prior: &Prior, coefficients: &[f64]) -> Self {
        let (value, slope) = prior.pull(coefficients);
        Self { value, slope, curvature: prior.precision.clone() }
    }

    /// Adds what one row costs: by its `features`, which stand from `from` on, with this slope and curvature of their sum.
    fn add(&mut self, from: usize, features: &[f64], slope: f64, curvature: f64) {
        let n = self.slope.len();
        for (row, feature) in features.iter().enumerate() {
            self.slope[from + row] += slope * feature;
            let scaled = curvature * feature;
            let into = &mut self.curvature[(from + row) * n + from..];
            for (into, other) in into.iter_mut().zip(features) {
                *into += scaled * other;
            }
        }
    }
}

/// Where the cost is least, and its curvature there.
fn minimise(prior: &Prior, cost: impl Fn(&[f64]) -> Cost) -> (Vec<f64>, Vec<f64>) {
    let n = prior.n();
    let mut at = prior.mean.clone();
    let mut now = cost(&at);
    for _ in 0..200 {
        let mut curvature = now.curvature.clone();
        (0..n).for_each(|row| curvature[row * n + row] += 1e-9);
        let Some(lower) = cholesky(&curvature, n) else { break };
        let step = solve(&lower, n, &now.slope);
        let gain: f64 = step.iter().zip(&now.slope).map(|(step, slope)| step * slope).sum();
        if gain.is_nan() || gain < 1e-8 {
            break;
        }
        let mut size = 1.0;
        let better = loop {
            let next: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at - size * step).collect();
            let then = cost(&next);
            if then.value < now.value {
                break Some((next, then));
            }
            size *= 0.5;
            if size < 1e-6 {
                break None;
            }
        };
        let Some((next, then)) = better else { break };
        (at, now) = (next, then);
    }
    (at, now.curvature)
}

/// One outcome of a question that is answered by yes or no.
#[derive(Clone, Debug)]
pub struct Whether<const N: usize> {
    /// What was known.
    pub features: [f64; N],
    /// Whether it came true.
    pub is_true: bool,
    /// How much it counts.
    pub weight: f64,
}

/// Log odds by coefficients and features.
pub fn log_odds(coefficients: &[f64], features: &[f64]) -> f64 {
    sum(coefficients, features)
}

/// The probability of these log odds.
pub fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn sum(coefficients: &[f64], features: &[f64]) -> f64 {
    coefficients.iter().zip(features).map(|(coefficient, feature)| coefficient * feature).sum()
}

/// Coefficients of [`log_odds`], and what is believed of them after the outcomes.
pub fn fit_whether<const N: usize>(rows: &[Whether<N>], prior: &Prior) -> Prior {
    let cost = |coefficients: &[f64]| {
        let mut cost = Cost::at(prior, coefficients);
        for row in rows {
            let z = sum(coefficients, &row.features);
            let p = logistic(z);
            let signed = if row.is_true { -z } else { z };
            cost.value += row.weight * (signed.max(0.0) + (-signed.abs()).exp().ln_1p());
            let slope = row.weight * (p - f64::from(u8::from(row.is_true)));
            cost.add(0, &row.features, slope, row.weight * p * (1.0 - p));
        }
        cost
    };
    let (mean, precision) = minimise(prior, cost);
    Prior { mean, precision }
}

/// How much a group of outcomes differs from what the coefficients say of it, in log odds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offset {
    /// By so much.
    pub mean: f64,
    /// How much of it is told by its outcomes: what they add to the inverse of its variance.
    pub told: f64,
}

/// How much each group of outcomes differs from what the coefficients say of it, in log odds, drawn towards not at all: such
/// differences are believed to have the standard deviation `spread`. `groups` holds the group of each row.
pub fn offsets<const N: usize>(
    rows: &[Whether<N>],
    groups: &[usize],
    n_groups: usize,
    coefficients: &[f64],
    spread: f64,
) -> Vec<Offset> {
    let mut offsets = vec![Offset { mean: 0.0, told: 0.0 }; n_groups];
    let firm = spread.powi(-2);
    for _ in 0..8 {
        let mut slopes: Vec<(f64, f64)> = offsets.iter().map(|offset| (firm * offset.mean, 0.0)).collect();
        for (row, group) in rows.iter().zip(groups) {
            let p = logistic(sum(coefficients, &row.features) + offsets[*group].mean);
            slopes[*group].0 += row.weight * (p - f64::from(u8::from(row.is_true)));
            slopes[*group].1 += row.weight * p * (1.0 - p);
        }
        for (offset, (slope, told)) in offsets.iter_mut().zip(slopes) {
            *offset = Offset { mean: offset.mean - (slope / (firm + told)).clamp(-1.0, 1.0), told };
        }
    }
    offsets
}

/// One outcome of a question that is answered by a number.
#[derive(Clone, Debug)]
pub struct HowMany<const N: usize, const M: usize> {
    /// What was known, for the mean.
    pub mean: [f64; N],
    /// The same for the size.
    pub size: [f64; M],
    /// How many there were.
    pub count: f64,
    /// Which share of them could be seen.
    pub exposure: f64,
    /// How much it counts.
    pub weight: f64,
}

/// Mean and size of a negative binomial distribution by coefficients (of the mean, then of the size) and features.
pub fn mean_and_size(coefficients: &[f64], mean: &[f64], size: &[f64]) -> (f64, f64) {
    let (of_mean, of_size) = coefficients.split_at(mean.len().min(coefficients.len()));
    (sum(of_mean, mean).clamp(-14.0, 20.0).exp(), sum(of_size, size).clamp(-4.0, 8.0).exp())
}

/// ln Γ(size + count) - ln Γ(size), and its slope by size.
fn rising(size: f64, count: f64) -> (f64, f64) {
    if count > 25.0 {
        return (ln_gamma(size + count) - ln_gamma(size), digamma(size + count) - digamma(size));
    }
    let (mut product, mut log, mut slope) = (1.0, 0.0, 0.0);
    let mut term = size;
    while term < size + count - 0.5 {
        product *= term;
        slope += 1.0 / term;
        term += 1.0;
        if product > 1e200 {
            log += product.ln();
            product = 1.0;
        }
    }
    (log + product.ln(), slope)
}

/// Coefficients of [`mean_and_size`], and what is believed of them after the outcomes.
pub fn fit_how_many<const N: usize, const M: usize>(rows: &[HowMany<N, M>], prior: &Prior) -> Prior {
    let cost = |coefficients: &[f64]| {
        let mut cost = Cost::at(prior, coefficients);
        for row in rows {
            let (mean, size) = mean_and_size(coefficients, &row.mean, &row.size);
            let mean = mean * row.exposure;
            let share = (mean / size).ln_1p();
            let (rising, by_size) = rising(size, row.count);
            let log = rising - size * share + row.count * (mean.ln() - size.ln() - share);
            cost.value -= row.weight * log;
            let pull = size / (size + mean);
            cost.add(0, &row.mean, row.weight * (mean - row.count) * pull, row.weight * mean * pull);
            let slope = size * (by_size - share + 1.0 - (row.count + size) / (size + mean));
            let least = size.min(mean);
            cost.add(N, &row.size, -row.weight * slope, row.weight * 0.5 * least / (1.0 + least));
        }
        cost
    };
    let (mean, precision) = minimise(prior, cost);
    Prior { mean, precision }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn check(found: &Prior, expected: &[f64], within: f64) {
        let near = found.mean.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < within);
        assert!(near, "{:?} is not {expected:?}", found.mean);
    }

    #[test]
    fn whether_is_learned_from_what_came_true() {
        let mut random = Random::new(1);
        let mut row = || {
            let features = [1.0, random.normal()];
            let is_true = random.uniform() < logistic(log_odds(&[-0.5, 1.2], &features));
            Whether { features, is_true, weight: 1.0 }
        };
        let rows: Vec<_> = (0..5000).map(|_| row()).collect();
        let learned = fit_whether(&rows, &Prior::vague(2));
        check(&learned, &[-0.5, 1.2], 0.15);
        check(&fit_whether(&rows[..0], &learned), &learned.mean, 1e-9);
        // What was learned before holds against a few outcomes to the contrary.
        let contrary: Vec<_> =
            rows[..20].iter().map(|row| Whether { is_true: !row.is_true, ..row.clone() }).collect();
        check(&fit_whether(&contrary, &learned), &[-0.5, 1.2], 0.3);
    }

    #[test]
    fn a_group_that_differs_is_told_from_one_with_little_to_say() {
        let row = |is_true| Whether { features: [1.0], is_true, weight: 1.0 };
        let rows: Vec<_> = (0..400).map(|at| row(at % 4 > 0)).chain([row(true)]).collect();
        let groups: Vec<usize> = (0..400).map(|_| 0).chain([1]).collect();
        let found = offsets(&rows, &groups, 3, &[0.0], 0.5);
        assert!(
            (0.9..1.1).contains(&found[0].mean)
                && (0.0..0.2).contains(&found[1].mean)
                && found[2].mean == 0.0,
            "{found:?}"
        );
        assert!(found[0].told > 50.0 && found[1].told < 1.0 && found[2].told == 0.0, "{found:?}");
    }

    #[test]
    fn how_many_is_learned_from_how_many_there_were() {
        let mut random = Random::new(2);
        let mut row = || {
            let mean = [1.0, random.normal()];
            let rate = (0.5 + 0.8 * mean[1]).exp() * random.gamma(2.0) / 2.0;
            let count = random.poisson(rate) as f64;
            HowMany { mean, size: [1.0], count, exposure: 1.0, weight: 1.0 }
        };
        let rows: Vec<_> = (0..5000).map(|_| row()).collect();
        check(&fit_how_many(&rows, &Prior::vague(3)), &[0.5, 0.8, 2f64.ln()], 0.15);
    }

    #[test]
    fn a_rate_is_learned_from_what_could_be_seen() {
        let mut random = Random::new(5);
        let mut row = |at: usize| {
            let exposure = [1.0, 0.2][at % 2];
            let count = random.poisson(3.0 * exposure) as f64;
            HowMany { mean: [1.0], size: [1.0], count, exposure, weight: 1.0 }
        };
        let rows: Vec<_> = (0..2000).map(&mut row).collect();
        let found = fit_how_many(&rows, &Prior::vague(2)).mean[0];
        assert!((found - 3f64.ln()).abs() < 0.05, "{found}");
    }

    #[test]
    fn outlandish_rows_do_no_harm() {
        let row = |feature: f64, count: f64| HowMany {
            mean: [1.0, feature],
            size: [1.0],
            count,
            exposure: 1.0,
            weight: 1.0,
        };
        let rows = [row(1e6, 1e9), row(-1e6, 0.0), row(0.0, 1e9), row(0.0, 0.0)];
        let found = fit_how_many(&rows, &Prior::vague(3));
        assert!(found.mean.iter().all(|value| value.is_finite()), "{found:?}");
        let one = Whether { features: [1.0, 1e9], is_true: true, weight: 1.0 };
        assert!(fit_whether(&[one], &Prior::vague(2)).mean.iter().all(|value| value.is_finite()));
    }

    #[test]
    fn the_rising_product_has_one_value_both_ways() {
        let by_product = rising(2.5, 25.0);
        let by_gamma = (ln_gamma(27.5) - ln_gamma(2.5), digamma(27.5) - digamma(2.5));
        assert!((by_product.0 - by_gamma.0).abs() < 1e-9 && (by_product.1 - by_gamma.1).abs() < 1e-9);
    }
}
