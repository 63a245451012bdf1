//! `annalist export` as its user meets it.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const HERALD: &str =
    "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers.\n";
const LANTERN: &str = "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers.\n\nMali denied \
                       that it had attacked Niger. Talks may be held next week.\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("annalist").unwrap();
    command.current_dir(folder).env_remove("ANNALIST_ARCHIVE").args(arguments).output().unwrap()
}

fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("herald.txt"), HERALD).unwrap();
    std::fs::write(folder.path().join("lantern.txt"), LANTERN).unwrap();
    folder
}

fn check(folder: &Path, arguments: &[&str], code: i32, out: &str, complaint: &str) {
    let output = run(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    assert!(stdout.contains(out), "{arguments:?}: {stdout}");
    assert!(stderr.contains(complaint), "{arguments:?}: {stderr}");
}

#[test]
fn reports_and_archives_are_written() {
    let desk = desk();
    let folder = desk.path();
    check(
        folder,
        &["export", "--fast", "herald.txt", "lantern.txt", "--format", "csv"],
        0,
        "id,date_start,date_end",
        "",
    );
    check(folder, &["export", "--format", "csv"], 1, "", "annals.db");
    check(folder, &["add", "--fast", "herald.txt", "lantern.txt"], 0, "2 added", "");
    check(folder, &["export", "--format", "csv", "--type", "assault"], 0, "herald/c", "");
    check(folder, &["export", "--format", "acled"], 0, "event_id_cnty", "left out: ");
    check(folder, &["export", "--format", "notes"], 2, "", "name a folder for them with --to");
    check(folder, &["export", "--format", "notes", "--to", "vault"], 0, "", "");
    assert!(folder.join("vault/reports/herald.md").exists() && folder.join("vault/index.md").exists());
    // Nobody's files are written over.
    check(folder, &["export", "--format", "notes", "--to", "vault"], 1, "", "vault: File exists");
    check(folder, &["export", "--format", "csv", "--to", "herald.txt"], 1, "", "herald.txt: File exists");
    check(folder, &["export", "--format", "word"], 2, "", "datapackage");
    check(
        folder,
        &["export", "--format", "csv", "none.txt", "herald.txt", "--fast"],
        1,
        "herald/c",
        "none.txt",
    );
}

#[test]
fn tables_of_others_stand_beside_our_events() {
    let desk = desk();
    let folder = desk.path();
    check(folder, &["add", "--fast", "herald.txt", "lantern.txt"], 0, "2 added", "");
    for (format, name) in [
        ("acled", "a.csv"),
        ("ucdp", "u.csv"),
        ("polecat", "p.tsv"),
        ("gdelt-events", "g.tsv"),
        ("csv", "c.csv"),
    ] {
        check(folder, &["export", "--format", format, "--to", name], 0, "", "");
        // What we gave out is what we have.
        let output = run(folder, &["compare", name, "--json", "--type", "assault"]);
        let rows = String::from_utf8(output.stdout).unwrap();
        assert!(rows.lines().any(|row| row.contains("\"matched\"")), "{name}: {rows}");
    }
    let theirs = "event_id_cnty,event_date,event_type,actor1,actor2,country,location,latitude,longitude,fatalities\n\
        MLI1,2024-02-05,Battles,Gunmen,Soldiers,Mali,Gao,16.27,-0.04,40\nMLI2,2024-02-05,Battles,X,Y,Mali,Sikasso,11.3,-5.7,1\n";
    std::fs::write(folder.join("theirs.csv"), theirs).unwrap();
    check(folder, &["compare", "theirs.csv"], 0, "BOTH HAVE, WITH DIFFERENT NUMBERS OF KILLED: 1", "");
    check(folder, &["compare", "theirs.csv"], 0, "ONLY THEY HAVE: 1", "");
    check(folder, &["compare", "theirs.csv", "--csv"], 0, "differs,MLI1,2,", "");
    check(folder, &["compare", "herald.txt"], 1, "", "expected a table in the layout of GDELT");
}

#[test]
fn what_an_archive_gives_out_comes_in_again() {
    let desk = desk();
    let folder = desk.path();
    check(folder, &["add", "--fast", "herald.txt", "lantern.txt"], 0, "2 added", "");
    let timeline = String::from_utf8(run(folder, &["timeline", "--csv"]).stdout).unwrap();
    let id = timeline.lines().nth(1).unwrap().split(',').next().unwrap();
    check(folder, &["reject", id, "--because", "no event"], 0, "", "");
    check(folder, &["export", "--format", "jsonl", "--to", "one.jsonl"], 0, "", "");
    check(folder, &["import", "one.jsonl", "--archive", "other.db"], 0, "2 added, 0 there already", "");
    check(folder, &["export", "--format", "jsonl", "--archive", "other.db", "--to", "two.jsonl"], 0, "", "");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    assert_eq!(read("one.jsonl"), read("two.jsonl"));
    check(folder, &["import", "one.jsonl", "--archive", "other.db"], 0, "0 added, 2 there already", "");
    check(folder, &["read", "--fast", "one.jsonl"], 0, "\"id\":\"lantern\"", "");
}
