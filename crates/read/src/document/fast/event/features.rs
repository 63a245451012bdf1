//! *What is it told from, whether a word is an event?* Each thing that is seen, and pairs of them, as hashes.

use annalist_schema::Upos;

use super::sentence::{Place, Seen, Sentence, is_content};
use crate::document::weights::{feature, hash};

/// Numbers of the templates that look at a whole sentence, at a word, and at what depends on it.
const OF_SENTENCE: u32 = 200;
const OF_WORD: u32 = 0;
const OF_CHILD: u32 = 100;

/// What stands for a word or a way where there is none.
pub(super) const NONE: u32 = 3;

/// That a lemma was an event in training. The model holds it without a weight: that it is there counts.
pub fn trigger_feature(lemma: u32) -> u32 {
    feature(OF_SENTENCE + 52, lemma, 0)
}

/// What holds of all words of a sentence.
pub fn sentence_features(sentence: &Sentence<'_>, place: &Place, features: &mut Vec<u32>) {
    let words = &sentence.words;
    let size = size(place.n_sentences);
    let n_names = words.iter().filter(|word| word.name > 0).count().min(6) as u32;
    features.clear();
    let mut template = OF_SENTENCE;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(0, 0);
    add((words.len() / 5).min(9) as u32, 0);
    add(depth(place.index), 0);
    add(size, 0);
    add(depth(place.index), size);
    add(n_names, 0);
    add(voice(words), 0);
    add(words.last().map_or(NONE, |word| word.look.lower), size);
    let content = words.iter().filter(|word| is_content(word.upos));
    features.extend(content.map(|word| feature(OF_SENTENCE + 50, word.lemma, 0)));
    if place.n_sentences > 2 {
        features.extend(place.lead.iter().map(|&lemma| feature(OF_SENTENCE + 51, lemma, 0)));
    }
    // What is said twice is said once.
    features.sort_unstable();
    features.dedup();
}

/// Sentences of news state events, those of stories and interviews speak of "I" and "you", ask and quote.
fn voice(words: &[Seen]) -> u32 {
    const MARKS: [&str; 5] = ["\"", "“", "i", "we", "?"];
    let bits = MARKS.iter().enumerate().map(|(bit, mark)| {
        let mark = hash(mark);
        u32::from(words.iter().any(|word| word.look.lower == mark)) << bit
    });
    bits.sum()
}

/// How far down a sentence stands, in steps.
fn depth(index: usize) -> u32 {
    match index {
        0..=3 => index as u32,
        4..=5 => 4,
        _ => 5,
    }
}

/// How long a report is, in steps.
fn size(n_sentences: usize) -> u32 {
    match n_sentences {
        0..=1 => 0,
        2 => 1,
        3..=5 => 2,
        6..=12 => 3,
        13..=24 => 4,
        _ => 5,
    }
}

/// What holds of one word.
pub fn word_features(sentence: &Sentence<'_>, place: &Place, index: usize, features: &mut Vec<u32>) {
    let words = &sentence.words;
    let word = &words[index];
    let near = |offset: isize| index.checked_add_signed(offset).and_then(|at| words.get(at));
    let lemma = |offset: isize| near(offset).map_or(NONE, |word| word.lemma);
    let head = word.head.map(|head| &words[head]);
    let above = head.and_then(|head| head.head).map(|head| &words[head]);
    let of = |word: Option<&Seen>, what: fn(&Seen) -> u32| word.map_or(NONE, what);
    let (head_lemma, head_rel) = (of(head, |head| head.lemma), of(head, |head| head.rel));
    let (upos, rel, size) = (word.upos as u32, word.rel, size(place.n_sentences));
    let proposed = word.types | word.phrase_types;
    let relations = relations(sentence, index);

    features.clear();
    let mut template = OF_WORD;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    // The word.
    add(upos, 0);
    add(word.lemma, 0);
    add(word.lemma, upos);
    add(word.look.lower, 0);
    add(word.look.suffixes[2], upos);
    add(word.look.suffixes[3], upos);
    add(word.feats, rel);
    add(word.name, upos);
    add(size, upos);
    add(size, word.lemma);
    // What it hangs from.
    add(rel, upos);
    add(rel, word.lemma);
    add(rel, head_lemma);
    add(rel, pair(of(head, |head| head.upos as u32), upos));
    add(rel, pair(head_rel, of(above, |above| above.rel)));
    add(rel, pair(head_rel, of(above, |above| above.lemma)));
    add(rel, pair(size, upos));
    add(rel, word.case);
    add(word.lemma, head_lemma);
    add(word.lemma, word.case);
    // What stands beside it.
    add(lemma(-1), 0);
    add(lemma(1), 0);
    add(word.lemma, lemma(-1));
    add(word.lemma, lemma(1));
    // What the lexicon proposes.
    add(word.types, word.phrase_types);
    add(u32::from(word.types == 0), u32::from(word.phrase_types == 0));
    add(proposed, rel);
    add(proposed, size);
    add(proposed, of(head, |head| head.types | head.phrase_types));
    add(proposed, place.index.min(3) as u32);
    // Which dependents it has.
    add(relations, proposed);
    for bit in bits(word.types) {
        features.push(feature(OF_WORD + 90, bit, 0));
    }
    for bit in bits(word.phrase_types) {
        features.push(feature(OF_WORD + 91, bit, 0));
    }
    for child in sentence.children(index).filter(|child| child.upos != Upos::Punct) {
        child_features(word, child, features);
    }
}

/// What holds of a word because of another that depends on it.
fn child_features(word: &Seen, child: &Seen, features: &mut Vec<u32>) {
    let (rel, upos) = (child.rel, word.upos as u32);
    let case = pair(rel, child.case);
    let proposed = word.types | word.phrase_types;
    let mut template = OF_CHILD;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(rel, upos);
    add(rel, child.lemma);
    add(rel, word.lemma);
    add(rel, pair(word.lemma, child.lemma));
    add(rel, pair(word.lemma, child.name));
    add(case, child.lemma);
    add(case, proposed);
}

/// The relations of what depends on a word, whatever their order.
fn relations(sentence: &Sentence<'_>, index: usize) -> u32 {
    let children = sentence.children(index).filter(|child| child.upos != Upos::Punct);
    children.map(|child| pair(child.rel, 0)).fold(0, u32::wrapping_add)
}

fn bits(set: u32) -> impl Iterator<Item = u32> {
    (0..u32::BITS).filter(move |bit| set >> bit & 1 == 1)
}

/// Two things as one.
pub(super) fn pair(first: u32, second: u32) -> u32 {
    feature(0, first, second)
}
