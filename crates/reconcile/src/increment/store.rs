//! *What must be kept of a pile, so that a report can come or go by itself?* Whoever keeps it, in a database or in maps,
//! answers this.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annalist_schema::{ClaimRef, Copy, Event, PostureSeries, Process, Reading};

use crate::event::{Card, Lead};

/// A claim: the number of its report, and its place among the report's claims by id.
pub type ClaimAt = (i64, u32);

/// A report with what linking knows of it.
#[derive(Debug)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Ids of its claims, each at its place.
    pub claims: Vec<String>,
    /// What is compared.
    pub card: Card,
}

impl Known {
    /// Of a reading that nothing was rejected of, or without what was.
    pub fn new(reading: &Reading) -> Self {
        let claims = Card::claim_ids(reading).into_iter().map(str::to_owned).collect();
        Self { id: reading.id.clone(), claims, card: Card::new(reading) }
    }

    /// The name of a claim at its place.
    pub fn reference(&self, position: u32) -> Option<ClaimRef> {
        Some(ClaimRef::new(&self.id, self.claims.get(position as usize)?))
    }
}

/// What is kept of a pile. Reports have numbers, which nobody else ever gets; the situation is that of the last step.
pub trait Store {
    /// Why something could not be read or written.
    type Error;

    /// The number of the report of an id, if it counts: one that is to go does not, one that is to come does.
    ///
    /// # Errors
    /// If what is kept cannot be read; so all that follow.
    fn number(&self, id: &str) -> Result<Option<i64>, Self::Error>;

    /// The reading of a report, without what was rejected of it; also of one that is to go or to come.
    ///
    /// # Errors
    /// As above.
    fn reading(&self, report: i64) -> Result<Reading, Self::Error>;

    /// What linking knows of a report, if it was kept.
    ///
    /// # Errors
    /// As above.
    fn known(&self, report: i64) -> Result<Option<Known>, Self::Error>;

    /// Of every report that was kept, what tells how alike it is to others: [`Card::head`].
    ///
    /// # Errors
    /// As above.
    fn heads(&self) -> Result<Vec<(i64, Vec<u8>)>, Self::Error>;

    /// The reports that were kept and print a sentence that a report prints.
    ///
    /// # Errors
    /// As above.
    fn printing(&self, report: i64) -> Result<Vec<i64>, Self::Error>;

    /// Keeps what linking knows of a report, and which sentences it prints: [`prints`](super::prints).
    ///
    /// # Errors
    /// As above.
    fn keep(&mut self, report: i64, known: &Known, reading: &Reading) -> Result<(), Self::Error>;

    /// Forgets all that, and every lead from or to a claim of the report.
    ///
    /// # Errors
    /// As above.
    fn forget(&mut self, report: i64) -> Result<(), Self::Error>;

    /// The first `n` claims on places between two, these not among them, or the last, the last first.
    ///
    /// # Errors
    /// As above.
    fn on_places(&self, between: Range<&[u8]>, n: usize, from_end: bool)
    -> Result<Vec<ClaimAt>, Self::Error>;

    /// Puts a claim on a place.
    ///
    /// # Errors
    /// As above.
    fn keep_place(&mut self, place: &[u8], claim: ClaimAt) -> Result<(), Self::Error>;

    /// Takes whatever is there from a place.
    ///
    /// # Errors
    /// As above.
    fn forget_place(&mut self, place: &[u8]) -> Result<(), Self::Error>;

    /// Where a claim leads to.
    ///
    /// # Errors
    /// As above.
    fn leads_from(&self, claim: ClaimAt) -> Result<Vec<Lead<ClaimAt>>, Self::Error>;

    /// What leads to a claim.
    ///
    /// # Errors
    /// As above.
    fn leads_to(&self, claim: ClaimAt) -> Result<Vec<Lead<ClaimAt>>, Self::Error>;

    /// Where the claims of a report lead to through like reports.
    ///
    /// # Errors
    /// As above.
    fn leads_by_kin(&self, report: i64) -> Result<Vec<Lead<ClaimAt>>, Self::Error>;

    /// Whether a claim leads to another on one of the two ways, or on any.
    ///
    /// # Errors
    /// As above.
    fn has_lead(&self, from: ClaimAt, to: ClaimAt, by_kin: Option<bool>) -> Result<bool, Self::Error>;

    /// Keeps a lead; one that is there stays as it is.
    ///
    /// # Errors
    /// As above.
    fn keep_lead(&mut self, lead: Lead<ClaimAt>) -> Result<(), Self::Error>;

    /// Forgets a lead.
    ///
    /// # Errors
    /// As above.
    fn forget_lead(&mut self, from: ClaimAt, to: ClaimAt, by_kin: bool) -> Result<(), Self::Error>;

    /// The claims of the event that a claim is part of, that claim too; none if there is no such event.
    ///
    /// # Errors
    /// As above.
    fn together(&self, claim: &ClaimRef) -> Result<Vec<ClaimRef>, Self::Error>;

    /// The id of the event that a claim is part of.
    ///
    /// # Errors
    /// As above.
    fn event_id(&self, claim: &ClaimRef) -> Result<Option<String>, Self::Error>;

    /// The event of an id.
    ///
    /// # Errors
    /// As above.
    fn event(&self, id: &str) -> Result<Option<Event>, Self::Error>;

    /// The series of some keys.
    ///
    /// # Errors
    /// As above.
    fn postures(&self, keys: &BTreeSet<String>) -> Result<BTreeMap<String, PostureSeries>, Self::Error>;

    /// The processes of some keys.
    ///
    /// # Errors
    /// As above.
    fn processes(&self, keys: &BTreeSet<String>) -> Result<BTreeMap<String, Process>, Self::Error>;

    /// The groups of copies of some keys.
    ///
    /// # Errors
    /// As above.
    fn copies(&self, keys: &BTreeSet<String>) -> Result<BTreeMap<String, Copy>, Self::Error>;
}
