//! `annalist relate`: sentences with two named parties in, what the first does to the second out.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

use annalist::relate::{self, Asked};
use annalist::{Options, Reader, Tier};
use clap::Args;

use crate::files;

/// Says what the first of two named parties does to the second in a sentence
///
/// Reads JSONL rows `{"id", "text", "actor", "recipient"}` and writes `{"id", "type", "mode", "score", "rule"}`.
/// Example: echo '{"id": 1, "text": "Peru accused Chile of spying.", "actor": "Peru", "recipient": "Chile"}' |
/// annalist relate
#[derive(Args)]
pub struct Arguments {
    /// `-` or nothing reads standard input
    #[arg(value_parser = ["-"])]
    input: Option<String>,
    /// Reads with the fast tier: several times faster, less exact
    #[arg(long)]
    fast: bool,
    /// Prints JSON rows, as it does without
    #[arg(long = "json")]
    _json: bool,
}

/// Rows answered together: enough to fill the encoder's batches, few enough to keep memory flat.
const BATCH: usize = 256;

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    files::tell_if_waiting(&[], "rows");
    let tier = if arguments.fast { Tier::Fast } else { Tier::Full };
    let reader = Reader::new(Options { tier, ..Options::default() })?;
    let mut output = BufWriter::new(stdout().lock());
    let failed = answer_rows(&reader, stdin().lock(), &mut output)?;
    output.flush()?;
    Ok(files::exit_code(failed))
}

/// Answers batch by batch; returns whether any row failed.
fn answer_rows(reader: &Reader, mut input: impl BufRead, output: &mut impl Write) -> anyhow::Result<bool> {
    let mut failed = false;
    let mut rows: Vec<Asked> = Vec::new();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let is_end = input.read_until(b'\n', &mut bytes)? == 0;
        if is_end || rows.len() == BATCH {
            write_answers(reader, &rows, output)?;
            rows.clear();
        }
        if is_end {
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match relate::parse_row(&String::from_utf8_lossy(&bytes)) {
            Ok(asked) => rows.push(asked),
            Err(problem) => {
                failed = true;
                files::complain(&format!("standard input, line {number}: {problem}"));
            }
        }
    }
    Ok(failed)
}

fn write_answers(reader: &Reader, rows: &[Asked], output: &mut impl Write) -> anyhow::Result<()> {
    for answer in relate::answer(reader, rows) {
        files::write_row(output, &answer)?;
    }
    Ok(())
}
