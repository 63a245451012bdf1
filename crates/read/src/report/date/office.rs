//! *Who was in office when a report was written?*
//!
//! "President Macron said": a person named with an office holds it. Words such as "former" before the office say the opposite and are
//! left out, as are offices that several persons of the name held, and sentences that tell of a year of their own.

use std::collections::BTreeMap;

use annalist_data::actors::{self, Actor, Term};
use annalist_schema::{DayInterval, View};

use crate::mention::timex::{Candidate, Symbol};

/// Heads of state and government and ministers: offices with one holder at a time.
const TITLES: [&str; 8] = [
    "president",
    "vice president",
    "prime minister",
    "chancellor",
    "foreign minister",
    "defense secretary",
    "secretary of state",
    "king",
];

/// A person in office, and the days of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person's name.
    pub name: String,
    /// The office.
    pub office: String,
    /// From the first to the last day of the term.
    pub days: DayInterval,
}

/// The persons that a report names with an office they held once, sorted by name.
pub fn holders(view: View<'_>, timexes: &[Candidate]) -> Vec<Holder> {
    let n_tokens = view.document.tokens.len() as u32;
    let mut found = BTreeMap::new();
    for at in 0..n_tokens {
        let Some((title, end)) = title_at(view, at) else { continue };
        let is_former = at > 0 && is_past_holder(&view.form(at - 1).to_lowercase())
            || at > 1 && is_past_holder(&view.form(at - 2).to_lowercase());
        let is_current = !is_former && !tells_of_a_year(view, timexes, at);
        if let Some(holder) = is_current.then(|| holder(view, title, end)).flatten() {
            found.insert((holder.name.clone(), holder.office.clone()), holder);
        }
    }
    found.into_values().collect()
}

/// Whether the sentence of a word names a time with its year.
fn tells_of_a_year(view: View<'_>, timexes: &[Candidate], at: u32) -> bool {
    let Some(sentence) = view.document.sentences.get(view.sentence_of(at) as usize) else { return false };
    let first = timexes.partition_point(|candidate| candidate.span.start < sentence.span.start);
    let inside = timexes[first..].iter().take_while(|candidate| candidate.span.start < sentence.span.end);
    inside.into_iter().any(|candidate| matches!(candidate.symbol, Symbol::Fixed(_)))
}

fn is_past_holder(word: &str) -> bool {
    matches!(word, "former" | "ex" | "ex-president" | "late" | "then" | "then-" | "old" | "elder" | "vice")
}

/// The title that begins at a word, and the word after it.
fn title_at(view: View<'_>, at: u32) -> Option<(&'static str, u32)> {
    let sentence = view.sentence_tokens(at);
    let longest = TITLES.iter().copied().filter_map(|title| {
        let mut end = at;
        for word in title.split(' ') {
            let is_next = sentence.contains(&end) && view.form(end).eq_ignore_ascii_case(word);
            end = is_next.then_some(end + 1)?;
        }
        Some((title, end))
    });
    longest.max_by_key(|(_, end)| *end)
}

/// The one person of the name behind a title who held the office once.
fn holder(view: View<'_>, title: &str, start: u32) -> Option<Holder> {
    let sentence = view.sentence_tokens(start.checked_sub(1)?);
    let names = (1..=3).rev().filter(|length| start + length <= sentence.end).filter_map(|length| {
        let words: Vec<u32> = (start..start + length).collect();
        let span = view.cover(&words)?;
        let is_name = view.form(start).starts_with(char::is_uppercase);
        is_name.then(|| span.of(view.text))
    });
    for name in names {
        let persons = persons(name);
        if persons.is_empty() {
            continue;
        }
        let terms: Vec<(&Actor, &Term)> = persons
            .iter()
            .flat_map(|person| person.terms.iter().map(move |term| (*person, term)))
            .filter(|(_, term)| term.office == title)
            .collect();
        let [(person, term)] = terms[..] else { return None };
        let days = term.to.map(|_| term.days())?;
        return Some(Holder { name: person.name.clone(), office: term.office.clone(), days });
    }
    None
}

fn persons(name: &str) -> Vec<&'static Actor> {
    let known = actors::known();
    let named: Vec<&Actor> =
        known.named(name).iter().map(|found| found.actor).filter(|actor| !actor.terms.is_empty()).collect();
    if named.is_empty() { known.by_surname(name) } else { named }
}
