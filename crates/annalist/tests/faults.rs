//! What an archive says when its file is not as it should be: which file, what was expected, what was there.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use annalist::archive::{Access, Archive, Error};
use annalist::schema::{Reading, Report, Span};
use rusqlite::Connection;
use tempfile::TempDir;

/// SQLite's page, unless told otherwise.
const PAGE: usize = 4096;

struct Shelf(TempDir);

impl Shelf {
    /// An archive of two reports, closed again.
    fn new() -> Self {
        let shelf = Self(tempfile::tempdir().unwrap());
        let mut archive = shelf.access().create().unwrap();
        archive.add(&[entry("r1"), entry("r2")], "test").unwrap();
        archive.refresh().unwrap();
        shelf
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("annals.db")
    }

    fn access(&self) -> Access {
        Access { path: self.path(), wait_s: 0, now: jiff::Timestamp::UNIX_EPOCH }
    }

    fn execute(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    /// Opens the archive, reads all of it and checks it.
    fn read(&self) -> Result<(), Error> {
        let archive = self.access().open()?;
        archive.check()
    }
}

fn entry(id: &str) -> (Report, Reading) {
    let text = format!("The rain fell on the report {id}.");
    let sentences = vec![Span::from(0..text.len())];
    let report = Report { id: id.to_owned(), text, ..Report::default() };
    (report, Reading { id: id.to_owned(), sentences, ..Reading::default() })
}

fn add(archive: &mut Archive) -> Error {
    archive.add(&[entry("r3")], "test").unwrap_err()
}

fn check(error: &Error, expected: &str) {
    let said = error.to_string();
    assert!(said.contains("annals.db") && said.contains(expected), "{said}");
}

#[test]
fn an_intact_archive_has_no_fault() {
    Shelf::new().read().unwrap();
}

#[test]
fn a_newer_schema() {
    let shelf = Shelf::new();
    shelf.execute("PRAGMA user_version = 99");
    check(&shelf.read().unwrap_err(), "found schema 99; a newer annalist made it");
}

#[test]
fn a_file_of_another_kind() {
    let shelf = Shelf::new();
    std::fs::write(shelf.path(), "It rained. ".repeat(1000)).unwrap();
    check(&shelf.read().unwrap_err(), "found a file that is no database");
}

#[test]
fn a_database_of_another_program() {
    let shelf = Shelf::new();
    shelf.execute("PRAGMA application_id = 7");
    check(&shelf.read().unwrap_err(), "a database of another program (application id 7)");
}

#[test]
fn a_read_only_file_can_be_read_and_not_written() {
    let shelf = Shelf::new();
    let mut permissions = std::fs::metadata(shelf.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(shelf.path(), permissions).unwrap();
    let mut archive = shelf.access().open().unwrap();
    assert_eq!(archive.pile(None).unwrap().entries().len(), 2);
    check(&add(&mut archive), "found a read-only one");
}

#[test]
fn two_writers_at_once() {
    let shelf = Shelf::new();
    let other = Connection::open(shelf.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut archive = shelf.access().open().unwrap();
    check(&add(&mut archive), "found another process writing after 0 s");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(archive.add(&[entry("r3")], "test").unwrap(), ["r3"]);
}

#[test]
fn a_corrupted_page_wherever_it_is() {
    let shelf = Shelf::new();
    shelf.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    let whole = std::fs::read(shelf.path()).unwrap();
    for page in 0..whole.len() / PAGE {
        let mut bytes = whole.clone();
        bytes[page * PAGE..(page + 1) * PAGE].fill(0xA5);
        std::fs::write(shelf.path(), &bytes).unwrap();
        let error = shelf.read().expect_err(&format!("page {page} of {}", whole.len() / PAGE));
        let is_named = matches!(error, Error::Corrupt { .. } | Error::NotAnArchive { .. });
        assert!(is_named, "page {page}: {error:?}");
    }
}

#[test]
fn a_changed_letter() {
    let shelf = Shelf::new();
    shelf.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    let mut bytes = std::fs::read(shelf.path()).unwrap();
    let text = b"The rain fell on the report r1.";
    let at = bytes.windows(text.len()).position(|window| window == text).unwrap();
    bytes[at] = b'D';
    std::fs::write(shelf.path(), &bytes).unwrap();
    check(&shelf.read().unwrap_err(), "report `r1` with a text that has not the SHA-256");
}
