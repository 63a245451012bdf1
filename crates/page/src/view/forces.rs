//! *Who has how many forces where?* Each series as steps from statement to statement, gaps as gaps, with the words.

use annalist::briefing::words::{amount, forces};
use annalist::figure::read_figure;
use annalist::query::PostureRow;
use annalist::schema::{DayInterval, PostureSeries, Situation};
use maud::{Markup, html};

use crate::address::of_report;
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::draw::steps::{self, Stated};
use crate::marks::{self, told};
use crate::reply::Form;
use crate::words::number;

const PATH: &str = "/forces";

/// Series on one page.
const FEW: usize = 20;

pub fn show(desk: &Desk<'_>) -> Outcome {
    let rows = desk.rows(FEW);
    let listed = desk.archive.postures(desk.filter.window(rows))?;
    if desk.form != Form::Page {
        let briefing = desk.archive.arrange(Situation { postures: listed.rows, ..Situation::default() })?;
        let rows = PostureRow::of(&briefing.postures);
        return Ok(match desk.form {
            Form::Csv => table(&rows),
            _ => desk.rows_of(listed.total, rows.iter().map(value).collect()),
        });
    }
    let main = html! {
        h1 { "Forces" }
        p.lead { "Whose, where, by whom: " (number(listed.total)) " in all. A level holds until the next statement; a break is a silence of more than six weeks, of which nobody knows." }
        @if listed.rows.is_empty() { p.none { "No report says how many forces are where." } }
        @for series in &listed.rows { (one(series)) }
        (desk.pages(PATH, listed.total, FEW, &[]))
    };
    Ok(Shown::View(Box::new(View {
        title: "Forces".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}

fn one(series: &PostureSeries) -> Markup {
    let name = forces(series);
    let stated = series.statements.iter().filter_map(|statement| {
        let figure = read_figure(&statement.value)?;
        let days = statement.as_of.as_deref().and_then(DayInterval::parse)?;
        Some(Stated {
            days,
            low: figure.n,
            high: figure.n2.unwrap_or(figure.n),
            value: statement.value.clone(),
            address: of_report(&statement.report),
        })
    });
    let stated: Vec<_> = stated.collect();
    html! {
        section.series {
            h2 { (told(&name)) @for cell in &series.cells { " " span.figure { (marks::of_cell(cell)) } } }
            @if stated.len() > 1 { (steps::chart(&name, &stated)) }
            table.statements { tbody {
                @for statement in &series.statements {
                    tr {
                        td.day { (marks::day(statement.as_of.as_deref())) }
                        td.value { (told(&amount(&statement.value))) @if let Some(status) = statement.status.filter(|status| status.as_str() != "happened") { " " span.status { (status) } } }
                        td dir="auto" { a href=(of_report(&statement.report)) { (told(&annalist::briefing::words::one_line(&statement.quote))) }
                            @if !statement.attributed_to.is_empty() { span.said { " according to " (told(&statement.attributed_to.join(", "))) } } }
                    }
                }
            } }
        }
    }
}
