//! The command `annalist`: reads reports, reconciles them, writes the briefing.

mod files;
mod read;
mod reconcile;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads a pile of news reports and writes the annals: who did what to whom, when, where, how many, according to whom.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Arguments),
    Reconcile(reconcile::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Reconcile(arguments) => reconcile::run(&arguments),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            files::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

/// `annalist read … | head` ends quietly.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io_kind = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind)
    };
    error.chain().any(|cause| io_kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}
