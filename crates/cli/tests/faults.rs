//! Killed or stopped at any moment, out of room or with others at it, `add` loses nothing that it said was added, and
//! leaves a sound archive or none.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use annalist::archive::{Access, Archive};
use annalist::schema::Situation;
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
        desk.write("reports.jsonl", 0..N_REPORTS);
        desk
    }

    /// Writes a file of reports of some numbers.
    fn write(&self, name: &str, numbers: impl Iterator<Item = usize>) {
        let row = |index: usize| {
            let text = format!("Rebels attacked a village near Gao, killing {} soldiers.", index + 2);
            serde_json::json!({"id": format!("r{index}"), "published": "2024-02-06", "text": text})
                .to_string()
        };
        std::fs::write(self.path(name), numbers.map(row).collect::<Vec<_>>().join("\n")).unwrap();
    }

    /// Runs the command under a limit of the shell, a failed write being an error and no death.
    fn limited(&self, limit: &str, arguments: &[&str]) -> Output {
        let script = format!("trap '' XFSZ; {limit}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.current_dir(self.0.path()).arg("-c").arg(script).arg(cargo_bin("annalist"));
        command.args(arguments).output().unwrap()
    }

    /// The situation of an archive to which everything was added at once.
    fn expected(&self) -> Situation {
        let output = self.limited(":", &["add", "--fast", "--archive", "whole.db", "reports.jsonl"]);
        assert!(output.status.success(), "{output:?}");
        held(&self.path("whole.db"))
    }

    /// Names of all files that are there beside the reports.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<_> = names.filter(|name| !name.ends_with(".jsonl")).collect();
        names.sort();
        names
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

fn access(path: &Path) -> Access {
    Access { path: path.to_owned(), wait_s: 10, now: jiff::Timestamp::UNIX_EPOCH }
}

fn open(path: &Path) -> Archive {
    access(path).open().unwrap()
}

/// What a sound archive holds.
fn held(path: &Path) -> Situation {
    let archive = open(path);
    archive.check().unwrap();
    archive.situation(None).unwrap()
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
        let kept = open(&archive);
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

/// Ids that an output says were added.
fn added(output: &Output) -> Vec<String> {
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    said.lines().filter_map(|line| line.strip_prefix("added ")).map(str::to_owned).collect()
}

/// Wherever a write fails, it is said, nothing is lost, and the same command goes on once there is room.
#[test]
fn no_room_is_said_and_leaves_what_was_there() {
    let desk = Desk::new();
    let expected = desk.expected();
    let mut n_cut_short = 0;
    for blocks in [0, 1, 40, 100, 170, 250, 400, 600, 900] {
        let name = format!("{blocks}.db");
        let (archive, arguments) = (desk.path(&name), ["add", "--fast", "--archive", &name, "reports.jsonl"]);
        let output = desk.limited(&format!("ulimit -f {blocks}"), &arguments);
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        let said = added(&output);
        let is_whole = output.status.success();
        assert!(is_whole || output.status.code() == Some(1), "{blocks} blocks: {complaint}");
        assert!(
            is_whole || complaint.contains("expected room to write, found none"),
            "{blocks}: {complaint}"
        );
        n_cut_short += usize::from(!is_whole);
        if archive.exists() {
            let kept = open(&archive);
            kept.check().unwrap();
            let pile = kept.pile(None).unwrap();
            let lost: Vec<_> = said.iter().filter(|id| pile.get(id).is_none()).collect();
            assert!(lost.is_empty(), "{blocks} blocks: {lost:?}");
        } else {
            assert_eq!(said, Vec::<String>::new());
        }
        assert!(desk.limited(":", &arguments).status.success());
        assert_eq!(held(&archive), expected, "{blocks} blocks");
    }
    assert!(n_cut_short > 3, "only {n_cut_short} limits were met");
    assert!(desk.names().iter().all(|name| name.ends_with(".db")), "{:?}", desk.names());
}

#[test]
fn a_full_disk_can_be_asked() {
    let desk = Desk::new();
    desk.expected();
    let asked = ["timeline", "--json", "--archive", "whole.db"];
    let (free, full) = (desk.limited(":", &asked), desk.limited("ulimit -f 0", &asked));
    assert!(free.status.success() && !free.stdout.is_empty());
    assert_eq!(String::from_utf8_lossy(&full.stderr), "");
    assert_eq!((full.status.code(), full.stdout), (Some(0), free.stdout));
    let refused = desk.limited("ulimit -f 0", &["withdraw", "r1", "--archive", "whole.db"]);
    let complaint = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaint.contains("whole.db: expected room to write, found none"), "{complaint}");
}

/// Of two and of four that write the same and other reports in other orders, each says what it added, and none is added
/// twice.
#[test]
fn writers_at_once_give_what_one_gives() {
    let desk = Desk::new();
    let expected = desk.expected();
    desk.write("backwards.jsonl", (0..N_REPORTS).rev());
    desk.write("even.jsonl", (0..N_REPORTS).step_by(2));
    desk.write("odd.jsonl", (1..N_REPORTS).step_by(2));
    for files in
        [&["even.jsonl", "odd.jsonl"][..], &["reports.jsonl", "backwards.jsonl", "odd.jsonl", "even.jsonl"]]
    {
        let name = format!("{}.db", files.len());
        let writers: Vec<_> = files
            .iter()
            .map(|file| {
                Command::new(cargo_bin("annalist"))
                    .current_dir(desk.0.path())
                    .args(["add", "--fast", "--wait", "600", "--archive", &name, file])
                    .stdout(Stdio::piped())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let mut said = Vec::new();
        for writer in writers {
            let output = writer.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            said.extend(added(&output));
        }
        said.sort();
        assert_eq!(said.len(), N_REPORTS);
        said.dedup();
        assert_eq!(said.len(), N_REPORTS);
        assert_eq!(held(&desk.path(&name)), expected);
    }
    assert_eq!(desk.names(), ["2.db", "4.db", "whole.db"]);
}

/// Stopped by a person or the system, it says how many are safe and how to go on; the same command then does.
#[test]
fn stopped_it_says_what_is_safe() {
    let desk = Desk::new();
    let n = 2000;
    desk.write("many.jsonl", 0..n);
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let name = format!("{signal}.db");
        let mut child = Command::new(cargo_bin("annalist"))
            .current_dir(desk.0.path())
            .args(["add", "--fast", "--archive", &name, "many.jsonl"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        said.read_line(&mut first).unwrap();
        assert_eq!(first, "added r0\n");
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().unwrap().success());
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        let output = child.wait_with_output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{complaint}");
        let n_said = 1 + rest.lines().filter(|line| line.starts_with("added ")).count();
        let expected = format!(
            "stopped: {n_said} reports are in {name}, {n_said} of them added now; run the same command"
        );
        assert!(complaint.contains(&expected), "{complaint}");
        assert_eq!(open(&desk.path(&name)).n_reports().unwrap(), n_said as i64);
        let again = desk.limited(":", &["add", "--fast", "--archive", &name, "many.jsonl"]);
        let told = format!("{} added, {n_said} there already", n - n_said);
        assert!(String::from_utf8_lossy(&again.stdout).contains(&told), "{again:?}");
    }
}

/// A user that has no rights to an archive but to read it: `setpriv` where this one is the superuser.
#[test]
fn an_archive_that_one_may_only_read_can_be_asked() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.expected();
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let setpriv = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    if is_root && Command::new(setpriv[0]).args(&setpriv[1..]).arg("true").status().is_err() {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the superuser may write everywhere, and there is no setpriv"
        );
        return;
    }
    let asked = |arguments: &[&str]| {
        let program = cargo_bin("annalist");
        let mut command = Command::new(if is_root { Path::new(setpriv[0]) } else { &program });
        if is_root {
            command.args(&setpriv[1..]).arg(&program);
        }
        command.current_dir(desk.0.path()).args(arguments).output().unwrap()
    };
    let expected = desk.limited(":", &["timeline", "--json", "--archive", "whole.db"]).stdout;
    // A log with its index is read with the file; without it, it is refused rather than passed over.
    let mut other = access(&desk.path("whole.db")).open().unwrap();
    other.withdraw(&["r1".to_owned()]).unwrap();
    let copy = |from: &str, to: &str| std::fs::copy(desk.path(from), desk.path(to)).unwrap();
    copy("whole.db", "log.db");
    copy("whole.db-wal", "log.db-wal");
    copy("whole.db", "index.db");
    copy("whole.db-wal", "index.db-wal");
    copy("whole.db-shm", "index.db-shm");
    other.rebuild().unwrap();
    drop(other);
    for name in desk.names() {
        std::fs::set_permissions(desk.path(&name), PermissionsExt::from_mode(0o644)).unwrap();
    }
    std::fs::set_permissions(desk.0.path(), PermissionsExt::from_mode(0o555)).unwrap();
    let now = asked(&["timeline", "--json", "--archive", "whole.db"]);
    assert!(now.status.success(), "{}", String::from_utf8_lossy(&now.stderr));
    assert!(!now.stdout.is_empty() && now.stdout != expected);
    let with_index = asked(&["timeline", "--json", "--archive", "index.db"]);
    assert_eq!(with_index.stdout, now.stdout, "{}", String::from_utf8_lossy(&with_index.stderr));
    let with_log = asked(&["timeline", "--json", "--archive", "log.db"]);
    let complaint = String::from_utf8_lossy(&with_log.stderr).into_owned();
    assert_eq!(with_log.status.code(), Some(1));
    assert!(complaint.contains("`log.db-wal`") && complaint.contains("copy both files"), "{complaint}");
    assert!(asked(&["status", "--check", "--archive", "whole.db"]).status.success());
    let refused = asked(&["withdraw", "r2", "--archive", "whole.db"]);
    let complaint = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaint.contains("it can only be asked"), "{complaint}");
    std::fs::set_permissions(desk.0.path(), PermissionsExt::from_mode(0o755)).unwrap();
}
