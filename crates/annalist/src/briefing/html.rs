//! *How does a briefing look as a page?* One file, no scripts, nothing loaded from elsewhere; `maud` escapes every word.

use std::fmt::Write;

use annalist_data::gazetteer::ATTRIBUTION;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::outline::{Head, Item, Line, Outline, Section, sections, title};
use super::words::{amount, attribute, needs_why, published, verdict_text};
use super::{Briefing, CellLine, Front, FrontLine, ReportLine, ValueLine};
use crate::pile::Citation;
use crate::plain;

const STYLE: &str = include_str!("style.css");

pub fn write(briefing: &Briefing) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (briefing.front.period) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main { (body(briefing)) }
                footer { p.why { "Places: " (ATTRIBUTION) } }
                aside { @for report in &briefing.reports { (report_text(report)) } }
            }
        }
    };
    plain::text(&page.into_string()).into_owned()
}

fn body(briefing: &Briefing) -> Markup {
    html! {
        (front(&briefing.front))
        @if briefing.is_full { (annals(briefing)) }
    }
}

/// What a superior reads.
fn front(front: &Front) -> Markup {
    html! {
        h1 { (front.period) }
        p { (front.outlets) }
        @for part in &front.parts {
            section {
                h2 { (part.heading) }
                ul { @for line in &part.lines { li title=[why(line)] { (told(line)) } } }
            }
        }
    }
}

/// Why a line stands there, for whoever points at it.
fn why(line: &FrontLine) -> Option<String> {
    (!line.why.is_empty()).then(|| line.why.join(", "))
}

fn told(line: &FrontLine) -> Markup {
    html! {
        (line.text)
        @for citation in line.marked() { " " (mark(citation)) }
        @if let Some(more) = line.more() { " " (more) }
        @if let Some(code) = &line.code { " " small { (code) } }
    }
}

/// The annotated timeline.
fn annals(briefing: &Briefing) -> Markup {
    let mut outline = Outline::default();
    html! {
        h1 { (title(briefing)) }
        ol { @for report in &briefing.reports { (report_line(report)) } }
        @for shown in &sections(briefing) { (section(shown, &mut outline)) }
    }
}

fn section(section: &Section<'_>, outline: &mut Outline) -> Markup {
    html! { section { h2 { (section.heading) } @for row in &section.rows { (item(&outline.item(*row))) } } }
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

fn item(item: &Item<'_>) -> Markup {
    html! {
        article id=[item.id.map(anchor)] {
            @match &item.head {
                Head::Dated(day, words) => h3 { @if !day.is_empty() { time { (day) } " " } (words) }
                Head::Name(name) => h3 { (name) }
                Head::Prose(words) => p.details { (words) }
            }
            @for shown in &item.lines { (line(shown)) }
        }
    }
}

fn line(line: &Line<'_>) -> Markup {
    html! {
        @match line {
            Line::Details(words) => p.details { (words) }
            Line::Dated(day, words) => p.details { time { (day) } " " (words) }
            Line::Cell(shown) => (cell(shown))
            Line::Quote(citation) => blockquote { (mark(citation)) " " (citation.text) }
            Line::Again(citations) => p.why {
                @for citation in citations { (mark(citation)) " " }
                "quoted above"
            }
        }
    }
}

/// The id of an event as the name of a place on the page: letters, digits and what no reader of addresses minds, other
/// bytes as two digits.
fn anchor(id: &str) -> String {
    let mut anchor = String::with_capacity(id.len());
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'/' => anchor.push(byte.into()),
            byte => {
                let _ = write!(anchor, "%{byte:02X}");
            }
        }
    }
    anchor
}

fn cell(cell: &CellLine) -> Markup {
    let class = if cell.decided.is_some() { "decided" } else { cell.verdict.as_str() };
    html! {
        p.cell {
            b { (attribute(&cell.attribute)) } " "
            span class={ "verdict " (class) } { (verdict_text(cell)) } ": "
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(id: &str, expected: &str) {
        assert_eq!(anchor(id), expected);
    }

    #[test]
    fn an_id_is_no_more_than_a_name_on_the_page() {
        check("herald/c12", "herald/c12");
        check("\"><script>alert(1)</script>/c1", "%22%3E%3Cscript%3Ealert%281%29%3C/script%3E/c1");
        check("a b\u{202e}/c1", "a%20b%E2%80%AE/c1");
    }
}
