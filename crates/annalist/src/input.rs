//! *Which reports does this file hold?* Text files are one report each; JSONL files hold one a line.

use std::io::{self, BufRead, Read};

use annalist_schema::{CodePoints, DayInterval, Report, Span, Trigger};
use serde::Deserialize;
use thiserror::Error;

/// A row or file that could not become a report; the others go on.
#[derive(Debug, Error)]
#[error("{place}: {problem}")]
pub struct Failure {
    /// File and line.
    pub place: String,
    /// Id of the row, where it could still be told.
    pub id: Option<String>,
    /// What was expected and what was there.
    pub problem: String,
}

/// A report, or why there is none.
pub type Outcome = Result<Report, Failure>;

/// Longest report that is read; a longer one is refused rather than read in part.
pub const MAX_REPORT_BYTES: usize = 4 << 20;

/// How the bytes of a file become reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// One report, plain text.
    Text,
}

/// Tells the format from the name, or from the first byte where the name does not tell.
pub fn format_of(name: &str, first_bytes: &[u8]) -> Format {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with(".jsonl") || lower.ends_with(".ndjson") || lower.ends_with(".json") {
        return Format::Jsonl;
    }
    if lower.ends_with(".txt") {
        return Format::Text;
    }
    let start = first_bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if start == Some(&b'{') { Format::Jsonl } else { Format::Text }
}

/// Reads one file, row by row; nothing but the current row is kept in memory.
pub fn reports<'a>(name: &str, mut reader: impl BufRead + 'a) -> Box<dyn Iterator<Item = Outcome> + 'a> {
    let name = name.to_owned();
    let format = match reader.fill_buf() {
        Ok(bytes) => format_of(&name, bytes),
        Err(error) => return Box::new([Err(failure(&name, &error.to_string()))].into_iter()),
    };
    match format {
        Format::Text => Box::new([whole_text(&name, reader)].into_iter()),
        Format::Jsonl => Box::new(Rows { name, reader, line: 0, buffer: Vec::new() }),
    }
}

fn failure(place: &str, problem: &str) -> Failure {
    Failure { place: place.to_owned(), id: None, problem: problem.to_owned() }
}

fn whole_text(name: &str, reader: impl BufRead) -> Outcome {
    let mut bytes = Vec::new();
    let limit = MAX_REPORT_BYTES as u64 + 1;
    reader.take(limit).read_to_end(&mut bytes).map_err(|error| failure(name, &error.to_string()))?;
    if bytes.len() > MAX_REPORT_BYTES {
        return Err(failure(
            name,
            &format!("longer than {} MiB; split it into its reports", MAX_REPORT_BYTES >> 20),
        ));
    }
    let text = decode(bytes).map_err(|problem| failure(name, &problem))?;
    let stem = std::path::Path::new(name).file_stem().map_or(name.into(), |stem| stem.to_string_lossy());
    Ok(Report { id: stem.into_owned(), text, ..Report::default() })
}

/// Bytes as text, or what is wrong with them and where.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("not UTF-8 text: byte {at} cannot be read; convert the file to UTF-8")
    })?;
    if text.contains('\0') {
        return Err("looks like a binary file: it contains NUL bytes".to_owned());
    }
    if text.trim().is_empty() {
        return Err("empty: there is no text in it".to_owned());
    }
    Ok(text)
}

struct Rows<R> {
    name: String,
    reader: R,
    line: u64,
    buffer: Vec<u8>,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            self.buffer.clear();
            self.line += 1;
            let place = format!("{}:{}", self.name, self.line);
            match read_line(&mut self.reader, &mut self.buffer) {
                Err(error) => return Some(Err(failure(&place, &error.to_string()))),
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => {
                    let problem = format!("the line is longer than {} MiB", MAX_REPORT_BYTES >> 20);
                    return Some(Err(failure(&place, &problem)));
                }
                Ok(Line::Read) if self.buffer.trim_ascii().is_empty() => {}
                Ok(Line::Read) => return Some(row(&place, &self.buffer)),
            }
        }
    }
}

enum Line {
    End,
    Read,
    TooLong,
}

/// Reads a line of bounded length; the rest of a longer one is passed over.
fn read_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>) -> io::Result<Line> {
    let mut too_long = false;
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(match (too_long, buffer.is_empty()) {
                (true, _) => Line::TooLong,
                (_, true) => Line::End,
                _ => Line::Read,
            });
        }
        let end = bytes.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(bytes.len(), |end| end + 1);
        if buffer.len() + used > MAX_REPORT_BYTES {
            too_long = true;
            buffer.clear();
        } else if !too_long {
            buffer.extend_from_slice(&bytes[..used]);
        }
        reader.consume(used);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Read });
        }
    }
}

#[derive(Deserialize)]
struct Row {
    id: Option<String>,
    text: Option<String>,
    published: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    lang: Option<String>,
    triggers: Option<Vec<RowTrigger>>,
}

#[derive(Deserialize)]
struct RowTrigger {
    id: String,
    start: u32,
    end: u32,
}

fn row(place: &str, bytes: &[u8]) -> Outcome {
    let row: Row = serde_json::from_slice(bytes)
        .map_err(|error| failure(place, &format!("not a report row: {error}")))?;
    let id = row.id.clone().unwrap_or_else(|| place.to_owned());
    report(row, id.clone()).map_err(|problem| Failure { place: place.to_owned(), id: Some(id), problem })
}

fn report(row: Row, id: String) -> Result<Report, String> {
    let text = row.text.ok_or("the row has no `text`")?;
    if text.trim().is_empty() {
        return Err("`text` is empty".to_owned());
    }
    // Pages carry dates such as "29 Dec" or "9:15 PM": the text is still worth reading, and a note says what was passed over.
    let published = row.published.as_deref().and_then(DayInterval::parse);
    let published_unread = row.published.filter(|value| published.is_none() && !value.trim().is_empty());
    let points = CodePoints::new(&text);
    let triggers = row
        .triggers
        .map(|triggers| triggers.into_iter().map(|trigger| byte_trigger(trigger, &points, &text)).collect());
    Ok(Report {
        id,
        published,
        published_unread,
        title: row.title,
        outlet: row.outlet,
        url: row.url,
        lang: row.lang,
        triggers: triggers.transpose()?,
        text,
    })
}

fn byte_trigger(trigger: RowTrigger, points: &CodePoints, text: &str) -> Result<Trigger, String> {
    let span = points.to_bytes(Span::new(trigger.start, trigger.end));
    if span.of(text).is_empty() {
        let RowTrigger { id, start, end } = trigger;
        return Err(format!("trigger `{id}` has offsets {start}..{end}, which are no words of the text"));
    }
    Ok(Trigger { id: trigger.id, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, bytes: &[u8], expected: &[&str]) {
        let got: Vec<String> = reports(name, bytes)
            .map(|outcome| match outcome {
                Ok(report) => format!("{}={}", report.id, report.text),
                Err(failure) => failure.to_string(),
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn a_date_that_nobody_can_read_does_not_lose_the_report() {
        let rows: &[u8] = br#"{"id":"a","text":"One.","published":"29 Dec"}"#;
        let report = reports("a.jsonl", rows).next().and_then(Result::ok);
        let report = report.map(|report| (report.published, report.published_unread));
        assert_eq!(report, Some((None, Some("29 Dec".to_owned()))));
    }

    #[test]
    fn a_text_file_is_one_report() {
        check("dir/a.txt", b"One.\n", &["a=One.\n"]);
    }

    #[test]
    fn rows_go_on_after_a_bad_one() {
        let rows =
            b"{\"id\":\"a\",\"text\":\"One.\"}\n\n[1]\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"Two.\"}";
        let expected = [
            "a=One.",
            "x.jsonl:3: not a report row: invalid type: integer `1`, expected a string at line 1 column 2",
            "x.jsonl:4: the row has no `text`",
            "c=Two.",
        ];
        check("x.jsonl", rows, &expected);
    }

    #[test]
    fn strange_files_are_named() {
        check("a.txt", b" \n", &["a.txt: empty: there is no text in it"]);
        check(
            "a.txt",
            b"ab\xff",
            &["a.txt: not UTF-8 text: byte 2 cannot be read; convert the file to UTF-8"],
        );
        check("a.txt", b"a\0b", &["a.txt: looks like a binary file: it contains NUL bytes"]);
    }

    #[test]
    fn triggers_count_characters() {
        let row = "{\"id\":\"a\",\"text\":\"Señor hit\",\"triggers\":[{\"id\":\"t\",\"start\":6,\"end\":9}]}";
        let report = reports("-", row.as_bytes()).next().unwrap().unwrap();
        assert_eq!(report.triggers.unwrap()[0].span.of(&report.text), "hit");
    }

    #[test]
    fn a_line_too_long_is_passed_over() {
        let mut rows = vec![b'x'; MAX_REPORT_BYTES + 5];
        rows.extend_from_slice(b"\n{\"id\":\"b\",\"text\":\"Two.\"}\n");
        check("x.jsonl", &rows, &["x.jsonl:1: the line is longer than 4 MiB", "b=Two."]);
    }
}
