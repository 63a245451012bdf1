//! *Which days does an argument name?* The grammar of [`annalist::days`], with today by the clock, in UTC as the archive
//! counts.

use annalist::archive::Since;
use annalist::days::{Error, parse};
use annalist::schema::DayInterval;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days to ask for.
pub fn days(text: &str) -> Result<DayInterval, Error> {
    parse(text, today())
}

/// The day as of which to ask: the last of several.
pub fn as_of(text: &str) -> Result<Date, Error> {
    Ok(days(text)?.latest)
}

/// From where the log is read.
pub fn since(text: &str) -> Result<Since, Error> {
    Since::parse(text, today())
}

fn today() -> Date {
    let now = jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    TimeZone::UTC.to_datetime(now).date()
}
