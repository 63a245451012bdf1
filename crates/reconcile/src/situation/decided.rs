//! *What does an event look like once an analyst has decided on it?* All that the reports say stays in its cells.

use annalist_schema::{
    Cell, CellValue, Claim, ClaimActor, ClaimPlace, DayInterval, Decision, DecisionKind, Event, Verdict,
};

/// Who stands behind a value that no report states.
const ANALYST: &str = "analyst";

/// Whether a decision moves the event in the order of events.
pub(crate) fn sets_date(decisions: &[&Decision]) -> bool {
    decisions.iter().any(|decision| decision.attribute.as_deref() == Some("date"))
}

/// Follows the decisions on an event, the last one on an attribute counting; `claim` gives the claim of a reference.
pub(crate) fn decide<'a>(
    event: &mut Event,
    decisions: &[&Decision],
    claim: impl Fn(&annalist_schema::ClaimRef) -> Option<&'a Claim>,
) {
    event.decisions = decisions.iter().map(|decision| decision.number).collect();
    for decision in decisions.iter().filter(|decision| decision.kind == DecisionKind::Set) {
        let (Some(attribute), Some(value)) = (&decision.attribute, &decision.value) else { continue };
        let stated = set(event, attribute, value, decision).and_then(|reference| claim(&reference));
        match stated {
            Some(claim) => take(event, attribute, claim),
            None => read(event, attribute, value),
        }
    }
}

/// Prefers a value in its cell, adding it if no report states it; gives the first claim that does.
fn set(
    event: &mut Event,
    attribute: &str,
    value: &str,
    decision: &Decision,
) -> Option<annalist_schema::ClaimRef> {
    if !event.cells.iter().any(|cell| cell.attribute == attribute) {
        event.cells.push(unstated(attribute));
    }
    let cell = event.cells.iter_mut().find(|cell| cell.attribute == attribute)?;
    let index = cell.values.iter().position(|stated| stated.value == value).unwrap_or(cell.values.len());
    if index == cell.values.len() {
        let attributed_to = vec![ANALYST.to_owned()];
        cell.values.push(CellValue {
            value: value.to_owned(),
            claims: Vec::new(),
            attributed_to,
            span: None,
            spans: Vec::new(),
        });
    }
    cell.preferred = Some((index, format!("decision {} of an analyst", decision.number)));
    cell.decided = Some(decision.number);
    cell.why = Some(format!(
        "An analyst decided for “{value}” (decision {}): {}",
        decision.number, decision.because
    ));
    cell.values[index].claims.first().cloned()
}

fn unstated(attribute: &str) -> Cell {
    Cell {
        attribute: attribute.to_owned(),
        verdict: Verdict::SingleSource,
        values: Vec::new(),
        preferred: None,
        origins: vec![ANALYST.to_owned()],
        why: None,
        decided: None,
        as_of: None,
    }
}

/// The event has the attribute as a claim states it.
fn take(event: &mut Event, attribute: &str, claim: &Claim) {
    match attribute {
        "actors" => event.actors.clone_from(&claim.actors),
        "recipients" => event.recipients.clone_from(&claim.recipients),
        "date" => event.date = claim.date.map(|days| days.format()),
        "place" => event.place.clone_from(&claim.place),
        "type" => event.event_type = claim.event_type,
        _ => {}
    }
}

/// The event has the attribute as the analyst words it.
fn read(event: &mut Event, attribute: &str, value: &str) {
    let named = |name: &str| ClaimActor { name: name.trim().to_owned(), ..ClaimActor::default() };
    match attribute {
        "actors" => event.actors = value.split(';').map(named).collect(),
        "recipients" => event.recipients = value.split(';').map(named).collect(),
        "date" => event.date = DayInterval::parse(value).map(|days| days.format()),
        "place" => event.place = Some(ClaimPlace { name: Some(value.to_owned()), ..ClaimPlace::default() }),
        "type" => event.event_type = value.parse().ok(),
        _ => {}
    }
}
