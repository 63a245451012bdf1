//! *How many events, with which probability?* Distributions on 0, 1, 2 … as forecasts of counts.

use serde::Serialize;

use crate::numeric::ln_gamma;

/// A negative binomial distribution: mean, and size, which says how much more it varies than chance alone (variance =
/// mean + mean² / size).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NegativeBinomial {
    /// Mean.
    pub mean: f64,
    /// Size; infinite for a Poisson distribution.
    pub size: f64,
}

/// Probability that may be left out at the upper end.
const TAIL: f64 = 1e-7;
/// Most values that are written out.
const MOST: usize = 200_000;

impl NegativeBinomial {
    /// A Poisson distribution.
    pub fn poisson(mean: f64) -> Self {
        Self { mean, size: f64::INFINITY }
    }

    /// One of this mean and variance; Poisson where the variance is no larger than the mean.
    pub fn of_moments(mean: f64, variance: f64) -> Self {
        let size = if variance > mean * 1.0001 { mean * mean / (variance - mean) } else { f64::INFINITY };
        Self { mean, size }
    }

    /// Logarithm of the probability of a count.
    pub fn ln(&self, count: f64) -> f64 {
        let Self { mean, size } = *self;
        if mean <= 0.0 {
            return if count > 0.0 { f64::NEG_INFINITY } else { 0.0 };
        }
        if size > 1e9 {
            return count * mean.ln() - mean - ln_gamma(count + 1.0);
        }
        let share = (mean / size).ln_1p();
        ln_gamma(count + size) - ln_gamma(size) - ln_gamma(count + 1.0) - size * share
            + count * (mean.ln() - size.ln() - share)
    }

    /// Probabilities of 0, 1, 2 … as far as they matter; beyond two hundred thousand the rest stands on the last.
    pub fn probabilities(&self) -> Vec<f64> {
        let mut all = Vec::new();
        let mut sum = 0.0;
        while sum < 1.0 - TAIL && all.len() < MOST {
            let count = all.len() as f64;
            let p = self.ln(count).exp();
            // Past the middle, what is as small as rounding adds nothing any more.
            if count > self.mean && p < 1e-14 {
                break;
            }
            all.push(p);
            sum += p;
        }
        if let Some(last) = all.last_mut().filter(|_| sum < 0.999) {
            *last += 1.0 - sum;
        }
        all
    }
}

/// How many events there will be: in a lull the probability of none is that the lull lasts, and the rest is shared out as ever.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Counts {
    /// How many, if there are some.
    pub some: NegativeBinomial,
    /// The probability of none, where it is known by itself.
    pub nothing: Option<f64>,
}

impl Counts {
    /// Probabilities of 0, 1, 2 … as far as they matter.
    pub fn probabilities(&self) -> Vec<f64> {
        let mut all = self.some.probabilities();
        let some: f64 = all.iter().skip(1).sum();
        if let Some(nothing) = self.nothing {
            if some <= 0.0 {
                return vec![nothing, 1.0 - nothing];
            }
            all[0] = nothing;
            all[1..].iter_mut().for_each(|p| *p *= (1.0 - nothing) / some);
        }
        all
    }
}

/// The smallest count up to which at least a share of the probability lies.
pub fn quantile(probabilities: &[f64], share: f64) -> usize {
    let mut sum = 0.0;
    let reached = probabilities.iter().position(|p| {
        sum += p;
        sum >= share
    });
    reached.unwrap_or(probabilities.len().saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(distribution: NegativeBinomial) {
        let all = distribution.probabilities();
        let moment =
            |power: i32| all.iter().enumerate().map(|(count, p)| p * (count as f64).powi(power)).sum::<f64>();
        let (sum, mean) = (moment(0), moment(1));
        assert!((sum - 1.0).abs() < 1e-6, "{distribution:?}: {sum}");
        assert!(
            (mean - distribution.mean).abs() < 1e-3 * (1.0 + distribution.mean),
            "{distribution:?}: {mean}"
        );
        let variance = distribution.mean + distribution.mean.powi(2) / distribution.size;
        assert!((moment(2) - mean * mean - variance).abs() < 1e-2 * (1.0 + variance), "{distribution:?}");
    }

    #[test]
    fn probabilities_have_the_moments_they_should() {
        for mean in [0.0, 1e-6, 0.3, 5.0, 900.0] {
            check(NegativeBinomial::poisson(mean));
            check(NegativeBinomial { mean, size: 2.0 });
            check(NegativeBinomial::of_moments(mean, 3.0 * mean));
        }
    }

    #[test]
    fn huge_counts_are_written_out_as_far_as_can_be() {
        let all = NegativeBinomial { mean: 1e8, size: 1.0 }.probabilities();
        assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-6 && all.len() <= MOST);
    }

    #[test]
    fn in_a_lull_nothing_has_its_own_probability() {
        let all =
            Counts { some: NegativeBinomial { mean: 3.0, size: 1.0 }, nothing: Some(0.6) }.probabilities();
        assert!((all[0] - 0.6).abs() < 1e-12 && (all.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert_eq!(
            Counts { some: NegativeBinomial::poisson(0.0), nothing: Some(0.5) }.probabilities(),
            [0.5, 0.5]
        );
    }

    #[test]
    fn quantiles_are_counts() {
        assert_eq!([0.1, 0.5, 0.51, 1.0].map(|share| quantile(&[0.5, 0.3, 0.2], share)), [0, 0, 1, 2]);
        assert_eq!(quantile(&[], 0.5), 0);
    }
}
