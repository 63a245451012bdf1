//! *Who acts in the situation, under which names, how often, from when to when?*

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{ClaimActor, DayInterval, Event, Situation};
use serde::Serialize;

use super::filter::{Query, is_actor};
use crate::table::{Record, joined};

/// One actor of the pile.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ActorLine {
    /// The name most events use.
    pub name: String,
    /// Country code, if known.
    pub country: Option<String>,
    /// Sector code, if known.
    pub sector: Option<String>,
    /// Id of the actor's entry, if the name is listed.
    pub actor_id: Option<String>,
    /// All names, sorted.
    pub names: Vec<String>,
    /// Events in which it acts.
    pub n_as_actor: usize,
    /// Events in which it is acted upon.
    pub n_as_recipient: usize,
    /// First day of its dated events.
    pub first: Option<String>,
    /// Last day of its dated events.
    pub last: Option<String>,
    /// Ids of its events, in the order of the situation.
    pub events: Vec<String>,
}

/// What makes two namings one actor: the entry; else name, country and sector.
pub(crate) fn identity(actor: &ClaimActor) -> String {
    let code = |code: Option<String>| code.unwrap_or_default();
    match &actor.actor_id {
        Some(id) => format!("={id}"),
        None => {
            let (country, sector) =
                (actor.country.map(|code| code.to_string()), actor.sector.map(|code| code.to_string()));
            format!("{}|{}|{}", actor.name.to_lowercase(), code(country), code(sector))
        }
    }
}

/// The actors of the preferred values, the busiest first. Events of any status count: who plans acts too.
pub fn actors(situation: &Situation, query: &Query) -> Vec<ActorLine> {
    let mut found: BTreeMap<String, Seen<'_>> = BTreeMap::new();
    for event in &situation.events {
        let acting = event.actors.iter().map(|actor| (actor, true));
        let acted_on = event.recipients.iter().map(|actor| (actor, false));
        for (actor, acts) in acting.chain(acted_on) {
            if query.actor.as_deref().is_none_or(|wanted| is_actor(actor, wanted)) {
                found.entry(identity(actor)).or_default().add(event, actor, acts);
            }
        }
    }
    let mut lines: Vec<_> = found.into_values().map(Seen::line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.events.len()));
    lines
}

#[derive(Default)]
struct Seen<'a> {
    line: ActorLine,
    n_of_name: BTreeMap<&'a str, usize>,
    as_actor: BTreeSet<&'a str>,
    as_recipient: BTreeSet<&'a str>,
    days: Option<DayInterval>,
}

impl<'a> Seen<'a> {
    fn add(&mut self, event: &'a Event, actor: &'a ClaimActor, acts: bool) {
        let role = if acts { &mut self.as_actor } else { &mut self.as_recipient };
        role.insert(&event.id);
        if self.line.events.last() != Some(&event.id) {
            self.line.events.push(event.id.clone());
        }
        *self.n_of_name.entry(&actor.name).or_default() += 1;
        self.line.country = actor.country.map(|code| code.to_string());
        self.line.sector = actor.sector.map(|code| code.to_string());
        self.line.actor_id.clone_from(&actor.actor_id);
        self.days = cover(self.days, event.date.as_deref().and_then(DayInterval::parse));
    }

    fn line(self) -> ActorLine {
        let usual = self.n_of_name.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
        ActorLine {
            name: usual.map(|(name, _)| (*name).to_owned()).unwrap_or_default(),
            names: self.n_of_name.keys().map(|name| (*name).to_owned()).collect(),
            n_as_actor: self.as_actor.len(),
            n_as_recipient: self.as_recipient.len(),
            first: self.days.map(|days| days.earliest.to_string()),
            last: self.days.map(|days| days.latest.to_string()),
            ..self.line
        }
    }
}

fn cover(one: Option<DayInterval>, other: Option<DayInterval>) -> Option<DayInterval> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(DayInterval::new(one.earliest.min(other.earliest), one.latest.max(other.latest)))
        }
        (one, other) => one.or(other),
    }
}

impl Record for ActorLine {
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "country",
        "sector",
        "actor_id",
        "names",
        "n_as_actor",
        "n_as_recipient",
        "first",
        "last",
        "events",
    ];

    fn fields(&self) -> Vec<String> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            self.name.clone(),
            text(&self.country),
            text(&self.sector),
            text(&self.actor_id),
            joined(&self.names),
            self.n_as_actor.to_string(),
            self.n_as_recipient.to_string(),
            text(&self.first),
            text(&self.last),
            joined(&self.events),
        ]
    }
}
