//! *Many claims in: what is the situation, and who disagrees?*
//!
//! Never opens a report: what fusion needs is a field of the claim. The same readings in any order give the same
//! situation, byte for byte; a reading given twice changes nothing; without a reading the situation is what it would
//! have been without it.

mod apart;
mod date;
mod event;
mod gist;
mod hand;
mod increment;
mod parallel;
mod pile;
mod same;
mod same_id;
mod situation;
mod union;

use annalist_schema::{Claim, Decision, Event, Reading, ReportDate, Situation};

pub use event::{Card, Lead, SHELF, check};
use hand::Hand;
use pile::{Pile, distinct, distinct_gists};

pub use gist::{Gist, Stub};
pub use hand::without_rejected;
pub use increment::{
    ClaimAt, Delta, Known, List, Store, copy_rows, fill, posture_rows, prints, process_rows, step,
};
pub use same::figure::{Amount, read_figure, show_figure};
pub use same_id::{id_beside_others, longer_ids, shared_id_note};
pub use situation::sort_postures;

/// Reconciles the readings of any number of reports. Different reports of one id are told apart by their digests, with a
/// note on each ([`longer_ids`]).
pub fn reconcile(readings: &[Reading]) -> Situation {
    all(readings, &[])
}

/// The same, as an analyst decided: rejected claims count for nothing, what was merged or split is, and set values are
/// preferred. Of two decisions that cannot both be followed, the one of the higher number is. A decision on claims that no
/// reading has does nothing.
pub fn reconcile_decided(mut readings: Vec<Reading>, decisions: &[Decision]) -> Situation {
    without_rejected(&mut readings, decisions);
    all(&readings, decisions)
}

/// The same of readings that hold nothing that was rejected.
pub fn reconcile_rest(readings: &[Reading], decisions: &[Decision]) -> Situation {
    all(readings, decisions)
}

/// Of each two claims of different reports that linking compares: the ids of report and claim, and what it sees, by name. To learn
/// from how much each thing weighs.
pub fn compared(readings: &[Reading]) -> Vec<Pair> {
    let readings = distinct(readings);
    let cards: Vec<Card> = readings.iter().map(|reading| Card::new(reading)).collect();
    let claims: Vec<Vec<&Claim>> = readings.iter().map(|reading| pile::members(reading)).collect();
    let id =
        |(report, claim): (usize, usize)| (readings[report].id.clone(), claims[report][claim].id.clone());
    let pairs = event::compared(&cards.iter().collect::<Vec<_>>()).into_iter();
    pairs.map(|(one, other, seen)| Pair { claims: [id(one), id(other)], seen }).collect()
}

/// Two claims of different reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Ids of report and claim.
    pub claims: [(String, String); 2],
    /// What linking sees, by name.
    pub seen: Vec<(&'static str, f64)>,
}

fn all(readings: &[Reading], decisions: &[Decision]) -> Situation {
    let readings = same_id::told_apart(readings);
    let readings = distinct(&readings);
    let cards = parallel::map(readings.len(), |report| Card::new(readings[report]));
    let mut events = Vec::new();
    let cards = cards.iter().collect::<Vec<_>>();
    let situation = fuse(&Pile::new(readings), &cards, decisions, |event| events.push(event));
    Situation { events, ..situation }
}

/// The same for piles that fill the memory: hands on the events one by one, in their order, and returns the rest of the
/// situation.
pub fn reconcile_gists(gists: Vec<Gist>, take: impl FnMut(Event)) -> Situation {
    let gists = distinct_gists(same_id::gists_told_apart(gists));
    let cards: Vec<_> = gists.iter().map(|gist| &gist.card).collect();
    fuse(&Pile::new(gists.iter().map(|gist| &gist.reading).collect()), &cards, &[], take)
}

/// The same for piles whose claims do not fit into memory: `open` gives those of some reports, by id, in the order asked;
/// `take` gets a few events at a time. When undated reports were published rests on all claims and is left out.
///
/// # Errors
/// Those of `open` and `take`.
pub fn reconcile_stubs<E>(
    stubs: Vec<Stub>,
    open: impl FnMut(&[&str]) -> Result<Vec<Vec<Claim>>, E>,
    take: impl FnMut(Vec<Event>) -> Result<(), E>,
) -> Result<Situation, E> {
    let gists = stubs.into_iter().map(|stub| stub.0).collect();
    let gists = distinct_gists(same_id::gists_told_apart(gists)).into_iter();
    let (heads, cards): (Vec<_>, Vec<_>) = gists.map(|gist| (gist.reading, gist.card)).unzip();
    let linked = apart::Linked::new(&cards);
    // What was compared has no further use.
    drop(cards);
    let notes = same_id::notes(&heads.iter().collect::<Vec<_>>());
    Ok(Situation { notes, ..apart::assemble(&heads, &linked, open, take)? })
}

fn fuse(pile: &Pile<'_>, cards: &[&Card], decisions: &[Decision], take: impl FnMut(Event)) -> Situation {
    let hand = Hand::new(decisions, pile);
    let clusters = event::link(cards, &hand.ties(pile));
    let situation = situation::assemble(pile, &hand, &clusters, take);
    let notes = same_id::notes(&pile.readings);
    Situation { dates: dates(pile, cards, &clusters), notes, ..situation }
}

/// The days of reports without a date are told beside the events and change none of them: no claim rests on a guess.
fn dates(pile: &Pile<'_>, cards: &[&Card], clusters: &[Vec<u32>]) -> Vec<ReportDate> {
    let name = |report: u32| pile.readings[report as usize].id.clone();
    let dates = date::dates(pile, cards, clusters).into_iter();
    dates.map(|(report, published)| ReportDate { report: name(report), published }).collect()
}

/// With how many others fusion compares each claim, for measuring.
pub fn n_compared(gists: &[Gist]) -> Vec<u32> {
    event::n_compared(&gists.iter().map(|gist| &gist.card).collect::<Vec<_>>())
}
