//! *How far along is it?* One line on a terminal's standard error, rewritten in place: how many of how many, how fast, how
//! long still. Nothing where standard error is no terminal.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whether the line stands on the terminal now.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// What takes the line off the terminal, for whoever writes next.
pub fn erased() -> &'static str {
    if IS_SHOWN.swap(false, Ordering::Relaxed) { "\r\x1b[K" } else { "" }
}

/// Takes the line off the terminal before something is written to standard output.
pub fn erase() {
    let _ = write!(stderr().lock(), "{}", erased());
}

/// Counts reports; the line is gone when it is dropped.
pub struct Progress {
    total: Option<usize>,
    done: usize,
    begin: Instant,
    is_watched: bool,
}

impl Progress {
    /// Of a number of reports, where it is known.
    pub fn new(total: Option<usize>) -> Self {
        Self { total, done: 0, begin: Instant::now(), is_watched: stderr().is_terminal() }
    }

    /// So many more are done.
    pub fn add(&mut self, n: usize) {
        self.done += n;
        if self.is_watched {
            let line = line(self.done, self.total, self.begin.elapsed());
            let _ = write!(stderr().lock(), "\r{line}\x1b[K");
            IS_SHOWN.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        erase();
    }
}

/// `320 of 5,000 reports · 41 a second · 2 min left`.
fn line(done: usize, total: Option<usize>, time: Duration) -> String {
    let rate = done as f64 / time.as_secs_f64().max(0.001);
    let of_total = total.map_or(String::new(), |total| format!(" of {}", grouped(total)));
    let speed = if rate < 10.0 { format!("{rate:.1}") } else { grouped(rate.round() as usize) };
    let left = total.filter(|total| *total > done && rate > 0.0).map_or(String::new(), |total| {
        format!(" · {} left", in_words(((total - done) as f64 / rate).ceil() as u64))
    });
    format!("{}{of_total} reports · {speed} a second{left}", grouped(done))
}

/// `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let lead = digits.len() % 3;
    let mut out = digits[..lead].to_owned();
    for at in (lead..digits.len()).step_by(3) {
        if !out.is_empty() {
            out.push(',');
        }
        out.push_str(&digits[at..at + 3]);
    }
    out
}

fn in_words(seconds: u64) -> String {
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5_400 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{:.1} h", seconds as f64 / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(done: usize, total: Option<usize>, seconds: u64, expected: &str) {
        assert_eq!(line(done, total, Duration::from_secs(seconds)), expected);
    }

    #[test]
    fn says_how_many_of_how_many_how_fast_and_how_long_still() {
        check(320, Some(5_000), 8, "320 of 5,000 reports · 40 a second · 2 min left");
        check(32, Some(64), 16, "32 of 64 reports · 2.0 a second · 16 s left");
        check(1_000, Some(1_000_000), 10, "1,000 of 1,000,000 reports · 100 a second · 2.8 h left");
        check(64, Some(64), 16, "64 of 64 reports · 4.0 a second");
        check(64, None, 16, "64 reports · 4.0 a second");
    }
}
