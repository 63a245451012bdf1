//! *What do the reports say about what comes next?* Events and running totals of a pile as series, and what
//! [`annalist_outlook`] computes of them.
//!
//! Only what is said to have happened is counted, each event once however many reports tell it. A quiet press is not a quiet
//! front: a day that no report of the pile could have told is unknown. What was only planned, demanded or denied is no count.

use std::collections::BTreeSet;

use annalist_outlook::answer::{Answer, answer_of_totals, answers};
use annalist_outlook::totals::{How, Statement, Totals};
use annalist_schema::{
    Claim, Comparator, DayInterval, Event, EventType, Quantity, Reading, Situation, Status,
};
use jiff::civil::Date;

pub use annalist_outlook::*;

use crate::figure::preferred;
use crate::pile::Pile;
use crate::query::Query;
use daily::{Day, Series, date_of, day_of};

/// A report tells what happened up to so many days before.
const TOLD_WITHIN: Day = 2;
/// Fewer attacks than this are a day's, not a running total.
const LEAST_TOTAL: f64 = 20.0;

/// What a pile counts of what was asked, as of a day.
#[derive(Clone, Debug, Default)]
pub struct Counted {
    /// Events by day.
    pub events: Series,
    /// Running totals that reports give, if there are at least three days with one.
    pub totals: Option<Totals>,
    /// Events that happened, without a single day: they are in no count.
    pub n_undated: usize,
    /// Ids of the reports that tell what is counted, sorted.
    pub reports: Vec<String>,
}

/// Counts the events of a situation that fit a query, and the running totals of attacks that its reports give. The situation and
/// the pile must be as of the same day.
pub fn count(situation: Situation, pile: &Pile, query: &Query, name: &str, as_of: Date) -> Counted {
    let events = query.select(situation).events;
    let happened: Vec<&Event> = events.iter().filter(|event| has_happened(event)).collect();
    let published = published(pile);
    let days: Vec<Day> = happened.iter().filter_map(|event| single_day(event)).collect();
    let told = happened.iter().flat_map(|event| &event.claims);
    let mut reports: BTreeSet<String> = told.map(|claim| claim.report.clone()).collect();
    let statements = statements(pile, query, &events);
    reports.extend(statements.iter().map(|statement| statement.source.clone()));
    Counted {
        n_undated: happened.len() - days.len(),
        events: by_day(name, &days, &published, day_of(as_of)),
        totals: is_series(&statements).then(|| Totals::new(&format!("{name}, running totals"), statements)),
        reports: reports.into_iter().collect(),
    }
}

impl Counted {
    /// What comes next, by each of the series; with the series or draws that it rests on.
    pub fn answers(&self, as_of: Date) -> Vec<(Answer, Vec<Series>)> {
        let day = day_of(as_of);
        let of_totals = self.totals.as_ref().and_then(|totals| answer_of_totals(totals, day));
        let mut of_events = answers(std::slice::from_ref(&self.events), day, |_| true);
        of_events.iter_mut().for_each(|(answer, _)| answer.notes.extend(self.notes()));
        of_events.into_iter().chain(of_totals).collect()
    }

    /// The paragraph for a briefing: the answer that is one, or why there is none.
    pub fn paragraph(&self, as_of: Date) -> Option<String> {
        let answers = self.answers(as_of);
        let told = answers.iter().find(|(answer, _)| answer.refusal.is_none()).or(answers.first());
        told.map(|(answer, _)| answer.to_paragraph())
    }

    fn notes(&self) -> Vec<String> {
        let basis = format!(
            "Counted from {} reports; a day that none of them could tell is unknown.",
            self.reports.len()
        );
        let undated = (self.n_undated > 0)
            .then(|| format!("{} events without a single day are in no count.", self.n_undated));
        std::iter::once(basis).chain(undated).collect()
    }
}

fn has_happened(event: &Event) -> bool {
    preferred(&event.cells, "status").is_none_or(|status| status.value == Status::Happened.as_str())
}

fn single_day(event: &Event) -> Option<Day> {
    let days = DayInterval::parse(event.date.as_deref()?)?;
    (days.earliest == days.latest).then(|| day_of(days.earliest))
}

/// The last day on which each report may have been published.
fn published(pile: &Pile) -> BTreeSet<Day> {
    let day = |reading: &Reading| Some(day_of(reading.report.published.as_ref()?.value.latest));
    pile.entries().iter().filter_map(|(_, reading)| day(reading)).collect()
}

fn by_day(name: &str, days: &[Day], published: &BTreeSet<Day>, as_of: Day) -> Series {
    let last_told = published.range(..=as_of).next_back().copied();
    let (Some(first), Some(last)) = (days.iter().min().copied(), last_told) else {
        return Series { name: name.to_owned(), first: as_of, counts: Vec::new() };
    };
    // What lies further back than reports reach is told in passing, not counted.
    let first = first.max(published.first().map_or(first, |day| day - TOLD_WITHIN));
    let count = |day: Day| {
        let n = days.iter().filter(|one| **one == day).count();
        let is_told = n > 0 || published.range(day..=day + TOLD_WITHIN).next().is_some();
        is_told.then(|| u32::try_from(n).unwrap_or(u32::MAX))
    };
    Series { name: name.to_owned(), first, counts: (first..=last).map(count).collect() }
}

/// What reports say of how many attacks there were so far, each as of the day of its report.
fn statements(pile: &Pile, query: &Query, events: &[Event]) -> Vec<Statement> {
    let asked: BTreeSet<(&str, &str)> = events
        .iter()
        .flat_map(|event| &event.claims)
        .map(|claim| (claim.report.as_str(), claim.claim.as_str()))
        .collect();
    let mut found = Vec::new();
    for (report, reading) in pile.entries() {
        let Some(published) = &reading.report.published else { continue };
        let own =
            reading.claims.iter().filter(|claim| asked.contains(&(report.id.as_str(), claim.id.as_str())));
        for claim in own.filter(|claim| is_counted(claim, query)) {
            let totals = claim.quantities.iter().filter_map(total);
            found.extend(totals.map(|(total, how)| Statement {
                as_of: published.value.latest,
                total,
                how,
                speaker: claim.attributed_to.join(", "),
                source: report.id.clone(),
            }));
        }
    }
    found
}

fn is_counted(claim: &Claim, query: &Query) -> bool {
    let is_type = query.event_type.is_none_or(|wanted| claim.event_type == Some(wanted));
    claim.status == Status::Happened && is_type
}

fn total(quantity: &Quantity) -> Option<(u32, How)> {
    let how = match quantity.cmp {
        Comparator::Equal => How::Exact,
        Comparator::AtLeast | Comparator::MoreThan => How::AtLeast,
        Comparator::About => How::Approx,
        Comparator::AtMost | Comparator::LessThan => return None,
    };
    let is_total = quantity.what == "attacks" && (LEAST_TOTAL..1e6).contains(&quantity.n);
    is_total.then_some((quantity.n as u32, how))
}

fn is_series(statements: &[Statement]) -> bool {
    statements.iter().map(|statement| statement.as_of).collect::<BTreeSet<_>>().len() >= 3
}

/// The type of event that is counted where nobody says which.
pub const USUAL_TYPE: EventType = EventType::Assault;

/// The last day that a pile knows of: that of its last report.
pub fn last_day(pile: &Pile) -> Option<Date> {
    published(pile).last().map(|day| date_of(*day))
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Cell, CellValue, Published, PublishedBasis, Report, Verdict};

    use super::*;

    fn event(date: &str, status: &str) -> Event {
        let value = CellValue {
            value: status.to_owned(),
            claims: Vec::new(),
            attributed_to: Vec::new(),
            span: None,
            spans: Vec::new(),
        };
        let cell = Cell {
            attribute: "status".to_owned(),
            verdict: Verdict::SingleSource,
            values: vec![value],
            preferred: None,
            origins: Vec::new(),
            why: None,
            decided: None,
            as_of: None,
        };
        Event {
            event_type: Some(EventType::Assault),
            date: Some(date.to_owned()),
            cells: vec![cell],
            ..Event::default()
        }
    }

    fn pile(days: &[&str]) -> Pile {
        let entry = |day: &&str| {
            let mut reading = Reading { id: (*day).to_owned(), ..Reading::default() };
            reading.report.published = DayInterval::parse(day).map(|value| Published {
                value,
                basis: PublishedBasis::Given,
                why: Vec::new(),
                odds: Vec::new(),
            });
            (Report { id: (*day).to_owned(), ..Report::default() }, reading)
        };
        Pile::new(days.iter().map(entry).collect())
    }

    fn check(events: &[(&str, &str)], reports: &[&str], expected: &str) {
        let situation = Situation {
            events: events.iter().map(|(date, status)| event(date, status)).collect(),
            ..Situation::default()
        };
        let query = Query { event_type: Some(USUAL_TYPE), ..Query::default() };
        let as_of = "2024-02-13".parse().unwrap();
        let counted = count(situation, &pile(reports), &query, "attacks", as_of);
        let counts: Vec<String> = counted
            .events
            .counts
            .iter()
            .map(|count| count.map_or("?".to_owned(), |count| count.to_string()))
            .collect();
        let found =
            format!("{} {}; undated {}", date_of(counted.events.first), counts.join(" "), counted.n_undated);
        assert_eq!(found, expected, "{events:?}");
        assert!(counted.paragraph(as_of).is_some_and(|paragraph| paragraph.contains("No forecast")));
    }

    #[test]
    fn what_happened_is_counted_and_days_that_nobody_tells_are_unknown() {
        check(
            &[
                ("2024-02-01", "happened"),
                ("2024-02-01", "happened"),
                ("2024-02-03", "planned"),
                ("2024-02-09", "happened"),
            ],
            &["2024-02-01", "2024-02-04", "2024-02-10"],
            "2024-02-01 2 0 0 0 ? ? ? 0 1 0; undated 0",
        );
        check(
            &[("2024-02", "happened"), ("2024-02-03", "denied")],
            &["2024-02-04"],
            "2024-02-13 ; undated 1",
        );
        check(&[], &[], "2024-02-13 ; undated 0");
    }

    #[test]
    fn an_event_long_before_the_first_report_is_told_in_passing() {
        check(
            &[("1983-10-23", "happened"), ("2024-02-03", "happened")],
            &["2024-02-04"],
            "2024-02-02 0 1 0; undated 0",
        );
    }
}
