//! *For which area and period does a number hold, and is it a running total?*

use annalist_schema::{Span, Timex, TimexType, Toponym, ToponymKind, View};

use super::Counted;
use crate::claim::Context;
use crate::claim::syntax::{first_conjunct, has_case};

/// Fills area, period and whether the number is a running total.
pub fn fill(ctx: &Context<'_>, counted: &mut Counted) {
    counted.quantity.period = period(ctx, counted);
    counted.quantity.area = area(ctx, counted);
    counted.quantity.cumulative = cumulative(ctx, counted);
}

/// "since October last year", "over the past month": the words of the time expression with its preposition.
fn period(ctx: &Context<'_>, counted: &Counted) -> Option<String> {
    const OPENINGS: [&str; 7] =
        ["since", "over the", "in the past", "in the last", "during", "within", "so far"];
    let sentence = ctx.view.document.sentences.get(counted.sentence as usize)?.span;
    let is_usable = |timex: &&Timex| sentence.contains(timex.span.into()) && timex.kind != TimexType::Time;
    ctx.timexes_around(sentence).iter().filter(is_usable).find_map(|timex| {
        let words = Span::from(timex.span);
        let before = Span::new(sentence.start, words.start).of(ctx.view.text);
        let opening = before.trim_end();
        let whole = format!("{opening} {}", words.of(ctx.view.text)).to_lowercase();
        let start = OPENINGS.iter().filter_map(|opening| whole.rfind(opening)).max()?;
        let near = whole.len().saturating_sub(start) <= words.len() as usize + 14;
        near.then(|| whole_phrase(ctx, words, &whole[start..]))
    })
}

/// The phrase in the report's own letters: as many bytes before the end of the time expression as the lower-case phrase has.
fn whole_phrase(ctx: &Context<'_>, words: Span, lower: &str) -> String {
    let start = words.end.saturating_sub(lower.len() as u32);
    let phrase = Span::new(start, words.end).of(ctx.view.text);
    if phrase.is_empty() { words.of(ctx.view.text).to_owned() } else { phrase.to_owned() }
}

/// Countries, or names where no country is known, of the places behind "in" or "across" in the part of the sentence that the count governs.
fn area(ctx: &Context<'_>, counted: &Counted) -> Vec<String> {
    let Some(sentence) = ctx.view.document.sentences.get(counted.sentence as usize) else {
        return Vec::new();
    };
    let below = |toponym: &&Toponym| {
        let places = [Some(counted.head), counted.noun].into_iter().flatten();
        token_of(ctx.view, counted.sentence, Span::from(toponym.span))
            .filter(|&token| is_where(ctx.view, token))
            .is_some_and(|token| places.into_iter().any(|head| ctx.view.dominates(head, token)))
    };
    let around = ctx.toponyms_around(sentence.span).iter();
    let places = around.filter(|toponym| toponym.kind == ToponymKind::Literal).filter(below);
    let mut area: Vec<String> = places
        .map(|place| place.country.map_or_else(|| place.name.clone(), |country| country.to_string()))
        .collect();
    area.sort();
    area.dedup();
    area
}

/// The word of a toponym by which it hangs in the sentence.
fn token_of(view: View<'_>, sentence: u32, words: Span) -> Option<u32> {
    let tokens = view.document.sentences.get(sentence as usize)?.tokens.clone();
    let mut inside = tokens.filter(|&token| words.contains(view.token(token).span));
    inside.find(|&token| view.token(token).head.is_none_or(|head| !words.contains(view.token(head).span)))
}

fn is_where(view: View<'_>, token: u32) -> bool {
    const WHERE: [&str; 8] = ["in", "at", "across", "inside", "near", "throughout", "within", "around"];
    has_case(view, token, &WHERE) || has_case(view, first_conjunct(view, token), &WHERE)
}

/// Running totals and increments by the words that say so.
fn cumulative(ctx: &Context<'_>, counted: &Counted) -> Option<bool> {
    const TOTALS: [&str; 6] = ["total", "toll", "in all", "so far", "altogether", "overall"];
    const INCREMENTS: [&str; 6] = ["another", "additional", "further", "more", "others", "new"];
    let span = counted.quantity.span;
    let start = span.start.saturating_sub(24);
    let before = (start..=span.start).find_map(|at| ctx.view.text.get(at as usize..span.end as usize));
    let words = before.unwrap_or("").to_lowercase();
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let words_of_count = span.of(ctx.view.text).to_lowercase();
    let adds = INCREMENTS.iter().any(|word| words_of_count.split_whitespace().any(|part| part == *word))
        && !words_of_count.contains("more than");
    if adds {
        Some(false)
    } else if has(&TOTALS) || counted.quantity.period.is_some() {
        Some(true)
    } else {
        None
    }
}
