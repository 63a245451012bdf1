//! *What do reports count?* Comparators, counted things and measures, from `data/lexicon/quantities.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use annalist_schema::Comparator;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, checked, from_toml, line_of, loaded};

const FILE: &str = "data/lexicon/quantities.toml";

static EMBEDDED: LazyLock<Result<Quantities, Error>> =
    LazyLock::new(|| Quantities::parse(include_str!("../../../data/lexicon/quantities.toml")));

pub(crate) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

/// The words around a number.
#[derive(Clone, Debug, Default)]
pub struct Quantities {
    /// Phrases before a number with the comparator they stand for, longest first; `None` says nothing of the number.
    pub before: Vec<(Vec<String>, Option<Comparator>)>,
    /// Phrases after a number, longest first.
    pub after: Vec<(Vec<String>, Comparator)>,
    /// Everything that is counted, in the order of the file.
    pub things: Vec<Thing>,
    /// The currencies, in the order of the file.
    pub currencies: Vec<Currency>,
    magnitudes: HashMap<String, f64>,
    glued_magnitudes: HashMap<String, f64>,
    measures: HashSet<String>,
    designations: HashSet<String>,
    collectives: HashSet<String>,
    standing: HashSet<String>,
    by_role: HashMap<(Role, String), usize>,
}

/// A currency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Currency {
    /// ISO 4217.
    pub code: String,
    /// What stands for it before a figure: "€", "Rs".
    #[serde(default)]
    pub signs: Vec<String>,
    /// Its name in the singular, or as it always stands.
    pub names: Vec<String>,
    /// Adjectives before a name that several countries' money has.
    #[serde(default)]
    pub of: Vec<String>,
    /// Whether the name alone means it.
    #[serde(default)]
    pub bare: bool,
}

/// A counted thing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thing {
    /// Its name in a quantity: `killed`, `troops` ...
    pub what: String,
    /// Whether persons are counted.
    #[serde(default)]
    pub person: bool,
    /// Verbs whose object or passive subject is counted.
    #[serde(default)]
    pub patients: Vec<String>,
    /// The same for verbs that must have persons there.
    #[serde(default)]
    pub person_patients: Vec<String>,
    /// The same for verbs that must have soldiers there.
    #[serde(default)]
    pub troop_patients: Vec<String>,
    /// Verbs whose subject is counted.
    #[serde(default)]
    pub agents: Vec<String>,
    /// The same for verbs that must have persons there.
    #[serde(default)]
    pub person_agents: Vec<String>,
    /// Adjectives and participles said of the counted.
    #[serde(default)]
    pub states: Vec<String>,
    /// Nouns whose complement is counted.
    #[serde(default)]
    pub nominals: Vec<String>,
    /// Nouns that are themselves counted, whatever is done to them.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Nouns for persons, which decide only if no verb or state does.
    #[serde(default)]
    pub persons: Vec<String>,
    /// Sentences that must give a count of it.
    pub matches: Vec<String>,
    /// Sentences that must not.
    pub leaves: Vec<String>,
    /// Where the entry comes from.
    pub origin: String,
}

/// How a word stands to the number that it makes a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A verb whose object or passive subject is counted.
    Patient,
    /// The same for a verb that must have persons there.
    PersonPatient,
    /// The same for a verb that must have soldiers there.
    TroopPatient,
    /// A verb whose subject is counted.
    Agent,
    /// The same for a verb that must have persons there.
    PersonAgent,
    /// An adjective or participle said of the counted.
    State,
    /// A noun whose complement is counted.
    Nominal,
    /// A counted noun that decides.
    Noun,
    /// A counted noun for persons, which decides only if nothing else does.
    Person,
}

impl Quantities {
    /// The lexicon inside the binary.
    pub fn embedded() -> &'static Self {
        loaded(&EMBEDDED)
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// If the text is not TOML of this shape, or a thing lacks its examples or origin; the error says where.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: File = from_toml(FILE, text)?;
        for thing in &file.thing {
            let problem = |problem| Error::at(FILE, line_of(text, thing.span().start), problem);
            thing.get_ref().proven().map_err(problem)?;
        }
        let mut lexicon = Self {
            before: phrases_before(&file),
            after: phrases_after(&file),
            measures: file.measure.words.into_iter().collect(),
            designations: file.designation.words.into_iter().collect(),
            standing: file.standing.words.into_iter().collect(),
            collectives: file.collective.words.into_iter().collect(),
            magnitudes: by_word(&file.magnitude, |entry| &entry.words),
            glued_magnitudes: by_word(&file.magnitude, |entry| &entry.letters),
            currencies: file.currency,
            ..Self::default()
        };
        for (index, thing) in file.thing.into_iter().map(Spanned::into_inner).enumerate() {
            for (role, word) in thing.words() {
                lexicon.by_role.entry((role, word.to_owned())).or_insert(index);
            }
            lexicon.things.push(thing);
        }
        Ok(lexicon)
    }

    /// What a word in a role makes of a number; the first entry of the file wins.
    pub fn thing(&self, role: Role, lemma: &str) -> Option<&Thing> {
        self.by_role.get(&(role, lemma.to_lowercase())).map(|&index| &self.things[index])
    }

    /// What a word behind a number multiplies it by: "million", "lakh".
    pub fn magnitude(&self, word: &str) -> Option<f64> {
        self.magnitudes.get(word).copied()
    }

    /// The same for letters glued to a figure: "3.5m".
    pub fn glued_magnitude(&self, letters: &str) -> Option<f64> {
        self.glued_magnitudes.get(letters).copied()
    }

    /// The currency that a sign before a figure stands for.
    pub fn currency_by_sign(&self, sign: &str) -> Option<&Currency> {
        self.currencies.iter().find(|currency| currency.signs.iter().any(|known| known == sign))
    }

    /// The currency that a name behind a figure stands for, with the adjective before it.
    pub fn currency_by_name(&self, name: &str, adjective: Option<&str>) -> Option<&Currency> {
        let is_named = |currency: &&Currency| currency.names.iter().any(|known| names(name, known));
        let mut named = self.currencies.iter().filter(is_named);
        match adjective {
            Some(adjective) => named.find(|currency| currency.of.iter().any(|known| known == adjective)),
            None => named.find(|currency| currency.bare),
        }
    }

    /// Whether a number before this lemma measures and does not count.
    pub fn is_measure(&self, lemma: &str) -> bool {
        self.measures.contains(&lemma.to_lowercase())
    }

    /// Whether a noun counts many without a plural ending: "12 police".
    pub fn is_collective(&self, lemma: &str) -> bool {
        self.collectives.contains(&lemma.to_lowercase())
    }

    /// Whether persons called so are posted, hosted or held somewhere: "300 advisers", "two million refugees".
    pub fn is_standing(&self, lemma: &str) -> bool {
        self.standing.contains(&lemma.to_lowercase())
    }

    /// Whether a number after this word is part of a name.
    pub fn is_designation(&self, word: &str) -> bool {
        self.designations.contains(&word.to_lowercase())
    }
}

/// "dollars", "dollar" and "yen" for "dollar" and "yen".
fn names(word: &str, name: &str) -> bool {
    word == name || word.strip_suffix('s') == Some(name)
}

fn by_word(entries: &[Magnitude], of: impl Fn(&Magnitude) -> &Vec<String>) -> HashMap<String, f64> {
    entries.iter().flat_map(|entry| of(entry).iter().map(|word| (word.clone(), entry.value))).collect()
}

impl Thing {
    /// Whether it has its examples and its origin.
    fn proven(&self) -> Result<(), String> {
        let what = &self.what;
        match (self.matches.is_empty(), self.leaves.is_empty(), self.origin.trim().is_empty()) {
            (true, ..) => Err(format!("`{what}`: no sentence under `matches`")),
            (_, true, _) => Err(format!("`{what}`: no sentence under `leaves`")),
            (.., true) => Err(format!("`{what}`: no `origin`")),
            _ => Ok(()),
        }
    }

    fn words(&self) -> impl Iterator<Item = (Role, &str)> {
        [
            (Role::Patient, &self.patients),
            (Role::PersonPatient, &self.person_patients),
            (Role::TroopPatient, &self.troop_patients),
            (Role::Agent, &self.agents),
            (Role::PersonAgent, &self.person_agents),
            (Role::State, &self.states),
            (Role::Nominal, &self.nominals),
            (Role::Noun, &self.nouns),
            (Role::Person, &self.persons),
        ]
        .into_iter()
        .flat_map(|(role, words)| words.iter().map(move |word| (role, word.as_str())))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    comparator: Vec<ComparatorEntry>,
    magnitude: Vec<Magnitude>,
    currency: Vec<Currency>,
    transparent: Words,
    measure: Words,
    designation: Words,
    collective: Words,
    standing: Words,
    thing: Vec<Spanned<Thing>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComparatorEntry {
    cmp: Comparator,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Magnitude {
    value: f64,
    words: Vec<String>,
    #[serde(default)]
    letters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

fn phrases_before(file: &File) -> Vec<(Vec<String>, Option<Comparator>)> {
    let meant = file
        .comparator
        .iter()
        .flat_map(|entry| entry.before.iter().map(move |phrase| (split(phrase), Some(entry.cmp))));
    let silent = file.transparent.words.iter().map(|phrase| (split(phrase), None));
    longest_first(meant.chain(silent).collect())
}

fn phrases_after(file: &File) -> Vec<(Vec<String>, Comparator)> {
    let all = file.comparator.iter();
    longest_first(
        all.flat_map(|entry| entry.after.iter().map(move |phrase| (split(phrase), entry.cmp))).collect(),
    )
}

fn split(phrase: &str) -> Vec<String> {
    phrase.split(' ').map(str::to_owned).collect()
}

fn longest_first<T>(mut phrases: Vec<(Vec<String>, T)>) -> Vec<(Vec<String>, T)> {
    phrases.sort_by(|(one, _), (other, _)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
    phrases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_what_travels_inside_the_binary() {
        let lexicon =
            Quantities::parse(include_str!("../../../data/lexicon/quantities.toml")).expect("it parses");
        assert_eq!(lexicon.thing(Role::Patient, "kill").map(|thing| thing.what.as_str()), Some("killed"));
        assert_eq!(lexicon.thing(Role::Noun, "Rocket").map(|thing| thing.what.as_str()), Some("rockets"));
        assert_eq!(lexicon.thing(Role::Agent, "kill"), None);
        assert_eq!(lexicon.magnitude("lakh"), Some(1e5));
        assert_eq!(lexicon.glued_magnitude("bn"), Some(1e9));
        let code = |name: &str, adjective| {
            lexicon.currency_by_name(name, adjective).map(|currency| currency.code.as_str())
        };
        assert_eq!(code("dollars", None), Some("USD"));
        assert_eq!(code("dollars", Some("Australian")), Some("AUD"));
        assert_eq!(code("pesos", None), None);
        assert!(lexicon.is_measure("km"));
        assert!(lexicon.is_designation("Resolution"));
    }

    #[test]
    fn a_damaged_table_says_where() {
        let check = |thing: &str, expected: &str| {
            let names = ["transparent", "measure", "designation", "collective", "standing"];
            let lists: String = names.map(|name| format!("{name} = {{ words = [] }}\n")).concat();
            let text = format!(
                "comparator = []\nmagnitude = []\ncurrency = []\n{lists}[[thing]]\nwhat = \"killed\"\n{thing}"
            );
            let read = Quantities::parse(&text).map(|read| format!("{} things", read.things.len()));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("matches = [\"A.\"]\nleaves = [\"B.\"]\norigin = \"us\"", "1 things");
        check(
            "matches = [\"A.\"]\nleaves = []\norigin = \"us\"",
            "data/lexicon/quantities.toml:9: `killed`: no sentence under `leaves`",
        );
        check(
            "matches = [\"A.\"]\nleaves = [\"B.\"]\norigin = \" \"",
            "data/lexicon/quantities.toml:9: `killed`: no `origin`",
        );
        check(
            "person = 1",
            "data/lexicon/quantities.toml:11: invalid type: integer `1`, expected a boolean, found `person = 1`",
        );
    }
}
