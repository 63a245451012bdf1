//! *What does the act become, said as it is said?* Futures, obligations and negations change type and status.

use annalist_data::lexicon::{Act as OuterAct, Coding, Slot, lexicon};
use annalist_schema::{Cameo, EventType, QuadClass, Status};

use super::act::Act;
use super::modal::Modality;

/// An act with the modality of its clause taken into account.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What it is.
    pub coding: Coding,
    /// Whether it is said to have happened.
    pub status: Status,
    /// The rule that changed it, if one did.
    pub rule: Option<&'static str>,
    /// Whether the speaker acts, and the act's actor is the recipient: "Chad said Sudan must leave".
    pub speaker_acts: bool,
}

/// Settles an act whose clause has a modality; `None` if nobody is said to do, plan or want it.
pub fn settle(act: &Act, modality: Modality, has_speaker: bool, is_denied: bool) -> Option<Settled> {
    let event_type = act.coding.event_type?;
    let code = act.coding.cameo.as_ref()?;
    let unchanged = |status| Settled { coding: act.coding.clone(), status, rule: None, speaker_acts: false };
    let status = act.status.unwrap_or_default();
    if modality.is_negated && status == Status::Denied {
        // "Did not deny that it had bombed it".
        return Some(unchanged(Status::Happened));
    }
    if is_denied {
        return Some(unchanged(Status::Denied));
    }
    if modality.is_obligation && !states_modality(act) {
        return if has_speaker { demanded(act, code) } else { Some(unchanged(Status::Demanded)) };
    }
    if modality.is_demand && !modality.is_negated && has_speaker {
        return demanded(act, code).or_else(|| Some(unchanged(Status::Hypothetical)));
    }
    if modality.is_condition || modality.is_possibility {
        return Some(unchanged(Status::Hypothetical));
    }
    if modality.is_future && !is_attitude(event_type) {
        return Some(if modality.is_negated {
            refused(act, code, event_type)
        } else {
            intended(act, code, status)
        });
    }
    if modality.is_negated {
        return Some(negated(act, code, event_type));
    }
    if modality.is_unreal || modality.is_purpose {
        let planned = if status == Status::Happened { Status::Hypothetical } else { status };
        return Some(unchanged(planned));
    }
    Some(unchanged(status))
}

/// Whether the entry itself looks at the auxiliaries, so that they are already part of what it codes.
fn states_modality(act: &Act) -> bool {
    act.entry.need.iter().any(|(slot, _)| *slot == Slot::Auxiliary)
}

/// Types that are what they are whenever they are uttered.
fn is_attitude(event_type: EventType) -> bool {
    matches!(event_type, EventType::Agree | EventType::Threaten | EventType::Reject | EventType::Request)
}

fn row(act: &str, code: &Cameo) -> Option<(Coding, Option<Status>)> {
    let outcome = lexicon().acts.get(act).and_then(|act: &OuterAct| act.outcome(code))?;
    Some((outcome.coding.clone(), outcome.status))
}

fn intended(act: &Act, code: &Cameo, status: Status) -> Settled {
    match row("will", code) {
        Some((coding, status)) => Settled {
            coding,
            status: status.unwrap_or_default(),
            rule: Some("modal.will"),
            speaker_acts: false,
        },
        None => Settled {
            coding: act.coding.clone(),
            status: if status == Status::Happened { Status::Planned } else { status },
            rule: None,
            speaker_acts: false,
        },
    }
}

/// "Will not leave" refuses; "will not attack" yields.
fn refused(act: &Act, code: &Cameo, event_type: EventType) -> Settled {
    let is_conflict = event_type.quad() == QuadClass::MaterialConflict;
    let act_name = if is_conflict { "abstain" } else { "refuse" };
    match row(act_name, code) {
        Some((coding, status)) => Settled {
            coding,
            status: status.unwrap_or_default(),
            rule: Some("modal.will-not"),
            speaker_acts: false,
        },
        None => {
            Settled { coding: act.coding.clone(), status: Status::Denied, rule: None, speaker_acts: false }
        }
    }
}

/// What did not happen: a refusal where it was somebody's to give, otherwise a happening denied.
fn negated(act: &Act, code: &Cameo, event_type: EventType) -> Settled {
    let denied =
        Settled { coding: act.coding.clone(), status: Status::Denied, rule: None, speaker_acts: false };
    if !matches!(event_type, EventType::Agree | EventType::Support | EventType::Concede) {
        return denied;
    }
    match row("refuse", code) {
        Some((coding, _)) => {
            Settled { coding, status: Status::Happened, rule: Some("modal.not"), speaker_acts: false }
        }
        None => denied,
    }
}

fn demanded(act: &Act, code: &Cameo) -> Option<Settled> {
    let event_type = act.coding.event_type?;
    if is_attitude(event_type) && event_type != EventType::Agree {
        return None;
    }
    let (coding, _) = row("demand", code)?;
    Some(Settled { coding, status: Status::Happened, rule: Some("modal.must"), speaker_acts: true })
}
