//! *What holds?* Key points, counts, and every event, weightiest first.

use annalist::archive::Order;
use annalist::briefing::FrontLine;
use maud::{Markup, html};

use super::list;
use crate::address::{ROWS, of_sentence};
use crate::desk::{Desk, Outcome, Shown, View};
use crate::marks::told;
use crate::reply::Form;
use crate::shelf::Gist;
use crate::words::{self, count, number};

const PATH: &str = "/";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let order = desk.filter.order.unwrap_or(Order::Weight);
    let rows = desk.rows(ROWS);
    let listed = desk.archive.events(&desk.filter.asked, order, desk.filter.window(rows))?;
    if desk.form != Form::Page {
        return list::data(desk, listed.rows, listed.total);
    }
    let gist = desk.gist()?;
    let is_open = desk.filter.is_open() && desk.filter.page == 1;
    let first = match is_open {
        true => gist.points.first().and_then(|point| point.event.clone()),
        false => None,
    };
    let first = first.or_else(|| listed.rows.first().map(|event| event.id.clone()));
    let (chosen, pane) = list::beside(desk, first.as_deref())?;
    let of_filter = if desk.filter.is_open() { None } else { Some(desk.archive.facets(&desk.filter.asked)?) };
    let facets = of_filter.as_ref().unwrap_or(&gist.facets);
    let main = html! {
        @if is_open {
            (head(&gist))
            @if !gist.points.is_empty() { (points(&gist.points, chosen.as_deref())) }
        }
        section.list {
            @if !is_open { h1 { (count(listed.total, "event")) } }
            h2 { @if is_open { "Every event" } @else { "Those that fit" } (list::orders(desk, PATH, order)) }
            (list::filters(desk, PATH, &gist.outlets))
            (list::facets(desk, PATH, facets))
            (list::rows(desk, PATH, &listed.rows, chosen.as_deref()))
            (desk.pages(PATH, listed.total, ROWS, &[]))
        }
    };
    Ok(Shown::View(Box::new(View {
        title: "Situation".to_owned(),
        here: PATH,
        main,
        pane: Some(pane),
        twins: desk.twins("/situation", &[]),
    })))
}

fn head(gist: &Gist) -> Markup {
    let facets = &gist.facets;
    let counts = [
        (facets.total, "events", "/".to_owned()),
        (facets.shared, "told by several", "/?order=weight".to_owned()),
        (facets.contradictory, "contradicted", "/disputes".to_owned()),
        (gist.n_forces, "forces", "/forces".to_owned()),
        (gist.n_talks, "talks", "/talks".to_owned()),
    ];
    html! {
        h1 { "What " (count(gist.n_reports, "report")) " say" @if gist.n_reports == 1 { "s" } " together" }
        @if let Some((from, to)) = &gist.published {
            p.lead { "Published " @if from == to { "on " (words::days(from)) } @else { "from " (words::days(from)) " to " (words::days(to)) }
                @if !gist.outlets.is_empty() { ", by "
                    @for (index, (outlet, n)) in gist.outlets.iter().take(6).enumerate() {
                        @if index > 0 { ", " } a href={ (crate::address::with("/reports", &[("outlet", outlet.clone())])) } { (told(outlet)) } " " span.n { (number(*n)) }
                    }
                    @if gist.outlets.len() > 6 { " and " (count(gist.outlets.len() - 6, "other")) }
                }
            }
        }
        ul.counts {
            @for (n, what, address) in counts { li { a href=(address) { b { (number(n)) } span { (what) } } } }
        }
    }
}

fn points(points: &[FrontLine], chosen: Option<&str>) -> Markup {
    html! {
        section.points {
            h2 { "Key points" }
            ol {
                @for point in points {
                    li.chosen[point.event.is_some() && point.event.as_deref() == chosen] {
                        @if let Some(id) = &point.event {
                            a.pick href={ (crate::address::with(PATH, &[("event", id.clone())])) "#evidence" } data-open=(crate::address::of_event(id)) title=(point.why.join(", ")) { (told(&point.text)) }
                        }
                        span.sources { (sources(point)) }
                        @if let Some(code) = &point.code { span.code { (code) } }
                    }
                }
            }
        }
    }
}

/// The sentences that a line rests on, one mark a report.
fn sources(point: &FrontLine) -> Markup {
    let mut seen = std::collections::BTreeSet::new();
    let first: Vec<_> = point.citations.iter().filter(|one| seen.insert(one.report.clone())).collect();
    let n_more = first.len().saturating_sub(4);
    html! {
        @for one in first.iter().take(4) {
            " " a.source href=(of_sentence(&one.report, one.sentence)) { (told(&words::cut(&one.report, 24))) ":" (one.sentence) }
        }
        @if n_more > 0 { " +" (n_more) }
    }
}
