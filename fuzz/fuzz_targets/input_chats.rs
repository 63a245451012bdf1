//! Any bytes as an export of Telegram.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check("a.json", &[br#"{"type":"public_channel","messages":["#, bytes].concat());
});

fn check(name: &str, bytes: &[u8]) {
    for outcome in annalist::input::reports(name, bytes).take(1000) {
        match outcome {
            Ok(report) => assert!(!report.text.trim().is_empty()),
            Err(failure) => assert!(!failure.place.is_empty() && !failure.problem.is_empty()),
        }
    }
}
