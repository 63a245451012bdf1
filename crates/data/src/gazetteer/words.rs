//! *Which words beside a name tell what it names?* Given names, surnames, ordinary words, institutions, settings and streets;
//! adjectives of areas and abbreviations of states.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use super::fold;

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

impl Words {
    pub fn embedded() -> Self {
        let lists = [
            include_str!("../../../../data/gazetteer/words/given.txt"),
            include_str!("../../../../data/gazetteer/words/surnames.txt"),
            include_str!("../../../../data/gazetteer/words/ordinary.txt"),
            include_str!("../../../../data/gazetteer/words/institutions.txt"),
            include_str!("../../../../data/gazetteer/words/settings.txt"),
            include_str!("../../../../data/gazetteer/words/streets.txt"),
            include_str!("../../../../data/gazetteer/words/settlements.txt"),
            include_str!("../../../../data/gazetteer/words/areas.txt"),
            include_str!("../../../../data/gazetteer/words/families.txt"),
        ];
        let demonyms = include_str!("../../../../data/gazetteer/demonyms.tsv");
        let states = include_str!("../../../../data/gazetteer/abbreviations.tsv");
        let cues = include_str!("../../../../data/gazetteer/words/cues.tsv");
        let famous = include_str!("../../../../data/gazetteer/famous.tsv");
        let breakaway = include_str!("../../../../data/gazetteer/breakaway.tsv");
        Self {
            famous: rows_of(famous).filter_map(|row| Some((fold(row[0]), *row.get(1)?))).collect(),
            breakaway: rows_of(breakaway).map(|row| fold(row[0])).collect(),
            lists: lists.map(words_of),
            cues: rows_of(cues).filter_map(|row| Some((row[0], *row.get(1)?))).collect(),
            demonyms: rows_of(demonyms).filter_map(|row| Some((row[0], *row.get(1)?))).collect(),
            written: rows_of(states).filter_map(|row| Some((row[0], *row.get(2)?))).filter(named).collect(),
            postal: rows_of(states)
                .filter_map(|row| Some((*row.get(1)?, *row.get(2)?)))
                .filter(named)
                .collect(),
        }
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

fn named((key, _): &(&str, &str)) -> bool {
    !key.is_empty()
}

fn rows_of(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn words_of(list: &'static str) -> Set {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}
