//! What a pile costs in memory: little for each report more, whatever its reading holds, so that a briefing of 50,000 short reports
//! and a timeline of 20,000 stay below half a gigabyte. Measured while the command waits for whoever reads its output: by then
//! all is arranged. Linux tells the peak of another process; elsewhere there is nothing to measure.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a command may take in all.
const MOST_KB: u64 = 500_000;

const TOWNS: [&str; 12] = [
    "Mosul",
    "Kabul",
    "Aleppo",
    "Tripoli",
    "Maiduguri",
    "Goma",
    "Gao",
    "Mogadishu",
    "Sanaa",
    "Donetsk",
    "Quetta",
    "Popayán",
];
const WHO: [&str; 5] = ["Gunmen", "Rebels", "Police", "Soldiers", "Protesters"];
const DEEDS: [&str; 5] = ["killed", "wounded", "arrested", "abducted", "attacked"];
const WHOM: [&str; 4] = ["soldiers", "civilians", "students", "journalists"];

/// So many reports of two happenings each, and of what is none.
fn pile(folder: &Path, n_reports: usize) -> PathBuf {
    let mut rows = String::new();
    for number in 0..n_reports {
        let (year, month, day) = (2001 + number / 336 % 20, 1 + number / 28 % 12, 1 + number % 28);
        let (who, deed, whom) = (WHO[number % 5], DEEDS[number / 5 % 5], WHOM[number / 25 % 4]);
        let (town, other, n) = (TOWNS[number % 12], TOWNS[number / 12 % 12], 2 + number % 89);
        let text = format!(
            "{who} {deed} {n} {whom} in {town} on {year}-{month:02}-{day:02}, the governor said. Troops left {other}. The \
             market in {other} has {n} stalls. Buses run every {n} minutes on working days."
        );
        let row = serde_json::json!({
            "id": format!("r{number}"), "text": text, "outlet": format!("Outlet {}", number % 97),
            "published": format!("{year}-{month:02}-{day:02}"),
        });
        writeln!(rows, "{row}").unwrap();
    }
    let path = folder.join(format!("{n_reports}.jsonl"));
    std::fs::write(&path, rows).unwrap();
    path
}

fn annalist(arguments: &[&str], files: &[&Path]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_annalist"));
    command.args(arguments).args(files).stderr(Stdio::null());
    command
}

/// The most memory that a command has taken by the time that it writes.
fn peak_kb(mut command: Command) -> u64 {
    let mut running = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut output = running.stdout.take().unwrap();
    output.read_exact(&mut [0]).unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak = peak.trim().trim_end_matches(" kB").parse().unwrap();
    std::io::copy(&mut output, &mut std::io::sink()).unwrap();
    assert!(running.wait().unwrap().success());
    peak
}

/// What so many reports would take, going by what more of them take than fewer.
fn check(what: &str, n_reports: u64, peaks: [(u64, u64); 2]) {
    let [(n_few, few), (n_more, more)] = peaks;
    let each = more.saturating_sub(few) / (n_more - n_few);
    let expected = few + each * (n_reports - n_few);
    assert!(expected < MOST_KB, "{what}: {peaks:?}, so {n_reports} reports would take {expected} kB");
}

#[test]
fn a_report_more_takes_little() {
    let folder = tempfile::tempdir().unwrap();
    let sizes = [500, 2_500];
    let briefs = sizes
        .map(|n| (n, peak_kb(annalist(&["brief", "--full", "--fast"], &[&pile(folder.path(), n as usize)]))));
    check("brief", 50_000, briefs);
    let timelines = sizes.map(|n| {
        let archive = folder.path().join(format!("{n}.db"));
        let add = ["add", "--fast", "--archive", archive.to_str().unwrap()];
        assert!(
            annalist(&add, &[&pile(folder.path(), n as usize)])
                .stdout(Stdio::null())
                .status()
                .unwrap()
                .success()
        );
        (n, peak_kb(annalist(&["timeline", "--archive", archive.to_str().unwrap()], &[])))
    });
    check("timeline", 20_000, timelines);
}
