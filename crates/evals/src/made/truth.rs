//! *Did fusion find what was planted?* Verdicts and copies beside the truth.

use std::collections::{BTreeMap, BTreeSet};

use annalist_schema::{Reading, Situation, Verdict};

use super::press::{Press, Told};
use super::story::Story;

/// A planted verdict and the one that came out.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Index of the story.
    pub story: usize,
    /// Of the cell.
    pub attribute: &'static str,
    /// What must come out.
    pub planted: Verdict,
    /// `None` if there is no such cell.
    pub found: Option<Verdict>,
}

/// Every planted verdict beside that of the event that holds most of the story's claims.
pub fn judge(
    stories: &[Story<'_>],
    press: &Press,
    readings: &[Reading],
    situation: &Situation,
) -> Vec<Judged> {
    let events = events_of_stories(press, readings, situation);
    let of_story = |(index, story): (usize, &Story<'_>)| {
        let event = events.get(&index).map(|&event| &situation.events[event]);
        let found = |attribute: &str| {
            event?.cells.iter().find(|cell| cell.attribute == attribute).map(|cell| cell.verdict)
        };
        let judged =
            |(attribute, planted)| Judged { story: index, attribute, planted, found: found(attribute) };
        story.verdicts().into_iter().map(judged).collect::<Vec<_>>()
    };
    stories.iter().enumerate().flat_map(of_story).collect()
}

/// Of each story: the event with most of its claims, of several the first.
pub fn events_of_stories(
    press: &Press,
    readings: &[Reading],
    situation: &Situation,
) -> BTreeMap<usize, usize> {
    let mut event_of = BTreeMap::new();
    for (index, event) in situation.events.iter().enumerate() {
        event_of
            .extend(event.claims.iter().map(|claim| ((claim.report.as_str(), claim.claim.as_str()), index)));
    }
    let mut told_of: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    press.told.iter().for_each(|told| told_of.entry(&told.report).or_default().push(told));
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for reading in readings {
        let told = told_of.get(reading.id.as_str()).into_iter().flatten();
        for told in told {
            let inside = |position: u32| told.words.contains(&(position as usize));
            let claims = reading.claims.iter().filter(|claim| inside(claim.trigger.start));
            for event in claims.filter_map(|claim| event_of.get(&(reading.id.as_str(), claim.id.as_str()))) {
                *votes.entry(told.story).or_default().entry(*event).or_default() += 1;
            }
        }
    }
    let most = |votes: BTreeMap<usize, usize>| {
        votes.into_iter().max_by_key(|&(event, n)| (n, std::cmp::Reverse(event))).map(|(event, _)| event)
    };
    votes.into_iter().filter_map(|(story, votes)| Some((story, most(votes)?))).collect()
}

/// Right ones of those found and of those there are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Found and true.
    pub n_right: usize,
    /// Found.
    pub n_found: usize,
    /// True.
    pub n_true: usize,
}

impl Score {
    /// The harmonic mean of precision and recall; 0 if nothing is right.
    pub fn f1(self) -> f64 {
        2.0 * self.n_right as f64 / (self.n_found + self.n_true).max(1) as f64
    }
}

/// The score of each verdict that is planted.
pub fn by_verdict(judged: &[Judged]) -> BTreeMap<Verdict, Score> {
    let mut scores: BTreeMap<Verdict, Score> = BTreeMap::new();
    for one in judged {
        scores.entry(one.planted).or_default().n_true += 1;
        let Some(found) = one.found else { continue };
        let score = scores.entry(found).or_default();
        score.n_found += 1;
        score.n_right += usize::from(found == one.planted);
    }
    scores.retain(|_, score| score.n_true > 0);
    scores
}

/// The mean F1 of the verdicts.
pub fn macro_f1(scores: &BTreeMap<Verdict, Score>) -> f64 {
    scores.values().map(|score| score.f1()).sum::<f64>() / scores.len().max(1) as f64
}

/// Pairs of reports of one group.
pub fn copies(press: &Press, situation: &Situation) -> Score {
    let planted = pairs(press.copies.iter().map(Vec::as_slice));
    let found = pairs(situation.copies.iter().map(|copy| copy.reports.as_slice()));
    Score { n_right: planted.intersection(&found).count(), n_found: found.len(), n_true: planted.len() }
}

fn pairs<'a>(groups: impl Iterator<Item = &'a [String]>) -> BTreeSet<(&'a str, &'a str)> {
    let of_group = |group: &'a [String]| {
        let pair = |one: &'a String, other: &'a String| (one.min(other).as_str(), one.max(other).as_str());
        let pairs = group.iter().enumerate();
        pairs.flat_map(move |(index, one)| group[index + 1..].iter().map(move |other| pair(one, other)))
    };
    groups.flat_map(of_group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(Verdict, Option<Verdict>)], expected: f64) {
        let judged = |&(planted, found)| Judged { story: 0, attribute: "date", planted, found };
        let scores = by_verdict(&pairs.iter().map(judged).collect::<Vec<_>>());
        assert!((macro_f1(&scores) - expected).abs() < 1e-9, "{scores:?}");
    }

    #[test]
    fn each_verdict_counts_the_same() {
        use Verdict::{Agreed, Contradictory};
        check(&[(Agreed, Some(Agreed)), (Contradictory, Some(Contradictory))], 1.0);
        check(&[(Agreed, Some(Agreed)), (Agreed, Some(Agreed)), (Contradictory, None)], 0.5);
        check(&[(Agreed, Some(Agreed)), (Contradictory, Some(Agreed))], 1.0 / 3.0);
        check(&[], 0.0);
    }
}
