//! *How does a briefing look on a terminal?*

use annalist_schema::Verdict;

use super::arrange::{headline, is_disputed};
use super::words::{according_to, amount, attribute, figure, published};
use super::{Briefing, CellLine, Doubt, Entry, PostureLine, ProcessLines, ReportLine, ValueLine};
use crate::page::{INDENT, Page, pad};
use crate::pile::Citation;

pub fn write(briefing: &Briefing, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    page.heading(&title(briefing));
    briefing.reports.iter().for_each(|report| page.report(report));
    page.section("WHERE THE REPORTS DIFFER", &briefing.disputes, |page, dispute| {
        page.wrapped(&pad(dispute.date.as_deref().unwrap_or("")), &dispute.about);
        page.cell(&dispute.cell);
    });
    page.section("WHAT HAPPENED", &briefing.deeds, Page::entry);
    page.section(
        "WHO DEMANDS, REFUSES, THREATENS, ACCUSES, YIELDS, SUPPORTS, AGREES",
        &briefing.words,
        Page::entry,
    );
    page.section("FORCE POSTURE", &briefing.postures, Page::posture);
    page.section("STATE OF TALKS AND AGREEMENTS", &briefing.processes, Page::process);
    page.section("TO DOUBT", &briefing.doubts, Page::doubt);
    page.out
}

/// `Annals of 2 reports: 14 events, 3 differences`.
pub fn title(briefing: &Briefing) -> String {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let n_events = briefing.deeds.len() + briefing.words.len();
    format!(
        "Annals of {}: {}, {}",
        count(briefing.reports.len(), "report"),
        count(n_events, "event"),
        count(briefing.disputes.len(), "difference"),
    )
}

/// `2015-04-14, agreed by 2 origins`: how the origins of a value relate, in words.
pub fn verdict_text(cell: &CellLine) -> String {
    match cell.n_origins {
        0 | 1 => cell.verdict.to_string(),
        n => format!("{}, {n} origins", cell.verdict),
    }
}

/// `[1:2] [2:5]`.
pub fn marks(citations: &[Citation]) -> String {
    citations.iter().map(Citation::mark).collect::<Vec<_>>().join(" ")
}

/// `[1:2] [2:5], quoted above`, if any of the sentences is.
pub fn repeats(citations: &[Citation]) -> Option<String> {
    let again: Vec<_> = citations.iter().filter(|citation| citation.is_repeat).cloned().collect();
    (!again.is_empty()).then(|| format!("{}, quoted above", marks(&again)))
}

/// `undated-report [2]: …`: the kind of doubt, the reports it is about as a whole, and what to check.
pub fn doubt_text(doubt: &Doubt) -> String {
    let reports: String = doubt.reports.iter().map(|number| format!(" [{number}]")).collect();
    format!("{}{reports}: {}", doubt.kind, doubt.message)
}

/// What a line says besides the headline: place, figures, status, speakers.
pub fn details(entry: &Entry) -> Vec<String> {
    let statuses: Vec<_> = entry.statuses.iter().map(|status| status.as_str()).collect();
    let is_plain = statuses == ["happened"];
    let mut details: Vec<String> = entry.place.iter().map(|place| format!("in {place}")).collect();
    let has_line = |shown: &CellLine| cells(entry).any(|cell| cell == shown);
    let figures = entry.figures.iter().filter(|shown| !has_line(shown));
    details.extend(figures.map(figure));
    details.extend((!is_plain && !statuses.is_empty()).then(|| statuses.join(", ")));
    details.extend(agreed(entry));
    details.extend(differ(entry));
    details.extend(Some(according_to(&entry.attributed_to)).filter(|text| !text.is_empty()));
    details
}

/// `the reports agree on place, killed`: that they agree on what kind of event it is goes without saying.
fn agreed(entry: &Entry) -> Option<String> {
    let telling = |name: &&String| !matches!(name.as_str(), "type" | "mode" | "status");
    let names: Vec<_> = entry.agreed.iter().filter(telling).map(|name| attribute(name)).collect();
    (!names.is_empty()).then(|| format!("the reports agree on {}", names.join(", ")))
}

/// `the reports differ on killed`: the page has said at its top how.
fn differ(entry: &Entry) -> Option<String> {
    let disputed = entry.cells.iter().filter(|cell| is_disputed(cell.verdict));
    let names: Vec<_> = disputed.map(|cell| attribute(&cell.attribute)).collect();
    (!names.is_empty()).then(|| format!("the reports differ on {}", names.join(", ")))
}

/// The cells with a line of their own under the event.
pub fn cells(entry: &Entry) -> impl Iterator<Item = &CellLine> {
    entry.cells.iter().filter(|cell| !is_disputed(cell.verdict))
}

/// `killed contradictory, 2 origins: 12 [1:4], according to the army | 9 [2:1] (“12” and “9” cannot both be true.)`; that
/// compatible values can both be true goes without saying.
pub fn cell_text(cell: &CellLine) -> String {
    let values: Vec<_> = cell.values.iter().map(value).collect();
    let why = cell.why.as_ref().filter(|_| needs_why(cell)).map(|why| format!(" ({why})"));
    let (name, verdict) = (attribute(&cell.attribute), verdict_text(cell));
    format!("{name} {verdict}: {}{}", values.join(" | "), why.unwrap_or_default())
}

/// Whether the reason adds to the verdict and the values.
pub fn needs_why(cell: &CellLine) -> bool {
    cell.values.len() > 1 && cell.verdict != Verdict::Compatible
}

/// `12 [1:4], according to the army`.
pub fn value(value: &ValueLine) -> String {
    let speakers = according_to(&value.attributed_to);
    let comma = if speakers.is_empty() { "" } else { ", " };
    format!("{} {}{comma}{speakers}", amount(&value.value), marks(&value.citations))
}

impl Page {
    /// Number, title, outlet and day of a report.
    pub fn report(&mut self, report: &ReportLine) {
        let mut parts = vec![report.title.clone().unwrap_or_else(|| report.id.clone())];
        parts.extend(report.outlet.clone());
        parts.push(published(report));
        self.wrapped(&format!("[{}] ", report.number), &parts.join(" · "));
        report.why.iter().for_each(|why| self.wrapped(INDENT, &format!("because {why}")));
    }

    /// An event with its values and sentences.
    pub fn entry(&mut self, entry: &Entry) {
        self.entry_called(entry, &headline(entry));
    }

    /// The same under another headline.
    pub fn entry_called(&mut self, entry: &Entry, headline: &str) {
        self.wrapped(&pad(entry.date.as_deref().unwrap_or("undated")), headline);
        let details = details(entry);
        if !details.is_empty() {
            self.wrapped(INDENT, &details.join(" · "));
        }
        cells(entry).for_each(|cell| self.cell(cell));
        self.quotes(&entry.citations);
    }

    /// The values of an attribute.
    pub fn cell(&mut self, cell: &CellLine) {
        self.wrapped(INDENT, &cell_text(cell));
    }

    /// Each sentence in full where the page first needs it, its mark afterwards.
    pub fn quotes(&mut self, citations: &[Citation]) {
        for citation in citations.iter().filter(|citation| !citation.is_repeat) {
            self.wrapped(INDENT, &format!("{} “{}”", citation.mark(), citation.text));
        }
        if let Some(marks) = repeats(citations) {
            self.wrapped(INDENT, &marks);
        }
    }

    /// The forces of an actor at a place.
    pub fn posture(&mut self, posture: &PostureLine) {
        self.wrapped("", &format!("{} in {}", posture.actor, posture.place));
        for statement in &posture.statements {
            let mut parts = vec![amount(&statement.value)];
            parts.extend(
                statement.status.map(|status| status.to_string()).filter(|status| status != "happened"),
            );
            parts.extend(Some(according_to(&statement.attributed_to)).filter(|text| !text.is_empty()));
            self.wrapped(&pad(statement.as_of.as_deref().unwrap_or("undated")), &parts.join(" · "));
            self.quotes(statement.citation.as_slice());
        }
        posture.cells.iter().filter(|cell| cell.n_origins > 1).for_each(|cell| self.cell(cell));
    }

    /// The states of one course of talks.
    pub fn process(&mut self, process: &ProcessLines) {
        self.wrapped("", &process.process);
        for transition in &process.transitions {
            let mut parts = vec![transition.code.to_owned()];
            parts.extend(Some(according_to(&transition.attributed_to)).filter(|text| !text.is_empty()));
            self.wrapped(&pad(transition.date.as_deref().unwrap_or("undated")), &parts.join(" · "));
            self.quotes(&transition.citations);
        }
    }

    fn doubt(&mut self, doubt: &Doubt) {
        self.wrapped("", &doubt_text(doubt));
        self.quotes(&doubt.citations);
    }
}
