//! *How do the commands that need whole readings get them?* Options shared by `read`, `brief` and `explain`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use annalist::input::{Columns, Failure, Inputs, Outcome};
use annalist::schema::{NoteKind, Reading, Report};
use annalist::{Options, Reader, Tier};
use clap::Args;
use jiff::ToSpan;

use crate::files;
use crate::progress::Progress;

/// What to read, and how.
#[derive(Args)]
pub struct ReadingArguments {
    /// Texts, web pages, mails, Word documents (one report each); JSON, tables, feeds, mailboxes, web archives, exports of
    /// Telegram (any number); gzip, zstd, zip and folders of all that; `-` or nothing reads standard input. Reports are read in
    /// English
    pub files: Vec<PathBuf>,
    /// Says which column of a table is which field, such as `text=Full Text`; fields: id, text, published, title, outlet, url,
    /// lang
    #[arg(long = "column", value_name = "FIELD=COLUMN", value_parser = column)]
    columns: Vec<String>,
    /// Reads with the fast tier: from half as fast again for a few reports to nine times as fast for thousands; who,
    /// where and how many less exactly
    #[arg(long)]
    pub fast: bool,
}

fn column(text: &str) -> Result<String, String> {
    Columns::new([text.to_owned()]).map(|_| text.to_owned())
}

/// Reports read together: enough to fill the encoder's batches, few enough to keep memory flat.
pub const BATCH: usize = 32;

/// A report with its reading; one that the reader failed at is an input that failed, like a file that is none.
pub fn whole((report, reading): (Report, Reading)) -> Result<(Report, Reading), Failure> {
    match reading.error {
        Some(problem) => Err(Failure { place: report.id.clone(), id: Some(report.id), problem }),
        None => Ok((report, reading)),
    }
}

impl ReadingArguments {
    /// What reads.
    pub fn reader(&self) -> anyhow::Result<Reader> {
        let tier = if self.fast { Tier::Fast } else { Tier::Full };
        Ok(Reader::new(Options { tier, ..Options::default() })?)
    }

    /// Its name and version: readings of two readers may differ.
    pub fn reader_name(&self) -> String {
        format!("annalist {} {}", env!("CARGO_PKG_VERSION"), if self.fast { "fast" } else { "full" })
    }

    /// What is to be read.
    pub fn inputs(&self) -> Inputs {
        self.inputs_of(&self.files)
    }

    /// Some of it.
    pub fn inputs_of(&self, files: &[PathBuf]) -> Inputs {
        files::tell_if_waiting(files, "reports");
        let columns = Columns::new(self.columns.iter().cloned()).unwrap_or_default();
        Inputs::with_columns(files, &columns)
    }

    /// Reads every report and hands on each outcome in order; returns whether any failed.
    /// Memory holds one batch at a time.
    pub fn for_each(
        &self,
        take: impl FnMut(Result<(Report, Reading), Failure>) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        self.read(self.inputs(), None, take)
    }

    fn read(
        &self,
        mut inputs: Inputs,
        mut progress: Option<Progress>,
        mut take: impl FnMut(Result<(Report, Reading), Failure>) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        let reader = self.reader()?;
        let mut remarks = Remarks::default();
        let mut failed = false;
        loop {
            let batch = next_batch(&mut inputs);
            if batch.is_empty() {
                remarks.close();
                return Ok(failed);
            }
            let n_outcomes = batch.len();
            let mut reports = Vec::new();
            let order: Vec<_> =
                batch.into_iter().map(|outcome| outcome.map(|report| reports.push(report))).collect();
            let readings = reader.read(&reports);
            let mut read = reports.into_iter().zip(readings).map(whole);
            for outcome in order {
                let outcome = match outcome {
                    Ok(()) => read.next(),
                    Err(failure) => Some(Err(failure)),
                };
                let Some(outcome) = outcome else { break };
                match &outcome {
                    Ok((report, reading)) => remarks.take(report, reading),
                    Err(failure) => {
                        failed = true;
                        files::complain(&failure.to_string());
                    }
                }
                take(outcome)?;
            }
            progress.iter_mut().for_each(|progress| progress.add(n_outcomes));
        }
    }

    /// The same, with the progress on a terminal.
    pub fn for_each_with_progress(
        &self,
        take: impl FnMut(Result<(Report, Reading), Failure>) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        let inputs = self.inputs();
        let progress = Progress::new(inputs.n_outcomes());
        self.read(inputs, Some(progress), take)
    }
}

/// The next reports to be read together; none at the end.
pub fn next_batch(inputs: &mut Inputs) -> Vec<Outcome> {
    let batch: Vec<_> = inputs.by_ref().take(BATCH).collect();
    inputs.take_remarks().iter().for_each(|remark| files::complain(remark));
    batch
}

/// Says on standard error what concerns whole reports, for whoever does not look at their notes: a few of each kind, and
/// how many more there are.
#[derive(Default)]
pub struct Remarks {
    n_by_kind: BTreeMap<NoteKind, usize>,
}

/// Kinds of note on whole reports that make what is read of them doubtful.
const GRAVE: [NoteKind; 3] = [NoteKind::SharedId, NoteKind::GuessedEncoding, NoteKind::UnsupportedLanguage];

/// So many of a kind are told one by one.
const N_TOLD: usize = 3;

impl Remarks {
    /// Tells of one report.
    pub fn take(&mut self, report: &Report, reading: &Reading) {
        for note in reading.notes.iter().filter(|note| GRAVE.contains(&note.kind)) {
            self.tell(note.kind, &report.id, &note.message);
        }
        if let Some(message) = after_today(report) {
            self.tell(NoteKind::InconsistentDate, &report.id, &message);
        }
    }

    fn tell(&mut self, kind: NoteKind, id: &str, message: &str) {
        let n = self.n_by_kind.entry(kind).or_default();
        *n += 1;
        if *n <= N_TOLD {
            files::complain(&format!("report `{id}`: {message}"));
        }
    }

    /// Tells how many were not told.
    pub fn close(&self) {
        for (kind, n) in self.n_by_kind.iter().filter(|(_, n)| **n > N_TOLD) {
            files::complain(&format!("{} more reports with the same remark ({kind})", n - N_TOLD));
        }
    }
}

/// A day of publication that is still to come. Only who has a clock can tell; readings do not depend on it.
fn after_today(report: &Report) -> Option<String> {
    // Somewhere it is tomorrow already.
    let tomorrow = jiff::Timestamp::try_from(std::time::SystemTime::now()).ok()?;
    let tomorrow = tomorrow.to_zoned(jiff::tz::TimeZone::UTC).date().checked_add(1.day()).ok()?;
    let published = report.published.filter(|days| days.earliest > tomorrow)?;
    Some(format!("`published` is {}, a day that is still to come; it was taken as it is", published.format()))
}
