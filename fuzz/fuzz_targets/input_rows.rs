//! Any bytes as a file of report rows: every outcome is a report or a failure that names its place.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["rows.jsonl", "report.txt", "-"] {
        for outcome in annalist::input::reports(name, bytes) {
            match outcome {
                Ok(report) => assert!(!report.text.trim().is_empty()),
                Err(failure) => assert!(failure.to_string().starts_with(name)),
            }
        }
    }
});
