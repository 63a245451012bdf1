//! *How long before or after another event did it happen?* "The speech came a week after the attack" dates the attack by the
//! speech, and "left three days after the attack on Monday" the leaving by the attack.

use annalist_schema::{DayInterval, Deprel, Span, TimexType, Upos};
use jiff::ToSpan;

use super::super::Context;
use super::super::tree::Tree;
use super::{Dated, expression, plainly_told};

/// Two events with a length of time between them.
#[derive(Clone, Copy, Debug)]
pub struct Apart {
    /// The event asked for is the one in the clause that "after" or "before" begins.
    is_inner: bool,
    /// The head of that clause or phrase.
    inner: u32,
    /// What it hangs from.
    outer: u32,
    /// Whether that came after it.
    is_after: bool,
    /// `None` for "days after".
    length: Option<Length>,
}

/// A length of time.
#[derive(Clone, Copy, Debug)]
struct Length {
    n_days: i32,
    /// Days by which it may be off.
    slack: i32,
}

/// How far above its word the clause of an event may begin.
const REACH: usize = 4;

impl Apart {
    /// The length of time that stands between an event and another, if one does.
    pub fn find(context: &Context<'_>, tree: &Tree<'_>, trigger: u32) -> Option<Self> {
        let mut at = trigger;
        for _ in 0..REACH {
            if let Some(found) = Self::between(context, tree, at) {
                return Some(Self { is_inner: true, ..found });
            }
            let below = tree.children_by(at, &["advcl", "obl", "nmod"]);
            if let Some(found) = below.into_iter().find_map(|inner| Self::between(context, tree, inner)) {
                return Some(found);
            }
            // "A week after an attack on a mill that killed two": the killing is the attack.
            let is_what_kills =
                tree.rel(at) == Deprel::AclRelcl || at != trigger && tree.is_rel(at, &["nmod"]);
            let is_within = is_what_kills || tree.is_rel(at, &["obj", "nsubj", "compound", "xcomp"]);
            at = tree.head(at).filter(|_| is_within)?;
        }
        None
    }

    /// "A week after" before the head of a clause or phrase.
    fn between(context: &Context<'_>, tree: &Tree<'_>, inner: u32) -> Option<Self> {
        let outer = tree.head(inner).filter(|_| tree.is_rel(inner, &["advcl", "obl", "nmod"]))?;
        let is_mark = |word: &u32| matches!(tree.lemma(*word), "after" | "before");
        let mark = tree.children_by(inner, &["mark", "case"]).find(is_mark)?;
        let before = mark.checked_sub(1)?;
        let length = match tree.view.form(before) {
            "days" | "weeks" | "months" | "years" => {
                length_at(context, tree.view.token(before).span).unwrap_or(None)
            }
            _ => length_at(context, tree.view.token(before).span)?,
        };
        Some(Self { is_inner: false, inner, outer, is_after: tree.lemma(mark) == "after", length })
    }

    /// The date of the event asked for: told beside it, or so long from the other's.
    pub fn date(self, context: &Context<'_>, tree: &Tree<'_>) -> Option<Dated> {
        let own = self.own(context, tree, self.inner).or_else(|| told_before(context, tree, self.inner));
        if self.is_inner {
            return own.or_else(|| {
                let known = plainly_told(context, tree, self.outer);
                let known = known.or_else(|| super::news(context, tree, self.outer));
                let known =
                    known.or_else(|| super::published(context).filter(|_| !is_old(tree, self.outer)))?;
                self.shifted(known, !self.is_after)
            });
        }
        let told = plainly_told(context, tree, self.outer).filter(|told| told.timex.is_some());
        let by_inner = own.filter(|own| told.is_none_or(|told| told.timex == own.timex));
        by_inner.and_then(|own| self.shifted(own, self.is_after)).or(told)
    }

    /// What the words of the inner clause itself say.
    fn own(self, context: &Context<'_>, tree: &Tree<'_>, word: u32) -> Option<Dated> {
        let near = expression::near(context, tree, word);
        let is_below = |expression: &expression::Expression| {
            expression.head == word || tree.ancestors(expression.head).any(|above| above == word)
        };
        let near: Vec<_> = near.into_iter().filter(is_below).collect();
        super::governing(context, tree, &near, word)
    }

    fn shifted(self, known: Dated, later: bool) -> Option<Dated> {
        let Length { n_days, slack } = self.length?;
        let n_days = if later { n_days } else { -n_days };
        let days = DayInterval {
            earliest: known.days.earliest.checked_add((n_days - slack).days()).ok()?,
            latest: known.days.latest.checked_add((n_days + slack).days()).ok()?,
        };
        Some(Dated { days, basis: "offset", timex: known.timex })
    }
}

/// Sentences back to the words that tell of "the attack".
const FAR: u32 = 12;
/// So many words back they are looked for, and so many of them are asked: tables and damaged files have more.
const MOST_WORDS: usize = 600;
const MOST_TOLD: usize = 5;

/// The date of the deed that a noun points back to: "two weeks before the attack".
fn told_before(context: &Context<'_>, tree: &Tree<'_>, noun: u32) -> Option<Dated> {
    let is_definite = |det: u32| matches!(tree.lemma(det), "the" | "this" | "that" | "these" | "those");
    let points_back = tree.upos(noun) == Upos::Noun && tree.children_by(noun, &["det"]).any(is_definite);
    let sentence = tree.view.sentence_of(noun);
    let first = tree.view.document.sentences.get(sentence.saturating_sub(FAR) as usize)?.tokens.start;
    let last = tree.view.sentence_tokens(noun).start;
    let is_it = |&word: &u32| points_back && tree.lemma(word) == tree.lemma(noun);
    let mut told = (first..last).rev().take(MOST_WORDS).filter(is_it).take(MOST_TOLD);
    told.find_map(|word| plainly_told(context, tree, word))
}

/// "Had come", "would come": not at the time that the report tells of.
fn is_old(tree: &Tree<'_>, verb: u32) -> bool {
    tree.children_by(verb, &["aux"]).any(|word| matches!(tree.lemma(word), "have" | "will" | "would"))
}

/// The length of time whose words end where these do; `Some(None)` if it is not told how long.
fn length_at(context: &Context<'_>, last: Span) -> Option<Option<Length>> {
    let first = context.timexes.partition_point(|timex| timex.span.end < last.end);
    let timex = context.timexes.get(first).filter(|timex| Span::from(timex.span).contains(last))?;
    if timex.kind != TimexType::Duration || timex.days.is_some() {
        return None;
    }
    let words = Span::from(timex.span).of(context.view.text).to_lowercase();
    let is_rough =
        ["about", "approximately", "around", "roughly", "nearly", "almost", "some", "more than", "over"]
            .iter()
            .any(|hedge| words.starts_with(hedge));
    Some(length(&timex.value, is_rough))
}

/// Of a TIMEX3 value: `P3D`, `P1W`, `PT5H`.
fn length(value: &str, is_rough: bool) -> Option<Length> {
    let value = value.strip_prefix('P')?;
    let (n, unit) = value.split_at_checked(value.len().checked_sub(1)?)?;
    if let Some(hours) = n.strip_prefix('T') {
        let is_short = unit != "H" || hours.parse::<u32>().is_ok_and(|hours| hours < 12);
        return is_short.then_some(Length { n_days: 0, slack: 0 });
    }
    let n: i32 = n.parse().ok().filter(|n| *n < 10_000)?;
    let (n_days, slack) = match unit {
        "D" => (n, 0),
        "W" => (7 * n, 1),
        "M" => (30 * n, 5),
        "Y" => (365 * n, 60),
        _ => return None,
    };
    Some(Length { n_days, slack: if is_rough { (2 * slack).max(1) } else { slack } })
}
