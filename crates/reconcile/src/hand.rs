//! *Which decisions of an analyst touch which claims?*

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{ClaimRef, Decision, DecisionKind, Reading};

use crate::event::Tie;
use crate::pile::Pile;

/// Decisions, sorted by number, with the claims of a pile that they touch.
#[derive(Default)]
pub(crate) struct Hand<'a> {
    decisions: Vec<&'a Decision>,
    /// By claim: positions in `decisions` of those on the event that has it.
    touching: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Hand<'a> {
    /// Claims that the pile does not have are passed over: they may have been withdrawn, or come later.
    pub fn new(decisions: &'a [Decision], pile: &Pile<'_>) -> Self {
        let decisions = sorted(decisions);
        let mut touching: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (position, decision) in decisions.iter().enumerate() {
            let claims = decision.claims.iter().chain(&decision.others);
            let mut present: Vec<_> = claims.filter_map(|claim| pile.find(claim)).collect();
            // What holds of an event holds of the one that its name has gone to.
            if matches!(decision.kind, DecisionKind::Set | DecisionKind::Accept) {
                present.truncate(1);
            }
            present.into_iter().for_each(|claim_idx| touching.entry(claim_idx).or_default().push(position));
        }
        Self { decisions, touching }
    }

    /// What linking must follow.
    pub fn ties(&self, pile: &Pile<'_>) -> Vec<Tie> {
        let present = |claims: &[ClaimRef]| claims.iter().filter_map(|claim| pile.find(claim)).collect();
        let tie = |decision: &&Decision| match decision.kind {
            DecisionKind::Merge => Some(Tie::Together(present(&decision.claims))),
            DecisionKind::Split => Some(Tie::Apart(present(&decision.claims), present(&decision.others))),
            DecisionKind::Set | DecisionKind::Accept | DecisionKind::Reject => None,
        };
        self.decisions.iter().filter_map(tie).collect()
    }

    /// The decisions on the event of some claims, by number.
    pub fn on(&self, claims: &[u32]) -> Vec<&'a Decision> {
        if self.touching.is_empty() {
            return Vec::new();
        }
        let touching = claims.iter().filter_map(|claim_idx| self.touching.get(claim_idx)).flatten();
        let positions: BTreeSet<_> = touching.copied().collect();
        positions.into_iter().map(|position| self.decisions[position]).collect()
    }
}

fn sorted(decisions: &[Decision]) -> Vec<&Decision> {
    let mut decisions: Vec<_> = decisions.iter().collect();
    decisions.sort_by_key(|decision| decision.number);
    decisions.dedup_by_key(|decision| decision.number);
    decisions
}

/// The readings without the claims that were rejected.
pub fn without_rejected(readings: &mut [Reading], decisions: &[Decision]) {
    let rejected = decisions.iter().filter(|decision| decision.kind == DecisionKind::Reject);
    let rejected: BTreeSet<(&str, &str)> =
        rejected.flat_map(|decision| &decision.claims).map(|one| (&*one.report, &*one.claim)).collect();
    if rejected.is_empty() {
        return;
    }
    for reading in readings {
        let id = std::mem::take(&mut reading.id);
        reading.claims.retain(|claim| !rejected.contains(&(&*id, &*claim.id)));
        reading.id = id;
    }
}
