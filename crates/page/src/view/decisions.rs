//! *What did an analyst decide, and how is it decided?* Where one sees the fault, with a reason, and it can be undone.

use annalist::archive::{Archive, Ask, Decided, Error};
use annalist::schema::{Event, Verdict};
use maud::{Markup, html};

use crate::address::of_event;
use crate::desk::{Desk, Outcome, Shown, View, table, value};
use crate::frame;
use crate::marks::{question, told};
use crate::reply::{Form, Reply, Request};
use crate::shelf::Site;
use crate::words::{count, instant};

const PATH: &str = "/decisions";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let mut decided = desk.archive.decisions()?;
    decided.reverse();
    match desk.form {
        Form::Csv => return Ok(table(&decided)),
        Form::Json => return Ok(desk.rows_of(decided.len(), decided.iter().map(value).collect())),
        Form::Page => {}
    }
    let main = html! {
        h1 { "Decisions" }
        p.lead { (count(decided.len(), "decision")) ". They hold for the claims that they name, whatever comes in later, until they are undone." }
        @if decided.is_empty() { p.none { "Nobody has decided anything. Open an event to split, merge, set, accept or reject it." } }
        ol.changes { @for one in &decided { (line(desk, one)) } }
    };
    Ok(Shown::View(Box::new(View {
        title: "Decisions".to_owned(),
        here: PATH,
        main,
        pane: None,
        twins: desk.twins(PATH, &[]),
    })))
}

fn line(desk: &Desk<'_>, decided: &Decided) -> Markup {
    let one = &decided.decision;
    let first = one.claims.first().map(ToString::to_string);
    html! {
        li.undone[decided.undone.is_some()] {
            div.day { span.n { (one.number) } }
            div.what {
                p { b { (one.kind.as_str()) }
                    @if let Some(attribute) = &one.attribute { " " (question(attribute)) }
                    @if let Some(value) = &one.value { ": " (told(value)) }
                    " — “" (told(&one.because)) "”"
                }
                p.details {
                    @if let Some(first) = &first { span { a href=(of_event(first)) { (told(first)) } @if one.claims.len() > 1 { " and " (count(one.claims.len() - 1, "more claim")) } } }
                    @if let Some(undone) = &decided.undone { span { "undone " (instant(undone)) } }
                }
            }
            div.margin {
                span.code { (instant(&decided.made)) }
                @if decided.undone.is_none() && !desk.archive.is_read_only() {
                    form method="post" action="/undo" { (token(desk)) input type="hidden" name="number" value=(one.number); button { "Undo" } }
                }
            }
        }
    }
}

fn token(desk: &Desk<'_>) -> Markup {
    html! { input type="hidden" name="token" value=(desk.site.token); }
}

/// What an analyst may decide of an event, beside what is wrong with it.
pub fn forms(desk: &Desk<'_>, event: &Event) -> Markup {
    if desk.archive.is_read_only() {
        return html! { p.none { "This archive cannot be written; nothing can be decided in it." } };
    }
    let is_disputed = |cell: &&annalist::schema::Cell| cell.values.len() > 1;
    let reason = html! { label.wide { span { "Because" } input type="text" name="because" required; } };
    let ours = html! { (token(desk)) input type="hidden" name="event" value=(event.id); };
    html! {
        details.hand {
            summary { "Decide" @if !event.decisions.is_empty() { ": decided before by " @for number in &event.decisions { a href=(PATH) { (number) } " " } } }
            form method="post" action="/decide" { h3 { "Set a value" } (ours) input type="hidden" name="kind" value="set";
                label { span { "Of" } select name="attribute" {
                    @for cell in event.cells.iter().filter(is_disputed) { option value=(cell.attribute) { (question(&cell.attribute)) @if cell.verdict == Verdict::Contradictory { " (contradictory)" } } }
                    @for cell in event.cells.iter().filter(|cell| !is_disputed(cell)) { option value=(cell.attribute) { (question(&cell.attribute)) } }
                } }
                label { span { "To" } input type="text" name="value" list="values" required; }
                datalist id="values" { @for cell in &event.cells { @for value in &cell.values { option value=(value.value) { (question(&cell.attribute)) } } } }
                (reason) button { "Set" }
            }
            @if event.claims.len() > 1 {
                form method="post" action="/decide" { h3 { "Split: these claims tell of another event" } (ours) input type="hidden" name="kind" value="split";
                    @for claim in &event.claims { label.check { input type="checkbox" name="claim" value=(claim.to_string()); " " span.code { (told(&claim.to_string())) } } }
                    (reason) button { "Split" }
                }
            }
            form method="post" action="/decide" { h3 { "Merge: this event is the same as" } (ours) input type="hidden" name="kind" value="merge";
                label { span { "Id of the other, or of a claim" } input type="text" name="other" required; }
                (reason) button { "Merge" }
            }
            form method="post" action="/decide" { h3 { "Accept or reject" } (ours)
                (reason)
                button name="kind" value="accept" { "Accept: it holds" }
                " " button name="kind" value="reject" { "Reject: it did not happen so" }
            }
        }
    }
}

/// Decides what a form asks for, and leads to what came of it.
pub fn decide(site: &Site, request: &Request) -> Reply {
    let outcome = match request.path.as_str() {
        "undo" => undo(site, request),
        "decide" => made(site, request),
        _ => Err(("There is no such form".to_owned(), 404)),
    };
    match outcome {
        Ok(to) => Reply::elsewhere(to),
        Err((why, status)) => Reply::page(status, frame::refusal(site, "Nothing was decided", &why)),
    }
}

type Made = Result<String, (String, u16)>;

/// What was wrong is the reader's to mend unless the archive failed.
fn refused(error: &Error) -> (String, u16) {
    let is_asked = matches!(error, Error::Unknown { .. } | Error::Senseless { .. } | Error::Undone { .. });
    (error.to_string(), if is_asked { 400 } else { 503 })
}

fn writer(site: &Site) -> Result<Archive, (String, u16)> {
    site.writer().map_err(|error| refused(&error))
}

fn undo(site: &Site, request: &Request) -> Made {
    let number = request.sent("number").and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| ("Expected the number of a decision".to_owned(), 400))?;
    writer(site)?.undo(&[number]).map_err(|error| refused(&error))?;
    Ok(PATH.to_owned())
}

fn made(site: &Site, request: &Request) -> Made {
    let sent = |name: &str| request.sent(name).unwrap_or("").to_owned();
    let event = sent("event");
    let ask = match sent("kind").as_str() {
        "set" => Ask::Set { event: event.clone(), attribute: sent("attribute"), value: sent("value") },
        "split" => {
            let claims =
                request.form.iter().filter(|(name, _)| name == "claim").map(|(_, claim)| claim.clone());
            Ask::Split { event: event.clone(), claims: claims.collect() }
        }
        "merge" => Ask::Merge { events: vec![event.clone(), sent("other")] },
        "accept" => Ask::Accept { event: event.clone() },
        "reject" => Ask::Reject { event: event.clone() },
        _ => return Err(("Expected set, split, merge, accept or reject".to_owned(), 400)),
    };
    let mut archive = writer(site)?;
    archive.decide(&[ask], &sent("because")).map_err(|error| refused(&error))?;
    let is_there = archive.event(&event).is_ok_and(|event| event.is_some());
    Ok(if is_there { of_event(&event) } else { PATH.to_owned() })
}
