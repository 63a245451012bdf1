//! *Which words are names?*

use std::collections::HashSet;
use std::io;
use std::path::Path;

use annalist_read::document::fast::names::{find, may_follow, name_features};
use annalist_read::document::fast::tagger::tag;
use annalist_read::document::fast::word::{Look, looks};
use annalist_read::document::weights::Weights;

use crate::perceptron::{Perceptron, Random};

const EPOCHS: usize = 8;
/// Averaged weights below this are left out of the file.
const LEAST_WEIGHT: f64 = 0.5;

struct Example {
    looks: Vec<Look>,
    tags: Vec<u8>,
    names: Vec<u8>,
}

pub fn train(data: &Path, tagger: &Weights) -> io::Result<(Vec<u8>, String)> {
    let labels: Vec<String> = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"]
        .map(str::to_owned)
        .to_vec();
    let read = |name: &str| read(&data.join(name), &labels, tagger);
    let mut examples = read("uner-ewt-train.iob2")?;
    examples.extend(read("gum-open-ner-train.iob2")?);
    examples.extend(read("wikigold-train.iob2")?);
    let mut perceptron = Perceptron::new(labels.clone());
    let mut features = Vec::new();
    let mut scores = vec![0; labels.len()];
    for epoch in 0..EPOCHS {
        Random::new(epoch as u64).shuffle(&mut examples);
        for example in &examples {
            let mut names: Vec<u8> = Vec::new();
            for at in 0..example.looks.len() {
                name_features(&example.looks, &example.tags, &names, at, &mut features);
                perceptron.score(&features, &mut scores);
                let last = names.last().map_or("O", |&name| labels[usize::from(name)].as_str());
                let allowed = (0..labels.len()).filter(|&class| may_follow(last, &labels[class]));
                let guess = allowed.rev().max_by_key(|&class| scores[class]).unwrap_or(0);
                let right = reachable(usize::from(example.names[at]), last, &labels);
                perceptron.learn(&features, right, guess);
                names.push(guess as u8);
            }
        }
    }
    let bytes = perceptron.file(LEAST_WEIGHT);
    let weights = Weights::parse(&bytes).map_err(io::Error::other)?;
    let mut report = Vec::new();
    for name in ["uner-ewt-dev.iob2", "gum-open-ner-dev.iob2"] {
        report.push(score(&read(name)?, &weights));
    }
    Ok((bytes, report.join(", ")))
}

/// The class itself, or the one that begins a name where a missed beginning keeps it from going on.
fn reachable(class: usize, last: &str, labels: &[String]) -> usize {
    // Labels come in pairs: every beginning stands before its continuation.
    if may_follow(last, &labels[class]) { class } else { class - 1 }
}

fn read(path: &Path, labels: &[String], tagger: &Weights) -> io::Result<Vec<Example>> {
    let text = std::fs::read_to_string(path)?;
    let sentences = text.split("\n\n").filter(|block| !block.trim().is_empty());
    Ok(sentences.map(|block| example(block, labels, tagger)).collect())
}

fn example(block: &str, labels: &[String], tagger: &Weights) -> Example {
    let rows = block.lines().filter(|line| !line.starts_with("# ")).filter_map(|line| line.split_once('\t'));
    let (forms, names): (Vec<&str>, Vec<&str>) = rows.unzip();
    let looks = looks(&forms);
    let tags = tag(&looks, tagger);
    let class = |name: &str| labels.iter().position(|label| label == name).unwrap_or(0) as u8;
    Example { tags, looks, names: names.into_iter().map(class).collect() }
}

fn score(examples: &[Example], weights: &Weights) -> String {
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for example in examples {
        let guess = spans(&find(&example.looks, &example.tags, weights), weights.labels());
        let wanted = spans(&example.names, weights.labels());
        right += guess.intersection(&wanted).count();
        found += guess.len();
        gold += wanted.len();
    }
    format!("F1 of PER, LOC, ORG {:.2}", 200.0 * right as f64 / (found + gold) as f64)
}

fn spans(names: &[u8], labels: &[String]) -> HashSet<(usize, usize, String)> {
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    for (at, &name) in names.iter().enumerate() {
        match labels[usize::from(name)].split_once('-') {
            Some(("B", kind)) => spans.push((at, at + 1, kind.to_owned())),
            Some(_) => {
                if let Some(last) = spans.last_mut() {
                    last.1 = at + 1;
                }
            }
            None => {}
        }
    }
    spans.into_iter().filter(|(_, _, kind)| kind != "MISC").collect()
}
