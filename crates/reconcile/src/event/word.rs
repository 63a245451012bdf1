//! *How much does it tell that two sentences share a word?* Much if the word is rare in English, whatever the pile.
//!
//! Rarity comes from `data/frequency/words.tsv` and never from the pile: what two claims share weighs the same whatever
//! else has been read, so that a report can be added without weighing all others again.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::same::name::hash;

/// Of each word: ten times the natural logarithm of one in how many sentences has it.
type Table = HashMap<&'static str, u32>;

static TABLE: LazyLock<Result<Table, String>> =
    LazyLock::new(|| read("data/frequency/words.tsv", include_str!("../../../../data/frequency/words.tsv")));

/// Loads the table of how rare words are, so that whoever reconciles knows that it can be used.
///
/// # Errors
/// If a row cannot be: file, line, what was expected and what was there.
pub fn check() -> Result<(), String> {
    TABLE.as_ref().map(|_| ()).map_err(Clone::clone)
}

/// The table; a damaged one ends the program with what is wrong with it rather than make every word rare.
fn table() -> &'static Table {
    match &*TABLE {
        Ok(table) => table,
        Err(error) => panic!("{error}"),
    }
}

fn read(file: &str, text: &'static str) -> Result<Table, String> {
    let row = |(at, row): (usize, &'static str)| {
        let tenths = row.split_once('\t').and_then(|(word, tenths)| Some((word, tenths.parse().ok()?)));
        let problem = || {
            format!(
                "{file}:{}: a word and a number of up to {UNKNOWN} were expected and `{row}` was there",
                at + 1
            )
        };
        let fits = tenths.filter(|(word, tenths)| !word.is_empty() && *tenths <= UNKNOWN);
        fits.ok_or_else(problem)
    };
    text.lines().enumerate().filter(|(_, row)| !row.starts_with('#')).map(row).collect()
}

/// Names and the like, which the table does not have.
const UNKNOWN: u32 = 111;
/// Numbers: years and large ones tell more than small ones.
const SHORT_NUMBER: u32 = 60;
const LONG_NUMBER: u32 = 75;
/// A phrase is rarer than its rarest word.
const PHRASE: u32 = 10;
/// Bits that hold the rarity.
const RARITY_BITS: u32 = 7;
/// Claims are compared in e-folds that a pile of news would show rather than English at large.
const SCALE: f64 = 0.5;

/// A word by its hash, with its rarity in the lowest bits, so that adding up what two lists share looks nothing up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Word(u32);

impl Word {
    pub fn new(text: &str) -> Self {
        let hashed = hash(text);
        let folded = (hashed ^ (hashed >> 32)) as u32;
        Self(folded << RARITY_BITS | tenths(text))
    }

    /// Between 0, if every sentence has it, and about 6.
    pub fn rarity(self) -> f64 {
        SCALE * f64::from(self.tenths()) / 10.0
    }

    /// How rare it is among reports, which are about ten times as long as what the table counts.
    pub fn rarity_in_reports(self) -> f64 {
        (f64::from(self.tenths()) / 10.0 - 2.3).max(0.0)
    }

    pub fn tenths(self) -> u32 {
        self.0 & ((1 << RARITY_BITS) - 1)
    }

    /// All of it, to be kept.
    pub fn bits(self) -> u32 {
        self.0
    }

    /// What [`Word::bits`] gave.
    pub fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// For keys.
    pub fn number(self) -> u64 {
        u64::from(self.0)
    }
}

fn tenths(text: &str) -> u32 {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return if text.len() < 4 { SHORT_NUMBER } else { LONG_NUMBER };
    }
    if let Some(tenths) = table().get(text) {
        return *tenths;
    }
    let mut words = text.split([' ', '-']).peekable();
    let first = words.next().unwrap_or("");
    if words.peek().is_none() {
        return UNKNOWN;
    }
    let known = |word: &str| table().get(word).copied().unwrap_or(UNKNOWN);
    let rarest = words.map(known).fold(known(first), u32::max);
    (rarest + PHRASE).min(UNKNOWN)
}

/// Words of some texts, sorted, each once.
pub(crate) fn words(texts: &[String]) -> Box<[Word]> {
    let mut words: Vec<_> = texts.iter().map(|text| Word::new(text)).collect();
    words.sort_unstable();
    words.dedup();
    words.into()
}

/// What two sorted lists share, in order.
pub(crate) fn shared<'a, T: Copy + Ord>(one: &'a [T], other: &'a [T]) -> impl Iterator<Item = T> + 'a {
    let mut other = other.iter().copied().peekable();
    one.iter().copied().filter(move |item| {
        while other.next_if(|candidate| candidate < item).is_some() {}
        other.peek() == Some(item)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_row_is_an_error() {
        let check = |text: &'static str, expected: &str| {
            let found = read("w.tsv", text).map(|table| format!("{} words", table.len()));
            assert_eq!(found.unwrap_or_else(|problem| problem), expected);
        };
        assert_eq!(super::check(), Ok(()));
        check("the\t4\nsay\t20", "2 words");
        check("the\t4\nsay", "w.tsv:2: a word and a number of up to 111 were expected and `say` was there");
        check(
            "the\tfour",
            "w.tsv:1: a word and a number of up to 111 were expected and `the\tfour` was there",
        );
    }

    #[test]
    fn rare_words_weigh_more() {
        let order = ["the", "say", "police", "earthquake", "Nordhafen"];
        let rarities: Vec<_> = order.iter().map(|word| Word::new(word).rarity()).collect();
        assert!(rarities.is_sorted_by(|one, other| one < other), "{rarities:?}");
        assert!(Word::new("white house").rarity() > Word::new("house").rarity());
        assert!(Word::new("2015").rarity() > Word::new("20").rarity());
    }

    #[test]
    fn shares_in_order() {
        let check = |one: &[u32], other: &[u32], expected: &[u32]| {
            assert_eq!(shared(one, other).collect::<Vec<_>>(), expected);
        };
        check(&[1, 3, 5, 9], &[2, 3, 9, 12], &[3, 9]);
        check(&[], &[1], &[]);
        check(&[1], &[], &[]);
    }
}
