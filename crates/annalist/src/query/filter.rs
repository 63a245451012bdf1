//! *Does this row of the situation fit the question?*

use annalist_data::gazetteer::fold;
use annalist_schema::{
    Cell, ClaimActor, ClaimPlace, DayInterval, Event, EventType, PostureSeries, Process, Situation, Verdict,
};

use crate::briefing::arrange::is_disputed;

/// What is asked for; what is left open fits everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// Days that an event, a statement or a state must share; undated ones share none.
    pub days: Option<DayInterval>,
    /// Part of an actor's name, a country or sector code, or an actor's id.
    pub actor: Option<String>,
    /// Part of a place's name, or a country code.
    pub place: Option<String>,
    /// Type of an event; postures and processes have none.
    pub event_type: Option<EventType>,
    /// Verdict that some attribute must have.
    pub verdict: Option<Verdict>,
    /// Only where reports differ on some attribute and no analyst has settled it.
    pub undecided: bool,
}

impl Query {
    /// The rows that fit, in their order. Of a posture series the statements and cells on the days asked for are kept,
    /// of a process the states.
    pub fn select(&self, situation: Situation) -> Situation {
        let mut situation = situation;
        situation.events.retain(|event| self.takes_event(event));
        situation.postures.retain_mut(|series| self.takes_series(series));
        situation.processes.retain_mut(|process| self.takes_process(process));
        situation
    }

    fn takes_event(&self, event: &Event) -> bool {
        self.takes_days(event.date.as_deref())
            && self.event_type.is_none_or(|wanted| event.event_type == Some(wanted))
            && self.takes_cells(&event.cells)
            && self.takes_actors(event.actors.iter().chain(&event.recipients), &event.cells)
            && self.takes_place(event.place.as_ref(), &event.cells)
    }

    fn takes_series(&self, series: &mut PostureSeries) -> bool {
        series.statements.retain(|statement| self.takes_days(statement.as_of.as_deref()));
        series.cells.retain(|cell| self.takes_days(cell.as_of.as_deref()));
        self.event_type.is_none()
            && !series.statements.is_empty()
            && self.takes_cells(&series.cells)
            && self.takes_actors([&series.actor].into_iter(), &[])
            && self.takes_place(series.place.as_ref(), &[])
    }

    /// The name of a process names its parties.
    fn takes_process(&self, process: &mut Process) -> bool {
        process.transitions.retain(|transition| self.takes_days(transition.date.as_deref()));
        let is_open =
            self.event_type.is_none() && self.verdict.is_none() && !self.undecided && self.place.is_none();
        is_open
            && !process.transitions.is_empty()
            && self.actor.as_deref().is_none_or(|wanted| names(&process.process, wanted))
    }

    fn takes_days(&self, days: Option<&str>) -> bool {
        let Some(wanted) = self.days else { return true };
        days.and_then(DayInterval::parse).is_some_and(|days| days.overlaps(&wanted))
    }

    fn takes_cells(&self, cells: &[Cell]) -> bool {
        let is_open = self.verdict.is_none() && !self.undecided;
        is_open || cells.iter().any(|cell| self.takes_difference(cell.verdict, cell.decided))
    }

    /// Whether a verdict and what an analyst decided on it are as asked for.
    pub(crate) fn takes_difference(&self, verdict: Verdict, decided: Option<u32>) -> bool {
        self.verdict.is_none_or(|wanted| verdict == wanted)
            && (!self.undecided || (decided.is_none() && is_disputed(verdict)))
    }

    /// The preferred actors and the values that other reports give count alike.
    fn takes_actors<'a>(&self, mut actors: impl Iterator<Item = &'a ClaimActor>, cells: &[Cell]) -> bool {
        let Some(wanted) = self.actor.as_deref() else { return true };
        actors.any(|actor| is_actor(actor, wanted)) || states(cells, &["actors", "recipients"], wanted)
    }

    fn takes_place(&self, place: Option<&ClaimPlace>, cells: &[Cell]) -> bool {
        let Some(wanted) = self.place.as_deref() else { return true };
        place.is_some_and(|place| is_place(place, wanted)) || states(cells, &["place"], wanted)
    }
}

/// Whether an actor is the one asked for, by name, code or id.
pub(super) fn is_actor(actor: &ClaimActor, wanted: &str) -> bool {
    let is_code = |code: Option<String>| code.is_some_and(|code| code == wanted);
    names(&actor.name, wanted)
        || is_code(actor.country.map(|country| country.to_string()))
        || is_code(actor.sector.map(|sector| sector.to_string()))
        || actor.actor_id.as_deref() == Some(wanted)
}

fn is_place(place: &ClaimPlace, wanted: &str) -> bool {
    let is_code = place.country.is_some_and(|country| country.to_string() == wanted);
    is_code || place.name.as_deref().is_some_and(|name| names(name, wanted))
}

fn states(cells: &[Cell], attributes: &[&str], wanted: &str) -> bool {
    let asked = cells.iter().filter(|cell| attributes.contains(&cell.attribute.as_str()));
    asked.flat_map(|cell| &cell.values).any(|value| names(&value.value, wanted))
}

/// Neither capitals nor accents matter.
fn names(name: &str, wanted: &str) -> bool {
    fold(name).contains(&fold(wanted))
}

#[cfg(test)]
mod tests {
    use annalist_schema::Country;

    use super::*;

    fn event() -> Event {
        let actor = ClaimActor {
            name: "Ejército Nacional".to_owned(),
            country: Country::new("COL"),
            ..ClaimActor::default()
        };
        let place = ClaimPlace { name: Some("Popayán".to_owned()), ..ClaimPlace::default() };
        Event {
            event_type: Some(EventType::Assault),
            actors: vec![actor],
            place: Some(place),
            date: Some("2015-04".to_owned()),
            ..Event::default()
        }
    }

    fn check(query: Query, expected: bool) {
        let situation = Situation { events: vec![event()], ..Situation::default() };
        assert_eq!(!query.select(situation).events.is_empty(), expected, "{query:?}");
    }

    #[test]
    fn asks_by_day_actor_place_type_and_verdict() {
        let text = |text: &str| Some(text.to_owned());
        check(Query::default(), true);
        check(Query { days: DayInterval::parse("2015-04-30/2015-05-02"), ..Query::default() }, true);
        check(Query { days: DayInterval::parse("2015-05"), ..Query::default() }, false);
        check(Query { actor: text("ejercito"), ..Query::default() }, true);
        check(Query { actor: text("COL"), ..Query::default() }, true);
        check(Query { actor: text("PER"), ..Query::default() }, false);
        check(Query { place: text("popayan"), ..Query::default() }, true);
        check(Query { place: text("cali"), ..Query::default() }, false);
        check(Query { event_type: Some(EventType::Assault), ..Query::default() }, true);
        check(Query { event_type: Some(EventType::Aid), ..Query::default() }, false);
        check(Query { verdict: Some(Verdict::Contradictory), ..Query::default() }, false);
        check(Query { undecided: true, ..Query::default() }, false);
    }
}
