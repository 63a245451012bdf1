//! *Here is a TIMEX3 value: which days does it say, and what comes before and after it?*
//!
//! Years are counted astronomically: 1 is 1 AD, 0 is 1 BC. Written values use `BC0001` for the latter.

use std::fmt;

use annalist_schema::DayInterval;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use super::length::Length;
use super::unit::{DayPart, Season, Size, Unit};

/// A resolved value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A day.
    Day(Date),
    /// A week, given by its Monday.
    Week(Date),
    /// A weekend, given by the Monday of its week.
    Weekend(Date),
    /// A month, given by its first day.
    Month(Date),
    /// A quarter, 1 to 4.
    Quarter(i16, u8),
    /// A half year, 1 or 2.
    Half(i16, u8),
    /// A season.
    Season(i16, Season),
    /// A year.
    Year(i16),
    /// A decade by the number that its years begin with: 199, or -48 for the 480s BC.
    Decade(i16),
    /// A century by the number that its years begin with: 19 is the 20th century, -4 the 5th century BC.
    Century(i16),
    /// A time on a day.
    Time(Box<Self>, Clock),
    /// Days from one to another that have no value of their own.
    Days(DayInterval),
    /// A length of time, with its days where they are known.
    Length(Length, Option<DayInterval>),
    /// A recurring time.
    Set(String),
    /// Something vague.
    Reference(Reference),
    /// Something whose anchor is unknown: `XXXX-01-27`.
    Unknown(String),
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Clock {
    /// A part of the day.
    Part(DayPart),
    /// Hours and minutes, with the hours that the zone is ahead of Greenwich.
    Minute(u8, u8, Option<i8>),
    /// Some time of the day.
    Unknown,
}

/// The vague times that TIMEX3 has names for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// `PAST_REF`.
    Past,
    /// `PRESENT_REF`.
    Present,
    /// `FUTURE_REF`.
    Future,
}

impl Value {
    /// A day, if the calendar has it.
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self::Day)
    }

    /// A month, if the calendar has it.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(Self::Month)
    }

    /// The unit of the calendar that holds a day: its week, month, year ...
    pub fn holding(day: Date, unit: Unit) -> Self {
        let year = day.year();
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Self::Day(day),
            Unit::Week | Unit::Fortnight => Self::Week(monday(day)),
            Unit::Weekend => Self::Weekend(monday(day)),
            Unit::Month => Self::Month(day.first_of_month()),
            Unit::Quarter => Self::Quarter(year, (day.month() as u8 - 1) / 3 + 1),
            Unit::Half => Self::Half(year, (day.month() as u8 - 1) / 6 + 1),
            Unit::Year => Self::Year(year),
            Unit::Decade => Self::Decade(prefix(year, 10)),
            Unit::Century | Unit::Millennium => Self::Century(prefix(year, 100)),
        }
    }

    /// The days that it says; `None` for lengths without a place, sets and vague times.
    pub fn days(&self) -> Option<DayInterval> {
        match self {
            Self::Day(day) => Some(DayInterval::day(*day)),
            Self::Week(monday) => from(*monday, 6.days()),
            Self::Weekend(monday) => from(monday.checked_add(5.days()).ok()?, 1.day()),
            Self::Month(first) => Some(DayInterval::new(*first, first.last_of_month())),
            Self::Quarter(year, quarter) => months(*year, *quarter as i8 * 3 - 2, 3),
            Self::Half(year, half) => months(*year, *half as i8 * 6 - 5, 6),
            Self::Season(year, season) => months(*year, season.first_month(), 3),
            Self::Year(year) => months(*year, 1, 12),
            Self::Decade(decade) => years(*decade, 10),
            Self::Century(century) => years(*century, 100),
            Self::Time(day, _) => day.days(),
            Self::Days(days) | Self::Length(_, Some(days)) => Some(*days),
            Self::Length(_, None) | Self::Set(_) | Self::Reference(_) | Self::Unknown(_) => None,
        }
    }

    /// Whether the calendar has it: no winter begins in 9999 and ends in a year that can be counted.
    pub fn is_possible(&self) -> bool {
        match self {
            Self::Time(day, _) => day.is_possible(),
            _ => self.unit().is_none() || self.days().is_some(),
        }
    }

    /// Its unit; `None` for what is not of the calendar.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Day(_) => Some(Unit::Day),
            Self::Week(_) => Some(Unit::Week),
            Self::Weekend(_) => Some(Unit::Weekend),
            Self::Month(_) => Some(Unit::Month),
            Self::Quarter(..) | Self::Season(..) => Some(Unit::Quarter),
            Self::Half(..) => Some(Unit::Half),
            Self::Year(_) => Some(Unit::Year),
            Self::Decade(_) => Some(Unit::Decade),
            Self::Century(_) => Some(Unit::Century),
            Self::Time(..) => Some(Unit::Hour),
            _ => None,
        }
    }

    /// The calendar unit so many steps later (earlier if negative): the month before last, the following year.
    pub fn step(day: Date, n: i64, unit: Unit) -> Option<Self> {
        // Counted from the first of the month, so that no month is skipped for want of a 31st.
        let start = if matches!(unit.size(), Size::Months(_)) { day.first_of_month() } else { day };
        // There is one weekend a week: "last weekend" on a Wednesday is not two days back.
        let length = if unit == Unit::Weekend { span(n, Unit::Week)? } else { span(n, unit)? };
        Some(Self::holding(start.checked_add(length).ok()?, unit))
    }

    /// The week that a day names: from it on where weeks begin so, otherwise the week that holds it.
    pub fn week_of(day: Date) -> Option<Self> {
        match day.weekday() {
            Weekday::Monday => Some(Self::Week(day)),
            Weekday::Sunday => from(day, 6.days()).map(Self::Days),
            _ => Some(Self::Week(monday(day))),
        }
    }

    /// The seven days from a day on, or up to it.
    pub fn week_beside(day: Date, begins: bool) -> Option<Self> {
        let first = if begins { day } else { day.checked_sub(6.days()).ok()? };
        let days = from(first, 6.days())?;
        Some(if first.weekday() == Weekday::Monday { Self::Week(first) } else { Self::Days(days) })
    }

    /// The year that it lies in, if it lies in one.
    pub fn year(&self) -> Option<i16> {
        let days = self.days()?;
        match self {
            Self::Season(year, _) => Some(*year),
            _ => (days.earliest.year() == days.latest.year()).then_some(days.earliest.year()),
        }
    }
}

/// So many units as a span of calendar time.
pub fn span(n: i64, unit: Unit) -> Option<Span> {
    match unit.size() {
        Size::Seconds(seconds) => Span::new().try_days(n.checked_mul(seconds)? / 86_400).ok(),
        Size::Days(days) => Span::new().try_days(n.checked_mul(days)?).ok(),
        Size::Months(months) => Span::new().try_months(n.checked_mul(months)?).ok(),
    }
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).unwrap_or(day)
}

/// The Monday of a week of the ISO calendar.
pub fn iso_week(year: i16, week: i8) -> Option<Value> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|week| Value::Week(week.date()))
}

fn from(first: Date, length: Span) -> Option<DayInterval> {
    Some(DayInterval::new(first, first.checked_add(length).ok()?))
}

fn months(year: i16, first: i8, n: i64) -> Option<DayInterval> {
    let first = Date::new(year, first, 1).ok()?;
    let last = first.checked_add((n - 1).months()).ok()?.last_of_month();
    Some(DayInterval::new(first, last))
}

/// The digits that all years of a decade or century begin with, negative before Christ.
fn prefix(year: i16, size: i16) -> i16 {
    if year > 0 { year / size } else { -((1 - year) / size) }
}

fn years(prefix: i16, size: i16) -> Option<DayInterval> {
    let first = prefix.checked_mul(size)?;
    let (low, high) = if prefix < 0 { (first - size + 2, first + 1) } else { (first, first + size - 1) };
    Some(DayInterval::new(Date::new(low, 1, 1).ok()?, Date::new(high, 12, 31).ok()?))
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}-{:02}-{:02}", Year(day.year()), day.month(), day.day()),
            Self::Week(monday) | Self::Weekend(monday) => {
                let week = monday.iso_week_date();
                write!(f, "{}-W{:02}", Year(week.year()), week.week())?;
                f.write_str(if matches!(self, Self::Weekend(_)) { "-WE" } else { "" })
            }
            Self::Month(first) => write!(f, "{}-{:02}", Year(first.year()), first.month()),
            Self::Quarter(year, quarter) => write!(f, "{}-Q{quarter}", Year(*year)),
            Self::Half(year, half) => write!(f, "{}-H{half}", Year(*year)),
            Self::Season(year, season) => write!(f, "{}-{}", Year(*year), season.code()),
            Self::Year(year) => write!(f, "{}", Year(*year)),
            Self::Decade(decade) if *decade < 0 => write!(f, "BC{:03}", -decade),
            Self::Decade(decade) => write!(f, "{decade:03}"),
            Self::Century(century) if *century < 0 => write!(f, "BC{:02}", -century),
            Self::Century(century) => write!(f, "{century:02}"),
            Self::Time(day, clock) => write!(f, "{day}T{clock}"),
            Self::Days(days) => f.write_str(&days.format()),
            Self::Length(length, _) => write!(f, "{length}"),
            Self::Set(text) | Self::Unknown(text) => f.write_str(text),
            Self::Reference(reference) => f.write_str(reference.code()),
        }
    }
}

struct Year(i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 0 { write!(f, "{:04}", self.0) } else { write!(f, "BC{:04}", 1 - self.0) }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(part) => f.write_str(part.code()),
            Self::Minute(hour, minute, _) => write!(f, "{hour:02}:{minute:02}"),
            Self::Unknown => f.write_str("XX"),
        }
    }
}

impl Reference {
    fn code(self) -> &'static str {
        match self {
            Self::Past => "PAST_REF",
            Self::Present => "PRESENT_REF",
            Self::Future => "FUTURE_REF",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<Value>, text: &str, days: &str) {
        let value = value.unwrap();
        assert_eq!(value.to_string(), text);
        assert_eq!(value.days().map(|days| days.format()).as_deref(), Some(days));
    }

    #[test]
    fn values_say_their_days() {
        check(Value::day(2024, 2, 29), "2024-02-29", "2024-02-29");
        check(iso_week(2004, 12), "2004-W12", "2004-03-15/2004-03-21");
        check(iso_week(2004, 53), "2004-W53", "2004-12-27/2005-01-02");
        check(Some(Value::Weekend(Date::constant(2004, 3, 15))), "2004-W12-WE", "2004-03-20/2004-03-21");
        check(Value::month(2024, 2), "2024-02", "2024-02");
        check(Some(Value::Quarter(2004, 4)), "2004-Q4", "2004-10-01/2004-12-31");
        check(Some(Value::Half(2004, 1)), "2004-H1", "2004-01-01/2004-06-30");
        check(Some(Value::Season(2004, Season::Winter)), "2004-WI", "2004-12-01/2005-02-28");
        check(Some(Value::Decade(198)), "198", "1980-01-01/1989-12-31");
        check(Some(Value::Century(19)), "19", "1900-01-01/1999-12-31");
        check(Some(Value::Decade(-48)), "BC048", "-000488-01-01/-000479-12-31");
        check(Value::step(Date::constant(2024, 3, 31), -1, Unit::Month), "2024-02", "2024-02");
        check(Value::step(Date::constant(2024, 1, 1), -1, Unit::Week), "2023-W52", "2023-12-25/2023-12-31");
        check(Value::step(Date::constant(2024, 1, 1), -3, Unit::Quarter), "2023-Q2", "2023-04-01/2023-06-30");
    }
}
