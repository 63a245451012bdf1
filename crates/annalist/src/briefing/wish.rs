//! *What is asked of a briefing?* How much of it, since when, about whom or where.

use annalist_schema::DayInterval;
use jiff::civil::Date;

use super::Detail;
use crate::query::Query;

/// Words of a page that a superior reads.
pub const PAGE_WORDS: usize = 600;

/// What is asked of a briefing.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// How much of each event is wanted.
    pub detail: Detail,
    /// Whether the annotated timeline, the sources and the doubts follow the page.
    pub full: bool,
    /// How many words the page may have.
    pub words: usize,
    /// Whether codes are left out.
    pub plain: bool,
    /// Tells apart what is new: what reports of this day or later are the first to tell.
    pub since: Option<Date>,
    /// What it is about.
    pub query: Query,
}

impl Default for Wish {
    fn default() -> Self {
        Self {
            detail: Detail::Whole,
            full: true,
            words: PAGE_WORDS,
            plain: false,
            since: None,
            query: Query::default(),
        }
    }
}

impl Wish {
    /// All of it in so much detail.
    pub fn of(detail: Detail) -> Self {
        Self { detail, ..Self::default() }
    }

    /// Whether a list of all events is part of it.
    pub(crate) fn has_lists(&self) -> bool {
        self.full || self.detail == Detail::Whole
    }

    /// Whether a report published on some days tells what is new.
    pub(crate) fn is_since(&self, made: Option<DayInterval>) -> bool {
        self.since.zip(made).is_some_and(|(since, made)| made.earliest >= since)
    }
}
