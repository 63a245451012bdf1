//! *What does a page show of one thing?* An event with its reports, a report with all that was read of it.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{
    ClaimRef, DayInterval, Event, EventType, Published, PublishedBasis, Reading, Report, ReportHead,
    Situation,
};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;

use super::json::Json;
use super::listing::{self, Asked, EventLine, Facets, Listed, Order, PairLine, PartyLine, Spot, Window};
use super::{Archive, Logged, Result, derived, find, fuse, log, revision, search, store};
use crate::briefing::arrange::{Arranging, rank_of_words};
use crate::briefing::front::PublishedDays;
use crate::briefing::telling::{Source, tell};
use crate::briefing::{Briefing, Detail, FrontLine, Wish, front};
use crate::outlook::{Counted, Counting};
use crate::pile::{Citation, Numbers, Pile};
use crate::table::Record;

/// An event with all that tells it.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// It, spans in bytes of the reports.
    pub event: Event,
    /// In a sentence of ours, where what is known makes one.
    pub sentence: Option<String>,
    /// The sentences that that one rests on, the first first.
    pub citations: Vec<Citation>,
    /// The reports that tell it, by day of publication.
    pub reports: Vec<(Report, Reading)>,
}

/// A report as a list names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReportEntry {
    /// Its id.
    pub id: String,
    /// Its title, given or found.
    pub title: Option<String>,
    /// Its outlet, given or found.
    pub outlet: Option<String>,
    /// First day on which it may have been published.
    pub published_from: Option<String>,
    /// Last such day.
    pub published_to: Option<String>,
    /// Sentences.
    pub n_sentences: usize,
    /// Claims read from it.
    pub n_claims: usize,
    /// Where it was published.
    pub url: Option<String>,
}

impl Record for ReportEntry {
    const COLUMNS: &'static [&'static str] =
        &["id", "title", "outlet", "published_from", "published_to", "n_sentences", "n_claims", "url"];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            self.id.clone(),
            text(&self.title),
            text(&self.outlet),
            text(&self.published_from),
            text(&self.published_to),
            self.n_sentences.to_string(),
            self.n_claims.to_string(),
            text(&self.url),
        ]
    }
}

/// A report with what was read of it, and the events that its claims are part of.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The report.
    pub report: Report,
    /// Its reading.
    pub reading: Reading,
    /// The event of each of its claims, by the claim's id.
    pub events: BTreeMap<String, String>,
}

impl Archive {
    /// Number of the last change: what is asked twice at one revision is answered alike.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn revision(&self) -> Result<i64> {
        self.blamed(revision::latest(&self.connection))
    }

    /// Whether the stored events follow from all that is in the archive; while another process adds reports they do not yet.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn is_current(&self) -> Result<bool> {
        self.blamed(fuse::is_fresh(&self.connection))
    }

    /// Why nothing can be written, if so.
    pub fn is_read_only(&self) -> bool {
        self.refusal.is_some()
    }

    /// Some of the events that fit.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn events(&self, asked: &Asked, order: Order, window: Window) -> Result<Listed<Event>> {
        self.blamed(listing::events(&self.connection, asked, order, window))
    }

    /// The same without what only a page on each would show.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn event_lines(&self, asked: &Asked, order: Order, window: Window) -> Result<Listed<EventLine>> {
        self.blamed(listing::lines(&self.connection, asked, order, window))
    }

    /// The places of events that fit, those with most first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn spots(&self, asked: &Asked) -> Result<Vec<Spot>> {
        self.blamed(listing::spots(&self.connection, asked))
    }

    /// How many events fit, by kind.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn facets(&self, asked: &Asked) -> Result<Facets> {
        self.blamed(listing::facets(&self.connection, asked))
    }

    /// How many events that fit began in each day, month or year: spans of 10, 7 or 4 letters.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn histogram(&self, asked: &Asked, letters: usize) -> Result<Vec<(String, usize)>> {
        self.blamed(listing::histogram(&self.connection, asked, letters))
    }

    /// Events with an attribute on which their reports differ in one of some ways.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn differences(
        &self,
        asked: &Asked,
        verdicts: &[annalist_schema::Verdict],
        window: Window,
    ) -> Result<Listed<(Event, String)>> {
        self.blamed(listing::differences(&self.connection, asked, verdicts, window))
    }

    /// The parties of events that fit, the busiest first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn parties(&self, asked: &Asked, window: Window) -> Result<Listed<PartyLine>> {
        self.blamed(listing::parties(&self.connection, asked, window))
    }

    /// What some parties do to one another.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn pairs(&self, asked: &Asked, among: &BTreeSet<String>) -> Result<Vec<PairLine>> {
        self.blamed(listing::pairs(&self.connection, asked, among))
    }

    /// Some of the posture series.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn postures(&self, window: Window) -> Result<Listed<annalist_schema::PostureSeries>> {
        self.blamed(listing::of_table(&self.connection, derived::POSTURES, window))
    }

    /// Some of the processes.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn processes(&self, window: Window) -> Result<Listed<annalist_schema::Process>> {
        self.blamed(listing::of_table(&self.connection, derived::PROCESSES, window))
    }

    /// Some of the events, arranged with their sentences as lists and tables take them. Reports are numbered among
    /// themselves.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn arrange(&self, situation: Situation) -> Result<Briefing> {
        let behind = super::reports_behind(&situation);
        let ids: Vec<String> = behind.iter().map(|id| (*id).to_owned()).collect();
        let numbers = Numbers::new(ids.iter().cloned());
        let named = self.named_heads(&numbers, ids.clone())?;
        self.arranged(Arranging::list(Wish::of(Detail::Whole)), situation, ids, named)
    }

    /// An event by an id that it has or had, or by a claim of it, with its reports.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn sight(&self, id: &str) -> Result<Option<Sight>> {
        let Some(event) = self.blamed(find_by_claim(&self.connection, id))? else { return Ok(None) };
        let ids: BTreeSet<&str> = event.claims.iter().map(|claim| claim.report.as_str()).collect();
        let entries = self.blamed(store::cited(&self.connection, &ids))?;
        let mut reports = Vec::with_capacity(entries.len());
        for (report, mut reading) in entries {
            if let Some((head, notes)) = self.blamed(store::head(&self.connection, &report.id))? {
                (reading.report, reading.notes) = (head, notes);
            }
            reports.push((report, reading));
        }
        let pile = Pile::new(reports);
        let published = known(pile.entries().iter().map(|(report, reading)| {
            (report.id.clone(), reading.report.published.as_ref().map(|published| published.value))
        }));
        let told = tell(&Source::new(&event, &pile, &published, None));
        let (sentence, citations) = told.map_or((None, Vec::new()), |told| (Some(told.text), told.citations));
        Ok(Some(Sight { event, sentence, citations, reports: pile.entries().to_vec() }))
    }

    /// The key points of a briefing, each with its event and sentences.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn key_points(&self, most: usize) -> Result<Vec<FrontLine>> {
        let words = EventType::ALL.iter().filter(|one| rank_of_words(**one).is_some());
        let words: Vec<_> = words.map(|one| one.as_str()).collect();
        let events = self.blamed(listing::weightiest(&self.connection, &words, front::N_KEPT))?;
        let ids: BTreeSet<&str> =
            events.iter().flat_map(|event| &event.claims).map(|claim| claim.report.as_str()).collect();
        let pile = Pile::new(self.blamed(store::cited(&self.connection, &ids))?);
        let published = self.blamed(days_of_all(&self.connection))?;
        Ok(front::points(&events, &published, &pile, most))
    }

    /// What is counted by day of the events that fit, as of the last day of a report; `None` where no report has one.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn counted(&self, asked: &Asked, name: &str) -> Result<Option<(Counted, Date)>> {
        let days = self.blamed(days_of_all(&self.connection))?;
        let heads: Vec<_> = days.into_iter().map(|(id, days)| (id, head_of(days))).collect();
        let mut counting = Counting::new(heads.iter().map(|(id, head)| (id.as_str(), head)));
        let Some(as_of) = counting.last_day() else { return Ok(None) };
        for event in self.events(asked, Order::Day, Window::first(MOST_COUNTED))?.rows {
            counting.take(&event);
        }
        Ok(Some((counting.finish(name, as_of), as_of)))
    }

    /// Some of the reports that count, the last published first; of an outlet, or with some words in a title or id.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn reports(
        &self,
        outlet: Option<&str>,
        words: Option<&str>,
        window: Window,
    ) -> Result<Listed<ReportEntry>> {
        self.blamed(reports(&self.connection, outlet, words, window))
    }

    /// The outlets of the reports that count, those with most first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn outlets(&self) -> Result<Vec<(String, usize)>> {
        self.blamed(listing::outlets(&self.connection))
    }

    /// The first and the last day on which its reports may have been published, if any is dated.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn published(&self) -> Result<Option<(String, String)>> {
        let days = self.blamed(days_of_all(&self.connection))?;
        let first = days.values().map(|days| days.earliest).min();
        let last = days.values().map(|days| days.latest).max();
        Ok(first.zip(last).map(|(first, last)| (first.to_string(), last.to_string())))
    }

    /// A report that counts, with what was read of it.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<Seen>> {
        let Some((report, reading)) = self.blamed(store::entry(&self.connection, id))? else {
            return Ok(None);
        };
        let events = self.blamed(events_of(&self.connection, id))?;
        Ok(Some(Seen { report, reading, events }))
    }

    /// Some of the sentences with all of some words, the best first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn sentences(&self, words: &str, window: Window) -> Result<Listed<super::Found>> {
        self.blamed(search::window(&self.connection, words, window))
    }

    /// Some of what changed since a day or a revision, the last first.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn latest_changes(
        &self,
        since: super::Since,
        kind: Option<&str>,
        window: Window,
    ) -> Result<Listed<Logged>> {
        self.blamed(log::window(&self.connection, since, kind, window))
    }

    /// How many changes of each kind there were since.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn kinds_of_changes(&self, since: super::Since) -> Result<Vec<(String, usize)>> {
        self.blamed(log::kinds(&self.connection, since))
    }
}

/// Events that are counted at most.
const MOST_COUNTED: usize = 20_000;

/// A report of which only the days of publication are known.
fn head_of(value: DayInterval) -> ReportHead {
    let published = Published { value, basis: PublishedBasis::Given, why: Vec::new(), odds: Vec::new() };
    ReportHead { published: Some(published), ..ReportHead::default() }
}

/// Like [`find::event_or_claims`], by the index of claims.
fn find_by_claim(connection: &Connection, id: &str) -> rusqlite::Result<Option<Event>> {
    if let Some(event) = find::event(connection, id)? {
        return Ok(Some(event));
    }
    let Ok(ClaimRef { report, claim }) = id.parse::<ClaimRef>() else { return Ok(None) };
    let sql = "SELECT body FROM event JOIN event_claim USING (event_idx) WHERE report = ?1 AND claim = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row([report, claim], |row| Ok(row.get::<_, Json<Event>>(0)?.0)).optional()
}

fn known(days: impl Iterator<Item = (String, Option<DayInterval>)>) -> PublishedDays {
    days.filter_map(|(id, days)| Some((id, days?))).collect()
}

/// When reports were published, as far as it says anything.
fn days_of_all(connection: &Connection) -> rusqlite::Result<PublishedDays> {
    let sql = "SELECT id, published_from, published_to FROM report_line
               WHERE published_from IS NOT NULL AND published_to IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        let day = |column| Ok::<_, rusqlite::Error>(row.get::<_, String>(column)?.parse::<Date>().ok());
        Ok((row.get(0)?, day(1)?.zip(day(2)?).map(|(from, to)| DayInterval::new(from, to))))
    })?;
    let days = rows.collect::<rusqlite::Result<Vec<(String, Option<DayInterval>)>>>()?;
    let is_telling = |days: &DayInterval| crate::briefing::arrange::is_telling_days(*days);
    Ok(known(days.into_iter().map(|(id, days)| (id, days.filter(is_telling)))))
}

/// The event of each claim of a report.
fn events_of(connection: &Connection, report: &str) -> rusqlite::Result<BTreeMap<String, String>> {
    let sql = "SELECT claim, id FROM event_claim JOIN event USING (event_idx) WHERE report = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn reports(
    connection: &Connection,
    outlet: Option<&str>,
    words: Option<&str>,
    window: Window,
) -> rusqlite::Result<Listed<ReportEntry>> {
    let from = "FROM report_line WHERE (?1 IS NULL OR outlet = ?1)
        AND (?2 IS NULL OR instr(lower(coalesce(title, '') || ' ' || id), lower(?2)))";
    let count = format!("SELECT count(*) {from}");
    let total: i64 =
        connection.prepare_cached(&count)?.query_row(params![outlet, words], |row| row.get(0))?;
    let sql = format!(
        "SELECT found.id, found.title, found.outlet, published_from, published_to,
                (SELECT count(*) FROM sentence WHERE sentence.report_idx = found.report_idx),
                (SELECT count(*) FROM claim WHERE claim.report_idx = found.report_idx), url
         FROM (SELECT * {from} ORDER BY published_to DESC, report_idx DESC LIMIT {} OFFSET {}) AS found
         JOIN report USING (report_idx) ORDER BY published_to DESC, report_idx DESC",
        window.limit, window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![outlet, words], |row| {
        let n = |column| row.get::<_, i64>(column).map(|n| usize::try_from(n).unwrap_or_default());
        Ok(ReportEntry {
            id: row.get(0)?,
            title: row.get(1)?,
            outlet: row.get(2)?,
            published_from: row.get(3)?,
            published_to: row.get(4)?,
            n_sentences: n(5)?,
            n_claims: n(6)?,
            url: row.get(7)?,
        })
    })?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Listed { rows, total: usize::try_from(total).unwrap_or_default() })
}
