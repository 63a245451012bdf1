//! *Where do I get a pile of any size?* Writes made-up short reports, one row each, for measuring what a command costs.
//!
//! `cargo run --release -p annalist-evals --bin pile -- REPORTS [SEED] > pile.jsonl`. The same numbers give the same bytes.

use std::io::{BufWriter, Write, stdout};

use annalist_evals::made::press::reports;

const SEED: u64 = 7;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>());
    let n_reports = numbers.next().ok_or("usage: pile REPORTS [SEED]")??;
    let seed = numbers.next().unwrap_or(Ok(SEED))?;
    let mut out = BufWriter::new(stdout().lock());
    for report in reports(n_reports as usize, seed) {
        let row = serde_json::json!({
            "id": report.id, "text": report.text, "outlet": report.outlet,
            "published": report.published.map(|days| days.format()),
        });
        writeln!(out, "{row}")?;
    }
    Ok(out.flush()?)
}
