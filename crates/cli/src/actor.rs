//! `annalist actor`: a phrase in, the actor out.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use std::process::ExitCode;

use annalist::actor::{self, Answer, Asked};
use annalist::schema::DayInterval;
use clap::Args;

use crate::days::days;
use crate::files;

/// Resolves a phrase to an actor, its country and sector
///
/// Prints one JSON row a phrase. Example: annalist actor 'the Colombian president' --date 2015-04
#[derive(Args)]
pub struct Arguments {
    /// The phrase; `-` or nothing reads JSONL rows `{"id", "text", "context"?, "date"?}` from standard input
    phrase: Option<String>,
    /// Days as of which offices are read: 2024-02-11, 2024-02, 2024, 2024-02-05..2024-02-29, today
    #[arg(long, value_name = "DAYS", value_parser = days)]
    date: Option<DayInterval>,
    /// Words around the phrase; a country in them decides between namesakes
    #[arg(long)]
    context: Option<String>,
    /// Prints JSON rows, as it does without
    #[arg(long = "json")]
    _json: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    annalist::check_knowledge()?;
    let mut output = BufWriter::new(stdout().lock());
    let phrase = arguments.phrase.clone().filter(|phrase| phrase != "-");
    let failed = match phrase {
        Some(text) => {
            let asked = Asked { text, ..defaults(arguments) };
            report(&mut output, "the phrase", actor::answer(&asked))?
        }
        None => {
            files::tell_if_waiting(&[], "rows");
            answer_rows(arguments, stdin().lock(), &mut output)?
        }
    };
    output.flush()?;
    Ok(ExitCode::from(u8::from(failed)))
}

fn defaults(arguments: &Arguments) -> Asked {
    Asked {
        date: arguments.date.map(|days| days.format()),
        context: arguments.context.clone(),
        ..Asked::default()
    }
}

/// Answers row by row; returns whether any failed.
fn answer_rows(
    arguments: &Arguments,
    mut input: impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut failed = false;
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            break;
        }
        let line = String::from_utf8_lossy(&bytes);
        if !line.trim().is_empty() {
            let answer =
                actor::parse_row(&line).and_then(|asked| actor::answer(&with_defaults(asked, arguments)));
            failed |= report(output, &format!("standard input, line {number}"), answer)?;
        }
    }
    Ok(failed)
}

/// What a row leaves open, the flags say.
fn with_defaults(asked: Asked, arguments: &Arguments) -> Asked {
    let defaults = defaults(arguments);
    Asked { date: asked.date.or(defaults.date), context: asked.context.or(defaults.context), ..asked }
}

/// Writes an answer, or complains; returns whether it failed.
fn report(output: &mut impl Write, place: &str, answer: Result<Answer, String>) -> anyhow::Result<bool> {
    match answer {
        Ok(answer) => {
            files::write_row(output, &answer)?;
            Ok(false)
        }
        Err(problem) => {
            files::complain(&format!("{place}: {problem}"));
            Ok(true)
        }
    }
}
