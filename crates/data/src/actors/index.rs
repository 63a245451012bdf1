//! *Whose name is this?*

use std::collections::HashMap;

use super::entry::{Actor, ActorKind};
use super::key::without_articles;
use crate::gazetteer::fold;

/// How a name was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameStyle {
    /// A name of the entry, spelled as usual.
    Name,
    /// An acronym in capitals.
    Acronym,
    /// A name transliterated otherwise, told by its consonants.
    Transliteration,
}

/// An actor that may be meant, and how its name was recognised.
#[derive(Clone, Copy, Debug)]
pub struct Match<'a> {
    /// The entry.
    pub actor: &'a Actor,
    /// How the name was recognised.
    pub style: NameStyle,
}

/// Names to entries, by position in the sorted list of entries.
#[derive(Debug, Default)]
pub(super) struct Index {
    names: HashMap<String, Vec<u32>>,
    acronyms: HashMap<String, Vec<u32>>,
    skeletons: HashMap<String, Vec<u32>>,
    surnames: HashMap<String, Vec<u32>>,
    longest: HashMap<String, usize>,
}

/// Longer words in capitals are names printed in capitals, not acronyms.
const LONGEST_ACRONYM: usize = 6;

impl Index {
    pub(super) fn new(entries: &[Actor]) -> Self {
        let mut index = Self::default();
        for (at, actor) in entries.iter().enumerate() {
            index.add(at as u32, actor);
        }
        index
    }

    fn add(&mut self, at: u32, actor: &Actor) {
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            self.add_name(at, name);
        }
        if actor.kind != ActorKind::Person {
            return;
        }
        if let Some(short) = without_initials(&actor.name) {
            self.add_name(at, &short);
        }
        if let Some(surname) = surname(&actor.name) {
            add_once(&mut self.surnames, surname, at);
        }
    }

    fn add_name(&mut self, at: u32, name: &str) {
        let folded = fold(name);
        self.remember_length(&folded);
        let key = without_articles(&folded);
        self.remember_length(&key);
        if is_acronym(name) {
            return add_once(&mut self.acronyms, key, at);
        }
        if let Some(skeleton) = skeleton(&key) {
            add_once(&mut self.skeletons, skeleton, at);
        }
        add_once(&mut self.names, key, at);
    }

    /// Articles may be written or not, so a name may be a few words longer in the text than in the file.
    fn remember_length(&mut self, folded: &str) {
        let mut words = folded.split(' ');
        let first = words.next().unwrap_or_default();
        let longest = self.longest.entry(first.to_owned()).or_default();
        *longest = (*longest).max(words.count() + 3);
    }

    pub(super) fn longest_from(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }

    pub(super) fn find<'a>(&self, entries: &'a [Actor], words: &str) -> Vec<Match<'a>> {
        let key = without_articles(&fold(words));
        let matches = |found: Option<&Vec<u32>>, style| {
            let positions = found.map(Vec::as_slice).unwrap_or_default();
            positions
                .iter()
                .filter_map(|&at| entries.get(at as usize))
                .map(|actor| Match { actor, style })
                .collect()
        };
        let mut found: Vec<_> = matches(self.names.get(&key), NameStyle::Name);
        if may_be_acronym(words) {
            let is_new = |one: &Match<'_>| !found.iter().any(|other| other.actor.id == one.actor.id);
            let acronyms: Vec<_> = matches(self.acronyms.get(&key), NameStyle::Acronym);
            found.extend(acronyms.into_iter().filter(is_new).collect::<Vec<_>>());
        }
        if !found.is_empty() {
            return found;
        }
        let skeleton = skeleton(&key).and_then(|skeleton| self.skeletons.get(&skeleton));
        matches(skeleton.filter(|one| one.len() == 1), NameStyle::Transliteration)
    }

    pub(super) fn surname<'a>(&self, entries: &'a [Actor], words: &str) -> Vec<&'a Actor> {
        let folded = fold(words);
        let key = folded.strip_prefix("al ").or_else(|| folded.strip_prefix("el ")).unwrap_or(&folded);
        let positions = self.surnames.get(key).map(Vec::as_slice).unwrap_or_default();
        positions.iter().filter_map(|&at| entries.get(at as usize)).collect()
    }
}

fn add_once(map: &mut HashMap<String, Vec<u32>>, key: String, at: u32) {
    if key.is_empty() {
        return;
    }
    let positions = map.entry(key).or_default();
    if positions.last() != Some(&at) {
        positions.push(at);
    }
}

/// "NATO", "M23", "U.N.": short, without small letters.
fn is_acronym(name: &str) -> bool {
    let n_capitals = name.chars().filter(|letter| letter.is_uppercase()).count();
    n_capitals > 0 && !name.chars().any(char::is_lowercase) && fold(name).len() <= LONGEST_ACRONYM
}

/// Newspapers print "Nato" and "Unicef" too, but a word all in small letters is never an acronym.
fn may_be_acronym(words: &str) -> bool {
    let mut letters = words.chars().filter(|letter| letter.is_alphabetic());
    let capital_first = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.collect();
    let n_small = rest.iter().filter(|letter| letter.is_lowercase()).count();
    capital_first && (n_small == 0 || (rest.len() >= 3 && (n_small == 1 || n_small == rest.len())))
}

/// "Robert C. O'Brien" without the initial.
fn without_initials(name: &str) -> Option<String> {
    let is_initial = |word: &&str| word.trim_end_matches('.').chars().count() == 1 && word.ends_with('.');
    let is_suffix = |word: &&str| matches!(*word, "Jr." | "Sr." | "III");
    let words: Vec<&str> = name.split(' ').filter(|word| !is_initial(word) && !is_suffix(word)).collect();
    (words.len() >= 2 && words.len() < name.split(' ').count()).then(|| words.join(" "))
}

/// The last word of a person's name; rulers called by their realm ("Fahd of Saudi Arabia") have none.
fn surname(name: &str) -> Option<String> {
    let short = without_initials(name);
    let folded = fold(short.as_deref().unwrap_or(name));
    let words: Vec<&str> = folded.split(' ').collect();
    let is_numeral = |word: &str| matches!(word, "i" | "ii" | "iii" | "iv" | "vi" | "xiv" | "xvi");
    let last = *words.last()?;
    let has_surname = words.len() >= 2 && !words.contains(&"of") && !is_numeral(last) && last.len() > 1;
    has_surname.then(|| last.to_owned())
}

/// The consonants of a name of several words, so that "Muhammad Hussain" and "Mohammed Husayn" meet; `None` where too few are left
/// to tell names apart.
fn skeleton(key: &str) -> Option<String> {
    let words: Vec<String> = key.split(' ').map(word_skeleton).collect();
    let n_letters: usize = words.iter().map(String::len).sum();
    (words.len() >= 2 && n_letters >= 6 && key.is_ascii()).then(|| words.join(" "))
}

fn word_skeleton(word: &str) -> String {
    let mut skeleton = String::new();
    for (at, letter) in word.char_indices() {
        let sound = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at == 0 => 'a',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' if at > 0 => continue,
            'q' | 'c' => 'k',
            other => other,
        };
        if !skeleton.ends_with(sound) {
            skeleton.push(sound);
        }
    }
    skeleton
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consonants_tell_transliterations() {
        let check = |one: &str, other: &str, same: bool| {
            assert_eq!(skeleton(&fold(one)) == skeleton(&fold(other)), same, "{one} and {other}");
        };
        check("Kataib Hezbollah", "Kata'ib Hizballah", true);
        check("Muhammad Hussain", "Mohammed Husayn", true);
        check("Omar Suleiman", "Umar Sulayman", true);
        check("Michel Suleiman", "Omar Suleiman", false);
        assert_eq!(skeleton("ali eyo"), None);
    }

    #[test]
    fn acronyms_keep_their_capitals() {
        assert!(
            is_acronym("U.N.") && is_acronym("M23") && !is_acronym("Fatah") && !is_acronym("CHATHAM HOUSE")
        );
        assert!(may_be_acronym("NATO") && may_be_acronym("Nato") && may_be_acronym("U.S."));
        assert!(!may_be_acronym("who") && !may_be_acronym("Us") && !may_be_acronym(""));
    }
}
