//! *By what are events picked, ordered and counted, without their bodies being read?* A narrow row each.

use std::collections::BTreeSet;

use annalist_data::gazetteer::fold;
use annalist_schema::{ClaimActor, DayInterval, Event};
use rusqlite::{Transaction, params};

use crate::briefing::arrange::is_disputed;
use crate::query::{held, identity, least};

/// Writes the rows of an event.
pub fn insert(transaction: &Transaction<'_>, event_idx: i64, event: &Event) -> rusqlite::Result<()> {
    let days = event.date.as_deref().and_then(DayInterval::parse);
    let open = event.cells.iter().filter(|cell| cell.decided.is_none() && is_disputed(cell.verdict));
    let differs: BTreeSet<_> = open.map(|cell| cell.verdict.as_str()).collect();
    let statuses: BTreeSet<_> = held(&event.cells, "status").into_iter().collect();
    let reports: BTreeSet<_> = event.claims.iter().map(|claim| &claim.report).collect();
    let place = event.place.as_ref();
    let sql = "INSERT INTO event_line VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    transaction.prepare_cached(sql)?.execute(params![
        event_idx,
        event.event_type.map(|event_type| event_type.as_str()),
        days.map(|days| days.earliest.to_string()),
        days.map(|days| days.latest.to_string()),
        event.weight.points,
        event.weight.standing.as_str(),
        barred(statuses),
        barred(differs),
        reports.len() as i64,
        least(&event.cells, "killed"),
        barred(names(event)),
        barred(codes(event)),
        place.and_then(|place| place.lat),
        place.and_then(|place| place.lon),
    ])?;
    insert_places(transaction, event_idx, event)?;
    insert_parties(transaction, event_idx, event)
}

fn insert_places(transaction: &Transaction<'_>, event_idx: i64, event: &Event) -> rusqlite::Result<()> {
    let sql = "INSERT OR IGNORE INTO event_place (written, event_idx) VALUES (?1, ?2)";
    let mut insert = transaction.prepare_cached(sql)?;
    for value in event.cells.iter().filter(|cell| cell.attribute == "place").flat_map(|cell| &cell.values) {
        insert.execute(params![value.value, event_idx])?;
    }
    Ok(())
}

fn insert_parties(transaction: &Transaction<'_>, event_idx: i64, event: &Event) -> rusqlite::Result<()> {
    let sql = "INSERT INTO event_party VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut insert = transaction.prepare_cached(sql)?;
    let acting = event.actors.iter().map(|actor| (actor, true));
    let acted_on = event.recipients.iter().map(|actor| (actor, false));
    for (position, (actor, acts)) in acting.chain(acted_on).enumerate() {
        insert.execute(params![
            event_idx,
            position as i64,
            acts,
            identity(actor),
            actor.name,
            actor.country.map(|country| country.to_string()),
            actor.sector.map(|sector| sector.to_string()),
        ])?;
    }
    Ok(())
}

/// The names by which a party may be asked for, preferred or not.
fn names(event: &Event) -> Vec<String> {
    let cells = event.cells.iter().filter(|cell| matches!(cell.attribute.as_str(), "actors" | "recipients"));
    let stated = cells.flat_map(|cell| &cell.values).map(|value| fold(&value.value));
    parties(event).map(|actor| fold(&actor.name)).chain(stated).collect()
}

fn codes(event: &Event) -> BTreeSet<String> {
    let codes = |actor: &ClaimActor| {
        [
            actor.country.map(|country| country.to_string()),
            actor.sector.map(|sector| sector.to_string()),
            actor.actor_id.clone(),
        ]
    };
    parties(event).flat_map(codes).flatten().collect()
}

fn parties(event: &Event) -> impl Iterator<Item = &ClaimActor> {
    event.actors.iter().chain(&event.recipients)
}

/// `|one|other|`, so that each is found between bars; nothing where there is none.
fn barred<T: AsRef<str>>(parts: impl IntoIterator<Item = T>) -> String {
    let parts: Vec<_> = parts.into_iter().map(|part| part.as_ref().replace('|', " ")).collect();
    if parts.is_empty() { String::new() } else { format!("|{}|", parts.join("|")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&str], expected: &str) {
        assert_eq!(barred(parts), expected);
    }

    #[test]
    fn each_stands_between_bars() {
        check(&[], "");
        check(&["COL", "a|b"], "|COL|a b|");
    }
}
