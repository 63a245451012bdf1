//! *What binds an undated report to a dated one?* The same sentences, the same events, or the same words.

use std::collections::BTreeMap;

use annalist_schema::DayInterval;

use crate::event::Index;
use crate::pile::Pile;
use crate::situation::Reprints;

use super::own_day;
use super::shape::{self, Shape};

/// From so much likeness on, two reports tell one story.
const SAME_STORY: f64 = 0.4;
/// From so many common events on, too.
const SAME_EVENTS: usize = 3;
/// A quotation in a reason is at most so long.
const MOST_CHARS: usize = 90;

/// What is shared by whom.
pub(crate) struct Ledger<'a> {
    pub pile: &'a Pile<'a>,
    pub clusters: &'a [Vec<u32>],
    pub index: &'a Index<'a>,
    /// Of each claim: its event.
    event_of: Vec<u32>,
    /// Of each report that others print too: the group.
    group_of: BTreeMap<u32, &'a [u32]>,
}

/// An undated report is bound to a dated one.
pub(crate) struct Tie {
    /// The dated one.
    report: u32,
    /// Its days.
    pub days: DayInterval,
    is_reprint: bool,
    /// Between 0 and 1.
    likeness: f64,
    /// Events that both tell of: the undated report's claims.
    events: Vec<u32>,
}

impl<'a> Ledger<'a> {
    pub fn new(
        pile: &'a Pile<'a>,
        clusters: &'a [Vec<u32>],
        reprints: &'a Reprints,
        index: &'a Index<'a>,
    ) -> Self {
        let mut event_of = vec![0; pile.members.len()];
        for (event, claims) in (0_u32..).zip(clusters) {
            claims.iter().for_each(|&claim| event_of[claim as usize] = event);
        }
        let group_of = |group: &'a Vec<u32>| group.iter().map(move |&report| (report, group.as_slice()));
        let group_of = reprints.groups.iter().flat_map(group_of).collect();
        Self { pile, clusters, index, event_of, group_of }
    }

    /// The claims of other reports with a date on the event of a claim.
    pub fn others(&self, claim: u32) -> impl Iterator<Item = (u32, DayInterval)> {
        let own = self.report(claim);
        let claims = self.clusters[self.event_of[claim as usize] as usize].iter().copied();
        let others = claims.filter(move |&other| self.report(other) != own);
        others.filter_map(|other| Some((other, own_day(self.pile, self.report(other))?)))
    }

    pub fn report(&self, claim: u32) -> u32 {
        self.pile.members[claim as usize].report
    }

    /// What binds a report to each dated one, in their order.
    pub fn ties(&self, report: u32) -> Vec<Tie> {
        let mut ties: BTreeMap<u32, Tie> = BTreeMap::new();
        let group = self.group_of.get(&report).copied().unwrap_or_default();
        for &other in group.iter().filter(|&&other| other != report) {
            self.tie(&mut ties, other, |tie| tie.is_reprint = true);
        }
        for claim in self.index.claims(report) {
            let mut others: Vec<_> = self.others(claim).map(|(other, _)| self.report(other)).collect();
            others.dedup();
            others.iter().for_each(|&other| self.tie(&mut ties, other, |tie| tie.events.push(claim)));
        }
        for other in self.index.neighbours(report) {
            let likeness =
                self.index.cards[report as usize].head.cosine(&self.index.cards[other as usize].head);
            self.tie(&mut ties, other, |tie| tie.likeness = likeness);
        }
        ties.into_values().collect()
    }

    fn tie(&self, ties: &mut BTreeMap<u32, Tie>, report: u32, with: impl FnOnce(&mut Tie)) {
        let Some(days) = own_day(self.pile, report) else { return };
        let none = Tie { report, days, is_reprint: false, likeness: 0.0, events: Vec::new() };
        with(ties.entry(report).or_insert(none));
    }

    /// A report by its id and its days.
    pub fn name(&self, report: u32) -> String {
        let days = own_day(self.pile, report).map(|days| format!(" of {}", days.format()));
        format!("report {}{}", self.pile.readings[report as usize].id, days.unwrap_or_default())
    }

    /// The sentence of a claim.
    pub fn quote(&self, claim: u32) -> String {
        let quote = &self.pile.claim(claim).key.quote;
        match quote.char_indices().nth(MOST_CHARS) {
            Some((end, _)) => format!("“{} …”", quote[..end].trim_end()),
            None => format!("“{quote}”"),
        }
    }
}

impl Tie {
    /// How the days of such reports lie to each other.
    pub fn shape(&self) -> &'static Shape {
        match self {
            _ if self.is_reprint => &shape::REPRINT,
            _ if self.likeness >= SAME_STORY || self.events.len() >= SAME_EVENTS => &shape::SAME_STORY,
            _ => &shape::SAME_SUBJECT,
        }
    }

    /// How much it counts beside others.
    pub fn weight(&self) -> f64 {
        let reprint = if self.is_reprint { shape::REPRINT_WEIGHT } else { 0.0 };
        let events = shape::EVENT_WEIGHT * self.events.len() as f64;
        reprint + events + shape::ALIKE_WEIGHT * (self.likeness * 10.0).powi(2)
    }

    /// For people.
    pub fn why(&self, ledger: &Ledger<'_>, _: u32) -> String {
        let other = ledger.name(self.report);
        match self.events.first() {
            _ if self.is_reprint => format!("prints the same sentences as {other}"),
            Some(&claim) => format!("tells of the same as {other}: {}", ledger.quote(claim)),
            None => format!("is on the subject of {other}"),
        }
    }
}
