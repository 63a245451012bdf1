//! *How does a briefing look in Markdown?*

use std::fmt::Write;

use super::arrange::headline;
use super::text::{cell_text, cells, details, doubt_text, repeats, title};
use super::words::{according_to, amount, published};
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
    section(
        &mut out,
        "Who demands, refuses, threatens, accuses, yields, supports, agrees",
        &briefing.words,
        entry,
    );
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
    let _ = writeln!(out, "{}. **{title}**{outlet}, {}", report.number, published(report));
    report.why.iter().for_each(|why| line(out, 1, &format!("because {}", escape(why))));
}

fn entry(out: &mut String, entry: &Entry) {
    let date = entry.date.as_deref().unwrap_or("undated");
    line(out, 0, &format!("**{date}** {}", escape(&headline(entry))));
    let details = details(entry);
    if !details.is_empty() {
        line(out, 1, &escape(&details.join(" · ")));
    }
    cells(entry).for_each(|shown| cell(out, shown));
    quotes(out, &entry.citations);
}

fn cell(out: &mut String, cell: &CellLine) {
    line(out, 1, &escape(&cell_text(cell)));
}

fn quotes(out: &mut String, citations: &[Citation]) {
    for citation in citations.iter().filter(|citation| !citation.is_repeat) {
        line(out, 1, &format!("{} “{}”", escape(&citation.mark()), escape(&citation.text)));
    }
    repeats(citations).iter().for_each(|marks| line(out, 1, &escape(marks)));
}

fn posture(out: &mut String, posture: &PostureLine) {
    line(out, 0, &format!("**{}** in {}", escape(&posture.actor), escape(&posture.place)));
    for statement in &posture.statements {
        let date = statement.as_of.as_deref().unwrap_or("undated");
        let speakers = according_to(&statement.attributed_to);
        line(out, 1, &escape(format!("{date} {} {speakers}", amount(&statement.value)).trim_end()));
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
    line(out, 0, &escape(&doubt_text(doubt)));
    quotes(out, &doubt.citations);
}
