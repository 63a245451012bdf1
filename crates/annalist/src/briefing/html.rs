//! *How does a briefing look as a page?* One file, no scripts, nothing loaded from elsewhere; `maud` escapes every word.

use annalist_data::gazetteer::ATTRIBUTION;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::arrange::headline;
use super::text::{cells, details, doubt_text, needs_why, repeats, title, verdict_text};
use super::words::{amount, attribute, published};
use super::{Briefing, CellLine, Doubt, Entry, PostureLine, ProcessLines, ReportLine, ValueLine};
use crate::pile::Citation;

const STYLE: &str = include_str!("style.css");

pub fn write(briefing: &Briefing) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title(briefing)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main { (body(briefing)) }
                footer { p.why { "Places: " (ATTRIBUTION) } }
                aside { @for report in &briefing.reports { (report_text(report)) } }
            }
        }
    };
    page.into_string()
}

fn body(briefing: &Briefing) -> Markup {
    html! {
        h1 { (title(briefing)) }
        ol { @for report in &briefing.reports { (report_line(report)) } }
        (section("Where the reports differ", &briefing.disputes, |dispute| html! {
            article {
                h3 { @if let Some(date) = &dispute.date { time { (date) } " " } (dispute.about) }
                (cell(&dispute.cell))
            }
        }))
        (section("What happened", &briefing.deeds, entry))
        (section("Who demands, refuses, threatens, accuses, yields, supports, agrees", &briefing.words, entry))
        (section("Force posture", &briefing.postures, posture))
        (section("State of talks and agreements", &briefing.processes, process))
        (section("To doubt", &briefing.doubts, doubt))
    }
}

fn section<T>(name: &str, items: &[T], show: impl Fn(&T) -> Markup) -> Markup {
    html! { @if !items.is_empty() { section { h2 { (name) } @for item in items { (show(item)) } } } }
}

fn report_line(report: &ReportLine) -> Markup {
    html! {
        li {
            a href={ "#r" (report.number) } { (report.title.as_deref().unwrap_or(&report.id)) }
            @if let Some(outlet) = &report.outlet { ", " (outlet) }
            ", " (published(report))
            @for why in &report.why { p.why { "because " (why) } }
        }
    }
}

fn entry(entry: &Entry) -> Markup {
    html! {
        article id=(entry.id) {
            h3 { time { (entry.date.as_deref().unwrap_or("undated")) } " " (headline(entry)) }
            @if !details(entry).is_empty() { p.details { (details(entry).join(" · ")) } }
            @for shown in cells(entry) { (cell(shown)) }
            (quotes(&entry.citations))
        }
    }
}

fn cell(cell: &CellLine) -> Markup {
    html! {
        p.cell {
            b { (attribute(&cell.attribute)) } " "
            span class={ "verdict " (cell.verdict) } { (verdict_text(cell)) } ": "
            @for (index, shown) in cell.values.iter().enumerate() { @if index > 0 { " | " } (value(shown)) }
            @if let Some(why) = cell.why.as_ref().filter(|_| needs_why(cell)) { span.why { " (" (why) ")" } }
        }
    }
}

fn value(value: &ValueLine) -> Markup {
    html! {
        (amount(&value.value))
        @for citation in &value.citations { " " (mark(citation)) }
        @if !value.attributed_to.is_empty() { ", according to " (value.attributed_to.join(", ")) }
    }
}

fn mark(citation: &Citation) -> Markup {
    html! { a.mark href={ "#r" (citation.number) "s" (citation.sentence) } { (citation.mark()) } }
}

fn quotes(citations: &[Citation]) -> Markup {
    html! {
        @for citation in citations.iter().filter(|citation| !citation.is_repeat) {
            blockquote { (mark(citation)) " " (citation.text) }
        }
        @if repeats(citations).is_some() {
            p.why {
                @for citation in citations.iter().filter(|citation| citation.is_repeat) { (mark(citation)) " " }
                "quoted above"
            }
        }
    }
}

fn posture(posture: &PostureLine) -> Markup {
    html! {
        article {
            h3 { (posture.actor) " in " (posture.place) }
            @for statement in &posture.statements {
                p.details {
                    time { (statement.as_of.as_deref().unwrap_or("undated")) } " " (amount(&statement.value))
                    @if let Some(status) = statement.status { " · " (status) }
                    @if !statement.attributed_to.is_empty() { ", according to " (statement.attributed_to.join(", ")) }
                }
                (quotes(statement.citation.as_slice()))
            }
            @for shown in posture.cells.iter().filter(|shown| shown.n_origins > 1) { (cell(shown)) }
        }
    }
}

fn process(process: &ProcessLines) -> Markup {
    html! {
        article {
            h3 { (process.process) }
            @for transition in &process.transitions {
                p.details {
                    time { (transition.date.as_deref().unwrap_or("undated")) } " " b { (transition.code) }
                    @if !transition.attributed_to.is_empty() { ", according to " (transition.attributed_to.join(", ")) }
                }
                (quotes(&transition.citations))
            }
        }
    }
}

fn doubt(doubt: &Doubt) -> Markup {
    html! { article { p.details { (doubt_text(doubt)) } (quotes(&doubt.citations)) } }
}

fn report_text(report: &ReportLine) -> Markup {
    html! {
        section id={ "r" (report.number) } {
            h2 { "[" (report.number) "] " (report.title.as_deref().unwrap_or(&report.id)) }
            @for (index, sentence) in report.sentences.iter().enumerate() {
                p id={ "r" (report.number) "s" (index + 1) } { small { (index + 1) } " " (sentence) }
            }
        }
    }
}
