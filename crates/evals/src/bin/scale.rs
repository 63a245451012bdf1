//! *How does the cost of fusion grow?* Reconciles made-up piles of ten thousand to a million claims.
//!
//! `cargo run --release -p annalist-evals --bin scale [-- CLAIMS...]`. Prints for each size the CPU and wall time, the
//! others that a claim is compared with and the peak memory of the process, then the exponent of the power law through the
//! CPU times. As in the command, fusion keeps a gist of each reading; its making counts, that of the reading does not.

use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use annalist_evals::made::stream;
use annalist_evals::measure::{exponent, peak_memory_kb, timed};
use annalist_reconcile::{Gist, n_compared, reconcile_gists};

const SIZES: &[usize] = &[10_000, 31_623, 100_000, 316_228, 1_000_000];
const SEED: u64 = 11;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sizes = std::env::args().skip(1).map(|size| size.parse()).collect::<Result<Vec<usize>, _>>()?;
    if sizes.is_empty() {
        sizes = SIZES.to_vec();
    }
    let mut out = stdout().lock();
    let mut points = Vec::new();
    for size in sizes {
        let (mut cpu, mut wall, mut n_claims) = (Duration::ZERO, Duration::ZERO, 0);
        let mut gists = Vec::new();
        for reading in stream::readings(size, SEED) {
            n_claims += reading.claims.len();
            let start = Instant::now();
            let (time, gist) = timed(|| Gist::new(reading));
            (cpu, wall) = (cpu + time, wall + start.elapsed());
            gists.extend(gist);
        }
        let gists_kb = peak_memory_kb().unwrap_or_default();
        let mut n_compared = n_compared(&gists);
        n_compared.sort_unstable();
        let (n_reports, mut n_events) = (gists.len(), 0);
        let start = Instant::now();
        let (time, _) = timed(|| reconcile_gists(gists, |_| n_events += 1));
        (cpu, wall) = (cpu + time, wall + start.elapsed());
        writeln!(
            out,
            "{n_claims} claims of {n_reports} reports: {n_events} events in {:.1} s of CPU, {:.1} s; peak {} MB, {} MB of it what is kept of the readings",
            cpu.as_secs_f64(),
            wall.as_secs_f64(),
            peak_memory_kb().unwrap_or_default() / 1024,
            gists_kb / 1024,
        )?;
        let at = |share: f64| n_compared.get((n_compared.len() as f64 * share) as usize).copied();
        writeln!(
            out,
            "    a claim is compared with {} others in the median, {} in the ninth decile",
            at(0.5).unwrap_or_default(),
            at(0.9).unwrap_or_default(),
        )?;
        points.push((n_claims as f64, cpu.as_secs_f64()));
    }
    if points.len() > 1 {
        writeln!(out, "CPU time grows as the number of claims to the power of {:.2}", exponent(&points))?;
    }
    Ok(())
}
