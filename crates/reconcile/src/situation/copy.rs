//! *Who copied from whom?* Reports that print the same sentences have one origin, not two.

use annalist_schema::{Copy, Reading};

use crate::pile::{Pile, published};
use crate::union::Union;

/// A report is a copy if this share of the shorter one's sentences stands in the other.
const MIN_CONTAINMENT: f64 = 0.6;

/// Reports after one that a sentence binds it to, besides the first that prints it.
const WINDOW: usize = 3;

/// Which reports print the same, whenever they were published.
pub(crate) struct Reprints {
    printed: Printed,
    /// Groups of copies, each sorted.
    pub groups: Vec<Vec<u32>>,
}

impl Reprints {
    /// The reprints of a pile.
    pub fn find(pile: &Pile<'_>) -> Self {
        let printed = Printed::new(pile);
        let groups = groups(pile, &printed);
        Self { printed, groups }
    }
}

/// Where the sentences of a pile were first printed.
pub(crate) struct Copies {
    /// Of each report: the earliest report of its group of copies, itself if there is none.
    original: Vec<u32>,
    /// Hashes of sentences, sorted, each with the earliest report that prints it.
    first: Vec<(u64, u32)>,
}

impl Copies {
    /// The copies of a pile, and the groups as rows.
    pub fn find(pile: &Pile<'_>) -> (Self, Vec<Copy>) {
        let Reprints { printed, groups } = &Reprints::find(pile);
        let mut original: Vec<u32> = (0..pile.readings.len() as u32).collect();
        for group in groups {
            let earliest = earliest(pile, group.iter().copied());
            group.iter().for_each(|&report| original[report as usize] = earliest);
        }
        let rows = groups.iter().map(|group| row(pile, group, printed)).collect();
        let first = |print: &[Print]| (print[0].0, earliest(pile, print.iter().map(|print| print.1)));
        let first = printed.sentences().map(first).collect();
        (Self { original, first }, rows)
    }

    /// The report that a report, or one sentence of it, goes back to.
    pub fn origin(&self, pile: &Pile<'_>, report: u32, sentence: Option<u32>) -> u32 {
        let hashes = &pile.readings[report as usize].fingerprint.sentences;
        let hash = sentence.and_then(|sentence| hashes.get(sentence as usize));
        let found = hash.and_then(|hash| self.first.binary_search_by_key(hash, |first| first.0).ok());
        let first = found.map(|index| self.first[index].1);
        self.original[first.unwrap_or(report) as usize]
    }
}

/// What a report changes for others that share sentences with it, directly or through others; `readings` are all of
/// these, sorted by id. Ids of the other reports of which something goes back to another report with it than without, and
/// of the first report of each group of copies that there is with it or without.
pub fn redirected(readings: &[Reading], without: &str) -> (Vec<String>, Vec<String>) {
    let rest: Vec<_> = readings.iter().filter(|reading| reading.id != without).collect();
    let (before, after) = (Pile::new(rest), Pile::new(readings.iter().collect()));
    let ((old, groups_before), (new, groups_after)) = (Copies::find(&before), Copies::find(&after));
    let origins = |copies: &Copies, pile: &Pile<'_>, report: u32| -> Vec<String> {
        let n_sentences = pile.readings[report as usize].fingerprint.sentences.len() as u32;
        let sentences = (0..n_sentences).map(Some).chain([None]);
        let origins = sentences.map(|sentence| copies.origin(pile, report, sentence));
        origins.map(|origin| pile.readings[origin as usize].id.clone()).collect()
    };
    let number = |id: &str| after.readings.partition_point(|reading| &*reading.id < id) as u32;
    let is_moved = |&report: &u32| {
        let id = &before.readings[report as usize].id;
        origins(&old, &before, report) != origins(&new, &after, number(id))
    };
    let moved = (0..before.readings.len() as u32).filter(is_moved);
    let first = |copy: Copy| copy.reports.into_iter().next();
    (
        moved.map(|report| before.readings[report as usize].id.clone()).collect(),
        groups_before.into_iter().chain(groups_after).filter_map(first).collect(),
    )
}

/// A sentence by its hash, and a report that prints it.
type Print = (u64, u32);

/// Sentences long enough to tell that more than one report prints, sorted.
struct Printed(Vec<Print>);

impl Printed {
    fn new(pile: &Pile<'_>) -> Self {
        let of_report =
            |(report, reading): (u32, &&Reading)| telling(reading).map(move |hash| (hash, report)).collect();
        let mut prints =
            (0_u32..).zip(&pile.readings).flat_map::<Vec<Print>, _>(of_report).collect::<Vec<_>>();
        prints.sort_unstable();
        prints.dedup();
        let shared = prints.chunk_by(|one, other| one.0 == other.0).filter(|prints| prints.len() > 1);
        Self(shared.flatten().copied().collect())
    }

    /// The prints of each sentence.
    fn sentences(&self) -> impl Iterator<Item = &[Print]> {
        self.0.chunk_by(|one, other| one.0 == other.0)
    }

    /// The prints of one sentence; none if only one report prints it.
    fn of(&self, hash: u64) -> &[Print] {
        let start = self.0.partition_point(|print| print.0 < hash);
        let len = self.0[start..].iter().take_while(|print| print.0 == hash).count();
        &self.0[start..start + len]
    }
}

fn telling(reading: &Reading) -> impl Iterator<Item = u64> {
    reading.fingerprint.sentences.iter().copied().filter(|&hash| hash != 0)
}

/// Groups of copies. A sentence proposes to compare each of its reports with the first and with the next few, which is
/// enough to find a group and keeps the cost of a sentence that everybody prints linear.
fn groups(pile: &Pile<'_>, printed: &Printed) -> Vec<Vec<u32>> {
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for prints in printed.sentences() {
        for (position, &(_, report)) in prints.iter().enumerate() {
            let next = prints.iter().skip(position + 1).take(WINDOW);
            pairs.extend(next.map(|&(_, other)| (report, other)));
            if position > WINDOW {
                pairs.push((prints[0].1, report));
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut union = Union::new(pile.readings.len());
    for (one, other) in pairs {
        if are_copies(pile.readings[one as usize], pile.readings[other as usize]) {
            union.join(one, other);
        }
    }
    union.sets().into_iter().filter(|group| group.len() > 1).collect()
}

fn are_copies(one: &Reading, other: &Reading) -> bool {
    let (one, other) = (distinct(one), distinct(other));
    let n_shared = one.iter().filter(|hash| other.binary_search(hash).is_ok()).count();
    n_shared as f64 >= MIN_CONTAINMENT * one.len().min(other.len()) as f64
}

/// Sorted.
fn distinct(reading: &Reading) -> Vec<u64> {
    let mut hashes: Vec<_> = telling(reading).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// By day of publication, then by id; a report without a day comes last.
fn earliest(pile: &Pile<'_>, reports: impl Iterator<Item = u32>) -> u32 {
    let day = |report: u32| {
        let days = published(pile.readings[report as usize]);
        (days.is_none(), days.map(|days| days.earliest), report)
    };
    reports.min_by_key(|&report| day(report)).unwrap_or_default()
}

fn row(pile: &Pile<'_>, group: &[u32], printed: &Printed) -> Copy {
    let is_shared = |hash: u64| {
        let in_group = |print: &&Print| group.binary_search(&print.1).is_ok();
        printed.of(hash).iter().filter(in_group).nth(1).is_some()
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
        let pile = Pile::new(readings.iter().collect());
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
    fn a_sentence_that_others_print_too_hides_no_copy() {
        let others: [&[u64]; 4] = [&[1, 60, 61], &[2, 70, 71], &[1, 62, 63], &[2, 72, 73]];
        let reports = [others[0], others[1], &[1, 2, 3], others[2], others[3], &[1, 2, 3, 4]];
        check(&reports, &[&["2", "5"]], &[0, 1, 0, 0, 1, 0]);
    }

    #[test]
    fn one_quoted_sentence_makes_no_copy_but_has_one_origin() {
        check(&[&[1, 2, 3, 4], &[1, 5, 6, 7]], &[], &[0, 0]);
    }
}
