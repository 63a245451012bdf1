//! *How does an answer look on a terminal?* The lines of a briefing with the ids of the events, and the reports cited.

use std::collections::BTreeSet;

use super::{ActorLine, RelationLine};
use crate::archive::{Decided, tell_decisions};
use crate::briefing::arrange::headline;
use crate::briefing::{Briefing, Dispute, Entry};
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
    pub fn timeline(&self) -> Vec<Entry> {
        let mut entries: Vec<_> = self.deeds.iter().chain(&self.words).cloned().collect();
        entries.sort_by_key(|entry| (entry.date.is_none(), entry.date.clone()));
        entries.iter_mut().for_each(|entry| entry.citations.iter_mut().for_each(|one| one.is_repeat = false));
        entries
    }

    /// One event for a terminal: with the reports that it cites, the ids of its claims and the decisions on it.
    pub fn explanation(&self, decisions: &[Decided], width: usize, colour: bool) -> String {
        let mut page = Page::new(width, colour);
        page.out = self.list(Listing::Timeline, width, colour);
        let entries = self.timeline();
        let claims: Vec<_> = entries.iter().flat_map(|entry| &entry.claims).collect();
        page.section("CLAIMS", &claims, |page, claim| page.wrapped("", claim));
        let numbers: Vec<_> = entries.iter().flat_map(|entry| &entry.decisions).collect();
        let touching = decisions.iter().filter(|one| numbers.contains(&&one.decision.number));
        let touching: Vec<_> = touching.cloned().collect();
        if !touching.is_empty() {
            page.out.push('\n');
            page.heading("DECISIONS");
            page.out.push_str(&tell_decisions(&touching, width, colour));
        }
        page.out
    }

    /// One part of it for a terminal, with the reports that it cites.
    pub fn list(&self, listing: Listing, width: usize, colour: bool) -> String {
        let mut page = Page::new(width, colour);
        let mut cited = BTreeSet::new();
        match listing {
            Listing::Timeline => {
                let mut entries = self.timeline();
                quote_once(entries.iter_mut().flat_map(|entry| &mut entry.citations));
                for entry in &entries {
                    page.entry_called(entry, &format!("{} · {}", headline(entry), entry.id));
                    cited.extend(entry.citations.iter().map(|citation| citation.number));
                    let values = entry.cells.iter().chain(&entry.figures).flat_map(|cell| &cell.values);
                    cited.extend(values.flat_map(|value| &value.citations).map(|citation| citation.number));
                }
            }
            Listing::Disputes => {
                for dispute in &self.disputes {
                    page.dispute(dispute);
                    let values = dispute.cell.values.iter().flat_map(|value| &value.citations);
                    cited.extend(values.map(|citation| citation.number));
                }
            }
            Listing::Posture => {
                self.postures.iter().for_each(|series| page.posture(series));
                let statements = self.postures.iter().flat_map(|series| &series.statements);
                cited.extend(statements.flat_map(|one| &one.citation).map(|citation| citation.number));
            }
            Listing::Process => {
                self.processes.iter().for_each(|process| page.process(process));
                let states = self.processes.iter().flat_map(|process| &process.transitions);
                cited.extend(states.flat_map(|one| &one.citations).map(|citation| citation.number));
            }
        }
        let reports: Vec<_> = self.reports.iter().filter(|report| cited.contains(&report.number)).collect();
        page.section("REPORTS", &reports, |page, report| page.report(report));
        page.out
    }
}

/// A sentence is quoted where the page first needs it.
fn quote_once<'a>(citations: impl Iterator<Item = &'a mut Citation>) {
    let mut quoted = BTreeSet::new();
    citations.for_each(|one| one.is_repeat = !quoted.insert((one.number, one.sentence)));
}

impl Page {
    /// What the reports differ on, then every value with the sentences that state it.
    fn dispute(&mut self, dispute: &Dispute) {
        let id = dispute.id.as_deref().map(|id| format!(" · {id}")).unwrap_or_default();
        self.wrapped(&pad(dispute.date.as_deref().unwrap_or("undated")), &format!("{}{id}", dispute.about));
        self.cell(&dispute.cell);
        let mut citations: Vec<_> =
            dispute.cell.values.iter().flat_map(|value| value.citations.clone()).collect();
        citations.sort();
        citations.dedup();
        self.quotes(&citations);
    }
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
