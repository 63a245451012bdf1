//! *What of a situation do some reports change that come or go?* Only what hangs together with them is worked out again.
//!
//! The outcome is that of a fusion of everything, byte for byte. Whoever keeps a pile keeps with it what binds its claims
//! ([`Lead`](crate::Lead)s), where they stand ([`Card::places`](crate::Card::places)), and what makes reports alike
//! ([`Card::head`](crate::Card::head)), and gives it out through a [`Store`]. [`bind`] keeps that up, [`spread`] finds what
//! may be another event now, [`finish`] puts it together.

mod assemble;
mod bind;
mod delta;
mod finish;
mod part;
mod spread;
mod store;

use annalist_schema::{Decision, Reading};

use crate::event::{Lead, leads};
use part::Part;

pub use delta::{Delta, List, copy_rows, posture_rows, process_rows};
pub use store::{ClaimAt, Known, Store};

/// What it changes that some reports go and others come, by their numbers; `None` if what is kept of the others cannot be
/// read, and everything must be fused. What binds claims is up to date afterwards; the situation that is kept is as it was,
/// for the caller to change.
///
/// # Errors
/// If the store fails.
pub fn step<S: Store>(
    store: &mut S,
    decisions: &[Decision],
    gone: &[i64],
    new: &[i64],
) -> Result<Option<Delta>, S::Error> {
    let mut part = Part::new(store, decisions);
    for report in gone {
        if !part.let_go(*report)? {
            return Ok(None);
        }
    }
    for report in new {
        if !part.take_in(*report)? {
            return Ok(None);
        }
    }
    part.spread()?;
    part.finish().map(Some)
}

/// Keeps everything that binds the claims of some readings, sorted by id, of which the numbers are given, in a store that
/// keeps nothing yet.
///
/// # Errors
/// If the store fails.
pub fn fill<S: Store>(store: &mut S, numbers: &[i64], readings: &[Reading]) -> Result<(), S::Error> {
    let all: Vec<_> = readings.iter().map(Known::new).collect();
    let mut places = Vec::new();
    for ((report, reading), known) in numbers.iter().zip(readings).zip(&all) {
        store.keep(*report, known, reading)?;
        let own = known.card.places().into_iter();
        places.extend(own.map(|(place, position)| (place, (*report, position))));
    }
    // In their order they are written many times faster.
    places.sort_unstable();
    places.iter().try_for_each(|(place, at)| store.keep_place(place, *at))?;
    let at = |(report, position): (u32, u32)| (numbers[report as usize], position);
    let leads = leads(&all.iter().map(|known| &known.card).collect::<Vec<_>>());
    leads.into_iter().try_for_each(|lead: Lead| store.keep_lead(lead.map(at)))
}

/// The sentences that a report prints, by their hashes; those too short to tell are left out.
pub fn prints(reading: &Reading) -> impl Iterator<Item = u64> {
    reading.fingerprint.sentences.iter().copied().filter(|hash| *hash != 0)
}
