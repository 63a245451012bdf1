//! *By which words is a party called?* By those of the report, unless they only point to somebody.

use annalist_schema::{ClaimActor, PartyBasis};

use super::Witness;

/// A longer name is more likely a clause that was read as one.
const MOST_WORDS: usize = 9;

/// Words before a party that belong to it.
const DETERMINERS: [&str; 15] = [
    "the",
    "a",
    "an",
    "some",
    "several",
    "many",
    "most",
    "two",
    "three",
    "four",
    "five",
    "dozens of",
    "hundreds of",
    "thousands of",
    "suspected",
];

/// The party as a subject or object; `None` where nothing in the claim shows it well enough to be named.
pub(super) fn words(party: &ClaimActor, witness: &Witness<'_>) -> Option<String> {
    if party.is_guess() {
        return None;
    }
    let shown = match (party.basis, party.span) {
        (PartyBasis::Named, Some(span)) => match as_written(party, witness, span.start) {
            Some(words) => words,
            None if party.actor_id.is_some() => party.name.clone(),
            None => return None,
        },
        _ => party.name.clone(),
    };
    let n_words = shown.split_whitespace().count();
    let is_name = (1..=MOST_WORDS).contains(&n_words) && shown.chars().any(char::is_alphabetic);
    (is_name && !is_pronoun(&shown)).then_some(shown)
}

/// The words with what belongs before them; `None` if they only point to somebody: "his aide".
fn as_written(party: &ClaimActor, witness: &Witness<'_>, start: u32) -> Option<String> {
    let words = witness.words(party.span?);
    let words = ["and ", "And ", "but ", "But ", "or "]
        .iter()
        .find_map(|joint| words.strip_prefix(joint))
        .unwrap_or(&words);
    let first = words.split(' ').next().unwrap_or_default().to_lowercase();
    if matches!(first.as_str(), "his" | "her" | "its" | "their" | "our" | "my" | "your") {
        return None;
    }
    let is_surname = party.actor_id.is_some() && party.name.ends_with(words);
    if is_surname || is_pronoun(words) {
        return None;
    }
    let before = witness.report.text.get(witness.sentence.start as usize..start as usize)?.trim_end();
    let lower = before.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or_default();
    if matches!(
        last,
        "his" | "her" | "its" | "their" | "our" | "my" | "your" | "these" | "those" | "this" | "that"
    ) {
        return None;
    }
    let is_before = |determiner: &&&str| {
        lower.strip_suffix(**determiner).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    if is_common(party, words, start == witness.sentence.start) {
        return Some(words.to_lowercase());
    }
    let determiner = DETERMINERS.iter().filter(is_before).max_by_key(|determiner| determiner.len());
    Some(determiner.map_or_else(|| words.to_owned(), |determiner| format!("{determiner} {words}")))
}

/// Whether the capital is only that of the sentence: "Gunmen".
fn is_common(party: &ClaimActor, words: &str, begins: bool) -> bool {
    let is_plural = words.ends_with('s') || words.ends_with("men") || words == "Police";
    begins && party.actor_id.is_none() && !words.contains(' ') && is_plural
}

pub(super) fn is_pronoun(words: &str) -> bool {
    const PRONOUNS: [&str; 27] = [
        "he", "she", "it", "they", "him", "her", "them", "we", "us", "i", "you", "who", "which", "that",
        "this", "these", "those", "his", "their", "its", "one", "both", "others", "another", "some", "all",
        "each",
    ];
    PRONOUNS.contains(&words.to_lowercase().as_str())
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
