//! *How does an archive go out so that it comes in again unchanged?* One JSON object a line: the reports with their readings,
//! then the decisions that count. What follows from them is made anew where they come in.
//!
//! A row of a report has the fields that every command takes for a report, so that the file can also be read anew.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use annalist_read::report::digest;
use annalist_schema::{CodePoints, DayInterval, Decision, Reading, Report, Span, Trigger};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::account::{Account, Source};
use crate::input::{Failure, MAX_REPORT_BYTES, failure};
use crate::{plain, rows};

/// How such a file begins; also the name and number of its layout.
pub const BEGINNING: &str = "{\"kind\":\"archive\",\"layout\":1}";

/// What begins the rows that are no reports.
pub const OTHERS: [&[u8]; 2] = [b"{\"kind\":\"archive\"", b"{\"kind\":\"decision\""];

/// What is lost.
pub static LOST: &[&str] = &[
    "Decisions that were undone, the log of changes, when each report was added, and reports that were withdrawn.",
    "Filters do not apply: all reports go out.",
];

/// Fields of a row, for the page.
pub static FIELDS: &[(&str, &str, &str)] = &[
    ("kind", "string", "`archive` in the first row, then `report`, then `decision`."),
    ("id", "string", "Of a report: its id."),
    ("text", "string", "Its text, unchanged."),
    (
        "published",
        "string",
        "Its day of publication as it was given: a day, month, year or two days with `/`.",
    ),
    ("published_unread", "string", "What was given as such and is no date."),
    ("title, outlet, url, lang", "string", "As they were given."),
    ("triggers", "list", "Event mentions that the caller supplied, in code points."),
    ("reader", "string", "Which program read it, in which tier."),
    ("reading", "object", "What was read from it: the row of `annalist read`, offsets in code points."),
    (
        "decision",
        "object",
        "Of a decision: `kind`, `claims`, `others`, `attribute`, `value`, `because`, as in the table of `annalist decisions`.",
    ),
];

#[derive(Serialize, Deserialize)]
struct ReportRow {
    kind: String,
    id: String,
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_unread: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    triggers: Option<Vec<TriggerRow>>,
    #[serde(default)]
    reader: String,
    reading: Value,
}

#[derive(Serialize, Deserialize)]
struct TriggerRow {
    id: String,
    start: u32,
    end: u32,
}

#[derive(Serialize, Deserialize)]
struct DecisionRow {
    kind: String,
    decision: Decision,
}

/// Writes an account with the names of the readers by report, and the decisions that count.
pub fn write(
    out: &mut dyn Write,
    account: &Account,
    readers: &BTreeMap<String, String>,
    decisions: &[Decision],
) -> io::Result<()> {
    writeln!(out, "{BEGINNING}")?;
    for source in account.sources() {
        writeln!(out, "{}", plain::json(&report_row(source, readers))?)?;
    }
    for decision in decisions {
        // Its number is that of its row.
        let decision = Decision { number: 0, ..decision.clone() };
        writeln!(out, "{}", plain::json(&DecisionRow { kind: "decision".to_owned(), decision })?)?;
    }
    Ok(())
}

fn report_row(source: &Source, readers: &BTreeMap<String, String>) -> ReportRow {
    let Source { report, reading, .. } = source;
    let trigger = |trigger: &Trigger| {
        let span = source.points(trigger.span);
        TriggerRow { id: trigger.id.clone(), start: span.start, end: span.end }
    };
    ReportRow {
        kind: "report".to_owned(),
        id: report.id.clone(),
        text: report.text.clone(),
        published: report.published.map(|days| days.format()),
        published_unread: report.published_unread.clone(),
        title: report.title.clone(),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        lang: report.lang.clone(),
        triggers: report.triggers.as_ref().map(|triggers| triggers.iter().map(trigger).collect()),
        reader: readers.get(&report.id).cloned().unwrap_or_default(),
        reading: rows::reading_row(report, reading.clone(), false),
    }
}

/// A row that came in.
pub enum Row {
    /// A report with its reading and the name of the reader.
    Report(Box<(Report, Reading)>, String),
    /// A decision.
    Decision(Decision),
}

/// Whether a file is such an export, by its first bytes.
pub fn is_export(path: &Path) -> bool {
    let mut head = vec![0; OTHERS[0].len()];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    path.is_file() && read.is_ok() && head == OTHERS[0]
}

/// Longest row: a report with all that can be read from it.
const LONGEST: u64 = 64 * MAX_REPORT_BYTES as u64;

/// The rows of an export, each or why it is none.
pub fn rows<'a>(
    name: &'a str,
    mut reader: impl BufRead + 'a,
) -> impl Iterator<Item = Result<Row, Failure>> + 'a {
    let mut line = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        loop {
            if is_over {
                return None;
            }
            let mut bytes = Vec::new();
            let read = reader.by_ref().take(LONGEST + 1).read_until(b'\n', &mut bytes);
            line += 1;
            let place = format!("{name}:{line}");
            match read {
                Err(error) => {
                    is_over = true;
                    return Some(Err(failure(&place, &error.to_string())));
                }
                Ok(0) => return None,
                Ok(n) if n as u64 > LONGEST => {
                    is_over = true;
                    let problem =
                        format!("the row is longer than {} MiB; nothing after it was read", LONGEST >> 20);
                    return Some(Err(failure(&place, &problem)));
                }
                Ok(_) if bytes.trim_ascii().is_empty() || bytes.starts_with(OTHERS[0]) => continue,
                Ok(_) => return Some(row(&bytes).map_err(|problem| failure(&place, &problem))),
            }
        }
    })
}

fn row(bytes: &[u8]) -> Result<Row, String> {
    let bad = |error: serde_json::Error| {
        format!("expected a row that `annalist export --format jsonl` wrote: {error}")
    };
    if bytes.starts_with(OTHERS[1]) {
        let row: DecisionRow = serde_json::from_slice(bytes).map_err(bad)?;
        return Ok(Row::Decision(row.decision));
    }
    let row: ReportRow = serde_json::from_slice(bytes).map_err(bad)?;
    let points = CodePoints::new(&row.text);
    let published = row.published.as_deref().map(|text| {
        DayInterval::parse(text).ok_or_else(|| format!("expected days as `published`, found `{text}`"))
    });
    let trigger = |trigger: &TriggerRow| {
        let is_forward = trigger.start <= trigger.end;
        let span = is_forward.then(|| points.to_bytes(Span::new(trigger.start, trigger.end)));
        let span = span.ok_or_else(|| format!("trigger `{}` ends before it begins", trigger.id))?;
        Ok(Trigger { id: trigger.id.clone(), span })
    };
    let triggers =
        row.triggers.as_ref().map(|all| all.iter().map(trigger).collect::<Result<Vec<_>, String>>());
    let report = Report {
        id: row.id,
        published: published.transpose()?,
        published_unread: row.published_unread,
        title: row.title,
        outlet: row.outlet,
        url: row.url,
        lang: row.lang,
        triggers: triggers.transpose()?,
        text: row.text,
        notes: Vec::new(),
    };
    let mut reading: Reading = serde_json::from_value(row.reading).map_err(bad)?;
    let of_text = &reading.report.digest;
    let is_its_own = reading.id == report.id && (of_text.is_empty() || *of_text == digest(&report));
    if !is_its_own {
        return Err(format!("the reading of `{}` is of another text; read the report anew", report.id));
    }
    reading.map_spans(|span| points.to_bytes(span));
    Ok(Row::Report(Box::new((report, reading)), row.reader))
}
