//! *Which words of a parsed sentence may be events, and of which type?* A log-linear classifier over the word, what hangs from it,
//! what it hangs from, what the lexicon knows of it, and what the sentence and the report speak of; and another one over the words that
//! may have a part in it.

mod features;
mod part;
mod sentence;

use std::str::FromStr;

use annalist_schema::{EventType, Happening};

pub use self::features::{sentence_features, trigger_feature, word_features};
pub use self::part::{NO_PART, PartReader, part_features};
pub use self::sentence::{Place, Sentence};
use crate::Error;
use crate::document::SentenceAnalysis;
use crate::document::weights::Weights;

/// The logarithm of the odds that a weight of one stands for: the trainer writes weights in this unit.
pub const UNIT: f32 = 0.0005;

/// Words that are less probably an event are none, and types that are less probable are left out.
const LEAST: f32 = 0.02;

/// Of words that are less probably an event nobody asks who has a part in it.
const LEAST_WITH_PARTS: f32 = 0.3;

/// The label of the class of words that are no event; it comes before the types.
pub const NO_EVENT: &str = "-";

/// The loaded classifiers.
pub struct EventReader {
    weights: Weights,
    types: Vec<EventType>,
    parts: PartReader,
}

impl EventReader {
    /// Loads the model that is part of the program.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn load() -> Result<Self, Error> {
        let parts = PartReader::parse(include_bytes!("../../../../../../models/fast/parts.bin"))?;
        Self::parse(include_bytes!("../../../../../../models/fast/events.bin"), parts)
    }

    /// Reads a weights file whose labels are [`NO_EVENT`] and types.
    ///
    /// # Errors
    /// If it is damaged, or a label is no type.
    pub fn parse(bytes: &[u8], parts: PartReader) -> Result<Self, Error> {
        let weights = Weights::parse(bytes)?;
        let types = split(weights.labels(), NO_EVENT)?;
        Ok(Self { weights, types, parts })
    }

    /// The words that may be events in each sentence of one report, from the forms, lemmas and analyses of its words.
    pub fn read(
        &self,
        sentences: &[Vec<&str>],
        lemmas: &[Vec<Box<str>>],
        analyses: &[SentenceAnalysis],
    ) -> Vec<Vec<Happening>> {
        let mut place = Place::default();
        let rows = sentences.iter().zip(lemmas).zip(analyses).enumerate();
        let happenings = rows.map(|(index, ((forms, lemmas), analysis))| {
            let sentence = Sentence::new(forms, lemmas, &analysis.words);
            place.enter(index, sentences.len(), &sentence);
            self.read_sentence(&sentence, &place)
        });
        happenings.collect()
    }

    /// The words of a sentence that may be events, in order; they are counted from its start.
    fn read_sentence(&self, sentence: &Sentence<'_>, place: &Place) -> Vec<Happening> {
        let mut features = Vec::with_capacity(200);
        sentence_features(sentence, place, &mut features);
        let mut shared = vec![0; self.weights.labels().len()];
        self.weights.score(&features, &mut shared);
        let mut scores = shared.clone();
        let is_trigger = |word: usize| sentence.may_be_event(word, |trigger| self.weights.has(trigger));
        let words = (0..sentence.len()).filter(|&word| is_trigger(word));
        let happenings = words.filter_map(|word| {
            word_features(sentence, place, word, &mut features);
            self.weights.score(&features, &mut scores);
            scores.iter_mut().zip(&shared).for_each(|(score, shared)| *score += shared);
            self.happening(word, &scores)
        });
        let mut happenings: Vec<Happening> = happenings.collect();
        happenings.iter_mut().for_each(|happening| self.add_parts(sentence, happening));
        happenings
    }

    fn add_parts(&self, sentence: &Sentence<'_>, happening: &mut Happening) {
        let likeliest = happening.types.first().filter(|_| happening.probability >= LEAST_WITH_PARTS);
        let Some(&(event_type, _)) = likeliest else { return };
        happening.parts = self.parts.read(sentence, happening.word as usize, event_type);
    }

    fn happening(&self, word: usize, scores: &[i32]) -> Option<Happening> {
        let probabilities = probabilities(scores, UNIT);
        let (none, rest) = probabilities.split_first()?;
        let probability = 1.0 - none;
        if probability < LEAST {
            return None;
        }
        let types = self.types.iter().copied().zip(rest.iter().copied());
        let mut types: Vec<_> = types.filter(|(_, probability)| *probability >= LEAST).collect();
        types.sort_by(|one, other| other.1.total_cmp(&one.1));
        Some(Happening { word: word as u32, probability, types, status: None, parts: Vec::new() })
    }
}

/// The labels after the first, which is that of nothing.
fn split<T: FromStr>(labels: &[String], nothing: &str) -> Result<Vec<T>, Error> {
    let Some((first, labels)) = labels.split_first().filter(|(first, _)| *first == nothing) else {
        return Err(Error::Model("events: the first class must be that of nothing".to_owned()));
    };
    let parsed = |label: &String| {
        label.parse().map_err(|_| Error::Model(format!("events: `{label}` is not a label after `{first}`")))
    };
    labels.iter().map(parsed).collect()
}

/// The probability of each class, from scores in a unit.
fn probabilities(scores: &[i32], unit: f32) -> Vec<f32> {
    let most = scores.iter().copied().max().unwrap_or_default();
    let odds: Vec<f32> = scores.iter().map(|score| ((score - most) as f32 * unit).exp()).collect();
    let total: f32 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::weights::write;

    fn reader(labels: &[&str]) -> Result<EventReader, Error> {
        let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
        let parts = PartReader::parse(&write(&[NO_PART.to_owned()], &[]))?;
        EventReader::parse(&write(&labels, &[]), parts)
    }

    #[test]
    fn every_class_but_the_first_is_a_type() {
        assert!(reader(&["-", "ASSAULT"]).is_ok());
        assert!(reader(&["-", "ATTACK"]).is_err());
        assert!(reader(&["ASSAULT"]).is_err());
        assert!(reader(&[]).is_err());
    }

    #[test]
    fn scores_become_probabilities() {
        let reader = reader(&["-", "ASSAULT", "COERCE"]).unwrap();
        let happening = reader.happening(4, &[0, 2000, 0]).unwrap();
        assert_eq!((happening.word, happening.types[0].0), (4, EventType::Assault));
        assert!((happening.of_type(EventType::Assault) - 0.576).abs() < 0.001);
        assert!((happening.probability - 0.788).abs() < 0.001);
        assert_eq!(reader.happening(4, &[10_000, 0, 0]), None);
    }
}
