//! *What did new reports change?* Two situations compared, event by event.

use std::collections::{BTreeMap, BTreeSet};

use annalist_reconcile::{Delta, List};
use annalist_schema::{Cell, ClaimRef, Decision, Event, PostureSeries, Process, Reading, Report, Verdict};
use serde::{Deserialize, Serialize};

use super::decided::in_words;
use crate::briefing::words;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal, $title:literal;)+) => {
        /// What kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum ChangeKind { $($(#[doc = $doc])+ #[serde(rename = $name)] $kind),+ }

        impl ChangeKind {
            /// Its stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// The heading over changes of this kind.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => $title),+ }
            }
        }
    };
}

kinds! {
    /// A report came in.
    ReportAdded = "report-added", "REPORTS ADDED";
    /// A report was taken out.
    ReportWithdrawn = "report-withdrawn", "REPORTS WITHDRAWN";
    /// An analyst decided.
    DecisionMade = "decision-made", "DECIDED";
    /// An analyst took a decision back.
    DecisionUndone = "decision-undone", "UNDONE";
    /// Values of one attribute contradict each other, or speak of different scopes, that did not before.
    DisputeNew = "dispute-new", "NEW DISPUTES";
    /// They no longer do.
    DisputeResolved = "dispute-resolved", "RESOLVED DISPUTES";
    /// Another value is preferred.
    ValueRevised = "value-revised", "REVISED";
    /// An event that was not known.
    EventNew = "event-new", "NEW EVENTS";
    /// An event told by more claims.
    ClaimsGained = "claims-gained", "EVENTS THAT GAINED CLAIMS";
    /// An attribute that was not known of an event.
    ValueNew = "value-new", "NEWLY KNOWN";
    /// An attribute of which nothing is said any more.
    ValueGone = "value-gone", "NO LONGER STATED";
    /// An event told by fewer claims.
    ClaimsLost = "claims-lost", "EVENTS THAT LOST CLAIMS";
    /// An event that is part of another now: `into` names it.
    EventMerged = "event-merged", "EVENTS MERGED";
    /// An event that was part of another.
    EventSplit = "event-split", "EVENTS SPLIT OFF";
    /// An event whose earliest claim, and with it the id, is another: `into` is the new id.
    EventRenamed = "event-renamed", "EVENTS WITH A NEW ID";
    /// An event that nobody tells any more.
    EventGone = "event-gone", "EVENTS GONE";
    /// A process reached a state.
    ProcessNew = "process-new", "TALKS AND AGREEMENTS";
    /// A state that nobody tells any more.
    ProcessGone = "process-gone", "STATES OF TALKS NO LONGER TOLD";
    /// How many forces are where was stated.
    PostureNew = "posture-new", "FORCE POSTURE";
    /// That is no longer stated.
    PostureGone = "posture-gone", "FORCE POSTURE NO LONGER STATED";
}

/// One change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What kind.
    pub kind: ChangeKind,
    /// Id of the event or report, number of the decision, name of the process, or actor and place of the posture.
    pub subject: String,
    /// The subject in words.
    pub about: String,
    /// Its days, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Which attribute of an event changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// What was held before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What is held now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How the values stand to each other now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Number of the analyst's decision that settled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<u32>,
    /// Id of the event that an event went into, or came out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// The claims that make the change: gained, lost, or all of a new event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimRef>,
}

impl Change {
    pub(super) fn new(kind: ChangeKind, subject: &str, about: String) -> Self {
        Self {
            kind,
            subject: subject.to_owned(),
            about,
            date: None,
            attribute: None,
            before: None,
            after: None,
            verdict: None,
            decided: None,
            into: None,
            claims: Vec::new(),
        }
    }

    fn of_event(kind: ChangeKind, event: &Event) -> Self {
        Self { date: event.date.clone(), ..Self::new(kind, &event.id, words::event(event)) }
    }

    /// A report that came or went.
    pub(super) fn of_report(kind: ChangeKind, report: &Report, reading: &Reading) -> Self {
        let head = &reading.report;
        let parts = [head.title.as_deref(), head.outlet.as_deref()].into_iter().flatten();
        let about = parts.map(words::one_line).collect::<Vec<_>>().join(" · ");
        let date = head.published.as_ref().map(|published| published.value.format());
        Self { date, ..Self::new(kind, &report.id, about) }
    }
}

impl Change {
    /// A decision that was made or undone.
    pub(super) fn of_decision(kind: ChangeKind, decision: &Decision) -> Self {
        let about = in_words(decision);
        Self { claims: decision.claims.clone(), ..Self::new(kind, &decision.number.to_string(), about) }
    }
}

/// What a person is told of a delta, disputes first.
pub(super) fn between(delta: &Delta) -> Vec<Change> {
    let mut changes = Vec::new();
    let fates = Fates::new(delta);
    for (id, event) in &delta.gone {
        changes.extend(fates.of_old(id, event));
    }
    for (id, event) in &delta.come {
        fates.of_new(id, event, &mut changes);
    }
    of_processes(&delta.processes, &mut changes);
    of_postures(&delta.postures, &mut changes);
    changes.sort_by(|one, other| {
        let key = |change: &Change| {
            (change.kind, change.date.is_none(), change.date.clone(), change.subject.clone())
        };
        key(one).cmp(&key(other))
    });
    changes
}

/// Which old event lives on in which new one.
struct Fates<'a> {
    delta: &'a Delta,
    /// New id by old id.
    successor: BTreeMap<&'a str, &'a str>,
    /// Old ids by new id, the one that gives most claims first.
    predecessors: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Fates<'a> {
    fn new(delta: &'a Delta) -> Self {
        let claims =
            |(id, event): (&'a String, &'a Event)| event.claims.iter().map(move |claim| (claim, id.as_str()));
        let home: BTreeMap<&ClaimRef, &str> = delta.come.iter().flat_map(claims).collect();
        let mut successor = BTreeMap::new();
        let mut heirs: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        for (id, event) in &delta.gone {
            let mut n_claims: BTreeMap<&str, usize> = BTreeMap::new();
            let homes = event.claims.iter().filter_map(|claim| home.get(claim));
            homes.for_each(|new| *n_claims.entry(new).or_default() += 1);
            let same = n_claims.get_key_value(id.as_str());
            let most = n_claims.iter().max_by_key(|(new, count)| (**count, std::cmp::Reverse(**new)));
            if let Some((new, count)) = same.or(most) {
                successor.insert(id.as_str(), *new);
                heirs.entry(new).or_default().push((*count, id));
            }
        }
        let by_share = |(new, mut old): (&'a str, Vec<(usize, &'a str)>)| {
            old.sort_by_key(|(count, id)| (*id != new, std::cmp::Reverse(*count), *id));
            (new, old.into_iter().map(|(_, id)| id).collect())
        };
        Self { delta, successor, predecessors: heirs.into_iter().map(by_share).collect() }
    }

    /// Where an event went whose id is gone.
    fn of_old(&self, id: &str, event: &Event) -> Option<Change> {
        let Some(&new) = self.successor.get(id) else {
            return Some(Change {
                claims: event.claims.clone(),
                ..Change::of_event(ChangeKind::EventGone, event)
            });
        };
        if new == id {
            return None;
        }
        let lives_on = self.predecessors.get(new).and_then(|old| old.first()) == Some(&id);
        let kind = if lives_on { ChangeKind::EventRenamed } else { ChangeKind::EventMerged };
        Some(Change { into: Some(new.to_owned()), ..Change::of_event(kind, event) })
    }

    /// What is new about an event.
    fn of_new(&self, id: &str, event: &Event, changes: &mut Vec<Change>) {
        let Some(old) = self.predecessors.get(id) else {
            changes.push(self.first_seen(event));
            return;
        };
        let old: Vec<_> = old.iter().filter_map(|id| self.delta.gone.get(*id)).collect();
        let known: BTreeSet<_> = old.iter().flat_map(|event| &event.claims).collect();
        let held: BTreeSet<_> = event.claims.iter().collect();
        let with = |kind: ChangeKind, claims: Vec<ClaimRef>| {
            (!claims.is_empty()).then(|| Change { claims, ..Change::of_event(kind, event) })
        };
        changes.extend(with(
            ChangeKind::ClaimsGained,
            held.difference(&known).map(|&claim| claim.clone()).collect(),
        ));
        changes.extend(with(
            ChangeKind::ClaimsLost,
            known.difference(&held).map(|&claim| claim.clone()).collect(),
        ));
        if let Some(old) = old.first() {
            of_cells(old, event, changes);
        }
    }

    /// New, or cut out of another.
    fn first_seen(&self, event: &Event) -> Change {
        let was_in =
            self.delta.gone.values().find(|old| event.claims.iter().any(|claim| old.claims.contains(claim)));
        let kind = if was_in.is_some() { ChangeKind::EventSplit } else { ChangeKind::EventNew };
        let into = was_in.map(|old| old.id.clone());
        Change { into, claims: event.claims.clone(), ..Change::of_event(kind, event) }
    }
}

fn of_cells(old: &Event, new: &Event, changes: &mut Vec<Change>) {
    let by_name = |event: &'_ Event| -> BTreeMap<String, Cell> {
        event.cells.iter().map(|cell| (cell.attribute.clone(), cell.clone())).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for name in names {
        let (before, after) = (before.get(name), after.get(name));
        let Some(kind) = of_cell(before, after) else { continue };
        changes.push(Change {
            attribute: Some(name.clone()),
            before: before.map(shown),
            after: after.map(shown),
            verdict: after.map(|cell| cell.verdict),
            decided: after.and_then(|cell| cell.decided),
            ..Change::of_event(kind, new)
        });
    }
}

fn of_cell(before: Option<&Cell>, after: Option<&Cell>) -> Option<ChangeKind> {
    let is_open = |cell: Option<&Cell>| cell.is_some_and(is_open);
    Some(match (before, after) {
        _ if !is_open(before) && is_open(after) => ChangeKind::DisputeNew,
        (_, Some(_)) if is_open(before) && !is_open(after) => ChangeKind::DisputeResolved,
        (None, Some(_)) => ChangeKind::ValueNew,
        (Some(_), None) => ChangeKind::ValueGone,
        (Some(before), Some(after)) if shown(before) != shown(after) => ChangeKind::ValueRevised,
        _ => return None,
    })
}

/// Whether reports differ and nobody has decided between them.
fn is_open(cell: &Cell) -> bool {
    cell.decided.is_none() && matches!(cell.verdict, Verdict::Contradictory | Verdict::DifferentScope)
}

/// The preferred value, or all of them where none is or they are in dispute.
fn shown(cell: &Cell) -> String {
    let preferred = cell.preferred.as_ref().filter(|_| !is_open(cell));
    let preferred = preferred.and_then(|(index, _)| cell.values.get(*index));
    let all = || cell.values.iter().map(|value| words::amount(&value.value)).collect::<Vec<_>>().join(" | ");
    preferred.map_or_else(all, |value| words::amount(&value.value))
}

fn of_processes(list: &List<Process>, changes: &mut Vec<Change>) {
    let states = |processes: &BTreeMap<String, Process>| -> BTreeSet<(String, Option<String>, &'static str)> {
        let of_one = |process: &Process| {
            let state = |step: &annalist_schema::Transition| {
                (process.process.clone(), step.date.clone(), step.code.as_str())
            };
            process.transitions.iter().map(state).collect::<Vec<_>>()
        };
        processes.values().flat_map(of_one).collect()
    };
    let (before, after) = (states(&list.before), states(&list.after));
    let change = |kind: ChangeKind, (process, date, code): &(String, Option<String>, &'static str)| Change {
        date: date.clone(),
        after: Some((*code).to_owned()),
        ..Change::new(kind, process, words::process(process))
    };
    changes.extend(after.difference(&before).map(|state| change(ChangeKind::ProcessNew, state)));
    changes.extend(before.difference(&after).map(|state| change(ChangeKind::ProcessGone, state)));
}

fn of_postures(list: &List<PostureSeries>, changes: &mut Vec<Change>) {
    type Stance = (String, u32, Option<String>, String, String);
    let stances = |series: &BTreeMap<String, PostureSeries>| -> BTreeMap<Stance, ()> {
        let of_one = |series: &PostureSeries| {
            let about = words::forces(series);
            let stance = |statement: &annalist_schema::PostureStatement| {
                let value = words::amount(&statement.value);
                let key = (
                    statement.report.clone(),
                    statement.span.start,
                    statement.as_of.clone(),
                    about.clone(),
                    value,
                );
                (key, ())
            };
            series.statements.iter().map(stance).collect::<Vec<_>>()
        };
        series.values().flat_map(of_one).collect()
    };
    let (before, after) = (stances(&list.before), stances(&list.after));
    let change = |kind: ChangeKind, (report, _, as_of, about, value): &Stance| Change {
        date: as_of.clone(),
        after: Some(value.clone()),
        ..Change::new(kind, report, about.clone())
    };
    let new = after.keys().filter(|stance| !before.contains_key(*stance));
    changes.extend(new.map(|stance| change(ChangeKind::PostureNew, stance)));
    let gone = before.keys().filter(|stance| !after.contains_key(*stance));
    changes.extend(gone.map(|stance| change(ChangeKind::PostureGone, stance)));
}
