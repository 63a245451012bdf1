//! *Where do talks and agreements stand?* A track of states for each, a sentence for each state.

use annalist::briefing::words::process;
use annalist::query::ProcessRow;
use annalist::schema::{Process, Situation};
use maud::{Markup, html};

use crate::address::of_report;
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::draw::tracks;
use crate::marks::{self, told};
use crate::reply::Form;
use crate::words::count;

const PATH: &str = "/talks";

/// Processes on one page.
const FEW: usize = 20;

pub fn show(desk: &Desk<'_>) -> Outcome {
    let rows = desk.rows(FEW);
    let listed = desk.archive.processes(desk.filter.window(rows))?;
    if desk.form != Form::Page {
        let briefing = desk.archive.arrange(Situation { processes: listed.rows, ..Situation::default() })?;
        let rows = ProcessRow::of(&briefing.processes);
        return Ok(match desk.form {
            Form::Csv => table(&rows),
            _ => desk.rows_of(listed.total, rows.iter().map(value).collect()),
        });
    }
    let main = html! {
        h1 { "Talks and agreements" }
        p.lead { (count(listed.total, "course")) " of talks, truces and agreements, state by state." }
        @if listed.rows.is_empty() { p.none { "No report tells of talks." } }
        @for one in &listed.rows { (course(one)) }
        (desk.pages(PATH, listed.total, FEW, &[]))
    };
    Ok(Shown::View(Box::new(View {
        title: "Talks".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}

fn course(one: &Process) -> Markup {
    let name = process(&one.process);
    let n_dated = one.transitions.iter().filter(|state| state.date.is_some()).count();
    html! {
        section.series {
            h2 { (told(&name)) }
            @if n_dated > 1 { (tracks::track(one, &name)) }
            table.statements { tbody {
                @for state in &one.transitions {
                    tr {
                        td.day { (marks::day(state.date.as_deref())) }
                        td.value { (state.code) }
                        td dir="auto" {
                            @for statement in state.statements.iter().take(3) {
                                p { a href=(of_report(&statement.report)) { (told(&annalist::briefing::words::one_line(&statement.quote))) } }
                            }
                            @if state.statements.len() > 3 { p.none { "and " (count(state.statements.len() - 3, "more statement")) } }
                            @if !state.attributed_to.is_empty() { p.said { "according to " (told(&state.attributed_to.join(", "))) } }
                        }
                    }
                }
            } }
        }
    }
}
