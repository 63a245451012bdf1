//! *How many, as numbers, by whose words?* The figures of an event, one by one.

pub use annalist_reconcile::read_figure;
use annalist_schema::{Cell, CellValue, ClaimRef, Comparator, Event, Verdict};
use serde::Serialize;

use crate::briefing::Entry;
use crate::briefing::arrange::citations_of;
use crate::pile::{Citation, Pile};

/// One figure that reports give of an event: of each counted thing there may be several, which say the same, add to one
/// another or contradict each other, as the verdict tells.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Id of the event.
    pub event: String,
    /// What is counted: `killed`, `wounded`, `troops` …
    pub what: String,
    /// As written for a person: `>= 10 soldiers`.
    pub value: String,
    /// How the number is meant.
    pub cmp: Comparator,
    /// The number.
    pub n: f64,
    /// Upper end of a range.
    pub n2: Option<f64>,
    /// The counted part, if one is named: `soldiers`.
    pub of: Option<String>,
    /// Who is said to say so.
    pub by: Vec<String>,
    /// Whether the event shows it, of all that are given of the thing.
    pub is_preferred: bool,
    /// How the figures of the thing stand to each other.
    pub verdict: Verdict,
    /// The claims that state it.
    pub claims: Vec<ClaimRef>,
    /// Their sentences.
    pub citations: Vec<Citation>,
}

/// The figures of an event in the order of its cells, with the sentences of a pile that state them. A value that is no
/// number is left out.
pub fn figures(event: &Event, pile: &Pile) -> Vec<Figure> {
    of_event(event, |_, value| citations_of(value, pile))
}

/// The figures of an event of a briefing.
pub fn figures_of(entry: &Entry) -> Vec<Figure> {
    let told = |cell: &Cell, value: &CellValue| {
        let line = entry.every.iter().find(|line| line.attribute == cell.attribute)?;
        line.values.iter().find(|told| told.value == value.value)
    };
    let cite = |cell: &Cell, value: &CellValue| {
        told(cell, value).map(|told| told.citations.clone()).unwrap_or_default()
    };
    entry.event.iter().flat_map(|event| of_event(event, cite)).collect()
}

fn of_event(event: &Event, cite: impl Fn(&Cell, &CellValue) -> Vec<Citation>) -> Vec<Figure> {
    let counted = event.cells.iter().filter(|cell| is_figure(&cell.attribute));
    counted.flat_map(|cell| of_cell(event, cell, |value| cite(cell, value))).collect()
}

fn of_cell(event: &Event, cell: &Cell, cite: impl Fn(&CellValue) -> Vec<Citation>) -> Vec<Figure> {
    let preferred = cell.preferred.as_ref().map(|(index, _)| *index);
    let figure = |(index, value): (usize, &CellValue)| {
        let amount = read_figure(&value.value)?;
        Some(Figure {
            event: event.id.clone(),
            what: cell.attribute.clone(),
            value: value.value.clone(),
            cmp: amount.cmp,
            n: amount.n,
            n2: amount.n2,
            of: amount.of,
            by: value.attributed_to.clone(),
            is_preferred: preferred == Some(index),
            verdict: cell.verdict,
            claims: value.claims.clone(),
            citations: cite(value),
        })
    };
    cell.values.iter().enumerate().filter_map(figure).collect()
}

/// Attributes that count nothing.
const PLAIN: [&str; 7] = ["actors", "recipients", "date", "place", "status", "mode", "type"];

/// Whether an attribute counts something.
pub(crate) fn is_figure(attribute: &str) -> bool {
    !PLAIN.contains(&attribute)
}

/// The value that an event shows of an attribute: the preferred, or the first where nothing speaks for any.
pub(crate) fn preferred<'a>(cells: &'a [Cell], attribute: &str) -> Option<&'a CellValue> {
    let cell = cells.iter().find(|cell| cell.attribute == attribute)?;
    cell.values.get(cell.preferred.as_ref().map_or(0, |(index, _)| *index))
}
