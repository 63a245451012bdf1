//! The Model Context Protocol as a chatbot's program speaks it.

#![allow(clippy::unwrap_used)]

use annalist::archive::{Access, Archive};
use annalist::mcp::{Desk, TOOLS, answer};
use annalist::schema::{DayInterval, Report};
use annalist::{Options, Reader, Tier};
use serde_json::{Value, json};

const REPORTS: [(&str, &str, &str); 3] = [
    (
        "herald",
        "2024-02-06",
        "Rebels attacked a village near Gao in Mali on 5 February 2024, killing three soldiers, the army said. The foreign ministers of \
         Mali and Algeria will meet in Algiers on 20 February 2024.",
    ),
    (
        "lantern",
        "2024-02-07",
        "Rebels attacked a village near Gao in Mali on 5 February 2024, killing seven soldiers.",
    ),
    ("post", "2024-02-08", "Police arrested 40 protesters in Bamako on 7 February 2024."),
];

struct Server {
    _folder: tempfile::TempDir,
    archive: Archive,
    reader: Reader,
}

impl Server {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut archive = Access { path, wait_s: 1, now: jiff::Timestamp::UNIX_EPOCH }.create().unwrap();
        let reader = Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap();
        let report = |(id, day, text): &(&str, &str, &str)| Report {
            id: (*id).to_owned(),
            text: (*text).to_owned(),
            published: DayInterval::parse(day),
            outlet: Some((*id).to_owned()),
            ..Report::default()
        };
        let reports: Vec<_> = REPORTS.iter().map(report).collect();
        let readings = reader.read(&reports);
        archive.add(&reports.into_iter().zip(readings).collect::<Vec<_>>(), "test").unwrap();
        archive.refresh().unwrap();
        Self { _folder: folder, archive, reader }
    }

    fn ask(&self, line: &str) -> Option<Value> {
        answer(&Desk { archive: &self.archive, reader: &self.reader }, line)
    }

    /// What a tool gives, held to its schema.
    fn call(&self, name: &str, arguments: &Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": {"name": name, "arguments": arguments}});
        let message = self.ask(&request.to_string()).unwrap();
        let result = &message["result"];
        assert_eq!(result["isError"], false, "{message}");
        let given = result["structuredContent"].clone();
        assert_eq!(
            serde_json::from_str::<Value>(result["content"][0]["text"].as_str().unwrap()).unwrap(),
            given
        );
        let schema = (TOOLS.iter().find(|tool| tool.name == name).unwrap().output)();
        for (property, of) in schema["properties"].as_object().unwrap() {
            let fits = match of["type"].as_str().unwrap() {
                "array" => given[property].is_array(),
                "string" => given[property].is_string(),
                _ => given[property].is_u64(),
            };
            assert!(fits, "{name}: {property} in {given}");
        }
        given
    }
}

#[test]
fn a_client_is_welcomed_and_told_what_there_is() {
    let server = Server::new();
    let hello = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"protocolVersion": "2025-03-26"}});
    let welcome = server.ask(&hello.to_string()).unwrap();
    assert_eq!((&welcome["id"], &welcome["result"]["protocolVersion"]), (&json!(1), &json!("2025-03-26")));
    assert_eq!(server.ask(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#), None);
    let listed = server.ask(r#"{"jsonrpc":"2.0","id":"x","method":"tools/list"}"#).unwrap();
    let tools = listed["result"]["tools"].as_array().unwrap();
    assert!(tools.len() <= 9 && tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true));
    for (line, code) in [
        ("{", -32700),
        (r#"{"id":1,"method":"x"}"#, -32601),
        (r#"{"id":1}"#, -32600),
        (r#"{"id":1,"method":"tools/call","params":{"name":"x"}}"#, -32602),
    ] {
        assert_eq!(server.ask(line).unwrap()["error"]["code"], code, "{line}");
    }
}

#[test]
fn tools_answer_with_sentences() {
    let server = Server::new();
    let overview = server.call("situation_overview", &json!({}));
    assert!(overview["holds"].as_str().unwrap().contains("3 reports"), "{overview}");
    let found = server.call("search_events", &json!({"place": "Gao", "type": "assault"}));
    let event = &found["events"][0];
    assert!(event["sentences"][0]["text"].as_str().unwrap().contains("near Gao"), "{found}");
    let words = server.call("search_events", &json!({"words": "protesters"}));
    assert_eq!(words["sentences"].as_array().unwrap().len(), 1);
    let whole = server.call("get_event", &json!({"id": event["id"]}));
    assert!(whole["events"][0]["cells"].is_array(), "{whole}");
    let figures = server.call("get_figures", &json!({"what": "killed"}));
    assert_eq!(figures["figures"].as_array().unwrap().len(), 2, "{figures}");
    server.call("get_process", &json!({}));
    let compared = server.call("compare_reports", &json!({"one": "herald", "other": "post"}));
    assert!(!compared["only_other"].as_array().unwrap().is_empty(), "{compared}");
    assert!(
        !server.call("what_changed", &json!({"since": "1970-01-01"}))["changes"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let missing = server
        .ask(r#"{"id":1,"method":"tools/call","params":{"name":"get_event","arguments":{"id":"x/c1"}}}"#)
        .unwrap();
    assert_eq!(missing["result"]["isError"], true);
}

#[test]
fn claims_are_checked_against_sentences() {
    let server = Server::new();
    let check = |sentence: &str, expected: &str| {
        let given = server.call("check_claim", &json!({"sentence": sentence}));
        assert_eq!(given["verdict"], expected, "{sentence}: {given}");
        assert!(expected != "supported" || !given["quotes"].as_array().unwrap().is_empty(), "{given}");
        assert!(expected != "contradicted" || !given["against"].as_array().unwrap().is_empty(), "{given}");
    };
    check("Police arrested 40 protesters in Bamako on 7 February 2024.", "supported");
    check("Police arrested 90 protesters in Bamako on 7 February 2024.", "contradicted");
    check("Rebels attacked a village near Gao in Mali on 5 February 2024.", "supported");
    check(
        "The army said that rebels attacked a village near Gao on 5 February 2024, killing three soldiers.",
        "supported",
    );
    check(
        "Rebels attacked a village near Gao in Mali on 5 February 2024, killing 60 soldiers.",
        "contradicted",
    );
    check("Peru accused Chile of spying on 3 March 2021.", "absent");
    check("The weather was fine.", "absent");
}
