//! What an archive says when its file is not as it should be: which file, what was expected, what was there.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use annalist::archive::{Access, Archive, Ask, Error};
use annalist::schema::{DayInterval, Reading, Report, Span};
use annalist::{Options, Reader, Tier};
use rusqlite::Connection;
use rusqlite::types::Value;
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

/// An archive of some reports that disagree, decisions made and undone, and withdrawals, all in one file.
fn desk() -> Shelf {
    const SENTENCES: &[&str] = &[
        "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers.",
        "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said.",
        "Talks between Mali and the rebels were suspended on 7 February 2024.",
        "About 2,500 French troops are stationed in Mali.",
        "Protesters marched in Bamako on 8 February 2024 against the government.",
    ];
    let shelf = Shelf(tempfile::tempdir().unwrap());
    let report = |index: usize| Report {
        id: format!("r{index}"),
        text: (0..3)
            .map(|step| SENTENCES[(index + step * (1 + index / 5)) % 5])
            .collect::<Vec<_>>()
            .join(" "),
        published: DayInterval::parse(&format!("2024-02-{:02}", 9 + index)),
        outlet: Some(format!("Outlet {index}")),
        ..Report::default()
    };
    let reports: Vec<_> = (0..10).map(report).collect();
    let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
    let readings = reader.read(&reports);
    let entries: Vec<_> = reports.into_iter().zip(readings).collect();
    let mut archive = shelf.access().create().unwrap();
    archive.add(&entries[..8], "test").unwrap();
    archive.refresh().unwrap();
    archive.add(&entries[8..], "test").unwrap();
    archive.refresh().unwrap();
    let events = archive.situation(None).unwrap().events;
    archive.decide(&[Ask::Accept { event: events[0].id.clone() }], "seen").unwrap();
    archive.decide(&[Ask::Reject { event: events[1].id.clone() }], "a drill").unwrap();
    archive.undo(&[1]).unwrap();
    archive.withdraw(&["r3".to_owned()]).unwrap();
    drop(archive);
    shelf.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    shelf
}

impl Shelf {
    /// Puts other bytes in the place of the file.
    fn put(&self, bytes: &[u8]) {
        for end in ["-wal", "-shm"] {
            let _ = std::fs::remove_file(self.0.path().join(format!("annals.db{end}")));
        }
        std::fs::write(self.path(), bytes).unwrap();
    }

    /// Changes what is stored behind the program's back: triggers are taken away and put back.
    fn tamper(&self, table: &str, sql: &str) {
        let connection = Connection::open(self.path()).unwrap();
        let of_table = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1";
        let mut statement = connection.prepare(of_table).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let triggers: Vec<(String, String)> =
            statement.query_map([table], row).unwrap().map(Result::unwrap).collect();
        triggers
            .iter()
            .for_each(|(name, _)| connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
        triggers.iter().for_each(|(_, sql)| connection.execute_batch(sql).unwrap());
    }

    /// Everything that is kept, row by row, and everything that is answered.
    fn told(&self) -> (Vec<Vec<Value>>, String) {
        let archive = self.access().open().unwrap();
        let as_of = (9..20).map(|day| archive.situation(format!("2024-02-{day:02}").parse().ok()).unwrap());
        let answers = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            archive.situation(None).unwrap(),
            as_of.collect::<Vec<_>>(),
            archive.pile(None).unwrap(),
            archive.decisions().unwrap(),
            ["soldiers", "Gao", "troops", "government"]
                .map(|word| archive.search(word, &annalist::query::Query::default(), None).unwrap()),
        );
        drop(archive);
        let connection = Connection::open(self.path()).unwrap();
        let mut rows = Vec::new();
        for table in ["revision", "report", "reading", "claim", "sentence", "change_log", "decision", "seal"]
        {
            // What an opening mends, it logs under a revision of its own.
            let before = match table {
                "revision" | "change_log" => "WHERE revision <= 6",
                "seal" => "WHERE what <> 'revision' OR number <= 6",
                _ => "",
            };
            let mut statement =
                connection.prepare(&format!("SELECT * FROM {table} {before} ORDER BY 1, 2")).unwrap();
            let n_columns = statement.column_count();
            let row = |row: &rusqlite::Row<'_>| (0..n_columns).map(|column| row.get(column)).collect();
            rows.extend(statement.query_map([], row).unwrap().map(Result::unwrap));
        }
        (rows, answers)
    }
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
    check(&add(&mut archive), "found a read-only file; it can only be asked");
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
        let is_named =
            matches!(error, Error::Corrupt { .. } | Error::Derived { .. } | Error::NotAnArchive { .. });
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

/// Bits to flip, one at a time.
const N_FLIPS: usize = 400;

/// Every flip is found, or lies where nothing is kept: every row that is kept and every answer are as they were.
#[test]
fn a_flipped_bit_is_found_or_changes_nothing() {
    let shelf = desk();
    let whole = std::fs::read(shelf.path()).unwrap();
    let expected = shelf.told();
    let n_bits = whole.len() * 8;
    let mut passed = Vec::new();
    for index in 0..N_FLIPS {
        // Spread over the file as a Weyl sequence is, the same each time.
        let bit = ((index as f64 * 0.618_033_988_749_895).fract() * n_bits as f64) as usize;
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        shelf.put(&bytes);
        if shelf.read().is_ok() {
            passed.push(bit / 8);
            assert!(shelf.told() == expected, "byte {} changes what is told, and is not found", bit / 8);
        }
    }
    assert!(passed.len() < N_FLIPS, "no flip was found");
}

/// Which layer is hurt, whatever is changed in it.
#[test]
fn the_hurt_layer_is_named() {
    let shelf = desk();
    let whole = std::fs::read(shelf.path()).unwrap();
    let kept: &[(&str, &str, &str)] = &[
        ("reading", "UPDATE reading SET published_to = '2025-02-09' WHERE report_idx = 1", "report `r0`"),
        ("reading", "UPDATE reading SET reader = 'Test' WHERE report_idx = 2", "report `r1`"),
        ("report", "UPDATE report SET outlet = 'Outlet 9' WHERE id = 'r2'", "report `r2`"),
        ("report", "UPDATE report SET withdrawn = 1 WHERE id = 'r2'", "revision 1"),
        ("claim", "UPDATE claim SET id = 'c' || id WHERE claim_idx = 1", "report `r0`"),
        ("sentence", "UPDATE sentence SET end_byte = end_byte - 1 WHERE sentence_idx = 1", "report `r0`"),
        ("decision", "UPDATE decision SET because = 'no drill' WHERE decision = 2", "revision 4"),
        ("decision", "UPDATE decision SET undone = NULL WHERE decision = 1", "revision 5"),
        ("change_log", "UPDATE change_log SET subject = 'r9' WHERE change_idx = 1", "revision 1"),
        ("revision", "UPDATE revision SET made = '1970-01-02T00:00:00Z' WHERE revision = 2", "revision 2"),
        ("seal", "DELETE FROM seal WHERE what = 'report' AND number = 1", "report `r0`"),
    ];
    for (table, sql, expected) in kept {
        shelf.put(&whole);
        shelf.tamper(table, sql);
        let mut archive = shelf.access().open().unwrap();
        let error = archive.check().unwrap_err();
        assert!(matches!(error, Error::Corrupt { .. }), "{sql}: {error}");
        check(&error, expected);
        check(&archive.rebuild().unwrap_err(), "which came in and cannot be made anew");
    }
    let derived: &[(&str, &str)] = &[
        ("event", "UPDATE event SET body = replace(body, 'soldiers', 'Soldiers')"),
        (
            "event",
            "UPDATE event SET first_day = '2024-02-01' WHERE event_idx = (SELECT min(event_idx) FROM event)",
        ),
        ("event_claim", "DELETE FROM event_claim WHERE claim = (SELECT min(claim) FROM event_claim)"),
        ("cell", "UPDATE cell SET n_values = n_values + 1"),
        ("card", "UPDATE card SET claims = '[]' WHERE report_idx = 1"),
        ("lead", "UPDATE lead SET likely = likely + 1"),
        ("print", "DELETE FROM print WHERE report_idx = 1"),
        ("place", "UPDATE place SET position = position + 1"),
        ("sentence_search", "DELETE FROM sentence_search_docsize WHERE id = 1"),
    ];
    for (table, sql) in derived {
        shelf.put(&whole);
        shelf.tamper(table, sql);
        let mut archive = shelf.access().open().unwrap();
        let error = archive.check().expect_err(sql);
        assert!(matches!(error, Error::Derived { .. }), "{sql}: {error}");
        archive.rebuild().unwrap();
        archive.check().unwrap();
    }
}

/// What is sealed late is looked at first.
#[test]
fn an_older_archive_is_sealed_when_it_is_opened() {
    let unseal = "DROP TABLE seal; DROP INDEX report_withdrawn; PRAGMA user_version = 1";
    let shelf = desk();
    shelf.execute(unseal);
    let whole = std::fs::read(shelf.path()).unwrap();
    shelf.read().unwrap();
    shelf.put(&whole);
    let mut permissions = std::fs::metadata(shelf.path()).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(shelf.path(), permissions).unwrap();
    assert_eq!(shelf.access().open().unwrap().pile(None).unwrap().entries().len(), 9);
    check(&shelf.read().unwrap_err(), "without seals; open it once where it can be written");
    let shelf = desk();
    shelf.tamper("report", "UPDATE report SET text = text || '!' WHERE id = 'r2'");
    shelf.execute(unseal);
    check(&shelf.read().unwrap_err(), "report `r2` with a text that has not the SHA-256");
}

#[test]
fn a_cut_or_empty_file() {
    let shelf = desk();
    let whole = std::fs::read(shelf.path()).unwrap();
    for (length, expected) in [
        (whole.len() - 1, "a file that was cut"),
        (whole.len() - PAGE, "a file that was cut"),
        (whole.len() / 2 + 1, "a file that was cut"),
        (50, "a file that was cut"),
        (0, "an empty file"),
    ] {
        shelf.put(&whole[..length]);
        check(&shelf.read().unwrap_err(), expected);
        check(&shelf.access().create().unwrap_err(), expected);
    }
}

/// Another writer's half-done step never shows, and an archive appears whole.
#[test]
fn an_archive_that_cannot_be_made_leaves_nothing() {
    let shelf = Shelf(tempfile::tempdir().unwrap());
    let access = Access { path: shelf.0.path().join("none").join("annals.db"), ..shelf.access() };
    check(&access.create().unwrap_err(), "found no folder");
    shelf.access().create().unwrap();
    let names: Vec<_> =
        std::fs::read_dir(shelf.0.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["annals.db"]);
}
