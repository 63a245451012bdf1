//! Any bytes as what an archive gave out.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    annalist::exchange::lossless::rows("a.jsonl", bytes).for_each(drop);
    check("a.jsonl", bytes);
});

fn check(name: &str, bytes: &[u8]) {
    for outcome in annalist::input::reports(name, bytes).take(1000) {
        match outcome {
            Ok(report) => assert!(!report.text.trim().is_empty()),
            Err(failure) => assert!(!failure.place.is_empty() && !failure.problem.is_empty()),
        }
    }
}
