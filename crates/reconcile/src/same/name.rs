//! *Do these two names name one thing?*

use serde::{Deserialize, Serialize};

/// The words of a name, folded and hashed so that comparing costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Name {
    words: Vec<u64>,
}

impl Name {
    pub fn new(text: &str) -> Self {
        let words = text.split(|character: char| !character.is_alphanumeric());
        let words = words.map(str::to_lowercase).filter(|word| !is_filler(word));
        Self { words: words.map(|word| hash(&word)).collect() }
    }

    /// One number for the whole name.
    pub fn hash(&self) -> u64 {
        self.words.iter().fold(0, |hash: u64, word| hash.rotate_left(5) ^ word)
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether one is the end of the other, as a surname is of a full name.
    pub fn is_tail_of(&self, other: &Self) -> bool {
        !self.is_empty() && other.words.ends_with(&self.words)
    }

    /// Whether some word occurs in both.
    pub fn shares_word(&self, other: &Self) -> bool {
        self.words.iter().any(|word| other.words.contains(word))
    }

    /// Whether all words of the one occur in the other.
    pub fn is_part_of(&self, other: &Self) -> bool {
        !self.is_empty() && self.words.iter().all(|word| other.words.contains(word))
    }
}

/// Articles, prepositions and the like do not tell two names apart.
fn is_filler(word: &str) -> bool {
    matches!(word, "" | "the" | "a" | "an" | "of" | "s" | "and" | "for" | "in" | "al" | "el" | "de" | "la")
}

/// FNV-1a: the same on every machine and in every run.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_does_not_tell_names_apart() {
        assert_eq!(Name::new("The Ministry of Defence"), Name::new("ministry defence"));
        assert!(Name::new("Larsson").is_tail_of(&Name::new("Karin Larsson")));
        assert!(!Name::new("Karin").is_tail_of(&Name::new("Karin Larsson")));
        assert!(Name::new("").is_empty() && !Name::new("").is_part_of(&Name::new("Larsson")));
    }
}
