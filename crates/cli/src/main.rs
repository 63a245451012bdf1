//! The command `annalist`: reads reports, reconciles them, writes the briefing.

mod actor;
mod add;
mod archive;
mod brief;
mod changes;
mod code;
mod compare;
mod days;
mod explain;
mod export;
mod files;
mod gazetteer;
mod growing;
mod hand;
mod mcp;
mod outlook;
mod progress;
mod query;
mod read;
mod reading;
mod reconcile;
mod relate;
mod serve;
mod shell;
mod status;
mod withdraw;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use annalist::plain;
use clap::{CommandFactory, Parser, Subcommand};

/// Reads a pile of news reports and writes the annals: who did what to whom, when, where, how many, according to whom.
///
/// Exit codes: 0 done, 1 some input failed (each named on standard error), 2 usage.
/// Example: annalist brief reports/*.txt
#[derive(Parser)]
#[command(name = "annalist", version, long_version = LONG_VERSION.as_str(), max_term_width = 100)]
struct Cli {
    /// Looks places up in a file that `annalist gazetteer build` wrote, not in the gazetteer inside the program
    #[arg(long, global = true, value_name = "FILE", env = "ANNALIST_GAZETTEER")]
    gazetteer: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

/// What `--version` says: whose work travels inside, and under which licences, is part of it.
static LONG_VERSION: LazyLock<String> = LazyLock::new(|| {
    format!("{}\n\n{}", env!("CARGO_PKG_VERSION"), include_str!("../../../NOTICE").trim_end())
});

#[derive(Subcommand)]
enum Command {
    Brief(brief::Arguments),
    Read(read::Arguments),
    Reconcile(reconcile::Arguments),
    Explain(explain::Arguments),
    #[command(visible_alias = "import")]
    Add(add::Arguments),
    Withdraw(withdraw::Arguments),
    Status(status::Arguments),
    Changes(changes::Arguments),
    /// Prints the events of an archive by day
    ///
    /// With `--figures`, one line a figure of them. Examples: annalist timeline --days 2015-04 --place Cauca --type assault ·
    /// annalist timeline --figures --csv > figures.csv
    Timeline(query::TimelineArguments),
    /// Prints on what the reports of an archive differ, with every value and its sentences
    ///
    /// Example: annalist disputes --verdict contradictory --csv > disputes.csv
    Disputes(query::Arguments),
    /// Prints who has how many forces where, as stated
    ///
    /// Example: annalist posture --actor COL --as-of 2015-04-16
    Posture(query::Arguments),
    /// Prints the states that talks and agreements went through
    ///
    /// Example: annalist process --days 2015-01..2015-06
    Process(query::Arguments),
    /// Prints who acts in an archive, under which names, how often
    ///
    /// Example: annalist actors --place Colombia --csv > actors.csv
    Actors(query::Arguments),
    /// Prints who treats whom how, month by month, with the counts behind it
    ///
    /// A line counts the events said to have happened of one pair in one month by their PLOVER type, then gives their
    /// intensity, lowest to highest, on PLOVER's scale from -10 (the worst conflict) through 0 to +10 (the closest
    /// cooperation). `--csv` and `--json` also give the sum, `total`; divided by `n_events` it is the mean. Who acts
    /// together does so to one another. Example: annalist relations --actor COL --days 2015
    Relations(query::Arguments),
    Search(query::SearchArguments),
    Export(export::Arguments),
    Compare(compare::Arguments),
    Mcp(mcp::Arguments),
    Split(hand::SplitArguments),
    Merge(hand::MergeArguments),
    Set(hand::SetArguments),
    Accept(hand::AcceptArguments),
    Reject(hand::RejectArguments),
    Undo(hand::UndoArguments),
    Decisions(hand::DecisionsArguments),
    Serve(serve::Arguments),
    Outlook(outlook::Arguments),
    Actor(actor::Arguments),
    Relate(relate::Arguments),
    Gazetteer(gazetteer::Arguments),
    Completions(shell::CompletionArguments),
    /// Prints the manual page
    ///
    /// Example: annalist man | man -l -
    Man,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match run(&cli) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<clap::Error>() {
            Some(error) => usage(error),
            None => {
                files::complain(&format!("{error:#}"));
                ExitCode::from(1)
            }
        },
    }
}

/// Help goes out as it is; what was wrong with a call names words of the caller's.
fn usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        let _ = std::io::stderr().lock().write_all(plain::text(&error.to_string()).as_bytes());
    } else if error.print().is_err() {
        return ExitCode::SUCCESS;
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    // One that is being built needs no other.
    let file = cli.gazetteer.as_ref().filter(|_| !matches!(cli.command, Command::Gazetteer(_)));
    file.map(|file| annalist::gazetteer::install(file)).transpose()?;
    // A reader checks what it reads with; what is asked without one, and what claims are compared by, is checked here.
    annalist::check_words().map_err(anyhow::Error::msg)?;
    match &cli.command {
        Command::Actor(arguments) => actor::run(arguments),
        Command::Brief(arguments) => brief::run(arguments),
        Command::Add(arguments) => add::run(arguments),
        Command::Withdraw(arguments) => withdraw::run(arguments),
        Command::Status(arguments) => status::run(arguments),
        Command::Changes(arguments) => changes::run(arguments),
        Command::Timeline(arguments) => query::timeline(arguments),
        Command::Disputes(arguments) => query::disputes(arguments),
        Command::Posture(arguments) => query::postures(arguments),
        Command::Process(arguments) => query::processes(arguments),
        Command::Actors(arguments) => query::list_of_actors(arguments),
        Command::Relations(arguments) => query::list_of_relations(arguments),
        Command::Search(arguments) => query::search(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Mcp(arguments) => mcp::run(arguments),
        Command::Split(arguments) => hand::split(arguments),
        Command::Merge(arguments) => hand::merge(arguments),
        Command::Set(arguments) => hand::set(arguments),
        Command::Accept(arguments) => hand::accept(arguments),
        Command::Reject(arguments) => hand::reject(arguments),
        Command::Undo(arguments) => hand::undo(arguments),
        Command::Decisions(arguments) => hand::list(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Outlook(arguments) => outlook::run(arguments),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What a command and those under it say of themselves before their usage, and all of their help, by name.
    fn helps(command: &mut clap::Command, above: &str) -> Vec<(String, String)> {
        let name = format!("{above}{}", command.get_name());
        let help = command.render_long_help().to_string();
        let own = (name.clone(), help.split_whitespace().collect::<Vec<_>>().join(" "));
        let under = command.get_subcommands_mut().filter(|one| one.get_name() != "help");
        let under: Vec<_> = under.flat_map(|one| helps(one, &format!("{name} "))).collect();
        std::iter::once(own).chain(under).collect()
    }

    #[test]
    fn every_help_has_an_example() {
        let helps = helps(&mut Cli::command(), "");
        assert!(helps.len() > 25, "{}", helps.len());
        for (name, help) in helps {
            let example = help.split_once("Example").and_then(|(_, rest)| rest.split_once(" Usage: "));
            assert!(example.is_some_and(|(example, _)| example.contains(&name)), "{name}: {help}");
        }
    }

    #[test]
    fn codes_are_listed_in_help() {
        let helps = helps(&mut Cli::command(), "");
        let (_, help) = helps.iter().find(|(name, _)| name == "annalist timeline").expect("a command");
        assert!(help.contains("AGREE, CONSULT") && help.contains("single-source, agreed"), "{help}");
    }
}
