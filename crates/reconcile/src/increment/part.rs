//! *Which claims, series and processes may come out otherwise?* Gathered while reports come and go.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use annalist_schema::{ClaimRef, Decision, DecisionKind, Reading};

use super::delta::{key_of_posture, key_of_state};
use super::store::{ClaimAt, Known, Store};

/// The part of a situation that some reports change.
pub(super) struct Part<'a, S> {
    pub store: &'a mut S,
    pub decisions: &'a [Decision],
    known: BTreeMap<i64, Rc<Known>>,
    /// Opened only where something of them is put together anew.
    pub readings: BTreeMap<i64, Rc<Reading>>,
    /// The reports that came in.
    pub new: BTreeSet<i64>,
    /// Those that went.
    pub gone: BTreeSet<i64>,
    /// Their claims.
    pub lost: Vec<ClaimRef>,
    /// Claims of which something may have changed.
    pub touched: BTreeSet<ClaimAt>,
    /// Those among them that say something new, lost a claim beside them, or go back to another report now.
    pub renewed: BTreeSet<ClaimAt>,
    /// The clusters of the touched claims, where no decision merges or splits.
    pub clusters: Option<Vec<Vec<ClaimAt>>>,
    /// Keys of posture series and processes to make again, and of groups of copies that may be others.
    pub postures: BTreeSet<String>,
    pub processes: BTreeSet<String>,
    pub copies: BTreeSet<String>,
    /// Reports that may be copies of others than they were.
    pub sharing: BTreeSet<i64>,
}

impl<'a, S: Store> Part<'a, S> {
    pub fn new(store: &'a mut S, decisions: &'a [Decision]) -> Self {
        Self {
            store,
            decisions,
            known: BTreeMap::new(),
            readings: BTreeMap::new(),
            new: BTreeSet::new(),
            gone: BTreeSet::new(),
            lost: Vec::new(),
            touched: BTreeSet::new(),
            renewed: BTreeSet::new(),
            clusters: None,
            postures: BTreeSet::new(),
            processes: BTreeSet::new(),
            copies: BTreeSet::new(),
            sharing: BTreeSet::new(),
        }
    }

    pub fn known(&mut self, report: i64) -> Result<Rc<Known>, S::Error> {
        if let Some(known) = self.known.get(&report) {
            return Ok(Rc::clone(known));
        }
        let known = match self.store.known(report)? {
            Some(known) => known,
            None => Known::new(&*self.reading(report)?),
        };
        let known = Rc::new(known);
        self.known.insert(report, Rc::clone(&known));
        Ok(known)
    }

    /// The reading without what was rejected of it.
    pub fn reading(&mut self, report: i64) -> Result<Rc<Reading>, S::Error> {
        if let Some(reading) = self.readings.get(&report) {
            return Ok(Rc::clone(reading));
        }
        let reading = Rc::new(self.store.reading(report)?);
        self.readings.insert(report, Rc::clone(&reading));
        Ok(reading)
    }

    /// Where a claim stands, if it counts.
    pub fn at(&mut self, claim: &ClaimRef) -> Result<Option<ClaimAt>, S::Error> {
        let Some(number) = self.store.number(&claim.report)? else { return Ok(None) };
        let known = self.known(number)?;
        let position = known.claims.binary_search(&claim.claim).ok();
        Ok(position.map(|position| (number, position as u32)))
    }

    /// The claims of the kept event that has a claim, sorted; the claim alone if none has it.
    pub fn event_of(&mut self, at: ClaimAt) -> Result<Vec<ClaimAt>, S::Error> {
        let mut claims = vec![at];
        if let Some(reference) = self.known(at.0)?.reference(at.1) {
            for other in self.store.together(&reference)? {
                claims.extend(self.at(&other)?);
            }
        }
        claims.sort_unstable();
        claims.dedup();
        Ok(claims)
    }

    /// Claims that a claim leads to, or that lead to it; one may come more than once.
    pub fn around(&self, at: ClaimAt) -> Result<Vec<ClaimAt>, S::Error> {
        let to = self.store.leads_from(at)?.into_iter().map(|lead| lead.to);
        let from = self.store.leads_to(at)?.into_iter().map(|lead| lead.from);
        Ok(to.chain(from).collect())
    }

    /// Every claim, posture and state of a report is to be looked at again.
    pub fn touch_all(&mut self, report: i64) -> Result<(), S::Error> {
        let n_claims = self.known(report)?.claims.len() as u32;
        self.touched.extend((0..n_claims).map(|position| (report, position)));
        self.renewed.extend((0..n_claims).map(|position| (report, position)));
        self.touch_series(report)
    }

    /// Its postures and states are.
    pub fn touch_series(&mut self, report: i64) -> Result<(), S::Error> {
        let reading = self.reading(report)?;
        self.postures.extend(reading.postures.iter().map(key_of_posture));
        self.processes.extend(reading.process_states.iter().map(|state| key_of_state(state).to_owned()));
        Ok(())
    }

    /// A claim is to be put together anew, whatever it is bound to.
    pub fn renew(&mut self, claim: &ClaimRef) -> Result<(), S::Error> {
        if let Some(at) = self.at(claim)? {
            self.touched.insert(at);
            self.renewed.insert(at);
        }
        Ok(())
    }

    /// What was decided on claims of a report that comes or goes holds of other claims than before.
    pub fn touch_decided(&mut self, id: &str) -> Result<(), S::Error> {
        for decision in self.decisions.iter().filter(|decision| decision.kind != DecisionKind::Reject) {
            let claims = || decision.claims.iter().chain(&decision.others);
            if claims().any(|claim| claim.report == id) {
                claims().try_for_each(|claim| self.renew(claim))?;
            }
        }
        Ok(())
    }

    /// Reports that share sentences with some reports, directly or through others, these too.
    pub fn sharing(&self, reports: &BTreeSet<i64>) -> Result<BTreeSet<i64>, S::Error> {
        let mut found = reports.clone();
        let mut open: Vec<_> = reports.iter().copied().collect();
        while let Some(report) = open.pop() {
            open.extend(self.store.printing(report)?.into_iter().filter(|other| found.insert(*other)));
        }
        Ok(found)
    }
}

/// What is needed of a report that only shares sentences or series with others.
pub(super) fn without_claims(reading: &Reading) -> Reading {
    Reading {
        id: reading.id.clone(),
        report: reading.report.clone(),
        postures: reading.postures.clone(),
        process_states: reading.process_states.clone(),
        fingerprint: reading.fingerprint.clone(),
        ..Reading::default()
    }
}
