//! *Which events bring about further ones, how many, and how soon?* Mutually exciting (Hawkes) processes.
//!
//! Events of kind i arrive at the rate `mu[i] + Σ alpha[i][j] · beta[i][j] · exp(-beta[i][j] · age)` over all earlier events of
//! every kind j: each brings about `alpha[i][j]` events of kind i on average, after a mean delay of `1 / beta[i][j]`. The
//! background `mu` may move from one part of the window to the next, so that what is shared is not taken for contagion.
//!
//! The rows of kinds are fitted apart from one another, each by Newton's method with exact first and second derivatives,
//! decays too, all in one pass over the events; the second derivatives also give the standard errors.

mod answers;
mod course;
mod fit;
mod goodness;
mod likelihood;
mod newton;
mod scenario;
mod simulate;
mod text;

pub use answers::{Follows, follows, follows_to_text};
pub use course::{Part, course};
pub use fit::{Errors, Fit, Settings, fit};
pub use goodness::{Goodness, goodness};
pub(crate) use likelihood::excitation;
pub use likelihood::log_likelihood;
pub use scenario::{Assumption, Course, Scenario, scenario};
pub use simulate::simulate;

use serde::Serialize;

/// A mutually exciting process of `n` kinds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Process {
    /// Where the parts of the window begin after which the background may differ, in order; empty if it stays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<f64>,
    /// Events per unit of time that nothing recorded brought about: for each kind one rate for each part of the window.
    pub background: Vec<Vec<f64>>,
    /// `alpha[i][j]`: events of kind i that one of kind j brings about, on average.
    pub alpha: Vec<Vec<f64>>,
    /// `beta[i][j]`: the inverse of their mean delay.
    pub beta: Vec<Vec<f64>>,
}

impl Process {
    /// Number of kinds.
    pub fn n_nodes(&self) -> usize {
        self.alpha.len()
    }

    /// The part of the window that a time is in.
    pub fn part(&self, time: f64) -> usize {
        self.cuts.partition_point(|cut| *cut <= time)
    }

    /// Where the parts of a window begin and end.
    pub(crate) fn parts(cuts: &[f64], start: f64, end: f64) -> Vec<(f64, f64)> {
        let inner = |time: &f64| time.clamp(start, end);
        let begins = std::iter::once(start).chain(cuts.iter().map(inner));
        let ends = cuts.iter().map(inner).chain([end]);
        begins.zip(ends).collect()
    }

    /// Mean background of each kind over a window.
    pub fn mean_background(&self, start: f64, end: f64) -> Vec<f64> {
        let parts = Self::parts(&self.cuts, start, end);
        let mean = |rates: &Vec<f64>| {
            let total: f64 = rates.iter().zip(&parts).map(|(rate, (from, to))| rate * (to - from)).sum();
            if end > start { total / (end - start) } else { rates.last().copied().unwrap_or(0.0) }
        };
        self.background.iter().map(mean).collect()
    }

    /// Size of the largest eigenvalue of `alpha`: at 1 and above, events beget events without end.
    pub fn radius(&self) -> f64 {
        let n = self.n_nodes();
        let mut vector = vec![1.0; n];
        let mut size = 0.0;
        // Squared once, so that kinds that only answer each other in turn do not keep it from settling.
        for _ in 0..200 {
            let product: Vec<f64> = self.alpha.iter().map(|row| dot(row, &vector)).collect();
            let mixed: Vec<f64> = product.iter().zip(&vector).map(|(new, old)| new + old).collect();
            size = mixed.iter().copied().fold(0.0, f64::max);
            if size <= 0.0 {
                return 0.0;
            }
            vector = mixed.iter().map(|value| value / size).collect();
        }
        (size - 1.0).max(0.0)
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(alpha: &[&[f64]], expected: f64) {
        let alpha: Vec<Vec<f64>> = alpha.iter().map(|row| row.to_vec()).collect();
        let beta = alpha.clone();
        let process = Process { cuts: vec![], background: vec![vec![1.0]; alpha.len()], alpha, beta };
        assert!((process.radius() - expected).abs() < 1e-6, "{} is not {expected}", process.radius());
    }

    #[test]
    fn the_radius_is_the_largest_eigenvalue() {
        check(&[&[0.5]], 0.5);
        check(&[&[0.0, 0.5], &[0.5, 0.0]], 0.5);
        check(&[&[0.4, 0.2], &[0.3, 0.1]], 0.25 + (0.0225f64 + 0.06).sqrt());
        check(&[&[0.0, 0.0], &[0.0, 0.0]], 0.0);
        check(&[], 0.0);
    }

    #[test]
    fn the_mean_background_weighs_parts_by_their_length() {
        let process = Process {
            cuts: vec![1.0],
            background: vec![vec![4.0, 1.0]],
            alpha: vec![vec![0.0]],
            beta: vec![vec![1.0]],
        };
        assert_eq!(process.mean_background(0.0, 3.0), [2.0]);
        assert_eq!((process.part(0.5), process.part(1.0)), (0, 1));
    }
}
