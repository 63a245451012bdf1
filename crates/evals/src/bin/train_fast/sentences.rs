//! *Which gaps between words end a sentence?*

use std::collections::HashSet;
use std::ops::Range;

use annalist_read::document::sentence::{State, Token, gap_features, is_candidate, split, surface};
use annalist_read::document::token::tokenise;
use annalist_read::document::weights::{Weights, best};
use annalist_schema::Span;

use crate::conllu::{Document, Treebank};
use crate::perceptron::{Perceptron, Random};

const EPOCHS: usize = 12;
/// Averaged weights below this are left out of the file.
const LEAST_WEIGHT: f64 = 0.05;

pub fn train(train: &[Treebank], dev: &[Treebank]) -> (Vec<u8>, String) {
    let mut perceptron = Perceptron::new(vec!["inside".to_owned(), "end".to_owned()]);
    let mut random = Random::new(1);
    let mut blocks: Vec<_> = train.iter().flat_map(|treebank| &treebank.documents).flat_map(blocks).collect();
    for _ in 0..EPOCHS {
        random.shuffle(&mut blocks);
        for block in &blocks {
            learn(block, &mut perceptron);
        }
    }
    let bytes = perceptron.file(LEAST_WEIGHT);
    let report = match Weights::parse(&bytes) {
        Ok(weights) => dev.iter().map(|treebank| score(treebank, &weights)).collect::<Vec<_>>().join(", "),
        Err(error) => error.to_string(),
    };
    (bytes, report)
}

struct Block<'t> {
    document: &'t Document,
    range: Range<usize>,
    ends: HashSet<usize>,
}

/// The paragraphs of a document.
fn blocks(document: &Document) -> Vec<Block<'_>> {
    let ends: HashSet<usize> = document.sentences.iter().map(|sentence| sentence.end).collect();
    let mut start = 0;
    let paragraphs = document.text.split("\n\n").map(|paragraph| {
        let range = start..start + paragraph.len();
        start = range.end + 2;
        range
    });
    paragraphs.map(|range| Block { document, range, ends: ends.clone() }).collect()
}

fn learn(block: &Block<'_>, perceptron: &mut Perceptron) {
    let text = &block.document.text;
    let words = tokenise(text, Span::from(block.range.clone()));
    let tokens = surface(text, &words);
    let mut state = State::default();
    let mut features = Vec::new();
    let mut scores = [0; 2];
    for at in 1..tokens.len() {
        state.pass(&tokens[at - 1]);
        let end = end_of(&tokens[at - 1], &words);
        let is_end = block.ends.contains(&end);
        if is_candidate(&tokens, at) {
            gap_features(&tokens, at, &state, &mut features);
            perceptron.score(&features, &mut scores);
            perceptron.learn(&features, usize::from(is_end), best(&scores));
        }
        if is_end {
            state = State::default();
        }
    }
}

fn end_of(token: &Token<'_>, words: &[annalist_read::document::token::Word]) -> usize {
    words[token.words.start].span.end as usize
}

/// F1 of sentences, and of tokens on the side, over raw text.
fn score(treebank: &Treebank, weights: &Weights) -> String {
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for document in &treebank.documents {
        let wanted: HashSet<(usize, usize)> =
            document.sentences.iter().map(|sentence| (sentence.start, sentence.end)).collect();
        gold += wanted.len();
        for block in blocks(document) {
            let words = tokenise(&document.text, Span::from(block.range.clone()));
            for range in split(&document.text, &words, weights) {
                let span = words[range.start].span.cover(words[range.end - 1].span).range();
                found += 1;
                right += usize::from(wanted.contains(&(span.start, span.end)));
            }
        }
    }
    format!("F1 {:.2}", 200.0 * right as f64 / (found + gold) as f64)
}
