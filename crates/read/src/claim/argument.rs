//! *Who acts, and upon whom?* The words that name the parties of an act.

use annalist_data::lexicon::Slot;
use annalist_schema::Deprel;

use super::act::Act;
use super::frame::{Frame, antecedent};
use super::predicate::content;
use super::tree::Tree;

/// Heads of the words that name the parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Who does it; all parties of a reciprocal act.
    pub actors: Vec<u32>,
    /// To whom.
    pub recipients: Vec<u32>,
}

/// The parties of an act.
pub fn parties(tree: &Tree<'_>, act: &Act) -> Parties {
    let mut parties = match &act.inner {
        Some(inner) if act.keeps => supported(tree, act, inner),
        inner => own(tree, act, inner.as_deref()),
    };
    parties.recipients.retain(|recipient| !parties.actors.contains(recipient));
    if act.core().entry.reciprocal {
        let others = std::mem::take(&mut parties.recipients);
        parties.actors.extend(others);
    }
    parties
}

/// "The army launched an attack": the attack's own parties first, then those of "launched".
fn supported(tree: &Tree<'_>, act: &Act, inner: &Act) -> Parties {
    let mut found = parties(tree, inner);
    let core = act.core();
    let is_part = |word: u32| act.chain().any(|part| part.frame.head == word);
    let outer = fill(tree, &act.entry.actor, &act.frame, Role::Actor, &is_part);
    if core.entry.reciprocal {
        // The subject of "held talks" is one party, "with" brings the others.
        let with = fill(tree, &core.entry.recipient, &act.frame, Role::Recipient, &is_part);
        found.actors.extend(outer.into_iter().chain(with));
    } else {
        if found.actors.is_empty() {
            found.actors = outer;
        }
        if found.recipients.is_empty() {
            found.recipients = fill(tree, &act.entry.recipient, &act.frame, Role::Recipient, &is_part);
        }
        if found.recipients.is_empty() || act.entry.recipient.first() == Some(&Slot::Subject) {
            let slots = if act.entry.recipient.first() == Some(&Slot::Subject) {
                &act.entry.recipient
            } else {
                &core.entry.recipient
            };
            let further = fill(tree, slots, &act.frame, Role::Recipient, &is_part);
            if !further.is_empty() {
                found.recipients = further;
            }
        }
    }
    dedup(&mut found.actors);
    dedup(&mut found.recipients);
    found
}

fn own(tree: &Tree<'_>, act: &Act, inner: Option<&Act>) -> Parties {
    let is_part = |word: u32| act.chain().any(|part| part.frame.head == word && part.inner.is_some());
    let actors = fill(tree, &act.entry.actor, &act.frame, Role::Actor, &is_part);
    let inside = inner.map(|inner| parties(tree, inner)).unwrap_or_default();
    let mut recipients = Vec::new();
    for slot in &act.entry.recipient {
        recipients = if *slot == Slot::Inner {
            inside.actors.iter().chain(&inside.recipients).copied().collect()
        } else {
            fill(tree, std::slice::from_ref(slot), &act.frame, Role::Recipient, &is_part)
        };
        recipients.retain(|recipient| !actors.contains(recipient));
        if !recipients.is_empty() {
            break;
        }
    }
    if recipients.is_empty() {
        recipients = inside
            .recipients
            .into_iter()
            .chain(inside.actors)
            .filter(|word| !actors.contains(word))
            .collect();
    }
    dedup(&mut recipients);
    Parties { actors, recipients }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Actor,
    Recipient,
}

/// The parties in the first of the slots that holds any.
fn fill(
    tree: &Tree<'_>,
    slots: &[Slot],
    frame: &Frame,
    role: Role,
    is_part: &dyn Fn(u32) -> bool,
) -> Vec<u32> {
    for slot in slots {
        let mut found: Vec<u32> = frame
            .slot(slot)
            .into_iter()
            .filter(|&word| !is_part(word))
            .flat_map(|word| named(tree, word, role))
            .collect();
        dedup(&mut found);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn dedup(words: &mut Vec<u32>) {
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
}

/// The party that a phrase names: itself, or somebody inside it ("Chad's decision", "the raid by rebels").
fn named(tree: &Tree<'_>, word: u32, role: Role) -> Vec<u32> {
    let word = antecedent(tree, word);
    if let Some(&someone) =
        content(tree, word).iter().rfind(|&&word| tree.is_someone(word) && tree.is_nominal(word))
    {
        return vec![someone];
    }
    inside(tree, word, role, 3)
}

fn inside(tree: &Tree<'_>, word: u32, role: Role, steps: usize) -> Vec<u32> {
    let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
    let prepositions: &[&str] = match role {
        Role::Actor => &["by", "from", "of"],
        Role::Recipient => &["by", "from", "of", "against", "on", "to", "with", "for", "in", "at", "between"],
    };
    let possessors: Vec<u32> = tree.children_by(word, &["nmod:poss"]).collect();
    if !possessors.is_empty() {
        return possessors
            .into_iter()
            .flat_map(|child| tree.with_conjuncts(child))
            .filter(|&child| tree.is_someone(child))
            .collect();
    }
    let modifiers: Vec<u32> = tree
        .children_by(word, &["amod", "compound"])
        .filter(|&child| tree.is_someone(child))
        .flat_map(|child| tree.with_conjuncts(child))
        .collect();
    if !modifiers.is_empty() {
        return modifiers;
    }
    for preposition in prepositions {
        let complements = tree
            .children(word)
            .iter()
            .copied()
            .filter(|&child| matches!(tree.rel(child), Deprel::Nmod | Deprel::Acl | Deprel::Obl))
            .filter(|&child| tree.case(child).as_deref() == Some(*preposition));
        let found: Vec<u32> = complements
            .flat_map(|child| tree.with_conjuncts(child))
            .flat_map(
                |child| if tree.is_someone(child) { vec![child] } else { inside(tree, child, role, steps) },
            )
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    // "The decision made by Chad".
    let clauses = tree.children_by(word, &["acl"]);
    clauses
        .flat_map(|clause| tree.children_by(clause, &["obl"]))
        .filter(|&child| tree.case(child).as_deref() == Some("by") && tree.is_someone(child))
        .collect()
}
