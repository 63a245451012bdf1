//! *Which sentences hold these words?* The best first.

use maud::html;

use crate::address::{ROWS, of_sentence, with};
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::marks::{self, told};
use crate::reply::Form;
use crate::words::count;

const PATH: &str = "/search";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let words = desk.request.asked("q").unwrap_or("");
    let listed = desk.archive.sentences(words, desk.filter.window(desk.rows(ROWS)))?;
    match desk.form {
        Form::Csv => return Ok(table(&listed.rows)),
        Form::Json => return Ok(desk.rows_of(listed.total, listed.rows.iter().map(value).collect())),
        Form::Page => {}
    }
    let main = html! {
        h1 { @if words.is_empty() { "Search" } @else { "Sentences with “" (told(words)) "”" } }
        p.lead { @if words.is_empty() { "Words, all of which must stand in a sentence; “two words” between quotation marks stand together." }
            @else { (count(listed.total, "sentence")) ". " a href=(with("/", &[("q", words.to_owned())])) { "Events that they state" } } }
        ol.found {
            @for one in &listed.rows {
                li {
                    p dir="auto" { (told(&annalist::briefing::words::one_line(&one.text))) }
                    p.details { span { (marks::day(one.published.as_deref())) } span { a href=(of_sentence(&one.report, usize::try_from(one.sentence).unwrap_or(1))) { (told(&one.report)) ":" (one.sentence) } } }
                }
            }
        }
        (desk.pages(PATH, listed.total, ROWS, &[]))
    };
    Ok(Shown::View(Box::new(View {
        title: "Search".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}
