//! *How do all tables travel together, with their types and their meaning?* A data package of Frictionless Data
//! (specs.frictionlessdata.io, version 1): CSV files and a `datapackage.json` that describes them.

use std::io;

use serde_json::{Value, json};

use super::account::Account;
use super::layout::{Column, Kind, write_csv};
use super::notes::Put;
use super::tables::{CLAIMS, EVENTS, FIGURES, REPORTS, figures_of};
use crate::plain;

/// What is lost.
pub static LOST: &[&str] = &[
    "The texts of the reports, postures, processes, and what was decided and why: they are in `jsonl`.",
    "A cell that a spreadsheet would run begins with an apostrophe.",
];

/// Writes the tables and their description.
pub fn write(account: &Account, put: &mut Put<'_>) -> io::Result<()> {
    let mut resources = Vec::new();
    let mut table = |name: &str, csv: Vec<u8>, described: Value| {
        resources.push(described);
        put(&format!("{name}.csv"), &csv)
    };
    let events = json!({"fields": "event", "reference": {"resource": "events", "fields": "id"}});
    table("events", csv(EVENTS, account.events())?, resource("events", "Events", EVENTS, Some("id"), &[]))?;
    let claims = resource(
        "claims",
        "Claims",
        CLAIMS,
        Some("id"),
        &[events.clone(), json!({"fields": "report", "reference": {"resource": "reports", "fields": "id"}})],
    );
    table("claims", csv(CLAIMS, account.sayings())?, claims)?;
    let figures = resource("figures", "Figures", FIGURES, None, &[events]);
    table("figures", csv(FIGURES, figures_of(account).into_iter())?, figures)?;
    let sources = account.sources().iter().cloned();
    table("reports", csv(REPORTS, sources)?, resource("reports", "Reports", REPORTS, Some("id"), &[]))?;
    let package = json!({
        "profile": "tabular-data-package",
        "name": "annals",
        "title": "Annals",
        "description": "Events, claims, figures and reports, read and reconciled by Annalist.",
        "licenses": licences(),
        "sources": [{"title": "The reports of reports.csv; whoever publishes the tables answers for the right to quote them."}],
        "resources": resources,
    });
    let mut text = Vec::new();
    plain::json_pretty(&mut text, &package)?;
    text.push(b'\n');
    put("datapackage.json", &text)
}

/// What travels in the tables besides the reports' own words.
pub fn licences() -> Value {
    json!([
        {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Places: GeoNames"},
        {"name": "CC-BY-SA-4.0", "path": "https://creativecommons.org/licenses/by-sa/4.0/", "title": "Codes and intensity: PLOVER"},
    ])
}

fn csv<R>(columns: &[Column<R>], rows: impl Iterator<Item = R>) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    write_csv(&mut out, columns, rows)?;
    Ok(out)
}

fn resource<R>(
    name: &str,
    title: &str,
    columns: &[Column<R>],
    key: Option<&str>,
    foreign: &[Value],
) -> Value {
    let mut schema = json!({
        "fields": columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    if let Some(key) = key {
        schema["primaryKey"] = key.into();
    }
    if !foreign.is_empty() {
        schema["foreignKeys"] = foreign.into();
    }
    json!({
        "profile": "tabular-data-resource", "name": name, "title": title, "path": format!("{name}.csv"),
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": schema,
    })
}

fn field<R>(column: &Column<R>) -> Value {
    let kind = match column.kind {
        // Several values in one cell are a text to readers of tables.
        Kind::List | Kind::Object => Kind::Text,
        kind => kind,
    };
    let mut field = json!({"name": column.name, "type": kind.as_str(), "description": column.meaning});
    if !column.unit.is_empty() {
        field["unit"] = column.unit.into();
    }
    if column.kind == Kind::List {
        field["separator"] = "; ".into();
    }
    field
}
