//! *What was read from this report, and what was not?* Its text with every claim in it, and the sentences that gave none.

use annalist::archive::Seen;
use annalist::rows::reading_row;
use annalist::schema::{Claim, Span};
use annalist::table::Record;
use maud::{Markup, html};
use serde::Serialize;

use crate::address::{of_event, of_report};
use crate::desk::{Desk, Fault, Outcome, Shown, View, table};
use crate::marks::{self, told};
use crate::pane::{Light, lit_text};
use crate::reply::Form;
use crate::words::{count, cut};

pub fn show(desk: &Desk<'_>, id: &str) -> Outcome {
    let seen = desk.archive.report(id)?.ok_or_else(|| Fault::Missing("a report", id.to_owned()))?;
    match desk.form {
        Form::Json => return Ok(Shown::Json(reading_row(&seen.report, seen.reading, false))),
        Form::Csv => return Ok(table(&rows(&seen))),
        Form::Page => {}
    }
    let title = title(&seen);
    let address = of_report(&seen.report.id);
    Ok(Shown::View(Box::new(View {
        title: cut(&title, 80),
        here: "/reports",
        main: main(&seen, &title),
        pane: Some(read(&seen)),
        twins: Some((format!("{address}.json"), format!("{address}.csv"))),
    })))
}

fn title(seen: &Seen) -> String {
    let title = seen.reading.report.title.as_deref().or(seen.report.title.as_deref());
    title.map_or_else(|| seen.report.id.clone(), annalist::briefing::words::one_line)
}

/// An address that a reader may follow: of the web, and of nothing that acts.
fn link(url: &str) -> Option<&str> {
    let is_web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    is_web.then_some(url)
}

fn main(seen: &Seen, title: &str) -> Markup {
    let (report, reading) = (&seen.report, &seen.reading);
    let head = &reading.report;
    let n_read = reading.sentences.len() - n_silent(seen);
    let lights: Vec<(Span, Light)> =
        reading.claims.iter().map(|claim| (claim.trigger, Light::Trigger)).collect();
    html! {
        p.eyebrow {
            @if let Some(outlet) = head.outlet.as_deref().or(report.outlet.as_deref()) { (told(outlet)) " · " }
            @match &head.published {
                Some(published) => { (marks::day(Some(&published.value.format()))) " " span.none { (published.basis.as_str()) } }
                None => span.none { "undated" }
            }
            " · " span.code { (report.id) }
        }
        h1.sentence dir="auto" { (told(title)) }
        p.details {
            (n_read) " of " (count(reading.sentences.len(), "sentence")) " gave " (count(reading.claims.len(), "claim"))
            @if let Some(url) = &report.url { " · " @match link(url) {
                Some(url) => a href=(url) rel="noopener noreferrer" { (told(&cut(url, 60))) },
                None => (told(url))
            } }
            " · " a href={ "/?report=" (form_urlencoded::byte_serialize(report.id.as_bytes()).collect::<String>()) } { "its events" }
        }
        ol.text dir="auto" {
            @for (index, sentence) in reading.sentences.iter().enumerate() {
                @let claims: Vec<&Claim> = reading.claims.iter().filter(|claim| claim.sentence as usize == index).collect();
                li.silent[claims.is_empty()] id={ "s" (index + 1) } {
                    a.number href={ "#s" (index + 1) } { (index + 1) }
                    p dir="auto" { (lit_text(&report.text, *sentence, &lights)) }
                    div.margin { @for claim in claims {
                        @let code = claim.event_type.map_or("—", |event_type| event_type.as_str());
                        @match seen.events.get(&claim.id) {
                            Some(event) => a.code href=(of_event(event)) title=(claim.rule) { (code) },
                            None => span.code title=(claim.rule) { (code) }
                        } " "
                    } }
                }
            }
        }
    }
}

/// Sentences that gave neither a claim nor a statement of forces or talks.
fn n_silent(seen: &Seen) -> usize {
    let claims = &seen.reading.claims;
    let is_silent = |index: &usize| !claims.iter().any(|claim| claim.sentence as usize == *index);
    (0..seen.reading.sentences.len()).filter(is_silent).count()
}

/// All that was read, and what is doubtful.
fn read(seen: &Seen) -> Markup {
    let reading = &seen.reading;
    let mut claims: Vec<&Claim> = reading.claims.iter().collect();
    claims.sort_by_key(|claim| (claim.sentence, claim.trigger.start));
    html! {
        header.pane { h2 { "What was read" } p.back { a href="#main" { "↑ back" } } }
        @if let Some(published) = &reading.report.published { @for why in &published.why { p.why { "Dated because " (told(why)) } } }
        ol.read {
            @for claim in claims {
                li {
                    p { a.number href={ "#s" (claim.sentence + 1) } { (claim.sentence + 1) } " "
                        @let name = claim.event_type.map_or("—", |event_type| event_type.as_str());
                        @match seen.events.get(&claim.id) { Some(event) => a href=(of_event(event)) { b.code { (name) } }, None => b.code { (name) } }
                        " " (parties(&claim.actors)) @if !claim.recipients.is_empty() { " → " (parties(&claim.recipients)) }
                    }
                    p.details {
                        @if let Some(days) = &claim.date { span { (marks::day(Some(&days.format()))) } }
                        @if let Some(place) = &claim.place { span { (told(&annalist::briefing::words::place(place))) } }
                        @for quantity in &claim.quantities { span { (told(&figure(quantity))) } }
                        @if claim.status.as_str() != "happened" { span.status { (claim.status) } }
                        @if !claim.attributed_to.is_empty() { span { "according to " (told(&claim.attributed_to.join(", "))) } }
                        span.code { (format!("{:.2}", claim.score)) }
                    }
                }
            }
        }
        @if reading.claims.is_empty() { p.none { "No event was read from this report." } }
        @if !reading.notes.is_empty() {
            h3 { "To doubt" }
            ul.notes { @for note in &reading.notes { li { span.code { (note.kind.as_str()) } " " (told(&note.message)) } } }
        }
    }
}

fn parties(actors: &[annalist::schema::ClaimActor]) -> Markup {
    let names: Vec<_> = actors.iter().map(annalist::briefing::words::actor).collect();
    told(&if names.is_empty() { "unknown actor".to_owned() } else { names.join(", ") })
}

fn figure(quantity: &annalist::schema::Quantity) -> String {
    let of = quantity.of.as_deref().map(|of| format!(" {of}")).unwrap_or_default();
    let sign = if quantity.cmp.as_str() == "=" { String::new() } else { format!("{} ", quantity.cmp) };
    let what = annalist::briefing::words::attribute(&quantity.what);
    annalist::briefing::words::amount(&format!("{sign}{}{of} {what}", quantity.n))
}

/// A claim as a row of a table.
#[derive(Serialize)]
struct ClaimRow<'a> {
    sentence: u32,
    claim: &'a Claim,
    event: Option<&'a String>,
}

fn rows(seen: &Seen) -> Vec<ClaimRow<'_>> {
    let row = |claim| ClaimRow { sentence: claim_sentence(claim), claim, event: seen.events.get(&claim.id) };
    seen.reading.claims.iter().map(row).collect()
}

const fn claim_sentence(claim: &Claim) -> u32 {
    claim.sentence + 1
}

impl Record for ClaimRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "sentence",
        "claim",
        "event",
        "type",
        "actors",
        "recipients",
        "date",
        "place",
        "status",
        "attributed_to",
        "score",
        "quote",
    ];

    fn fields(&self) -> Vec<String> {
        let claim = self.claim;
        let names = |actors: &[annalist::schema::ClaimActor]| {
            annalist::table::joined(actors.iter().map(annalist::briefing::words::actor))
        };
        vec![
            self.sentence.to_string(),
            claim.id.clone(),
            self.event.cloned().unwrap_or_default(),
            annalist::table::joined(claim.event_type),
            names(&claim.actors),
            names(&claim.recipients),
            annalist::table::joined(claim.date.map(|days| days.format())),
            annalist::table::joined(claim.place.as_ref().map(annalist::briefing::words::place)),
            claim.status.to_string(),
            annalist::table::joined(&claim.attributed_to),
            format!("{:.2}", claim.score),
            annalist::briefing::words::one_line(&claim.key.quote),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: bool) {
        assert_eq!(link(url).is_some(), expected, "{url}");
    }

    #[test]
    fn only_the_web_is_followed() {
        check("https://news.example/a", true);
        check("HTTP://news.example/a", true);
        check("javascript:alert(1)", false);
        check(" javascript:alert(1)", false);
        check("data:text/html,<script>", false);
        check("//news.example", false);
    }
}
