//! *How does one actor treat another, month by month?* PLOVER's intensity, with the counts behind it.

use std::collections::BTreeMap;

use annalist_data::ontology::ontology;
use annalist_schema::{ClaimActor, Event, EventType, Mode, Situation, Status};
use serde::Serialize;

use super::actors::identity;
use super::filter::{Query, is_actor};
use crate::briefing::words;
use crate::table::{Record, joined};

/// What one actor did to another in one month.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RelationLine {
    /// Who acts.
    pub actor: String,
    /// Upon whom.
    pub recipient: String,
    /// The month in which the events began; `None` for undated ones.
    pub month: Option<String>,
    /// Events.
    pub n_events: usize,
    /// Events by PLOVER type, sorted by type.
    pub types: BTreeMap<&'static str, usize>,
    /// Lowest intensity on PLOVER's scale from -10 (conflict) to 10 (cooperation).
    pub lowest: f32,
    /// Highest intensity.
    pub highest: f32,
    /// Sum of the intensities of the events; with `n_events` it gives the mean.
    pub total: f32,
    /// Ids of the events.
    pub events: Vec<String>,
}

/// Relations of the events said to have happened, sorted by pair, then month. Where the query names an actor, it is
/// one of the two.
pub fn relations(situation: &Situation, query: &Query) -> Vec<RelationLine> {
    let mut lines: BTreeMap<(String, String, bool, Option<String>), RelationLine> = BTreeMap::new();
    for event in situation.events.iter().filter(|event| has_happened(event)) {
        let Some(event_type) = event.event_type else { continue };
        let Some(intensity) = intensity(event, event_type) else { continue };
        let month = event.date.as_deref().and_then(|date| date.get(..7)).map(str::to_owned);
        for (actor, recipient) in pairs(event).filter(|pair| is_asked(query, *pair)) {
            let key = (identity(actor), identity(recipient), month.is_none(), month.clone());
            let line = lines.entry(key).or_insert_with(|| RelationLine {
                actor: words::actor(actor),
                recipient: words::actor(recipient),
                month: month.clone(),
                lowest: intensity,
                highest: intensity,
                ..RelationLine::default()
            });
            line.add(event, event_type, intensity);
        }
    }
    lines.into_values().collect()
}

/// Those who do something together do it to one another.
fn pairs(event: &Event) -> impl Iterator<Item = (&ClaimActor, &ClaimActor)> {
    let mutual = event.recipients.is_empty();
    let others = if mutual { &event.actors } else { &event.recipients };
    let pairs = event.actors.iter().flat_map(move |actor| others.iter().map(move |other| (actor, other)));
    pairs.filter(|(actor, other)| identity(actor) != identity(other))
}

fn is_asked(query: &Query, (actor, recipient): (&ClaimActor, &ClaimActor)) -> bool {
    query.actor.as_deref().is_none_or(|wanted| is_actor(actor, wanted) || is_actor(recipient, wanted))
}

/// Whether the preferred status says so.
fn has_happened(event: &Event) -> bool {
    preferred(event, "status").is_none_or(|status| status == Status::Happened.as_str())
}

fn intensity(event: &Event, event_type: EventType) -> Option<f32> {
    let mode = preferred(event, "mode").and_then(|modes| modes.split(", ").next()?.parse::<Mode>().ok());
    ontology().intensity(event_type, mode)
}

fn preferred<'a>(event: &'a Event, attribute: &str) -> Option<&'a str> {
    let cell = event.cells.iter().find(|cell| cell.attribute == attribute)?;
    let index = cell.preferred.as_ref().map_or(0, |(index, _)| *index);
    cell.values.get(index).map(|value| value.value.as_str())
}

impl RelationLine {
    fn add(&mut self, event: &Event, event_type: EventType, intensity: f32) {
        self.n_events += 1;
        *self.types.entry(event_type.as_str()).or_default() += 1;
        self.lowest = self.lowest.min(intensity);
        self.highest = self.highest.max(intensity);
        self.total += intensity;
        self.events.push(event.id.clone());
    }

    /// `3 ASSAULT, 1 REQUEST`.
    pub(super) fn counts(&self) -> String {
        let mut types: Vec<_> = self.types.iter().collect();
        types.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        types.iter().map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
    }
}

impl Record for RelationLine {
    const COLUMNS: &'static [&'static str] =
        &["actor", "recipient", "month", "n_events", "types", "lowest", "highest", "total", "events"];

    fn fields(&self) -> Vec<String> {
        vec![
            self.actor.clone(),
            self.recipient.clone(),
            self.month.clone().unwrap_or_default(),
            self.n_events.to_string(),
            self.counts(),
            self.lowest.to_string(),
            self.highest.to_string(),
            self.total.to_string(),
            joined(&self.events),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str, event_type: EventType, date: &str) -> Event {
        let party = |name: &str| ClaimActor { name: name.to_owned(), ..ClaimActor::default() };
        Event {
            id: id.to_owned(),
            event_type: Some(event_type),
            date: Some(date.to_owned()),
            actors: vec![party("Rebels")],
            recipients: vec![party("Army")],
            ..Event::default()
        }
    }

    #[test]
    fn counts_month_by_month() {
        let events = vec![
            event("a", EventType::Assault, "2024-02-01"),
            event("b", EventType::Assault, "2024-02-20/2024-03-02"),
            event("c", EventType::Request, "2024-03-01"),
        ];
        let lines = relations(&Situation { events, ..Situation::default() }, &Query::default());
        let shown: Vec<_> =
            lines.iter().map(|line| (line.month.as_deref().unwrap(), line.counts())).collect();
        assert_eq!(shown, [("2024-02", "2 ASSAULT".to_owned()), ("2024-03", "1 REQUEST".to_owned())]);
        assert_eq!((lines[0].lowest, lines[0].total), (-9.0, -18.0));
    }
}
