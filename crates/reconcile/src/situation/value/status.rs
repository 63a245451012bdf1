//! *Has it happened?*

use std::cmp::Ordering;

use annalist_schema::Status;

use crate::same::Match;
use crate::situation::cell::{Value, When};

/// Whether an event is said to have happened, as one claim puts it.
pub(crate) struct State(pub Status);

impl Value for State {
    fn show(&self) -> String {
        self.0.to_string()
    }

    fn compare(&self, other: &Self) -> Match {
        match (self.0, other.0) {
            (one, other) if one == other => Match::Same,
            (one, other) if is_open(one) && is_open(other) => Match::Compatible,
            _ => Match::Different,
        }
    }

    /// What is planned after it happened, or might happen, is another time; only a denial contradicts.
    fn has_other_scope(&self, other: &Self) -> bool {
        is_open(self.0) || is_open(other.0)
    }

    /// A plan is carried out or given up; a denial is given up only by whoever made it.
    fn replaces(&self, earlier: &Self, when: When) -> bool {
        let not_before = when.order != Some(Ordering::Less);
        match (earlier.0, self.0) {
            (Status::Planned | Status::Hypothetical | Status::Demanded, Status::Happened) => not_before,
            (Status::Planned | Status::Hypothetical | Status::Demanded, Status::Denied) => {
                when.order == Some(Ordering::Greater)
            }
            (Status::Denied, Status::Happened) => when.same_origin && when.order == Some(Ordering::Greater),
            _ => false,
        }
    }

    fn precision(&self) -> f64 {
        match self.0 {
            Status::Happened => 2.0,
            Status::Planned | Status::Denied => 1.0,
            Status::Hypothetical | Status::Demanded => 0.0,
        }
    }
}

fn is_open(status: Status) -> bool {
    matches!(status, Status::Planned | Status::Hypothetical | Status::Demanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: Status, other: Status, expected: (Match, bool)) {
        let (one, other) = (State(one), State(other));
        assert_eq!((one.compare(&other), one.has_other_scope(&other)), expected);
        assert_eq!((other.compare(&one), other.has_other_scope(&one)), expected);
    }

    #[test]
    fn only_a_denial_contradicts() {
        check(Status::Happened, Status::Denied, (Match::Different, false));
        check(Status::Happened, Status::Planned, (Match::Different, true));
        check(Status::Denied, Status::Hypothetical, (Match::Different, true));
        check(Status::Planned, Status::Demanded, (Match::Compatible, true));
    }
}
