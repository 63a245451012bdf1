//! *How is what binds claims kept?* So that a report comes in without all others being compared again.

use std::collections::{BTreeMap, BTreeSet};

use annalist_reconcile::{Card, Lead, WINDOW, leads};
use annalist_schema::Reading;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::json::Json;

/// A report with what linking knows of it.
pub struct Known {
    /// Its id.
    pub id: String,
    /// Ids of its claims, each at its place.
    pub claims: Vec<String>,
    /// What is compared.
    pub card: Card,
}

impl Known {
    /// Of a reading that nothing was rejected of, or without what was.
    pub fn new(reading: &Reading) -> Self {
        let claims = Card::claim_ids(reading).into_iter().map(str::to_owned).collect();
        Self { id: reading.id.clone(), claims, card: Card::new(reading) }
    }
}

/// A claim: number of its report, and its place among the report's claims by id.
pub type At = (i64, u32);

/// Bytes that all places of one shelf begin with.
const SHELF: usize = 8;

/// Keeps everything that binds the claims of some readings, numbered and sorted by id, in empty tables.
pub fn fill(transaction: &Transaction<'_>, readings: &[(i64, Reading)]) -> rusqlite::Result<()> {
    for table in ["head", "card", "place", "lead", "print"] {
        transaction.execute(&format!("DELETE FROM {table}"), [])?;
    }
    let all: Vec<_> = readings.iter().map(|(_, reading)| Known::new(reading)).collect();
    let mut places = Vec::new();
    for ((report_idx, reading), known) in readings.iter().zip(&all) {
        insert_card(transaction, *report_idx, known)?;
        insert_prints(transaction, *report_idx, reading)?;
        let own = known.card.places().into_iter();
        places.extend(own.map(|(place, position)| (place, (*report_idx, position))));
    }
    // In their order they are written many times faster.
    places.sort_unstable();
    places.iter().try_for_each(|(place, at)| insert_place(transaction, place, *at))?;
    let at = |(report, position): (u32, u32)| (readings[report as usize].0, position);
    for lead in leads(&all.iter().map(|known| &known.card).collect::<Vec<_>>()) {
        let Lead { from, to, by_kin, likely } = lead;
        insert(transaction, at(from), at(to), by_kin, likely)?;
    }
    Ok(())
}

/// Keeps what tells how alike a report is to others, and what linking knows of it.
pub fn insert_card(connection: &Connection, report_idx: i64, known: &Known) -> rusqlite::Result<()> {
    let sql = "INSERT INTO head (report_idx, body) VALUES (?1, ?2)";
    connection.prepare_cached(sql)?.execute(params![report_idx, known.card.head()])?;
    let sql = "INSERT INTO card (report_idx, id, claims, body) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = connection.prepare_cached(sql)?;
    insert.execute(params![report_idx, known.id, Json(&known.claims), known.card.to_bytes()])?;
    Ok(())
}

/// What linking knows of a report, if it is kept.
pub fn known(connection: &Connection, report_idx: i64) -> rusqlite::Result<Option<Known>> {
    let mut statement =
        connection.prepare_cached("SELECT id, claims, body FROM card WHERE report_idx = ?1")?;
    let row = |row: &Row<'_>| {
        let card = Card::from_bytes(row.get_ref(2)?.as_blob()?);
        let (id, claims) = (row.get(0)?, row.get::<_, Json<Vec<String>>>(1)?.0);
        Ok(card.map(|card| Known { id, claims, card }))
    };
    Ok(statement.query_row([report_idx], row).optional()?.flatten())
}

/// Keeps which sentences a report prints; those too short to tell are left out.
pub fn insert_prints(connection: &Connection, report_idx: i64, reading: &Reading) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO print (hash, report_idx) VALUES (?1, ?2)";
    let mut insert = connection.prepare_cached(sql)?;
    for hash in reading.fingerprint.sentences.iter().filter(|hash| **hash != 0) {
        insert.execute(params![hash.cast_signed(), report_idx])?;
    }
    Ok(())
}

/// Puts a claim on a shelf.
pub fn insert_place(connection: &Connection, place: &[u8], at: At) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO place (place, report_idx, position) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute(params![place, at.0, at.1])?;
    Ok(())
}

/// Keeps a lead.
pub fn insert(connection: &Connection, from: At, to: At, by_kin: bool, likely: f64) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO lead (report_idx, position, by_kin, to_report, to_position, likely)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = connection.prepare_cached(sql)?;
    insert.execute(params![from.0, from.1, by_kin, to.0, to.1, likely])?;
    Ok(())
}

/// Whether either of two claims leads to the other, on whatever way.
pub fn are_bound(connection: &Connection, one: At, other: At) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM lead WHERE report_idx = ?1 AND position = ?2 AND by_kin IN (0, 1)
               AND to_report = ?3 AND to_position = ?4";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.exists(params![one.0, one.1, other.0, other.1])?
        || statement.exists(params![other.0, other.1, one.0, one.1])?)
}

/// Forgets a lead by a shared key; whether there was one.
pub fn forget_by_key(connection: &Connection, from: At, to: At) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM lead WHERE report_idx = ?1 AND position = ?2 AND by_kin = 0
               AND to_report = ?3 AND to_position = ?4";
    Ok(connection.prepare_cached(sql)?.execute(params![from.0, from.1, to.0, to.1])? > 0)
}

/// Whether there is a lead by a shared key.
pub fn is_by_key(connection: &Connection, from: At, to: At) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM lead WHERE report_idx = ?1 AND position = ?2 AND by_kin = 0
               AND to_report = ?3 AND to_position = ?4";
    connection.prepare_cached(sql)?.exists(params![from.0, from.1, to.0, to.1])
}

/// The leads of a report's claims through like reports: from, to, log-odds.
pub fn by_kin(connection: &Connection, report_idx: i64) -> rusqlite::Result<BTreeMap<(At, At), f64>> {
    let sql =
        "SELECT position, to_report, to_position, likely FROM lead WHERE report_idx = ?1 AND by_kin = 1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([report_idx], |row| {
        Ok((((report_idx, row.get(0)?), (row.get(1)?, row.get(2)?)), row.get(3)?))
    })?;
    rows.collect()
}

/// Forgets the leads of a report's claims through like reports.
pub fn forget_by_kin(connection: &Connection, report_idx: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM lead WHERE report_idx = ?1 AND by_kin = 1";
    connection.prepare_cached(sql)?.execute([report_idx])?;
    Ok(())
}

/// Where a claim leads to, with the log-odds; a claim may come twice.
pub fn from(connection: &Connection, at: At) -> rusqlite::Result<Vec<(At, f64)>> {
    let sql = "SELECT to_report, to_position, likely FROM lead WHERE report_idx = ?1 AND position = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows =
        statement.query_map(params![at.0, at.1], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    rows.collect()
}

/// Claims that a claim leads to, or that lead to it; one may come more than once.
pub fn around(connection: &Connection, at: At) -> rusqlite::Result<Vec<At>> {
    let sql = "SELECT to_report, to_position FROM lead WHERE report_idx = ?1 AND position = ?2
               UNION ALL SELECT report_idx, position FROM lead WHERE to_report = ?1 AND to_position = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![at.0, at.1], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// The nearest claims before a place on its shelf, the nearest first.
pub fn before(connection: &Connection, place: &[u8]) -> rusqlite::Result<Vec<At>> {
    let sql = "SELECT report_idx, position FROM place WHERE place < ?1 AND place >= ?2 ORDER BY place DESC LIMIT ?3";
    let shelf = &place[..SHELF.min(place.len())];
    near(connection, sql, place, shelf)
}

/// The nearest claims after a place on its shelf, the nearest first.
pub fn after(connection: &Connection, place: &[u8]) -> rusqlite::Result<Vec<At>> {
    let sql =
        "SELECT report_idx, position FROM place WHERE place > ?1 AND place < ?2 ORDER BY place LIMIT ?3";
    let mut end = place[..SHELF.min(place.len())].to_vec();
    // What follows a place of the shelf on a claim without days or with them begins with 0 or 1.
    end.push(2);
    near(connection, sql, place, &end)
}

fn near(connection: &Connection, sql: &str, place: &[u8], end: &[u8]) -> rusqlite::Result<Vec<At>> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows =
        statement.query_map(params![place, end, WINDOW as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Reports that share sentences with some reports, directly or through others, these too.
pub fn sharing(connection: &Connection, reports: &BTreeSet<i64>) -> rusqlite::Result<BTreeSet<i64>> {
    let sql = "SELECT DISTINCT other.report_idx FROM print JOIN print AS other USING (hash) WHERE print.report_idx = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = reports.clone();
    let mut open: Vec<_> = reports.iter().copied().collect();
    while let Some(report_idx) = open.pop() {
        let rows = statement.query_map([report_idx], |row| row.get(0))?;
        for other in rows.collect::<rusqlite::Result<Vec<i64>>>()? {
            if found.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(found)
}
