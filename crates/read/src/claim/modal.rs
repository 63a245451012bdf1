//! *Is it said to have happened, to come, to be possible, to be wanted?* Auxiliaries, negation, conditions and purpose.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Upos, VerbForm};

use super::tree::Tree;

/// How a clause presents what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modality {
    /// "Will", "would", "is to", "is going to".
    pub is_future: bool,
    /// "Must", "should", "has to".
    pub is_obligation: bool,
    /// "Can", "may", "might", "could".
    pub is_possibility: bool,
    /// "Not", "no", "never", "without".
    pub is_negated: bool,
    /// Under "if", "unless", "whether".
    pub is_condition: bool,
    /// "Only if he leaves", "unless he leaves": what the speaker makes everything else depend on.
    pub is_demand: bool,
    /// "Sent troops to fight": what something is done for.
    pub is_purpose: bool,
    /// An infinitive or gerund under a word that does not say whether it happened: "the ability to strike".
    pub is_unreal: bool,
}

impl Modality {
    /// How the clause of a predicate presents it.
    pub fn of(tree: &Tree<'_>, head: u32) -> Self {
        let mut modality = Self { is_negated: is_negated(tree, head), ..Self::default() };
        for child in clause_words(tree, head) {
            match tree.lemma(child) {
                "will" | "would" | "shall" | "'ll" | "wo" | "'d" | "ll" => modality.is_future = true,
                "must" | "should" | "ought" => modality.is_obligation = true,
                "can" | "could" | "may" | "might" | "ca" => modality.is_possibility = true,
                _ => {}
            }
        }
        add_semi_auxiliaries(tree, head, &mut modality);
        add_setting(tree, head, &mut modality);
        modality
    }
}

/// Whether somebody is said to have to: "must", "should", "has to".
pub fn is_obliged(tree: &Tree<'_>, head: u32) -> bool {
    tree.children_by(head, &["aux"]).any(|child| matches!(tree.lemma(child), "must" | "should" | "ought"))
        || (tree.is_rel(head, &["xcomp"])
            && tree.head(head).is_some_and(|above| matches!(tree.lemma(above), "have" | "need")))
}

/// Auxiliaries of the predicate, or of the verb whose auxiliaries it shares by coordination.
fn clause_words(tree: &Tree<'_>, head: u32) -> Vec<u32> {
    let own: Vec<u32> = tree.children_by(head, &["aux"]).collect();
    let shares = tree.is_rel(head, &["conj"])
        && tree.children_by(head, &["nsubj", "aux"]).next().is_none()
        && tree.view.token(head).feats.verb_form != Some(VerbForm::Fin);
    match tree.head(head) {
        Some(first) if shares && tree.upos(first) == Upos::Verb => {
            tree.children_by(first, &["aux"]).collect()
        }
        _ => own,
    }
}

/// "Has to leave", "needs to leave", "is going to leave", "is to leave".
fn add_semi_auxiliaries(tree: &Tree<'_>, head: u32, modality: &mut Modality) {
    let Some(above) = tree.head(head).filter(|_| tree.is_rel(head, &["xcomp", "ccomp"])) else { return };
    match tree.lemma(above) {
        "have" | "need" => {
            modality.is_obligation = true;
            modality.is_negated |= is_negated(tree, above);
        }
        "go" => modality.is_future = true,
        "be" => modality.is_future = true,
        _ => {}
    }
}

/// Whether a predicate is negated: by its own adverb, by "no" on its subject or object, by "without".
pub fn is_negated(tree: &Tree<'_>, head: u32) -> bool {
    let is_no = |word: u32| {
        matches!(tree.lemma(word), "no" | "not" | "never" | "n't" | "n’t" | "neither" | "nor" | "hardly")
    };
    let own = tree.children(head).iter().any(|&child| {
        (tree.is_rel(child, &["advmod", "det", "cc", "cc:preconj"]) && is_no(child))
            || (tree.is_rel(child, &["mark", "case"]) && tree.lemma(child) == "without")
    });
    let argument = tree.children_by(head, &["nsubj", "obj"]);
    own || argument.into_iter().any(|word| {
        matches!(tree.lemma(word), "nobody" | "none" | "nothing")
            || tree.children_by(word, &["det"]).any(|det| tree.lemma(det) == "no")
    })
}

/// What the clause hangs from.
fn add_setting(tree: &Tree<'_>, head: u32, modality: &mut Modality) {
    let mut at = head;
    for _ in 0..8 {
        let mark =
            |word: &str| tree.children_by(at, &["mark", "advmod"]).any(|child| tree.lemma(child) == word);
        match tree.rel(at).base() {
            "advcl" => {
                modality.is_demand |= mark("unless") || mark("only") && mark("if");
                modality.is_condition |=
                    mark("if") || mark("unless") || mark("whether") || mark("once") || mark("until");
                modality.is_purpose |= at == head && is_infinitive(tree, at);
                return;
            }
            "ccomp" => modality.is_condition |= mark("whether") || mark("if"),
            "acl" if is_infinitive(tree, at) => {
                modality.is_unreal = true;
                return;
            }
            "xcomp" => {
                let above = tree.head(at).map(|above| tree.lemma(above)).unwrap_or_default();
                modality.is_unreal |= !lexicon().is("real_verb", above);
            }
            "conj" => {}
            _ => return,
        }
        match tree.head(at) {
            Some(above) if tree.rel(at).base() != "ccomp" => at = above,
            _ => return,
        }
    }
}

fn is_infinitive(tree: &Tree<'_>, head: u32) -> bool {
    tree.view.token(head).feats.verb_form == Some(VerbForm::Inf)
        || tree.children_by(head, &["mark"]).any(|child| tree.lemma(child) == "to")
}
