//! `annalist completions` and `annalist man`: help for shells and for `man`.

use std::io::{Write, stdout};
use std::process::ExitCode;

use clap::{Args, Command};
use clap_complete::Shell;

/// Prints completions for a shell
///
/// Example: annalist completions bash > ~/.local/share/bash-completion/completions/annalist
#[derive(Args)]
pub struct CompletionArguments {
    /// The shell
    shell: Shell,
}

pub fn completions(arguments: &CompletionArguments, mut command: Command) -> anyhow::Result<ExitCode> {
    let mut buffer = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "annalist", &mut buffer);
    stdout().lock().write_all(&buffer)?;
    Ok(ExitCode::SUCCESS)
}

pub fn man(command: Command) -> anyhow::Result<ExitCode> {
    let mut buffer = Vec::new();
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    clap_mangen::Man::new(command).render(&mut buffer)?;
    for subcommand in subcommands.into_iter().filter(|subcommand| !subcommand.is_hide_set()) {
        let name = format!("annalist-{}", subcommand.get_name());
        clap_mangen::Man::new(subcommand.display_name(name.clone()).bin_name(name)).render(&mut buffer)?;
    }
    stdout().lock().write_all(&buffer)?;
    Ok(ExitCode::SUCCESS)
}
