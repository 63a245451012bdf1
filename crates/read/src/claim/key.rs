//! *What does fusion need to know of the words?* Keys of claims and the fingerprint of a report.

use std::collections::{BTreeMap, BTreeSet};

use annalist_data::lexicon::HeadKind;
use annalist_schema::{ClaimKey, Deprel, Fingerprint, NerType, Number, Span, TimexType, Upos, View};

use super::Context;
use super::frame::Frame;
use super::predicate::head_kinds;
use super::sense;
use super::tree::Tree;

/// Sentences with fewer words say too little to recognise a copy by.
const MIN_WORDS_OF_A_COPY: usize = 6;

/// What fusion compares of a claim whose trigger is a word; `predicates` are the words around which its arguments stand.
pub fn key(context: &Context<'_>, tree: &Tree<'_>, head: u32, predicates: &[u32], trigger: Span) -> ClaimKey {
    let frame = frame(tree, head);
    let filled = slots(tree, predicates);
    let sentence = tree.view.sentence_tokens(head);
    let quote = context.view.document.sentences.get(tree.view.sentence_of(head) as usize);
    let lemma = tree.lemma(head).to_owned();
    let trigger: Vec<String> = sentence
        .clone()
        .filter(|&word| trigger.overlaps(tree.view.token(word).span))
        .map(|word| tree.lemma(word).to_owned())
        .collect();
    ClaimKey {
        senses: sense::of(&lemma, &trigger),
        light: sense::is_light(&lemma, &trigger),
        lemma,
        trigger,
        arguments: arguments(tree, &filled),
        persons: persons(tree, &filled),
        words: sentence
            .filter(|&word| is_content(tree.view, word))
            .map(|word| tree.lemma(word).to_owned())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
        quote: quote.map(|sentence| sentence.span.of(context.view.text).to_owned()).unwrap_or_default(),
        scope: scope(context, tree, &frame),
        plural: is_plural(tree, head),
    }
}

fn frame(tree: &Tree<'_>, head: u32) -> Frame {
    let kind = head_kinds(tree, head).first().copied().unwrap_or(HeadKind::Noun);
    Frame::of(tree, head, kind)
}

/// The words in the slots around some predicates, which are none of these.
fn slots(tree: &Tree<'_>, predicates: &[u32]) -> Vec<u32> {
    let frames = predicates.iter().map(|&head| frame(tree, head));
    let words = frames.flat_map(|frame| {
        let oblique = frame.oblique.into_iter().map(|(_, word)| word);
        frame.subject.into_iter().chain(frame.object).chain(oblique).collect::<Vec<_>>()
    });
    words.filter(|word| !predicates.contains(word)).collect()
}

/// Content lemmas of what stands in the slots, names whole, sorted, no repeats.
fn arguments(tree: &Tree<'_>, filled: &[u32]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for &head in filled {
        if tree.view.token(head).ner.kind().is_some() {
            found.insert(name(tree, head));
        }
        let near = tree.children_by(head, &["compound", "amod", "nmod", "nummod", "appos"]);
        found.extend(
            near.chain([head])
                .filter(|&word| is_content(tree.view, word))
                .map(|word| tree.lemma(word).to_owned()),
        );
    }
    found.into_iter().collect()
}

/// Names of persons in the slots, sorted, no repeats.
fn persons(tree: &Tree<'_>, filled: &[u32]) -> Vec<String> {
    let near = filled.iter().flat_map(|&head| {
        let parts = tree.children_by(head, &["compound", "flat", "appos", "nmod:desc", "nmod:poss"]);
        std::iter::once(head).chain(parts).collect::<Vec<_>>()
    });
    let is_person = |word: &u32| tree.view.token(*word).ner.kind() == Some(NerType::Per);
    near.filter(is_person).map(|word| name(tree, word)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The whole name that a word belongs to, lower case.
fn name(tree: &Tree<'_>, word: u32) -> String {
    let kind = tree.view.token(word).ner.kind();
    let sentence = tree.view.sentence_tokens(word);
    let same = |other: &u32| tree.view.token(*other).ner.kind() == kind;
    let first = (sentence.start..word).rev().take_while(|other| same(other)).last().unwrap_or(word);
    let last = (word..sentence.end).take_while(|other| same(other)).last().unwrap_or(word);
    let span = tree.view.token(first).span.cover(tree.view.token(last).span);
    span.of(tree.view.text).to_lowercase()
}

/// Areas and periods that the words themselves name: "in Iraq and Syria", "since October".
fn scope(context: &Context<'_>, tree: &Tree<'_>, frame: &Frame) -> Vec<String> {
    let mut found = Vec::new();
    for (case, word) in &frame.oblique {
        let phrase = super::party::phrase(tree, *word);
        let is_area = matches!(case.as_str(), "in" | "across" | "throughout" | "near" | "inside")
            && context
                .toponyms_around(phrase)
                .iter()
                .any(|toponym| phrase.overlaps(Span::from(toponym.span)));
        let is_period =
            matches!(case.as_str(), "since" | "over" | "during" | "between" | "until" | "for" | "in")
                && context
                    .timexes_around(phrase)
                    .iter()
                    .any(|timex| timex.kind != TimexType::Time && phrase.overlaps(Span::from(timex.span)))
                && case != "in";
        if is_area || is_period {
            found.push(format!("{case} {}", phrase.of(context.view.text)));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a trigger speaks of several events: "attacks", "repeatedly attacked".
pub fn is_plural(tree: &Tree<'_>, head: u32) -> bool {
    let repeats = |child: u32| {
        matches!(
            tree.lemma(child),
            "repeated"
                | "repeatedly"
                | "several"
                | "numerous"
                | "multiple"
                | "many"
                | "frequent"
                | "frequently"
                | "often"
                | "routinely"
                | "regularly"
                | "series"
                | "number"
        )
    };
    let is_repeated = tree.children_by(head, &["amod", "advmod", "nummod"]).any(repeats);
    let is_plural_noun = matches!(tree.upos(head), Upos::Noun | Upos::Propn)
        && tree.view.token(head).feats.number == Some(Number::Plur)
        && !matches!(tree.lemma(head), "talk" | "talks" | "negotiation" | "hostility");
    is_repeated || is_plural_noun
}

/// What fusion needs to know of the whole report.
pub fn fingerprint(view: View<'_>) -> Fingerprint {
    let mut terms: BTreeMap<String, u32> = BTreeMap::new();
    for word in (0..view.document.tokens.len() as u32).filter(|&word| is_content(view, word)) {
        *terms.entry(view.lemma(word).to_lowercase()).or_default() += 1;
    }
    let sentences = view.document.sentences.iter().map(|sentence| sentence_hash(sentence.span.of(view.text)));
    Fingerprint { terms: terms.into_iter().collect(), sentences: sentences.collect() }
}

/// Nouns, names, verbs, adjectives, numbers; not the words that every report has.
fn is_content(view: View<'_>, word: u32) -> bool {
    let token = view.token(word);
    let is_open = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num);
    let is_function =
        matches!(token.deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop | Deprel::Case | Deprel::Det);
    is_open && !is_function && !is_stop_word(&token.lemma) && token.lemma.chars().any(char::is_alphanumeric)
}

fn is_stop_word(lemma: &str) -> bool {
    matches!(
        lemma,
        "be" | "have"
            | "do"
            | "say"
            | "go"
            | "get"
            | "make"
            | "take"
            | "other"
            | "such"
            | "same"
            | "own"
            | "more"
            | "most"
            | "many"
            | "last"
            | "new"
            | "also"
            | "mr"
            | "mr."
            | "tell"
            | "include"
            | "one"
    )
}

/// A hash of the words alone, so that spacing, quotes and capitals do not hide a copy; `0` for short sentences.
fn sentence_hash(sentence: &str) -> u64 {
    let words = sentence.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut n_words = 0;
    for word in words {
        n_words += 1;
        for byte in word.to_lowercase().bytes().chain([b' ']) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    if n_words < MIN_WORDS_OF_A_COPY { 0 } else { hash.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_recognised_by_its_words() {
        let hash = sentence_hash("Rebels attacked a base near the border.");
        assert_eq!(hash, sentence_hash("“Rebels  attacked a base, near THE border”"));
        assert_ne!(hash, sentence_hash("Rebels attacked a base near the river."));
        assert_eq!(sentence_hash("Rebels attacked a base."), 0);
    }
}
