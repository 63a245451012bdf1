//! `annalist split`, `merge`, `set`, `accept`, `reject`, `undo`, `decisions`: an analyst's hand on an archive.

use std::path::PathBuf;
use std::process::ExitCode;

use annalist::archive::{Ask, Decided, tell_decisions};
use anyhow::Context;
use clap::Args;

use crate::archive::{ArchiveArguments, ListArguments, print_changes};
use crate::files;

/// Which archive, why, and how what changed is printed.
#[derive(Args)]
pub struct Deciding {
    /// Why; kept with the decision
    #[arg(long, value_name = "WHY")]
    because: String,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Prints one JSON object a line: each change
    #[arg(long)]
    json: bool,
}

impl Deciding {
    fn decide(&self, asks: &[Ask]) -> anyhow::Result<ExitCode> {
        let changes = self.archive.open()?.decide(asks, &self.because)?;
        print_changes(&changes, self.json)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Takes claims out of an event: they tell of another one
///
/// Reports that come in later go to the one that they fit better. Example: annalist split herald/c120 lantern/c44
/// --because 'two raids, a night apart'
#[derive(Args)]
pub struct SplitArguments {
    /// Id of the event, or of a claim of it
    event: String,
    /// Ids of the claims that leave it, as REPORT/CLAIM; `annalist explain` prints them
    #[arg(required = true)]
    claims: Vec<String>,
    #[command(flatten)]
    deciding: Deciding,
}

/// Makes one event of several
///
/// Example: annalist merge herald/c120 courier/c31 --because 'the same raid'
#[derive(Args)]
pub struct MergeArguments {
    /// Ids of the events, or of claims of them
    #[arg(required = true, num_args = 2..)]
    events: Vec<String>,
    #[command(flatten)]
    deciding: Deciding,
}

/// Sets an attribute of an event to a value: one that a report states, or the analyst's own
///
/// What the reports say stays beside it, with its verdict. Example: annalist set herald/c120 killed '11 soldiers'
/// --because 'the ministry counted again'
#[derive(Args)]
pub struct SetArguments {
    /// Id of the event, or of a claim of it
    event: String,
    /// actors, recipients, date, place, status, mode, type, or what is counted: killed, wounded …
    attribute: String,
    /// The value; several actors between semicolons
    value: String,
    #[command(flatten)]
    deciding: Deciding,
}

/// Notes that events were looked at and hold
///
/// Example: annalist accept herald/c120 --because 'seen on video'
#[derive(Args)]
pub struct AcceptArguments {
    /// Ids of the events, or of claims of them
    #[arg(required = true)]
    events: Vec<String>,
    #[command(flatten)]
    deciding: Deciding,
}

/// Leaves events out: none of the claims that they have now counts any more
///
/// Example: annalist reject herald/c120 --because 'a football match'
#[derive(Args)]
pub struct RejectArguments {
    /// Ids of the events, or of claims of them
    #[arg(required = true)]
    ids: Vec<String>,
    /// Leaves out only the claims that the ids name
    #[arg(long)]
    claims: bool,
    #[command(flatten)]
    deciding: Deciding,
}

/// Takes decisions back
///
/// Example: annalist undo 3
#[derive(Args)]
pub struct UndoArguments {
    /// Numbers of decisions, as `annalist decisions` prints them
    #[arg(required = true, value_name = "NUMBER")]
    numbers: Vec<u32>,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Prints one JSON object a line: each change
    #[arg(long)]
    json: bool,
}

/// Prints every decision of an analyst, or takes in those of a table
///
/// Examples: annalist decisions --csv > decisions.csv · annalist decisions --import decisions.csv --archive other.db
#[derive(Args)]
pub struct DecisionsArguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Takes in the decisions of a table that `--csv` printed, or one with at least its columns kind, claims and because;
    /// prints what they change
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    import: Option<PathBuf>,
    #[command(flatten)]
    list: ListArguments,
}

pub fn split(arguments: &SplitArguments) -> anyhow::Result<ExitCode> {
    let SplitArguments { event, claims, deciding } = arguments;
    deciding.decide(&[Ask::Split { event: event.clone(), claims: claims.clone() }])
}

pub fn merge(arguments: &MergeArguments) -> anyhow::Result<ExitCode> {
    arguments.deciding.decide(&[Ask::Merge { events: arguments.events.clone() }])
}

pub fn set(arguments: &SetArguments) -> anyhow::Result<ExitCode> {
    let SetArguments { event, attribute, value, deciding } = arguments;
    let (event, attribute, value) = (event.clone(), attribute.clone(), value.clone());
    deciding.decide(&[Ask::Set { event, attribute, value }])
}

pub fn accept(arguments: &AcceptArguments) -> anyhow::Result<ExitCode> {
    let asks = arguments.events.iter().map(|event| Ask::Accept { event: event.clone() });
    arguments.deciding.decide(&asks.collect::<Vec<_>>())
}

pub fn reject(arguments: &RejectArguments) -> anyhow::Result<ExitCode> {
    let ask = |id: &String| match arguments.claims {
        true => Ask::RejectClaim { claim: id.clone() },
        false => Ask::Reject { event: id.clone() },
    };
    arguments.deciding.decide(&arguments.ids.iter().map(ask).collect::<Vec<_>>())
}

pub fn undo(arguments: &UndoArguments) -> anyhow::Result<ExitCode> {
    let changes = arguments.archive.open()?.undo(&arguments.numbers)?;
    print_changes(&changes, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

pub fn list(arguments: &DecisionsArguments) -> anyhow::Result<ExitCode> {
    let mut archive = arguments.archive.open()?;
    if let Some(path) = &arguments.import {
        let table = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
        print_changes(&archive.import(path, &table)?, arguments.list.is_json())?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = |rows: &[Decided]| tell_decisions(rows, files::terminal_width(), files::colour());
    let path = &arguments.archive.archive;
    let nothing = || Ok(format!("No decisions; an analyst has decided nothing yet in {}", path.display()));
    arguments.list.print(archive.decisions()?, text, nothing)?;
    Ok(ExitCode::SUCCESS)
}
