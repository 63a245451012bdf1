//! *Which days does a person mean?* One grammar wherever days are asked for; what it does not take whole, it refuses.

use annalist_schema::DayInterval;
use jiff::ToSpan;
use jiff::civil::Date;
use thiserror::Error;

/// What is taken for days, for help and errors.
pub const FORMS: &str =
    "2015, 2015-04, 2015-04-15, 2015-04-01..2015-04-30 (a slash will do), today or yesterday";

/// What is no day.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Other words than days.
    #[error("expected days as {FORMS}; found `{0}`")]
    NoDays(String),
    /// A range that ends before it begins.
    #[error("expected days as {FORMS}; `{0}` ends before it begins")]
    Backwards(String),
}

/// Reads days as a person writes them; of a range the first day of its first part and the last of its last, so that
/// `2015-04..2015-05` is both months whole.
///
/// ```
/// let today = jiff::civil::date(2015, 4, 16);
/// let days = annalist::days::parse("2015-04-01..yesterday", today)?;
/// assert_eq!(days.format(), "2015-04-01/2015-04-15");
/// assert!(annalist::days::parse("2015-04-15 or so", today).is_err());
/// # Ok::<_, annalist::days::Error>(())
/// ```
///
/// # Errors
/// If the text, all of it, is no day, month, year or range.
pub fn parse(text: &str, today: Date) -> Result<DayInterval, Error> {
    let one = |part: &str| part_of(part.trim(), today).ok_or_else(|| Error::NoDays(text.to_owned()));
    let Some((first, last)) = text.split_once("..").or_else(|| text.split_once('/')) else {
        return one(text);
    };
    let (earliest, latest) = (one(first)?.earliest, one(last)?.latest);
    if latest < earliest {
        return Err(Error::Backwards(text.to_owned()));
    }
    Ok(DayInterval { earliest, latest })
}

fn part_of(part: &str, today: Date) -> Option<DayInterval> {
    match part {
        "today" => Some(DayInterval::day(today)),
        "yesterday" => Some(DayInterval::day(today.saturating_sub(1.day()))),
        part => DayInterval::parse(part),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: &str) {
        let days = parse(text, date(2015, 5, 1));
        assert_eq!(days.map_or_else(|error| error.to_string(), |days| days.format()), expected, "{text}");
    }

    #[test]
    fn days_are_read_whole() {
        check("2015", "2015");
        check("2015-04", "2015-04");
        check(" 2015-04-15 ", "2015-04-15");
        check("2015-04-01..2015-04-30", "2015-04");
        check("2015-04-01/2015-04-15", "2015-04-01/2015-04-15");
        check("2015-04 .. 2015-05", "2015-04-01/2015-05-31");
        check("today", "2015-05-01");
        check("yesterday", "2015-04-30");
        check("2015-04-29..today", "2015-04-29/2015-05-01");
    }

    #[test]
    fn what_is_no_day_is_refused_with_what_is() {
        for text in
            ["2015-04-15garbage", "2015-04-15..", "next week", "", "2015-04-15..2015-04-16..2015-04-17"]
        {
            check(text, &format!("expected days as {FORMS}; found `{text}`"));
        }
        check("today..2015-04", &format!("expected days as {FORMS}; `today..2015-04` ends before it begins"));
    }
}
