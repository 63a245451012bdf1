//! `annalist changes`: what the last reports, or all since a day, changed.

use std::process::ExitCode;

use annalist::archive::{Change, Since, tell};
use clap::Args;

use crate::archive::{ArchiveArguments, FormArguments};
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
    form: FormArguments,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = arguments.archive.open()?;
    let since = match arguments.since {
        Some(since) => since,
        None => Since::Revision(archive.summary()?.revision - 1),
    };
    let logged = archive.changes(since)?;
    arguments.form.print(&logged, || {
        let mut changes: Vec<Change> = logged.iter().map(|logged| logged.change.clone()).collect();
        changes.sort_by_key(|change| change.kind);
        tell(&changes, usize::MAX, files::terminal_width(), files::colour())
    })?;
    Ok(ExitCode::SUCCESS)
}
