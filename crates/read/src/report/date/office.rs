//! *Who was in office when a report was written?*
//!
//! "President Macron said": a person named with an office holds it. Words such as "former" before the office
//! say the opposite. Sentences that tell of a year of their own are left out.

use std::collections::BTreeMap;

use annalist_data::actors::{self, Actor, Term};
use annalist_data::world;
use annalist_schema::{DayInterval, View};

use super::curve::Curve;
use super::named::stretch;
use super::shape;
use super::solve::{Clue, Sort};
use crate::mention::timex::{Candidate, Symbol};

/// The clues of all persons named with an office, each person once.
pub fn clues(view: View<'_>, timexes: &[Candidate]) -> Vec<Clue> {
    let mut found = BTreeMap::new();
    for sentence in &view.document.sentences {
        let is_of_a_year = tells_of_a_year(timexes, sentence.span);
        for at in sentence.tokens.clone().filter(|_| !is_of_a_year) {
            if let Some((words, clue)) = clue_at(view, at, sentence.tokens.clone()) {
                found.entry(words).or_insert(clue);
            }
        }
    }
    found.into_values().collect()
}

/// Whether a sentence names a time with its year.
pub fn tells_of_a_year(timexes: &[Candidate], sentence: annalist_schema::Span) -> bool {
    let first = timexes.partition_point(|candidate| candidate.span.start < sentence.start);
    let inside = timexes[first..].iter().take_while(|candidate| candidate.span.start < sentence.end);
    inside.into_iter().any(|candidate| matches!(candidate.symbol, Symbol::Fixed(_)))
}

/// The holder whose title begins at a token, with a key of what is said.
fn clue_at(view: View<'_>, at: u32, sentence: std::ops::Range<u32>) -> Option<((String, bool), Clue)> {
    let is_at = |words: &[String]| {
        (0..).zip(words).all(|(next, word)| {
            sentence.contains(&(at + next)) && view.form(at + next).eq_ignore_ascii_case(word)
        })
    };
    let title = world::longest_title(world::titles(), is_at)?;
    let start = at + title.words.len() as u32;
    let (name, terms) = holder(view, title, start, sentence.end)?;
    let is_former =
        (1..=2).filter(|back| at >= sentence.start + back).any(|back| is_past_holder(view.form(at - back)));
    let office = title.words.join(" ");
    let days = stretch(*terms.first()?);
    let (why, shape) = match is_former {
        true => (format!("it calls {name} “former {office}”, an office held {days}"), &shape::OUT_OF_OFFICE),
        false => (format!("{name} was {office} {days}"), &shape::IN_OFFICE),
    };
    let clue = Clue { sort: Sort::Office, why, curve: Curve::around_any(&terms, shape) };
    Some(((name, is_former), clue))
}

fn is_past_holder(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(word.as_str(), "former" | "ex" | "ex-president" | "late" | "then" | "then-" | "old" | "elder")
}

/// The person behind a title, and the terms in which somebody of the name held the office.
fn holder(view: View<'_>, title: &world::Title, start: u32, end: u32) -> Option<(String, Vec<DayInterval>)> {
    let is_name = start < end && view.form(start).starts_with(char::is_uppercase);
    let lengths = (1..=4).rev().filter(|length| is_name && start + length <= end);
    lengths.into_iter().find_map(|length| {
        let words: Vec<u32> = (start..start + length).collect();
        let name = view.cover(&words)?.of(view.text);
        let terms: Vec<(&Actor, &Term)> = persons(name)
            .into_iter()
            .flat_map(|person| person.terms.iter().map(move |term| (person, term)))
            .filter(|(_, term)| title.means(&term.office))
            .collect();
        let (first, _) = terms.first()?;
        Some((first.name.clone(), terms.iter().map(|(_, term)| term.days()).collect()))
    })
}

fn persons(name: &str) -> Vec<&'static Actor> {
    let known = actors::known();
    let named: Vec<&Actor> =
        known.named(name).iter().map(|found| found.actor).filter(|actor| !actor.terms.is_empty()).collect();
    if named.is_empty() { known.by_surname(name) } else { named }
}
