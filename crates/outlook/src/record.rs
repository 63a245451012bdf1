//! *What will happen, by everything that was known on a day?* Forecasts for any number of questions about some series.
//!
//! Each question has a regression on what simple forecasts say (rates and shares of past windows, from a week to always, and
//! how long the lull has lasted). It starts from what was learned elsewhere and has learned, at the origin, from the outcomes of all
//! the series that were known by then: an outcome enters once the last day of its horizon is over. So the simple forecasts are
//! weighed by how they did on past origins, all series share what they have in common, and nothing later can be reached.

use std::collections::{BTreeSet, HashMap};
use std::f64::consts::PI;
use std::sync::{Arc, Mutex, PoisonError};

use crate::daily::{Day, Series};
use crate::distribution::{Counts, NegativeBinomial};
use crate::numeric::normal_quantile;
use crate::parallel;
use crate::prior;
use crate::question::{Kind, Question};
use crate::regression::{
    HowMany, Offset, Prior, Whether, fit_how_many, fit_whether, log_odds, logistic, mean_and_size, offsets,
};
use crate::track::{ACTIVE_WINDOW, HORIZONS, N_LULL, N_MEAN, N_SIZE, Track};

/// Coefficients are learned again after so many days, counted from 1970, so that a forecast does not depend on what else is asked.
const RELEARN_DAYS: Day = 63;
/// Standard deviation, in log odds, by which series are believed to differ beyond what they are asked with.
const SPREAD: f64 = 0.2;
/// The same for a series of which no lull has told yet how much it differs: it may be of another war.
const STRANGE: f64 = 1.0;
/// What was learned on the past is a little too sure of the future, however much it was: log odds are drawn towards even by this
/// factor at least.
const SOBER: f64 = 0.95;
/// What was learned elsewhere counts for so much of what it would if it had been learned here: conflicts differ.
const FOREIGN: f64 = 0.15;
/// Of the days in lulls, every second one is learned from: days beside each other have nearly the same outcome.
const LULL_STEP: usize = 2;
/// Of all days, every seventh.
const COUNT_STEP: usize = 7;

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Forecast {
    /// The probability that the lull ends.
    Probability(f64),
    /// How many events there will be.
    Count(Counts),
}

/// Some series and all that can be learned from them, by the day on which it was known.
pub struct Record {
    /// The series.
    pub tracks: Vec<Track>,
    places: HashMap<String, usize>,
    lulls: Vec<Vec<(Day, (usize, Whether<N_LULL>))>>,
    counts: Vec<Vec<(Day, HowMany<N_MEAN, N_SIZE>)>>,
    priors: Box<dyn Fn(Kind, usize) -> Prior + Sync>,
    lessons: Mutex<HashMap<Time, Arc<Lesson>>>,
}

impl Record {
    /// Starts from what was learned elsewhere.
    pub fn new(series: &[Series]) -> Self {
        let prior = |kind, horizon| {
            let mut prior = prior::learned(kind, horizon);
            prior.precision.iter_mut().for_each(|value| *value *= FOREIGN);
            prior
        };
        Self::with_priors(series, prior)
    }

    /// Starts from another prior.
    pub fn with_priors(series: &[Series], priors: impl Fn(Kind, usize) -> Prior + Sync + 'static) -> Self {
        let tracks = parallel::map(series.len(), |at| Track::new(&series[at]));
        let places = tracks.iter().enumerate().map(|(place, track)| (track.name.clone(), place)).collect();
        let lulls = parallel::map(HORIZONS.len(), |horizon| {
            by_day(&tracks, |place, track| lull_outcomes(place, track, horizon))
        });
        let counts = parallel::map(HORIZONS.len(), |horizon| {
            by_day(&tracks, |_, track| count_outcomes(track, horizon))
        });
        Self { tracks, places, lulls, counts, priors: Box::new(priors), lessons: Mutex::default() }
    }

    /// The series of a name.
    pub fn track(&self, name: &str) -> Option<&Track> {
        self.places.get(name).map(|place| &self.tracks[*place])
    }

    /// What is believed of the coefficients of a question on a day.
    pub fn learned(&self, kind: Kind, horizon: usize, day: Day) -> Prior {
        let prior = (self.priors)(kind, horizon);
        match kind {
            Kind::LullEnds => fit_whether(&self.known_lulls(horizon, day).1, &prior),
            Kind::Count => fit_how_many(&known(&self.counts[horizon], day), &prior),
        }
    }

    /// The outcomes of lulls that were known on a day, with their series.
    fn known_lulls(&self, horizon: usize, day: Day) -> (Vec<usize>, Vec<Whether<N_LULL>>) {
        known(&self.lulls[horizon], day).into_iter().unzip()
    }

    /// Everything that is learned for a horizon by a day.
    fn lesson(&self, horizon: usize, day: Day) -> Lesson {
        let lulls = self.learned(Kind::LullEnds, horizon, day);
        let (places, rows) = self.known_lulls(horizon, day);
        let differences = offsets(&rows, &places, self.tracks.len(), &lulls.mean, SPREAD);
        Lesson { lulls, differences, counts: self.learned(Kind::Count, horizon, day).mean }
    }

    /// Answers questions, in their order; `None` for a series that is not there or begins later.
    pub fn forecast(&self, questions: &[Question]) -> Vec<Option<Forecast>> {
        let lessons = self.lessons_of(questions);
        let answer = |question: &Question| self.answer(question, lessons.get(&time(question))?);
        questions.iter().map(answer).collect()
    }

    /// What is learned for the questions; each lesson is learned once.
    fn lessons_of(&self, questions: &[Question]) -> HashMap<Time, Arc<Lesson>> {
        let learned = || self.lessons.lock().unwrap_or_else(PoisonError::into_inner);
        let times: BTreeSet<Time> = questions.iter().map(time).collect();
        let known = learned().clone();
        let new: Vec<Time> = times.into_iter().filter(|time| !known.contains_key(time)).collect();
        let lessons =
            parallel::map(new.len(), |at| Arc::new(self.lesson(new[at].0, new[at].1 * RELEARN_DAYS)));
        let mut learned = learned();
        learned.extend(new.into_iter().zip(lessons));
        learned.clone()
    }

    /// The log odds that a lull ends, with what the record leaves open of them.
    pub fn lull_ends(&self, question: &Question) -> Option<LogOdds> {
        let place = *self.places.get(&question.series)?;
        let track = &self.tracks[place];
        let at = track.place(question.origin)?;
        let lessons = self.lessons_of(std::slice::from_ref(question));
        Some(lessons.get(&time(question))?.lull_ends(place, &track.lull_features(at, question.horizon)))
    }

    fn answer(&self, question: &Question, lesson: &Lesson) -> Option<Forecast> {
        let place = *self.places.get(&question.series)?;
        let track = &self.tracks[place];
        let at = track.place(question.origin)?;
        let ends = || lesson.lull_ends(place, &track.lull_features(at, question.horizon)).probability();
        Some(match question.kind {
            Kind::LullEnds => Forecast::Probability(ends()),
            Kind::Count => {
                let (mean, size) = track.count_features(at, question.horizon);
                let (mean, size) = mean_and_size(&lesson.counts, &mean, &size);
                let nothing = track.is_lull(at).then(|| 1.0 - ends());
                Forecast::Count(Counts { some: NegativeBinomial { mean, size }, nothing })
            }
        })
    }
}

/// A horizon, and the period in which a question is asked.
type Time = (usize, Day);

fn time(question: &Question) -> Time {
    (question.horizon, question.origin.div_euclid(RELEARN_DAYS))
}

/// What was learned for a horizon by some day.
struct Lesson {
    /// What is believed of the coefficients for lulls.
    lulls: Prior,
    /// How much each series differs from them.
    differences: Vec<Offset>,
    /// Coefficients for counts.
    counts: Vec<f64>,
}

impl Lesson {
    fn lull_ends(&self, place: usize, features: &[f64]) -> LogOdds {
        let Offset { mean, told } = self.differences[place];
        let differs = (STRANGE.powi(-2) + told).recip();
        LogOdds {
            mean: log_odds(&self.lulls.mean, features) + mean,
            variance: self.lulls.variance(features) + differs,
        }
    }
}

/// Log odds, and by how much, as a variance, the record leaves them open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// The middle.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

impl LogOdds {
    /// The probability, over all that is left open: nearer to even, the more that is.
    pub fn probability(self) -> f64 {
        let factor = (1.0 + PI / 8.0 * self.variance).sqrt().recip();
        logistic(factor.min(SOBER) * self.mean).clamp(0.005, 0.995)
    }

    /// What the probability may be: so many values, each as likely as another.
    pub fn values(self, n: usize) -> impl Iterator<Item = f64> {
        let share = move |at: usize| (at as f64 + 0.5) / n as f64;
        let value = move |at: usize| self.mean + self.variance.sqrt() * normal_quantile(share(at));
        (0..n).map(move |at| logistic(value(at)).clamp(0.005, 0.995))
    }
}

/// The outcomes that were known on a day.
fn known<T: Clone>(all: &[(Day, T)], day: Day) -> Vec<T> {
    let n = all.partition_point(|(known, _)| *known <= day);
    all[..n].iter().map(|(_, outcome)| outcome.clone()).collect()
}

fn by_day<T>(tracks: &[Track], outcomes: impl Fn(usize, &Track) -> Vec<(Day, T)>) -> Vec<(Day, T)> {
    let mut all: Vec<_> =
        tracks.iter().enumerate().flat_map(|(place, track)| outcomes(place, track)).collect();
    all.sort_by_key(|(day, _)| *day);
    all
}

/// Places from which outcomes are learned, each with the day on which its outcome is known and the outcome.
fn origins(track: &Track, horizon: usize, step: usize) -> impl Iterator<Item = (usize, Day, f64)> {
    let h = HORIZONS[horizon];
    let places =
        (ACTIVE_WINDOW..track.len().saturating_sub(h)).step_by(step).filter(|at| track.is_asked(*at));
    places.filter_map(move |at| Some((at, track.first + (at + h) as Day, track.outcome(at, h)?)))
}

fn lull_outcomes(place: usize, track: &Track, horizon: usize) -> Vec<(Day, (usize, Whether<N_LULL>))> {
    let lulls = origins(track, horizon, LULL_STEP).filter(|(at, _, _)| track.is_lull(*at));
    let weight = LULL_STEP as f64 / 7.0;
    let row = |(at, known, count): (usize, Day, f64)| {
        (known, (place, Whether { features: track.lull_features(at, horizon), is_true: count > 0.0, weight }))
    };
    lulls.map(row).collect()
}

/// Windows that overlap tell less than windows apart.
fn count_outcomes(track: &Track, horizon: usize) -> Vec<(Day, HowMany<N_MEAN, N_SIZE>)> {
    let weight = COUNT_STEP as f64 / HORIZONS[horizon] as f64;
    let row = |(at, known, count): (usize, Day, f64)| {
        let (mean, size) = track.count_features(at, horizon);
        let exposure = track.share_seen(at, HORIZONS[horizon]);
        (known, HowMany { mean, size, count, exposure, weight })
    };
    origins(track, horizon, COUNT_STEP).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::questions_of;
    use crate::random::Random;

    /// A made-up series with weeks of attacks and weeks without.
    fn series(name: &str, n: usize, seed: u64) -> Series {
        let mut random = Random::new(seed);
        let mut rate = 0.0;
        let mut next = |day: usize| {
            if day.is_multiple_of(17) {
                rate = if random.uniform() < 0.5 { 0.05 } else { 0.8 };
            }
            u32::try_from(random.poisson(rate)).ok()
        };
        Series {
            name: name.to_owned(),
            first: 100,
            counts: (0..n).map(&mut next).collect(),
            ..Series::default()
        }
    }

    #[test]
    fn what_happens_later_changes_no_forecast() {
        let (one, other) = (series("a", 700, 1), series("b", 700, 2));
        let whole = Record::new(&[one.clone(), other.clone()]);
        let questions: Vec<Question> = whole.tracks.iter().flat_map(questions_of).collect();
        assert!(questions.iter().any(|question| question.kind == Kind::LullEnds) && questions.len() > 300);
        let all = whole.forecast(&questions);
        for day in [320, 500, 650] {
            let known = Record::new(&[one.as_of(day), other.as_of(day)]);
            let (asked, expected): (Vec<_>, Vec<_>) =
                questions.iter().cloned().zip(&all).filter(|(question, _)| question.origin <= day).unzip();
            for (found, expected) in known.forecast(&asked).iter().zip(expected) {
                assert_eq!(found, expected);
            }
        }
    }

    #[test]
    fn what_is_not_there_has_no_forecast() {
        let record = Record::new(&[series("a", 50, 1)]);
        let ask = |series: &str, origin| Question {
            series: series.to_owned(),
            origin,
            horizon: 0,
            kind: Kind::Count,
            split: String::new(),
            outcome: None,
        };
        let found = record.forecast(&[ask("b", 120), ask("a", 99), ask("a", 120)]);
        assert!(found[0].is_none() && found[1].is_none() && found[2].is_some(), "{found:?}");
    }
}
