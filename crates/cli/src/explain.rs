//! `annalist explain`: one claim with its sentence, its parse and the rule that coded it.

use std::io::{Write, stdout};
use std::process::ExitCode;

use annalist::explain::explain;
use annalist::rows;
use clap::Args;

use crate::files;
use crate::reading::ReadingArguments;

/// Shows for each claim the sentence, its parse, the rule that fired and the words behind every value
///
/// Example: annalist explain report.txt --claim c118
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reading: ReadingArguments,
    /// Id of one claim, as `annalist read` prints it
    #[arg(long, value_name = "ID")]
    claim: Option<String>,
    /// Prints rows of JSON with the words and their analysis instead
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
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
