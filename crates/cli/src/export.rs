//! `annalist export`: what an archive holds, or reports say, in the columns that other programs read.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write, stdout};
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use annalist::exchange::{Account, Export, FORMATS, Format, LeftOut};
use annalist::pile::Pile;
use annalist::query::Query;
use annalist::reconcile;
use annalist::schema::{Reading, Report};
use anyhow::Context;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::archive::ArchiveArguments;
use crate::files;
use crate::query::FilterArguments;
use crate::reading::ReadingArguments;

/// Writes what an archive holds, or what reports say, in the columns that other programs read
///
/// Without files, the archive is written. Events that a format has no place for are left out, and it is said how many and why.
/// Examples: annalist export --format csv > events.csv · annalist export --format gdelt-mentions --days 2015-04 ·
/// annalist export reports/*.txt --format datapackage --to annals
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// What to write it as
    #[arg(long, value_name = "NAME", value_parser = format())]
    format: &'static Format,
    /// Writes to this file, or into this folder, which must not be there yet; formats of several files need a folder
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
    #[command(flatten)]
    filter: FilterArguments,
}

fn format() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.title));
    PossibleValuesParser::new(values)
        .try_map(|name| Format::of(&name).ok_or_else(|| format!("`{name}` is no format")))
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let format = arguments.format;
    if format.is_folder() && arguments.to.is_none() {
        return Err(usage(&format!(
            "`{}` is several files: name a folder for them with --to\n",
            format.name
        )));
    }
    let (export, failed) = match arguments.reading.files.is_empty() {
        true => (of_archive(arguments)?, false),
        false => of_reports(arguments)?,
    };
    let left_out = match (&arguments.to, format.is_folder()) {
        (Some(folder), true) => write_folder(format, &export, folder)?,
        (Some(path), false) => {
            let file = std::fs::File::create_new(path).with_context(|| path.display().to_string())?;
            write(format, &export, file)?
        }
        (None, _) => write(format, &export, stdout().lock())?,
    };
    for (why, n) in left_out {
        files::complain(&format!("{n} event{} left out: {why}", if n == 1 { "" } else { "s" }));
    }
    Ok(files::exit_code(failed))
}

fn usage(problem: &str) -> anyhow::Error {
    clap::Error::raw(clap::error::ErrorKind::MissingRequiredArgument, problem).into()
}

fn write(format: &Format, export: &Export, out: impl Write) -> anyhow::Result<LeftOut> {
    let mut out = BufWriter::new(out);
    let left_out = format.write(export, &mut out)?;
    out.flush()?;
    Ok(left_out)
}

fn write_folder(format: &Format, export: &Export, folder: &Path) -> anyhow::Result<LeftOut> {
    let name = || folder.display().to_string();
    // Nobody's files are written over, and none of an earlier export is left among these.
    std::fs::create_dir(folder).with_context(name)?;
    let put = &mut |path: &str, bytes: &[u8]| {
        let path = Path::new(path);
        // Names are made of what reports say.
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(std::io::Error::other(format!(
                "a name that leads out of the folder: {}",
                path.display()
            )));
        }
        let path = folder.join(path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, bytes)
    };
    format.write_folder(export, put).with_context(name)
}

fn of_archive(arguments: &Arguments) -> anyhow::Result<Export> {
    let archive = arguments.archive.open()?;
    let query = arguments.filter.query(|outlet| Ok(archive.reports_of_outlet(outlet)?))?;
    let as_of = arguments.filter.as_of;
    Ok(Export {
        account: Account::new(archive.select(&query, as_of)?, archive.pile(as_of)?),
        readers: archive.readers()?,
        decisions: archive.counting()?,
    })
}

fn of_reports(arguments: &Arguments) -> anyhow::Result<(Export, bool)> {
    let mut entries: Vec<(Report, Reading)> = Vec::new();
    let failed = arguments.reading.for_each_with_progress(|outcome| {
        entries.extend(outcome.ok());
        Ok(())
    })?;
    let reader = arguments.reading.reader_name();
    let query: Query =
        arguments.filter.query(|outlet| Ok(annalist::query::reports_of_outlet(&entries, outlet)))?;
    if let Some(day) = arguments.filter.as_of {
        let is_known = |(_, reading): &(Report, Reading)| {
            reading.report.published.as_ref().is_some_and(|published| published.value.latest <= day)
        };
        entries.retain(is_known);
    }
    let pile = Pile::new(entries);
    let readings: Vec<_> = pile.entries().iter().map(|(_, reading)| reading.clone()).collect();
    let readers: BTreeMap<_, _> =
        pile.entries().iter().map(|(report, _)| (report.id.clone(), reader.clone())).collect();
    let account = Account::new(query.select(reconcile(&readings)), pile);
    Ok((Export { account, readers, decisions: Vec::new() }, failed))
}
