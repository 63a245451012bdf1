//! *When was a report without a date published, going by the others?*
//!
//! Its own words left some days likelier than others ([`annalist_schema::Odds`]). Reports with a date add what binds
//! the undated one to them ([`tie`]): the same sentences, the same events, the same subject. And what it tells as past has
//! happened by then ([`happening`]). Nothing decides alone: each says how likely a report of each day would be bound like
//! this ([`shape`]), and all are taken together.
//!
//! Only reports whose date was given or stands in them help to date others, so no guess rests on a guess.

mod happening;
mod shape;
mod span;
mod tie;

use annalist_schema::{DayInterval, Published, PublishedBasis};

use crate::event::{Card, Index};
use crate::parallel;
use crate::pile::Pile;
use crate::situation::Reprints;

use happening::Happening;
use span::Timeline;
use tie::{Ledger, Tie};

/// How much of the whole the days hold.
const MASS: f64 = 0.92;
/// `n` happenings count as `n` to this power: a report's subject is mostly one.
const SHARED: f64 = 0.5;
/// Reasons given: of other reports, and of the report's own words.
const MOST_REASONS: usize = 4;

/// The reports without a date that the others can date, in their order.
pub(crate) fn dates(pile: &Pile<'_>, cards: &[&Card], clusters: &[Vec<u32>]) -> Vec<(u32, Published)> {
    let (dated, undated): (Vec<u32>, Vec<u32>) =
        (0..pile.readings.len() as u32).partition(|&report| own_day(pile, report).is_some());
    if dated.is_empty() || undated.is_empty() {
        return Vec::new();
    }
    let (index, reprints) = (Index::new(cards), Reprints::find(pile));
    let ledger = Ledger::new(pile, clusters, &reprints, &index);
    let line = Timeline::new(pile, &dated);
    let around = around(pile, &dated, &line);
    let date = |position: usize| date(&ledger, &line, &around, undated[position]);
    let found = parallel::map(undated.len(), date);
    undated.into_iter().zip(found).filter_map(|(report, published)| Some((report, published?))).collect()
}

/// The days of a report that can help to date others.
fn own_day(pile: &Pile<'_>, report: u32) -> Option<DayInterval> {
    const WIDEST: i64 = 31;
    let published = pile.readings[report as usize].report.published.as_ref()?;
    let is_known = published.basis != PublishedBasis::Inferred && published.value.n_days() <= WIDEST;
    is_known.then_some(published.value)
}

/// How likely a report of each day is in a pile with the dated ones.
fn around(pile: &Pile<'_>, dated: &[u32], line: &Timeline) -> Vec<f64> {
    let mut days: Vec<_> = dated.iter().filter_map(|&report| own_day(pile, report)).collect();
    days.sort_unstable();
    let mut rates = line.flat(shape::STRANGER);
    for same in days.chunk_by(|one, other| one == other) {
        let share = same.len() as f64 / days.len() as f64;
        line.lay(&mut rates, same[0], &shape::PILE, shape::PILE_WEIGHT * share);
    }
    rates
}

/// The days of one report; `None` if the others tell no more than its own words.
fn date(ledger: &Ledger<'_>, line: &Timeline, around: &[f64], report: u32) -> Option<Published> {
    let own = ledger.pile.readings[report as usize].report.published.as_ref();
    let ties = ledger.ties(report);
    let happenings = happening::of_report(ledger, report);
    let mut rates = around.to_vec();
    for tie in &ties {
        line.lay(&mut rates, tie.days, tie.shape(), tie.weight());
    }
    let mut logs = line.odds(own.map_or(&[], |own| &own.odds));
    let damp = (happenings.len() as f64).powf(SHARED - 1.0);
    for happening in &happenings {
        let mut curve = line.flat(0.0);
        line.lay(&mut curve, happening.days, happening.shape(), 1.0);
        logs.iter_mut().zip(&curve).for_each(|(log, rate)| *log += damp * rate.ln());
    }
    logs.iter_mut().zip(&rates).for_each(|(log, rate)| *log += rate.ln());
    let masses = span::normalised(&logs);
    let value = line.shortest(&masses, MASS);
    if own.is_some_and(|own| own.value.n_days() <= value.n_days()) {
        return None;
    }
    let mut why = reasons(ledger, report, line, &masses, &ties, &happenings);
    why.extend(own.iter().flat_map(|own| &own.why).take(MOST_REASONS).cloned());
    Some(Published { value, basis: PublishedBasis::Inferred, why, odds: Vec::new() })
}

/// What bound the report to its days, weightiest first.
fn reasons(
    ledger: &Ledger<'_>,
    report: u32,
    line: &Timeline,
    masses: &[f64],
    ties: &[Tie],
    happenings: &[Happening],
) -> Vec<String> {
    let held = |days: DayInterval, shape: &shape::Shape| line.mean(masses, days, shape);
    let tied = ties.iter().map(|tie| (tie.weight() * held(tie.days, tie.shape()), tie.why(ledger, report)));
    let told = happenings.iter().map(|one| (held(one.days, one.shape()), one.why(ledger)));
    let mut reasons: Vec<_> = tied.chain(told).collect();
    reasons.sort_by(|(one, why), (other, other_why)| other.total_cmp(one).then_with(|| why.cmp(other_why)));
    reasons.dedup_by(|(_, later), (_, earlier)| later == earlier);
    reasons.into_iter().take(MOST_REASONS).map(|(_, why)| why).collect()
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Claim, ClaimKey, EventType, Fingerprint, Odds, Reading, ReportHead};

    use super::*;
    use crate::reconcile;

    fn days(text: &str) -> DayInterval {
        DayInterval::parse(text).unwrap()
    }

    /// A report on a bridge that was blown up, with its day or without.
    fn reading(id: &str, published: Option<&str>, happened: Option<&str>) -> Reading {
        let words = ["bridge", "blow", "saboteur", "Nordhafen"].map(str::to_owned).to_vec();
        let claim = Claim {
            event_type: Some(EventType::Assault),
            date: happened.map(days),
            key: ClaimKey {
                lemma: "blow".to_owned(),
                arguments: words.clone(),
                words: words.clone(),
                quote: "Saboteurs blew up the bridge.".to_owned(),
                ..ClaimKey::default()
            },
            ..Claim::default()
        };
        let published = published.map(|text| Published {
            value: days(text),
            basis: PublishedBasis::Given,
            why: Vec::new(),
            odds: Vec::new(),
        });
        Reading {
            id: id.to_owned(),
            report: ReportHead { published, ..ReportHead::default() },
            claims: vec![claim],
            fingerprint: Fingerprint {
                terms: words.into_iter().map(|word| (word, 2)).collect(),
                sentences: Vec::new(),
            },
            ..Reading::default()
        }
    }

    fn with_odds(reading: Reading, odds: &[(&str, u32)]) -> Reading {
        let published = Published {
            value: days("1990/2020"),
            basis: PublishedBasis::Inferred,
            why: vec!["it names “1990”".to_owned()],
            odds: odds.iter().map(|&(text, parts)| Odds { days: days(text), parts }).collect(),
        };
        Reading { report: ReportHead { published: Some(published), ..reading.report }, ..reading }
    }

    /// The days of report `u` lie within the expected, hold the given day, and have the reason; nothing is expected if
    /// the others say nothing.
    fn check(readings: &[Reading], expected: Option<(&str, &str, &str)>) {
        let found = reconcile(readings).dates.into_iter().find(|date| date.report == "u");
        assert_eq!(found.is_some(), expected.is_some(), "{found:?}");
        let (Some(found), Some((within, day, why))) = (found, expected) else { return };
        assert_eq!(found.published.value.intersect(&days(within)), Some(found.published.value));
        assert!(found.published.value.overlaps(&days(day)), "{found:?}");
        assert!(found.published.why.iter().any(|one| one == why), "{found:?}");
    }

    #[test]
    fn reports_of_one_event_are_of_one_time() {
        let others = ["a", "b", "c"].map(|id| reading(id, Some("2014-03-05"), Some("2014-03-04")));
        let readings: Vec<_> = others.into_iter().chain([reading("u", None, None)]).collect();
        let why = "“Saboteurs blew up the bridge.” was on 2014-03-04, by report a of 2014-03-05";
        check(&readings, Some(("2014-01/2014-12", "2014-03-05", why)));
    }

    #[test]
    fn a_reports_own_words_count() {
        let others = ["a", "b"].map(|id| reading(id, Some("2014-03-05"), Some("2014-03-04")));
        let odds = [("2014-03-20/2014-03-22", 900_000), ("2015", 100_000)];
        let own = with_odds(reading("u", None, None), &odds);
        let readings: Vec<_> = others.into_iter().chain([own]).collect();
        check(&readings, Some(("2014-03-20/2014-03-22", "2014-03-21", "it names “1990”")));
    }

    #[test]
    fn without_a_dated_report_nothing_is_said() {
        check(&[reading("a", None, Some("2014-03-04")), reading("u", None, None)], None);
        check(&[reading("a", Some("2014-03-05"), None), reading("u", Some("2014-03-05"), None)], None);
    }
}
