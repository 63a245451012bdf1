//! *What does linking know of a report?* Everything follows from its reading alone and can be kept beside it.

use annalist_schema::Reading;
use serde::{Deserialize, Serialize};

use crate::pile::{members, published};
use crate::same::name::hash;

use super::kin::{Head, by_weight};
use super::profile::Profile;
use super::word::Word;

/// Words a report is compared by: its heaviest.
const MAX_TERMS: usize = 96;

/// A report, ready for comparing.
#[derive(Debug, Serialize, Deserialize)]
pub struct Card {
    pub(crate) head: Head,
    /// Whether the day of publication is known, and is no guess from the report.
    pub(crate) has_day: bool,
    /// Its claims, in the order of their ids.
    pub(crate) claims: Box<[Profile]>,
    /// Lemmas of its triggers, sorted.
    pub(crate) lemmas: Box<[Word]>,
}

impl Card {
    /// What linking knows of a report.
    pub fn new(reading: &Reading) -> Self {
        let claims: Box<[_]> = members(reading).into_iter().map(Profile::new).collect();
        let mut lemmas: Vec<_> = claims.iter().filter_map(|claim| claim.lemma).collect();
        lemmas.sort_unstable();
        lemmas.dedup();
        Self {
            has_day: published(reading).is_some_and(|days| days.n_days() <= 1),
            head: Head {
                mark: hash(&reading.id),
                day: published(reading).map_or(i32::MAX, |days| day_number(days.earliest)),
                vector: unit_vector(terms(reading)),
            },
            claims,
            lemmas: lemmas.into(),
        }
    }

    /// Takes over another id of the report.
    pub(crate) fn set_mark(&mut self, id: &str) {
        self.head.mark = hash(id);
    }

    /// To be kept beside the reading, so that it need not be opened.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap_or_default()
    }

    /// What [`Card::to_bytes`] gave; `None` for other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
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

#[cfg(test)]
mod tests {
    use annalist_schema::{Claim, DayInterval, Fingerprint};

    use super::*;

    fn head(text: &str) -> Head {
        let mut terms: Vec<_> = text.split(' ').map(|word| (word.to_owned(), 1)).collect();
        terms.sort();
        let fingerprint = Fingerprint { terms, ..Fingerprint::default() };
        Card::new(&Reading { fingerprint, ..Reading::default() }).head
    }

    #[test]
    fn is_kept_as_bytes() {
        let claim = Claim { date: DayInterval::parse("2024-02-11"), ..Claim::default() };
        let card = Card::new(&Reading { id: "r".to_owned(), claims: vec![claim], ..Reading::default() });
        let kept = Card::from_bytes(&card.to_bytes()).unwrap();
        assert_eq!(format!("{card:?}"), format!("{kept:?}"));
        assert!(Card::from_bytes(&[1, 2, 3]).is_none());
    }

    #[test]
    fn likes_what_shares_rare_words() {
        let report = head("flood bridge elbe");
        assert!((report.cosine(&report) - 1.0).abs() < 1e-6);
        assert!(report.cosine(&head("elbe dam")) > report.cosine(&head("bridge dam")));
        assert_eq!(report.cosine(&head("election vote")), 0.0);
        assert_eq!(report.heaviest(1), [Word::new("elbe")]);
    }
}
