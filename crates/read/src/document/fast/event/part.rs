//! *Which words have which part in an event?* A log-linear classifier over the way through the tree from the event to the word.

use annalist_schema::{EventType, Part, Role, Upos};

use super::features::{NONE, pair};
use super::sentence::{Seen, Sentence};
use super::{UNIT, probabilities, split};
use crate::Error;
use crate::document::weights::{Weights, feature};

/// The label of the class of words that have no part; it comes before the roles.
pub const NO_PART: &str = "-";

/// Parts that are less probable are left out.
const LEAST: f32 = 0.05;

/// Words that stand further away have no part, or sentences without end would cost more than they hold.
const FARTHEST: usize = 40;

/// Words further up the tree than this are out of sight.
const MAX_STEPS: usize = 6;

/// Number of the first template.
const OF_PART: u32 = 300;

/// The loaded classifier.
pub struct PartReader {
    weights: Weights,
    roles: Vec<Role>,
}

impl PartReader {
    /// Reads a weights file whose labels are [`NO_PART`] and roles.
    ///
    /// # Errors
    /// If it is damaged, or a label is no role.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let weights = Weights::parse(bytes)?;
        let roles = split(weights.labels(), NO_PART)?;
        Ok(Self { weights, roles })
    }

    /// The words that may have a part in an event of a type, in order; they are counted from the start of the sentence.
    pub fn read(&self, sentence: &Sentence<'_>, event: usize, event_type: EventType) -> Vec<Part> {
        let mut features = Vec::with_capacity(50);
        let mut scores = vec![0; self.weights.labels().len()];
        let parts = sentence.beside(event).flat_map(|word| {
            part_features(sentence, event, event_type, word, &mut features);
            self.weights.score(&features, &mut scores);
            self.parts(word, &scores)
        });
        parts.collect()
    }

    fn parts(&self, word: usize, scores: &[i32]) -> Vec<Part> {
        let probabilities = probabilities(scores, UNIT);
        let known = self.roles.iter().zip(probabilities.into_iter().skip(1));
        let known = known.filter(|(_, probability)| *probability >= LEAST);
        known.map(|(&role, probability)| Part { word: word as u32, role, probability }).collect()
    }
}

impl Sentence<'_> {
    /// The words that may have a part in an event: they stand near it, are of a part of speech that has parts, of adjectives those
    /// with a capital, and head what they name.
    pub fn beside(&self, event: usize) -> impl Iterator<Item = usize> + '_ {
        let near = event.saturating_sub(FARTHEST)..self.len().min(event + FARTHEST + 1);
        near.filter(move |&word| self.may_have_part(event, word))
    }

    fn may_have_part(&self, event: usize, word: usize) -> bool {
        let seen = &self.words[word];
        let is_head = match seen.deprel.base() {
            "flat" | "fixed" => false,
            "compound" => seen.head == Some(event),
            _ => true,
        };
        let is_kind = matches!(seen.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
            || seen.upos == Upos::Adj && seen.look.traits & 1 == 1;
        word != event && is_head && is_kind
    }
}

/// What the part of a word in an event is told from.
pub fn part_features(
    sentence: &Sentence<'_>,
    event: usize,
    event_type: EventType,
    index: usize,
    features: &mut Vec<u32>,
) {
    let words = &sentence.words;
    let (own, word) = (&words[event], &words[index]);
    let head = word.head.map(|head| &words[head]);
    let lemma = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or(NONE, |word| word.lemma);
    let head_lemma = head.map_or(NONE, |head| head.lemma);
    let head_case = head.map_or(NONE, |head| head.case);
    let way = way(words, event, index);
    let head_way = word.head.map_or(NONE, |head| self::way(words, event, head));
    let kind = event_type as u32;
    let upos = word.upos as u32;
    let has_number = sentence.children(index).any(|child| child.upos == Upos::Num);
    let looks = pair(upos << 4 | word.name << 1 | u32::from(has_number), 0);
    features.clear();
    let mut template = OF_PART;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    // The word.
    add(looks, kind);
    add(word.lemma, 0);
    add(word.lemma, kind);
    add(word.look.suffixes[2], upos);
    add(word.case, looks);
    add(word.case, pair(looks, kind));
    add(word.case, word.lemma);
    add(word.rel, pair(word.case, kind));
    add(word.rel, head_lemma);
    add(head_lemma, kind);
    add(head_lemma, pair(head_case, looks));
    add(lemma(index.checked_sub(1)), upos);
    add(lemma(Some(index + 1)), upos);
    add(word.look.shape, upos);
    // The way to it.
    add(way, looks);
    add(way, kind);
    add(way, word.case);
    add(way, word.lemma);
    add(way, own.lemma);
    add(way, pair(word.case, own.lemma));
    add(way, pair(looks, kind));
    add(way, pair(word.case, kind));
    add(way, pair(word.case, looks));
    add(head_way, pair(word.rel, looks));
    add(head_way, pair(head_lemma, kind));
    add(own.lemma, word.lemma);
    // How far away it stands.
    add(distance(event, index), looks);
    add(distance(event, index), kind);
    add(own.rel, pair(way, own.upos as u32));
}

/// The relations from an event up to what is above both, and from there down to a word.
fn way(words: &[Seen], event: usize, word: usize) -> u32 {
    let above = |at: usize| std::iter::successors(Some(at), |&at| words[at].head).take(MAX_STEPS);
    let Some((down, top)) = above(word).enumerate().find(|&(_, at)| above(event).any(|other| other == at))
    else {
        return NONE;
    };
    let rels = |from: usize| above(from).take_while(move |&at| at != top).map(|at| words[at].rel);
    let up = rels(event).fold(0, pair);
    rels(word).take(down).fold(pair(up, 1), pair)
}

/// On which side and how far, in steps.
fn distance(event: usize, word: usize) -> u32 {
    let steps = match event.abs_diff(word) {
        near @ 0..=3 => near as u32,
        4..=6 => 4,
        7..=12 => 5,
        _ => 6,
    };
    steps << 1 | u32::from(word > event)
}
