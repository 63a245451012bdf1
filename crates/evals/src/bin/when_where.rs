//! *How fast are times and places?* Prints, for one core: the first look-up of a place, an exact look-up, times read from
//! analysed text, places found and resolved in it.
//!
//! `cargo run --release -p annalist-evals --bin when_where -- FILES`. The count beside each figure says what was done, so that two
//! runs that differ in it are not compared. Splitting, tagging and parsing come before and are not counted.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Write, stdout};
use std::time::{Duration, Instant};

use annalist::input;
use annalist_data::gazetteer::Gazetteer;
use annalist_read::document::Analyser;
use annalist_read::{Tier, mention, report};
use annalist_schema::{DayInterval, Report, Span, View};
use cpu_time::ThreadTime;

/// Bytes of text read for each figure: enough for a steady one.
const BYTES: usize = 20_000_000;
/// Places looked up for the exact look-up.
const LOOKUPS: usize = 1_000_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = stdout().lock();
    // First, or the tables would be warm.
    let start = Instant::now();
    let found = Gazetteer::in_use().lookup(black_box("Al Qa'im")).count();
    writeln!(out, "first look-up     {:>9.1} ms  ({found} places)", start.elapsed().as_secs_f64() * 1e3)?;

    let reports = load()?;
    let analyser = Analyser::with_workers(Tier::Fast, 1)?;
    let outlines: Vec<_> = reports.iter().map(report::outline).collect();
    let texts: Vec<_> = reports.iter().map(|report| report.text.as_str()).zip(&outlines).collect();
    let documents = analyser.analyse(&texts);
    let views: Vec<View<'_>> =
        reports.iter().zip(&documents).map(|(report, document)| View::new(&report.text, document)).collect();
    let n_bytes: usize = reports.iter().map(|report| report.text.len()).sum();
    let rounds = BYTES.div_ceil(n_bytes.max(1));
    writeln!(out, "{} reports, {n_bytes} bytes, {rounds} rounds", reports.len())?;

    let (time, n_timexes) = timed(|| (0..rounds).map(|_| times(&views)).sum::<usize>());
    let megabytes = (rounds * n_bytes) as f64 / 1e6;
    writeln!(out, "tag and normalise {:>9.1} MB/s  ({n_timexes} timexes)", megabytes / time.as_secs_f64())?;

    let (time, n_found) = timed(|| (0..rounds).map(|_| recognise(&views)).sum::<usize>());
    writeln!(out, "recognise places  {:>9.1} MB/s  ({n_found} reports)", megabytes / time.as_secs_f64())?;

    let found: Vec<_> = views.iter().map(|view| mention::toponym::recognise(*view)).collect();
    let (time, n_names) = timed(|| (0..rounds).map(|_| resolve(&views, &found)).sum::<usize>());
    writeln!(
        out,
        "resolve places    {:>9.0} names/s  ({n_names} names)",
        n_names as f64 / time.as_secs_f64()
    )?;

    let names = names(&views);
    let n_lookups = LOOKUPS.next_multiple_of(names.len().max(1));
    let (time, n_places) = timed(|| look_up(&names, n_lookups));
    writeln!(
        out,
        "exact look-up     {:>9.2} µs  ({n_lookups} names, {n_places} places)",
        time.as_secs_f64() * 1e6 / n_lookups as f64
    )?;
    Ok(())
}

fn load() -> Result<Vec<Report>, Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        for outcome in input::reports(&path, BufReader::new(File::open(&path)?)) {
            reports.push(outcome?);
        }
    }
    if reports.is_empty() { Err("no reports; name text or JSONL files".into()) } else { Ok(reports) }
}

/// Number of time expressions read and worked out.
fn times(views: &[View<'_>]) -> usize {
    let published = DayInterval::parse("2024-02-11");
    let read = |view: &View<'_>| mention::timex::resolve(*view, mention::timex::find(*view), published).len();
    views.iter().map(read).sum()
}

/// Number of reports in which places were sought.
fn recognise(views: &[View<'_>]) -> usize {
    views.iter().for_each(|view| drop(black_box(mention::toponym::recognise(*view))));
    views.len()
}

/// Number of place names resolved.
fn resolve(views: &[View<'_>], found: &[mention::toponym::Recognised<'_>]) -> usize {
    let pairs = views.iter().zip(found);
    pairs.map(|(view, found)| mention::toponym::resolve(*view, found, &mut Vec::new()).len()).sum()
}

fn names<'t>(views: &[View<'t>]) -> Vec<&'t str> {
    let toponyms = |view: &View<'t>| {
        let text = view.text;
        let found = mention::toponym::find(*view, &mut Vec::new());
        found.into_iter().map(move |toponym| Span::from(toponym.span).of(text)).collect::<Vec<_>>()
    };
    views.iter().flat_map(toponyms).collect()
}

/// Number of places under the first of each name, so many times.
fn look_up(names: &[&str], n_lookups: usize) -> usize {
    let gazetteer = Gazetteer::in_use();
    names
        .iter()
        .cycle()
        .take(n_lookups)
        .filter(|name| gazetteer.lookup(black_box(name)).next().is_some())
        .count()
}

/// CPU time of this thread, so that other work on the machine does not count.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = ThreadTime::now();
    let result = work();
    (start.elapsed(), result)
}
