//! The sessions of the book are true, to the letter: each `$` line is run in a shell, in order, in one folder.
//! `ANNALIST_REVIEW=1` rewrites what they print.

#![cfg(all(unix, feature = "full"))]
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;

const FENCE: &str = "```console\n";

/// What a shell prints in a folder, with the command on its path.
fn run(line: &str, folder: &Path) -> String {
    let program = cargo_bin("annalist");
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.current_dir(folder).env("PATH", path).env_remove("ANNALIST_ARCHIVE").env("COLUMNS", "100");
    let output = shell.arg("-c").arg(format!("{line} 2>&1")).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// A session with what its lines print now.
fn again(session: &str, folder: &Path) -> String {
    let lines = session.lines().filter_map(|line| line.strip_prefix("$ "));
    lines.map(|line| format!("$ {line}\n{}", run(line, folder))).collect()
}

#[test]
fn the_archive_page_is_true() {
    check("docs/archive.md", &["cauca/herald.txt", "cauca/lantern.txt"]);
}

#[test]
fn the_outlook_page_is_true() {
    let tables = ["outlook/events.csv", "outlook/daily.csv", "outlook/tallies.csv"];
    check("docs/outlook.md", &[&tables[..], &["cauca/herald.txt", "cauca/lantern.txt"]].concat());
}

/// Runs the sessions of a page in a folder with some of the examples.
fn check(page: &str, examples: &[&str]) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join(page);
    let page = std::fs::read_to_string(&path).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for example in examples {
        let name = Path::new(example).file_name().unwrap();
        std::fs::copy(root.join("examples").join(example), folder.path().join(name)).unwrap();
    }
    let mut parts = page.split(FENCE);
    let mut printed = parts.next().unwrap().to_owned();
    for part in parts {
        let (session, after) = part.split_once("```\n").unwrap();
        printed += &format!("{FENCE}{}```\n{after}", again(session, folder.path()));
    }
    if std::env::var_os("ANNALIST_REVIEW").is_some() {
        std::fs::write(path, printed).unwrap();
    } else {
        assert_eq!(page, printed, "run the tests with ANNALIST_REVIEW=1 and look at the difference");
    }
}
