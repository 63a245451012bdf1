//! *Which persons, companies and things of their time does a report name?*

use std::collections::BTreeMap;

use annalist_data::actors::{self, Actor, ActorKind, NameStyle};
use annalist_data::gazetteer::fold;
use annalist_data::world::{self, Era, EraKind};
use annalist_schema::{DayInterval, View};
use jiff::civil::Date;

use super::curve::{Curve, Shape};
use super::shape;
use super::solve::{Clue, Sort};

/// The clues of all names and words of a time.
pub fn clues(view: View<'_>) -> Vec<Clue> {
    let named = world::eras().named_in(view.text).into_iter();
    let mut clues: Vec<Clue> = named.map(|(era, range)| of_era(era, &view.text[range])).collect();
    clues.extend(persons(view));
    clues
}

fn of_era(era: &Era, words: &str) -> Clue {
    let sort = if era.kind == EraKind::Person { Sort::Person } else { Sort::Era };
    let why = format!("“{words}” belongs to {}", stretch(era.days));
    Clue { sort, why, curve: Curve::around(era.days, shape_of(era.kind)) }
}

fn shape_of(kind: EraKind) -> &'static Shape {
    match kind {
        EraKind::Name => &shape::ERA_NAME,
        EraKind::Person => &shape::ERA_PERSON,
        EraKind::Word => &shape::ERA_WORD,
        EraKind::Affair => &shape::ERA_AFFAIR,
    }
}

/// "1998 to 2003", "the time since 1998".
pub fn stretch(days: DayInterval) -> String {
    match days.latest == Date::MAX {
        true => format!("the time since {}", days.earliest.year()),
        false => format!("{} to {}", days.earliest.year(), days.latest.year()),
    }
}

/// Office holders named in full, each once.
fn persons(view: View<'_>) -> Vec<Clue> {
    let mut found: BTreeMap<&str, (String, Vec<&Actor>)> = BTreeMap::new();
    for sentence in &view.document.sentences {
        for at in sentence.tokens.clone() {
            if let Some((words, persons)) = person_at(view, at, sentence.tokens.end) {
                let id = persons.first().map_or("", |person| person.id.as_str());
                found.entry(id).or_insert((words, persons));
            }
        }
    }
    found.into_values().map(|(words, persons)| of_persons(&words, &persons)).collect()
}

/// The longest name of two to four words that begins at a token.
fn person_at(view: View<'_>, at: u32, end: u32) -> Option<(String, Vec<&'static Actor>)> {
    let known = actors::known();
    let first = view.form(at);
    let is_name = first.starts_with(char::is_uppercase) && known.longest_from(&fold(first)) > 0;
    let is_word = |word: u32| view.form(word).ends_with(char::is_alphanumeric);
    let mut lengths =
        (2..=4).rev().filter(|length| is_name && at + length <= end && is_word(at + length - 1));
    lengths.find_map(|length| {
        let words: Vec<u32> = (at..at + length).collect();
        let name = view.cover(&words)?.of(view.text);
        let is_person = |actor: &&Actor| actor.kind == ActorKind::Person && !actor.terms.is_empty();
        let named = known.named(name).into_iter().filter(|found| found.style == NameStyle::Name);
        let persons: Vec<&Actor> = named.map(|found| found.actor).filter(is_person).collect();
        (!persons.is_empty()).then(|| (name.to_owned(), persons))
    })
}

fn of_persons(words: &str, persons: &[&Actor]) -> Clue {
    let terms: Vec<DayInterval> = persons.iter().filter_map(|person| career(person)).collect();
    let why =
        terms.first().map(|days| format!("{words} was in office {}", stretch(*days))).unwrap_or_default();
    Clue { sort: Sort::Person, why, curve: Curve::around_any(&terms, &shape::KNOWN) }
}

/// From the first day in office to the last.
fn career(person: &Actor) -> Option<DayInterval> {
    let first = person.terms.iter().map(|term| term.days().earliest).min()?;
    let last = person.terms.iter().map(|term| term.days().latest).max()?;
    Some(DayInterval { earliest: first, latest: last })
}
