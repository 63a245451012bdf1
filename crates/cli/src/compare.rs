//! `annalist compare`: a table that others coded beside the events of an archive.

use std::path::PathBuf;
use std::process::ExitCode;

use annalist::exchange::{Account, compare};
use anyhow::Context;
use clap::Args;

use crate::archive::{ArchiveArguments, FormArguments};
use crate::files;
use crate::query::FilterArguments;

/// Sets a table that others coded beside the events of an archive
///
/// Says which of their rows our events match and why, which rows we lack, which events they lack, and where the numbers of killed
/// differ. Reads the layouts of GDELT 2.0, ACLED, UCDP and POLECAT, and that of `annalist export --format csv`. Examples:
/// annalist compare acled.csv · annalist compare gdelt.tsv --days 2015-04 --csv > compared.csv
#[derive(Args)]
pub struct Arguments {
    /// The table
    file: PathBuf,
    #[command(flatten)]
    archive: ArchiveArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    form: FormArguments,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = arguments.archive.open()?;
    let query = arguments.filter.query(|outlet| Ok(archive.reports_of_outlet(outlet)?))?;
    let as_of = arguments.filter.as_of;
    let account = Account::new(archive.select(&query, as_of)?, archive.pile(as_of)?);
    let name = arguments.file.display().to_string();
    let bytes = std::fs::read(&arguments.file).with_context(|| name.clone())?;
    let (mut theirs, failures) = compare::coded(&name, &bytes);
    failures.iter().for_each(|failure| files::complain(&failure.to_string()));
    // What lies outside the days that are asked for is no gap of ours.
    let is_asked =
        |days: annalist::schema::DayInterval| query.days.is_none_or(|wanted| days.overlaps(&wanted));
    theirs.retain(|row| row.days.is_some_and(is_asked));
    let compared = compare::compare(&theirs, &account);
    arguments.form.print(&compared, || compare::text(&compared))?;
    Ok(files::exit_code(!failures.is_empty()))
}
