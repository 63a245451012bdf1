//! *What does a report that comes in change?* Only what hangs together with it is worked out again.
//!
//! The outcome is that of a fusion of everything, byte for byte; `Archive::check` compares the two.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use annalist_reconcile::{
    Bond, Neighbours, assemble_part, cluster_part, kin_leads, reconcile_part, redirected, without_rejected,
};
use annalist_schema::{ClaimRef, Decision, DecisionKind, Event, Process, Reading, Situation};
use rusqlite::{Row, Transaction, params};

use super::derived::{self, Delta, List};
use super::lead::{self, At, Known};
use super::store;

/// What some new reports change; `None` if what is kept of the others cannot be read.
pub fn delta(
    transaction: &Transaction<'_>,
    decisions: &[Decision],
    reports: &[i64],
) -> rusqlite::Result<Option<Delta>> {
    let mut part = Part::new(transaction, decisions);
    for report_idx in reports {
        if !part.take_in(*report_idx)? {
            return Ok(None);
        }
    }
    part.spread()?;
    part.finish().map(Some)
}

/// A report and its neighbours.
type Moved = (i64, Vec<i64>);

struct Part<'a> {
    transaction: &'a Transaction<'a>,
    decisions: &'a [Decision],
    known: BTreeMap<i64, Rc<Known>>,
    /// Opened only where something of them is put together anew.
    readings: BTreeMap<i64, Rc<Reading>>,
    /// The reports that came in.
    new: BTreeSet<i64>,
    /// Claims of which something may have changed.
    touched: BTreeSet<At>,
    /// Those among them that say something new, or go back to another report now.
    renewed: BTreeSet<At>,
    /// The clusters of the touched claims, where no decision merges or splits.
    clusters: Option<Vec<Vec<At>>>,
    /// Keys of posture series and processes to make again, and of groups of copies that may be others.
    postures: BTreeSet<String>,
    processes: BTreeSet<String>,
    copies: BTreeSet<String>,
}

impl<'a> Part<'a> {
    fn new(transaction: &'a Transaction<'a>, decisions: &'a [Decision]) -> Self {
        Self {
            transaction,
            decisions,
            known: BTreeMap::new(),
            readings: BTreeMap::new(),
            new: BTreeSet::new(),
            touched: BTreeSet::new(),
            renewed: BTreeSet::new(),
            clusters: None,
            postures: BTreeSet::new(),
            processes: BTreeSet::new(),
            copies: BTreeSet::new(),
        }
    }

    fn known(&mut self, report_idx: i64) -> rusqlite::Result<Rc<Known>> {
        if let Some(known) = self.known.get(&report_idx) {
            return Ok(Rc::clone(known));
        }
        let known = match lead::known(self.transaction, report_idx)? {
            Some(known) => known,
            None => Known::new(&*self.reading(report_idx)?),
        };
        let known = Rc::new(known);
        self.known.insert(report_idx, Rc::clone(&known));
        Ok(known)
    }

    /// The reading without what was rejected of it.
    fn reading(&mut self, report_idx: i64) -> rusqlite::Result<Rc<Reading>> {
        if let Some(reading) = self.readings.get(&report_idx) {
            return Ok(Rc::clone(reading));
        }
        let mut reading = store::reading(self.transaction, report_idx)?;
        without_rejected(std::slice::from_mut(&mut reading), self.decisions);
        let reading = Rc::new(reading);
        self.readings.insert(report_idx, Rc::clone(&reading));
        Ok(reading)
    }

    /// Binds the claims of a report to those of the others; whether what is kept of these could be read.
    fn take_in(&mut self, report_idx: i64) -> rusqlite::Result<bool> {
        let reading = self.reading(report_idx)?;
        let new = self.known(report_idx)?;
        self.new.insert(report_idx);
        lead::insert_card(self.transaction, report_idx, &new)?;
        lead::insert_prints(self.transaction, report_idx, &reading)?;
        let Some(moved) = self.moved_by(report_idx)? else { return Ok(false) };
        for (report_idx, neighbours) in moved {
            self.bind_by_kin(report_idx, &neighbours)?;
        }
        for (place, position) in new.card.places() {
            self.bind_by_key(&place, (report_idx, position))?;
        }
        self.touch_all(report_idx)?;
        self.redirect(report_idx)?;
        Ok(true)
    }

    /// Every claim, posture and state of a report is to be looked at again.
    fn touch_all(&mut self, report_idx: i64) -> rusqlite::Result<()> {
        let (known, reading) = (self.known(report_idx)?, self.reading(report_idx)?);
        let n_claims = known.claims.len() as u32;
        self.touched.extend((0..n_claims).map(|position| (report_idx, position)));
        self.renewed.extend((0..n_claims).map(|position| (report_idx, position)));
        self.postures.extend(reading.postures.iter().map(store::key_of_posture));
        let states = reading.process_states.iter();
        self.processes.extend(states.map(|state| store::key_of_state(state).to_owned()));
        Ok(())
    }

    /// The reports that have other neighbours because of a report, it too, each with its neighbours.
    fn moved_by(&self, report_idx: i64) -> rusqlite::Result<Option<Vec<Moved>>> {
        let mut statement = self.transaction.prepare_cached("SELECT report_idx, body FROM head")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let heads = rows.collect::<rusqlite::Result<Vec<(i64, Vec<u8>)>>>()?;
        let Some(neighbours) = Neighbours::new(heads.iter().map(|(_, body)| body.as_slice())) else {
            return Ok(None);
        };
        let number = |number: u32| heads[number as usize].0;
        let Some(own) = heads.iter().position(|(other, _)| *other == report_idx) else { return Ok(None) };
        let moved = neighbours.moved_by(own as u32).into_iter();
        let moved = moved.map(|(report, others)| (number(report), others.into_iter().map(number).collect()));
        Ok(Some(moved.collect()))
    }

    /// Binds the claims of a report to those of its neighbours anew.
    fn bind_by_kin(&mut self, report_idx: i64, neighbours: &[i64]) -> rusqlite::Result<()> {
        let numbers: Vec<_> = std::iter::once(report_idx).chain(neighbours.iter().copied()).collect();
        let mut group = Vec::new();
        for number in &numbers {
            group.push((*number, self.known(*number)?));
        }
        group.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        let place =
            |wanted: &i64| group.iter().position(|(number, _)| number == wanted).unwrap_or_default() as u32;
        let cards: Vec<_> = group.iter().map(|(_, known)| &known.card).collect();
        let others: Vec<_> = neighbours.iter().map(place).collect();
        let at = |(report, position): (u32, u32)| (group[report as usize].0, position);
        let leads = kin_leads(&cards, place(&report_idx), &others).into_iter();
        let after: BTreeMap<_, _> = leads.map(|lead| ((at(lead.from), at(lead.to)), lead.likely)).collect();
        let before = lead::by_kin(self.transaction, report_idx)?;
        if before == after {
            return Ok(());
        }
        let changed = before.keys().filter(|pair| !after.contains_key(pair));
        let changed: BTreeSet<_> =
            changed.chain(after.keys().filter(|pair| !before.contains_key(pair))).collect();
        let bound = |pairs: &BTreeSet<&(At, At)>| -> rusqlite::Result<Vec<bool>> {
            pairs.iter().map(|(from, to)| lead::are_bound(self.transaction, *from, *to)).collect()
        };
        let were_bound = bound(&changed)?;
        lead::forget_by_kin(self.transaction, report_idx)?;
        for ((from, to), likely) in &after {
            lead::insert(self.transaction, *from, *to, true, *likely)?;
        }
        let are_bound = bound(&changed)?;
        let differ = were_bound.iter().zip(&are_bound).map(|(before, after)| before != after);
        let touched = changed.into_iter().zip(differ).filter(|(_, differ)| *differ);
        self.touched.extend(touched.flat_map(|((from, to), _)| [*from, *to]));
        Ok(())
    }

    /// Puts a claim on a shelf: those before it lead to it, it leads to those after it, and what it parts too far leads
    /// to each other no longer.
    fn bind_by_key(&mut self, place: &[u8], at: At) -> rusqlite::Result<()> {
        let (before, after) = (lead::before(self.transaction, place)?, lead::after(self.transaction, place)?);
        lead::insert_place(self.transaction, place, at)?;
        for other in &before {
            self.lead_by_key(*other, at)?;
        }
        for other in &after {
            self.lead_by_key(at, *other)?;
        }
        let parted = before.iter().enumerate().filter_map(|(distance, from)| {
            let reach = annalist_reconcile::WINDOW - distance;
            after.get(reach - 1).map(|to| (*from, *to))
        });
        for (from, to) in parted {
            self.part(from, to)?;
        }
        Ok(())
    }

    fn lead_by_key(&mut self, from: At, to: At) -> rusqlite::Result<()> {
        let (one, other) = (self.known(from.0)?, self.known(to.0)?);
        let is_in_order = (&one.id, from.1) < (&other.id, to.1);
        let likely = match is_in_order {
            true => one.card.likely(from.1, &other.card, to.1),
            false => other.card.likely(to.1, &one.card, from.1),
        };
        if likely > 0.0 {
            if !lead::are_bound(self.transaction, from, to)? {
                self.touched.extend([from, to]);
            }
            lead::insert(self.transaction, from, to, false, likely)?;
        }
        Ok(())
    }

    /// Two claims stand too far from each other on one shelf; another may still lead from the one to the other.
    fn part(&mut self, from: At, to: At) -> rusqlite::Result<()> {
        if !lead::is_by_key(self.transaction, from, to)? {
            return Ok(());
        }
        let known = self.known(from.0)?;
        for (place, _) in known.card.places().iter().filter(|(_, position)| *position == from.1) {
            if lead::after(self.transaction, place)?.contains(&to) {
                return Ok(());
            }
        }
        lead::forget_by_key(self.transaction, from, to)?;
        if !lead::are_bound(self.transaction, from, to)? {
            self.touched.extend([from, to]);
        }
        Ok(())
    }

    /// What reports that share sentences with a new one say may go back to another report now.
    fn redirect(&mut self, report_idx: i64) -> rusqlite::Result<()> {
        let sharing = lead::sharing(self.transaction, &BTreeSet::from([report_idx]))?;
        if sharing.len() == 1 {
            return Ok(());
        }
        let id = self.known(report_idx)?.id.clone();
        let mut readings = Vec::new();
        for number in &sharing {
            readings.push(without_claims(&*self.reading(*number)?));
        }
        readings.sort_by(|one, other| one.id.cmp(&other.id));
        let (moved, groups) = redirected(&readings, &id);
        self.copies.extend(groups);
        for id in moved {
            if let Some(number) = store::number(self.transaction, &id)? {
                self.touch_all(number)?;
            }
        }
        Ok(())
    }

    /// Touches all that may be another event than it was.
    fn spread(&mut self) -> rusqlite::Result<()> {
        let ties = |kind| matches!(kind, DecisionKind::Merge | DecisionKind::Split);
        match self.decisions.iter().any(|decision| ties(decision.kind)) {
            true => self.spread_along_bonds(),
            false => self.spread_event_by_event(),
        }
    }

    /// The events of what is touched, and those that some claim of them is bound to: if these come out as they were, so
    /// does everything further away, since events meet only along bonds. Otherwise they are touched too.
    fn spread_event_by_event(&mut self) -> rusqlite::Result<()> {
        let mut before: Option<(BTreeSet<At>, BTreeSet<Vec<At>>)> = None;
        loop {
            let mut all = BTreeSet::new();
            for at in self.touched.clone() {
                if !all.contains(&at) {
                    all.extend(self.event_of(at)?);
                }
            }
            self.touched.clone_from(&all);
            let mut near = Vec::new();
            for at in self.touched.clone() {
                for other in lead::around(self.transaction, at)? {
                    if !all.contains(&other) {
                        let event = self.event_of(other)?;
                        all.extend(&event);
                        near.push(event);
                    }
                }
            }
            // What moved may have nothing further near it.
            let clusters = match before.take() {
                Some((claims, clusters)) if claims == all => clusters,
                _ => self.clusters(&all)?.into_iter().collect(),
            };
            let moved: Vec<_> = near.into_iter().filter(|event| !clusters.contains(event)).collect();
            if moved.is_empty() {
                return self.keep_changed(clusters);
            }
            self.touched.extend(moved.concat());
            before = Some((all, clusters));
        }
    }

    /// Of the clusters those with a touched claim that are stored otherwise; only they are put together.
    fn keep_changed(&mut self, clusters: BTreeSet<Vec<At>>) -> rusqlite::Result<()> {
        let mut changed = Vec::new();
        for cluster in clusters {
            let is_touched = cluster.iter().any(|at| self.touched.contains(at));
            let is_renewed = cluster.iter().any(|at| self.renewed.contains(at));
            if is_renewed || is_touched && self.event_of(cluster[0])? != cluster {
                changed.push(cluster);
            }
        }
        self.touched = changed.iter().flatten().copied().collect();
        self.clusters = Some(changed);
        Ok(())
    }

    /// Sorted clusters of some claims, by themselves.
    fn clusters(&mut self, claims: &BTreeSet<At>) -> rusqlite::Result<Vec<Vec<At>>> {
        let mut group = Vec::new();
        for number in claims.iter().map(|at| at.0).collect::<BTreeSet<_>>() {
            group.push((number, self.known(number)?));
        }
        group.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        let places: BTreeMap<i64, u32> = group.iter().map(|(number, _)| *number).zip(0..).collect();
        let cards: Vec<_> = group.iter().map(|(_, known)| &known.card).collect();
        let place = |at: At| Some((*places.get(&at.0)?, at.1));
        let mut bonds = Vec::new();
        for at in claims {
            let leads = lead::from(self.transaction, *at)?.into_iter().filter(|(to, _)| claims.contains(to));
            bonds.extend(leads.filter_map(|(to, likely)| Some((place(*at)?, place(to)?, likely))));
        }
        let claims: Vec<_> = claims.iter().filter_map(|at| place(*at)).collect();
        let mut clusters: Vec<Vec<At>> = cluster_part(&cards, &claims, &bonds)
            .into_iter()
            .map(|cluster| {
                cluster.into_iter().map(|(report, claim)| (group[report as usize].0, claim)).collect()
            })
            .collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        Ok(clusters)
    }

    /// The claims of the stored event that has a claim, sorted; the claim alone if none has it.
    fn event_of(&mut self, at: At) -> rusqlite::Result<Vec<At>> {
        let known = self.known(at.0)?;
        let claim = known.claims.get(at.1 as usize).cloned();
        let sql =
            "SELECT other.report, other.claim FROM event_claim JOIN event_claim AS other USING (event_idx)
                   WHERE event_claim.report = ?1 AND event_claim.claim = ?2";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let reference = |row: &Row<'_>| Ok(ClaimRef { report: row.get(0)?, claim: row.get(1)? });
        let rows = statement.query_map(params![known.id, claim], reference)?;
        let mut claims = vec![at];
        for reference in rows.collect::<rusqlite::Result<Vec<ClaimRef>>>()? {
            claims.extend(self.at(&reference)?);
        }
        claims.sort_unstable();
        claims.dedup();
        Ok(claims)
    }

    /// Where a claim stands, if the archive has it.
    fn at(&mut self, ClaimRef { report, claim }: &ClaimRef) -> rusqlite::Result<Option<At>> {
        let Some(number) = store::number(self.transaction, report)? else { return Ok(None) };
        let known = self.known(number)?;
        let position = known.claims.binary_search(claim).ok();
        Ok(position.map(|position| (number, position as u32)))
    }

    /// All that hangs together with what is touched, by leads or by a decision.
    fn spread_along_bonds(&mut self) -> rusqlite::Result<()> {
        let decided = self.decided()?;
        let mut open: Vec<_> = self.touched.iter().copied().collect();
        while let Some(at) = open.pop() {
            let mut near = lead::around(self.transaction, at)?;
            near.extend(decided.iter().filter(|claims| claims.contains(&at)).flatten());
            open.extend(near.into_iter().filter(|at| self.touched.insert(*at)));
        }
        Ok(())
    }

    /// The claims of each decision on events that are there.
    fn decided(&mut self) -> rusqlite::Result<Vec<Vec<At>>> {
        let mut decided = Vec::new();
        for decision in self.decisions.iter().filter(|decision| decision.kind != DecisionKind::Reject) {
            let mut claims = Vec::new();
            for claim in decision.claims.iter().chain(&decision.others) {
                claims.extend(self.at(claim)?);
            }
            decided.push(claims);
        }
        Ok(decided)
    }

    /// The decisions, those on single events with the one claim that they are about in all of the archive.
    fn anchored(&mut self) -> rusqlite::Result<Vec<Decision>> {
        let mut anchored = self.decisions.to_vec();
        for decision in &mut anchored {
            if matches!(decision.kind, DecisionKind::Set | DecisionKind::Accept) {
                let mut anchor = None;
                for claim in &decision.claims {
                    if self.at(claim)?.is_some() {
                        anchor = Some(claim.clone());
                        break;
                    }
                }
                decision.claims = anchor.into_iter().collect();
            }
        }
        Ok(anchored)
    }

    /// Puts together what is touched, and compares it with what is stored.
    fn finish(mut self) -> rusqlite::Result<Delta> {
        let (old_postures, old_processes) = (
            derived::rows(self.transaction, derived::POSTURES, &self.postures)?,
            derived::rows::<Process>(self.transaction, derived::PROCESSES, &self.processes)?,
        );
        let old_copies = derived::rows(self.transaction, derived::COPIES, &self.copies)?;
        let telling = derived::reports_of(&old_postures, &old_processes);
        let situation = self.situation(&telling)?;
        let (gone, come) = self.events(situation.events)?;
        let mut copies = old_copies;
        let new_copies = derived::by_key(&situation.copies, derived::key_of_copy);
        copies.extend(derived::rows(
            self.transaction,
            derived::COPIES,
            &new_copies.keys().cloned().collect(),
        )?);
        Ok(Delta {
            gone,
            come,
            postures: List::between(
                old_postures,
                derived::by_key(&situation.postures, derived::key_of_posture),
            ),
            processes: List::between(
                old_processes,
                derived::by_key(&situation.processes, derived::key_of_process),
            ),
            copies: List::between(copies, new_copies),
            notes: List::default(),
        })
    }

    /// The touched part of the situation, with the series and processes that are made again.
    fn situation(&mut self, telling: &BTreeSet<String>) -> rusqlite::Result<Situation> {
        let mut speaking = self.new.clone();
        speaking.extend(self.touched.iter().map(|at| at.0));
        for id in telling {
            speaking.extend(store::number(self.transaction, id)?);
        }
        speaking
            .extend(self.readings.keys().copied().filter(|number| self.tells(*number)).collect::<Vec<_>>());
        let with_claims: BTreeSet<i64> = self.touched.iter().map(|at| at.0).collect();
        let mut readings = Vec::new();
        for number in lead::sharing(self.transaction, &speaking)? {
            let reading = self.reading(number)?;
            let mut reading = match with_claims.contains(&number) {
                true => (*reading).clone(),
                false => without_claims(&reading),
            };
            reading.postures.retain(|posture| self.postures.contains(&store::key_of_posture(posture)));
            reading.process_states.retain(|state| self.processes.contains(store::key_of_state(state)));
            readings.push(reading);
        }
        let claims = self.references()?;
        let decisions = self.anchored()?;
        if let Some(clusters) = &self.clusters {
            let refer = |cluster: &Vec<At>| cluster.iter().filter_map(|at| claims.get(at).cloned()).collect();
            let clusters: Vec<_> = clusters.iter().map(refer).collect();
            return Ok(assemble_part(&readings, &clusters, &decisions));
        }
        let mut bonds: Vec<Bond> = Vec::new();
        for (at, claim) in &claims {
            for (to, likely) in lead::from(self.transaction, *at)? {
                bonds.extend(claims.get(&to).map(|other| (claim.clone(), other.clone(), likely)));
            }
        }
        let claims: Vec<_> = claims.into_values().collect();
        Ok(reconcile_part(&readings, &claims, &bonds, &decisions))
    }

    /// Whether a report says something of a series or process that is made again.
    fn tells(&self, number: i64) -> bool {
        self.readings.get(&number).is_some_and(|reading| {
            let mut postures = reading.postures.iter();
            let mut states = reading.process_states.iter();
            postures.any(|posture| self.postures.contains(&store::key_of_posture(posture)))
                || states.any(|state| self.processes.contains(store::key_of_state(state)))
        })
    }

    fn references(&mut self) -> rusqlite::Result<BTreeMap<At, ClaimRef>> {
        let mut references = BTreeMap::new();
        for at in self.touched.clone() {
            let known = self.known(at.0)?;
            let id = known.claims.get(at.1 as usize);
            let reference = id.map(|id| ClaimRef::new(&known.id, id));
            references.extend(reference.map(|reference| (at, reference)));
        }
        Ok(references)
    }

    /// The stored events of the touched claims and the new ones, as far as the two differ.
    fn events(
        &mut self,
        new: Vec<Event>,
    ) -> rusqlite::Result<(BTreeMap<String, Event>, BTreeMap<String, Event>)> {
        let sql = "SELECT id FROM event JOIN event_claim USING (event_idx) WHERE report = ?1 AND claim = ?2";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let mut ids: BTreeSet<String> = BTreeSet::new();
        for ClaimRef { report, claim } in new.iter().flat_map(|event| &event.claims) {
            let found = statement.query_map(params![report, claim], |row| row.get(0))?;
            ids.extend(found.collect::<rusqlite::Result<Vec<String>>>()?);
        }
        let mut old = BTreeMap::new();
        for id in ids {
            old.extend(derived::event(self.transaction, &id)?.map(|event| (id, event)));
        }
        let new = new.into_iter().map(|event| (event.id.clone(), event)).collect();
        let List { before, after, .. } = List::between(old, new);
        Ok((before, after))
    }
}

/// What is needed of a report that only shares sentences or series with others.
fn without_claims(reading: &Reading) -> Reading {
    Reading {
        id: reading.id.clone(),
        report: reading.report.clone(),
        postures: reading.postures.clone(),
        process_states: reading.process_states.clone(),
        fingerprint: reading.fingerprint.clone(),
        ..Reading::default()
    }
}
