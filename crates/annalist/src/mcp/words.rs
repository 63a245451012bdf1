//! *Do the words of a sentence stand in those that are quoted for it?* What is compared beside the values of cells: words by their
//! beginnings, numbers with the words around them.

use annalist_data::gazetteer::fold;
use annalist_schema::{MONTHS, Span};

/// Letters by which two forms of a word are one: `Iran`, `Iranian`.
const N_LETTERS: usize = 4;

/// A number with the beginnings of the words around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered {
    /// The number.
    pub n: u64,
    around: Vec<String>,
}

impl Numbered {
    /// Whether both count the same thing.
    pub fn is_beside(&self, other: &Self) -> bool {
        self.around.iter().any(|word| other.around.contains(word))
    }
}

/// Whether each telling word begins as one of some texts does.
pub fn are_said<'a>(words: &str, texts: impl Iterator<Item = &'a str>) -> bool {
    let said: Vec<String> = texts.flat_map(beginnings).collect();
    let asked = beginnings(words);
    !asked.is_empty() && asked.iter().all(|word| said.contains(word))
}

/// The beginnings of telling words.
fn beginnings(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words =
        folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.chars().count() >= N_LETTERS);
    words.map(|word| word.chars().take(N_LETTERS).collect()).collect()
}

/// The numbers of a text in figures or words, those of its spans and of its dates left out.
pub fn numbers(text: &str, without: &[Span]) -> Vec<Numbered> {
    let tokens = tokens(text);
    let is_left_out = |at: usize| without.iter().any(|span| span.range().contains(&at));
    let number = |at: usize| {
        let (start, word) = &tokens[at];
        let n = number_of(word)?;
        let beside = |other: Option<usize>| {
            other.and_then(|other| tokens.get(other)).is_some_and(|(_, word)| is_month(word))
        };
        let is_of_date = beside(at.checked_sub(1)) || beside(Some(at + 1)) || (1900..2100).contains(&n);
        if is_left_out(*start) || is_of_date {
            return None;
        }
        let around =
            tokens[at.saturating_sub(2)..(at + 4).min(tokens.len())].iter().map(|(_, word)| word.as_str());
        let around = around.filter(|word| number_of(word).is_none()).flat_map(beginnings).collect();
        Some(Numbered { n, around })
    };
    (0..tokens.len()).filter_map(number).collect()
}

/// Words in small letters with where they begin; a comma within a number is no end of it.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let mut tokens: Vec<(usize, String)> = Vec::new();
    let mut is_open = false;
    for (at, sign) in text.char_indices() {
        let is_within =
            sign == ',' && is_open && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        if sign.is_alphanumeric() {
            match tokens.last_mut().filter(|_| is_open) {
                Some((_, word)) => word.extend(sign.to_lowercase()),
                None => tokens.push((at, sign.to_lowercase().collect())),
            }
        }
        is_open = sign.is_alphanumeric() || is_within;
    }
    tokens
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word))
}

fn number_of(word: &str) -> Option<u64> {
    const WORDS: [&str; 21] = [
        "nobody",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let in_words = WORDS.iter().position(|one| *one == word).map(|n| n as u64);
    word.parse().ok().or(in_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[u64]) {
        assert_eq!(numbers(text, &[]).iter().map(|one| one.n).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn numbers_in_figures_and_words() {
        check("Five miners and 1,200 troops came on 14 October 2019.", &[5, 1200]);
        check("Nobody was killed on October 14, 2019.", &[0]);
        check("In 2019 they met.", &[]);
    }

    #[test]
    fn what_is_counted_is_told_by_the_words_around() {
        let of = |text: &str| numbers(text, &[]).remove(0);
        assert!(of("sentenced 11 police officers").is_beside(&of("sentenced two police officers")));
        assert!(of("Nobody was killed").is_beside(&of("killing nine soldiers")));
        assert!(!of("arrested six activists").is_beside(&of("killed 17 fighters")));
    }

    #[test]
    fn words_are_said_by_their_beginnings() {
        let said =
            |words: &str| are_said(words, ["Iran seized a tanker near the northern border."].into_iter());
        assert!(said("Iranian tankers") && said("northern border") && !said("Iraqi tankers") && !said(""));
    }
}
