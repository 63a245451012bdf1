//! *Which part of speech is each word?* Greedy, left to right.

use super::word::{Look, OUTSIDE};
use crate::document::weights::{Weights, best, feature};

/// What stands for the tag of a word before the first.
pub const NO_TAG: u8 = u8::MAX;

/// The tag of each word of a sentence, as a class of `weights`.
pub fn tag(looks: &[Look], weights: &Weights) -> Vec<u8> {
    let mut tags = Vec::with_capacity(looks.len());
    let mut features = Vec::with_capacity(40);
    let mut scores = vec![0; weights.labels().len()];
    for index in 0..looks.len() {
        tag_features(looks, &tags, index, &mut features);
        weights.score(&features, &mut scores);
        tags.push(best(&scores) as u8);
    }
    tags
}

/// What the tag of a word is told from; `tags` holds those of the words before it.
pub fn tag_features(looks: &[Look], tags: &[u8], index: usize, features: &mut Vec<u32>) {
    let look =
        |offset: isize| index.checked_add_signed(offset).and_then(|at| looks.get(at)).unwrap_or(&OUTSIDE);
    let tag = |back: usize| u32::from(index.checked_sub(back).map_or(NO_TAG, |at| tags[at]));
    let (here, before, after) = (look(0), look(-1), look(1));
    let (before2, after2) = (look(-2), look(2));
    let is_first = u32::from(index == 0);
    features.clear();
    let mut template = 0;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(0, 0);
    add(here.lower, 0);
    add(here.form, is_first);
    add(here.suffixes[0], here.traits & 15);
    add(here.suffixes[1], 0);
    add(here.suffixes[2], 0);
    add(here.suffixes[3], 0);
    add(here.prefixes[0], here.suffixes[1]);
    add(here.prefixes[1], 0);
    add(here.prefixes[2], 0);
    add(here.shape, is_first);
    add(here.traits, is_first);
    add(tag(1), 0);
    add(tag(1), tag(2));
    add(tag(1), here.lower);
    add(tag(1), here.suffixes[2]);
    add(tag(1) << 8 | tag(2), here.suffixes[1]);
    add(before.lower, 0);
    add(before.lower, here.suffixes[2]);
    add(before.lower, here.lower);
    add(before.suffixes[2], 0);
    add(before2.lower, 0);
    add(before2.lower, tag(1));
    add(after.lower, 0);
    add(after.lower, here.lower);
    add(after.suffixes[2], 0);
    add(after.suffixes[1], tag(1));
    add(after.shape, here.shape);
    add(after2.lower, 0);
    add(after2.suffixes[2], after.suffixes[1]);
    add(before.lower, after.lower);
    add(tag(1), after.lower);
    add(here.suffixes[2], after.suffixes[2]);
    add(looks.last().map_or(0, |last| last.lower), is_first);
}
