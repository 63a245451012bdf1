//! *Is it said to have happened, to come, to be possible, to be wanted?* Auxiliaries, negation, conditions and purpose.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Tense, Upos, VerbForm};

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
        add_unreality(tree, head, &mut modality);
        modality
    }
}

/// "Hundreds would have died", "why Chad would attack", "did Chad attack?": told of, but not as what came or comes.
fn add_unreality(tree: &Tree<'_>, head: u32, modality: &mut Modality) {
    let is_reasoned =
        tree.children_by(head, &["advmod"]).any(|word| matches!(tree.lemma(word), "why" | "how"));
    let is_conditional = || {
        tree.children_by(head, &["aux"]).any(|aux| tree.lemma(aux) == "would")
            && tree.children_by(head, &["advcl"]).any(|clause| {
                // "Would accept it only if Chad leaves" makes a demand.
                let has = |word: &str| {
                    tree.children_by(clause, &["mark", "advmod"]).any(|mark| tree.lemma(mark) == word)
                };
                is_inverted(tree, clause) || has("if") && !has("only")
            })
    };
    if modality.is_future && (is_reasoned || is_counterfactual(tree, head) || is_conditional()) {
        modality.is_future = false;
        modality.is_possibility = true;
    }
    modality.is_possibility |= is_imagined(tree, head);
    modality.is_condition |= is_asked(tree, head);
}

/// "A restrained answer would see Chad attack a base".
fn is_imagined(tree: &Tree<'_>, head: u32) -> bool {
    let may = |above: u32| {
        tree.children_by(above, &["aux"])
            .any(|aux| matches!(tree.lemma(aux), "would" | "could" | "might" | "may" | "can"))
    };
    let sees = |above: u32| tree.lemma(above) == "see" && may(above);
    tree.is_rel(head, &["xcomp", "ccomp"]) && tree.head(head).is_some_and(sees)
}

/// "Would have died": it did not come to that.
pub fn is_counterfactual(tree: &Tree<'_>, head: u32) -> bool {
    let has = |word: &str| tree.children_by(head, &["aux"]).any(|aux| tree.lemma(aux) == word);
    has("would") && has("have")
}

/// Whether a question that can be answered with yes or no asks for it; what "why did he" asks about is taken as known.
fn is_asked(tree: &Tree<'_>, head: u32) -> bool {
    let sentence = tree.view.sentence_tokens(head);
    let is_mark = |word: u32| matches!(tree.view.form(word), "\"" | "”" | "''" | ")" | "’");
    let last = sentence.clone().rev().find(|&word| !is_mark(word));
    if last.is_none_or(|last| tree.view.form(last) != "?") {
        return false;
    }
    let mut clauses = std::iter::once(head).chain(tree.ancestors(head)).take(MAX_CLAUSES);
    clauses.any(|clause| {
        let is_alone = tree.head(clause).is_none() && clause == head;
        (is_inverted(tree, clause) || is_alone) && !asks_what(tree, clause, sentence.start)
    })
}

/// How far up the clause is looked for that asks.
const MAX_CLAUSES: usize = 8;

/// "Had Chad attacked", "did Chad attack": the auxiliary stands before its subject.
fn is_inverted(tree: &Tree<'_>, clause: u32) -> bool {
    let subject = tree.children_by(clause, &["nsubj", "expl"]).next();
    let auxiliary = tree.children_by(clause, &["aux", "cop"]).next();
    auxiliary.zip(subject).is_some_and(|(auxiliary, subject)| auxiliary < subject && subject < clause)
}

/// Whether the question has a word for what it asks: "who", "why".
fn asks_what(tree: &Tree<'_>, clause: u32, start: u32) -> bool {
    (start..clause).any(|word| {
        matches!(
            tree.lemma(word),
            "who" | "whom" | "whose" | "what" | "which" | "why" | "when" | "where" | "how"
        )
    })
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

/// Whether a predicate is negated: by its own adverb, by "no" on its subject or object, by "without", by the verb it is
/// coordinated with.
pub fn is_negated(tree: &Tree<'_>, head: u32) -> bool {
    let own = tree.children(head).iter().any(|&child| {
        (tree.is_rel(child, &["advmod", "det", "cc", "cc:preconj"]) && is_no(tree, child))
            || (tree.is_rel(child, &["mark", "case"]) && tree.lemma(child) == "without")
    });
    own || tree.children_by(head, &["nsubj", "obj"]).any(|word| is_nobody(tree, word))
        || tree.children_by(head, &["obl"]).any(|word| is_never(tree, word))
        || shares_negation(tree, head)
        || is_answered_no(tree, head)
}

/// "Not", "neither", but not the "not" of "not only", which says more, not less.
fn is_no(tree: &Tree<'_>, word: u32) -> bool {
    let is_more = || {
        let next = word + 1;
        tree.view.sentence_tokens(word).contains(&next)
            && matches!(tree.lemma(next), "only" | "merely" | "just" | "solely")
    };
    match tree.lemma(word) {
        "no" | "never" | "neither" | "nor" | "hardly" => true,
        "not" | "n't" | "n’t" => !is_more(),
        _ => false,
    }
}

/// "Nobody", "no group", "neither Chad nor Libya", "not one soldier".
fn is_nobody(tree: &Tree<'_>, word: u32) -> bool {
    let before = |mark: &u32| *mark < word;
    matches!(tree.lemma(word), "nobody" | "none" | "nothing" | "neither" | "nowhere")
        || tree.children_by(word, &["det"]).any(|det| matches!(tree.lemma(det), "no" | "neither"))
        || tree
            .children_by(word, &["cc:preconj", "cc", "advmod"])
            .filter(before)
            .any(|mark| matches!(tree.lemma(mark), "neither" | "not") && is_no(tree, mark))
}

/// "At no time", "under no circumstances".
fn is_never(tree: &Tree<'_>, word: u32) -> bool {
    matches!(tree.lemma(word), "time" | "point" | "stage" | "moment" | "circumstance" | "way" | "case")
        && tree.children_by(word, &["det"]).any(|det| tree.lemma(det) == "no")
}

/// "Did not attack or shell it": one negation for all that "or" joins.
fn shares_negation(tree: &Tree<'_>, head: u32) -> bool {
    let Some(first) = tree.head(head).filter(|_| tree.is_rel(head, &["conj"])) else { return false };
    let is_or =
        |word: u32| tree.children_by(word, &["cc"]).any(|and| matches!(tree.lemma(and), "or" | "nor"));
    let mut row = tree.children_by(first, &["conj"]);
    tree.children_by(head, &["nsubj", "aux"]).next().is_none()
        && row.any(is_or)
        && !tree.is_rel(first, &["conj"])
        && is_negated(tree, first)
}

/// "Hostages taken: none", "attack on the base: no".
fn is_answered_no(tree: &Tree<'_>, head: u32) -> bool {
    let sentence = tree.view.sentence_tokens(head);
    let mut after = (head + 1..sentence.end).take_while(|&word| tree.upos(word) != Upos::Verb);
    let Some(colon) = after.find(|&word| tree.view.form(word) == ":") else { return false };
    let is_word = |word: u32| sentence.contains(&word) && tree.upos(word) != Upos::Punct;
    let answer = colon + 1;
    is_word(answer)
        && !is_word(answer + 1)
        && matches!(tree.lemma(answer), "none" | "no" | "nil" | "zero" | "0" | "nobody" | "nothing" | "never")
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
                modality.is_condition |= is_inverted(tree, at);
                modality.is_purpose |= at == head && is_infinitive(tree, at);
                modality.is_unreal |= is_only_felt(tree, at);
                return;
            }
            "csubj" => {
                modality.is_unreal |= is_any(tree, at);
                return;
            }
            "ccomp" => {
                modality.is_condition |= mark("whether") || mark("if");
                add_unsaid(tree, at, modality);
            }
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

/// "Cannot say that they fight", "does not believe that they fight": nobody states it, or somebody denies it.
fn add_unsaid(tree: &Tree<'_>, at: u32, modality: &mut Modality) {
    let Some(above) = tree.head(at).filter(|&above| tree.upos(above) == Upos::Verb) else { return };
    if !is_negated(tree, above) {
        return;
    }
    match tree.lemma(above) {
        "believe" | "think" | "accept" | "agree" | "expect" => modality.is_negated = true,
        "say" | "confirm" | "know" | "claim" | "state" | "report" | "announce" | "verify" | "prove"
        | "admit" | "establish" | "specify" | "suggest" | "mean" => modality.is_possibility = true,
        _ => {}
    }
}

/// "Interested in fighting", "capable of striking": what somebody is of a mind to do.
fn is_only_felt(tree: &Tree<'_>, at: u32) -> bool {
    let is_gerund = tree.view.form(at).ends_with("ing") && tree.case(at).is_some();
    is_gerund && tree.head(at).is_some_and(|above| lexicon().is("inclined", tree.lemma(above)))
}

/// "Killing leaders leaves their sons": a subject without a time, about anybody.
fn is_any(tree: &Tree<'_>, at: u32) -> bool {
    let is_bare = tree.children_by(at, &["nsubj"]).next().is_none() && tree.view.form(at).ends_with("ing");
    let is_timeless = |verb: u32| {
        tree.view.token(verb).feats.tense == Some(Tense::Pres)
            || tree.children_by(verb, &["aux", "cop"]).any(|aux| {
                matches!(tree.lemma(aux), "can" | "may" | "will" | "would" | "could" | "must" | "should")
                    || tree.view.token(aux).feats.tense == Some(Tense::Pres) && tree.is_rel(aux, &["cop"])
            })
    };
    is_bare && tree.head(at).is_some_and(is_timeless)
}

fn is_infinitive(tree: &Tree<'_>, head: u32) -> bool {
    tree.view.token(head).feats.verb_form == Some(VerbForm::Inf)
        || tree.children_by(head, &["mark"]).any(|child| tree.lemma(child) == "to")
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use annalist_schema::Status::{self, Demanded, Denied, Happened, Hypothetical};

    use crate::claim::coded::of_act;
    use crate::claim::testing::with_full_context;
    use crate::claim::{act, found};

    /// The status of the first deed that a sentence tells, however doubtful.
    fn check(text: &str, expected: Status) {
        with_full_context(text, |context, tree| {
            let acts = act::find(tree, context.view.document.sentences[0].tokens.clone());
            let claim = acts.iter().find_map(|act| of_act(context, tree, act));
            assert_eq!(claim.map(|claim| claim.status), Some(expected), "{text}");
        });
    }

    #[test]
    fn negation_reaches_as_far_as_its_words() {
        check("Neither Chad nor Sudan recalled its envoy.", Denied);
        check("The army did not shell or storm the town.", Denied);
        check("Not one soldier was killed in Gao.", Denied);
        check("At no time did Chad bomb the town.", Denied);
        check("Hostages taken: none.", Denied);
        check("The rebels not only shelled the town but also left.", Happened);
    }

    #[test]
    fn who_claims_no_deed_leaves_it_done() {
        check("Nobody claimed responsibility for the bombing in Gao.", Happened);
        check("Neither the rebels nor the army claimed responsibility for the bombing in Gao.", Happened);
        check("There was no immediate claim of responsibility for the attack in Gao.", Happened);
    }

    #[test]
    fn what_might_have_been_is_hypothetical() {
        check("Had Chad attacked the town, hundreds would have died.", Hypothetical);
        check("Did Chad bomb the town?", Hypothetical);
        check("Why did Chad bomb the town?", Happened);
        check("It is unclear why Chad would bomb the town.", Hypothetical);
        check("A restrained answer would see Chad bomb the town.", Hypothetical);
        check("The general did not say that Chad had bombed the town.", Hypothetical);
        check("The general does not believe that Chad bombed the town.", Denied);
        check("The soldiers are interested in attacking the town.", Hypothetical);
        check("Chad must free the sailors.", Demanded);
    }

    #[test]
    fn what_a_placard_asks_is_no_event() {
        let text = "Marchers with a poster reading “Why was the judge arrested by police?” rallied in Lima.";
        with_full_context(text, |context, tree| assert_eq!(found(context, tree).len(), 1, "{text}"));
    }
}
