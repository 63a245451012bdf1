//! The README shows what the command prints, to the letter. `ANNALIST_REVIEW=1` rewrites it.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use assert_cmd::Command;

const MARK: &str = "<!-- output of: annalist ";

#[test]
#[cfg(feature = "full")]
fn the_example_is_true() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(MARK).unwrap();
    let (arguments, rest) = rest.split_once(" -->\n```text\n").unwrap();
    let (shown, after) = rest.split_once("```\n").unwrap();
    let mut command = Command::cargo_bin("annalist").unwrap();
    let output =
        command.current_dir(&root).args(arguments.split(' ')).env_remove("COLUMNS").output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    if std::env::var_os("ANNALIST_REVIEW").is_some() {
        std::fs::write(path, format!("{before}{MARK}{arguments} -->\n```text\n{printed}```\n{after}"))
            .unwrap();
    } else {
        assert_eq!(shown, printed, "run the tests with ANNALIST_REVIEW=1 and look at the difference");
    }
}
