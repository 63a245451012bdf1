//! `annalist changes`: what the last reports, or all since a day, changed.

use std::process::ExitCode;

use annalist::archive::{Change, Logged, Since, tell};
use clap::Args;

use crate::archive::{ArchiveArguments, ListArguments};
use crate::days::since;
use crate::files;

/// Prints what changed in an archive: new events, revised figures, new and resolved disputes
///
/// Examples: annalist changes · annalist changes --since 2024-02-11 --csv
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// A day (UTC) as in `--days` of the other commands, or the number of the revision after which to begin; without it,
    /// the last revision
    #[arg(long, value_name = "DAY|REVISION", value_parser = since)]
    since: Option<Since>,
    #[command(flatten)]
    list: ListArguments,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = arguments.archive.open()?;
    let summary = archive.summary()?;
    let since = arguments.since.unwrap_or(Since::Revision(summary.revision - 1));
    let text = |rows: &[Logged]| {
        let mut changes: Vec<Change> = rows.iter().map(|logged| logged.change.clone()).collect();
        if !arguments.list.is_sorted() {
            changes.sort_by_key(|change| change.kind);
        }
        tell(&changes, usize::MAX, files::terminal_width(), files::colour())
    };
    let nothing = || {
        let since = match since {
            Since::Day(day) => format!("since {day}"),
            Since::Revision(revision) => format!("after revision {revision}"),
        };
        let archive = &arguments.archive.archive;
        Ok(format!(
            "Nothing changed {since}; the last revision of {} is {}",
            archive.display(),
            summary.revision
        ))
    };
    arguments.list.print(archive.changes(since)?, text, nothing)?;
    Ok(ExitCode::SUCCESS)
}
