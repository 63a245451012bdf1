//! Any bytes as rows of readings: what parses is reconciled without a panic.
#![no_main]

use annalist::schema::Reading;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let rows = bytes.split(|&byte| byte == b'\n');
    let readings: Vec<Reading> = rows.filter_map(|row| serde_json::from_slice(row).ok()).collect();
    let situation = annalist::reconcile(&readings);
    annalist::rows::situation_rows(&situation).for_each(drop);
});
