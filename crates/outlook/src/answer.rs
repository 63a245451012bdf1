//! *What comes next, how sure is that, and compared with what?* One answer about one series as of a day, for a person.
//!
//! Where a series is known only within bounds, it comes as several draws ([`crate::totals`]), and an answer says how far they differ.

use jiff::civil::Date;
use serde::Serialize;

use crate::backtest::{OURS, Report, backtest};
use crate::changes::{Change, Moment, changes_of_days};
use crate::chart::{Week, weeks};
use crate::daily::{Day, Series, date_of, day_of};
use crate::distribution::quantile;
use crate::naive;
use crate::question::{Kind, Question, questions_of};
use crate::record::{Forecast, LogOdds, Record};
use crate::totals::Totals;
use crate::track::{HORIZONS, LULL_DAYS, Track};

/// An answer about one series.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Answer {
    /// The series.
    pub series: String,
    /// Nothing after this day was used.
    pub as_of: Option<Date>,
    /// The first day of the data.
    pub since: Option<Date>,
    /// The last day about which something is known; later ones are taken to have had no event if the answer rests on silence.
    pub known_until: Option<Date>,
    /// Events in the data, at least and at most.
    pub n_events: [u64; 2],
    /// Days that nobody counted.
    pub n_unknown: usize,
    /// Days without an event up to the day.
    pub quiet_days: usize,
    /// In a lull: the probability that it ends, for each horizon.
    pub lull_ends: Vec<Chance>,
    /// How many events there will be, for each horizon.
    pub counts: Vec<Expected>,
    /// Past lulls of seven days or more that ended, in days, longest first.
    pub past_lulls: Vec<usize>,
    /// The last weeks, oldest first: events, and how much was read of them.
    pub weeks: Vec<Week>,
    /// Changes of the rate.
    pub changes: Vec<Change>,
    /// How the same method did on this series up to the day.
    pub record: Vec<Past>,
    /// Why there is no forecast, if there is none.
    pub refusal: Option<String>,
    /// How weak it is: what a reader must know before anything else.
    pub cautions: Vec<String>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// The probability that a lull ends within some days, with what somebody would say who does next to nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chance {
    /// Days ahead.
    pub days: usize,
    /// The probability.
    pub probability: f64,
    /// Between which it lies with a probability of nine in ten, by all that the record leaves open: how much the series is like others,
    /// what was learned of them, and, of running totals, which daily series they come from.
    pub range: [f64; 2],
    /// Naive forecasts.
    pub naive: Vec<Naive>,
    /// Past lulls of this series that had lasted as long, and how many of them ended within so many days more.
    pub comparable: [usize; 2],
}

/// A naive forecast.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Naive {
    /// Its name.
    pub model: &'static str,
    /// The probability.
    pub probability: f64,
}

/// A naive forecast of a count.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NaiveCount {
    /// Its name.
    pub model: &'static str,
    /// As likely more as fewer.
    pub median: usize,
    /// An interval that should hold 80 %.
    pub interval: [usize; 2],
}

/// How many events within some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// Days ahead.
    pub days: usize,
    /// As likely more as fewer.
    pub median: usize,
    /// Intervals that should hold 50, 80 and 95 %.
    pub intervals: [[usize; 2]; 3],
    /// Naive forecasts.
    pub naive: Vec<NaiveCount>,
    /// How many there were in as many days before.
    pub before: f64,
}

/// A score on the past of the series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Past {
    /// What was asked.
    pub kind: Kind,
    /// Days ahead.
    pub days: usize,
    /// Number of questions.
    pub n: usize,
    /// Mean score: of lulls logarithmic, of counts CRPS; lower is better.
    pub score: f64,
    /// The best naive forecast, chosen afterwards.
    pub best_naive: String,
    /// Its score.
    pub naive_score: f64,
}

/// Fewer events than this carry no forecast.
const FEWEST_EVENTS: u64 = 10;
/// Nor do fewer days.
const FEWEST_DAYS: usize = 60;
/// More events in 30 days than this are no events of the kind that is counted here.
const MOST_EVENTS: u64 = 50_000;
/// On fewer questions a score is mostly luck.
const FEWEST_QUESTIONS: usize = 10;

/// Answers about a series that is known, one of several that share what they have in common. Nothing after the day is used.
pub fn answer(series: &[Series], name: &str, as_of: Day) -> Option<Answer> {
    answers(series, as_of, |one| one == name).into_iter().next()
}

/// The same about every series that is asked about.
pub fn answers(series: &[Series], as_of: Day, is_asked: impl Fn(&str) -> bool) -> Vec<Answer> {
    let known: Vec<Series> = series.iter().map(|series| series.as_of(as_of)).collect();
    let record = Record::new(&known);
    let asked: Vec<&Series> = known.iter().filter(|series| is_asked(&series.name)).collect();
    crate::parallel::map(asked.len(), |at| {
        let own = std::slice::from_ref(asked[at]);
        let mut answer = begin(own, as_of);
        if answer.refusal.is_none() {
            answer.forecast(std::slice::from_ref(&record), &own[0].name, as_of);
            answer.add_changes(own);
            answer.add_cautions();
            answer.cautions.extend(quiet_press(&own[0], as_of));
        }
        answer
    })
}

/// Answers about a series of which only draws are known.
pub fn answer_of_draws(draws: &[Series], as_of: Day) -> Option<Answer> {
    let name = &draws.first()?.name;
    let draws: Vec<Series> = draws.iter().map(|draw| draw.as_of(as_of)).collect();
    let mut answer = begin(&draws, as_of);
    if answer.refusal.is_none() {
        let records: Vec<Record> = draws.iter().map(|draw| Record::new(std::slice::from_ref(draw))).collect();
        answer.forecast(&records, name, as_of);
    }
    Some(answer)
}

/// Draws from totals: enough that a twentieth of them is a number.
const DRAWS: usize = 200;

/// Answers about running totals. Days after the last statement are taken to have had no event, and the
/// answer says what that rests on.
pub fn answer_of_totals(totals: &Totals, as_of: Day) -> Option<Answer> {
    let silent = (as_of - totals.days().1).max(0);
    let draws = totals.draw(DRAWS, as_of, silent <= LONGEST_SILENCE, 1);
    let mut answer = answer_of_draws(&draws, as_of)?;
    if answer.refusal.is_none() {
        answer.add_changes(&draws);
        answer.add_cautions();
    }
    answer.notes.extend(totals.notes.iter().cloned());
    if silent > 0 {
        answer.known_until = Some(date_of(totals.days().1));
        answer.notes.push(silence(totals, silent));
    }
    if answer.refusal.is_none() {
        answer.cautions.push(STRANGER.to_owned());
    }
    Some(answer)
}

/// After a longer silence nothing is forecast.
const LONGEST_SILENCE: Day = 30;
/// What is said of a series that is too short to score the method on.
const STRANGER: &str = "Its past is too short to score the method on.";

/// What it is worth that nothing was said for some days.
fn silence(totals: &Totals, silent: Day) -> String {
    let gaps = totals.silences();
    let as_long = gaps.iter().filter(|(days, _)| *days >= silent).count();
    let busy = gaps.iter().filter(|(days, added)| *days >= silent && *added > 0).count();
    format!(
        "Nothing was stated for the {silent} days after {}: that they had no event is inferred from silence. Of {} earlier \
         gaps between statements {as_long} were as long, and in {busy} of those events went on; the longest was {} days.",
        date_of(totals.days().1),
        gaps.len(),
        gaps.iter().map(|(days, _)| *days).max().unwrap_or(0)
    )
}

/// What is said where much less than usual was read of the last week: a quiet press is no quiet front.
fn quiet_press(series: &Series, as_of: Day) -> Option<String> {
    let (read, usual) = (series.read_a_day(as_of - 6, as_of)?, series.read_a_day(series.first, as_of)?);
    (read < 0.5 * usual).then(|| {
        format!(
            "Of each of the last 7 days {read:.1} were read, where {usual:.1} are usual: a quiet press is no quiet front, and the two \
             cannot be told apart here."
        )
    })
}

/// What can be said before anything is forecast.
fn begin(draws: &[Series], as_of: Day) -> Answer {
    let mut answer = Answer { as_of: Some(date_of(as_of)), ..Answer::default() };
    let Some(first) = draws.first() else { return answer };
    answer.series.clone_from(&first.name);
    let totals = draws.iter().map(|draw| draw.total(draw.first, as_of));
    answer.n_events = [totals.clone().min().unwrap_or(0), totals.max().unwrap_or(0)];
    answer.n_unknown = first.n_unknown();
    answer.weeks = weeks(draws);
    if !first.counts.is_empty() {
        answer.since = Some(date_of(first.first));
        let unknown = first.counts.iter().rev().take_while(|count| count.is_none()).count();
        answer.known_until = Some(date_of(first.last() - Day::try_from(unknown).unwrap_or(0)));
    }
    answer.refusal = refusal(first, answer.n_events[0], as_of);
    answer
}

fn refusal(series: &Series, n_events: u64, as_of: Day) -> Option<String> {
    let n_days = series.counts.len() - series.n_unknown();
    let unknown = series.counts.iter().rev().take_while(|count| count.is_none()).count();
    let silent = Day::try_from(unknown).unwrap_or(0) + (as_of - series.last()).max(0);
    if n_days < FEWEST_DAYS {
        Some(format!(
            "No forecast: {n_days} days were counted, and fewer than {FEWEST_DAYS} do not carry one."
        ))
    } else if n_events < FEWEST_EVENTS {
        Some(format!(
            "No forecast: {n_events} events are in the record, and fewer than {FEWEST_EVENTS} do not carry one."
        ))
    } else if series.total(as_of - 29, as_of) > MOST_EVENTS {
        Some(format!(
            "No forecast: more than {MOST_EVENTS} events in 30 days are more than the distributions here are made for."
        ))
    } else if silent > LONGEST_SILENCE {
        Some(format!("No forecast: nothing is known of the {silent} days before the day of the question."))
    } else {
        None
    }
}

impl Answer {
    fn forecast(&mut self, records: &[Record], name: &str, as_of: Day) {
        let tracks: Vec<&Track> = records.iter().filter_map(|record| record.track(name)).collect();
        let Some(at) = tracks.first().and_then(|track| track.place(as_of)) else { return };
        let mut quiet: Vec<usize> = tracks.iter().map(|track| track.quiet(at)).collect();
        quiet.sort_unstable();
        self.quiet_days = quiet[quiet.len() / 2];
        let ask = |kind| {
            let question = |horizon| Question {
                series: name.to_owned(),
                origin: as_of,
                horizon,
                kind,
                split: String::new(),
                outcome: None,
            };
            (0..HORIZONS.len()).map(question).collect::<Vec<_>>()
        };
        let is_lull = 2 * tracks.iter().filter(|track| track.is_lull(at)).count() > tracks.len();
        if self.quiet_days >= LULL_DAYS && !is_lull {
            self.cautions.push(format!(
                "The last event was {} days before, of which too little was read to call them a lull.",
                self.quiet_days
            ));
        }
        for horizon in 0..HORIZONS.len() {
            let (counts, lulls) = (&ask(Kind::Count)[horizon], &ask(Kind::LullEnds)[horizon]);
            let of = |record: &Record| record.forecast(std::slice::from_ref(counts));
            self.counts.push(expected(&tracks, at, horizon, records.iter().flat_map(of).flatten()));
            if is_lull {
                let odds: Vec<LogOdds> =
                    records.iter().filter_map(|record| record.lull_ends(lulls)).collect();
                self.lull_ends.push(chance(&tracks, at, horizon, &odds));
            }
        }
        let middle = tracks[tracks.len() / 2];
        self.past_lulls = middle.lulls(at, LULL_DAYS).into_iter().map(|(_, length)| length).collect();
        self.past_lulls.sort_unstable_by(|one, other| other.cmp(one));
        if let [record] = records {
            self.score(record, name);
        }
    }

    /// Scores the method on the past of the series.
    fn score(&mut self, record: &Record, name: &str) {
        let questions: Vec<Question> = record.track(name).map(questions_of).unwrap_or_default();
        let report = backtest(record, &questions, &record.forecast(&questions));
        self.record = past(&report);
        let lulls: Vec<&Past> = self.record.iter().filter(|past| past.kind == Kind::LullEnds).collect();
        if !self.lull_ends.is_empty() && lulls.iter().all(|past| past.score >= past.naive_score) {
            let why = if lulls.is_empty() {
                STRANGER
            } else {
                "On the past of this series it did no better than the best naive forecast: rely on it no more than on that."
            };
            self.cautions.push(why.to_owned());
        }
    }

    /// Adds the changes of the rate; of several draws those that most of them show.
    fn add_changes(&mut self, draws: &[Series]) {
        let few = &draws[..draws.len().min(40)];
        let found =
            crate::parallel::map(few.len(), |at| changes_of_days(&self.series, &few[at]).unwrap_or_default());
        self.changes = if few.len() == 1 { found.concat() } else { in_common(&found) };
    }
}

impl Answer {
    /// Says how weak the record of a lull is.
    fn add_cautions(&mut self) {
        let n = self.past_lulls.len();
        if !self.lull_ends.is_empty() && n < FEW_LULLS {
            let held = match n {
                0 => "no earlier lull".to_owned(),
                1 => "one earlier lull".to_owned(),
                n => format!("{n} earlier lulls"),
            };
            self.cautions.push(format!(
                "With {held} of a week or more in the record, the probabilities rest on lulls elsewhere, which may be unlike this one."
            ));
        }
        if !self.lull_ends.is_empty() && self.changes.last().is_some_and(|change| self.began(change)) {
            self.cautions.push(
                "The rate fell as the lull began: if that is an end and not a pause, it lasts longer, and no count tells which."
                    .to_owned(),
            );
        }
    }

    /// Whether the lull began when the rate fell.
    fn began(&self, change: &Change) -> bool {
        let Some(as_of) = self.as_of.map(day_of) else { return false };
        let days = change.when.map(day);
        let last_event = as_of - Day::try_from(self.quiet_days).unwrap_or(0);
        change.observed_after < change.observed_before
            && (days[0] - ABOUT..=days[1] + ABOUT).contains(&last_event)
    }
}

/// Fewer past lulls say little of the next.
const FEW_LULLS: usize = 5;
/// A lull begins with a change that is at most so many days away.
const ABOUT: Day = 3;

/// The day of a moment.
fn day(moment: Moment) -> Day {
    match moment {
        Moment::Day(date) => day_of(date),
        Moment::Number(time) => time as Day,
    }
}

/// Changes that draws show within so many days are one.
const ONE_CHANGE: Day = 21;

/// Changes that at least a third of the draws show.
fn in_common(found: &[Vec<Change>]) -> Vec<Change> {
    let mut all: Vec<&Change> = found.iter().flatten().collect();
    all.sort_by_key(|change| day(change.at));
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in all {
        match groups.last_mut() {
            Some(group) if day(change.at) - day(group[0].at) <= ONE_CHANGE => group.push(change),
            _ => groups.push(vec![change]),
        }
    }
    groups.retain(|group| 3 * group.len() >= found.len());
    let one = |group: Vec<&Change>| {
        let n = group.len() as f64;
        let middle = |of: fn(&Change) -> f64| at_share(group.iter().map(|change| of(change)).collect(), 0.5);
        let ranked = |of: &dyn Fn(&Change) -> Moment, share: f64| {
            at_share(group.iter().map(|change| f64::from(day(of(change)))).collect(), share)
        };
        // What one draw leaves open, and how far the draws differ.
        let earliest = ranked(&|change| change.when[0], 0.5).min(ranked(&|change| change.at, 0.05));
        let latest = ranked(&|change| change.when[1], 0.5).max(ranked(&|change| change.at, 0.95));
        let moment = |time: f64| Moment::Day(date_of(time as Day));
        Change {
            series: group[0].series.clone(),
            at: moment(ranked(&|change| change.at, 0.5)),
            when: [moment(earliest), moment(latest)],
            before: middle(|change| change.before),
            after: middle(|change| change.after),
            observed_before: middle(|change| change.observed_before),
            observed_after: middle(|change| change.observed_after),
            probability: middle(|change| change.probability) * (n / found.len() as f64).min(1.0),
        }
    };
    groups.into_iter().map(one).collect()
}

/// The value below which a share of some values lies; 0 if there are none.
fn at_share(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (share * values.len() as f64) as usize;
    values.get(place.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Values of a probability that stand for all that it may be.
const VALUES: usize = 20;

fn chance(tracks: &[&Track], at: usize, horizon: usize, odds: &[LogOdds]) -> Chance {
    let all: Vec<f64> = odds.iter().map(|odds| odds.probability()).collect();
    let values: Vec<f64> = odds.iter().flat_map(|odds| odds.values(VALUES)).collect();
    let n = tracks.len() as f64;
    let mut naive: Vec<Naive> = Vec::new();
    for track in tracks {
        for (place, (model, p)) in naive::lull_ends(track, at, horizon).into_iter().enumerate() {
            match naive.get_mut(place) {
                Some(sum) => sum.probability += p / n,
                None => naive.push(Naive { model, probability: p / n }),
            }
        }
    }
    // A mean of many can exceed them all by a rounding.
    naive.iter_mut().for_each(|naive| naive.probability = naive.probability.clamp(0.0, 1.0));
    let middle = tracks[tracks.len() / 2];
    let lulls = middle.lulls(at, middle.quiet(at).max(1));
    let ended = lulls.iter().filter(|(_, length)| *length < middle.quiet(at) + HORIZONS[horizon]).count();
    Chance {
        days: HORIZONS[horizon],
        probability: all.iter().sum::<f64>() / all.len() as f64,
        range: [0.05, 0.95].map(|share| at_share(values.clone(), share)),
        naive,
        comparable: [lulls.len(), ended],
    }
}

fn expected(
    tracks: &[&Track],
    at: usize,
    horizon: usize,
    forecasts: impl Iterator<Item = Forecast>,
) -> Expected {
    let count = |forecast| match forecast {
        Forecast::Count(distribution) => Some(distribution.probabilities()),
        Forecast::Probability(_) => None,
    };
    let mixed = mixture(forecasts.filter_map(count));
    let days = HORIZONS[horizon];
    let before = tracks.iter().map(|track| track.total(at, days)).sum::<f64>() / tracks.len() as f64;
    let of_tracks: Vec<_> = tracks.iter().map(|track| naive::counts(track, at, horizon)).collect();
    let naive = |place: usize| {
        let mixed = mixture(of_tracks.iter().map(|all| all[place].1.clone()));
        let model = of_tracks.first().map_or("", |all| all[place].0);
        NaiveCount { model, median: quantile(&mixed, 0.5), interval: interval(&mixed, 0.8) }
    };
    Expected {
        days,
        median: quantile(&mixed, 0.5),
        intervals: [0.5, 0.8, 0.95].map(|level| interval(&mixed, level)),
        naive: (0..of_tracks.first().map_or(0, |all| all.len())).map(naive).collect(),
        before,
    }
}

/// Of distributions each as likely as another.
fn mixture(all: impl Iterator<Item = Vec<f64>>) -> Vec<f64> {
    let (mut mixed, mut n): (Vec<f64>, f64) = (Vec::new(), 0.0);
    for one in all {
        mixed.resize(mixed.len().max(one.len()), 0.0);
        mixed.iter_mut().zip(&one).for_each(|(sum, p)| *sum += p);
        n += 1.0;
    }
    mixed.iter_mut().for_each(|sum| *sum /= n);
    mixed
}

/// The interval of equal tails that should hold a share.
fn interval(probabilities: &[f64], level: f64) -> [usize; 2] {
    [(1.0 - level) / 2.0, (1.0 + level) / 2.0].map(|share| quantile(probabilities, share))
}

fn past(report: &Report) -> Vec<Past> {
    let of = |kind| {
        move |scores: &crate::backtest::Scores| {
            if kind == Kind::LullEnds { scores.log_score } else { scores.score }
        }
    };
    let one = |ours: &crate::backtest::Scores| {
        let naive = report.best_naive(ours, of(ours.kind))?;
        let is_enough = ours.n >= FEWEST_QUESTIONS && ours.model == OURS;
        is_enough.then(|| Past {
            kind: ours.kind,
            days: ours.horizon,
            n: ours.n,
            score: of(ours.kind)(ours),
            best_naive: naive.model.clone(),
            naive_score: of(ours.kind)(naive),
        })
    };
    report.ours().filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn series(n: usize, rate: f64, quiet: usize) -> Series {
        let mut random = Random::new(3);
        let mut count =
            |day: usize| u32::try_from(random.poisson(if day + quiet < n { rate } else { 0.0 })).ok();
        Series {
            name: "a".to_owned(),
            first: 0,
            counts: (0..n).map(&mut count).collect(),
            ..Series::default()
        }
    }

    fn check(series: &Series, as_of: Day, refusal: Option<&str>, lulls: usize) {
        let found = answer(std::slice::from_ref(series), "a", as_of).unwrap();
        assert_eq!((found.refusal.as_deref(), found.lull_ends.len()), (refusal, lulls), "{found:?}");
        for chance in &found.lull_ends {
            assert!(chance.range[0] <= chance.probability && chance.probability <= chance.range[1] + 1e-12);
        }
        let text = found.to_text();
        assert!(refusal.is_none_or(|refusal| text.contains(refusal)) && !text.contains("NaN"), "{text}");
    }

    #[test]
    fn what_the_record_does_not_carry_is_refused() {
        check(
            &series(20, 1.0, 0),
            19,
            Some("No forecast: 20 days were counted, and fewer than 60 do not carry one."),
            0,
        );
        check(
            &series(300, 0.0, 0),
            299,
            Some("No forecast: 0 events are in the record, and fewer than 10 do not carry one."),
            0,
        );
        check(
            &series(300, 1.0, 0),
            400,
            Some("No forecast: nothing is known of the 101 days before the day of the question."),
            0,
        );
        let most = "No forecast: more than 50000 events in 30 days are more than the distributions here are made for.";
        check(&series(300, 1e6, 0), 299, Some(most), 0);
        check(&series(300, 1.0, 9), 299, None, 3);
        check(&series(300, 1.0, 0), 295, None, 0);
        assert!(answer(&[series(300, 1.0, 0)], "b", 299).is_none());
    }

    #[test]
    fn a_record_of_few_lulls_that_a_change_began_is_said_to_be_weak() {
        let found = answer(&[series(300, 1.0, 20)], "a", 299).unwrap();
        let told = |words: &str| found.cautions.iter().any(|caution| caution.contains(words));
        assert!(
            told("no earlier lull") && told("an end and not a pause") && told("too short to score"),
            "{found:?}"
        );
        let range = found.lull_ends[0].range;
        assert!(range[1] - range[0] > 0.2, "{range:?}");
    }

    #[test]
    fn a_quiet_press_is_told() {
        let check = |read_at_last: f64, lulls: usize, notes: usize| {
            let mut series = series(300, 1.0, 9);
            series.read = (0..300).map(|day| if day < 291 { 10.0 } else { read_at_last }).collect();
            let found = answer(&[series], "a", 299).unwrap();
            let told = found
                .cautions
                .iter()
                .filter(|note| note.contains("quiet press") || note.contains("too little"));
            assert_eq!((found.lull_ends.len(), told.count()), (lulls, notes), "{:?}", found.cautions);
        };
        check(10.0, 3, 0);
        check(2.0, 0, 2);
    }

    #[test]
    fn nothing_after_the_day_is_used() {
        let (whole, known) = (series(400, 0.4, 0), series(400, 0.4, 0).as_of(300));
        let of = |series: &Series| format!("{:?}", answer(std::slice::from_ref(series), "a", 300));
        assert_eq!(of(&whole), of(&known));
    }

    #[test]
    fn draws_that_differ_widen_the_range() {
        let draws: Vec<Series> = [0.3, 2.0].map(|rate| series(200, rate, 10)).to_vec();
        let found = answer_of_draws(&draws, 199).unwrap();
        let chance = &found.lull_ends[0];
        assert!(chance.range[0] < chance.probability && chance.probability < chance.range[1], "{chance:?}");
        assert!(found.quiet_days >= 10);
    }
}
