//! The page on coding shows what the command answers, to the letter. `ANNALIST_REVIEW=1` rewrites it.

#![cfg(feature = "full")]
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::Value;

const START: &str = "<!-- answers to: docs/coding.jsonl -->\n";
const END: &str = "<!-- end of answers -->\n";

fn line(question: &Value, answer: &Value) -> String {
    let [text, actor, recipient] =
        ["text", "actor", "recipient"].map(|name| question[name].as_str().unwrap());
    let [event_type, mode, rule] = ["type", "mode", "rule"].map(|name| answer[name].as_str().unwrap_or("-"));
    format!("| {text} | {actor} → {recipient} | {event_type} | {mode} | `{rule}` |\n")
}

fn rows(text: &str) -> impl Iterator<Item = Value> + '_ {
    text.lines().map(|line| serde_json::from_str(line).unwrap())
}

#[test]
fn the_answers_are_true() {
    let docs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let questions = std::fs::read_to_string(docs.join("coding.jsonl")).unwrap();
    let mut command = Command::cargo_bin("annalist").unwrap();
    let output = command.args(["relate", "-"]).write_stdin(questions.clone()).output().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    let lines: String = rows(&questions).zip(rows(&answers)).map(|(one, other)| line(&one, &other)).collect();
    let table =
        format!("| Sentence | Who to whom | Type | Mode | Coded by |\n|---|---|---|---|---|\n{lines}");
    let path = docs.join("coding.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(START).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if std::env::var_os("ANNALIST_REVIEW").is_some() {
        std::fs::write(path, format!("{before}{START}{table}{END}{after}")).unwrap();
    } else {
        assert_eq!(shown, table, "run the tests with ANNALIST_REVIEW=1 and look at the difference");
    }
}
