//! *Is every byte as it was written?* And if not: is what came in hurt, or only what follows from it?
//!
//! What is kept is held against its seals, what is derived is made anew and compared. What nothing rests on is not looked at:
//! free pages, the space between rows, and the counters of the header.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use super::{file, follow, fuse, layout, seal};

/// What is wrong, in words.
#[derive(Debug)]
pub enum Fault {
    /// With reports, readings, decisions or the log: no program can make them anew.
    Kept(String),
    /// With what follows from them.
    Derived(String),
}

/// Tables of what is kept.
const KEPT: &[&str] =
    &["revision", "report", "reading", "claim", "sentence", "change_log", "decision", "seal"];

fn is_derived(table: &str) -> bool {
    !KEPT.contains(&table)
}

/// The first thing that is wrong; `None` if the archive is intact.
pub fn first_fault(connection: &Connection, path: &Path) -> rusqlite::Result<Option<Fault>> {
    if let Some(fault) = of_file(connection, path)? {
        return Ok(Some(fault));
    }
    Ok(match fault_of_kept(connection)? {
        Some(found) => Some(Fault::Kept(found)),
        None => fault_of_derived(connection)?.map(Fault::Derived),
    })
}

/// The first thing that is wrong with what is kept, in words.
pub fn fault_of_kept(connection: &Connection) -> rusqlite::Result<Option<String>> {
    Ok(match seal::first_other_text(connection)? {
        None => seal::first_broken(connection)?,
        fault => fault,
    })
}

fn fault_of_derived(connection: &Connection) -> rusqlite::Result<Option<String>> {
    match of_search(connection)? {
        None => of_fusion(connection),
        fault => Ok(fault),
    }
}

fn of_file(connection: &Connection, path: &Path) -> rusqlite::Result<Option<Fault>> {
    if let Some(fault) = file::fault_of_header(path).unwrap_or_else(|error| Some(error.to_string())) {
        return Ok(Some(Fault::Kept(fault)));
    }
    for check in [of_pages, of_layout, of_references] {
        if let Some(fault) = check(connection)? {
            return Ok(Some(fault));
        }
    }
    Ok(None)
}

/// Pages that do not hang together are looked for table by table, so that the layer can be named.
fn of_pages(connection: &Connection) -> rusqlite::Result<Option<Fault>> {
    let check = |table: Option<&str>| -> rusqlite::Result<Option<String>> {
        let of = table.map_or_else(|| "1".to_owned(), |table| format!("'{table}'"));
        let found: String =
            connection.query_row(&format!("PRAGMA integrity_check({of})"), [], |row| row.get(0))?;
        Ok((found != "ok").then(|| found.split_whitespace().collect::<Vec<_>>().join(" ")))
    };
    let Some(found) = check(None)? else { return Ok(None) };
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let tables = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let (kept, derived): (Vec<_>, Vec<_>) = tables.into_iter().partition(|table| !is_derived(table));
    for table in kept {
        if let Some(found) = check(Some(&table))? {
            return Ok(Some(Fault::Kept(format!("a fault in table `{table}` ({found})"))));
        }
    }
    for table in derived {
        if let Some(found) = check(Some(&table))? {
            return Ok(Some(Fault::Derived(format!("a fault in table `{table}` ({found})"))));
        }
    }
    Ok(Some(Fault::Kept(found)))
}

/// The statements that made the tables are those of this program.
fn of_layout(connection: &Connection) -> rusqlite::Result<Option<Fault>> {
    let (found, expected) = (layout::statements(connection)?, layout::expected_statements()?);
    let other = found.iter().find(|statement| !expected.contains(statement));
    let other = other.or_else(|| expected.iter().find(|statement| !found.contains(statement)));
    Ok(other.map(|(kind, name, table, _)| {
        let found =
            format!("a {kind} `{name}` of table `{table}` that is laid out otherwise than this program does");
        if is_derived(table) { Fault::Derived(found) } else { Fault::Kept(found) }
    }))
}

fn of_references(connection: &Connection) -> rusqlite::Result<Option<Fault>> {
    let table =
        connection.query_row("PRAGMA foreign_key_check", [], |row| row.get::<_, String>(0)).optional()?;
    Ok(table.map(|table| {
        let found = format!("a row of table `{table}` that points to nothing");
        if is_derived(&table) { Fault::Derived(found) } else { Fault::Kept(found) }
    }))
}

/// The search index must hold the words of the sentences, and nothing else. The database only looks at one that it may
/// write to, so another is copied for it.
fn of_search(connection: &Connection) -> rusqlite::Result<Option<String>> {
    if !connection.is_readonly("main")? {
        return fault_of_search(connection);
    }
    let copy = std::env::temp_dir().join(format!("annalist-check-{}.db", std::process::id()));
    let outcome = connection
        .execute("VACUUM INTO ?1", [copy.display().to_string()])
        .and_then(|_| fault_of_search(&Connection::open(&copy)?));
    let _ = std::fs::remove_file(copy);
    outcome
}

fn fault_of_search(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let sql = "INSERT INTO sentence_search (sentence_search, rank) VALUES ('integrity-check', 1)";
    match connection.execute(sql, []) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
            Ok(Some(format!("an index of sentences that does not fit them ({error})")))
        }
        outcome => outcome.map(|_| None),
    }
}

/// Where the derived layer claims to be up to date, it is what the readings give.
fn of_fusion(connection: &Connection) -> rusqlite::Result<Option<String>> {
    if fuse::is_fresh(connection)? { follow::first_difference(connection) } else { Ok(None) }
}
