//! *How are days and numbers written here?*

use annalist::briefing::day;
use annalist::schema::DayInterval;
use jiff::civil::Date;

/// `1,204`.
pub fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 report`, `1,204 reports`.
pub fn count(n: usize, what: &str) -> String {
    format!("{} {what}{}", number(n), if n == 1 { "" } else { "s" })
}

/// `14 April 2015`, `April 2015`, `14 to 17 April 2015`, of days in the contract's form; such as are none stay.
pub fn days(written: &str) -> String {
    DayInterval::parse(written).map_or_else(|| written.to_owned(), |days| day::days(days, None))
}

/// `14 Apr 2015`, `Apr 2015`, `14–17 Apr 2015`: for columns.
pub fn short(written: &str) -> String {
    let Some(days) = DayInterval::parse(written) else { return written.to_owned() };
    let DayInterval { earliest, latest } = days;
    match days.granularity() {
        "day" => day_short(earliest),
        "month" => earliest.strftime("%b %Y").to_string(),
        "year" => earliest.year().to_string(),
        _ if (earliest.year(), earliest.month()) == (latest.year(), latest.month()) => {
            format!("{}–{}", earliest.day(), day_short(latest))
        }
        _ if earliest.year() == latest.year() => {
            format!("{} – {}", earliest.strftime("%-d %b"), day_short(latest))
        }
        _ => format!("{} – {}", day_short(earliest), day_short(latest)),
    }
}

/// `14 Apr 2015`.
pub fn day_short(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// `10 May 2015, 14:02` of an instant in UTC.
pub fn instant(made: &str) -> String {
    let day = made.get(..10).map(short).unwrap_or_default();
    let clock = made.get(11..16).unwrap_or_default();
    format!("{day}, {clock}")
}

/// A text of at most so many letters, cut at a word.
pub fn cut(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let head = &text[..end];
    let end = head.rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, expected: &str) {
        assert_eq!(short(written), expected);
    }

    #[test]
    fn days_fit_a_column() {
        check("2015-04-14", "14 Apr 2015");
        check("2015-04", "Apr 2015");
        check("2015", "2015");
        check("2015-04-14/2015-04-17", "14–17 Apr 2015");
        check("2015-03-30/2015-04-02", "30 Mar – 2 Apr 2015");
        check("2014-12-30/2015-01-02", "30 Dec 2014 – 2 Jan 2015");
        check("some day", "some day");
    }

    #[test]
    fn numbers_are_parted_in_threes() {
        for (n, expected) in [(0, "0"), (999, "999"), (1204, "1,204"), (1_000_000, "1,000,000")] {
            assert_eq!(number(n), expected);
        }
        assert_eq!(cut("one two three", 9), "one two…");
    }
}
