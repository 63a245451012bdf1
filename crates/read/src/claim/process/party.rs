//! *Whose process is it?* The countries of the parties, from the noun's own words or from those who act.

use std::collections::BTreeSet;

use annalist_schema::{Country, Deprel, View};

use super::noun::Named;
use crate::claim::syntax::has_case;
use crate::claim::tree::Tree;
use crate::claim::{Context, party};

/// Country codes of the parties, sorted; empty where none are told.
pub type Parties = BTreeSet<Country>;

/// The parties that a sentence names: those in the noun's own phrase, else also those that act.
pub fn told(ctx: &Context<'_>, tree: &Tree<'_>, named: &Named, predicate: Option<u32>) -> Parties {
    let mut parties = countries(ctx, tree, &own(tree, named));
    if parties.len() < 2 {
        let acting = predicate.map(|verb| acting(tree, named, verb)).unwrap_or_default();
        parties.extend(countries(ctx, tree, &acting));
    }
    parties
}

/// The parties in the noun's own phrase: "talks between A and B", "A-B talks", "A's negotiations with B".
fn own(tree: &Tree<'_>, named: &Named) -> Vec<u32> {
    const BETWEEN: [&str; 6] = ["between", "with", "among", "of", "by", "and"];
    let view = tree.view;
    let is_party = |child: &u32| match tree.rel(*child) {
        Deprel::Amod | Deprel::Compound | Deprel::NmodPoss => true,
        Deprel::Nmod | Deprel::Obl => has_case(view, *child, &BETWEEN),
        _ => false,
    };
    let nouns: BTreeSet<u32> = [named.token, named.top].into();
    let parts = nouns.iter().flat_map(|&noun| tree.children(noun).iter().copied().filter(is_party));
    parts.flat_map(|part| tree.with_conjuncts(part)).collect()
}

/// Subject, agent and counterpart of a predicate, unless the process itself is the subject.
fn acting(tree: &Tree<'_>, named: &Named, predicate: u32) -> Vec<u32> {
    let mut at = predicate;
    // "agreed to try to resume": few verbs stand between a party and its process.
    for _ in 0..4 {
        let acting: Vec<u32> = tree
            .children(at)
            .iter()
            .copied()
            .filter(|&child| acts(tree, child) && !tree.view.dominates(child, named.token))
            .flat_map(|child| tree.with_conjuncts(child))
            .collect();
        if !acting.is_empty() {
            return acting;
        }
        match (tree.rel(at), tree.head(at)) {
            (Deprel::Xcomp | Deprel::Conj | Deprel::Advcl, Some(head)) => {
                let asked = if tree.rel(at) == Deprel::Conj { Vec::new() } else { asked(tree, head, at) };
                if !asked.is_empty() {
                    return asked;
                }
                at = head;
            }
            _ => break,
        }
    }
    Vec::new()
}

/// "Cuba called on both sides to return to talks": the talks are theirs who are asked, not the caller's.
fn asked(tree: &Tree<'_>, verb: u32, clause: u32) -> Vec<u32> {
    let is_asked = |child: &u32| match tree.rel(*child) {
        Deprel::Obj | Deprel::Iobj => true,
        Deprel::Obl => matches!(tree.case(*child), Some("on" | "upon" | "to")),
        _ => false,
    };
    let named = tree.children(verb).iter().copied().filter(is_asked);
    named
        .filter(|&child| child < clause && tree.is_someone(child))
        .flat_map(|child| tree.with_conjuncts(child))
        .collect()
}

fn acts(tree: &Tree<'_>, word: u32) -> bool {
    match tree.rel(word) {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent => true,
        Deprel::Obl => has_case(tree.view, word, &["with", "by"]),
        _ => false,
    }
}

/// The countries of the actors that phrases name.
fn countries(ctx: &Context<'_>, tree: &Tree<'_>, heads: &[u32]) -> Parties {
    let days = ctx.published.map(|published| published.value);
    heads.iter().filter_map(|&head| country(ctx, tree, head, days)).collect()
}

fn country(
    ctx: &Context<'_>,
    tree: &Tree<'_>,
    head: u32,
    days: Option<annalist_schema::DayInterval>,
) -> Option<Country> {
    let names_somebody = is_capital(tree.view, head) || tree.is_someone(head);
    party::actor(ctx, tree, head, days).filter(|_| names_somebody)?.country
}

fn is_capital(view: View<'_>, token: u32) -> bool {
    view.form(token).starts_with(char::is_uppercase)
}
