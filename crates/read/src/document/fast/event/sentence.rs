//! *What is there to see of a sentence?* Hashes of its words, its tree, and what the lexicon proposes at each word.

use std::borrow::Cow;

use annalist_data::lexicon::{HeadKind, Phrase, lexicon};
use annalist_schema::{Deprel, Upos};

use super::features::trigger_feature;
use crate::document::WordAnalysis;
use crate::document::fast::word::{Look, looks};
use crate::document::weights::hash;

/// A word after its head may be part of its phrase so far away.
const PHRASE: usize = 8;

/// The bit of [`Seen::types`] for patterns that only say what becomes of the act inside them.
const OUTER: u32 = 20;

/// Where a sentence stands in its report.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// How many sentences come before it.
    pub index: usize,
    /// How many sentences the report has.
    pub n_sentences: usize,
    /// What the report's first sentences speak of, up to this one, as hashes.
    pub lead: Vec<u32>,
}

/// How many sentences tell what a report is about.
const N_LEAD: usize = 2;

impl Place {
    /// Goes on to a sentence of a report with so many.
    pub fn enter(&mut self, index: usize, n_sentences: usize, sentence: &Sentence<'_>) {
        (self.index, self.n_sentences) = (index, n_sentences);
        if index == 0 {
            self.lead.clear();
        }
        if index < N_LEAD {
            let is_told = |seen: &&Seen| matches!(seen.upos, Upos::Noun | Upos::Verb);
            self.lead.extend(sentence.words.iter().filter(is_told).map(|seen| seen.lemma));
        }
    }
}

/// A sentence with its analysis.
pub struct Sentence<'s> {
    pub(super) words: Vec<Seen>,
    lemmas: Vec<Cow<'s, str>>,
}

/// What is seen of one word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub look: Look,
    pub lemma: u32,
    pub upos: Upos,
    pub feats: u32,
    pub deprel: Deprel,
    /// The hash of the relation without its subtype.
    pub rel: u32,
    pub head: Option<usize>,
    /// Preposition or subordinator, as a lemma.
    pub case: u32,
    /// What it names, if it is part of a name; zero if it is not.
    pub name: u32,
    /// Types of the patterns that ask for this word alone, as bits.
    pub types: u32,
    /// Types of the patterns that ask for more words, which are there.
    pub phrase_types: u32,
    pub first_child: Option<usize>,
    pub next_sibling: Option<usize>,
}

impl<'s> Sentence<'s> {
    /// The forms of a sentence with their lemmas and analyses, one for each.
    pub fn new(forms: &[&str], lemmas: &'s [Box<str>], analyses: &[WordAnalysis]) -> Self {
        let lemmas: Vec<Cow<'s, str>> = lemmas.iter().map(|lemma| lower(lemma)).collect();
        let looks = looks(forms);
        let words = looks.into_iter().zip(&lemmas).zip(analyses);
        let words = words.map(|((look, lemma), analysis)| seen(look, lemma, analysis)).collect();
        let mut sentence = Self { words, lemmas };
        sentence.bind(analyses);
        for word in 0..sentence.len() {
            sentence.propose(word);
        }
        sentence
    }

    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether it is worth asking of a word: a verb, a word that the lexicon proposes, or one that was an event in training, which the
    /// model says of its [`trigger_feature`].
    pub fn may_be_event(&self, word: usize, was_event: impl Fn(u32) -> bool) -> bool {
        let word = &self.words[word];
        let is_proposed = word.types | word.phrase_types != 0;
        is_content(word.upos)
            && (word.upos == Upos::Verb || is_proposed || was_event(trigger_feature(word.lemma)))
    }

    /// The hash of a word's lemma.
    pub fn lemma(&self, word: usize) -> u32 {
        self.words[word].lemma
    }

    /// The words that depend on a word, the last first.
    pub(super) fn children(&self, word: usize) -> impl Iterator<Item = &Seen> {
        let first = self.words[word].first_child;
        let children = std::iter::successors(first, |&child| self.words[child].next_sibling);
        children.map(|child| &self.words[child])
    }

    fn bind(&mut self, analyses: &[WordAnalysis]) {
        for (word, analysis) in analyses.iter().enumerate() {
            let Some(head) = analysis.head.filter(|&head| head < self.words.len()) else { continue };
            self.words[word].next_sibling = self.words[head].first_child.replace(word);
            if matches!(analysis.deprel.base(), "case" | "mark") {
                self.words[head].case = self.words[word].lemma;
            }
        }
    }

    fn propose(&mut self, word: usize) {
        for &kind in kinds(self.words[word].upos) {
            for (entry, phrase) in lexicon().patterns(kind, &self.lemmas[word]) {
                let bit = 1 << entry.coding.event_type.map_or(OUTER, |known| known as u32);
                if phrase.before.is_empty() && phrase.after.is_empty() {
                    self.words[word].types |= bit;
                } else if self.has_phrase(word, phrase) {
                    self.words[word].phrase_types |= bit;
                }
            }
        }
    }

    fn has_phrase(&self, word: usize, phrase: &Phrase) -> bool {
        let is_before = |back: usize, lemma: &str| {
            word.checked_sub(back + 1).is_some_and(|at| *self.lemmas[at] == *lemma)
        };
        let until = self.len().min(word + 1 + PHRASE);
        let is_after =
            |lemma: &str| (word + 1..until).any(|at| *self.lemmas[at] == *lemma && self.is_below(at, word));
        phrase.before.iter().rev().enumerate().all(|(back, lemma)| is_before(back, lemma))
            && phrase.after.iter().all(|lemma| is_after(lemma))
    }

    /// Whether a word depends on another, or on one that does.
    fn is_below(&self, word: usize, other: usize) -> bool {
        let head = self.words[word].head;
        head == Some(other) || head.is_some_and(|head| self.words[head].head == Some(other))
    }
}

/// Nouns, verbs and adjectives, names among them.
pub(super) fn is_content(upos: Upos) -> bool {
    matches!(upos, Upos::Verb | Upos::Noun | Upos::Adj | Upos::Propn)
}

fn seen(look: Look, lemma: &str, analysis: &WordAnalysis) -> Seen {
    Seen {
        look,
        lemma: hash(lemma),
        upos: analysis.upos,
        feats: feats(analysis),
        deprel: analysis.deprel,
        rel: hash(analysis.deprel.base()),
        head: analysis.head,
        case: 0,
        name: analysis.ner.kind().map_or(0, |kind| kind as u32 + 1),
        types: 0,
        phrase_types: 0,
        first_child: None,
        next_sibling: None,
    }
}

fn feats(analysis: &WordAnalysis) -> u32 {
    let feats = &analysis.feats;
    let tense = feats.tense.map_or(0, |tense| tense as u32 + 1);
    let form = feats.verb_form.map_or(0, |form| form as u32 + 1);
    let number = feats.number.map_or(0, |number| number as u32 + 1);
    tense | form << 4 | number << 8
}

fn lower(lemma: &str) -> Cow<'_, str> {
    if lemma.contains(char::is_uppercase) { Cow::Owned(lemma.to_lowercase()) } else { Cow::Borrowed(lemma) }
}

/// The parts of speech as which the lexicon has patterns for a word.
fn kinds(upos: Upos) -> &'static [HeadKind] {
    match upos {
        Upos::Verb | Upos::Aux => &[HeadKind::Verb],
        Upos::Noun | Upos::Propn => &[HeadKind::Noun],
        Upos::Adj | Upos::Adv => &[HeadKind::Adjective],
        _ => &[],
    }
}
