//! `annalist brief`: reports in, briefing out.

use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use annalist::briefing::Briefing;
use annalist::pile::Pile;
use annalist::{plain, reconcile};
use clap::{Args, ValueEnum};

use crate::archive::ArchiveArguments;
use crate::files;
use crate::reading::ReadingArguments;

/// Reads reports and prints one reconciled account of them, every line cited to its sentences
///
/// `[2:14]` is sentence 14 of report 2. With an archive, the account is of all that it holds and of what an analyst decided.
/// Examples: annalist brief reports/*.txt --format html > briefing.html · annalist brief --archive annals.db
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Writes the briefing of this archive instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "fast"])]
    archive: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The same as `--format json`
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// One page that needs nothing from elsewhere
    Html,
    /// Every cell with its citations, for programs
    Json,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(path) = &arguments.archive {
        write(arguments, &ArchiveArguments::at(path).open()?.briefing()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (entries, failed) = arguments.reading.collect()?;
    if entries.is_empty() {
        files::complain("no report was read, so there is nothing to write a briefing of");
        return Ok(files::exit_code(true));
    }
    let readings: Vec<_> = entries.iter().map(|(_, reading)| reading.clone()).collect();
    write(arguments, &Briefing::new(&reconcile(&readings), &Pile::new(entries)))?;
    Ok(files::exit_code(failed))
}

fn write(arguments: &Arguments, briefing: &Briefing) -> anyhow::Result<()> {
    let format = if arguments.json { Format::Json } else { arguments.format };
    let text = match format {
        Format::Text => briefing.to_text(files::terminal_width(), files::colour()),
        Format::Md => briefing.to_markdown(),
        Format::Html => briefing.to_html(),
        Format::Json => plain::json_pretty(briefing)? + "\n",
    };
    Ok(stdout().lock().write_all(text.as_bytes())?)
}
