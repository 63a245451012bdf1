//! *What did it cost?*

use std::time::Duration;

use cpu_time::ProcessTime;

/// CPU time of all threads, so that other work on the machine does not count.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = ProcessTime::now();
    let result = work();
    (start.elapsed(), result)
}

/// Peak resident memory of this process in kB, as Linux tells it.
pub fn peak_memory_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The exponent of a power law through points `(size, cost)`: the slope of the least-squares line of their logarithms.
pub fn exponent(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<_> = points.iter().map(|(size, cost)| (size.ln(), cost.max(1e-9).ln())).collect();
    let n = logs.len() as f64;
    let (mean_x, mean_y) =
        (logs.iter().map(|p| p.0).sum::<f64>() / n, logs.iter().map(|p| p.1).sum::<f64>() / n);
    let covariance: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let variance: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    covariance / variance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_the_exponent() {
        let check = |power: f64| {
            let points: Vec<_> = [1e4, 1e5, 1e6].map(|n: f64| (n, 3.0 * n.powf(power))).to_vec();
            assert!((exponent(&points) - power).abs() < 1e-9);
        };
        check(1.0);
        check(1.5);
    }
}
