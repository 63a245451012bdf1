//! *Which finer code does the topic choose?* "Agreed to cooperate" is 030, with military exercises 0312.

use annalist_data::lexicon::{Coding, lexicon};

use super::act::Act;
use super::tree::Tree;

/// The coding with a finer CAMEO code, where the words around the act name its topic.
pub fn refine(tree: &Tree<'_>, act: &Act, coding: Coding) -> Coding {
    let Some(code) = &coding.cameo else { return coding };
    let words = topic_words(tree, act);
    let lexicon = lexicon();
    let Some(finer) = lexicon.refinements.refine(code, words.iter().copied(), &lexicon.classes) else {
        return coding;
    };
    let of_finer = Coding::of_cameo(finer).unwrap_or_default();
    // The topic refines the code, never the type; the mode follows where the type has one for it.
    if of_finer.event_type != coding.event_type {
        return Coding { cameo: Some(finer.clone()), ..coding };
    }
    Coding {
        modes: if coding.modes.is_empty() { of_finer.modes } else { coding.modes },
        contexts: of_finer.contexts,
        cameo: Some(finer.clone()),
        event_type: coding.event_type,
    }
}

/// Lemmas of what the act is about: all that hangs from its words but its subject, nearest to the head first.
fn topic_words<'t>(tree: &'t Tree<'_>, act: &Act) -> Vec<&'t str> {
    let mut words = Vec::new();
    for part in act.chain() {
        let head = part.frame.head;
        let is_subject = |word: u32| {
            tree.head(word) == Some(head) && tree.is_rel(word, &["nsubj", "nmod:poss", "obl:agent"])
        };
        let is_elsewhere = |word: u32| {
            tree.head(word) == Some(head)
                && (tree.is_rel(word, &["parataxis"])
                    || (tree.is_rel(word, &["conj"]) && tree.upos(head) == annalist_schema::Upos::Verb))
        };
        let below =
            tree.subtree(head, |word| word.abs_diff(head) < 40 && !is_subject(word) && !is_elsewhere(word));
        words.extend(below.into_iter().map(|word| tree.lemma(word)));
    }
    words
}
