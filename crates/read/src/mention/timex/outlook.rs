//! *Does the clause around an expression speak of the past or of the future?* Told by the nearest verb, from the words
//! alone, so that it costs nothing and needs no parser.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{Class, Key};
use super::symbol::{Outlook, Relation};
use super::words::Word;

/// How far a verb may stand from the expression it goes with.
const REACH: usize = 24;

/// What the words from `at` to before `end` are surrounded by.
pub fn outlook(words: &[Word<'_>], at: usize, end: usize) -> Outlook {
    let before = words[..at].iter().rev().take(REACH).take_while(|word| !ends_sentence(word));
    let before: Vec<&Word<'_>> = before.collect();
    for (index, word) in before.iter().enumerate() {
        let previous = before.get(index + 1).map_or("", |word| word.text);
        if let Some(found) = cue(word, previous) {
            return found;
        }
    }
    let after = words.get(end..).unwrap_or_default();
    let after = after.iter().take(REACH).take_while(|word| !ends_sentence(word));
    let mut previous = "";
    for word in after {
        if let Some(found) = cue(word, previous) {
            return found;
        }
        previous = word.text;
    }
    Outlook::Unknown
}

/// How the words before an expression relate to it.
pub fn relation(words: &[Word<'_>], at: usize) -> Relation {
    match at.checked_sub(1).map(|before| words[before].class) {
        Some(Class::Key(Key::Since | Key::From)) => Relation::Since,
        Some(Class::Key(Key::Until | Key::Before | Key::By)) => Relation::Until,
        Some(Class::Key(Key::After)) => Relation::After,
        _ => Relation::Within,
    }
}

fn ends_sentence(word: &Word<'_>) -> bool {
    matches!(word.class, Class::Break | Class::Mark(b'.' | b'!' | b'?' | b';'))
}

/// Past forms that do not end in -ed.
static PAST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("was were had did said went took came began became made held met won left lost fell rose broke sent \
    told gave got found kept led paid ran saw sold spent stood struck fought shot brought built bought \
    caught chose drew drove fled flew grew knew laid lay sank sought spoke stole swore thought threw \
    understood withdrew wrote died blew bore dug forbade hung overthrew rode sat slew wore")
});

/// Words that announce.
static FUTURE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("will shall ll scheduled expected due slated planned plans plan planning hopes intends expects wo \
    going set deadline vowed pledged promised would")
});

fn cue(word: &Word<'_>, previous: &str) -> Option<Outlook> {
    let text = word.text;
    if !text.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return None;
    }
    // "to be held", "will be held": the helping verb decides.
    let is_helped = matches!(previous, "be" | "being" | "get");
    if FUTURE.contains(text) {
        return Some(Outlook::Future);
    }
    let is_past = PAST.contains(text) || text.len() > 4 && text.ends_with("ed") && !text.ends_with("eed");
    (is_past && !is_helped).then_some(Outlook::Past)
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}
