//! *Does an expression that stands near an event date something else?* A comparison, what somebody said of a plan, the other half of
//! a contrast.

use annalist_schema::Upos;

use super::super::tree::Tree;
use super::expression::Expression;
use super::path::{TOO_FAR, Way};
use super::relation::Relation;

/// What it costs, in tenths, to date an event by an expression that tells of something else.
pub fn surcharge(tree: &Tree<'_>, expression: &Expression, way: Way, trigger: u32) -> u32 {
    let tells_of_other = is_of_comparison(tree, expression)
        || is_like(tree, expression.head, trigger)
        || way.crosses_clause
            && (is_said_of_plan(tree, expression.head, trigger)
                || is_opinion(tree, expression.head, trigger)
                || is_contrast(tree, expression.head, trigger));
    if tells_of_other { TOO_FAR } else { 0 }
}

/// "The most intense raids in the last two decades", "the worst since October": the time that the comparison spans.
fn is_of_comparison(tree: &Tree<'_>, expression: &Expression) -> bool {
    let spans = expression.is_period || matches!(expression.relation, Relation::Since);
    let mut around = std::iter::once(expression.head).chain(tree.ancestors(expression.head)).take(4);
    let parts = |word: u32| tree.children(word).iter().copied();
    spans
        && around.any(|word| {
            parts(word).chain([word]).any(|part| {
                is_superlative(tree, part) || parts(part).any(|inner| is_superlative(tree, inner))
            })
        })
}

fn is_superlative(tree: &Tree<'_>, word: u32) -> bool {
    let form = tree.view.form(word);
    match tree.upos(word) {
        Upos::Adj => {
            form.len() > 4 && form.ends_with("est") && form != "honest"
                || matches!(form, "worst" | "best" | "first" | "most")
        }
        Upos::Adv => matches!(form, "most" | "least"),
        _ => false,
    }
}

/// "As Peru did on Tuesday": the day of what is only compared.
fn is_like(tree: &Tree<'_>, expression: u32, trigger: u32) -> bool {
    let upwards = std::iter::once(expression).chain(tree.ancestors(expression));
    let clause = upwards.take_while(|&word| word != trigger).find(|&word| tree.is_rel(word, &["advcl"]));
    let Some(clause) = clause else { return false };
    let is_as = tree
        .children_by(clause, &["mark", "case", "advmod"])
        .any(|mark| matches!(tree.lemma(mark), "as" | "like" | "than"));
    let is_above = !std::iter::once(trigger).chain(tree.ancestors(trigger)).any(|word| word == clause);
    is_as
        && is_above
        && (tree.lemma(clause) == "do"
            || tree.children_by(clause, &["aux"]).next().is_some_and(|aux| tree.lemma(aux) == "do"))
}

/// Whether an event has its own time, whenever it was spoken of: what was told on a day as a plan, what is only judged.
pub fn is_only_spoken_of(tree: &Tree<'_>, near: &[Expression], trigger: u32) -> bool {
    let is_told = |expression: &Expression| is_said_of_plan(tree, expression.head, trigger);
    judged_by(tree, trigger).is_some() || near.iter().any(is_told)
}

/// "They will leave, the minister said on Monday": the day of saying so, not of leaving.
fn is_said_of_plan(tree: &Tree<'_>, expression: u32, trigger: u32) -> bool {
    let is_outside = |verb: u32| !is_under(tree, expression, verb) && expression != verb;
    planned_by(tree, trigger).is_some_and(is_outside) && is_under_speech(tree, expression)
}

/// The verb by which an event is to come.
fn planned_by(tree: &Tree<'_>, trigger: u32) -> Option<u32> {
    let mut way = std::iter::once(trigger).chain(tree.ancestors(trigger)).take(4);
    let verb = way.find(|&word| tree.upos(word) == Upos::Verb)?;
    let is_coming = |aux: u32| matches!(tree.lemma(aux), "will" | "shall" | "'ll");
    tree.children_by(verb, &["aux"]).any(is_coming).then_some(verb)
}

/// Whether an expression hangs from a verb of speech.
fn is_under_speech(tree: &Tree<'_>, expression: u32) -> bool {
    let verb = tree.ancestors(expression).find(|&word| tree.upos(word) == Upos::Verb);
    // "Announced on Monday that it will": the announcement is what it did.
    verb.is_some_and(|verb| matches!(tree.lemma(verb), "say" | "tell" | "add" | "note" | "explain" | "write"))
}

fn is_under(tree: &Tree<'_>, word: u32, above: u32) -> bool {
    tree.ancestors(word).any(|at| at == above)
}

/// "They said on Wednesday that they supported the raid": neither the saying nor the support dates the raid.
fn is_opinion(tree: &Tree<'_>, expression: u32, trigger: u32) -> bool {
    judged_by(tree, trigger).is_some() && !is_under(tree, expression, trigger)
}

/// The verb that judges a deed: "supported the raid", "condemned the raid".
fn judged_by(tree: &Tree<'_>, trigger: u32) -> Option<u32> {
    let verb = tree.head(trigger).filter(|_| tree.is_nominal(trigger) && tree.is_rel(trigger, &["obj"]))?;
    let judges = matches!(
        tree.lemma(verb),
        "support"
            | "back"
            | "praise"
            | "hail"
            | "welcome"
            | "endorse"
            | "oppose"
            | "justify"
            | "condemn"
            | "denounce"
            | "criticize"
            | "criticise"
            | "deplore"
    );
    (judges && tree.upos(verb) == Upos::Verb).then_some(verb)
}

/// "He was flown out on Friday, but the court has questioned it": with somebody else to act, the other half has its own time.
fn is_contrast(tree: &Tree<'_>, expression: u32, trigger: u32) -> bool {
    let clause = std::iter::once(trigger).chain(tree.ancestors(trigger)).take(5).find(|&word| {
        tree.is_rel(word, &["conj"])
            && tree.children_by(word, &["cc"]).any(|mark| matches!(tree.lemma(mark), "but" | "yet"))
    });
    clause.is_some_and(|clause| {
        tree.children_by(clause, &["nsubj"]).next().is_some()
            && !is_under(tree, expression, clause)
            && expression != clause
    })
}
