//! *How does an answer look on a terminal?* The lines of a briefing with the ids of the events, and the reports cited.

use std::collections::BTreeSet;

use super::{ActorLine, FigureRow, PostureRow, ProcessRow, RelationLine};
use crate::archive::Decided;
use crate::briefing::outline::{self, Item, Line, Outline};
use crate::briefing::{Briefing, Dispute, Entry, PostureLine, ProcessLines, words};
use crate::page::{Page, pad};
use crate::pile::Citation;

/// What part of an arranged answer is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// Events by day.
    Timeline,
    /// Attributes on which reports differ.
    Disputes,
    /// Who has how many forces where.
    Posture,
    /// Where talks stand.
    Process,
}

impl Briefing {
    /// Deeds and words together, by day, undated last.
    pub fn timeline(&self) -> Vec<&Entry> {
        let mut entries: Vec<_> = self.deeds.iter().chain(&self.words).collect();
        entries.sort_by_key(|entry| (entry.date.is_none(), entry.date.clone()));
        entries
    }

    /// One event for a terminal: every attribute with its sentences, the reports that it cites, the ids of its claims and the
    /// decisions on it.
    pub fn explanation(&self, decisions: &[Decided], width: usize, colour: bool) -> String {
        let entries = self.timeline();
        let mut outline = Outline::default();
        let items: Vec<_> = entries.iter().map(|entry| outline.whole_entry(entry)).collect();
        let mut page = self.page_of(items, width, colour);
        let claims: Vec<_> = entries.iter().flat_map(|entry| &entry.claims).collect();
        page.section("CLAIMS", &claims, |page, claim| page.wrapped("", claim));
        let numbers: Vec<_> = entries.iter().flat_map(|entry| &entry.decisions).collect();
        let touching = decisions.iter().filter(|one| numbers.contains(&&one.decision.number));
        let touching: Vec<_> = touching.map(outline::decision).collect();
        page.section("DECISIONS", &touching, Page::item);
        page.out
    }

    /// One part of it for a terminal, with the reports that it cites.
    pub fn list(&self, listing: Listing, width: usize, colour: bool) -> String {
        match listing {
            Listing::Timeline => self.list_events(&self.timeline(), false, width, colour),
            Listing::Disputes => self.list_disputes(&self.disputes, width, colour),
            Listing::Posture => self.list_postures(&PostureRow::of(&self.postures), width, colour),
            Listing::Process => self.list_processes(&ProcessRow::of(&self.processes), width, colour),
        }
    }

    /// Some of its events in any order, each with the ids of its claims if they are asked for.
    pub fn list_events(&self, entries: &[&Entry], with_claims: bool, width: usize, colour: bool) -> String {
        let mut outline = Outline::default();
        let mut items: Vec<_> = entries.iter().map(|entry| outline.entry(entry)).collect();
        for (item, entry) in items.iter_mut().zip(entries).filter(|_| with_claims) {
            item.lines.push(Line::Details(format!("claims {}", entry.claims.join(", "))));
        }
        self.page_of(items, width, colour).out
    }

    /// Some of its disputes in any order.
    pub fn list_disputes(&self, disputes: &[Dispute], width: usize, colour: bool) -> String {
        let mut outline = Outline::default();
        self.page_of(disputes.iter().map(|dispute| outline.dispute(dispute)).collect(), width, colour).out
    }

    /// Some of the statements of its posture series in any order, what stands together of one series under its name.
    pub fn list_postures(&self, rows: &[PostureRow], width: usize, colour: bool) -> String {
        let series: Vec<_> = rows
            .chunk_by(|one, other| (&one.actor, &one.place) == (&other.actor, &other.place))
            .filter_map(|rows| {
                let is_of = |series: &&PostureLine| {
                    (&series.actor, &series.place) == (&rows[0].actor, &rows[0].place)
                };
                let statements = rows.iter().map(|row| row.statement.clone()).collect();
                Some(PostureLine { statements, ..self.postures.iter().find(is_of)?.clone() })
            })
            .collect();
        let mut outline = Outline::default();
        self.page_of(series.iter().map(|series| outline.posture(series)).collect(), width, colour).out
    }

    /// Some of the states of its processes in any order, what stands together of one process under its name.
    pub fn list_processes(&self, rows: &[ProcessRow], width: usize, colour: bool) -> String {
        let process = |rows: &[ProcessRow]| ProcessLines {
            process: rows[0].process.clone(),
            transitions: rows.iter().map(|row| row.transition.clone()).collect(),
        };
        let processes: Vec<_> =
            rows.chunk_by(|one, other| one.process == other.process).map(process).collect();
        let mut outline = Outline::default();
        self.page_of(processes.iter().map(|process| outline.process(process)).collect(), width, colour).out
    }

    /// Items with their ids, and the reports that they cite.
    fn page_of(&self, items: Vec<Item<'_>>, width: usize, colour: bool) -> Page {
        let mut page = Page::new(width, colour);
        let cited: BTreeSet<_> = items.iter().flat_map(Item::citations).map(|one| one.number).collect();
        items.into_iter().for_each(|item| page.item(&item.with_id()));
        let reports: Vec<_> = self.reports.iter().filter(|report| cited.contains(&report.number)).collect();
        page.section("REPORTS", &reports, |page, report| page.report(report));
        page
    }
}

/// Figures for a terminal: the day, how many of what, how that stands to the others, of which event and in which sentences.
pub fn list_figures(rows: &[FigureRow], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for row in rows {
        let figure = &row.figure;
        let marks: Vec<_> = figure.citations.iter().map(Citation::mark).collect();
        let shown = if figure.is_preferred { "preferred" } else { "" };
        let by = words::according_to(&figure.by);
        let parts =
            [&row.words(), figure.verdict.as_str(), shown, &by, &row.about, &figure.event, &marks.join(" ")];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        page.wrapped(&pad(row.date.as_deref().unwrap_or("undated")), &parts.join(" · "));
    }
    page.out
}

/// Actors for a terminal: name, codes, events, first and last day, other names.
pub fn list_actors(lines: &[ActorLine], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for line in lines {
        let code = [&line.country, &line.sector].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let mut parts =
            vec![if code.is_empty() { line.name.clone() } else { format!("{} ({code})", line.name) }];
        parts.push(format!("acts in {}, acted upon in {}", line.n_as_actor, line.n_as_recipient));
        parts.extend(
            line.first.as_ref().zip(line.last.as_ref()).map(|(first, last)| format!("{first} to {last}")),
        );
        let others: Vec<_> = line.names.iter().filter(|name| **name != line.name).cloned().collect();
        parts.extend((!others.is_empty()).then(|| format!("also {}", others.join(", "))));
        parts.extend(line.actor_id.clone());
        page.wrapped("", &parts.join(" · "));
    }
    page.out
}

/// What the numbers of relations are.
const SCALE: &str = "Each line: events said to have happened in the month, by PLOVER type, then their intensity, \
    lowest to highest, on PLOVER's scale from -10 (the worst conflict) to +10 (the closest cooperation).";

/// Relations for a terminal, pair by pair, under a line that says what the numbers are.
pub fn list_relations(lines: &[RelationLine], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    if !lines.is_empty() {
        page.wrapped("", SCALE);
    }
    for of_pair in
        lines.chunk_by(|one, other| (&one.actor, &one.recipient) == (&other.actor, &other.recipient))
    {
        let Some(first) = of_pair.first() else { continue };
        page.heading(&format!("{} → {}", first.actor, first.recipient));
        for line in of_pair {
            let scale = match line.lowest == line.highest {
                true => format!("{:+}", line.lowest),
                false => format!("{:+} to {:+}", line.lowest, line.highest),
            };
            page.wrapped(
                &pad(line.month.as_deref().unwrap_or("undated")),
                &format!("{} · intensity {scale}", line.counts()),
            );
        }
    }
    page.out
}
