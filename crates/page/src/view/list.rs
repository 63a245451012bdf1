//! *How does a list of events look, and what is it filtered by?* The same on every view that lists them.

use annalist::archive::{Facets, Order};
use annalist::query::EventRow;
use annalist::schema::{Cell, Event, EventType, Situation, Standing, Status, Verdict};
use maud::{Markup, html};

use crate::address::of_event;
use crate::desk::{Desk, Fault, Shown, table, value};
use crate::marks::{self, told};
use crate::pane;
use crate::reply::Form;
use crate::words::{self, number};

/// The filters as a form that sends itself to a view.
pub fn filters(desk: &Desk<'_>, path: &str, outlets: &[(String, usize)]) -> Markup {
    let asked = &desk.filter.asked;
    let query = &asked.query;
    let pairs = desk.filter.pairs();
    let value = |name: &str| pairs.iter().find(|(one, _)| *one == name).map(|(_, value)| value.as_str());
    let types = EventType::ALL.iter().map(|one| (one.as_str(), one.as_str()));
    let verdicts = Verdict::ALL.iter().map(|one| (one.as_str(), marks::name(*one)));
    let statuses = Status::ALL.iter().map(|one| (one.as_str(), one.as_str()));
    let standings = Standing::ALL.iter().map(|one| (one.as_str(), one.as_str()));
    html! {
        details.filters open[!desk.filter.is_open()] { summary { "Filter" }
        form.filters action=(path) method="get" {
            (field("q", "Words", "search", value("q")))
            (field("from", "From", "date", value("from")))
            (field("to", "To", "date", value("to")))
            (field("actor", "Actor", "text", value("actor")))
            (field("place", "Place", "text", value("place")))
            (choice("type", "Type", types, query.event_type.map(|one| one.as_str())))
            (choice("verdict", "Verdict", verdicts, query.verdict.map(|one| one.as_str())))
            (choice("status", "Status", statuses, query.status.map(|one| one.as_str())))
            (choice("standing", "Standing", standings, asked.standing.map(|one| one.as_str())))
            label { span { "Outlet" } input type="text" name="outlet" list="outlets" value=[asked.outlet.as_deref()]; }
            (outlet_names(outlets))
            button { "Filter" }
            @if !desk.filter.is_open() { a.clear href=(path) { "Clear" } }
        }
        }
    }
}

/// The names of the outlets with most reports, for a field to offer.
pub fn outlet_names(outlets: &[(String, usize)]) -> Markup {
    html! { datalist id="outlets" { @for (name, _) in outlets.iter().take(MOST_NAMES) { option value=(name) {} } } }
}

/// Names that a field offers.
const MOST_NAMES: usize = 40;

fn field(name: &str, label: &str, kind: &str, value: Option<&str>) -> Markup {
    html! { label { span { (label) } input type=(kind) name=(name) value=[value]; } }
}

fn choice<'a>(
    name: &str,
    label: &str,
    options: impl Iterator<Item = (&'a str, &'a str)>,
    chosen: Option<&str>,
) -> Markup {
    html! {
        label { span { (label) }
            select name=(name) {
                option value="" { "any" }
                @for (code, words) in options { option value=(code) selected[chosen == Some(code)] { (words) } }
            }
        }
    }
}

/// How many there are of each kind, each a way to them alone.
pub fn facets(desk: &Desk<'_>, path: &str, facets: &Facets) -> Markup {
    let chosen = desk.filter.asked.query.event_type.map(|one| one.as_str());
    html! {
        nav.facets aria-label="Types" {
            @for (code, n) in &facets.types {
                a aria-current=[(chosen == Some(code.as_str())).then_some("true")]
                  href=(desk.filter.address(path, &[("type", (chosen != Some(code.as_str())).then_some(code.as_str()))])) {
                    (code) " " span.n { (number(*n)) }
                }
            }
        }
    }
}

/// In which order, as links.
pub fn orders(desk: &Desk<'_>, path: &str, now: Order) -> Markup {
    let orders = [
        (Order::Weight, "weight", "Weightiest"),
        (Order::Latest, "latest", "Latest"),
        (Order::Day, "day", "Earliest"),
    ];
    html! {
        span.orders {
            @for (order, code, words) in orders {
                a aria-current=[(order == now).then_some("true")] href=(desk.filter.address(path, &[("order", Some(code))])) { (words) }
            }
        }
    }
}

/// The rows of a list, the one whose evidence stands beside it marked.
pub fn rows(desk: &Desk<'_>, path: &str, events: &[Event], chosen: Option<&str>) -> Markup {
    html! {
        @if events.is_empty() { p.none { "No event fits. " a href=(path) { "Show all" } } }
        ol.events {
            @for event in events { (row(desk, path, event, chosen == Some(event.id.as_str()))) }
        }
    }
}

fn row(desk: &Desk<'_>, path: &str, event: &Event, is_chosen: bool) -> Markup {
    let page = (desk.filter.page > 1).then(|| desk.filter.page.to_string());
    let pick = desk.filter.address(path, &[("page", page.as_deref()), ("event", Some(&event.id))]);
    let n_reports = n_reports(event);
    html! {
        li.event.chosen[is_chosen] {
            div.day { (marks::day(event.date.as_deref())) }
            div.what {
                p.head dir="auto" { a.pick href={ (pick) "#evidence" } data-open=(of_event(&event.id)) { (told(&words::cut(&pane::headline(event), 280))) } }
                p.details {
                    @if let Some(place) = &event.place { span { (told(&annalist::briefing::words::place(place))) } }
                    @for cell in figures(event) { (figure(cell)) }
                    @if let Some(status) = status(event) { span.status { (status) } }
                    span { (words::count(n_reports, "report")) }
                    @if !event.decisions.is_empty() { span { "decided" } }
                }
            }
            div.margin { (marks::code(event)) }
        }
    }
}

/// How many reports tell an event.
pub fn n_reports(event: &Event) -> usize {
    let mut reports: Vec<_> = event.claims.iter().map(|claim| &claim.report).collect();
    reports.dedup();
    reports.len()
}

/// The counted things of an event.
pub fn figures(event: &Event) -> impl Iterator<Item = &Cell> {
    event.cells.iter().filter(|cell| marks::rank(&cell.attribute) == 0)
}

/// `11 soldiers killed` with how the reports stand to it.
fn figure(cell: &Cell) -> Markup {
    let Some((_, shown)) = marks::preferred(cell) else { return html! {} };
    let amount = annalist::briefing::words::amount(&shown.value);
    let words = annalist::briefing::words::counted(&cell.attribute, amount);
    html! {
        span.figure title=(marks::meaning(cell.verdict)) {
            (marks::mark(cell.verdict)) (told(&words))
        }
    }
}

/// What is said of whether it happened, unless it simply did.
fn status(event: &Event) -> Option<&str> {
    let cell = event.cells.iter().find(|cell| cell.attribute == "status")?;
    let (_, shown) = marks::preferred(cell)?;
    (shown.value != "happened").then_some(shown.value.as_str())
}

/// The evidence beside a list: of the event that was picked, or of the first.
pub fn beside(desk: &Desk<'_>, first: Option<&str>) -> Result<(Option<String>, Markup), Fault> {
    let Some(id) = desk.request.asked("event").or(first) else { return Ok((None, pane::nothing())) };
    let sight = desk.archive.sight(id)?;
    Ok(match sight {
        None => (None, pane::nothing()),
        Some(sight) => (Some(sight.event.id.clone()), pane::evidence(&sight, desk.request.asked("at"), true)),
    })
}

/// Events for a program.
pub fn data(desk: &Desk<'_>, events: Vec<Event>, total: usize) -> Result<Shown, Fault> {
    let order: Vec<String> = events.iter().map(|event| event.id.clone()).collect();
    let briefing = desk.archive.arrange(Situation { events, ..Situation::default() })?;
    let mut entries = briefing.timeline();
    entries.sort_by_key(|entry| order.iter().position(|id| *id == entry.id));
    Ok(match desk.form {
        Form::Csv => table(&entries.into_iter().map(EventRow).collect::<Vec<_>>()),
        _ => desk.rows_of(total, entries.into_iter().map(value).collect()),
    })
}
