//! *Which event does this id name?* The one that has it now, the one that it went into, or the one of a claim.

use annalist_schema::Event;
use rusqlite::Connection;

use super::{derived, log};

/// The event of an id, also of one that has since been merged into another or renamed.
pub fn event(connection: &Connection, id: &str) -> rusqlite::Result<Option<Event>> {
    let found = derived::event(connection, id)?;
    if found.is_some() {
        return Ok(found);
    }
    match log::redirect(connection, id)? {
        Some(now) => derived::event(connection, &now),
        None => Ok(None),
    }
}

/// The same, or the event of the claim that the id names.
pub fn event_or_claims(connection: &Connection, id: &str) -> rusqlite::Result<Option<Event>> {
    match event(connection, id)? {
        Some(event) => Ok(Some(event)),
        None => derived::event_of_claim(connection, id),
    }
}

/// The same among events that are stored nowhere.
pub fn among(connection: &Connection, events: Vec<Event>, id: &str) -> rusqlite::Result<Option<Event>> {
    let now = log::redirect(connection, id)?;
    let is_it = |event: &Event| {
        event.id == id
            || Some(&event.id) == now.as_ref()
            || event.claims.iter().any(|claim| claim.to_string() == id)
    };
    Ok(events.into_iter().find(is_it))
}
