//! *What can go wrong with an archive?* Every error names the file, what was expected and what was there.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// Why an archive could not be read or written. Nothing of the failed step was stored.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such file.
    #[error("{}: no such archive; `annalist add FILES… --archive {}` makes one", .path.display(), .path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{}: expected an archive of Annalist, found {found}", .path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: String,
    },
    /// A later version of the program made it.
    #[error(
        "{}: expected an archive of schema {expected} or older, found schema {found}; a newer annalist made it",
        .path.display()
    )]
    NewerSchema {
        /// The file.
        path: PathBuf,
        /// The newest schema this program knows.
        expected: i64,
        /// The schema of the file.
        found: i64,
    },
    /// It is gone, or another file stands in its place: what is written now would be lost.
    #[error(
        "{}: expected the archive that was opened, found {found} in its place; nothing of this step can be relied on",
        .path.display()
    )]
    Replaced {
        /// The file.
        path: PathBuf,
        /// What is there now.
        found: &'static str,
    },
    /// It cannot be written.
    #[error("{}: expected a file and a folder that can be written, found {found}; it can only be asked", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What cannot.
        found: &'static str,
    },
    /// It cannot be written, and what was written last lies in a file that only a writer could join with it.
    #[error(
        "{}: expected all of the archive in one file, found changes beside it in `{}` that cannot be read where nothing can \
         be written; copy both files to a folder that can be",
        .path.display(),
        .log.display()
    )]
    Unjoined {
        /// The file.
        path: PathBuf,
        /// The one beside it.
        log: PathBuf,
    },
    /// Another process writes to it.
    #[error(
        "{}: expected to be the only writer, found another process writing after {waited_s} s; try again",
        .path.display()
    )]
    Busy {
        /// The file.
        path: PathBuf,
        /// Seconds waited.
        waited_s: u64,
    },
    /// There is no room.
    #[error("{}: expected room to write, found none ({found}); nothing of this step was stored", .path.display())]
    Full {
        /// The file.
        path: PathBuf,
        /// What the system said.
        found: String,
    },
    /// Its bytes are not as they were written.
    #[error("{}: expected an intact archive, found {found}; restore it from a copy", .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        found: String,
    },
    /// What follows from reports and decisions is not as it was written; they themselves are.
    #[error(
        "{}: expected what follows from the reports, found {found}; reports and decisions are intact: \
         `annalist status --rebuild --archive {}` makes the rest anew",
        .path.display(),
        .path.display()
    )]
    Derived {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        found: String,
    },
    /// A report whose id is taken by another report.
    #[error(
        "report `{id}`: expected {kept}, which the archive holds under this id, found {given}; \
             give the new one another id, or withdraw the old one first"
    )]
    OtherReport {
        /// The id.
        id: String,
        /// The report in the archive.
        kept: String,
        /// The report given.
        given: String,
    },
    /// Something was named that the archive does not hold.
    #[error("{}: expected the id of {expected}, found `{found}`, which the archive does not hold", .path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// What was to be named: `a report`, `an event or claim`, `a decision that counts`.
        expected: &'static str,
        /// What was named.
        found: String,
    },
    /// A decision that was undone before.
    #[error("{}: decision {number} was undone on {day} already; nothing is undone now", .path.display())]
    Undone {
        /// The file.
        path: PathBuf,
        /// The decision.
        number: u32,
        /// When, a day (UTC).
        day: String,
    },
    /// Something that cannot be decided.
    #[error("expected {expected}, found {found}; nothing was decided")]
    Senseless {
        /// What makes sense.
        expected: String,
        /// What was asked for.
        found: String,
    },
    /// A table that is none of decisions.
    #[error("{}:{line}: expected {expected}, found {found}; nothing of it was taken in", .path.display())]
    BadTable {
        /// The table.
        path: PathBuf,
        /// Counted from one.
        line: u64,
        /// What was expected.
        expected: String,
        /// What was there.
        found: String,
    },
    /// A failure of the file system or of the database with no name of its own.
    #[error("{}: expected to {expected}, found {found}", .path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What was to be done.
        expected: &'static str,
        /// What happened instead.
        found: String,
    },
}

/// A result of the archive.
pub type Result<T> = std::result::Result<T, Error>;

/// Why nothing can be written on a connection.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// The file is marked so.
    Marked,
    /// The file is another user's, or its file system is read-only.
    Elsewhere,
    /// No file can be made beside it.
    Folder,
    /// There is no room: what the system said.
    Full(String),
}

impl Refusal {
    /// What an error on opening says.
    pub fn of(error: &rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure) => Self::Full(error.to_string()),
            Some(ErrorCode::ReadOnly) => Self::Elsewhere,
            _ => Self::Folder,
        }
    }
}

/// Gives the errors of the database the name of the file.
#[derive(Clone, Debug)]
pub(super) struct Blame {
    pub path: PathBuf,
    pub waited_s: u64,
}

impl Blame {
    /// What an error of the database means to a person.
    pub fn of(&self, error: rusqlite::Error) -> Error {
        let (path, found) = (self.path.clone(), error.to_string());
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => {
                Error::NotAnArchive { path, found: "a file that is no database".to_owned() }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Error::Busy { path, waited_s: self.waited_s }
            }
            Some(ErrorCode::ReadOnly) => self.refused(&Refusal::of(&error)),
            Some(ErrorCode::DiskFull) => Error::Full { path, found },
            Some(ErrorCode::SystemIoFailure) if is_failed_write(&error) => Error::Full { path, found },
            Some(ErrorCode::DatabaseCorrupt) => Error::Corrupt { path, found },
            _ => Error::Other { path, expected: "work with the archive", found },
        }
    }

    /// What an error on making the file means.
    pub fn of_making(&self, error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => self.refused(&Refusal::Folder),
            _ => self.of(error),
        }
    }

    /// Why a change is refused.
    pub fn refused(&self, refusal: &Refusal) -> Error {
        let path = self.path.clone();
        match refusal {
            Refusal::Marked => Error::ReadOnly { path, found: "a read-only file" },
            Refusal::Elsewhere => Error::ReadOnly { path, found: "a file that this user may only read" },
            Refusal::Folder => Error::ReadOnly { path, found: "a folder in which nothing can be made" },
            Refusal::Full(found) => Error::Full { path, found: found.clone() },
        }
    }

    /// A failure with no name of its own.
    pub fn other(&self, expected: &'static str, found: impl std::fmt::Display) -> Error {
        Error::Other { path: self.path.clone(), expected, found: found.to_string() }
    }

    /// What came in is not as it was written.
    pub fn kept(&self, found: &str) -> Error {
        self.corrupt(format!("{found}, which came in and cannot be made anew"))
    }

    /// What follows from the rest is not as it was written.
    pub fn derived(&self, found: String) -> Error {
        Error::Derived { path: self.path.clone(), found }
    }

    /// A stored value that is not what was written.
    pub fn corrupt(&self, found: impl Into<String>) -> Error {
        Error::Corrupt { path: self.path.clone(), found: found.into() }
    }
}

/// A write beyond a limit of the process or of a quota is an input-output error to the database, not a full disk.
pub(super) fn is_failed_write(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{
        SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE,
        SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
    };
    let writing = [
        SQLITE_IOERR_FSYNC,
        SQLITE_IOERR_SHMMAP,
        SQLITE_IOERR_SHMOPEN,
        SQLITE_IOERR_SHMSIZE,
        SQLITE_IOERR_TRUNCATE,
        SQLITE_IOERR_WRITE,
    ];
    let code = error.sqlite_error().map(|error| error.extended_code);
    code.is_some_and(|code| writing.contains(&code))
}

/// Whether the file is marked as not to be written, which the superuser would not notice.
pub(super) fn is_marked_read_only(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}
