//! *Which reports do these arguments name?*

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::input::{self, Failure, Outcome};
use annalist::plain;
use serde::Serialize;

/// Every report of the named files in order; `-`, or no name at all, is standard input.
pub fn outcomes(paths: &[PathBuf]) -> Box<dyn Iterator<Item = Outcome> + '_> {
    if paths.is_empty() {
        return open(Path::new("-"));
    }
    Box::new(paths.iter().flat_map(|path| open(path)))
}

fn open(path: &Path) -> Box<dyn Iterator<Item = Outcome>> {
    let name = path.display().to_string();
    let reader: Box<dyn BufRead> = if name == "-" {
        Box::new(BufReader::new(stdin()))
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => {
                let failure = Failure { place: name, id: None, problem: error.to_string() };
                return Box::new([Err(failure)].into_iter());
            }
        }
    };
    input::reports(&name, reader)
}

/// Says what went wrong where data do not go; a closed standard error is no reason to stop.
pub fn complain(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "annalist: {}", plain::line(message));
}

/// Writes one row of JSON lines.
///
/// # Errors
/// If the output cannot be written; a closed pipe keeps its kind, so that the program can end quietly.
pub fn write_row(output: &mut impl Write, row: &impl Serialize) -> anyhow::Result<()> {
    Ok(writeln!(output, "{}", plain::json(row)?)?)
}

/// 0 if all went well, 1 if some input failed.
pub fn exit_code(failed: bool) -> ExitCode {
    ExitCode::from(u8::from(failed))
}

/// Columns of the terminal, as the shell tells it; 100 where nobody does.
pub fn terminal_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100)
}

/// Whether to print headings bold: on a terminal, unless the reader wants none (<https://no-color.org>).
pub fn colour() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
