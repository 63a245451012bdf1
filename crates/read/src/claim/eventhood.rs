//! *Is this an event that the report states, and how sure are we?* Bare nouns, habits and remote hypotheses are not.

use annalist_data::lexicon::{HeadKind, Slot, lexicon};
use annalist_schema::{EventType, NerType, Status, Upos};

use super::act::{self, Act};
use super::argument::Parties;
use super::modal::Modality;
use super::settle::Settled;
use super::tree::Tree;

/// Where no trained reader has looked, claims below this confidence are not made.
pub const LEAST_CLAIM: f32 = 0.5;

/// Confidence that the report states this event.
pub fn confidence(
    tree: &Tree<'_>,
    act: &Act,
    settled: &Settled,
    modality: Modality,
    parties: &Parties,
) -> f32 {
    let mut score =
        if act::is_nominal(tree, act) { bare_noun(tree, act, parties) } else { predicate(tree, act) };
    score += 0.04 * act.weight.min(4.0);
    let is_held = is_held(act, settled);
    let is_aimless = parties.recipients.is_empty() && !is_aimed(tree, act.core().frame.head);
    if !is_held && parties.actors.is_empty() && is_aimless {
        score -= 0.2;
    }
    if !is_held && settled.coding.event_type.is_some_and(needs_actor) && parties.actors.is_empty() {
        score -= 0.25;
    }
    score += match settled.status {
        Status::Hypothetical | Status::Demanded => -0.2,
        Status::Denied => -0.05,
        Status::Happened | Status::Planned => 0.0,
    };
    if modality.is_unreal || modality.is_purpose {
        score -= 0.2;
    }
    if modality.is_condition && !modality.is_demand {
        score -= 0.15;
    }
    if is_wording(tree, act.frame.head) {
        score -= 0.5;
    }
    if stands(tree, act.frame.head) || is_task(tree, act.frame.head) {
        score -= 0.3;
    }
    score.clamp(0.0, 1.0)
}

/// "The first meeting took place in May", "the attack took place in Lima": that it was is said, and by whom was said before.
fn is_held(act: &Act, settled: &Settled) -> bool {
    let tells_of_subject = act.keeps && act.entry.inner.first() == Some(&Slot::Subject);
    let may_be_held = [EventType::Consult, EventType::Assault, EventType::Protest];
    tells_of_subject && settled.coding.event_type.is_some_and(|held| may_be_held.contains(&held))
}

/// "Troops stationed in the valley": where they are, not that they were sent.
fn stands(tree: &Tree<'_>, head: u32) -> bool {
    tree.is_rel(head, &["acl"]) && matches!(tree.lemma(head), "station" | "base" | "garrison" | "deploy")
}

/// "Their role of assisting the army": what somebody is there for.
fn is_task(tree: &Tree<'_>, head: u32) -> bool {
    let is_of = |noun: u32| tree.is_rel(head, &["acl"]) && lexicon().is("task", tree.lemma(noun));
    tree.rel(head).as_str() != "acl:relcl" && tree.head(head).is_some_and(is_of)
}

/// "What it calls terrorist targets": the report keeps its distance from a word, nobody calls anybody anything.
fn is_wording(tree: &Tree<'_>, head: u32) -> bool {
    matches!(
        tree.lemma(head),
        "call" | "describe" | "term" | "dub" | "say" | "see" | "label" | "characterize"
    ) && tree.children_by(head, &["obj", "obl", "mark", "advmod"]).any(|child| tree.lemma(child) == "what")
}

/// Types whose events are words or decisions: without somebody whose they are, there is no event.
fn needs_actor(event_type: EventType) -> bool {
    !matches!(
        event_type,
        EventType::Assault
            | EventType::Coerce
            | EventType::Protest
            | EventType::Mobilize
            | EventType::Retreat
            | EventType::Sanction
    )
}

fn predicate(tree: &Tree<'_>, act: &Act) -> f32 {
    let head = act.frame.head;
    let base: f32 = match tree.rel(head).base() {
        "root" => 0.8,
        "conj" | "ccomp" | "parataxis" => 0.75,
        "acl" if tree.rel(head).as_str() == "acl:relcl" => 0.6,
        "advcl" => 0.62,
        "xcomp" => 0.62,
        "acl" => 0.55,
        "amod" => 0.3,
        _ => 0.6,
    };
    let is_adjective = act.entry.phrases.iter().all(|phrase| phrase.kind == HeadKind::Adjective);
    if is_adjective { base - 0.1 } else { base }
}

/// A noun that no verb of the lexicon supports tells of an event by what is said about it.
fn bare_noun(tree: &Tree<'_>, act: &Act, parties: &Parties) -> f32 {
    let head = act.frame.head;
    let mut score: f32 = 0.22;
    // "His talk on birds": what takes two is not told of by naming one.
    let is_lone = act.entry.reciprocal && parties.actors.len() + parties.recipients.len() == 1;
    if !parties.actors.is_empty() && !is_lone {
        score += 0.14;
    }
    if !parties.recipients.is_empty() || is_aimed(tree, head) {
        score += 0.12;
    }
    if is_heading(tree, head) {
        score += 0.1;
    }
    // "Operation Inherent Resolve", "Border War Museum": part of a name.
    let kind = tree.view.token(head).ner.kind();
    let is_named_war = tree.lemma(head) == "war" && kind.is_some();
    if is_named_war || matches!(kind, Some(NerType::Org | NerType::Per | NerType::Loc)) {
        score -= 0.2;
    }
    if tree.children_by(head, &["det"]).any(|det| matches!(tree.lemma(det), "the" | "this" | "that")) {
        score += 0.04;
    }
    if has_date(tree, head) {
        score += 0.14;
    }
    score += match tree.rel(head).base() {
        "nsubj" | "root" => 0.1,
        // "The strike follows attacks on two bases": what something follows, has happened.
        "obj" if tree.head(head).is_some_and(|verb| lexicon().is("presupposing", tree.lemma(verb))) => 0.2,
        "obj" => 0.04,
        "compound" | "amod" | "conj" => -0.15,
        "obl" | "nmod" if after(tree, head) => 0.08,
        _ => 0.0,
    };
    score
}

fn is_heading(tree: &Tree<'_>, head: u32) -> bool {
    let sentence = tree.view.sentence_of(head) as usize;
    tree.view.document.sentences.get(sentence).is_some_and(|sentence| sentence.is_heading)
}

/// "An attack on a refinery": at what it was aimed, if at nobody.
fn is_aimed(tree: &Tree<'_>, head: u32) -> bool {
    tree.children_by(head, &["nmod"]).any(|child| matches!(tree.case(child), Some("on" | "against")))
}

fn after(tree: &Tree<'_>, head: u32) -> bool {
    matches!(tree.case(head), Some("after" | "following" | "since" | "in" | "during" | "by"))
}

fn has_date(tree: &Tree<'_>, head: u32) -> bool {
    tree.children(head)
        .iter()
        .any(|&child| tree.upos(child) == Upos::Num || lexicon().is("calendar", tree.lemma(child)))
}
