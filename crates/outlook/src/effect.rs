//! *Did the rate change after that day more than it does after days like it?* A dated event against placebo dates.
//!
//! A strike comes when attacks are many, and many attacks are followed by fewer anyway. So what followed the event is held against what
//! followed other days of the series that had about as many events before them: were the day nothing special, it would be one of them.

use jiff::civil::Date;
use serde::Serialize;

use crate::Error;
use crate::daily::{Day, Series, date_of};

/// What followed a day, beside what followed days like it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The series.
    pub series: String,
    /// The day; it counts to neither side.
    pub date: Date,
    /// Days on each side.
    pub days: usize,
    /// Events in the days before.
    pub before: u64,
    /// Events in the days after.
    pub after: u64,
    /// Placebo days: others with about as many events before them.
    pub n_placebo: usize,
    /// How many of them are so far apart that their windows do not overlap.
    pub n_apart: usize,
    /// Events that followed them, mean, and between which nine in ten lie.
    pub placebo: [f64; 3],
    /// Events after the day for each after placebo days, both as if the usual had been read.
    pub ratio: f64,
    /// Between which the ratio lies, were the effect added to what follows placebo days (90 %).
    pub interval: [f64; 2],
    /// Share of placebo days that were followed by something as unusual, on either side.
    pub p: f64,
    /// What that comes to.
    pub verdict: String,
}

/// Fewer placebo windows apart from each other tell nothing.
const FEWEST: usize = 8;
/// Of all days, at most this share is taken, the ones most alike.
const SHARE: f64 = 0.25;

/// Holds what followed a day against placebo days of the same series, at most those up to `as_of`.
///
/// # Errors
/// If the days on either side are not all in the series.
pub fn effect(file: &str, series: &Series, day: Day, days: usize) -> Result<Effect, Error> {
    let span = Day::try_from(days.clamp(1, 10_000)).unwrap_or(1);
    let seen = series.seen();
    let windows = |day: Day| {
        let is_known = |day: Day| series.place(day).is_some_and(|place| series.counts[place].is_some());
        let known = (day - span..=day + span).all(is_known);
        // Had all of it been seen that usually is.
        let whole = |from: Day, to: Day| {
            let days = (from..=to).filter_map(|day| seen.get(series.place(day)?));
            series.total(from, to) as f64 * f64::from(span) / days.sum::<f64>().max(1e-12)
        };
        known.then(|| (whole(day - span, day - 1), whole(day + 1, day + span)))
    };
    let (before, after) = windows(day).ok_or_else(|| Error::Unfit {
        file: file.to_owned(),
        problem: format!(
            "expected counts of `{}` for the {span} days before and after {}; found {} to {}, some days of which may be unknown",
            series.name,
            date_of(day),
            date_of(series.first),
            date_of(series.last())
        ),
    })?;
    // Windows that overlap those of the day itself would hold its effect.
    let others = (series.first..=series.last()).filter(|other| (other - day).abs() > 2 * span);
    let mut all: Vec<(f64, Day, f64)> = others
        .filter_map(|other| {
            let (other_before, other_after) = windows(other)?;
            Some((distance(before, other_before), other, other_after))
        })
        .collect();
    all.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let n = ((all.len() as f64 * SHARE) as usize).max(1).min(all.len());
    // Days as much alike as the last one taken are taken too, unless they are not much alike.
    let reach = all.get(n.saturating_sub(1)).map_or(0.0, |last| last.0.min(MOST_UNLIKE));
    all.retain(|(distance, _, _)| *distance <= reach);
    Ok(judge(series, day, span, after, &all))
}

/// Numbers of events before two days, by how many standard errors they differ.
fn distance(one: f64, other: f64) -> f64 {
    2.0 * ((one + 0.375).sqrt() - (other + 0.375).sqrt()).abs()
}

/// Days that differ by more than this are not alike.
const MOST_UNLIKE: f64 = 1.5;

fn judge(series: &Series, day: Day, span: Day, after: f64, placebo: &[(f64, Day, f64)]) -> Effect {
    let mut followed: Vec<f64> = placebo.iter().map(|(_, _, after)| *after).collect();
    followed.sort_by(f64::total_cmp);
    let n = followed.len();
    let mean = followed.iter().sum::<f64>() / n.max(1) as f64;
    let at = |share: f64| {
        followed.get(((share * n as f64) as usize).min(n.saturating_sub(1))).copied().unwrap_or(0.0)
    };
    let ratio = |placebo: f64| (after + 0.5) / (placebo + 0.5);
    let share = |is: &dyn Fn(f64) -> bool| {
        (followed.iter().filter(|one| is(**one)).count() as f64 + 1.0) / (n as f64 + 1.0)
    };
    let (fewer, more) = (share(&|one| one <= after), share(&|one| one >= after));
    let p = (2.0 * fewer.min(more)).min(1.0);
    let n_apart = apart(placebo, span);
    let verdict = if n_apart < FEWEST {
        format!(
            "Cannot be told: only {n_apart} days like it are far enough apart, and fewer than {FEWEST} tell nothing."
        )
    } else if p < 0.05 {
        let direction = if fewer < more { "fewer" } else { "more" };
        format!(
            "{direction} events followed than after days like it; that is association, and other things may have happened then."
        )
    } else {
        "What followed is not unusual after days like it.".to_owned()
    };
    Effect {
        series: series.name.clone(),
        date: date_of(day),
        days: usize::try_from(span).unwrap_or(0),
        before: series.total(day - span, day - 1),
        after: series.total(day + 1, day + span),
        n_placebo: n,
        n_apart,
        placebo: [mean, at(0.05), at(0.95)],
        ratio: ratio(mean),
        interval: [ratio(at(0.95)), ratio(at(0.05))],
        p,
        verdict,
    }
}

/// How many of the days are so far apart that their windows do not overlap.
fn apart(placebo: &[(f64, Day, f64)], span: Day) -> usize {
    let mut days: Vec<Day> = placebo.iter().map(|(_, day, _)| *day).collect();
    days.sort_unstable();
    let mut last = Day::MIN / 2;
    let mut n = 0;
    for day in days {
        if day - last > span {
            (last, n) = (day, n + 1);
        }
    }
    n
}

impl Effect {
    /// The comparison for a person.
    pub fn to_text(&self) -> String {
        let [mean, low, high] = self.placebo;
        format!(
            "{}, {}: {} events in the {days} days before, {} in the {days} days after. After {} days with about as many \
             before them ({} of them apart) there were {mean:.1} on average, nine in ten times {low:.0} to {high:.0}: a ratio of {:.2} \
             ({:.2} to {:.2}), as unusual in {:.0} % of them. {}\n",
            self.series,
            self.date,
            self.before,
            self.after,
            self.n_placebo,
            self.n_apart,
            self.ratio,
            self.interval[0],
            self.interval[1],
            100.0 * self.p,
            self.verdict,
            days = self.days,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    /// Attacks that excite each other, of which from a day on, for so many days, a share is left.
    fn series(seed: u64, n: usize, day: usize, left: f64) -> Series {
        let mut random = Random::new(seed);
        let mut excited = 0.0;
        let mut next = |at: usize| {
            let share = if at > day && at <= day + 14 { left } else { 1.0 };
            let count = random.poisson(share * (0.6 + excited));
            excited = 0.75 * excited + 0.12 * count as f64;
            u32::try_from(count).ok()
        };
        Series {
            name: "a".to_owned(),
            first: 0,
            counts: (0..n).map(&mut next).collect(),
            ..Series::default()
        }
    }

    /// How often an effect is found on a day that is chosen because many events came before it.
    fn found(left: f64) -> f64 {
        let seeds = 100;
        let is_found = |seed: &u64| {
            let plain = series(*seed, 700, 10_000, 1.0);
            let busiest = (300..400).max_by_key(|day| plain.total(day - 14, day - 1)).unwrap();
            let series = series(*seed, 700, busiest as usize, left);
            effect("x", &series, busiest, 14).unwrap().p < 0.05
        };
        (0..seeds).filter(is_found).count() as f64 / seeds as f64
    }

    #[test]
    fn what_follows_busy_days_anyway_is_no_effect() {
        assert!(found(1.0) < 0.1, "{}", found(1.0));
        assert!(found(0.15) > 0.7, "{}", found(0.15));
    }

    fn check(counts: &[Option<u32>], day: Day, expected: &str) {
        let series = Series { name: "a".to_owned(), first: 0, counts: counts.to_vec(), ..Series::default() };
        let found =
            effect("x", &series, day, 3).map_or_else(|error| error.to_string(), |effect| effect.verdict);
        assert_eq!(found, expected);
    }

    #[test]
    fn what_cannot_be_told_is_said() {
        check(
            &[Some(1); 7],
            3,
            "Cannot be told: only 0 days like it are far enough apart, and fewer than 8 tell nothing.",
        );
        check(&[Some(1); 200], 100, "What followed is not unusual after days like it.");
        let unknown = "x: expected counts of `a` for the 3 days before and after 1970-01-03; found 1970-01-01 to 1970-01-07, some \
                       days of which may be unknown";
        check(&[Some(1); 7], 2, unknown);
        check(&[], 2, &unknown.replace("to 1970-01-07", "to 1969-12-31"));
    }
}
