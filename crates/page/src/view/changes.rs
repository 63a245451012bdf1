//! *What changed since a day?* New events, revised figures, new and resolved disputes, the last first.

use annalist::archive::{Logged, Since};
use jiff::Zoned;
use maud::{Markup, html};

use crate::address::{ROWS, of_event, of_report, with};
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::marks::{self, question, told};
use crate::reply::Form;
use crate::words::{count, cut, instant, number};

const PATH: &str = "/changes";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let asked = desk.request.asked("since");
    let last = Since::Revision((desk.state.revision - 1).max(0));
    let since = asked.and_then(|text| Since::parse(text, Zoned::now().date()).ok());
    let kind = desk.request.asked("kind");
    let from = since.unwrap_or(last);
    let listed = desk.archive.latest_changes(from, kind, desk.filter.window(desk.rows(ROWS)))?;
    match desk.form {
        Form::Csv => return Ok(table(&listed.rows)),
        Form::Json => return Ok(desk.rows_of(listed.total, listed.rows.iter().map(value).collect())),
        Form::Page => {}
    }
    let day = match since {
        Some(Since::Day(day)) => Some(day.to_string()),
        _ => None,
    };
    let kinds = desk.archive.kinds_of_changes(from)?;
    let also = [("since", asked), ("kind", kind)];
    let of_kind = |kind: Option<&str>| {
        let pairs = [("since", asked), ("kind", kind)];
        with(
            PATH,
            &pairs.iter().filter_map(|(name, value)| Some((*name, (*value)?.to_owned()))).collect::<Vec<_>>(),
        )
    };
    let main = html! {
        h1 { "What changed" }
        p.lead { @match from {
            Since::Day(day) => { "Since " (crate::words::day_short(day)) ": " }
            Since::Revision(_) if since.is_none() => "With the last change: ",
            Since::Revision(revision) => { "After revision " (revision) ": " }
        } (count(listed.total, "change")) "." }
        @if asked.is_some() && since.is_none() { p.notice { "since: expected a day such as 2015-04-15, or the number of a revision; it was left out" } }
        form.filters action=(PATH) {
            label { span { "Since" } input type="date" name="since" value=[day]; }
            button { "Show" }
            a.clear href=(with(PATH, &[("since", "0".to_owned())])) { "From the beginning" }
        }
        p.facets { @for (name, n) in &kinds {
            a aria-current=[(kind == Some(name.as_str())).then_some("true")] href=(of_kind((kind != Some(name.as_str())).then_some(name.as_str()))) { (name.replace('-', " ")) " " span.n { (number(*n)) } }
        } }
        @if listed.rows.is_empty() { p.none { "Nothing changed." } }
        ol.changes { @for one in &listed.rows { (line(one)) } }
        (desk.pages(PATH, listed.total, ROWS, &also))
    };
    Ok(Shown::View(Box::new(View {
        title: "Changes".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &also),
    })))
}

fn line(logged: &Logged) -> Markup {
    let change = &logged.change;
    let name = change.kind.as_str();
    let address = match name {
        _ if name.starts_with("report") => Some(of_report(&change.subject)),
        _ if name.starts_with("decision") => Some("/decisions".to_owned()),
        _ if name.starts_with("process") => Some("/talks".to_owned()),
        _ if name.starts_with("posture") => Some("/forces".to_owned()),
        "event-gone" => None,
        _ => Some(of_event(change.into.as_deref().unwrap_or(&change.subject))),
    };
    html! {
        li {
            div.day { (marks::day(change.date.as_deref())) }
            div.what {
                p { span.kind { (name.replace('-', " ")) } " "
                    @if let Some(attribute) = &change.attribute { b { (question(attribute)) } " of " }
                    @match address { Some(address) => a href=(address) { (told(&cut(&change.about, 160))) }, None => (told(&cut(&change.about, 160))) }
                }
                @if change.before.is_some() || change.after.is_some() {
                    p.details {
                        @if let Some(before) = &change.before { s { (told(before)) } }
                        @if let Some(after) = &change.after { span { "→ " (told(after)) } }
                        @if let Some(verdict) = change.verdict { (marks::verdict(verdict)) }
                        @if let Some(number) = change.decided { span { "by decision " (number) } }
                    }
                }
            }
            div.margin { span.code { "r" (logged.revision) " " (instant(&logged.made)) } }
        }
    }
}
