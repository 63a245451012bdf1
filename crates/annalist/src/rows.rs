//! *How does a value look as a row of JSON?* Bytes become code points here and nowhere else.

use annalist_schema::{CodePoints, Document, Event, Reading, Report, Situation, View};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::briefing::Entry;
use crate::input::Failure;

/// The row of a reading, offsets in code points.
pub fn reading_row(report: &Report, mut reading: Reading, with_tokens: bool) -> Value {
    let points = CodePoints::new(&report.text);
    let tokens = with_tokens.then(|| token_rows(View::new(&report.text, &reading.document), &points));
    reading.map_spans(|span| points.from_bytes(span));
    let mut row = to_value(&reading);
    if let (Some(tokens), Value::Object(fields)) = (tokens, &mut row) {
        fields.insert("tokens".to_owned(), Value::Array(tokens));
    }
    row
}

/// The row of a report that could not be read.
pub fn failure_row(failure: &Failure) -> Value {
    json!({"id": failure.id.as_deref().unwrap_or(&failure.place), "status": "failed", "error": failure.to_string()})
}

fn token_rows(view: View<'_>, points: &CodePoints) -> Vec<Value> {
    let Document { tokens, .. } = view.document;
    let row = |(index, token): (usize, &annalist_schema::Token)| {
        let span = points.from_bytes(token.span);
        json!({
            "start": span.start, "end": span.end, "form": view.form(index as u32), "lemma": token.lemma,
            "upos": token.upos, "feats": token.feats.format(), "head": token.head.map_or(-1, i64::from),
            "deprel": token.deprel, "ner": token.ner.tag(),
        })
    };
    tokens.iter().enumerate().map(row).collect()
}

/// The row of an event that is explained: `cells` holds every attribute.
pub fn explained_row(entry: &Entry) -> Value {
    let mut row = to_value(entry);
    if let Value::Object(fields) = &mut row {
        fields.insert("cells".to_owned(), to_value(&entry.every));
    }
    row
}

/// The row of an event.
pub fn event_row(event: &Event) -> Value {
    kind_row("event", event)
}

/// The rows of a situation: events, postures, processes, copies, dates of reports, notes.
pub fn situation_rows(situation: &Situation) -> impl Iterator<Item = Value> {
    let events = situation.events.iter().map(event_row);
    let postures = situation.postures.iter().map(|posture| kind_row("posture", posture));
    let processes = situation.processes.iter().map(|process| kind_row("process", process));
    let copies = situation.copies.iter().map(|copy| kind_row("copy", copy));
    let dates = situation.dates.iter().map(|date| kind_row("date", date));
    let notes = situation.notes.iter().map(note_row);
    events.chain(postures).chain(processes).chain(copies).chain(dates).chain(notes)
}

fn kind_row(kind: &str, value: &impl Serialize) -> Value {
    let mut row = Map::new();
    row.insert("kind".to_owned(), kind.into());
    if let Value::Object(fields) = to_value(value) {
        row.extend(fields);
    }
    Value::Object(row)
}

/// A note's own `kind` gives way to the row's, and becomes `note`.
fn note_row(note: &annalist_schema::ReportNote) -> Value {
    json!({"kind": "note", "report": note.report, "note": note.note.kind, "span": note.note.span, "message": note.note.message})
}

/// Our own types always have a JSON form: no maps with odd keys, no failing serializers.
fn to_value(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}
