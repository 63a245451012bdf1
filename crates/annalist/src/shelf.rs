//! *Where do readings wait until they are cited?* In a file without a name, which goes when the program does, so that a pile
//! need not fit into memory.

use annalist_schema::{Reading, Report};
use rusqlite::Connection;
use thiserror::Error;

use crate::archive::json::Json;

/// What was read could not be kept.
#[derive(Debug, Error)]
#[error("what was read could not be kept in a temporary file: {0}; TMPDIR names a folder with room for it")]
pub struct NoRoom(#[from] rusqlite::Error);

/// Reports with what a page says of their readings, by the order in which they came.
#[derive(Debug)]
pub(crate) struct Shelf {
    connection: Connection,
}

impl Shelf {
    /// A new one, with nothing on it.
    pub fn new() -> Result<Self, NoRoom> {
        // Without a name the file is SQLite's own, in the folder for such files.
        let connection = Connection::open("")?;
        connection.execute_batch(
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, report TEXT NOT NULL, reading TEXT NOT NULL); BEGIN",
        )?;
        Ok(Self { connection })
    }

    /// Puts a report on it.
    pub fn put(&self, number: usize, report: &Report, reading: &Reading) -> Result<(), NoRoom> {
        let sql = "INSERT INTO entry VALUES (?1, ?2, ?3)";
        self.connection.prepare_cached(sql)?.execute((number as i64, Json(report), Json(reading)))?;
        Ok(())
    }

    /// Gives what was put there.
    pub fn get(&self, number: usize) -> Result<(Report, Reading), NoRoom> {
        let sql = "SELECT report, reading FROM entry WHERE number = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, Json<_>>(0)?.0, row.get::<_, Json<_>>(1)?.0));
        Ok(self.connection.prepare_cached(sql)?.query_row([number as i64], row)?)
    }

    /// Gives only the reading.
    pub fn reading(&self, number: usize) -> Result<Reading, NoRoom> {
        let sql = "SELECT reading FROM entry WHERE number = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok(row.get::<_, Json<_>>(0)?.0);
        Ok(self.connection.prepare_cached(sql)?.query_row([number as i64], row)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_there() {
        let shelf = Shelf::new().unwrap();
        let report = Report { text: "It rains.".to_owned(), ..Report::default() };
        let reading = Reading { id: "a".to_owned(), ..Reading::default() };
        shelf.put(7, &report, &reading).unwrap();
        assert_eq!(shelf.get(7).unwrap(), (report, reading.clone()));
        assert_eq!(shelf.reading(7).unwrap(), reading);
        assert!(shelf.get(1).is_err());
    }
}
