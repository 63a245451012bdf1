//! *Which words say so?* The sentences of an event in their reports, with the words highlighted.

use std::collections::BTreeMap;

use annalist::archive::Sight;
use annalist::schema::{Cell, Claim, Reading, Report, Span};
use maud::{Markup, html};

use crate::address::{of_event, of_report, of_sentence};
use crate::marks::{question, told};
use crate::words;

/// Sentences that are shown around those that state it.
const AROUND: usize = 1;

/// Reports that are shown beside a list.
const FEW: usize = 6;

/// How words are highlighted: the statement faintly, the word that tells it, the value that was picked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Light {
    Clause,
    Trigger,
    Value,
}

impl Light {
    const fn class(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Trigger => "trigger",
            Self::Value => "value",
        }
    }
}

/// A value of an attribute that was picked out: `killed.0`.
pub fn picked<'a>(sight: &'a Sight, at: Option<&str>) -> Option<(&'a Cell, usize)> {
    let (attribute, index) = at?.rsplit_once('.')?;
    let cell = sight.event.cells.iter().find(|cell| cell.attribute == attribute)?;
    let index = index.parse().ok()?;
    cell.values.get(index).map(|_| (cell, index))
}

/// The evidence of an event, of one value of it where that was picked out.
pub fn evidence(sight: &Sight, at: Option<&str>, is_beside_list: bool) -> Markup {
    let picked = picked(sight, at);
    let lights = lights(sight, picked);
    let mut telling: Vec<_> =
        sight.reports.iter().filter(|(report, _)| lights.contains_key(report.id.as_str())).collect();
    // Those that the sentence above rests on come first, the others by day.
    telling.sort_by_key(|(report, _)| {
        sight.citations.iter().position(|citation| citation.report == report.id).unwrap_or(usize::MAX)
    });
    let most = if is_beside_list { FEW } else { usize::MAX };
    let n_left = telling.len().saturating_sub(most);
    html! {
        header.pane {
            h2 {
                @match picked {
                    Some((cell, index)) => {
                        (question(&cell.attribute)) ": "
                        @if let Some(value) = cell.values.get(index) { (crate::marks::value(&cell.attribute, value)) }
                    }
                    None => "Evidence"
                }
            }
            p.back { a href="#main" { "↑ back" } }
        }
        @if is_beside_list {
            p.lead { a.open href=(of_event(&sight.event.id)) { (told(&sentence(sight))) } }
        }
        @for (report, reading) in telling.into_iter().take(most) {
            (excerpt(report, reading, lights.get(report.id.as_str()).map_or(&[][..], Vec::as_slice)))
        }
        @if n_left > 0 { p { a href=(of_event(&sight.event.id)) { (words::count(n_left, "more report")) } } }
    }
}

/// An event in a sentence of ours, or else in the words that tell it best.
pub fn sentence(sight: &Sight) -> String {
    sight.sentence.clone().unwrap_or_else(|| headline(&sight.event))
}

/// The words that tell an event best.
pub fn headline(event: &annalist::schema::Event) -> String {
    let quote = event.headline.as_ref().map(|(_, quote)| annalist::briefing::words::one_line(quote));
    quote.unwrap_or_else(|| annalist::briefing::words::event(event))
}

/// What is highlighted in each report.
fn lights<'a>(sight: &'a Sight, picked: Option<(&'a Cell, usize)>) -> BTreeMap<&'a str, Vec<(Span, Light)>> {
    let mut lights: BTreeMap<&str, Vec<(Span, Light)>> = BTreeMap::new();
    let claim_of = |report: &str, id: &str| claim(sight, report, id);
    match picked.and_then(|(cell, index)| cell.values.get(index)) {
        Some(value) => {
            for (stating, words) in value.stated() {
                let Some(claim) = claim_of(&stating.report, &stating.claim) else { continue };
                let of_report = lights.entry(&stating.report).or_default();
                of_report.push((claim.span, Light::Clause));
                let words = words.filter(|words| !words.is_empty());
                of_report.push((words.unwrap_or(claim.trigger), Light::Value));
            }
        }
        None => {
            for stating in &sight.event.claims {
                let Some(claim) = claim_of(&stating.report, &stating.claim) else { continue };
                let of_report = lights.entry(&stating.report).or_default();
                of_report.extend([(claim.span, Light::Clause), (claim.trigger, Light::Trigger)]);
            }
        }
    }
    lights
}

fn claim<'a>(sight: &'a Sight, report: &str, id: &str) -> Option<&'a Claim> {
    let (_, reading) = sight.reports.iter().find(|(one, _)| one.id == report)?;
    reading.claims.iter().find(|claim| claim.id == id)
}

/// Who published a report, under which title, when.
pub fn byline(report: &Report, reading: &Reading) -> Markup {
    let head = &reading.report;
    let outlet = head.outlet.as_deref().or(report.outlet.as_deref());
    let title = head.title.as_deref().or(report.title.as_deref());
    let days = head.published.as_ref().map(|published| published.value.format());
    html! {
        a href=(of_report(&report.id)) { (told(outlet.unwrap_or(&report.id))) }
        @if let Some(days) = days { " · " (crate::marks::day(Some(&days))) }
        @if let Some(title) = title { span.title { (told(&annalist::briefing::words::one_line(title))) } }
    }
}

/// The sentences of a report that are lit, with those around them.
fn excerpt(report: &Report, reading: &Reading, lights: &[(Span, Light)]) -> Markup {
    let is_lit = |sentence: &Span| {
        lights.iter().any(|(span, light)| *light != Light::Clause && span.overlaps(*sentence))
    };
    let lit: Vec<usize> = reading
        .sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| is_lit(sentence))
        .map(|(index, _)| index)
        .collect();
    let is_near = |index: usize| lit.iter().any(|one| one.abs_diff(index) <= AROUND);
    let shown: Vec<usize> = (0..reading.sentences.len()).filter(|index| is_near(*index)).collect();
    html! {
        article.excerpt {
            h3 { (byline(report, reading)) }
            @for part in shown.chunk_by(|one, other| one + 1 == *other) {
                p dir="auto" {
                    @for index in part {
                        @let sentence = reading.sentences.get(*index).copied().unwrap_or_default();
                        span.sentence.beside[!lit.contains(index)] {
                            a.number href=(of_sentence(&report.id, index + 1)) title={ "sentence " (index + 1) " in its report" } { (index + 1) }
                            (lit_text(&report.text, sentence, lights))
                        } " "
                    }
                }
            }
        }
    }
}

/// Some words of a text with lights in them. A span that would cut a letter begins or ends before it.
pub fn lit_text(text: &str, within: Span, lights: &[(Span, Light)]) -> Markup {
    let whole = |span: Span| Span::new(boundary(text, span.start), boundary(text, span.end));
    let within = whole(within);
    let lights: Vec<_> = lights.iter().map(|(span, light)| (whole(*span), *light)).collect();
    let mut edges: Vec<u32> = lights.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    edges.extend([within.start, within.end]);
    edges.retain(|edge| (within.start..=within.end).contains(edge));
    edges.sort_unstable();
    edges.dedup();
    let light_of =
        |piece: Span| lights.iter().filter(|(span, _)| span.contains(piece)).map(|(_, light)| *light).max();
    let pieces = edges.windows(2).map(|ends| Span::new(ends[0], ends[1]));
    html! {
        @for piece in pieces {
            @match light_of(piece) {
                Some(Light::Clause) => span.clause { (piece.of(text)) }
                Some(light) => mark class=(light.class()) { (piece.of(text)) }
                None => (piece.of(text))
            }
        }
    }
}

/// The last byte at or before one that begins a letter, or the end.
fn boundary(text: &str, byte: u32) -> u32 {
    let mut byte = (byte as usize).min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte as u32
}

/// What stands beside a list of nothing.
pub fn nothing() -> Markup {
    html! { header.pane { h2 { "Evidence" } } p.none { "Pick a line, and the words that say so stand here." } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, within: (u32, u32), lights: &[((u32, u32), Light)], expected: &str) {
        let lights: Vec<_> = lights.iter().map(|(span, light)| (Span::from(*span), *light)).collect();
        assert_eq!(lit_text(text, within.into(), &lights).into_string(), expected);
    }

    #[test]
    fn the_brightest_light_counts() {
        let text = "Rebels killed 9 men.";
        check(text, (0, 20), &[], "Rebels killed 9 men.");
        check(
            text,
            (0, 20),
            &[((0, 19), Light::Clause), ((14, 15), Light::Value)],
            "<span class=\"clause\">Rebels killed </span><mark class=\"value\">9</mark><span class=\"clause\"> men</span>.",
        );
    }

    #[test]
    fn no_light_breaks_a_letter_or_the_page() {
        check("é<b>", (0, 5), &[((1, 3), Light::Value)], "<mark class=\"value\">é&lt;</mark>b&gt;");
        check(
            "<script>",
            (0, 8),
            &[((0, 8), Light::Trigger)],
            "<mark class=\"trigger\">&lt;script&gt;</mark>",
        );
        check("short", (0, 5), &[((3, 99), Light::Value)], "sho<mark class=\"value\">rt</mark>");
    }
}
