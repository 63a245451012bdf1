//! *Does fusion find what was planted?* Reads and reconciles made-up reports of which the truth is known.
//!
//! `cargo run --release -p annalist-evals --bin verdicts [-- --seed N] [--stories N] [--errors]`. Prints F1 for
//! each verdict, their mean, and F1 over pairs of copies. `--errors` lists what went wrong with the sentences of the
//! story.

use std::io::{Write, stdout};

use annalist::{Options, Reader, reconcile};
use annalist_evals::chance::Chance;
use annalist_evals::made::land::lands;
use annalist_evals::made::press::{Press, press};
use annalist_evals::made::story::{Story, stories};
use annalist_evals::made::truth::{by_verdict, copies, events_of_stories, judge, macro_f1};
use annalist_schema::{Reading, Situation, Verdict};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let lands = lands();
    let mut chance = Chance::new(arguments.seed);
    let mut stories = stories(&lands, arguments.n_stories, &mut chance);
    let press = press(&mut stories, &mut chance);
    let mut out = stdout().lock();
    let readings = Reader::new(Options::default())?.read(&press.reports);
    let situation = reconcile(&readings);
    if arguments.shows_errors {
        write_errors(&mut out, &stories, &press, &readings, &situation)?;
    }
    let judged = judge(&stories, &press, &readings, &situation);
    let scores = by_verdict(&judged);
    writeln!(
        out,
        "{} stories in {} reports, {} planted verdicts",
        stories.len(),
        press.reports.len(),
        judged.len()
    )?;
    for (verdict, score) in &scores {
        let (n_right, n_true) = (score.n_right, score.n_true);
        writeln!(
            out,
            "{:<16} F1 {:.3}  ({n_right} right, {} found, {n_true} planted)",
            verdict.as_str(),
            score.f1(),
            score.n_found
        )?;
    }
    writeln!(out, "verdicts         F1 {:.3}  (mean of the above)", macro_f1(&scores))?;
    let copies = copies(&press, &situation);
    writeln!(
        out,
        "pairs of copies  F1 {:.3}  ({} right, {} found, {} planted)",
        copies.f1(),
        copies.n_right,
        copies.n_found,
        copies.n_true
    )?;
    Ok(())
}

struct Arguments {
    seed: u64,
    n_stories: usize,
    shows_errors: bool,
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Error> {
        let mut arguments = Self { seed: 7, n_stories: 160, shows_errors: false };
        while let Some(word) = words.next() {
            let mut number = || words.next().ok_or_else(|| format!("{word}: a number was expected after it"));
            match word.as_str() {
                "--seed" => arguments.seed = number()?.parse()?,
                "--stories" => arguments.n_stories = number()?.parse()?,
                "--errors" => arguments.shows_errors = true,
                _ => return Err(format!("{word}: --seed N, --stories N or --errors was expected").into()),
            }
        }
        Ok(arguments)
    }
}

/// Each story with a wrong verdict, what its reports say, and the cell that came out.
fn write_errors(
    out: &mut impl Write,
    stories: &[Story<'_>],
    press: &Press,
    readings: &[Reading],
    situation: &Situation,
) -> Result<(), Error> {
    let events = events_of_stories(press, readings, situation);
    let judged = judge(stories, press, readings, situation);
    for (index, story) in stories.iter().enumerate() {
        let mut wrong =
            judged.iter().filter(|one| one.story == index && one.found != Some(one.planted)).peekable();
        if wrong.peek().is_none() {
            continue;
        }
        writeln!(out, "## {:?} {:?}", story.twist, story.happening.kind)?;
        for told in press.told.iter().filter(|told| told.story == index) {
            let report = press.reports.iter().find(|report| report.id == told.report);
            let words = report.and_then(|report| report.text.get(told.words.clone())).unwrap_or_default();
            let published = report.and_then(|report| report.published).map(|days| days.format());
            writeln!(out, "    {} {} {words}", told.report, published.unwrap_or_default())?;
        }
        let event = events.get(&index).map(|&event| &situation.events[event]);
        for one in wrong {
            let cell =
                event.and_then(|event| event.cells.iter().find(|cell| cell.attribute == one.attribute));
            let values: Vec<_> = cell
                .iter()
                .flat_map(|cell| &cell.values)
                .map(|value| (&value.value, &value.claims))
                .collect();
            let found = one.found.map_or("nothing", Verdict::as_str);
            writeln!(out, "  {}: {} planted, {found} found: {values:?}", one.attribute, one.planted)?;
        }
    }
    Ok(())
}
