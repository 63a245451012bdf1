//! *What does the touched part of a situation look like now?* Put together, and compared with what is kept.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{ClaimRef, Decision, DecisionKind, Event, PostureSeries, Process, Reading, Situation};

use super::assemble::{Bond, assemble_part, reconcile_part};
use super::delta::{Delta, List, copy_rows, key_of_posture, key_of_state, posture_rows, process_rows};
use super::part::{Part, without_claims};
use super::store::{ClaimAt, Store};

impl<S: Store> Part<'_, S> {
    /// Puts together what is touched, and compares it with what is kept.
    pub fn finish(mut self) -> Result<Delta, S::Error> {
        let old_postures = self.store.postures(&self.postures)?;
        let old_processes = self.store.processes(&self.processes)?;
        let mut old_copies = self.store.copies(&self.copies)?;
        let situation = self.situation(&reports_of(&old_postures, &old_processes))?;
        let List { before: gone, after: come, .. } = self.events(situation.events)?;
        let copies = copy_rows(&situation.copies);
        old_copies.extend(self.store.copies(&copies.keys().cloned().collect())?);
        Ok(Delta {
            gone,
            come,
            postures: List::between(old_postures, posture_rows(&situation.postures)),
            processes: List::between(old_processes, process_rows(&situation.processes)),
            copies: List::between(old_copies, copies),
            notes: List::default(),
        })
    }

    /// The touched part of the situation, with the series and processes that are made again.
    fn situation(&mut self, telling: &BTreeSet<String>) -> Result<Situation, S::Error> {
        let readings = self.speaking(telling)?;
        let claims = self.references()?;
        let decisions = self.anchored()?;
        if let Some(clusters) = &self.clusters {
            let refer =
                |cluster: &Vec<ClaimAt>| cluster.iter().filter_map(|at| claims.get(at).cloned()).collect();
            let clusters: Vec<_> = clusters.iter().map(refer).collect();
            return Ok(assemble_part(&readings, &clusters, &decisions));
        }
        let mut bonds: Vec<Bond> = Vec::new();
        for (at, claim) in &claims {
            for lead in self.store.leads_from(*at)? {
                bonds.extend(claims.get(&lead.to).map(|other| (claim.clone(), other.clone(), lead.likely)));
            }
        }
        let claims: Vec<_> = claims.into_values().collect();
        Ok(reconcile_part(&readings, &claims, &bonds, &decisions))
    }

    /// The readings that say something of the touched part, and those that share sentences with them.
    fn speaking(&mut self, telling: &BTreeSet<String>) -> Result<Vec<Reading>, S::Error> {
        let mut speaking = self.new.clone();
        speaking.extend(self.touched.iter().map(|at| at.0));
        speaking.extend(&self.sharing);
        for id in telling {
            speaking.extend(self.store.number(id)?);
        }
        speaking.extend(self.readings.keys().copied().filter(|number| self.tells(*number)));
        speaking.retain(|number| !self.gone.contains(number));
        let with_claims: BTreeSet<i64> = self.touched.iter().map(|at| at.0).collect();
        let mut readings = Vec::new();
        for number in self.sharing(&speaking)? {
            let reading = self.reading(number)?;
            let mut reading = match with_claims.contains(&number) {
                true => (*reading).clone(),
                false => without_claims(&reading),
            };
            reading.postures.retain(|posture| self.postures.contains(&key_of_posture(posture)));
            reading.process_states.retain(|state| self.processes.contains(key_of_state(state)));
            readings.push(reading);
        }
        Ok(readings)
    }

    /// Whether a report says something of a series or process that is made again.
    fn tells(&self, number: i64) -> bool {
        self.readings.get(&number).is_some_and(|reading| {
            let mut postures = reading.postures.iter();
            let mut states = reading.process_states.iter();
            postures.any(|posture| self.postures.contains(&key_of_posture(posture)))
                || states.any(|state| self.processes.contains(key_of_state(state)))
        })
    }

    fn references(&mut self) -> Result<BTreeMap<ClaimAt, ClaimRef>, S::Error> {
        let mut references = BTreeMap::new();
        for at in self.touched.clone() {
            let reference = self.known(at.0)?.reference(at.1);
            references.extend(reference.map(|reference| (at, reference)));
        }
        Ok(references)
    }

    /// The decisions, those on single events with the one claim that they are about in all of the pile.
    fn anchored(&mut self) -> Result<Vec<Decision>, S::Error> {
        let mut anchored = self.decisions.to_vec();
        for decision in &mut anchored {
            if matches!(decision.kind, DecisionKind::Set | DecisionKind::Accept) {
                let mut anchor = None;
                for claim in decision.claims.iter().chain(&decision.others) {
                    if self.at(claim)?.is_some() {
                        anchor = Some(claim.clone());
                        break;
                    }
                }
                decision.claims = anchor.into_iter().collect();
                decision.others.clear();
            }
        }
        Ok(anchored)
    }

    /// The kept events of the touched claims and the new ones, as far as the two differ.
    fn events(&mut self, new: Vec<Event>) -> Result<List<Event>, S::Error> {
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for claim in new.iter().flat_map(|event| &event.claims).chain(&self.lost) {
            ids.extend(self.store.event_id(claim)?);
        }
        let mut old = BTreeMap::new();
        for id in ids {
            old.extend(self.store.event(&id)?.map(|event| (id, event)));
        }
        let new = new.into_iter().map(|event| (event.id.clone(), event)).collect();
        Ok(List::between(old, new))
    }
}

/// Ids of the reports that kept series and processes rest on.
fn reports_of(
    postures: &BTreeMap<String, PostureSeries>,
    processes: &BTreeMap<String, Process>,
) -> BTreeSet<String> {
    let stances = postures.values().flat_map(|series| &series.statements).map(|one| &one.report);
    let transitions = processes.values().flat_map(|process| &process.transitions);
    let states = transitions.flat_map(|transition| &transition.statements).map(|one| &one.report);
    stances.chain(states).cloned().collect()
}
