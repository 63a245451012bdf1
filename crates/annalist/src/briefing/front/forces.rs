//! *Who has how many forces where?* `United States Armed Forces in Iraq: about 2,500 troops (February 2024).`

use annalist_schema::{DayInterval, Status};

use super::super::words::amount;
use super::super::{PostureEntry, PostureLine, day};
use super::FrontLine;

/// Figures of one force that are told, the last ones.
const MOST_FIGURES: usize = 3;

/// The forces that most statements are about first.
pub(super) fn lines(postures: &[PostureLine], year: Option<i16>) -> Vec<FrontLine> {
    let mut postures: Vec<_> = postures.iter().filter(|posture| posture.is_known).collect();
    postures.sort_by_key(|posture| std::cmp::Reverse(posture.statements.len()));
    postures.into_iter().filter_map(|posture| line(posture, year)).collect()
}

fn line(posture: &PostureLine, year: Option<i16>) -> Option<FrontLine> {
    let mut figures: Vec<&PostureEntry> =
        posture.statements.iter().filter(|one| one.status == Some(Status::Happened)).collect();
    let citations = figures.iter().rev().filter_map(|one| one.citation.clone()).collect();
    figures.dedup_by(|later, earlier| number(&later.value) == number(&earlier.value));
    let figures = &figures[figures.len().saturating_sub(MOST_FIGURES)..];
    let told: Vec<_> = figures.iter().map(|one| figure(one, year)).collect();
    let text = format!("{}: {}.", posture.name, told.join(", then "));
    (!told.is_empty()).then_some(FrontLine { text, citations, ..FrontLine::default() })
}

/// `~ 2,500` of `~ 2,500 U.S. troops`.
fn number(value: &str) -> &str {
    let end = value.find(char::is_alphabetic).unwrap_or(value.len());
    value[..end].trim_end()
}

fn figure(statement: &PostureEntry, year: Option<i16>) -> String {
    let days = statement.as_of.as_deref().and_then(DayInterval::parse);
    let when = days.map(|days| format!(" ({})", day::days(days, year))).unwrap_or_default();
    let by = statement.attributed_to.first().map(|by| format!(", according to {by}")).unwrap_or_default();
    format!("{}{when}{by}", amount(&statement.value))
}
