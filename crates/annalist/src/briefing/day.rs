//! *How does a person say these days?* `on 4 April`, `from 3 to 5 April`, `in 2014`: the year only where it is another.

use annalist_schema::DayInterval;
use jiff::civil::Date;

/// The days with their preposition; the year is left out if it is `year`.
pub fn when(days: DayInterval, year: Option<i16>) -> String {
    match days.granularity() {
        "day" => format!("on {}", day(days.earliest, year)),
        "month" => format!("in {}", month(days.earliest, year)),
        "year" => format!("in {}", days.earliest.year()),
        _ => format!("from {}", span(days, year)),
    }
}

/// The days without one.
pub fn days(days: DayInterval, year: Option<i16>) -> String {
    match days.granularity() {
        "day" => day(days.earliest, year),
        "month" => month(days.earliest, year),
        "year" => days.earliest.year().to_string(),
        _ => span(days, year),
    }
}

/// `3 to 5 April`, `30 March to 2 April`.
fn span(days: DayInterval, year: Option<i16>) -> String {
    let DayInterval { earliest, latest } = days;
    let last = day(latest, year);
    let is_one_month = (earliest.year(), earliest.month()) == (latest.year(), latest.month());
    let is_one_year = earliest.year() == latest.year();
    match (is_one_month, is_one_year) {
        (true, _) => format!("{} to {last}", earliest.day()),
        (false, true) => format!("{} to {last}", day(earliest, Some(earliest.year()))),
        (false, false) => format!("{} to {}", day(earliest, None), day(latest, None)),
    }
}

fn day(date: Date, year: Option<i16>) -> String {
    format!("{} {}", date.day(), month(date, year))
}

fn month(date: Date, year: Option<i16>) -> String {
    let is_known = year == Some(date.year());
    date.strftime(if is_known { "%B" } else { "%B %Y" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(when(DayInterval::parse(text).unwrap(), Some(2017)), expected);
    }

    #[test]
    fn days_are_said_as_people_do() {
        check("2017-04-04", "on 4 April");
        check("2013-08-21", "on 21 August 2013");
        check("2017-04", "in April");
        check("2014", "in 2014");
        check("2017-04-03/2017-04-05", "from 3 to 5 April");
        check("2017-03-30/2017-04-02", "from 30 March to 2 April");
        check("2016-12-30/2017-01-02", "from 30 December 2016 to 2 January 2017");
    }
}
