//! *Which words put a process into a state?* "suspended the talks", "the talks are under way", "a provisional truce".

use annalist_data::processes::{Cue, Part, Processes};
use annalist_schema::{Deprel, ProcessCode, View};

use super::noun::Named;
use crate::claim::syntax::{Relation, base_forms, has_case, is_passive, predicates};

/// A state with the word that tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The state, before anything above the word is looked at.
    pub code: Option<ProcessCode>,
    /// "suspended" in "suspended the talks".
    pub predicate: u32,
    /// Whether the word says it of something that is, as in "the stalled talks", not as an act.
    pub is_modifier: bool,
}

/// The states that the words around a process noun tell.
pub fn find(view: View<'_>, named: &Named) -> Vec<Told> {
    let mut told = by_modifier(view, named);
    told.extend(by_predicate(view, named));
    told.extend(by_noun_above(view, named));
    told
}

fn first_cue(view: View<'_>, named: &Named, part: Part, word: u32) -> Option<&'static Cue> {
    let lexicon = Processes::embedded();
    let by = |text: &str| {
        lexicon.cues(part, text).find(|(cue, rest)| cue.is_about(named.kind) && follows(view, word, rest))
    };
    let (cue, _) = base_forms(view, word).iter().find_map(|form| by(form))?;
    (named.strong || needs_no_strong_noun(cue.code)).then_some(cue)
}

/// A meeting can be resumed or put off only as one of a course; it can begin and end by itself.
fn needs_no_strong_noun(code: ProcessCode) -> bool {
    matches!(code, ProcessCode::Resumed | ProcessCode::Suspended | ProcessCode::Postponed)
}

/// Whether the further words of a phrase stand within five words behind its first.
fn follows(view: View<'_>, word: u32, rest: &[String]) -> bool {
    let end = view.sentence_tokens(word).end.min(word + 6);
    let mut at = word + 1;
    rest.iter().all(|wanted| {
        let found = (at..end).find(|&token| view.form(token).eq_ignore_ascii_case(wanted));
        at = found.map_or(end, |found| found + 1);
        found.is_some()
    })
}

fn by_modifier(view: View<'_>, named: &Named) -> Vec<Told> {
    let words = [named.token, named.top];
    let nouns = if named.token == named.top { &words[..1] } else { &words[..] };
    let modifiers =
        nouns.iter().flat_map(|&noun| view.children_by(noun, &[Deprel::Amod, Deprel::Compound, Deprel::Acl]));
    modifiers
        .filter(|&word| word < named.token)
        .filter_map(|word| {
            let cue = first_cue(view, named, Part::Modifier, word)?;
            let told = Told { code: Some(cue.code), predicate: word, is_modifier: true };
            (!cue.modifiers_need_date).then_some(told)
        })
        .collect()
}

fn by_predicate(view: View<'_>, named: &Named) -> Vec<Told> {
    let told = predicates(view, named.top).into_iter().filter_map(|(verb, relation)| match relation {
        Relation::Object => {
            object(view, named, verb).or_else(|| below(view, named, verb)).or_else(|| bare(view, verb))
        }
        Relation::Subject => subject(view, named, verb).or_else(|| below(view, named, verb)),
        Relation::Oblique => oblique(view, named, verb),
    });
    told.collect()
}

/// "the breakdown of the talks"; a predicate noun has its words beside it: "they are talks in progress".
fn by_noun_above(view: View<'_>, named: &Named) -> Option<Told> {
    let token = view.token(named.top);
    match (token.deprel, token.head) {
        (Deprel::Nmod | Deprel::Compound, Some(head)) => nominal(view, named, head),
        (Deprel::Xcomp, Some(head)) => oblique(view, named, head),
        (_, None) => by_state(view, named, named.top),
        _ => None,
    }
}

fn object(view: View<'_>, named: &Named, verb: u32) -> Option<Told> {
    act(first_cue(view, named, Part::Object, verb)?, verb)
}

fn subject(view: View<'_>, named: &Named, verb: u32) -> Option<Told> {
    let cue = if is_passive(view, verb) { first_cue(view, named, Part::Object, verb) } else { None };
    // "Talks meant to end the war": it is not they that end.
    let has_object = view.children_by(verb, &[Deprel::Obj]).next().is_some();
    cue.or_else(|| {
        first_cue(view, named, Part::Subject, verb)
            .filter(|cue| !has_object || cue.code != ProcessCode::Concluded)
    })
    .and_then(|cue| act(cue, verb))
    .or_else(|| by_state(view, named, verb))
}

/// "are expected to resume": the verb below tells the state.
fn below(view: View<'_>, named: &Named, verb: u32) -> Option<Told> {
    view.children_by(verb, &[Deprel::Xcomp]).find_map(|word| subject(view, named, word))
}

/// "are under way", "remain on hold": the words from the predicate on.
fn by_state(view: View<'_>, named: &Named, predicate: u32) -> Option<Told> {
    let sentence = view.sentence_tokens(predicate);
    let start = named.top.max(predicate.saturating_sub(2)).max(sentence.start);
    (start..sentence.end.min(predicate + 4))
        .find_map(|word| act(first_cue(view, named, Part::State, word)?, word))
}

fn oblique(view: View<'_>, named: &Named, verb: u32) -> Option<Told> {
    const SETTINGS: [&str; 9] =
        ["in", "during", "after", "before", "at", "since", "under", "following", "amid"];
    let is_setting = has_case(view, named.top, &SETTINGS);
    let cue = first_cue(view, named, Part::Oblique, verb).filter(|_| !is_setting);
    cue.and_then(|cue| act(cue, verb)).or_else(|| bare(view, verb))
}

fn nominal(view: View<'_>, named: &Named, noun: u32) -> Option<Told> {
    act(first_cue(view, named, Part::Nominal, noun)?, noun)
}

fn act(cue: &Cue, predicate: u32) -> Option<Told> {
    Some(Told { code: Some(cue.code), predicate, is_modifier: false })
}

/// "refused to join the talks": the verb beside the process says nothing, one above it may.
fn bare(view: View<'_>, verb: u32) -> Option<Told> {
    let below_another = view.token(verb).deprel == Deprel::Xcomp;
    below_another.then_some(Told { code: None, predicate: verb, is_modifier: false })
}
