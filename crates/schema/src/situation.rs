//! *What holds, according to whom?* Events with their cells, posture series and processes: the rows of `annalist reconcile`.

use serde::{Deserialize, Serialize};

use crate::{Cameo, ClaimActor, ClaimPlace, ClaimRef, EventType, Note, ProcessCode, Published, Span, Weight};

/// The claims of any number of reports, reconciled. Every list is sorted by a rule that does not depend on arrival.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Situation {
    /// Events, sorted by date, then id.
    pub events: Vec<Event>,
    /// Posture series, sorted by actor and place.
    pub postures: Vec<PostureSeries>,
    /// Processes, sorted by name.
    pub processes: Vec<Process>,
    /// Groups of reports that share copied sentences.
    pub copies: Vec<Copy>,
    /// When reports without a date were published, as far as the others tell; sorted by report.
    pub dates: Vec<ReportDate>,
    /// What is doubtful across reports.
    pub notes: Vec<ReportNote>,
}

/// When a report was published, going by the other reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDate {
    /// The report.
    pub report: String,
    /// The days, with the reasons.
    pub published: Published,
}

/// Claims from any reports that corefer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Stable id, derived from its earliest claim.
    pub id: String,
    /// Its claims, sorted.
    pub claims: Vec<ClaimRef>,
    /// Preferred type.
    #[serde(rename = "type")]
    pub event_type: Option<EventType>,
    /// Finest CAMEO code that its claims support.
    pub cameo: Option<Cameo>,
    /// Preferred actors.
    pub actors: Vec<ClaimActor>,
    /// Preferred recipients.
    pub recipients: Vec<ClaimActor>,
    /// Preferred date, in the contract's form.
    pub date: Option<String>,
    /// Preferred place.
    pub place: Option<ClaimPlace>,
    /// One cell for each attribute that any claim fills.
    pub cells: Vec<Cell>,
    /// A sentence that tells it best, with the claim it comes from.
    pub headline: Option<(ClaimRef, String)>,
    /// How much it matters.
    pub weight: Weight,
    /// Numbers of the analyst's decisions that made it what it is, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<u32>,
}

/// All claimed values of one attribute of one event, with a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// `actors`, `recipients`, `date`, `place`, `status`, `mode`, `type`, or the `what` of a quantity.
    pub attribute: String,
    /// How the values relate.
    pub verdict: Verdict,
    /// The values, sorted; each with the claims that state it.
    pub values: Vec<CellValue>,
    /// Index of the preferred value, and the rule that preferred it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred: Option<(usize, String)>,
    /// Independent origins behind the values: an outlet, or the speaker that several outlets cite.
    pub origins: Vec<String>,
    /// Why the verdict, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Number of the analyst's decision that set the preferred value. The verdict is on the reports and stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<u32>,
    /// For what holds over time, such as a posture: the days for which the values are stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
}

/// One value and the claims that state it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellValue {
    /// As written for a person: `2024-01-27`, `> 150`, `IRQ, USA`.
    pub value: String,
    /// Claims that state it, sorted.
    pub claims: Vec<ClaimRef>,
    /// Who is said to say so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributed_to: Vec<String>,
    /// The words, in the report of the first claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// The words in the report of each claim, where there are several claims.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

impl CellValue {
    /// Each claim that states it, with the words.
    pub fn stated(&self) -> impl Iterator<Item = (&ClaimRef, Option<Span>)> {
        let spans = self.spans.iter().copied().map(Some);
        let only = self.span.filter(|_| self.spans.is_empty());
        self.claims.iter().zip(spans.chain(std::iter::once(only)).chain(std::iter::repeat(None)))
    }
}

crate::code::string_enum! {
    /// How the values of one cell relate, first that fits.
    Verdict {
        /// Only one independent origin says anything.
        SingleSource = "single-source",
        /// Equal within the stated precision.
        Agreed = "agreed",
        /// One is vaguer, a bound, or names a part.
        Compatible = "compatible",
        /// A later statement replaces an earlier one.
        Superseded = "superseded",
        /// They speak of different areas, periods or categories.
        DifferentScope = "different-scope",
        /// They cannot all be true.
        Contradictory = "contradictory",
    }
}

/// How many forces or persons of an actor are at a place, over time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostureSeries {
    /// Whose forces.
    pub actor: ClaimActor,
    /// Where.
    pub place: Option<ClaimPlace>,
    /// One cell for each `what`.
    pub cells: Vec<Cell>,
    /// The statements, sorted by day.
    pub statements: Vec<PostureStatement>,
}

/// One statement of a posture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostureStatement {
    /// Days for which it is stated, in the contract's form.
    pub as_of: Option<String>,
    /// As written for a person: `~ 2,500 troops`.
    pub value: String,
    /// `happened`, `planned` ...
    pub status: Option<crate::Status>,
    /// Who says so.
    pub attributed_to: Vec<String>,
    /// The report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// The sentence.
    pub quote: String,
}

/// Where a process such as a negotiation stands, transition by transition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Process {
    /// Stable name.
    pub process: String,
    /// Transitions by date, then by order in the report.
    pub transitions: Vec<Transition>,
}

/// One change of state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Transition {
    /// The state reached.
    pub code: ProcessCode,
    /// When, in the contract's form.
    pub date: Option<String>,
    /// Who says so.
    pub attributed_to: Vec<String>,
    /// The statements of it: report, words and sentence.
    pub statements: Vec<Statement>,
}

/// Words of a report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// The report.
    pub report: String,
    /// The words.
    pub span: Span,
    /// The sentence.
    pub quote: String,
}

/// Reports that share copied sentences.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Copy {
    /// The reports, sorted.
    pub reports: Vec<String>,
    /// The shared sentences: report id and index of the sentence, sorted.
    pub sentences: Vec<(String, u32)>,
}

/// A note with the report it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportNote {
    /// The report; `None` if it is about the pile.
    pub report: Option<String>,
    /// The note.
    #[serde(flatten)]
    pub note: Note,
}
