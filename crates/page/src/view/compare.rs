//! *What do two reports tell alike, what only one, and on what do they differ?* Side by side.

use std::collections::BTreeSet;

use annalist::archive::{Asked, Order, Seen, Window};
use annalist::query::{EventRow, Query};
use annalist::schema::{Cell, Event, Situation};
use maud::{Markup, html};

use crate::address::{of_event, of_report, of_value, with};
use crate::desk::{Desk, Fault, Outcome, Shown, View, table, value};
use crate::marks::{self, question, told};
use crate::pane;
use crate::reply::Form;
use crate::words::{count, cut};

/// Events of two reports that are compared.
const MOST: usize = 400;

pub fn show(desk: &Desk<'_>) -> Outcome {
    let named: Vec<&str> =
        desk.request.query.iter().filter(|(name, _)| name == "report").map(|(_, id)| id.as_str()).collect();
    let [one, other] = named[..] else { return Ok(choose(named.len())) };
    let open = |id: &str| {
        let seen = desk.archive.report(id)?;
        seen.ok_or_else(|| Fault::Missing("a report", id.to_owned()))
    };
    let (one, other) = (open(one)?, open(other)?);
    let reports: BTreeSet<String> = [&one, &other].map(|seen| seen.report.id.clone()).into();
    let asked = Asked { query: Query { reports: Some(reports), ..Query::default() }, ..Asked::default() };
    let listed = desk.archive.events(&asked, Order::Day, Window::first(MOST))?;
    if desk.form != Form::Page {
        let briefing = desk.archive.arrange(Situation { events: listed.rows, ..Situation::default() })?;
        let entries = briefing.timeline();
        return Ok(match desk.form {
            Form::Csv => table(&entries.into_iter().map(EventRow).collect::<Vec<_>>()),
            _ => desk.rows_of(listed.total, entries.into_iter().map(value).collect()),
        });
    }
    let twin = |ending: &str| {
        let pairs = [&one, &other].map(|seen| ("report", seen.report.id.clone()));
        with(&format!("/compare.{ending}"), &pairs)
    };
    Ok(Shown::View(Box::new(View {
        title: "Two reports".to_owned(),
        here: "/reports",
        main: main(&one, &other, &listed.rows),
        pane: None,
        twins: Some((twin("json"), twin("csv"))),
    })))
}

fn choose(n: usize) -> Shown {
    let main = html! {
        h1 { "Two reports side by side" }
        p.lead { "Tick two reports in the list; " (count(n, "report")) " came." }
        p { a href="/reports" { "To the reports" } }
    };
    Shown::View(Box::new(View {
        title: "Two reports".to_owned(),
        here: "/reports",
        main,
        pane: None,
        twins: None,
    }))
}

fn tells(event: &Event, seen: &Seen) -> bool {
    event.claims.iter().any(|claim| claim.report == seen.report.id)
}

fn main(one: &Seen, other: &Seen, events: &[Event]) -> Markup {
    let both: Vec<_> = events.iter().filter(|event| tells(event, one) && tells(event, other)).collect();
    let only = |this: &Seen, that: &Seen| {
        events.iter().filter(|event| tells(event, this) && !tells(event, that)).collect::<Vec<_>>()
    };
    let (only_one, only_other) = (only(one, other), only(other, one));
    html! {
        h1 { "Two reports side by side" }
        div.two { (head(one)) (head(other)) }
        section { h2 { "Both tell " span.n { (both.len()) } }
            @if both.is_empty() { p.none { "No event is told by both." } }
            @for event in both { (shared(event, one, other)) }
        }
        div.two {
            section { h2 { "Only the first " span.n { (only_one.len()) } } (list(&only_one)) }
            section { h2 { "Only the second " span.n { (only_other.len()) } } (list(&only_other)) }
        }
    }
}

fn head(seen: &Seen) -> Markup {
    html! { p.byline { (pane::byline(&seen.report, &seen.reading)) " " a.code href=(of_report(&seen.report.id)) { (seen.report.id) } } }
}

fn list(events: &[&Event]) -> Markup {
    html! { ul.plain { @for event in events {
        li { span.day { (marks::day(event.date.as_deref())) } " " a href=(of_event(&event.id)) { (told(&cut(&pane::headline(event), 160))) } " " (marks::code(event)) }
    } } }
}

/// An event that both tell: what they say alike, and what not.
fn shared(event: &Event, one: &Seen, other: &Seen) -> Markup {
    html! {
        article.shared {
            h3 { span.day { (marks::day(event.date.as_deref())) } " " a href=(of_event(&event.id)) { (told(&cut(&pane::headline(event), 160))) } }
            table.cells { tbody {
                @for cell in marks::cells(event) {
                    @let (ones, others) = (values(cell, one), values(cell, other));
                    @if !ones.is_empty() || !others.is_empty() {
                        tr.same[ones == others] {
                            th scope="row" { (question(&cell.attribute)) }
                            td { (stated(event, cell, &ones)) }
                            td { (stated(event, cell, &others)) }
                            td { @if ones == others { (marks::mark(annalist::schema::Verdict::Agreed)) " both" } @else if ones.is_empty() || others.is_empty() { span.none { "only one says" } } @else { (marks::of_cell(cell)) } }
                        }
                    }
                }
            } }
        }
    }
}

/// Indices of the values that a report gives.
fn values(cell: &Cell, seen: &Seen) -> Vec<usize> {
    let is_its =
        |value: &annalist::schema::CellValue| value.claims.iter().any(|claim| claim.report == seen.report.id);
    cell.values.iter().enumerate().filter(|(_, value)| is_its(value)).map(|(index, _)| index).collect()
}

fn stated(event: &Event, cell: &Cell, indices: &[usize]) -> Markup {
    html! {
        @for index in indices {
            @if let Some(value) = cell.values.get(*index) {
                a.value href=(of_value(&event.id, &cell.attribute, *index)) { (marks::value(&cell.attribute, value)) } " "
            }
        }
    }
}
