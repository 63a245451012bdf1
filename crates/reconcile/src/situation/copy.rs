//! *Who copied from whom?* Reports that print the same sentences have one origin, not two.

use std::collections::{BTreeMap, HashMap};

use annalist_schema::{Copy, Reading};

use crate::pile::{Pile, published};
use crate::union::Union;

/// A report is a copy if this share of the shorter one's sentences stands in the other.
const MIN_CONTAINMENT: f64 = 0.6;

/// Where the sentences of a pile were first printed.
pub(crate) struct Copies {
    /// Of each report: the earliest report of its group of copies, itself if there is none.
    original: Vec<u32>,
    /// Of each sentence's hash: the earliest report that prints it.
    first: HashMap<u64, u32>,
}

impl Copies {
    /// The copies of a pile, and the groups as rows.
    pub fn find(pile: &Pile<'_>) -> (Self, Vec<Copy>) {
        let printed = reports_of_sentences(pile);
        let groups = groups(pile, &printed);
        let mut original: Vec<u32> = (0..pile.readings.len() as u32).collect();
        for group in &groups {
            let earliest = earliest(pile, group);
            group.iter().for_each(|&report| original[report as usize] = earliest);
        }
        let rows = groups.iter().map(|group| row(pile, group, &printed)).collect();
        let first = printed.iter().map(|(&hash, reports)| (hash, earliest(pile, reports))).collect();
        (Self { original, first }, rows)
    }

    /// The report that a report, or one sentence of it, goes back to.
    pub fn origin(&self, pile: &Pile<'_>, report: u32, sentence: Option<u32>) -> u32 {
        let hashes = &pile.readings[report as usize].fingerprint.sentences;
        let hash = sentence.and_then(|sentence| hashes.get(sentence as usize));
        let first = hash.and_then(|hash| self.first.get(hash)).copied();
        self.original[first.unwrap_or(report) as usize]
    }
}

/// Hashes of sentences long enough to tell, with the reports that print them; only those of more than one report.
fn reports_of_sentences(pile: &Pile<'_>) -> BTreeMap<u64, Vec<u32>> {
    let mut printed: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (report, reading) in pile.readings.iter().enumerate() {
        for hash in telling(reading) {
            let reports = printed.entry(hash).or_default();
            if reports.last() != Some(&(report as u32)) {
                reports.push(report as u32);
            }
        }
    }
    printed.retain(|_, reports| reports.len() > 1);
    printed
}

fn telling(reading: &Reading) -> impl Iterator<Item = u64> {
    reading.fingerprint.sentences.iter().copied().filter(|&hash| hash != 0)
}

/// Groups of copies. A sentence binds each of its reports to the first and to the next, which is enough to find a group
/// and keeps the cost of a sentence that everybody prints linear.
fn groups(pile: &Pile<'_>, printed: &BTreeMap<u64, Vec<u32>>) -> Vec<Vec<u32>> {
    let mut n_shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for reports in printed.values() {
        let neighbours = reports.windows(2).map(|pair| (pair[0], pair[1]));
        let with_first = reports.iter().skip(2).map(|&report| (reports[0], report));
        neighbours.chain(with_first).for_each(|pair| *n_shared.entry(pair).or_default() += 1);
    }
    let n_sentences = |report: u32| distinct(pile.readings[report as usize]);
    let mut union = Union::new(pile.readings.len());
    for ((one, other), n_shared) in n_shared {
        let n_shorter = n_sentences(one).min(n_sentences(other));
        if f64::from(n_shared) >= MIN_CONTAINMENT * n_shorter as f64 {
            union.join(one, other);
        }
    }
    union.sets().into_iter().filter(|group| group.len() > 1).collect()
}

fn distinct(reading: &Reading) -> usize {
    let mut hashes: Vec<_> = telling(reading).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.len()
}

/// By day of publication, then by id; a report without a day comes last.
fn earliest(pile: &Pile<'_>, reports: &[u32]) -> u32 {
    let day = |report: u32| {
        let days = published(pile.readings[report as usize]);
        (days.is_none(), days.map(|days| days.earliest), report)
    };
    reports.iter().copied().min_by_key(|&report| day(report)).unwrap_or_default()
}

fn row(pile: &Pile<'_>, group: &[u32], printed: &BTreeMap<u64, Vec<u32>>) -> Copy {
    let is_shared = |hash: u64| {
        let in_group = |reports: &Vec<u32>| {
            reports.iter().filter(|&report| group.binary_search(report).is_ok()).count() > 1
        };
        printed.get(&hash).is_some_and(in_group)
    };
    let sentences = |report: u32| {
        let reading = pile.readings[report as usize];
        let shared = reading.fingerprint.sentences.iter().enumerate();
        let shared = shared.filter(|(_, hash)| is_shared(**hash));
        shared.map(|(index, _)| (reading.id.clone(), index as u32)).collect::<Vec<_>>()
    };
    Copy {
        reports: group.iter().map(|&report| pile.readings[report as usize].id.clone()).collect(),
        sentences: group.iter().flat_map(|&report| sentences(report)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::Fingerprint;

    use super::*;

    fn check(reports: &[&[u64]], expected: &[&[&str]], origins: &[u32]) {
        let reading = |(index, sentences): (usize, &&[u64])| Reading {
            id: index.to_string(),
            fingerprint: Fingerprint { sentences: sentences.to_vec(), ..Fingerprint::default() },
            ..Reading::default()
        };
        let readings: Vec<_> = reports.iter().enumerate().map(reading).collect();
        let pile = Pile::new(&readings);
        let (copies, rows) = Copies::find(&pile);
        let groups: Vec<_> = rows.iter().map(|row| row.reports.clone()).collect();
        assert_eq!(groups, expected);
        let first_sentences = (0..reports.len() as u32).map(|report| copies.origin(&pile, report, Some(0)));
        assert_eq!(first_sentences.collect::<Vec<_>>(), origins);
    }

    #[test]
    fn a_reprint_shares_most_sentences() {
        check(&[&[1, 2, 3], &[1, 2, 3, 4, 5, 6], &[7, 8]], &[&["0", "1"]], &[0, 0, 2]);
        check(&[&[0, 0], &[0, 0]], &[], &[0, 1]);
    }

    #[test]
    fn one_quoted_sentence_makes_no_copy_but_has_one_origin() {
        check(&[&[1, 2, 3, 4], &[1, 5, 6, 7]], &[], &[0, 0]);
    }
}
