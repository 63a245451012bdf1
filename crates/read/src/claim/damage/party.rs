//! *Is a party of these talks a mistaken name?*
//!
//! Machine translation and typists confuse names that look alike. Where most of a report names A and B as the parties of some talks, and a few
//! sentences on the same matter name A and a look-alike of B, those sentences are noted. Two rounds of talks with partners whose names do not look
//! alike are never noted: a mediator may well talk to both.

use std::collections::{BTreeMap, BTreeSet};

use annalist_data::gazetteer::Gazetteer;
use annalist_schema::{Country, Note, NoteKind, Span, Upos};

use crate::claim::Context;
use crate::claim::process::Processes;
use crate::claim::process::noun::Named;
use crate::claim::process::party::Parties;

/// A mention of talks whose parties contradict the rest of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Position in the list of process nouns.
    pub noun: usize,
    /// The country that is named.
    pub named: Country,
    /// The country that the rest of the report names in its place.
    pub expected: Country,
    /// The parties as the rest of the report names them.
    pub parties: Parties,
    /// How often it does.
    pub n_elsewhere: usize,
}

/// Finds the mentions whose parties contradict the rest of the report.
pub fn contradictions(ctx: &Context<'_>, processes: &Processes) -> Vec<Contradiction> {
    let Processes { nouns, parties } = processes;
    let pairs = pairs(nouns, parties);
    let mut found = Vec::new();
    for (at, pair) in &pairs {
        let counts = elsewhere(&pairs, nouns, *at);
        let mine = counts.get(pair).copied().unwrap_or(0) + 1;
        let usual = counts.iter().max_by_key(|(other, count)| (**count, *other));
        let Some((usual, &n_elsewhere)) = usual.filter(|(_, count)| **count >= 2 && **count >= mine) else {
            continue;
        };
        let Some((named, expected)) = exchanged(pair, usual) else { continue };
        if look_alike(named, expected) && same_matter(ctx, nouns, &pairs, *at, usual, expected) {
            found.push(Contradiction { noun: *at, named, expected, parties: usual.clone(), n_elsewhere });
        }
    }
    found
}

/// Adds a note on every contradiction.
pub fn find(ctx: &Context<'_>, processes: &Processes, notes: &mut Vec<Note>) {
    for contradiction in contradictions(ctx, processes) {
        let named = &processes.nouns[contradiction.noun];
        let words = words(ctx, named, contradiction.named);
        let usual: Vec<String> = contradiction.parties.iter().map(|&country| name(country)).collect();
        notes.push(Note {
            kind: NoteKind::SuspectedTranslationError,
            span: Some(words),
            message: format!(
                "`{}` names {} where the report elsewhere names {} as the parties ({} times); check the original for {}",
                words.of(ctx.view.text),
                name(contradiction.named),
                usual.join(" and "),
                contradiction.n_elsewhere,
                name(contradiction.expected),
            ),
        });
    }
}

/// Mentions with exactly two parties.
fn pairs(nouns: &[Named], parties: &[Parties]) -> Vec<(usize, Parties)> {
    let both = nouns.iter().zip(parties).enumerate();
    both.filter(|(_, (_, parties))| parties.len() == 2)
        .map(|(at, (_, parties))| (at, parties.clone()))
        .collect()
}

fn elsewhere(pairs: &[(usize, Parties)], nouns: &[Named], at: usize) -> BTreeMap<Parties, usize> {
    let mut counts = BTreeMap::new();
    for (other, pair) in pairs {
        if *other != at && nouns[*other].kind == nouns[at].kind {
            *counts.entry(pair.clone()).or_insert(0) += 1;
        }
    }
    counts
}

/// The one party in which two pairs differ.
fn exchanged(pair: &Parties, usual: &Parties) -> Option<(Country, Country)> {
    let named: Vec<&Country> = pair.difference(usual).collect();
    let expected: Vec<&Country> = usual.difference(pair).collect();
    match (named.as_slice(), expected.as_slice()) {
        ([named], [expected]) => Some((**named, **expected)),
        _ => None,
    }
}

/// Whether two countries' names are easily confused: at most two letters apart, or one within the other.
fn look_alike(one: Country, other: Country) -> bool {
    let (one, other) = (name(one).to_lowercase(), name(other).to_lowercase());
    let contained = one.contains(&other) || other.contains(&one);
    let shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    contained || (shared >= 2 && distance(&one, &other) <= 2)
}

/// Edits between two names.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, known) in other.iter().enumerate() {
            let change = diagonal + usize::from(letter != *known);
            diagonal = row[column + 1];
            row[column + 1] = change.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Whether a mention speaks of what the others speak of: it names the expected country beside the talks, or shares a noun with them.
fn same_matter(
    ctx: &Context<'_>,
    nouns: &[Named],
    pairs: &[(usize, Parties)],
    at: usize,
    usual: &Parties,
    expected: Country,
) -> bool {
    let sentence = ctx.view.sentence_of(nouns[at].token);
    let names_expected = sentence_span(ctx, sentence).is_some_and(|words| {
        ctx.toponyms_around(words)
            .iter()
            .any(|toponym| toponym.country == Some(expected) && words.contains(Span::from(toponym.span)))
    });
    let others: BTreeSet<&str> = pairs
        .iter()
        .filter(|(other, pair)| pair == usual && *other != at)
        .flat_map(|(other, _)| matter(ctx, ctx.view.sentence_of(nouns[*other].token)))
        .collect();
    names_expected || matter(ctx, sentence).intersection(&others).next().is_some()
}

fn sentence_span(ctx: &Context<'_>, sentence: u32) -> Option<Span> {
    ctx.view.document.sentences.get(sentence as usize).map(|sentence| sentence.span)
}

/// The common nouns of a sentence that say what it is about.
fn matter<'t>(ctx: &Context<'t>, sentence: u32) -> BTreeSet<&'t str> {
    use annalist_data::processes::Processes as Lexicon;
    use annalist_data::quantities::Quantities;
    let Some(sentence) = ctx.view.document.sentences.get(sentence as usize) else { return BTreeSet::new() };
    let says_little =
        |lemma: &str| Quantities::embedded().is_measure(lemma) || Lexicon::embedded().noun(lemma).is_some();
    sentence
        .tokens
        .clone()
        .filter(|&token| ctx.view.token(token).upos == Upos::Noun)
        .map(|token| ctx.view.lemma(token))
        .filter(|lemma| !says_little(lemma))
        .collect()
}

/// From the process noun to the mistaken name.
fn words(ctx: &Context<'_>, named: &Named, country: Country) -> Span {
    let noun = ctx.view.token(named.token).span;
    let sentence = sentence_span(ctx, ctx.view.sentence_of(named.token)).unwrap_or(noun);
    let spans = ctx.toponyms.iter().filter(|toponym| toponym.country == Some(country));
    spans
        .map(|toponym| Span::from(toponym.span))
        .filter(|span| sentence.contains(*span))
        .min_by_key(|span| span.start.abs_diff(noun.start))
        .map_or(noun, |span| noun.cover(span))
}

fn name(country: Country) -> String {
    let code = country.to_string();
    Gazetteer::embedded().country(&code).map_or(code, |entry| entry.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        let country = |code: &str| Country::new(code).unwrap();
        assert_eq!(look_alike(country(one), country(other)), expected, "{one} {other}");
    }

    #[test]
    fn names_that_look_alike() {
        check("IRN", "IRQ", true);
        check("NER", "NGA", true);
        check("SVK", "SVN", true);
        check("SDN", "SSD", true);
        check("RUS", "UKR", false);
        check("USA", "IRN", false);
        check("SYR", "TUR", false);
    }
}
