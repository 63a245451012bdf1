//! *What do the readings of the archive say together?* The one place where the archive meets `reconcile`.
//!
//! The derived layer holds for one revision and one fuser. Behind either, it is brought up, and only the rows that differ are
//! replaced. A few reports that came or went change a part that is worked out by itself ([`step`]); after anything else,
//! everything is.

use annalist_reconcile::{Delta, fill, reconcile_decided, reconcile_rest, step, without_rejected};
use annalist_schema::{Decision, Reading, Situation};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::change::{self, Change};
use super::kept::Kept;
use super::{derived, hand, revision, store};

/// What makes derived layers: another version may reconcile differently, another layout has other tables.
const FUSER: &str = concat!("annalist ", env!("CARGO_PKG_VERSION"), ", layout 6");

/// Taking a report in costs about as much as fusing so many.
const A_LOT: i64 = 100;

/// The situation of the reports that had been published by a day, or of all that count, as an analyst had decided by
/// then.
pub fn fuse(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Situation> {
    let readings = store::readings(connection, as_of)?.into_iter().map(|(_, reading)| reading).collect();
    Ok(without_dates(reconcile_decided(readings, &hand::counting(connection, as_of)?)))
}

/// When undated reports were published rests on the whole pile and says nothing of events, so it is not kept.
fn without_dates(situation: Situation) -> Situation {
    Situation { dates: Vec::new(), ..situation }
}

/// Makes the tables of a derived layer that holds nothing yet.
pub fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    lay_out(connection)?;
    mark(connection, 0)
}

fn lay_out(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("derived.sql"))
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
    let delta = match few_moved(transaction)? {
        Some(Moved { gone, new }) => {
            let decisions = hand::counting(transaction, None)?;
            step(&mut Kept::new(transaction, &decisions), &decisions, &gone, &new)?
        }
        None => None,
    };
    let changes = match delta {
        Some(delta) => {
            derived::apply(transaction, &delta)?;
            change::between(&delta)
        }
        None => refresh_all(transaction)?,
    };
    mark(transaction, revision)?;
    Ok(changes)
}

/// Reports by number that the layer does not know of.
struct Moved {
    /// Withdrawn since.
    gone: Vec<i64>,
    /// Added since, and not withdrawn.
    new: Vec<i64>,
}

/// The reports that came and went since the layer was made, if they are all that happened, and few enough that taking them
/// in and out one by one is less work than fusing everything.
fn few_moved(connection: &Connection) -> rusqlite::Result<Option<Moved>> {
    let Some((revision, fuser)) = fused(connection)? else { return Ok(None) };
    if fuser != FUSER {
        return Ok(None);
    }
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM revision
               WHERE revision > ?1 AND command NOT IN ('add', 'withdraw', 'fuse'))";
    let is_all: bool = connection.query_row(sql, [revision], |row| row.get(0))?;
    let numbers = |sql: &str| -> rusqlite::Result<Vec<i64>> {
        connection.prepare_cached(sql)?.query_map([revision], |row| row.get(0))?.collect()
    };
    let sql = "SELECT EXISTS (SELECT 1 FROM revision WHERE revision > ?1 AND command = 'withdraw')";
    let gone = match connection.query_row(sql, [revision], |row| row.get(0))? {
        true => numbers(
            "SELECT report_idx FROM report JOIN head USING (report_idx) WHERE withdrawn > ?1
             ORDER BY report_idx LIMIT 1000",
        )?,
        false => Vec::new(),
    };
    let new = numbers(
        "SELECT report_idx FROM report WHERE report_idx > (SELECT coalesce(max(report_idx), 0) FROM head)
         AND added > ?1 AND withdrawn IS NULL ORDER BY report_idx LIMIT 1000",
    )?;
    let n_kept: i64 = connection.query_row("SELECT count(*) FROM head", [], |row| row.get(0))?;
    let n_moved = gone.len() + new.len();
    let are_few = n_moved == 1 || (n_moved < 1000 && n_moved as i64 * A_LOT <= n_kept);
    Ok(Some(Moved { gone, new }).filter(|_| is_all && are_few && n_moved > 0))
}

/// Fuses everything.
fn refresh_all(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<Change>> {
    let is_ours = fused(transaction)?.is_some_and(|(_, fuser)| fuser == FUSER);
    let whole = Whole::new(transaction)?;
    let delta = match is_ours {
        true => derived::compare(transaction, &whole.situation)?,
        // What another program made, or what is hurt, may be past reading; it is replaced all the same.
        false => former(transaction, &whole.situation).unwrap_or_default(),
    };
    if is_ours {
        derived::apply(transaction, &delta)?;
    } else {
        derived::drop(transaction)?;
        prepare(transaction)?;
        derived::fill(transaction, &whole.situation)?;
    }
    whole.keep_bonds(transaction)?;
    Ok(change::between(&delta))
}

fn former(transaction: &Transaction<'_>, situation: &Situation) -> rusqlite::Result<Delta> {
    let is_readable = derived::is_readable(transaction)?;
    if is_readable { derived::compare(transaction, situation) } else { Ok(Delta::default()) }
}

/// Makes a derived layer of what is kept in another database, which is empty.
pub fn make_anew(connection: &Connection, other: &Transaction<'_>) -> rusqlite::Result<()> {
    lay_out(other)?;
    let whole = Whole::new(connection)?;
    derived::fill(other, &whole.situation)?;
    whole.keep_bonds(other)
}

/// All that counts, and what it says together.
struct Whole {
    numbers: Vec<i64>,
    readings: Vec<Reading>,
    decisions: Vec<Decision>,
    situation: Situation,
}

impl Whole {
    fn new(connection: &Connection) -> rusqlite::Result<Self> {
        let decisions = hand::counting(connection, None)?;
        let (numbers, mut readings): (Vec<_>, Vec<_>) =
            store::readings(connection, None)?.into_iter().unzip();
        without_rejected(&mut readings, &decisions);
        let situation = reconcile_rest(&readings, &decisions);
        Ok(Self { numbers, readings, decisions, situation })
    }

    fn keep_bonds(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        let mut kept = Kept::new(transaction, &self.decisions);
        kept.clear()?;
        fill(&mut kept, &self.numbers, &self.readings)
    }
}
