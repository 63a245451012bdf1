//! `annalist timeline`, `disputes`, `posture`, `process`, `actors`, `relations`, `search`: questions to an archive.

use std::collections::BTreeSet;
use std::process::ExitCode;

use annalist::archive::{Archive, Found, search_text};
use annalist::briefing::{Briefing, Detail, Dispute};
use annalist::query::{
    ActorLine, EventRow, FigureRow, PostureRow, ProcessRow, Query, RelationLine, actors, list_actors,
    list_figures, list_relations, relations,
};
use annalist::schema::{DayInterval, EventType, Status, Verdict};
use clap::Args;
use jiff::civil::Date;

use crate::archive::{ArchiveArguments, ListArguments};
use crate::code::code;
use crate::days::{as_of, days};
use crate::files;

/// What is asked for, and how it is printed.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    list: ListArguments,
}

/// What is asked for.
#[derive(Args)]
pub struct FilterArguments {
    /// Only what lies on these days: `2024`, `2024-02`, `2024-02-11`, `2024-02-05..2024-02-29`, `today`, `yesterday`
    #[arg(long, value_name = "DAYS", value_parser = days)]
    days: Option<DayInterval>,
    /// Only with this actor: part of a name, a country or sector code, or an id
    #[arg(long, value_name = "NAME|CODE")]
    actor: Option<String>,
    /// Only at this place or in it: a name or the beginning of a word of it, a state or district, a country or its code
    #[arg(long, value_name = "NAME|CODE")]
    place: Option<String>,
    /// Only events of this PLOVER type, in capitals or not
    #[arg(long = "type", value_name = "TYPE", value_parser = code(EventType::ALL), ignore_case = true)]
    event_type: Option<EventType>,
    /// Only where some attribute has this verdict
    #[arg(long, value_parser = code(Verdict::ALL), ignore_case = true)]
    verdict: Option<Verdict>,
    /// Only where reports differ on some attribute and no analyst has settled it
    #[arg(long)]
    undecided: bool,
    /// Only what this outlet tells, among others: part of its name
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only what this report tells, among others; of several, any
    #[arg(long, value_name = "ID")]
    report: Vec<String>,
    /// Only what is said to have this status; of an event the preferred one counts
    #[arg(long, value_parser = code(Status::ALL), ignore_case = true)]
    status: Option<Status>,
    /// Only events with at least so many killed, by the preferred figure
    #[arg(long, value_name = "N")]
    min_killed: Option<f64>,
    /// What was known on a day, as in `--days`: only reports that had been published by then
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    pub as_of: Option<Date>,
}

/// What is asked of a timeline, and how it is printed.
#[derive(Args)]
pub struct TimelineArguments {
    #[command(flatten)]
    asked: Arguments,
    /// Prints one line a figure instead: what is counted, comparison, number, upper end, of whom, according to whom
    #[arg(long)]
    figures: bool,
    /// Also prints the ids of the claims, which `split` takes; tables and rows have them anyway
    #[arg(long)]
    claims: bool,
}

impl FilterArguments {
    /// The query; `of_outlet` finds the reports of an outlet by part of its name.
    pub fn query(
        &self,
        of_outlet: impl FnOnce(&str) -> anyhow::Result<BTreeSet<String>>,
    ) -> anyhow::Result<Query> {
        Ok(Query {
            days: self.days,
            about: None,
            actor: self.actor.clone(),
            place: self.place.clone(),
            event_type: self.event_type,
            verdict: self.verdict,
            undecided: self.undecided,
            reports: self.reports(of_outlet)?,
            status: self.status,
            min_killed: self.min_killed,
        })
    }

    /// The reports that are asked for, by id and by outlet.
    fn reports(
        &self,
        of_outlet: impl FnOnce(&str) -> anyhow::Result<BTreeSet<String>>,
    ) -> anyhow::Result<Option<BTreeSet<String>>> {
        let named: BTreeSet<_> = self.report.iter().cloned().collect();
        let Some(outlet) = &self.outlet else { return Ok(Some(named).filter(|named| !named.is_empty())) };
        let mut of_outlet = of_outlet(outlet)?;
        of_outlet.retain(|report| named.is_empty() || named.contains(report));
        Ok(Some(of_outlet))
    }
}

impl Arguments {
    fn query(&self, archive: &Archive) -> anyhow::Result<Query> {
        self.filter.query(|outlet| Ok(archive.reports_of_outlet(outlet)?))
    }

    fn as_of(&self) -> Option<Date> {
        self.filter.as_of
    }

    fn answer(&self, detail: Detail) -> anyhow::Result<(Archive, Query, Briefing)> {
        let archive = self.archive.open()?;
        let query = self.query(&archive)?;
        let answer = archive.answer(&query, self.as_of(), detail)?;
        Ok((archive, query, answer))
    }

    /// Says that there are none, of what was asked, and where.
    fn nothing(&self, archive: &Archive, query: &Query, what: &str) -> anyhow::Result<String> {
        let outlet = self.filter.outlet.iter().map(|outlet| format!("outlet {outlet}"));
        let asked = Some(query.to_string()).filter(|asked| !asked.is_empty());
        let as_of = self.as_of().into_iter().map(|day| format!("as of {day}"));
        let asked: Vec<_> = outlet.chain(asked).chain(as_of).collect();
        let fits = if asked.is_empty() { String::new() } else { format!(" fit {}", asked.join(", ")) };
        Ok(format!("No {what}{fits}; {}", archive.summary()?.in_a_line(&self.archive.archive)))
    }
}

/// Prints what happened, by day.
pub fn timeline(arguments: &TimelineArguments) -> anyhow::Result<ExitCode> {
    let TimelineArguments { asked, figures, claims } = arguments;
    let detail = if *figures || asked.list.is_json() { Detail::Whole } else { Detail::Lines };
    let (archive, query, answer) = asked.answer(detail)?;
    let nothing = |what: &str| asked.nothing(&archive, &query, what);
    let (width, colour) = (files::terminal_width(), files::colour());
    let entries = answer.timeline();
    if *figures {
        let rows = FigureRow::of(&entries);
        asked.list.print(rows, |rows| list_figures(rows, width, colour), || nothing("figures"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let rows = entries.into_iter().map(EventRow).collect();
    let text = |rows: &[EventRow<'_>]| {
        let entries: Vec<_> = rows.iter().map(|row| row.0).collect();
        answer.list_events(&entries, *claims, width, colour)
    };
    asked.list.print(rows, text, || nothing("events"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints on what reports differ.
pub fn disputes(asked: &Arguments) -> anyhow::Result<ExitCode> {
    let (archive, query, answer) = asked.answer(Detail::Lines)?;
    let text = |rows: &[Dispute]| answer.list_disputes(rows, files::terminal_width(), files::colour());
    asked.list.print(answer.disputes.clone(), text, || asked.nothing(&archive, &query, "differences"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints who has how many forces where.
pub fn postures(asked: &Arguments) -> anyhow::Result<ExitCode> {
    let (archive, query, answer) = asked.answer(Detail::Lines)?;
    let text = |rows: &[PostureRow]| answer.list_postures(rows, files::terminal_width(), files::colour());
    let rows = PostureRow::of(&answer.postures);
    asked.list.print(rows, text, || asked.nothing(&archive, &query, "statements of forces"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints where talks stand.
pub fn processes(asked: &Arguments) -> anyhow::Result<ExitCode> {
    let (archive, query, answer) = asked.answer(Detail::Lines)?;
    let text = |rows: &[ProcessRow]| answer.list_processes(rows, files::terminal_width(), files::colour());
    let rows = ProcessRow::of(&answer.processes);
    asked.list.print(rows, text, || asked.nothing(&archive, &query, "states of talks"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints who acts.
pub fn list_of_actors(asked: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = asked.archive.open()?;
    let query = asked.query(&archive)?;
    let rows = actors(&archive.select(&query, asked.as_of())?, &query);
    let text = |rows: &[ActorLine]| list_actors(rows, files::terminal_width(), files::colour());
    asked.list.print(rows, text, || asked.nothing(&archive, &query, "actors"))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints who treats whom how.
pub fn list_of_relations(asked: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = asked.archive.open()?;
    let query = asked.query(&archive)?;
    let rows = relations(&archive.select(&query, asked.as_of())?, &query);
    let text = |rows: &[RelationLine]| list_relations(rows, files::terminal_width(), files::colour());
    asked.list.print(rows, text, || asked.nothing(&archive, &query, "relations"))?;
    Ok(ExitCode::SUCCESS)
}

/// Finds sentences with all of some words
///
/// Capitals and accents do not matter; words between quotation marks stand together. With a filter, only sentences that
/// state a matching event are found. Example: annalist search 'convoy "two soldiers"' --place Cauca
#[derive(Args)]
pub struct SearchArguments {
    /// The words
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    asked: Arguments,
}

/// Prints sentences.
pub fn search(arguments: &SearchArguments) -> anyhow::Result<ExitCode> {
    let asked = &arguments.asked;
    let archive = asked.archive.open()?;
    let (query, words) = (asked.query(&archive)?, arguments.words.join(" "));
    let found = archive.search(&words, &query, asked.as_of())?;
    let text = |rows: &[Found]| search_text(rows, files::terminal_width(), files::colour());
    let what = format!("sentences with {words}");
    asked.list.print(found, text, || asked.nothing(&archive, &query, &what))?;
    Ok(ExitCode::SUCCESS)
}
