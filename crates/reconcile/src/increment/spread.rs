//! *How far does a change reach?* To the events of what is touched, and on as long as an event comes out otherwise.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::DecisionKind;

use super::assemble::cluster_part;
use super::part::Part;
use super::store::{ClaimAt, Store};

impl<S: Store> Part<'_, S> {
    /// Touches all that may be another event than it was.
    pub fn spread(&mut self) -> Result<(), S::Error> {
        let ties = |kind| matches!(kind, DecisionKind::Merge | DecisionKind::Split);
        match self.decisions.iter().any(|decision| ties(decision.kind)) {
            true => self.spread_along_bonds(),
            false => self.spread_event_by_event(),
        }
    }

    /// The events of what is touched, and those that some claim of them is bound to: if these come out as they were, so
    /// does everything further away, since events meet only along bonds. Otherwise they are touched too.
    fn spread_event_by_event(&mut self) -> Result<(), S::Error> {
        let mut before: Option<(BTreeSet<ClaimAt>, BTreeSet<Vec<ClaimAt>>)> = None;
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
                for other in self.around(at)? {
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

    /// Of the clusters those with a touched claim that are kept otherwise; only they are put together.
    fn keep_changed(&mut self, clusters: BTreeSet<Vec<ClaimAt>>) -> Result<(), S::Error> {
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
    fn clusters(&mut self, claims: &BTreeSet<ClaimAt>) -> Result<Vec<Vec<ClaimAt>>, S::Error> {
        let mut group = Vec::new();
        for number in claims.iter().map(|at| at.0).collect::<BTreeSet<_>>() {
            group.push((number, self.known(number)?));
        }
        group.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        let places: BTreeMap<i64, u32> = group.iter().map(|(number, _)| *number).zip(0..).collect();
        let cards: Vec<_> = group.iter().map(|(_, known)| &known.card).collect();
        let place = |at: ClaimAt| Some((*places.get(&at.0)?, at.1));
        let mut bonds = Vec::new();
        for at in claims {
            let leads = self.store.leads_from(*at)?.into_iter().filter(|lead| claims.contains(&lead.to));
            bonds.extend(leads.filter_map(|lead| Some((place(*at)?, place(lead.to)?, lead.likely))));
        }
        let claims: Vec<_> = claims.iter().filter_map(|at| place(*at)).collect();
        let at = |(report, claim): (u32, u32)| (group[report as usize].0, claim);
        let mut clusters: Vec<Vec<ClaimAt>> = cluster_part(&cards, &claims, &bonds)
            .into_iter()
            .map(|cluster| cluster.into_iter().map(at).collect())
            .collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
        Ok(clusters)
    }

    /// All that hangs together with what is touched, by leads or by a decision.
    fn spread_along_bonds(&mut self) -> Result<(), S::Error> {
        let decided = self.decided()?;
        let mut open: Vec<_> = self.touched.iter().copied().collect();
        while let Some(at) = open.pop() {
            let mut near = self.around(at)?;
            near.extend(decided.iter().filter(|claims| claims.contains(&at)).flatten());
            open.extend(near.into_iter().filter(|at| self.touched.insert(*at)));
        }
        Ok(())
    }

    /// The claims of each decision on events that are there.
    fn decided(&mut self) -> Result<Vec<Vec<ClaimAt>>, S::Error> {
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
}
