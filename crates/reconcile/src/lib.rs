//! *Many claims in: what is the situation, and who disagrees?*
//!
//! Never opens a report: what fusion needs is a field of the claim. The same readings in any order give the same
//! situation, byte for byte; a reading given twice changes nothing; without a reading the situation is what it would
//! have been without it.

mod event;
mod gist;
mod parallel;
mod pile;
mod same;
mod situation;
mod union;

use annalist_schema::{Event, Reading, Situation};

use event::Card;
use pile::{Pile, distinct, distinct_gists};

pub use gist::Gist;

/// Reconciles the readings of any number of reports.
pub fn reconcile(readings: &[Reading]) -> Situation {
    let readings = distinct(readings);
    let cards = parallel::map(readings.len(), |report| Card::new(readings[report]));
    let mut events = Vec::new();
    let situation = fuse(&Pile::new(readings), &cards.iter().collect::<Vec<_>>(), |event| events.push(event));
    Situation { events, ..situation }
}

/// The same for piles that fill the memory: hands on the events one by one, in their order, and returns the rest of the
/// situation.
pub fn reconcile_gists(gists: Vec<Gist>, take: impl FnMut(Event)) -> Situation {
    let gists = distinct_gists(gists);
    let cards: Vec<_> = gists.iter().map(|gist| &gist.card).collect();
    fuse(&Pile::new(gists.iter().map(|gist| &gist.reading).collect()), &cards, take)
}

fn fuse(pile: &Pile<'_>, cards: &[&Card], take: impl FnMut(Event)) -> Situation {
    situation::assemble(pile, &event::link(cards), take)
}

/// With how many others fusion compares each claim, for measuring.
pub fn n_compared(gists: &[Gist]) -> Vec<u32> {
    event::n_compared(&gists.iter().map(|gist| &gist.card).collect::<Vec<_>>())
}
