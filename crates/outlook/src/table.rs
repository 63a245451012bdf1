//! *Which field of a CSV table is meant, and what is in it?* Columns by name, errors with file and line.

use std::io::Read;

use csv::StringRecord;
use jiff::civil::{Date, DateTime};

use crate::Error;

/// A table that is being read.
pub struct Table<R> {
    file: String,
    names: Vec<String>,
    reader: csv::Reader<R>,
}

/// One row and where it stands.
pub struct Row<'t> {
    file: &'t str,
    names: &'t [String],
    line: u64,
    fields: StringRecord,
}

impl<R: Read> Table<R> {
    /// Opens a table whose first line names its columns; `file` is what errors call it.
    pub fn open(file: &str, input: R) -> Result<Self, Error> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(input);
        let header = reader.headers().map_err(|error| no_table(file, &error))?;
        let names = header.iter().map(|name| name.trim_start_matches('\u{feff}').to_lowercase()).collect();
        Ok(Self { file: file.to_owned(), names, reader })
    }

    /// The first of these columns that is there.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|found| found == name))
    }

    /// The same, which must be there.
    pub fn column(&self, names: &[&str]) -> Result<usize, Error> {
        self.find(names).ok_or_else(|| Error::NoColumn {
            file: self.file.clone(),
            expected: names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" or "),
            found: match self.names.join(", ") {
                names if names.is_empty() => "none".to_owned(),
                names => names,
            },
        })
    }

    /// Calls `take` with every row.
    pub fn for_each(mut self, mut take: impl FnMut(&Row) -> Result<(), Error>) -> Result<(), Error> {
        let mut row = Row { file: &self.file, names: &self.names, line: 0, fields: StringRecord::new() };
        loop {
            match self.reader.read_record(&mut row.fields) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) => return Err(no_table(&self.file, &error)),
            }
            row.line = row.fields.position().map_or(0, csv::Position::line);
            take(&row)?;
        }
    }
}

fn no_table(file: &str, error: &csv::Error) -> Error {
    Error::NoTable { file: file.to_owned(), problem: error.to_string() }
}

impl Row<'_> {
    /// The text of a column.
    pub fn text(&self, column: usize) -> &str {
        self.fields.get(column).unwrap_or_default()
    }

    /// What `read` makes of a column.
    pub fn parse<T>(
        &self,
        column: usize,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        read(self.text(column)).ok_or_else(|| Error::Field {
            file: self.file.to_owned(),
            line: self.line,
            column: self.names.get(column).cloned().unwrap_or_default(),
            expected,
            found: self.text(column).to_owned(),
        })
    }

    /// A day.
    pub fn day(&self, column: usize) -> Result<Date, Error> {
        self.parse(column, "a day such as 2024-02-13", |text| text.parse().ok())
    }

    /// A count of events.
    pub fn count(&self, column: usize) -> Result<u64, Error> {
        self.parse(column, "a whole number of events, at most 1,000,000,000", whole_count)
    }
}

/// `7`, also as other programs write it: `7.0`.
fn whole_count(text: &str) -> Option<u64> {
    let number: f64 = text.parse().ok()?;
    let count = (0.0..=1e9).contains(&number).then_some(number as u64)?;
    (number.fract() == 0.0).then_some(count)
}

/// Days, with their parts, since the first of January 1970.
pub fn moment(text: &str) -> Option<f64> {
    let text = text.trim_end_matches('Z');
    let time: DateTime = text.parse().ok().or_else(|| Some(text.parse::<Date>().ok()?.into()))?;
    let seconds = time.duration_since(Date::new(1970, 1, 1).ok()?.into()).as_secs_f64();
    Some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let read = || -> Result<String, Error> {
            let table = Table::open("x.csv", text.as_bytes())?;
            let (day, count) = (table.column(&["date", "day"])?, table.column(&["count"])?);
            let mut out = String::new();
            table.for_each(|row| {
                out += &format!("{}={} ", row.day(day)?, row.count(count)?);
                Ok(())
            })?;
            Ok(out.trim().to_owned())
        };
        assert_eq!(read().unwrap_or_else(|error| error.to_string()), expected, "{text}");
    }

    #[test]
    fn columns_are_found_by_name_and_errors_name_the_line() {
        check("count,day\n3,2024-02-13\n", "2024-02-13=3");
        check("\u{feff}Date , Count\n2024-02-13, 3.0\n", "2024-02-13=3");
        check("date,count\n", "");
        check("", "x.csv, line 1: expected a column `date` or `day`; found none");
        check("date,n\n", "x.csv, line 1: expected a column `count`; found date, n");
        let expected = "expected a whole number of events, at most 1,000,000,000 in column `count`";
        for count in ["NaN", "-1", "inf", "1e300", "2.5", ""] {
            check(
                &format!("date,count\n2024-02-13,1\n2024-02-14,{count}\n"),
                &format!("x.csv, line 3: {expected}; found `{count}`"),
            );
        }
        check(
            "date,count\n2024-02-30,1\n",
            "x.csv, line 2: expected a day such as 2024-02-13 in column `date`; found `2024-02-30`",
        );
        check(
            "date,count\n2024-02-13\n",
            "x.csv: expected CSV in UTF-8: CSV error: record 1 (line: 2, byte: 11): found record with 1 fields, \
             but the previous record has 2 fields",
        );
    }

    #[test]
    fn a_moment_is_days_with_their_parts() {
        assert_eq!(moment("1970-01-02"), Some(1.0));
        assert_eq!(moment("1970-01-01 12:00"), Some(0.5));
        assert_eq!(moment("1970-01-01T06:00:00Z"), Some(0.25));
        assert_eq!(moment("yesterday"), None);
    }
}
