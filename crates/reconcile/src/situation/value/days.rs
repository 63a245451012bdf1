//! *When?*

use std::cmp::Ordering;

use annalist_schema::{DayInterval, Status};

use crate::same::Match;
use crate::same::days::gap;
use crate::situation::cell::{Value, When};

/// The days of an event, as one claim gives them.
pub(crate) struct Days {
    days: DayInterval,
    status: Status,
    /// Whether only its beginning is told: "since early June".
    is_open: bool,
    /// Whether words of the claim's own sentence tell them, rather than its place in the report.
    is_told: bool,
}

/// Night falls between two days: reports of one deed often give either.
pub(super) const SAME_NIGHT: i64 = 1;

/// "In June" may give the beginning of what has gone on "since early June"; "in 2019" says too little.
const MAX_BEGINNING: i64 = 31;

impl Days {
    pub fn new(days: DayInterval, status: Status, basis: Option<&str>) -> Self {
        let is_told = !matches!(basis, Some("published" | "narrative"));
        Self { days, status, is_open: basis == Some("since"), is_told }
    }

    fn begins_in(&self, other: &Self) -> bool {
        let is_narrow = other.is_open || other.days.n_days() <= MAX_BEGINNING;
        self.is_open && is_narrow && self.days.earliest == other.days.earliest
    }
}

impl Value for Days {
    fn show(&self) -> String {
        self.days.format()
    }

    /// Dates are meant at their precision: January does not contradict the fourth of January.
    fn compare(&self, other: &Self) -> Match {
        match self.days == other.days {
            true => Match::Same,
            false if self.begins_in(other) || other.begins_in(self) => Match::Same,
            false if self.days.overlaps(&other.days) => Match::Compatible,
            false if self.status != other.status => Match::Different,
            false if !self.is_told || !other.is_told => Match::Compatible,
            false if gap(self.days, other.days) <= SAME_NIGHT => Match::Compatible,
            false => Match::Different,
        }
    }

    /// What was planned for one day and happened on another, or was planned anew.
    fn replaces(&self, earlier: &Self, when: When) -> bool {
        let was_plan = earlier.status == Status::Planned;
        let is_newer = match self.status {
            Status::Happened => when.order != Some(Ordering::Less),
            Status::Planned => when.order == Some(Ordering::Greater),
            _ => false,
        };
        was_plan && is_newer
    }

    fn needs_anchor(&self, _other: &Self) -> bool {
        true
    }

    fn yields_to_many(&self) -> bool {
        true
    }

    fn precision(&self) -> f64 {
        -(self.days.n_days() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: (&str, Option<&str>), other: (&str, Option<&str>), expected: Match) {
        let days = |(text, basis)| Days::new(DayInterval::parse(text).unwrap(), Status::Happened, basis);
        assert_eq!(days(one).compare(&days(other)), expected);
        assert_eq!(days(other).compare(&days(one)), expected);
    }

    #[test]
    fn what_goes_on_is_dated_by_its_beginning() {
        let since = ("2021-06-01/2021-09-12", Some("since"));
        check(since, ("2021-06", Some("clause-timex")), Match::Same);
        check(since, ("2021-06-01/2021-10-30", Some("since")), Match::Same);
        check(since, ("2021-08", Some("clause-timex")), Match::Compatible);
        check(since, ("2021-04", Some("clause-timex")), Match::Different);
        check(since, ("2021", Some("clause-timex")), Match::Compatible);
    }

    #[test]
    fn days_contradict_beyond_what_is_told() {
        let told = |days| (days, Some("clause-timex"));
        check(told("2021-06-04"), told("2021-06"), Match::Compatible);
        check(told("2021-06-04"), told("2021-06-05"), Match::Compatible);
        check(told("2021-06-04"), told("2021-06-06"), Match::Different);
        check(told("2021-06-04"), ("2021-06-09", Some("narrative")), Match::Compatible);
    }
}
