//! *How does what an analyst asks for become a decision, and where is it kept?*
//!
//! A person names events, by the ids on the screen; a decision keeps their claims, which stay what they are when events
//! are made anew. A decision that is undone stays in the log.

use std::collections::BTreeSet;

use annalist_schema::{ClaimRef, Decision, DecisionKind, Event};
use jiff::civil::Date;
use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::json::Json;
use super::value::{Fault, value};
use super::{derived, find};
use crate::plain;

/// What an analyst asks for. Events are named by an id they have or had, or by any of their claims, `report/claim`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Claims of an event tell of another one.
    Split {
        /// The event.
        event: String,
        /// Some of its claims, `report/claim`.
        claims: Vec<String>,
    },
    /// Events are one.
    Merge {
        /// Two or more.
        events: Vec<String>,
    },
    /// A value of an attribute holds.
    Set {
        /// The event.
        event: String,
        /// `actors`, `recipients`, `date`, `place`, `status`, `mode`, `type`, or what is counted.
        attribute: String,
        /// As a report states it, or in the analyst's words.
        value: String,
    },
    /// An event was looked at and holds.
    Accept {
        /// The event.
        event: String,
    },
    /// An event did not happen so, or is none: all its claims count for nothing.
    Reject {
        /// The event.
        event: String,
    },
    /// One claim counts for nothing.
    RejectClaim {
        /// `report/claim`.
        claim: String,
    },
}

/// Why what was asked for cannot be decided.
pub enum Refusal {
    /// The archive failed.
    Database(rusqlite::Error),
    /// No such event or claim.
    Unknown(&'static str, String),
    /// It makes no sense: what was expected and what was found.
    Senseless(String, String),
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// The decision on what is asked for, without a number.
pub fn understand(connection: &Connection, ask: &Ask, because: &str) -> Result<Decision, Refusal> {
    let blank = |kind, claims| Decision {
        number: 0,
        kind,
        claims,
        others: Vec::new(),
        attribute: None,
        value: None,
        because: plain::text(because).into_owned(),
    };
    let decision = match ask {
        Ask::Split { event, claims } => {
            let event = named(connection, event)?;
            let (claims, others) = parts(&event, claims)?;
            Decision { others, ..blank(DecisionKind::Split, claims) }
        }
        Ask::Merge { events: ids } => {
            let events = ids.iter().map(|id| named(connection, id)).collect::<Result<Vec<_>, _>>()?;
            if events.iter().all(|event| event.id == events[0].id) {
                return Err(Refusal::Senseless("two events or more".to_owned(), one_event(ids, &events)));
            }
            blank(DecisionKind::Merge, events.iter().flat_map(claims_of).collect())
        }
        Ask::Set { event, attribute, value } => {
            let event = named(connection, event)?;
            let value = settled(&event, attribute, value)
                .map_err(|(expected, found)| Refusal::Senseless(expected, found))?;
            let set = Decision {
                attribute: Some(attribute.clone()),
                value: Some(value),
                ..blank(DecisionKind::Set, claims_of(&event))
            };
            // What a report states is a value, whatever its form.
            return Ok(set);
        }
        Ask::Accept { event } => blank(DecisionKind::Accept, claims_of(&named(connection, event)?)),
        Ask::Reject { event } => blank(DecisionKind::Reject, claims_of(&named(connection, event)?)),
        Ask::RejectClaim { claim } => {
            let is_there = derived::event_of_claim(connection, claim)?.is_some();
            let found = claim.parse().ok().filter(|_| is_there);
            let found = found.ok_or_else(|| Refusal::Unknown("a claim", claim.clone()))?;
            blank(DecisionKind::Reject, vec![found])
        }
    };
    fault(&decision).map_or(Ok(decision), |(expected, found)| Err(Refusal::Senseless(expected, found)))
}

fn named(connection: &Connection, id: &str) -> Result<Event, Refusal> {
    let found = find::event_or_claims(connection, id)?;
    found.ok_or_else(|| Refusal::Unknown("an event or claim", id.to_owned()))
}

/// What was found where several events were expected.
fn one_event(ids: &[String], events: &[Event]) -> String {
    let now = events.first().map_or("", |event| &event.id);
    let names: BTreeSet<_> = ids.iter().map(|id| format!("`{id}`")).collect();
    match names.len() {
        0 | 1 => format!("`{now}` alone"),
        _ => format!("{}, which are one event already, `{now}`", Vec::from_iter(names).join(" and ")),
    }
}

/// The claims of an event, the one that gives it its id first.
fn claims_of(event: &Event) -> Vec<ClaimRef> {
    let mut claims = event.claims.clone();
    claims.sort_by_key(|claim| (claim.to_string() != event.id, claim.clone()));
    claims
}

/// The claims that are to leave an event, and those that stay.
fn parts(event: &Event, leaving: &[String]) -> Result<(Vec<ClaimRef>, Vec<ClaimRef>), Refusal> {
    let strange = leaving.iter().find(|claim| !event.claims.iter().any(|own| own.to_string() == **claim));
    if let Some(strange) = strange {
        let own = event.claims.iter().map(ClaimRef::to_string).collect::<Vec<_>>().join(", ");
        return Err(Refusal::Senseless(format!("claims of `{}` ({own})", event.id), format!("`{strange}`")));
    }
    let (leaving, staying): (Vec<_>, Vec<_>) =
        claims_of(event).into_iter().partition(|claim| leaving.contains(&claim.to_string()));
    if staying.is_empty() {
        let expected = format!("some claims of `{}` to stay", event.id);
        return Err(Refusal::Senseless(expected, format!("all {} named", leaving.len())));
    }
    Ok((leaving, staying))
}

/// The value that the words mean: one that a report states, or the analyst's own.
fn settled(event: &Event, attribute: &str, words: &str) -> Result<String, Fault> {
    let own = |own: String| stated(event, attribute, &own).unwrap_or(own);
    stated(event, attribute, words).map_or_else(|| value(attribute, words).map(own), Ok)
}

/// The value of the cell that the words mean: the same, as it is read on the screen, or a number without its noun.
fn stated(event: &Event, attribute: &str, words: &str) -> Option<String> {
    let cell = event.cells.iter().find(|cell| cell.attribute == attribute);
    let values = || cell.iter().flat_map(|cell| &cell.values).map(|value| &value.value);
    let alike = |value: &&String| **value == words || crate::briefing::words::amount(value) == words;
    let with_noun = format!("{words} ");
    let mut begun = values().filter(|value| value.starts_with(&with_noun));
    let found = values().find(alike).or_else(|| begun.next().filter(|_| begun.next().is_none()));
    found.filter(|_| !words.is_empty()).cloned()
}

/// What of a decision makes no sense: what was expected, what was there.
pub fn fault(decision: &Decision) -> Option<(String, String)> {
    let wrong = |expected: &str, found: &str| Some((expected.to_owned(), found.to_owned()));
    if decision.because.trim().is_empty() {
        return wrong("a reason", "none");
    }
    if decision.claims.is_empty() {
        return wrong("claims as `report/claim`", "none");
    }
    match decision.kind {
        DecisionKind::Split if decision.others.is_empty() => wrong("claims to part them from", "none"),
        DecisionKind::Merge if decision.claims.len() < 2 => wrong("two claims or more", "one"),
        DecisionKind::Set => value(decision.attribute.as_deref()?, decision.value.as_deref()?).err(),
        _ => None,
    }
}

#[derive(Serialize, Deserialize)]
struct Body {
    claims: Vec<ClaimRef>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    others: Vec<ClaimRef>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attribute: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// Stores a decision under the next number, which is given back with it.
pub fn insert(
    transaction: &Transaction<'_>,
    revision: i64,
    decision: Decision,
) -> rusqlite::Result<Decision> {
    let Decision { kind, claims, others, attribute, value, because, .. } = decision;
    let sql =
        "INSERT INTO decision (revision, kind, body, because) VALUES (?1, ?2, ?3, ?4) RETURNING decision";
    let body = Body { claims, others, attribute, value };
    let number =
        transaction
            .query_row(sql, params![revision, kind.as_str(), Json(&body), because], |row| row.get(0))?;
    let Body { claims, others, attribute, value } = body;
    Ok(Decision { number, kind, claims, others, attribute, value, because })
}

/// What became of a decision that was to be undone.
pub enum Undoing {
    /// It is undone.
    Undone(Decision),
    /// It was before, at an instant.
    Before(String),
    /// There is none of that number.
    Unknown,
}

/// Marks a decision as undone.
pub fn undo(transaction: &Transaction<'_>, revision: i64, number: u32) -> rusqlite::Result<Undoing> {
    let known = all(transaction)?.into_iter().find(|known| known.decision.number == number);
    Ok(match known {
        None => Undoing::Unknown,
        Some(Decided { undone: Some(made), .. }) => Undoing::Before(made),
        Some(Decided { decision, .. }) => {
            let sql = "UPDATE decision SET undone = ?1 WHERE decision = ?2";
            transaction.execute(sql, params![revision, number])?;
            Undoing::Undone(decision)
        }
    })
}

/// The decisions that count, by number: those not undone, or on a past day (UTC) those made by then and not undone yet.
pub fn counting(connection: &Connection, as_of: Option<Date>) -> rusqlite::Result<Vec<Decision>> {
    let sql = "SELECT decision.* FROM decision JOIN revision AS begun ON begun.revision = decision.revision
               LEFT JOIN revision AS over ON over.revision = undone
               WHERE CASE WHEN ?1 IS NULL THEN undone IS NULL
                     ELSE substr(begun.made, 1, 10) <= ?1 AND (undone IS NULL OR substr(over.made, 1, 10) > ?1) END
               ORDER BY decision";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([as_of.map(|day| day.to_string())], decision)?;
    rows.collect()
}

/// A decision with when it was made and undone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decided {
    /// The decision.
    #[serde(flatten)]
    pub decision: Decision,
    /// Instant, UTC.
    pub made: String,
    /// Instant, UTC; `None` while it counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone: Option<String>,
}

/// Every decision that was ever made, by number.
pub fn all(connection: &Connection) -> rusqlite::Result<Vec<Decided>> {
    let sql = "SELECT decision.*, begun.made, over.made AS undone_at FROM decision
               JOIN revision AS begun ON begun.revision = decision.revision
               LEFT JOIN revision AS over ON over.revision = undone ORDER BY decision";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| {
        Ok(Decided { decision: decision(row)?, made: row.get("made")?, undone: row.get("undone_at")? })
    })?;
    rows.collect()
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let Body { claims, others, attribute, value } = row.get::<_, Json<Body>>("body")?.0;
    let kind: String = row.get("kind")?;
    let kind = kind.parse().map_err(|error: annalist_schema::UnknownCode| {
        rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let (number, because) = (row.get("decision")?, row.get("because")?);
    Ok(Decision { number, kind, claims, others, attribute, value, because })
}
