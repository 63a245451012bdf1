//! *What does the archive hold?*

use rusqlite::Connection;
use serde::Serialize;

use super::revision;

/// An archive, counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Number of the last change.
    pub revision: i64,
    /// When it was made: an instant, UTC.
    pub changed: Option<String>,
    /// Reports that count.
    pub reports: i64,
    /// Reports that were withdrawn.
    pub withdrawn: i64,
    /// Reports whose day of publication nobody could tell.
    pub undated: i64,
    /// First day of publication.
    pub published_from: Option<String>,
    /// Last day of publication.
    pub published_to: Option<String>,
    /// Outlets of the reports that count.
    pub outlets: i64,
    /// Their sentences.
    pub sentences: i64,
    /// Their claims.
    pub claims: i64,
    /// Events made of the claims.
    pub events: i64,
    /// Events that several reports tell.
    pub shared_events: i64,
    /// Cells with contradictory values.
    pub contradictions: i64,
    /// Cells whose values differ because a later one replaced an earlier, or in scope.
    pub other_differences: i64,
    /// Posture series.
    pub postures: i64,
    /// Processes.
    pub processes: i64,
    /// What read the reports, each with its version.
    pub readers: Vec<String>,
}

/// Counts an archive.
pub fn summary(connection: &Connection) -> rusqlite::Result<Summary> {
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    let live = "FROM report JOIN reading USING (report_idx) WHERE withdrawn IS NULL";
    let of_live = |table: &str| {
        count(&format!("SELECT count(*) FROM {table} JOIN report USING (report_idx) WHERE withdrawn IS NULL"))
    };
    let mut readers = connection.prepare(&format!("SELECT DISTINCT reader {live} ORDER BY reader"))?;
    Ok(Summary {
        revision: revision::latest(connection)?,
        changed: text("SELECT max(made) FROM revision")?,
        reports: count(&format!("SELECT count(*) {live}"))?,
        withdrawn: count("SELECT count(*) FROM report WHERE withdrawn IS NOT NULL")?,
        undated: count(&format!("SELECT count(*) {live} AND published_to IS NULL"))?,
        published_from: text(&format!("SELECT min(published_from) {live}"))?,
        published_to: text(&format!("SELECT max(published_to) {live}"))?,
        outlets: count(&format!("SELECT count(DISTINCT head ->> '$.outlet') {live}"))?,
        sentences: of_live("sentence")?,
        claims: of_live("claim")?,
        events: count("SELECT count(*) FROM event")?,
        shared_events: count(
            "SELECT count(*) FROM (SELECT 1 FROM event_claim GROUP BY event_idx HAVING count(DISTINCT report) > 1)",
        )?,
        contradictions: count("SELECT count(*) FROM cell WHERE verdict = 'contradictory'")?,
        other_differences: count(
            "SELECT count(*) FROM cell WHERE verdict IN ('superseded', 'different-scope')",
        )?,
        postures: count("SELECT count(*) FROM posture")?,
        processes: count("SELECT count(*) FROM process")?,
        readers: readers.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
    })
}
