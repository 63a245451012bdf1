//! *How well are reports without a date dated?* Hides the date of one report at a time and dates it by its own words and by the
//! others.
//!
//! `cargo run --release -p annalist-evals --bin dating [-- --shared DIR] [--fast] [--every N] [--list]`. Takes the
//! reports and the dated texts of the evaluation folder and says so where they are absent. `--every N` hides the dates of
//! every Nth report only; `--list` prints each report with its days and the reasons.

use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use annalist::{Options, Reader, Tier, reconcile};
use annalist_schema::{DayInterval, Published, Reading, Report};
use serde_json::Value;

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let mut out = stdout().lock();
    for (name, load) in [("reports", reports as fn(&Path) -> Result<Vec<Report>, Error>), ("texts", texts)] {
        let folder = arguments.shared.join("eval");
        match load(&folder) {
            Ok(reports) => measure(&mut out, name, &reports, &arguments)?,
            Err(error) => writeln!(out, "{name}: skipped: {error}")?,
        }
    }
    Ok(())
}

struct Arguments {
    shared: PathBuf,
    tier: Tier,
    every: usize,
    lists: bool,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Error> {
        let mut arguments = Self {
            shared: PathBuf::from("../shared"),
            tier: Options::default().tier,
            every: 1,
            lists: false,
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word}: a value was expected after it"));
            match word.as_str() {
                "--shared" => arguments.shared = PathBuf::from(value()?),
                "--every" => arguments.every = value()?.parse::<usize>()?.max(1),
                "--fast" => arguments.tier = Tier::Fast,
                "--list" => arguments.lists = true,
                _ => {
                    return Err(
                        format!("{word}: --shared DIR, --fast, --every N or --list was expected").into()
                    );
                }
            }
        }
        Ok(arguments)
    }
}

/// Whole reports on a few happenings, the text of each in a file of its own.
fn reports(folder: &Path) -> Result<Vec<Report>, Error> {
    let folder = folder.join("reports");
    let report = |row: &Value| {
        let text = |name: &str| row[name].as_str().map(str::to_owned);
        let id = text("id").unwrap_or_default();
        Ok(Report {
            text: read(&folder.join("texts").join(format!("{id}.txt")))?,
            id,
            published: text("published").as_deref().and_then(DayInterval::parse),
            title: text("title"),
            outlet: text("outlet"),
            lang: text("lang"),
            ..Report::default()
        })
    };
    rows(&folder.join("reports.jsonl"))?.iter().map(report).collect()
}

/// Texts on anything.
fn texts(folder: &Path) -> Result<Vec<Report>, Error> {
    let report = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap_or_default();
        let (id, published) = (text("id").to_owned(), DayInterval::parse(text("date")));
        Report { id, text: text("text").to_owned(), published, ..Report::default() }
    };
    Ok(rows(&folder.join("time/dating.dev.jsonl"))?.iter().map(report).collect())
}

fn rows(path: &Path) -> Result<Vec<Value>, Error> {
    read(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// The true days of a report, and what was found without them.
struct Dated {
    id: String,
    truth: DayInterval,
    alone: Option<Published>,
    in_pile: Option<Published>,
}

fn measure(out: &mut impl Write, name: &str, reports: &[Report], arguments: &Arguments) -> Result<(), Error> {
    let reader = Reader::new(Options { tier: arguments.tier, ..Options::default() })?;
    let hidden: Vec<_> = reports.iter().map(|report| Report { published: None, ..report.clone() }).collect();
    let mut readings = reader.read(reports);
    let hidden = reader.read(&hidden);
    let mut found = Vec::new();
    for (index, reading) in hidden.into_iter().enumerate().step_by(arguments.every) {
        let Some(truth) = reports[index].published else { continue };
        found.push(hide(&mut readings, index, reading, truth));
    }
    if arguments.lists {
        found.iter().try_for_each(|dated| list(out, dated))?;
    }
    let n_texts = reports.len();
    summary(out, &format!("{name}, alone"), n_texts, &found, |dated| dated.alone.as_ref())?;
    summary(out, &format!("{name}, in a pile"), n_texts, &found, |dated| dated.in_pile.as_ref())?;
    Ok(())
}

/// Dates one report of the pile as if it had no date.
fn hide(readings: &mut [Reading], index: usize, hidden: Reading, truth: DayInterval) -> Dated {
    let id = hidden.id.clone();
    let alone = hidden.report.published.clone();
    let known = std::mem::replace(&mut readings[index], hidden);
    let told = reconcile(readings).dates.into_iter().find(|date| date.report == id);
    readings[index] = known;
    let in_pile = told.map(|date| date.published).or_else(|| alone.clone());
    Dated { id, truth, alone, in_pile }
}

fn list(out: &mut impl Write, dated: &Dated) -> Result<(), Error> {
    let show = |found: &Option<Published>| {
        let days = found.as_ref().map(|found| found.value);
        let verdict = days.map(|days| if days.overlaps(&dated.truth) { "holds" } else { "MISSES" });
        let text =
            days.map_or("nothing".to_owned(), |days| format!("{} ({} days)", days.format(), days.n_days()));
        format!("{} {text}", verdict.unwrap_or("-"))
    };
    writeln!(out, "{}  {}", dated.id, dated.truth.format())?;
    writeln!(out, "    alone      {}", show(&dated.alone))?;
    writeln!(out, "    in a pile  {}", show(&dated.in_pile))?;
    let why = dated.in_pile.iter().flat_map(|found| &found.why);
    Ok(why.into_iter().try_for_each(|why| writeln!(out, "        {why}"))?)
}

/// How many were dated, how many of these rightly, how closely, and how many middle days lie in the right year.
fn summary<'a>(
    out: &mut impl Write,
    name: &str,
    n_texts: usize,
    dated: &'a [Dated],
    found: impl Fn(&'a Dated) -> Option<&'a Published>,
) -> Result<(), Error> {
    let found: Vec<_> = dated.iter().filter_map(|dated| Some((dated.truth, found(dated)?.value))).collect();
    let n_holding = found.iter().filter(|(truth, days)| days.overlaps(truth)).count();
    let n_year = found.iter().filter(|(truth, days)| middle_year(days) == truth.earliest.year()).count();
    let mut widths: Vec<_> = found.iter().map(|(_, days)| days.n_days()).collect();
    widths.sort_unstable();
    let percent = |n: usize, whole: usize| 100.0 * n as f64 / whole.max(1) as f64;
    writeln!(
        out,
        "{name:<19} {} of {} hidden dates found ({n_texts} texts): contains {:.1} %, median width {} days, year {:.1} %",
        found.len(),
        dated.len(),
        percent(n_holding, found.len()),
        widths.get(widths.len() / 2).copied().unwrap_or_default(),
        percent(n_year, dated.len()),
    )?;
    Ok(())
}

fn middle_year(days: &DayInterval) -> i16 {
    let half = i64::from((days.latest - days.earliest).get_days()) / 2;
    days.earliest.saturating_add(jiff::Span::new().days(half)).year()
}
