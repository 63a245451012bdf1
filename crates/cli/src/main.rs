//! The command `annalist`: reads reports, reconciles them, writes the briefing.

mod actor;
mod brief;
mod explain;
mod files;
mod gazetteer;
mod read;
mod reading;
mod reconcile;
mod relate;
mod shell;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{CommandFactory, Parser, Subcommand};

/// Reads a pile of news reports and writes the annals: who did what to whom, when, where, how many, according to whom.
///
/// Exit codes: 0 done, 1 some input failed (each named on standard error), 2 usage.
#[derive(Parser)]
#[command(name = "annalist", version, long_version = LONG_VERSION.as_str(), max_term_width = 100)]
struct Cli {
    /// Looks places up in a file that `annalist gazetteer build` wrote, not in the gazetteer inside the program
    #[arg(long, global = true, value_name = "FILE", env = "ANNALIST_GAZETTEER")]
    gazetteer: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// What `--version` says: whose data travel inside is part of it.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    format!("{}\n\n{}", env!("CARGO_PKG_VERSION"), annalist::gazetteer::ATTRIBUTION.trim_end())
});

#[derive(Subcommand)]
enum Command {
    Actor(actor::Arguments),
    Brief(brief::Arguments),
    Read(read::Arguments),
    Reconcile(reconcile::Arguments),
    Relate(relate::Arguments),
    Explain(explain::Arguments),
    Gazetteer(gazetteer::Arguments),
    Completions(shell::CompletionArguments),
    /// Prints the manual page
    Man,
}

fn main() -> ExitCode {
    let outcome = run(&Cli::parse());
    match outcome {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            files::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    // One that is being built needs no other.
    let file = cli.gazetteer.as_ref().filter(|_| !matches!(cli.command, Command::Gazetteer(_)));
    file.map(|file| annalist::gazetteer::install(file)).transpose()?;
    match &cli.command {
        Command::Actor(arguments) => actor::run(arguments),
        Command::Brief(arguments) => brief::run(arguments),
        Command::Read(arguments) => read::run(arguments),
        Command::Reconcile(arguments) => reconcile::run(arguments),
        Command::Relate(arguments) => relate::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Completions(arguments) => shell::completions(arguments, Cli::command()),
        Command::Gazetteer(arguments) => gazetteer::run(arguments),
        Command::Man => shell::man(Cli::command()),
    }
}

/// `annalist read … | head` ends quietly.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io_kind = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind)
    };
    error.chain().any(|cause| io_kind(cause) == Some(std::io::ErrorKind::BrokenPipe))
}
