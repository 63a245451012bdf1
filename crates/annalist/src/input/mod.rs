//! *Which reports do these paths hold?*
//!
//! [`Inputs`] goes from paths to reports: text files, web pages, mails and Word documents are one report each, JSON files,
//! tables, feeds, mailboxes and web archives hold any number, folders and packed files are read with all that is in them. Every report comes with an id of its own; what cannot be read comes as a [`Failure`] that says
//! where, what was expected, what was there and what to do, and the others go on.
//!
//! ```no_run
//! use annalist::input::Inputs;
//! use annalist::{Options, Reader};
//!
//! let (mut reports, mut failures) = (Vec::new(), Vec::new());
//! for outcome in Inputs::new(&["reports".into(), "more.jsonl".into()]) {
//!     match outcome {
//!         Ok(report) => reports.push(report),
//!         Err(failure) => failures.push(failure.to_string()),
//!     }
//! }
//! let readings = Reader::new(Options::default())?.read(&reports);
//! # Ok::<(), annalist_read::Error>(())
//! ```
//!
//! **Ids.** A text file is called by its path as given, without `.txt`. Where different reports came with one id, each is
//! told from the others by a hash of what it is, whichever came first, and a note says so.
//!
//! **Characters.** UTF-8 and UTF-16, with or without a byte-order mark; anything else is guessed, and a note says so.
//!
//! **Rows.** One JSON object a line, a list of them, or one after the other over many lines:
//!
#![doc = include_str!("fields.md")]

#[cfg(feature = "formats")]
mod container;
#[cfg(feature = "formats")]
mod docx;
mod encoding;
#[cfg(feature = "formats")]
mod feed;
mod folder;
mod format;
mod id;
mod json;
#[cfg(feature = "formats")]
mod mail;
#[cfg(feature = "formats")]
pub mod page;
mod row;
mod source;
mod table;
mod telegram;
#[cfg(feature = "formats")]
mod warc;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use annalist_schema::{Note, NoteKind, Report};
use encoding_rs_io::DecodeReaderBytesBuilder;
use thiserror::Error;

use folder::Entry;
use format::Format;
use id::Ids;
use source::{Few, Source};

pub use source::Made;

/// A row or file that could not become a report; the others go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{place}: {problem}")]
pub struct Failure {
    /// File and line.
    pub place: String,
    /// Id of the row, where it could still be told.
    pub id: Option<String>,
    /// What was expected, what was there, and what to do.
    pub problem: String,
}

/// A report, or why there is none.
pub type Outcome = Result<Report, Failure>;

/// Longest report that is read; a longer one is refused rather than read in part.
pub const MAX_REPORT_BYTES: usize = 4 << 20;

/// The reports of files and folders, in order, each under an id of its own; nothing but the current one is in memory.
pub struct Inputs {
    entries: std::vec::IntoIter<Entry>,
    current: Option<Reports<'static>>,
    wishes: Wishes,
    made: Made,
    ids: Ids,
    n_outcomes: Option<usize>,
    remarks: Vec<String>,
    /// Fields that were named already.
    named: BTreeSet<String>,
}

impl Inputs {
    /// Goes through the files once, so that ids that different reports share are known before the first is handed out.
    /// `-`, or no path at all, is standard input, which is read only when its turn comes.
    pub fn new(paths: &[PathBuf]) -> Self {
        Self::with_columns(paths, &Columns::default())
    }

    /// The same, with columns of tables called as the caller says.
    pub fn with_columns(paths: &[PathBuf], columns: &Columns) -> Self {
        let wishes = Wishes { columns: columns.clone(), depth: 0 };
        let entries = if paths.is_empty() { vec![Entry::Standard] } else { folder::entries(paths) };
        let mut ids = Ids::default();
        let mut n_outcomes = Some(0);
        for entry in &entries {
            let n = match entry {
                Entry::Nothing(_) => Some(1),
                Entry::File(path) => survey(path, &wishes, &mut ids),
                Entry::Stream(_) | Entry::Standard => None,
            };
            n_outcomes = n_outcomes.zip(n).map(|(sum, n)| sum + n);
        }
        Self {
            entries: entries.into_iter(),
            current: None,
            wishes,
            made: Made::default(),
            ids,
            n_outcomes,
            remarks: Vec::new(),
            named: BTreeSet::new(),
        }
    }

    /// What the last report was made of.
    pub fn made(&self) -> &Made {
        &self.made
    }

    /// How many reports and failures there are in all; `None` where that is known only when all was read: of a stream, of what
    /// is packed, of a web archive.
    pub fn n_outcomes(&self) -> Option<usize> {
        self.n_outcomes
    }

    /// Takes what a person should know since the last call, one sentence each: which fields of rows nothing is made of.
    pub fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    fn finish(&mut self, done: &Reports<'_>) {
        let new: Vec<_> = done.unused().into_iter().filter(|name| !self.named.contains(name)).collect();
        if new.is_empty() {
            return;
        }
        let (plural, names) = (if new.len() == 1 { "" } else { "s" }, new.join("`, `"));
        self.remarks.push(format!("{}: nothing is made of the field{plural} `{names}`", done.name));
        self.named.extend(new);
    }
}

impl Iterator for Inputs {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            let Some(current) = &mut self.current else {
                self.current = Some(open(self.entries.next()?, &self.wishes));
                continue;
            };
            match current.next() {
                Some(Ok(mut report)) => {
                    self.made = current.made();
                    self.ids.settle(&mut report);
                    return Some(Ok(report));
                }
                Some(failed) => return Some(failed),
                None => {
                    let done = self.current.take()?;
                    self.finish(&done);
                }
            }
        }
    }
}

/// Sees the reports of a file coming, and counts what will come of it; not of what takes long to read twice.
fn survey(path: &Path, wishes: &Wishes, ids: &mut Ids) -> Option<usize> {
    let head = head_of(path).unwrap_or_default();
    match format::format_of(&path.display().to_string(), &head) {
        Format::Gzip | Format::Zstd | Format::Zip | Format::Warc | Format::Mailbox => None,
        Format::Page => Some(1),
        _ => {
            let outcomes = open_file(path, wishes);
            Some(outcomes.inspect(|outcome| outcome.iter().for_each(|report| ids.see(report))).count())
        }
    }
}

fn open(entry: Entry, wishes: &Wishes) -> Reports<'static> {
    match entry {
        Entry::Nothing(failure) => Reports::failed(failure),
        Entry::Standard => reports_of("-", Box::new(BufReader::new(io::stdin())), wishes),
        Entry::File(path) | Entry::Stream(path) => open_file(&path, wishes),
    }
}

fn open_file(path: &Path, wishes: &Wishes) -> Reports<'static> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => reports_of(&name, Box::new(BufReader::with_capacity(1 << 16, file)), wishes),
        Err(error) => Reports::failed(failure(&name, &error.to_string())),
    }
}

/// The first bytes of a file.
fn head_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(format::HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What columns of tables are called, where not as the fields of JSON rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<String, String>);

/// Fields that a column can stand for.
const FIELDS: [&str; 7] = ["id", "text", "published", "title", "outlet", "url", "lang"];

impl Columns {
    /// Of words such as `text=Full Text`: a field, and the column that holds it.
    ///
    /// # Errors
    /// The first that is none, with what was expected.
    pub fn new(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let pair = |word: String| match word.split_once('=') {
            Some((field, name)) if FIELDS.contains(&field) => Ok((name.to_owned(), field.to_owned())),
            _ => Err(format!(
                "expected a field and the name of its column, such as text=body (fields: {}), found `{word}`",
                FIELDS.join(", ")
            )),
        };
        words.into_iter().map(pair).collect::<Result<_, _>>().map(Self)
    }

    /// The field that a column holds; its own name where nobody says otherwise.
    fn field(&self, column: &str) -> String {
        self.0.get(column).cloned().unwrap_or_else(|| column.to_lowercase())
    }
}

/// How files are read.
#[derive(Clone, Debug, Default)]
struct Wishes {
    columns: Columns,
    /// In how many archives the file is.
    depth: usize,
}

impl Wishes {
    /// For what is in an archive; `None` where that is too deep.
    #[cfg(feature = "formats")]
    fn deeper(&self) -> Option<Self> {
        (self.depth < container::DEEPEST).then(|| Self { depth: self.depth + 1, ..self.clone() })
    }
}

/// The reports of one file, one after the other, with the ids that they came with.
pub struct Reports<'a> {
    name: String,
    source: Box<dyn Source + 'a>,
}

impl<'a> Reports<'a> {
    fn failed(failure: Failure) -> Self {
        Self { name: failure.place.clone(), source: Box::new(Few::failed(failure)) }
    }

    /// What the last report was made of.
    pub fn made(&self) -> Made {
        self.source.made()
    }

    /// Names of fields, in the rows so far, that nothing is made of.
    fn unused(&self) -> BTreeSet<String> {
        self.source.unused()
    }
}

impl Iterator for Reports<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        self.source.next()
    }
}

/// Reads one file; what format it has is told by its first bytes, and by its name where they do not tell. Of rows, nothing but
/// the current one is kept in memory.
pub fn reports<'a>(name: &str, reader: impl BufRead + 'a) -> Reports<'a> {
    reports_of(name, Box::new(reader), &Wishes::default())
}

fn reports_of<'a>(name: &str, reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Reports<'a> {
    let (head, reader) = match peek(reader) {
        Ok(found) => found,
        Err(error) => return Reports::failed(failure(name, &error.to_string())),
    };
    let source: Box<dyn Source + 'a> = match format::format_of(name, &head) {
        Format::Other(kind) => Box::new(Few::refused(name, &kind.problem())),
        Format::Json => Box::new(json::Rows::new(name, in_utf8(&head, reader))),
        Format::Telegram => Box::new(json::Rows::of_telegram(name, reader)),
        Format::Table => Box::new(table::Table::new(name, &head, in_utf8(&head, reader), &wishes.columns)),
        Format::Text => whole_text(name, reader, wishes),
        #[cfg(feature = "formats")]
        Format::Gzip => return container::gzip(name, reader, wishes),
        #[cfg(feature = "formats")]
        Format::Zstd => return container::zstd(name, reader, wishes),
        #[cfg(feature = "formats")]
        Format::Zip => container::zip(name, reader, wishes),
        #[cfg(feature = "formats")]
        Format::Warc => Box::new(warc::Warc::new(name, reader)),
        #[cfg(feature = "formats")]
        Format::Mailbox => Box::new(mail::Mailbox::new(name, reader)),
        #[cfg(feature = "formats")]
        Format::Page => held(name, reader, page::LARGEST, "a web page", |bytes| {
            page::pages(name, bytes, &page::Found::default())
        }),
        #[cfg(feature = "formats")]
        Format::Feed => held(name, reader, feed::LARGEST, "a feed", |bytes| feed::reports(name, bytes)),
        #[cfg(feature = "formats")]
        Format::Mail => held(name, reader, mail::LARGEST, "a mail", |bytes| mail::message(name, &bytes)),
        #[cfg(feature = "formats")]
        Format::Docx => {
            held(name, reader, docx::LARGEST, "a Word document", |bytes| docx::report(name, bytes))
        }
        #[cfg(not(feature = "formats"))]
        _ => Box::new(Few::refused(
            name,
            "this build of the program does not read such files: give plain text or JSON",
        )),
    };
    Reports { name: name.to_owned(), source }
}

/// What is read whole, up to a size.
#[cfg(feature = "formats")]
fn held<'a>(
    name: &str,
    reader: Box<dyn BufRead + 'a>,
    largest: usize,
    what: &str,
    read: impl FnOnce(Vec<u8>) -> Few,
) -> Box<dyn Source + 'a> {
    let mut bytes = Vec::new();
    Box::new(match reader.take(largest as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => Few::refused(name, &error.to_string()),
        Ok(n) if n > largest => {
            Few::refused(name, &format!("{what} of more than {} MiB; split it", largest >> 20))
        }
        Ok(_) => read(bytes),
    })
}

/// The first bytes, and a reader that gives them again. Of a stream of lines no more than the first is waited for.
fn peek<'a>(mut reader: impl BufRead + 'a) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'a>)> {
    let mut head = Vec::new();
    while head.len() < format::HEAD && !(head.starts_with(b"{") && head.contains(&b'\n')) {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let n_bytes = bytes.len();
        head.extend_from_slice(bytes);
        reader.consume(n_bytes);
    }
    Ok((head.clone(), Box::new(Cursor::new(head).chain(reader))))
}

/// Rows as UTF-8 without a byte-order mark.
fn in_utf8<'a>(head: &[u8], reader: Box<dyn BufRead + 'a>) -> Box<dyn BufRead + 'a> {
    let wide = encoding::wide(head);
    if wide.is_none() && !head.starts_with(b"\xef\xbb\xbf") {
        return reader;
    }
    let mut builder = DecodeReaderBytesBuilder::new();
    builder.encoding(wide).utf8_passthru(true).strip_bom(true);
    Box::new(BufReader::new(builder.build(reader)))
}

pub(crate) fn failure(place: &str, problem: &str) -> Failure {
    Failure { place: place.to_owned(), id: None, problem: problem.to_owned() }
}

/// A text, or what came as one and is a page, a feed or a table.
fn whole_text<'a>(name: &str, reader: Box<dyn BufRead + 'a>, wishes: &Wishes) -> Box<dyn Source + 'a> {
    let mut bytes = Vec::new();
    let limit = MAX_REPORT_BYTES as u64 + 1;
    if let Err(error) = reader.take(limit).read_to_end(&mut bytes) {
        return Box::new(Few::refused(name, &error.to_string()));
    }
    if bytes.len() > MAX_REPORT_BYTES {
        let problem = format!("longer than {} MiB; split it into its reports", MAX_REPORT_BYTES >> 20);
        return Box::new(Few::refused(name, &problem));
    }
    match text_report(name, bytes) {
        Err(failure) => Box::new(Few::failed(failure)),
        Ok(report) => match format::disguised(&report.text) {
            None => Box::new(Few::one(Ok(report), "plain text")),
            Some(Format::Table) => {
                let head = report.text.as_bytes()[..report.text.len().min(format::HEAD)].to_vec();
                let reader = Box::new(Cursor::new(report.text.into_bytes()));
                Box::new(table::Table::new(name, &head, reader, &wishes.columns))
            }
            #[cfg(feature = "formats")]
            Some(Format::Feed) => Box::new(feed::reports(name, report.text.into_bytes())),
            #[cfg(feature = "formats")]
            Some(Format::Page) => Box::new(page::of_html(name, &report.text, None, &page::Found::default())),
            Some(Format::Other(kind)) => Box::new(Few::refused(name, &kind.problem())),
            Some(_) => Box::new(Few::refused(name, "expected text, found a web page or a feed")),
        },
    }
}

/// Bytes as a report of their own.
fn text_report(name: &str, bytes: Vec<u8>) -> Outcome {
    let decoded = encoding::decode(bytes).map_err(|problem| failure(name, &problem))?;
    if decoded.text.trim().is_empty() {
        return Err(failure(name, "empty: there is no text in it"));
    }
    let notes = decoded.guessed.map(guessed_encoding).into_iter().collect();
    Ok(Report { id: id::of_file(name), text: decoded.text, notes, ..Report::default() })
}

fn guessed_encoding(name: &str) -> Note {
    let message = format!(
        "the text is not UTF-8: it was read as {name}; check names with accents, or convert it to UTF-8"
    );
    Note { kind: NoteKind::GuessedEncoding, span: None, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(outcomes: impl Iterator<Item = Outcome>) -> Vec<String> {
        let show = |outcome: Outcome| match outcome {
            Ok(report) => format!("{}={}", report.id, report.text),
            Err(failure) => failure.to_string(),
        };
        outcomes.map(show).collect()
    }

    fn check(name: &str, bytes: &[u8], expected: &[&str]) {
        assert_eq!(shown(reports(name, bytes)), expected);
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
        check("dir/a.txt", b"One.\n", &["dir/a=One.\n"]);
        check("a.txt", b"\xef\xbb\xbfOne.\n", &["a=One.\n"]);
        check("a.txt", b"\xff\xfeO\0n\0e\0.\0", &["a=One."]);
        check("a.txt", b"El Ni\xf1o came.", &["a=El Niño came."]);
    }

    #[test]
    fn rows_go_on_after_a_bad_one() {
        let rows =
            b"{\"id\":\"a\",\"text\":\"One.\"}\n\n[1]\n{\"id\":\"b\"}\n{\"id\":\"c\",\"text\":\"Two.\"}";
        let expected = [
            "a=One.",
            "x.jsonl:3: not a report row: expected an object such as {\"id\": …, \"text\": …}, found a list",
            "x.jsonl:4: the row has no `text`; its fields are `id`",
            "c=Two.",
        ];
        check("x.jsonl", rows, &expected);
    }

    #[test]
    fn rows_in_any_encoding() {
        let row = r#"{"id":"a","text":"Señor."}"#;
        let wide: Vec<u8> = format!("\u{feff}{row}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("x.jsonl", &wide, &["a=Señor."]);
        check("x.jsonl", format!("\u{feff}{row}").as_bytes(), &["a=Señor."]);
        check("x.jsonl", b"{\"id\":\"a\",\"text\":\"Se\xf1or.\"}\n", &["a=Señor."]);
    }

    #[test]
    fn strange_files_are_named() {
        check("a.txt", b" \n", &["a.txt: empty: there is no text in it"]);
        check(
            "a.txt",
            b"a\0b",
            &["a.txt: looks like a binary file: expected text, found bytes that are no characters"],
        );
        let pdf =
            "a.txt: expected text or JSON, found a PDF; take its text out (`pdftotext FILE`) and give that";
        check("a.txt", b"%PDF-1.4 x", &[pdf]);
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

    #[test]
    fn inputs_tell_reports_of_one_id_apart_and_name_unused_fields_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let rows = "{\"id\":\"x\",\"text\":\"One.\",\"author\":\"A\"}\n{\"id\":\"x\",\"text\":\"Two.\"}\n";
        std::fs::write(path("a.jsonl"), rows).unwrap();
        std::fs::write(path("b.jsonl"), rows).unwrap();
        let mut inputs = Inputs::new(&[path("a.jsonl"), path("b.jsonl"), path("none.txt")]);
        assert_eq!(inputs.n_outcomes(), Some(5));
        let got = shown(&mut inputs);
        assert!(got[0].starts_with("x~") && got[0].ends_with("=One."), "{got:?}");
        assert!(got[1].starts_with("x~") && got[1].ends_with("=Two."), "{got:?}");
        assert_eq!((got.len(), &got[2..4]), (5, &got[..2]));
        let remark = format!("{}: nothing is made of the field `author`", path("a.jsonl").display());
        assert_eq!(inputs.take_remarks(), [remark]);
    }
}
