//! *Does the derived layer follow from what is kept?* It is made anew in a database of its own, and compared row by row.

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction};

use super::fuse;

/// Each table with what is compared of it, in an order that does not show when rows were written.
const TABLES: &[(&str, &str)] = &[
    ("event", "SELECT id, type, first_day, last_day, place, country, body FROM event ORDER BY id"),
    (
        "event_claim",
        "SELECT report, claim, id FROM event_claim JOIN event USING (event_idx) ORDER BY report, claim",
    ),
    (
        "cell",
        "SELECT id, attribute, verdict, preferred, n_values, n_origins FROM cell JOIN event USING (event_idx)
         ORDER BY id, attribute",
    ),
    (
        "event_line",
        "SELECT id, line.type, line.first_day, line.last_day, points, standing, status, differs, n_reports, killed,
                parties, codes, lat, lon
         FROM event_line AS line JOIN event USING (event_idx) ORDER BY id",
    ),
    (
        "event_place",
        "SELECT written, id FROM event_place JOIN event USING (event_idx) ORDER BY written, id",
    ),
    (
        "event_party",
        "SELECT id, position, acts, identity, name, event_party.country, sector
         FROM event_party JOIN event USING (event_idx) ORDER BY id, position",
    ),
    (
        "report_line",
        "SELECT report_idx, id, published_from, published_to, outlet, title FROM report_line ORDER BY report_idx",
    ),
    ("posture", "SELECT key, body FROM posture ORDER BY key"),
    ("process", "SELECT key, body FROM process ORDER BY key"),
    ("report_copy", "SELECT key, body FROM report_copy ORDER BY key"),
    ("situation_note", "SELECT key, body FROM situation_note ORDER BY key"),
    ("head", "SELECT report_idx, body FROM head ORDER BY report_idx"),
    ("card", "SELECT report_idx, id, claims, body FROM card ORDER BY report_idx"),
    ("place", "SELECT place, report_idx, position FROM place ORDER BY place"),
    (
        "lead",
        "SELECT report_idx, position, by_kin, to_report, to_position, likely FROM lead
         ORDER BY report_idx, position, by_kin, to_report, to_position",
    ),
    ("print", "SELECT hash, report_idx FROM print ORDER BY hash, report_idx"),
];

/// The first table that differs from what the readings and decisions give, in words.
pub fn first_difference(connection: &Connection) -> rusqlite::Result<Option<String>> {
    // A name of nothing: a file that the system takes away again.
    let mut other = Connection::open("")?;
    let transaction = other.transaction()?;
    fuse::make_anew(connection, &transaction)?;
    for (table, sql) in TABLES {
        if let Some(key) = difference(connection, &transaction, sql)? {
            return Ok(Some(format!(
                "a row of table `{table}`, `{key}`, that does not follow from the reports"
            )));
        }
    }
    Ok(None)
}

/// The key of the first row that only one of the two has.
fn difference(one: &Connection, other: &Transaction<'_>, sql: &str) -> rusqlite::Result<Option<String>> {
    let (mut one, mut other) = (one.prepare(sql)?, other.prepare(sql)?);
    let n_columns = one.column_count();
    let (mut ones, mut others) = (one.query([])?, other.query([])?);
    loop {
        let values = |row: Option<&rusqlite::Row<'_>>| -> rusqlite::Result<Option<Vec<Value>>> {
            row.map(|row| (0..n_columns).map(|column| row.get(column)).collect()).transpose()
        };
        match (values(ones.next()?)?, values(others.next()?)?) {
            (None, None) => return Ok(None),
            (Some(one), Some(other)) if one == other => {}
            (Some(row), _) | (None, Some(row)) => return Ok(row.first().map(shown)),
        }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
