//! *Where does a process stand, and how did it get there?*

use std::collections::BTreeMap;

use annalist_schema::{DayInterval, Process, ProcessState, Statement, Transition};

use crate::pile::{Pile, published};

/// Processes by name, each with its transitions in time.
pub(crate) fn processes(pile: &Pile<'_>) -> Vec<Process> {
    let mut tracks: BTreeMap<&str, Vec<Step<'_>>> = BTreeMap::new();
    for (report, reading) in pile.readings.iter().enumerate() {
        for state in &reading.process_states {
            let step = Step { report: report as u32, id: &reading.id, published: published(reading), state };
            tracks.entry(process_key(&state.process)).or_default().push(step);
        }
    }
    let mut processes: Vec<_> = tracks.into_values().map(finish).collect();
    processes.sort_by(|one, other| one.process.cmp(&other.process));
    processes
}

/// A state and the report that tells it.
#[derive(Clone, Copy)]
struct Step<'a> {
    report: u32,
    id: &'a str,
    published: Option<DayInterval>,
    state: &'a ProcessState,
}

impl Step<'_> {
    /// By the day of the state, else of the report; then in the order of telling.
    fn rank(&self) -> (bool, Option<DayInterval>, Option<DayInterval>, u32, u32) {
        let days = self.state.date.or(self.published);
        (days.is_none(), days, self.published, self.report, self.state.span.start)
    }
}

/// What makes two names one process: talks of the same parties are one, whatever words name their subject.
pub fn process_key(process: &str) -> &str {
    let mut parts = process.splitn(3, ':');
    let (kind, parties) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let is_talks = kind == "talks" && !parties.is_empty();
    if is_talks { &process[..kind.len() + 1 + parties.len()] } else { process }
}

fn finish(mut steps: Vec<Step<'_>>) -> Process {
    steps.sort_by_key(Step::rank);
    let (dated, undated): (Vec<_>, Vec<_>) = steps.iter().partition(|step| step.state.date.is_some());
    let mut stages: Vec<Stage<'_>> = Vec::new();
    for step in dated.into_iter().chain(undated) {
        match stages.iter_mut().rev().find(|stage| stage.takes(step)) {
            Some(stage) => stage.add(step),
            None => stages.push(Stage { date: step.state.date, steps: vec![*step] }),
        }
    }
    stages.sort_by_key(Stage::rank);
    Process { process: name(&steps), transitions: stages.iter().map(Stage::transition).collect() }
}

/// The name most states use, then the smallest.
fn name(steps: &[Step<'_>]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    steps.iter().for_each(|step| *counts.entry(&step.state.process).or_default() += 1);
    let best = counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
    best.map(|(name, _)| name.to_owned()).unwrap_or_default()
}

/// Statements of one change of state.
struct Stage<'a> {
    /// The days that all dated statements allow.
    date: Option<DayInterval>,
    steps: Vec<Step<'a>>,
}

impl<'a> Stage<'a> {
    /// Whether a statement can be of this change: the same state on days that fit. One without a date fits any.
    fn takes(&self, step: &Step<'a>) -> bool {
        let same_code = self.steps.first().is_some_and(|first| first.state.code == step.state.code);
        same_code && self.date.zip(step.state.date).is_none_or(|(one, other)| one.overlaps(&other))
    }

    fn add(&mut self, step: &Step<'a>) {
        if let (Some(date), Some(other)) = (self.date, step.state.date) {
            self.date = date.intersect(&other);
        }
        self.steps.push(*step);
    }

    fn rank(&self) -> (bool, Option<DayInterval>, Option<DayInterval>, u32, u32) {
        let earliest = self.steps.iter().map(Step::rank).min();
        let (undated, days, published, report, start) = earliest.unwrap_or_default();
        (undated, self.date.or(days), published, report, start)
    }

    fn transition(&self) -> Transition {
        let mut speakers: Vec<_> =
            self.steps.iter().flat_map(|step| &step.state.attributed_to).cloned().collect();
        speakers.sort();
        speakers.dedup();
        let mut statements: Vec<_> = self.steps.iter().map(statement).collect();
        statements.sort_by(|one, other| (&one.report, one.span).cmp(&(&other.report, other.span)));
        statements.dedup();
        Transition {
            code: self.steps[0].state.code,
            date: self.date.map(|date| date.format()),
            attributed_to: speakers,
            statements,
        }
    }
}

fn statement(step: &Step<'_>) -> Statement {
    Statement { report: step.id.to_owned(), span: step.state.span, quote: step.state.quote.clone() }
}
