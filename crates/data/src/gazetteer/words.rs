//! *Which words beside a name tell what it names?* Given names, surnames, ordinary words, institutions, settings and streets;
//! adjectives of areas and abbreviations of states.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::fold;
use crate::columns;
use crate::error::Error;

/// The word lists of `data/gazetteer/words`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordList {
    /// Given names: "Barack".
    Given,
    /// Surnames that are also towns: "Lincoln".
    Surname,
    /// Ordinary words that are also towns: "Reading", "Police".
    Ordinary,
    /// Ends of the names of institutions: "University", "Times".
    Institution,
    /// Words after a name that speak for a place: "province", "residents".
    Setting,
    /// Ends of the names of streets: "Avenue".
    Street,
    /// Nouns for settlements: "village".
    Settlement,
    /// Nouns for areas that hold settlements: "province".
    Area,
    /// Last names that too many bear to name anybody alone: "Khan".
    Family,
}

/// The lists, and the tables that lead from a word to the name of an area.
#[derive(Debug)]
pub(super) struct Words {
    lists: [Set; 9],
    demonyms: Table,
    written: Table,
    postal: Table,
    cues: Table,
    famous: HashMap<String, &'static str>,
    breakaway: HashSet<String>,
}

/// A few thousand short words of our own, asked for every word of a report: a hash that withstands an attack costs more than
/// all else.
type Set = HashSet<&'static str, BuildHasherDefault<Fnv>>;
type Table = HashMap<&'static str, &'static str, BuildHasherDefault<Fnv>>;

/// Fowler, Noll and Vo's hash (1a).
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A file of `data/gazetteer` with its name.
macro_rules! file {
    ($name:literal) => {
        (concat!("data/gazetteer/", $name), include_str!(concat!("../../../../data/gazetteer/", $name)))
    };
}

impl Words {
    pub fn embedded() -> Result<Self, Error> {
        let states = file!("abbreviations.tsv");
        let famous = rows_of(file!("famous.tsv"), |[name, country]: [&'static str; 2]| (name, country))?;
        let breakaway =
            rows_of(file!("breakaway.tsv"), |[name, claimed_by, _]: [&'static str; 3]| (name, claimed_by))?;
        Ok(Self {
            lists: [
                words_of(file!("words/given.txt"))?,
                words_of(file!("words/surnames.txt"))?,
                words_of(file!("words/ordinary.txt"))?,
                words_of(file!("words/institutions.txt"))?,
                words_of(file!("words/settings.txt"))?,
                words_of(file!("words/streets.txt"))?,
                words_of(file!("words/settlements.txt"))?,
                words_of(file!("words/areas.txt"))?,
                words_of(file!("words/families.txt"))?,
            ],
            famous: famous.into_iter().map(|(name, country)| (fold(name), country)).collect(),
            breakaway: breakaway.into_keys().map(fold).collect(),
            cues: rows_of(file!("words/cues.tsv"), |[word, country]: [&'static str; 2]| (word, country))?,
            demonyms: rows_of(file!("demonyms.tsv"), |[word, area]: [&'static str; 2]| (word, area))?,
            written: rows_of(states, |[written, _, name, _]: [&'static str; 4]| (written, name))?,
            postal: rows_of(states, |[_, postal, name, _]: [&'static str; 4]| (postal, name))?,
        })
    }

    pub fn contains(&self, list: WordList, word: &str) -> bool {
        self.lists[list as usize].contains(word)
    }

    /// The name of the area that an adjective belongs to, singular or plural.
    pub fn area_of_demonym(&self, word: &str) -> Option<&'static str> {
        let singular = || word.strip_suffix('s').and_then(|singular| self.demonyms.get(singular));
        self.demonyms.get(word).or_else(singular).copied()
    }

    /// The country of the place that a folded name by itself means, of many that are called so.
    pub fn country_of_famous(&self, folded: &str) -> Option<&'static str> {
        self.famous.get(folded).copied()
    }

    /// Whether a folded name is that of an area that rules itself against the state that claims it.
    pub fn is_breakaway(&self, folded: &str) -> bool {
        self.breakaway.contains(folded)
    }

    /// The country in which a word is at home: "US" for "sheriff".
    pub fn country_of_cue(&self, word: &str) -> Option<&'static str> {
        self.cues.get(word).copied()
    }

    /// The name of the state that newspapers abbreviate so: "Calif."
    pub fn state_written(&self, abbreviation: &str) -> Option<&'static str> {
        self.written.get(abbreviation).copied()
    }

    /// The name of the state with a postal code.
    pub fn state_postal(&self, code: &str) -> Option<&'static str> {
        self.postal.get(code).copied()
    }
}

/// A table's text with its name.
type File = (&'static str, &'static str);

/// Of each row, what it leads from and to; a row that leads from nothing is left out, one that leads nowhere is an error.
fn rows_of<const N: usize>(
    (file, text): File,
    pick: impl Fn([&'static str; N]) -> (&'static str, &'static str),
) -> Result<Table, Error> {
    let rows = columns::rows(file, text, |row: [&'static str; N]| {
        let (from, to) = pick(row);
        if to.is_empty() { Err(format!("`{from}` leads to nothing")) } else { Ok((from, to)) }
    })?;
    Ok(rows.into_iter().filter(|(from, _)| !from.is_empty()).collect())
}

fn words_of((file, text): File) -> Result<Set, Error> {
    let words: Set =
        text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
    if words.is_empty() { Err(Error::of(file, "words were expected and none were there")) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_table_says_where() {
        let check = |text: &'static str, expected: &str| {
            let read = rows_of(("t.tsv", text), |[word, country]: [&'static str; 2]| (word, country));
            let read = read.map(|rows| format!("{} rows", rows.len()));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("sheriff\tUS\n\tUS", "1 rows");
        check("# word\nsheriff", "t.tsv:2: 2 columns were expected and 1 were there");
        check("sheriff\t", "t.tsv:1: `sheriff` leads to nothing");
        let empty = words_of(("t.txt", "# nothing")).unwrap_err().to_string();
        assert_eq!(empty, "t.txt: words were expected and none were there");
    }
}
