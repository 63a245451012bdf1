//! *What do the readings of the archive say together?* The one place where the archive meets `reconcile`.
//!
//! The derived layer holds for one revision and one fuser. Behind either, it is worked out again, and only the rows that
//! differ are replaced. Today every reading is reconciled each time; whoever makes that incremental changes [`fuse`] and
//! [`derived::compare`] and nothing else.

use annalist_schema::Situation;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::change::{self, Change};
use super::{derived, revision, store};
use crate::reconcile;

/// What makes derived layers: another version may reconcile differently, another layout has other tables.
const FUSER: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"), ", layout 1");

/// The situation of the reports that had been published by a day, or of all that count.
pub fn fuse(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Situation> {
    Ok(reconcile(&store::readings(connection, as_of)?))
}

/// Makes the tables of a derived layer that holds nothing yet.
pub fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("derived.sql"))?;
    mark(connection, 0)
}

/// Makes the next fusion build everything from the readings.
pub fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute("UPDATE fusion SET fuser = ''", [])?;
    Ok(())
}

/// Whether the derived layer follows from all that is in the archive, by this program.
pub fn is_fresh(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(fused(connection)? == Some((revision::latest(connection)?, FUSER.to_owned())))
}

/// Whether the layer is this program's and only lacks the last revisions.
pub fn is_behind(connection: &Connection) -> rusqlite::Result<bool> {
    let latest = revision::latest(connection)?;
    Ok(fused(connection)?.is_some_and(|(revision, fuser)| revision < latest && fuser == FUSER))
}

fn fused(connection: &Connection) -> rusqlite::Result<Option<(i64, String)>> {
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    connection.query_row("SELECT revision, fuser FROM fusion", [], row).optional()
}

fn mark(connection: &Connection, revision: i64) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO fusion (only, revision, fuser) VALUES (1, ?1, ?2)";
    connection.execute(sql, params![revision, FUSER])?;
    Ok(())
}

/// Fuses, stores what is different as of a revision, and says what that is.
pub fn refresh(transaction: &Transaction<'_>, revision: i64) -> rusqlite::Result<Vec<Change>> {
    let situation = fuse(transaction, None)?;
    let delta = derived::compare(transaction, &situation)?;
    let is_ours = fused(transaction)?.is_some_and(|(_, fuser)| fuser == FUSER);
    if is_ours {
        derived::apply(transaction, &delta)?;
    } else {
        derived::drop(transaction)?;
        prepare(transaction)?;
        derived::fill(transaction, &situation)?;
    }
    mark(transaction, revision)?;
    Ok(change::between(&delta))
}
