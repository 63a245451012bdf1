//! *Which reports does an export of Telegram hold?* One a message with words; the channel is the outlet.

use std::io::{self, BufRead};

use annalist_schema::{DayInterval, Report};
use serde_json::Value;

use super::{Failure, Outcome, failure, id};

/// Most bytes that may stand before the messages.
const LONGEST_TOP: usize = 64 << 10;

/// Goes to the list of messages and gives the name of the channel.
pub fn skip_to_messages(reader: &mut impl BufRead, line: &mut u64) -> io::Result<String> {
    const MARK: &[u8] = b"\"messages\"";
    let mut top = Vec::new();
    while !(top.ends_with(b"[") && top.windows(MARK.len()).any(|window| window == MARK)) {
        let Some(&byte) = reader.fill_buf()?.first().filter(|_| top.len() < LONGEST_TOP) else {
            return Err(io::Error::other("expected a list of messages"));
        };
        *line += u64::from(byte == b'\n');
        top.push(byte);
        reader.consume(1);
    }
    let top = String::from_utf8_lossy(&top);
    let top = top.split("\"messages\"").next().unwrap_or_default().trim_end().trim_end_matches(',');
    let fields: Value = serde_json::from_str(&format!("{top}}}")).unwrap_or_default();
    Ok(fields["name"].as_str().unwrap_or_default().to_owned())
}

/// The report of a message; `None` where it has no words of its own.
pub fn message(name: &str, line: u64, channel: &str, bytes: &[u8]) -> Option<Outcome> {
    let place = format!("{name}:{line}");
    let message: Value = match serde_json::from_slice(bytes) {
        Ok(message) => message,
        Err(error) => {
            return Some(Err(failure(
                &place,
                &format!("expected a message of Telegram, found no JSON: {error}"),
            )));
        }
    };
    if message["type"] != "message" {
        return None;
    }
    let text = words(&message["text"]);
    if text.trim().is_empty() {
        return None;
    }
    let Some(number) = message["id"].as_i64() else {
        return Some(Err(Failure {
            place,
            id: None,
            problem: "expected a message of Telegram with an `id`, found none".to_owned(),
        }));
    };
    let day = message["date"].as_str().and_then(|date| DayInterval::parse(date.get(..10)?));
    let outlet =
        [channel, message["from"].as_str().unwrap_or_default()].into_iter().find(|name| !name.is_empty());
    Some(Ok(Report {
        id: format!("{}#{number}", id::of_file(name)),
        published: day,
        outlet: outlet.map(str::to_owned),
        text,
        ..Report::default()
    }))
}

/// A text, or a list of texts and of pieces that are set apart.
fn words(text: &Value) -> String {
    match text {
        Value::String(text) => text.clone(),
        Value::Array(pieces) => {
            pieces.iter().filter_map(|piece| piece.as_str().or_else(|| piece["text"].as_str())).collect()
        }
        _ => String::new(),
    }
}
