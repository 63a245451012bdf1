//! Killed at any moment, or out of room, `add` loses nothing that it said was added, and leaves a sound archive.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use annalist::archive::{Access, Archive, Error};
use assert_cmd::cargo::cargo_bin;
use tempfile::TempDir;

/// Deaths to survive; `just kills` asks for more.
fn n_kills() -> usize {
    std::env::var("ANNALIST_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Several of the batches in which reports are stored.
const N_REPORTS: usize = 200;

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let row = |index: usize| {
            let text = format!("Rebels attacked a village near Gao, killing {} soldiers.", index + 2);
            serde_json::json!({"id": format!("r{index}"), "published": "2024-02-06", "text": text})
                .to_string()
        };
        let rows: Vec<_> = (0..N_REPORTS).map(row).collect();
        std::fs::write(desk.path("reports.jsonl"), rows.join("\n")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Adds the reports to an archive, and kills that after a while; whether it was still at it.
    fn add(&self, archive: &Path, delay: Duration) -> bool {
        let mut child = Command::new(cargo_bin("annalist"))
            .args(["add", "--fast", "--json", "--archive"])
            .args([archive, &self.path("reports.jsonl")])
            .stdout(File::create(self.path("said")).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(delay);
        child.kill().unwrap();
        child.wait().unwrap().signal() == Some(9)
    }

    /// Ids that the last run said were added; a line cut off by its death says nothing.
    fn said(&self) -> Vec<String> {
        let said = std::fs::read_to_string(self.path("said")).unwrap();
        let rows = said.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let added = rows.filter(|row| row["kind"] == "added");
        added.map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }
}

fn open(path: &Path) -> Archive {
    try_open(path).unwrap()
}

fn try_open(path: &Path) -> Result<Archive, Error> {
    Access { path: path.to_owned(), wait_s: 10, now: jiff::Timestamp::UNIX_EPOCH }.open()
}

/// Numbers between 0 and 1 that look random and are the same each time (a Weyl sequence).
fn fraction(index: usize) -> f64 {
    (index as f64 * 0.618_033_988_749_895).fract()
}

#[test]
fn whatever_was_said_to_be_added_survives_a_kill() {
    let desk = Desk::new();
    let begin = Instant::now();
    let whole = desk.path("whole.db");
    Command::new(cargo_bin("annalist"))
        .args(["add", "--fast", "--archive"])
        .args([&whole, &desk.path("reports.jsonl")])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    let time = begin.elapsed();
    let expected = open(&whole).situation(None).unwrap();
    let n_wanted = n_kills();
    let (mut n_killed, mut n_partly, mut n_tries) = (0, 0, 0);
    let mut archive = desk.path("0.db");
    let mut told = 0;
    while n_killed < n_wanted {
        n_tries += 1;
        assert!(n_tries < 10 * n_wanted, "{n_killed} of {n_tries} runs were killed in time");
        let was_killed = desk.add(&archive, time.mul_f64(fraction(n_tries)));
        n_killed += usize::from(was_killed);
        let said = desk.said();
        told += said.len();
        n_partly += usize::from(was_killed && !said.is_empty());
        if !archive.exists() {
            continue;
        }
        let kept = match try_open(&archive) {
            // Killed before the tables were made, it leaves nothing, which the next `add` takes for a new archive.
            Err(Error::NotAnArchive { .. }) if told == 0 => continue,
            kept => kept.unwrap(),
        };
        kept.check().unwrap();
        let pile = kept.pile(None).unwrap();
        let lost: Vec<_> = said.iter().filter(|id| pile.get(id).is_none()).collect();
        assert!(lost.is_empty() && pile.entries().len() >= told, "try {n_tries}: {lost:?}");
        if pile.entries().len() == N_REPORTS {
            assert_eq!(kept.situation(None).unwrap(), expected);
            archive = desk.path(&format!("{n_tries}.db"));
            told = 0;
        }
    }
    assert!(n_partly > n_wanted / 20, "only {n_partly} of {n_killed} died with reports stored");
}

#[test]
fn no_room_is_said_and_leaves_what_was_there() {
    let desk = Desk::new();
    let archive = desk.path("annals.db");
    let run = |limit: &str| {
        let script = format!("trap '' XFSZ; {limit}; exec \"$0\" add --fast --archive \"$1\" \"$2\"");
        let command = [cargo_bin("annalist"), archive.clone(), desk.path("reports.jsonl")];
        Command::new("bash").arg("-c").arg(script).args(command).output().unwrap()
    };
    drop(Access { path: archive.clone(), wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH }.create().unwrap());
    let output = run("ulimit -f 40");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(complaint.contains("annals.db: expected room to write, found none"), "{complaint}");
    let kept = open(&archive);
    kept.check().unwrap();
    assert!(kept.pile(None).unwrap().entries().len() < N_REPORTS);
    drop(kept);
    assert!(run(":").status.success());
    assert_eq!(open(&archive).pile(None).unwrap().entries().len(), N_REPORTS);
}
