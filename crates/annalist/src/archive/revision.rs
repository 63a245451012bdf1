//! *When was the archive changed, by what?*

use jiff::Timestamp;
use rusqlite::{Connection, params};

/// What changed an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Reports came in.
    Add,
    /// Reports were taken out.
    Withdraw,
    /// The derived layer was built again.
    Fuse,
}

impl Command {
    fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Withdraw => "withdraw",
            Self::Fuse => "fuse",
        }
    }
}

/// Opens a revision and gives its number.
pub fn begin(connection: &Connection, now: Timestamp, command: Command) -> rusqlite::Result<i64> {
    let made = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let program = env!("CARGO_PKG_VERSION");
    connection.execute(
        "INSERT INTO revision (made, command, program) VALUES (?1, ?2, ?3)",
        params![made, command.as_str(), program],
    )?;
    Ok(connection.last_insert_rowid())
}

/// The last revision; 0 before the first.
pub fn latest(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(revision), 0) FROM revision", [], |row| row.get(0))
}
