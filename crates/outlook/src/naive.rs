//! *What would somebody say who does next to nothing?* The forecasts that any other must beat.

use crate::distribution::NegativeBinomial;
use crate::track::{HORIZONS, Track};

/// What a naive forecaster goes by, as a person says it.
pub fn in_words(model: &str) -> &'static str {
    match model {
        "always_half" => "even odds",
        "climatology" => "all windows of the past",
        "conflictology365" => "the windows of the last year",
        "poisson90" => "the rate of the last 90 days",
        "nb90" => "the same rate, as uneven as the last year",
        "renewal" => "lulls as long",
        "zero" => "no event",
        "last_poisson" => "as many as just before",
        _ => "the naive forecast",
    }
}

/// A naive forecast of a count.
pub fn counts(track: &Track, at: usize, horizon: usize) -> [(&'static str, Vec<f64>); 5] {
    let h = HORIZONS[horizon];
    let by_rate = track.total(at, 90) * h as f64 / 90.0;
    let disp = track.dispersion(at, horizon);
    let poisson = |mean| NegativeBinomial::poisson(mean).probabilities();
    [
        ("zero", vec![1.0]),
        ("last_poisson", poisson(track.total(at, h))),
        ("poisson90", poisson(by_rate)),
        ("nb90", NegativeBinomial::of_moments(by_rate, by_rate * disp).probabilities()),
        ("conflictology365", last_year(track, at, h)),
    ]
}

/// How often each count was seen in the windows of the last year.
fn last_year(track: &Track, at: usize, h: usize) -> Vec<f64> {
    let ends = (h - 1).max(at.saturating_sub(364))..=at;
    let totals: Vec<usize> = ends.map(|end| (track.total(end, h) as usize).min(1_000_000)).collect();
    let mut shares = vec![0.0; totals.iter().max().map_or(1, |most| most + 1)];
    for total in &totals {
        shares[*total] += 1.0 / totals.len() as f64;
    }
    if totals.is_empty() {
        shares[0] = 1.0;
    }
    shares
}

/// Naive probabilities that a lull ends.
pub fn lull_ends(track: &Track, at: usize, horizon: usize) -> [(&'static str, f64); 5] {
    [
        ("always_half", 0.5),
        ("climatology", track.share_hit(at, horizon, at + 1)),
        ("conflictology365", track.share_hit(at, horizon, 365)),
        ("poisson90", track.by_rate(at, horizon)),
        ("renewal", renewal(track, at, horizon)),
    ]
}

/// Of the past lulls that lasted as long as this one has, the share that ended within the horizon, drawn towards the rate.
fn renewal(track: &Track, at: usize, horizon: usize) -> f64 {
    let lasted = track.quiet(at);
    let lulls = track.lulls(at, lasted.max(1));
    let ended = lulls.iter().filter(|(_, length)| *length < lasted + HORIZONS[horizon]).count();
    (ended as f64 + 2.0 * track.by_rate(at, horizon)) / (lulls.len() as f64 + 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daily::Series;

    #[test]
    fn naive_forecasts_are_distributions() {
        let counts: Vec<Option<u32>> = (0..400).map(|day| Some(u32::from(day % 10 == 0) * 2)).collect();
        let track = Track::new(&Series { name: "a".to_owned(), first: 0, counts, ..Series::default() });
        for at in [0, 5, 399] {
            for horizon in 0..3 {
                for (name, all) in super::counts(&track, at, horizon) {
                    assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-5, "{name} at {at}");
                }
                for (name, p) in lull_ends(&track, at, horizon) {
                    assert!((0.0..=1.0).contains(&p), "{name} at {at}");
                }
            }
        }
        // The last of forty events two days each ten was nine days ago, and every lull ends after ten.
        assert!(lull_ends(&track, 399, 0)[4].1 > 0.95);
        assert!(super::counts(&track, 399, 2)[4].1[6] > 0.999);
    }
}
