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
}

/// Most days that a table may span.
const MOST_DAYS: i32 = 200_000;

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
        Self { counts: self.counts[..n].to_vec(), ..self.clone() }
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
}

/// Reads a table of a `date` and a `series` (one without it) in every row. With a `count`, a row tells how many events the
/// day had, rows of one day add up, and a day between the first and the last without a row is unknown. Without it every row is an event,
/// and the other days up to the last of the table had none. Series stand in the order of their first rows.
///
/// # Errors
/// If the table has no such columns, a field no such value, or the days span more than five centuries.
pub fn read(file: &str, input: impl Read) -> Result<Vec<Series>, Error> {
    let table = Table::open(file, input)?;
    let date = table.column(&["date", "day"])?;
    let count = table.find(&["count", "events", "n"]);
    let name = table.find(&["series", "name", "node", "kind"]);
    let mut names: Vec<String> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut rows: Vec<(usize, Day, u64)> = Vec::new();
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
        rows.push((place, day_of(row.day(date)?), count.map_or(Ok(1), |count| row.count(count))?));
        Ok(())
    })?;
    let mut all: Vec<Series> = names.into_iter().map(|name| Series { name, ..Series::default() }).collect();
    let whole = (count.is_none()).then(|| span(rows.iter().map(|(_, day, _)| *day))).flatten();
    for (place, series) in all.iter_mut().enumerate() {
        let own: Vec<(Day, u64)> =
            rows.iter().filter(|row| row.0 == place).map(|(_, day, count)| (*day, *count)).collect();
        let Some((first, last)) = whole.or_else(|| span(own.iter().map(|(day, _)| *day))) else { continue };
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
        series.counts = vec![unseen; usize::try_from(last - first + 1).unwrap_or(0)];
        for (day, count) in own {
            let at = usize::try_from(day - first).unwrap_or(0);
            let sum = u64::from(series.counts[at].unwrap_or(0)) + count;
            series.counts[at] = Some(u32::try_from(sum).unwrap_or(u32::MAX));
        }
    }
    Ok(all)
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
