//! `annalist add`: reports into the archive, and what they changed.

use std::io::{Write, stdout};
use std::process::ExitCode;

use annalist::Reader;
use annalist::archive::{Error, Standing};
use annalist::input::Outcome;
use annalist::plain;
use annalist::schema::{NoteKind, Reading, Report};
use clap::Args;
use serde_json::json;

use crate::archive::{ArchiveArguments, print_changes};
use crate::files;
use crate::growing::Growing;
use crate::progress::{self, Progress};
use crate::reading::{ReadingArguments, Remarks, next_batch, whole};

/// Reads reports into an archive and prints what they changed
///
/// A report that the archive holds already changes nothing. A report whose name is printed as added is on the disk and
/// stays there, whatever happens afterwards. Stopped by Ctrl-C, the command says how many are there, and the same command goes
/// on from there (exit code 130, or 143 when told to terminate). Example: annalist add reports/*.txt --archive cauca.db
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Prints one JSON object a line: each report added, then each change
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut archive = Growing::open(&arguments.archive)?;
    archive.refresh()?;
    let reader = arguments.reading.reader()?;
    let mut inputs = arguments.reading.inputs();
    let mut progress = Progress::new(inputs.n_outcomes());
    let mut remarks = Remarks::default();
    let mut tally = Tally::default();
    loop {
        let batch = next_batch(&mut inputs);
        if batch.is_empty() {
            break;
        }
        let n_outcomes = batch.len();
        let new = news(&archive, batch, &mut tally)?;
        let entries = read(&reader, new, &mut tally);
        entries.iter().for_each(|(report, reading)| remarks.take(report, reading));
        let n_added = store(&mut archive, &entries, arguments)?;
        tally.n_added += n_added;
        // Another process may have been faster.
        tally.n_kept += entries.len() - n_added;
        progress.add(n_outcomes);
    }
    drop(progress);
    remarks.close();
    let changes = archive.refresh()?;
    if !arguments.json {
        let Tally { n_added, n_kept, n_failed } = tally;
        let failed = if n_failed == 0 { String::new() } else { format!(", {n_failed} failed") };
        writeln!(stdout().lock(), "{n_added} added, {n_kept} there already{failed}\n")?;
    }
    print_changes(&changes, arguments.json)?;
    Ok(files::exit_code(tally.n_failed > 0))
}

#[derive(Default)]
struct Tally {
    n_added: usize,
    n_kept: usize,
    n_failed: usize,
}

/// The reports that the archive does not hold yet. One that cannot be read, or whose id is taken, is named and left out.
fn news(archive: &Growing<'_>, batch: Vec<Outcome>, tally: &mut Tally) -> anyhow::Result<Vec<Report>> {
    let mut new: Vec<Report> = Vec::new();
    for outcome in batch {
        let report = match outcome {
            Ok(report) => report,
            Err(failure) => {
                files::complain(&failure.to_string());
                tally.n_failed += 1;
                continue;
            }
        };
        if let Some(note) = report.notes.iter().find(|note| note.kind == NoteKind::SharedId) {
            files::complain(&format!("{}; it was not added, for an id in an archive stays", note.message));
            tally.n_failed += 1;
            continue;
        }
        let beside = new.iter().find(|other| other.id == report.id);
        let standing = beside.map(|other| Standing::between(other, &report));
        match standing.map_or_else(|| archive.standing(&report), Ok)? {
            Standing::New => new.push(report),
            Standing::Kept => tally.n_kept += 1,
            Standing::Other { kept, given } => {
                files::complain(&Error::OtherReport { id: report.id, kept, given }.to_string());
                tally.n_failed += 1;
            }
        }
    }
    Ok(new)
}

/// Reports with their readings. One that the reader fails at is named and left out, to be added when it can be read.
fn read(reader: &Reader, new: Vec<Report>, tally: &mut Tally) -> Vec<(Report, Reading)> {
    let readings = reader.read(&new);
    let mut entries = Vec::with_capacity(new.len());
    for outcome in new.into_iter().zip(readings).map(whole) {
        match outcome {
            Ok(entry) => entries.push(entry),
            Err(failure) => {
                files::complain(&failure.to_string());
                tally.n_failed += 1;
            }
        }
    }
    entries
}

/// Stores reports in one transaction, and says so once they are on the disk.
fn store(
    archive: &mut Growing<'_>,
    entries: &[(Report, Reading)],
    arguments: &Arguments,
) -> anyhow::Result<usize> {
    archive.add(entries, &arguments.reading.reader_name(), |added| tell(added, arguments.json))
}

fn tell(added: &[String], json: bool) -> anyhow::Result<()> {
    let mut out = String::new();
    for id in added {
        let line = match json {
            true => plain::json(&json!({"kind": "added", "id": id}))?,
            false => format!("added {}", plain::line(id)),
        };
        out.push_str(&line);
        out.push('\n');
    }
    progress::erase();
    let mut output = stdout().lock();
    output.write_all(out.as_bytes())?;
    Ok(output.flush()?)
}
