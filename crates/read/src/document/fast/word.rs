//! *What does a word look like?* The hashes that the fast tier's features are made of, computed once for each word.

use crate::document::weights::hash;

/// How a word looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its form.
    pub form: u32,
    /// Its form in lower case.
    pub lower: u32,
    /// Its last one to four letters in lower case.
    pub suffixes: [u32; 4],
    /// Its first one to three letters in lower case.
    pub prefixes: [u32; 3],
    /// Its letters and digits as classes, repeated ones once: `Xx`, `d-x`.
    pub shape: u32,
    /// Length class, and whether it holds capitals, digits or hyphens.
    pub traits: u32,
}

/// What stands before the first and after the last word.
pub const OUTSIDE: Look = Look { form: 1, lower: 1, suffixes: [1; 4], prefixes: [1; 3], shape: 1, traits: 1 };

/// The looks of a sentence's words.
pub fn looks(forms: &[&str]) -> Vec<Look> {
    forms.iter().map(|form| look(form)).collect()
}

fn look(form: &str) -> Look {
    let lower = if form.is_ascii() { form.to_ascii_lowercase() } else { form.to_lowercase() };
    let ends = |n: usize| {
        lower.char_indices().rev().nth(n - 1).map_or(hash(&lower), |(at, _)| hash(&lower[at..]) ^ n as u32)
    };
    let starts =
        |n: usize| lower.char_indices().nth(n).map_or(hash(&lower), |(at, _)| hash(&lower[..at]) ^ n as u32);
    Look {
        form: hash(form),
        lower: hash(&lower),
        suffixes: [ends(1), ends(2), ends(3), ends(4)],
        prefixes: [starts(1), starts(2), starts(3)],
        shape: shape(form),
        traits: traits(form),
    }
}

fn shape(form: &str) -> u32 {
    let mut hash = 0x811C_9DC5u32;
    let mut last = 0;
    // Nothing is learnt from the tail of a very long word.
    for char in form.chars().take(40) {
        let class = class(char);
        if class != last {
            hash = (hash ^ class).wrapping_mul(0x0100_0193);
        }
        last = class;
    }
    hash
}

fn class(char: char) -> u32 {
    match char {
        _ if char.is_lowercase() => u32::from('x'),
        _ if char.is_uppercase() => u32::from('X'),
        _ if char.is_numeric() => u32::from('d'),
        _ if char.is_alphabetic() => u32::from('l'),
        _ => u32::from(char),
    }
}

fn traits(form: &str) -> u32 {
    let mut chars = form.chars();
    let starts_upper = chars.next().is_some_and(char::is_uppercase);
    let more_upper = chars.any(char::is_uppercase);
    let has_digit = form.contains(|char: char| char.is_ascii_digit());
    let has_hyphen = form.contains('-');
    let length = form.len().min(8) as u32;
    length << 4
        | u32::from(starts_upper)
        | u32::from(more_upper) << 1
        | u32::from(has_digit) << 2
        | u32::from(has_hyphen) << 3
}
