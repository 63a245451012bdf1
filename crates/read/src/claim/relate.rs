//! *What does the first named party do to the second?* The act that ties two given phrases together.
//!
//! Every act of the text is measured by how well its own parties are the two phrases, and by where it stands between
//! them in the tree; the best one is the answer. Where no entry of the lexicon has all that it asks for, its words alone
//! may tell, if nearly all that they can mean is of one type.

use std::collections::HashSet;

use annalist_data::lexicon::Coding;

use super::Context;
use super::act::{self, Act};
use super::coded::{self, Stated};
use super::named::Named;
use super::predicate::Needs;
use super::tree::Tree;

/// A text and two parties that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// The text, a sentence as a rule.
    pub text: String,
    /// The first party, as the text names it.
    pub actor: String,
    /// The second.
    pub recipient: String,
}

/// What the first does to the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Type, modes and code.
    pub coding: Coding,
    /// Entries, rule or model that coded it.
    pub rule: String,
    /// Confidence from 0 to 1.
    pub score: f32,
}

/// How much less an act fits whose entry asks for more than is there: more than any tie of its own makes up for, so that
/// a complete act with the same actor goes first.
const INCOMPLETE: f32 = 2.5;

/// What an act with all ties to both parties reaches.
const PERFECT: f32 = 3.9;

/// What one party does to the other, if any word tells.
pub fn relate(context: &Context<'_>, question: &Question) -> Option<Relation> {
    let mut tree = Tree::new(context);
    let pair = Pair::new(context, &tree, question);
    // The caller says that they are parties, whatever they look like.
    tree.set_someone(&pair.actor.heads);
    tree.set_someone(&pair.recipient.heads);
    let complete = best(context, &tree, &pair, Needs::All);
    if complete.as_ref().is_some_and(|(fit, _)| *fit >= PERFECT - INCOMPLETE) {
        return complete.map(|(_, relation)| relation);
    }
    let incomplete = best(context, &tree, &pair, Needs::Words);
    let better = incomplete.filter(|(fit, _)| complete.as_ref().is_none_or(|(known, _)| fit > known));
    better.or(complete).map(|(_, relation)| relation)
}

/// The act that ties the parties best, with how well it does.
fn best(context: &Context<'_>, tree: &Tree<'_>, pair: &Pair, needs: Needs) -> Option<(f32, Relation)> {
    let sentences = &context.view.document.sentences;
    let acts: Vec<Act> =
        sentences.iter().flat_map(|sentence| act::find_with(tree, sentence.tokens.clone(), needs)).collect();
    let mut best: Option<(f32, Relation)> = None;
    for act in acts.iter().flat_map(Act::chain).filter(|act| act.coding.event_type.is_some()) {
        let Some(stated) = coded::state(tree, act) else { continue };
        let fit = pair.fit(tree, act, &stated) - if needs == Needs::All { 0.0 } else { INCOMPLETE };
        if best.as_ref().is_none_or(|(known, _)| fit > *known) {
            best = Some((fit, relation(act, stated, fit, needs)));
        }
    }
    best
}

fn relation(act: &Act, stated: Stated, fit: f32, needs: Needs) -> Relation {
    let rule = Stated::rule(&stated.settled, act);
    let rule = if needs == Needs::All { rule } else { format!("words({rule})") };
    Relation { coding: stated.settled.coding, rule, score: (fit / PERFECT).clamp(0.0, 1.0) }
}

/// The two parties and the way from one to the other.
struct Pair {
    actor: Named,
    recipient: Named,
    /// Words on the shortest ways up from either party to where they meet.
    between: HashSet<u32>,
}

impl Pair {
    fn new(context: &Context<'_>, tree: &Tree<'_>, question: &Question) -> Self {
        let actor = Named::find(context, tree, &question.actor);
        let recipient = Named::find(context, tree, &question.recipient);
        let between = between(tree, &actor, &recipient);
        Self { actor, recipient, between }
    }

    /// How well an act ties the actor to the recipient. Who acts tells most: the second party may be but the place.
    fn fit(&self, tree: &Tree<'_>, act: &Act, stated: &Stated) -> f32 {
        let parties = &stated.parties;
        let acts = self.actor.likeness(tree, &parties.actors);
        let suffers = self.recipient.likeness(tree, &parties.recipients);
        let shares = if acts > 0.5 { 0.8 * self.recipient.likeness(tree, &parties.actors) } else { 0.0 };
        let is_reversed = self.actor.likeness(tree, &parties.recipients) * (1.0 - acts);
        let head = act.frame.head;
        let is_between = self.between.contains(&head) || self.between.contains(&act.trigger());
        2.0 * acts
            + 0.5 * suffers.max(shares)
            + 0.5 * is_reversed
            + if is_between { 0.3 } else { 0.0 }
            + if self.actor.is_below(tree, head) { 0.5 } else { 0.0 }
            + if self.recipient.is_below(tree, head) { 0.6 } else { 0.0 }
            - if act::is_nominal(tree, act) { 0.3 } else { 0.0 }
    }
}

/// The words between two parties on their shortest way through the tree.
fn between(tree: &Tree<'_>, actor: &Named, recipient: &Named) -> HashSet<u32> {
    let up = |word: u32| -> Vec<u32> { std::iter::once(word).chain(tree.ancestors(word)).collect() };
    let pairs = actor.heads.iter().flat_map(|&one| recipient.heads.iter().map(move |&other| (one, other)));
    let ways = pairs.filter_map(|(one, other)| way(&up(one), &up(other)));
    ways.min_by_key(Vec::len).unwrap_or_default().into_iter().collect()
}

/// The words up to where two ways to the root meet.
fn way(one: &[u32], other: &[u32]) -> Option<Vec<u32>> {
    let meet = *one.iter().find(|word| other.contains(word))?;
    let until =
        |words: &[u32]| -> Vec<u32> { words.iter().copied().take_while(|&word| word != meet).collect() };
    Some([until(one), until(other), vec![meet]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, actor: &str, recipient: &str, expected: &str) {
        let question =
            Question { text: text.to_owned(), actor: actor.to_owned(), recipient: recipient.to_owned() };
        let found = with_context(text, |context, _| relate(context, &question));
        let shown = found.and_then(|relation| relation.coding.event_type).map(|found| found.to_string());
        assert_eq!(shown.as_deref().unwrap_or("-"), expected, "{text}");
    }

    #[test]
    fn the_parties_choose_among_the_acts() {
        let text = "Peru condemned Chile's attack on Bolivia.";
        check(text, "Peru", "Chile", "ACCUSE");
        check(text, "Chile", "Bolivia", "ASSAULT");
        check("Peru praised Chile and accused Bolivia of fraud.", "Peru", "Bolivia", "ACCUSE");
    }

    #[test]
    fn passives_and_partners_are_parties_too() {
        check("The editor was arrested by the police.", "The police", "the editor", "COERCE");
        check("Ministers of Peru and Chile held talks.", "Peru", "Chile", "CONSULT");
    }

    #[test]
    fn without_words_that_tell_there_is_no_answer() {
        check("Peru lies beside Chile.", "Peru", "Chile", "-");
        check("", "Peru", "Chile", "-");
        check("Rebels attacked.", "Peru", "Chile", "ASSAULT");
    }
}
