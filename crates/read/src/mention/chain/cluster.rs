//! *Who has been mentioned so far, and under which names?*

use std::collections::HashMap;

use annalist_schema::{Country, MentionKind, Sector};

use super::super::Form;
use super::facts::{Facts, Gender};

/// Somebody or something with all that its mentions told.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub kind: MentionKind,
    pub words: Vec<String>,
    pub nouns: Vec<String>,
    pub country: Option<Country>,
    pub sectors: Vec<Sector>,
    pub gender: Option<Gender>,
    pub is_plural: bool,
    pub is_named: bool,
    pub is_country: bool,
    /// Sentence of its latest mention.
    pub sentence: u32,
    /// Its latest mention.
    pub latest: usize,
}

/// All of them, with indices by name.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    all: Vec<Cluster>,
    by_key: HashMap<String, usize>,
    by_actor: HashMap<String, usize>,
    by_person_word: HashMap<String, usize>,
    by_initials: HashMap<String, usize>,
    by_acronym: HashMap<String, usize>,
    by_ending: HashMap<String, usize>,
    /// The clusters mentioned last, latest at the end, each once.
    recent: Vec<usize>,
}

/// So many others are remembered: a description or pronoun does not reach farther back.
const MOST_RECENT: usize = 40;

impl Clusters {
    pub fn get(&self, cluster: usize) -> &Cluster {
        &self.all[cluster]
    }

    /// The latest mentioned first.
    pub fn recent(&self) -> impl Iterator<Item = usize> + '_ {
        self.recent.iter().rev().copied()
    }

    pub fn by_key(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    pub fn by_actor(&self, actor: &str) -> Option<usize> {
        self.by_actor.get(actor).copied()
    }

    pub fn by_person_word(&self, word: &str) -> Option<usize> {
        self.by_person_word.get(word).copied()
    }

    /// The body that a name ends like or abbreviates, or that abbreviates it.
    pub fn by_other_form(&self, facts: &Facts) -> Option<usize> {
        let acronym = || acronym(&facts.words).and_then(|letters| self.by_initials.get(&letters));
        let spelled = || initials(&facts.words).and_then(|letters| self.by_acronym.get(&letters));
        let ending = || (facts.words.len() > 1).then(|| self.by_ending.get(&facts.words.join(" "))).flatten();
        acronym().or_else(spelled).or_else(ending).copied()
    }

    pub fn begin(&mut self, facts: &Facts) -> usize {
        self.all.push(Cluster {
            kind: facts.found.kind,
            words: facts.words.clone(),
            nouns: Vec::new(),
            country: facts.country,
            sectors: facts.sectors.clone(),
            gender: facts.gender,
            is_plural: facts.is_plural,
            is_named: false,
            is_country: false,
            sentence: facts.sentence,
            latest: 0,
        });
        self.all.len() - 1
    }

    pub fn join(&mut self, at: usize, facts: &Facts, mention: usize) {
        let cluster = &mut self.all[at];
        cluster.sentence = facts.sentence;
        cluster.latest = mention;
        cluster.gender = cluster.gender.or(facts.gender);
        cluster.country = cluster.country.or(facts.country);
        if cluster.sectors.is_empty() {
            cluster.sectors.clone_from(&facts.sectors);
        }
        if facts.words.len() > cluster.words.len() {
            cluster.words.clone_from(&facts.words);
        }
        for noun in &facts.nouns {
            if !cluster.nouns.contains(noun) {
                cluster.nouns.push(noun.clone());
            }
        }
        cluster.is_named |= facts.found.form == Form::Name;
        cluster.is_country |= facts.is_country;
        self.recent.retain(|&other| other != at);
        self.recent.push(at);
        if self.recent.len() > MOST_RECENT {
            self.recent.remove(0);
        }
        self.index(at, facts);
    }

    fn index(&mut self, at: usize, facts: &Facts) {
        if facts.found.form == Form::Pronoun {
            return;
        }
        self.by_key.insert(facts.key.clone(), at);
        if facts.found.form != Form::Name {
            return;
        }
        if let Some(actor) = &facts.actor {
            self.by_actor.insert(actor.clone(), at);
        }
        if facts.found.kind == MentionKind::Person {
            for word in facts.words.iter().filter(|word| word.len() > 2) {
                self.by_person_word.insert(word.clone(), at);
            }
            return;
        }
        self.by_key.insert(facts.words.join(" "), at);
        if let Some(letters) = initials(&facts.words) {
            self.by_initials.insert(letters, at);
        }
        if let Some(letters) = acronym(&facts.words) {
            self.by_acronym.insert(letters, at);
        }
        for start in 1..facts.words.len().saturating_sub(1) {
            self.by_ending.insert(facts.words[start..].join(" "), at);
        }
    }
}

/// "pmf" of "popular mobilization forces"; small words do not count.
fn initials(words: &[String]) -> Option<String> {
    let counting = words.iter().filter(|word| !matches!(word.as_str(), "of" | "and" | "the" | "for" | "in"));
    let letters: String = counting.filter_map(|word| word.chars().next()).collect();
    (letters.len() > 1).then_some(letters)
}

/// A name of one short word may be an acronym; what it abbreviates decides.
fn acronym(words: &[String]) -> Option<String> {
    match words {
        [word] if (2..=7).contains(&word.len()) => Some(word.clone()),
        _ => None,
    }
}
