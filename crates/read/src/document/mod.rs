//! *Which sentences and words does a text have, and how do they hang together?*

pub mod abbreviation;
pub mod contraction;
pub mod fast;
pub mod lemma;
pub mod morphology;
pub mod sentence;
pub mod token;
pub mod weights;

use annalist_schema::{Document, Sentence, Span, Token};

use self::fast::Fast;
use self::lemma::Lemmatiser;
use self::token::Word;
use self::weights::Weights;
use crate::report::Outline;
use crate::{Error, Tier};

/// Splits, tags and parses texts.
pub struct Analyser {
    boundaries: Weights,
    lemmatiser: Lemmatiser,
    fast: Fast,
}

impl Analyser {
    /// Loads the models of a tier.
    ///
    /// # Errors
    /// If a model file is damaged.
    pub fn new(_tier: Tier) -> Result<Self, Error> {
        Ok(Self {
            boundaries: Weights::parse(include_bytes!("../../../../models/fast/sentences.bin"))?,
            lemmatiser: Lemmatiser::parse(include_str!("../../../../models/fast/lemmas.tsv"))?,
            fast: Fast::load()?,
        })
    }

    /// One document per text, in order.
    pub fn analyse(&self, texts: &[(&str, &Outline)]) -> Vec<Document> {
        texts.iter().map(|(text, outline)| self.analyse_one(text, outline)).collect()
    }

    fn analyse_one(&self, text: &str, outline: &Outline) -> Document {
        let mut document = segment(text, outline, &self.boundaries);
        for sentence in &document.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let spans: Vec<(Span, Option<Box<str>>)> =
                document.tokens[range.clone()].iter().map(|token| (token.span, token.form.clone())).collect();
            let forms: Vec<&str> =
                spans.iter().map(|(span, form)| form.as_deref().unwrap_or_else(|| span.of(text))).collect();
            let tokens = &mut document.tokens[range];
            self.fast.analyse(&forms, &self.lemmatiser, tokens);
            for token in tokens {
                token.head = token.head.map(|head| head + sentence.tokens.start);
            }
        }
        document
    }
}

/// Sentences and words, not yet analysed.
pub fn segment(text: &str, outline: &Outline, boundaries: &Weights) -> Document {
    let mut document = Document::default();
    for block in &outline.blocks {
        let words = token::tokenise(text, block.span);
        let mut sentences = sentence::split(text, &words, boundaries).into_iter().peekable();
        let mut words = words.into_iter();
        while let Some(range) = sentences.next() {
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
    document.sentences.push(Sentence { span, tokens, is_heading, vector: Vec::new() });
}
