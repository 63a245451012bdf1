//! *Here is a situation: what would you hand to a superior?*
//!
//! A briefing computes nothing: it arranges what the situation holds and cites the sentences it came from.

pub(crate) mod arrange;
pub mod day;
pub(crate) mod front;
mod html;
mod markdown;
pub(crate) mod outline;
pub(crate) mod telling;
mod text;
mod wish;
pub mod words;

use annalist_outlook::answer::Answer;
use annalist_schema::{Event, Situation, Standing, Status, Verdict};
use serde::{Serialize, Serializer};

use crate::archive::Decided;
use crate::pile::{Citation, Pile};

pub use front::{Front, FrontLine, Part, Week};
pub(crate) use markdown::escape;
pub use wish::{PAGE_WORDS, Wish};

/// How much of a briefing is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// What pages in plain text and in Markdown, lists and tables show: neither the sentences that no line cites nor what only the
    /// JSON row of an event and its figures tell. Takes a fraction of the room.
    Lines,
    /// Everything.
    Whole,
}

/// A situation arranged for a reader.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Briefing {
    /// What a superior reads who reads one page.
    pub front: Front,
    /// The reports, in order of their numbers.
    pub reports: Vec<ReportLine>,
    /// Cells on which the reports differ, contradictions first, those that an analyst has settled last.
    pub disputes: Vec<Dispute>,
    /// Deeds, sorted by day, then as the reports tell them; those without a day come last.
    pub deeds: Vec<Entry>,
    /// Demands, refusals, threats, accusations, concessions, support, agreements, in this order; each kind sorted alike.
    pub words: Vec<Entry>,
    /// Who has how many forces where.
    pub postures: Vec<PostureLine>,
    /// Where talks and other processes stand.
    pub processes: Vec<ProcessLines>,
    /// What comes next, as the outlook computed it of these events; of a time that is asked for there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outlook: Vec<Answer>,
    /// What an analyst decided, where it is asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decided>,
    /// What a reader should doubt.
    pub doubts: Vec<Doubt>,
    /// Whether the annotated timeline follows the first page.
    #[serde(skip)]
    pub is_full: bool,
}

/// One report of the pile.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportLine {
    /// Number in this briefing.
    pub number: usize,
    /// Its id.
    pub id: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its outlet, if known.
    pub outlet: Option<String>,
    /// Its publication date in the contract's form, if known.
    pub published: Option<String>,
    /// `given`, `metadata` or `inferred`.
    pub basis: Option<&'static str>,
    /// Why that date, where it was inferred.
    pub why: Vec<String>,
    /// Its sentences, for readers who want to look.
    pub sentences: Vec<String>,
}

/// One event. As JSON it is the row that `reconcile` prints of it, with its sentences: [`told_row`](crate::rows::told_row).
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Event id.
    pub id: String,
    /// Days in the contract's form, if known.
    pub date: Option<String>,
    /// PLOVER type and modes: `ASSAULT (aerial, drone)`.
    pub code: String,
    /// Who does it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// Its figures.
    pub figures: Vec<CellLine>,
    /// Factuality; every status that any claim gives.
    pub statuses: Vec<Status>,
    /// Who is said to say so.
    pub attributed_to: Vec<String>,
    /// Attributes on which several origins say the same, by name.
    pub agreed: Vec<String>,
    /// Attributes on which several origins speak and do not say the same, or of which an analyst has settled the value.
    pub cells: Vec<CellLine>,
    /// Every attribute; none in a briefing of lines.
    pub every: Vec<CellLine>,
    /// Its sentences, one for each claim, without repeats.
    pub citations: Vec<Citation>,
    /// Its claims, `report/claim`, sorted.
    pub claims: Vec<String>,
    /// Numbers of the analyst's decisions that made it what it is.
    pub decisions: Vec<u32>,
    /// What it is to those who report it.
    pub standing: Standing,
    /// What speaks for telling it first, and why it stands as it does.
    pub why: Vec<String>,
    /// The event itself, its spans in code points; none in a briefing of lines.
    pub event: Option<Box<Event>>,
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::rows::told_row(self).serialize(serializer)
    }
}

/// One attribute with its values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CellLine {
    /// Its name.
    pub attribute: String,
    /// The values as written for a person, with who says so and where; the one that an analyst decided for first.
    pub values: Vec<ValueLine>,
    /// How they relate.
    pub verdict: Verdict,
    /// Why, where the situation says.
    pub why: Option<String>,
    /// Number of independent origins.
    pub n_origins: usize,
    /// Number of the analyst's decision that settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<u32>,
}

impl CellLine {
    /// Whether reports differ on it and nobody has decided between them.
    pub fn is_open(&self) -> bool {
        self.decided.is_none() && arrange::is_disputed(self.verdict)
    }

    /// The sentences of all its values.
    pub fn citations(&self) -> impl Iterator<Item = &Citation> {
        self.values.iter().flat_map(|value| &value.citations)
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ValueLine {
    /// As written for a person.
    pub value: String,
    /// Who is said to say so.
    pub attributed_to: Vec<String>,
    /// Its sentences.
    pub citations: Vec<Citation>,
}

/// A cell on which reports differ.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// Id of the event; `None` where it is about forces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is about.
    pub about: String,
    /// The same as a person says it: `the air strike in Idlib on 4 April`.
    pub name: String,
    /// How much the event matters.
    #[serde(skip)]
    pub points: u32,
    /// The event's days, if known.
    pub date: Option<String>,
    /// The cell.
    pub cell: CellLine,
}

impl Dispute {
    /// Whether reports contradict one another and nobody has decided between them.
    pub fn is_contradiction(&self) -> bool {
        self.cell.is_open() && self.cell.verdict == Verdict::Contradictory
    }
}

/// How many forces of an actor are at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PostureLine {
    /// Whose.
    pub actor: String,
    /// Where.
    pub place: String,
    /// Whose and where, without codes.
    #[serde(skip)]
    pub name: String,
    /// Whether it is known whose forces they are, and where.
    #[serde(skip)]
    pub is_known: bool,
    /// What the reports say together.
    pub cells: Vec<CellLine>,
    /// Each statement, sorted by day.
    pub statements: Vec<PostureEntry>,
}

/// One statement of a posture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PostureEntry {
    /// Days for which it is stated.
    pub as_of: Option<String>,
    /// As written for a person.
    pub value: String,
    /// Factuality.
    pub status: Option<Status>,
    /// Who is said to say so.
    pub attributed_to: Vec<String>,
    /// Its sentence.
    pub citation: Option<Citation>,
}

/// The states of one process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProcessLines {
    /// Its name.
    pub process: String,
    /// Its states in order.
    pub transitions: Vec<TransitionLine>,
}

/// One state of a process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TransitionLine {
    /// When.
    pub date: Option<String>,
    /// Which state.
    pub code: &'static str,
    /// Who is said to say so.
    pub attributed_to: Vec<String>,
    /// Its sentences.
    pub citations: Vec<Citation>,
}

/// Something to doubt.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doubt {
    /// Stable name of the kind of note.
    pub kind: &'static str,
    /// What was seen and what to check.
    pub message: String,
    /// The sentences it is about.
    pub citations: Vec<Citation>,
    /// Numbers of the reports that it is about as a whole.
    pub reports: Vec<usize>,
}

impl Briefing {
    /// Arranges a situation and cites the reports of the pile it came from.
    pub fn new(situation: &Situation, pile: &Pile) -> Self {
        arrange::briefing(situation, pile)
    }

    /// The same with what an analyst decided.
    pub fn with_decisions(self, decisions: Vec<Decided>) -> Self {
        Self { decisions, ..self }
    }

    /// For a terminal: plain text of the given width, bold headings where `colour`.
    pub fn to_text(&self, width: usize, colour: bool) -> String {
        text::write(self, width, colour)
    }

    /// Markdown.
    pub fn to_markdown(&self) -> String {
        markdown::write(self)
    }

    /// One page of HTML that needs nothing from elsewhere; every word of a report is escaped.
    pub fn to_html(&self) -> String {
        html::write(self)
    }
}
