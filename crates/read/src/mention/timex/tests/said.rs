//! What a TIMEX3 value says, read from its text alone, without the code that wrote it.

use annalist_schema::DayInterval;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// What a value says.
#[derive(Debug, PartialEq)]
pub enum Said {
    /// These days.
    Days(DayInterval),
    /// Days of which a part is unknown: a day says it if every known part fits.
    Pattern(Pattern),
    /// No days at all: a length, something vague.
    NoDays,
}

/// The known parts of a day.
#[derive(Debug, Default, PartialEq)]
pub struct Pattern {
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<i8>,
}

impl Pattern {
    /// Whether a day has all that is known.
    pub fn fits(&self, day: Date) -> bool {
        self.month.is_none_or(|month| day.month() == month)
            && self.day.is_none_or(|number| day.day() == number)
            && self.weekday.is_none_or(|weekday| day.weekday().to_monday_one_offset() == weekday)
    }

    /// Whether any day of some leap year does.
    fn is_possible(&self) -> bool {
        let first = Date::constant(2024, 1, 1);
        (0..366)
            .any(|n| first.checked_add(n.days()).is_ok_and(|day| self.fits(day)) || self.weekday.is_some())
    }
}

/// What a value says; `None` if no calendar has it.
pub fn said(value: &str) -> Option<Said> {
    if ["PAST_REF", "PRESENT_REF", "FUTURE_REF"].contains(&value) {
        return Some(Said::NoDays);
    }
    if let Some(length) = value.strip_prefix('P') {
        let is_length =
            !length.is_empty() && length.bytes().all(|byte| b"0123456789.XYMWDHSQET".contains(&byte));
        return is_length.then_some(Said::NoDays);
    }
    if value.contains('/') {
        return DayInterval::parse(value).map(Said::Days);
    }
    let (date, clock) = value.split_once('T').map_or((value, None), |(date, clock)| (date, Some(clock)));
    if !clock.is_none_or(is_clock) {
        return None;
    }
    if date.contains('X') { pattern(date).map(Said::Pattern) } else { days(date).map(Said::Days) }
}

fn is_clock(clock: &str) -> bool {
    let is_part = ["MO", "AF", "EV", "NI", "DT", "XX"].contains(&clock);
    let minute = clock.split_once(':').and_then(|(hour, minute)| Some((number(hour)?, number(minute)?)));
    is_part || minute.is_some_and(|(hour, minute)| hour < 24 && minute < 60 || (hour, minute) == (24, 0))
}

fn number(text: &str) -> Option<i16> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

fn pattern(date: &str) -> Option<Pattern> {
    let mut parts = date.split('-');
    let year = parts.next()?;
    if !["XX", "XXX", "XXXX"].contains(&year) && number(year).is_none() && year.strip_prefix("BC").is_none() {
        return None;
    }
    let mut pattern = Pattern::default();
    match (parts.next(), parts.next()) {
        (None, None) => {}
        (Some(week), day) if week.starts_with('W') && week != "WI" => {
            let is_week = week == "WXX" || number(&week[1..]).is_some_and(|week| (1..=53).contains(&week));
            let weekday = day.filter(|day| *day != "WE").map(number);
            pattern.weekday = weekday.map(|number| number.unwrap_or(0) as i8);
            return (is_week && pattern.weekday.is_none_or(|day| (1..=7).contains(&day))).then_some(pattern);
        }
        (Some(part), None) if is_part_of_year(part) || ["QX", "HX"].contains(&part) => {}
        (Some(month), day) => {
            let known = |text: &str| if text == "XX" { Some(None) } else { number(text).map(Some) };
            pattern.month = known(month)?.map(|month| month as i8);
            pattern.day = known(day.unwrap_or("XX"))?.map(|day| day as i8);
        }
        (None, Some(_)) => return None,
    }
    (parts.next().is_none() && pattern.is_possible()).then_some(pattern)
}

fn is_part_of_year(part: &str) -> bool {
    ["SP", "SU", "FA", "WI", "Q1", "Q2", "Q3", "Q4", "H1", "H2"].contains(&part)
}

/// The days of a value without unknown parts.
fn days(date: &str) -> Option<DayInterval> {
    let is_before_christ = date.starts_with("BC");
    let mut parts = date.trim_start_matches("BC").split('-');
    let digits = parts.next()?;
    let written = number(digits)?;
    let scale = [100, 10, 1][digits.len().checked_sub(2).filter(|at| *at < 3)?];
    // 1 BC is the year 0, and the 480s BC run from 489 to 480.
    let (low, high) = match is_before_christ {
        false => (written * scale, written * scale + scale - 1),
        true => (1 - written * scale - (scale - 1), 1 - written * scale),
    };
    let all = || Some((Date::new(low.max(-9999), 1, 1).ok()?, Date::new(high, 12, 31).ok()?));
    let of_months = |first: i8, n: i64| {
        let first = Date::new(low, first, 1).ok()?;
        Some((first, first.checked_add((n - 1).months()).ok()?.last_of_month()))
    };
    let rest: Vec<&str> = parts.collect();
    let (first, last) = match rest.as_slice() {
        [] => all()?,
        ["SP"] => of_months(3, 3)?,
        ["SU"] => of_months(6, 3)?,
        ["FA"] => of_months(9, 3)?,
        ["WI"] => of_months(12, 3)?,
        [part] if is_part_of_year(part) => {
            let number = number(&part[1..])? as i8;
            if part.starts_with('Q') { of_months(number * 3 - 2, 3)? } else { of_months(number * 6 - 5, 6)? }
        }
        [week, rest @ ..] if week.starts_with('W') => {
            let monday = ISOWeekDate::new(low, number(&week[1..])? as i8, Weekday::Monday).ok()?.date();
            match rest {
                [] => (monday, monday.checked_add(6.days()).ok()?),
                ["WE"] => (monday.checked_add(5.days()).ok()?, monday.checked_add(6.days()).ok()?),
                _ => return None,
            }
        }
        [month] => of_months(number(month)? as i8, 1)?,
        [month, day] => {
            let day = Date::new(low, number(month)? as i8, number(day)? as i8).ok()?;
            (day, day)
        }
        _ => return None,
    };
    (scale == 1 || rest.is_empty()).then(|| DayInterval::new(first, last))
}

#[test]
fn values_are_told_from_nonsense() {
    for (value, expected) in [
        ("2024", "2024"),
        ("199", "1990-01-01/1999-12-31"),
        ("19", "1900-01-01/1999-12-31"),
        ("2024-02", "2024-02"),
        ("2024-02-29", "2024-02-29"),
        ("2024-02-29T10:30", "2024-02-29"),
        ("2024-WI", "2024-12-01/2025-02-28"),
        ("2004-W53-WE", "2005-01-01/2005-01-02"),
        ("2024-Q2", "2024-04-01/2024-06-30"),
        ("2024-02-05/2024-02-29", "2024-02-05/2024-02-29"),
    ] {
        assert_eq!(said(value), DayInterval::parse(expected).map(Said::Days), "{value}");
    }
    for value in ["XXXX-01-27", "XXXX-WXX-5", "XXXX-XX", "XX", "2024-XX-XX", "XXXX-WXX-5TNI", "XXXX-SU"] {
        assert!(matches!(said(value), Some(Said::Pattern(_))), "{value}");
    }
    for value in ["P3D", "PT5H30M", "PXM", "PAST_REF"] {
        assert_eq!(said(value), Some(Said::NoDays), "{value}");
    }
    for value in [
        "",
        "P",
        "2023-02-29",
        "2024-13",
        "XXXX-02-30",
        "XXXX-13",
        "XXXX-WXX-8",
        "2024-W60",
        "2024-Q5",
        "2024-02-30T10:00",
        "2024-02-01T25:00",
        "XXXX-XX-XXT10:61",
        "2024-02/2024-01",
        "next week",
        "202-05",
    ] {
        assert_eq!(said(value), None, "{value}");
    }
}
