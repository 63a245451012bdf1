//! *When?*

use std::cmp::Ordering;

use annalist_schema::{DayInterval, Status};

use crate::same::Match;
use crate::situation::cell::{Value, When};

/// The days of an event, as one claim gives them.
pub(crate) struct Days {
    days: DayInterval,
    status: Status,
}

impl Days {
    pub fn new(days: DayInterval, status: Status) -> Self {
        Self { days, status }
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
            false if self.days.overlaps(&other.days) => Match::Compatible,
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

    fn precision(&self) -> f64 {
        -(self.days.n_days() as f64)
    }
}
