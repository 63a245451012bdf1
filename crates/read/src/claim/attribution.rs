//! *According to whom?* The speakers above a predicate, innermost first.

use annalist_data::lexicon::lexicon;
use annalist_schema::{Upos, VerbForm};

use super::frame::subjects_of;
use super::tree::Tree;

/// Somebody who is said to say so, as words of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Head of the words that name the speaker.
    pub head: u32,
    /// The reporting word.
    pub cue: u32,
    /// Whether the reporting word distances the report from the statement.
    pub is_hedged: bool,
    /// Whether the reporting word denies the statement.
    pub denies: bool,
}

/// The speakers of what a predicate states, innermost first, outermost last.
pub fn speakers(tree: &Tree<'_>, predicate: u32) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = Vec::new();
    let mut at = predicate;
    for _ in 0..12 {
        found.extend(beside(tree, at));
        let Some(above) = tree.head(at) else { break };
        found.extend(over(tree, at, above));
        at = above;
    }
    if found.is_empty() {
        found.extend(closing(tree, predicate));
    }
    let mut seen = Vec::new();
    found.retain(|speaker| {
        speaker.head != predicate && can_speak(tree, speaker.head) && !seen.contains(&speaker.head) && {
            seen.push(speaker.head);
            true
        }
    });
    found
}

/// Somebody, or something that is said or written.
fn can_speak(tree: &Tree<'_>, head: u32) -> bool {
    tree.is_someone(head) || lexicon().is("speech_noun", tree.lemma(head))
}

/// A sentence that closes with ", police said" says all of it, whatever the parser made of that.
fn closing(tree: &Tree<'_>, predicate: u32) -> Option<Speaker> {
    let sentence = tree.view.sentence_tokens(predicate);
    let verb = (predicate + 1..sentence.end).rev().find(|&word| tree.upos(word) == Upos::Verb)?;
    let has_content = tree.children_by(verb, &["ccomp", "xcomp", "obj"]).any(|child| child > verb);
    let subject = tree.children_by(verb, &["nsubj"]).find(|&child| child < verb)?;
    let first = tree.subtree(subject, |word| !tree.is_rel(word, &["acl", "ccomp"])).first().copied()?;
    let comma =
        first.checked_sub(1).filter(|&word| matches!(tree.view.form(word), "," | "\"" | "”" | "''"))?;
    (is_speech_verb(tree, verb) && !has_content && predicate < comma).then(|| speaker(tree, subject, verb))
}

/// "..., police said"; "according to police".
fn beside(tree: &Tree<'_>, at: u32) -> Vec<Speaker> {
    let verbs = tree.children_by(at, &["parataxis"]).filter(|&verb| is_speech_verb(tree, verb));
    let mut found: Vec<Speaker> = verbs.filter_map(|verb| of_verb(tree, verb)).collect();
    for phrase in tree.children_by(at, &["obl", "nmod", "parataxis"]) {
        let Some(cue) = tree.children_by(phrase, &["case"]).next() else { continue };
        if matches!(tree.lemma(cue), "according" | "accord") {
            found.push(speaker(tree, phrase, cue));
        }
    }
    // "According" may also be parsed as a verb: "according to police".
    for verb in
        tree.children_by(at, &["advcl", "obl", "acl"]).filter(|&verb| tree.lemma(verb).starts_with("accord"))
    {
        found.extend(tree.children_by(verb, &["obl", "nmod"]).next().map(|who| speaker(tree, who, verb)));
    }
    found
}

/// "Police said that ...", "a statement saying that ...", "the claim that ...".
fn over(tree: &Tree<'_>, at: u32, above: u32) -> Option<Speaker> {
    let is_content = tree.is_rel(at, &["ccomp", "parataxis", "acl"]) || is_reported_infinitive(tree, at);
    if !is_content {
        return None;
    }
    if is_speech_verb(tree, above) {
        return of_verb(tree, above);
    }
    let is_statement = tree.is_nominal(above) && lexicon().is("speech_noun", tree.lemma(above));
    is_statement.then(|| holder(tree, above)).flatten().map(|who| speaker(tree, who, above))
}

/// "Is said to have fled", "claims to have shot".
fn is_reported_infinitive(tree: &Tree<'_>, at: u32) -> bool {
    tree.is_rel(at, &["xcomp"])
        && tree.head(at).is_some_and(|above| {
            matches!(
                tree.lemma(above),
                "claim" | "say" | "report" | "believe" | "allege" | "deny" | "admit" | "think"
            )
        })
}

fn is_speech_verb(tree: &Tree<'_>, verb: u32) -> bool {
    tree.upos(verb) == Upos::Verb && lexicon().is("speech", tree.lemma(verb))
}

fn of_verb(tree: &Tree<'_>, verb: u32) -> Option<Speaker> {
    let who = subjects_of(tree, verb, 4).into_iter().find(|&who| who != verb)?;
    Some(speaker(tree, super::frame::antecedent(tree, who), verb))
}

fn speaker(tree: &Tree<'_>, head: u32, cue: u32) -> Speaker {
    let lemma = tree.lemma(cue);
    Speaker {
        head: statement_holder(tree, head),
        cue,
        is_hedged: lexicon().is("hedge", lemma),
        denies: lexicon().is("denial", lemma) && tree.view.token(cue).feats.verb_form != Some(VerbForm::Inf),
    }
}

/// Whose statement it is, where a statement speaks: "a statement by the ministry said".
fn statement_holder(tree: &Tree<'_>, head: u32) -> u32 {
    if !lexicon().is("speech_noun", tree.lemma(head)) {
        return head;
    }
    holder(tree, head).unwrap_or(head)
}

fn holder(tree: &Tree<'_>, noun: u32) -> Option<u32> {
    let by = |child: &u32| matches!(tree.case(*child), Some("by" | "of" | "from"));
    tree.children_by(noun, &["nmod:poss"])
        .next()
        .or_else(|| tree.children_by(noun, &["nmod", "obl"]).filter(by).find(|&who| tree.is_someone(who)))
        .or_else(|| {
            // "A statement issued by the ministry".
            let clause = tree.children_by(noun, &["acl"]).next()?;
            tree.children_by(clause, &["obl"]).filter(by).find(|&who| tree.is_someone(who))
        })
        .or_else(|| tree.children_by(noun, &["compound", "amod"]).find(|&word| tree.is_someone(word)))
}
