//! *Has the process come to stand there?* What modals, negations and the verbs above a predicate make of the state it tells.

use annalist_data::processes::Processes;
use annalist_schema::{Deprel, ProcessCode, View};

use super::cue::Told;
use crate::claim::syntax::is_infinitive;

/// The state that a report states as a fact or a plan; `None` for wishes, conditions and denials.
pub fn standing(view: View<'_>, told: &Told) -> Option<ProcessCode> {
    if told.is_modifier && !is_indefinite(view, told.predicate) {
        return told.code;
    }
    let mut code = own(view, told.predicate, told.code)?;
    let mut at = told.predicate;
    // Reports pile up few verbs; a damaged tree must not hang us.
    for _ in 0..6 {
        let token = view.token(at);
        let Some(head) = token.head else { break };
        code = match token.deprel {
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => under(view, head, code)?,
            Deprel::Advcl | Deprel::Acl if is_complement(view, at, head) => under(view, head, code)?,
            Deprel::Advcl | Deprel::Acl if is_unreal_clause(view, at) => return None,
            Deprel::Obl | Deprel::Nmod | Deprel::Obj if code.is_some() => under_noun(view, head, code)?,
            Deprel::Amod => code,
            Deprel::Conj | Deprel::AclRelcl | Deprel::Parataxis => code,
            _ => break,
        };
        at = head;
    }
    code
}

/// "a temporary truce" may be one that somebody hopes for; "the temporary truce" exists.
fn is_indefinite(view: View<'_>, modifier: u32) -> bool {
    let Some(noun) = view.token(modifier).head else { return false };
    view.children_by(noun, &[Deprel::Det])
        .any(|article| matches!(view.form(article).to_lowercase().as_str(), "a" | "an" | "any" | "another"))
}

/// What the auxiliaries and negations of the predicate itself leave of the state; outer `None`: nothing.
fn own(view: View<'_>, predicate: u32, code: Option<ProcessCode>) -> Option<Option<ProcessCode>> {
    const UNREAL: [&str; 10] =
        ["would", "could", "may", "might", "should", "can", "must", "if", "unless", "whether"];
    let helpers = view.children_by(
        predicate,
        &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Advmod, Deprel::Mark, Deprel::Case, Deprel::Det],
    );
    let mut will = false;
    for helper in helpers {
        let word = view.form(helper).to_lowercase();
        let negates =
            matches!(word.as_str(), "not" | "n't" | "never" | "no" | "neither" | "without" | "until");
        if negates || UNREAL.contains(&word.as_str()) {
            return None;
        }
        will |= matches!(word.as_str(), "will" | "'ll" | "shall" | "wo");
    }
    if will { planned(code) } else { Some(code) }
}

/// What is to come: a beginning is scheduled, a course goes on, an end has not come.
fn planned(code: Option<ProcessCode>) -> Option<Option<ProcessCode>> {
    match code? {
        ProcessCode::Opened | ProcessCode::Resumed | ProcessCode::Scheduled => {
            Some(Some(ProcessCode::Scheduled))
        }
        ProcessCode::Ongoing => Some(Some(ProcessCode::Ongoing)),
        _ => None,
    }
}

/// "agreed to", "refused to", "hopes to" above the state.
fn under(view: View<'_>, verb: u32, code: Option<ProcessCode>) -> Option<Option<ProcessCode>> {
    let outer = &Processes::embedded().outer;
    let lemma = view.lemma(verb).to_lowercase();
    let has = |list: &[String]| list.contains(&lemma);
    let code = if has(&outer.agreed) {
        Some(ProcessCode::Agreed)
    } else if has(&outer.refused) {
        Some(ProcessCode::Refused)
    } else if has(&outer.not_yet) {
        return None;
    } else if has(&outer.scheduled) {
        planned(code)?
    } else {
        code
    };
    own(view, verb, code)
}

/// "agreed in May to start talks": parsers take a distant infinitive for an adverbial clause.
fn is_complement(view: View<'_>, predicate: u32, head: u32) -> bool {
    let outer = &Processes::embedded().outer;
    let lemma = view.lemma(head).to_lowercase();
    let lists = [&outer.agreed, &outer.refused, &outer.scheduled, &outer.not_yet];
    is_infinitive(view, predicate) && lists.iter().any(|list| list.contains(&lemma))
}

/// "called for a resumption", "hopes of a breakthrough": wishes above a noun.
fn under_noun(view: View<'_>, head: u32, code: Option<ProcessCode>) -> Option<Option<ProcessCode>> {
    let outer = &Processes::embedded().outer;
    let lemma = view.lemma(head).to_lowercase();
    (!outer.not_yet.contains(&lemma)).then_some(code)
}

/// "by resuming talks", "to resume talks", "before talks resume": no statement that it is so.
fn is_unreal_clause(view: View<'_>, predicate: u32) -> bool {
    const MARKS: [&str; 10] =
        ["by", "to", "for", "without", "before", "if", "unless", "until", "in case", "provided"];
    view.children_by(predicate, &[Deprel::Mark, Deprel::Case])
        .any(|mark| MARKS.contains(&view.form(mark).to_lowercase().as_str()))
}
