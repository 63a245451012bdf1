//! `annalist timeline`, `disputes`, `posture`, `process`, `actors`, `relations`, `search`: questions to an archive.

use std::process::ExitCode;

use annalist::archive::search_text;
use annalist::query::{
    EventRow, Listing, PostureRow, ProcessRow, Query, actors, list_actors, list_relations, relations,
};
use annalist::schema::{DayInterval, EventType, Verdict};
use clap::Args;
use jiff::civil::Date;

use crate::archive::{ArchiveArguments, FormArguments};
use crate::code::code;
use crate::days::{as_of, days};
use crate::files;

/// What is asked for, and how it is printed.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Only what lies on these days: `2024`, `2024-02`, `2024-02-11`, `2024-02-05..2024-02-29`, `today`, `yesterday`
    #[arg(long, value_name = "DAYS", value_parser = days)]
    days: Option<DayInterval>,
    /// Only with this actor: part of a name, a country or sector code, or an id
    #[arg(long, value_name = "NAME|CODE")]
    actor: Option<String>,
    /// Only at this place: part of a name, or a country code
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
    /// What was known on a day, as in `--days`: only reports that had been published by then
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<Date>,
    #[command(flatten)]
    form: FormArguments,
}

impl Arguments {
    fn query(&self) -> Query {
        Query {
            days: self.days,
            actor: self.actor.clone(),
            place: self.place.clone(),
            event_type: self.event_type,
            verdict: self.verdict,
            undecided: self.undecided,
        }
    }
}

/// Prints one part of what the archive says.
pub fn list(arguments: &Arguments, listing: Listing) -> anyhow::Result<ExitCode> {
    let answer = arguments.archive.open()?.answer(&arguments.query(), arguments.as_of)?;
    let text = || answer.list(listing, files::terminal_width(), files::colour());
    let form = &arguments.form;
    match listing {
        Listing::Timeline => {
            form.print(&answer.timeline().into_iter().map(EventRow).collect::<Vec<_>>(), text)?;
        }
        Listing::Disputes => form.print(&answer.disputes, text)?,
        Listing::Posture => form.print(&PostureRow::of(&answer.postures), text)?,
        Listing::Process => form.print(&ProcessRow::of(&answer.processes), text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints who acts.
pub fn list_of_actors(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let query = arguments.query();
    let lines = actors(&arguments.archive.open()?.select(&query, arguments.as_of)?, &query);
    arguments.form.print(&lines, || list_actors(&lines, files::terminal_width(), files::colour()))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints who treats whom how.
pub fn list_of_relations(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let query = arguments.query();
    let lines = relations(&arguments.archive.open()?.select(&query, arguments.as_of)?, &query);
    arguments.form.print(&lines, || list_relations(&lines, files::terminal_width(), files::colour()))?;
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
    let found = asked.archive.open()?.search(&arguments.words.join(" "), &asked.query(), asked.as_of)?;
    asked.form.print(&found, || search_text(&found, files::terminal_width(), files::colour()))?;
    Ok(ExitCode::SUCCESS)
}
