//! *How many words a second?* Prints the CPU time of each stage for the reports given, on one thread.
//!
//! `cargo run --release -p annalist-evals --bin speed -- FILES`. Compare figures of one run only: machines differ, and
//! shared ones are noisy. The words counted are the same for every line, so all lines did the same work.

use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::time::Duration;

use annalist::input;
use annalist::{Options, Reader, Tier, reconcile};
use annalist_evals::measure::{peak_memory_kb, timed};
use annalist_read::document::Analyser;
use annalist_read::report;
use annalist_schema::Report;

/// Reports are read over and over until this many words were read: enough for a steady figure.
const WORDS: usize = 60_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths: Vec<_> = std::env::args().skip(1).collect();
    let reports = load(&paths)?;
    if reports.is_empty() {
        return Err("no reports; name text or JSONL files".into());
    }
    let mut out = stdout().lock();
    let n_words: usize = reports.iter().map(|report| report.text.split_whitespace().count()).sum();
    writeln!(out, "{} reports, {n_words} words between spaces", reports.len())?;
    for (name, tier) in [("fast", Tier::Fast), ("full", Tier::Full)] {
        let rounds = WORDS.div_ceil(n_words.max(1));
        let (loading, reader) = timed(|| Reader::new(Options { tier, ..Options::default() }));
        let reader = reader?;
        let analyser = Analyser::new(tier)?;
        let (analysis, n_tokens) = timed(|| (0..rounds).map(|_| analyse(&analyser, &reports)).sum::<usize>());
        let (reading, readings) =
            timed(|| (1..rounds).fold(reader.read(&reports), |_, _| reader.read(&reports)));
        let (reconciling, situation) = timed(|| reconcile(&readings));
        let per_second = |time: Duration| n_tokens as f64 / time.as_secs_f64().max(1e-9);
        writeln!(
            out,
            "{name}: {n_tokens} tokens in {rounds} rounds, loaded in {:.0} ms",
            loading.as_secs_f64() * 1e3
        )?;
        writeln!(out, "  split, tag and parse  {:>9.0} tokens/s", per_second(analysis))?;
        writeln!(out, "  all of read           {:>9.0} tokens/s", per_second(reading))?;
        let rest = reading.as_secs_f64() / analysis.as_secs_f64().max(1e-9) - 1.0;
        writeln!(out, "  the rest of read adds {:>8.0} %", 100.0 * rest)?;
        let n_claims: usize = readings.iter().map(|reading| reading.claims.len()).sum();
        let n_events = situation.events.len();
        writeln!(
            out,
            "  reconcile             {n_claims} claims to {n_events} events in {:.1} ms",
            reconciling.as_secs_f64() * 1e3
        )?;
    }
    if let Some(peak_kb) = peak_memory_kb() {
        writeln!(out, "peak memory of this process: {peak_kb} kB")?;
    }
    Ok(())
}

fn load(paths: &[String]) -> Result<Vec<Report>, Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    for path in paths {
        for outcome in input::reports(path, BufReader::new(File::open(path)?)) {
            reports.push(outcome?);
        }
    }
    Ok(reports)
}

fn analyse(analyser: &Analyser, reports: &[Report]) -> usize {
    let outlines: Vec<_> = reports.iter().map(report::outline).collect();
    let texts: Vec<_> = reports.iter().map(|report| report.text.as_str()).zip(&outlines).collect();
    analyser.analyse(&texts).iter().map(|document| document.tokens.len()).sum()
}
