//! *How does a briefing look on a terminal?*

use super::outline::{Head, Item, Line, Outline, sections, title};
use super::words::{cell_text, marks, published};
use super::{Briefing, Front, FrontLine, ReportLine};
use crate::page::{BULLET, INDENT, Page, pad};

pub fn write(briefing: &Briefing, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.front(&briefing.front);
    if !briefing.is_full {
        return page.out;
    }
    page.out.push('\n');
    page.heading(&title(briefing));
    briefing.reports.iter().for_each(|report| page.report(report));
    let mut outline = Outline::default();
    for section in sections(briefing) {
        let heading = section.heading.to_uppercase();
        page.section(&heading, &section.rows, |page, row| page.item(&outline.item(*row)));
    }
    page.out
}

/// A line of the first page with its marks, the reports that have none, and the code.
pub fn told(line: &FrontLine) -> String {
    let parts = [Some(line.text.clone()), Some(marks(line.marked())), line.more(), line.code.clone()];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

impl Page {
    /// The first page.
    pub fn front(&mut self, front: &Front) {
        self.heading(&front.period);
        self.flowed("", &front.outlets);
        for part in &front.parts {
            self.section(&part.heading.to_uppercase(), &part.lines, |page, line| {
                page.flowed(BULLET, &told(line));
            });
        }
        if !front.cited.is_empty() {
            self.out.push('\n');
            self.flowed("", &front.cited.join("; "));
        }
    }

    /// Number, title, outlet and day of a report.
    pub fn report(&mut self, report: &ReportLine) {
        let mut parts = vec![report.title.clone().unwrap_or_else(|| report.id.clone())];
        parts.extend(report.outlet.clone());
        parts.push(published(report));
        self.wrapped(&format!("[{}] ", report.number), &parts.join(" · "));
        report.why.iter().for_each(|why| self.wrapped(INDENT, &format!("because {why}")));
    }

    /// One thing with all that is said of it.
    pub fn item(&mut self, item: &Item<'_>) {
        match &item.head {
            Head::Dated(day, words) => self.wrapped(&pad(day), words),
            Head::Name(words) | Head::Prose(words) => self.wrapped("", words),
        }
        item.lines.iter().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &Line<'_>) {
        match line {
            Line::Details(words) => self.wrapped(INDENT, words),
            Line::Dated(day, words) => self.wrapped(&pad(day), words),
            Line::Cell(cell) => self.wrapped(INDENT, &cell_text(cell)),
            Line::Quote(citation) => {
                self.wrapped(INDENT, &format!("{} “{}”", citation.mark(), citation.text));
            }
            Line::Again(citations) => {
                self.wrapped(INDENT, &format!("{}, quoted above", marks(citations.iter().copied())));
            }
        }
    }
}
