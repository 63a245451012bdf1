//! `annalist status`: what an archive holds, and whether it is sound.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::Args;

use crate::archive::{ArchiveArguments, FormArguments, print_changes};

/// Prints what an archive holds, counted
///
/// Example: annalist status --check
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Also reads every page, holds reports, readings, decisions and the log against their hashes, and makes events anew to
    /// compare them
    ///
    /// Says whether what came in is hurt, or only what follows from it. Free pages, the space between rows and counters
    /// that nothing rests on are not looked at.
    #[arg(long)]
    check: bool,
    /// Makes events, postures and talks anew from the stored claims, and prints what is different
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    rebuild: bool,
    #[command(flatten)]
    form: FormArguments,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut archive = arguments.archive.open()?;
    if arguments.rebuild {
        print_changes(&archive.rebuild()?, false)?;
    }
    if arguments.check {
        archive.check()?;
    }
    let summary = archive.summary()?;
    arguments.form.print(std::slice::from_ref(&summary), || summary.to_text())?;
    if arguments.check && !arguments.form.json && !arguments.form.csv {
        writeln!(stdout().lock(), "checked: every page, row, hash and index is as it was written")?;
    }
    Ok(ExitCode::SUCCESS)
}
