//! *Did the rate of events change, when, and by how much?* Change points that self-excitation does not fool.
//!
//! A burst of attacks that answer each other looks like a change of rate to whoever takes them for independent. Here the part of the
//! rate that earlier events explain ([`crate::hawkes`]) is taken as given, and only the background is cut into parts: those that
//! explain the rest best, each further cut at a price (optimal partitioning). Then the effects are fitted again with these cuts,
//! until nothing changes.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::Serialize;

use crate::Error;
use crate::daily::{self, Series, date_of};
use crate::events::Events;
use crate::hawkes::{Fit, Settings, excitation, fit};
use crate::parallel;

/// A moment, as the table that it comes from counts time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Moment {
    /// A number.
    Number(f64),
    /// A day.
    Day(Date),
}

impl Moment {
    /// The moment of a time in some unit.
    pub(crate) fn of(time: f64, unit: &str) -> Self {
        if unit == "day" { Self::Day(date_of(time.floor() as i32)) } else { Self::Number(time) }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(time) => write!(f, "{time:.1}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

/// A change of the background.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The kind of event.
    pub series: String,
    /// When: as likely before as after.
    pub at: Moment,
    /// Between when, with a probability of 95 %.
    pub when: [Moment; 2],
    /// Events per unit of time before that no earlier event brought about, since the change before.
    pub before: f64,
    /// The same after, up to the next change.
    pub after: f64,
    /// All events per unit of time before.
    pub observed_before: f64,
    /// The same after.
    pub observed_after: f64,
    /// Probability that there was a change at all.
    pub probability: f64,
}

/// Places at which a change is sought at first.
const COARSE: usize = 300;
/// Parts of each in which it is placed then.
const FINE: usize = 8;
const CELLS: usize = COARSE * FINE;
/// Classes of what earlier events explain of the rate.
const LEVELS: usize = 48;
/// Fewer events tell nothing of a change.
const FEWEST: usize = 12;

/// What a change must gain, in nats, for as many events: two numbers more, and the choice of the place.
fn price(n: usize) -> f64 {
    1.0 + (n as f64).ln()
}

/// Reads a table of daily series, or of events with times up to `end` where it has a column `time` or `t`, and finds the changes.
///
/// # Errors
/// If the table is neither, or its events cannot be fitted.
pub fn read(file: &str, bytes: &[u8], end: Option<f64>) -> Result<Vec<Change>, Error> {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    let names = header.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    if names.into_iter().any(|name| name == b"time" || name == b"t") {
        return changes(file, &Events::read(file, bytes, end)?);
    }
    let series = daily::read(file, bytes)?;
    let found = parallel::map(series.len(), |at| changes_of_days(file, &series[at]));
    Ok(found.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// The changes for a person.
pub fn to_text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "No change that the record can tell from chance and self-excitation.\n".to_owned();
    }
    let line = |change: &Change| {
        format!(
            "{}: {} (between {} and {}), from {:.3} to {:.3} events a {}, of which nothing earlier explains {:.3} and {:.3}; \
             probability of a change {:.2}\n",
            change.series,
            change.at,
            change.when[0],
            change.when[1],
            change.observed_before,
            change.observed_after,
            if matches!(change.at, Moment::Day(_)) { "day" } else { "unit" },
            change.before,
            change.after,
            change.probability,
        )
    };
    changes.iter().map(line).collect()
}

/// Finds the changes of every kind, in order of kind and time. Every kind answers the events of all kinds.
///
/// # Errors
/// If the events cannot be fitted: there are none, or all at one time.
pub fn changes(file: &str, events: &Events) -> Result<Vec<Change>, Error> {
    let mut found = Vec::new();
    for node in 0..events.nodes.len() {
        if events.times[node].len() >= FEWEST {
            found.extend(changes_of(file, events, node)?);
        }
    }
    Ok(found)
}

/// The changes of a daily series, each day's events spread over the day. A day is as long as it was seen, and days that nobody
/// counted are left out, as if there had been no such days: what was not seen is no lull.
///
/// # Errors
/// As [`changes`].
pub fn changes_of_days(file: &str, series: &Series) -> Result<Vec<Change>, Error> {
    let counted = (series.first..).zip(&series.counts).zip(series.seen());
    let counted = counted.filter_map(|((day, count), seen)| Some((day, (*count)?, seen)));
    let (mut times, mut days, mut begin) = (Vec::new(), Vec::new(), 0.0);
    for (day, count, seen) in counted {
        let count = count.min(MOST_A_DAY);
        times.extend((0..count).map(|event| begin + seen * (f64::from(event) + 0.5) / f64::from(count)));
        days.push((begin, day));
        begin += seen;
    }
    let events = Events::new([(series.name.clone(), times)], 0.0, begin);
    if events.len() < FEWEST {
        return Ok(Vec::new());
    }
    let dated = |moment: Moment| match moment {
        Moment::Number(time) => {
            let place = days.partition_point(|(begin, _)| *begin <= time).saturating_sub(1);
            Moment::Day(date_of(days.get(place).map_or(series.first, |(_, day)| *day)))
        }
        day @ Moment::Day(_) => day,
    };
    let found = changes(file, &events)?.into_iter();
    Ok(found.map(|change| Change { at: dated(change.at), when: change.when.map(dated), ..change }).collect())
}

/// More events a day than this count as this many.
const MOST_A_DAY: u32 = 1000;

fn changes_of(file: &str, events: &Events, node: usize) -> Result<Vec<Change>, Error> {
    let pieces = (events.times[node].len() / 25).clamp(1, 40) as f64;
    let mut cuts = events.cuts(events.duration() / pieces);
    let mut tries = 0;
    loop {
        let fit = fit(file, events, &Settings { cuts: cuts.clone() })?;
        let table = Table::new(events, node, &fit);
        let cells = partition(&table, price(events.times[node].len()));
        let found: Vec<f64> = cells.iter().map(|cell| table.time(*cell)).collect();
        tries += 1;
        if found == cuts || tries == 8 {
            return Ok(tell(events, node, &table, &cells));
        }
        cuts = found;
    }
}

/// The events of a kind by time and by what earlier events explain of their rate, as sums before each cell.
struct Table {
    start: f64,
    width: f64,
    /// What earlier events explain, by class.
    excited: [f64; LEVELS],
    counts: Vec<[f64; LEVELS]>,
}

impl Table {
    fn new(events: &Events, node: usize, fit: &Fit) -> Self {
        let times = &events.times[node];
        let excited = excitation(events, &fit.process, node);
        let level = |value: f64, (low, high): (f64, f64)| match value {
            value if value <= low => 0,
            value => {
                1 + (((value / low).ln() / (high / low).ln() * (LEVELS - 1) as f64) as usize).min(LEVELS - 2)
            }
        };
        let highest = excited.iter().copied().fold(0.0, f64::max);
        let rate = times.len() as f64 / events.duration();
        let range = (1e-3 * rate, highest.max(2e-3 * rate));
        let width = events.duration() / CELLS as f64;
        let (mut sums, mut n) = ([0.0; LEVELS], [0.0; LEVELS]);
        let mut cells = vec![[0.0; LEVELS]; CELLS + 1];
        for (time, value) in times.iter().zip(&excited) {
            let level = level(*value, range);
            sums[level] += value;
            n[level] += 1.0;
            let cell = (((time - events.start) / width) as usize).min(CELLS - 1);
            cells[cell + 1][level] += 1.0;
        }
        for cell in 1..=CELLS {
            let before = cells[cell - 1];
            cells[cell].iter_mut().zip(before).for_each(|(count, before)| *count += before);
        }
        let excited = std::array::from_fn(|level| if n[level] > 0.0 { sums[level] / n[level] } else { 0.0 });
        Self { start: events.start, width, excited, counts: cells }
    }

    fn time(&self, cell: usize) -> f64 {
        self.start + cell as f64 * self.width
    }

    fn length(&self, cells: &Range<usize>) -> f64 {
        (cells.end - cells.start) as f64 * self.width
    }

    fn counts(&self, cells: &Range<usize>) -> [f64; LEVELS] {
        std::array::from_fn(|level| self.counts[cells.end][level] - self.counts[cells.start][level])
    }

    /// The background that explains the events of some cells best, and their log-likelihood under it.
    fn best(&self, cells: &Range<usize>) -> (f64, f64) {
        let (counts, length) = (self.counts(cells), self.length(cells).max(1e-300));
        let n: f64 = counts.iter().sum();
        let least = 1e-6 / (self.width * CELLS as f64);
        // The slope falls with the background and bends upwards: from the left, Newton's steps never go too far.
        let mean = counts.iter().zip(&self.excited).map(|(count, excited)| count * excited).sum::<f64>()
            / n.max(1.0);
        let mut rate = least.max(n / length - mean).max(counts[0] / length - self.excited[0]);
        for _ in 0..50 {
            let (mut slope, mut bend) = (-length, 0.0);
            for (count, excited) in counts.iter().zip(&self.excited).filter(|(count, _)| **count > 0.0) {
                let inverse = 1.0 / (rate + excited);
                slope += count * inverse;
                bend += count * inverse * inverse;
            }
            let step = if bend > 0.0 { slope / bend } else { 0.0 };
            if step <= 1e-6 * rate {
                break;
            }
            rate += step;
        }
        let logs = counts.iter().zip(&self.excited).filter(|(count, _)| **count > 0.0);
        (rate, logs.map(|(count, excited)| count * (rate + excited).ln()).sum::<f64>() - rate * length)
    }

    fn gain(&self, cells: &Range<usize>, cut: usize) -> f64 {
        self.best(&(cells.start..cut)).1 + self.best(&(cut..cells.end)).1
    }
}

/// The cells at which cuts explain the events best, each at a price.
fn partition(table: &Table, price: f64) -> Vec<usize> {
    // Costs of the best partition up to each coarse place, the place of its last cut, and the places that a last cut can still have.
    let mut least = vec![-price; COARSE + 1];
    let mut last = vec![0; COARSE + 1];
    let mut open: Vec<usize> = vec![0];
    for end in 1..=COARSE {
        let cost = |from: usize| least[from] - table.best(&(from * FINE..end * FINE)).1;
        let costs: Vec<f64> = open.iter().map(|from| cost(*from)).collect();
        let best = (0..open.len()).min_by(|one, other| costs[*one].total_cmp(&costs[*other])).unwrap_or(0);
        (least[end], last[end]) = (costs[best] + price, open[best]);
        let mut costs = costs.into_iter();
        open.retain(|_| costs.next().is_some_and(|cost| cost < least[end]));
        open.push(end);
    }
    let mut cells = Vec::new();
    let mut at = last[COARSE];
    while at > 0 {
        cells.push(at * FINE);
        at = last[at];
    }
    cells.reverse();
    place(table, &mut cells);
    cells
}

/// Moves each cut to where it explains most, between its neighbours.
fn place(table: &Table, cells: &mut [usize]) {
    for at in 0..cells.len() {
        let around = around(cells, at);
        let gains = (around.start + 1..around.end).map(|cut| (cut, table.gain(&around, cut)));
        if let Some((cut, _)) = gains.max_by(|(_, one), (_, other)| one.total_cmp(other)) {
            cells[at] = cut;
        }
    }
}

/// From the cut before to the cut after.
fn around(cells: &[usize], at: usize) -> Range<usize> {
    let before = at.checked_sub(1).map_or(0, |before| cells[before]);
    before..cells.get(at + 1).copied().unwrap_or(CELLS)
}

/// Nats by which a place must be worse for what lies beyond it to be another change.
const ELSEWHERE: f64 = 5.0;

/// The cells up to which a cut lies with a probability of 2.5, 50 and 97.5 %, were all around it as likely before.
fn quantiles(table: &Table, around: &Range<usize>, cut: usize) -> [usize; 3] {
    let best = table.gain(around, cut);
    let is_here = |cell: &usize| table.gain(around, *cell) >= best - ELSEWHERE;
    let first = (around.start + 1..cut).rev().take_while(is_here).last().unwrap_or(cut);
    let last = (cut..around.end).take_while(is_here).last().unwrap_or(cut);
    let cells = first..last + 1;
    let weights: Vec<f64> = cells.clone().map(|cell| (table.gain(around, cell) - best).exp()).collect();
    let total: f64 = weights.iter().sum();
    [0.025, 0.5, 0.975].map(|share| {
        let mut sum = 0.0;
        let reached = cells.clone().zip(&weights).find(|(_, weight)| {
            sum += **weight;
            sum >= share * total
        });
        reached.map_or(cut, |(cell, _)| cell)
    })
}

fn tell(events: &Events, node: usize, table: &Table, cells: &[usize]) -> Vec<Change> {
    let price = price(events.times[node].len());
    let moment = |cell| Moment::of(table.time(cell), events.unit);
    let change = |at: usize| {
        let (around, cut) = (around(cells, at), cells[at]);
        let (before, after) = (around.start..cut, cut..around.end);
        let best = table.gain(&around, cut);
        let [earliest, middle, latest] = quantiles(table, &around, cut);
        let odds = best - table.best(&around).1 - price;
        let observed = |cells: &Range<usize>| table.counts(cells).iter().sum::<f64>() / table.length(cells);
        Change {
            series: events.nodes[node].clone(),
            at: moment(middle),
            when: [moment(earliest), moment(latest)],
            before: table.best(&before).0,
            after: table.best(&after).0,
            observed_before: observed(&before),
            observed_after: observed(&after),
            probability: 1.0 / (1.0 + (-odds).exp()),
        }
    };
    (0..cells.len()).map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hawkes::{Process, simulate};
    use crate::random::Random;

    /// Attacks that excite each other and are answered, whose background takes these values in turn.
    fn simulated(rates: &[f64], seed: u64) -> Events {
        let end = 300.0 * rates.len() as f64;
        let process = Process {
            cuts: (1..rates.len()).map(|part| 300.0 * part as f64).collect(),
            background: vec![rates.to_vec(), vec![0.1; rates.len()]],
            alpha: vec![vec![0.35, 0.2], vec![0.25, 0.1]],
            beta: vec![vec![1.0, 0.5], vec![0.7, 1.5]],
        };
        simulate(&process, None, 0.0, end, seed).unwrap()
    }

    /// The changes found near those that there are, those found elsewhere, and those not found, over some seeds.
    fn check(rates: &[f64], expected: (usize, usize, usize)) {
        let (mut hits, mut false_alarms, mut missed) = (0, 0, 0);
        for seed in 0..5 {
            let found = changes("x", &simulated(rates, seed)).unwrap();
            let changed = (1..rates.len()).filter(|part| rates[*part] != rates[part - 1]);
            let truth: Vec<f64> = changed.map(|part| 300.0 * part as f64).collect();
            let is_near = |change: &Change, time: f64| matches!(change.at, Moment::Number(at) if change.series == "0" && (at - time).abs() <= 14.0);
            let hit = truth.iter().filter(|time| found.iter().any(|change| is_near(change, **time))).count();
            hits += hit;
            missed += truth.len() - hit;
            false_alarms += found.len()
                - found.iter().filter(|change| truth.iter().any(|time| is_near(change, *time))).count();
        }
        assert_eq!((hits, false_alarms, missed), expected, "{rates:?}");
    }

    #[test]
    fn changes_are_found_and_bursts_are_none() {
        check(&[0.6, 0.05, 0.6], (10, 0, 0));
        check(&[0.6, 0.6, 0.6], (0, 0, 0));
    }

    fn series(counts: Vec<Option<u32>>) -> Series {
        Series { name: "a".to_owned(), first: 10, counts, ..Series::default() }
    }

    #[test]
    fn a_daily_series_that_falls_silent_has_changed() {
        let mut random = Random::new(4);
        let mut count = |day: usize| u32::try_from(random.poisson(if day < 110 { 1.2 } else { 0.02 })).ok();
        let counts: Vec<_> = (0..140).map(&mut count).collect();
        let found = changes_of_days("x", &series(counts)).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        let change = &found[0];
        assert!(change.probability > 0.95 && change.after < 0.2, "{change:?}");
        let [Moment::Day(earliest), Moment::Day(latest)] = change.when else { panic!("{change:?}") };
        let days = daily::day_of(earliest)..=daily::day_of(latest);
        assert!(days.contains(&120) && days.count() < 15, "{change:?}");
    }

    #[test]
    fn days_that_nobody_counted_are_no_lull() {
        let mut random = Random::new(4);
        let mut counts: Vec<_> = (0..200).map(|_| u32::try_from(random.poisson(1.0)).ok()).collect();
        counts[80..130].fill(None);
        assert_eq!(changes_of_days("x", &series(counts)).unwrap(), []);
    }

    #[test]
    fn what_has_little_to_say_has_not_changed() {
        for counts in [vec![], vec![Some(0); 50], vec![None; 50], vec![Some(3)], vec![Some(1_000_000); 40]] {
            assert_eq!(changes_of_days("x", &series(counts.clone())).unwrap(), [], "{counts:?}");
        }
    }
}
