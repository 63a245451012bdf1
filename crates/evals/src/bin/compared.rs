//! *What does linking see of the pairs of claims that it compares?* To learn from how much each thing weighs.
//!
//! `annalist read … | cargo run --release -p annalist-evals --bin compared`. Prints one JSON line a pair of claims of different
//! reports: `{"claims": [["report", "claim"], …], "seen": {"reports: cosine": 0.31, …}}`.

use std::io::{BufRead, Write, stdin, stdout};

use annalist_reconcile::compared;
use annalist_schema::Reading;
use serde_json::{Map, Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut readings: Vec<Reading> = Vec::new();
    for line in stdin().lock().lines() {
        readings.push(serde_json::from_str(&line?)?);
    }
    let mut out = stdout().lock();
    for pair in compared(&readings) {
        let seen: Map<String, Value> =
            pair.seen.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        writeln!(out, "{}", json!({"claims": pair.claims, "seen": seen}))?;
    }
    Ok(())
}
