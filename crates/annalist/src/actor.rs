//! *Who is this, of which country and sector?* Rows of phrases in, rows of answers out, as `annalist actor` writes them.

use annalist_read::mention::actor::{Resolved, resolve};
use annalist_schema::{DayInterval, Sector};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A phrase to resolve.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    /// Caller's id, a string or a number, handed back.
    #[serde(default)]
    pub id: Option<Value>,
    /// The phrase.
    pub text: String,
    /// Words around it; a country in them decides between namesakes.
    #[serde(default)]
    pub context: Option<String>,
    /// Day, month or year of the event.
    #[serde(default)]
    pub date: Option<String>,
}

/// The answer to one phrase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The caller's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// ISO 3166-1 alpha-3 or a supranational code, "" for none.
    pub country: String,
    /// The primary sector.
    pub sector: Option<Sector>,
    /// All sectors, the primary first.
    pub sectors: Vec<Sector>,
    /// The usual name.
    pub name: String,
    /// Id of the actor entry.
    pub actor_id: Option<String>,
    /// Title of its article in the English Wikipedia.
    pub wiki: Option<String>,
    /// The reasons, one short sentence each.
    pub why: Vec<String>,
}

/// Reads a row of the form `{"id", "text", "context"?, "date"?}`.
///
/// # Errors
/// Says what was expected and what was there.
pub fn parse_row(line: &str) -> Result<Asked, String> {
    serde_json::from_str(line).map_err(|error| error.to_string())
}

/// Resolves one phrase.
///
/// # Errors
/// If the date is none; the phrase itself never fails.
pub fn answer(asked: &Asked) -> Result<Answer, String> {
    let days = asked.date.as_deref().map(read_date).transpose()?;
    let resolved = resolve(&asked.text, asked.context.as_deref(), days);
    Ok(Answer::new(asked.id.clone(), resolved))
}

fn read_date(text: &str) -> Result<DayInterval, String> {
    DayInterval::parse(text).ok_or_else(|| format!("`{text}` is not a date like 2024-02-11, 2024-02 or 2024"))
}

impl Answer {
    fn new(id: Option<Value>, resolved: Resolved) -> Self {
        Self {
            id,
            country: resolved.country.map(|country| country.to_string()).unwrap_or_default(),
            sector: resolved.sector,
            sectors: resolved.sectors,
            name: resolved.name,
            actor_id: resolved.actor_id,
            wiki: resolved.wiki,
            why: resolved.why,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str, expected: &str) {
        let outcome = parse_row(row).and_then(|asked| answer(&asked));
        let text = outcome.map_or_else(|problem| problem, |answer| serde_json::to_string(&answer).unwrap());
        assert!(text.contains(expected), "{row} gave {text}");
    }

    #[test]
    fn rows_are_answered() {
        check(r#"{"id": 7, "text": "Chilean senators"}"#, r#"{"id":7,"country":"CHL","sector":"LEG""#);
        check(r#"{"text": "Angela Merkel", "date": "2022-03"}"#, r#""sector":"ELI""#);
        check(r#"{"text": "qwertz"}"#, r#"{"country":"","sector":null"#);
        check(r#"{"text": "x", "date": "soon"}"#, "`soon` is not a date");
        check(r#"{"id": 1}"#, "missing field `text`");
    }
}
