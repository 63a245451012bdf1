//! `annalist read`: reports in, claims out.

use std::io::{BufWriter, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use annalist::input::{Failure, Outcome};
use annalist::schema::Report;
use annalist::{Options, Reader, Tier, rows};
use clap::Args;

use crate::files;

/// Reads reports and prints what each states, one JSON row a report
#[derive(Args)]
pub struct Arguments {
    /// Text files (one report each) or JSONL files (one a line); `-` or nothing reads standard input
    files: Vec<PathBuf>,
    /// Also prints the words with their analysis
    #[arg(long)]
    tokens: bool,
    /// Reads with the fast tier: about fifteen times faster, less exact
    #[arg(long)]
    fast: bool,
}

/// Reports read together: enough to fill the encoder's batches, few enough to keep memory flat.
const BATCH: usize = 32;

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let tier = if arguments.fast { Tier::Fast } else { Tier::Full };
    let reader = Reader::new(Options { tier })?;
    let mut output = BufWriter::new(stdout().lock());
    let mut failed = false;
    let mut outcomes = files::outcomes(&arguments.files);
    loop {
        let batch: Vec<Outcome> = outcomes.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        failed |= write_batch(&reader, batch, arguments.tokens, &mut output)?;
    }
    output.flush()?;
    Ok(ExitCode::from(u8::from(failed)))
}

/// Writes one row for each outcome in order; returns whether any failed.
fn write_batch(
    reader: &Reader,
    batch: Vec<Outcome>,
    with_tokens: bool,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut reports: Vec<Report> = Vec::new();
    let order: Vec<Result<(), Failure>> =
        batch.into_iter().map(|outcome| outcome.map(|report| reports.push(report))).collect();
    let readings = reader.read(&reports);
    let mut rows =
        reports.iter().zip(readings).map(|(report, reading)| rows::reading_row(report, reading, with_tokens));
    let mut failed = false;
    for outcome in order {
        let row = match outcome {
            Ok(()) => rows.next().unwrap_or_default(),
            Err(failure) => {
                failed = true;
                files::complain(&failure.to_string());
                rows::failure_row(&failure)
            }
        };
        serde_json::to_writer(&mut *output, &row).map_err(std::io::Error::from)?;
        output.write_all(b"\n")?;
    }
    Ok(failed)
}
