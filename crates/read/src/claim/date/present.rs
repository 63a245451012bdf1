//! *Does a report tell of a deed as of today?* "Gunmen kill three farmers in Chad": in news in brief, the present and the perfect
//! tell of the day on which they are published. Headlines of whole reports say the same of what happened days before.

use annalist_schema::{Tense, Upos, VerbForm};

use super::super::Context;
use super::super::tree::Tree;
use super::{Dated, expression, stand};

/// News in brief has no more sentences.
const MOST_SENTENCES: usize = 3;

/// How far up the tree the verb may stand that gives a word its tense.
const MOST_STEPS: usize = 5;

/// The day of publication, for what news in brief tells in the present or the perfect and nothing dates.
pub fn day(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    let published = context.published?.value;
    let near = || expression::near(context, tree, trigger);
    let is_told = published.n_days() == 1
        && is_in_brief(tree)
        && is_of_today(tree, trigger)
        && !stand::is_only_spoken_of(tree, &near(), trigger);
    is_told.then_some(Dated { days: published, basis: "published", timex: None })
}

/// Whether a report is news in brief whose first sentence is told in the present, as those of chronicles are.
pub fn is_brief_of_today(tree: &Tree<'_>) -> bool {
    let first = tree.view.document.sentences.first().filter(|_| is_in_brief(tree));
    let root = first.and_then(|first| first.tokens.clone().find(|&word| tree.head(word).is_none()));
    let is_present = |root: &u32| tense(tree, *root) == Some(Tense::Pres);
    let is_perfect = |root: u32| tree.children_by(root, &["aux"]).any(|word| tree.lemma(word) == "have");
    root.filter(is_present).is_some_and(|root| !is_perfect(root))
}

fn is_in_brief(tree: &Tree<'_>) -> bool {
    let sentences = &tree.view.document.sentences;
    sentences.len() <= MOST_SENTENCES && sentences.iter().all(|sentence| !sentence.is_heading)
}

/// Whether the verb from which a word has its tense is in the present or the perfect.
fn is_of_today(tree: &Tree<'_>, trigger: u32) -> bool {
    let mut at = trigger;
    for _ in 0..MOST_STEPS {
        if let Some(tense) = tense(tree, at) {
            return tense == Tense::Pres;
        }
        let goes_on = match tree.upos(at) {
            // "Kills three, wounding two", "vows to withdraw", "arrested in a raid".
            Upos::Verb | Upos::Aux | Upos::Adj => {
                tree.is_rel(at, &["advcl", "xcomp", "conj", "ccomp", "acl"])
                    && !has_subject_of_its_own(tree, at)
            }
            _ => tree.is_rel(at, &["nsubj", "obj", "obl", "conj", "compound"]) && !is_before(tree, at),
        };
        match tree.head(at).filter(|_| goes_on) {
            Some(above) => at = above,
            None => return false,
        }
    }
    false
}

/// "Dies after an attack", "since the raid": what lies before what is told.
fn is_before(tree: &Tree<'_>, noun: u32) -> bool {
    matches!(
        tree.case(noun),
        Some("after" | "since" | "following" | "before" | "until" | "from" | "for" | "over")
    )
}

fn has_subject_of_its_own(tree: &Tree<'_>, verb: u32) -> bool {
    tree.is_rel(verb, &["ccomp", "acl"]) && tree.children_by(verb, &["nsubj"]).next().is_some()
}

/// The tense of a finite verb, or that of its first auxiliary; "has" is of today, "will" and "would" of no day.
fn tense(tree: &Tree<'_>, verb: u32) -> Option<Tense> {
    let finite = |word: u32| {
        let feats = tree.view.token(word).feats;
        feats.tense.filter(|_| feats.verb_form == Some(VerbForm::Fin))
    };
    let mut auxiliaries = tree.children_by(verb, &["aux", "cop"]).peekable();
    let Some(&first) = auxiliaries.peek() else { return finite(verb) };
    let is_plain = auxiliaries.all(|word| matches!(tree.lemma(word), "be" | "have" | "do" | "get"));
    if is_plain { finite(first) } else { Some(Tense::Past) }
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::{with_full_context, word_of};

    /// Whether a word of a lead, published on 15 March 2024, is told as of that day.
    fn check(text: &str, word: &str, expected: bool) {
        with_full_context(text, |context, tree| {
            let found = day(context, tree, word_of(tree, word)).map(|dated| dated.days.format());
            assert_eq!(found.as_deref(), expected.then_some("2024-03-15"), "{text}: {word}");
        });
    }

    #[test]
    fn the_present_tells_of_today() {
        check("Gunmen kill three farmers in Chad.", "kill", true);
        check("A drone strike kills three farmers, wounding two others.", "strike", true);
        check("A drone strike kills three farmers, wounding two others.", "wounding", true);
        check("Three farmers are killed in a raid on a village in Chad.", "raid", true);
        check("Chad has recalled its ambassador.", "recalled", true);
    }

    #[test]
    fn chronicles_are_told_in_the_present() {
        let is_brief = |text: &str, expected: bool| {
            with_full_context(text, |_, tree| assert_eq!(is_brief_of_today(tree), expected, "{text}"));
        };
        is_brief("Gunmen kill three farmers in Chad.", true);
        is_brief("Three farmers are killed in a raid on a village in Chad.", true);
        is_brief("Gunmen killed three farmers in Chad.", false);
        is_brief("Chad has recalled its ambassador.", false);
        is_brief("Gunmen kill farmers. It was dark. It rained. They fled.", false);
    }

    #[test]
    fn other_tenses_and_what_lies_before_do_not() {
        check("Gunmen killed three farmers in Chad.", "killed", false);
        check("Chad will recall its ambassador.", "recall", false);
        check("Chad had recalled its ambassador.", "recalled", false);
        check("The minister dies after an attack on his house.", "attack", false);
        check("Gunmen kill farmers. It was dark. It rained. They fled.", "kill", false);
    }
}
