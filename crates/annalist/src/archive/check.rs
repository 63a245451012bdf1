//! *Is every byte as it was written?*

use rusqlite::{Connection, OptionalExtension, Row};

use super::store::hash;
use super::{derived, fuse};

/// The first thing that is wrong, in words; `None` if the archive is intact.
pub fn first_fault(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let checks = [of_pages, of_references, of_reports, of_readings, of_search, of_fusion];
    for check in checks {
        if let Some(fault) = check(connection)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

fn of_pages(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    Ok((found != "ok").then_some(found))
}

fn of_references(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let table =
        connection.query_row("PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0)).optional()?;
    Ok(table.map(|table| format!("a row of table `{table}` that points to nothing")))
}

fn of_reports(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("SELECT id, hash, text FROM report")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, kept, text): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if hash(&[&text]) != kept {
            return Ok(Some(format!(
                "report `{id}` with a text that has not the SHA-256 it was stored with"
            )));
        }
    }
    Ok(None)
}

fn of_readings(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT id, reading.hash, head, timexes, toponyms, mentions, postures, process_states, notes, fingerprint,
                   report_idx FROM reading JOIN report USING (report_idx)";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, kept): (String, String) = (row.get(0)?, row.get(1)?);
        if hash_of_reading(connection, row)? != kept {
            return Ok(Some(format!("the reading of report `{id}` without the SHA-256 it was stored with")));
        }
    }
    Ok(None)
}

fn hash_of_reading(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<String> {
    let mut parts = (2..10).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<String>>>()?;
    let sql = "SELECT body FROM claim WHERE report_idx = ?1 ORDER BY position";
    let mut statement = connection.prepare_cached(sql)?;
    let claims = statement.query_map([row.get::<_, i64>(10)?], |row| row.get(0))?;
    parts.extend(claims.collect::<rusqlite::Result<Vec<String>>>()?);
    Ok(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The search index must hold the words of the sentences, and nothing else.
fn of_search(connection: &Connection) -> rusqlite::Result<Option<String>> {
    if connection.is_readonly("main")? {
        return Ok(None);
    }
    let sql = "INSERT INTO sentence_search (sentence_search, rank) VALUES ('integrity-check', 1)";
    Ok(connection
        .execute(sql, [])
        .err()
        .map(|error| format!("an index of sentences that does not fit them: {error}")))
}

/// Where the derived layer claims to be up to date, it is what the readings give.
fn of_fusion(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let is_right =
        !fuse::is_fresh(connection)? || derived::load(connection)? == fuse::fuse(connection, None)?;
    Ok((!is_right)
        .then(|| "a derived layer that does not follow from the readings; `rebuild` makes it anew".into()))
}
