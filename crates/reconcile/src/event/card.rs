//! *What does linking know of a report?* Everything follows from its reading alone and can be kept beside it.

use std::cmp::Ordering;

use annalist_schema::Reading;

use crate::pile::{members, published};
use crate::same::name::hash;

use super::profile::Profile;
use super::word::Word;

/// Words a report is compared by: its heaviest.
const MAX_TERMS: usize = 96;

/// A report, ready for comparing.
#[derive(Debug)]
pub(crate) struct Card {
    /// A number that stands for the report's id: what is sorted by it does not depend on arrival.
    pub mark: u64,
    /// Days since 1970 of its publication; those without a day come last.
    pub day: i32,
    /// Content words of the report with their weights, sorted, a vector of length one.
    pub vector: Box<[(Word, f32)]>,
    /// Its claims, in the order of their ids.
    pub claims: Box<[Profile]>,
    /// Lemmas of its triggers, sorted.
    pub lemmas: Box<[Word]>,
}

impl Card {
    pub fn new(reading: &Reading) -> Self {
        let claims: Box<[_]> = members(reading).into_iter().map(Profile::new).collect();
        let mut lemmas: Vec<_> = claims.iter().filter_map(|claim| claim.lemma).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        Self {
            mark: hash(&reading.id),
            day: published(reading).map_or(i32::MAX, |days| day_number(days.earliest)),
            vector: unit_vector(terms(reading)),
            claims,
            lemmas: lemmas.into(),
        }
    }

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
}

/// Days since 1970.
pub(crate) fn day_number(day: jiff::civil::Date) -> i32 {
    (day - jiff::civil::date(1970, 1, 1)).get_days()
}

/// The report's content words, or those of its claims' sentences where the reader gave none, with their weights.
fn terms(reading: &Reading) -> Vec<(Word, f32)> {
    let weigh = |term: &str, count: u32| {
        let word = Word::new(term);
        (word, ((1.0 + f64::from(count.max(1)).ln()) * word.rarity_in_reports()) as f32)
    };
    let terms = &reading.fingerprint.terms;
    if !terms.is_empty() {
        return terms.iter().map(|(term, count)| weigh(term, *count)).collect();
    }
    let words = reading.claims.iter().flat_map(|claim| &claim.key.words);
    let mut terms: Vec<_> = words.map(|word| weigh(word, 1)).collect();
    terms.sort_by_key(|term| term.0);
    terms.dedup_by_key(|term| term.0);
    terms
}

fn by_weight(one: &(Word, f32), other: &(Word, f32)) -> Ordering {
    other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
}

/// The heaviest terms, sorted, scaled to length one.
fn unit_vector(mut terms: Vec<(Word, f32)>) -> Box<[(Word, f32)]> {
    terms.sort_by(by_weight);
    terms.truncate(MAX_TERMS);
    terms.sort_by_key(|term| term.0);
    terms.dedup_by_key(|term| term.0);
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    if length > 0.0 {
        terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
    terms.into()
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

#[cfg(test)]
mod tests {
    use annalist_schema::Fingerprint;

    use super::*;

    fn card(text: &str) -> Card {
        let mut terms: Vec<_> = text.split(' ').map(|word| (word.to_owned(), 1)).collect();
        terms.sort();
        let fingerprint = Fingerprint { terms, ..Fingerprint::default() };
        Card::new(&Reading { fingerprint, ..Reading::default() })
    }

    #[test]
    fn likes_what_shares_rare_words() {
        let report = card("flood bridge elbe");
        assert!((report.cosine(&report) - 1.0).abs() < 1e-6);
        assert!(report.cosine(&card("elbe dam")) > report.cosine(&card("bridge dam")));
        assert_eq!(report.cosine(&card("election vote")), 0.0);
        assert_eq!(report.heaviest(1), [Word::new("elbe")]);
    }
}
