//! *How does a value look as a row of JSON?* Bytes become code points here and nowhere else.

use std::collections::BTreeMap;

use annalist_reconcile::read_figure;
use annalist_schema::{
    CellValue, ClaimActor, ClaimRef, CodePoints, Document, Event, Reading, Report, Situation, Span, View,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::briefing::Entry;
use crate::figure::{is_figure, preferred};
use crate::input::Failure;
use crate::pile::Pile;

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

/// The row of an event, its figures taken apart.
pub fn event_row(event: &Event) -> Value {
    let mut row = kind_row("event", event);
    for cell in cells(&mut row) {
        let is_figure = cell["attribute"].as_str().is_some_and(is_figure);
        for value in values(cell).iter_mut().filter(|_| is_figure) {
            let amount = value["value"].as_str().and_then(read_figure);
            let amount = amount.as_ref().map(to_value);
            value
                .as_object_mut()
                .into_iter()
                .for_each(|fields| fields.extend(amount.clone().map(|amount| ("figure".to_owned(), amount))));
        }
    }
    row
}

/// The same of an event of a briefing, with what a page shows of it: the sentences of the event and of each value, its
/// statuses and speakers.
pub fn told_row(entry: &Entry) -> Value {
    let mut row = entry.event.as_deref().map(event_row).unwrap_or_default();
    for cell in cells(&mut row) {
        let line = entry.every.iter().find(|line| cell["attribute"] == line.attribute.as_str());
        for value in values(cell) {
            let told =
                line.and_then(|line| line.values.iter().find(|told| value["value"] == told.value.as_str()));
            value["citations"] = told.map_or(json!([]), |told| to_value(&told.citations));
        }
    }
    row["code"] = entry.code.as_str().into();
    row["statuses"] = to_value(&entry.statuses);
    row["attributed_to"] = to_value(&entry.attributed_to);
    row["agreed"] = to_value(&entry.agreed);
    row["citations"] = to_value(&entry.citations);
    row
}

fn cells(row: &mut Value) -> &mut [Value] {
    row["cells"].as_array_mut().map_or(&mut [], Vec::as_mut_slice)
}

fn values(cell: &mut Value) -> &mut [Value] {
    cell["values"].as_array_mut().map_or(&mut [], Vec::as_mut_slice)
}

fn spans_of(party: &mut ClaimActor) -> impl Iterator<Item = &mut Span> {
    party.span.iter_mut().chain(&mut party.by_mention)
}

/// Spans of bytes as spans of code points, report by report; what was counted last is kept.
#[derive(Default)]
pub(crate) struct Points {
    of_report: BTreeMap<String, CodePoints>,
}

/// Reports of which the code points are kept at a time.
const N_KEPT: usize = 64;

impl Points {
    /// An event with its spans in code points. Who, whom and where are the words of the claim that is preferred there.
    pub fn of_event(&mut self, event: &Event, pile: &Pile) -> Event {
        let mut event = event.clone();
        let of = |attribute: &str| {
            preferred(&event.cells, attribute).and_then(|value| value.claims.first().cloned())
        };
        let (actors, recipients, place) = (of("actors"), of("recipients"), of("place"));
        let mut map = |claim: Option<&ClaimRef>, span: &mut Span| *span = self.span(claim, *span, pile);
        event.actors.iter_mut().flat_map(spans_of).for_each(|span| map(actors.as_ref(), span));
        event.recipients.iter_mut().flat_map(spans_of).for_each(|span| map(recipients.as_ref(), span));
        event.place.iter_mut().for_each(|spot| map(place.as_ref(), &mut spot.span));
        for value in event.cells.iter_mut().flat_map(|cell| &mut cell.values) {
            let CellValue { claims, span, spans, .. } = value;
            span.iter_mut().for_each(|span| map(claims.first(), span));
            spans.iter_mut().zip(claims.iter()).for_each(|(span, claim)| map(Some(claim), span));
        }
        event
    }

    fn span(&mut self, claim: Option<&ClaimRef>, span: Span, pile: &Pile) -> Span {
        let Some(id) = claim.map(|claim| &claim.report) else { return span };
        if !self.of_report.contains_key(id) {
            let Some((report, _)) = pile.get(id) else { return span };
            if self.of_report.len() == N_KEPT {
                self.of_report.clear();
            }
            self.of_report.insert(id.clone(), CodePoints::new(&report.text));
        }
        self.of_report.get(id).map_or(span, |points| points.from_bytes(span))
    }
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
