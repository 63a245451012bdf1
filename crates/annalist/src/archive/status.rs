//! *What does the archive hold?*

use std::path::Path;

use rusqlite::Connection;
use serde::Serialize;

use super::revision;
use crate::plain;
use crate::table::{Record, joined};

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
    /// Cells with contradictory values, but for those that an analyst has settled.
    pub contradictions: i64,
    /// Cells whose values differ because a later one replaced an earlier, or in scope.
    pub other_differences: i64,
    /// Cells on which reports differ and that an analyst has settled.
    pub settled: i64,
    /// Posture series.
    pub postures: i64,
    /// Processes.
    pub processes: i64,
    /// What read the reports, each with its version.
    pub readers: Vec<String>,
}

impl Summary {
    /// `annals.db holds 10 events of 2 reports, published 2015-04-15 to 2015-04-17`.
    pub fn in_a_line(&self, archive: &Path) -> String {
        let count = |n: i64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let days = self.published_from.as_ref().zip(self.published_to.as_ref());
        let days = days.map(|(from, to)| format!(", published {from} to {to}")).unwrap_or_default();
        let (events, reports) = (count(self.events, "event"), count(self.reports, "report"));
        format!("{} holds {events} of {reports}{days}", archive.display())
    }

    /// One line a fact.
    pub fn to_text(&self) -> String {
        let Self { reports, withdrawn, undated, outlets, sentences, claims, events, .. } = self;
        let s = if *outlets == 1 { "" } else { "s" };
        let or = |text: &Option<String>, other: &str| text.clone().unwrap_or_else(|| other.to_owned());
        let lines = [
            ("revision", format!("{} of {}", self.revision, or(&self.changed, "no day yet"))),
            (
                "reports",
                format!("{reports} of {outlets} outlet{s}, {undated} undated, {withdrawn} withdrawn"),
            ),
            (
                "published",
                format!("{} to {}", or(&self.published_from, "unknown"), or(&self.published_to, "unknown")),
            ),
            ("read", format!("{sentences} sentences, {claims} claims, by {}", self.readers.join(", "))),
            ("events", format!("{events}, {} of them in several reports", self.shared_events)),
            (
                "disputes",
                format!(
                    "{} contradictory values, {} others, {} settled by an analyst",
                    self.contradictions, self.other_differences, self.settled
                ),
            ),
            ("postures", self.postures.to_string()),
            ("processes", self.processes.to_string()),
        ];
        lines.iter().map(|(name, value)| format!("{name:12}{}\n", plain::line(value))).collect()
    }
}

impl Record for Summary {
    const COLUMNS: &'static [&'static str] = &[
        "revision",
        "changed",
        "reports",
        "withdrawn",
        "undated",
        "published_from",
        "published_to",
        "outlets",
        "sentences",
        "claims",
        "events",
        "shared_events",
        "contradictions",
        "other_differences",
        "postures",
        "processes",
        "readers",
        "settled",
    ];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let counts = |counts: &[i64]| counts.iter().map(i64::to_string).collect::<Vec<_>>();
        let mut fields = vec![self.revision.to_string(), text(&self.changed)];
        fields.extend(counts(&[self.reports, self.withdrawn, self.undated]));
        fields.extend([text(&self.published_from), text(&self.published_to)]);
        fields.extend(counts(&[self.outlets, self.sentences, self.claims, self.events, self.shared_events]));
        fields.extend(counts(&[self.contradictions, self.other_differences, self.postures, self.processes]));
        fields.push(joined(&self.readers));
        fields.push(self.settled.to_string());
        fields
    }
}

/// Counts an archive.
pub fn summary(connection: &Connection) -> rusqlite::Result<Summary> {
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    let text = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    let live = "FROM report JOIN reading USING (report_idx) WHERE withdrawn IS NULL";
    let of_live = |table: &str| {
        count(&format!("SELECT count(*) FROM {table} JOIN report USING (report_idx) WHERE withdrawn IS NULL"))
    };
    // Few events are decided on, so that only their bodies are opened.
    let settled = |verdicts: &str| {
        count(&format!(
            "SELECT count(*) FROM (SELECT body FROM event WHERE body LIKE '%\"decisions\":[%') AS one,
                                  json_each(one.body, '$.cells') AS cell
             WHERE cell.value ->> '$.decided' IS NOT NULL AND cell.value ->> '$.verdict' IN ({verdicts})"
        ))
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
        contradictions: count("SELECT count(*) FROM cell WHERE verdict = 'contradictory'")?
            - settled("'contradictory'")?,
        other_differences: count(
            "SELECT count(*) FROM cell WHERE verdict IN ('superseded', 'different-scope')",
        )? - settled("'superseded', 'different-scope'")?,
        settled: settled("'contradictory', 'superseded', 'different-scope'")?,
        postures: count("SELECT count(*) FROM posture")?,
        processes: count("SELECT count(*) FROM process")?,
        readers: readers.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?,
    })
}
