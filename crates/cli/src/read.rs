//! `annalist read`: reports in, claims out.

use std::io::{BufWriter, Write, stdout};
use std::process::ExitCode;

use annalist::explain::when_where;
use annalist::rows;
use clap::Args;

use crate::files;
use crate::reading::ReadingArguments;

/// Reads reports and prints what each states, one JSON row a report
///
/// Example: annalist read reports/*.txt | annalist reconcile
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Also prints the words with their analysis
    #[arg(long)]
    tokens: bool,
    /// Prints for each time and place, in words, the sentence, the rule, the anchor and the alternatives instead
    #[arg(long, conflicts_with = "tokens")]
    explain: bool,
    /// Prints JSON rows, as it does without
    #[arg(long = "json", conflicts_with = "explain")]
    _json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(stdout().lock());
    let failed = arguments.reading.for_each(|outcome| {
        if arguments.explain {
            let explained = outcome.map_or(String::new(), |(report, reading)| when_where(&report, &reading));
            return Ok(output.write_all(explained.as_bytes())?);
        }
        let row = match outcome {
            Ok((report, reading)) => rows::reading_row(&report, reading, arguments.tokens),
            Err(failure) => rows::failure_row(&failure),
        };
        files::write_row(&mut output, &row)
    })?;
    output.flush()?;
    Ok(files::exit_code(failed))
}
