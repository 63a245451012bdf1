//! *Which reports does this table hold?* One a row: columns are called as the fields of JSON rows are, or as the caller says.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::source::{Made, Source};
use super::{Columns, MAX_REPORT_BYTES, Outcome, failure, row};

/// Signs that may stand between cells.
pub const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The rows of a table.
pub struct Table<'a> {
    name: String,
    reader: csv::Reader<Gate<Box<dyn BufRead + 'a>>>,
    left: Rc<Cell<u64>>,
    columns: Columns,
    /// `None` until the first line was read.
    header: Option<Vec<String>>,
    is_over: bool,
    unused: BTreeSet<String>,
}

impl<'a> Table<'a> {
    /// Of a reader of UTF-8; the head of the file tells the sign between cells.
    pub fn new(name: &str, head: &[u8], reader: Box<dyn BufRead + 'a>, columns: &Columns) -> Self {
        let left = Rc::new(Cell::new(LONGEST));
        let gate = Gate { inner: reader, left: Rc::clone(&left) };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(head))
            .has_headers(false)
            .flexible(true)
            .from_reader(gate);
        let columns = columns.clone();
        Self {
            name: name.to_owned(),
            reader,
            left,
            columns,
            header: None,
            is_over: false,
            unused: BTreeSet::new(),
        }
    }

    /// The next record with the line on which it begins; blank ones are passed over.
    fn record(&mut self) -> Option<Result<(u64, csv::StringRecord), String>> {
        loop {
            self.left.set(LONGEST);
            let mut bytes = csv::ByteRecord::new();
            match self.reader.read_byte_record(&mut bytes) {
                Ok(false) => return None,
                Ok(true) => {}
                Err(error) => return Some(Err(error.to_string())),
            }
            let line = bytes.position().map_or(0, csv::Position::line);
            let cells = bytes.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
            let record: csv::StringRecord = cells.collect();
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Ok((line, record)));
            }
        }
    }

    fn outcome(&mut self, line: u64, record: &csv::StringRecord) -> Outcome {
        let header = self.header.as_deref().unwrap_or_default();
        let place = format!("{}:{line}", self.name);
        if record.len() > header.len() {
            let problem = format!(
                "expected {} cells as in the first line, found {}; a cell with the sign between cells in it stands in quotes",
                header.len(),
                record.len()
            );
            return Err(failure(&place, &problem));
        }
        let filled = header.iter().zip(record).filter(|(_, cell)| !cell.trim().is_empty());
        let fields: Map<String, Value> =
            filled.map(|(name, cell)| (name.clone(), crate::table::unguarded(cell).into())).collect();
        row::of_fields(&self.name, line, fields, &mut self.unused)
    }
}

impl Source for Table<'_> {
    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            let (line, record) = match self.record()? {
                Ok(found) => found,
                Err(problem) => {
                    self.is_over = true;
                    let problem = format!("{problem}; what comes after was not read");
                    return Some(Err(failure(&self.name, &problem)));
                }
            };
            if self.header.is_some() {
                return Some(self.outcome(line, &record));
            }
            let names: Vec<_> = record
                .iter()
                .map(|name| self.columns.field(name.trim_start_matches('\u{feff}').trim()))
                .collect();
            if !names.iter().any(|name| row::TEXT.contains(&name.as_str())) {
                self.is_over = true;
                let found = record.iter().collect::<Vec<_>>().join("`, `");
                let problem = format!(
                    "expected a table with a column of texts, called `text`, found the columns `{found}`; say which it is \
                     with --column text=NAME"
                );
                return Some(Err(failure(&self.name, &problem)));
            }
            self.header = Some(names);
        }
        None
    }

    fn made(&self) -> Made {
        Made::of("row of a table")
    }

    fn unused(&self) -> BTreeSet<String> {
        self.unused.clone()
    }
}

/// The sign that most often stands in the first line, outside quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut is_quoted = false;
    let outside = head.iter().take_while(|byte| {
        is_quoted ^= **byte == b'"';
        is_quoted || **byte != b'\n'
    });
    let line: Vec<u8> = outside.copied().collect();
    let count = |sign: u8| line.iter().filter(|byte| **byte == sign).count();
    let most = DELIMITERS.into_iter().rev().max_by_key(|sign| count(*sign));
    most.unwrap_or(b',')
}

/// Longest row, so that a quote that is never closed does not fill the memory.
const LONGEST: u64 = 2 * MAX_REPORT_BYTES as u64;

/// Hands on so many bytes, then an error.
struct Gate<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Gate<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        match self.left.get().checked_sub(n as u64) {
            Some(left) => self.left.set(left),
            None => {
                let problem =
                    format!("a row is longer than {} MiB: a quote that is never closed?", LONGEST >> 20);
                return Err(io::Error::other(problem));
            }
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(columns: &[(&str, &str)], table: &str, expected: &[&str]) {
        let columns = Columns::new(columns.iter().map(|(field, name)| format!("{field}={name}"))).unwrap();
        let mut table = Table::new("x.csv", table.as_bytes(), Box::new(table.as_bytes()), &columns);
        let mut found = Vec::new();
        while let Some(outcome) = table.next() {
            found.push(match outcome {
                Ok(report) => {
                    let days = report.published.map_or_else(|| "-".to_owned(), |days| days.format());
                    format!("{} {days} {}={}", report.id, report.outlet.unwrap_or_default(), report.text)
                }
                Err(failure) => failure.to_string(),
            });
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_are_reports() {
        check(
            &[],
            "id,date,text,outlet\na,2021-03-03,\"Rebels attacked,\nthen left.\",Post\n\nb,3 March 2021,Two.\n",
            &["a 2021-03-03 Post=Rebels attacked,\nthen left.", "b 2021-03-03 =Two."],
        );
        check(&[], "\u{feff}id;text\r\na;'=1+1\r\n", &["a - ==1+1"]);
        check(&[], "id\ttext\na\tOne, two; three.\n", &["a - =One, two; three."]);
    }

    #[test]
    fn columns_are_called_as_the_caller_says() {
        let mapped = [("text", "Full Text"), ("published", "when"), ("id", "no")];
        check(&mapped, "no,when,Full Text\n7,2021-03-03,One.\n", &["7 2021-03-03 =One."]);
        check(
            &[],
            "no,body\n7,One.\n",
            &[
                "x.csv: expected a table with a column of texts, called `text`, found the columns `no`, `body`; say which it is \
               with --column text=NAME",
            ],
        );
        assert!(Columns::new(["text".to_owned()]).is_err() && Columns::new(["words=x".to_owned()]).is_err());
    }

    #[test]
    fn bad_rows_are_named_and_the_rest_goes_on() {
        check(
            &[],
            "id,text\na,One, two.\nb,\nc,Three.\n",
            &[
                "x.csv:2: expected 2 cells as in the first line, found 3; a cell with the sign between cells in it stands in quotes",
                "x.csv:3: the row has no `text`; its fields are `id`",
                "c - =Three.",
            ],
        );
        let endless = format!("id,text\na,\"{}", "x".repeat(LONGEST as usize + 100_000));
        check(
            &[],
            &endless,
            &[
                "x.csv: a row is longer than 8 MiB: a quote that is never closed?; what comes after was not read",
            ],
        );
    }
}
