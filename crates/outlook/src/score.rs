//! *How good was a forecast, now that the outcome is known?* Proper scores, lower is better: nobody gains by saying other than
//! they believe.

/// Probabilities below this count as this, so that one surprise does not outweigh everything.
const FLOOR: f64 = 1e-6;

/// Continuous ranked probability score of probabilities of 0, 1, 2 …
pub fn crps(probabilities: &[f64], outcome: f64) -> f64 {
    let mut below = 0.0;
    let mut score = 0.0;
    for (count, p) in probabilities.iter().enumerate() {
        below = f64::min(1.0, below + p);
        score += (below - f64::from(u8::from(count as f64 >= outcome))).powi(2);
    }
    // Beyond the last that was given a probability, every count up to the outcome costs as much.
    score + (outcome - probabilities.len() as f64).max(0.0) * below.powi(2)
}

/// Logarithmic score of the probability that was given to what came true.
pub fn log_score(p: f64) -> f64 {
    -p.clamp(FLOOR, 1.0 - FLOOR).ln()
}

/// The same of a count.
pub fn log_score_of_count(probabilities: &[f64], outcome: f64) -> f64 {
    -probabilities.get(outcome as usize).copied().unwrap_or(0.0).max(FLOOR).ln()
}

/// Brier score of a probability.
pub fn brier(p: f64, is_true: bool) -> f64 {
    (p - f64::from(u8::from(is_true))).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(probabilities: &[f64], outcome: f64, expected: f64) {
        let found = crps(probabilities, outcome);
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn crps_is_the_distance_of_a_point_and_less_for_a_spread() {
        check(&[1.0], 3.0, 3.0);
        check(&[0.0, 0.0, 1.0], 0.0, 2.0);
        check(&[0.5, 0.5], 0.0, 0.25);
        check(&[0.5, 0.5], 1.0, 0.25);
        check(&[0.5, 0.5], 3.0, 2.25);
        check(&[], 0.0, 0.0);
    }

    #[test]
    fn surprise_is_limited() {
        assert!((log_score(0.5) - 2f64.ln()).abs() < 1e-12);
        assert!(log_score(0.0) < 14.0 && log_score_of_count(&[1.0], 5.0) < 14.0);
        assert!((brier(0.75, true) - 0.0625).abs() < 1e-12);
    }
}
