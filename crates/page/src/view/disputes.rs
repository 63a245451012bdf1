//! *On what do reports differ?* One row a quantity: each value with who says it, and the verdict with its reason.

use annalist::briefing::Dispute;
use annalist::figure::read_figure;
use annalist::schema::{Cell, DayInterval, Event, Situation, Verdict};
use maud::{Markup, html};

use super::list;
use crate::address::{of_event, of_value};
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::draw::steps::{self, Stated};
use crate::marks::{self, question, told};
use crate::pane;
use crate::reply::Form;
use crate::words::{count, cut};

const PATH: &str = "/disputes";

/// Disputes on one page.
const FEW: usize = 25;

/// Values of one attribute that the list shows.
const MOST_VALUES: usize = 8;

/// How values differ.
const DIFFERENT: [Verdict; 3] = [Verdict::Contradictory, Verdict::Superseded, Verdict::DifferentScope];

pub fn show(desk: &Desk<'_>) -> Outcome {
    let asked = &desk.filter.asked;
    let chosen = asked.query.verdict.filter(|verdict| DIFFERENT.contains(verdict));
    let verdicts = chosen.map_or(DIFFERENT.to_vec(), |verdict| vec![verdict]);
    let rows = desk.rows(FEW);
    let listed = desk.archive.differences(asked, &verdicts, desk.filter.window(rows))?;
    if desk.form != Form::Page {
        let wanted: Vec<_> =
            listed.rows.iter().map(|(event, attribute)| (event.id.clone(), attribute.clone())).collect();
        let mut events: Vec<Event> = listed.rows.into_iter().map(|(event, _)| event).collect();
        events.dedup_by(|one, other| one.id == other.id);
        let briefing = desk.archive.arrange(Situation { events, ..Situation::default() })?;
        let is_wanted = |dispute: &&Dispute| {
            wanted.iter().any(|(id, attribute)| {
                dispute.id.as_ref() == Some(id) && dispute.cell.attribute == *attribute
            })
        };
        let disputes: Vec<Dispute> = briefing.disputes.iter().filter(is_wanted).cloned().collect();
        return Ok(match desk.form {
            Form::Csv => table(&disputes),
            _ => desk.rows_of(listed.total, disputes.iter().map(value).collect()),
        });
    }
    let gist = desk.gist()?;
    let at = |event: &Event, cell: &str| format!("{}\n{cell}", event.id);
    let first = listed.rows.first().map(|(event, _)| event.id.as_str());
    let (_, pane) = match (desk.request.asked("event"), listed.rows.first()) {
        (None, Some((event, attribute))) => {
            let sight = desk.archive.sight(&event.id)?;
            let at = format!("{attribute}.0");
            (None, sight.map_or_else(pane::nothing, |sight| pane::evidence(&sight, Some(&at), true)))
        }
        _ => list::beside(desk, first)?,
    };
    let chosen_at =
        desk.request.asked("event").zip(desk.request.asked("at")).map(|(event, at)| format!("{event}\n{at}"));
    let main = html! {
        h1 { "Where reports differ" }
        p.lead { (count(listed.total, "attribute")) " of events, the contradictory and weightiest first." }
        p.facets { @for verdict in DIFFERENT {
            a aria-current=[(chosen == Some(verdict)).then_some("true")]
              href=(desk.filter.address(PATH, &[("verdict", (chosen != Some(verdict)).then_some(verdict.as_str()))])) { (marks::verdict(verdict)) }
        } }
        (list::filters(desk, PATH, &gist.outlets))
        @if listed.rows.is_empty() { p.none { "The reports agree, or do not speak of the same." } }
        ol.disputes {
            @for (event, attribute) in &listed.rows {
                @if let Some(cell) = event.cells.iter().find(|cell| cell.attribute == *attribute) {
                    (dispute(desk, event, cell, |index| chosen_at == Some(at(event, &format!("{attribute}.{index}")))))
                }
            }
        }
        (desk.pages(PATH, listed.total, FEW, &[]))
    };
    Ok(Shown::View(Box::new(View {
        title: "Disputes".to_owned(),
        here: PATH,
        main,
        pane: Some(pane),
        twins: desk.twins(PATH, &[]),
    })))
}

fn dispute(desk: &Desk<'_>, event: &Event, cell: &Cell, is_chosen: impl Fn(usize) -> bool) -> Markup {
    let page = (desk.filter.page > 1).then(|| desk.filter.page.to_string());
    let pick = |index: usize| {
        let at = format!("{}.{index}", cell.attribute);
        format!(
            "{}#evidence",
            desk.filter
                .address(PATH, &[("page", page.as_deref()), ("event", Some(&event.id)), ("at", Some(&at))])
        )
    };
    html! {
        li.dispute {
            div.day { (marks::day(event.date.as_deref())) }
            div.what {
                h2 { (question(&cell.attribute)) " " (marks::of_cell(cell)) }
                p.head dir="auto" { a href=(of_event(&event.id)) { (told(&cut(&pane::headline(event), 200))) } }
                (series(event, cell))
                table.values { tbody {
                    @for (index, value) in cell.values.iter().enumerate().take(MOST_VALUES) {
                        tr.chosen[is_chosen(index)] {
                            td { a.pick href=(pick(index)) data-open=(of_value(&event.id, &cell.attribute, index)) { (marks::value(&cell.attribute, value)) } }
                            td { @if value.attributed_to.is_empty() { span.none { "in the report's own voice" } } @else { (told(&value.attributed_to.join(", "))) } }
                            td.n { (count(value.claims.len(), "claim")) }
                        }
                    }
                } }
                @if cell.values.len() > MOST_VALUES {
                    p.why { a href={ (of_event(&event.id)) "#" (cell.attribute) } { "and " (count(cell.values.len() - MOST_VALUES, "more value")) } }
                }
                @if let Some(why) = &cell.why { p.why { (told(why)) } }
            }
            div.margin { (marks::code(event)) }
        }
    }
}

/// A toll as its values stand to one another.
fn series(event: &Event, cell: &Cell) -> Markup {
    if marks::rank(&cell.attribute) != 0 || cell.values.len() < 3 {
        return html! {};
    }
    let Some(days) = event.date.as_deref().and_then(DayInterval::parse) else { return html! {} };
    let stated = cell.values.iter().enumerate().filter_map(|(index, value)| {
        let figure = read_figure(&value.value)?;
        let days = cell.as_of.as_deref().and_then(DayInterval::parse).unwrap_or(days);
        let address = format!("{}#evidence", of_value(&event.id, &cell.attribute, index));
        Some(Stated {
            days,
            low: figure.n,
            high: figure.n2.unwrap_or(figure.n),
            value: value.value.clone(),
            address,
        })
    });
    let stated: Vec<_> = stated.collect();
    steps::strip(&question(&cell.attribute), &stated)
}
