//! *What does the first of two parties do to the second?* Rows of sentences in, rows of answers out, as `annalist relate`
//! writes them.

use annalist_read::claim::relate::{Question, Relation};
use annalist_schema::{EventType, Mode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Reader;

/// A sentence and two parties that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    /// Caller's id, a string or a number, handed back.
    #[serde(default)]
    pub id: Option<Value>,
    /// The sentence.
    pub text: String,
    /// The first party, in the words of the sentence.
    pub actor: String,
    /// The second party.
    pub recipient: String,
}

/// What the first party does to the second.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The caller's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// PLOVER type; null where no word tells.
    #[serde(rename = "type")]
    pub event_type: Option<EventType>,
    /// Its mode, where the words tell.
    pub mode: Option<Mode>,
    /// Confidence from 0 to 1.
    pub score: f32,
    /// Lexicon entry, rule or model that coded it.
    pub rule: String,
}

/// Reads a row of the form `{"id", "text", "actor", "recipient"}`.
///
/// # Errors
/// Says what was expected and what was there.
pub fn parse_row(line: &str) -> Result<Asked, String> {
    let asked: Asked = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let fields = [("text", &asked.text), ("actor", &asked.actor), ("recipient", &asked.recipient)];
    match fields.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((name, _)) => Err(format!("`{name}` is empty")),
        None => Ok(asked),
    }
}

/// Answers many rows at once, in order: the encoder works best on many sentences together.
pub fn answer(reader: &Reader, rows: &[Asked]) -> Vec<Answer> {
    let question = |asked: &Asked| Question {
        text: asked.text.clone(),
        actor: asked.actor.clone(),
        recipient: asked.recipient.clone(),
    };
    let questions: Vec<Question> = rows.iter().map(question).collect();
    let relations = reader.relate(&questions);
    rows.iter().zip(relations).map(|(asked, relation)| Answer::new(asked.id.clone(), relation)).collect()
}

impl Answer {
    fn new(id: Option<Value>, relation: Option<Relation>) -> Self {
        let Some(Relation { coding, rule, score }) = relation else {
            return Self { id, event_type: None, mode: None, score: 0.0, rule: String::new() };
        };
        let score = (score * 1000.0).round() / 1000.0;
        Self { id, event_type: coding.event_type, mode: coding.modes.first().copied(), score, rule }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, Tier};

    fn reader() -> Reader {
        Reader::new(Options { tier: Tier::Fast, ..Options::default() }).unwrap()
    }

    fn check(row: &str, expected: &str) {
        let outcome = parse_row(row).map(|asked| answer(&reader(), &[asked]));
        let text = outcome.map_or_else(|problem| problem, |rows| serde_json::to_string(&rows).unwrap());
        assert!(text.contains(expected), "{row} gave {text}");
    }

    #[test]
    fn rows_are_answered() {
        check(
            r#"{"id": 7, "text": "Peru accused Chile of spying.", "actor": "Peru", "recipient": "Chile"}"#,
            r#"{"id":7,"type":"ACCUSE""#,
        );
        check(
            r#"{"text": "Peru", "actor": "Peru", "recipient": "Chile"}"#,
            r#"{"type":null,"mode":null,"score":0.0"#,
        );
        check(r#"{"text": "Peru", "actor": " ", "recipient": "Chile"}"#, "`actor` is empty");
        check(r#"{"id": 1, "text": "Peru"}"#, "missing field `actor`");
    }
}
