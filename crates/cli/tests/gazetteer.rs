//! A gazetteer of the user's own: built from a dump, then used by the commands that look places up.

#![allow(clippy::unwrap_used)]

use std::process::Output;

use assert_cmd::Command;

/// A folder with a small dump: one village that the program itself does not know.
fn dump() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let village = "990001\tTell Zaytunat\tTell Zaytunat\t\t34.25\t43.5\tP\tPPL\tIQ\t\t18\t\t\t\t800\t\t60\tAsia/Baghdad\t2020-01-01\n";
    let country = "IQ\tIRQ\t368\tIZ\tIraq\tBaghdad\t437072\t38433600".to_owned() + &"\t".repeat(11) + "\n";
    for (name, text) in [
        ("IQ.txt", village),
        ("countryInfo.txt", &country),
        ("admin1CodesASCII.txt", "IQ.18\tSalah ad Din\tSalah ad Din\t91695\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn annalist(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("annalist").unwrap();
    command.current_dir(folder.path()).env_remove("ANNALIST_GAZETTEER").args(arguments);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const REPORT: &str = "Gunmen attacked a checkpoint in Tell Zaytunat, Iraq on Monday.\n";

/// Whether `read`, called with these arguments, knows the id of the village.
fn knows_village(folder: &tempfile::TempDir, arguments: &[&str]) -> bool {
    std::fs::write(folder.path().join("report.txt"), REPORT).unwrap();
    let output = annalist(folder, &[arguments, &["read", "--fast", "report.txt"]].concat());
    text(&output.stdout).contains("990001")
}

#[test]
fn villages_of_a_dump_are_found_once_it_is_named() {
    let folder = dump();
    let built = annalist(&folder, &["gazetteer", "build", "--from", ".", "--output", "own.gazetteer"]);
    assert!(built.status.success() && text(&built.stderr).contains("own.gazetteer: "), "{built:?}");
    assert!(knows_village(&folder, &["--gazetteer", "own.gazetteer"]));
    assert!(!knows_village(&folder, &[]));
}

#[test]
fn the_same_dump_gives_the_same_bytes() {
    let folder = dump();
    for name in ["one", "other"] {
        annalist(&folder, &["gazetteer", "build", "--from", ".", "--output", name]);
    }
    let bytes = |name| std::fs::read(folder.path().join(name)).unwrap();
    assert!(!bytes("one").is_empty() && bytes("one") == bytes("other"));
}

/// The command ends with 1 and says this.
fn check_problem(arguments: &[&str], expected: &str) {
    let folder = dump();
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let bad = folder.path().join("bad");
    std::fs::create_dir(&bad).unwrap();
    for name in ["countryInfo.txt", "admin1CodesASCII.txt"] {
        std::fs::copy(folder.path().join(name), bad.join(name)).unwrap();
    }
    std::fs::write(bad.join("IQ.txt"), "7\tAlpha\n").unwrap();
    let output = annalist(&folder, arguments);
    let said = text(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains(expected), "{arguments:?}: {said}");
}

#[test]
fn what_is_wrong_is_named() {
    check_problem(&["gazetteer", "build", "--from", "empty"], "empty: no allCountries.txt, cities500.txt");
    check_problem(&["gazetteer", "build", "--from", "bad"], "IQ.txt:1: expected 19 fields");
    check_problem(&["--gazetteer", "missing", "actor", "Iraq"], "missing: No such file");
    check_problem(
        &["--gazetteer", "IQ.txt", "actor", "Iraq"],
        "IQ.txt: expected a file that `annalist gazetteer build` wrote",
    );
}
