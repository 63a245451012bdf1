//! *How do reports and readings go into the archive and come out again?* Byte for byte, and never twice.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{Claim, DayInterval, Note, Reading, Report, ReportHead, Span};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::json::{Json, text};
use super::seal::{hash, seal_report};

/// How a report stands to those of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its id is free.
    New,
    /// It is there.
    Kept,
    /// Another report has its id; the two in words.
    Other {
        /// The one in the archive.
        kept: String,
        /// The one given.
        given: String,
    },
}

/// Compares a report with the one of its id, if there is one.
pub fn standing(connection: &Connection, given: &Report) -> rusqlite::Result<Standing> {
    let sql = "SELECT * FROM report WHERE id = ?1 AND withdrawn IS NULL";
    let kept = connection.prepare_cached(sql)?.query_row([&given.id], report).optional()?;
    Ok(kept.map_or(Standing::New, |kept| Standing::between(&kept, given)))
}

impl Standing {
    /// How a report stands to another of its id.
    pub fn between(kept: &Report, given: &Report) -> Self {
        // What was noted on the way in is no part of a report.
        let given = &Report { notes: kept.notes.clone(), ..given.clone() };
        if kept == given {
            return Self::Kept;
        }
        let in_words = if kept.text == given.text { metadata } else { appearance };
        Self::Other { kept: in_words(kept), given: in_words(given) }
    }
}

/// `the text “Rebels attacked a village …” (823 bytes, SHA-256 0a1b2c3d…)`.
fn appearance(report: &Report) -> String {
    let text = &report.text;
    let words: Vec<_> = text.split_whitespace().take(6).collect();
    format!("the text “{} …” ({} bytes, SHA-256 {}…)", words.join(" "), text.len(), &hash(&[text])[..8])
}

/// Reports of one text differ in what is said about them.
fn metadata(report: &Report) -> String {
    let published = report.published.map(|days| days.format()).or(report.published_unread.clone());
    let fields = [
        ("published", &published),
        ("title", &report.title),
        ("outlet", &report.outlet),
        ("url", &report.url),
        ("lang", &report.lang),
    ];
    let said = fields.map(|(name, value)| format!("{name} {}", value.as_deref().unwrap_or("unknown")));
    let n_triggers = report.triggers.as_ref().map_or(0, Vec::len);
    format!("a report with {} and {n_triggers} triggers", said.join(", "))
}

/// Stores a report that is new.
pub fn insert(
    transaction: &Transaction<'_>,
    revision: i64,
    report: &Report,
    reading: &Reading,
    reader: &str,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO report (id, hash, text, title, outlet, url, lang, published, published_unread, triggers, added)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    transaction.prepare_cached(sql)?.execute(params![
        report.id,
        hash(&[&report.text]),
        report.text,
        report.title,
        report.outlet,
        report.url,
        report.lang,
        report.published.map(|days| days.format()),
        report.published_unread,
        report.triggers.as_ref().map(Json),
        revision,
    ])?;
    let report_idx = transaction.last_insert_rowid();
    insert_reading(transaction, report_idx, reading, reader)?;
    insert_claims(transaction, report_idx, reading)?;
    insert_sentences(transaction, report_idx, report, reading)?;
    seal_report(transaction, report_idx)
}

fn insert_reading(
    transaction: &Transaction<'_>,
    report_idx: i64,
    reading: &Reading,
    reader: &str,
) -> rusqlite::Result<()> {
    let days = reading.report.published.as_ref().map(|published| published.value);
    let [head, timexes, toponyms, mentions, postures, process_states, notes, fingerprint] = [
        text(&reading.report)?,
        text(&reading.timexes)?,
        text(&reading.toponyms)?,
        text(&reading.mentions)?,
        text(&reading.postures)?,
        text(&reading.process_states)?,
        text(&reading.notes)?,
        text(&reading.fingerprint)?,
    ];
    let claims = reading.claims.iter().map(text).collect::<rusqlite::Result<Vec<_>>>()?;
    let parts = [&head, &timexes, &toponyms, &mentions, &postures, &process_states, &notes, &fingerprint];
    let parts: Vec<&str> = parts.into_iter().chain(&claims).map(String::as_str).collect();
    let sql = "INSERT INTO reading VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    transaction.prepare_cached(sql)?.execute(params![
        report_idx,
        reader,
        hash(&parts),
        days.map(|days| days.earliest.to_string()),
        days.map(|days| days.latest.to_string()),
        head,
        timexes,
        toponyms,
        mentions,
        postures,
        process_states,
        notes,
        fingerprint,
    ])?;
    Ok(())
}

fn insert_claims(transaction: &Transaction<'_>, report_idx: i64, reading: &Reading) -> rusqlite::Result<()> {
    let sql = "INSERT INTO claim (report_idx, position, id, body) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = transaction.prepare_cached(sql)?;
    for (position, claim) in reading.claims.iter().enumerate() {
        statement.execute(params![report_idx, position as i64, claim.id, Json(claim)])?;
    }
    Ok(())
}

fn insert_sentences(
    transaction: &Transaction<'_>,
    report_idx: i64,
    report: &Report,
    reading: &Reading,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO sentence (report_idx, number, first_byte, end_byte) VALUES (?1, ?2, ?3, ?4)";
    let mut place = transaction.prepare_cached(sql)?;
    let mut index =
        transaction.prepare_cached("INSERT INTO sentence_search (rowid, text) VALUES (?1, ?2)")?;
    for (number, span) in reading.sentences.iter().enumerate() {
        place.execute(params![report_idx, number as i64 + 1, span.start, span.end])?;
        index.execute(params![transaction.last_insert_rowid(), span.of(&report.text)])?;
    }
    Ok(())
}

/// Marks a report as withdrawn and gives it; `None` if none of that id counts.
pub fn withdraw(
    transaction: &Transaction<'_>,
    revision: i64,
    id: &str,
) -> rusqlite::Result<Option<(Report, Reading)>> {
    let entry = entry(transaction, id)?;
    if entry.is_some() {
        let sql = "UPDATE report SET withdrawn = ?1 WHERE id = ?2 AND withdrawn IS NULL";
        transaction.execute(sql, params![revision, id])?;
    }
    Ok(entry)
}

/// Reports that count, as of a day; the reading decides when a report was published.
const LIVE: &str = "FROM report JOIN reading USING (report_idx)
    WHERE withdrawn IS NULL AND (?1 IS NULL OR published_to <= ?1)";

/// What fusion needs of the readings that count, sorted by id, with the numbers of their reports: timexes, toponyms,
/// mentions and sentences are left in the file.
pub fn readings(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Vec<(i64, Reading)>> {
    let sql = format!(
        "SELECT report_idx, id, head, postures, process_states, notes, fingerprint {LIVE} ORDER BY id"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let day = as_of.map(|day| day.to_string());
    let rows = statement.query_map([day], |row| Ok((row.get(0)?, lean_reading(row)?)))?;
    rows.map(|row| {
        let (report_idx, reading): (i64, Reading) = row?;
        Ok((report_idx, Reading { claims: claims(connection, report_idx)?, ..reading }))
    })
    .collect()
}

/// The same of one report by its number.
pub fn reading(connection: &Connection, report_idx: i64) -> rusqlite::Result<Reading> {
    let sql = "SELECT report_idx, id, head, postures, process_states, notes, fingerprint
               FROM report JOIN reading USING (report_idx) WHERE report_idx = ?1";
    let reading = connection.prepare_cached(sql)?.query_row([report_idx], lean_reading)?;
    Ok(Reading { claims: claims(connection, report_idx)?, ..reading })
}

/// How many reports count.
pub fn n_reports(connection: &Connection) -> rusqlite::Result<i64> {
    let sql = "SELECT count(*) FROM report INDEXED BY report_once WHERE withdrawn IS NULL";
    connection.query_row(sql, [], |row| row.get(0))
}

/// The number of a report that counts.
pub fn number(connection: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT report_idx FROM report WHERE id = ?1 AND withdrawn IS NULL";
    connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()
}

fn lean_reading(row: &Row<'_>) -> rusqlite::Result<Reading> {
    Ok(Reading {
        id: row.get("id")?,
        report: row.get::<_, Json<_>>("head")?.0,
        postures: row.get::<_, Json<_>>("postures")?.0,
        process_states: row.get::<_, Json<_>>("process_states")?.0,
        notes: row.get::<_, Json<_>>("notes")?.0,
        fingerprint: row.get::<_, Json<_>>("fingerprint")?.0,
        ..Reading::default()
    })
}

/// Ids of the reports that count, as of a day, in the order of [`Pile`](crate::pile::Pile). Their texts are not read.
pub fn numbered(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT id FROM report INDEXED BY report_once JOIN reading USING (report_idx)
               WHERE withdrawn IS NULL AND (?1 IS NULL OR published_to <= ?1)
               ORDER BY published_from, published_to, id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([as_of.map(|day| day.to_string())], |row| row.get(0))?;
    rows.collect()
}

/// Ids of the reports that count, with their outlets.
pub fn outlets(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<String>)>> {
    let sql =
        "SELECT id, head ->> '$.outlet' FROM report INDEXED BY report_once JOIN reading USING (report_idx)
               WHERE withdrawn IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// What read each report that counts, by id.
pub fn readers(connection: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let sql = "SELECT id, reader FROM report JOIN reading USING (report_idx) WHERE withdrawn IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Reports that count with their whole readings, sorted by id.
pub fn entries(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Vec<(Report, Reading)>> {
    let mut statement = connection.prepare_cached(&format!("SELECT * {LIVE} ORDER BY id"))?;
    let day = as_of.map(|day| day.to_string());
    let rows = statement.query_map([day], |row| whole(connection, row))?;
    rows.collect()
}

/// Some reports that count, with what a page says of their readings: sentences and claims.
pub fn cited(connection: &Connection, ids: &BTreeSet<&str>) -> rusqlite::Result<Vec<(Report, Reading)>> {
    let sql = "SELECT * FROM report WHERE id = ?1 AND withdrawn IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let cited = |row: &Row<'_>| {
        let (report_idx, report) = (row.get("report_idx")?, report(row)?);
        let (sentences, claims) = (sentences(connection, report_idx)?, claims(connection, report_idx)?);
        Ok((report, Reading { sentences, claims, ..Reading::default() }))
    };
    ids.iter().filter_map(|id| statement.query_row([id], cited).optional().transpose()).collect()
}

/// What is said of a report that counts as a whole: of its title, outlet and date, and what was noted.
pub fn head(connection: &Connection, id: &str) -> rusqlite::Result<Option<(ReportHead, Vec<Note>)>> {
    let sql =
        "SELECT head, notes FROM report JOIN reading USING (report_idx) WHERE id = ?1 AND withdrawn IS NULL";
    let row = |row: &Row<'_>| Ok((row.get::<_, Json<_>>(0)?.0, row.get::<_, Json<_>>(1)?.0));
    connection.prepare_cached(sql)?.query_row([id], row).optional()
}

/// A report that counts, with its whole reading.
pub fn entry(connection: &Connection, id: &str) -> rusqlite::Result<Option<(Report, Reading)>> {
    let sql = "SELECT * FROM report JOIN reading USING (report_idx) WHERE id = ?1 AND withdrawn IS NULL";
    connection.prepare_cached(sql)?.query_row([id], |row| whole(connection, row)).optional()
}

fn whole(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<(Report, Reading)> {
    let report_idx = row.get("report_idx")?;
    let reading = Reading {
        timexes: row.get::<_, Json<_>>("timexes")?.0,
        toponyms: row.get::<_, Json<_>>("toponyms")?.0,
        mentions: row.get::<_, Json<_>>("mentions")?.0,
        sentences: sentences(connection, report_idx)?,
        claims: claims(connection, report_idx)?,
        ..lean_reading(row)?
    };
    Ok((report(row)?, reading))
}

fn report(row: &Row<'_>) -> rusqlite::Result<Report> {
    let published: Option<String> = row.get("published")?;
    Ok(Report {
        id: row.get("id")?,
        text: row.get("text")?,
        published: published.as_deref().and_then(DayInterval::parse),
        published_unread: row.get("published_unread")?,
        title: row.get("title")?,
        outlet: row.get("outlet")?,
        url: row.get("url")?,
        lang: row.get("lang")?,
        triggers: row.get::<_, Option<Json<_>>>("triggers")?.map(|json| json.0),
        notes: Vec::new(),
    })
}

fn claims(connection: &Connection, report_idx: i64) -> rusqlite::Result<Vec<Claim>> {
    let sql = "SELECT body FROM claim WHERE report_idx = ?1 ORDER BY position";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([report_idx], |row| Ok(row.get::<_, Json<Claim>>(0)?.0))?;
    rows.collect()
}

fn sentences(connection: &Connection, report_idx: i64) -> rusqlite::Result<Vec<Span>> {
    let sql = "SELECT first_byte, end_byte FROM sentence WHERE report_idx = ?1 ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([report_idx], |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
