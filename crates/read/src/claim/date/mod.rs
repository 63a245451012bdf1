//! *Which days does an event belong to?*
//!
//! The time expression that governs the event is the one with the cheapest way to it through the dependency tree (see
//! [`path`]); the word before it says whether the event lies in it, runs from it on, or only lies on one side of it (see
//! [`relation`]). A story goes on at the day it has arrived at ([`narrative`]). Where nothing in the report dates an event, the publication does, and the basis says so.

mod expression;
mod narrative;
mod news;
mod offset;
mod path;
mod present;
mod relation;
mod stand;

use annalist_schema::{DayInterval, Span};

use super::Context;
use super::tree::Tree;
use expression::Expression;
pub use news::interval as news;
pub use present::{day as present, is_brief_of_today};

/// The days of an event, and how they are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The days.
    pub days: DayInterval,
    /// Name of the rule; `published` where nothing in the report dates the event, so that callers can drop it.
    pub basis: &'static str,
    /// Index into the context's timexes.
    pub timex: Option<usize>,
}

/// The date of the event whose head is the token `trigger`.
pub fn date_of(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    told(context, tree, trigger).or_else(|| published(context))
}

/// The date that the report's words give to the event whose head is the token `trigger`.
pub fn told(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    if let Some(apart) = offset::Apart::find(context, tree, trigger) {
        return apart.date(context, tree);
    }
    plainly_told(context, tree, trigger)
}

/// The days of the time expression that a word of the trigger's sentence belongs to.
pub fn told_at(context: &Context<'_>, tree: &Tree<'_>, trigger: u32, word: u32) -> Option<Dated> {
    let near = expression::near(context, tree, trigger);
    let is_of_word = |expression: &&Expression| {
        let words = context.timexes.get(expression.timex).map(|timex| Span::from(timex.span));
        words.is_some_and(|words| words.contains(tree.view.token(word).span))
    };
    let expression = near.iter().find(is_of_word)?;
    let days = relation::days(context, tree, &near, expression)?;
    Some(Dated {
        days,
        basis: expression.relation.rule().unwrap_or("clause-timex"),
        timex: Some(expression.timex),
    })
}

/// The same where no length of time stands between the event and another.
fn plainly_told(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    let near = expression::near(context, tree, trigger);
    told_when(context, tree, &near, trigger)
        .or_else(|| governing(context, tree, &near, trigger))
        .or_else(|| narrative::day(context, tree, trigger))
}

/// "The worst since October, when Peru shelled a village": what the clause tells happened then, whatever is said of that time before.
fn told_when(context: &Context<'_>, tree: &Tree<'_>, near: &[Expression], trigger: u32) -> Option<Dated> {
    let when = std::iter::once(trigger).chain(tree.ancestors(trigger).take(3)).find_map(|word| {
        tree.children_by(word, &["advmod", "mark"]).find(|&mark| tree.lemma(mark) == "when")
    })?;
    let start = tree.view.token(when).span.start;
    let ends_before = |expression: &&Expression| {
        let end = context.timexes.get(expression.timex).map_or(0, |timex| timex.span.end);
        let between = context.view.text.get(end as usize..start as usize).map(str::trim);
        matches!(between, Some("" | ",")) && expression.days.n_days() < 400
    };
    let expression = near.iter().find(ends_before)?;
    Some(Dated { days: expression.days, basis: "clause-timex", timex: Some(expression.timex) })
}

fn published(context: &Context<'_>) -> Option<Dated> {
    let days = context.published?.value;
    Some(Dated { days, basis: "published", timex: None })
}

/// The expression of the sentence with the cheapest way to the event, if it is cheap enough.
fn governing(context: &Context<'_>, tree: &Tree<'_>, near: &[Expression], trigger: u32) -> Option<Dated> {
    let ways = near.iter().filter_map(|expression| {
        let way = path::way(tree, expression.head, trigger)?;
        let cost = way.cost + expression.surcharge() + stand::surcharge(tree, expression, way, trigger);
        (cost < path::TOO_FAR).then_some((expression, way, cost))
    });
    let distance = |expression: &Expression| expression.head.abs_diff(trigger);
    let (best, way, _) =
        ways.min_by_key(|(expression, _, cost)| (*cost, distance(expression), expression.timex))?;
    let days = relation::days(context, tree, near, best)?;
    Some(Dated { days, basis: best.relation.rule().unwrap_or(way.rule()), timex: Some(best.timex) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;
    #[cfg(feature = "full")]
    use crate::claim::testing::with_full_context;

    /// The date of the first word with the given form, as of 15 March 2024, a Friday.
    fn check(text: &str, word: &str, expected: &str) {
        assert_eq!(
            with_context(text, |context, tree| found(context, tree, word)),
            expected,
            "{text}: {word}"
        );
    }

    #[cfg(feature = "full")]
    fn check_full(text: &str, word: &str, expected: &str) {
        let found = with_full_context(text, |context, tree| found(context, tree, word));
        assert_eq!(found, expected, "{text}: {word}");
    }

    fn found(context: &Context<'_>, tree: &Tree<'_>, word: &str) -> String {
        let index = (0..tree.view.document.tokens.len() as u32)
            .find(|&index| tree.view.form(index) == word)
            .expect("the word stands in the text");
        date_of(context, tree, index)
            .map_or_else(|| "none".to_owned(), |dated| format!("{} {}", dated.days.format(), dated.basis))
    }

    #[test]
    fn the_clause_has_the_first_word() {
        check("The army shelled the port on Tuesday.", "shelled", "2024-03-12 clause-timex");
        check(
            "The shelling of the port on March 3 killed two fishermen.",
            "killed",
            "2024-03-03 governor-timex",
        );
        check("Tuesday's raid was the first in a month.", "raid", "2024-03-12 clause-timex");
        check("The two met in Oslo in January 2023.", "met", "2023-01 clause-timex");
    }

    #[test]
    fn other_clauses_lend_their_date() {
        check(
            "On Monday, rebels attacked the town and burned the mill.",
            "burned",
            "2024-03-11 sentence-timex",
        );
        check(
            "The ministers signed a treaty on Monday, ending the dispute.",
            "ending",
            "2024-03-11 sentence-timex",
        );
    }

    #[cfg(feature = "full")]
    #[test]
    fn what_happened_when_something_did_happened_then() {
        let text = "Two clerks were killed and ten were wounded when a mine went off on Monday, police said on Thursday.";
        check_full(text, "wounded", "2024-03-11 sentence-timex");
        check_full(text, "killed", "2024-03-11 sentence-timex");
    }

    #[test]
    fn a_story_goes_on() {
        let text = "Rebels attacked the town on Monday. They took the mill. The mayor had fled.";
        check(text, "took", "2024-03-11 narrative");
        check(text, "fled", "2024-03-15 published");
    }

    #[cfg(feature = "full")]
    #[test]
    fn undated_news_lies_between_its_story_and_the_publication() {
        let news_of = |text: &str, word: &str| {
            with_full_context(text, |context, tree| {
                let index =
                    (0..tree.view.document.tokens.len() as u32).find(|&at| tree.view.form(at) == word);
                news(context, tree, index.expect("the word stands in the text"))
                    .map(|dated| dated.days.format())
            })
        };
        let text = "LIMA, March 15, 2024 - Rebels attacked the port on Tuesday. Peru has condemned the raid. \
                    The rebels had left the town. They want talks.";
        assert_eq!(news_of(text, "condemned").as_deref(), Some("2024-03-12/2024-03-15"));
        assert_eq!(news_of(text, "left"), None);
        assert_eq!(news_of(text, "want"), None);
        assert_eq!(news_of("Peru condemned the raid. Rain fell.", "condemned"), None);
    }

    #[test]
    fn nothing_told_is_the_publication() {
        check("The ministers signed a treaty.", "signed", "2024-03-15 published");
    }

    #[cfg(feature = "full")]
    #[test]
    fn what_only_stands_beside_dates_nothing() {
        let none = "2024-03-15 published";
        check_full("Chad will withdraw its troops from Mali, the minister said on Monday.", "withdraw", none);
        check_full(
            "He was flown to Lima on March 3, but Chad has questioned the report.",
            "questioned",
            none,
        );
        check_full("It is the heaviest shelling of the port in the last two decades.", "shelling", none);
        check_full("Chad would attack the base, as Peru did on Tuesday.", "attack", none);
    }

    #[cfg(feature = "full")]
    #[test]
    fn a_clause_with_when_tells_what_happened_then() {
        check_full(
            "It was the worst raid since January, when rebels burned the mill.",
            "burned",
            "2024-01 clause-timex",
        );
    }

    #[cfg(feature = "full")]
    #[test]
    fn two_days_that_are_joined() {
        check_full(
            "Rebels shelled the port on the 3rd and 4th of March.",
            "shelled",
            "2024-03-03/2024-03-04 clause-timex",
        );
        check_full(
            "Rebels shelled the port on Monday and Tuesday.",
            "shelled",
            "2024-03-11/2024-03-12 clause-timex",
        );
    }

    #[test]
    fn since_runs_on() {
        check("Rebels have attacked the town since March 3.", "attacked", "2024-03-03/2024-03-15 since");
    }

    #[test]
    fn from_one_day_to_another() {
        check("The navies trained from March 3 to March 9.", "trained", "2024-03-03/2024-03-09 from-to");
    }

    #[cfg(feature = "full")]
    #[test]
    fn so_long_before_or_after_another_event() {
        let text = "On Sunday, the talks began two days after rebels attacked the town.";
        check_full(text, "attacked", "2024-03-08 offset");
        check_full(text, "talks", "2024-03-10 clause-timex");
        let text = "The speech came about a week after an attack on a refinery.";
        check_full(text, "attack", "2024-03-06/2024-03-10 offset");
        let text = "Rebels attacked the port on March 4. Two weeks before the attack, troops had left.";
        check_full(text, "left", "2024-02-18/2024-02-20 offset");
        let text = "The speech came a week after an attack on a refinery, which killed two clerks.";
        check_full(text, "killed", "2024-03-07/2024-03-09 offset");
        let text = "The troops left three days after the rebels attacked the port on March 4.";
        check_full(text, "left", "2024-03-07 offset");
        check_full(text, "attacked", "2024-03-04 clause-timex");
        let text = "On Sunday, the army left the town days after rebels attacked it.";
        check_full(text, "attacked", "2024-03-15 published");
    }

    #[test]
    fn before_and_after_give_no_day() {
        check("The army left the town before March 3.", "left", "2024-03-15 published");
    }
}
