//! *Which sections has the page, in which order, and what stands in each?* Decided here once; the writers only render.
//!
//! Every citation that an item shows has its words on the page: quoted in full where the page first needs them, marked
//! afterwards.

use std::collections::BTreeSet;

use annalist_outlook::answer::Answer;
use annalist_schema::Standing;

use super::front::OUTLOOK;
use super::telling::sentence;
use super::words::{according_to, amount, attribute, figure};
use super::{Briefing, CellLine, Dispute, Doubt, Entry, PostureEntry, PostureLine, ProcessLines, words};
use crate::archive::{Decided, in_words};
use crate::pile::Citation;

/// Where the day of a thing stands that has none.
const UNDATED: &str = "undated";

/// A part of the page under its heading; never without rows.
pub(crate) struct Section<'a> {
    pub heading: &'static str,
    /// [`Outline::item`] makes items of them, one after another, so that not all need be at hand.
    pub rows: Vec<Row<'a>>,
}

/// What an item is made of.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    Difference(&'a Dispute),
    Event(&'a Entry),
    Posture(&'a PostureLine),
    Process(&'a ProcessLines),
    Outlook(&'a Answer),
    Decision(&'a Decided),
    Doubt(&'a Doubt),
}

/// One thing that is told.
pub(crate) struct Item<'a> {
    /// Id of the event, if it is one.
    pub id: Option<&'a str>,
    pub head: Head,
    pub lines: Vec<Line<'a>>,
}

/// What an item is about.
pub(crate) enum Head {
    /// A day, empty where it goes without saying, and what was then.
    Dated(String, String),
    /// The name of what goes on over time.
    Name(String),
    /// A sentence of ours.
    Prose(String),
}

/// What is said of it.
pub(crate) enum Line<'a> {
    /// Place, figures, status, speakers.
    Details(String),
    /// What was said or reached on a day.
    Dated(String, String),
    /// An attribute with its values.
    Cell(&'a CellLine),
    /// A sentence of a report.
    Quote(&'a Citation),
    /// Sentences that the page has quoted above.
    Again(Vec<&'a Citation>),
}

/// The sections of a briefing.
pub(crate) fn sections(briefing: &Briefing) -> Vec<Section<'_>> {
    let open = briefing.disputes.iter().filter(|dispute| dispute.cell.is_open());
    let is_news = |entry: &&Entry| entry.standing == Standing::News;
    let news = briefing.deeds.iter().filter(is_news);
    let rest = briefing.deeds.iter().filter(|entry| !is_news(entry));
    let sections = [
        Section { heading: "Where the reports differ", rows: open.map(Row::Difference).collect() },
        Section { heading: "What happened", rows: news.map(Row::Event).collect() },
        Section {
            heading: "Background, opinion, forecasts, and what is undated",
            rows: rest.map(Row::Event).collect(),
        },
        Section {
            heading: "Who demands, refuses, threatens, accuses, yields, supports, agrees",
            rows: briefing.words.iter().map(Row::Event).collect(),
        },
        Section { heading: "Force posture", rows: briefing.postures.iter().map(Row::Posture).collect() },
        Section {
            heading: "State of talks and agreements",
            rows: briefing.processes.iter().map(Row::Process).collect(),
        },
        Section { heading: OUTLOOK, rows: briefing.outlook.iter().map(Row::Outlook).collect() },
        Section {
            heading: "What an analyst decided",
            rows: briefing.decisions.iter().map(Row::Decision).collect(),
        },
        Section { heading: "To doubt", rows: briefing.doubts.iter().map(Row::Doubt).collect() },
    ];
    sections.into_iter().filter(|section| !section.rows.is_empty()).collect()
}

/// `Annals of 2 reports: 14 events, 3 differences`, and how many more an analyst has settled.
pub(crate) fn title(briefing: &Briefing) -> String {
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let n_events = briefing.deeds.len() + briefing.words.len();
    let n_open = briefing.disputes.iter().filter(|dispute| dispute.cell.is_open()).count();
    let n_settled = briefing.disputes.len() - n_open;
    let settled =
        if n_settled == 0 { String::new() } else { format!(", {n_settled} more settled by an analyst") };
    format!(
        "Annals of {}: {}, {}{settled}",
        count(briefing.reports.len(), "report"),
        count(n_events, "event"),
        count(n_open, "difference"),
    )
}

/// What was computed of what comes next with what a reader should know of it, or why nothing was.
fn outlook(answer: &Answer) -> Item<'_> {
    let (told, notes) = match &answer.refusal {
        Some(refusal) => (format!("{}: {refusal}", answer.series), &[][..]),
        None => (answer.to_paragraph(), answer.notes.as_slice()),
    };
    let lines = notes.iter().cloned().map(Line::Details).collect();
    Item { id: None, head: Head::Prose(sentence(&told)), lines }
}

/// A decision with its day.
pub(crate) fn decision(decided: &Decided) -> Item<'static> {
    let day = |instant: &str| instant.get(..10).unwrap_or(instant).to_owned();
    let undone = decided.undone.as_deref().map(|made| format!(" · undone {}", day(made)));
    let words = format!("{}{}", in_words(&decided.decision), undone.unwrap_or_default());
    Item { id: None, head: Head::Dated(day(&decided.made), words), lines: Vec::new() }
}

/// Items of one page, which knows what it has quoted.
#[derive(Default)]
pub(crate) struct Outline {
    /// Numbers of reports and sentences.
    quoted: BTreeSet<(usize, usize)>,
}

impl Outline {
    /// The next item of the page.
    pub fn item<'a>(&mut self, row: Row<'a>) -> Item<'a> {
        match row {
            // Its sentences stand below, under the event or the forces that it is about.
            Row::Difference(dispute) => {
                Item { id: None, lines: vec![Line::Cell(&dispute.cell)], ..about(dispute) }
            }
            Row::Event(entry) => self.entry(entry),
            Row::Posture(posture) => self.posture(posture),
            Row::Process(process) => self.process(process),
            Row::Outlook(answer) => outlook(answer),
            Row::Decision(decided) => decision(decided),
            Row::Doubt(doubt) => self.doubt(doubt),
        }
    }

    /// An event: what differs or was settled has a line of its own.
    pub fn entry<'a>(&mut self, entry: &'a Entry) -> Item<'a> {
        let shown: Vec<_> = cells(entry).collect();
        self.event(entry, details(entry), shown, &entry.cells)
    }

    /// An event with every attribute.
    pub fn whole_entry<'a>(&mut self, entry: &'a Entry) -> Item<'a> {
        self.event(entry, decided(entry).into_iter().collect(), entry.every.iter().collect(), &entry.every)
    }

    /// The sentences of `cited` are quoted, whether or not their cells are shown here.
    fn event<'a>(
        &mut self,
        entry: &'a Entry,
        details: Vec<String>,
        shown: Vec<&'a CellLine>,
        cited: &'a [CellLine],
    ) -> Item<'a> {
        let day = entry.date.clone().unwrap_or_else(|| UNDATED.to_owned());
        let details = (!details.is_empty()).then(|| Line::Details(details.join(" · ")));
        let mut lines: Vec<_> = details.into_iter().chain(shown.into_iter().map(Line::Cell)).collect();
        lines.extend(self.quotes(entry.citations.iter().chain(cited.iter().flat_map(CellLine::citations))));
        Item { id: Some(&entry.id), head: Head::Dated(day, headline(entry)), lines }
    }

    /// What the reports differ on, every value with the sentences that state it; on a page of differences alone.
    pub fn dispute<'a>(&mut self, dispute: &'a Dispute) -> Item<'a> {
        let mut lines = vec![Line::Cell(&dispute.cell)];
        lines.extend(self.quotes(dispute.cell.citations()));
        let day = dispute.date.clone().unwrap_or_else(|| UNDATED.to_owned());
        Item { head: Head::Dated(day, dispute.about.clone()), lines, ..about(dispute) }
    }

    /// The forces of an actor at a place.
    pub fn posture<'a>(&mut self, posture: &'a PostureLine) -> Item<'a> {
        let mut lines = Vec::new();
        for statement in &posture.statements {
            lines.push(stance(statement));
            lines.extend(self.quotes(&statement.citation));
        }
        let shown: Vec<_> = posture.cells.iter().filter(|cell| cell.n_origins > 1).collect();
        lines.extend(shown.iter().copied().map(Line::Cell));
        // Each of them is some statement's, but for those of no sentence that the pile still has.
        lines.extend(self.unquoted(shown.into_iter().flat_map(CellLine::citations)));
        let name = format!("{} in {}", posture.actor, posture.place);
        Item { id: None, head: Head::Name(name), lines }
    }

    /// The states of one course of talks.
    pub fn process<'a>(&mut self, process: &'a ProcessLines) -> Item<'a> {
        let mut lines = Vec::new();
        for transition in &process.transitions {
            let words = with_speakers(transition.code.to_owned(), &transition.attributed_to);
            lines.push(Line::Dated(day_of(&transition.date), words));
            lines.extend(self.quotes(&transition.citations));
        }
        Item { id: None, head: Head::Name(process.process.clone()), lines }
    }

    fn doubt<'a>(&mut self, doubt: &'a Doubt) -> Item<'a> {
        let lines = self.quotes(&doubt.citations);
        Item { id: None, head: Head::Prose(doubt_text(doubt)), lines }
    }

    /// Each sentence in full where the page first needs it, its mark afterwards.
    fn quotes<'a>(&mut self, citations: impl IntoIterator<Item = &'a Citation>) -> Vec<Line<'a>> {
        let citations: BTreeSet<_> = citations.into_iter().collect();
        let (fresh, again): (Vec<_>, Vec<_>) = citations
            .into_iter()
            .partition(|citation| self.quoted.insert((citation.number, citation.sentence)));
        let again = (!again.is_empty()).then_some(Line::Again(again));
        fresh.into_iter().map(Line::Quote).chain(again).collect()
    }

    /// The sentences that the page has not quoted yet.
    fn unquoted<'a>(&mut self, citations: impl IntoIterator<Item = &'a Citation>) -> Vec<Line<'a>> {
        let lines = self.quotes(citations);
        lines.into_iter().filter(|line| matches!(line, Line::Quote(_))).collect()
    }
}

impl<'a> Item<'a> {
    /// The same with the id behind what it is about, for lists to pick from.
    pub fn with_id(self) -> Self {
        match (self.head, self.id) {
            (Head::Dated(day, words), Some(id)) => {
                Self { head: Head::Dated(day, format!("{words} · {id}")), ..self }
            }
            (head, _) => Self { head, ..self },
        }
    }

    /// Every sentence that the item shows or marks.
    pub fn citations(&self) -> impl Iterator<Item = &'a Citation> {
        self.lines.iter().flat_map(|line| match line {
            Line::Details(_) | Line::Dated(..) => Vec::new(),
            Line::Cell(cell) => cell.citations().collect(),
            Line::Quote(citation) => vec![*citation],
            Line::Again(citations) => citations.clone(),
        })
    }
}

/// A difference without its values.
fn about(dispute: &Dispute) -> Item<'_> {
    let day = dispute.date.clone().unwrap_or_default();
    Item { id: dispute.id.as_deref(), head: Head::Dated(day, dispute.about.clone()), lines: Vec::new() }
}

fn day_of(day: &Option<String>) -> String {
    day.clone().unwrap_or_else(|| UNDATED.to_owned())
}

fn stance<'a>(statement: &PostureEntry) -> Line<'a> {
    let status = statement.status.map(|status| status.to_string()).filter(|status| status != "happened");
    let parts: Vec<_> = std::iter::once(amount(&statement.value)).chain(status).collect();
    Line::Dated(day_of(&statement.as_of), with_speakers(parts.join(" · "), &statement.attributed_to))
}

fn with_speakers(words: String, speakers: &[String]) -> String {
    match according_to(speakers) {
        speakers if speakers.is_empty() => words,
        speakers => format!("{words} · {speakers}"),
    }
}

/// `ASSAULT (aerial): A → B`.
pub(crate) fn headline(entry: &Entry) -> String {
    words::headline(&entry.code, &entry.actors, &entry.recipients)
}

/// `undated-report [2]: …`: the kind of doubt, the reports it is about as a whole, and what to check.
fn doubt_text(doubt: &Doubt) -> String {
    let reports: String = doubt.reports.iter().map(|number| format!(" [{number}]")).collect();
    format!("{}{reports}: {}", doubt.kind, doubt.message)
}

/// What a line says besides the headline: place, figures, status, speakers.
fn details(entry: &Entry) -> Vec<String> {
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
    details.extend(decided(entry));
    details.extend((entry.standing != Standing::News).then(|| entry.standing.to_string()));
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
    let disputed = entry.cells.iter().filter(|cell| cell.is_open());
    let names: Vec<_> = disputed.map(|cell| attribute(&cell.attribute)).collect();
    (!names.is_empty()).then(|| format!("the reports differ on {}", names.join(", ")))
}

/// `decided by an analyst (decisions 2, 5)`.
fn decided(entry: &Entry) -> Option<String> {
    let numbers = entry.decisions.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    match entry.decisions.len() {
        0 => None,
        1 => Some(format!("decided by an analyst (decision {numbers})")),
        _ => Some(format!("decided by an analyst (decisions {numbers})")),
    }
}

/// The cells with a line of their own under the event.
fn cells(entry: &Entry) -> impl Iterator<Item = &CellLine> {
    entry.cells.iter().filter(|cell| !cell.is_open())
}
