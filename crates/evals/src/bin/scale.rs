//! *How does the cost of fusion grow?* Reconciles made-up piles of ten thousand to a million claims.
//!
//! `cargo run --release -p annalist-evals --bin scale [-- CLAIMS...]`. Prints for each size the CPU and wall time, the
//! others that a claim is compared with and the peak memory of the process, then the exponent of the power law through the
//! CPU times. The readings themselves are part of the memory.

use std::io::{Write, stdout};
use std::time::Instant;

use annalist_evals::made::stream;
use annalist_evals::measure::{exponent, peak_memory_kb, timed};

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
        let readings = stream::readings(size, SEED);
        let made_kb = peak_memory_kb().unwrap_or_default();
        let n_claims: usize = readings.iter().map(|reading| reading.claims.len()).sum();
        let mut n_compared = annalist_reconcile::n_compared(&readings);
        n_compared.sort_unstable();
        let start = Instant::now();
        let (cpu, n_events) = timed(|| annalist::reconcile(&readings).events.len());
        writeln!(
            out,
            "{n_claims} claims of {} reports: {n_events} events in {:.1} s of CPU, {:.1} s; peak {} MB, {} MB of it readings",
            readings.len(),
            cpu.as_secs_f64(),
            start.elapsed().as_secs_f64(),
            peak_memory_kb().unwrap_or_default() / 1024,
            made_kb / 1024,
        )?;
        writeln!(
            out,
            "    a claim is compared with {} others in the median, {} in the ninth decile",
            n_compared.get(n_compared.len() / 2).copied().unwrap_or_default(),
            n_compared.get(n_compared.len() * 9 / 10).copied().unwrap_or_default(),
        )?;
        points.push((n_claims as f64, cpu.as_secs_f64()));
    }
    if points.len() > 1 {
        writeln!(out, "CPU time grows as the number of claims to the power of {:.2}", exponent(&points))?;
    }
    Ok(())
}
