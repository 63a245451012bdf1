//! *Which words name persons?* "Jackson said" is nobody's town.

use std::collections::HashSet;

use annalist_data::gazetteer::{Gazetteer, WordList};
use annalist_schema::{NerType, View};

use super::word::{self, Gap, Word};

/// The words of a text that are parts of persons' names.
#[derive(Debug, Default)]
pub struct Persons<'t> {
    is_person: Vec<bool>,
    surnames: HashSet<&'t str>,
}

impl<'t> Persons<'t> {
    /// Reads them off given names, titles and the entity tagger.
    pub fn of(view: View<'t>, words: &[Word<'t>]) -> Self {
        let mut persons = Self { is_person: vec![false; words.len()], surnames: HashSet::new() };
        for index in 0..words.len() {
            if word::entity(view, &words[index]) == Some(NerType::Per) {
                persons.mark(words, index);
            } else if let Some(last) = full_name(words, index).or_else(|| titled_name(words, index)) {
                (index..=last).for_each(|part| persons.is_person[part] = true);
                persons.surnames.insert(words[last].text);
            }
        }
        persons
    }

    /// Whether a word is part of a person's name where it stands.
    pub fn is_person(&self, index: usize) -> bool {
        self.is_person.get(index).copied().unwrap_or_default()
    }

    /// Whether the text gives somebody this surname.
    pub fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    fn mark(&mut self, words: &[Word<'t>], index: usize) {
        self.is_person[index] = true;
        self.surnames.insert(words[index].text);
    }
}

/// The last word of a name that begins with a given name: "Keith Warden", "John F. Kennedy".
fn full_name(words: &[Word<'_>], index: usize) -> Option<usize> {
    let gazetteer = Gazetteer::in_use();
    if !gazetteer.is_listed(WordList::Given, words[index].text) || words[index].is_genitive {
        return None;
    }
    let mut last = index + 1;
    while words.get(last).is_some_and(|word| is_middle(word)) && last < index + 3 {
        last += 1;
    }
    let surname = words.get(last)?;
    let follows = surname.gap == Gap::Space || (surname.gap == Gap::Point && last > index + 1);
    (follows && is_surname_like(surname, last > index + 1)).then_some(last)
}

/// An initial, or a second given name.
fn is_middle(word: &Word<'_>) -> bool {
    let is_initial = word.text.chars().count() == 1 && word.is_capital();
    word.gap == Gap::Space
        && (is_initial || Gazetteer::in_use().is_listed(WordList::Given, word.text) && !word.is_genitive)
        || matches!(word.text, "al" | "bin" | "ben" | "van" | "von" | "de" | "abu" | "el")
            && word.gap == Gap::Space
}

fn is_surname_like(word: &Word<'_>, after_initial: bool) -> bool {
    let gazetteer = Gazetteer::in_use();
    let is_other = [WordList::Institution, WordList::Street, WordList::Ordinary]
        .iter()
        .any(|list| gazetteer.is_listed(*list, word.text));
    let is_surname = gazetteer.is_listed(WordList::Surname, word.text);
    word.is_capital()
        && (after_initial || !word.starts_sentence)
        && (is_surname || !is_other)
        && !word.is_shouted()
}

/// The last word of a name after a title: "Mrs. Lincoln", "President Bush".
fn titled_name(words: &[Word<'_>], index: usize) -> Option<usize> {
    if !TITLES.contains(&words[index].text) {
        return None;
    }
    let name = words.get(index + 1)?;
    let follows = matches!(name.gap, Gap::Space) || name.gap == Gap::Point && words[index].text.len() <= 5;
    let gazetteer = Gazetteer::in_use();
    let is_country =
        gazetteer.country_by_name(name.text).is_some() || gazetteer.country_by_demonym(name.text).is_some();
    let is_name = name.is_capital() && !is_country && !gazetteer.is_listed(WordList::Institution, name.text);
    (follows && is_name && !TITLES.contains(&name.text)).then_some(index + 1)
}

const TITLES: &[&str] = &[
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Dr",
    "Prof",
    "Professor",
    "President",
    "Minister",
    "Sen",
    "Senator",
    "Rep",
    "Representative",
    "Gov",
    "Governor",
    "Gen",
    "General",
    "Col",
    "Colonel",
    "Maj",
    "Major",
    "Capt",
    "Captain",
    "Lt",
    "Lieutenant",
    "Sgt",
    "Sergeant",
    "Cpl",
    "Adm",
    "Admiral",
    "Judge",
    "Justice",
    "Mayor",
    "Officer",
    "Detective",
    "Deputy",
    "Coach",
    "Prince",
    "Princess",
    "Queen",
    "Pope",
    "Secretary",
    "Chancellor",
    "Premier",
    "Imam",
    "Sheikh",
    "Ayatollah",
    "Sir",
    "Dame",
    "Rev",
    "Reverend",
    "Father",
    "Sister",
    "Bishop",
    "Archbishop",
    "Cardinal",
    "Rabbi",
    "Ambassador",
    "Spokesman",
    "Spokeswoman",
    "Commissioner",
    "Councilman",
    "Congressman",
    "Congresswoman",
    "Supt",
    "Superintendent",
    "Pastor",
    "Brig",
    "Brigadier",
    "Insp",
    "Inspector",
    "Constable",
    "spokesman",
    "spokeswoman",
    "attorney",
    "coach",
];

#[cfg(test)]
mod tests {
    use annalist_schema::Document;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document::default();
        let words = word::scan(View::new(text, &document));
        let persons = Persons::of(View::new(text, &document), &words);
        let found: Vec<_> = words
            .iter()
            .enumerate()
            .filter(|(index, _)| persons.is_person(*index))
            .map(|(_, word)| word.text)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn names_of_persons() {
        check("Then John F. Lincoln spoke", &["John", "F", "Lincoln"]);
        check("Then Mr. Houston spoke", &["Mr", "Houston"]);
        check("in Jordan Valley", &[]);
        check("by President Jackson", &["President", "Jackson"]);
        check("the Israel Police", &[]);
    }
}
