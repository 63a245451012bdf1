//! Trains the fast tier: sentence boundaries, tags, moves of the parser, names, lemmas, features and the reader of events.
//!
//! `cargo run --release --no-default-features -p annalist-evals --bin train_fast -- DATA OUT` reads the treebanks of `DATA` and writes the
//! files of `models/fast` to `OUT`. The same data give the same bytes.

#![allow(clippy::print_stdout)]

mod card;
mod conllu;
mod events;
mod lemmas;
mod logistic;
mod morphology;
mod moves;
mod names;
mod perceptron;
mod sentences;
mod tags;

use std::path::{Path, PathBuf};
use std::time::Instant;

use annalist_read::document::weights::Weights;

use crate::conllu::Treebank;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: train_fast DATA OUT [PART]".into());
    };
    let part = arguments.next().map(|part| part.display().to_string());
    let wanted = |name: &str| part.as_deref().is_none_or(|part| part == name);
    let treebanks = Treebanks::read(&data)?;
    let mut log = Log { clock: Instant::now(), scores: Vec::new() };
    if wanted("words") {
        let (lines, scores) = lemmas::train(&treebanks.train, &treebanks.dev);
        std::fs::write(out.join("lemmas.tsv"), lines)?;
        log.say("lemmas", scores);
    }
    if wanted("sentences") {
        let (bytes, scores) = sentences::train(&treebanks.train, &treebanks.dev);
        std::fs::write(out.join("sentences.bin"), bytes)?;
        log.say("sentences, raw text", scores);
    }
    if wanted("tags") {
        let (bytes, scores) = tags::train(&treebanks.train, &treebanks.dev);
        std::fs::write(out.join("tags.bin"), &bytes)?;
        let labels = Weights::parse(&bytes)?.labels().to_vec();
        std::fs::write(out.join("morphology.tsv"), morphology::table(&treebanks.train, &labels))?;
        log.say("tags", scores);
    }
    let tagger = || -> Result<Weights, Box<dyn std::error::Error>> {
        Ok(Weights::parse(&std::fs::read(out.join("tags.bin"))?)?)
    };
    if wanted("parse") {
        let (bytes, scores) = moves::train(&treebanks.train, &treebanks.dev, &tagger()?);
        std::fs::write(out.join("parse.bin"), bytes)?;
        log.say("parse, own tags", scores);
    }
    if wanted("names") {
        let (bytes, scores) = names::train(&data, &tagger()?)?;
        std::fs::write(out.join("names.bin"), bytes)?;
        log.say("names", scores);
    }
    if wanted("events") {
        match events::train(&data, &out)? {
            Some(events::Trained { events, parts, scores }) => {
                std::fs::write(out.join("events.bin"), events)?;
                std::fs::write(out.join("parts.bin"), parts)?;
                log.say("events, own trees", scores);
            }
            None => println!(
                "events: there is no {}, the reader of events stays as it is",
                data.join("events.jsonl").display()
            ),
        }
    }
    if part.is_none() {
        card::write(&out, &log.scores)?;
    }
    Ok(())
}

/// What has been trained so far.
struct Log {
    clock: Instant,
    scores: Vec<(String, String)>,
}

impl Log {
    fn say(&mut self, part: &str, scores: String) {
        println!("{part}: {scores} ({:.0} s)", self.clock.elapsed().as_secs_f64());
        self.scores.push((part.to_owned(), scores));
    }
}

/// What is trained on, and what each part is measured on: one entry for each treebank.
struct Treebanks {
    train: Vec<Treebank>,
    dev: Vec<Treebank>,
}

impl Treebanks {
    fn read(data: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let read = |name: &str| conllu::read(&data.join(name));
        Ok(Self {
            train: vec![read("ewt-train.conllu")?, read("gum-open-train.conllu")?],
            dev: vec![read("ewt-dev.conllu")?, read("gum-open-dev.conllu")?],
        })
    }
}
