//! *Where do talks stand, and how did they get there?* `The talks between Iraq and the United States opened on 27 January and were
//! suspended.`

use annalist_schema::DayInterval;

use super::super::{ProcessLines, TransitionLine, day};
use super::FrontLine;

/// States that are told of one process, the last ones.
const MOST_STATES: usize = 4;

/// The processes that most reports tell of first.
pub(super) fn lines(processes: &[ProcessLines], year: Option<i16>) -> Vec<FrontLine> {
    let mut processes: Vec<_> = processes.iter().collect();
    processes.sort_by_key(|process| std::cmp::Reverse(n_cited(process)));
    processes
        .into_iter()
        .filter(|process| is_worth_telling(process))
        .filter_map(|process| line(process, year))
        .collect()
}

/// Whether it is known whose they are, or several sentences tell of them with a day.
fn is_worth_telling(process: &ProcessLines) -> bool {
    let has_day = process.transitions.iter().any(|transition| transition.date.is_some());
    process.process.contains(' ') || (has_day && n_cited(process) > 2)
}

fn n_cited(process: &ProcessLines) -> usize {
    process.transitions.iter().map(|transition| transition.citations.len()).sum()
}

fn line(process: &ProcessLines, year: Option<i16>) -> Option<FrontLine> {
    let mut states: Vec<&TransitionLine> = process.transitions.iter().collect();
    // That they go on says nothing where it is known how.
    if states.len() > 1 {
        states.retain(|state| state.code != "ongoing" || state.date.is_some());
    }
    states.dedup_by(|later, earlier| later.code == earlier.code && later.date == earlier.date);
    let states = &states[states.len().saturating_sub(MOST_STATES)..];
    let is_many = process.process.starts_with("talks");
    let told = |state: &&TransitionLine| {
        let days = state.date.as_deref().and_then(DayInterval::parse);
        let when = days.map(|days| format!(" {}", day::when(days, year))).unwrap_or_default();
        format!("{}{when}", verb(state.code, is_many))
    };
    let told: Vec<_> = states.iter().map(told).collect();
    let (last, first) = told.split_last()?;
    let words = if first.is_empty() { last.clone() } else { format!("{}, then {last}", first.join(", ")) };
    Some(FrontLine {
        text: format!("The {} {words}.", process.process),
        citations: states.iter().rev().flat_map(|state| state.citations.clone()).collect(),
        ..FrontLine::default()
    })
}

/// What is said of talks, or of an agreement, that reached a state.
fn verb(code: &str, is_many: bool) -> String {
    let (is, was) = if is_many { ("are", "were") } else { ("is", "was") };
    match code {
        "opened" | "resumed" | "concluded" | "collapsed" => code.to_owned(),
        "scheduled" | "pending" => format!("{is} {code}"),
        "ongoing" => format!("{is} going on"),
        "exploratory" => format!("{is} being explored"),
        "provisional" => format!("{is} in force for the time being"),
        "agreed" if !is_many => format!("{was} reached"),
        code => format!("{was} {code}"),
    }
}
