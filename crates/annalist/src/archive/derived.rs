//! *Which rows of the derived layer differ from a situation, and how are they replaced?* Event by event.

use std::collections::{BTreeMap, BTreeSet};

use annalist_reconcile::{Delta, List, copy_rows, posture_rows, process_rows, sort_postures};
use annalist_schema::{Cell, ClaimRef, DayInterval, Event, Process, ReportNote, Situation};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json::{Json, text};
use super::lines;

/// Table of posture series.
pub const POSTURES: &str = "posture";
/// Table of processes.
pub const PROCESSES: &str = "process";
/// Table of copies.
pub const COPIES: &str = "report_copy";
const NOTES: &str = "situation_note";

/// Tables, those that point to others first.
const TABLES: [&str; 16] = [
    "report_line",
    "event_claim",
    "event_line",
    "event_place",
    "event_party",
    "cell",
    "event",
    POSTURES,
    PROCESSES,
    COPIES,
    NOTES,
    "head",
    "card",
    "place",
    "lead",
    "print",
];

/// The stored situation, in the order in which `reconcile` gives it.
pub fn load(connection: &Connection) -> rusqlite::Result<Situation> {
    let mut events: Vec<Event> = bodies(connection, "SELECT body FROM event")?;
    events.sort_by(|one, other| {
        (one.date.is_none(), &one.date, &one.id).cmp(&(other.date.is_none(), &other.date, &other.id))
    });
    let mut postures = bodies(connection, &of_table(POSTURES))?;
    sort_postures(&mut postures);
    let mut processes: Vec<Process> = bodies(connection, &of_table(PROCESSES))?;
    processes.sort_by(|one, other| one.process.cmp(&other.process));
    let copies = bodies(connection, &of_table(COPIES))?;
    let notes = bodies(connection, &of_table(NOTES))?;
    // When undated reports were published rests on the whole pile, so it is worked out anew where it is asked for.
    Ok(Situation { events, postures, processes, copies, dates: Vec::new(), notes })
}

/// The event of an id.
pub fn event(connection: &Connection, id: &str) -> rusqlite::Result<Option<Event>> {
    let mut statement = connection.prepare_cached("SELECT body FROM event WHERE id = ?1")?;
    statement.query_row([id], |row| Ok(row.get::<_, Json<Event>>(0)?.0)).optional()
}

/// The event that a claim is part of, by `report/claim`.
pub fn event_of_claim(connection: &Connection, claim: &str) -> rusqlite::Result<Option<Event>> {
    let sql = "SELECT body FROM event JOIN event_claim USING (event_idx) WHERE report || '/' || claim = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row([claim], |row| Ok(row.get::<_, Json<Event>>(0)?.0)).optional()
}

fn of_table(table: &str) -> String {
    format!("SELECT body FROM {table} ORDER BY key")
}

fn bodies<T: DeserializeOwned + Clone>(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    // A copy has no room to grow in any of its lists, which is half of what is taken by a row that was read.
    let rows = statement.query_map([], |row| Ok(row.get::<_, Json<T>>(0)?.0.clone()))?;
    rows.collect()
}

/// Compares text with text, so that only what differs is read.
pub fn compare(connection: &Connection, situation: &Situation) -> rusqlite::Result<Delta> {
    let mut come: BTreeMap<&str, (&Event, String)> = BTreeMap::new();
    for event in &situation.events {
        come.insert(&event.id, (event, text(event)?));
    }
    let mut gone = BTreeMap::new();
    let mut statement = connection.prepare_cached("SELECT id, body FROM event")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, body): (String, String) = (row.get(0)?, row.get(1)?);
        if come.get(id.as_str()).is_some_and(|(_, text)| *text == body) {
            come.remove(id.as_str());
        } else {
            // A layer that another program made may hold rows that this one cannot read; they are replaced all the same.
            let event = serde_json::from_str(&body).unwrap_or_else(|_| nameless(&id));
            gone.insert(id, event);
        }
    }
    let come = come.into_iter().map(|(id, (event, _))| (id.to_owned(), event.clone())).collect();
    Ok(Delta {
        gone,
        come,
        postures: list(connection, POSTURES, posture_rows(&situation.postures))?,
        processes: list(connection, PROCESSES, process_rows(&situation.processes))?,
        copies: list(connection, COPIES, copy_rows(&situation.copies))?,
        notes: list(connection, NOTES, notes(&situation.notes))?,
    })
}

fn notes(notes: &[ReportNote]) -> BTreeMap<String, ReportNote> {
    notes.iter().enumerate().map(|(position, note)| (format!("{position:08}"), note.clone())).collect()
}

fn nameless(id: &str) -> Event {
    Event { id: id.to_owned(), ..Event::default() }
}

fn list<T>(connection: &Connection, table: &str, after: BTreeMap<String, T>) -> rusqlite::Result<List<T>>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let mut statement = connection.prepare_cached(&format!("SELECT key, body FROM {table}"))?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let stored = rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    let mut before = BTreeMap::new();
    let mut unread = Vec::new();
    for (key, body) in stored {
        match serde_json::from_str(&body) {
            Ok(row) => {
                before.insert(key, row);
            }
            Err(_) => unread.push(key),
        }
    }
    Ok(List { unread, ..List::between(before, after) })
}

/// The stored rows of some keys.
pub fn rows<T: DeserializeOwned>(
    connection: &Connection,
    table: &str,
    keys: &BTreeSet<String>,
) -> rusqlite::Result<BTreeMap<String, T>> {
    let mut statement = connection.prepare_cached(&format!("SELECT body FROM {table} WHERE key = ?1"))?;
    let mut found = BTreeMap::new();
    for key in keys {
        let row = statement.query_row([key], |row| Ok(row.get::<_, Json<T>>(0)?.0)).optional()?;
        found.extend(row.map(|row| (key.clone(), row)));
    }
    Ok(found)
}

/// Replaces the rows that differ.
pub fn apply(transaction: &Transaction<'_>, delta: &Delta) -> rusqlite::Result<()> {
    let mut delete = transaction.prepare_cached("DELETE FROM event WHERE id = ?1")?;
    for id in delta.gone.keys() {
        delete.execute([id])?;
    }
    delta.come.values().try_for_each(|event| insert_event(transaction, event))?;
    replace(transaction, POSTURES, &delta.postures)?;
    replace(transaction, PROCESSES, &delta.processes)?;
    replace(transaction, COPIES, &delta.copies)?;
    replace(transaction, NOTES, &delta.notes)
}

/// Fills empty tables.
pub fn fill(transaction: &Transaction<'_>, situation: &Situation) -> rusqlite::Result<()> {
    apply(transaction, &compare(transaction, situation)?)
}

/// Whether the tables are laid out as this program lays them out.
pub fn is_readable(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "SELECT count(*) = 2 FROM (SELECT 1 FROM pragma_table_info('posture') WHERE name = 'key'
               UNION ALL SELECT 1 FROM pragma_table_info('card') WHERE name = 'body')";
    connection.query_row(sql, [], |row| row.get(0))
}

/// Drops the tables.
pub fn drop(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    TABLES.iter().try_for_each(|table| transaction.execute_batch(&format!("DROP TABLE IF EXISTS {table}")))
}

fn replace<T: Serialize>(transaction: &Transaction<'_>, table: &str, list: &List<T>) -> rusqlite::Result<()> {
    let mut delete = transaction.prepare_cached(&format!("DELETE FROM {table} WHERE key = ?1"))?;
    for key in list.before.keys().chain(&list.unread) {
        delete.execute([key])?;
    }
    let sql = format!("INSERT INTO {table} (key, body) VALUES (?1, ?2)");
    let mut insert = transaction.prepare_cached(&sql)?;
    for (key, row) in &list.after {
        insert.execute(params![key, Json(row)])?;
    }
    Ok(())
}

fn insert_event(transaction: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let days = event.date.as_deref().and_then(DayInterval::parse);
    let place = event.place.as_ref();
    let sql = "INSERT INTO event (id, type, first_day, last_day, place, country, body)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    transaction.prepare_cached(sql)?.execute(params![
        event.id,
        event.event_type.map(|event_type| event_type.as_str()),
        days.map(|days| days.earliest.to_string()),
        days.map(|days| days.latest.to_string()),
        place.and_then(|place| place.name.as_deref()),
        place.and_then(|place| place.country.map(|country| country.to_string())),
        Json(event),
    ])?;
    let event_idx = transaction.last_insert_rowid();
    let sql = "INSERT INTO event_claim (event_idx, report, claim) VALUES (?1, ?2, ?3)";
    let mut member = transaction.prepare_cached(sql)?;
    for ClaimRef { report, claim } in &event.claims {
        member.execute(params![event_idx, report, claim])?;
    }
    lines::insert(transaction, event_idx, event)?;
    event.cells.iter().try_for_each(|cell| insert_cell(transaction, event_idx, cell))
}

fn insert_cell(transaction: &Transaction<'_>, event_idx: i64, cell: &Cell) -> rusqlite::Result<()> {
    let preferred = cell.preferred.as_ref().and_then(|(index, _)| cell.values.get(*index));
    let sql = "INSERT INTO cell (event_idx, attribute, verdict, preferred, n_values, n_origins)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    transaction.prepare_cached(sql)?.execute(params![
        event_idx,
        cell.attribute,
        cell.verdict.as_str(),
        preferred.map(|value| &value.value),
        cell.values.len() as i64,
        cell.origins.len() as i64,
    ])?;
    Ok(())
}
