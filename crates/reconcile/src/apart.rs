//! *How is a situation put together whose claims do not fit into memory?* A few events at a time, each from the claims of
//! its reports. What makes reports copies of one another, their postures and processes stay at hand.

use std::collections::BTreeSet;

use annalist_schema::{Claim, Event, Reading, Situation};

use crate::event::{self, Card};
use crate::hand::Hand;
use crate::parallel;
use crate::pile::{Pile, members};
use crate::situation::{Assembly, event as put_together, rank};

/// Claims at hand at a time: enough events for all cores, few enough to take no room.
const FEW_CLAIMS: usize = 2048;

/// Which claims of a pile are one event.
pub(crate) struct Linked {
    /// Claims by number.
    clusters: Vec<Vec<u32>>,
    /// Of each report: the number of its first claim.
    starts: Vec<u32>,
}

impl Linked {
    /// Of reports sorted by id.
    pub fn new(cards: &[Card]) -> Self {
        let clusters = event::link(&cards.iter().collect::<Vec<_>>(), &[]);
        Self { clusters, starts: starts(cards.iter().map(|card| card.claims.len())) }
    }

    /// Runs of clusters, each of a few claims: what is told by a thousand reports takes as much room as a thousand events.
    fn runs<'a>(&'a self, mut clusters: &'a [usize]) -> impl Iterator<Item = &'a [usize]> {
        std::iter::from_fn(move || {
            let mut n_claims = 0;
            let has_room = |cluster: &&usize| {
                let has_room = n_claims < FEW_CLAIMS;
                n_claims += self.clusters[**cluster].len();
                has_room
            };
            let n_clusters = clusters.iter().take_while(has_room).count();
            let (run, rest) = clusters.split_at(n_clusters);
            clusters = rest;
            (!run.is_empty()).then_some(run)
        })
    }

    fn report(&self, claim_idx: u32) -> usize {
        self.starts.partition_point(|start| *start <= claim_idx) - 1
    }
}

/// The number of each report's first claim, given how many each has.
fn starts(n_claims: impl Iterator<Item = usize>) -> Vec<u32> {
    let after = |start: &mut u32, n: usize| {
        *start += n as u32;
        Some(*start - n as u32)
    };
    n_claims.scan(0, after).collect()
}

/// The situation of reports sorted by id, given without their claims.
pub(crate) fn assemble<E>(
    heads: &[Reading],
    linked: &Linked,
    mut open: impl FnMut(&[&str]) -> Result<Vec<Vec<Claim>>, E>,
    mut take: impl FnMut(Vec<Event>) -> Result<(), E>,
) -> Result<Situation, E> {
    let pile = Pile::new(heads.iter().collect());
    let assembly = Assembly::new(&pile);
    let hand = Hand::default();
    let mut ranks = Vec::with_capacity(linked.clusters.len());
    let all: Vec<usize> = (0..linked.clusters.len()).collect();
    for chunk in linked.runs(&all) {
        let part = Part::open(heads, linked, chunk, &mut open)?;
        ranks.extend(part.map(|pile, claims| rank(pile, &hand, &assembly.origins(pile), claims)));
    }
    let mut order = all;
    order.sort_by(|&one, &other| ranks[one].cmp(&ranks[other]));
    drop(ranks);
    for chunk in linked.runs(&order) {
        let part = Part::open(heads, linked, chunk, &mut open)?;
        take(part.map(|pile, claims| put_together(pile, &hand, &assembly.origins(pile), claims)))?;
    }
    Ok(assembly.rest(&pile))
}

/// Some events, with the readings of their reports whole.
struct Part<'a> {
    heads: &'a [Reading],
    /// Sorted by id.
    whole: Vec<(usize, Reading)>,
    /// The claims of each event, as the part numbers them.
    clusters: Vec<Vec<u32>>,
}

impl<'a> Part<'a> {
    fn open<E>(
        heads: &'a [Reading],
        linked: &Linked,
        clusters: &[usize],
        open: &mut impl FnMut(&[&str]) -> Result<Vec<Vec<Claim>>, E>,
    ) -> Result<Self, E> {
        let clusters = || clusters.iter().map(|&cluster| &linked.clusters[cluster]);
        let reports: BTreeSet<usize> = clusters().flatten().map(|&claim| linked.report(claim)).collect();
        let ids: Vec<&str> = reports.iter().map(|&report| heads[report].id.as_str()).collect();
        let opened = reports.iter().zip(open(&ids)?);
        let whole = opened.map(|(&report, claims)| (report, Reading { claims, ..heads[report].clone() }));
        let whole: Vec<_> = whole.collect();
        let starts = starts(whole.iter().map(|(_, reading)| members(reading).len()));
        let number = |&claim: &u32| {
            let report = linked.report(claim);
            let place = whole.partition_point(|(other, _)| *other < report);
            starts[place] + claim - linked.starts[report]
        };
        let clusters = clusters().map(|claims| claims.iter().map(number).collect()).collect();
        Ok(Self { heads, whole, clusters })
    }

    /// What a function makes of each event, given a pile that has its claims.
    fn map<T: Send>(&self, function: impl Fn(&Pile<'_>, &[u32]) -> T + Sync) -> Vec<T> {
        let mut readings: Vec<&Reading> = self.heads.iter().collect();
        self.whole.iter().for_each(|(report, reading)| readings[*report] = reading);
        let pile = Pile::new(readings);
        parallel::map(self.clusters.len(), |cluster| function(&pile, &self.clusters[cluster]))
    }
}
