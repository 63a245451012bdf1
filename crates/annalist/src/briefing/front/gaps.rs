//! *What does nobody know, and what should be checked?*

use std::collections::BTreeSet;

use annalist_schema::DayInterval;

use super::super::{Doubt, ReportLine, day};
use super::FrontLine;

/// Of fewer reports nobody expects one every day.
const MOST_FEW: usize = 6;
/// Days without a report that a reader should know of.
const QUIET_DAYS: i32 = 4;

pub(super) fn lines(reports: &[ReportLine], doubts: &[Doubt], year: Option<i16>) -> Vec<FrontLine> {
    let parts = [undated(reports), quiet(reports, year)];
    parts
        .into_iter()
        .flatten()
        .chain(doubts.iter().filter(|doubt| is_pressing(doubt)).map(doubtful))
        .collect()
}

/// Key points that rest on one report, of those that are on the page.
pub(super) fn alone(points: &[FrontLine]) -> Option<FrontLine> {
    let n_reports =
        |line: &FrontLine| line.citations.iter().map(|one| one.number).collect::<BTreeSet<_>>().len();
    let alone: Vec<_> = points.iter().filter(|point| n_reports(point) == 1).collect();
    let n = alone.len();
    let rest = if n == 1 { "rests" } else { "rest" };
    let text = match points.len() {
        all if all == n => "Every key point rests on one report.".to_owned(),
        all => format!("{n} of the {all} key points {rest} on one report."),
    };
    (n > 0).then(|| FrontLine {
        text,
        citations: alone.iter().filter_map(|point| point.citations.first().cloned()).collect(),
        ..FrontLine::default()
    })
}

fn undated(reports: &[ReportLine]) -> Option<FrontLine> {
    let undated: Vec<_> = reports.iter().filter(|report| report.published.is_none()).collect();
    let names: Vec<_> = undated.iter().take(6).map(|report| format!("[{}]", report.number)).collect();
    let (n, more) = (undated.len(), undated.len().saturating_sub(6));
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let of = if n == 1 { "1 report has no date".to_owned() } else { format!("{n} reports have no date") };
    (n > 0).then(|| FrontLine { text: format!("{of}: {}{more}.", names.join(" ")), ..FrontLine::default() })
}

/// The longest time without a report.
fn quiet(reports: &[ReportLine], year: Option<i16>) -> Option<FrontLine> {
    let days = reports.iter().filter_map(|report| report.published.as_deref().and_then(DayInterval::parse));
    let mut days: Vec<_> = days.collect();
    if days.len() < MOST_FEW {
        return None;
    }
    days.sort_unstable();
    let gap = |pair: &[DayInterval]| {
        let (from, to) = (pair[0].latest.tomorrow().ok()?, pair[1].earliest.yesterday().ok()?);
        (from <= to).then(|| DayInterval::new(from, to))
    };
    let longest = days.windows(2).filter_map(gap).max_by_key(DayInterval::n_days)?;
    let is_long = longest.n_days() >= i64::from(QUIET_DAYS);
    is_long.then(|| FrontLine {
        text: format!("No report was published {}.", day::when(longest, year)),
        ..FrontLine::default()
    })
}

/// Doubts that change what a key point says; a place that was read with little to go by does not.
fn is_pressing(doubt: &Doubt) -> bool {
    !doubt.citations.is_empty()
        && matches!(doubt.kind, "suspected-translation-error" | "masked-words" | "inconsistent-date")
}

fn doubtful(doubt: &Doubt) -> FrontLine {
    FrontLine { text: doubt.message.clone(), citations: doubt.citations.clone(), ..FrontLine::default() }
}
