//! *How many of what?* Every count that a report states, and which event it belongs to.

mod bind;
mod comparator;
mod number;
mod phrase;
mod piece;
mod scope;
mod single;
mod thing;

use annalist_schema::{Quantity, Span, View};

pub use bind::{attach, of_claim};

use super::Context;
use number::{Change, Numeral};
use phrase::Phrase;
use thing::Counts;

/// A count with the words that make it one.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// What is counted, how many, and the words.
    pub quantity: Quantity,
    /// Index of the sentence.
    pub sentence: u32,
    /// Head word of the number; the counted noun where the number is an article: "a soldier was killed".
    pub numeral: u32,
    /// The word by which the counted phrase hangs in the sentence.
    pub head: u32,
    /// The counted noun; `None` where it is left out: "killed five".
    pub noun: Option<u32>,
    /// The word that makes it a count: "killed" in "killed 12 people"; the noun in "12 rockets".
    pub governor: u32,
    /// The end of a change that it is: "from 5,200 to 3,500".
    pub is_before: Option<bool>,
}

/// Every count of a report, in order of text.
pub fn find(ctx: &Context<'_>) -> Vec<Counted> {
    let mut found = Vec::new();
    for (index, sentence) in ctx.view.document.sentences.iter().enumerate() {
        let index = index as u32;
        let numerals = number::scan(ctx.view.text, sentence.span);
        let phrases: Vec<(Numeral, Option<Phrase>)> = numerals
            .into_iter()
            .filter(|numeral| !is_time(ctx, numeral.span))
            .map(|numeral| (phrase::phrase(ctx.view, index, &numeral), numeral))
            .map(|(phrase, numeral)| (numeral, phrase))
            .collect();
        let first = found.len();
        for (numeral, phrase) in &phrases {
            found.extend(phrase.and_then(|phrase| counted(ctx, index, numeral, phrase)));
        }
        parts_of_wholes(ctx, index, &phrases, &mut found, first);
        single::find(ctx, index, &mut found);
        found[first..].sort_by_key(|counted: &Counted| counted.quantity.span);
    }
    found
}

fn is_time(ctx: &Context<'_>, span: Span) -> bool {
    ctx.timexes.iter().any(|timex| span.overlaps(Span::from(timex.span)))
}

fn counted(ctx: &Context<'_>, sentence: u32, numeral: &Numeral, phrase: Phrase) -> Option<Counted> {
    if let Some(currency) = numeral.currency {
        return Some(money(ctx, sentence, numeral, phrase, currency));
    }
    let counts = thing::thing(ctx, phrase)?;
    Some(assemble(ctx, sentence, numeral, phrase, counts))
}

/// Puts a number and what it counts together.
fn assemble(ctx: &Context<'_>, sentence: u32, numeral: &Numeral, phrase: Phrase, counts: Counts) -> Counted {
    let noun = phrase.noun.or(counts.noun);
    let mut counted = bare(ctx, sentence, numeral, phrase, counts.governor);
    counted.noun = noun;
    counted.quantity.what = counts.thing.what.clone();
    counted.quantity.of = phrase.noun.and_then(|noun| subset(ctx.view, numeral, noun));
    if let Some(noun) = phrase.noun {
        counted.quantity.span = counted.quantity.span.cover(ctx.view.token(noun).span);
    }
    scope::fill(ctx, &mut counted);
    counted
}

fn money(ctx: &Context<'_>, sentence: u32, numeral: &Numeral, phrase: Phrase, currency: &str) -> Counted {
    let mut counted = bare(ctx, sentence, numeral, phrase, phrase.head);
    counted.quantity.what = "money".to_owned();
    counted.quantity.of = Some(currency.to_owned());
    counted
}

fn bare(ctx: &Context<'_>, sentence: u32, numeral: &Numeral, phrase: Phrase, governor: u32) -> Counted {
    let within = ctx.view.document.sentences[sentence as usize].span;
    let meant = comparator::meant(ctx.view.text, within, numeral);
    let quantity = Quantity {
        what: String::new(),
        cmp: meant.cmp,
        n: numeral.low,
        n2: numeral.high,
        of: None,
        by: None,
        cumulative: None,
        period: None,
        area: Vec::new(),
        span: meant.span,
    };
    let is_before = numeral.change.map(|change| change == Change::From);
    Counted {
        quantity,
        sentence,
        numeral: phrase.numeral,
        head: phrase.head,
        noun: phrase.noun,
        governor,
        is_before,
    }
}

/// The words between the number and its noun, unless they only say "people".
fn subset(view: View<'_>, numeral: &Numeral, noun: u32) -> Option<String> {
    const SAYS_NOTHING: [&str; 8] = ["people", "person", "other", "others", "one", "body", "life", "more"];
    const SKIPPED: [&str; 11] =
        ["of", "the", "more", "other", "others", "additional", "further", "his", "her", "their", "-"];
    let words = (0..=noun).rev().take_while(|&token| view.token(token).span.start >= numeral.span.end);
    let mut words: Vec<u32> = words.collect();
    words.reverse();
    let first = words.iter().position(|&word| !SKIPPED.contains(&view.form(word).to_lowercase().as_str()))?;
    let span = view.cover(&words[first..])?;
    let says_nothing = SAYS_NOTHING.contains(&view.lemma(noun)) && first + 1 == words.len();
    (!says_nothing).then(|| span.of(view.text).to_owned())
}

/// "12 people, including five children": a part counts what its whole counts.
fn parts_of_wholes(
    ctx: &Context<'_>,
    sentence: u32,
    phrases: &[(Numeral, Option<Phrase>)],
    found: &mut Vec<Counted>,
    first: usize,
) {
    for (numeral, phrase) in phrases {
        let Some(phrase) = *phrase else { continue };
        let Some(whole) = thing::whole_of(ctx.view, phrase) else { continue };
        let whole =
            found[first..].iter().find(|counted| counted.head == whole || counted.noun == Some(whole));
        let Some((what, governor)) = whole.map(|whole| (whole.quantity.what.clone(), whole.governor)) else {
            continue;
        };
        match found[first..].iter_mut().find(|counted| counted.numeral == phrase.numeral) {
            Some(part) if part.quantity.what == "persons" || part.quantity.what == "troops" => {
                part.quantity.what = what;
                part.governor = governor;
            }
            Some(_) => {}
            None => {
                let mut part = bare(ctx, sentence, numeral, phrase, governor);
                part.quantity.what = what;
                part.quantity.of = phrase.noun.and_then(|noun| subset(ctx.view, numeral, noun));
                found.push(part);
            }
        }
    }
}
