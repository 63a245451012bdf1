//! *How are the tables of an archive laid out, and how does an older one become one of today?*

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{fuse, seal};

/// `Anna`: says that a database is an archive.
pub const APPLICATION_ID: i64 = 0x416e_6e61;

/// Number of migrations.
pub const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// The first schema whose rows are sealed.
pub const FIRST_SEALED: i64 = 2;

/// Each takes the schema from its index to the next number. Never edit one that was released: append.
const MIGRATIONS: &[&str] = &[include_str!("tables.sql"), include_str!("seals.sql")];

/// Brings the tables of a database up to date, in one transaction; of two processes that find the same missing, one waits
/// for the other. What an older archive holds is sealed if it is as it was written; otherwise the fault is given, in words,
/// and nothing is changed.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<Option<String>> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let is_sealed = done == 0 || done >= FIRST_SEALED;
    if !is_sealed && let Some(fault) = seal::first_other_text(&transaction)? {
        return Ok(Some(fault));
    }
    lay_out(&transaction, done)?;
    if done == 0 {
        fuse::prepare(&transaction)?;
    }
    if !is_sealed {
        seal::seal_all(&transaction)?;
    }
    transaction.commit()?;
    Ok(None)
}

fn lay_out(transaction: &Transaction<'_>, done: i64) -> rusqlite::Result<()> {
    for migration in MIGRATIONS.iter().skip(usize::try_from(done).unwrap_or_default()) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA)
}

/// What made a table, index, trigger or view: its kind, its name, its table, the statement.
pub type Made = (String, String, String, Option<String>);

/// What made the tables of an archive, as the database keeps it.
pub fn statements(connection: &Connection) -> rusqlite::Result<Vec<Made>> {
    let sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    rows.collect()
}

/// The same of an archive that was made by this program.
pub fn expected_statements() -> rusqlite::Result<Vec<Made>> {
    let mut connection = Connection::open_in_memory()?;
    let transaction = connection.transaction()?;
    lay_out(&transaction, 0)?;
    fuse::prepare(&transaction)?;
    transaction.commit()?;
    statements(&connection)
}
