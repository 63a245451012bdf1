//! *How do the commands that need whole readings get them?* Options shared by `read`, `brief` and `explain`.

use std::path::PathBuf;

use annalist::input::Failure;
use annalist::schema::{Reading, Report};
use annalist::{Options, Reader, Tier};
use clap::Args;

use crate::files;

/// What to read, and how.
#[derive(Args)]
pub struct ReadingArguments {
    /// Text files (one report each) or JSONL files (one a line); `-` or nothing reads standard input
    pub files: Vec<PathBuf>,
    /// Reads with the fast tier: about fifteen times faster, less exact
    #[arg(long)]
    pub fast: bool,
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

    /// Reads every report and hands on each outcome in order; returns whether any failed.
    /// Memory holds one batch at a time.
    pub fn for_each(
        &self,
        mut take: impl FnMut(Result<(Report, Reading), Failure>) -> anyhow::Result<()>,
    ) -> anyhow::Result<bool> {
        let reader = self.reader()?;
        let mut outcomes = files::outcomes(&self.files);
        let mut failed = false;
        loop {
            let batch: Vec<_> = outcomes.by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return Ok(failed);
            }
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
                if let Err(failure) = &outcome {
                    failed = true;
                    files::complain(&failure.to_string());
                }
                take(outcome)?;
            }
        }
    }

    /// All that could be read, and whether any failed.
    pub fn collect(&self) -> anyhow::Result<(Vec<(Report, Reading)>, bool)> {
        let mut entries = Vec::new();
        let failed = self.for_each(|outcome| {
            entries.extend(outcome.ok());
            Ok(())
        })?;
        Ok((entries, failed))
    }
}
