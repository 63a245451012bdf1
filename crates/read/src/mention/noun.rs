//! *Which common nouns denote somebody, a weapon, a platform or a place?*

use annalist_data::actors::{LONGEST_ROLE, RoleKind, ThingKind, roles, things};
use annalist_data::gazetteer::fold;
use annalist_data::lexicon::lexicon;
use annalist_schema::{Deprel, MentionKind, Number, Upos, View};

use super::name::is_common_word;
use super::{Form, Found, phrase};

/// The phrases of known nouns.
pub(super) fn find(view: View<'_>, in_time: &[bool]) -> Vec<Found> {
    let n_tokens = view.document.tokens.len() as u32;
    let nouns = (0..n_tokens).filter(|&token| is_noun(view, token) && !in_time[token as usize]);
    nouns.flat_map(|head| of_noun(view, head)).collect()
}

fn is_noun(view: View<'_>, index: u32) -> bool {
    let token = view.token(index);
    let is_title = matches!(token.deprel, Deprel::NmodDesc | Deprel::Compound | Deprel::Flat);
    match token.upos {
        Upos::Noun => !is_title,
        // "The President said": a noun with a capital.
        Upos::Propn => (token.ner.kind().is_none() || is_common_word(view, index)) && !is_title,
        _ => false,
    }
}

fn of_noun(view: View<'_>, head: u32) -> Vec<Found> {
    let (first, last) = phrase::bounds(view, head);
    let Some(kind) = kind_of(view, first, head) else { return Vec::new() };
    let first = if matches!(kind, MentionKind::Weapon | MentionKind::Platform) {
        after_number(view, first, head)
    } else {
        first
    };
    let base = Found { first, last, head, kind, form: Form::Description };
    let whole = phrase::with_complement(view, head, last).map(|last| Found { last, ..base });
    // A place may be the place itself or the place with its name: "the city", "the city of Lima".
    match whole {
        Some(whole) if kind == MentionKind::Place => vec![base, whole],
        Some(whole) => vec![whole],
        None => vec![base],
    }
}

/// Things are counted: the number is a mention of its own.
fn after_number(view: View<'_>, first: u32, head: u32) -> u32 {
    (first..head).rev().find(|&token| view.token(token).upos == Upos::Num).map_or(first, |number| number + 1)
}

/// What a noun denotes, by itself or with the words before it: "force", "security force".
fn kind_of(view: View<'_>, first: u32, head: u32) -> Option<MentionKind> {
    let from = first.max(head.saturating_sub(LONGEST_ROLE as u32 - 1));
    for start in from..=head {
        let words = view.token(start).span.cover(view.token(head).span).of(view.text);
        let folded = fold(words);
        let thing = things().get(&folded).map(|kind| match kind {
            ThingKind::Weapon => MentionKind::Weapon,
            ThingKind::Platform => MentionKind::Platform,
            ThingKind::Place => MentionKind::Place,
        });
        let role = || roles().get(&folded).map(|role| of_role(view, head, role.kind, role.weak));
        if let Some(kind) = thing.or_else(role) {
            return Some(kind);
        }
    }
    lexicon().is("people", view.lemma(head)).then(|| of_people(view, head))
}

fn of_role(view: View<'_>, head: u32, kind: RoleKind, is_weak: bool) -> MentionKind {
    match kind {
        RoleKind::Platform => MentionKind::Platform,
        RoleKind::Organisation => MentionKind::Organisation,
        RoleKind::Group if !is_weak => MentionKind::Group,
        RoleKind::Person | RoleKind::Group => of_people(view, head),
    }
}

fn of_people(view: View<'_>, head: u32) -> MentionKind {
    if is_body(view.lemma(head)) {
        return MentionKind::Organisation;
    }
    let is_plural = view.token(head).feats.number == Some(Number::Plur);
    if is_plural || is_collective(view.lemma(head)) { MentionKind::Group } else { MentionKind::Person }
}

fn is_body(noun: &str) -> bool {
    lexicon().is("institution", noun)
}

fn is_collective(noun: &str) -> bool {
    lexicon().is("collective", noun)
}
