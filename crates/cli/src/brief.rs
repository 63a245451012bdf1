//! `annalist brief`: reports in, briefing out.

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use annalist::briefing::{Briefing, Detail};
use annalist::gather::Gathering;
use annalist::plain;
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
        write(arguments, &ArchiveArguments::at(path).open()?.briefing(arguments.detail())?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut gathering = Gathering::new()?;
    let failed = arguments.reading.for_each_with_progress(|outcome| {
        Ok(outcome.map_or(Ok(()), |(report, reading)| gathering.take(&report, reading))?)
    })?;
    if gathering.is_empty() {
        files::complain("no report was read, so there is nothing to write a briefing of");
        return Ok(files::exit_code(true));
    }
    write(arguments, &gathering.briefing(arguments.detail())?)?;
    Ok(files::exit_code(failed))
}

impl Arguments {
    fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    /// What the format shows.
    fn detail(&self) -> Detail {
        match self.format() {
            Format::Text | Format::Md => Detail::Lines,
            Format::Html | Format::Json => Detail::Whole,
        }
    }
}

fn write(arguments: &Arguments, briefing: &Briefing) -> anyhow::Result<()> {
    let mut output = BufWriter::new(stdout().lock());
    match arguments.format() {
        Format::Text => {
            let text = briefing.to_text(files::terminal_width(), files::colour());
            output.write_all(text.as_bytes())?;
        }
        Format::Md => output.write_all(briefing.to_markdown().as_bytes())?,
        Format::Html => output.write_all(briefing.to_html().as_bytes())?,
        Format::Json => {
            plain::json_pretty(&mut output, briefing)?;
            writeln!(output)?;
        }
    }
    Ok(output.flush()?)
}
