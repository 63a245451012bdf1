//! *Which reports are most like a report?* Those near it on the shelves of its heaviest words are compared in full.

use std::cmp::{Ordering, Reverse};

use serde::{Deserialize, Serialize};

use super::shelf::{Place, Shelves};
use super::word::Word;

/// Words by which neighbours of a report are looked for, and how many reports are looked at on either side.
const N_SEEDS: usize = 16;
const REPORT_WINDOW: usize = 16;
/// Reports found by most of these words are compared in full.
const MAX_CANDIDATES: usize = 48;
/// Neighbours kept of a report.
const MAX_NEIGHBOURS: usize = 20;
/// Reports less alike than this are no neighbours.
const MIN_COSINE: f64 = 0.08;
/// Bytes of a word and its weight.
const TERM: usize = 8;

/// Order on a shelf of reports: by day of publication, then free of arrival.
type ReportRank = (i32, u64);

/// What tells how alike a report is to others.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// A number that stands for the report's id: what is sorted by it does not depend on arrival.
    pub mark: u64,
    /// Days since 1970 of its publication; those without a day come last.
    pub day: i32,
    /// Content words of the report with their weights, sorted, a vector of length one.
    pub vector: Box<[(Word, f32)]>,
}

impl Head {
    /// How alike two reports are: the cosine of their content words, rare ones weighing more; between 0 and 1.
    pub fn cosine(&self, other: &Self) -> f64 {
        dot(&self.vector, &other.vector)
    }

    /// The `n` heaviest words.
    pub fn heaviest(&self, n: usize) -> Vec<Word> {
        let mut terms = self.vector.to_vec();
        terms.sort_unstable_by(by_weight);
        terms.into_iter().take(n).map(|(word, _)| word).collect()
    }

    /// To be kept: the heaviest words come first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(SEEDS.end + TERM * self.vector.len());
        bytes.extend(self.mark.to_le_bytes());
        bytes.extend(self.day.to_le_bytes());
        let mut seeds = self.heaviest(N_SEEDS);
        bytes.extend((seeds.len() as u32).to_le_bytes());
        seeds.resize(N_SEEDS, Word::from_bits(0));
        seeds.iter().for_each(|word| bytes.extend(word.bits().to_le_bytes()));
        for (word, weight) in &self.vector {
            bytes.extend(word.bits().to_le_bytes());
            bytes.extend(weight.to_le_bytes());
        }
        bytes
    }
}

/// Where the heaviest words lie in the bytes of a head.
const SEEDS: std::ops::Range<usize> = 16..16 + 4 * N_SEEDS;

/// A head that is kept, of which no more is read than is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptHead<'a>(&'a [u8]);

impl<'a> KeptHead<'a> {
    /// Of what [`Head::to_bytes`] gave; `None` for other bytes.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let has_length = bytes.len() >= SEEDS.end && (bytes.len() - SEEDS.end).is_multiple_of(TERM);
        has_length.then_some(Self(bytes))
    }

    fn mark(self) -> u64 {
        self.0.first_chunk().copied().map_or(0, u64::from_le_bytes)
    }

    fn number(self, start: usize) -> u32 {
        self.0.get(start..).and_then(|bytes| bytes.first_chunk()).copied().map_or(0, u32::from_le_bytes)
    }

    fn seeds(self) -> Vec<Word> {
        let n_seeds = (self.number(12) as usize).min(N_SEEDS);
        (0..n_seeds).map(|seed| Word::from_bits(self.number(SEEDS.start + 4 * seed))).collect()
    }

    fn vector(self) -> Vec<(Word, f32)> {
        let starts = (SEEDS.end..self.0.len()).step_by(TERM);
        starts
            .map(|start| (Word::from_bits(self.number(start)), f32::from_bits(self.number(start + 4))))
            .collect()
    }
}

/// What is asked of a head, kept or not.
pub(crate) trait Alike {
    /// See [`Head::mark`].
    fn mark(&self) -> u64;
    /// See [`Head::day`].
    fn day(&self) -> i32;
    /// The heaviest words.
    fn seeds(&self) -> Vec<Word>;
    /// See [`Head::cosine`].
    fn cosine(&self, other: &Self) -> f64;
}

impl Alike for &Head {
    fn mark(&self) -> u64 {
        self.mark
    }

    fn day(&self) -> i32 {
        self.day
    }

    fn seeds(&self) -> Vec<Word> {
        self.heaviest(N_SEEDS)
    }

    fn cosine(&self, other: &Self) -> f64 {
        Head::cosine(self, other)
    }
}

impl Alike for KeptHead<'_> {
    fn mark(&self) -> u64 {
        KeptHead::mark(*self)
    }

    fn day(&self) -> i32 {
        self.number(8).cast_signed()
    }

    fn seeds(&self) -> Vec<Word> {
        KeptHead::seeds(*self)
    }

    fn cosine(&self, other: &Self) -> f64 {
        dot(&self.vector(), &other.vector())
    }
}

fn places<A: Alike>(head: &A, report: u32) -> impl Iterator<Item = Place<ReportRank>> + use<A> {
    let rank = (head.day(), head.mark());
    head.seeds().into_iter().map(move |word| Place { key: word.number(), rank, item: report })
}

pub(crate) fn by_weight(one: &(Word, f32), other: &(Word, f32)) -> Ordering {
    other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
}

fn dot(one: &[(Word, f32)], other: &[(Word, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(left, x)), Some(&(right, y))) = (one.get(i), other.get(j)) {
        if left == right {
            sum += x * y;
        }
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    f64::from(sum)
}

/// Reports by number, each found by its words.
pub(crate) struct Kin<A> {
    heads: Vec<A>,
    shelves: Shelves<ReportRank>,
}

impl<A: Alike> Kin<A> {
    pub fn new(heads: Vec<A>) -> Self {
        let places = (0_u32..).zip(&heads).flat_map(|(report, head)| places(head, report)).collect();
        Self { shelves: Shelves::new(places), heads }
    }

    /// The reports most like one, most alike first; as if there were no report `hidden`.
    pub fn neighbours(&self, report: u32, hidden: Option<u32>) -> Vec<u32> {
        let head = &self.heads[report as usize];
        let mut found = self.around(report, hidden);
        let mark = |other: u32| self.heads[other as usize].mark();
        found.sort_unstable();
        let mut candidates: Vec<_> =
            found.chunk_by(|one, other| one == other).map(|found| (Reverse(found.len()), found[0])).collect();
        if candidates.len() > MAX_CANDIDATES {
            let rank = |&(n_words, other): &(Reverse<usize>, u32)| (n_words, mark(other));
            candidates.select_nth_unstable_by_key(MAX_CANDIDATES, rank);
            candidates.truncate(MAX_CANDIDATES);
        }
        let cosine = |other: u32| (head.cosine(&self.heads[other as usize]), other);
        let mut ranked: Vec<_> = candidates.into_iter().map(|(_, other)| cosine(other)).collect();
        ranked.retain(|(cosine, _)| *cosine >= MIN_COSINE);
        ranked.sort_unstable_by(|one, other| other.0.total_cmp(&one.0).then(mark(one.1).cmp(&mark(other.1))));
        ranked.into_iter().take(MAX_NEIGHBOURS).map(|(_, other)| other).collect()
    }

    /// The other reports that have other neighbours with a report than without it, each with those and these.
    pub fn moved_by(&self, report: u32) -> Vec<(u32, Vec<u32>, Vec<u32>)> {
        let mut near = self.around(report, None);
        near.sort_unstable();
        near.dedup();
        let moved = |other: u32| {
            let (with, without) = (self.neighbours(other, None), self.neighbours(other, Some(report)));
            (with != without).then_some((other, with, without))
        };
        near.into_iter().filter_map(moved).collect()
    }

    /// Reports near one on its shelves; one may come more than once.
    fn around(&self, report: u32, hidden: Option<u32>) -> Vec<u32> {
        let places = places(&self.heads[report as usize], report);
        let near =
            |place: Place<ReportRank>| self.shelves.around(&place, REPORT_WINDOW, hidden).collect::<Vec<_>>();
        places.flat_map(near).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(id: u64, text: &str) -> Head {
        let mut vector: Vec<_> = text.split(' ').map(|word| (Word::new(word), 0.5)).collect();
        vector.sort_by_key(|term| term.0);
        Head { mark: id, day: 0, vector: vector.into() }
    }

    #[test]
    fn is_kept_as_bytes() {
        let (one, other) = (head(7, "flood bridge elbe"), head(8, "flood bridge dam"));
        let (bytes, other_bytes) = (one.to_bytes(), other.to_bytes());
        let (kept, other_kept) = (KeptHead::new(&bytes).unwrap(), KeptHead::new(&other_bytes).unwrap());
        assert_eq!((kept.mark(), kept.day(), kept.seeds()), (7, 0, one.heaviest(N_SEEDS)));
        assert_eq!(Alike::cosine(&kept, &other_kept), one.cosine(&other));
        assert!(KeptHead::new(&[1, 2, 3]).is_none());
    }

    #[test]
    fn a_report_moves_those_that_it_is_like() {
        let heads = [head(1, "flood bridge"), head(2, "vote strike"), head(3, "flood elbe")];
        let kin = Kin::new(heads.iter().collect());
        assert_eq!((kin.neighbours(2, None), kin.moved_by(2)), (vec![0], vec![(0, vec![2], vec![])]));
        assert_eq!((kin.neighbours(1, None), kin.moved_by(1)), (vec![], vec![]));
    }
}
