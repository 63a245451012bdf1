//! *When?* Events as intervals at the precision in which they are known, from decades to days.

use annalist::archive::Order;
use annalist::schema::DayInterval;
use jiff::civil::Date;
use maud::{Markup, html};

use super::list;
use crate::address::ROWS;
use crate::desk::{Desk, Outcome, Shown, View};
use crate::draw::intervals;
use crate::reply::Form;
use crate::words::{count, days};

const PATH: &str = "/timeline";

pub fn show(desk: &Desk<'_>) -> Outcome {
    let order = desk.filter.order.unwrap_or(Order::Day);
    if desk.form != Form::Page {
        let listed = desk.archive.events(&desk.filter.asked, order, desk.filter.window(desk.rows(ROWS)))?;
        return list::data(desk, listed.rows, listed.total);
    }
    let gist = desk.gist()?;
    let is_whole = desk.request.asked("all").is_some();
    let mut asked = desk.filter.asked.clone();
    if asked.query.days.is_none() && !is_whole {
        asked.query.days = gist.published.as_ref().and_then(|(from, to)| around(from, to));
    }
    let asked = &asked;
    let years = desk.archive.histogram(asked, 4)?;
    let shown = span(asked.query.days, &years);
    let letters = shown.map_or(4, |days| match days.n_days() {
        0..=92 => 10,
        93..=3660 => 7,
        _ => 4,
    });
    let bars = if letters == 4 { years } else { desk.archive.histogram(asked, letters)? };
    let listed = desk.archive.event_lines(asked, order, desk.filter.window(ROWS))?;
    let first = listed.rows.first().map(|line| line.id.as_str());
    let (chosen, pane) = list::beside(desk, first)?;
    let window = listed
        .rows
        .iter()
        .filter_map(|line| line.first.zip(line.last))
        .map(|(from, to)| DayInterval::new(from, to));
    let window = window.reduce(|one, other| {
        DayInterval::new(one.earliest.min(other.earliest), one.latest.max(other.latest))
    });
    let page = (desk.filter.page > 1).then(|| desk.filter.page.to_string());
    let also = [("all", is_whole.then_some("yes"))];
    let pick = |id: &str| {
        let also = [also[0], ("page", page.as_deref()), ("event", Some(id))];
        format!("{}#evidence", desk.filter.address(PATH, &also))
    };
    let main = html! {
        h1 { "Timeline" }
        p.lead { (count(listed.total, "event")) @if let Some(days_shown) = shown { ", " (days(&days_shown.format())) } ". A bar is as long as the days that the reports leave open." }
        (zoom(desk, shown))
        (intervals::bars(&bars, letters, |span| desk.filter.address(PATH, &[("from", Some(span)), ("to", Some(span)), ("page", None)])))
        (list::filters(desk, PATH, &gist.outlets))
        (list::orders(desk, PATH, order))
        @if let Some(window) = window { (intervals::events(&listed.rows, window, chosen.as_deref(), pick)) }
        @else { p.none { "None of these events has a day." } }
        (desk.pages(PATH, listed.total, ROWS, &also))
    };
    Ok(Shown::View(Box::new(View {
        title: "Timeline".to_owned(),
        here: PATH,
        main,
        pane: Some(pane),
        twins: desk.twins(PATH, &[]),
    })))
}

/// The days of the reports, with some weeks before and after: what is told of long ago must not make all else one line.
fn around(from: &str, to: &str) -> Option<DayInterval> {
    let weeks = jiff::Span::new().days(45);
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    Some(DayInterval::new(from.saturating_sub(weeks), to.saturating_add(weeks)))
}

/// The days between which there are events: those asked for, as far as they reach.
fn span(asked: Option<DayInterval>, years: &[(String, usize)]) -> Option<DayInterval> {
    let year = |(year, _): &(String, usize)| DayInterval::parse(year);
    let (first, last) = (years.first().and_then(year)?, years.last().and_then(year)?);
    let there = DayInterval::new(first.earliest, last.latest);
    match asked {
        None => Some(there),
        Some(asked) if asked.earliest > Date::MIN && asked.latest < Date::MAX => Some(asked),
        Some(asked) => asked.intersect(&there),
    }
}

/// Nearer, further, earlier, later.
fn zoom(desk: &Desk<'_>, shown: Option<DayInterval>) -> Markup {
    let Some(shown) = shown else { return html! {} };
    let n_days = shown.n_days();
    let moved = |by: i64, width: i64| {
        let days = |n: i64| jiff::Span::new().try_days(n).unwrap_or_default();
        let from = shown.earliest.saturating_add(days(by));
        let to = from.saturating_add(days(width.max(1) - 1));
        let (from, to) = (from.to_string(), to.to_string());
        desk.filter.address(PATH, &[("from", Some(&from)), ("to", Some(&to))])
    };
    html! {
        p.zoom {
            a href=(moved(-n_days / 2, n_days)) { "← earlier" }
            a href=(moved(n_days / 4, n_days / 2)) { "nearer +" }
            a href=(moved(-n_days / 2, n_days * 2)) { "further −" }
            a href=(moved(n_days / 2, n_days)) { "later →" }
            a href=(desk.filter.address(PATH, &[("from", None), ("to", None)])) { "these days" }
            a href=(desk.filter.address(PATH, &[("from", None), ("to", None), ("all", Some("yes"))])) { "everything ever" }
        }
    }
}
