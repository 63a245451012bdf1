//! `annalist mcp`: an archive for chatbots.

use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;

use annalist::mcp::{Desk, answer};
use annalist::{Options, Reader, Tier, plain};
use clap::Args;

use crate::archive::ArchiveArguments;

/// Answers chatbots about an archive (Model Context Protocol, over standard input and output)
///
/// Eight tools that only read: situation_overview, search_events, get_event, get_figures, get_process, compare_reports,
/// what_changed, check_claim. Name this command to your chatbot's program as a server. Example: annalist mcp --archive cauca.db
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Reads the sentences of check_claim with the full tier, as the reports were read without `--fast`
    #[arg(long)]
    full: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let archive = arguments.archive.open()?;
    let tier = if arguments.full { Tier::Full } else { Tier::Fast };
    let reader = Reader::new(Options { tier, ..Options::default() })?;
    let desk = Desk { archive: &archive, reader: &reader };
    let mut output = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        if let Some(message) = answer(&desk, &line) {
            writeln!(output, "{}", plain::json(&message)?)?;
            output.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
