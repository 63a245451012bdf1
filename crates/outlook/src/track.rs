//! *What did a series look like on a day?* Sums and fading memories up to every day, from which simple forecasts and what the
//! models are asked with are read off. Nothing at a place depends on what comes after it.

use crate::daily::{Day, Series};

/// Horizons of all questions, in days.
pub const HORIZONS: [usize; 3] = [7, 14, 30];
/// A lull is at least so many days without an event.
pub const LULL_DAYS: usize = 7;
/// A series is asked about where so many events fell in the last [`ACTIVE_WINDOW`] days.
pub const ACTIVE_EVENTS: f64 = 5.0;
/// See [`ACTIVE_EVENTS`].
pub const ACTIVE_WINDOW: usize = 180;

/// What came true is known where at least this share of the days was seen.
const MOST_SEEN: f64 = 0.75;

/// A lull that has missed more events than this is no pause: such ones end far more seldom.
const MISSED: f64 = 12.0;

/// What the lull models are asked with: a constant, then log odds of simple forecasts and logarithms of rates.
pub const N_LULL: usize = 8;
/// What the count models are asked with for the mean.
pub const N_MEAN: usize = 6;
/// The same for the size of the negative binomial distribution.
pub const N_SIZE: usize = 3;

/// A series with all its sums.
#[derive(Clone, Debug)]
pub struct Track {
    /// Its name.
    pub name: String,
    /// The day of its first place.
    pub first: Day,
    counts: Vec<f64>,
    /// Before each place: events, and days that were seen, each by as much as was read of it.
    events: Vec<f64>,
    seen: Vec<f64>,
    /// Days since the last event, and what was seen of them.
    quiet: Vec<usize>,
    seen_quiet: Vec<f64>,
    /// Fading means of days with events, half-life 21 days, and of counts, half-lives 7, 30 and 120 days.
    active: Vec<f64>,
    faded: [Vec<f64>; 3],
    windows: [Windows; 3],
}

/// Sums over all windows of one length that end at or before a place.
#[derive(Clone, Debug, Default)]
struct Windows {
    /// Windows that were seen for at least half of their days, those of them with an event, their sums had they been seen whole,
    /// the squares of these.
    n: Vec<f64>,
    hit: Vec<f64>,
    sum: Vec<f64>,
    square: Vec<f64>,
}

impl Windows {
    fn new(h: usize, events: &[f64], seen: &[f64]) -> Self {
        let mut all = Self { n: vec![0.0], hit: vec![0.0], sum: vec![0.0], square: vec![0.0] };
        for end in 1..events.len() {
            let from = end.checked_sub(h);
            let share = from.map_or(0.0, |from| (seen[end] - seen[from]) / h as f64);
            let is_seen = share >= 0.5;
            let total = from.filter(|_| is_seen).map_or(0.0, |from| (events[end] - events[from]) / share);
            let push = |sums: &mut Vec<f64>, value: f64| sums.push(sums[sums.len() - 1] + value);
            push(&mut all.n, f64::from(u8::from(is_seen)));
            push(&mut all.hit, f64::from(u8::from(total > 0.0)));
            push(&mut all.sum, total);
            push(&mut all.square, total * total);
        }
        all
    }
}

/// Mean of what was seen so far on a day seen whole, older days counting less.
fn fading(values: impl Iterator<Item = f64>, seen: &[f64], half_life: f64) -> Vec<f64> {
    let keep = 0.5f64.powf(1.0 / half_life);
    let (mut sum, mut weight) = (0.0, 0.0);
    let step = |(value, seen): (f64, &f64)| {
        sum = sum * keep + value;
        weight = weight * keep + seen;
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    values.zip(seen).map(step).collect()
}

fn before(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums[sums.len() - 1] + value);
    }
    sums
}

impl Track {
    /// Makes the sums of a series.
    pub fn new(series: &Series) -> Self {
        let counts = || series.counts.iter().map(|count| count.map_or(0.0, f64::from));
        let days = series.seen();
        let (events, seen) = (before(counts()), before(days.iter().copied()));
        let (mut quiet, mut seen_quiet) = (0, 0.0);
        let step = |(count, seen): (f64, &f64)| {
            (quiet, seen_quiet) = if count > 0.0 { (0, 0.0) } else { (quiet + 1, seen_quiet + seen) };
            (quiet, seen_quiet)
        };
        let (quiet, seen_quiet) = counts().zip(&days).map(step).unzip();
        let active = counts().map(|count| f64::from(u8::from(count > 0.0)));
        Self {
            name: series.name.clone(),
            first: series.first,
            quiet,
            seen_quiet,
            active: fading(active, &days, 21.0),
            faded: [7.0, 30.0, 120.0].map(|half_life| fading(counts(), &days, half_life)),
            windows: HORIZONS.map(|h| Windows::new(h, &events, &seen)),
            counts: counts().collect(),
            events,
            seen,
        }
    }

    /// Number of days.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether it has no day.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The place of a day, or of the last one before it.
    pub fn place(&self, day: Day) -> Option<usize> {
        let place = usize::try_from(day - self.first).ok()?;
        self.len().checked_sub(1).map(|last| place.min(last))
    }

    /// Events of the `days` days that end at a place.
    pub fn total(&self, at: usize, days: usize) -> f64 {
        self.events[at + 1] - self.events[(at + 1).saturating_sub(days)]
    }

    /// What was seen of them, in days.
    pub fn seen(&self, at: usize, days: usize) -> f64 {
        self.seen[at + 1] - self.seen[(at + 1).saturating_sub(days)]
    }

    /// Events of the `h` days after a place, if all of them are in the series and most of them were seen.
    pub fn outcome(&self, at: usize, h: usize) -> Option<f64> {
        let is_there = at + h < self.len() && self.share_seen(at, h) >= MOST_SEEN;
        is_there.then(|| self.events[at + 1 + h] - self.events[at + 1])
    }

    /// Which share of the `h` days after a place was seen; all of them must be in the series.
    pub fn share_seen(&self, at: usize, h: usize) -> f64 {
        (self.seen[at + 1 + h] - self.seen[at + 1]) / h as f64
    }

    /// Days without an event up to a place.
    pub fn quiet(&self, at: usize) -> usize {
        self.quiet[at]
    }

    /// What was seen of these days.
    pub fn seen_quiet(&self, at: usize) -> f64 {
        self.seen_quiet[at]
    }

    /// Whether the last seven days or more had no event and as much as most of seven days was seen of them: what nobody looked at is
    /// no lull.
    pub fn is_lull(&self, at: usize) -> bool {
        self.quiet[at] >= LULL_DAYS && self.seen_quiet[at] >= MOST_SEEN * LULL_DAYS as f64
    }

    /// Whether the series is asked about at a place: five events or more in the last 180 days.
    pub fn is_asked(&self, at: usize) -> bool {
        self.total(at, ACTIVE_WINDOW) >= ACTIVE_EVENTS
    }

    /// Share of the windows of a horizon that had an event, among those that end in the `days` days up to a place.
    pub fn share_hit(&self, at: usize, horizon: usize, days: usize) -> f64 {
        let windows = &self.windows[horizon];
        let from = (at + 1).saturating_sub(days);
        let (n, hit) = (windows.n[at + 1] - windows.n[from], windows.hit[at + 1] - windows.hit[from]);
        (hit + 0.5) / (n + 1.0)
    }

    /// Mean and variance of the sums of such windows.
    pub fn spread(&self, at: usize, horizon: usize, days: usize) -> (f64, f64) {
        let windows = &self.windows[horizon];
        let from = (at + 1).saturating_sub(days);
        let n = windows.n[at + 1] - windows.n[from];
        if n < 1.0 {
            return (0.0, 0.0);
        }
        let mean = (windows.sum[at + 1] - windows.sum[from]) / n;
        let square = (windows.square[at + 1] - windows.square[from]) / n;
        (mean, (square - mean * mean).max(0.0))
    }

    /// Variance over mean of the sums of a horizon in the last year, at least 1.
    pub fn dispersion(&self, at: usize, horizon: usize) -> f64 {
        let (mean, variance) = self.spread(at, horizon, 365);
        if mean > 0.0 { (variance / mean).max(1.0) } else { 1.0 }
    }

    /// Probability of an event within a horizon at the rate of the last 90 days.
    pub fn by_rate(&self, at: usize, horizon: usize) -> f64 {
        let rate = (self.total(at, 90) + 0.5) / self.seen(at, 90).max(1.0);
        let h = HORIZONS[horizon] as f64;
        -(-rate * h).exp_m1()
    }

    /// How many events the days of a lull would have had at the rate of the 90 days before it.
    fn missed(&self, at: usize) -> f64 {
        let rate = match at.checked_sub(self.quiet[at]) {
            Some(last) => (self.total(last, 90) + 0.5) / self.seen(last, 90).max(1.0),
            None => 0.5 / 90.0,
        };
        self.seen_quiet[at] * rate
    }

    /// What a lull model is asked with.
    pub fn lull_features(&self, at: usize, horizon: usize) -> [f64; N_LULL] {
        let quiet = self.seen_quiet[at].max(1.0);
        [
            1.0,
            log_odds(self.share_hit(at, horizon, 90)),
            log_odds(self.share_hit(at, horizon, 365)),
            log_odds(self.share_hit(at, horizon, at + 1)),
            quiet.ln(),
            (self.active[at] + 0.003).ln(),
            log_odds(self.by_rate(at, horizon)),
            ((1.0 + self.missed(at)) / (1.0 + MISSED)).ln().max(0.0),
        ]
    }

    /// What a count model is asked with for the mean, and for the size.
    pub fn count_features(&self, at: usize, horizon: usize) -> ([f64; N_MEAN], [f64; N_SIZE]) {
        let log = |rate: f64| (rate + 0.02).ln();
        let [week, month, season] = [0, 1, 2].map(|memory| log(self.faded[memory][at]));
        let always = self.events[at + 1] / self.seen[at + 1].max(1.0);
        let quiet = 1.0 + self.seen_quiet[at];
        ([1.0, week, month, season, log(always), quiet.ln()], [1.0, month, self.dispersion(at, horizon).ln()])
    }

    /// Lengths of the lulls that ended up to a place and began at least `least` days without an event before, oldest first,
    /// with the place of the event that ended each; those of which most was seen.
    pub fn lulls(&self, at: usize, least: usize) -> Vec<(usize, usize)> {
        let is_seen = |place: usize| self.seen_quiet[place] >= MOST_SEEN * self.quiet[place] as f64;
        let ends = (1..=at).filter(|&place| self.counts[place] > 0.0 && is_seen(place - 1));
        let lull = |place: usize| (place, self.quiet[place - 1]);
        ends.map(lull).filter(|(place, length)| *length >= least && *length < *place).collect()
    }
}

/// Log odds of a probability, no surer than one to four hundred.
pub fn log_odds(p: f64) -> f64 {
    (p / (1.0 - p)).ln().clamp(-6.0, 6.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn track(counts: &[i32]) -> Track {
        let counts = counts.iter().map(|count| u32::try_from(*count).ok()).collect();
        Track::new(&Series { name: "a".to_owned(), first: 0, counts, ..Series::default() })
    }

    #[test]
    fn sums_are_of_the_days_up_to_a_place() {
        let track = track(&[1, 0, 2, 0, 0, -1, 0]);
        assert_eq!((track.total(2, 2), track.total(2, 99), track.seen(6, 2)), (2.0, 3.0, 1.0));
        assert_eq!((track.quiet(2), track.quiet(6)), (0, 4));
        assert_eq!((track.outcome(1, 2), track.outcome(4, 3), track.outcome(3, 3)), (Some(2.0), None, None));
        assert_eq!(track.lulls(6, 1), [(2, 1)]);
        assert_eq!(track.share_hit(6, 0, 7), 1.5 / 2.0);
    }

    #[test]
    fn nothing_depends_on_what_comes_later() {
        let counts = (0..120).map(|day| Some((day * day) % 7 / 5)).collect();
        let read = (0..120).map(|day| f64::from(1 + day % 5)).collect();
        for read in [Vec::new(), read] {
            let whole = Series { counts: Clone::clone(&counts), read, ..Series::default() };
            let (whole, part) = (Track::new(&whole), Track::new(&whole.as_of(79)));
            for h in 0..3 {
                assert_eq!(whole.lull_features(79, h), part.lull_features(79, h));
                assert_eq!(whole.count_features(79, h), part.count_features(79, h));
            }
        }
    }

    /// Ten reports a day tell one event a day, one report a tenth of them.
    fn read_unevenly(read: impl Fn(usize) -> f64) -> Track {
        let count = |day| Some(u32::from(read(day) > 5.0 || day % 10 == 0));
        let counts = (0..400).map(count).collect();
        Track::new(&Series { counts, read: (0..400).map(&read).collect(), ..Series::default() })
    }

    #[test]
    fn a_quiet_press_is_no_quiet_front() {
        let steady = read_unevenly(|_| 10.0);
        let holidays = read_unevenly(|day| if day >= 370 { 1.0 } else { 10.0 });
        let rate = |track: &Track| track.count_features(399, 0).0[2].exp();
        // A tenth of the events, by a tenth of the reports.
        assert!((0.8..1.2).contains(&(rate(&holidays) / rate(&steady))), "{}", rate(&holidays));
        assert_eq!((holidays.quiet(399), holidays.is_lull(399)), (9, false));
        assert_eq!((holidays.outcome(369, 7), holidays.outcome(300, 7)), (None, Some(7.0)));
    }

    #[test]
    fn a_day_or_gaps_alone_give_numbers() {
        for counts in [&[0][..], &[-1], &[-1, -1, 3], &[1_000_000_000]] {
            let track = track(counts);
            for h in 0..3 {
                let (mean, size) = track.count_features(counts.len() - 1, h);
                let all = track.lull_features(counts.len() - 1, h).into_iter().chain(mean).chain(size);
                assert!(all.into_iter().all(f64::is_finite), "{counts:?}");
            }
        }
    }
}
