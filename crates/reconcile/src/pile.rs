//! *Which reports and claims are there, in an order that does not depend on arrival?*

use annalist_schema::{Claim, ClaimRef, DayInterval, Reading, ReadingStatus};

use crate::gist::Gist;

/// Readings sorted by report id, each id once, with their claims in one list.
pub(crate) struct Pile<'a> {
    /// Sorted by id; only those that could be read.
    pub readings: Vec<&'a Reading>,
    /// By report, then by claim id, each id once: the order of [`ClaimRef`].
    pub members: Vec<Member<'a>>,
}

/// A claim and its report.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    /// Index into [`Pile::readings`].
    pub report: u32,
    /// The claim.
    pub claim: &'a Claim,
}

impl<'a> Pile<'a> {
    /// Of readings sorted by id, each id once.
    pub fn new(readings: Vec<&'a Reading>) -> Self {
        let of_report = |(report, reading): (u32, &&'a Reading)| {
            members(reading).into_iter().map(move |claim| Member { report, claim })
        };
        let members = (0_u32..).zip(&readings).flat_map(of_report).collect();
        Self { readings, members }
    }

    pub fn reading(&self, claim_idx: u32) -> &'a Reading {
        self.readings[self.members[claim_idx as usize].report as usize]
    }

    pub fn claim(&self, claim_idx: u32) -> &'a Claim {
        self.members[claim_idx as usize].claim
    }

    pub fn reference(&self, claim_idx: u32) -> ClaimRef {
        ClaimRef::new(&self.reading(claim_idx).id, &self.claim(claim_idx).id)
    }

    /// The number of a claim, if the pile has it.
    pub fn find(&self, wanted: &ClaimRef) -> Option<u32> {
        let order = |member: &Member<'_>| {
            let id = &self.readings[member.report as usize].id;
            (id.as_str(), member.claim.id.as_str()).cmp(&(&wanted.report, &wanted.claim))
        };
        self.members.binary_search_by(order).ok().map(|claim_idx| claim_idx as u32)
    }

    pub fn title(&self, report: u32) -> Option<&'a str> {
        self.readings[report as usize].report.title.as_deref()
    }

    pub fn published(&self, report: u32) -> Option<DayInterval> {
        published(self.readings[report as usize])
    }
}

pub(crate) fn published(reading: &Reading) -> Option<DayInterval> {
    reading.report.published.as_ref().map(|published| published.value)
}

/// Those that could be read, sorted by id. Of two different readings of one report one is kept; which one depends on what
/// fusion keeps of them alone.
pub(crate) fn distinct(readings: &[Reading]) -> Vec<&Reading> {
    let mut kept: Vec<&Reading> =
        readings.iter().filter(|reading| reading.status == ReadingStatus::Ok).collect();
    kept.sort_by(|one, other| one.id.cmp(&other.id).then_with(|| by_content(one, other)));
    kept.dedup_by(|later, earlier| later.id == earlier.id);
    kept
}

/// The same of gists.
pub(crate) fn distinct_gists(mut gists: Vec<Gist>) -> Vec<Gist> {
    let by_content = |one: &Gist, other: &Gist| format!("{one:?}").cmp(&format!("{other:?}"));
    gists.sort_by(|one, other| one.reading.id.cmp(&other.reading.id).then_with(|| by_content(one, other)));
    gists.dedup_by(|later, earlier| later.reading.id == earlier.reading.id);
    gists
}

fn by_content(one: &Reading, other: &Reading) -> std::cmp::Ordering {
    if one == other {
        return std::cmp::Ordering::Equal;
    }
    let content = |reading: &Reading| format!("{:?}", Gist::new(reading.clone()));
    content(one).cmp(&content(other))
}

/// Claims of a reading, sorted by id, each id once.
pub(crate) fn members(reading: &Reading) -> Vec<&Claim> {
    let mut claims: Vec<_> = reading.claims.iter().collect();
    claims.sort_by(|one, other| one.id.cmp(&other.id));
    claims.dedup_by(|later, earlier| later.id == earlier.id);
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(id: &str, claims: &[&str]) -> Reading {
        let claims = claims.iter().map(|id| Claim { id: (*id).to_owned(), ..Claim::default() }).collect();
        Reading { id: id.to_owned(), claims, ..Reading::default() }
    }

    fn check(readings: &[Reading], expected: &[(&str, &str)]) {
        let pile = Pile::new(distinct(readings));
        let got: Vec<_> = (0..pile.members.len() as u32).map(|idx| pile.reference(idx)).collect();
        let expected: Vec<_> =
            expected.iter().map(|(report, claim)| ClaimRef::new(*report, *claim)).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn sorts_and_keeps_each_id_once() {
        let (one, other) = (reading("a", &["c9", "c1", "c1"]), reading("b", &["c2"]));
        check(&[other.clone(), one.clone(), other.clone()], &[("a", "c1"), ("a", "c9"), ("b", "c2")]);
        let failed = Reading { status: ReadingStatus::Failed, ..reading("c", &["c1"]) };
        check(&[failed], &[]);
    }

    #[test]
    fn two_readings_of_one_id_are_chosen_between_by_content() {
        let (one, other) = (reading("a", &["c1"]), reading("a", &["c2"]));
        check(&[one.clone(), other.clone()], &[("a", "c1")]);
        check(&[other, one], &[("a", "c1")]);
    }
}
