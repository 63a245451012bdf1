//! An archive as its user meets it: what goes in, what comes out, and what is said when something is wrong.

#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const HERALD: &str = "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers.";
const LANTERN: &str =
    "Gunmen attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers, the army said.";

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs the command in this folder, fed with some rows.
    fn feed(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::cargo_bin("annalist").unwrap();
        command.current_dir(self.0.path()).env_remove("ANNALIST_ARCHIVE").env("COLUMNS", "100");
        command.args(arguments).write_stdin(input).output().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.feed(arguments, "")
    }

    /// Runs what must go well, and gives what it printed.
    fn says(&self, arguments: &[&str]) -> String {
        said(&self.run(arguments))
    }

    fn add(&self, rows: &str) -> Output {
        self.feed(&["add", "--fast"], rows)
    }

    /// Runs what must fail, and gives what it complained of.
    fn complains(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn row(id: &str, day: &str, text: &str) -> String {
    serde_json::json!({"id": id, "published": day, "outlet": id, "text": text}).to_string() + "\n"
}

fn two_reports() -> String {
    row("herald", "2024-02-06", HERALD) + &row("lantern", "2024-02-06", LANTERN)
}

fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn says_what_new_reports_change() {
    let desk = Desk::new();
    let first = said(&desk.add(&row("herald", "2024-02-06", HERALD)));
    assert!(first.contains("added herald\n1 added, 0 there already\n"), "{first}");
    assert!(first.contains("NEW EVENTS"), "{first}");
    let second = said(&desk.add(&two_reports()));
    assert!(second.contains("added lantern\n1 added, 1 there already\n"), "{second}");
    let on_one_line = second.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(on_one_line.contains("3 soldiers → 3 soldiers | 7 soldiers, contradictory"), "{second}");
    let third = said(&desk.add(&two_reports()));
    assert_eq!(third, "0 added, 2 there already\n\n");
}

#[test]
fn a_withdrawal_says_what_it_undoes() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let withdrawn = desk.says(&["withdraw", "lantern"]);
    assert!(withdrawn.contains("RESOLVED DISPUTES"), "{withdrawn}");
    let status = desk.says(&["status", "--check"]);
    assert!(status.contains("1 of 1 outlet, 0 undated, 1 withdrawn"), "{status}");
    assert!(desk.complains(&["withdraw", "lantern"]).contains("found `lantern`"));
}

#[test]
fn the_log_can_be_read_from_anywhere() {
    let desk = Desk::new();
    desk.add(&row("herald", "2024-02-06", HERALD));
    desk.add(&two_reports());
    let all = rows(&desk.says(&["changes", "--since", "0", "--json"]));
    let last = rows(&desk.says(&["changes", "--json"]));
    assert!(all.len() > last.len() && all.ends_with(&last));
    assert!(last.iter().all(|change| change["revision"] == 2), "{last:?}");
    assert_eq!(rows(&desk.says(&["changes", "--since", "9999-01-01", "--json"])), Vec::<Value>::new());
    let table = desk.says(&["changes", "--csv"]);
    assert_eq!(table.lines().count(), last.len() + 1);
}

#[test]
fn a_taken_id_is_named_and_the_others_go_in() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let rows = row("herald", "2024-02-06", "It rains.") + &row("courier", "2024-02-08", "It rained in Gao.");
    let output = desk.add(&rows);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint.contains("report `herald`: expected the text “Rebels attacked a village near Gao"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("added courier"));
}

#[test]
fn a_missing_archive_says_how_to_make_one() {
    let desk = Desk::new();
    assert!(desk.complains(&["status"]).contains("`annalist add FILES… --archive annals.db` makes one"));
    assert!(!desk.path("annals.db").exists());
}

#[test]
fn a_failed_addition_leaves_no_archive() {
    let desk = Desk::new();
    let complaint = desk.complains(&["add", "--fast", "none.txt"]);
    assert!(complaint.contains("none.txt"), "{complaint}");
    let output = desk.add("{\"id\": \"r1\"}\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_dir(desk.0.path()).unwrap().count(), 0);
}

/// Every command refuses a file that was cut or emptied, and says why.
#[test]
fn a_cut_or_empty_archive_is_refused_by_every_command_alike() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let whole = std::fs::read(desk.path("annals.db")).unwrap();
    std::fs::write(desk.path("more.jsonl"), row("more", "2024-02-07", "It rained.")).unwrap();
    std::fs::write(desk.path("hand.csv"), "kind,claims,because\n").unwrap();
    let because = ["--because", "so"];
    let with_reason = |arguments: &[&'static str]| [arguments, &because].concat();
    let commands = [
        vec!["status"],
        vec!["status", "--check"],
        vec!["status", "--rebuild"],
        vec!["add", "--fast", "more.jsonl"],
        vec!["withdraw", "herald"],
        vec!["changes"],
        vec!["timeline"],
        vec!["disputes"],
        vec!["posture"],
        vec!["process"],
        vec!["actors"],
        vec!["relations"],
        vec!["search", "village"],
        vec!["explain", "herald/c1", "--archive", "annals.db"],
        vec!["undo", "1"],
        vec!["decisions"],
        vec!["decisions", "--import", "hand.csv"],
        with_reason(&["accept", "herald/c1"]),
        with_reason(&["reject", "herald/c1"]),
        with_reason(&["merge", "herald/c1", "lantern/c1"]),
        with_reason(&["split", "herald/c1", "lantern/c1"]),
        with_reason(&["set", "herald/c1", "killed", "7"]),
    ];
    for (length, expected) in [(whole.len() - 1, "a file that was cut"), (0, "an empty file")] {
        for command in &commands {
            std::fs::write(desk.path("annals.db"), &whole[..length]).unwrap();
            let complaint = desk.complains(command);
            assert!(
                complaint.contains("annals.db") && complaint.contains(expected),
                "{command:?}: {complaint}"
            );
            assert_eq!(std::fs::read(desk.path("annals.db")).unwrap(), whole[..length], "{command:?}");
        }
    }
}

/// Every question about the two reports, what a row of the answer must hold, and a filter that leaves nothing.
#[test]
fn questions_are_answered_as_page_rows_and_table() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let questions: &[(&[&str], &str)] = &[
        (&["timeline", "--type", "ASSAULT"], "soldiers"),
        (&["timeline", "--days", "2024-02", "--place", "gao"], "2024-02-05"),
        (&["disputes", "--verdict", "contradictory"], "killed"),
        (&["actors", "--days", "2024-02-05"], "Gunmen"),
        (&["search", "\"seven SOLDIERS\"", "village"], "Gunmen"),
        (&["search", "village", "--type", "ASSAULT"], "Gao"),
    ];
    for (question, expected) in questions {
        let with = |more: &[&str]| desk.says(&[question, more].concat());
        assert!(with(&[]).contains(expected), "{question:?}: {}", with(&[]));
        let found = rows(&with(&["--json"]));
        assert!(!found.is_empty() && found[0].to_string().contains(expected), "{question:?}: {found:?}");
        assert!(with(&["--csv"]).lines().count() > found.len(), "{question:?}");
        let before = with(&["--as-of", "2024-02-05"]);
        assert!(before.starts_with("No ") && before.contains(" fit "), "{question:?}: {before}");
        assert!(
            before.contains("as of 2024-02-05; annals.db holds ") && before.contains(" of 2 reports"),
            "{before}"
        );
        assert_eq!(with(&["--as-of", "2024-02-05", "--csv"]).lines().count(), 1, "{question:?}");
        assert_eq!(rows(&with(&["--actor", "nobody", "--json"])), Vec::<Value>::new(), "{question:?}");
    }
}

#[test]
fn an_event_is_explained_by_its_id_or_a_claim() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0];
    let id = event["id"].as_str().unwrap();
    let page = desk.says(&["explain", id, "--archive", "annals.db"]);
    assert!(page.contains(&HERALD[..30]), "{page}");
    assert!(page.contains("7 soldiers"), "{page}");
    let complaint = desk.complains(&["explain", "herald/none", "--archive", "annals.db"]);
    assert!(complaint.contains("expected the id of an event or claim, found `herald/none`"), "{complaint}");
}

/// Every attribute has a line with the sentences of its values, and the archive is found as by every other command.
#[test]
fn an_explanation_is_whole_and_finds_its_archive() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0];
    let id = event["id"].as_str().unwrap();
    let page = desk.says(&["explain", id]);
    for attribute in ["actors", "date", "place", "killed", "status", "type"] {
        let line = page.lines().find(|line| line.starts_with(&format!("            {attribute} ")));
        assert!(line.is_some_and(|line| line.contains(": ")), "{attribute}: {page}");
    }
    let cells = rows(&desk.says(&["explain", id, "--json"]))[0]["cells"].as_array().unwrap().len();
    assert!(cells >= 6, "{cells}");
    std::fs::rename(desk.path("annals.db"), desk.path("other.db")).unwrap();
    assert!(desk.complains(&["explain", id]).contains("no archive annals.db"));
    assert_eq!(desk.says(&["explain", id, "--archive", "other.db"]), page);
    let mut command = Command::cargo_bin("annalist").unwrap();
    command.current_dir(desk.0.path()).env("ANNALIST_ARCHIVE", "other.db").env("COLUMNS", "100");
    assert_eq!(said(&command.args(["explain", id]).output().unwrap()), page);
    std::fs::write(desk.path("report.txt"), HERALD).unwrap();
    assert!(desk.says(&["explain", "report.txt", "--fast"]).contains("coded by"));
    let both = desk.complains(&["explain", "report.txt", id, "--archive", "other.db"]);
    assert!(both.contains("expected either files or ids of an archive, found both"), "{both}");
}

#[test]
fn a_briefing_of_an_archive_has_its_decisions() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0];
    let id = event["id"].as_str().unwrap();
    let before = desk.says(&["brief", "--full", "--archive", "annals.db"]);
    assert!(before.contains("Annals of 2 reports: ") && before.contains("1 difference\n"), "{before}");
    desk.says(&["set", id, "killed", "7", "--because", "the army counted"]);
    desk.says(&["set", id, "place", "Gao", "--because", "seen on video"]);
    desk.says(&["undo", "2"]);
    let after = desk.says(&["brief", "--full", "--archive", "annals.db"]);
    assert!(after.contains("0 differences, 1 more settled by an analyst"), "{after}");
    assert!(after.contains("WHAT AN ANALYST DECIDED"), "{after}");
    assert!(after.contains("because the army counted") && !after.contains("seen on video"), "{after}");
    for format in ["md", "html", "json"] {
        let page = desk.says(&["brief", "--full", "--archive", "annals.db", "--format", format]);
        assert!(page.contains("the army counted"), "{format}: {page}");
    }
    assert_eq!(desk.run(&["brief", "x.txt", "--archive", "annals.db"]).status.code(), Some(2));
    assert!(desk.complains(&["brief", "--archive", "none.db"]).contains("none.db: no such archive"));
}

#[test]
fn what_is_no_attribute_or_no_value_is_not_set() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0];
    let id = event["id"].as_str().unwrap();
    let set =
        |attribute: &str, value: &str| desk.complains(&["set", id, attribute, value, "--because", "so"]);
    let complaint = set("nonsense", "4");
    assert!(
        complaint.contains("one of actors, recipients, date, place, status, mode, type, killed"),
        "{complaint}"
    );
    let complaint = set("killed", "many");
    assert!(
        complaint.contains("for `killed` a number in digits") && complaint.contains("found `many`"),
        "{complaint}"
    );
    assert!(desk.says(&["decisions"]).starts_with("No decisions"));
}

#[test]
fn a_settled_dispute_can_be_left_out() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let id = rows(&desk.says(&["disputes", "--json"]))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(rows(&desk.says(&["disputes", "--undecided", "--json"])).len(), 1);
    desk.says(&["set", &id, "killed", "7", "--because", "the army counted"]);
    assert_eq!(rows(&desk.says(&["disputes", "--undecided", "--json"])), Vec::<Value>::new());
    assert!(desk.says(&["disputes", "--undecided"]).starts_with("No differences fit undecided; "));
    assert!(desk.says(&["timeline", "--undecided"]).starts_with("No events fit undecided; "));
    assert!(desk.says(&["disputes"]).contains("killed decided (contradictory, 2 origins): 7 soldiers"));
    assert!(desk.says(&["status"]).contains("0 contradictory values, 0 others, 1 settled by an analyst"));
}

/// What every command prints, to wherever, in whatever form, of reports whose every word holds what a terminal obeys.
#[test]
fn no_word_of_a_report_acts_on_a_terminal() {
    let desk = Desk::new();
    let strange = "\u{1b}[31m\u{7}\u{7f}\u{9b}2J\u{202e}\u{2066}\u{61c}\u{200f}";
    let with = |name: &str, text: &str| {
        let row = serde_json::json!({
            "id": format!("{name}{strange}"), "outlet": format!("{name}{strange}"), "title": format!("{strange}{name}"),
            "published": "2024-02-06", "text": format!("{text} He said so ({strange}). Rebels{strange} attacked Gao."),
        });
        row.to_string() + "\n"
    };
    let input =
        with("herald", HERALD) + &with("lantern", LANTERN) + "{\"id\": \"\\u001b[2J\", \"text\": \"\"}\n";
    let name = format!("a{}.txt", strange);
    std::fs::write(desk.path(&name), format!("{HERALD} It rained ({strange}).")).unwrap();
    let mut printed =
        vec![desk.feed(&["add", "--fast"], &input), desk.feed(&["add", "--fast", "--json"], &input)];
    let rows_read = desk.feed(&["read", "--fast"], &input);
    printed.push(desk.feed(&["reconcile"], std::str::from_utf8(&rows_read.stdout).unwrap()));
    printed.push(rows_read);
    let explained = ["explain", "--fast"];
    printed.extend([desk.feed(&explained, &input), desk.feed(&["read", "--fast", "--explain"], &input)]);
    for format in ["text", "md", "html", "json"] {
        printed.push(desk.feed(&["brief", "--fast", "--full", "--format", format], &input));
        printed.push(desk.run(&["brief", "--archive", "annals.db", "--format", format]));
    }
    let id =
        rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0]["id"].as_str().unwrap().to_owned();
    assert!(id.contains('\u{1b}'), "{id}");
    let missing = format!("missing{strange}.txt");
    let commands: &[&[&str]] = &[
        &["explain", &id],
        &["explain", &id, "--json"],
        &["set", &id, "killed", "7", "--because", strange],
        &["set", &id, strange, "7", "--because", "so"],
        &["accept", strange, "--because", "so"],
        &["withdraw", strange],
        &["read", "--fast", &missing],
        &["read", "--fast", &name],
        &["read", strange, strange],
        &["timeline", "--days", strange],
        &["timeline", "--archive", &missing],
        &["brief", "--format", strange],
        &["actor", strange],
        &["actor", "police", "--date", strange],
        &["changes", "--since", strange],
        &["decisions", "--import", &missing],
        &["search", "soldiers", strange],
        &[strange],
    ];
    printed.extend(commands.iter().map(|arguments| desk.run(arguments)));
    for list in [
        "timeline",
        "disputes",
        "posture",
        "process",
        "actors",
        "relations",
        "decisions",
        "changes",
        "status",
    ] {
        printed.extend([&["--json"][..], &["--csv"], &[]].map(|form| desk.run(&[&[list], form].concat())));
    }
    printed.extend(
        [&["--json"][..], &["--csv"], &[]].map(|form| desk.run(&[&["search", "soldiers"], form].concat())),
    );
    let acts =
        |one: &char| (one.is_control() && *one != '\n') || "\u{202e}\u{2066}\u{61c}\u{200f}".contains(*one);
    for Output { stdout, stderr, .. } in printed {
        for bytes in [stdout, stderr] {
            let text = String::from_utf8(bytes).unwrap();
            assert_eq!(text.chars().find(acts), None, "{text:?}");
        }
    }
}

#[test]
fn postures_talks_and_relations_have_their_lists() {
    let desk = Desk::new();
    desk.add(&row(
        "herald",
        "2024-02-10",
        "About 2,500 French troops are stationed in Mali. Rebels attacked the army in Mali on 5 February 2024. \
         Talks between Mali and France were suspended on 7 February 2024.",
    ));
    assert!(desk.says(&["posture", "--csv"]).contains("2,500"), "{}", desk.says(&["posture", "--csv"]));
    assert!(desk.says(&["process", "--csv"]).contains("suspended"), "{}", desk.says(&["process", "--csv"]));
    assert!(desk.says(&["relations", "--csv"]).contains("ASSAULT"), "{}", desk.says(&["relations", "--csv"]));
    let page = desk.says(&["posture"]) + &desk.says(&["process"]) + &desk.says(&["relations"]);
    assert!(page.contains("suspended") && page.contains("ASSAULT"), "{page}");
}

#[test]
fn an_analyst_decides_undoes_and_hands_on() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "ASSAULT", "--json"]))[0];
    let id = event["id"].as_str().unwrap();
    let claim = &event["claims"][1];
    let claim = &format!("{}/{}", claim[0].as_str().unwrap(), claim[1].as_str().unwrap());
    let before = desk.says(&["timeline", "--json"]);
    let set = desk.says(&["set", id, "killed", "7", "--because", "the army counted"]);
    assert!(set.contains("DECIDED\n            decision 1: set killed to “7 soldiers” in"), "{set}");
    assert!(set.contains("RESOLVED DISPUTES"), "{set}");
    let split = desk.says(&["split", id, claim, "--because", "two raids"]);
    assert!(split.contains("EVENTS SPLIT OFF"), "{split}");
    let page = desk.says(&["explain", id, "--archive", "annals.db"]);
    assert!(page.contains("decided by an analyst (decisions 1, 2)"), "{page}");
    assert!(page.contains("because two raids"), "{page}");
    let merged = desk.says(&["merge", id, claim, "--because", "one raid after all", "--json"]);
    assert!(merged.contains("decision-made") && merged.contains("event-merged"), "{merged}");
    let table = desk.says(&["decisions", "--csv"]);
    desk.says(&["undo", "3", "2", "1"]);
    assert_eq!(desk.says(&["timeline", "--json"]), before);
    std::fs::write(desk.path("hand.csv"), table).unwrap();
    desk.says(&["decisions", "--import", "hand.csv"]);
    assert_eq!(rows(&desk.says(&["decisions", "--json"])).len(), 6);
    let rejected = desk.says(&["reject", id, "--because", "a drill"]);
    assert!(rejected.contains("EVENTS GONE"), "{rejected}");
    let nothing = desk.says(&["timeline", "--type", "ASSAULT"]);
    assert!(nothing.starts_with("No events fit type ASSAULT; annals.db holds "), "{nothing}");
    assert!(desk.complains(&["undo", "1"]).contains("decision 1 was undone on"));
    assert!(desk.complains(&["undo", "99"]).contains("expected the id of a decision, found `99`"));
    assert!(desk.complains(&["accept", "r9/c9", "--because", "so"]).contains("found `r9/c9`"));
}

/// A wrong call ends with 2, and says what is taken.
fn check_usage(question: &[&str], expected: &str) {
    let output = Desk::new().run(question);
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{question:?}: {complaint}");
    assert!(complaint.contains(expected), "{question:?}: {complaint}");
}

#[test]
fn days_that_are_none_are_refused() {
    let forms = "expected days as 2015, 2015-04, 2015-04-15, 2015-04-01..2015-04-30";
    for question in [
        ["timeline", "--days", "2015-04-15garbage"],
        ["disputes", "--as-of", "2015-04-15garbage"],
        ["changes", "--since", "2015-04-15garbage"],
        ["actor", "--date", "2015-04-15garbage"],
    ] {
        check_usage(&question, forms);
    }
    check_usage(&["timeline", "--type", "KILL"], "possible values: AGREE, CONSULT");
    check_usage(&["disputes", "--verdict", "wrong"], "possible values: single-source, agreed");
}

#[test]
fn days_are_asked_for_in_one_way_everywhere() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let n_events = |question: &[&str]| rows(&desk.says(&[question, &["--json"]].concat())).len();
    let all = n_events(&["timeline", "--type", "assault"]);
    assert!(all > 0);
    for days in [
        "2024-02-01..2024-02-29",
        "2024-02-01/2024-02-29",
        "2024-02",
        "2024-02..2024-03",
        "2024-02-05..today",
    ] {
        assert_eq!(n_events(&["timeline", "--type", "Assault", "--days", days]), all, "{days}");
    }
    assert_eq!(n_events(&["timeline", "--days", "2024-01-01..2024-01-31"]), 0);
    assert_eq!(n_events(&["timeline", "--type", "ASSAULT", "--as-of", "2024-02"]), all);
    assert_eq!(n_events(&["timeline", "--type", "ASSAULT", "--as-of", "2024-01..2024-02-05"]), 0);
    assert!(n_events(&["changes", "--since", "yesterday"]) > 0);
}

#[test]
fn relations_say_what_their_numbers_are() {
    let desk = Desk::new();
    desk.add(&row("herald", "2024-02-10", "Rebels attacked the army in Mali on 5 February 2024."));
    let page = desk.says(&["relations"]);
    assert!(page.contains("-10 (the worst conflict)") && page.contains("1 ASSAULT · intensity -9"), "{page}");
    assert!(desk.says(&["relations", "--help"]).contains("-10 (the worst conflict)"));
}

#[test]
fn no_cell_of_a_table_runs() {
    let desk = Desk::new();
    let evil = "=HYPERLINK(\"http://evil.example\")";
    desk.add(&row(evil, "2024-02-06", HERALD));
    let table = desk.says(&["timeline", "--csv"]);
    assert!(table.contains("\n\"'=HYPERLINK("), "{table}");
    let events = rows(&desk.says(&["timeline", "--json"]));
    desk.says(&["accept", events[0]["id"].as_str().unwrap(), "--because=-2 + 3"]);
    let table = desk.says(&["decisions", "--csv"]);
    assert!(table.contains(",'-2 + 3\n") && table.contains("'=HYPERLINK"), "{table}");
    desk.says(&["undo", "1"]);
    std::fs::write(desk.path("hand.csv"), table).unwrap();
    desk.says(&["decisions", "--import", "hand.csv"]);
    assert_eq!(rows(&desk.says(&["decisions", "--json"]))[1]["because"], "-2 + 3");
}

const MAIDUGURI: &str = "Gunmen attacked a market in Maiduguri on 6 February 2024, killing five traders. “Señor” Pérez \
    condemned the attack in Maiduguri.";

fn three_reports() -> String {
    two_reports() + &row("daily", "2024-02-08", MAIDUGURI)
}

/// The ids of the events that a question leaves.
fn check_events(question: &[&str], expected: &[&str]) {
    let desk = Desk::new();
    desk.add(&three_reports());
    let found = rows(&desk.says(&[&["timeline", "--type", "assault", "--json"], question].concat()));
    let told: Vec<_> = found.iter().map(|event| event["claims"][0][0].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, expected, "{question:?}: {found:?}");
}

#[test]
fn a_place_holds_what_lies_in_it() {
    for place in ["Borno", "Nigeria", "NGA", "ng", "maiduguri"] {
        check_events(&["--place", place], &["daily"]);
    }
    check_events(&["--place", "Mali"], &["herald"]);
    check_events(&["--place", "Kano"], &[]);
}

#[test]
fn events_are_picked_by_outlet_report_status_and_number_killed() {
    check_events(&["--outlet", "LANT"], &["herald"]);
    check_events(&["--report", "daily"], &["daily"]);
    check_events(&["--report", "daily", "--report", "lantern"], &["herald", "daily"]);
    check_events(&["--outlet", "daily", "--report", "lantern"], &[]);
    check_events(&["--status", "Happened"], &["herald", "daily"]);
    check_events(&["--status", "planned"], &[]);
    check_events(&["--min-killed", "5"], &["herald", "daily"]);
    check_events(&["--min-killed", "6"], &["herald"]);
    check_events(&["--min-killed", "8"], &[]);
}

#[test]
fn a_list_is_sorted_and_cut_as_asked() {
    check_events(&["--sort", "-date"], &["daily", "herald"]);
    check_events(&["--sort", "date", "--limit", "1"], &["herald"]);
    check_events(&["--limit", "0"], &[]);
    let desk = Desk::new();
    desk.add(&three_reports());
    let page = desk.says(&["timeline", "--type", "assault", "--sort", "-date", "--limit", "1"]);
    assert!(page.contains("Maiduguri") && page.ends_with("… and 1 more\n"), "{page}");
    for list in
        [vec!["disputes"], vec!["actors"], vec!["changes"], vec!["search", "soldiers"], vec!["relations"]]
    {
        let table = desk.says(&[list.as_slice(), &["--limit", "1", "--csv"]].concat());
        assert_eq!(table.lines().count(), 2, "{list:?}: {table}");
    }
    let output = desk.run(&["actors", "--sort", "size"]);
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    assert!(
        complaint.contains("one of name, country, sector") && complaint.contains("found `size`"),
        "{complaint}"
    );
}

#[test]
fn a_citation_keeps_its_mark_whatever_the_filter() {
    let desk = Desk::new();
    desk.add(&three_reports());
    let mark_of = |question: &[&str], word: &str| {
        let page = desk.says(question);
        let line = page.lines().find(|line| line.contains(word)).unwrap_or_else(|| panic!("{page}"));
        line.trim().split(' ').next().unwrap().to_owned()
    };
    let all = mark_of(&["timeline"], "] “Gunmen attacked a market");
    assert_eq!(all, "[3:1]");
    assert_eq!(mark_of(&["timeline", "--days", "2024-02-06"], "] “Gunmen attacked a market"), all);
    assert_eq!(
        mark_of(&["timeline", "--place", "Borno", "--limit", "1"], "] “Gunmen attacked a market"),
        all
    );
    let id =
        rows(&desk.says(&["timeline", "--place", "Borno", "--json"]))[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(mark_of(&["explain", &id], "] “Gunmen attacked a market"), all);
    desk.says(&["withdraw", "herald"]);
    assert_eq!(mark_of(&["timeline"], "] “Gunmen attacked a market"), "[2:1]");
}

#[test]
fn a_timeline_shows_the_claims_that_split_takes() {
    let desk = Desk::new();
    desk.add(&two_reports());
    let event = &rows(&desk.says(&["timeline", "--type", "assault", "--json"]))[0];
    let [claim, other] = [0, 1].map(|index| {
        let claim = &event["claims"][index];
        format!("{}/{}", claim[0].as_str().unwrap(), claim[1].as_str().unwrap())
    });
    let page = desk.says(&["timeline", "--type", "assault", "--claims"]);
    assert!(page.contains(&format!("claims {claim}, {other}")), "{page}");
    assert!(!desk.says(&["timeline", "--type", "assault"]).contains("claims "));
    desk.says(&["split", event["id"].as_str().unwrap(), &other, "--because", "two raids"]);
}

#[test]
fn figures_are_numbers_one_a_row() {
    let desk = Desk::new();
    desk.add(&three_reports());
    let table = desk.says(&["timeline", "--type", "assault", "--figures", "--csv", "--sort", "-n"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let columns =
        ["what", "comparison", "n", "n2", "of", "by", "verdict", "country", "citations"].map(column);
    let found: Vec<_> = reader
        .records()
        .map(|record| columns.map(|column| record.as_ref().unwrap()[column].to_owned()))
        .collect();
    let expected = [
        ["killed", "exactly", "7", "", "soldiers", "the army", "contradictory", "MLI", "lantern:1"],
        ["killed", "exactly", "5", "", "traders", "", "single-source", "NGA", "daily:1"],
        ["killed", "exactly", "3", "", "soldiers", "", "contradictory", "MLI", "herald:1"],
    ];
    assert_eq!(found, expected, "{table}");
    let json = rows(&desk.says(&["timeline", "--min-killed", "7", "--figures", "--json", "--sort", "n"]));
    assert_eq!(
        (&json[0]["what"], &json[0]["cmp"], json[0]["n"].as_f64()),
        (&"killed".into(), &"=".into(), Some(3.0))
    );
    assert!(json[0]["citations"][0]["text"].as_str().unwrap().contains("killing three soldiers"), "{json:?}");
    let page = desk.says(&["timeline", "--place", "Borno", "--figures"]);
    assert!(
        page.contains("killed: 5 traders · single-source · preferred") && page.contains("[3:1]"),
        "{page}"
    );
}

/// Whatever `reconcile` says of an event, every other row of it says too, and by the same names.
fn check_shape(told: &Value, row: &Value, by: &str) {
    match (told, row) {
        (Value::Object(told), Value::Object(row)) => {
            row.iter().for_each(|(name, value)| check_shape(&told[name], value, &format!("{by}.{name}")));
        }
        (Value::Array(told), Value::Array(row)) => {
            assert_eq!(told.len(), row.len(), "{by}");
            told.iter().zip(row).for_each(|(told, row)| check_shape(told, row, by));
        }
        _ => assert_eq!(told, row, "{by}"),
    }
}

#[test]
fn an_event_has_one_shape_everywhere() {
    let desk = Desk::new();
    desk.add(&three_reports());
    std::fs::write(desk.path("reports.jsonl"), three_reports()).unwrap();
    let read = desk.says(&["read", "--fast", "--json", "reports.jsonl"]);
    let reconciled = rows(&said(&desk.feed(&["reconcile", "--json"], &read)));
    let brief: Value =
        serde_json::from_str(&desk.says(&["brief", "--fast", "--json", "reports.jsonl"])).unwrap();
    let timeline = rows(&desk.says(&["timeline", "--json"]));
    let events = reconciled.iter().filter(|row| row["kind"] == "event" && !row["type"].is_null());
    let mut n_events = 0;
    for row in events {
        let id = row["id"].as_str().unwrap();
        let explained = rows(&desk.says(&["explain", id, "--json"]));
        let briefed = ["deeds", "words"].iter().flat_map(|list| brief[list].as_array().unwrap());
        for (by, mut told) in [
            ("timeline", Box::new(timeline.iter()) as Box<dyn Iterator<Item = &Value>>),
            ("explain", Box::new(explained.iter())),
            ("brief", Box::new(briefed)),
        ] {
            let told = told.find(|told| told["id"] == id).unwrap_or_else(|| panic!("{by} has no {id}"));
            check_shape(told, row, by);
            assert!(
                !told["citations"][0]["text"].is_null()
                    && told["cells"][0]["values"][0]["citations"].is_array()
            );
        }
        n_events += 1;
    }
    assert!(n_events > 2);
    let market = timeline.iter().find(|event| event["place"]["name"] == "Maiduguri").unwrap();
    assert!(market["place"]["lat"].is_f64() && market["actors"][0]["name"].is_string(), "{market}");
}
