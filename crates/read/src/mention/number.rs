//! *Which words count or measure?*

use annalist_schema::{Deprel, MentionKind, NumType, Upos, View};

use super::{Form, Found, phrase};

/// Numbers, with the unit where they measure: "twelve", "45 minutes", "15 to 20 percent".
pub(super) fn find(view: View<'_>, in_time: &[bool]) -> Vec<Found> {
    let n_tokens = view.document.tokens.len() as u32;
    let mut found = Vec::new();
    let mut at = 0;
    while at < n_tokens {
        if !is_number(view, at) || in_time[at as usize] {
            at += 1;
            continue;
        }
        let first = at;
        let mut last = at;
        while continues(view, last).is_some_and(|next| next < n_tokens && !in_time[next as usize]) {
            last = continues(view, last).unwrap_or(last);
        }
        at = last + 1;
        if at < n_tokens && is_unit(view.lemma(at)) && view.sentence_tokens(last).contains(&at) {
            last = at;
            at += 1;
        }
        let head = phrase::head_of(view, first, last);
        if !counts(view, first, head, last) {
            continue;
        }
        found.push(Found { first, last, head, kind: MentionKind::Quantity, form: Form::Measure });
    }
    found
}

/// Whether a number counts or measures something: coordinates, codes and the numbers of laws do not.
fn counts(view: View<'_>, first: u32, head: u32, last: u32) -> bool {
    let token = view.token(head);
    let counted = token.head.filter(|_| matches!(token.deprel, Deprel::Nummod | Deprel::Compound));
    let has_unit = last > first && is_unit(view.lemma(last));
    has_unit || is_round(view.lemma(head)) || counted.is_some_and(|noun| view.token(noun).upos == Upos::Noun)
}

fn is_round(lemma: &str) -> bool {
    matches!(lemma, "dozen" | "hundred" | "thousand" | "million" | "billion")
}

/// Where a number goes on: "two million", "15 to 20".
fn continues(view: View<'_>, last: u32) -> Option<u32> {
    let sentence = view.sentence_tokens(last);
    let number_at = |index: u32| sentence.contains(&index) && is_number(view, index);
    if number_at(last + 1) {
        return Some(last + 1);
    }
    let is_range = sentence.contains(&(last + 1)) && matches!(view.form(last + 1), "to" | "-" | "–")
        || is_round(view.lemma(last)) && sentence.contains(&(last + 1)) && view.lemma(last + 1) == "of";
    (is_range && number_at(last + 2)).then_some(last + 2)
}

fn is_number(view: View<'_>, index: u32) -> bool {
    let token = view.token(index);
    let is_cardinal = !matches!(token.feats.num_type, Some(NumType::Ord));
    let is_written = |form: &str| form.starts_with(|sign: char| sign.is_alphanumeric());
    token.upos == Upos::Num && is_cardinal && token.ner.kind().is_none() && is_written(view.form(index))
        || is_round(&token.lemma) && matches!(token.upos, Upos::Noun | Upos::Num)
}

fn is_unit(lemma: &str) -> bool {
    matches!(
        lemma,
        "percent"
            | "per-cent"
            | "%"
            | "km"
            | "kilometer"
            | "kilometre"
            | "mile"
            | "meter"
            | "metre"
            | "foot"
            | "minute"
            | "hour"
            | "ton"
            | "tonne"
            | "kilogram"
            | "kg"
            | "pound"
            | "barrel"
            | "hectare"
            | "acre"
            | "degree"
    )
}
