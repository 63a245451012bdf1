//! *Which words name a place, and which place is it?*

use annalist_schema::{Note, Toponym, View};

/// Place names in order, resolved against the gazetteer and the rest of the report.
pub fn find(_view: View<'_>, _notes: &mut Vec<Note>) -> Vec<Toponym> {
    Vec::new()
}
