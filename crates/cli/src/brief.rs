//! `annalist brief`: reports in, briefing out.

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use annalist::briefing::{Briefing, Detail, PAGE_WORDS, Wish};
use annalist::gather::Gathering;
use annalist::plain;
use annalist::query::Query;
use annalist::schema::{DayInterval, EventType};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::archive::ArchiveArguments;
use crate::days::days;
use crate::files;
use crate::reading::ReadingArguments;

/// Reads reports and prints one page on them for a superior, every line cited to its sentences
///
/// `[2:14]` is sentence 14 of report 2; `--full` adds the annotated timeline, which quotes it. With an archive, the account is of
/// all that it holds and of what an analyst decided. Examples: annalist brief reports/*.txt · annalist brief reports/*.txt --full
/// --format html > briefing.html · annalist brief --archive annals.db --since yesterday
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Writes the briefing of this archive instead
    #[arg(long, value_name = "FILE", conflicts_with_all = ["files", "fast"])]
    archive: Option<PathBuf>,
    /// Adds the annotated timeline: an entry a happening with its sentences, background apart, the reports, what to doubt
    #[arg(long)]
    full: bool,
    /// How many words the first page may have
    #[arg(long, value_name = "N", default_value_t = PAGE_WORDS)]
    words: usize,
    /// Leaves codes out
    #[arg(long)]
    plain: bool,
    /// Only on this actor, this place or this PLOVER type: part of a name, or a code
    #[arg(long, value_name = "NAME|CODE|TYPE")]
    about: Option<String>,
    /// Only what happened on this day or later: `2024-02-11`, `2024-02`, `today`, `yesterday`
    #[arg(long, value_name = "DAY", value_parser = days)]
    from: Option<DayInterval>,
    /// Only what happened on this day or before
    #[arg(long, value_name = "DAY", value_parser = days)]
    to: Option<DayInterval>,
    /// Tells apart what is new: what reports of this day or later are the first to tell
    #[arg(long, value_name = "DAY", value_parser = days)]
    since: Option<DayInterval>,
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
        write(arguments, &ArchiveArguments::at(path).open()?.briefing(arguments.wish())?)?;
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
    write(arguments, &gathering.briefing(arguments.wish())?)?;
    Ok(files::exit_code(failed))
}

impl Arguments {
    fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    fn wish(&self) -> Wish {
        Wish {
            detail: self.detail(),
            full: self.full,
            words: self.words,
            plain: self.plain,
            since: self.since.map(|days| days.earliest),
            query: self.query(),
        }
    }

    /// What is asked for: a word that is a type is meant as one.
    fn query(&self) -> Query {
        let event_type: Option<EventType> =
            self.about.as_ref().and_then(|about| about.to_uppercase().parse().ok());
        let is_open = self.from.is_none() && self.to.is_none();
        let from = self.from.map_or(Date::MIN, |days| days.earliest);
        let to = self.to.map_or(Date::MAX, |days| days.latest);
        Query {
            days: (!is_open).then(|| DayInterval::new(from, to)),
            about: self.about.clone().filter(|_| event_type.is_none()),
            event_type,
            ..Query::default()
        }
    }

    /// What the format shows.
    fn detail(&self) -> Detail {
        match self.format() {
            Format::Text | Format::Md => Detail::Lines,
            // The marks of the page lead to the sentences beside it.
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
