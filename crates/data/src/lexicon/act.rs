//! *What becomes of an act inside another?* "Refused to attack" is a refusal, "began to attack" an attack.

use std::collections::{BTreeMap, HashMap};

use annalist_schema::{Cameo, EventType, Mode, Status};
use serde::Deserialize;
use toml::Spanned;

use super::Coding;
use crate::error::{Error, from_toml};

const FILE: &str = "data/lexicon/acts.toml";

/// How an outer act changes the act inside it.
#[derive(Debug, Default)]
pub struct Act {
    /// Whether the inner act stays what it is where no row fits ("began to").
    pub keeps: bool,
    /// The status that the inner act gets, where the outer act decides it.
    pub status: Option<Status>,
    rows: Vec<(Box<str>, Outcome)>,
}

/// What an outer act makes of an inner act.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The coding of the whole.
    pub coding: Coding,
    /// The status of the whole, where the pair decides it.
    pub status: Option<Status>,
}

impl Act {
    /// The outcome for an inner act, by the longest beginning of its CAMEO code that has a row.
    pub fn outcome(&self, inner: &Cameo) -> Option<&Outcome> {
        let fitting = self.rows.iter().filter(|(prefix, _)| inner.as_str().starts_with(&**prefix));
        fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, outcome)| outcome)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(default)]
    keeps: bool,
    status: Option<Status>,
    #[serde(default)]
    inner: BTreeMap<String, String>,
}

pub(super) fn parse(text: &str) -> Result<HashMap<String, Act>, Error> {
    let rows: BTreeMap<Spanned<String>, Row> = from_toml(FILE, text)?;
    let convert = |(name, row): (Spanned<String>, Row)| {
        let problem = |problem: String| Error::entry(FILE, text, name.span().start, name.get_ref(), problem);
        let act = act(&row).map_err(problem)?;
        Ok((name.into_inner(), act))
    };
    rows.into_iter().map(convert).collect()
}

fn act(row: &Row) -> Result<Act, String> {
    let mut rows = Vec::new();
    for (prefixes, outcome) in &row.inner {
        for prefix in super::text::items(prefixes) {
            rows.push((if prefix == "*" { "".into() } else { prefix.into() }, parse_outcome(outcome)?));
        }
    }
    Ok(Act { keeps: row.keeps, status: row.status, rows })
}

/// `106`, or with what the code alone does not say: `CONCEDE 0356 planned`, `REJECT/yield 1246`.
fn parse_outcome(text: &str) -> Result<Outcome, String> {
    let mut coding = None;
    let mut event_type: Option<(EventType, Option<Mode>)> = None;
    let mut status = None;
    for word in text.split_whitespace() {
        let (first, mode) = word.split_once('/').map_or((word, None), |(first, mode)| (first, Some(mode)));
        if let Some(code) = Cameo::new(word) {
            coding = Some(Coding::of_cameo(&code).ok_or_else(|| format!("`{word}` is not a CAMEO code"))?);
        } else if let Ok(name) = first.parse() {
            let mode = mode.map(str::parse).transpose().map_err(|error| format!("{error}"))?;
            event_type = Some((name, mode));
        } else {
            status = Some(word.parse::<Status>().map_err(|error| error.to_string())?);
        }
    }
    let mut coding = coding.ok_or_else(|| format!("`{text}` names no CAMEO code"))?;
    if let Some((name, mode)) = event_type {
        coding.event_type = Some(name);
        coding.modes = mode.into_iter().collect();
    }
    Ok(Outcome { coding, status })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_prefix_wins() {
        let acts =
            parse("[refuse]\ninner = { \"*\" = \"120\", \"04\" = \"125\", \"045, 038\" = \"126\" }").unwrap();
        let check = |inner, expected: &str| {
            let outcome = acts["refuse"].outcome(&Cameo::new(inner).unwrap()).unwrap();
            assert_eq!(outcome.coding.cameo.as_ref().unwrap().as_str(), expected);
        };
        check("190", "120");
        check("046", "125");
        check("045", "126");
    }

    #[test]
    fn an_outcome_may_say_more_than_its_code() {
        let outcome = parse_outcome("CONCEDE 0356 planned").unwrap();
        assert_eq!(outcome.coding.event_type, Some(EventType::Concede));
        assert_eq!(outcome.status, Some(Status::Planned));
    }

    #[test]
    fn a_damaged_table_says_where() {
        let check = |inner: &str, expected: &str| {
            let text = format!("[begin]\nkeeps = true\n[refuse]\ninner = {{ {inner} }}");
            assert_eq!(parse(&text).unwrap_err().to_string(), format!("data/lexicon/acts.toml:{expected}"));
        };
        check("\"*\" = \"CONCEDE planned\"", "3: entry `refuse`: `CONCEDE planned` names no CAMEO code");
        check("\"*\" = \"REJECT/yeld 124\"", "3: entry `refuse`: `yeld` is not a Mode");
        check(
            "\"*\" = 120",
            "4: invalid type: integer `120`, expected a string, found `inner = { \"*\" = 120 }`",
        );
    }
}
