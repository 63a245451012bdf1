//! *Which acts do the words of a sentence state, and what do acts make of the acts inside them?*
//!
//! "Refused to resume talks" is one act: a refusal over a resumption over talks. Each word is fitted once.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use annalist_data::lexicon::{Coding, Entry, Slot, lexicon};
use annalist_schema::{EventType, Status, Upos};

use super::frame::Frame;
use super::predicate::{self, Fit, Needs, content};
use super::tree::Tree;

/// How deep acts may lie inside acts.
const MAX_NESTING: usize = 6;

/// An act that words of the report state.
#[derive(Clone, Debug)]
pub struct Act {
    /// The entry that fits.
    pub entry: &'static Entry,
    /// The slots around its head.
    pub frame: Frame,
    /// Its words.
    pub words: Vec<u32>,
    /// What it is in PLOVER and CAMEO, acts inside it considered.
    pub coding: Coding,
    /// The status that the entries decide.
    pub status: Option<Status>,
    /// The act inside it.
    pub inner: Option<Rc<Act>>,
    /// Whether it only says that the inner act happened, began, was tried ...
    pub keeps: bool,
    /// Entries that coded it, the outer before the inner in brackets.
    pub rule: String,
    /// How much the entries ask for.
    pub weight: f32,
}

impl Act {
    /// The word that stands for the event: the inner act's where the outer only supports it.
    pub fn trigger(&self) -> u32 {
        match &self.inner {
            Some(inner) if self.keeps => inner.trigger(),
            _ => self.frame.head,
        }
    }

    /// The word that says what it is: of "began an offensive" the noun.
    pub fn named(&self, tree: &Tree<'_>) -> u32 {
        let core = self.core();
        let asks_for_object = core.entry.need.iter().any(|(slot, _)| *slot == Slot::Object);
        let supports = asks_for_object && lexicon().is("support_verb", tree.lemma(core.frame.head));
        let noun = core.frame.object.iter().copied().find(|_| supports && core.frame.head == self.trigger());
        noun.unwrap_or_else(|| self.trigger())
    }

    /// The act and the acts inside it, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Act> {
        std::iter::successors(Some(self), |act| act.inner.as_deref())
    }

    /// The act that the coding comes from.
    pub fn core(&self) -> &Act {
        match &self.inner {
            Some(inner) if self.keeps => inner.core(),
            _ => self,
        }
    }
}

/// The acts of a sentence that lie in no other act, in order of text.
pub fn find(tree: &Tree<'_>, sentence: Range<u32>) -> Vec<Act> {
    find_with(tree, sentence, Needs::All)
}

/// The same, with entries of which not all that they ask for is there.
pub fn find_with(tree: &Tree<'_>, sentence: Range<u32>, needs: Needs) -> Vec<Act> {
    let mut finder = Finder { tree, needs, known: HashMap::new(), open: Vec::new() };
    let acts: Vec<Rc<Act>> = sentence.filter_map(|word| finder.act_at(word)).collect();
    let inside: std::collections::HashSet<u32> =
        acts.iter().flat_map(|act| act.chain().skip(1).map(|inner| inner.frame.head)).collect();
    let known: std::collections::HashSet<u32> = acts.iter().filter_map(|act| deed_known(tree, act)).collect();
    acts.into_iter()
        .filter(|act| !inside.contains(&act.frame.head) || known.contains(&act.frame.head))
        .filter(|act| act.coding.event_type.is_some())
        .map(Rc::unwrap_or_clone)
        .collect()
}

/// The noun of a deed that a charge or a condemnation takes as known: "accused of the murder of a judge". The charge is an event,
/// and so is the deed.
fn deed_known(tree: &Tree<'_>, act: &Act) -> Option<u32> {
    let is_charge = |act: &&Act| !act.keeps && act.coding.event_type == Some(EventType::Accuse);
    let charge = act.chain().find(is_charge)?;
    let deed = charge.chain().skip(1).last()?;
    let noun = deed.frame.head;
    let is_the = tree.children_by(noun, &["det"]).any(|det| tree.lemma(det) == "the");
    let has_victim = tree.children_by(noun, &["nmod"]).any(|word| tree.case(word) == Some("of"));
    let is_known = is_the && has_victim && is_nominal(tree, deed);
    (is_known && deed.coding.event_type == Some(EventType::Assault)).then_some(noun)
}

struct Finder<'t, 'a> {
    tree: &'t Tree<'a>,
    needs: Needs,
    known: HashMap<u32, Option<Rc<Act>>>,
    /// Words whose fitting is under way; an act cannot lie inside itself.
    open: Vec<u32>,
}

impl Finder<'_, '_> {
    fn act_at(&mut self, word: u32) -> Option<Rc<Act>> {
        if let Some(known) = self.known.get(&word) {
            return known.clone();
        }
        if self.open.contains(&word) || self.open.len() >= MAX_NESTING {
            return None;
        }
        self.open.push(word);
        let found = self.best(word).map(Rc::new);
        self.open.pop();
        self.known.insert(word, found.clone());
        found
    }

    fn best(&mut self, word: u32) -> Option<Act> {
        let fits = predicate::fits(self.tree, word, self.needs);
        let mut best: Option<Act> = None;
        for fit in fits {
            let act = self.complete(fit);
            if let Some(act) = act
                && best.as_ref().is_none_or(|best| act.weight > best.weight)
            {
                best = Some(act);
            }
        }
        best
    }

    /// An act out of an entry that fits, with the act inside it if the entry looks for one.
    fn complete(&mut self, fit: Fit) -> Option<Act> {
        let Some(outer) = fit.entry.act.as_ref().and_then(|name| lexicon().acts.get(name)) else {
            return Some(plain(fit));
        };
        let Some(inner) = self.inner(&fit) else {
            return (!fit.entry.inner_required && fit.entry.coding.event_type.is_some()).then(|| plain(fit));
        };
        let outcome = inner.coding.cameo.as_ref().and_then(|code| outer.outcome(code));
        let (coding, keeps, status) = match outcome {
            Some(outcome) => (outcome.coding.clone(), false, outcome.status.or(outer.status)),
            None if outer.keeps => (inner.coding.clone(), true, outer.status.or(inner.status)),
            None if fit.entry.inner_required || fit.entry.coding.event_type.is_none() => return None,
            None => (fit.entry.coding.clone(), false, outer.status),
        };
        let mut act = plain(fit);
        act.rule = format!("{}({})", act.entry.id, inner.rule);
        act.weight += 1.0 + if keeps { 0.5 * inner.weight } else { 0.0 };
        (act.coding, act.keeps, act.status) = (coding, keeps, status);
        act.inner = Some(inner);
        Some(act)
    }

    fn inner(&mut self, fit: &Fit) -> Option<Rc<Act>> {
        let mut best: Option<(f32, Rc<Act>)> = None;
        for (rank, slot) in fit.entry.inner.iter().enumerate() {
            // "Resumed meetings to discuss a withdrawal" are meetings: what they are for is not what was resumed.
            let is_purpose = |word: u32| best.is_some() && self.tree.is_rel(word, &["advcl"]);
            let words = fit.frame.slot(slot).into_iter();
            let words: Vec<u32> = words.filter(|&word| word != fit.frame.head && !is_purpose(word)).collect();
            // Earlier slots are likelier, but a pattern that asks for more is likelier still.
            let Some(act) = words.into_iter().find_map(|word| self.act_within(word, 3)) else { continue };
            let weight = act.weight - 0.6 * rank as f32;
            if best.as_ref().is_none_or(|(known, _)| weight > *known) {
                best = Some((weight, act));
            }
        }
        best.map(|(_, act)| act)
    }

    /// The act at a word, or else in what completes the word: "an offer of talks", "a ceasefire proposal".
    fn act_within(&mut self, word: u32, steps: usize) -> Option<Rc<Act>> {
        if self.open.contains(&word) {
            return None;
        }
        if let Some(act) = self.act_at(word) {
            return Some(act);
        }
        let steps = steps.checked_sub(1)?;
        if !self.tree.is_nominal(word) {
            // "Agreed that it was necessary to leave".
            let below: Vec<u32> = self.tree.children_by(word, &["xcomp", "ccomp", "csubj"]).collect();
            return below.into_iter().find_map(|child| self.act_within(child, steps));
        }
        if let Some(&held) = content(self.tree, word).get(1) {
            return self.act_within(held, steps);
        }
        let completes = |&child: &u32| match self.tree.rel(child).base() {
            "acl" => self.tree.rel(child).as_str() != "acl:relcl",
            "compound" | "conj" => true,
            "nmod" => matches!(self.tree.case(child), Some("of" | "for" | "on" | "to" | "about")),
            _ => false,
        };
        let below: Vec<u32> = self.tree.children(word).iter().copied().filter(completes).collect();
        below.into_iter().find_map(|child| self.act_within(child, steps))
    }
}

/// The act of an entry that looks for no other inside it.
pub fn plain(fit: Fit) -> Act {
    Act {
        rule: fit.entry.id.clone(),
        coding: fit.entry.coding.clone(),
        entry: fit.entry,
        frame: fit.frame,
        words: fit.words,
        status: None,
        inner: None,
        keeps: false,
        weight: fit.weight,
    }
}

/// Whether the act's head is a noun.
pub fn is_nominal(tree: &Tree<'_>, act: &Act) -> bool {
    matches!(tree.upos(act.frame.head), Upos::Noun | Upos::Propn)
}
