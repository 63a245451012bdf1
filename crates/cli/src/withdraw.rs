//! `annalist withdraw`: reports out of the situation.

use std::process::ExitCode;

use clap::Args;

use crate::archive::{ArchiveArguments, print_changes};

/// Takes reports out of the account, which is then what it would have been without them, and prints what changed
///
/// The archive keeps that they were there. Example: annalist withdraw hoax-3
#[derive(Args)]
pub struct Arguments {
    /// Ids of reports
    #[arg(required = true, value_name = "REPORT")]
    reports: Vec<String>,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Prints one JSON object a line: each change
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let changes = arguments.archive.open()?.withdraw(&arguments.reports)?;
    print_changes(&changes, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}
