//! *Which tag does each word have?*

use annalist_read::document::fast::tagger::{tag, tag_features};
use annalist_read::document::fast::word::{Look, looks};
use annalist_read::document::weights::{Weights, best};

use crate::conllu::{Sentence, Treebank, Word};
use crate::perceptron::{Perceptron, Random};

const EPOCHS: usize = 8;
/// Averaged weights below this are left out of the file.
const LEAST_WEIGHT: f64 = 0.6;
/// A tag seen less often is learnt as the commonest tag of its part of speech.
const LEAST: usize = 8;

/// The tag of a word: part of speech, tag of the Penn Treebank, and `!` for an imperative.
pub fn label(word: &Word) -> String {
    let imperative = if word.feats.contains("Mood=Imp") { "!" } else { "" };
    format!("{}/{}{imperative}", word.upos, word.xpos)
}

/// One sentence with the classes of its words.
pub struct Example {
    pub looks: Vec<Look>,
    pub classes: Vec<u8>,
}

/// The tags that are learnt, sorted.
pub fn labels(train: &[Treebank]) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for word in train.iter().flat_map(Treebank::sentences).flat_map(|sentence| &sentence.words) {
        *counts.entry(label(word)).or_insert(0) += 1;
    }
    counts.into_iter().filter(|&(_, count)| count >= LEAST).map(|(label, _)| label).collect()
}

/// The class of a word, or that of the first tag of its part of speech if its own is too rare.
pub fn class(word: &Word, labels: &[String]) -> u8 {
    let own = label(word);
    let same_upos = || labels.iter().position(|label| label.split('/').next() == Some(&word.upos));
    labels.binary_search(&own).ok().or_else(same_upos).unwrap_or(0) as u8
}

pub fn example(sentence: &Sentence, labels: &[String]) -> Example {
    Example {
        looks: looks(&sentence.forms()),
        classes: sentence.words.iter().map(|word| class(word, labels)).collect(),
    }
}

pub fn train(train: &[Treebank], dev: &[Treebank]) -> (Vec<u8>, String) {
    let labels = labels(train);
    let examples: Vec<Example> =
        train.iter().flat_map(Treebank::sentences).map(|sentence| example(sentence, &labels)).collect();
    let bytes = fit(&examples.iter().collect::<Vec<_>>(), &labels, EPOCHS).file(LEAST_WEIGHT);
    let report = match Weights::parse(&bytes) {
        Ok(weights) => dev.iter().map(|treebank| score(treebank, &weights)).collect::<Vec<_>>().join(", "),
        Err(error) => error.to_string(),
    };
    (bytes, format!("{} classes, {report}", labels.len()))
}

fn fit(examples: &[&Example], labels: &[String], n_epochs: usize) -> Perceptron {
    let mut perceptron = Perceptron::new(labels.to_vec());
    let mut random = Random::new(1);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut features = Vec::new();
    let mut scores = vec![0; labels.len()];
    for _ in 0..n_epochs {
        random.shuffle(&mut order);
        for &index in &order {
            let example = examples[index];
            let mut tags = Vec::with_capacity(example.looks.len());
            for at in 0..example.looks.len() {
                tag_features(&example.looks, &tags, at, &mut features);
                perceptron.score(&features, &mut scores);
                let guess = best(&scores);
                perceptron.learn(&features, usize::from(example.classes[at]), guess);
                tags.push(guess as u8);
            }
        }
    }
    perceptron
}

/// The tags of the training sentences as models that have not seen them give them, so that the parser learns to live
/// with the tagger's mistakes.
pub fn jackknife(examples: &[Example], labels: &[String]) -> Vec<Vec<u8>> {
    const FOLDS: usize = 4;
    let mut tags = vec![Vec::new(); examples.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Example> = examples
            .iter()
            .enumerate()
            .filter(|(index, _)| index % FOLDS != fold)
            .map(|(_, example)| example)
            .collect();
        let Ok(weights) = Weights::parse(&fit(&others, labels, EPOCHS / 2).file(LEAST_WEIGHT)) else {
            continue;
        };
        for index in (fold..examples.len()).step_by(FOLDS) {
            tags[index] = tag(&examples[index].looks, &weights);
        }
    }
    tags
}

fn score(treebank: &Treebank, weights: &Weights) -> String {
    let (mut n_words, mut upos, mut full) = (0, 0, 0);
    for sentence in treebank.sentences() {
        for (word, class) in sentence.words.iter().zip(tag(&looks(&sentence.forms()), weights)) {
            let guess = &weights.labels()[usize::from(class)];
            n_words += 1;
            upos += usize::from(guess.split('/').next() == Some(&word.upos));
            full += usize::from(*guess == label(word));
        }
    }
    format!("UPOS {:.2} tag {:.2}", percent(upos, n_words), percent(full, n_words))
}

pub fn percent(right: usize, all: usize) -> f64 {
    100.0 * right as f64 / all.max(1) as f64
}
