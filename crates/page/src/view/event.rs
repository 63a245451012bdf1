//! *What is known of this event, and which words say so?*

use annalist::archive::Sight;
use annalist::query::EventRow;
use annalist::schema::{Cell, ClaimRef, Event, Situation, Verdict};
use maud::{Markup, html};

use super::decisions;
use crate::address::{of_event, of_sentence, of_value};
use crate::desk::{Desk, Fault, Outcome, Shown, View, table, value};
use crate::marks::{self, question, told};
use crate::pane::{self, picked, sentence};
use crate::reply::Form;
use crate::words::{count, cut};

pub fn show(desk: &Desk<'_>, id: &str) -> Outcome {
    let sight = desk.archive.sight(id)?;
    let sight = sight.ok_or_else(|| Fault::Missing("an event or a claim", id.to_owned()))?;
    if desk.form != Form::Page {
        return data(desk, sight.event);
    }
    let at = desk.request.asked("at");
    let address = of_event(&sight.event.id);
    Ok(Shown::View(Box::new(View {
        title: cut(&sentence(&sight), 80),
        here: "/",
        main: main(desk, &sight, at),
        pane: Some(pane::evidence(&sight, at, false)),
        twins: Some((format!("{address}.json"), format!("{address}.csv"))),
    })))
}

fn data(desk: &Desk<'_>, event: Event) -> Outcome {
    let briefing = desk.archive.arrange(Situation { events: vec![event], ..Situation::default() })?;
    let entries = briefing.timeline();
    Ok(match desk.form {
        Form::Csv => table(&entries.into_iter().map(EventRow).collect::<Vec<_>>()),
        _ => Shown::Json(entries.first().map(value).unwrap_or_default()),
    })
}

fn main(desk: &Desk<'_>, sight: &Sight, at: Option<&str>) -> Markup {
    let event = &sight.event;
    let picked = picked(sight, at).map(|(cell, index)| (cell.attribute.as_str(), index));
    html! {
        p.eyebrow {
            (marks::day(event.date.as_deref()))
            @if let Some(place) = &event.place { " · " (told(&annalist::briefing::words::place(place))) }
            " · " (event.weight.standing)
        }
        h1.sentence dir="auto" { (told(&sentence(sight))) }
        p.eyebrow { (marks::code(event)) @if let Some(cameo) = &event.cameo { " " span.code { "CAMEO " (cameo.as_str()) } } }
        @if let Some(quote) = event.headline.as_ref().filter(|_| sight.sentence.is_some()) {
            blockquote dir="auto" { (told(&annalist::briefing::words::one_line(&quote.1))) }
        }
        table.cells {
            caption { (count(super::list::n_reports(event), "report")) ", " (count(event.claims.len(), "claim")) "; a value leads to the words that state it" }
            thead { tr { th scope="col" { "Asked" } th scope="col" { "Stated" } th scope="col" { "Verdict" } } }
            tbody { @for cell in marks::cells(event) { (row(event, cell, picked)) } }
        }
        @if !event.weight.why.is_empty() { p.details { "Weighs " (event.weight.points) ": " (event.weight.why.join(", ")) } }
        (claims(sight))
        (decisions::forms(desk, event))
    }
}

fn row(event: &Event, cell: &Cell, picked: Option<(&str, usize)>) -> Markup {
    let preferred = cell.preferred.as_ref().map(|(index, _)| *index);
    let needs_why = cell.values.len() > 1 && !matches!(cell.verdict, Verdict::Compatible | Verdict::Agreed);
    html! {
        tr id=(cell.attribute) {
            th scope="row" { (question(&cell.attribute)) }
            td {
                ul {
                    @for (index, value) in in_order(cell) {
                        li.preferred[preferred == Some(index)] {
                            a.value aria-current=[(picked == Some((cell.attribute.as_str(), index))).then_some("true")]
                              href={ (of_value(&event.id, &cell.attribute, index)) "#evidence" } { (marks::value(&cell.attribute, value)) }
                            span.said {
                                @if !value.attributed_to.is_empty() { " according to " (told(&value.attributed_to.join(", "))) }
                                @if value.claims.len() > 1 { " " span.n { "×" (value.claims.len()) } }
                            }
                        }
                    }
                }
            }
            td { (marks::of_cell(cell))
                @if let Some(why) = cell.why.as_ref().filter(|_| needs_why || cell.decided.is_some()) { p.why { (told(why)) } }
            }
        }
    }
}

/// The values of a cell with their places, the preferred first.
fn in_order(cell: &Cell) -> Vec<(usize, &annalist::schema::CellValue)> {
    let preferred = cell.preferred.as_ref().map(|(index, _)| *index);
    let mut values: Vec<_> = cell.values.iter().enumerate().collect();
    values.sort_by_key(|(index, _)| Some(*index) != preferred);
    values
}

/// What each report states, with the sentence.
fn claims(sight: &Sight) -> Markup {
    let row = |reference: &ClaimRef| {
        let (report, reading) = sight.reports.iter().find(|(report, _)| report.id == reference.report)?;
        let claim = reading.claims.iter().find(|claim| claim.id == reference.claim)?;
        Some((report, reading, claim))
    };
    let rows: Vec<_> = sight.event.claims.iter().filter_map(row).collect();
    html! {
        details.claims open[rows.len() <= 4] {
            summary { (count(rows.len(), "claim")) " in the words of the reports" }
            ol {
                @for (report, reading, claim) in rows {
                    li {
                        p.byline { (pane::byline(report, reading)) }
                        p dir="auto" { a href=(of_sentence(&report.id, claim.sentence as usize + 1)) { (told(&annalist::briefing::words::one_line(&claim.key.quote))) } }
                        p.code { (report.id) "/" (claim.id) " · " (claim.rule) " · " (format!("{:.2}", claim.score)) }
                    }
                }
            }
        }
    }
}
