//! *Which words can name one happening?* "Quake" and "earthquake", "buy" and "acquisition": the rows of
//! `data/lexicon/senses.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, checked, from_toml, loaded};

const FILE: &str = "data/lexicon/senses.toml";

static EMBEDDED: LazyLock<Result<Senses, Error>> =
    LazyLock::new(|| Senses::parse(include_str!("../../../data/lexicon/senses.toml")));

pub(crate) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

/// Words by the happenings that they can name.
#[derive(Clone, Debug, Default)]
pub struct Senses {
    rows_of: HashMap<Box<str>, Vec<u32>>,
    light: HashSet<Box<str>>,
}

/// The table that travels inside the binary.
pub fn senses() -> &'static Senses {
    loaded(&EMBEDDED)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    light: String,
    sense: BTreeMap<Spanned<String>, String>,
}

impl Senses {
    /// Reads `light = "word, word"` and, under `[sense]`, `name = "word, word"`.
    ///
    /// # Errors
    /// If the text is no such table, or a row has a word twice.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: File = from_toml(FILE, text)?;
        let mut senses = Self { light: words(&file.light).map(Box::from).collect(), ..Self::default() };
        for (name, row) in &file.sense {
            let (at, name) = (name.span().start, name.get_ref());
            let id = sense_id(name);
            for word in words(row) {
                let rows = senses.rows_of.entry(word.into()).or_default();
                if rows.contains(&id) {
                    return Err(Error::entry(FILE, text, at, name, format!("`{word}` is there twice")));
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
    fn a_damaged_table_says_where() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                Senses::parse(text).unwrap_err().to_string(),
                format!("data/lexicon/senses.toml:{expected}")
            );
        };
        check("light = \"\"\n[sense]\nfall = \"fall, drop, fall\"", "3: entry `fall`: `fall` is there twice");
        check("[sense]\nfall = \"fall\"", "1: missing field `light`, found `[sense]`");
    }
}
