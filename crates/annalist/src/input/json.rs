//! *Which JSON objects does this file hold?* One a line, in a list, or one after the other over many lines; never more than
//! one in memory.

use std::collections::BTreeSet;
use std::io::{self, BufRead, Cursor};

use super::source::{Made, Source};
use super::{Failure, MAX_REPORT_BYTES, Outcome, failure, row, telegram};
use crate::exchange::lossless::OTHERS;

/// The rows of a file, each a report or a failure.
pub struct Rows<'a> {
    name: String,
    reader: Box<dyn BufRead + 'a>,
    /// Lines read so far.
    line: u64,
    buffer: Vec<u8>,
    layout: Layout,
    /// Names of fields that no row has a use for.
    unused: BTreeSet<String>,
    /// Of Telegram: the name of the channel.
    channel: Option<String>,
}

/// How the objects stand in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// Nothing was read yet.
    Unknown,
    /// One a line: what is wrong with a line says nothing of the next.
    Lines,
    /// One after the other, over many lines; in a list where `in_list`.
    Values { in_list: bool },
    /// Nothing more can be read.
    End,
}

/// A place in the file from which something could be read.
enum Found {
    /// The buffer holds it; it begins at this line.
    Value(u64),
    /// It is longer than a report may be; the buffer is empty.
    TooLong(u64),
    /// There is nothing more.
    End,
    /// What comes is no JSON, or ends too early.
    Broken(u64, &'static str),
}

impl<'a> Rows<'a> {
    pub fn new(name: &str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self {
            name: name.to_owned(),
            reader,
            line: 0,
            buffer: Vec::new(),
            layout: Layout::Unknown,
            unused: BTreeSet::new(),
            channel: None,
        }
    }

    /// The messages of a channel that Telegram wrote, of a reader that stands at the beginning of its object.
    pub fn of_telegram(name: &str, reader: Box<dyn BufRead + 'a>) -> Self {
        let mut rows = Self::new(name, reader);
        match telegram::skip_to_messages(&mut rows.reader, &mut rows.line) {
            Ok(channel) => {
                rows.channel = Some(channel);
                rows.layout = Layout::Values { in_list: true };
            }
            // What cannot be read is named when the first row is asked for.
            Err(_) => rows.layout = Layout::Values { in_list: true },
        }
        rows
    }

    fn find(&mut self) -> io::Result<Found> {
        if self.layout == Layout::Unknown {
            self.settle()?;
        }
        match self.layout {
            Layout::Values { in_list } => {
                next_value(&mut self.reader, &mut self.buffer, &mut self.line, in_list)
            }
            Layout::End => Ok(Found::End),
            Layout::Unknown | Layout::Lines => next_line(&mut self.reader, &mut self.buffer, &mut self.line),
        }
    }

    /// Tells the layout from how the file begins, and puts back what was read for that.
    fn settle(&mut self) -> io::Result<()> {
        skip_blank(&mut self.reader, &mut self.line)?;
        self.layout = match self.reader.fill_buf()?.first() {
            Some(b'[') => {
                self.reader.consume(1);
                Layout::Values { in_list: true }
            }
            Some(b'{') => {
                let before = self.line;
                let is_whole = !matches!(
                    next_line(&mut self.reader, &mut self.buffer, &mut self.line)?,
                    Found::Value(_)
                ) || !goes_on(&self.buffer);
                self.line = before;
                let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
                self.reader = Box::new(Cursor::new(std::mem::take(&mut self.buffer)).chain_buffered(rest));
                if is_whole { Layout::Lines } else { Layout::Values { in_list: false } }
            }
            _ => Layout::Lines,
        };
        Ok(())
    }

    /// The report of what the buffer holds; `None` where it is a message without words.
    fn taken(&mut self, line: u64) -> Option<Outcome> {
        let Some(channel) = &self.channel else { return Some(self.outcome(line)) };
        telegram::message(&self.name, line, channel, &self.buffer)
    }

    fn outcome(&mut self, line: u64) -> Outcome {
        let (name, in_lines) = (&self.name, self.layout == Layout::Lines);
        let outcome = row::row(name, line, self.buffer.trim_ascii_end(), &mut self.unused);
        // Where the objects stand one a line, the next one is found whatever is wrong with this.
        if !in_lines && outcome.as_ref().is_err_and(|failure| failure.is_syntax) {
            self.layout = Layout::End;
        }
        outcome.map_err(|failure| failure.failure)
    }

    fn failure(&self, line: u64, problem: &str) -> Failure {
        failure(&format!("{}:{line}", self.name), problem)
    }
}

impl Source for Rows<'_> {
    fn made(&self) -> Made {
        Made::of(if self.channel.is_some() { "message of Telegram" } else { "JSON row" })
    }

    fn unused(&self) -> BTreeSet<String> {
        self.unused.clone()
    }

    fn next(&mut self) -> Option<Outcome> {
        let found = loop {
            match self.find() {
                // What an archive gave out holds more than reports.
                Ok(Found::Value(_)) if OTHERS.iter().any(|other| self.buffer.starts_with(other)) => {}
                Ok(Found::Value(line)) => {
                    let Some(outcome) = self.taken(line) else { continue };
                    return Some(outcome);
                }
                found => break found,
            }
        };
        match found {
            Ok(Found::End | Found::Value(_)) => None,
            Ok(Found::TooLong(line)) => {
                let what = if self.layout == Layout::Lines { "the line" } else { "the object" };
                let problem = format!("{what} is longer than {} MiB", MAX_REPORT_BYTES >> 20);
                Some(Err(self.failure(line, &problem)))
            }
            Ok(Found::Broken(line, problem)) => {
                self.layout = Layout::End;
                Some(Err(self.failure(line, &format!("{problem}; nothing after it was read"))))
            }
            // A disk that fails once fails again: what comes after is named by this error.
            Err(error) => {
                self.layout = Layout::End;
                let problem = format!("{error}; what comes after this line was not read");
                Some(Err(self.failure(self.line + 1, &problem)))
            }
        }
    }
}

/// `chain`, for readers in boxes.
trait ChainBuffered {
    fn chain_buffered<'a>(
        self,
        rest: Box<dyn BufRead + 'a>,
    ) -> io::Chain<Cursor<Vec<u8>>, Box<dyn BufRead + 'a>>;
}

impl ChainBuffered for Cursor<Vec<u8>> {
    fn chain_buffered<'a>(self, rest: Box<dyn BufRead + 'a>) -> io::Chain<Self, Box<dyn BufRead + 'a>> {
        io::Read::chain(self, rest)
    }
}

/// Whether a line is the beginning of an object that goes on in the next: it is cut off, and not within a string.
fn goes_on(line: &[u8]) -> bool {
    let cut_off = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof());
    let mut depth = Depth::default();
    line.iter().for_each(|&byte| depth.take(byte));
    cut_off && !depth.in_string
}

/// The next line that is not blank; the rest of one that is too long is passed over.
fn next_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>, line: &mut u64) -> io::Result<Found> {
    loop {
        buffer.clear();
        let (mut length, mut is_over) = (0, false);
        while !is_over {
            let bytes = reader.fill_buf()?;
            if bytes.is_empty() {
                break;
            }
            let end = bytes.iter().position(|&byte| byte == b'\n');
            let used = end.map_or(bytes.len(), |end| end + 1);
            length += used;
            if length > MAX_REPORT_BYTES {
                buffer.clear();
            } else {
                buffer.extend_from_slice(&bytes[..used]);
            }
            reader.consume(used);
            is_over = end.is_some();
        }
        if length == 0 {
            return Ok(Found::End);
        }
        *line += 1;
        if length > MAX_REPORT_BYTES {
            return Ok(Found::TooLong(*line));
        }
        if !buffer.trim_ascii().is_empty() {
            return Ok(Found::Value(*line));
        }
    }
}

fn skip_blank(reader: &mut impl BufRead, line: &mut u64) -> io::Result<()> {
    loop {
        let bytes = reader.fill_buf()?;
        let n_blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        *line += bytes[..n_blank].iter().filter(|&&byte| byte == b'\n').count() as u64;
        let is_over = n_blank < bytes.len() || bytes.is_empty();
        reader.consume(n_blank);
        if is_over {
            return Ok(());
        }
    }
}

/// How deep within brackets and strings a place is.
#[derive(Default)]
struct Depth {
    n_open: usize,
    in_string: bool,
    is_escaped: bool,
}

impl Depth {
    fn take(&mut self, byte: u8) {
        match byte {
            _ if self.is_escaped => self.is_escaped = false,
            b'\\' if self.in_string => self.is_escaped = true,
            b'"' => self.in_string = !self.in_string,
            b'{' | b'[' if !self.in_string => self.n_open += 1,
            b'}' | b']' if !self.in_string => self.n_open = self.n_open.saturating_sub(1),
            _ => {}
        }
    }

    fn is_outside(&self) -> bool {
        self.n_open == 0 && !self.in_string
    }
}

/// The next object of a list or of a sequence; `line` counts the line ends passed.
fn next_value(
    reader: &mut impl BufRead,
    buffer: &mut Vec<u8>,
    line: &mut u64,
    in_list: bool,
) -> io::Result<Found> {
    buffer.clear();
    loop {
        skip_blank(reader, line)?;
        match reader.fill_buf()?.first() {
            Some(b',') => reader.consume(1),
            Some(b'{' | b'[') => break,
            Some(b']') if in_list => return Ok(Found::End),
            None if !in_list => return Ok(Found::End),
            None => {
                return Ok(Found::Broken(
                    *line + 1,
                    "expected `]` at the end of the list, found the end of the file",
                ));
            }
            Some(_) => {
                return Ok(Found::Broken(
                    *line + 1,
                    "expected an object such as {\"id\": …, \"text\": …}, found something else",
                ));
            }
        }
    }
    let (first, mut length, mut depth) = (*line + 1, 0, Depth::default());
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(Found::Broken(
                first,
                "the object that begins here does not end: expected `}`, found the end of the file",
            ));
        }
        let end = bytes.iter().position(|&byte| {
            depth.take(byte);
            depth.is_outside()
        });
        let used = end.map_or(bytes.len(), |end| end + 1);
        *line += bytes[..used].iter().filter(|&&byte| byte == b'\n').count() as u64;
        length += used;
        if length > MAX_REPORT_BYTES {
            buffer.clear();
        } else {
            buffer.extend_from_slice(&bytes[..used]);
        }
        reader.consume(used);
        if end.is_some() {
            return Ok(if length > MAX_REPORT_BYTES { Found::TooLong(first) } else { Found::Value(first) });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use super::*;

    fn shown(mut rows: Rows<'_>) -> Vec<String> {
        let show = |outcome: Outcome| match outcome {
            Ok(report) => format!("{}={}", report.id, report.text),
            Err(failure) => failure.to_string(),
        };
        std::iter::from_fn(|| rows.next()).map(show).collect()
    }

    /// Whatever pieces the bytes come in.
    fn check(bytes: &[u8], expected: &[&str]) {
        for size in [1, 7, 8192] {
            let rows = Rows::new("x.json", Box::new(BufReader::with_capacity(size, bytes)));
            assert_eq!(shown(rows), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_list_of_objects() {
        check(br#"[{"id":"a","text":"One."},{"id":"b","text":"Two."}]"#, &["a=One.", "b=Two."]);
        check(
            b"\n[\n  {\"id\":\"a\",\n \"text\":\"One [\\\"}.\"}\n,\n{\"id\":\"b\"}\n]\n",
            &["a=One [\"}.", "x.json:6: the row has no `text`; its fields are `id`"],
        );
        check(b"[]", &[]);
        check(
            b"[{\"id\":\"a\",\"text\":\"One.\"}\n",
            &[
                "a=One.",
                "x.json:2: expected `]` at the end of the list, found the end of the file; nothing after it was read",
            ],
        );
    }

    #[test]
    fn objects_over_many_lines() {
        check(
            b"{\n  \"id\": \"a\",\n  \"text\": \"One.\"\n}\n{\n  \"id\": \"b\",\n  \"text\": \"Two.\"\n}\n",
            &["a=One.", "b=Two."],
        );
    }

    #[test]
    fn what_is_broken_is_named_once() {
        let expected = "x.json:1: the object that begins here does not end: expected `}`, found the end of the file; nothing after it was read";
        check(b"{\n  \"id\": \"a\",\n  \"text\": \"One.\",\n  \"outlet\": \"X\"\n", &[expected]);
        check(
            b"{\n  \"id\": \"a\"\n  \"text\": \"One.\"\n}\n{\n \"id\": \"b\"}",
            &["x.json:3: not JSON: expected `,` or `}` at column 3"],
        );
        check(
            b"[1, 2]",
            &[
                "x.json:1: expected an object such as {\"id\": …, \"text\": …}, found something else; nothing after it was read",
            ],
        );
    }

    #[test]
    fn what_an_archive_gave_out_is_read_anew() {
        let beginning = crate::exchange::lossless::BEGINNING;
        let report = r#"{"kind":"report","id":"a","text":"One.","reader":"x","reading":{"id":"a"}}"#;
        check(format!("{beginning}\n{report}\n{{\"kind\":\"decision\"}}\n").as_bytes(), &["a=One."]);
    }

    #[test]
    fn lines_go_on_after_a_bad_one() {
        check(
            b"{\"id\":\"a\",\"text\":\"One\n{\"id\":\"b\",\"text\":\"Two.\"}\n",
            &["x.json:1: not JSON: EOF while parsing a string at column 21", "b=Two."],
        );
    }

    struct Failing(usize);

    impl Read for Failing {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            let row = b"{\"id\":\"a\",\"text\":\"One.\"}\n";
            if self.0 > 1 {
                return Err(io::Error::other("the disk failed"));
            }
            into[..row.len()].copy_from_slice(row);
            Ok(row.len())
        }
    }

    #[test]
    fn a_disk_that_fails_is_named_once() {
        let rows = Rows::new("x.jsonl", Box::new(BufReader::new(Failing(0))));
        let expected = ["a=One.", "x.jsonl:2: the disk failed; what comes after this line was not read"];
        assert_eq!(shown(rows), expected);
    }
}
