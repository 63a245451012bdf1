//! *How does a pile that does not fit into memory become a briefing?* Of each report only what makes it alike to others stays
//! at hand; its text and claims wait on a shelf until they are cited.

use std::collections::{BTreeMap, BTreeSet};

use annalist_reconcile::{Gist, Stub, longer_ids, reconcile_stubs};
use annalist_schema::{Claim, Reading, Report};

use crate::briefing::arrange::{Arranging, Named};
use crate::briefing::{Briefing, Wish};
use crate::outlook::Wanted;
use crate::pile::{Numbers, Pile};
use crate::shelf::{NoRoom, Shelf};

/// Reports on the way to a briefing.
#[derive(Debug)]
pub struct Gathering {
    shelf: Shelf,
    /// In the order in which the reports came; so the stubs.
    named: Vec<Named>,
    stubs: Vec<Stub>,
}

impl Gathering {
    /// No report yet.
    ///
    /// # Errors
    /// If no temporary file can be made.
    pub fn new() -> Result<Self, NoRoom> {
        Ok(Self { shelf: Shelf::new()?, named: Vec::new(), stubs: Vec::new() })
    }

    /// Takes a report with its reading; one that could not be read counts for nothing.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn take(&mut self, report: &Report, mut reading: Reading) -> Result<(), NoRoom> {
        let sentences = std::mem::take(&mut reading.sentences);
        let Some(gist) = Gist::new(reading) else { return Ok(()) };
        let (stub, claims) = gist.apart();
        let reading = Reading { sentences, claims, ..Reading::default() };
        self.shelf.put(self.named.len(), report, &reading)?;
        let (head, notes) = stub.head();
        self.named.push(Named {
            number: 0,
            id: report.id.clone(),
            head: head.clone(),
            notes: notes.to_vec(),
        });
        self.stubs.push(stub);
        Ok(())
    }

    /// Whether there is no report yet.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The briefing of all.
    ///
    /// # Errors
    /// If the temporary file cannot be read.
    pub fn briefing(self, wish: Wish) -> Result<Briefing, NoRoom> {
        let Self { shelf, mut named, stubs } = self;
        tell_apart(&mut named);
        let (laid, named) = Laid::new(shelf, named);
        let mut open = |ids: &BTreeSet<&str>| laid.pile(ids);
        let query = wish.query.clone();
        let mut wanted = Wanted::new(&wish, &named);
        let mut arranging = Arranging::new(wish, &named);
        let rest = reconcile_stubs(
            stubs,
            |ids| laid.claims(ids),
            |events| {
                let events = query.events(events);
                wanted.iter_mut().for_each(|wanted| wanted.take(&events));
                arranging.take(events, &mut open)
            },
        )?;
        let outlook = wanted.map_or(Vec::new(), Wanted::answers);
        arranging.with_outlook(outlook).finish(&query.select(rest), named, &mut open)
    }
}

/// Reports on a shelf, found by their ids.
struct Laid {
    shelf: Shelf,
    places: BTreeMap<String, usize>,
    numbers: Numbers,
}

impl Laid {
    /// Of reports in the order in which they were put there; gives them numbered. Of two of one id the first is meant.
    fn new(shelf: Shelf, named: Vec<Named>) -> (Self, Vec<Named>) {
        let places = named.iter().enumerate().rev().map(|(place, one)| (one.id.clone(), place)).collect();
        let named = numbered(named);
        let numbers = Numbers::new(named.iter().map(|one| one.id.clone()));
        (Self { shelf, places, numbers }, named)
    }

    /// The claims of some reports, in their order.
    fn claims(&self, ids: &[&str]) -> Result<Vec<Vec<Claim>>, NoRoom> {
        let places = ids.iter().filter_map(|id| self.places.get(*id));
        places.map(|place| Ok(self.shelf.reading(*place)?.claims)).collect()
    }

    /// Some reports as part of the pile.
    fn pile(&self, ids: &BTreeSet<&str>) -> Result<Pile, NoRoom> {
        let places = ids.iter().filter_map(|id| Some((*id, *self.places.get(*id)?)));
        let entries = places.map(|(id, place)| {
            let (report, reading) = self.shelf.get(place)?;
            Ok((Report { id: id.to_owned(), ..report }, reading))
        });
        Ok(Pile::part_of(&self.numbers, entries.collect::<Result<_, NoRoom>>()?))
    }
}

/// Different reports of one id get longer ones, as `reconcile` names them.
fn tell_apart(named: &mut [Named]) {
    let ids: Vec<&str> = named.iter().map(|one| one.id.as_str()).collect();
    let longer = longer_ids(&ids, |place| named[place].head.digest.clone());
    longer.into_iter().for_each(|(place, id)| named[place].id = id);
}

/// By day of publication, then by id, each once.
fn numbered(mut named: Vec<Named>) -> Vec<Named> {
    let day = |one: &Named| one.head.published.as_ref().map(|published| published.value);
    named.sort_by(|one, other| (day(one), &one.id).cmp(&(day(other), &other.id)));
    named.dedup_by(|later, earlier| later.id == earlier.id);
    (1..).zip(&mut named).for_each(|(number, one)| one.number = number);
    named
}
