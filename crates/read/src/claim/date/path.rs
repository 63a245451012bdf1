//! *How far is it through the tree from a time expression to an event?*
//!
//! Every relation on the way has a price, in tenths: little within a phrase, more out of a clause, most where a clause tells of
//! another time, as relative clauses do.

use super::super::tree::Tree;

/// From this price on, an expression has nothing to say about an event.
pub const TOO_FAR: u32 = 35;

/// The longest way that is walked.
const LONGEST: usize = 40;

/// A way through the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Its price.
    pub cost: u32,
    /// Whether it leaves a clause.
    pub crosses_clause: bool,
}

impl Way {
    /// Name of the rule.
    pub fn rule(self) -> &'static str {
        match (self.cost, self.crosses_clause) {
            (0, _) => "clause-timex",
            (_, true) => "sentence-timex",
            (_, false) => "governor-timex",
        }
    }
}

/// The way from the head of an expression to an event; `None` if they are the same word or have nothing in common.
pub fn way(tree: &Tree<'_>, expression: u32, trigger: u32) -> Option<Way> {
    let up: Vec<u32> = upwards(tree, expression).collect();
    let mut way = Way { cost: 0, crosses_clause: false };
    for at in upwards(tree, trigger) {
        if let Some(meeting) = up.iter().position(|&other| other == at) {
            // An event inside the expression's own words is not dated by it.
            let between = up.get(1..meeting).filter(|_| meeting > 0)?;
            way.cost += between
                .iter()
                .enumerate()
                .map(|(step, &word)| match step.checked_sub(1) {
                    // "Two were killed and ten wounded when a mine went off on Monday": the clause is shared.
                    Some(before)
                        if relation(tree, word) == "conj" && relation(tree, between[before]) == WHEN =>
                    {
                        6
                    }
                    _ => price_up(relation(tree, word)),
                })
                .sum::<u32>();
            way.crosses_clause |= between.iter().any(|&word| is_clause(relation(tree, word)));
            return Some(way);
        }
        let relation = relation(tree, at);
        way.cost += price_down(relation);
        way.crosses_clause |= is_clause(relation);
        if way.cost >= TOO_FAR {
            return None;
        }
    }
    None
}

fn upwards<'a>(tree: &'a Tree<'_>, word: u32) -> impl Iterator<Item = u32> + 'a {
    std::iter::once(word).chain(tree.ancestors(word)).take(LONGEST)
}

fn relation(tree: &Tree<'_>, word: u32) -> &'static str {
    let relation = tree.rel(word);
    if relation.as_str() == "acl:relcl" {
        return "acl:relcl";
    }
    let is_when =
        |word: u32| tree.children_by(word, &["mark", "advmod"]).any(|mark| tree.lemma(mark) == "when");
    if relation.base() == "advcl" && is_when(word) { WHEN } else { relation.base() }
}

/// A clause that happens at the same time as what it hangs from.
const WHEN: &str = "advcl:when";

fn is_clause(relation: &str) -> bool {
    matches!(relation, "advcl" | WHEN | "ccomp" | "conj" | "acl" | "acl:relcl" | "parataxis")
}

/// For an expression inside a part of the event's clause: "killed two in an attack on Monday".
fn price_up(relation: &str) -> u32 {
    match relation {
        "obl" | "obj" | "nsubj" | "nmod" | "xcomp" | "compound" | "nummod" => 10,
        WHEN => 5,
        "acl" => 15,
        "advcl" | "appos" | "advmod" => 20,
        "acl:relcl" => 40,
        _ => 30,
    }
}

/// For an event inside a part of the expression's clause: "On Monday they met to sign a treaty".
fn price_down(relation: &str) -> u32 {
    match relation {
        "obj" => 5,
        "obl" | "nsubj" | "xcomp" | "compound" => 6,
        "nmod" => 8,
        WHEN => 8,
        "advcl" => 12,
        "ccomp" => 14,
        "appos" => 15,
        "conj" => 16,
        "acl" => 18,
        "parataxis" => 20,
        "acl:relcl" => 26,
        _ => 30,
    }
}
