//! *What does a superior read who reads one page?* Key points first, then what differs, what is talked of, who threatens whom,
//! and what nobody knows; a line is put on the page only if its words still fit.

mod candidate;
mod forces;
mod gaps;
mod talks;
mod trend;
mod trim;

use serde::Serialize;

use crate::pile::Citation;

pub(crate) use candidate::{Candidates, N_KEPT, PublishedDays};
pub use trend::Week;
pub(crate) use trim::{OUTLOOK, Scope, front, points};

/// The first page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Front {
    /// How many reports of whom, and when they were published.
    pub period: String,
    /// Who published them, and what they tell in numbers.
    pub outlets: String,
    /// Its parts in order, none empty.
    pub parts: Vec<Part>,
    /// What is told of each week, from the first to the last report.
    pub weeks: Vec<Week>,
    /// The reports that its marks name, by outlet.
    pub cited: Vec<String>,
}

/// A part of the first page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Stable name: `key-points`, `new`, `outlook`, `background`, `disputes`, `talks`, `forces`, `demands`, `trend`, `gaps`.
    pub name: &'static str,
    /// As the page has it.
    pub heading: String,
    /// What it says.
    pub lines: Vec<FrontLine>,
}

/// A whole sentence or more with what it rests on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FrontLine {
    /// The words.
    pub text: String,
    /// PLOVER type, modes and codes of the parties; none where codes are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Id of the event that it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// Why it stands here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
    /// The sentences that it rests on, the most telling first.
    pub citations: Vec<Citation>,
}

/// Marks of one line; more are counted.
const MOST_MARKS: usize = 4;

impl FrontLine {
    /// The sentences whose marks stand behind the line: of several of one report the first.
    pub(crate) fn marked(&self) -> Vec<&Citation> {
        let mut seen = std::collections::BTreeSet::new();
        let first = self.citations.iter().filter(|citation| seen.insert(citation.number));
        first.take(MOST_MARKS).collect()
    }

    /// `+7` for reports that say so too and have no mark.
    pub(crate) fn more(&self) -> Option<String> {
        let numbers = self.citations.iter().map(|citation| citation.number);
        let n = numbers.collect::<std::collections::BTreeSet<_>>().len();
        (n > MOST_MARKS).then(|| format!("+{}", n - MOST_MARKS))
    }
}
