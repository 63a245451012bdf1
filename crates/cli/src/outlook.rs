//! `annalist outlook`: what a record of dated events says about what comes next.

use std::io::{IsTerminal, Read, Write, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use annalist::outlook::answer::{Answer, answer_of_totals, answers};
use annalist::outlook::backtest::{backtest, to_csv};
use annalist::outlook::daily::{self, Series};
use annalist::outlook::effect::effect;
use annalist::outlook::events::Events;
use annalist::outlook::hawkes::{
    Assumption, Fit, Follows, Settings, fit, follows, follows_to_text, scenario,
};
use annalist::outlook::question::{Question, questions_of, read_questions};
use annalist::outlook::record::Record;
use annalist::outlook::{Counting, changes, chart, prior, totals, what};
use annalist::plain;
use annalist::query::Query;
use annalist::schema::EventType;
use anyhow::Context;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;

use crate::archive::ArchiveArguments;
use crate::code::code;
use crate::days::as_of;
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
    Ask(AskArguments),
    About(AboutArguments),
    Forecast(ForecastArguments),
    Backtest(BacktestArguments),
    Changes(ChangesArguments),
    Effect(EffectArguments),
    Scenario(ScenarioArguments),
    Fit(FitArguments),
}

/// Says what comes next in a series: does the lull end, how many events, when did the rate change, how sure is that
///
/// From daily series (`series,date,count`; without `count` a row for each event), or from running totals by several speakers
/// (`as_of,cumulative,qualifier,speaker`), which are taken as bounds. Nothing after the day of the question is used. Every answer stands
/// beside naive forecasts and past lulls, with how the same method did on the series before; where the record carries none, it
/// says so. Example: annalist outlook ask tallies.csv --as-of 2024-02-13
#[derive(Args)]
struct AskArguments {
    /// A table of daily series or of running totals; `-` is standard input
    file: PathBuf,
    /// Asks about this series alone, of several
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// The day of the question; the last one of the table without it
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<Date>,
    #[command(flatten)]
    print: PrintArguments,
}

/// Says what the events of an archive say about what comes next
///
/// Counts the events about an actor or a place that are said to have happened, by day, and takes running totals of attacks that
/// reports give as bounds. How many reports could have told a day stands beside its count, and a day that none could have told is
/// unknown; what was planned, demanded or denied is no count. Examples: annalist outlook about Colombia --as-of 2015-05-01 ·
/// annalist outlook about Colombia --table | annalist outlook backtest -
#[derive(Args)]
struct AboutArguments {
    /// An actor or a place, as `--actor` and `--place` of the other commands take them
    about: String,
    #[command(flatten)]
    archive: ArchiveArguments,
    /// Counts events of this PLOVER type
    #[arg(long = "type", value_name = "TYPE", value_parser = code(EventType::ALL), ignore_case = true, default_value = "ASSAULT")]
    event_type: EventType,
    /// The day of the question: only reports that had been published by then; the day of the last report without it
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    as_of: Option<Date>,
    /// Prints the daily series alone, as `ask` and `backtest` take it, with the number of reports that could tell each day
    #[arg(long, conflicts_with_all = ["brief", "svg", "json", "text"])]
    table: bool,
    #[command(flatten)]
    print: PrintArguments,
}

/// How answers are printed.
#[derive(Args)]
struct PrintArguments {
    /// Prints one paragraph alone
    #[arg(long, conflicts_with_all = ["json", "text"])]
    brief: bool,
    /// Writes a chart of the first answer
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

/// Answers questions about daily series, each by what was known on its day
///
/// The series: a table `series,date,count`, a day without a row is unknown, with `exposure` beside it how much was read of the day;
/// or, without a column `count`, a row for each event.
/// The questions: a table `series,origin,horizon,kind`, with 7, 14 or 30 days and `count` or `lull_ends`. Prints a table
/// `series,origin,horizon,kind,value`: a probability, or the probabilities of 0, 1, 2 … with spaces between.
/// Example: annalist outlook forecast --series daily.csv --tasks questions.csv
#[derive(Args)]
struct ForecastArguments {
    /// A table of daily series; `-` is standard input
    #[arg(long, value_name = "FILE")]
    series: PathBuf,
    /// A table of questions
    #[arg(long, value_name = "FILE")]
    tasks: PathBuf,
}

/// Asks the past of daily series and scores the answers beside naive forecasts
///
/// Every seventh day it asks how many events there will be within 7, 14 and 30 days and, in a lull, whether it ends; answers by
/// what was known on that day; and scores them: log score, Brier score, CRPS, reliability, coverage.
/// Example: annalist outlook backtest daily.csv
#[derive(Args)]
struct BacktestArguments {
    /// A table of daily series, as for `forecast`; `-` is standard input
    series: PathBuf,
    /// A table of questions with what came true, instead of those asked every seventh day
    #[arg(long, value_name = "FILE")]
    tasks: Option<PathBuf>,
    /// Asks only the questions of this part of the split
    #[arg(long, value_name = "NAME", requires = "tasks")]
    split: Option<String>,
    /// Writes the answers as `forecast` does
    #[arg(long, value_name = "FILE")]
    forecasts: Option<PathBuf>,
    /// Writes a picture: how reliable the probabilities were, and the scores beside those of the best naive forecasts
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    form: Form,
}

/// Finds when the rate of events changed, and by how much, with self-excitation told from change
///
/// From daily series (`series,date,count`) or from events with times (`time,node`). A burst of events that answer each other is no
/// change; what is cut into parts is the background that no earlier event explains. Prints one JSON object a change.
/// Example: annalist outlook changes daily.csv
#[derive(Args)]
struct ChangesArguments {
    /// A table of daily series, or of events with times; `-` is standard input
    file: PathBuf,
    /// Where the window of events with times ends, as for `fit`
    #[arg(long, value_name = "TIME")]
    end: Option<f64>,
    #[command(flatten)]
    form: Form,
}

/// Holds what followed a dated event against what followed days like it
///
/// A strike comes when attacks are many, and many attacks are followed by fewer anyway. So the days compared with are those of the
/// series that had about as many events before them. What is found is association.
/// Example: annalist outlook effect daily.csv --date 2022-03-01
#[derive(Args)]
struct EffectArguments {
    /// A table of daily series; `-` is standard input
    file: PathBuf,
    /// The day of the event
    #[arg(long, value_name = "DAY", value_parser = as_of)]
    date: Date,
    /// Looks at this series alone, of several
    #[arg(long, value_name = "NAME")]
    series: Option<String>,
    /// Days on either side
    #[arg(long, value_name = "N", default_value_t = 14)]
    days: usize,
    #[command(flatten)]
    form: Form,
}

/// Draws what would follow if kinds of events stopped, or there was one more of some
///
/// From events with exact times, by the process that `fit` fits. An assumption, not a forecast: it takes for granted that what
/// followed was brought about by what it followed. Example: annalist outlook scenario events.csv --stop raid --days 30
#[derive(Args)]
struct ScenarioArguments {
    /// A table with the columns `time` and `node`; `-` is standard input
    file: PathBuf,
    /// There is no further event of this kind; may be given several times
    #[arg(long, value_name = "KIND")]
    stop: Vec<String>,
    /// There is one more event of this kind now; may be given several times
    #[arg(long, value_name = "KIND")]
    add: Vec<String>,
    /// How far to go, in units of time
    #[arg(long, value_name = "N", default_value_t = 30.0)]
    days: f64,
    /// Where the window of observation ends, as for `fit`
    #[arg(long, value_name = "TIME")]
    end: Option<f64>,
    #[command(flatten)]
    form: Form,
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
    /// Also says who answers whom, and whether that can be told from shared drivers that move slowly
    #[arg(long, conflicts_with = "background")]
    answers: bool,
    /// Writes a picture: the events of each part of the time beside those that the process expects
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
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
        Command::Ask(arguments) => run_ask(arguments),
        Command::About(arguments) => run_about(arguments),
        Command::Forecast(arguments) => run_forecast(arguments),
        Command::Backtest(arguments) => run_backtest(arguments),
        Command::Changes(arguments) => run_changes(arguments),
        Command::Effect(arguments) => run_effect(arguments),
        Command::Scenario(arguments) => run_scenario(arguments),
        Command::Fit(arguments) => run_fit(arguments),
    }
}

/// Writes a picture where one is asked for.
fn write_picture(path: Option<&Path>, draw: impl FnOnce() -> String) -> anyhow::Result<()> {
    path.map_or(Ok(()), |path| std::fs::write(path, draw()).with_context(|| path.display().to_string()))
}

fn read_series(path: &Path) -> anyhow::Result<Vec<Series>> {
    prior::check().map_err(anyhow::Error::msg)?;
    Ok(daily::read(&path.display().to_string(), files::open(path)?)?)
}

fn read_tasks(path: &Path) -> anyhow::Result<Vec<Question>> {
    Ok(read_questions(&path.display().to_string(), files::open(path)?)?)
}

fn run_ask(arguments: &AskArguments) -> anyhow::Result<ExitCode> {
    prior::check().map_err(anyhow::Error::msg)?;
    let name = arguments.file.display().to_string();
    let mut bytes = Vec::new();
    files::open(&arguments.file)?.read_to_end(&mut bytes)?;
    let found = if totals::is_totals(&bytes) {
        let totals = totals::read(&name, bytes.as_slice(), arguments.as_of)?;
        let last = totals.days().1;
        answer_of_totals(&totals, arguments.as_of.map_or(last, daily::day_of)).into_iter().collect()
    } else {
        of_series(arguments, &daily::read(&name, bytes.as_slice())?)
    };
    anyhow::ensure!(
        !found.is_empty(),
        "{name}: expected a series{}; found none",
        match &arguments.series {
            Some(series) => format!(" called `{series}`"),
            None => String::new(),
        }
    );
    arguments.print.print(&found)?;
    Ok(ExitCode::SUCCESS)
}

fn run_about(arguments: &AboutArguments) -> anyhow::Result<ExitCode> {
    prior::check().map_err(anyhow::Error::msg)?;
    let archive = arguments.archive.open()?;
    let pile = archive.pile(arguments.as_of)?;
    let heads = pile.entries().iter().map(|(report, reading)| (report.id.as_str(), &reading.report));
    let mut counting = Counting::new(heads);
    let Some(as_of) = arguments.as_of.or_else(|| counting.last_day()) else {
        anyhow::bail!("{}: expected reports with a day; found none", arguments.archive.archive.display());
    };
    let query = Query {
        about: Some(arguments.about.clone()),
        event_type: Some(arguments.event_type),
        ..Query::default()
    };
    query.select(archive.situation(arguments.as_of)?).events.iter().for_each(|event| counting.take(event));
    let counted =
        counting.finish(&format!("{} about {}", what(arguments.event_type), arguments.about), as_of);
    if arguments.table {
        stdout().lock().write_all(daily::to_csv(&[counted.events]).as_bytes())?;
    } else {
        arguments.print.print(&counted.answers(as_of))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn of_series(arguments: &AskArguments, all: &[Series]) -> Vec<Answer> {
    let last = all.iter().map(Series::last).max().unwrap_or(0);
    let as_of = arguments.as_of.map_or(last, daily::day_of);
    answers(all, as_of, |name| arguments.series.as_ref().is_none_or(|asked| asked == name))
}

impl PrintArguments {
    fn print(&self, answers: &[Answer]) -> anyhow::Result<()> {
        if let Some(answer) = answers.first() {
            write_picture(self.svg.as_deref(), || chart::svg(answer))?;
        }
        let mut output = stdout().lock();
        for answer in answers {
            if self.brief {
                writeln!(output, "{}", plain::line(&answer.to_paragraph()))?;
            } else if self.form.is_text() {
                let chart = chart::letters(&answer.weeks, files::terminal_width());
                let page = format!("{}\nEVENTS A WEEK\n{chart}\n", answer.to_text());
                output.write_all(plain::text(&page).as_bytes())?;
            } else {
                files::write_row(&mut output, answer)?;
            }
        }
        Ok(())
    }
}

fn run_forecast(arguments: &ForecastArguments) -> anyhow::Result<ExitCode> {
    let record = Record::new(&read_series(&arguments.series)?);
    let questions = read_tasks(&arguments.tasks)?;
    let forecasts = record.forecast(&questions);
    stdout().lock().write_all(to_csv(&questions, &forecasts).as_bytes())?;
    let unanswered = forecasts.iter().filter(|forecast| forecast.is_none()).count();
    if unanswered > 0 {
        files::complain(&format!(
            "{unanswered} of {} questions are about no series of {}, or about days before its first",
            questions.len(),
            arguments.series.display()
        ));
    }
    Ok(files::exit_code(unanswered > 0))
}

fn run_backtest(arguments: &BacktestArguments) -> anyhow::Result<ExitCode> {
    let record = Record::new(&read_series(&arguments.series)?);
    let mut questions = match &arguments.tasks {
        Some(path) => read_tasks(path)?,
        None => record.tracks.iter().flat_map(questions_of).collect(),
    };
    questions.retain(|question| arguments.split.as_ref().is_none_or(|split| *split == question.split));
    let forecasts = record.forecast(&questions);
    if let Some(path) = &arguments.forecasts {
        std::fs::write(path, to_csv(&questions, &forecasts)).with_context(|| path.display().to_string())?;
    }
    let report = backtest(&record, &questions, &forecasts);
    write_picture(arguments.svg.as_deref(), || chart::svg_of_report(&report))?;
    if arguments.form.is_text() {
        stdout().lock().write_all(plain::text(&report.to_text()).as_bytes())?;
    } else {
        files::write_row(&mut stdout().lock(), &report)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run_changes(arguments: &ChangesArguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let mut bytes = Vec::new();
    files::open(&arguments.file)?.read_to_end(&mut bytes)?;
    let found = changes::read(&name, &bytes, arguments.end)?;
    let mut output = stdout().lock();
    if arguments.form.is_text() {
        output.write_all(plain::text(&changes::to_text(&found)).as_bytes())?;
    } else {
        for change in &found {
            files::write_row(&mut output, change)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_effect(arguments: &EffectArguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let all = read_series(&arguments.file)?;
    let is_asked = |series: &&Series| arguments.series.as_ref().is_none_or(|name| *name == series.name);
    let asked: Vec<&Series> = all.iter().filter(is_asked).collect();
    anyhow::ensure!(!asked.is_empty(), "{name}: expected a series to look at; found {} others", all.len());
    let mut output = stdout().lock();
    for series in asked {
        let effect = effect(&name, series, daily::day_of(arguments.date), arguments.days)?;
        if arguments.form.is_text() {
            output.write_all(plain::text(&effect.to_text()).as_bytes())?;
        } else {
            files::write_row(&mut output, &effect)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn run_scenario(arguments: &ScenarioArguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let events = Events::read(&name, files::open(&arguments.file)?, arguments.end)?;
    let kind = |wanted: &String| {
        let found = events.nodes.iter().position(|node| node == wanted);
        found
            .with_context(|| format!("{name}: expected one of {}; found `{wanted}`", events.nodes.join(", ")))
    };
    let kinds = |names: &[String]| names.iter().map(kind).collect::<anyhow::Result<Vec<usize>>>();
    let assumption = Assumption { stops: kinds(&arguments.stop)?, adds: kinds(&arguments.add)? };
    let fit = fit(&name, &events, &Settings::default())?;
    let scenario = scenario(&name, &events, &fit, &assumption, arguments.days)?;
    if arguments.form.is_text() {
        stdout().lock().write_all(plain::text(&scenario.to_text()).as_bytes())?;
    } else {
        files::write_row(&mut stdout().lock(), &scenario)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A fit and what it took.
#[derive(Serialize)]
struct Timed {
    #[serde(flatten)]
    fit: Fit,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<Follows>>,
    seconds: f64,
}

fn run_fit(arguments: &FitArguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display().to_string();
    let events = Events::read(&name, files::open(&arguments.file)?, arguments.end)?;
    let begun = Instant::now();
    let cuts = arguments.background.map_or(Vec::new(), |units| events.cuts(units));
    let fit = fit(&name, &events, &Settings { cuts })?;
    let seconds = begun.elapsed().as_secs_f64();
    write_picture(arguments.svg.as_deref(), || chart::svg_of_fit(&events, &fit))?;
    let answers = arguments.answers.then(|| follows(&name, &events, &fit)).transpose()?;
    if arguments.form.is_text() {
        let answers =
            answers.map_or(String::new(), |answers| format!("\n{}", follows_to_text(&answers, fit.unit)));
        stdout().lock().write_all(plain::text(&format!("{}{answers}", fit.to_text())).as_bytes())?;
    } else {
        files::write_row(&mut stdout().lock(), &Timed { fit, answers, seconds })?;
    }
    Ok(ExitCode::SUCCESS)
}
