//! *Does a story go on at the day it has arrived at?*
//!
//! "On Monday rebels attacked the town. They burned the mill." A verb in the plain past that nothing dates goes on where one of the
//! two sentences before it named a day for what it told. Speaking is left out: who comments on a day's events need not do so on it.

use annalist_schema::{Span, Tense, Upos, VerbForm};

use super::super::Context;
use super::super::tree::Tree;
use super::expression::{self, Expression};
use super::relation::Relation;
use super::{Dated, path};

/// How many sentences a day lasts that no word repeats.
const N_BEFORE: u32 = 2;

/// How far from the main verb of its sentence the expression may stand, in the tenths of [`path`].
const MAIN: u32 = 5;

/// The day that the story has arrived at, if the event is told in its course.
pub fn day(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    let verb = verb_of(tree, trigger)?;
    if !is_plain_past(tree, verb) || is_speech(tree.lemma(verb)) {
        return None;
    }
    let sentence = tree.view.sentence_of(trigger);
    let first = sentence.saturating_sub(N_BEFORE);
    (first..sentence).rev().find_map(|before| day_of_sentence(context, tree, before))
}

/// The verb that a noun hangs from, or the verb itself.
fn verb_of(tree: &Tree<'_>, trigger: u32) -> Option<u32> {
    let mut at = trigger;
    for _ in 0..4 {
        if tree.upos(at) == Upos::Verb {
            return Some(at);
        }
        let is_within = tree.is_rel(at, &["obj", "nsubj", "obl", "nmod", "compound"]);
        at = tree.head(at).filter(|_| is_within)?;
    }
    None
}

/// "attacked", "was attacked", but not "had attacked" or "would attack".
pub fn is_plain_past(tree: &Tree<'_>, verb: u32) -> bool {
    let is_past = |word: u32| {
        let feats = tree.view.token(word).feats;
        feats.tense == Some(Tense::Past) && feats.verb_form == Some(VerbForm::Fin)
    };
    let mut auxiliaries = tree.children_by(verb, &["aux"]).peekable();
    if auxiliaries.peek().is_none() {
        return is_past(verb);
    }
    auxiliaries.all(|word| matches!(tree.lemma(word), "be" | "get" | "do") && is_past(word))
}

fn is_speech(lemma: &str) -> bool {
    matches!(lemma, "say" | "tell" | "add" | "note" | "call" | "describe" | "warn" | "explain")
}

/// The single day that a sentence names for its main verb.
fn day_of_sentence(context: &Context<'_>, tree: &Tree<'_>, sentence: u32) -> Option<Dated> {
    let sentence = tree.view.document.sentences.get(sentence as usize)?;
    let root = sentence.tokens.clone().find(|&word| tree.head(word).is_none())?;
    let near = expression::near(context, tree, root);
    let is_day = |expression: &&Expression| is_of_story(context, expression);
    let main = near.iter().filter(is_day).filter_map(|expression| {
        let way = path::way(tree, expression.head, root)?;
        (way.cost <= MAIN).then_some((way.cost, expression))
    });
    let (_, expression) = main.min_by_key(|(cost, expression)| (*cost, expression.timex))?;
    Some(Dated { days: expression.days, basis: "narrative", timex: Some(expression.timex) })
}

/// Whether an expression is a single day on which something is told to have happened.
pub fn is_of_story(context: &Context<'_>, expression: &Expression) -> bool {
    expression.days.n_days() == 1
        && matches!(expression.relation, Relation::Within)
        && !is_dateline(context, expression)
}

/// "LIMA, March 3, 2021 - ...": a day with its year that is the publication's tells of no deed.
fn is_dateline(context: &Context<'_>, expression: &Expression) -> bool {
    let Some(timex) = context.timexes.get(expression.timex) else { return false };
    let words = Span::from(timex.span).of(context.view.text);
    let has_year = words.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() == 4);
    has_year && context.published.is_some_and(|published| published.value == expression.days)
}
