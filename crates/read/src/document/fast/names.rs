//! *Which words are part of a name, and what does it name?* Greedy IOB2 tagging over the tagged words.

use super::tagger::NO_TAG;
use super::word::{Look, OUTSIDE};
use crate::document::weights::{Weights, feature};

/// The name tag of each word, as a class of `weights`. No tag continues a name of another type.
pub fn find(looks: &[Look], tags: &[u8], weights: &Weights) -> Vec<u8> {
    let labels = weights.labels();
    let mut names: Vec<u8> = Vec::with_capacity(looks.len());
    let mut features = Vec::with_capacity(50);
    let mut scores = vec![0; labels.len()];
    for index in 0..looks.len() {
        name_features(looks, tags, &names, index, &mut features);
        weights.score(&features, &mut scores);
        let last = names.last().map_or("O", |&name| labels[usize::from(name)].as_str());
        let allowed = (0..labels.len()).filter(|&class| may_follow(last, &labels[class]));
        // `max_by_key` keeps the last of equals; reversed, the first, like everywhere else.
        let class = allowed.rev().max_by_key(|&class| scores[class]).unwrap_or(0);
        names.push(class as u8);
    }
    names
}

/// Whether one IOB2 tag may follow another: `I-ORG` only after `B-ORG` or `I-ORG`.
pub fn may_follow(last: &str, next: &str) -> bool {
    next.strip_prefix("I-").is_none_or(|kind| last.len() > 2 && &last[2..] == kind)
}

/// What the name tag of a word is told from; `names` holds those of the words before it.
pub fn name_features(looks: &[Look], tags: &[u8], names: &[u8], index: usize, features: &mut Vec<u32>) {
    let look =
        |offset: isize| index.checked_add_signed(offset).and_then(|at| looks.get(at)).unwrap_or(&OUTSIDE);
    let tag = |offset: isize| {
        u32::from(index.checked_add_signed(offset).and_then(|at| tags.get(at)).copied().unwrap_or(NO_TAG))
    };
    let name = |back: usize| u32::from(index.checked_sub(back).map_or(NO_TAG, |at| names[at]));
    let (here, before, after) = (look(0), look(-1), look(1));
    let is_first = u32::from(index == 0);
    features.clear();
    let mut template = 0;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(0, 0);
    add(name(1), 0);
    add(name(1), name(2));
    add(name(1), tag(0));
    add(name(1), here.shape);
    add(here.form, 0);
    add(here.form, name(1));
    add(here.lower, name(1));
    add(here.suffixes[1], here.shape);
    add(here.suffixes[2], here.shape);
    add(here.suffixes[3], here.shape);
    add(here.prefixes[2], here.shape);
    add(here.prefixes[1], here.shape);
    add(here.shape, is_first);
    add(here.traits, is_first);
    add(tag(0), here.shape);
    add(tag(-1), tag(0));
    add(tag(0), tag(1));
    add(tag(-1) << 8 | tag(0), tag(1));
    add(before.form, name(1));
    add(before.lower, here.shape);
    add(before.lower, here.lower);
    add(after.lower, here.shape);
    add(after.lower, here.lower);
    add(after.lower, name(1));
    add(before.shape, here.shape);
    add(after.shape, here.shape);
    add(look(-2).lower, here.shape);
    add(look(2).lower, here.shape);
    add(look(-2).lower, before.lower);
    add(after.lower, look(2).lower);
    add(after.suffixes[2], here.shape);
    add(before.suffixes[2], name(1));
    add(before.lower, after.lower);
}
