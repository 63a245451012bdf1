//! *Which pairs of claims are worth comparing?*
//!
//! Two ways lead to a pair: the reports are alike and the triggers related, or the claims share a key such as type,
//! parties and day. Both are capped per claim, so the number of pairs grows as the number of claims does.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::likeness::Likeness;
use super::profile::{Profile, Profiles, shared};

/// Inside a block each claim meets this many of those that follow it.
const WINDOW: usize = 12;
/// Pairs that neighbouring reports give one claim at most.
const MAX_FROM_NEIGHBOURS: usize = 64;
/// A claim's rarest argument words that become keys.
const N_RARE_WORDS: usize = 2;

/// Pairs `(smaller, larger)` of claim indices, sorted, each once.
pub(crate) fn pairs(profiles: &Profiles, likeness: &Likeness) -> Vec<(u32, u32)> {
    let mut pairs = from_neighbours(profiles, likeness);
    pairs.extend(from_keys(profiles));
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Claims of like reports, and of the same report, whose triggers are related.
fn from_neighbours(profiles: &Profiles, likeness: &Likeness) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for (claim_idx, claim) in profiles.claims.iter().enumerate() {
        let claim_idx = claim_idx as u32;
        let reports =
            [claim.report].into_iter().chain(likeness.neighbours[claim.report as usize].iter().copied());
        let others = reports.flat_map(|report| profiles.of_report[report as usize].clone());
        let related = others
            .filter(|&other| other != claim_idx && are_related(claim, &profiles.claims[other as usize]));
        pairs.extend(related.take(MAX_FROM_NEIGHBOURS).map(|other| ordered(claim_idx, other)));
    }
    pairs
}

/// Whether the triggers alone leave it open that two claims speak of one event.
fn are_related(one: &Profile, other: &Profile) -> bool {
    (one.lemma.is_some() && one.lemma == other.lemma)
        || (one.event_type.is_some() && one.event_type == other.event_type)
        || (one.root.is_some() && one.root == other.root)
        || shared(&one.senses, &other.senses).next().is_some()
        || shared(&one.arguments, &other.arguments).nth(1).is_some()
}

/// Claims with a key in common; a large block is sorted and each claim meets its neighbours in it.
fn from_keys(profiles: &Profiles) -> Vec<(u32, u32)> {
    let mut blocks: HashMap<u64, Vec<u32>> = HashMap::new();
    for (claim_idx, claim) in profiles.claims.iter().enumerate() {
        for key in keys(claim, profiles) {
            blocks.entry(key).or_default().push(claim_idx as u32);
        }
    }
    let mut pairs = Vec::new();
    for mut block in blocks.into_values().filter(|block| block.len() > 1) {
        block.sort_unstable_by_key(|&claim_idx| {
            let claim = &profiles.claims[claim_idx as usize];
            (claim.days, claim.lemma, claim_idx)
        });
        for (position, &claim_idx) in block.iter().enumerate() {
            let followers = block[position + 1..].iter().take(WINDOW);
            pairs.extend(followers.map(|&other| ordered(claim_idx, other)));
        }
    }
    pairs
}

fn ordered(one: u32, other: u32) -> (u32, u32) {
    (one.min(other), one.max(other))
}

fn keys(claim: &Profile, profiles: &Profiles) -> Vec<u64> {
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
        // Both days that a claim may be off by one from share a block with it.
        for day in [days.earliest, days.latest.tomorrow().unwrap_or(days.latest)] {
            keys.push(key(("day", event_type, &countries, day)));
        }
    }
    for &word in &rarest(&claim.arguments, profiles) {
        keys.push(key(("word", word, claim.event_type, claim.event_type.is_none().then_some(claim.lemma))));
    }
    for (what, range) in claim.figures.iter().filter(|(_, range)| range.low.is_finite() && range.low >= 10.0)
    {
        keys.push(key(("figure", what, range.low.to_bits())));
    }
    keys
}

fn rarest(words: &[u32], profiles: &Profiles) -> Vec<u32> {
    let mut words = words.to_vec();
    words.sort_by(|&one, &other| {
        profiles.rarity(other).total_cmp(&profiles.rarity(one)).then(one.cmp(&other))
    });
    words.truncate(N_RARE_WORDS);
    words
}

/// `DefaultHasher` with its fixed keys: blocks may differ between builds of the compiler, pairs hardly ever.
fn key(parts: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    hasher.finish()
}
