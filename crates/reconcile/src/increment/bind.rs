//! *What binds the claims of a report that comes or goes, and what does it bind or part among the others?*

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{KeptHead, Kin, Lead, SHELF, WINDOW, kin_leads};
use crate::situation::redirected;

use super::part::{Part, without_claims};
use super::store::{ClaimAt, Store};

/// A report and its neighbours.
type Moved = (i64, Vec<i64>);

/// The neighbours of a report, and the other reports that have other neighbours with it than without: as they are with
/// it, and as they are without.
struct Neighbourhood {
    own: Vec<i64>,
    with: Vec<Moved>,
    without: Vec<Moved>,
}

impl<S: Store> Part<'_, S> {
    /// Binds the claims of a report to those of the others; whether what is kept of these could be read.
    pub fn take_in(&mut self, report: i64) -> Result<bool, S::Error> {
        let (reading, new) = (self.reading(report)?, self.known(report)?);
        self.new.insert(report);
        self.store.keep(report, &new, &reading)?;
        let Some(Neighbourhood { own, with, .. }) = self.neighbourhood(report)? else { return Ok(false) };
        for (report, neighbours) in [(report, own)].into_iter().chain(with) {
            self.bind_by_kin(report, &neighbours)?;
        }
        for (place, position) in new.card.places() {
            self.bind_by_key(&place, (report, position))?;
        }
        self.touch_all(report)?;
        self.touch_decided(&new.id)?;
        self.redirect(report)?;
        Ok(true)
    }

    /// Takes the claims of a report from among the others; whether what is kept of these could be read.
    pub fn let_go(&mut self, report: i64) -> Result<bool, S::Error> {
        let old = self.known(report)?;
        let Some(Neighbourhood { without, .. }) = self.neighbourhood(report)? else { return Ok(false) };
        self.gone.insert(report);
        for position in 0..old.claims.len() as u32 {
            let around = self.around((report, position))?;
            self.touched.extend(around);
            if let Some(reference) = old.reference(position) {
                let others = self.store.together(&reference)?;
                others.iter().try_for_each(|other| self.renew(other))?;
                self.lost.push(reference);
            }
        }
        self.touch_series(report)?;
        self.touch_decided(&old.id)?;
        self.redirect(report)?;
        for (report, neighbours) in without {
            self.bind_by_kin(report, &neighbours)?;
        }
        for (place, position) in old.card.places() {
            self.unbind_by_key(&place, (report, position))?;
        }
        self.store.forget(report)?;
        let is_there = |at: &ClaimAt| at.0 != report;
        self.touched.retain(is_there);
        self.renewed.retain(is_there);
        Ok(true)
    }

    /// `None` if what is kept of some report cannot be read.
    fn neighbourhood(&self, report: i64) -> Result<Option<Neighbourhood>, S::Error> {
        let heads = self.store.heads()?;
        let kept = heads.iter().map(|(_, body)| KeptHead::new(body)).collect::<Option<Vec<_>>>();
        let own = heads.iter().position(|(other, _)| *other == report);
        let (Some(kept), Some(own)) = (kept, own) else { return Ok(None) };
        let kin = Kin::new(kept);
        let number = |number: u32| heads[number as usize].0;
        let numbers = |others: Vec<u32>| others.into_iter().map(number).collect::<Vec<_>>();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for (other, now, else_) in kin.moved_by(own as u32) {
            with.push((number(other), numbers(now)));
            without.push((number(other), numbers(else_)));
        }
        let own = numbers(kin.neighbours(own as u32, None));
        Ok(Some(Neighbourhood { own, with, without }))
    }

    /// Binds the claims of a report to those of its neighbours anew.
    fn bind_by_kin(&mut self, report: i64, neighbours: &[i64]) -> Result<(), S::Error> {
        let after = self.leads_to_neighbours(report, neighbours)?;
        let before = self.store.leads_by_kin(report)?;
        let before: BTreeMap<_, _> =
            before.into_iter().map(|lead| ((lead.from, lead.to), lead.likely)).collect();
        if before == after {
            return Ok(());
        }
        let changed = before.keys().filter(|pair| !after.contains_key(pair));
        let changed: BTreeSet<_> =
            changed.chain(after.keys().filter(|pair| !before.contains_key(pair))).collect();
        let were_bound = self.are_bound(&changed)?;
        for (from, to) in before.keys() {
            self.store.forget_lead(*from, *to, true)?;
        }
        for ((from, to), likely) in &after {
            self.store.keep_lead(Lead { from: *from, to: *to, by_kin: true, likely: *likely })?;
        }
        let are_bound = self.are_bound(&changed)?;
        let differ = were_bound.iter().zip(&are_bound).map(|(before, after)| before != after);
        let touched = changed.into_iter().zip(differ).filter(|(_, differ)| *differ);
        self.touched.extend(touched.flat_map(|((from, to), _)| [*from, *to]));
        Ok(())
    }

    fn leads_to_neighbours(
        &mut self,
        report: i64,
        neighbours: &[i64],
    ) -> Result<BTreeMap<(ClaimAt, ClaimAt), f64>, S::Error> {
        let mut group = Vec::new();
        for number in std::iter::once(&report).chain(neighbours) {
            group.push((*number, self.known(*number)?));
        }
        group.sort_by(|one, other| one.1.id.cmp(&other.1.id));
        let place =
            |wanted: &i64| group.iter().position(|(number, _)| number == wanted).unwrap_or_default() as u32;
        let cards: Vec<_> = group.iter().map(|(_, known)| &known.card).collect();
        let others: Vec<_> = neighbours.iter().map(place).collect();
        let at = |(report, position): (u32, u32)| (group[report as usize].0, position);
        let leads = kin_leads(&cards, place(&report), &others).into_iter().map(|lead| lead.map(at));
        Ok(leads.map(|lead| ((lead.from, lead.to), lead.likely)).collect())
    }

    fn are_bound(&self, pairs: &BTreeSet<&(ClaimAt, ClaimAt)>) -> Result<Vec<bool>, S::Error> {
        pairs.iter().map(|(from, to)| self.is_bound(*from, *to)).collect()
    }

    /// Whether either of two claims leads to the other, on whatever way.
    fn is_bound(&self, one: ClaimAt, other: ClaimAt) -> Result<bool, S::Error> {
        Ok(self.store.has_lead(one, other, None)? || self.store.has_lead(other, one, None)?)
    }

    /// Puts a claim on a shelf: those before it lead to it, it leads to those after it, and what it parts too far leads
    /// to each other no longer.
    fn bind_by_key(&mut self, place: &[u8], at: ClaimAt) -> Result<(), S::Error> {
        let (before, after) = (self.before(place)?, self.after(place)?);
        self.store.keep_place(place, at)?;
        for other in &before {
            self.lead_by_key(*other, at)?;
        }
        for other in &after {
            self.lead_by_key(at, *other)?;
        }
        for (from, to) in parted(&before, &after) {
            self.part(from, to)?;
        }
        Ok(())
    }

    /// Takes a claim from a shelf: what it parted leads to each other again.
    fn unbind_by_key(&mut self, place: &[u8], at: ClaimAt) -> Result<(), S::Error> {
        let (before, after) = (self.before(place)?, self.after(place)?);
        self.store.forget_place(place)?;
        for (from, to) in parted(&before, &after) {
            if from.0 != at.0 && to.0 != at.0 {
                self.lead_by_key(from, to)?;
            }
        }
        Ok(())
    }

    /// The nearest claims before a place on its shelf, the nearest first.
    fn before(&self, place: &[u8]) -> Result<Vec<ClaimAt>, S::Error> {
        self.store.on_places(&place[..SHELF.min(place.len())]..place, WINDOW, true)
    }

    /// The nearest claims after a place on its shelf, the nearest first.
    fn after(&self, place: &[u8]) -> Result<Vec<ClaimAt>, S::Error> {
        let mut end = place[..SHELF.min(place.len())].to_vec();
        // What follows a place of the shelf on a claim without days or with them begins with 0 or 1.
        end.push(2);
        self.store.on_places(place..&end, WINDOW, false)
    }

    fn lead_by_key(&mut self, from: ClaimAt, to: ClaimAt) -> Result<(), S::Error> {
        let (one, other) = (self.known(from.0)?, self.known(to.0)?);
        let is_in_order = (&one.id, from.1) < (&other.id, to.1);
        let likely = match is_in_order {
            true => one.card.likely(from.1, &other.card, to.1),
            false => other.card.likely(to.1, &one.card, from.1),
        };
        if likely > 0.0 {
            if !self.is_bound(from, to)? {
                self.touched.extend([from, to]);
            }
            self.store.keep_lead(Lead { from, to, by_kin: false, likely })?;
        }
        Ok(())
    }

    /// Two claims stand too far from each other on one shelf; another may still lead from the one to the other.
    fn part(&mut self, from: ClaimAt, to: ClaimAt) -> Result<(), S::Error> {
        if !self.store.has_lead(from, to, Some(false))? {
            return Ok(());
        }
        let known = self.known(from.0)?;
        for (place, _) in known.card.places().iter().filter(|(_, position)| *position == from.1) {
            if self.after(place)?.contains(&to) {
                return Ok(());
            }
        }
        self.store.forget_lead(from, to, false)?;
        if !self.is_bound(from, to)? {
            self.touched.extend([from, to]);
        }
        Ok(())
    }

    /// What reports that share sentences with one that comes or goes say may go back to another report now.
    fn redirect(&mut self, report: i64) -> Result<(), S::Error> {
        let sharing = self.sharing(&BTreeSet::from([report]))?;
        if sharing.len() == 1 {
            return Ok(());
        }
        let id = self.known(report)?.id.clone();
        let mut readings = Vec::new();
        for number in &sharing {
            readings.push(without_claims(&*self.reading(*number)?));
        }
        readings.sort_by(|one, other| one.id.cmp(&other.id));
        let (moved, groups) = redirected(&readings, &id);
        self.copies.extend(groups);
        self.sharing.extend(sharing);
        for id in moved {
            if let Some(number) = self.store.number(&id)? {
                self.touch_all(number)?;
            }
        }
        Ok(())
    }
}

/// Of claims before and after a place, the nearest first, the pairs that are neighbours on their shelf as long as nothing
/// stands on it.
fn parted(before: &[ClaimAt], after: &[ClaimAt]) -> Vec<(ClaimAt, ClaimAt)> {
    let pair = |(distance, from): (usize, &ClaimAt)| Some((*from, *after.get(WINDOW - distance - 1)?));
    before.iter().take(WINDOW).enumerate().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &[i64], after: &[i64], expected: &[(i64, i64)]) {
        let at = |reports: &[i64]| reports.iter().map(|report| (*report, 0)).collect::<Vec<_>>();
        let expected: Vec<_> = expected.iter().map(|(from, to)| ((*from, 0), (*to, 0))).collect();
        assert_eq!(parted(&at(before), &at(after)), expected);
    }

    #[test]
    fn what_stands_between_parts_the_outermost() {
        check(&[3, 2, 1], &[5, 6, 7], &[(3, 7), (2, 6), (1, 5)]);
        check(&[3], &[5, 6], &[]);
        check(&[], &[5, 6, 7], &[]);
    }
}
