//! *How does a briefing look in Markdown?*

use std::fmt::Write;

use super::arrange::headline;
use super::text::{according_to, details, marks, title, value, verdict_text};
use super::{Briefing, CellLine, Doubt, Entry, PostureLine, ProcessLines, ReportLine};
use crate::pile::Citation;

pub fn write(briefing: &Briefing) -> String {
    let mut out = format!("# {}\n\n", title(briefing));
    briefing.reports.iter().for_each(|line| report(&mut out, line));
    section(&mut out, "Where the reports differ", &briefing.disputes, |out, dispute| {
        let date = dispute.date.as_deref().map(|date| format!("{date} ")).unwrap_or_default();
        line(out, 0, &format!("{date}{}", escape(&dispute.about)));
        cell(out, &dispute.cell);
    });
    section(&mut out, "What happened", &briefing.deeds, entry);
    section(&mut out, "Who wants, accuses, refuses, threatens, agrees", &briefing.words, entry);
    section(&mut out, "Force posture", &briefing.postures, posture);
    section(&mut out, "State of talks and agreements", &briefing.processes, process);
    section(&mut out, "To doubt", &briefing.doubts, doubt);
    out
}

fn section<T>(out: &mut String, name: &str, items: &[T], write: impl Fn(&mut String, &T)) {
    if !items.is_empty() {
        let _ = writeln!(out, "\n## {name}\n");
        items.iter().for_each(|item| write(out, item));
    }
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{}- {text}", "  ".repeat(depth));
}

/// Report text must not become markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn report(out: &mut String, report: &ReportLine) {
    let title = escape(report.title.as_deref().unwrap_or(&report.id));
    let outlet = report.outlet.as_deref().map(|outlet| format!(", {}", escape(outlet))).unwrap_or_default();
    let published = report.published.as_deref().unwrap_or("undated");
    let _ = writeln!(out, "{}. **{title}**{outlet}, {published}", report.number);
    report.why.iter().for_each(|why| line(out, 1, &format!("dated because {}", escape(why))));
}

fn entry(out: &mut String, entry: &Entry) {
    let date = entry.date.as_deref().unwrap_or("undated");
    line(out, 0, &format!("**{date}** {}", escape(&headline(entry))));
    let details = details(entry);
    if !details.is_empty() {
        line(out, 1, &escape(&details.join(" · ")));
    }
    entry.cells.iter().for_each(|shown| cell(out, shown));
    quotes(out, &entry.citations);
}

fn cell(out: &mut String, cell: &CellLine) {
    let values: Vec<_> = cell.values.iter().map(value).collect();
    let why = cell.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
    line(out, 1, &escape(&format!("{} {}: {}{why}", cell.attribute, verdict_text(cell), values.join(" | "))));
}

fn quotes(out: &mut String, citations: &[Citation]) {
    citations.iter().for_each(|citation| {
        line(
            out,
            1,
            &format!("{} “{}”", escape(&marks(std::slice::from_ref(citation))), escape(&citation.text)),
        );
    });
}

fn posture(out: &mut String, posture: &PostureLine) {
    line(out, 0, &format!("**{}** in {}", escape(&posture.actor), escape(&posture.place)));
    for statement in &posture.statements {
        let date = statement.as_of.as_deref().unwrap_or("undated");
        let speakers = according_to(&statement.attributed_to);
        line(out, 1, &escape(format!("{date} {} {speakers}", statement.value).trim_end()));
        quotes(out, statement.citation.as_slice());
    }
    posture.cells.iter().filter(|shown| shown.n_origins > 1).for_each(|shown| cell(out, shown));
}

fn process(out: &mut String, process: &ProcessLines) {
    line(out, 0, &format!("**{}**", escape(&process.process)));
    for transition in &process.transitions {
        let date = transition.date.as_deref().unwrap_or("undated");
        let speakers = according_to(&transition.attributed_to);
        line(out, 1, &escape(format!("{date} {} {speakers}", transition.code).trim_end()));
        quotes(out, &transition.citations);
    }
}

fn doubt(out: &mut String, doubt: &Doubt) {
    line(out, 0, &format!("{}: {}", doubt.kind, escape(&doubt.message)));
    quotes(out, doubt.citation.as_slice());
}
