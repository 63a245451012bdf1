//! The command `annalist`: reads reports, reconciles them, writes the briefing.

mod actor;
mod brief;
mod explain;
mod files;
mod read;
mod reading;
mod reconcile;
mod relate;
mod shell;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Reads a pile of news reports and writes the annals: who did what to whom, when, where, how many, according to whom.
///
/// Exit codes: 0 done, 1 some input failed (each named on standard error), 2 usage.
#[derive(Parser)]
#[command(name = "annalist", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Actor(actor::Arguments),
    Brief(brief::Arguments),
    Read(read::Arguments),
    Reconcile(reconcile::Arguments),
    Relate(relate::Arguments),
    Explain(explain::Arguments),
    Completions(shell::CompletionArguments),
    /// Prints the manual page
    Man,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Actor(arguments) => actor::run(&arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Reconcile(arguments) => reconcile::run(&arguments),
        Command::Relate(arguments) => relate::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Completions(arguments) => shell::completions(&arguments, Cli::command()),
        Command::Man => shell::man(Cli::command()),
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
