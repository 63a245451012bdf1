//! Every entry of the lexicon reads its own sentences as it says: what it must match is coded by it, what it must leave alone
//! is not.

#![cfg(feature = "full")]
#![allow(clippy::unwrap_used)]

use annalist_data::lexicon::{Entry, lexicon};
use annalist_read::{Options, Reader, Tier};
use annalist_schema::{Claim, Reading, Report};

/// An entry with one of its sentences.
struct Example {
    entry: &'static Entry,
    sentence: &'static str,
    must_match: bool,
}

fn examples() -> Vec<Example> {
    let of = |entry: &'static Entry, sentences: &'static [String], must_match| {
        sentences.iter().map(move |sentence| Example { entry, sentence, must_match })
    };
    let entries = lexicon().entries.iter();
    entries
        .flat_map(|entry| of(entry, &entry.examples, true).chain(of(entry, &entry.counterexamples, false)))
        .collect()
}

fn read(examples: &[Example]) -> Vec<Reading> {
    let reader = Reader::new(Options { tier: Tier::Full, ..Options::default() }).unwrap();
    let report = |(at, example): (usize, &Example)| Report {
        id: at.to_string(),
        text: example.sentence.to_owned(),
        ..Report::default()
    };
    reader.read(&examples.iter().enumerate().map(report).collect::<Vec<_>>())
}

/// Whether the entry is among those that coded the claim.
fn coded_by(claim: &Claim, entry: &Entry) -> bool {
    claim.rule.split(['(', ')']).any(|rule| rule == entry.id)
}

/// Whether a sentence is read as its entry says. Where several entries fit, another may code what this one would have.
fn is_right(example: &Example, reading: &Reading) -> bool {
    let entry = example.entry;
    let has_type = |claim: &Claim| claim.event_type.is_some() && claim.event_type == entry.coding.event_type;
    // An outer verb has no type; what it makes of the act inside it, another verb may make as well.
    let of_its_act = |other: &Entry| entry.coding.event_type.is_none() && other.act == entry.act;
    let by_another =
        |claim: &Claim| lexicon().entries.iter().any(|other| of_its_act(other) && coded_by(claim, other));
    let is_coded = reading.claims.iter().any(|claim| coded_by(claim, entry));
    match example.must_match {
        true => is_coded || reading.claims.iter().any(|claim| has_type(claim) || by_another(claim)),
        false => !is_coded,
    }
}

#[test]
fn entries_code_the_sentences_that_they_must_match_and_no_others() {
    let examples = examples();
    let readings = read(&examples);
    let describe = |(example, reading): (&Example, &Reading)| {
        let rules: Vec<&str> = reading.claims.iter().map(|claim| &*claim.rule).collect();
        let verb = if example.must_match { "must match" } else { "must leave" };
        format!("{} {verb} {:?}: {rules:?}", example.entry.id, example.sentence)
    };
    let read = examples.iter().zip(&readings);
    let wrong: Vec<String> =
        read.filter(|(example, reading)| !is_right(example, reading)).map(describe).collect();
    assert!(wrong.is_empty(), "{} of {} examples:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}
