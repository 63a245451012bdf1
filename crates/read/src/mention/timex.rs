//! *Which words name a time, and which days are they?*

use annalist_schema::{DayInterval, Timex, View};

/// Time expressions in order, with values that stay symbolic (`XXXX-01-27`) where they need an anchor.
pub fn find(_view: View<'_>) -> Vec<Timex> {
    Vec::new()
}

/// Resolves symbolic values against the publication date and the narrative so far.
pub fn resolve(_view: View<'_>, timexes: Vec<Timex>, _published: Option<DayInterval>) -> Vec<Timex> {
    timexes
}
