//! *Which sentences and words does a text have, and how do they hang together?*

pub mod abbreviation;
pub mod contraction;
pub mod fast;
mod headline;
pub mod lemma;
mod mend;
pub mod morphology;
mod names;
pub mod sentence;
pub mod tags;
pub mod token;
pub mod weights;

use std::borrow::Cow;
use std::ops::Range;

use annalist_schema::{Deprel, Document, EntityTag, Feats, Happening, Ner, Sentence, Token, Upos, View};

use self::fast::Fast;
use self::fast::event::EventReader;
use self::lemma::Lemmatiser;
use self::token::Word;
use self::weights::Weights;
#[cfg(feature = "full")]
use crate::model::Model;
use crate::report::Outline;
use crate::{Error, Tier, parallel};

/// Splits, tags and parses texts.
pub struct Analyser {
    boundaries: Weights,
    lemmatiser: Lemmatiser,
    engine: Engine,
    events: EventReader,
    n_workers: usize,
}

/// What analyses the words of a sentence.
enum Engine {
    Fast(Fast),
    #[cfg(feature = "full")]
    Full(Model),
}

/// What is known of one word from its sentence; the lemma follows from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordAnalysis {
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// Index of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to it.
    pub deprel: Deprel,
    /// Name tag.
    pub ner: Ner,
    /// Finer entity tag; the fast tier has none.
    pub entity: Option<EntityTag>,
}

/// What is known of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceAnalysis {
    /// One for each word.
    pub words: Vec<WordAnalysis>,
    /// Meaning as a vector of unit norm; empty in the fast tier.
    pub vector: Vec<f32>,
    /// Words that may be events, counted from the start of the sentence; `None` where no trained reader has looked.
    pub happenings: Option<Vec<Happening>>,
}

impl Analyser {
    /// Loads the models of a tier; without the feature `full`, the fast tier stands in for the full one.
    ///
    /// # Errors
    /// If a model file is damaged.
    pub fn new(tier: Tier) -> Result<Self, Error> {
        Self::with_workers(tier, 1)
    }

    /// The same, to run on up to so many threads. The analysis does not depend on their number.
    ///
    /// # Errors
    /// If a model file is damaged.
    pub fn with_workers(tier: Tier, n_workers: usize) -> Result<Self, Error> {
        Ok(Self {
            boundaries: Weights::parse(include_bytes!("../../../../models/fast/sentences.bin"))?,
            lemmatiser: Lemmatiser::parse(include_str!("../../../../models/fast/lemmas.tsv"))?,
            engine: Engine::load(tier, n_workers)?,
            events: EventReader::load()?,
            n_workers,
        })
    }

    /// One document per text, in order.
    pub fn analyse(&self, texts: &[(&str, &Outline)]) -> Vec<Document> {
        let mut documents = parallel::map(texts, self.n_workers, |(text, outline), _| {
            segment(text, outline, &self.boundaries)
        });
        let sentences: Vec<Vec<&str>> = texts
            .iter()
            .zip(&documents)
            .flat_map(|((text, _), document)| forms_by_sentence(View::new(text, document)))
            .collect();
        let headlines: Vec<Option<Vec<Cow<'_, str>>>> =
            sentences.iter().map(|forms| headline::plain(forms)).collect();
        let sentences: Vec<Vec<&str>> = sentences
            .iter()
            .zip(&headlines)
            .map(|(forms, plain)| match plain {
                Some(plain) => plain.iter().map(|form| &**form).collect(),
                None => forms.clone(),
            })
            .collect();
        let mut analyses = self.engine.analyse(&sentences, self.n_workers);
        let lemmas = self.lemmas(&sentences, &analyses);
        self.add_happenings(&documents, &sentences, &lemmas, &mut analyses);
        // The forms borrow the documents' own; they must go before the documents are filled.
        drop(sentences);
        drop(headlines);
        let mut analyses = analyses.into_iter();
        let mut lemmas = lemmas.into_iter().flatten();
        for (document, (text, _)) in documents.iter_mut().zip(texts) {
            let n_sentences = document.sentences.len();
            fill(document, analyses.by_ref().take(n_sentences), &mut lemmas);
            if self.engine.leaves_voice_open() {
                mark_passives(document);
            }
            mend::subjects(document);
            mend::arguments(text, document);
            names::agree(text, document);
        }
        documents
    }

    /// The lemmas of each sentence's words.
    fn lemmas(&self, sentences: &[Vec<&str>], analyses: &[SentenceAnalysis]) -> Vec<Vec<Box<str>>> {
        let lemmas = |(forms, analysis): (&Vec<&str>, &SentenceAnalysis)| {
            let words = forms.iter().zip(&analysis.words);
            words.map(|(form, word)| self.lemmatiser.lemma(form, word.upos, &word.feats)).collect()
        };
        sentences.iter().zip(analyses).map(lemmas).collect()
    }

    /// Adds the events that the trees and lemmas show, whichever tier they are of.
    fn add_happenings(
        &self,
        documents: &[Document],
        sentences: &[Vec<&str>],
        lemmas: &[Vec<Box<str>>],
        analyses: &mut [SentenceAnalysis],
    ) {
        let ranges = ranges(documents);
        let found = parallel::map(&ranges, self.n_workers, |range, _| {
            self.events.read(&sentences[range.clone()], &lemmas[range.clone()], &analyses[range.clone()])
        });
        for (analysis, happenings) in analyses.iter_mut().zip(found.into_iter().flatten()) {
            analysis.happenings = Some(happenings);
        }
    }
}

impl Engine {
    #[cfg(feature = "full")]
    fn load(tier: Tier, n_workers: usize) -> Result<Self, Error> {
        match tier {
            Tier::Full => Model::load(n_workers).map(Self::Full),
            Tier::Fast => Fast::load().map(Self::Fast),
        }
    }

    #[cfg(not(feature = "full"))]
    fn load(_tier: Tier, _n_workers: usize) -> Result<Self, Error> {
        Fast::load().map(Self::Fast)
    }

    /// Whether participles are still to be told apart by the tree.
    fn leaves_voice_open(&self) -> bool {
        matches!(self, Self::Fast(..))
    }

    fn analyse(&self, sentences: &[Vec<&str>], n_workers: usize) -> Vec<SentenceAnalysis> {
        match self {
            Self::Fast(fast) => parallel::map(sentences, n_workers, |forms, _| fast.analyse(forms)),
            #[cfg(feature = "full")]
            Self::Full(model) => model.analyse(sentences, n_workers),
        }
    }
}

/// Where the sentences of each document stand among those of all.
fn ranges(documents: &[Document]) -> Vec<Range<usize>> {
    let ends = documents.iter().scan(0, |end, document| {
        *end += document.sentences.len();
        Some(*end)
    });
    ends.zip(documents).map(|(end, document)| end - document.sentences.len()..end).collect()
}

/// Sentences and words, not yet analysed.
pub fn segment(text: &str, outline: &Outline, boundaries: &Weights) -> Document {
    let mut document = Document::default();
    for block in &outline.blocks {
        let words = token::tokenise(text, block.span);
        let sentences = sentence::split(text, &words, boundaries);
        let mut words = words.into_iter();
        for range in sentences {
            add_sentence(&mut document, words.by_ref().take(range.len()), block.is_heading);
        }
    }
    document
}

fn add_sentence(document: &mut Document, words: impl Iterator<Item = Word>, is_heading: bool) {
    let start = document.tokens.len();
    document.tokens.extend(words.map(|word| Token { span: word.span, form: word.form, ..Token::default() }));
    let (Some(first), Some(last)) = (document.tokens.get(start), document.tokens.last()) else { return };
    let span = first.span.cover(last.span);
    let tokens = start as u32..document.tokens.len() as u32;
    document.sentences.push(Sentence { span, tokens, is_heading, ..Sentence::default() });
}

fn forms_by_sentence<'t>(view: View<'t>) -> impl Iterator<Item = Vec<&'t str>> {
    view.document.sentences.iter().map(move |sentence| {
        let words = if is_noise(sentence) { 0..0 } else { sentence.tokens.clone() };
        words.map(|token| view.form(token)).collect()
    })
}

/// Whether a sentence is only marks and single letters, as of brackets in brackets: such a one has no analysis, or it would cost
/// many times what as many bytes of prose do.
fn is_noise(sentence: &Sentence) -> bool {
    let n_words = sentence.tokens.len() as u32;
    n_words >= FEWEST_NOISE && sentence.span.len() * 2 < n_words * 5
}

/// Fewer words may be a score or a formula.
const FEWEST_NOISE: u32 = 60;

fn fill(
    document: &mut Document,
    analyses: impl Iterator<Item = SentenceAnalysis>,
    lemmas: &mut impl Iterator<Item = Box<str>>,
) {
    for (sentence, analysis) in document.sentences.iter_mut().zip(analyses) {
        let tokens = document.tokens.iter_mut().skip(sentence.tokens.start as usize);
        for ((token, word), lemma) in tokens.zip(analysis.words).zip(lemmas.by_ref()) {
            token.head = word.head.map(|head| sentence.tokens.start + head as u32);
            (token.upos, token.feats, token.deprel) = (word.upos, word.feats, word.deprel);
            (token.ner, token.entity, token.lemma) = (word.ner, word.entity, lemma);
        }
        sentence.vector = analysis.vector;
        sentence.happenings = analysis.happenings;
        let first = sentence.tokens.start;
        for happening in sentence.happenings.iter_mut().flatten() {
            happening.word += first;
            happening.parts.iter_mut().for_each(|part| part.word += first);
        }
    }
}

fn mark_passives(document: &mut Document) {
    for sentence in &document.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        morphology::mark_passives(&mut document.tokens[range], sentence.tokens.start);
    }
}
