//! *Which kind of event happened when?* Events with exact times, by kind.

use std::collections::BTreeMap;
use std::io::Read;

use crate::Error;
use crate::table::{Row, Table, moment};

/// Events of several kinds within a window of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Events {
    /// Names of the kinds: numbers by size, then words by letter.
    pub nodes: Vec<String>,
    /// Times of each kind, in order, within the window.
    pub times: Vec<Vec<f64>>,
    /// Where the window begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// In what time is measured: `day`, or `unit` where nothing tells.
    pub unit: &'static str,
}

impl Events {
    /// Events of a window; of times that are given in any order, those outside it are left out.
    pub fn new(kinds: impl IntoIterator<Item = (String, Vec<f64>)>, start: f64, end: f64) -> Self {
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by(|(one, _), (other, _)| {
            let number = |name: &str| name.parse::<u64>().unwrap_or(u64::MAX);
            number(one).cmp(&number(other)).then_with(|| one.cmp(other))
        });
        let (nodes, mut times): (_, Vec<Vec<f64>>) = kinds.into_iter().unzip();
        for times in &mut times {
            times.retain(|time| (start..=end).contains(time));
            times.sort_by(f64::total_cmp);
        }
        Self { nodes, times, start, end, unit: "unit" }
    }

    /// Number of all events.
    pub fn len(&self) -> usize {
        self.times.iter().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of the window.
    pub fn duration(&self) -> f64 {
        self.end - self.start
    }

    /// Times that cut the window into parts of a length, at most a thousand of them; none where it is no length.
    pub fn cuts(&self, length: f64) -> Vec<f64> {
        let length = length.max(self.duration() / 1000.0);
        let cuts = (1..1000).map(|part| self.start + f64::from(part) * length);
        cuts.take_while(|cut| *cut < self.end).collect()
    }

    /// The last part of the window, so long that about one in `parts` of the events is in it.
    pub(crate) fn last_part(&self, parts: usize) -> Self {
        let mut all: Vec<f64> = self.times.iter().flatten().copied().collect();
        all.sort_by(f64::total_cmp);
        let start = all.get(all.len() - all.len() / parts.max(1)).copied().unwrap_or(self.start);
        let times =
            self.times.iter().map(|times| times[times.partition_point(|time| *time < start)..].to_vec());
        Self { nodes: self.nodes.clone(), times: times.collect(), start, ..*self }
    }

    /// Share of events that stand at exactly the time of another of their kind: of exact times hardly any do.
    pub fn share_tied(&self) -> f64 {
        let tied = |times: &Vec<f64>| times.windows(2).filter(|pair| pair[0] >= pair[1]).count();
        self.times.iter().map(tied).sum::<usize>() as f64 / self.len().max(1) as f64
    }

    /// Reads a table of a `time` (or `t`, `date`) and a kind (`node`, `kind`, `series` …; all one without it) for each event. Times are
    /// numbers, of which the window begins at 0 unless there are earlier ones, or dates with or without a time of day, which
    /// become days since 1970. The window ends at `end`, or with the last event.
    ///
    /// # Errors
    /// If the table has no such columns, or a field no such value.
    pub fn read(file: &str, input: impl Read, end: Option<f64>) -> Result<Self, Error> {
        let table = Table::open(file, input)?;
        let time = table.column(&["time", "t", "date", "day"])?;
        if table.find(&["count"]).is_some() {
            let problem = "expected a row for each event; found a column `count`, as daily series have: `backtest`, `changes` \
                           and `ask` take those";
            return Err(Error::Unfit { file: file.to_owned(), problem: problem.to_owned() });
        }
        let kind = table.find(&["node", "kind", "series", "actor", "type"]);
        let mut kinds: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        let mut are_numbers: Option<bool> = None;
        table.for_each(|row: &Row| {
            let is_number = *are_numbers.get_or_insert_with(|| number(row.text(time)).is_some());
            let read = if is_number { number } else { moment };
            let at = row.parse(time, "a number, or a day such as 2024-02-13 12:30 (all rows alike)", read)?;
            let name = kind.map_or("events", |kind| row.text(kind));
            match kinds.get_mut(name) {
                Some(times) => times.push(at),
                None => _ = kinds.insert(name.to_owned(), vec![at]),
            }
            Ok(())
        })?;
        let all = || kinds.values().flatten().copied();
        let first = all().fold(f64::INFINITY, f64::min);
        let last = all().fold(f64::NEG_INFINITY, f64::max);
        if !first.is_finite() {
            return Err(Error::Unfit {
                file: file.to_owned(),
                problem: "expected events; found none".to_owned(),
            });
        }
        let is_number = are_numbers == Some(true);
        let start = if is_number { first.min(0.0) } else { first };
        if let Some(end) = end.filter(|end| *end <= start) {
            let problem = format!("expected an end of the window after {start}; found {end}");
            return Err(Error::Unfit { file: file.to_owned(), problem });
        }
        let unit = if is_number { "unit" } else { "day" };
        Ok(Self { unit, ..Self::new(kinds, start, end.unwrap_or(last)) })
    }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.abs() < 1e15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, end: Option<f64>, expected: &str) {
        let events = Events::read("x.csv", text.as_bytes(), end);
        let show = |events: Events| {
            format!("{} {:?} {}..{}", events.nodes.join(","), events.times, events.start, events.end)
        };
        assert_eq!(events.map_or_else(|error| error.to_string(), show), expected, "{text}");
    }

    #[test]
    fn events_are_read_by_kind_and_put_in_order() {
        check("t,node\n2,10\n1,9\n0.5,10\n", None, "9,10 [[1.0], [0.5, 2.0]] 0..2");
        check("time\n2\n2\n-1\n", None, "events [[-1.0, 2.0, 2.0]] -1..2");
        check("time,node\n1,a\n3,a\n9,b\n", Some(5.0), "a,b [[1.0, 3.0], []] 0..5");
        check(
            "date,kind\n1970-01-03,strike\n1970-01-02 12:00,raid\n",
            None,
            "raid,strike [[1.5], [2.0]] 1.5..2",
        );
    }

    #[test]
    fn what_is_no_event_is_named_with_its_line() {
        check("time\n", None, "x.csv: expected events; found none");
        check(
            "date,count\n2024-01-01,3\n",
            None,
            "x.csv: expected a row for each event; found a column `count`, as daily series have: `backtest`, `changes` and \
             `ask` take those",
        );
        check("time\n1\n", Some(0.0), "x.csv: expected an end of the window after 0; found 0");
        check(
            "when\n1\n",
            None,
            "x.csv, line 1: expected a column `time` or `t` or `date` or `day`; found when",
        );
        let expected =
            "expected a number, or a day such as 2024-02-13 12:30 (all rows alike) in column `time`";
        for wrong in ["NaN", "inf", "1970-01-01", "x"] {
            check(
                &format!("time\n1\n{wrong}\n"),
                None,
                &format!("x.csv, line 3: {expected}; found `{wrong}`"),
            );
        }
    }

    #[test]
    fn a_window_is_cut_into_parts() {
        let events = Events::new([], 0.0, 10.0);
        assert_eq!(events.cuts(4.0), [4.0, 8.0]);
        assert_eq!(events.cuts(10.0), Vec::<f64>::new());
        assert_eq!(events.cuts(f64::NAN).len(), 999);
        assert_eq!(events.cuts(-1.0).len(), 999);
    }

    #[test]
    fn ties_are_counted() {
        let events = Events::new([("a".to_owned(), vec![1.0, 1.0, 2.0, 3.0])], 0.0, 4.0);
        assert!((events.share_tied() - 0.25).abs() < 1e-12);
    }
}
