//! *Which report does this JSON object give?* The fields of the contract, and those that news-please and trafilatura write.

use std::collections::BTreeSet;

use annalist_schema::{CodePoints, DayInterval, Report, Span, Stamp, Trigger};
use serde_json::{Map, Value};

use super::format::{Format, markup};
use super::{Failure, Outcome, encoding, id};

/// A failure, and whether the bytes are no JSON at all.
pub struct RowFailure {
    pub failure: Failure,
    pub is_syntax: bool,
}

/// Names of one thing, the first that is there counts.
pub const TEXT: &[&str] = &["text", "maintext", "raw_text"];
const PUBLISHED: &[&str] = &["published", "date_publish", "date"];
const OUTLET: &[&str] = &["outlet", "source-hostname", "sitename", "hostname", "source_domain"];
const URL: &[&str] = &["url", "source"];
const LANG: &[&str] = &["lang", "language"];
#[cfg(test)]
const OTHERS: &[&str] = &["id", "title", "triggers"];

/// Reads one object that begins at a line of a file, and adds to `unused` the names of fields that nothing is made of.
pub fn row(name: &str, line: u64, bytes: &[u8], unused: &mut BTreeSet<String>) -> Result<Report, RowFailure> {
    let fail = |line: u64, id: Option<String>, problem: String, is_syntax: bool| {
        let place = format!("{name}:{line}");
        RowFailure { failure: Failure { place, id, problem }, is_syntax }
    };
    let decoded = encoding::decode(bytes.to_vec()).map_err(|problem| fail(line, None, problem, true))?;
    let value: Value = serde_json::from_str(&decoded.text).map_err(|error| {
        let (at, problem) = syntax(&error);
        fail(line + at, None, problem, true)
    })?;
    let Value::Object(fields) = value else {
        let problem = format!(
            "not a report row: expected an object such as {{\"id\": …, \"text\": …}}, found {}",
            name_of(&value)
        );
        return Err(fail(line, None, problem, false));
    };
    let mut report =
        of_fields(name, line, fields, unused).map_err(|failure| RowFailure { failure, is_syntax: false })?;
    report.notes.extend(decoded.guessed.map(super::guessed_encoding));
    Ok(report)
}

/// The same of fields that are there already.
pub fn of_fields(
    name: &str,
    line: u64,
    mut fields: Map<String, Value>,
    unused: &mut BTreeSet<String>,
) -> Outcome {
    let given = fields.get("id").and_then(scalar);
    let outcome = report(&mut fields, name, given.clone());
    let place = format!("{name}:{line}");
    let report = outcome.map_err(|problem| Failure { place, id: given, problem })?;
    unused.extend(fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, _)| name));
    Ok(report)
}

/// What is wrong with JSON, and how many lines after the first.
fn syntax(error: &serde_json::Error) -> (u64, String) {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let line = (error.line() as u64).saturating_sub(1);
    (line, format!("not JSON: {what} at column {}", error.column()))
}

fn report(fields: &mut Map<String, Value>, name: &str, given_id: Option<String>) -> Result<Report, String> {
    if fields.get("id").is_some_and(|id| !id.is_null()) && given_id.is_none() {
        return Err(format!("expected a string or a number as `id`, found {}", name_of(&fields["id"])));
    }
    let text = text(fields)?;
    // Pages carry dates such as "29 Dec" or "9:15 PM": the text is still worth reading, and a note says what was passed over.
    let stamp = take(fields, PUBLISHED).filter(|value| !value.trim().is_empty());
    let published = stamp.as_deref().and_then(days);
    let triggers = match fields.remove("triggers") {
        None | Some(Value::Null) => None,
        Some(Value::Array(triggers)) => Some(byte_triggers(&triggers, &text)?),
        Some(other) => return Err(format!("expected a list as `triggers`, found {}", name_of(&other))),
    };
    let source_is_url =
        fields.get("source").and_then(Value::as_str).is_some_and(|value| value.contains("://"));
    let mut report = Report {
        id: given_id.unwrap_or_default(),
        published,
        published_unread: stamp.filter(|_| published.is_none()),
        title: take(fields, &["title"]),
        outlet: take(fields, OUTLET),
        url: take(fields, if source_is_url { URL } else { &URL[..1] }),
        lang: take(fields, LANG),
        triggers,
        text,
        notes: Vec::new(),
    };
    fields.remove("id");
    if fields.get("kind").is_some_and(|kind| kind == "report") && fields.contains_key("reading") {
        // What an archive gave out, to be read anew.
        ["kind", "reader", "reading", "published_unread"].iter().for_each(|name| drop(fields.remove(*name)));
    }
    if report.id.is_empty() {
        report.id = id::of_nameless(name, &report);
    }
    Ok(report)
}

/// The days that a value names, if it names any beyond doubt.
pub fn days(value: &str) -> Option<DayInterval> {
    let stamped = || match Stamp::read(value)? {
        Stamp::Days(days) => Some(days),
        Stamp::Ambiguous(..) => None,
    };
    DayInterval::parse(value.trim()).or_else(stamped)
}

/// The text of a row, or why it has none.
fn text(fields: &mut Map<String, Value>) -> Result<String, String> {
    let name = TEXT.iter().find(|&&name| fields.get(name).is_some_and(|value| !value.is_null()));
    let Some(&name) = name else { return Err(without_text(fields)) };
    let text = match fields.remove(name) {
        Some(Value::String(text)) => text,
        other => {
            return Err(format!(
                "expected a string as `{name}`, found {}",
                name_of(&other.unwrap_or_default())
            ));
        }
    };
    TEXT.iter().for_each(|&name| drop(fields.remove(name)));
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.trim().is_empty() {
        return Err(format!("`{name}` is empty"));
    }
    match markup(&text) {
        Some(Format::Other(kind)) if text.trim_start().starts_with('<') => {
            Err(format!("`{name}`: {}", kind.problem()))
        }
        Some(_) if text.trim_start().starts_with('<') => Err(format!(
            "`{name}`: expected text, found an HTML page; give the page as a file of its own, or the text of its article"
        )),
        _ => Ok(text),
    }
}

fn without_text(fields: &Map<String, Value>) -> String {
    if ["claims", "sentences"].iter().all(|name| fields.contains_key(*name)) {
        return "this is a row that `annalist read` wrote: give it to `annalist reconcile`".to_owned();
    }
    let is_list =
        |value: &Value| value.as_array().is_some_and(|list| list.first().is_some_and(Value::is_object));
    if let Some((name, _)) = fields.iter().find(|(_, value)| is_list(value)) {
        return format!(
            "the row has no `text`, but a list of objects as `{name}`: give that list, one object a report"
        );
    }
    let names: Vec<_> = fields.keys().map(|name| format!("`{name}`")).collect();
    match names.is_empty() {
        true => "the row has no `text`".to_owned(),
        false => format!("the row has no `text`; its fields are {}", names.join(", ")),
    }
}

/// The value of the first of some fields that has one; those after it are let go.
fn take(fields: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    let mut found = None;
    for &name in names {
        let Some(value) = fields.get(name).and_then(scalar) else { continue };
        fields.remove(name);
        found = found.or(Some(value).filter(|value| !value.trim().is_empty()));
    }
    found
}

/// A string, or a number as it is written.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn name_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn byte_triggers(triggers: &[Value], text: &str) -> Result<Vec<Trigger>, String> {
    let points = CodePoints::new(text);
    triggers.iter().map(|trigger| byte_trigger(trigger, &points, text)).collect()
}

fn byte_trigger(trigger: &Value, points: &CodePoints, text: &str) -> Result<Trigger, String> {
    let id = trigger.get("id").and_then(scalar);
    let place = |name: &str| trigger.get(name).and_then(Value::as_u64).and_then(|at| u32::try_from(at).ok());
    let (Some(id), Some(start), Some(end)) = (id, place("start"), place("end")) else {
        return Err(format!(
            "expected triggers such as {{\"id\": \"t1\", \"start\": 0, \"end\": 6}}, found {trigger}"
        ));
    };
    let span = if start < end { points.to_bytes(Span::new(start, end)) } else { Span::new(0, 0) };
    if span.of(text).is_empty() {
        return Err(format!("trigger `{id}` has offsets {start}..{end}, which are no words of the text"));
    }
    Ok(Trigger { id, span })
}

/// Names of all fields that something is made of; for the documentation's test.
#[cfg(test)]
fn known() -> impl Iterator<Item = &'static str> {
    [TEXT, PUBLISHED, OUTLET, URL, LANG, OTHERS].into_iter().flatten().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `id | published | title | outlet | url | lang | fields not used`, or the problem.
    fn check(row_text: &str, expected: &str) {
        let mut unused = BTreeSet::new();
        let got = match row("x.jsonl", 3, row_text.as_bytes(), &mut unused) {
            Err(failure) => failure.failure.to_string(),
            Ok(report) => {
                let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
                let published = report.published.map(|days| days.format()).or(report.published_unread);
                let unused: Vec<_> = unused.into_iter().collect();
                [
                    report.id,
                    or_dash(published),
                    or_dash(report.title),
                    or_dash(report.outlet),
                    or_dash(report.url),
                    or_dash(report.lang),
                    unused.join(" "),
                ]
                .join(" | ")
            }
        };
        assert_eq!(got, expected, "{row_text}");
    }

    #[test]
    fn ids_may_be_numbers() {
        check(r#"{"id":7,"text":"Peru accused Chile of spying."}"#, "7 | - | - | - | - | - | ");
        check(
            r#"{"id":[7],"text":"One."}"#,
            "x.jsonl:3: expected a string or a number as `id`, found a list",
        );
        check(
            r#"{"text":"One.","url":"https://a.example/1"}"#,
            "https://a.example/1 | - | - | - | https://a.example/1 | - | ",
        );
        check(r#"{"text":"One."}"#, "x.jsonl#ea923618 | - | - | - | - | - | ");
    }

    #[test]
    fn dates_in_many_forms() {
        for (given, expected) in [
            ("2021-03-03", "2021-03-03"),
            ("2021-03-03T10:15:00+01:00", "2021-03-03"),
            ("Wed, 03 Mar 2021 10:15:00 +0100", "2021-03-03"),
            ("03/04/2021", "03/04/2021"),
            ("13/04/2021", "2021-04-13"),
            ("29 Dec", "29 Dec"),
        ] {
            check(
                &format!(r#"{{"id":"a","text":"One.","published":"{given}"}}"#),
                &format!("a | {expected} | - | - | - | - | "),
            );
        }
        check(r#"{"id":"a","text":"One.","published":20210303}"#, "a | 2021-03-03 | - | - | - | - | ");
    }

    #[test]
    fn rows_of_other_programs() {
        check(
            r#"{"authors":["A"],"date_publish":"2021-03-03 10:15:00","maintext":"One.","source_domain":"a.example","title":"T","url":"https://a.example/1","language":"en","image_url":null}"#,
            "https://a.example/1 | 2021-03-03 | T | a.example | https://a.example/1 | en | authors",
        );
        check(
            r#"{"title":"T","hostname":"a.example","date":"2021-03-03","id":null,"fingerprint":"f","raw_text":"One. Menu","text":"One.","language":"en","source":"https://a.example/1","source-hostname":"A Post"}"#,
            "https://a.example/1 | 2021-03-03 | T | A Post | https://a.example/1 | en | fingerprint",
        );
        check(r#"{"id":"a","text":"One.","source":"A Post"}"#, "a | - | - | - | - | - | source");
    }

    #[test]
    fn rows_without_a_text() {
        check(r#"{"id":"a","body":"One."}"#, "x.jsonl:3: the row has no `text`; its fields are `id`, `body`");
        check(r#"{"id":"a","text":3}"#, "x.jsonl:3: expected a string as `text`, found a number");
        check(r#"{"id":"a","text":" "}"#, "x.jsonl:3: `text` is empty");
        check(
            r#"{"articles":[{"text":"One."}]}"#,
            "x.jsonl:3: the row has no `text`, but a list of objects as `articles`: give that list, one object a report",
        );
        check(
            r#"{"id":"a","sentences":[],"claims":[]}"#,
            "x.jsonl:3: this is a row that `annalist read` wrote: give it to `annalist reconcile`",
        );
        check(
            "[1]",
            "x.jsonl:3: not a report row: expected an object such as {\"id\": …, \"text\": …}, found a list",
        );
        check("{\"id\" 1}", "x.jsonl:3: not JSON: expected `:` at column 7");
    }

    #[test]
    fn pages_are_no_texts() {
        let mut unused = BTreeSet::new();
        let page = br#"{"id":"a","text":"<!DOCTYPE html><p>One.</p>"}"#;
        let failure = row("x.jsonl", 1, page, &mut unused).err().map(|failure| failure.failure.to_string());
        assert!(failure.is_some_and(|failure| failure.contains("an HTML page")));
    }

    #[test]
    fn the_module_names_every_field() {
        let page = include_str!("fields.md");
        assert!(known().all(|name| page.contains(&format!("`{name}`"))), "a field is missing in fields.md");
    }
}
