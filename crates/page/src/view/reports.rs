//! *Which reports are there?* The last published first, each with how much was read of it.

use maud::html;

use super::list::outlet_names;
use crate::address::{ROWS, of_report, with};
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::marks::{self, told};
use crate::reply::Form;
use crate::words::{count, number};

const PATH: &str = "/reports";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let (outlet, words) = (desk.request.asked("outlet"), desk.request.asked("title"));
    let also = [("title", words)];
    let listed = desk.archive.reports(outlet, words, desk.filter.window(desk.rows(ROWS)))?;
    match desk.form {
        Form::Csv => return Ok(table(&listed.rows)),
        Form::Json => return Ok(desk.rows_of(listed.total, listed.rows.iter().map(value).collect())),
        Form::Page => {}
    }
    let gist = desk.gist()?;
    let main = html! {
        h1 { "Reports" }
        p.lead { (count(listed.total, "report")) @if let Some(outlet) = outlet { " of " (told(outlet)) } "." }
        form.filters action=(PATH) {
            label { span { "Title or name" } input type="search" name="title" value=[words]; }
            label { span { "Outlet" } input type="text" name="outlet" list="outlets" value=[outlet]; }
            (outlet_names(&gist.outlets))
            button { "Filter" }
            @if outlet.is_some() || words.is_some() { a.clear href=(PATH) { "Clear" } }
        }
        form action="/compare" {
            table.parties {
                caption { "Tick two to lay them side by side." }
                thead { tr { th scope="col" { span.hidden { "Compare" } } th scope="col" { "Published" } th scope="col" { "Outlet" } th scope="col" { "Title" } th.n scope="col" { "sentences" } th.n scope="col" { "claims" } } }
                tbody { @for report in &listed.rows {
                    tr {
                        td { input type="checkbox" name="report" value=(report.id) aria-label={ "Compare " (report.id) }; }
                        td.day { (marks::day(days(report.published_from.as_deref(), report.published_to.as_deref()).as_deref())) }
                        td { @if let Some(outlet) = &report.outlet { a href=(with(PATH, &[("outlet", outlet.clone())])) { (told(outlet)) } } }
                        td dir="auto" { a href=(of_report(&report.id)) { (told(report.title.as_deref().unwrap_or(&report.id))) } }
                        td.n { (number(report.n_sentences)) }
                        td.n { (number(report.n_claims)) }
                    }
                } }
            }
            p { button { "Compare" } }
        }
        (desk.pages(PATH, listed.total, ROWS, &also))
    };
    Ok(Shown::View(Box::new(View {
        title: "Reports".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &also),
    })))
}

fn days(from: Option<&str>, to: Option<&str>) -> Option<String> {
    from.zip(to).map(|(from, to)| if from == to { from.to_owned() } else { format!("{from}/{to}") })
}
