//! *Which time expressions stand near an event, and which words carry them?*

use annalist_schema::{DayInterval, Span, TimexType};

use super::super::Context;
use super::super::tree::Tree;
use super::relation::Relation;

/// How far from the event an expression may stand, in bytes, so that endless sentences cost no endless time.
const REACH: u32 = 700;

/// A time expression with days, in the tree.
#[derive(Clone, Copy, Debug)]
pub struct Expression {
    /// Index into the context's timexes.
    pub timex: usize,
    /// The word of it that hangs from another.
    pub head: u32,
    /// Its days.
    pub days: DayInterval,
    /// What the word before it says.
    pub relation: Relation,
    /// Whether it is a length of time that ends or begins at a day.
    pub is_period: bool,
    /// "The 1970s striker", "the 2012 candidate": it says who somebody is, hardly when they did something.
    is_of_somebody: bool,
}

impl Expression {
    /// What it costs, in tenths, to take this expression rather than another.
    pub fn surcharge(&self) -> u32 {
        let coarse = if self.days.n_days() > 300 { 3 } else { 0 };
        let period = if self.is_period { 10 } else { 0 };
        let somebody = if self.is_of_somebody { 20 } else { 0 };
        coarse + period + somebody + self.relation.surcharge()
    }
}

/// The expressions with days in the sentence of a word, in order of text.
pub fn near(context: &Context<'_>, tree: &Tree<'_>, word: u32) -> Vec<Expression> {
    let view = tree.view;
    let at = view.token(word).span.start;
    let Some(sentence) = view.document.sentences.get(view.sentence_of(word) as usize) else {
        return Vec::new();
    };
    let start = sentence.span.start.max(at.saturating_sub(REACH));
    let end = sentence.span.end.min(at.saturating_add(REACH));
    let first = context.timexes.partition_point(|timex| timex.span.start < start);
    let inside =
        context.timexes.iter().enumerate().skip(first).take_while(|(_, timex)| timex.span.start < end);
    inside
        .filter_map(|(index, timex)| {
            let days = timex.days.filter(|_| timex.kind != TimexType::Set)?;
            let head = head(tree, timex.span.into())?;
            let is_period = timex.kind == TimexType::Duration;
            let relation = Relation::of(tree, head);
            let is_of_somebody = tree
                .is_rel(head, &["compound", "amod", "nummod", "nmod:unmarked", "nmod:desc"])
                && tree.head(head).is_some_and(|noun| tree.is_someone(noun));
            let head = lifted(tree, head);
            Some(Expression { timex: index, head, days, relation, is_period, is_of_somebody })
        })
        .collect()
}

/// "Late on Sunday": the adverb carries the day, and says no more of when.
fn lifted(tree: &Tree<'_>, head: u32) -> u32 {
    let is_carrier = |word: &u32| {
        matches!(tree.lemma(*word), "late" | "early" | "earlier" | "later" | "shortly" | "only" | "just")
            && tree.is_rel(*word, &["advmod", "obl"])
    };
    tree.head(head).filter(is_carrier).unwrap_or(head)
}

/// The first word of a span whose head lies outside.
pub fn head(tree: &Tree<'_>, span: Span) -> Option<u32> {
    let tokens = &tree.view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let end = first + tokens[first..].partition_point(|token| token.span.start < span.end);
    let is_inside = |head: u32| (first..end).contains(&(head as usize));
    (first..end).find(|&index| !tokens[index].head.is_some_and(is_inside)).map(|index| index as u32)
}
