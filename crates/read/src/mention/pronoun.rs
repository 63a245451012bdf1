//! *Which words stand for somebody or something said elsewhere?*

use annalist_schema::{Deprel, MentionKind, Upos, View};

use super::{Form, Found};

/// Personal and possessive pronouns of persons, groups and bodies.
pub(super) fn find(view: View<'_>) -> Vec<Found> {
    let n_tokens = view.document.tokens.len() as u32;
    let pronouns = (0..n_tokens).filter(|&token| view.token(token).upos == Upos::Pron);
    pronouns.filter_map(|token| of_pronoun(view, token)).collect()
}

fn of_pronoun(view: View<'_>, index: u32) -> Option<Found> {
    let kind = kind_of(&view.form(index).to_lowercase())?;
    let is_empty = view.token(index).deprel == Deprel::Expl;
    (!is_empty).then_some(Found { first: index, last: index, head: index, kind, form: Form::Pronoun })
}

fn kind_of(word: &str) -> Option<MentionKind> {
    match word {
        "i" | "me" | "my" | "he" | "him" | "his" | "she" | "her" | "hers" | "himself" | "herself" => {
            Some(MentionKind::Person)
        }
        "we" | "us" | "our" | "they" | "them" | "their" | "themselves" => Some(MentionKind::Group),
        "it" | "its" | "itself" => Some(MentionKind::Organisation),
        _ => None,
    }
}
