//! *What do the reports say about what comes next?* Events and running totals of a pile as series, and what
//! [`annalist_outlook`] computes of them.
//!
//! Only what is said to have happened is counted, each event once however many reports tell it. A quiet press is not a quiet
//! front: how many reports could have told a day stands beside its count, and a day that none could have told is unknown. What was
//! only planned, demanded or denied is no count.

use std::collections::{BTreeMap, BTreeSet};

use annalist_outlook::answer::{Answer, answer_of_totals, answers};
use annalist_outlook::totals::{How, Statement, Totals};
use annalist_reconcile::{Amount, read_figure};
use annalist_schema::{CellValue, ClaimRef, Comparator, DayInterval, Event, EventType, ReportHead, Status};
use jiff::civil::Date;

pub use annalist_outlook::*;

use crate::briefing::Wish;
use crate::briefing::arrange::Named;
use crate::figure::preferred;
use daily::{Day, Series, date_of, day_of};

/// A report tells what happened up to so many days before.
const TOLD_WITHIN: Day = 2;
/// Of a report that may have been published on any of more days nobody knows which days it could tell.
const MOST_DAYS: i64 = 7;
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

/// A count of events that pass by one after another, so that they need not be in memory together.
#[derive(Clone, Debug, Default)]
pub struct Counting {
    /// The last day on which each report may have been published.
    published: BTreeMap<String, Day>,
    days: Vec<Day>,
    n_undated: usize,
    statements: Vec<Statement>,
    reports: BTreeSet<String>,
}

impl Counting {
    /// Nothing yet; of reports by their ids.
    pub fn new<'a>(reports: impl IntoIterator<Item = (&'a str, &'a ReportHead)>) -> Self {
        let day = |(id, head): (&str, &ReportHead)| {
            let days = head.published.as_ref()?.value;
            (days.n_days() <= MOST_DAYS).then(|| (id.to_owned(), day_of(days.latest)))
        };
        Self { published: reports.into_iter().filter_map(day).collect(), ..Self::default() }
    }

    /// The last day that the reports know of: that of the last one.
    pub fn last_day(&self) -> Option<Date> {
        self.published.values().max().map(|day| date_of(*day))
    }

    /// Counts an event if it is said to have happened.
    pub fn take(&mut self, event: &Event) {
        if !has_happened(event) {
            return;
        }
        match single_day(event) {
            Some(day) => self.days.push(day),
            None => self.n_undated += 1,
        }
        self.reports.extend(event.claims.iter().map(|claim| claim.report.clone()));
        let figures =
            event.cells.iter().filter(|cell| cell.attribute == "attacks").flat_map(|cell| &cell.values);
        self.statements.extend(figures.flat_map(|value| statements(value, &self.published)));
    }

    /// The series, as of a day.
    pub fn finish(mut self, name: &str, as_of: Date) -> Counted {
        // Events come in no order that says anything.
        self.statements.sort_by(|one, other| order(one).cmp(&order(other)));
        self.statements.dedup();
        let is_series = self.statements.iter().map(|one| one.as_of).collect::<BTreeSet<_>>().len() >= 3;
        let totals = is_series.then(|| Totals::new(&format!("{name}, running totals"), self.statements));
        let mut published = BTreeMap::new();
        self.published.values().for_each(|day| *published.entry(*day).or_insert(0) += 1);
        Counted {
            events: by_day(name, &self.days, &published, day_of(as_of)),
            totals,
            n_undated: self.n_undated,
            reports: self.reports.into_iter().collect(),
        }
    }
}

/// What is counted for a briefing: the usual type of event, or the one that it is about.
pub(crate) struct Wanted {
    counting: Counting,
    event_type: EventType,
    name: String,
}

impl Wanted {
    /// Nothing yet; `None` where days are asked for: a part of the time is no series, and what comes next would be known.
    pub fn new(wish: &Wish, reports: &[Named]) -> Option<Self> {
        let event_type = wish.query.event_type.unwrap_or(USUAL_TYPE);
        let about = wish.query.about.as_ref().map_or(String::new(), |about| format!(" about {about}"));
        let heads = reports.iter().map(|report| (report.id.as_str(), &report.head));
        wish.query.days.is_none().then(|| Self {
            counting: Counting::new(heads),
            event_type,
            name: format!("{}{about}", what(event_type)),
        })
    }

    /// Counts the events that are of the type.
    pub fn take<'a>(&mut self, events: impl IntoIterator<Item = &'a Event>) {
        let asked = events.into_iter().filter(|event| event.event_type == Some(self.event_type));
        asked.for_each(|event| self.counting.take(event));
    }

    /// What comes next after the last report; nothing of what no report tells.
    pub fn answers(self) -> Vec<Answer> {
        let last = self.counting.last_day().filter(|_| !self.counting.reports.is_empty());
        let Some(last) = last else { return Vec::new() };
        self.counting.finish(&self.name, last).answers(last)
    }
}

fn order(statement: &Statement) -> impl Ord + use<'_> {
    (statement.as_of, &statement.source, statement.total, &statement.speaker)
}

impl Counted {
    /// What comes next, by each of the series.
    pub fn answers(&self, as_of: Date) -> Vec<Answer> {
        let day = day_of(as_of);
        let of_totals = self.totals.as_ref().and_then(|totals| answer_of_totals(totals, day));
        let mut of_events = answers(std::slice::from_ref(&self.events), day, |_| true);
        of_events.iter_mut().for_each(|answer| answer.notes.extend(self.notes()));
        of_events.into_iter().chain(of_totals).collect()
    }

    fn notes(&self) -> Vec<String> {
        let basis = format!(
            "Counted from {} reports; a day that no report could tell is unknown, and one that less than half as many as usual could tell was seen in part.",
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

fn by_day(name: &str, days: &[Day], published: &BTreeMap<Day, usize>, as_of: Day) -> Series {
    let empty = Series { name: name.to_owned(), first: as_of, ..Series::default() };
    let last_told = published.range(..=as_of).next_back().map(|(day, _)| *day);
    let (Some(first), Some(last)) = (days.iter().min().copied(), last_told) else { return empty };
    // What lies further back than reports reach is told in passing, not counted.
    let first = first.max(published.keys().next().map_or(first, |day| day - TOLD_WITHIN));
    let day = |day: Day| {
        let n_events = days.iter().filter(|one| **one == day).count();
        let could_tell: usize = published.range(day..=as_of.min(day + TOLD_WITHIN)).map(|(_, n)| n).sum();
        // What happened was read, if only later.
        let n_read = could_tell.max(n_events.min(1));
        ((n_read > 0).then(|| u32::try_from(n_events).unwrap_or(u32::MAX)), n_read as f64)
    };
    let (counts, read) = (first..=last).map(day).unzip();
    Series { first, counts, read, ..empty }
}

/// What reports say of how many attacks there were so far, each as of the day of its report.
fn statements(value: &CellValue, published: &BTreeMap<String, Day>) -> Vec<Statement> {
    let Some((total, how)) = read_figure(&value.value).and_then(|amount| total(&amount)) else {
        return Vec::new();
    };
    let statement = |claim: &ClaimRef| {
        Some(Statement {
            as_of: date_of(*published.get(&claim.report)?),
            total,
            how,
            speaker: value.attributed_to.join(", "),
            source: claim.report.clone(),
        })
    };
    value.claims.iter().filter_map(statement).collect()
}

fn total(amount: &Amount) -> Option<(u32, How)> {
    let how = match amount.cmp {
        Comparator::Equal => How::Exact,
        Comparator::AtLeast | Comparator::MoreThan => How::AtLeast,
        Comparator::About => How::Approx,
        Comparator::AtMost | Comparator::LessThan => return None,
    };
    (LEAST_TOTAL..1e6).contains(&amount.n).then_some((amount.n as u32, how))
}

/// The type of event that is counted where nobody says which.
pub const USUAL_TYPE: EventType = EventType::Assault;

/// What is counted, as a person says it: `attacks`, `PROTEST`.
pub fn what(event_type: EventType) -> String {
    if event_type == USUAL_TYPE { "attacks".to_owned() } else { event_type.to_string() }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Cell, Published, PublishedBasis, Verdict};

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

    fn heads(days: &[&str]) -> Vec<ReportHead> {
        let head = |day: &&str| {
            let published = DayInterval::parse(day).map(|value| Published {
                value,
                basis: PublishedBasis::Given,
                why: Vec::new(),
                odds: Vec::new(),
            });
            ReportHead { published, ..ReportHead::default() }
        };
        days.iter().map(head).collect()
    }

    fn counted(events: &[Event], reports: &[&str]) -> Counted {
        let heads = heads(reports);
        let ids: Vec<String> = (0..heads.len()).map(|id| id.to_string()).collect();
        let mut counting = Counting::new(ids.iter().map(String::as_str).zip(&heads));
        events.iter().for_each(|event| counting.take(event));
        counting.finish("attacks", "2024-02-13".parse().unwrap())
    }

    fn check(events: &[(&str, &str)], reports: &[&str], expected: &str) {
        let events: Vec<Event> = events.iter().map(|(date, status)| event(date, status)).collect();
        let counted = counted(&events, reports);
        let day = |(count, read): (&Option<u32>, &f64)| match count {
            Some(count) => format!("{count}/{read}"),
            None => "?".to_owned(),
        };
        let counts: Vec<String> = counted.events.counts.iter().zip(&counted.events.read).map(day).collect();
        let found =
            format!("{} {}; undated {}", date_of(counted.events.first), counts.join(" "), counted.n_undated);
        assert_eq!(found, expected, "{events:?}");
        let as_of = "2024-02-13".parse().unwrap();
        assert!(counted.answers(as_of).iter().all(|answer| answer.refusal.is_some()));
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
            &["2024-02-01", "2024-02-01", "2024-02-04", "2024-02-10"],
            "2024-02-01 2/2 0/1 0/1 0/1 ? ? ? 0/1 1/1 0/1; undated 0",
        );
        check(
            &[("2024-02", "happened"), ("2024-02-03", "denied")],
            &["2024-02-04"],
            "2024-02-13 ; undated 1",
        );
        check(&[], &[], "2024-02-13 ; undated 0");
    }

    #[test]
    fn a_report_of_an_unknown_day_could_tell_no_day() {
        check(
            &[("2024-02-01", "happened")],
            &["2024-02-02", "2024-01/2024-03"],
            "2024-02-01 1/1 0/1; undated 0",
        );
    }

    #[test]
    fn running_totals_are_those_of_their_reports_days() {
        let total = |report: &str, value: &str| {
            let mut event = event("2024-02", "happened");
            event.cells[0].attribute = "attacks".to_owned();
            let claims = vec![ClaimRef { report: report.to_owned(), claim: "c1".to_owned() }];
            event.cells[0].values[0] =
                CellValue { value: value.to_owned(), claims, ..event.cells[0].values[0].clone() };
            event
        };
        let events = [total("1", ">= 150"), total("0", "140"), total("2", "170"), total("2", "3")];
        let counted = counted(&events, &["2024-01-18", "2024-01-30", "2024-02-04"]);
        let totals: Vec<String> = counted
            .totals
            .iter()
            .flat_map(|totals| &totals.statements)
            .map(|one| format!("{} {} {:?}", one.as_of, one.total, one.how))
            .collect();
        assert_eq!(totals, ["2024-01-18 140 Exact", "2024-01-30 150 AtLeast", "2024-02-04 170 Exact"]);
    }

    #[test]
    fn an_event_long_before_the_first_report_is_told_in_passing() {
        check(
            &[("1983-10-23", "happened"), ("2024-02-03", "happened")],
            &["2024-02-04"],
            "2024-02-02 0/1 1/1 0/1; undated 0",
        );
    }
}
