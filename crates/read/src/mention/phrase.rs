//! *Here is the head of a noun phrase: from which word to which does it reach?*

use annalist_schema::{Deprel, Upos, View};

/// Paths up from a modifier to the head of its phrase are short.
const MOST_STEPS: usize = 6;
/// Nobody puts more words before a noun.
const MOST_WORDS: u32 = 20;

/// The phrase of a head: what stands before it, names and numbers after it, without clauses and coordination.
pub(super) fn bounds(view: View<'_>, head: u32) -> (u32, u32) {
    let sentence = view.sentence_tokens(head);
    let left = sentence.start.max(head.saturating_sub(MOST_WORDS));
    let right = sentence.end.min(head + MOST_WORDS);
    let mut first = head;
    for at in (left..head).rev() {
        match below(view, at, head) {
            Some(top) if stands_before(view, top) => first = at,
            _ => break,
        }
    }
    let mut last = head;
    for at in head + 1..right {
        match below(view, at, head) {
            Some(top) if top > head && stands_after(view, top) => last = at,
            _ => break,
        }
    }
    (trim_left(view, first, head), trim_right(view, head, last))
}

/// The phrase with what it is "of": "the people of Lima".
pub(super) fn with_complement(view: View<'_>, head: u32, last: u32) -> Option<u32> {
    let of = last + 1;
    let sentence = view.sentence_tokens(head);
    if !sentence.contains(&of) || view.lemma(of) != "of" {
        return None;
    }
    let complement = view.token(of).head.filter(|&noun| noun > of && view.token(noun).head == Some(head))?;
    let (first, last) = bounds(view, complement);
    (first == of + 1 && view.token(complement).upos != Upos::Verb).then_some(last)
}

/// The token of a run whose head lies outside of it; the last if the tree is damaged.
pub(super) fn head_of(view: View<'_>, first: u32, last: u32) -> u32 {
    let leaves = |&token: &u32| view.token(token).head.is_none_or(|head| !(first..=last).contains(&head));
    (first..=last).find(leaves).unwrap_or(last)
}

/// The child of `head` that a token hangs from.
fn below(view: View<'_>, token: u32, head: u32) -> Option<u32> {
    let mut at = token;
    for _ in 0..MOST_STEPS {
        let above = view.token(at).head?;
        if above == head {
            return Some(at);
        }
        at = above;
    }
    None
}

fn stands_before(view: View<'_>, top: u32) -> bool {
    match view.token(top).deprel {
        Deprel::Det
        | Deprel::DetPredet
        | Deprel::Amod
        | Deprel::Compound
        | Deprel::Nummod
        | Deprel::NmodPoss
        | Deprel::NmodDesc
        | Deprel::NmodUnmarked
        | Deprel::Flat
        | Deprel::Goeswith
        | Deprel::Advmod => true,
        Deprel::Punct => matches!(view.form(top), "-" | "‑" | "–" | "\"" | "“" | "”" | ","),
        _ => false,
    }
}

fn stands_after(view: View<'_>, top: u32) -> bool {
    match view.token(top).deprel {
        Deprel::Flat | Deprel::Compound | Deprel::Goeswith | Deprel::Fixed | Deprel::Nummod => true,
        Deprel::NmodUnmarked => view.token(top).upos == Upos::Propn,
        Deprel::Punct => matches!(view.form(top), "-" | "‑" | "–"),
        _ => false,
    }
}

fn is_mark(view: View<'_>, token: u32) -> bool {
    matches!(view.token(token).upos, Upos::Punct | Upos::Sym | Upos::Adv)
}

fn trim_left(view: View<'_>, first: u32, head: u32) -> u32 {
    (first..head).find(|&token| !is_mark(view, token)).unwrap_or(head)
}

fn trim_right(view: View<'_>, head: u32, last: u32) -> u32 {
    (head..=last).rev().find(|&token| token == head || !is_mark(view, token)).unwrap_or(head)
}
