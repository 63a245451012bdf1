//! *Many claims in: what is the situation, and who disagrees?*
//!
//! Never opens a report: what fusion needs is a field of the claim. The same readings in any order give the same
//! situation, byte for byte; a reading given twice changes nothing; without a reading the situation is what it would
//! have been without it.

mod event;
mod parallel;
mod pile;
mod same;
mod situation;
mod union;

use annalist_schema::{Reading, Situation};

use pile::Pile;

/// Reconciles the readings of any number of reports.
pub fn reconcile(readings: &[Reading]) -> Situation {
    let pile = Pile::new(readings);
    let events = event::link(&pile);
    situation::assemble(&pile, &events)
}

/// With how many others fusion compares each claim, in the order of reports and claims; for measuring.
pub fn n_compared(readings: &[Reading]) -> Vec<u32> {
    event::n_compared(&Pile::new(readings))
}
