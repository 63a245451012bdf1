//! *Which nouns name a process?* "talks", "the first round of dialogue", "a cease-fire".

use annalist_data::processes::{ProcessNoun, Processes};
use annalist_schema::{Deprel, Upos, View};

use crate::claim::syntax::base_forms;

/// A noun that names a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The noun.
    pub token: u32,
    /// The noun by which it hangs in the sentence: "round" in "a round of talks".
    pub top: u32,
    /// `talks`, `ceasefire` ...
    pub kind: &'static str,
    /// Whether it is a process without further words; "meeting" alone is not.
    pub strong: bool,
    /// Whether it is one meeting rather than a course of them.
    pub is_meeting: bool,
}

/// Every process noun, in order.
pub fn find(view: View<'_>) -> Vec<Named> {
    (0..view.document.tokens.len() as u32).filter_map(|token| named(view, token)).collect()
}

fn named(view: View<'_>, token: u32) -> Option<Named> {
    if !matches!(view.token(token).upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let noun = entry(view, token)?;
    let top = container(view, token);
    let strong = noun.strong || top != token || is_one_of_a_course(view, token);
    Some(Named { token, top, kind: &noun.kind, strong, is_meeting: !noun.strong })
}

/// The entry of a noun, of a compound ("peace process") or of a word that the tokeniser split ("cease-fire").
fn entry(view: View<'_>, token: u32) -> Option<&'static ProcessNoun> {
    let lexicon = Processes::embedded();
    let lemma = view.lemma(token);
    let first = view.sentence_tokens(token).start;
    let before = |distance: u32| token.checked_sub(distance).filter(|&before| before >= first);
    let split = before(2).filter(|_| before(1).is_some_and(|hyphen| view.form(hyphen) == "-"));
    let by_hyphen = split.and_then(|start| lexicon.noun(&format!("{}-{lemma}", view.form(start))));
    let by_compound = before(1).and_then(|start| lexicon.noun(&format!("{} {lemma}", view.form(start))));
    let by_form = || base_forms(view, token).iter().find_map(|form| lexicon.noun(form));
    by_hyphen.or(by_compound).or_else(by_form)
}

/// "a round of talks": the part stands for the whole.
fn container(view: View<'_>, token: u32) -> u32 {
    const PARTS: [&str; 9] =
        ["round", "series", "session", "phase", "stage", "cycle", "track", "day", "process"];
    let mut top = token;
    // "a day of the second round of talks" is as deep as a report goes.
    for _ in 0..3 {
        let up = view.token(top);
        match up.head {
            Some(head) if up.deprel == Deprel::Nmod && PARTS.contains(&view.lemma(head)) => top = head,
            _ => break,
        }
    }
    top
}

/// "the first meeting", "the next round": one of several.
fn is_one_of_a_course(view: View<'_>, token: u32) -> bool {
    const COURSE: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "next", "further", "future", "new", "final"];
    view.children_by(token, &[Deprel::Amod, Deprel::Nummod, Deprel::Compound])
        .any(|word| COURSE.contains(&view.form(word).to_lowercase().as_str()))
}
