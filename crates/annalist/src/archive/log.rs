//! *What changed since?* The log of an archive, which is only ever added to.

use jiff::civil::Date;
use rusqlite::{Connection, Row, Transaction, params};
use serde::Serialize;

use super::change::{Change, ChangeKind};
use super::json::Json;
use super::listing::{Listed, Window};
use crate::days;
use crate::table::{Record, joined};

/// From where the log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Changes made on a day (UTC) or later.
    Day(Date),
    /// Changes after a revision; 0 is the beginning.
    Revision(i64),
}

impl Since {
    /// Reads the number of a revision, or [days](days::parse), of which the first counts. A number alone is a revision,
    /// so a year is written `2015-01`.
    ///
    /// # Errors
    /// If the text is neither.
    pub fn parse(text: &str, today: Date) -> Result<Self, days::Error> {
        match text.parse() {
            Ok(revision) if revision >= 0 => Ok(Self::Revision(revision)),
            _ => Ok(Self::Day(days::parse(text, today)?.earliest)),
        }
    }
}

/// A change with when and by what it was made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Logged {
    /// Number of the revision that made it.
    pub revision: i64,
    /// Instant, UTC.
    pub made: String,
    /// The command: `add`, `withdraw`, `decide`, `undo`, `fuse`.
    pub command: String,
    /// What changed.
    #[serde(flatten)]
    pub change: Change,
}

impl Record for Logged {
    const COLUMNS: &'static [&'static str] = &[
        "revision",
        "made",
        "command",
        "kind",
        "subject",
        "about",
        "date",
        "attribute",
        "before",
        "after",
        "verdict",
        "into",
        "claims",
        "decided",
    ];

    fn fields(&self) -> Vec<String> {
        let Change { kind, subject, about, date, attribute, before, after, verdict, decided, into, claims } =
            &self.change;
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            self.revision.to_string(),
            self.made.clone(),
            self.command.clone(),
            kind.as_str().to_owned(),
            subject.clone(),
            about.clone(),
            text(date),
            text(attribute),
            text(before),
            text(after),
            verdict.map(|verdict| verdict.to_string()).unwrap_or_default(),
            text(into),
            joined(claims),
            joined(decided),
        ]
    }
}

/// Appends to the log.
pub fn write(transaction: &Transaction<'_>, revision: i64, changes: &[Change]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO change_log (revision, kind, subject, body) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = transaction.prepare_cached(sql)?;
    for change in changes {
        insert.execute(params![revision, change.kind.as_str(), change.subject, Json(change)])?;
    }
    Ok(())
}

/// The log from somewhere on, oldest first.
pub fn since(connection: &Connection, since: Since) -> rusqlite::Result<Vec<Logged>> {
    let (revision, day) = bounds(since);
    let sql = "SELECT revision, made, command, body FROM change_log JOIN revision USING (revision)
               WHERE revision > ?1 AND made >= ?2 ORDER BY change_idx";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![revision, day], logged)?;
    rows.collect()
}

/// Some of the log from somewhere on, the last change first; of one kind if it is asked for.
pub fn window(
    connection: &Connection,
    since: Since,
    kind: Option<&str>,
    window: Window,
) -> rusqlite::Result<Listed<Logged>> {
    let (revision, day) = bounds(since);
    let from = "FROM change_log JOIN revision USING (revision)
                WHERE revision > ?1 AND made >= ?2 AND (?3 IS NULL OR kind = ?3)";
    let mut counted = connection.prepare_cached(&format!("SELECT count(*) {from}"))?;
    let total: i64 = counted.query_row(params![revision, day, kind], |row| row.get(0))?;
    let sql = format!(
        "SELECT revision, made, command, body {from} ORDER BY revision DESC, change_idx LIMIT {} OFFSET {}",
        window.limit, window.offset
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![revision, day, kind], logged)?;
    let rows = rows.collect::<rusqlite::Result<_>>()?;
    Ok(Listed { rows, total: usize::try_from(total).unwrap_or_default() })
}

/// How many changes of each kind the log has from somewhere on.
pub fn kinds(connection: &Connection, since: Since) -> rusqlite::Result<Vec<(String, usize)>> {
    let sql = "SELECT kind, count(*) FROM change_log JOIN revision USING (revision)
               WHERE revision > ?1 AND made >= ?2 GROUP BY kind ORDER BY count(*) DESC, kind";
    let (revision, day) = bounds(since);
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![revision, day], |row| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.try_into().unwrap_or_default()))
    })?;
    rows.collect()
}

/// The last revision and the first day that lie before.
fn bounds(since: Since) -> (i64, String) {
    match since {
        Since::Revision(revision) => (revision, String::new()),
        Since::Day(day) => (0, day.to_string()),
    }
}

fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
    let change = row.get::<_, Json<Change>>(3)?.0;
    Ok(Logged { revision: row.get(0)?, made: row.get(1)?, command: row.get(2)?, change })
}

/// The id that an event of an earlier situation has now, if it was merged or renamed: the log is followed to its end.
pub fn redirect(connection: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT body ->> '$.into' FROM change_log WHERE subject = ?1 AND kind IN (?2, ?3)
               ORDER BY change_idx DESC LIMIT 1";
    let (merged, renamed) = (ChangeKind::EventMerged.as_str(), ChangeKind::EventRenamed.as_str());
    let mut statement = connection.prepare_cached(sql)?;
    let (mut at, mut seen) = (id.to_owned(), vec![id.to_owned()]);
    loop {
        let mut rows = statement.query(params![at, merged, renamed])?;
        let Some(next) = rows.next()?.map(|row| row.get::<_, String>(0)).transpose()? else { break };
        if seen.contains(&next) {
            break;
        }
        seen.push(next.clone());
        at = next;
    }
    Ok(Some(at).filter(|at| at != id))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(text: &str, expected: Option<Since>) {
        assert_eq!(Since::parse(text, date(2015, 5, 1)).ok(), expected, "{text}");
    }

    #[test]
    fn a_revision_or_days() {
        check("12", Some(Since::Revision(12)));
        check("2015", Some(Since::Revision(2015)));
        check("2015-04", Some(Since::Day(date(2015, 4, 1))));
        check("2015-04-02..2015-04-30", Some(Since::Day(date(2015, 4, 2))));
        check("yesterday", Some(Since::Day(date(2015, 4, 30))));
        check("-1", None);
        check("2015-04-15garbage", None);
    }
}
