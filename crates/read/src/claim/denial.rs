//! *Is what is told of said to be untrue?* "Reports that Chad bombed it are untrue", "dismissed as fake a report that Chad bombed
//! it", "a charge that Chad denies".

use annalist_data::lexicon::lexicon;
use annalist_schema::Upos;

use super::attribution::{self, Speaker};
use super::frame::subjects_of;
use super::tree::Tree;

/// That a statement is said to be untrue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    /// Who says so, where the words name him.
    pub by: Option<Speaker>,
}

/// Clauses up to the words that judge what a predicate states.
const MAX_STEPS: usize = 4;

/// Whether the words above a predicate say that it is untrue.
pub fn of(tree: &Tree<'_>, predicate: u32) -> Option<Denial> {
    let mut at = predicate;
    for _ in 0..MAX_STEPS {
        let above = tree.head(at)?;
        if !tree.is_rel(at, &["acl", "ccomp", "csubj", "xcomp", "conj", "parataxis", "nmod", "obl", "obj"]) {
            return None;
        }
        // "It is untrue that Chad bombed it."
        if tree.is_rel(at, &["ccomp", "csubj"]) && is_judged_untrue(tree, above) {
            return Some(Denial { by: None });
        }
        if is_statement(tree, above) && !is_of(tree, at, above) {
            return judged(tree, above);
        }
        at = above;
    }
    None
}

/// "A statement of the army": what only belongs to the statement is not stated by it.
fn is_of(tree: &Tree<'_>, at: u32, above: u32) -> bool {
    tree.is_rel(at, &["nmod"]) && !matches!(tree.case(at), Some("of" | "about"))
        || at > above && {
            // "Denied the report of a bombing", but not "the report of the bombing by the army".
            tree.is_rel(at, &["nmod"]) && tree.is_someone(at)
        }
}

/// "Reports", "rumours", "evidence", whatever part of speech the first word of a sentence was given.
fn is_statement(tree: &Tree<'_>, word: u32) -> bool {
    let lemma = tree.lemma(word);
    (tree.is_nominal(word) || tree.view.form(word).ends_with('s'))
        && (lexicon().is("statement", lemma) || lexicon().is("evidence", lemma))
}

/// What is said of a statement.
fn judged(tree: &Tree<'_>, statement: u32) -> Option<Denial> {
    let untold = Some(Denial { by: None });
    let is_none = tree.children_by(statement, &["det"]).any(|det| tree.lemma(det) == "no");
    if is_none && lexicon().is("evidence", tree.lemma(statement)) {
        return untold;
    }
    if tree.children_by(statement, &["amod"]).any(|word| lexicon().is("untrue", tree.lemma(word))) {
        return untold;
    }
    // The parser may take "reports" for a verb and hang what is said of them from it.
    let beside = tree.children_by(statement, &["ccomp", "parataxis", "xcomp"]);
    if beside.into_iter().any(|word| has_copula(tree, word) && is_judged_untrue(tree, word)) {
        return untold;
    }
    let above = tree.head(statement)?;
    if tree.is_rel(statement, &["nsubj"]) && is_judged_untrue(tree, above) {
        return untold;
    }
    // "There is no truth in reports that Chad bombed it."
    let is_untruth = tree.is_rel(statement, &["nmod", "obl"])
        && matches!(tree.lemma(above), "truth" | "basis" | "substance" | "foundation")
        && tree.children_by(above, &["det"]).any(|det| tree.lemma(det) == "no");
    if is_untruth {
        return untold;
    }
    // "Rejected as baseless a claim that": parsers hang the claim from "baseless".
    let above = match tree.head(above) {
        Some(verb) if lexicon().is("untrue", tree.lemma(above)) && denies(tree, verb) => verb,
        _ => above,
    };
    let is_object = tree.is_rel(statement, &["obj", "nsubj:pass", "obl", "ccomp"]);
    let is_denied = tree.upos(above) == Upos::Verb
        && (denies(tree, above) || names_untrue(tree, above))
        && !super::modal::is_negated(tree, above);
    (is_object && is_denied).then(|| Denial { by: denier(tree, above) })
}

fn has_copula(tree: &Tree<'_>, word: u32) -> bool {
    tree.children_by(word, &["cop"]).next().is_some()
}

/// "Are untrue", "were a lie", "are not true", "proved false".
fn is_judged_untrue(tree: &Tree<'_>, word: u32) -> bool {
    let says = |word: u32| match tree.lemma(word) {
        "true" | "correct" | "accurate" => super::modal::is_negated(tree, word),
        lemma => lexicon().is("untrue", lemma),
    };
    let is_proved = || {
        matches!(tree.lemma(word), "prove" | "turn" | "be" | "show")
            && tree.children_by(word, &["xcomp", "advmod", "obj"]).any(says)
    };
    says(word) && !(lexicon().is("untrue", tree.lemma(word)) && super::modal::is_negated(tree, word))
        || is_proved()
}

fn denies(tree: &Tree<'_>, verb: u32) -> bool {
    lexicon().is("denial", tree.lemma(verb)) || lexicon().is("rebuttal", tree.lemma(verb))
}

/// "Called the report a lie", "described as false reports that".
fn names_untrue(tree: &Tree<'_>, verb: u32) -> bool {
    matches!(tree.lemma(verb), "call" | "describe" | "brand" | "label" | "term" | "denounce" | "decry")
        && tree
            .children_by(verb, &["xcomp", "obl", "obj", "advcl", "ccomp", "amod"])
            .any(|word| lexicon().is("untrue", tree.lemma(word)))
}

fn denier(tree: &Tree<'_>, verb: u32) -> Option<Speaker> {
    let who = subjects_of(tree, verb, 2).into_iter().find(|&who| tree.is_someone(who))?;
    Some(attribution::speaker(tree, super::frame::antecedent(tree, who), verb))
}

/// Who denies what a predicate states in the words behind it: "bombed it, a charge that Chad denies", "bombed it, which Chad
/// denied", "bombed it, but Chad denied that".
pub fn behind(tree: &Tree<'_>, predicate: u32) -> Vec<Speaker> {
    let sentence = tree.view.sentence_tokens(predicate);
    let verbs = (predicate + 1..sentence.end).filter(|&verb| tree.upos(verb) == Upos::Verb);
    let denying = verbs.filter(|&verb| denies(tree, verb) && !super::modal::is_negated(tree, verb));
    let about = denying.filter(|&verb| is_about(tree, verb, predicate));
    about.filter_map(|verb| denier(tree, verb)).collect()
}

/// Whether a verb of denial takes up the clause before it: as "a charge that", as "which", as "it".
fn is_about(tree: &Tree<'_>, verb: u32, predicate: u32) -> bool {
    let follows_comma = |word: u32| {
        let is_mark = |mark: u32| matches!(tree.view.form(mark), "," | ";" | "–" | "—" | "(");
        let first = tree.subtree(word, |_| true).first().copied().unwrap_or(word);
        is_mark(first) || first.checked_sub(1).is_some_and(is_mark)
    };
    let is_charge = |word: u32| {
        word > predicate
            && tree.is_nominal(word)
            && (lexicon().is("statement", tree.lemma(word)) || tree.lemma(word) == "something")
    };
    if tree.is_rel(verb, &["acl", "acl:relcl"]) {
        return tree.head(verb).is_some_and(|noun| {
            is_charge(noun) && follows_comma(noun) || noun < verb && noun != predicate && which(tree, verb)
        });
    }
    let object = tree.children_by(verb, &["obj", "nsubj:pass"]).next();
    let is_it = object.is_some_and(|object| {
        matches!(tree.lemma(object), "it" | "this" | "that" | "which")
            || is_charge(object)
                && tree
                    .children_by(object, &["det"])
                    .any(|det| matches!(tree.lemma(det), "the" | "this" | "that"))
                && tree.children_by(object, &["acl", "nmod"]).next().is_none()
    });
    is_it && tree.is_rel(verb, &["conj", "parataxis", "advcl", "ccomp"])
}

/// "Bombed it, which Chad denied": "which" stands for the whole clause.
fn which(tree: &Tree<'_>, verb: u32) -> bool {
    tree.children_by(verb, &["obj"]).any(|word| {
        tree.lemma(word) == "which" && word.checked_sub(1).is_some_and(|comma| tree.view.form(comma) == ",")
    })
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use annalist_schema::Status;

    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    /// The status of the deeds told, who says so, and who denies them.
    fn check(text: &str, status: Status, says: &[&str], denies: &[&str]) {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let material = |claim: &annalist_schema::Claim| {
                claim
                    .event_type
                    .is_some_and(|known| known.quad() == annalist_schema::QuadClass::MaterialConflict)
            };
            let claims: Vec<_> =
                told.iter().map(|told| &told.claim).filter(|claim| material(claim)).collect();
            assert_eq!(claims.len(), 1, "{text}: {claims:?}");
            assert_eq!(claims[0].status, status, "{text}");
            assert_eq!(claims[0].attributed_to, says, "{text}");
            let accounts = claims[0].accounts.iter().filter(|account| account.denies);
            let deniers: Vec<_> =
                accounts.flat_map(|account| &account.attribution).map(|by| &*by.name).collect();
            assert_eq!(deniers, denies, "{text}");
        });
    }

    #[test]
    fn statements_said_to_be_untrue_are_denied() {
        let officer = &["Chadian officer"];
        check(
            "Reports that Chad bombed Kidal are untrue, a Chadian officer said.",
            Status::Denied,
            officer,
            &[],
        );
        check("It is untrue that Chad bombed Kidal, a Chadian officer said.", Status::Denied, officer, &[]);
        check("Chad dismissed as fake a report that it had bombed Kidal.", Status::Denied, &["Chad"], &[]);
        check("There is no evidence that Chad bombed Kidal.", Status::Denied, &[], &[]);
    }

    #[test]
    fn statements_that_are_only_told_are_not() {
        check(
            "Reports that Chad bombed Kidal are true, a Chadian officer said.",
            Status::Happened,
            &["Chadian officer"],
            &[],
        );
        check("Chad did not deny that it had bombed Kidal.", Status::Happened, &["Chad"], &[]);
    }

    #[test]
    fn whom_the_words_behind_let_deny_it_denies_it() {
        check(
            "Mali said Chad had bombed Kidal, a charge Chad denies.",
            Status::Happened,
            &["Mali"],
            &["Chad"],
        );
        check("Mali says Chad bombed a wedding, but Chad denies it.", Status::Happened, &["Mali"], &["Chad"]);
    }
}
