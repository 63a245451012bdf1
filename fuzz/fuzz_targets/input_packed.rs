//! Any bytes as something packed: gzip, zstd, zip, a Word document.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    check("a.gz", &[b"\x1f\x8b", bytes].concat());
    check("a.zst", &[b"\x28\xb5\x2f\xfd", bytes].concat());
    check("a.zip", &[b"PK\x03\x04", bytes].concat());
    check("a.docx", &[b"PK\x03\x04", bytes].concat());
});

fn check(name: &str, bytes: &[u8]) {
    for outcome in annalist::input::reports(name, bytes).take(1000) {
        match outcome {
            Ok(report) => assert!(!report.text.trim().is_empty()),
            Err(failure) => assert!(!failure.place.is_empty() && !failure.problem.is_empty()),
        }
    }
}
