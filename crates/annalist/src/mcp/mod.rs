//! *How does a chatbot ask an archive?* The Model Context Protocol over lines of JSON: eight tools that only read, each with schemas of
//! what it takes and gives, each answer with the sentences behind it.
//!
//! [`answer`] is the whole server: a message in, a message out or none. It keeps nothing between messages, and no tool writes.

mod check;
mod tools;
mod words;

use serde_json::{Value, json};

use crate::Reader;
use crate::archive::Archive;

pub use tools::TOOLS;

/// Versions of the protocol that are spoken, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// What tools ask.
pub struct Desk<'a> {
    /// The archive.
    pub archive: &'a Archive,
    /// What reads the sentences of `check_claim`.
    pub reader: &'a Reader,
}

/// A tool that only reads.
pub struct Tool {
    /// Its name, a verb and a noun.
    pub name: &'static str,
    /// The same for people.
    pub title: &'static str,
    /// What it gives, and when to ask it.
    pub description: &'static str,
    /// JSON Schema of what it takes.
    pub input: fn() -> Value,
    /// JSON Schema of what it gives.
    pub output: fn() -> Value,
    /// Asks it.
    call: fn(&Desk<'_>, &Value) -> Result<Value, String>,
}

/// The answer to a line of the protocol; `None` where it wants none.
pub fn answer(desk: &Desk<'_>, line: &str) -> Option<Value> {
    let Ok(message) = serde_json::from_str::<Value>(line) else {
        return Some(error(&Value::Null, -32700, "expected a line of JSON, found none"));
    };
    // What has no id is a notification.
    let id = message.get("id").filter(|id| !id.is_null())?.clone();
    let Some(method) = message["method"].as_str() else {
        return Some(error(&id, -32600, "expected a request with a `method`"));
    };
    let result = match method {
        "initialize" => welcome(&message["params"]),
        "ping" => json!({}),
        "tools/list" => json!({"tools": TOOLS.iter().map(described).collect::<Vec<_>>()}),
        "tools/call" => match called(desk, &message["params"]) {
            Ok(result) => result,
            Err(problem) => return Some(error(&id, -32602, &problem)),
        },
        other => return Some(error(&id, -32601, &format!("the method `{other}` is not known"))),
    };
    Some(json!({"jsonrpc": "2.0", "id": id, "result": result}))
}

fn error(id: &Value, code: i32, message: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

fn welcome(params: &Value) -> Value {
    let asked = params["protocolVersion"]
        .as_str()
        .and_then(|asked| VERSIONS.iter().find(|version| **version == asked));
    json!({
        "protocolVersion": asked.unwrap_or(&VERSIONS[0]),
        "capabilities": {"tools": {}},
        "serverInfo": {"name": "annalist", "title": "Annalist", "version": env!("CARGO_PKG_VERSION")},
        "instructions": "Events that news reports tell, reconciled: who did what to whom, when, where, how many, according to whom. \
            Every value has its sentences. Say who says so, give differing figures as they are, and take nothing for true that no \
            sentence says. What is not in the archive is unknown, not false.",
    })
}

fn described(tool: &Tool) -> Value {
    json!({
        "name": tool.name, "title": tool.title, "description": tool.description, "inputSchema": (tool.input)(),
        "outputSchema": (tool.output)(), "annotations": {"readOnlyHint": true, "idempotentHint": true, "openWorldHint": false},
    })
}

/// What a tool gives, or says that went wrong, which is for the model; an unknown tool is an error of the protocol.
fn called(desk: &Desk<'_>, params: &Value) -> Result<Value, String> {
    let name = params["name"].as_str().unwrap_or_default();
    let tool = TOOLS
        .iter()
        .find(|tool| tool.name == name)
        .ok_or_else(|| format!("the tool `{name}` is not known"))?;
    let none = json!({});
    let arguments = params.get("arguments").filter(|arguments| arguments.is_object()).unwrap_or(&none);
    Ok(match (tool.call)(desk, arguments) {
        Ok(given) => {
            json!({"content": [{"type": "text", "text": given.to_string()}], "structuredContent": given, "isError": false})
        }
        Err(problem) => json!({"content": [{"type": "text", "text": problem}], "isError": true}),
    })
}
