//! *Where in the raw text are the title, the outlet, the dateline and the paragraphs?*

pub mod date;

use annalist_schema::{Report, Span};

/// The parts of a report's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The title within the text.
    pub title: Option<Span>,
    /// Outlet, given or found.
    pub outlet: Option<String>,
    /// "BAGHDAD, Jan 4 (Agency) -" and the like at the start of the body.
    pub dateline: Option<Span>,
    /// Title, headings and paragraphs in order, without blank lines.
    pub blocks: Vec<Block>,
}

/// A stretch of text that no sentence crosses the end of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its text.
    pub span: Span,
    /// Whether it is the title or a heading.
    pub is_heading: bool,
}

impl Outline {
    /// The title, given or found.
    pub fn title_text(&self, report: &Report) -> Option<String> {
        report.title.clone().or_else(|| self.title.map(|title| title.of(&report.text).to_owned()))
    }
}

/// Finds the parts of a report.
pub fn outline(report: &Report) -> Outline {
    let text = &report.text;
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let offset = start + (line.len() - line.trim_start().len());
            blocks.push(Block { span: Span::from(offset..offset + trimmed.len()), is_heading: false });
        }
        start += line.len();
    }
    Outline { outlet: report.outlet.clone(), blocks, ..Outline::default() }
}
