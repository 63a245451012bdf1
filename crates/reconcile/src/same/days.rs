//! *How far apart are two intervals of days?*

use annalist_schema::DayInterval;

/// Days between the two; `0` if they share a day.
pub(crate) fn gap(one: DayInterval, other: DayInterval) -> i64 {
    let between =
        |earlier: DayInterval, later: DayInterval| i64::from((later.earliest - earlier.latest).get_days());
    between(one, other).max(between(other, one)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: i64) {
        let days = |text| DayInterval::parse(text).unwrap();
        assert_eq!((gap(days(one), days(other)), gap(days(other), days(one))), (expected, expected));
    }

    #[test]
    fn counts_days_between() {
        check("2024-01-04", "2024-01-04", 0);
        check("2024-01", "2024-01-30", 0);
        check("2024-01-04", "2024-01-06", 2);
        check("2020", "2024-02-11", 1137);
    }
}
