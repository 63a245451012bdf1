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

use annalist_schema::{DayInterval, Note, NoteKind, Published, PublishedBasis, Report, Stamp, View};

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
    if let Some(found) = given(report, notes) {
        return Some(found);
    }
    if let Some(found) = metadata(outline, view, timexes, notes) {
        return Some(found);
    }
    let inferred = infer::interval(view, outline.dateline, timexes);
    notes.push(undated(inferred.as_ref()));
    inferred
}

/// What the caller gave, as far as it is a date that a report can have; a note on the rest of it.
fn given(report: &Report, notes: &mut Vec<Note>) -> Option<Published> {
    let published = |value, why: String| {
        Some(Published { value, basis: PublishedBasis::Given, why: vec![why], odds: Vec::new() })
    };
    if let Some(value) = report.published {
        if is_plausible(value) {
            return published(value, "given with the report".to_owned());
        }
        notes
            .push(passed_over(&value.format(), &format!("expected a year from {FIRST_YEAR} to {LAST_YEAR}")));
    }
    let unread = report.published_unread.as_deref()?;
    let Some(Stamp::Ambiguous(one, other)) = Stamp::read(unread) else {
        notes.push(passed_over(unread, "expected a date such as 2024-02-11"));
        return None;
    };
    let message =
        format!("`published` is `{unread}`, which may be {one} or {other}: write it like one of these");
    notes.push(Note { kind: NoteKind::UndatedReport, span: None, message });
    published(DayInterval::new(one, other), format!("given as {unread}, which may be {one} or {other}"))
}

/// Years outside which no report is dated; after the last one the program will have a successor.
const FIRST_YEAR: i16 = 1000;
const LAST_YEAR: i16 = 2050;

fn is_plausible(days: DayInterval) -> bool {
    days.earliest.year() >= FIRST_YEAR && days.latest.year() <= LAST_YEAR
}

/// A date that the caller gave and that cannot be one of a report.
fn passed_over(value: &str, expected: &str) -> Note {
    let message = format!("`published` is `{value}`: {expected}; it was passed over");
    Note { kind: NoteKind::UndatedReport, span: None, message }
}

/// The day or month of the dateline, if that names its year.
fn metadata(
    outline: &Outline,
    view: View<'_>,
    timexes: &[Candidate],
    notes: &mut Vec<Note>,
) -> Option<Published> {
    let dateline = outline.dateline?;
    let words = dateline.of(view.text).trim();
    let mut why = vec![format!("the dateline says “{words}”")];
    let value = match outline.stamp {
        Some(Stamp::Days(days)) if is_plausible(days) => days,
        Some(Stamp::Ambiguous(one, other)) => {
            let message =
                format!("the dateline may mean {one} or {other}: give `published` if you know which");
            notes.push(Note { kind: NoteKind::UndatedReport, span: Some(dateline), message });
            why.push(format!("which may be {one} or {other}"));
            DayInterval::new(one, other)
        }
        _ => timexes
            .iter()
            .filter(|candidate| dateline.contains(candidate.span))
            .filter_map(whole_day)
            .find(|days| is_plausible(*days))?,
    };
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The days and the notes.
    fn check(published: Option<&str>, unread: Option<&str>, expected: Option<&str>, note: Option<&str>) {
        let report = Report {
            published: published.and_then(DayInterval::parse),
            published_unread: unread.map(str::to_owned),
            ..Report::default()
        };
        let mut notes = Vec::new();
        let found = given(&report, &mut notes).map(|published| published.value.format());
        assert_eq!(found.as_deref(), expected);
        assert_eq!(notes.first().map(|note| note.message.as_str()), note);
    }

    #[test]
    fn absurd_and_ambiguous_dates_are_said() {
        check(Some("2021-03-03"), None, Some("2021-03-03"), None);
        for day in ["0025-03-03", "2099-03-03", "0999-12-31", "2101-01-01"] {
            let note =
                format!("`published` is `{day}`: expected a year from 1000 to 2050; it was passed over");
            check(Some(day), None, None, Some(&note));
        }
        let note =
            "`published` is `03/04/2021`, which may be 2021-04-03 or 2021-03-04: write it like one of these";
        check(None, Some("03/04/2021"), Some("2021-03-04/2021-04-03"), Some(note));
        let note = "`published` is `29 Dec`: expected a date such as 2024-02-11; it was passed over";
        check(None, Some("29 Dec"), None, Some(note));
    }
}
