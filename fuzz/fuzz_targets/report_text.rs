//! Any text as a report: it is read without a panic and every span is a piece of it.
#![no_main]

use std::sync::OnceLock;

use annalist::schema::Report;
use annalist::{Options, Reader, Tier};
use libfuzzer_sys::fuzz_target;

static READER: OnceLock<Reader> = OnceLock::new();

fuzz_target!(|text: &str| {
    let reader = READER.get_or_init(|| {
        Reader::new(Options { tier: Tier::Fast, ..Options::default() }).expect("the shipped models load")
    });
    let report = Report { id: "fuzz".to_owned(), text: text.to_owned(), ..Report::default() };
    for reading in reader.read(std::slice::from_ref(&report)) {
        for claim in &reading.claims {
            assert!(report.text.get(claim.span.range()).is_some());
            assert!(report.text.get(claim.trigger.range()).is_some());
        }
    }
});
