//! *How do events, differences, postures and processes look as rows of a table?*

use std::collections::BTreeSet;

use annalist_schema::{Comparator, Country, EventType};
use serde::Serialize;

use crate::briefing::outline::headline;
use crate::briefing::words;
use crate::briefing::{CellLine, Dispute, Entry, PostureEntry, PostureLine, ProcessLines, TransitionLine};
use crate::figure::{Figure, figures_of};
use crate::pile::Citation;
use crate::table::{Record, joined};

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct EventRow<'a>(pub &'a Entry);

impl Record for EventRow<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "date",
        "type",
        "actors",
        "recipients",
        "place",
        "figures",
        "status",
        "attributed_to",
        "agreed",
        "differs",
        "citations",
        "claims",
        "decisions",
        "quotes",
    ];

    fn fields(&self) -> Vec<String> {
        let entry = self.0;
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            entry.id.clone(),
            text(&entry.date),
            entry.code.clone(),
            joined(&entry.actors),
            joined(&entry.recipients),
            text(&entry.place),
            joined(entry.figures.iter().map(values)),
            joined(&entry.statuses),
            joined(&entry.attributed_to),
            joined(&entry.agreed),
            joined(entry.cells.iter().map(|cell| format!("{} {}", cell.attribute, cell.verdict))),
            joined(entry.citations.iter().map(place_of)),
            joined(&entry.claims),
            joined(&entry.decisions),
            joined(entry.citations.iter().map(quote_of)),
        ]
    }
}

/// A figure of an event, with what the event is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FigureRow {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// Days of the event, if known.
    pub date: Option<String>,
    /// Its PLOVER type.
    #[serde(rename = "type")]
    pub event_type: Option<EventType>,
    /// Who does what to whom.
    pub about: String,
    /// Where.
    pub place: Option<String>,
    /// ISO 3166 code of the country.
    pub country: Option<Country>,
}

impl FigureRow {
    /// The figures of some events, in their order.
    pub fn of(entries: &[&Entry]) -> Vec<Self> {
        let rows = |entry: &&Entry| {
            let row = |figure| Self {
                figure,
                date: entry.date.clone(),
                event_type: entry.event.as_ref().and_then(|event| event.event_type),
                about: headline(entry),
                place: entry.place.clone(),
                country: entry.event.as_ref().and_then(|event| event.place.as_ref()?.country),
            };
            figures_of(entry).into_iter().map(row).collect::<Vec<_>>()
        };
        entries.iter().flat_map(rows).collect()
    }

    /// `killed: at least 10 soldiers`.
    pub(super) fn words(&self) -> String {
        format!("{}: {}", words::attribute(&self.figure.what), words::amount(&self.figure.value))
    }
}

/// As a cell of a table says it: a sign alone is a formula to some programs.
pub(crate) fn in_words(cmp: Comparator) -> &'static str {
    match cmp {
        Comparator::Equal => "exactly",
        Comparator::AtLeast => "at least",
        Comparator::MoreThan => "more than",
        Comparator::AtMost => "at most",
        Comparator::LessThan => "fewer than",
        Comparator::About => "about",
    }
}

impl Record for FigureRow {
    const COLUMNS: &'static [&'static str] = &[
        "event",
        "date",
        "type",
        "about",
        "place",
        "country",
        "what",
        "comparison",
        "n",
        "n2",
        "of",
        "by",
        "preferred",
        "verdict",
        "claims",
        "citations",
        "quotes",
    ];

    fn fields(&self) -> Vec<String> {
        let figure = &self.figure;
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            figure.event.clone(),
            text(&self.date),
            joined(self.event_type),
            self.about.clone(),
            text(&self.place),
            joined(self.country),
            figure.what.clone(),
            in_words(figure.cmp).to_owned(),
            figure.n.to_string(),
            joined(figure.n2),
            text(&figure.of),
            joined(&figure.by),
            (if figure.is_preferred { "yes" } else { "no" }).to_owned(),
            figure.verdict.to_string(),
            joined(&figure.claims),
            joined(figure.citations.iter().map(place_of)),
            joined(figure.citations.iter().map(quote_of)),
        ]
    }
}

/// `killed: >= 10 soldiers | 11 soldiers`.
fn values(cell: &CellLine) -> String {
    let values: Vec<_> = cell.values.iter().map(|value| value.value.as_str()).collect();
    format!("{}: {}", cell.attribute, values.join(" | "))
}

/// `herald:4`: sentence 4 of a report.
fn place_of(citation: &Citation) -> String {
    format!("{}:{}", citation.report, citation.sentence)
}

/// `herald:4 “Rebels attacked a village.”`.
fn quote_of(citation: &Citation) -> String {
    format!("{} “{}”", place_of(citation), citation.text)
}

impl Record for Dispute {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "date",
        "about",
        "attribute",
        "verdict",
        "values",
        "n_origins",
        "why",
        "citations",
        "decided",
        "quotes",
    ];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let values: Vec<_> = self.cell.values.iter().map(|value| value.value.as_str()).collect();
        let citations: BTreeSet<_> = self.cell.citations().collect();
        vec![
            text(&self.id),
            text(&self.date),
            self.about.clone(),
            self.cell.attribute.clone(),
            self.cell.verdict.to_string(),
            values.join(" | "),
            self.cell.n_origins.to_string(),
            text(&self.cell.why),
            joined(citations.iter().copied().map(place_of)),
            joined(self.cell.decided),
            joined(citations.iter().copied().map(quote_of)),
        ]
    }
}

/// A statement of how many forces are where.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PostureRow {
    /// Whose forces.
    pub actor: String,
    /// Where.
    pub place: String,
    /// The statement.
    #[serde(flatten)]
    pub statement: PostureEntry,
}

impl PostureRow {
    /// The statements of some series, in their order.
    pub fn of(series: &[PostureLine]) -> Vec<Self> {
        let row = |series: &PostureLine, statement: &PostureEntry| Self {
            actor: series.actor.clone(),
            place: series.place.clone(),
            statement: statement.clone(),
        };
        series.iter().flat_map(|series| series.statements.iter().map(move |one| row(series, one))).collect()
    }
}

impl Record for PostureRow {
    const COLUMNS: &'static [&'static str] =
        &["actor", "place", "as_of", "value", "status", "attributed_to", "citation", "quote"];

    fn fields(&self) -> Vec<String> {
        let statement = &self.statement;
        vec![
            self.actor.clone(),
            self.place.clone(),
            statement.as_of.clone().unwrap_or_default(),
            statement.value.clone(),
            joined(statement.status),
            joined(&statement.attributed_to),
            joined(statement.citation.iter().map(place_of)),
            joined(statement.citation.iter().map(quote_of)),
        ]
    }
}

/// A state that a course of talks reached.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProcessRow {
    /// Which talks.
    pub process: String,
    /// The state.
    #[serde(flatten)]
    pub transition: TransitionLine,
}

impl ProcessRow {
    /// The states of some processes, in their order.
    pub fn of(processes: &[ProcessLines]) -> Vec<Self> {
        let row = |process: &ProcessLines, transition: &TransitionLine| Self {
            process: process.process.clone(),
            transition: transition.clone(),
        };
        processes
            .iter()
            .flat_map(|process| process.transitions.iter().map(move |one| row(process, one)))
            .collect()
    }
}

impl Record for ProcessRow {
    const COLUMNS: &'static [&'static str] =
        &["process", "date", "code", "attributed_to", "citations", "quotes"];

    fn fields(&self) -> Vec<String> {
        let transition = &self.transition;
        vec![
            self.process.clone(),
            transition.date.clone().unwrap_or_default(),
            transition.code.to_owned(),
            joined(&transition.attributed_to),
            joined(transition.citations.iter().map(place_of)),
            joined(transition.citations.iter().map(quote_of)),
        ]
    }
}
