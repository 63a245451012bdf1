//! *Which days?*

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// Whole days from `earliest` to `latest`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DayInterval {
    /// First day.
    pub earliest: Date,
    /// Last day, never before `earliest`.
    pub latest: Date,
}

impl DayInterval {
    /// The interval between two days, in either order.
    pub fn new(one: Date, other: Date) -> Self {
        Self { earliest: one.min(other), latest: one.max(other) }
    }

    /// A single day.
    pub fn day(day: Date) -> Self {
        Self { earliest: day, latest: day }
    }

    /// Reads the contract's dates: `2024`, `2024-02`, `2024-02-11`, an ISO instant, or two of them joined by `/`, and
    /// nothing else before or after them.
    pub fn parse(value: &str) -> Option<Self> {
        let (low, high) = value.split_once('/').unwrap_or((value, value));
        let interval = Self { earliest: edges(low)?.0, latest: edges(high)?.1 };
        (interval.earliest <= interval.latest).then_some(interval)
    }

    /// The contract's shortest form: a day, a month, a year, or `earliest/latest`.
    pub fn format(&self) -> String {
        let Self { earliest, latest } = self;
        if earliest == latest {
            return earliest.to_string();
        }
        if *earliest == earliest.first_of_month() && *latest == earliest.last_of_month() {
            return format!("{:04}-{:02}", earliest.year(), earliest.month());
        }
        if *earliest == earliest.first_of_year() && *latest == earliest.last_of_year() {
            return format!("{:04}", earliest.year());
        }
        format!("{earliest}/{latest}")
    }

    /// Number of days, at least one.
    pub fn n_days(&self) -> i64 {
        i64::from((self.latest - self.earliest).get_days()) + 1
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The days in both.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        let both =
            Self { earliest: self.earliest.max(other.earliest), latest: self.latest.min(other.latest) };
        (both.earliest <= both.latest).then_some(both)
    }

    /// `day`, `month`, `year` or `interval`.
    pub fn granularity(&self) -> &'static str {
        match self.format().len() {
            10 => "day",
            7 => "month",
            4 => "year",
            _ => "interval",
        }
    }
}

/// First and last day of a year, a month or a day.
fn edges(text: &str) -> Option<(Date, Date)> {
    match text.len() {
        4 => {
            let first = iso_day(&format!("{text}-01-01"))?;
            Some((first, first.last_of_year()))
        }
        7 => {
            let first = iso_day(&format!("{text}-01"))?;
            Some((first, first.last_of_month()))
        }
        _ => {
            let (day, clock) = text.split_at_checked(10)?;
            let day = iso_day(day)?;
            (clock.is_empty() || is_instant(text)).then_some((day, day))
        }
    }
}

fn iso_day(text: &str) -> Option<Date> {
    let is_laid_out = text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if is_laid_out { text.parse().ok() } else { None }
}

/// With or without the distance from UTC.
fn is_instant(text: &str) -> bool {
    text.parse::<DateTime>().is_ok() || text.parse::<Timestamp>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_what_it_parses() {
        for value in ["2024", "2024-02", "2024-02-11", "2024-02-05/2024-02-29", "2023-12-30/2024-01-02"] {
            assert_eq!(DayInterval::parse(value).map(|days| days.format()).as_deref(), Some(value));
        }
        assert_eq!(
            DayInterval::parse("2024-02-01/2024-02").map(|days| days.format()).as_deref(),
            Some("2024-02")
        );
        for value in ["", "2024-13", "2024-02-30", "next week", "2024-05/2024-01", "é024", "+024", "2024/02/"]
        {
            assert_eq!(DayInterval::parse(value), None, "{value}");
        }
    }

    #[test]
    fn an_instant_is_its_day_and_anything_else_behind_a_day_is_none() {
        let instants = [
            "2024-02-11T10:00",
            "2024-02-11T23:30:00Z",
            "2024-02-11 10:00:00",
            "2024-02-11T10:00:00.25+01:00",
        ];
        for value in instants {
            assert_eq!(
                DayInterval::parse(value).map(|days| days.format()).as_deref(),
                Some("2024-02-11"),
                "{value}"
            );
        }
        for value in ["2015-04-15garbage", "2015-04-01..2015-04-30", "2015-04-15 or so", "2015x04"] {
            assert_eq!(DayInterval::parse(value), None, "{value}");
        }
    }
}
