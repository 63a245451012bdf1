//! *What does one report more, or one less, cost an archive?* Fills an archive with made-up readings, adds some more, one by
//! one, and withdraws them again.
//!
//! `cargo run --release -p annalist-evals --bin adding [-- REPORTS [MORE]]`. Prints what storing and fusing one report takes
//! beyond its reading, and what its withdrawal takes; checks that the archive then holds what a
//! rebuild gives.

use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use annalist::archive::{Access, Archive};
use annalist_evals::made::stream;
use annalist_schema::{Reading, Report};

const N_REPORTS: usize = 10_000;
const N_MORE: usize = 20;
const CLAIMS_A_REPORT: usize = 8;
const SEED: u64 = 11;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sizes = std::env::args().skip(1).map(|size| size.parse());
    let (n, n_more) = (sizes.next().unwrap_or(Ok(N_REPORTS))?, sizes.next().unwrap_or(Ok(N_MORE))?);
    let (before, more) = readings(n, n_more);
    let path = std::env::temp_dir().join(format!("annalist-adding-{}.db", std::process::id()));
    let access = Access { path: path.clone(), wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH };
    let outcome = access.create().map_err(Into::into).and_then(|archive| measure(archive, before, more));
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
    outcome
}

fn measure(
    mut archive: Archive,
    before: Vec<Reading>,
    more: Vec<Reading>,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut out = stdout().lock();
    let start = Instant::now();
    archive.add(&before.into_iter().map(entry).collect::<Vec<_>>(), "made")?;
    let stored = start.elapsed();
    archive.refresh()?;
    let summary = archive.summary()?;
    writeln!(
        out,
        "{} reports, {} claims, {} events: stored in {:.1} s, fused in {:.1} s",
        summary.reports,
        summary.claims,
        summary.events,
        stored.as_secs_f64(),
        (start.elapsed() - stored).as_secs_f64(),
    )?;
    let ids: Vec<_> = more.iter().map(|reading| reading.id.clone()).collect();
    let mut times = Vec::new();
    for reading in more {
        let start = Instant::now();
        archive.add(&[entry(reading)], "made")?;
        archive.refresh()?;
        times.push(start.elapsed());
    }
    writeln!(out, "one report more: {}", spread(times))?;
    let mut times = Vec::new();
    for id in ids {
        let start = Instant::now();
        archive.withdraw(&[id])?;
        times.push(start.elapsed());
    }
    writeln!(out, "one report less: {}", spread(times))?;
    archive.check()?;
    writeln!(out, "the archive holds what a rebuild gives")?;
    Ok(())
}

/// Times in words.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| times.get(times.len() * share / 10).map_or(0.0, Duration::as_secs_f64);
    let slowest = times.last().map_or(0.0, Duration::as_secs_f64);
    format!(
        "{:.0} ms in the median, {:.0} ms in the ninth decile, {:.0} ms at most, of {}",
        1000.0 * at(5),
        1000.0 * at(9),
        1000.0 * slowest,
        times.len(),
    )
}

/// So many readings, and some more that are spread over them.
fn readings(n: usize, n_more: usize) -> (Vec<Reading>, Vec<Reading>) {
    let all: Vec<_> = stream::readings((n + n_more) * CLAIMS_A_REPORT * 2, SEED).take(n + n_more).collect();
    let step = all.len() / n_more.max(1);
    let is_later = |index: usize| step > 0 && index % step == step - 1 && index / step < n_more;
    let (more, before): (Vec<_>, Vec<_>) =
        all.into_iter().enumerate().partition(|(index, _)| is_later(*index));
    let plain = |readings: Vec<(usize, Reading)>| readings.into_iter().map(|(_, reading)| reading).collect();
    (plain(before), plain(more))
}

fn entry(reading: Reading) -> (Report, Reading) {
    let text = format!("Made-up report {}.", reading.id);
    (Report { id: reading.id.clone(), text, ..Report::default() }, reading)
}
