//! `annalist outlook`: what a record of dated events says about what comes next.

use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use annalist::outlook::events::Events;
use annalist::outlook::hawkes::{Fit, Settings, fit};
use annalist::plain;
use clap::{Args, Subcommand};
use serde::Serialize;

use crate::files;

/// Says what a record of dated events says about what comes next, how sure it can be, and how often it was right before
///
/// It counts events of organisations and areas by day; it knows no persons and names no next target. That one kind of event
/// follows another is association, not cause. Example: annalist outlook fit events.csv
#[derive(Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Fit(FitArguments),
}

/// Fits which kinds of events bring about which others, how many and how soon, from exact times
///
/// A mutually exciting (Hawkes) process with free decays, fitted to the optimum of its likelihood, with standard errors and
/// a test of its fit. The table has a column `time` (numbers, or days with times of day) and a column `node`, the kind.
/// Example: annalist outlook fit events.csv
#[derive(Args)]
struct FitArguments {
    /// A table with the columns `time` and `node`; `-` is standard input
    file: PathBuf,
    /// Where the window of observation ends, as a number in the column's unit (days since 1970 where it has dates); the
    /// last event without it
    #[arg(long, value_name = "TIME")]
    end: Option<f64>,
    /// Lets the background take another value after every so many units of time, so that what moves slowly is not taken for
    /// effects of the events on each other
    #[arg(long, value_name = "UNITS")]
    background: Option<f64>,
    #[command(flatten)]
    form: Form,
}

/// Text for a person at a terminal, JSON for a program that reads what is printed.
#[derive(Args)]
struct Form {
    /// Prints JSON, as it does without where the output is no terminal
    #[arg(long)]
    json: bool,
    /// Prints text, as it does without at a terminal
    #[arg(long, conflicts_with = "json")]
    text: bool,
}

impl Form {
    fn is_text(&self) -> bool {
        self.text || (!self.json && stdout().is_terminal())
    }
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Fit(arguments) => run_fit(arguments),
    }
}

/// A fit and what it took.
#[derive(Serialize)]
struct Timed {
    #[serde(flatten)]
    fit: Fit,
    seconds: f64,
}

fn run_fit(arguments: &FitArguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let events = Events::read(&name, files::open(&arguments.file)?, arguments.end)?;
    let begun = Instant::now();
    let cuts = arguments.background.map_or(Vec::new(), |units| events.cuts(units));
    let fit = fit(&name, &events, &Settings { cuts })?;
    let seconds = begun.elapsed().as_secs_f64();
    if arguments.form.is_text() {
        stdout().lock().write_all(plain::text(&fit.to_text()).as_bytes())?;
    } else {
        files::write_row(&mut stdout().lock(), &Timed { fit, seconds })?;
    }
    Ok(ExitCode::SUCCESS)
}
