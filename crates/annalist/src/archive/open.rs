//! *Is this file an archive, and one that this program can work with?*

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::error::{Blame, Error, Result, is_marked_read_only};
use super::{Archive, fuse};

/// `Anna`: says that a database is an archive.
const APPLICATION_ID: i64 = 0x416e_6e61;

/// Number of migrations.
const SCHEMA: i64 = MIGRATIONS.len() as i64;

/// Each takes the schema from its index to the next number. Never edit one that was released: append.
const MIGRATIONS: &[&str] = &[include_str!("tables.sql")];

/// Where an archive is and how it is opened.
#[derive(Clone, Debug)]
pub struct Access {
    /// The file.
    pub path: PathBuf,
    /// Seconds to wait for another writer.
    pub wait_s: u64,
    /// The moment that is logged with changes.
    pub now: Timestamp,
}

impl Access {
    /// Opens an archive, making the file if there is none.
    ///
    /// # Errors
    /// If the file cannot be made, or is no archive that this program can work with.
    pub fn create(&self) -> Result<Archive> {
        self.open_with(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, true)
    }

    /// Opens an archive that is there. One that may be written is brought up to date; of one that may not, the
    /// situation is worked out in memory where it is behind.
    ///
    /// # Errors
    /// If there is no such file, or it is no archive that this program can work with.
    pub fn open(&self) -> Result<Archive> {
        if !self.path.exists() {
            return Err(Error::Missing { path: self.path.clone() });
        }
        let mut archive = self.open_with(OpenFlags::SQLITE_OPEN_READ_WRITE, false)?;
        if !archive.connection.is_readonly("main").unwrap_or(true) {
            archive.refresh()?;
        }
        Ok(archive)
    }

    fn open_with(&self, flags: OpenFlags, create: bool) -> Result<Archive> {
        let blame = Blame { path: self.path.clone(), waited_s: self.wait_s };
        let connection = connect(&self.path, flags).and_then(|connection| {
            connection.busy_timeout(Duration::from_secs(self.wait_s))?;
            Ok(connection)
        });
        let mut connection = connection.map_err(|error| blame.of(error))?;
        self.accept(&mut connection, &blame, create)?;
        Ok(Archive { connection, blame, now: self.now, file: FileId::of(&self.path) })
    }

    /// Takes the connection if it is to an archive, after making or migrating its tables.
    fn accept(&self, connection: &mut Connection, blame: &Blame, create: bool) -> Result<()> {
        let blamed = |error| blame.of(error);
        match Found::by(connection).map_err(blamed)? {
            Found::Archive(SCHEMA) => {}
            Found::Archive(found) if found > SCHEMA => {
                return Err(Error::NewerSchema { path: self.path.clone(), expected: SCHEMA, found });
            }
            Found::Empty if !create => return Err(self.not_an_archive("an empty file".to_owned())),
            Found::Archive(_) | Found::Empty => migrate(connection).map_err(blamed)?,
            Found::OtherDatabase(application_id) => {
                let found = format!("a database of another program (application id {application_id})");
                return Err(self.not_an_archive(found));
            }
        }
        settle(connection).map_err(blamed)
    }

    fn not_an_archive(&self, found: String) -> Error {
        Error::NotAnArchive { path: self.path.clone(), found }
    }
}

/// Which file on the disk it is, whatever it is called; `None` where there is none, or the system does not tell. A database
/// goes on writing to a file that was deleted, and nobody would ever read what it wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(Option<(u64, u64)>);

impl FileId {
    /// Of the file that has a name now.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(std::fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino())))
    }

    /// Systems that let nobody delete an open file need no check.
    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Self {
        Self(None)
    }

    /// Whether the name still leads to it.
    pub fn check(self, path: &Path) -> Result<()> {
        match Self::of(path) {
            now if now == self => Ok(()),
            Self(None) => Err(Error::Replaced { path: path.to_owned(), found: "no file" }),
            Self(Some(_)) => Err(Error::Replaced { path: path.to_owned(), found: "another file" }),
        }
    }
}

/// A file marked read-only is opened so even by the superuser. One that lies where nothing can be written has no room
/// for the files that readers share; nobody can be writing to it, so it is read without them.
fn connect(path: &Path, flags: OpenFlags) -> rusqlite::Result<Connection> {
    if !is_marked_read_only(path) {
        return Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::CannotOpen) => {
            let uri = format!("file:{}?immutable=1", uri_path(path));
            Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
        }
        _ => Ok(connection),
    }
}

/// Signs that mean something in a URI are written as their codes.
fn uri_path(path: &Path) -> String {
    let text = path.display().to_string();
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

/// What a file turns out to be.
enum Found {
    /// An archive of some schema.
    Archive(i64),
    /// Nothing yet.
    Empty,
    /// A database with another application id.
    OtherDatabase(i64),
}

impl Found {
    fn by(connection: &Connection) -> rusqlite::Result<Self> {
        let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
        let n_tables = number("SELECT count(*) FROM sqlite_schema")?;
        Ok(match number("PRAGMA application_id")? {
            APPLICATION_ID => Self::Archive(number("PRAGMA user_version")?),
            0 if n_tables == 0 => Self::Empty,
            other => Self::OtherDatabase(other),
        })
    }
}

/// Makes what is missing, in one transaction; of two processes that find the same missing, one waits for the other.
fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(done).unwrap_or_default()) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    if done == 0 {
        fuse::prepare(&transaction)?;
    }
    transaction.commit()
}

/// What holds for one connection only. A commit is on the disk before it is reported.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
