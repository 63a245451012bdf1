//! *How many on which day, where speakers only say how many so far?* Running totals by several speakers as what they are: bounds on
//! a sum that never falls, from which the days between are drawn in every way that fits.

use std::io::Read;

use jiff::civil::Date;
use serde::Serialize;

use crate::Error;
use crate::daily::{Day, Series, date_of, day_of};
use crate::numeric::ln_gamma;
use crate::random::Random;
use crate::table::Table;

/// How a total is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// This many.
    Exact,
    /// This many or more.
    AtLeast,
    /// About this many: a twentieth more or less.
    Approx,
    /// No event since the statement before.
    NoChange,
}

impl How {
    /// Of a word for it.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "exact" | "=" | "" | "start" | "first_after_lull" => Self::Exact,
            "at_least" | ">=" | ">" => Self::AtLeast,
            "approx" | "~" | "derived" => Self::Approx,
            "no_change" => Self::NoChange,
            _ => return None,
        })
    }
}

/// What a speaker said of the total on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Statement {
    /// The day for which it was said.
    pub as_of: Date,
    /// How many so far.
    pub total: u32,
    /// How that is meant.
    pub how: How,
    /// Who said it.
    pub speaker: String,
    /// Where it is to be read.
    pub source: String,
}

/// Statements in order of their days, and what they contradict each other in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// What is counted.
    pub name: String,
    /// The statements.
    pub statements: Vec<Statement>,
    /// Contradictions, in words.
    pub notes: Vec<String>,
    /// Least and largest total on the day of each statement, contradictions allowed for.
    bounds: Vec<(u32, u32)>,
}

/// Whether a table holds running totals: it has a column for them.
pub fn is_totals(bytes: &[u8]) -> bool {
    let header = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default().to_ascii_lowercase();
    header.split(|byte| *byte == b',').any(|name| matches!(name.trim_ascii(), b"cumulative" | b"total"))
}

/// Reads a table of `as_of`, `cumulative` (or `total`), `qualifier` (`exact`, `at_least`, `approx`, `no_change` …), and, if they are
/// there, `speaker` and `source`, up to a day: what was said of later days is not read.
///
/// # Errors
/// If the table has no such columns, a field no such value, or nothing was said by then.
pub fn read(file: &str, input: impl Read, until: Option<Date>) -> Result<Totals, Error> {
    let table = Table::open(file, input)?;
    let (as_of, total) = (table.column(&["as_of", "date", "day"])?, table.column(&["cumulative", "total"])?);
    let [how, speaker, source] =
        [&["qualifier"][..], &["speaker"], &["source"]].map(|names| table.find(names));
    let mut statements = Vec::new();
    table.for_each(|row| {
        let word = |column: Option<usize>| column.map_or("", |column| row.text(column)).to_owned();
        let expected = "`exact`, `at_least`, `approx` or `no_change`";
        let statement = Statement {
            as_of: row.day(as_of)?,
            total: row.count(total)?.try_into().unwrap_or(u32::MAX),
            how: how.map_or(Ok(How::Exact), |how| row.parse(how, expected, How::of))?,
            speaker: word(speaker),
            source: word(source),
        };
        if until.is_none_or(|until| statement.as_of <= until) {
            statements.push(statement);
        }
        Ok(())
    })?;
    if statements.is_empty() {
        let when = until.map_or(String::new(), |until| format!(" of days up to {until}"));
        return Err(Error::Unfit {
            file: file.to_owned(),
            problem: format!("expected statements of a total{when}; found none"),
        });
    }
    let totals = Totals::new("running total", statements);
    let (first, last) = totals.days();
    if last - first > MOST_DAYS {
        let problem = format!(
            "expected statements within {MOST_DAYS} days of each other; found {} to {}",
            date_of(first),
            date_of(last)
        );
        return Err(Error::Unfit { file: file.to_owned(), problem });
    }
    Ok(totals)
}

/// Days that statements may span.
const MOST_DAYS: Day = 20_000;
/// Days after the last statement that are drawn at most: after so many there is no forecast anyway.
const MOST_UNSAID: usize = 60;

impl Totals {
    /// Puts statements in order and works out their bounds.
    pub fn new(name: &str, mut statements: Vec<Statement>) -> Self {
        statements.sort_by_key(|statement| statement.as_of);
        let mut bounds: Vec<(u32, u32)> = statements.iter().map(range).collect();
        let mut notes = Vec::new();
        // Where an earlier total is larger than a later one can be, each may be as wrong as the other says.
        for later in 0..statements.len() {
            for earlier in 0..later {
                let (low, high) = (bounds[earlier].0, bounds[later].1);
                if low > high {
                    notes.push(contradiction(&statements[earlier], &statements[later]));
                    bounds[earlier].0 = high;
                    bounds[later].1 = low;
                }
            }
        }
        // A sum never falls: what was reached stays, what was not reached later was not reached before.
        for at in 1..bounds.len() {
            bounds[at].0 = bounds[at].0.max(bounds[at - 1].0);
        }
        for at in (1..bounds.len()).rev() {
            bounds[at - 1].1 = bounds[at - 1].1.min(bounds[at].1);
        }
        Self { name: name.to_owned(), statements, notes, bounds }
    }

    /// The first and the last day for which a total was stated.
    pub fn days(&self) -> (Day, Day) {
        let day = |statement: Option<&Statement>| statement.map_or(0, |statement| day_of(statement.as_of));
        (day(self.statements.first()), day(self.statements.last()))
    }

    /// Between which totals the day of each statement lies, by what all speakers said; `None` above where nobody bounds it.
    pub fn bounds(&self) -> impl Iterator<Item = (Date, u32, Option<u32>)> {
        let bounds = self.bounds.iter().map(|(low, high)| (*low, (*high < OPEN).then_some(*high)));
        self.statements.iter().zip(bounds).map(|(statement, (low, high))| (statement.as_of, low, high))
    }

    /// The times between two statements: days, and by how many the total grew at least.
    pub fn silences(&self) -> Vec<(Day, u32)> {
        let at = |at: usize| (day_of(self.statements[at].as_of), self.bounds[at]);
        let gap = |later: usize| {
            let ((before, (_, high)), (after, (low, _))) = (at(later - 1), at(later));
            (after - before, low.saturating_sub(high))
        };
        (1..self.statements.len()).map(gap).filter(|(days, _)| *days > 0).collect()
    }

    /// Daily series that fit what was said, each as likely as another, from the day after the first statement. Days after the last one,
    /// up to `until`, are unknown, or had no event if `is_quiet`.
    pub fn draw(&self, n: usize, until: Day, is_quiet: bool, seed: u64) -> Vec<Series> {
        let knots = Knots::new(self);
        let mut random = Random::new(seed);
        let mut totals = knots.start();
        for _ in 0..100 {
            knots.step(&mut totals, &mut random);
        }
        let mut one = || {
            for _ in 0..4 {
                knots.step(&mut totals, &mut random);
            }
            let mut counts = knots.spread(&totals, &mut random);
            let unsaid = usize::try_from(until - self.days().1).unwrap_or(0).min(MOST_UNSAID);
            counts.extend(std::iter::repeat_n(is_quiet.then_some(0), unsaid));
            Series { name: self.name.clone(), first: self.days().0 + 1, counts, ..Series::default() }
        };
        (0..n).map(|_| one()).collect()
    }
}

/// Beyond this nobody bounds a total.
const OPEN: u32 = u32::MAX / 4;

fn range(statement: &Statement) -> (u32, u32) {
    let total = statement.total.min(OPEN - 1);
    match statement.how {
        How::Exact => (total, total),
        How::AtLeast => (total, OPEN),
        How::Approx => {
            let off = (total.div_ceil(20)).max(1);
            (total.saturating_sub(off), total + off)
        }
        // What it adds is that nothing happened; the total itself may be an older figure.
        How::NoChange => (0, OPEN),
    }
}

fn contradiction(earlier: &Statement, later: &Statement) -> String {
    let by = |statement: &Statement| match statement.speaker.as_str() {
        "" => String::new(),
        speaker => format!(" by {speaker}"),
    };
    format!(
        "{} of {}{} and {} of {}{} contradict each other; both are taken to be possible",
        earlier.total,
        earlier.as_of,
        by(earlier),
        later.total,
        later.as_of,
        by(later)
    )
}

/// The days for which something was said, one after the other, with the bounds of their totals and how much each interval may add.
struct Knots {
    days: Vec<Day>,
    bounds: Vec<(u32, u32)>,
    /// Whether nothing happened since the knot before.
    is_still: Vec<bool>,
    rate: f64,
}

impl Knots {
    fn new(totals: &Totals) -> Self {
        let mut knots = Self { days: Vec::new(), bounds: Vec::new(), is_still: Vec::new(), rate: 0.0 };
        for (statement, bounds) in totals.statements.iter().zip(&totals.bounds) {
            let day = day_of(statement.as_of);
            let is_still = statement.how == How::NoChange && !knots.days.is_empty();
            if knots.days.last() == Some(&day) {
                let last = knots.bounds.len() - 1;
                let (low, high) = knots.bounds[last];
                knots.bounds[last] = (low.max(bounds.0), high.min(bounds.1).max(low.max(bounds.0)));
            } else {
                knots.days.push(day);
                knots.bounds.push(*bounds);
                knots.is_still.push(is_still);
            }
        }
        // A total that does not move has the bounds of the one before as well.
        for at in 1..knots.bounds.len() {
            if knots.is_still[at] {
                let (before, now) = (knots.bounds[at - 1], knots.bounds[at]);
                let both = (before.0.max(now.0), before.1.min(now.1));
                if both.0 <= both.1 {
                    (knots.bounds[at - 1], knots.bounds[at]) = (both, both);
                } else {
                    knots.is_still[at] = false;
                }
            }
        }
        let last = knots.bounds.len() - 1;
        let days = f64::from(knots.days[last] - knots.days[0]).max(1.0);
        let reached = knots.bounds.iter().map(|(low, _)| *low).max().unwrap_or(0);
        knots.rate = f64::from(reached - knots.bounds[0].0.min(reached)).max(1.0) / days;
        knots
    }

    fn start(&self) -> Vec<u32> {
        let mut reached = 0;
        let next = |(low, high): &(u32, u32)| {
            reached = reached.max(*low).min(*high);
            reached
        };
        self.bounds.iter().map(next).collect()
    }

    /// Logarithm of how likely it is, before anything is said, that so many events fall between a knot and the one before: rates
    /// of intervals differ about as much as they are large.
    fn ln_added(&self, at: usize, added: u32) -> f64 {
        if self.is_still[at] {
            return if added == 0 { 0.0 } else { f64::NEG_INFINITY };
        }
        let mean = self.rate * f64::from(self.days[at] - self.days[at - 1]).max(1.0);
        let (size, n) = (1.5, f64::from(added));
        ln_gamma(n + size) - ln_gamma(size) - ln_gamma(n + 1.0) + n * (mean / (mean + size)).ln()
    }

    /// Draws the total of each knot anew, given its neighbours.
    fn step(&self, totals: &mut [u32], random: &mut Random) {
        let n = totals.len();
        let mut at = 0;
        while at < n {
            // Knots between which nothing happened move together.
            let end = (at + 1..n).find(|next| !self.is_still[*next]).unwrap_or(n);
            let low = self.bounds[at].0.max(if at > 0 { totals[at - 1] } else { 0 });
            let widest = low.saturating_add(30 + (10.0 * self.rate) as u32).min(OPEN);
            let high = self.bounds[at].1.min(if end < n { totals[end] } else { widest }).max(low);
            let high = high.min(low.saturating_add(5000));
            let weigh = |total: u32| {
                let before = if at > 0 { self.ln_added(at, total - totals[at - 1]) } else { 0.0 };
                let after = if end < n { self.ln_added(end, totals[end].saturating_sub(total)) } else { 0.0 };
                before + after
            };
            let logs: Vec<f64> = (low..=high).map(weigh).collect();
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
            let mut left = random.uniform() * weights.iter().sum::<f64>();
            let drawn = (low..=high).zip(&weights).find(|(_, weight)| {
                left -= **weight;
                left <= 0.0
            });
            totals[at..end].fill(drawn.map_or(high, |(total, _)| total));
            at = end;
        }
    }

    /// The events of each interval on its days, with as uneven a share for each day as attacks have.
    fn spread(&self, totals: &[u32], random: &mut Random) -> Vec<Option<u32>> {
        let mut counts = Vec::new();
        for at in 1..totals.len() {
            let days = usize::try_from(self.days[at] - self.days[at - 1]).unwrap_or(1).max(1);
            let shares: Vec<f64> = (0..days).map(|_| random.gamma(1.0) + 1e-9).collect();
            let sums: Vec<f64> = shares
                .iter()
                .scan(0.0, |sum, share| {
                    *sum += share;
                    Some(*sum)
                })
                .collect();
            let mut interval = vec![0u32; days];
            for _ in totals[at - 1]..totals[at] {
                let place = random.uniform() * sums[days - 1];
                interval[sums.partition_point(|sum| *sum < place).min(days - 1)] += 1;
            }
            counts.extend(interval.into_iter().map(Some));
        }
        counts
    }
}

/// What is known of the count from one day to another, both included: the smallest interval of equal tails with this share of the draws.
pub fn interval(draws: &[Series], from: Day, to: Day, share: f64) -> (u64, u64) {
    let mut totals: Vec<u64> = draws.iter().map(|draw| draw.total(from, to)).collect();
    totals.sort_unstable();
    let at = |share: f64| {
        let place = (share * totals.len() as f64) as usize;
        totals.get(place.min(totals.len().saturating_sub(1))).copied().unwrap_or(0)
    };
    (at((1.0 - share) / 2.0), at((1.0 + share) / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let show = |totals: Totals| {
            let bound = |(date, low, high): (Date, u32, Option<u32>)| {
                format!("{date} {low}-{}", high.map_or(String::new(), |high| high.to_string()))
            };
            let bounds: Vec<String> = totals.bounds().map(bound).collect();
            format!(
                "{}{}",
                bounds.join(" "),
                totals.notes.iter().map(|note| format!("; {note}")).collect::<String>()
            )
        };
        let found = read("x.csv", text.as_bytes(), Some("2024-02-13".parse().unwrap()));
        assert_eq!(found.map_or_else(|error| error.to_string(), show), expected, "{text}");
    }

    #[test]
    fn statements_bound_each_other() {
        let head = "as_of,cumulative,qualifier,speaker\n";
        check(
            &format!(
                "{head}2024-01-09,40,approx,\n2024-01-01,10,exact,\n2024-01-05,20,at_least,\n2024-03-01,90,exact,\n"
            ),
            "2024-01-01 10-10 2024-01-05 20-42 2024-01-09 38-42",
        );
        check(
            &format!("{head}2024-01-01,150,>=,\n2024-01-03,150,no_change,\n"),
            "2024-01-01 150- 2024-01-03 150-",
        );
        check(
            &format!("{head}2024-02-04,180,>,page\n2024-02-10,170,exact,Singh\n"),
            "2024-02-04 170-180 2024-02-10 170-180; 180 of 2024-02-04 by page and 170 of 2024-02-10 by Singh contradict \
             each other; both are taken to be possible",
        );
    }

    #[test]
    fn what_is_no_statement_is_named() {
        check("as_of,total\n", "x.csv: expected statements of a total of days up to 2024-02-13; found none");
        check(
            "as_of,total,qualifier\n2024-01-01,3,perhaps\n",
            "x.csv, line 2: expected `exact`, `at_least`, `approx` or `no_change` in column `qualifier`; found `perhaps`",
        );
        check(
            "as_of,total\n0001-01-01,3\n2024-01-01,5\n",
            "x.csv: expected statements within 20000 days of each other; found 0001-01-01 to 2024-01-01",
        );
        assert!(is_totals(b"as_of,Cumulative\n") && !is_totals(b"date,count\n") && !is_totals(b""));
    }

    fn statement(day: Day, total: u32, how: How) -> Statement {
        Statement { as_of: date_of(day), total, how, speaker: String::new(), source: String::new() }
    }

    #[test]
    fn every_draw_fits_what_was_said() {
        let all = vec![
            statement(0, 0, How::Exact),
            statement(10, 12, How::Exact),
            statement(17, 12, How::NoChange),
            statement(30, 40, How::AtLeast),
            statement(35, 45, How::Approx),
        ];
        let totals = Totals::new("x", all);
        for draw in totals.draw(50, 40, true, 1) {
            assert_eq!((draw.first, draw.counts.len()), (1, 40));
            assert_eq!((draw.total(1, 10), draw.total(11, 17), draw.total(36, 40)), (12, 0, 0));
            assert!(
                (28..=36).contains(&draw.total(18, 30)) && (42..=48).contains(&draw.total(1, 35)),
                "{draw:?}"
            );
        }
        assert_eq!(totals.draw(1, 40, false, 1)[0].n_unknown(), 5);
        assert_eq!(totals.draw(3, 40, true, 1), totals.draw(3, 40, true, 1));
    }

    #[test]
    fn odd_statements_do_no_harm() {
        for all in [
            vec![statement(0, 5, How::NoChange)],
            vec![
                statement(0, u32::MAX, How::AtLeast),
                statement(0, 3, How::Exact),
                statement(1, 0, How::NoChange),
            ],
            vec![statement(0, 9, How::Exact), statement(3, 4, How::NoChange), statement(5, 1, How::Exact)],
            vec![statement(0, 0, How::Exact), statement(1, 1_000_000, How::Exact)],
        ] {
            let totals = Totals::new("x", all);
            assert_eq!(totals.draw(3, 9, true, 1).len(), 3, "{totals:?}");
        }
    }

    /// Weeks of a made-up record, whose days speakers add up now and then.
    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let (mut inside, mut all) = (0.0, 0.0);
        for seed in 0..40 {
            let mut random = Random::new(seed);
            let mut rate = 1.5;
            let mut statements = vec![statement(0, 0, How::Exact)];
            let mut truth = vec![0u64];
            let mut total = 0u32;
            for day in 1..=126 {
                if day % 21 == 0 {
                    rate = 3.0 * random.uniform();
                }
                let mean = rate * random.gamma(1.5) / 1.5;
                let count = random.poisson(mean);
                truth.push(count);
                total += count as u32;
                if random.uniform() < 0.12 || day == 126 {
                    let how = [How::Exact, How::AtLeast, How::Approx][random.below(3)];
                    let off = (f64::from(total) * 0.04 * (random.uniform() - 0.5) * 2.0) as i64;
                    let said = match how {
                        How::AtLeast => total - random.below(1 + total as usize / 30) as u32,
                        How::Approx => u32::try_from(i64::from(total) + off).unwrap_or(0),
                        _ => total,
                    };
                    statements.push(statement(day, said, how));
                }
            }
            let draws = Totals::new("x", statements).draw(300, 126, true, seed);
            for week in 0..18 {
                let (from, to) = (week * 7 + 1, week * 7 + 7);
                let (low, high) = interval(&draws, from, to, 0.9);
                let count: u64 = truth[from as usize..=to as usize].iter().sum();
                all += 1.0;
                inside += f64::from(u8::from((low..=high).contains(&count)));
            }
        }
        assert!((0.85..0.97).contains(&(inside / all)), "{}", inside / all);
    }
}
