//! `annalist explain`: one claim with its sentence, its parse and the rule that coded it; one event with every value.

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::archive::Archive;
use annalist::explain::explain;
use annalist::rows;
use clap::Args;

use crate::archive::ArchiveArguments;
use crate::files;
use crate::reading::ReadingArguments;

/// Shows for each claim the sentence, its parse, the rule that fired and the words behind every value
///
/// An argument that is no file is the id of an event, or of a claim as `REPORT/CLAIM`, in the archive: the event is shown
/// with every attribute, every value and the sentences that state it. Examples: annalist explain report.txt --claim c118 ·
/// annalist explain herald/c1
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Id of one claim, as `annalist read` prints it
    #[arg(long, value_name = "ID")]
    claim: Option<String>,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Prints rows of JSON with the words and their analysis instead
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let is_id = |name: &&PathBuf| *name != Path::new("-") && !name.exists();
    let ids: Vec<_> = arguments.reading.files.iter().filter(is_id).collect();
    if ids.is_empty() {
        return claims(arguments);
    }
    let names = ids.iter().map(|id| format!("`{}`", id.display())).collect::<Vec<_>>().join(", ");
    let archive = &arguments.archive.archive;
    if !archive.exists() {
        let archive = archive.display();
        anyhow::bail!(
            "expected files, or ids of events or claims and an archive that holds them, found no file {names} and no \
             archive {archive}; `annalist add FILES… --archive {archive}` makes one"
        );
    }
    if ids.len() < arguments.reading.files.len() || arguments.claim.is_some() {
        anyhow::bail!("expected either files or ids of an archive, found both: {names} is no file");
    }
    let archive = arguments.archive.open()?;
    ids.iter().try_for_each(|id| event(arguments, &archive, &id.to_string_lossy()))?;
    Ok(ExitCode::SUCCESS)
}

/// Explains claims of reports.
fn claims(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let wanted = arguments.claim.as_deref();
    let mut output = stdout().lock();
    let mut n_explained = 0;
    let failed = arguments.reading.for_each(|outcome| {
        let Ok((report, mut reading)) = outcome else { return Ok(()) };
        reading.claims.retain(|claim| wanted.is_none_or(|id| claim.id == id));
        n_explained += reading.claims.len();
        if arguments.json {
            return files::write_row(&mut output, &rows::reading_row(&report, reading, true));
        }
        Ok(output.write_all(explain(&report, &reading).as_bytes())?)
    })?;
    let missing = wanted.filter(|_| n_explained == 0);
    if let Some(id) = missing {
        files::complain(&format!("no claim has the id `{id}`; `annalist read` prints the ids"));
    }
    Ok(files::exit_code(failed || missing.is_some()))
}

/// Explains an event of an archive.
fn event(arguments: &Arguments, archive: &Archive, id: &str) -> anyhow::Result<()> {
    let answer = archive.explain(id)?;
    let mut output = stdout().lock();
    if arguments.json {
        let entries = answer.timeline();
        return entries.iter().try_for_each(|entry| files::write_row(&mut output, entry));
    }
    let text = answer.explanation(&archive.decisions()?, files::terminal_width(), files::colour());
    Ok(output.write_all(text.as_bytes())?)
}
