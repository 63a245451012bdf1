//! *When did something happen that a report tells as news and does not date?* Between the day its story began and the day it
//! was published.
//!
//! "Rebels attacked the town on Monday. ... The council has condemned the raid." The second has no day of its own, yet it did not
//! happen last year: what is told in the plain past or the perfect, after the lead has named a day of the week of publication, lies
//! between the two. The basis says that the publication ends it, so that nobody takes it for a date that the report gives.

use annalist_schema::{DayInterval, Tense, Upos, VerbForm};

use super::super::Context;
use super::super::tree::Tree;
use super::narrative::{self, is_plain_past};
use super::{Dated, expression, stand};

/// So many days before its publication a story may begin.
const MOST_DAYS: i64 = 10;

/// Sentences, the title not counted, in which a report says what its news is.
const LEAD: usize = 4;

/// From the story's day to the publication, for a deed or words told as news.
pub fn interval(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Dated> {
    let published = context.published?.value;
    let near = || expression::near(context, tree, trigger);
    if published.n_days() > 1 || !is_news(tree, trigger) || stand::is_only_spoken_of(tree, &near(), trigger) {
        return None;
    }
    let earliest = story_day(context, tree, published)?;
    let days = DayInterval { earliest: earliest.earliest, latest: published.latest };
    Some(Dated { days, basis: "published", timex: None })
}

/// The first day of the lead that is near the publication.
fn story_day(context: &Context<'_>, tree: &Tree<'_>, published: DayInterval) -> Option<DayInterval> {
    let sentences = &context.view.document.sentences;
    let told = sentences.iter().enumerate().filter(|(_, sentence)| !sentence.is_heading).take(LEAD);
    let is_recent = |days: &DayInterval| {
        days.n_days() == 1 && days.latest <= published.latest && {
            let before = DayInterval { earliest: days.earliest, latest: published.latest };
            before.n_days() <= MOST_DAYS
        }
    };
    let days = told.flat_map(|(_, sentence)| {
        let near = sentence.tokens.clone().next().map(|first| expression::near(context, tree, first));
        near.into_iter().flatten().filter(|expression| narrative::is_of_story(context, expression))
    });
    days.map(|expression| expression.days).find(is_recent)
}

/// Told in the plain past or the present perfect, by the event's own verb or by who tells of it.
fn is_news(tree: &Tree<'_>, trigger: u32) -> bool {
    let verbs =
        std::iter::once(trigger).chain(tree.ancestors(trigger)).filter(|&word| tree.upos(word) == Upos::Verb);
    let mut verbs = verbs.peekable();
    let Some(&own) = verbs.peek() else { return false };
    !is_pluperfect(tree, own) && verbs.any(|verb| is_plain_past(tree, verb) || is_perfect(tree, verb))
}

fn is_perfect(tree: &Tree<'_>, verb: u32) -> bool {
    has(tree, verb, Tense::Pres)
}

fn is_pluperfect(tree: &Tree<'_>, verb: u32) -> bool {
    has(tree, verb, Tense::Past)
}

fn has(tree: &Tree<'_>, verb: u32, tense: Tense) -> bool {
    tree.children_by(verb, &["aux"]).any(|word| {
        let feats = tree.view.token(word).feats;
        tree.lemma(word) == "have" && feats.tense == Some(tense) && feats.verb_form == Some(VerbForm::Fin)
    })
}
