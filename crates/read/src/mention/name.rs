//! *Which words are names, and in which phrases do they stand?*

use std::collections::HashSet;

use annalist_data::actors::roles;
use annalist_schema::{
    Deprel, EntityType, MentionKind, NerType, Number, Span, Toponym, ToponymKind, Upos, View,
};

use super::{Form, Found, phrase, tokens_of};

/// Names by the analysis and by the gazetteer, and the phrases that they head: "Fuad Masum", "President Fuad Masum".
pub(super) fn find(view: View<'_>, toponyms: &[Toponym], in_time: &[bool]) -> Vec<Found> {
    let mut found = Vec::new();
    let speaking = metonyms(view, toponyms);
    let mut before: Option<Found> = None;
    for mut run in runs(view) {
        if run.kind == MentionKind::Place && speaking.contains(&run.head) {
            run.kind = MentionKind::Organisation;
        }
        found.extend(before.and_then(|place| place_in_place(view, place, run)));
        before = Some(run);
        if (run.first..=run.last).all(|token| in_time[token as usize]) {
            continue;
        }
        found.push(run);
        found.extend(whole(view, run));
    }
    for toponym in toponyms {
        found.extend(of_toponym(view, toponym));
    }
    found
}

/// The heads of names of places that stand for those who sit there: "Lima said".
fn metonyms(view: View<'_>, toponyms: &[Toponym]) -> HashSet<u32> {
    let speaking = toponyms.iter().filter(|toponym| toponym.kind == ToponymKind::Metonym);
    speaking.flat_map(|toponym| tokens_of(view, toponym.span.into())).collect()
}

/// "Cusco, Peru" as a whole.
fn place_in_place(view: View<'_>, inner: Found, outer: Found) -> Option<Found> {
    let is_place = inner.kind == MentionKind::Place && outer.kind == MentionKind::Place;
    let is_next = inner.last + 2 == outer.first && view.form(inner.last + 1) == ",";
    let token = view.token(outer.head);
    let is_below = token.head == Some(inner.head)
        && matches!(token.deprel, Deprel::Appos | Deprel::NmodUnmarked | Deprel::Nmod | Deprel::Dep);
    (is_place && is_next && is_below).then_some(Found { last: outer.last, ..inner })
}

/// The runs of tokens that the analysis calls one name.
fn runs(view: View<'_>) -> Vec<Found> {
    let mut runs: Vec<(u32, u32, MentionKind)> = Vec::new();
    for (token, index) in view.document.tokens.iter().zip(0_u32..) {
        let Some((kind, begins)) = tag(view, index) else { continue };
        match runs.last_mut() {
            Some((_, last, of)) if !begins && *last + 1 == index && *of == kind => *last = index,
            _ if token.upos != Upos::Punct => runs.push((index, index, kind)),
            _ => {}
        }
    }
    runs.into_iter()
        .filter(|&(first, last, _)| !is_common(view, first, last))
        .map(|(first, last, kind)| {
            let last = without_genitive(view, first, last);
            let head = phrase::head_of(view, first, last);
            Found { first, last, head, kind, form: Form::Name }
        })
        .collect()
}

/// "The president" is a description, even where the analysis takes the noun for a name.
fn is_common(view: View<'_>, first: u32, last: u32) -> bool {
    (first..=last).all(|index| is_common_word(view, index))
}

/// Whether a word in lower case is a noun for somebody, whatever the analysis calls it.
pub(super) fn is_common_word(view: View<'_>, index: u32) -> bool {
    let is_noun = || view.token(index).upos == Upos::Noun || roles().get(view.lemma(index)).is_some();
    view.form(index).starts_with(char::is_lowercase) && is_noun()
}

fn without_genitive(view: View<'_>, first: u32, last: u32) -> u32 {
    if last > first && matches!(view.form(last), "'s" | "’s" | "'" | "’") { last - 1 } else { last }
}

/// What a token is part of the name of, and whether the name begins there.
fn tag(view: View<'_>, index: u32) -> Option<(MentionKind, bool)> {
    use annalist_schema::Ner;
    let token = view.token(index);
    let begins = matches!(token.ner, Ner::Begin(_));
    match token.ner.kind() {
        Some(NerType::Per) => return Some((MentionKind::Person, begins)),
        Some(NerType::Org) => return Some((MentionKind::Organisation, begins)),
        Some(NerType::Loc) => return Some((MentionKind::Place, begins)),
        _ => {}
    }
    let fine = token.entity.map(|tag| (fine_kind(view, index, tag.kind), tag.begins));
    match fine {
        Some((Some(kind), begins)) => Some((kind, begins)),
        _ => token.ner.kind().map(|_| (of_misc(view, index), begins)),
    }
}

fn fine_kind(view: View<'_>, index: u32, kind: EntityType) -> Option<MentionKind> {
    match kind {
        EntityType::Fac => Some(MentionKind::Place),
        EntityType::Weapon => Some(MentionKind::Weapon),
        EntityType::Platform => Some(MentionKind::Platform),
        EntityType::Event => Some(MentionKind::Event),
        EntityType::Norp => Some(of_misc(view, index)),
        EntityType::Per | EntityType::Loc | EntityType::Org => None,
        EntityType::Quantity | EntityType::Date => None,
    }
}

/// "Iraqis" are a group, "Iraqi" is an adjective.
fn of_misc(view: View<'_>, index: u32) -> MentionKind {
    let token = view.token(index);
    let is_people = token.feats.number == Some(Number::Plur)
        || matches!(token.upos, Upos::Noun | Upos::Propn) && view.form(index).ends_with('s');
    if is_people { MentionKind::Group } else { MentionKind::Other }
}

/// The phrase that a name heads, with titles and article, if it is longer than the name.
fn whole(view: View<'_>, run: Found) -> Option<Found> {
    if run.kind == MentionKind::Other {
        return None;
    }
    let (first, last) = phrase::bounds(view, run.head);
    let (first, last) = (first.min(run.first), last.max(run.last));
    let is_longer = (first, last) != (run.first, run.last);
    is_longer.then_some(Found { first, last, ..run })
}

fn of_toponym(view: View<'_>, toponym: &Toponym) -> Option<Found> {
    let kind = match toponym.kind {
        ToponymKind::Literal => MentionKind::Place,
        ToponymKind::Metonym => MentionKind::Organisation,
        ToponymKind::Demonym => return of_demonym(view, toponym.span.into()),
        ToponymKind::Embedded => return None,
    };
    let tokens = tokens_of(view, toponym.span.into());
    let last = tokens.clone().last()?;
    // What the analysis calls a part of somebody's name is no place.
    let is_part = |token| {
        let others = tokens.start > 0 && is_organisation(view, tokens.start - 1)
            || tokens.end < view.document.tokens.len() as u32 && is_organisation(view, tokens.end);
        match tag(view, token) {
            Some((MentionKind::Person, _)) => true,
            Some((MentionKind::Organisation, _)) => others,
            _ => false,
        }
    };
    if tokens.clone().any(is_part) {
        return None;
    }
    let head = phrase::head_of(view, tokens.start, last);
    Some(Found { first: tokens.start, last, head, kind, form: Form::Name })
}

fn is_organisation(view: View<'_>, token: u32) -> bool {
    matches!(tag(view, token), Some((MentionKind::Organisation, _)))
}

fn of_demonym(view: View<'_>, span: Span) -> Option<Found> {
    let tokens = tokens_of(view, span);
    let last = tokens.clone().last()?;
    let head = phrase::head_of(view, tokens.start, last);
    let kind = of_misc(view, head);
    Some(Found { first: tokens.start, last, head, kind, form: Form::Name })
}
