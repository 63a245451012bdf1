//! *Here is a file: what do all reports that ever came in say together, and what did the last ones change?*
//!
//! One SQLite file. Reports, readings and claims are only ever added; what follows from them (events, cells, postures,
//! processes, copies) is a derived layer that is dropped and built again whenever it is behind. Each change is logged.

mod change;
mod check;
mod decided;
mod derived;
mod error;
mod file;
mod find;
mod follow;
mod fuse;
mod hand;
pub(crate) mod json;
mod kept;
mod layout;
mod lines;
mod listing;
mod log;
mod open;
mod revision;
mod seal;
mod search;
mod sheet;
mod sight;
mod status;
mod store;
mod told;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use annalist_data::gazetteer::fold;
use annalist_schema::{Decision, Event, Reading, Report, Situation};
use jiff::civil::Date;

use crate::briefing::arrange::{
    Arranging, Named, reports_of_event, reports_of_posture, reports_of_transition,
};
use crate::briefing::{Briefing, Detail, Wish};
use crate::outlook::Wanted;
use crate::pile::{Numbers, Pile};
use crate::query::Query;

pub use change::{Change, ChangeKind};
pub(crate) use decided::in_words;
pub use error::{Error, Result};
pub use hand::{Ask, Decided};
pub use listing::{Asked, EventLine, Facets, Listed, Order, PairLine, PartyLine, Spot, Window};
pub use log::{Logged, Since};
pub use open::Access;
pub use search::{Found, search_text};
pub use sheet::tell_decisions;
pub use sight::{ReportEntry, Seen, Sight};
pub use status::Summary;
pub use store::Standing;
pub use told::tell;

use check::Fault;
use error::{Blame, Refusal};
use hand::{Refusal as Undecided, Undoing};
use revision::Command;

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    blame: Blame,
    now: jiff::Timestamp,
    /// Why nothing can be written, if so.
    refusal: Option<Refusal>,
    /// The file as it was opened.
    file: open::FileId,
}

impl Archive {
    /// How a report stands to those of the archive: whether adding it would do anything.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn standing(&self, report: &Report) -> Result<Standing> {
        self.blamed(store::standing(&self.connection, report))
    }

    /// How many reports count.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn n_reports(&self) -> Result<i64> {
        self.blamed(store::n_reports(&self.connection))
    }

    /// Stores reports with their readings in one transaction; `reader` says what read them. Reports that are there
    /// already change nothing and are left out of the ids returned. The derived layer is behind afterwards:
    /// [`Archive::refresh`] brings it up.
    ///
    /// # Errors
    /// [`Error::OtherReport`] if an id is taken by another report; then, as with every error, nothing is stored.
    pub fn add(&mut self, entries: &[(Report, Reading)], reader: &str) -> Result<Vec<String>> {
        self.change(Command::Add, |step| {
            let mut added = Vec::new();
            for (report, reading) in entries {
                match step.blamed(store::standing(&step.transaction, report))? {
                    Standing::Kept => continue,
                    Standing::Other { kept, given } => {
                        return Err(Error::OtherReport { id: report.id.clone(), kept, given });
                    }
                    Standing::New => {}
                }
                let revision = step.revision()?;
                step.blamed(store::insert(&step.transaction, revision, report, reading, reader))?;
                step.log(&[Change::of_report(ChangeKind::ReportAdded, report, reading)])?;
                added.push(report.id.clone());
            }
            Ok(added)
        })
    }

    /// Takes reports out of the situation, which is afterwards what it would have been without them; the archive keeps
    /// that they were there. Says what changed.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the archive holds no such report; then none is withdrawn.
    pub fn withdraw(&mut self, ids: &[String]) -> Result<Vec<Change>> {
        self.change(Command::Withdraw, |step| {
            let revision = step.revision()?;
            let mut changes = Vec::new();
            for id in ids {
                let withdrawn = step.blamed(store::withdraw(&step.transaction, revision, id))?;
                let (report, reading) = withdrawn.ok_or_else(|| step.unknown("a report", id))?;
                changes.push(Change::of_report(ChangeKind::ReportWithdrawn, &report, &reading));
            }
            step.log(&changes)?;
            changes.extend(step.fuse()?);
            Ok(changes)
        })
    }

    /// Makes decisions of what an analyst asks for, all for one reason, and says what they changed. They hold for the
    /// claims that they name, whatever comes in later, until [`Archive::undo`].
    ///
    /// # Errors
    /// [`Error::Unknown`] if the archive holds no such event or claim, [`Error::Senseless`] if what is asked for makes no
    /// sense; then nothing is decided.
    pub fn decide(&mut self, asks: &[Ask], because: &str) -> Result<Vec<Change>> {
        self.change(Command::Decide, |step| {
            let mut changes = step.catch_up()?;
            let understood = asks.iter().map(|ask| step.understand(ask, because));
            for decision in understood.collect::<Result<Vec<_>>>()? {
                changes.push(step.insert(decision)?);
            }
            changes.extend(step.fuse()?);
            Ok(changes)
        })
    }

    /// Takes in the decisions of a table that [`Archive::decisions`] gave, in their order, save those that are undone or
    /// count here already. Claims that the archive does not hold may come later. Says what changed.
    ///
    /// # Errors
    /// [`Error::BadTable`] with the first line that is no decision; then none is taken in.
    pub fn import(&mut self, name: &Path, table: &str) -> Result<Vec<Change>> {
        let bad = |bad: sheet::BadLine| Error::BadTable {
            path: name.to_owned(),
            line: bad.line,
            expected: bad.expected,
            found: bad.found,
        };
        self.take_in(sheet::decisions(table).map_err(bad)?)
    }

    /// Takes in decisions in their order, save those that count here already; their numbers are given anew. Claims that the
    /// archive does not hold may come later. Says what changed.
    ///
    /// # Errors
    /// If the archive cannot be written; then none is taken in.
    pub fn take_in(&mut self, decisions: Vec<Decision>) -> Result<Vec<Change>> {
        self.change(Command::Decide, |step| {
            let mut changes = step.catch_up()?;
            let counting = step.blamed(hand::counting(&step.transaction, None))?;
            let is_known = |decision: &Decision| {
                counting.iter().any(|known| Decision { number: 0, ..known.clone() } == *decision)
            };
            for decision in decisions.into_iter().filter(|decision| !is_known(decision)) {
                changes.push(step.insert(decision)?);
            }
            if step.revision.is_some() {
                changes.extend(step.fuse()?);
            }
            Ok(changes)
        })
    }

    /// Undoes decisions: the situation is then what it would be without them. Says what changed.
    ///
    /// # Errors
    /// [`Error::Unknown`] if there is no decision of a number, [`Error::Undone`] if one was undone before; then none is
    /// undone.
    pub fn undo(&mut self, numbers: &[u32]) -> Result<Vec<Change>> {
        self.change(Command::Undo, |step| {
            let revision = step.revision()?;
            let mut changes = Vec::new();
            for number in BTreeSet::from_iter(numbers.iter().copied()).into_iter().rev() {
                let undone = step.undo(revision, number)?;
                changes.push(Change::of_decision(ChangeKind::DecisionUndone, &undone));
            }
            step.log(&changes)?;
            changes.extend(step.fuse()?);
            Ok(changes)
        })
    }

    /// Every decision that was ever made, by number.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decided>> {
        self.blamed(hand::all(&self.connection))
    }

    /// The decisions that count, by number.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn counting(&self) -> Result<Vec<Decision>> {
        self.blamed(hand::counting(&self.connection, None))
    }

    /// What read each report that counts, by id.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn readers(&self) -> Result<BTreeMap<String, String>> {
        self.blamed(store::readers(&self.connection))
    }

    /// Brings the derived layer up to the readings, if it is behind, and says what changed in it.
    ///
    /// # Errors
    /// If the archive cannot be written.
    pub fn refresh(&mut self) -> Result<Vec<Change>> {
        if self.blamed(fuse::is_fresh(&self.connection))? {
            return Ok(Vec::new());
        }
        self.change(Command::Fuse, |step| step.fuse())
    }

    /// Drops the derived layer and builds it again from the readings; says what is different, which is nothing unless
    /// the program reconciles differently now. The index of sentences is made anew too.
    ///
    /// # Errors
    /// [`Error::Corrupt`] if the readings or decisions are not as they were written: nothing is built on them. If the archive
    /// cannot be written.
    pub fn rebuild(&mut self) -> Result<Vec<Change>> {
        self.change(Command::Fuse, |step| {
            if let Some(found) = step.blamed(check::fault_of_kept(&step.transaction))? {
                return Err(step.blame.kept(&found));
            }
            step.blamed(search::rebuild(&step.transaction))?;
            step.blamed(fuse::forget(&step.transaction))?;
            step.fuse()
        })
    }

    /// What holds, as of a day: only of reports that had been published by then, if one is given.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn situation(&self, as_of: Option<Date>) -> Result<Situation> {
        let is_stored = as_of.is_none() && self.blamed(fuse::is_fresh(&self.connection))?;
        self.blamed(match as_of {
            None if is_stored => derived::load(&self.connection),
            as_of => fuse::fuse(&self.connection, as_of),
        })
    }

    /// The event of an id, also of one that has since been merged into another or renamed: follow the id of what is
    /// returned. `None` if there was never such an event, or nobody tells it any more.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn event(&self, id: &str) -> Result<Option<Event>> {
        self.named(id, find::event)
    }

    /// Looks an event up where the situation is stored, or else in one that is worked out.
    fn named(
        &self,
        id: &str,
        find: impl Fn(&Connection, &str) -> rusqlite::Result<Option<Event>>,
    ) -> Result<Option<Event>> {
        if self.blamed(fuse::is_fresh(&self.connection))? {
            return self.blamed(find(&self.connection, id));
        }
        let events = self.situation(None)?.events;
        self.blamed(find::among(&self.connection, events, id))
    }

    /// The reports with their readings that had been published by a day, or all that are not withdrawn.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn pile(&self, as_of: Option<Date>) -> Result<Pile> {
        Ok(Pile::new(self.blamed(store::entries(&self.connection, as_of))?))
    }

    /// What of the situation fits a query, as of a day.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn select(&self, query: &Query, as_of: Option<Date>) -> Result<Situation> {
        Ok(query.select(self.situation(as_of)?))
    }

    /// The same, arranged with the sentences that it rests on; only the reports of these are read.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn answer(&self, query: &Query, as_of: Option<Date>, detail: Detail) -> Result<Briefing> {
        let mut answer = self.arranged_alone(self.select(query, as_of)?, as_of, detail)?;
        answer.disputes.retain(|dispute| query.takes_difference(dispute.cell.verdict, dispute.cell.decided));
        Ok(answer)
    }

    /// All that holds, arranged with the sentences that it rests on and with what an analyst decided.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn briefing(&self, wish: Wish) -> Result<Briefing> {
        let counts = |decided: &Decided| decided.undone.is_none();
        let decisions = self.decisions()?.into_iter().filter(counts).collect();
        let ids = self.blamed(store::numbered(&self.connection, None))?;
        let situation = wish.query.select(self.situation(None)?);
        let named = self.named_heads(&Numbers::new(ids.iter().cloned()), ids.clone())?;
        let mut wanted = Wanted::new(&wish, &named);
        wanted.iter_mut().for_each(|wanted| wanted.take(&situation.events));
        let outlook = wanted.map_or(Vec::new(), Wanted::answers);
        let arranging = Arranging::new(wish, &named).with_outlook(outlook);
        Ok(self.arranged(arranging, situation, ids, named)?.with_decisions(decisions))
    }

    /// A situation arranged with the reports that it rests on, which have the numbers that they have among all, as of a day.
    fn arranged_alone(&self, situation: Situation, as_of: Option<Date>, detail: Detail) -> Result<Briefing> {
        let all = self.blamed(store::numbered(&self.connection, as_of))?;
        let behind = reports_behind(&situation);
        let shown = all.iter().filter(|id| behind.contains(id.as_str())).cloned().collect();
        let named = self.named_heads(&Numbers::new(all.iter().cloned()), shown)?;
        self.arranged(Arranging::list(Wish::of(detail)), situation, all, named)
    }

    /// Reports as a page names them.
    fn named_heads(&self, numbers: &Numbers, ids: Vec<String>) -> Result<Vec<Named>> {
        let named = |id: String| {
            let (head, notes) = self.blamed(store::head(&self.connection, &id))?.unwrap_or_default();
            Ok(Named { number: numbers.of(&id).unwrap_or_default(), id, head, notes })
        };
        ids.into_iter().map(named).collect()
    }

    /// A situation arranged with some of all reports, both in order of their numbers.
    fn arranged(
        &self,
        mut arranging: Arranging,
        mut situation: Situation,
        all: Vec<String>,
        named: Vec<Named>,
    ) -> Result<Briefing> {
        let numbers = Numbers::new(all);
        let mut open = |ids: &BTreeSet<&str>| {
            Ok::<_, Error>(Pile::part_of(&numbers, self.blamed(store::cited(&self.connection, ids))?))
        };
        arranging.take(std::mem::take(&mut situation.events), &mut open)?;
        arranging.finish(&situation, named, &mut open)
    }

    /// Ids of the reports of an outlet, by part of its name; neither capitals nor accents matter.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn reports_of_outlet(&self, name: &str) -> Result<BTreeSet<String>> {
        let reports = self.blamed(store::outlets(&self.connection))?.into_iter();
        let is_asked = |outlet: &String| fold(outlet).contains(&fold(name));
        Ok(reports.filter(|(_, outlet)| outlet.as_ref().is_some_and(is_asked)).map(|(id, _)| id).collect())
    }

    /// Sentences with all of some words, the best first, as of a day; where the query asks for anything, only those that
    /// state an event that fits it.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn search(&self, words: &str, query: &Query, as_of: Option<Date>) -> Result<Vec<Found>> {
        let found = self.blamed(search::search(&self.connection, words, as_of))?;
        if *query == Query::default() {
            return Ok(found);
        }
        let situation = self.select(query, as_of)?;
        self.blamed(search::stated(&self.connection, found, &situation))
    }

    /// The event of an id as a situation of its own, arranged with the sentences that it rests on. The id may be one that
    /// the event had once, or that of a claim of it, `report/claim`.
    ///
    /// # Errors
    /// [`Error::Unknown`] if the archive holds no such event or claim.
    pub fn explain(&self, id: &str) -> Result<Briefing> {
        let event = self.named(id, find::event_or_claims)?;
        let path = || self.blame.path.clone();
        let unknown = || Error::Unknown { path: path(), expected: "an event or claim", found: id.to_owned() };
        let situation = Situation { events: vec![event.ok_or_else(unknown)?], ..Situation::default() };
        self.arranged_alone(situation, None, Detail::Whole)
    }

    /// What changed since a day or a revision, oldest first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn changes(&self, since: Since) -> Result<Vec<Logged>> {
        self.blamed(log::since(&self.connection, since))
    }

    /// What the archive holds, counted.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn summary(&self) -> Result<Summary> {
        self.blamed(status::summary(&self.connection))
    }

    /// Reads every page, and holds every row against its seal: what is kept against hashes over all its columns, what
    /// follows from it against what it gives anew. A changed bit that this does not find lies where nothing is kept: in a
    /// free page, between rows, or in a counter of the header.
    ///
    /// # Errors
    /// [`Error::Corrupt`] with the first thing that came in and is not as it was written, [`Error::Derived`] if only what
    /// follows from it is not.
    pub fn check(&self) -> Result<()> {
        let schema = self.connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        if self.blamed(schema)? < layout::FIRST_SEALED {
            let found = "one of an older annalist without seals; open it once where it can be written";
            return Err(self.blame.other("check an archive that was sealed", found));
        }
        match self.blamed(check::first_fault(&self.connection, &self.blame.path))? {
            Some(Fault::Kept(found)) => Err(self.blame.kept(&found)),
            Some(Fault::Derived(found)) => Err(self.blame.derived(found)),
            None => Ok(()),
        }
    }

    fn blamed<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| self.blame.of(error))
    }

    /// Runs one transaction; all of it is stored, or nothing.
    fn change<T>(&mut self, command: Command, change: impl FnOnce(&mut Step<'_>) -> Result<T>) -> Result<T> {
        if let Some(refusal) = &self.refusal {
            return Err(self.blame.refused(refusal));
        }
        let blame = self.blame.clone();
        self.file.check(&blame.path)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(|error| blame.of(error))?;
        let touched = BTreeSet::new();
        let mut step = Step { transaction, blame: &blame, now: self.now, command, revision: None, touched };
        let outcome = change(&mut step)?;
        step.seal()?;
        step.transaction.commit().map_err(|error| blame.of(error))?;
        self.file.check(&blame.path)?;
        Ok(outcome)
    }
}

/// Ids of the reports that a situation rests on.
fn reports_behind(situation: &Situation) -> BTreeSet<&str> {
    let events = situation.events.iter().flat_map(reports_of_event);
    let postures = situation.postures.iter().flat_map(reports_of_posture);
    let states = situation.processes.iter().flat_map(|process| &process.transitions);
    events.chain(postures).chain(states.flat_map(reports_of_transition)).collect()
}

/// A transaction under way.
struct Step<'a> {
    transaction: Transaction<'a>,
    blame: &'a Blame,
    now: jiff::Timestamp,
    command: Command,
    revision: Option<i64>,
    /// Revisions that are sealed at the end.
    touched: BTreeSet<i64>,
}

impl Step<'_> {
    fn blamed<T>(&self, result: rusqlite::Result<T>) -> Result<T> {
        result.map_err(|error| self.blame.of(error))
    }

    fn unknown(&self, expected: &'static str, found: &str) -> Error {
        Error::Unknown { path: self.blame.path.clone(), expected, found: found.to_owned() }
    }

    /// Fuses what came in since the last time, before anything is decided of it.
    fn catch_up(&mut self) -> Result<Vec<Change>> {
        let is_fresh = self.blamed(fuse::is_fresh(&self.transaction))?;
        if is_fresh { Ok(Vec::new()) } else { self.fuse() }
    }

    fn understand(&self, ask: &Ask, because: &str) -> Result<Decision> {
        hand::understand(&self.transaction, ask, because).map_err(|undecided| match undecided {
            Undecided::Database(error) => self.blame.of(error),
            Undecided::Unknown(expected, found) => self.unknown(expected, &found),
            Undecided::Senseless(expected, found) => Error::Senseless { expected, found },
        })
    }

    fn undo(&self, revision: i64, number: u32) -> Result<Decision> {
        match self.blamed(hand::undo(&self.transaction, revision, number))? {
            Undoing::Undone(decision) => Ok(decision),
            Undoing::Unknown => Err(self.unknown("a decision", &number.to_string())),
            Undoing::Before(made) => {
                let day = made.get(..10).unwrap_or(&made).to_owned();
                Err(Error::Undone { path: self.blame.path.clone(), number, day })
            }
        }
    }

    /// Stores a decision and logs it.
    fn insert(&mut self, decision: Decision) -> Result<Change> {
        let revision = self.revision()?;
        let decision = self.blamed(hand::insert(&self.transaction, revision, decision))?;
        let change = Change::of_decision(ChangeKind::DecisionMade, &decision);
        self.log(std::slice::from_ref(&change))?;
        Ok(change)
    }

    /// The number of this change; a transaction that asks for none leaves none.
    fn revision(&mut self) -> Result<i64> {
        let revision = match self.revision {
            Some(revision) => revision,
            None => self.blamed(revision::begin(&self.transaction, self.now, self.command))?,
        };
        self.revision = Some(revision);
        self.touched.insert(revision);
        Ok(revision)
    }

    fn log(&mut self, changes: &[Change]) -> Result<()> {
        let revision = self.revision()?;
        self.blamed(log::write(&self.transaction, revision, changes))
    }

    /// Fuses, and stores and logs what is different.
    fn fuse(&mut self) -> Result<Vec<Change>> {
        let latest = self.blamed(revision::latest(&self.transaction))?;
        let revision = match self.revision {
            // What was added by revisions before is logged with the last of them.
            None if self.blamed(fuse::is_behind(&self.transaction))? => latest,
            _ => self.revision()?,
        };
        self.touched.insert(revision);
        let changes = self.blamed(fuse::refresh(&self.transaction, revision))?;
        self.blamed(log::write(&self.transaction, revision, &changes))?;
        Ok(changes)
    }

    fn seal(&self) -> Result<()> {
        let mut touched = self.touched.iter();
        touched.try_for_each(|revision| self.blamed(seal::seal_revision(&self.transaction, *revision)))
    }
}
