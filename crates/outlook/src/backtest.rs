//! *How often was this right before?* Questions of the past answered as of their day, scored beside naive forecasts.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::daily::date_of;
use crate::distribution::quantile;
use crate::question::{Kind, Question};
use crate::record::{Forecast, Record};
use crate::score::{brier, crps, log_score, log_score_of_count};
use crate::track::HORIZONS;
use crate::{naive, parallel};

/// What we are called beside the naive forecasts.
pub const OURS: &str = "annalist";

/// The mean scores of one forecaster on one kind of question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// The kind of question.
    pub kind: Kind,
    /// Days ahead.
    pub horizon: usize,
    /// The part of the split; empty if there is none.
    pub split: String,
    /// Who forecast: `annalist`, or a naive one.
    pub model: String,
    /// Number of questions.
    pub n: usize,
    /// Mean CRPS of counts, mean Brier score of lulls.
    pub score: f64,
    /// Mean logarithmic score.
    pub log_score: f64,
}

/// How often what was said to happen with about this probability did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Bin {
    /// Number of forecasts.
    pub n: usize,
    /// Mean of the probabilities given.
    pub said: f64,
    /// Share that came true.
    pub came_true: f64,
}

/// How often counts fell into intervals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// Days ahead.
    pub horizon: usize,
    /// The share that should.
    pub level: f64,
    /// Number of forecasts.
    pub n: usize,
    /// The share that did.
    pub inside: f64,
}

/// A back-test.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Questions asked.
    pub n_asked: usize,
    /// Questions answered, outcomes known.
    pub n_scored: usize,
    /// Mean scores by kind, horizon, split and forecaster.
    pub scores: Vec<Scores>,
    /// Ten bins of the probabilities that lulls end, from 0 to 1.
    pub reliability: Vec<Bin>,
    /// Mean distance between what was said and what came true, over the bins.
    pub calibration_error: Option<f64>,
    /// Coverage of 50, 80 and 95 % intervals of counts.
    pub coverage: Vec<Coverage>,
}

const LEVELS: [f64; 3] = [0.5, 0.8, 0.95];

/// Kind, horizon, split and forecaster.
type Asked<'q> = (Kind, usize, &'q str, &'static str);
/// Questions and sums of two scores.
type Sums = (usize, f64, f64);

/// All scores of one question.
struct Scored {
    scores: Vec<(&'static str, f64, f64)>,
    probability: Option<f64>,
    inside: [bool; 3],
}

/// Scores forecasts of questions whose outcomes are known, and what naive forecasters would have said.
pub fn backtest(record: &Record, questions: &[Question], forecasts: &[Option<Forecast>]) -> Report {
    let scored = parallel::map(questions.len(), |at| score(record, &questions[at], forecasts[at].as_ref()));
    let mut report = Report { n_asked: questions.len(), ..Report::default() };
    let mut sums: BTreeMap<Asked, Sums> = BTreeMap::new();
    let mut bins = [Bin::default(); 10];
    let mut inside = [[(0usize, 0usize); 3]; HORIZONS.len()];
    for (question, scored) in questions.iter().zip(&scored) {
        let Some(scored) = scored else { continue };
        report.n_scored += 1;
        for (model, one, other) in &scored.scores {
            let sum = sums.entry((question.kind, question.days(), &question.split, model)).or_default();
            *sum = (sum.0 + 1, sum.1 + one, sum.2 + other);
        }
        if let Some(p) = scored.probability {
            let bin = &mut bins[((p * 10.0) as usize).min(9)];
            bin.n += 1;
            bin.said += p;
            bin.came_true += f64::from(u8::from(question.outcome.is_some_and(|outcome| outcome > 0.0)));
        } else {
            for (sum, is_inside) in inside[question.horizon].iter_mut().zip(scored.inside) {
                *sum = (sum.0 + 1, sum.1 + usize::from(is_inside));
            }
        }
    }
    report.scores = sums.into_iter().map(|(key, sums)| mean_scores(key, sums)).collect();
    summarise(&mut report, bins, &inside);
    report
}

fn mean_scores((kind, horizon, split, model): Asked, (n, one, other): Sums) -> Scores {
    let (score, log_score) = (one / n as f64, other / n as f64);
    Scores { kind, horizon, split: split.to_owned(), model: model.to_owned(), n, score, log_score }
}

fn summarise(report: &mut Report, bins: [Bin; 10], inside: &[[(usize, usize); 3]]) {
    let n: usize = bins.iter().map(|bin| bin.n).sum();
    if n > 0 {
        let off: f64 = bins.iter().map(|bin| (bin.said - bin.came_true).abs()).sum();
        report.calibration_error = Some(off / n as f64);
        let mean = |bin: Bin| {
            let n = bin.n.max(1) as f64;
            Bin { n: bin.n, said: bin.said / n, came_true: bin.came_true / n }
        };
        report.reliability = bins.map(mean).to_vec();
    }
    for (horizon, sums) in HORIZONS.iter().zip(inside) {
        for (level, (n, hits)) in LEVELS.iter().zip(sums).filter(|(_, (n, _))| *n > 0) {
            let inside = *hits as f64 / *n as f64;
            report.coverage.push(Coverage { horizon: *horizon, level: *level, n: *n, inside });
        }
    }
}

fn score(record: &Record, question: &Question, forecast: Option<&Forecast>) -> Option<Scored> {
    let (track, outcome) = (record.track(&question.series)?, question.outcome?);
    let at = track.place(question.origin)?;
    match forecast? {
        Forecast::Probability(p) => {
            let is_true = outcome > 0.0;
            let of = |p: f64| (brier(p, is_true), log_score(if is_true { p } else { 1.0 - p }));
            let naive = naive::lull_ends(track, at, question.horizon);
            let all = naive.into_iter().chain([(OURS, *p)]);
            let scores = all.map(|(model, p)| (model, of(p).0, of(p).1)).collect();
            Some(Scored { scores, probability: Some(*p), inside: [false; 3] })
        }
        Forecast::Count(distribution) => {
            let ours = distribution.probabilities();
            let inside = LEVELS.map(|level| {
                let (low, high) =
                    (quantile(&ours, (1.0 - level) / 2.0), quantile(&ours, (1.0 + level) / 2.0));
                (low as f64..=high as f64).contains(&outcome)
            });
            let all = naive::counts(track, at, question.horizon).into_iter().chain([(OURS, ours)]);
            let of = |(model, all): (&'static str, Vec<f64>)| {
                (model, crps(&all, outcome), log_score_of_count(&all, outcome))
            };
            Some(Scored { scores: all.map(of).collect(), probability: None, inside })
        }
    }
}

/// Forecasts as a table `series,origin,horizon,kind,value`: a probability, or the probabilities of 0, 1, 2 … with spaces between.
pub fn to_csv(questions: &[Question], forecasts: &[Option<Forecast>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(["series", "origin", "horizon", "kind", "value"]);
    for (question, forecast) in questions.iter().zip(forecasts) {
        let value = match forecast {
            None => continue,
            Some(Forecast::Probability(p)) => format!("{p:.6}"),
            Some(Forecast::Count(distribution)) => {
                let all = distribution.probabilities();
                all.iter().map(|p| format!("{p:.7}")).collect::<Vec<_>>().join(" ")
            }
        };
        let origin = date_of(question.origin).to_string();
        let horizon = question.days().to_string();
        let _ = writer.write_record([&question.series, &origin, &horizon, question.kind.name(), &value]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

impl Report {
    /// The best naive forecaster beside one of our scores, by the score that `of` picks.
    pub fn best_naive(&self, ours: &Scores, of: impl Fn(&Scores) -> f64) -> Option<&Scores> {
        let same = |one: &&Scores| {
            one.model != OURS && (one.kind, one.horizon, &one.split) == (ours.kind, ours.horizon, &ours.split)
        };
        self.scores.iter().filter(same).min_by(|one, other| of(one).total_cmp(&of(other)))
    }

    /// Our scores.
    pub fn ours(&self) -> impl Iterator<Item = &Scores> {
        self.scores.iter().filter(|scores| scores.model == OURS)
    }

    /// The report for a person.
    pub fn to_text(&self) -> String {
        let mut out = format!(
            "{} questions asked, {} answered and scored; lower is better\n",
            self.n_asked, self.n_scored
        );
        for kind in [Kind::LullEnds, Kind::Count] {
            let ours: Vec<&Scores> = self.ours().filter(|scores| scores.kind == kind).collect();
            if ours.is_empty() {
                continue;
            }
            out += match kind {
                Kind::LullEnds => {
                    "\nDOES THE LULL END? log score (nats), best naive forecast beside it, Brier score\n"
                }
                Kind::Count => "\nHOW MANY EVENTS? CRPS, best naive forecast beside it, log score\n",
            };
            for scores in ours {
                self.tell(&mut out, scores);
            }
        }
        self.tell_reliability(&mut out);
        out
    }

    fn tell(&self, out: &mut String, ours: &Scores) {
        let main = |scores: &Scores| match scores.kind {
            Kind::LullEnds => scores.log_score,
            Kind::Count => scores.score,
        };
        let other = match ours.kind {
            Kind::LullEnds => ours.score,
            Kind::Count => ours.log_score,
        };
        let split = if ours.split.is_empty() { String::new() } else { format!(" {}", ours.split) };
        let naive = self.best_naive(ours, main).map_or(String::new(), |naive| {
            let ratio = main(ours) / main(naive).max(1e-12);
            format!(" · {} {:.4}, ratio {ratio:.3}", naive.model, main(naive))
        });
        let _ = writeln!(
            out,
            "  {:>2} days{split}: {:.4}{naive} · {other:.4} · {} questions",
            ours.horizon,
            main(ours),
            ours.n
        );
    }

    fn tell_reliability(&self, out: &mut String) {
        if let Some(error) = self.calibration_error {
            let _ = writeln!(
                out,
                "\nRELIABILITY of the probabilities that lulls end; calibration error {error:.3}"
            );
            for bin in self.reliability.iter().filter(|bin| bin.n > 0) {
                let bar = "#".repeat((40.0 * bin.came_true).round() as usize);
                let _ = writeln!(
                    out,
                    "  said {:.2}, came true {:.2} {bar:<40} {:>5}",
                    bin.said, bin.came_true, bin.n
                );
            }
        }
        if !self.coverage.is_empty() {
            let _ = writeln!(out, "\nCOVERAGE of intervals of counts");
        }
        for horizon in HORIZONS {
            let levels: Vec<String> = self
                .coverage
                .iter()
                .filter(|coverage| coverage.horizon == horizon)
                .map(|coverage| {
                    format!("{:.0} % held {:.1} %", 100.0 * coverage.level, 100.0 * coverage.inside)
                })
                .collect();
            if !levels.is_empty() {
                let _ = writeln!(out, "  {horizon:>2} days: {}", levels.join(" · "));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::daily::Series;
    use crate::question::questions_of;
    use crate::random::Random;

    fn record(n: usize) -> Record {
        let mut random = Random::new(7);
        let counts = (0..n).map(|_| u32::try_from(random.poisson(0.15)).ok()).collect();
        Record::new(&[Series { name: "a, b".to_owned(), first: 0, counts, ..Series::default() }])
    }

    #[test]
    fn steady_chance_is_forecast_about_as_well_as_can_be() {
        let record = record(3000);
        let questions = questions_of(&record.tracks[0]);
        let report = backtest(&record, &questions, &record.forecast(&questions));
        assert_eq!((report.n_asked, report.n_scored), (questions.len(), questions.len()));
        for ours in report.ours() {
            let naive = report.best_naive(ours, |scores| scores.score).unwrap();
            assert!(ours.score < 1.06 * naive.score + 0.005, "{ours:?} {naive:?}");
        }
        assert!(report.calibration_error.unwrap() < 0.1, "{report:?}");
        let wide =
            report.coverage.iter().find(|coverage| coverage.horizon == 30 && coverage.level == 0.95).unwrap();
        assert!(wide.inside > 0.9, "{wide:?}");
        assert!(report.to_text().contains("calibration error"));
    }

    #[test]
    fn a_record_without_events_has_nothing_to_score() {
        let report = backtest(&record(0), &[], &[]);
        assert_eq!(report.to_text(), "0 questions asked, 0 answered and scored; lower is better\n");
    }

    #[test]
    fn a_table_of_forecasts_can_be_read_back() {
        let record = record(400);
        let questions = questions_of(&record.tracks[0]);
        let table = to_csv(&questions, &record.forecast(&questions));
        let rows: Vec<csv::StringRecord> =
            csv::Reader::from_reader(table.as_bytes()).records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), questions.len());
        for row in &rows {
            let sum: f64 = row[4].split(' ').map(|p| p.parse::<f64>().unwrap()).sum();
            assert!(&row[0] == "a, b" && sum > 0.0 && sum < 1.0001, "{row:?}");
        }
    }
}
