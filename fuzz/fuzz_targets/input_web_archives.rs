//! Any bytes as a web archive, as it is and packed.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check("pages.warc", &[b"WARC/1.0\r\n", bytes].concat());
    check("pages.warc.gz", &[b"\x1f\x8b", bytes].concat());
});

fn check(name: &str, bytes: &[u8]) {
    for outcome in annalist::input::reports(name, bytes).take(1000) {
        match outcome {
            Ok(report) => assert!(!report.text.trim().is_empty()),
            Err(failure) => assert!(!failure.place.is_empty() && !failure.problem.is_empty()),
        }
    }
}
