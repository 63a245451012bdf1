//! *When was this report published?*
//!
//! As the caller says; as the report's own dateline or date line says; or else as far as its words tell
//! ([`infer`]): an interval with the reasons for it, and nothing at all where there are none.

mod calendar;
mod curve;
mod infer;
mod level;
mod named;
mod office;
mod shape;
mod solve;
mod told;

use annalist_schema::{DayInterval, Note, NoteKind, Published, PublishedBasis, Report, View};

use super::Outline;
use crate::mention::timex::{Candidate, Symbol, Value};

/// The publication date: given by the caller, found in the dateline, or inferred from the report's own words.
pub fn publication(
    report: &Report,
    outline: &Outline,
    view: View<'_>,
    timexes: &[Candidate],
    notes: &mut Vec<Note>,
) -> Option<Published> {
    if let Some(value) = report.published {
        let why = vec!["given with the report".to_owned()];
        return Some(Published { value, basis: PublishedBasis::Given, why, odds: Vec::new() });
    }
    if let Some(found) = metadata(outline, view, timexes) {
        return Some(found);
    }
    let inferred = infer::interval(view, outline.dateline, timexes);
    notes.push(undated(inferred.as_ref()));
    inferred
}

/// The day or month of the dateline, if that names its year.
fn metadata(outline: &Outline, view: View<'_>, timexes: &[Candidate]) -> Option<Published> {
    let dateline = outline.dateline?;
    let value = timexes.iter().filter(|candidate| dateline.contains(candidate.span)).find_map(whole_day)?;
    let why = vec![format!("the dateline says “{}”", dateline.of(view.text).trim())];
    Some(Published { value, basis: PublishedBasis::Metadata, why, odds: Vec::new() })
}

fn whole_day(candidate: &Candidate) -> Option<DayInterval> {
    match &candidate.symbol {
        Symbol::Fixed(value @ (Value::Day(_) | Value::Month(_) | Value::Time(..))) => value.days(),
        _ => None,
    }
}

fn undated(inferred: Option<&Published>) -> Note {
    let message = match inferred {
        Some(published) => format!(
            "the report does not say when it was published; its words place it in {}: give `published` if you know \
             the day",
            published.value.format()
        ),
        None => "the report does not say when it was published, and its words do not tell: dates that depend on it \
                 stay open; give `published` if you know the day"
            .to_owned(),
    };
    Note { kind: NoteKind::UndatedReport, span: None, message }
}
