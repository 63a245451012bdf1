//! The command `annalist`: reads reports, reconciles them, writes the briefing.

mod actor;
mod add;
mod archive;
mod brief;
mod changes;
mod explain;
mod files;
mod gazetteer;
mod query;
mod read;
mod reading;
mod reconcile;
mod relate;
mod shell;
mod status;
mod withdraw;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use annalist::query::Listing;
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
    Brief(brief::Arguments),
    Read(read::Arguments),
    Reconcile(reconcile::Arguments),
    Explain(explain::Arguments),
    Add(add::Arguments),
    Withdraw(withdraw::Arguments),
    Status(status::Arguments),
    Changes(changes::Arguments),
    /// Prints the events of an archive by day
    Timeline(query::Arguments),
    /// Prints on what the reports of an archive differ, with every value and its sentences
    Disputes(query::Arguments),
    /// Prints who has how many forces where, as stated
    Posture(query::Arguments),
    /// Prints the states that talks and agreements went through
    Process(query::Arguments),
    /// Prints who acts in an archive, under which names, how often
    Actors(query::Arguments),
    /// Prints who treats whom how, month by month, with the counts behind it
    Relations(query::Arguments),
    Search(query::SearchArguments),
    Actor(actor::Arguments),
    Relate(relate::Arguments),
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
        Command::Add(arguments) => add::run(arguments),
        Command::Withdraw(arguments) => withdraw::run(arguments),
        Command::Status(arguments) => status::run(arguments),
        Command::Changes(arguments) => changes::run(arguments),
        Command::Timeline(arguments) => query::list(arguments, Listing::Timeline),
        Command::Disputes(arguments) => query::list(arguments, Listing::Disputes),
        Command::Posture(arguments) => query::list(arguments, Listing::Posture),
        Command::Process(arguments) => query::list(arguments, Listing::Process),
        Command::Actors(arguments) => query::list_of_actors(arguments),
        Command::Relations(arguments) => query::list_of_relations(arguments),
        Command::Search(arguments) => query::search(arguments),
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
