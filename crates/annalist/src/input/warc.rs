//! *Which reports does this web archive hold?* WARC: the pages and texts among its responses, one after the other.

use std::io::{self, BufRead, Read};

use flate2::read::{GzDecoder, ZlibDecoder};

use super::page::{self, Found};
use super::source::{Few, Made, Source};
use super::{Failure, Outcome, failure};

/// The records of a web archive.
pub struct Warc<'a> {
    name: String,
    reader: Box<dyn BufRead + 'a>,
    number: usize,
    current: Option<Few>,
    made: Made,
    is_over: bool,
}

/// What stands above a record or an answer.
#[derive(Default)]
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    fn holds(&self, name: &str, what: &str) -> bool {
        self.get(name).is_some_and(|value| value.to_ascii_lowercase().contains(what))
    }
}

/// Most lines and bytes of headers.
const MOST_LINES: usize = 1000;
const LONGEST_LINE: u64 = 64 << 10;

/// Reads lines up to an empty one; `None` at the end of the file.
fn headers(reader: &mut dyn BufRead) -> io::Result<Option<(String, Headers)>> {
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        match line(reader)? {
            None => return Ok(None),
            Some(text) => first = text,
        }
    }
    let mut headers = Headers::default();
    while let Some(text) = line(reader)?.filter(|text| !text.trim().is_empty()) {
        if headers.0.len() == MOST_LINES {
            return Err(io::Error::other("expected the headers of a record, found far too many lines"));
        }
        if let Some((name, value)) = text.split_once(':') {
            headers.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(Some((first.trim().to_owned(), headers)))
}

fn line(reader: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let n = reader.take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    Ok((n > 0).then(|| String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

impl<'a> Warc<'a> {
    /// Of a reader that stands before the first record.
    pub fn new(name: &str, reader: Box<dyn BufRead + 'a>) -> Self {
        Self {
            name: name.to_owned(),
            reader,
            number: 0,
            current: None,
            made: Made::of(FORMAT),
            is_over: false,
        }
    }

    /// The next record that holds a page or text; `None` at the end.
    fn record(&mut self) -> Result<Option<Few>, Failure> {
        loop {
            self.number += 1;
            let place = format!("{}#{}", self.name, self.number);
            let broken =
                |error: io::Error| failure(&place, &format!("{error}; what comes after was not read"));
            let Some((version, record)) = headers(&mut self.reader).map_err(broken)? else { return Ok(None) };
            let length = record.number("content-length").filter(|_| version.starts_with("WARC/"));
            let Some(length) = length else {
                return Err(broken(io::Error::other(
                    "expected a record with `WARC/` and a `Content-Length`, found none",
                )));
            };
            let mut body = (&mut self.reader).take(length);
            let is_wanted = is_text(&record) && length <= page::LARGEST as u64;
            let found = if is_wanted { taken_in(&place, &record, &mut body).map_err(broken)? } else { None };
            let n = io::copy(&mut body, &mut io::sink()).map_err(broken)?;
            let is_cut = n > 0 && body.limit() > 0 || n == 0 && body.limit() > 0;
            if is_cut {
                return Err(broken(io::Error::other(format!(
                    "the record ends {} bytes too early",
                    body.limit()
                ))));
            }
            if let Some(few) = found {
                return Ok(Some(few));
            }
        }
    }
}

const FORMAT: &str = "page of a web archive";

/// Whether a record holds what a server answered, or a text made of it.
fn is_text(record: &Headers) -> bool {
    match record.get("warc-type") {
        Some("response") => record.holds("content-type", "application/http"),
        Some("conversion" | "resource") => record.holds("content-type", "text/"),
        _ => false,
    }
}

/// The reports of a record; `None` where it is no page or text.
fn taken_in(place: &str, record: &Headers, body: &mut dyn Read) -> io::Result<Option<Few>> {
    let url = record.get("warc-target-uri").map(|url| url.trim_matches(['<', '>']));
    let mut body = io::BufReader::new(body);
    let (bytes, kind) = if record.get("warc-type") == Some("response") {
        let Some((status, http)) = headers(&mut body)? else { return Ok(None) };
        let is_good = status.split(' ').nth(1) == Some("200");
        let kind = http.get("content-type").unwrap_or_default().to_owned();
        if !is_good || !(kind.contains("html") || kind.starts_with("text/plain")) {
            return Ok(None);
        }
        match unpacked(&http, &mut body) {
            Ok(bytes) => (bytes, kind),
            Err(problem) => return Ok(Some(Few::refused(place, &problem))),
        }
    } else {
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)?;
        (bytes, record.get("content-type").unwrap_or_default().to_owned())
    };
    let charset = kind.split("charset=").nth(1).map(|label| label.trim_matches(['"', ' ', '\'']).to_owned());
    let found = Found { url, is_named_by_url: true, charset: charset.as_deref() };
    if kind.contains("html") {
        return Ok(Some(page::pages(place, bytes, &found)));
    }
    let outcome = super::text_report(place, bytes).map(|report| {
        let url = url.map(str::to_owned);
        annalist_schema::Report { id: url.clone().unwrap_or(report.id), url, ..report }
    });
    Ok(Some(Few::one(outcome, "text of a web archive")))
}

/// The body of an answer as it was meant.
fn unpacked(http: &Headers, body: &mut dyn BufRead) -> Result<Vec<u8>, String> {
    let mut raw = Vec::new();
    body.take(page::LARGEST as u64).read_to_end(&mut raw).map_err(|error| error.to_string())?;
    if http.holds("transfer-encoding", "chunked") {
        raw = joined(&raw).unwrap_or(raw);
    }
    let most = page::LARGEST as u64 + 1;
    let mut bytes = Vec::new();
    let read = match http.get("content-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(raw),
        "gzip" | "x-gzip" => GzDecoder::new(&raw[..]).take(most).read_to_end(&mut bytes),
        "deflate" => ZlibDecoder::new(&raw[..]).take(most).read_to_end(&mut bytes),
        other => return Err(format!("the page is packed with `{other}`, which is not read")),
    };
    match read {
        Ok(_) => Ok(bytes),
        // Some archives unpacked what they kept, and kept the header.
        Err(_) if raw.trim_ascii_start().starts_with(b"<") => Ok(raw),
        Err(error) => Err(format!("the page cannot be unpacked: {error}")),
    }
}

/// The chunks of an answer without their lengths; `None` where there are none.
fn joined(raw: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut out) = (raw, Vec::with_capacity(raw.len()));
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let length = std::str::from_utf8(&rest[..end]).ok()?.trim().split(';').next()?;
        let length = usize::from_str_radix(length.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?.trim_ascii_start();
    }
}

impl Source for Warc<'_> {
    fn next(&mut self) -> Option<Outcome> {
        while !self.is_over {
            if let Some(current) = &mut self.current {
                if let Some(outcome) = current.next() {
                    self.made = Made { format: FORMAT, ..current.made() };
                    return Some(outcome);
                }
                self.current = None;
            }
            match self.record() {
                Ok(Some(few)) => self.current = Some(few),
                Ok(None) => self.is_over = true,
                Err(failure) => {
                    self.is_over = true;
                    return Some(Err(failure));
                }
            }
        }
        None
    }

    fn made(&self) -> Made {
        self.made.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: &str, content: &str, body: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://n.example/2021/03/04/a\r\nContent-Type: {content}\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body, b"\r\n\r\n"].concat()
    }

    fn page() -> String {
        let text = "Rebels attacked a village near Gao in Mali on Monday, killing three soldiers, the army said in a statement. ".repeat(4);
        format!("<html><body><article><h1>Attack</h1><p>{text}</p></article></body></html>")
    }

    fn check(bytes: &[u8], expected: &[&str]) {
        let mut warc = Warc::new("x.warc", Box::new(bytes));
        let mut shown = Vec::new();
        while let Some(outcome) = warc.next() {
            shown.push(match outcome {
                Err(failure) => failure.to_string(),
                Ok(report) => {
                    let day = report.published.map_or_else(|| "-".to_owned(), |days| days.format());
                    format!("{} {day} {}", report.id, report.text.split(' ').next().unwrap())
                }
            });
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn pages_among_records() {
        let html = page();
        let answer = |headers: &str, body: &[u8]| {
            [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n").as_bytes(), body].concat()
        };
        let chunked =
            format!("{:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n", 20, &html[..20], html.len() - 20, &html[20..]);
        let warc = [
            record("warcinfo", "application/warc-fields", b"software: x\r\n"),
            record("request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", "application/http; msgtype=response", &answer("", html.as_bytes())),
            record(
                "response",
                "application/http; msgtype=response",
                &answer("Transfer-Encoding: chunked\r\n", chunked.as_bytes()),
            ),
            record(
                "response",
                "application/http",
                b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No</p>",
            ),
            record("conversion", "text/plain", b"Plain words."),
        ]
        .concat();
        let told = "https://n.example/2021/03/04/a 2021-03-04 Rebels";
        check(&warc, &[told, told, "https://n.example/2021/03/04/a - Plain"]);
    }

    #[test]
    fn what_is_cut_off_or_no_record_is_named() {
        let whole = record("conversion", "text/plain", b"Plain words.");
        check(
            &whole[..whole.len() - 8],
            &["x.warc#1: the record ends 4 bytes too early; what comes after was not read"],
        );
        check(
            b"Hello\r\n\r\n",
            &[
                "x.warc#1: expected a record with `WARC/` and a `Content-Length`, found none; what comes after was not read",
            ],
        );
    }
}
