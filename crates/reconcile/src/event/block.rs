//! *Which claims are worth comparing with a claim?*
//!
//! Two ways lead to a pair: the reports are alike and the triggers related, or the claims share a key such as type,
//! parties and day. Both are capped per claim, so the number of pairs grows as the number of claims does.

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash, Hasher};

use annalist_schema::DayInterval;

use super::card::{Card, day_number};
use super::kin::{Head, Kin};
use super::profile::Profile;
use super::score::Entry;
use super::shelf::{Place, Shelves};
use super::word::{Word, shared};

/// On each shelf a claim meets this many of those that follow it.
pub(crate) const WINDOW: usize = 3;
/// Bytes that all places of one shelf begin with.
pub const SHELF: usize = 8;
/// Pairs that neighbouring reports give one claim at most.
const MAX_FROM_NEIGHBOURS: usize = 22;
/// A claim's rarest argument words that become keys.
const N_RARE_WORDS: usize = 2;
/// Order on a shelf of claims: by day, so that a busy key compares what may be one event; then free of arrival.
type ClaimRank = (Option<DayInterval>, Option<Word>, u64, u32);

/// Reports and their claims, each found by what it says. A claim has the number of its report's first claim and on.
pub(crate) struct Index<'a> {
    pub cards: &'a [&'a Card],
    /// Of each report and of one more: the number of its first claim.
    starts: Vec<u32>,
    /// Of each claim: its report.
    report_of: Vec<u32>,
    kin: Kin<&'a Head>,
    claims: Shelves<ClaimRank>,
}

impl<'a> Index<'a> {
    pub fn new(cards: &'a [&'a Card]) -> Self {
        let bare = Self::without_shelves(cards);
        let claims = cards.iter().zip(&bare.starts).flat_map(|(card, &start)| claim_places(start, card));
        let claims = Shelves::new(claims.collect());
        Self { kin: Kin::new(cards.iter().map(|card| &card.head).collect()), claims, ..bare }
    }

    /// For claims whose pairs are known: nothing is found in it.
    pub fn without_shelves(cards: &'a [&'a Card]) -> Self {
        let mut starts = vec![0];
        let mut report_of = Vec::new();
        for (report, card) in cards.iter().enumerate() {
            report_of.resize(report_of.len() + card.claims.len(), report as u32);
            starts.push(report_of.len() as u32);
        }
        Self { starts, report_of, kin: Kin::new(Vec::new()), claims: Shelves::new(Vec::new()), cards }
    }

    pub fn n_claims(&self) -> usize {
        self.report_of.len()
    }

    pub fn report(&self, claim_idx: u32) -> u32 {
        self.report_of[claim_idx as usize]
    }

    pub fn claims(&self, report: u32) -> std::ops::Range<u32> {
        self.starts[report as usize]..self.starts[report as usize + 1]
    }

    /// An order of claims that does not depend on arrival.
    pub fn rank(&self, claim_idx: u32) -> (u64, u32) {
        let report = self.report(claim_idx) as usize;
        (self.cards[report].head.mark, claim_idx - self.starts[report])
    }

    pub fn entry(&self, claim_idx: u32) -> Entry<'_> {
        let card = self.cards[self.report(claim_idx) as usize];
        Entry { card, claim: self.profile(claim_idx) }
    }

    fn profile(&self, claim_idx: u32) -> &Profile {
        let report = self.report(claim_idx);
        &self.cards[report as usize].claims[(claim_idx - self.starts[report as usize]) as usize]
    }

    /// The reports most like one, most alike first.
    pub fn neighbours(&self, report: u32) -> Vec<u32> {
        self.kin.neighbours(report, None)
    }

    /// Claims to compare with a claim, given the neighbours of its report; a claim may come more than once.
    pub fn proposals(&self, claim_idx: u32, neighbours: &[u32]) -> Vec<u32> {
        let mut proposals = self.of_neighbours(claim_idx, neighbours);
        proposals.extend(self.of_shelves(claim_idx));
        proposals
    }

    /// Those that follow a claim on its shelves.
    pub fn of_shelves(&self, claim_idx: u32) -> Vec<u32> {
        let report = self.report(claim_idx);
        let (card, start) = (self.cards[report as usize], self.starts[report as usize]);
        let followers = |place: Place<ClaimRank>| self.claims.after(&place, WINDOW).collect::<Vec<_>>();
        let followers = places_of_claim(start, card, claim_idx - start).flat_map(followers);
        followers.filter(|&other| other != claim_idx).collect()
    }

    /// The report of a claim and its place in that.
    pub fn at(&self, claim_idx: u32) -> (u32, u32) {
        let report = self.report(claim_idx);
        (report, claim_idx - self.starts[report as usize])
    }

    /// Claims of like reports, and of the same report, whose triggers are related.
    pub fn of_neighbours(&self, claim_idx: u32, neighbours: &[u32]) -> Vec<u32> {
        let claim = self.profile(claim_idx);
        let reports = std::iter::once(self.report(claim_idx)).chain(neighbours.iter().copied());
        let others = reports.flat_map(|report| self.claims(report));
        let related = others.filter(|&other| other != claim_idx && are_related(claim, self.profile(other)));
        related.take(MAX_FROM_NEIGHBOURS).collect()
    }
}

/// Whether the triggers alone leave it open that two claims speak of one event.
fn are_related(one: &Profile, other: &Profile) -> bool {
    (one.lemma.is_some() && one.lemma == other.lemma)
        || (one.event_type.is_some() && one.event_type == other.event_type)
        || (one.root.is_some() && one.root == other.root)
        || shared(&one.senses, &other.senses).next().is_some()
        || shared(&one.arguments, &other.arguments).nth(1).is_some()
        || one.announces(other)
        || other.announces(one)
}

fn claim_places(start: u32, card: &Card) -> impl Iterator<Item = Place<ClaimRank>> {
    (0..card.claims.len() as u32).flat_map(move |position| places_of_claim(start, card, position))
}

fn places_of_claim(start: u32, card: &Card, position: u32) -> impl Iterator<Item = Place<ClaimRank>> {
    let claim = &card.claims[position as usize];
    let rank = (claim.days, claim.lemma, card.head.mark, position);
    keys(claim).into_iter().map(move |key| Place { key, rank, item: start + position })
}

/// The places of a claim as bytes that sort as its shelves do.
pub(crate) fn place_bytes(card: &Card, position: u32) -> impl Iterator<Item = Vec<u8>> {
    let bytes = |Place { key, rank: (days, lemma, mark, position), .. }: Place<ClaimRank>| {
        let mut bytes = key.to_be_bytes().to_vec();
        let days = days.map(|days| [day_number(days.earliest), day_number(days.latest)]);
        bytes.push(u8::from(days.is_some()));
        // Flipping the sign makes negative numbers sort before the others.
        days.unwrap_or_default().iter().for_each(|day| bytes.extend((day ^ i32::MIN).to_be_bytes()));
        bytes.push(u8::from(lemma.is_some()));
        bytes.extend(lemma.map_or(0, Word::bits).to_be_bytes());
        bytes.extend(mark.to_be_bytes());
        bytes.extend(position.to_be_bytes());
        bytes
    };
    places_of_claim(0, card, position).map(bytes)
}

/// Sorted, each once.
fn keys(claim: &Profile) -> Vec<u64> {
    let mut keys = Vec::new();
    let countries = {
        let parties = claim.actors.iter().chain(&claim.recipients);
        let mut countries: Vec<_> = parties.filter_map(|party| party.country).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    };
    if let (Some(event_type), Some(days)) = (claim.event_type, claim.days)
        && days.n_days() <= 7
    {
        // Both days that a claim may be off by one from share a shelf with it.
        for day in [days.earliest, days.latest.tomorrow().unwrap_or(days.latest)] {
            keys.push(key(("day", event_type, &countries, day)));
        }
    }
    for word in rarest(&claim.arguments) {
        keys.push(key(("word", word, claim.event_type, claim.event_type.is_none().then_some(claim.lemma))));
    }
    for (what, range) in claim.figures.iter().filter(|(_, range)| range.low.is_finite() && range.low >= 10.0)
    {
        keys.push(key(("figure", what, range.low.to_bits())));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn rarest(words: &[Word]) -> Vec<Word> {
    let mut words = words.to_vec();
    words.sort_unstable_by_key(|word| (Reverse(word.tenths()), *word));
    words.truncate(N_RARE_WORDS);
    words
}

/// `DefaultHasher` with its fixed keys: shelves may differ between builds of the compiler, pairs hardly ever.
fn key(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
