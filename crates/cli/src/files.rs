//! *What do all commands do with files, terminals and complaints?*

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write, stderr, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annalist::plain;
use anyhow::Context;
use serde::Serialize;

use crate::progress;

/// Opens a file of rows; `-` is standard input.
pub fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(stdin())));
    }
    Ok(Box::new(BufReader::new(File::open(path).with_context(|| path.display().to_string())?)))
}

/// Tells a person at a terminal why nothing happens, where what is to be read must still be typed.
pub fn tell_if_waiting(paths: &[PathBuf], what: &str) {
    let is_asked = paths.is_empty() || paths.iter().any(|path| path == Path::new("-"));
    if is_asked && stdin().is_terminal() {
        complain(&format!("reading {what} from standard input, up to {END_OF_INPUT}; or name files"));
    }
}

const END_OF_INPUT: &str = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };

/// Says what went wrong where data do not go; a closed standard error is no reason to stop.
pub fn complain(message: &str) {
    let _ = writeln!(stderr().lock(), "{}annalist: {}", progress::erased(), plain::line(message));
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

/// Columns of the page that is written.
pub fn terminal_width() -> usize {
    let of_terminal = terminal_size::terminal_size_of(stdout()).map(|(width, _)| usize::from(width.0));
    width(of_terminal, std::env::var("COLUMNS").ok().as_deref())
}

/// Those of the terminal; else what the shell says; 100 where nobody does.
fn width(of_terminal: Option<usize>, of_shell: Option<&str>) -> usize {
    let told = of_terminal.filter(|width| *width > 0);
    told.or_else(|| of_shell.and_then(|columns| columns.parse().ok())).unwrap_or(100)
}

/// Whether to print headings bold: on a terminal, unless the reader wants none (<https://no-color.org>).
pub fn colour() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_of_a_terminal_counts_more_than_what_the_shell_says() {
        assert_eq!(width(Some(80), Some("120")), 80);
        assert_eq!(width(None, Some("120")), 120);
        assert_eq!(width(Some(0), Some("wide")), 100);
        assert_eq!(width(None, None), 100);
    }
}
