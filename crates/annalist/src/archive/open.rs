//! *Is this file an archive, and one that this program can work with?*

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::Archive;
use super::error::{Blame, Error, Refusal, Result, is_failed_write, is_marked_read_only};
use super::file::{self, Shape};
use super::layout::{self, APPLICATION_ID, SCHEMA};

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
    /// Opens an archive, making it if there is none: whole, or not at all.
    ///
    /// # Errors
    /// If the file cannot be made, or is no archive that this program can work with.
    pub fn create(&self) -> Result<Archive> {
        if !self.path.exists() {
            self.make()?;
        }
        self.open_there()
    }

    /// Opens an archive that is there. One that may be written is brought up to date; of one that may not, or not now, the
    /// situation is worked out in memory where it is behind.
    ///
    /// # Errors
    /// If there is no such file, or it is no archive that this program can work with.
    pub fn open(&self) -> Result<Archive> {
        let mut archive = self.open_there()?;
        match archive.refresh() {
            // It can be asked all the same.
            Err(Error::ReadOnly { .. } | Error::Full { .. } | Error::Busy { .. }) => {}
            refreshed => drop(refreshed?),
        }
        Ok(archive)
    }

    fn open_there(&self) -> Result<Archive> {
        if !self.path.exists() {
            return Err(Error::Missing { path: self.path.clone() });
        }
        let blame = Blame { path: self.path.clone(), waited_s: self.wait_s };
        match file::shape(&self.path) {
            Ok(Shape::Whole) => {}
            Ok(Shape::Empty) => return Err(self.not_an_archive("an empty file; remove it to begin anew")),
            Ok(Shape::Cut(found)) => return Err(blame.corrupt(format!("a file that was cut: {found}"))),
            Err(error) => return Err(blame.other("read the archive", error)),
        }
        let (mut connection, refusal) = self.connect(&blame)?;
        self.accept(&mut connection, &blame)?;
        Ok(Archive { connection, blame, now: self.now, refusal, file: FileId::of(&self.path) })
    }

    /// Makes an archive beside its place and then puts it there, so that nobody ever finds half of one.
    fn make(&self) -> Result<()> {
        let blame = Blame { path: self.path.clone(), waited_s: self.wait_s };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(blame.other(
                "make the archive in a folder that is there",
                format!("no folder `{}`", folder.display()),
            ));
        }
        let made = beside(&self.path);
        let outcome = lay_out(&made)
            .map_err(|error| blame.of_making(error))
            .and_then(|()| put(&made, &self.path).map_err(|error| blame.other("make the archive", error)));
        for end in ["", "-wal", "-shm", "-journal"] {
            let mut part = made.as_os_str().to_owned();
            part.push(end);
            let _ = std::fs::remove_file(part);
        }
        outcome
    }

    /// A connection, and why nothing can be written on it, if so.
    ///
    /// Readers of an archive share two files beside it, the log and its index. Where these cannot be made, it is read
    /// without them: nobody can be writing to it. A log that was left there would be passed over then, so that is refused.
    fn connect(&self, blame: &Blame) -> Result<(Connection, Option<Refusal>)> {
        let mut refusal = Refusal::Marked;
        if !is_marked_read_only(&self.path) {
            match self.probe(OpenFlags::SQLITE_OPEN_READ_WRITE, false) {
                Ok(connection) => {
                    let is_readonly = connection.is_readonly("main").unwrap_or(true);
                    return Ok((connection, is_readonly.then_some(Refusal::Elsewhere)));
                }
                Err(error) if is_about_writing(&error) => refusal = Refusal::of(&error),
                Err(error) => return Err(blame.of(error)),
            }
        }
        match self.probe(OpenFlags::SQLITE_OPEN_READ_ONLY, false) {
            Err(error) if is_about_writing(&error) => {}
            connection => return Ok((connection.map_err(|error| blame.of(error))?, Some(refusal))),
        }
        if file::has_log(&self.path) {
            return Err(Error::Unjoined { path: self.path.clone(), log: file::log(&self.path) });
        }
        let connection = self.probe(OpenFlags::SQLITE_OPEN_READ_ONLY, true);
        Ok((connection.map_err(|error| blame.of(error))?, Some(refusal)))
    }

    /// A connection that has read something; `alone` says that nobody else can be writing.
    fn probe(&self, flags: OpenFlags, alone: bool) -> rusqlite::Result<Connection> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match alone {
            false => Connection::open_with_flags(&self.path, flags)?,
            true => {
                let uri = format!("file:{}?immutable=1", uri_path(&self.path));
                Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?
            }
        };
        connection.busy_timeout(Duration::from_secs(self.wait_s))?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    }

    /// Takes the connection if it is to an archive, after bringing its tables up to date. An older one that cannot be
    /// written is taken as it is.
    fn accept(&self, connection: &mut Connection, blame: &Blame) -> Result<()> {
        let blamed = |error| blame.of(error);
        match Found::by(connection).map_err(blamed)? {
            Found::Archive(SCHEMA) => {}
            Found::Archive(found) if found > SCHEMA => {
                return Err(Error::NewerSchema { path: self.path.clone(), expected: SCHEMA, found });
            }
            Found::Archive(_) if connection.is_readonly("main").unwrap_or(true) => {}
            Found::Archive(_) => {
                if let Some(fault) = layout::migrate(connection).map_err(blamed)? {
                    return Err(blame.corrupt(fault));
                }
            }
            Found::Empty => {
                return Err(self.not_an_archive("a database without tables; remove it to begin anew"));
            }
            Found::OtherDatabase(application_id) => {
                let found = format!("a database of another program (application id {application_id})");
                return Err(self.not_an_archive(&found));
            }
        }
        settle(connection).map_err(blamed)
    }

    fn not_an_archive(&self, found: &str) -> Error {
        Error::NotAnArchive { path: self.path.clone(), found: found.to_owned() }
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

/// A name in the same folder that nobody else uses.
fn beside(path: &Path) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}-{count}.new", std::process::id()));
    name.into()
}

fn lay_out(path: &Path) -> rusqlite::Result<()> {
    let mut connection = Connection::open(path)?;
    layout::migrate(&mut connection)?;
    connection.close().map_err(|(_, error)| error)
}

/// Gives a file its name, if nothing has it yet; what another process put there meanwhile stays.
fn put(made: &Path, path: &Path) -> std::io::Result<()> {
    match std::fs::hard_link(made, path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(()),
        // Some file systems know no second names.
        Err(_) => std::fs::rename(made, path)?,
        Ok(()) => {}
    }
    // The name is on the disk before anything is reported as stored under it, where folders can be told so.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let _ = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Errors that come from what a reader writes beside the file, not from the file.
fn is_about_writing(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error_code();
    let is_refused = matches!(
        code,
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::DiskFull)
    );
    is_refused || code == Some(ErrorCode::SystemIoFailure) && is_failed_write(error)
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

/// What holds for one connection only. A commit is on the disk before it is reported.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.set_prepared_statement_cache_capacity(96);
    Ok(())
}
