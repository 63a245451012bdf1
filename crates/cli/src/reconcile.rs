//! `annalist reconcile`: readings in, one situation out.

use std::io::{BufRead, BufWriter, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::schema::Reading;
use annalist::{Gist, reconcile_gists, rows};
use anyhow::Context;
use clap::Args;

use crate::files;

/// Reconciles the rows of `annalist read` into events with agreements and contradictions
///
/// Prints one JSON row an event, posture, process, copy or note. Example: annalist read reports/*.txt | annalist reconcile
#[derive(Args)]
pub struct Arguments {
    /// Files of rows that `annalist read` wrote; `-` or nothing reads standard input
    files: Vec<PathBuf>,
    /// Prints JSON rows, as it does without
    #[arg(long = "json")]
    _json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    files::tell_if_waiting(&arguments.files, "rows of `annalist read`");
    let mut gists = Vec::new();
    let mut failed = false;
    let standard_input = [PathBuf::from("-")];
    let files = if arguments.files.is_empty() { &standard_input[..] } else { &arguments.files };
    for path in files {
        if let Err(error) = load(path, &mut gists, &mut failed) {
            failed = true;
            files::complain(&format!("{error:#}"));
        }
    }
    let mut output = BufWriter::new(stdout().lock());
    let mut written = Ok(());
    let rest = reconcile_gists(gists, |event| {
        if written.is_ok() {
            written = files::write_row(&mut output, &rows::event_row(&event));
        }
    });
    written?;
    for row in rows::situation_rows(&rest) {
        files::write_row(&mut output, &row)?;
    }
    output.flush()?;
    Ok(files::exit_code(failed))
}

fn load(path: &Path, gists: &mut Vec<Gist>, failed: &mut bool) -> anyhow::Result<()> {
    let name = path.display().to_string();
    let reader = files::open(path)?;
    for (index, line) in reader.lines().enumerate() {
        let line = line.with_context(|| format!("{name}:{}", index + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Reading>(line.trim_start_matches('\u{feff}')) {
            Ok(reading) => gists.extend(Gist::new(reading)),
            Err(error) => {
                *failed = true;
                files::complain(&format!("{name}:{}: not a row of `annalist read`: {error}", index + 1));
            }
        }
    }
    Ok(())
}
