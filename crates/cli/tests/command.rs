//! The command as its user meets it: exit codes, strange files, pipes, the same bytes in any order.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn annalist(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("annalist").unwrap();
    command.args(arguments);
    command
}

fn run(arguments: &[&str]) -> Output {
    annalist(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn rows(output: &Output) -> Vec<serde_json::Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn example(name: &str) -> String {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    root.join(name).to_str().unwrap().to_owned()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path: PathBuf = Path::new(self.0.path()).join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

const GOOD: &[u8] = b"Rebels attacked a village in Mali on Monday, killing three people, the army said.\n";

/// A bad file is named, the good one beside it is read, and the exit code says so.
fn check_bad_file(name: &str, bytes: &[u8], problem: &str) {
    let folder = Folder::new();
    let (bad, good) = (folder.file(name, bytes), folder.file("good.txt", GOOD));
    let output = run(&["read", "--fast", &bad, &good]);
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}");
    assert!(complaint.contains(name) && complaint.contains(problem), "{name}: {complaint}");
    let rows = rows(&output);
    assert_eq!(rows.iter().map(|row| &row["status"]).collect::<Vec<_>>(), ["failed", "ok"], "{name}");
}

#[test]
fn bad_files_are_named_and_the_others_read() {
    check_bad_file("empty.txt", b"", "empty");
    check_bad_file("binary.txt", b"\x7fELF\0\0\0", "binary");
    check_bad_file("long.jsonl", &vec![b'x'; 5 << 20], "longer than");
    check_bad_file("row.jsonl", b"{\"id\": 7}", "the row has no `text`");
}

#[test]
fn a_missing_file_is_named_and_the_others_read() {
    let folder = Folder::new();
    let good = folder.file("good.txt", GOOD);
    let output = run(&["read", "--fast", "missing.txt", &good]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("missing.txt"));
    assert_eq!(rows(&output)[1]["status"], "ok");
}

#[test]
fn a_wrong_call_exits_with_two() {
    assert_eq!(run(&["brief", "--no-such-flag"]).status.code(), Some(2));
    assert_eq!(run(&["no-such-command"]).status.code(), Some(2));
}

#[test]
fn rows_from_standard_input_keep_their_order() {
    let input = "{\"id\":\"b\",\"text\":\"It rained.\"}\n{\"id\":\"a\",\"text\":\"It snowed.\"}\n";
    let output = annalist(&["read", "--fast", "-"]).write_stdin(input).output().unwrap();
    let ids: Vec<_> = rows(&output).into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["b", "a"]);
}

#[test]
fn offsets_count_characters() {
    let input = "{\"id\":\"a\",\"text\":\"“Señor” Pérez met ministers in Mali. They talked 😀 on Monday.\"}";
    let output = annalist(&["read", "--fast", "-"]).write_stdin(input).output().unwrap();
    let sentences = rows(&output)[0]["sentences"].clone();
    let ends: Vec<_> = sentences.as_array().unwrap().iter().map(|span| span[1].as_u64().unwrap()).collect();
    assert_eq!(ends, [36, 61]);
}

#[test]
fn the_situation_does_not_depend_on_order_or_repetition() {
    let (herald, lantern) = (example("cauca/herald.txt"), example("cauca/lantern.txt"));
    let situation = |files: &[&str]| {
        let read = run(&[&["read", "--fast"], files].concat());
        annalist(&["reconcile"]).write_stdin(read.stdout).output().unwrap().stdout
    };
    let expected = situation(&[&herald, &lantern]);
    assert!(!expected.is_empty());
    assert_eq!(text(&situation(&[&lantern, &herald])), text(&expected));
    assert_eq!(text(&situation(&[&herald, &lantern, &herald])), text(&expected));
}

#[test]
fn a_briefing_cites_every_event() {
    let output =
        run(&["brief", "--fast", "--json", &example("cauca/herald.txt"), &example("cauca/lantern.txt")]);
    let briefing: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let deeds = briefing["deeds"].as_array().unwrap();
    assert!(!deeds.is_empty());
    assert!(deeds.iter().all(|deed| !deed["citations"].as_array().unwrap().is_empty()));
}

#[test]
fn a_page_escapes_what_reports_say() {
    let folder = Folder::new();
    let evil = folder
        .file("evil.txt", b"Rebels attacked <script>alert(1)</script> & killed three people in Mali.\n");
    let page = run(&["brief", "--fast", "--format", "html", &evil]);
    assert!(!text(&page.stdout).contains("<script>"));
    assert!(text(&page.stdout).contains("&lt;script&gt;"));
}

#[test]
fn help_for_shells_and_readers() {
    assert!(text(&run(&["completions", "bash"]).stdout).contains("annalist"));
    assert!(text(&run(&["man"]).stdout).contains(".TH annalist"));
    for value in ["ASSAULT", "different-scope"] {
        assert!(text(&run(&["completions", "bash"]).stdout).contains(value), "{value}");
    }
}

#[test]
fn bad_rows_of_relate_are_named_and_the_others_go_on() {
    let rows_in = "{\"id\": 1, \"text\": \"Peru accused Chile of spying.\", \"actor\": \"Peru\", \"recipient\": \"Chile\"}\n\
                   {\"id\": 2}\n\nnonsense\n\
                   {\"id\": 3, \"text\": \"Police arrested Rossi.\", \"actor\": \"Police\", \"recipient\": \"Rossi\"}\n";
    let output = annalist(&["relate", "--fast", "-"]).write_stdin(rows_in).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let types: Vec<_> = rows(&output).iter().map(|row| (row["id"].clone(), row["type"].clone())).collect();
    assert_eq!(types, [(1.into(), "ACCUSE".into()), (3.into(), "COERCE".into())]);
    let complaint = text(&output.stderr);
    assert!(
        complaint.contains("line 2: missing field `text`") && complaint.contains("line 4: "),
        "{complaint}"
    );
}

#[test]
fn the_data_inside_are_attributed_wherever_places_are_shown() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let notice = std::fs::read_to_string(root.join("NOTICE")).unwrap();
    let page = run(&["brief", "--fast", "--format", "html", &example("cauca/herald.txt")]);
    for shown in [&notice, text(&run(&["--version"]).stdout), text(&page.stdout)] {
        for words in ["GeoNames", "https://www.geonames.org", "CC BY 4.0"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }
}

#[test]
fn the_version_credits_all_whose_work_travels_inside() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let notice = std::fs::read_to_string(root.join("NOTICE")).unwrap();
    let output = run(&["--version"]);
    let version = text(&output.stdout);
    let rows = notice.lines().filter(|line| line.starts_with("| data/") || line.starts_with("| models/"));
    let credits: Vec<&str> =
        rows.flat_map(|row| row.trim_end_matches(" |").rsplit(" | ").next().unwrap().split(", ")).collect();
    assert!(credits.contains(&"PLOVER") && credits.contains(&"re3d"), "{credits:?}");
    for credit in credits {
        assert!(version.lines().any(|line| line.starts_with(credit)), "no credit of {credit}: {version}");
    }
    assert!(text(&run(&["-V"]).stdout).lines().count() == 1);
}

#[test]
fn times_and_places_are_explained() {
    let explained = run(&["read", "--fast", "--explain", &example("cauca/herald.txt")]);
    for words in [
        "published    2015-04-15 (metadata)",
        "“Tuesday night”",
        "anchor 2015-04-15",
        "rather than Colombia, Huila",
    ] {
        assert!(text(&explained.stdout).contains(words), "{words}: {}", text(&explained.stdout));
    }
}

#[test]
fn commands_that_print_rows_take_json_too() {
    let row = "{\"id\": 1, \"text\": \"Peru accused Chile of spying.\", \"actor\": \"Peru\", \"recipient\": \"Chile\"}\n";
    for command in [&["read", "--fast"][..], &["relate", "--fast"], &["actor"], &["reconcile"]] {
        let run = |more: &[&str]| annalist(&[command, more].concat()).write_stdin(row).output().unwrap();
        let (plain, json) = (run(&["-"]), run(&["--json", "-"]));
        assert_eq!(text(&json.stdout), text(&plain.stdout), "{command:?}");
        assert_eq!(json.status.code(), plain.status.code(), "{command:?}: {}", text(&json.stderr));
        assert_ne!(json.status.code(), Some(2), "{command:?}: {}", text(&json.stderr));
    }
}
