//! *On which days does a feast fall in a given year?*
//!
//! Easter by the Gregorian computus; Islamic days by the tabular calendar, which may differ from the observed one by a
//! day either way; Jewish days by the fixed calendar of Hillel II.

use annalist_schema::DayInterval;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A feast or memorial day that the news dates events by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feast {
    /// The same day every year.
    Fixed(i8, i8),
    /// So many days after Easter Sunday of the western churches.
    Easter(i16),
    /// The n-th (from the end if negative) weekday, 1 to 7, of a month.
    NthWeekday(i8, i8, i8),
    /// A day of the Islamic year.
    Islamic(u8, u8),
    /// A whole month of the Islamic year.
    IslamicMonth(u8),
    /// So many days after the Jewish new year's day of that civil year's autumn.
    AfterRoshHashanah(i16),
    /// So many days before the Jewish new year's day: what lies in spring.
    BeforeRoshHashanah(i16),
}

/// Its days in a civil year; an Islamic day may fall into a year twice, the first one is given.
pub fn days(feast: Feast, year: i16) -> Option<DayInterval> {
    let day = match feast {
        Feast::Fixed(month, day) => Date::new(year, month, day).ok()?,
        Feast::Easter(after) => easter(year)?.checked_add(i64::from(after).days()).ok()?,
        Feast::NthWeekday(month, nth, weekday) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()?
        }
        Feast::Islamic(month, day) => in_civil_year(year, |hijri| islamic(hijri, month, day))?,
        Feast::IslamicMonth(month) => {
            let first = in_civil_year(year, |hijri| islamic(hijri, month, 1))?;
            return Some(DayInterval::new(first, first.checked_add(29.days()).ok()?));
        }
        Feast::AfterRoshHashanah(after) => rosh_hashanah(year)?.checked_add(i64::from(after).days()).ok()?,
        Feast::BeforeRoshHashanah(before) => {
            rosh_hashanah(year)?.checked_sub(i64::from(before).days()).ok()?
        }
    };
    Some(DayInterval::day(day))
}

/// Easter Sunday (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// The first of its days in a civil year; the calendar begins with its year 1.
fn in_civil_year(year: i16, date: impl Fn(i32) -> Option<Date>) -> Option<Date> {
    let about = (i32::from(year) - 622) * 33 / 32;
    (about.max(2) - 1..=about + 2).filter_map(date).find(|date| date.year() == year)
}

/// A day of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty).
pub fn islamic(year: i32, month: u8, day: u8) -> Option<Date> {
    let months = (59 * (i32::from(month) - 1) + 1) / 2;
    let leap_days = (3 + 11 * year).div_euclid(30);
    let since_epoch = i32::from(day) + months + (year - 1) * 354 + leap_days - 1;
    let epoch = Date::new(622, 7, 19).ok()?;
    epoch.checked_add(i64::from(since_epoch).days()).ok()
}

/// The Jewish new year's day in the autumn of a civil year.
fn rosh_hashanah(year: i16) -> Option<Date> {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)) % 7 < 3 { day + 1 } else { day }
    };
    let jewish = i64::from(year) + 3761;
    let (before, this, after) = (elapsed(jewish - 1), elapsed(jewish), elapsed(jewish + 1));
    let delay = if after - this == 356 {
        2
    } else if this - before == 382 {
        1
    } else {
        0
    };
    // Day 1 of the count is 7 October 3761 BC of the Julian calendar.
    let epoch = Date::new(-3760, 9, 7).ok()?;
    epoch.checked_add((this + delay).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(feast: Feast, year: i16, expected: &str) {
        assert_eq!(days(feast, year).map(|days| days.format()).as_deref(), Some(expected), "{feast:?}");
    }

    #[test]
    fn feasts_fall_where_calendars_print_them() {
        check(Feast::Fixed(12, 25), 2003, "2003-12-25");
        check(Feast::Easter(0), 2024, "2024-03-31");
        check(Feast::Easter(-2), 2019, "2019-04-19");
        check(Feast::NthWeekday(11, 4, 4), 2024, "2024-11-28");
        check(Feast::NthWeekday(5, -1, 1), 2024, "2024-05-27");
        check(Feast::IslamicMonth(9), 2024, "2024-03-11/2024-04-09");
        check(Feast::Islamic(1, 10), 2023, "2023-07-28");
        check(Feast::AfterRoshHashanah(0), 2023, "2023-09-16");
        check(Feast::AfterRoshHashanah(9), 1973, "1973-10-06");
        check(Feast::BeforeRoshHashanah(163), 2024, "2024-04-23");
    }
}
