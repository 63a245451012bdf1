//! *Which words can name one happening?* "Quake" and "earthquake", "buy" and "acquisition": the rows of
//! `data/lexicon/senses.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

static EMBEDDED: LazyLock<Senses> = LazyLock::new(|| {
    // The file travels inside the binary and a test loads it, so the empty table is never seen.
    Senses::parse(include_str!("../../../data/lexicon/senses.toml")).unwrap_or_default()
});

/// Words by the happenings that they can name.
#[derive(Clone, Debug, Default)]
pub struct Senses {
    rows_of: HashMap<Box<str>, Vec<u32>>,
    light: HashSet<Box<str>>,
}

/// The table that travels inside the binary.
pub fn senses() -> &'static Senses {
    &EMBEDDED
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    light: String,
    sense: BTreeMap<String, String>,
}

impl Senses {
    /// Reads `light = "word, word"` and, under `[sense]`, `name = "word, word"`.
    ///
    /// # Errors
    /// If the text is no such table, or a row has a word twice.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|cause| cause.to_string())?;
        let mut senses = Self { light: words(&file.light).map(Box::from).collect(), ..Self::default() };
        for (name, row) in &file.sense {
            let id = sense_id(name);
            for word in words(row) {
                let rows = senses.rows_of.entry(word.into()).or_default();
                if rows.contains(&id) {
                    return Err(format!("`{name}` has `{word}` twice"));
                }
                rows.push(id);
            }
        }
        Ok(senses)
    }

    /// Ids of the rows that have a word, or a verb with its particle ("pass away").
    pub fn of(&self, words: &str) -> &[u32] {
        self.rows_of.get(words).map_or(&[], Vec::as_slice)
    }

    /// Whether a word says so little that two reports may use it of anything: "say", "take".
    pub fn is_light(&self, word: &str) -> bool {
        self.light.contains(word)
    }
}

fn words(row: &str) -> impl Iterator<Item = &str> {
    row.split(',').map(str::trim).filter(|word| !word.is_empty())
}

/// A number for a name, which further names do not change.
pub fn sense_id(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(one: &str, other: &str) -> bool {
        senses().of(one).iter().any(|row| senses().of(other).contains(row))
    }

    #[test]
    fn the_embedded_table_loads() {
        let table = Senses::parse(include_str!("../../../data/lexicon/senses.toml")).unwrap();
        assert!(table.rows_of.len() > 1000);
        assert!(share("quake", "temblor") && share("pass away", "death") && share("buy", "acquisition"));
        assert!(!share("quake", "buy"));
        assert!(table.is_light("say") && !table.is_light("shoot"));
    }

    #[test]
    fn a_word_stands_once_in_a_row() {
        assert!(Senses::parse("light = \"\"\n[sense]\nfall = \"fall, drop, fall\"").is_err());
        assert!(Senses::parse("[sense]\nfall = \"fall\"").is_err());
    }
}
