//! *What does the record say about what comes next?* One series with its forecast, beside naive ones and its own past.

use annalist::archive::Asked;
use annalist::outlook::answer::Answer;
use annalist::outlook::chart;
use annalist::query::Query;
use annalist::schema::EventType;
use annalist::table::Record;
use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use crate::address::with;
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::marks::told;
use crate::reply::Form;
use crate::words::count;

const PATH: &str = "/outlook";

/// Parties that are offered to ask about.
const OFFERED: usize = 12;

pub fn show(desk: &Desk<'_>) -> Outcome {
    let about = desk.filter.asked.query.about.clone();
    let event_type = desk.filter.asked.query.event_type.unwrap_or(EventType::Assault);
    let answers = match &about {
        None => Vec::new(),
        Some(about) => answers(desk, about, event_type)?,
    };
    match desk.form {
        Form::Json => {
            return Ok(desk.rows_of(answers.len(), answers.iter().map(value).collect()));
        }
        Form::Csv => {
            return Ok(table(&answers.iter().flat_map(Row::of).collect::<Vec<_>>()));
        }
        Form::Page => {}
    }
    let main = html! {
        h1 { "Outlook" }
        p.lead { "What is counted by day, and what it says about what comes next, beside naive forecasts. It counts events of organisations and areas, and names no next target." }
        form.filters action=(PATH) {
            label { span { "About an actor or a place" } input type="text" name="about" value=[about.as_deref()] required; }
            label { span { "Type" } select name="type" {
                @for one in EventType::ALL { option value=(one) selected[*one == event_type] { (one) } }
            } }
            button { "Ask" }
        }
        @if about.is_none() { (offers(desk)?) }
        @for answer in &answers { (told_answer(answer)) }
    };
    let also = [("about", about.as_deref())];
    Ok(Shown::View(Box::new(View {
        title: "Outlook".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: about.is_some().then(|| desk.twins(PATH, &also)).flatten(),
    })))
}

fn answers(desk: &Desk<'_>, about: &str, event_type: EventType) -> Result<Vec<Answer>, crate::desk::Fault> {
    let query = Query { about: Some(about.to_owned()), event_type: Some(event_type), ..Query::default() };
    let name = format!("{event_type} about {about}");
    let counted = desk.archive.counted(&Asked { query, ..Asked::default() }, &name)?;
    Ok(counted.map(|(counted, as_of)| counted.answers(as_of)).unwrap_or_default())
}

fn offers(desk: &Desk<'_>) -> Result<Markup, crate::desk::Fault> {
    let asked = Asked {
        query: Query { event_type: Some(EventType::Assault), ..Query::default() },
        ..Asked::default()
    };
    let parties = desk.archive.parties(&asked, annalist::archive::Window::first(OFFERED))?.rows;
    Ok(html! {
        p.facets { @for party in &parties { a href=(with(PATH, &[("about", party.name.clone())])) { (told(&party.name)) } } }
    })
}

fn told_answer(answer: &Answer) -> Markup {
    html! {
        section.series.outlook {
            h2 { (told(&answer.series)) }
            p.lead { (told(&answer.to_paragraph())) }
            @if answer.refusal.is_none() {
                // The chart escapes what it is given.
                figure.chart { (PreEscaped(chart::svg(answer))) }
                table.parties {
                    caption { "How many events, and whether a lull ends" }
                    thead { tr { th scope="col" { "Within" } th.n scope="col" { "as likely more as fewer" } th.n scope="col" { "four in five" } th.n scope="col" { "nineteen in twenty" } th.n scope="col" { "as many days before" } th.n scope="col" { "the lull ends" } } }
                    tbody { @for row in Row::of(answer) {
                        tr {
                            td { (count(row.days, "day")) }
                            td.n { (row.median) } td.n { (row.four_in_five) } td.n { (row.nineteen_in_twenty) } td.n { (row.before) } td.n { (row.lull_ends) }
                        }
                    } }
                }
                @if !answer.record.is_empty() {
                    table.parties {
                        caption { "The same method on the days before; lower is better" }
                        thead { tr { th scope="col" { "Asked" } th.n scope="col" { "questions" } th.n scope="col" { "score" } th scope="col" { "best naive" } th.n scope="col" { "its score" } } }
                        tbody { @for past in &answer.record {
                            tr { td { (value(&past.kind).as_str().unwrap_or("")) ", " (count(past.days, "day")) } td.n { (past.n) } td.n { (format!("{:.3}", past.score)) } td { (past.best_naive) } td.n { (format!("{:.3}", past.naive_score)) } }
                        } }
                    }
                }
            }
            @for note in &answer.notes { p.why { (told(note)) } }
        }
    }
}

/// What is expected within some days, as a row of a table.
#[derive(Serialize)]
struct Row {
    series: String,
    days: usize,
    median: String,
    four_in_five: String,
    nineteen_in_twenty: String,
    before: String,
    lull_ends: String,
}

impl Row {
    fn of(answer: &Answer) -> Vec<Self> {
        let range = |[low, high]: [usize; 2]| format!("{low}–{high}");
        let row = |expected: &annalist::outlook::answer::Expected| {
            let chance = answer.lull_ends.iter().find(|chance| chance.days == expected.days);
            Self {
                series: answer.series.clone(),
                days: expected.days,
                median: expected.median.to_string(),
                four_in_five: range(expected.intervals[1]),
                nineteen_in_twenty: range(expected.intervals[2]),
                before: format!("{:.0}", expected.before),
                lull_ends: chance
                    .map(|chance| format!("{:.0} %", chance.probability * 100.0))
                    .unwrap_or_default(),
            }
        };
        answer.counts.iter().map(row).collect()
    }
}

impl Record for Row {
    const COLUMNS: &'static [&'static str] =
        &["series", "days", "median", "four_in_five", "nineteen_in_twenty", "before", "lull_ends"];

    fn fields(&self) -> Vec<String> {
        let Self { series, days, median, four_in_five, nineteen_in_twenty, before, lull_ends } = self;
        let words = [median, four_in_five, nineteen_in_twenty, before, lull_ends];
        let mut fields = vec![series.clone(), days.to_string()];
        fields.extend(words.map(Clone::clone));
        fields
    }
}
