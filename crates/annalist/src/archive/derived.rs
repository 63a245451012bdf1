//! *Which rows of the derived layer differ from a situation, and how are they replaced?* Event by event.

use std::collections::BTreeMap;

use annalist_schema::{Cell, DayInterval, Event, PostureSeries, Process, Situation};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::json::{Json, text};

/// What differs between the stored layer and a new situation.
#[derive(Debug, Default)]
pub struct Delta {
    /// Events as they are stored that the situation does not hold so; by id.
    pub gone: BTreeMap<String, Event>,
    /// Events of the situation that are not stored so; by id.
    pub come: BTreeMap<String, Event>,
    /// Posture series.
    pub postures: List<PostureSeries>,
    /// Processes.
    pub processes: List<Process>,
    /// Copies and notes, which nobody is told of.
    copies: List<annalist_schema::Copy>,
    notes: List<annalist_schema::ReportNote>,
}

/// A short list that is replaced as a whole.
#[derive(Debug)]
pub struct List<T> {
    /// As stored.
    pub before: Vec<T>,
    /// As it is now.
    pub after: Vec<T>,
    is_different: bool,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self { before: Vec::new(), after: Vec::new(), is_different: false }
    }
}

const POSTURES: &str = "posture";
const PROCESSES: &str = "process";
const COPIES: &str = "report_copy";
const NOTES: &str = "situation_note";

/// Tables, those that point to others first.
const TABLES: [&str; 7] = ["event_claim", "cell", "event", POSTURES, PROCESSES, COPIES, NOTES];

/// The stored situation, in the order in which `reconcile` gives it.
pub fn load(connection: &Connection) -> rusqlite::Result<Situation> {
    let mut events: Vec<Event> = bodies(connection, "SELECT body FROM event")?;
    events.sort_by(|one, other| {
        (one.date.is_none(), &one.date, &one.id).cmp(&(other.date.is_none(), &other.date, &other.id))
    });
    let notes = bodies(connection, &in_order(NOTES))?;
    Ok(Situation {
        events,
        postures: bodies(connection, &in_order(POSTURES))?,
        processes: bodies(connection, &in_order(PROCESSES))?,
        copies: bodies(connection, &in_order(COPIES))?,
        notes,
    })
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

fn in_order(table: &str) -> String {
    format!("SELECT body FROM {table} ORDER BY position")
}

fn bodies<T: DeserializeOwned>(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| Ok(row.get::<_, Json<T>>(0)?.0))?;
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
        postures: list(connection, POSTURES, &situation.postures)?,
        processes: list(connection, PROCESSES, &situation.processes)?,
        copies: list(connection, COPIES, &situation.copies)?,
        notes: list(connection, NOTES, &situation.notes)?,
    })
}

fn nameless(id: &str) -> Event {
    Event { id: id.to_owned(), ..Event::default() }
}

fn list<T>(connection: &Connection, table: &str, after: &[T]) -> rusqlite::Result<List<T>>
where
    T: Serialize + DeserializeOwned + Clone,
{
    let mut statement = connection.prepare_cached(&in_order(table))?;
    let stored = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let new = after.iter().map(text).collect::<rusqlite::Result<Vec<_>>>()?;
    if stored == new {
        return Ok(List::default());
    }
    let before = stored.iter().filter_map(|body| serde_json::from_str(body).ok()).collect();
    Ok(List { before, after: after.to_vec(), is_different: true })
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

/// Drops the tables.
pub fn drop(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    TABLES.iter().try_for_each(|table| transaction.execute_batch(&format!("DROP TABLE IF EXISTS {table}")))
}

fn replace<T: Serialize>(transaction: &Transaction<'_>, table: &str, list: &List<T>) -> rusqlite::Result<()> {
    if !list.is_different {
        return Ok(());
    }
    transaction.execute(&format!("DELETE FROM {table}"), [])?;
    let mut insert =
        transaction.prepare_cached(&format!("INSERT INTO {table} (position, body) VALUES (?1, ?2)"))?;
    for (position, row) in list.after.iter().enumerate() {
        insert.execute(params![position as i64, Json(row)])?;
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
    for (report, claim) in &event.claims {
        member.execute(params![event_idx, report, claim])?;
    }
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
