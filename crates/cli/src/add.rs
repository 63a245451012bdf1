//! `annalist add`: reports into the archive, and what they changed.

use std::fs::File;
use std::io::{BufReader, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::Reader;
use annalist::archive::{Change, Error, Standing};
use annalist::exchange::lossless::{self, Row};
use annalist::input::{Made, Outcome};
use annalist::plain;
use annalist::schema::{NoteKind, Reading, Report};
use anyhow::Context;
use clap::Args;
use serde_json::json;

use crate::archive::{ArchiveArguments, print_changes};
use crate::files;
use crate::growing::Growing;
use crate::progress::{self, Progress};
use crate::reading::{BATCH, ReadingArguments, Remarks, next_batch, whole};

/// Reads reports into an archive and prints what they changed
///
/// A report that the archive holds already changes nothing. What `annalist export --format jsonl` wrote comes in as it was read
/// there, with its decisions. A report whose name is printed as added is on the disk and
/// stays there, whatever happens afterwards. Stopped by Ctrl-C, the command says how many are there, and the same command goes
/// on from there (exit code 130, or 143 when told to terminate). Examples: annalist add
/// reports/*.txt --archive cauca.db · annalist add --dry-run saved-pages mails.mbox table.csv --column text=body
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Only prints what each file would become, one line a report: its id, what it was made of, its day of publication and what
    /// says so, its length, its title
    #[arg(long)]
    dry_run: bool,
    /// Prints one JSON object a line: each report added, then each change
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if arguments.dry_run {
        return look(arguments);
    }
    let mut archive = Growing::open(&arguments.archive)?;
    archive.refresh()?;
    let mut tally = Tally::default();
    let is_export = |path: &PathBuf| lossless::is_export(path);
    let (exports, files): (Vec<_>, Vec<_>) = arguments.reading.files.iter().cloned().partition(is_export);
    let mut changes = Vec::new();
    for path in &exports {
        changes.extend(take_in(&mut archive, path, arguments, &mut tally)?);
    }
    if exports.is_empty() || !files.is_empty() {
        read_all(&mut archive, &files, arguments, &mut tally)?;
    }
    changes.extend(archive.refresh()?);
    if !arguments.json {
        let Tally { n_added, n_kept, n_failed } = tally;
        let failed = if n_failed == 0 { String::new() } else { format!(", {n_failed} failed") };
        writeln!(stdout().lock(), "{n_added} added, {n_kept} there already{failed}\n")?;
    }
    print_changes(&changes, arguments.json)?;
    Ok(files::exit_code(tally.n_failed > 0))
}

/// Says what the files would become; nothing is read from the reports, and nothing is stored.
fn look(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut inputs = arguments.reading.inputs();
    let mut output = stdout().lock();
    let (mut n_reports, mut n_failed) = (0, 0);
    while let Some(outcome) = inputs.next() {
        inputs.take_remarks().iter().for_each(|remark| files::complain(remark));
        match outcome {
            Ok(report) => {
                n_reports += 1;
                writeln!(output, "{}", seen(&report, inputs.made(), arguments.json)?)?;
            }
            Err(failure) => {
                n_failed += 1;
                files::complain(&failure.to_string());
            }
        }
    }
    inputs.take_remarks().iter().for_each(|remark| files::complain(remark));
    if !arguments.json {
        let failed = if n_failed == 0 { String::new() } else { format!(", {n_failed} failed") };
        writeln!(output, "{n_reports} reports{failed}; nothing was added")?;
    }
    Ok(files::exit_code(n_failed > 0))
}

/// One report that would be added.
fn seen(report: &Report, made: &Made, json: bool) -> anyhow::Result<String> {
    let published = report.published.map(|days| days.format());
    let n_characters = report.text.chars().count();
    if json {
        return Ok(plain::json(&json!({
            "kind": "seen", "id": report.id, "format": made.format, "published": published, "published_by": made.dated_by,
            "title": report.title, "outlet": report.outlet, "url": report.url, "lang": report.lang,
            "n_characters": n_characters,
        }))?);
    }
    let day = match (published, &made.dated_by) {
        (Some(day), Some(by)) => format!("{day} by {by}"),
        (Some(day), None) => format!("{day} as given"),
        (None, _) => "no day given".to_owned(),
    };
    let title = report.title.as_deref().map(|title| format!(" · {title}")).unwrap_or_default();
    Ok(plain::line(&format!("{}: {} · {day} · {n_characters} characters{title}", report.id, made.format)))
}

/// Reads files and stores what is new.
fn read_all(
    archive: &mut Growing<'_>,
    files: &[PathBuf],
    arguments: &Arguments,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let reader = arguments.reading.reader()?;
    let mut inputs = arguments.reading.inputs_of(files);
    let mut progress = Progress::new(inputs.n_outcomes());
    let mut remarks = Remarks::default();
    loop {
        let batch = next_batch(&mut inputs);
        if batch.is_empty() {
            break;
        }
        let n_outcomes = batch.len();
        let new = news(archive, batch, tally)?;
        let entries = read(&reader, new, tally);
        entries.iter().for_each(|(report, reading)| remarks.take(report, reading));
        store(archive, &entries, &arguments.reading.reader_name(), arguments, tally)?;
        progress.add(n_outcomes);
    }
    drop(progress);
    remarks.close();
    Ok(())
}

/// Takes in what another archive gave out: its reports as they were read there, then its decisions.
fn take_in(
    archive: &mut Growing<'_>,
    path: &Path,
    arguments: &Arguments,
    tally: &mut Tally,
) -> anyhow::Result<Vec<Change>> {
    let name = path.display().to_string();
    let file = BufReader::new(File::open(path).with_context(|| name.clone())?);
    let (mut entries, mut reader, mut decisions) = (Vec::new(), String::new(), Vec::new());
    for row in lossless::rows(&name, file) {
        match row {
            Err(failure) => {
                files::complain(&failure.to_string());
                tally.n_failed += 1;
            }
            Ok(Row::Decision(decision)) => decisions.push(decision),
            Ok(Row::Report(entry, read_by)) => {
                if read_by != reader || entries.len() == BATCH {
                    store(archive, &std::mem::take(&mut entries), &reader, arguments, tally)?;
                    reader = read_by;
                }
                let (report, reading) = *entry;
                let kept = news(archive, vec![Ok(report)], tally)?;
                entries.extend(kept.into_iter().map(|report| (report, reading.clone())));
            }
        }
    }
    store(archive, &entries, &reader, arguments, tally)?;
    let mut changes = archive.refresh()?;
    changes.extend(archive.take_in(decisions)?);
    Ok(changes)
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
    reader: &str,
    arguments: &Arguments,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let n_added = archive.add(entries, reader, |added| tell(added, arguments.json))?;
    tally.n_added += n_added;
    // Another process may have been faster.
    tally.n_kept += entries.len() - n_added;
    Ok(())
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
