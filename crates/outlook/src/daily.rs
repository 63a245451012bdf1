//! *How many events on which day?* Daily counts of one or more series; a day that nobody looked at is no day without events.

use std::collections::HashMap;
use std::io::Read;

use jiff::civil::{Date, date};

use crate::Error;
use crate::table::Table;

/// A day, counted from the first of January 1970.
pub type Day = i32;

/// The day of a date.
pub fn day_of(date_: Date) -> Day {
    (date_ - date(1970, 1, 1)).get_days()
}

/// The date of a day; the last of the calendar beyond it.
pub fn date_of(day: Day) -> Date {
    use jiff::ToSpan;
    date(1970, 1, 1).saturating_add(i64::from(day).days())
}

/// Counts of one kind of event, day by day without a break.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What is counted, by whom, where.
    pub name: String,
    /// The day of the first count.
    pub first: Day,
    /// Events of each day; `None` where nobody counted.
    pub counts: Vec<Option<u32>>,
    /// What was read of each day to count its events, in any unit, such as reports; empty where nobody says.
    pub read: Vec<f64>,
}

/// Most days that a table may span.
const MOST_DAYS: i32 = 200_000;
/// This share of what is usual to be read sees a day whole.
const ENOUGH: f64 = 0.5;
/// What is usual to be read is the mean of so many days up to a day.
const USUAL_DAYS: usize = 365;

impl Series {
    /// The day of the last count.
    pub fn last(&self) -> Day {
        self.first + self.counts.len() as Day - 1
    }

    /// The place of a day among the counts.
    pub fn place(&self, day: Day) -> Option<usize> {
        let place = usize::try_from(day - self.first).ok()?;
        (place < self.counts.len()).then_some(place)
    }

    /// The series as it was on a day: nothing after it is left.
    #[must_use]
    pub fn as_of(&self, day: Day) -> Self {
        let n = usize::try_from(day - self.first + 1).unwrap_or(0).min(self.counts.len());
        let read = self.read[..n.min(self.read.len())].to_vec();
        Self { counts: self.counts[..n].to_vec(), read, ..self.clone() }
    }

    /// Number of events from one day to another, both included.
    pub fn total(&self, from: Day, to: Day) -> u64 {
        let days = (from..=to).filter_map(|day| self.counts[self.place(day)?]);
        days.map(u64::from).sum()
    }

    /// Number of days that nobody counted.
    pub fn n_unknown(&self) -> usize {
        self.counts.iter().filter(|count| count.is_none()).count()
    }

    /// How much was read of a day, the mean from one to another, both included; `None` where nobody says.
    pub fn read_a_day(&self, from: Day, to: Day) -> Option<f64> {
        let days: Vec<f64> = (from..=to).filter_map(|day| self.read.get(self.place(day)?).copied()).collect();
        (!days.is_empty()).then(|| days.iter().sum::<f64>() / days.len() as f64)
    }

    /// How much of each day was seen, in days of which as much was read as is usual up to it: 1 for a counted day where nobody says
    /// how much was read, 0 for one that nobody counted. Half of what is usual sees a day whole: who reads more sees hardly more, and
    /// there is less to read where less happens, which must not make a lull unseen.
    pub fn seen(&self) -> Vec<f64> {
        let is_counted = self.counts.iter().map(|count| f64::from(u8::from(count.is_some())));
        if self.read.is_empty() {
            return is_counted.collect();
        }
        let read = self.read.iter().chain(std::iter::repeat(&0.0));
        let read: Vec<f64> = is_counted.zip(read).map(|(counted, read)| counted * read).collect();
        let share = |(read, usual): (&f64, f64)| (read / (ENOUGH * usual).max(1e-12)).min(1.0);
        let capped: Vec<f64> = read.iter().zip(usual(&read)).map(share).collect();
        capped.iter().zip(usual(&capped)).map(|(share, usual)| share / usual.max(1e-12)).collect()
    }
}

/// The mean of the values above 0 of the last [`USUAL_DAYS`] places, up to each.
fn usual(values: &[f64]) -> Vec<f64> {
    let (mut sum, mut n) = (0.0, 0.0);
    let mean = |at: usize| {
        let one = |value: f64| if value > 0.0 { (value, 1.0) } else { (0.0, 0.0) };
        let (new, old) =
            (one(values[at]), at.checked_sub(USUAL_DAYS).map_or((0.0, 0.0), |old| one(values[old])));
        sum += new.0 - old.0;
        n += new.1 - old.1;
        if n > 0.0 { sum / n } else { 0.0 }
    };
    (0..values.len()).map(mean).collect()
}

/// Reads a table of a `date` and a `series` (one without it) in every row. With a `count`, a row tells how many events the
/// day had, rows of one day add up, and a day between the first and the last without a row is unknown. Without it every row is an event,
/// and the other days up to the last of the table had none. Beside a `count`, `exposure` may tell how much was read of the day, such as
/// the number of reports: of a day of which nothing was read, nothing is known. Series stand in the order of their first rows.
///
/// # Errors
/// If the table has no such columns, a field no such value, or the days span more than five centuries.
pub fn read(file: &str, input: impl Read) -> Result<Vec<Series>, Error> {
    let table = Table::open(file, input)?;
    let date = table.column(&["date", "day"])?;
    let count = table.find(&["count", "events", "n"]);
    let read = table.find(&["exposure", "reports", "read"]).filter(|_| count.is_some());
    let name = table.find(&["series", "name", "node", "kind"]);
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<Seen> = Vec::new();
    table.for_each(|row| {
        let name = name.map_or("events", |name| row.text(name));
        let place = match places.get(name) {
            Some(place) => *place,
            None => {
                names.push(name.to_owned());
                places.insert(name.to_owned(), names.len() - 1);
                names.len() - 1
            }
        };
        let count = count.map_or(Ok(1), |count| row.count(count))?;
        let expected = "a number, above 0 where events were counted";
        let is_fit = |read: &f64| (0.0..=1e9).contains(read) && (count == 0 || *read > 0.0);
        let parse = |text: &str| text.parse().ok().filter(is_fit);
        let read = read.map_or(Ok(1.0), |read| row.parse(read, expected, parse))?;
        rows.push(Seen { place, day: day_of(row.day(date)?), count, read });
        Ok(())
    })?;
    let mut all: Vec<Series> = names.into_iter().map(|name| Series { name, ..Series::default() }).collect();
    let whole = (count.is_none()).then(|| span(rows.iter().map(|row| row.day))).flatten();
    for (place, series) in all.iter_mut().enumerate() {
        let own: Vec<&Seen> = rows.iter().filter(|row| row.place == place).collect();
        let Some((first, last)) = whole.or_else(|| span(own.iter().map(|row| row.day))) else { continue };
        if last - first >= MOST_DAYS {
            let problem = format!(
                "expected days within {MOST_DAYS} of each other; found {} to {} in `{}`",
                date_of(first),
                date_of(last),
                series.name
            );
            return Err(Error::Unfit { file: file.to_owned(), problem });
        }
        series.first = first;
        let unseen = count.is_none().then_some(0);
        let n_days = usize::try_from(last - first + 1).unwrap_or(0);
        series.counts = vec![unseen; n_days];
        series.read = vec![0.0; if read.is_some() { n_days } else { 0 }];
        for row in own {
            let at = usize::try_from(row.day - first).unwrap_or(0);
            series.read.get_mut(at).into_iter().for_each(|read| *read += row.read);
            let sum = u64::from(series.counts[at].unwrap_or(0)) + row.count;
            series.counts[at] = (row.read > 0.0 || sum > 0).then(|| u32::try_from(sum).unwrap_or(u32::MAX));
        }
    }
    Ok(all)
}

/// A row: what was seen of a day.
struct Seen {
    /// Place of the series.
    place: usize,
    day: Day,
    count: u64,
    read: f64,
}

/// Series as a table that [`read`] takes.
pub fn to_csv(all: &[Series]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(["series", "date", "count", "exposure"]);
    for series in all {
        for (at, day) in (series.first..=series.last()).enumerate() {
            let Some(count) = series.counts[at] else { continue };
            let read = series.read.get(at).copied().unwrap_or(1.0);
            let row = [series.name.clone(), date_of(day).to_string(), count.to_string(), read.to_string()];
            let _ = writer.write_record(row);
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn span(days: impl Iterator<Item = Day>) -> Option<(Day, Day)> {
    days.fold(None, |span, day| {
        Some(span.map_or((day, day), |(first, last): (Day, Day)| (first.min(day), last.max(day))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let show = |all: Vec<Series>| {
            let one = |series: &Series| {
                let counts: Vec<String> = series
                    .counts
                    .iter()
                    .map(|count| count.map_or("?".to_owned(), |count| count.to_string()))
                    .collect();
                format!("{} {} {}", series.name, date_of(series.first), counts.join(" "))
            };
            all.iter().map(one).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(
            read("x.csv", text.as_bytes()).map_or_else(|error| error.to_string(), show),
            expected,
            "{text}"
        );
    }

    #[test]
    fn days_without_a_row_are_unknown_where_rows_count() {
        check("date,count\n2024-02-03,2\n2024-02-01,0\n2024-02-03,1\n", "events 2024-02-01 0 ? 3");
        check("series,date,count\nb,2024-02-01,1\na,2024-02-02,2\n", "b 2024-02-01 1; a 2024-02-02 2");
    }

    #[test]
    fn days_without_a_row_had_no_event_where_rows_are_events() {
        check(
            "date,kind\n2024-02-03,b\n2024-02-01,a\n2024-02-01,a\n",
            "b 2024-02-01 0 0 1; a 2024-02-01 2 0 0",
        );
        check("date\n", "");
    }

    #[test]
    fn a_day_of_which_nothing_was_read_is_unknown() {
        check(
            "date,count,exposure\n2024-02-01,0,0\n2024-02-02,0,3\n2024-02-04,2,1\n",
            "events 2024-02-01 ? 0 ? 2",
        );
        check("date,count,exposure\n2024-02-01,0,0\n2024-02-01,2,3\n", "events 2024-02-01 2");
        check(
            "date,count,exposure\n2024-02-01,2,0\n",
            "x.csv, line 2: expected a number, above 0 where events were counted in column `exposure`; found `0`",
        );
    }

    fn check_seen(counts: &[i32], read: &[f64], expected: &[f64]) {
        let counts = counts.iter().map(|count| u32::try_from(*count).ok()).collect();
        let seen = Series { counts, read: read.to_vec(), ..Series::default() }.seen();
        let near = |(one, other): (&f64, &f64)| (one - other).abs() < 1e-9;
        assert!(seen.len() == expected.len() && seen.iter().zip(expected).all(near), "{seen:?}");
    }

    #[test]
    fn a_day_is_seen_as_well_as_it_was_read() {
        check_seen(&[0, -1, 3], &[], &[1.0, 0.0, 1.0]);
        check_seen(&[0, 1, -1, 2], &[4.0, 4.0, 0.0, 4.0], &[1.0, 1.0, 0.0, 1.0]);
        // Two fifths of what is usual by then, and more than is usual.
        check_seen(&[0, 0, 0], &[4.0, 1.0, 400.0], &[1.0, 0.8 / 0.9, 3.0 / 2.8]);
        // Half of what is usual.
        check_seen(&[0, 0], &[3.0, 1.0], &[1.0, 1.0]);
        check_seen(&[0, 0], &[0.0, 0.0], &[0.0, 0.0]);
        check_seen(&[], &[], &[]);
    }

    #[test]
    fn series_are_read_back_as_they_were_written() {
        let text = "series,date,count,exposure\n\"a, b\",2024-02-01,0,3\n\"a, b\",2024-02-03,2,0.5\n";
        assert_eq!(to_csv(&read("x", text.as_bytes()).unwrap()), text);
    }

    #[test]
    fn what_cannot_be_laid_out_by_day_is_refused() {
        check(
            "date,count\n0001-01-01,1\n2024-02-01,1\n",
            "x.csv: expected days within 200000 of each other; found 0001-01-01 to 2024-02-01 in `events`",
        );
        check(
            "date,count\n2024-02-01,4000000000\n",
            "x.csv, line 2: expected a whole number of events, at most 1,000,000,000 in column `count`; found `4000000000`",
        );
    }

    #[test]
    fn as_of_a_day_nothing_later_is_left() {
        let series = read("x", "date\n2024-02-01\n2024-02-04\n".as_bytes()).unwrap().remove(0);
        let day = series.first + 1;
        assert_eq!(series.as_of(day).counts, [Some(1), Some(0)]);
        assert_eq!(series.as_of(series.first - 5).counts, []);
        assert_eq!(series.as_of(day + 100), series);
        assert_eq!((series.total(day, day + 9), series.total(day - 1, day)), (1, 1));
    }
}
