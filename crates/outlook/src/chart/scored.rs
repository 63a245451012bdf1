//! *What does a back-test look like?* The reliability of probabilities, and scores beside the best naive ones.

use super::picture::{Anchor, FAINT, INK, NAIVE, OURS, Picture, SEEN, WIDTH};
use crate::backtest::{Report, Scores};
use crate::question::Kind;

/// Side of the square of the reliability diagram.
const SIDE: f64 = 260.0;
const LEFT: f64 = 54.0;
/// Where the scores begin.
const RIGHT: f64 = 380.0;
const ROW: f64 = 34.0;

/// A back-test as one picture.
pub fn svg_of_report(report: &Report) -> String {
    let mut picture = Picture::new("How often was it right before?", &report.to_text());
    let top = picture.height();
    picture.heading(12.0, "Probabilities that a lull ends: said, and came true");
    picture.heading(RIGHT, "Scores, as a share of the best naive forecast's");
    reliability(&mut picture, top + 30.0, report);
    scores(&mut picture, top + 34.0, report);
    picture.reach(top + SIDE + 66.0);
    let error =
        report.calibration_error.map_or(String::new(), |error| format!(" Calibration error {error:.3}."));
    picture.sentence(&format!(
        "{} questions asked, {} answered and scored.{error} Dots are as large as the number of answers.",
        report.n_asked, report.n_scored
    ));
    picture.finish()
}

fn reliability(picture: &mut Picture, top: f64, report: &Report) {
    let (x, y) = (|p: f64| LEFT + SIDE * p, |p: f64| top + SIDE * (1.0 - p));
    for tenths in [0, 2, 4, 6, 8, 10] {
        let p = f64::from(tenths) / 10.0;
        picture.line((x(p), y(0.0)), (x(p), y(1.0)), FAINT, 1.0, false);
        picture.line((x(0.0), y(p)), (x(1.0), y(p)), FAINT, 1.0, false);
        picture.text((x(p), y(0.0) + 16.0), Anchor::Middle, INK, &format!("{p:.1}"));
        picture.text((x(0.0) - 6.0, y(p) + 4.0), Anchor::End, INK, &format!("{p:.1}"));
    }
    picture.line((x(0.0), y(0.0)), (x(1.0), y(1.0)), NAIVE, 1.2, true);
    let most = report.reliability.iter().map(|bin| bin.n).max().unwrap_or(1).max(1) as f64;
    let known = || report.reliability.iter().filter(|bin| bin.n > 0);
    let points: Vec<(f64, f64)> = known().map(|bin| (x(bin.said), y(bin.came_true))).collect();
    picture.path(&points, "#c9d6e6");
    for (bin, point) in known().zip(&points) {
        // Two standard errors of a share of so many.
        let wide = 2.0 * (bin.came_true * (1.0 - bin.came_true) / bin.n as f64).sqrt();
        let (low, high) = ((bin.came_true - wide).max(0.0), (bin.came_true + wide).min(1.0));
        picture.line((point.0, y(low)), (point.0, y(high)), SEEN, 1.2, false);
        picture.dot(*point, 3.0 + 5.0 * (bin.n as f64 / most).sqrt(), SEEN, false);
    }
    picture.text(
        (x(0.5), y(0.0) + 32.0),
        Anchor::Middle,
        INK,
        "said; line: two standard errors of what came true",
    );
    if points.is_empty() {
        picture.text((x(0.5), y(0.5)), Anchor::Middle, INK, "no such question");
    }
}

fn scores(picture: &mut Picture, top: f64, report: &Report) {
    let of = |scores: &Scores| match scores.kind {
        Kind::LullEnds => scores.log_score,
        Kind::Count => scores.score,
    };
    let (left, right) = (RIGHT + 96.0, WIDTH - 60.0);
    let x = |ratio: f64| left + (right - left) * (ratio / 1.5).clamp(0.0, 1.0);
    let mut n = 0.0;
    for (at, ours) in report.ours().enumerate() {
        let Some(naive) = report.best_naive(ours, of) else { continue };
        let y = top + ROW * at as f64;
        let ratio = of(ours) / of(naive).max(1e-12);
        let what = match ours.kind {
            Kind::LullEnds => "lull ends",
            Kind::Count => "count",
        };
        let split = if ours.split.is_empty() { String::new() } else { format!(" {}", ours.split) };
        picture.text((left - 8.0, y + 12.0), Anchor::End, INK, &format!("{what} {} d{split}", ours.horizon));
        picture.bar((left, y), (x(ratio), y + 16.0), OURS);
        picture.text((x(ratio.max(1.0)) + 6.0, y + 12.0), Anchor::Start, INK, &format!("{ratio:.3}"));
        n = at as f64 + 1.0;
    }
    let bottom = top + ROW * n;
    picture.line((x(1.0), top - 8.0), (x(1.0), bottom), INK, 1.2, true);
    picture.text((x(1.0), bottom + 14.0), Anchor::Middle, INK, "best naive; shorter is better");
    picture.reach(bottom + 18.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::backtest;
    use crate::daily::Series;
    use crate::question::questions_of;
    use crate::random::Random;
    use crate::record::Record;

    fn check(n_days: usize, shown: &[&str]) {
        let mut random = Random::new(7);
        let counts = (0..n_days).map(|_| u32::try_from(random.poisson(0.15)).ok()).collect();
        let record = Record::new(&[Series { name: "a".to_owned(), counts, ..Series::default() }]);
        let questions = questions_of(&record.tracks[0]);
        let picture = svg_of_report(&backtest(&record, &questions, &record.forecast(&questions)));
        assert!(!picture.contains("NaN"), "{picture}");
        shown.iter().for_each(|shown| assert!(picture.contains(shown), "{shown} is not in {picture}"));
    }

    #[test]
    fn scores_stand_beside_those_of_naive_forecasts() {
        check(1000, &["lull ends 7 d", "count 30 d", "Calibration error", "best naive"]);
        check(0, &["no such question", "0 questions asked"]);
    }
}
