//! *Which day does this stamp name?* The forms in which programs and outlets write when something was published: ISO
//! instants, RFC 2822, what JavaScript prints, days in English words, with a time and a label or without.

use jiff::civil::Date;

use crate::DayInterval;

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// A day, or a month where it names none.
    Days(DayInterval),
    /// One of two days: with the day before the month, and with the month before the day.
    Ambiguous(Date, Date),
}

impl Stamp {
    /// Reads a text that is a stamp from beginning to end; `None` for any other. The day is the one written, in the
    /// stamp's own time zone.
    ///
    /// ```
    /// use annalist_schema::Stamp;
    ///
    /// let day = |text| match Stamp::read(text) {
    ///     Some(Stamp::Days(days)) => days.format(),
    ///     Some(Stamp::Ambiguous(one, other)) => format!("{one} or {other}"),
    ///     None => "none".to_owned(),
    /// };
    /// assert_eq!(day("Wed, 03 Mar 2021 10:15:00 +0100"), "2021-03-03");
    /// assert_eq!(day("Last updated: Mar 3, 2021 - 10:15 AM EST"), "2021-03-03");
    /// assert_eq!(day("03/04/2021"), "2021-04-03 or 2021-03-04");
    /// assert_eq!(day("3 March"), "none");
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text.trim(), ..Parser::default() };
        if parser.rest.len() > LONGEST {
            return None;
        }
        while !parser.rest.is_empty() {
            parser.step()?;
        }
        parser.finish_stamp();
        let updated = parser.done.iter().position(|stamp| !stamp.is_of_change);
        parser.done.get(updated.unwrap_or(0))?.stamp()
    }
}

/// Longest stamp, in bytes.
const LONGEST: usize = 160;

/// What was read of one stamp so far.
#[derive(Clone, Copy, Default)]
struct Parts {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// Two numbers of which one is the day and one the month.
    open: Option<(i8, i8)>,
    weekday: Option<usize>,
    has_time: bool,
    /// It says when the report was changed, not when it came out.
    is_of_change: bool,
}

impl Parts {
    fn has_date(&self) -> bool {
        self.year.is_some() && (self.month.is_some() || self.open.is_some())
    }

    fn stamp(&self) -> Option<Stamp> {
        let year = self.year?;
        if let Some((first, second)) = self.open {
            let days = [Date::new(year, second, first), Date::new(year, first, second)].map(Result::ok);
            let fits = |day: &Date| self.weekday.is_none_or(|weekday| weekday_of(*day) == weekday);
            return match days {
                [Some(one), Some(other)] if one != other && fits(&one) == fits(&other) => {
                    Some(Stamp::Ambiguous(one, other))
                }
                [one, other] => {
                    let day = [one, other].into_iter().flatten().find(fits).or(one).or(other)?;
                    Some(Stamp::Days(DayInterval::day(day)))
                }
            };
        }
        let first = Date::new(year, self.month?, self.day.unwrap_or(1)).ok()?;
        match self.day {
            Some(_) => Some(Stamp::Days(DayInterval::day(first))),
            None if self.has_time => None,
            None => Some(Stamp::Days(DayInterval { earliest: first, latest: first.last_of_month() })),
        }
    }
}

#[derive(Default)]
struct Parser<'t> {
    rest: &'t str,
    parts: Parts,
    done: Vec<Parts>,
}

impl<'t> Parser<'t> {
    /// Takes one piece; `None` where what comes is no part of a stamp.
    fn step(&mut self) -> Option<()> {
        let first = self.rest.chars().next()?;
        if first == '(' && self.parts.has_time && self.zone_in_brackets() {
            return Some(());
        }
        if matches!(first, '+' | '-' | '−') && self.parts.has_time && self.offset() {
            return Some(());
        }
        if first.is_whitespace() || SEPARATORS.contains(first) {
            self.take(first.len_utf8());
            return Some(());
        }
        if first.is_ascii_digit() {
            return self.iso().or_else(|| self.figures()).or_else(|| self.time()).or_else(|| self.number());
        }
        if first.is_alphabetic() { self.word() } else { None }
    }

    fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// How many digits come at a place.
    fn n_digits(&self, at: usize) -> usize {
        self.rest
            .as_bytes()
            .get(at..)
            .map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
    }

    fn number_at(&self, at: usize, length: usize) -> Option<i16> {
        self.rest.get(at..at + length)?.parse().ok()
    }

    fn sign_at(&self, at: usize) -> Option<u8> {
        self.rest.as_bytes().get(at).copied()
    }

    fn set_date(&mut self, year: i16, month: i8, day: i8) -> Option<()> {
        self.begin_if_full();
        if self.parts.year.is_some() || self.parts.day.is_some() || self.parts.month.is_some() {
            return None;
        }
        Date::new(year, month, day).ok()?;
        (self.parts.year, self.parts.month, self.parts.day) = (Some(year), Some(month), Some(day));
        Some(())
    }

    /// `2021-03-03`, `2021/03/03`, `20210303`, `20210303101500`, with a `T` and the time behind it.
    fn iso(&mut self) -> Option<()> {
        let n_first = self.n_digits(0);
        if n_first == 8 || n_first == 14 {
            let (year, month, day) = (self.number_at(0, 4)?, self.number_at(4, 2)?, self.number_at(6, 2)?);
            self.set_date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
            self.take(n_first);
            self.parts.has_time |= n_first == 14;
            self.clock_behind_t();
            return Some(());
        }
        let sign = self.sign_at(4).filter(|sign| matches!(sign, b'-' | b'/' | b'.'))?;
        let n_month = self.n_digits(5);
        let day_at = 5 + n_month + 1;
        let n_day = self.n_digits(day_at);
        let is_iso = n_first == 4
            && (1..=2).contains(&n_month)
            && self.sign_at(5 + n_month) == Some(sign)
            && (1..=2).contains(&n_day);
        if !is_iso {
            return None;
        }
        let (year, month) = (self.number_at(0, 4)?, self.number_at(5, n_month)?);
        let day = self.number_at(day_at, n_day)?;
        self.set_date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
        self.take(day_at + n_day);
        self.clock_behind_t();
        Some(())
    }

    /// `T10:15`, `T101500Z`.
    fn clock_behind_t(&mut self) {
        if !self.rest.starts_with(['T', 't']) || self.n_digits(1) == 0 {
            return;
        }
        self.take(1);
        if matches!(self.n_digits(0), 4 | 6) {
            self.take(self.n_digits(0));
            self.parts.has_time = true;
        }
    }

    /// `13/04/2021`, `3.4.2021`, `03-04-2021`.
    fn figures(&mut self) -> Option<()> {
        let n_first = self.n_digits(0);
        let sign = self.sign_at(n_first).filter(|sign| matches!(sign, b'-' | b'/' | b'.'))?;
        let n_second = self.n_digits(n_first + 1);
        let year_at = n_first + 1 + n_second + 1;
        let is_date = (1..=2).contains(&n_first)
            && (1..=2).contains(&n_second)
            && self.sign_at(year_at - 1) == Some(sign)
            && self.n_digits(year_at) == 4;
        if !is_date {
            return None;
        }
        let (first, second) =
            (self.number_at(0, n_first)? as i8, self.number_at(n_first + 1, n_second)? as i8);
        let year = self.number_at(year_at, 4)?;
        // With full stops the day comes first wherever dates are written so.
        match (first, second) {
            (13.., 1..=12) => self.set_date(year, second, first)?,
            (1..=12, 13..) => self.set_date(year, first, second)?,
            _ if sign == b'.' || first == second => self.set_date(year, second, first)?,
            (1..=12, 1..=12) => {
                self.begin_if_full();
                if self.parts.year.is_some() || self.parts.month.is_some() || self.parts.day.is_some() {
                    return None;
                }
                (self.parts.year, self.parts.open) = (Some(year), Some((first, second)));
            }
            _ => return None,
        }
        self.take(year_at + 4);
        Some(())
    }

    /// `10:15`, `10:15:00.000`, `10.15`, `10h15`.
    fn time(&mut self) -> Option<()> {
        let n_hour = self.n_digits(0);
        let sign = self.sign_at(n_hour).filter(|sign| matches!(sign, b':' | b'.' | b'h' | b'H'))?;
        if !(1..=2).contains(&n_hour) || self.n_digits(n_hour + 1) != 2 || self.number_at(0, n_hour)? > 24 {
            return None;
        }
        let mut end = n_hour + 3;
        if self.sign_at(end) == Some(sign) && self.n_digits(end + 1) == 2 {
            end += 3;
            if matches!(self.sign_at(end), Some(b'.' | b',')) && self.n_digits(end + 1) > 0 {
                end += 1 + self.n_digits(end + 1);
            }
        }
        self.take(end);
        self.parts.has_time = true;
        Some(())
    }

    /// A year, a day of the month, or the hour of "10 am" and "1015 GMT".
    fn number(&mut self) -> Option<()> {
        let n_digits = self.n_digits(0);
        let number = self.number_at(0, n_digits.min(4))?;
        let after = self.rest[n_digits..].trim_start().to_ascii_lowercase();
        let is_hour = n_digits <= 2 && ["am", "pm", "a.m", "p.m"].iter().any(|end| after.starts_with(end));
        let is_clock =
            n_digits == 4 && ["gmt", "utc", "hrs", "hours"].iter().any(|end| after.starts_with(end));
        if (is_hour || is_clock) && !(n_digits == 4 && self.parts.year.is_none() && self.parts.has_time) {
            self.take(n_digits);
            self.parts.has_time = true;
            return Some(());
        }
        match n_digits {
            4 if self.parts.year.is_none() && (1000..3000).contains(&number) => {
                self.parts.year = Some(number)
            }
            1 | 2 if self.parts.day.is_none() && (1..=31).contains(&number) => {
                self.parts.day = Some(number as i8)
            }
            // "Wed, 03 Mar 21": the year stands last.
            2 if self.parts.year.is_none() && self.parts.month.is_some() => {
                self.parts.year = Some(if number < 70 { 2000 + number } else { 1900 + number });
            }
            _ => return None,
        }
        self.take(n_digits);
        let ordinal = ["st", "nd", "rd", "th"].iter().find(|end| self.rest.starts_with(**end));
        if let Some(end) = ordinal.filter(|_| n_digits <= 2) {
            self.take(end.len());
        }
        Some(())
    }

    fn word(&mut self) -> Option<()> {
        let length = self.rest.find(|char: char| !char.is_alphabetic()).unwrap_or(self.rest.len());
        let word = &self.rest[..length];
        let lower = word.to_lowercase();
        if let Some(month) = named(&MONTHS, &lower) {
            self.begin_if_full();
            if self.parts.month.is_some() {
                return None;
            }
            self.parts.month = Some(month as i8 + 1);
        } else if let Some(weekday) = named(&WEEKDAYS, &lower) {
            self.begin_if_full();
            self.parts.weekday = Some(weekday);
        } else if LABELS.contains(&lower.as_str()) {
            self.begin_if_full();
            self.parts.is_of_change |= CHANGES.contains(&lower.as_str());
        } else if !(FILLERS.contains(&lower.as_str()) || self.parts.has_time && is_zone(word)) {
            return self.half_of_day();
        }
        self.take(length);
        if self.rest.starts_with('.') {
            self.take(1);
        }
        Some(())
    }

    /// `a.m.`, `PM`.
    fn half_of_day(&mut self) -> Option<()> {
        let ends = ["a.m.", "p.m.", "a.m", "p.m", "am", "pm"];
        let lower = self.rest.to_lowercase();
        let end = ends.iter().find(|end| lower.starts_with(**end))?;
        let is_over = !lower[end.len()..].starts_with(char::is_alphanumeric);
        if !self.parts.has_time || !is_over {
            return None;
        }
        self.take(end.len());
        Some(())
    }

    /// `+0100`, `-05:00`, behind a time.
    fn offset(&mut self) -> bool {
        let sign = self.rest.chars().next().map_or(0, char::len_utf8);
        let n_hour = self.n_digits(sign);
        let colon = usize::from(self.sign_at(sign + n_hour) == Some(b':'));
        let length = match n_hour {
            4 => sign + 4,
            1 | 2 if colon == 1 && self.n_digits(sign + n_hour + 1) == 2 => sign + n_hour + 3,
            1 | 2 if self.done_with_date() => sign + n_hour,
            _ => return false,
        };
        let is_offset = n_hour != 4 || self.done_with_date();
        if is_offset {
            self.take(length);
        }
        is_offset
    }

    fn done_with_date(&self) -> bool {
        self.parts.has_date() && (self.parts.day.is_some() || self.parts.open.is_some())
    }

    /// `(CET)`, `(Central European Standard Time)`.
    fn zone_in_brackets(&mut self) -> bool {
        let Some((zone, _)) = self.rest[1..].split_once(')') else { return false };
        let is_zone =
            zone.len() <= 50 && zone.chars().all(|char| char.is_alphanumeric() || " +-:/_".contains(char));
        if is_zone {
            self.take(zone.len() + 2);
        }
        is_zone
    }

    /// A label or a date behind a whole one begins another stamp.
    fn begin_if_full(&mut self) {
        if self.done_with_date() {
            self.finish_stamp();
        }
    }

    fn finish_stamp(&mut self) {
        if self.parts.has_date() {
            self.done.push(std::mem::take(&mut self.parts));
        }
    }
}

/// Signs that stand between the parts of a stamp.
const SEPARATORS: &str = ",|·•–—-()[]:;/.";

/// The months, in order, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The days of the week, in order, in lower case.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Words that say what the day is of.
const LABELS: [&str; 17] = [
    "published",
    "posted",
    "updated",
    "modified",
    "edited",
    "revised",
    "released",
    "issued",
    "created",
    "uploaded",
    "filed",
    "publication",
    "date",
    "release",
    "update",
    "last",
    "first",
];

/// Those of a change.
const CHANGES: [&str; 6] = ["updated", "modified", "edited", "revised", "update", "last"];

/// Words between.
const FILLERS: [&str; 12] =
    ["on", "at", "the", "of", "time", "local", "hrs", "hours", "noon", "midnight", "and", "in"];

/// Names of time zones, their letters or the words before "time".
fn is_zone(word: &str) -> bool {
    let is_letters = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let words =
        ["eastern", "central", "pacific", "mountain", "atlantic", "standard", "daylight", "summer", "z"];
    is_letters || words.contains(&word.to_lowercase().as_str())
}

/// The position of a name, written out or cut to three letters or more.
fn named(names: &[&str], word: &str) -> Option<usize> {
    names.iter().position(|name| word.len() >= 3 && name.starts_with(word))
}

fn weekday_of(day: Date) -> usize {
    usize::from(day.weekday().to_monday_zero_offset() as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = match Stamp::read(text) {
            Some(Stamp::Days(days)) => days.format(),
            Some(Stamp::Ambiguous(one, other)) => format!("{one} or {other}"),
            None => "none".to_owned(),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_programs_write() {
        for text in [
            "2021-03-03",
            "2021-03-03T10:15:00+01:00",
            "2021-03-03T10:15:00.000Z",
            "2021-03-03T10:15",
            "2021-03-03 10:15:00 UTC",
            "2021-03-03 10:15:00.123456+00:00",
            "20210303",
            "20210303T101500Z",
            "20210303101500",
            "2021/03/03 10:15",
            "Wed, 03 Mar 2021 10:15:00 +0100",
            "Wed, 3 Mar 2021 10:15:00 GMT",
            "Wed, 03 Mar 21 10:15:00 EST",
            "Wed Mar 03 2021 10:15:00 GMT+0100 (CET)",
            "Wed Mar 03 2021 10:15:00 GMT+0100 (Central European Standard Time)",
            "Wed Mar  3 10:15:00 UTC 2021",
            "Wed Mar  3 10:15:00 2021",
            "03-Mar-2021",
        ] {
            check(text, "2021-03-03");
        }
    }

    #[test]
    fn what_outlets_write() {
        for text in [
            "March 3, 2021",
            "3 March 2021",
            "3rd March 2021",
            "the 3rd of March, 2021",
            "Wednesday, March 3, 2021",
            "Wed 3 Mar. 2021 10.15 GMT",
            "3 March 2021 at 10:15",
            "Published: 3 March 2021",
            "PUBLISHED ON MARCH 3, 2021 AT 10:15 AM",
            "Last updated 3 Mar 2021 10:15 CET",
            "Updated 10:15 a.m. ET, March 3, 2021",
            "Mar 3, 2021 - 10:15 AM EST",
            "Mar 3, 2021 | 10:15 p.m. Eastern Time",
            "3 March 2021, 1015 GMT",
            "3 March 2021 - 10h15",
            "10 am, 3 March 2021",
            "Published 3 March 2021 | Updated 5 March 2021 10:15",
            "Updated: 5 March 2021, Published: 3 March 2021",
            "Date: 13/03/2021, first published 3 March 2021",
        ] {
            check(text, if text.contains("13/03") { "2021-03-13" } else { "2021-03-03" });
        }
        check("Published March 2021", "2021-03");
    }

    #[test]
    fn figures_in_either_order() {
        check("13/04/2021", "2021-04-13");
        check("04/13/2021", "2021-04-13");
        check("03/04/2021", "2021-04-03 or 2021-03-04");
        check("03-04-2021", "2021-04-03 or 2021-03-04");
        check("04/04/2021", "2021-04-04");
        check("03.04.2021", "2021-04-03");
        check("Saturday 03/04/2021", "2021-04-03");
        check("Published: 03/04/2021 10:15", "2021-04-03 or 2021-03-04");
    }

    #[test]
    fn what_is_no_stamp() {
        for text in [
            "",
            "2021",
            "March",
            "3 March",
            "29 Dec",
            "9:15 PM",
            "In March 2021 talks resumed",
            "Basel, 3 March 2021",
            "2021-13-03",
            "31 February 2021",
            "next week",
            "1614766500",
            "March 2021 10:15",
            "3 4 March 2021",
            "May 2021 be better",
        ] {
            check(text, "none");
        }
    }

    #[test]
    fn strange_signs_end_quietly() {
        for text in
            ["é2021-03-03", "2021-é3-03", "(3 March 2021", "3 March 2021 (é", "−", "12:", "T", "2021-03-03T"]
        {
            let _ = Stamp::read(text);
        }
    }
}
