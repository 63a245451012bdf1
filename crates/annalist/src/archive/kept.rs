//! *Where is what lets one report come or go by itself?* In the tables of the derived layer.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use annalist_reconcile::{Card, ClaimAt, Known, Lead, Store, prints, without_rejected};
use annalist_schema::{ClaimRef, Copy, Decision, Event, PostureSeries, Process, Reading};
use rusqlite::{OptionalExtension, Params, Row, Transaction, params};

use super::json::Json;
use super::{derived, store};

/// What an archive keeps of its reports between two fusions, as an analyst decided.
pub struct Kept<'a> {
    transaction: &'a Transaction<'a>,
    decisions: &'a [Decision],
}

impl<'a> Kept<'a> {
    pub fn new(transaction: &'a Transaction<'a>, decisions: &'a [Decision]) -> Self {
        Self { transaction, decisions }
    }

    /// Forgets everything but the situation.
    pub fn clear(&self) -> rusqlite::Result<()> {
        let tables = ["report_line", "head", "card", "place", "lead", "print"];
        tables
            .iter()
            .try_for_each(|table| self.transaction.execute(&format!("DELETE FROM {table}"), []).map(drop))
    }

    fn execute(&self, sql: &str, values: impl Params) -> rusqlite::Result<()> {
        self.transaction.prepare_cached(sql)?.execute(values).map(drop)
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: impl Params,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.transaction.prepare_cached(sql)?.query_map(values, row)?.collect()
    }
}

impl Store for Kept<'_> {
    type Error = rusqlite::Error;

    fn number(&self, id: &str) -> rusqlite::Result<Option<i64>> {
        store::number(self.transaction, id)
    }

    fn reading(&self, report: i64) -> rusqlite::Result<Reading> {
        let mut reading = store::reading(self.transaction, report)?;
        without_rejected(std::slice::from_mut(&mut reading), self.decisions);
        Ok(reading)
    }

    fn known(&self, report: i64) -> rusqlite::Result<Option<Known>> {
        let row = |row: &Row<'_>| {
            let card = Card::from_bytes(row.get_ref(2)?.as_blob()?);
            let (id, claims) = (row.get(0)?, row.get::<_, Json<Vec<String>>>(1)?.0);
            Ok(card.map(|card| Known { id, claims, card }))
        };
        let sql = "SELECT id, claims, body FROM card WHERE report_idx = ?1";
        Ok(self.transaction.prepare_cached(sql)?.query_row([report], row).optional()?.flatten())
    }

    fn heads(&self) -> rusqlite::Result<Vec<(i64, Vec<u8>)>> {
        self.rows("SELECT report_idx, body FROM head", [], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn printing(&self, report: i64) -> rusqlite::Result<Vec<i64>> {
        let sql = "SELECT DISTINCT other.report_idx FROM print JOIN print AS other USING (hash)
                   WHERE print.report_idx = ?1";
        self.rows(sql, [report], |row| row.get(0))
    }

    fn keep(&mut self, report: i64, known: &Known, reading: &Reading) -> rusqlite::Result<()> {
        let Known { id, claims, card } = known;
        self.execute("INSERT INTO head (report_idx, body) VALUES (?1, ?2)", params![report, card.head()])?;
        let head = &reading.report;
        let days = head.published.as_ref().map(|published| published.value);
        self.execute(
            "INSERT INTO report_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                report,
                id,
                days.map(|days| days.earliest.to_string()),
                days.map(|days| days.latest.to_string()),
                head.outlet,
                head.title,
            ],
        )?;
        let sql = "INSERT INTO card (report_idx, id, claims, body) VALUES (?1, ?2, ?3, ?4)";
        self.execute(sql, params![report, id, Json(claims), card.to_bytes()])?;
        let sql = "INSERT OR IGNORE INTO print (hash, report_idx) VALUES (?1, ?2)";
        prints(reading).try_for_each(|hash| self.execute(sql, params![hash.cast_signed(), report]))
    }

    fn forget(&mut self, report: i64) -> rusqlite::Result<()> {
        for (table, column) in [
            ("report_line", "report_idx"),
            ("head", "report_idx"),
            ("card", "report_idx"),
            ("print", "report_idx"),
            ("lead", "report_idx"),
            ("lead", "to_report"),
        ] {
            self.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [report])?;
        }
        Ok(())
    }

    fn on_places(&self, between: Range<&[u8]>, n: usize, from_end: bool) -> rusqlite::Result<Vec<ClaimAt>> {
        let sql = match from_end {
            false => {
                "SELECT report_idx, position FROM place WHERE place > ?1 AND place < ?2 ORDER BY place LIMIT ?3"
            }
            true => {
                "SELECT report_idx, position FROM place WHERE place > ?1 AND place < ?2
                 ORDER BY place DESC LIMIT ?3"
            }
        };
        let values = params![between.start, between.end, n as i64];
        self.rows(sql, values, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    fn keep_place(&mut self, place: &[u8], (report, position): ClaimAt) -> rusqlite::Result<()> {
        let sql = "INSERT OR IGNORE INTO place (place, report_idx, position) VALUES (?1, ?2, ?3)";
        self.execute(sql, params![place, report, position])
    }

    fn forget_place(&mut self, place: &[u8]) -> rusqlite::Result<()> {
        self.execute("DELETE FROM place WHERE place = ?1", [place])
    }

    fn leads_from(&self, (report, position): ClaimAt) -> rusqlite::Result<Vec<Lead<ClaimAt>>> {
        let sql = "SELECT * FROM lead WHERE report_idx = ?1 AND position = ?2";
        self.rows(sql, params![report, position], lead)
    }

    fn leads_to(&self, (report, position): ClaimAt) -> rusqlite::Result<Vec<Lead<ClaimAt>>> {
        let sql = "SELECT * FROM lead WHERE to_report = ?1 AND to_position = ?2";
        self.rows(sql, params![report, position], lead)
    }

    fn leads_by_kin(&self, report: i64) -> rusqlite::Result<Vec<Lead<ClaimAt>>> {
        self.rows("SELECT * FROM lead WHERE report_idx = ?1 AND by_kin = 1", [report], lead)
    }

    fn has_lead(&self, from: ClaimAt, to: ClaimAt, by_kin: Option<bool>) -> rusqlite::Result<bool> {
        let sql = "SELECT 1 FROM lead WHERE report_idx = ?1 AND position = ?2 AND by_kin IN (?5, ?6)
                   AND to_report = ?3 AND to_position = ?4";
        let (one, other) = by_kin.map_or((false, true), |by_kin| (by_kin, by_kin));
        self.transaction.prepare_cached(sql)?.exists(params![from.0, from.1, to.0, to.1, one, other])
    }

    fn keep_lead(&mut self, lead: Lead<ClaimAt>) -> rusqlite::Result<()> {
        let Lead { from, to, by_kin, likely } = lead;
        let sql = "INSERT OR IGNORE INTO lead (report_idx, position, by_kin, to_report, to_position, likely)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.execute(sql, params![from.0, from.1, by_kin, to.0, to.1, likely])
    }

    fn forget_lead(&mut self, from: ClaimAt, to: ClaimAt, by_kin: bool) -> rusqlite::Result<()> {
        let sql = "DELETE FROM lead WHERE report_idx = ?1 AND position = ?2 AND by_kin = ?3
                   AND to_report = ?4 AND to_position = ?5";
        self.execute(sql, params![from.0, from.1, by_kin, to.0, to.1])
    }

    fn together(&self, claim: &ClaimRef) -> rusqlite::Result<Vec<ClaimRef>> {
        let sql =
            "SELECT other.report, other.claim FROM event_claim JOIN event_claim AS other USING (event_idx)
             WHERE event_claim.report = ?1 AND event_claim.claim = ?2";
        self.rows(sql, params![claim.report, claim.claim], |row| {
            Ok(ClaimRef { report: row.get(0)?, claim: row.get(1)? })
        })
    }

    fn event_id(&self, claim: &ClaimRef) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT id FROM event JOIN event_claim USING (event_idx) WHERE report = ?1 AND claim = ?2";
        let mut statement = self.transaction.prepare_cached(sql)?;
        statement.query_row(params![claim.report, claim.claim], |row| row.get(0)).optional()
    }

    fn event(&self, id: &str) -> rusqlite::Result<Option<Event>> {
        derived::event(self.transaction, id)
    }

    fn postures(&self, keys: &BTreeSet<String>) -> rusqlite::Result<BTreeMap<String, PostureSeries>> {
        derived::rows(self.transaction, derived::POSTURES, keys)
    }

    fn processes(&self, keys: &BTreeSet<String>) -> rusqlite::Result<BTreeMap<String, Process>> {
        derived::rows(self.transaction, derived::PROCESSES, keys)
    }

    fn copies(&self, keys: &BTreeSet<String>) -> rusqlite::Result<BTreeMap<String, Copy>> {
        derived::rows(self.transaction, derived::COPIES, keys)
    }
}

fn lead(row: &Row<'_>) -> rusqlite::Result<Lead<ClaimAt>> {
    Ok(Lead {
        from: (row.get("report_idx")?, row.get("position")?),
        to: (row.get("to_report")?, row.get("to_position")?),
        by_kin: row.get("by_kin")?,
        likely: row.get("likely")?,
    })
}
