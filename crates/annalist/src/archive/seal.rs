//! *Is every row that is kept as it was written?* Hashes over all its columns, one a report and one a revision.
//!
//! The two long ones among the columns, the text of a report and its reading, have hashes of their own, which the seal
//! covers in their stead.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, Row, Transaction, params};
use sha2::{Digest, Sha256};

/// What a seal is over.
#[derive(Clone, Copy)]
struct Sealed {
    /// As the table of seals names it.
    what: &'static str,
    /// The numbers of all there are.
    numbers: &'static str,
    /// Its rows, given its number.
    rows: &'static [&'static str],
}

/// A report, with everything that was read from it.
const REPORT: Sealed = Sealed {
    what: "report",
    numbers: "SELECT report_idx FROM report",
    rows: &[
        "SELECT id, hash, title, outlet, url, lang, published, published_unread, triggers, added FROM report
         WHERE report_idx = ?1",
        "SELECT reader, hash, published_from, published_to FROM reading WHERE report_idx = ?1",
        "SELECT position, id FROM claim WHERE report_idx = ?1 ORDER BY position",
        "SELECT sentence_idx, number, first_byte, end_byte FROM sentence WHERE report_idx = ?1 ORDER BY number",
    ],
};

/// A revision, with what it did.
const REVISION: Sealed = Sealed {
    what: "revision",
    numbers: "SELECT revision FROM revision",
    rows: &[
        "SELECT made, command, program FROM revision WHERE revision = ?1",
        "SELECT report_idx FROM report WHERE withdrawn = ?1 ORDER BY report_idx",
        "SELECT decision, kind, body, because FROM decision WHERE revision = ?1 ORDER BY decision",
        "SELECT decision FROM decision WHERE undone = ?1 ORDER BY decision",
        "SELECT change_idx, kind, subject, body FROM change_log WHERE revision = ?1 ORDER BY change_idx",
    ],
};

/// SHA-256 of some texts in hexadecimal digits.
pub fn hash(texts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for (index, text) in texts.iter().enumerate() {
        digest.update(if index == 0 { "" } else { "\0" });
        digest.update(text);
    }
    hexadecimal(digest)
}

/// Seals a report that was just stored.
pub fn seal_report(transaction: &Transaction<'_>, report_idx: i64) -> rusqlite::Result<()> {
    REPORT.seal(transaction, report_idx)
}

/// Seals a revision at the end of its transaction, or again where its log grew.
pub fn seal_revision(transaction: &Transaction<'_>, revision: i64) -> rusqlite::Result<()> {
    REVISION.seal(transaction, revision)
}

/// Seals everything that an archive without seals keeps.
pub fn seal_all(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for sealed in [REPORT, REVISION] {
        let numbers = numbers(transaction, sealed.numbers, [])?;
        numbers.into_iter().try_for_each(|number| sealed.seal(transaction, number))?;
    }
    Ok(())
}

/// The first report whose text, or the reading of it, is not the one that was stored, in words.
pub fn first_other_text(connection: &Connection) -> rusqlite::Result<Option<String>> {
    Ok(of_reports(connection)?.or(of_readings(connection)?))
}

fn of_reports(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare("SELECT id, hash, text FROM report")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, kept, text): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if hash(&[&text]) != kept {
            return Ok(Some(format!(
                "report `{id}` with a text that has not the SHA-256 it was stored with"
            )));
        }
    }
    Ok(None)
}

fn of_readings(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT id, reading.hash, head, timexes, toponyms, mentions, postures, process_states, notes, fingerprint,
                   report_idx FROM reading JOIN report USING (report_idx)";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, kept): (String, String) = (row.get(0)?, row.get(1)?);
        if hash_of_reading(connection, row)? != kept {
            return Ok(Some(format!("the reading of report `{id}` without the SHA-256 it was stored with")));
        }
    }
    Ok(None)
}

fn hash_of_reading(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<String> {
    let mut parts = (2..10).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<String>>>()?;
    let sql = "SELECT body FROM claim WHERE report_idx = ?1 ORDER BY position";
    let mut statement = connection.prepare_cached(sql)?;
    let claims = statement.query_map([row.get::<_, i64>(10)?], |row| row.get(0))?;
    parts.extend(claims.collect::<rusqlite::Result<Vec<String>>>()?);
    Ok(hash(&parts.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The first report or revision that is not as it was sealed, in words.
pub fn first_broken(connection: &Connection) -> rusqlite::Result<Option<String>> {
    for sealed in [REVISION, REPORT] {
        if let Some(number) = sealed.first_broken(connection)? {
            return Ok(Some(sealed.name(connection, number)?));
        }
    }
    Ok(None)
}

impl Sealed {
    fn seal(self, connection: &Connection, number: i64) -> rusqlite::Result<()> {
        let sql = "INSERT OR REPLACE INTO seal (what, number, hash) VALUES (?1, ?2, ?3)";
        let hash = self.hash(connection, number)?;
        connection.prepare_cached(sql)?.execute(params![self.what, number, hash]).map(drop)
    }

    fn hash(self, connection: &Connection, number: i64) -> rusqlite::Result<String> {
        let mut digest = Sha256::new();
        for sql in self.rows {
            let mut statement = connection.prepare_cached(sql)?;
            let n_columns = statement.column_count();
            let mut rows = statement.query([number])?;
            while let Some(row) = rows.next()? {
                for column in 0..n_columns {
                    feed(&mut digest, row.get_ref(column)?);
                }
            }
            digest.update([END]);
        }
        Ok(hexadecimal(digest))
    }

    /// One that its seal does not fit, that has none, or of which only the seal is left.
    fn first_broken(self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        for number in numbers(connection, self.numbers, [])? {
            let sql = "SELECT hash FROM seal WHERE what = ?1 AND number = ?2";
            let mut statement = connection.prepare_cached(sql)?;
            let kept: Option<String> =
                statement.query_row(params![self.what, number], |row| row.get(0)).optional()?;
            if kept != Some(self.hash(connection, number)?) {
                return Ok(Some(number));
            }
        }
        let sql = format!(
            "SELECT number FROM seal WHERE what NOT IN ('report', 'revision')
             OR what = ?1 AND number NOT IN ({})",
            self.numbers
        );
        Ok(numbers(connection, &sql, [self.what])?.first().copied())
    }

    /// The report by its id; a revision with what was decided and withdrawn in it.
    fn name(self, connection: &Connection, number: i64) -> rusqlite::Result<String> {
        let id = "SELECT id FROM report WHERE report_idx = ?1";
        let id: Option<String> = match self.what {
            "report" => connection.query_row(id, [number], |row| row.get(0)).optional()?,
            _ => None,
        };
        let columns = match self.what {
            "report" => "its columns, reading, claims or sentences",
            _ => "its day, the decisions, withdrawals or changes made in it",
        };
        let name = id.map_or_else(|| format!("{} {number}", self.what), |id| format!("{} `{id}`", self.what));
        Ok(format!("{name} ({columns}, or the seal over them) otherwise than it was sealed"))
    }
}

fn numbers(connection: &Connection, sql: &str, values: impl Params) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(sql)?.query_map(values, |row| row.get(0))?.collect()
}

const END: u8 = 5;

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The kind of a value comes first, then its length where it has one, so that no two rows are fed alike.
fn feed(digest: &mut Sha256, value: ValueRef<'_>) {
    let mut bytes = |kind: u8, bytes: &[u8]| {
        digest.update([kind]);
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    };
    match value {
        ValueRef::Null => bytes(0, &[]),
        ValueRef::Integer(number) => bytes(1, &number.to_le_bytes()),
        ValueRef::Real(number) => bytes(2, &number.to_le_bytes()),
        ValueRef::Text(text) => bytes(3, text),
        ValueRef::Blob(blob) => bytes(4, blob),
    }
}
