//! *What does the encoder make of these sentences?* The only door to a neural runtime.
//!
//! Words become pieces of a fixed vocabulary, pieces become numbers, six layers mix them, and small heads read tags,
//! tree, names and meaning off them. A sentence's analysis does not depend on its neighbours: the layers round with
//! fixed scales, so sentences may share a batch in any way.

mod container;
mod embedding;
mod encoder;
mod heads;
mod projective;
mod sequence;
mod shape;
mod tree;
mod wordpiece;

use std::ops::Range;

use serde_json::Value;

use self::container::Container;
use self::embedding::Embedding;
use self::encoder::{Batch, Encoded, Encoder, RtenEncoder};
use self::heads::Heads;
use self::wordpiece::{END, START, WordPiece};
use crate::document::SentenceAnalysis;
use crate::{Error, parallel};

/// The loaded full tier.
pub struct Model {
    vocabulary: WordPiece,
    max_pieces: usize,
    embedding: Embedding,
    encoder: Box<dyn Encoder>,
    heads: Heads,
}

/// Pieces in a batch, padding included: enough to use the processor well, few enough to stay in its cache.
const BATCH_PIECES: usize = 1024;

impl Model {
    /// Loads the model that is part of the program.
    ///
    /// # Errors
    /// If one of its files is damaged.
    pub fn load(n_workers: usize) -> Result<Self, Error> {
        let embeddings = Container::parse(include_bytes!("../../../../models/embeddings.i8"))?;
        let weights = Container::parse(include_bytes!("../../../../models/heads.safetensors"))?;
        let labels: Value = serde_json::from_str(include_str!("../../../../models/labels.json"))
            .map_err(|error| Error::Model(format!("labels: {error}")))?;
        let model = Self {
            vocabulary: WordPiece::parse(include_str!("../../../../models/vocab.txt")),
            max_pieces: heads::count(&labels, "max_subwords")?,
            embedding: Embedding::new(&embeddings, &weights)?,
            encoder: Box::new(RtenEncoder::new(include_bytes!("../../../../models/layers.onnx"), n_workers)?),
            heads: Heads::new(&labels, &weights)?,
        };
        if model.vocabulary.len() > model.embedding.n_pieces() {
            return Err(Error::Model("the vocabulary is larger than its embeddings".to_owned()));
        }
        // A runtime that refuses the model must say so now, not in the middle of a pile of reports.
        let probe = model.pieces(&["Probe"], 0..1, 0);
        model.encode(&[&probe], 0)?;
        Ok(model)
    }

    /// One analysis per sentence, in order.
    pub fn analyse(&self, sentences: &[Vec<&str>], n_workers: usize) -> Vec<SentenceAnalysis> {
        let mut windows: Vec<Pieces> =
            sentences.iter().enumerate().flat_map(|(index, words)| self.windows(words, index)).collect();
        // Sentences of like length waste little on padding; the sort is stable, so batches are the same every time.
        windows.sort_by_key(|window| window.ids.len());
        let batches = batches(&windows);
        let analyses = parallel::map(&batches, n_workers, |batch, worker| self.analyse_batch(batch, worker));
        let mut found: Vec<(&Pieces, SentenceAnalysis)> =
            windows.iter().zip(analyses.into_iter().flatten()).collect();
        found.sort_by_key(|(window, _)| (window.sentence, window.words.start));
        join(sentences.len(), found)
    }

    /// The pieces of a sentence, in as many windows as the encoder's positions need.
    fn windows(&self, words: &[&str], sentence: usize) -> Vec<Pieces> {
        let mut windows = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let window = self.pieces(words, start..words.len(), sentence);
            start = window.words.end;
            windows.push(window);
        }
        windows
    }

    /// As many words of the range as fit, cut into pieces.
    fn pieces(&self, words: &[&str], range: Range<usize>, sentence: usize) -> Pieces {
        let mut pieces = Pieces {
            sentence,
            words: range.start..range.start,
            ids: vec![START],
            shapes: vec![0],
            rows: vec![0],
        };
        for index in range {
            let ids = self.vocabulary.pieces(words[index], self.max_pieces);
            if pieces.ids.len() + ids.len() + 1 > self.embedding.n_positions() {
                break;
            }
            pieces.rows.push(pieces.ids.len());
            pieces.shapes.extend(std::iter::repeat_n(shape::shape(words[index], index == 0), ids.len()));
            pieces.ids.extend(ids);
            pieces.words.end = index + 1;
        }
        pieces.ids.push(END);
        pieces.shapes.push(0);
        pieces
    }

    fn analyse_batch(&self, batch: &[Pieces], worker: usize) -> Vec<SentenceAnalysis> {
        let encoded = self.encode(&batch.iter().collect::<Vec<_>>(), worker);
        let Ok(encoded) = encoded else { return vec![SentenceAnalysis::default(); batch.len()] };
        let mut root = 0;
        let mut analyses = Vec::with_capacity(batch.len());
        for (index, pieces) in batch.iter().enumerate() {
            let words = self.heads.read(&encoded, root, pieces.words.len());
            let vector = unit(encoded.sentence.row(index));
            analyses.push(SentenceAnalysis { words, vector, happenings: None });
            root += pieces.rows.len();
        }
        analyses
    }

    fn encode(&self, sentences: &[&Pieces], worker: usize) -> Result<Encoded, Error> {
        let width = self.embedding.width();
        let length = sentences.iter().map(|sentence| sentence.ids.len()).max().unwrap_or(0);
        // A lone sentence gets a blank neighbour: products of a single row are summed in another order.
        let n_sentences = sentences.len().max(2);
        let mut batch = Batch {
            embedded: vec![0.0; n_sentences * length * width],
            mask: vec![0.0; n_sentences * length],
            rows: Vec::new(),
            n_sentences,
            length,
            width,
        };
        for (index, sentence) in sentences.iter().enumerate() {
            let base = index * length;
            batch.rows.extend(sentence.rows.iter().map(|row| (base + row) as i32));
            batch.mask[base..base + sentence.ids.len()].fill(1.0);
            let rows = batch.embedded[base * width..].chunks_exact_mut(width);
            for (position, (row, (&id, &shape))) in
                rows.zip(sentence.ids.iter().zip(&sentence.shapes)).enumerate()
            {
                self.embedding.write(id, position, shape, row);
            }
        }
        self.encoder.encode(batch, worker)
    }
}

/// A sentence, or a window of a very long one, as the encoder sees it.
struct Pieces {
    sentence: usize,
    /// Its words, as indices into the sentence.
    words: Range<usize>,
    ids: Vec<u32>,
    shapes: Vec<usize>,
    /// Its start, then the first piece of each word.
    rows: Vec<usize>,
}

/// Neighbours in order of length, as many as fit.
fn batches(windows: &[Pieces]) -> Vec<&[Pieces]> {
    let mut batches = Vec::new();
    let mut rest = windows;
    while !rest.is_empty() {
        // The last is the longest, and gives the others their padding.
        let fits = |n: &usize| n * rest[n - 1].ids.len() <= BATCH_PIECES;
        let n = (1..=rest.len()).take_while(fits).last().unwrap_or(1);
        let (batch, others) = rest.split_at(n);
        batches.push(batch);
        rest = others;
    }
    batches
}

/// Puts the windows of each sentence together; the roots of later windows hang below the first one's.
fn join(n_sentences: usize, found: Vec<(&Pieces, SentenceAnalysis)>) -> Vec<SentenceAnalysis> {
    use annalist_schema::Deprel;
    let mut sentences = vec![SentenceAnalysis::default(); n_sentences];
    for (window, analysis) in found {
        let sentence = &mut sentences[window.sentence];
        let first = sentence.words.len();
        let root = sentence.words.iter().position(|word| word.head.is_none());
        for mut word in analysis.words {
            word.head = word.head.map(|head| head + first).or(root);
            if root.is_some() && word.deprel == Deprel::Root {
                word.deprel = Deprel::Parataxis;
            }
            sentence.words.push(word);
        }
        if first == 0 {
            sentence.vector = analysis.vector;
        }
    }
    sentences
}

/// The vector with norm one.
fn unit(vector: &[f32]) -> Vec<f32> {
    let norm = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
    if norm > 0.0 { vector.iter().map(|value| value / norm).collect() } else { vector.to_vec() }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use annalist_schema::{Deprel, EntityTag, Feats, Ner, Upos};
    use proptest::prelude::*;

    use super::*;
    use crate::document::WordAnalysis;
    use crate::document::tags::{entity_tag, name_tag};

    static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(3).unwrap());

    /// Sentences with what the training code makes of them.
    static PARITY: LazyLock<Value> = LazyLock::new(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../training/parity/parity.json");
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    });

    fn strings<'a>(sentence: &'a Value, column: &str) -> Vec<&'a str> {
        sentence[column].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
    }

    fn numbers(sentence: &Value, column: &str) -> Vec<usize> {
        sentence[column].as_array().unwrap().iter().map(|value| value.as_u64().unwrap() as usize).collect()
    }

    fn expected(sentence: &Value) -> Vec<WordAnalysis> {
        let heads = numbers(sentence, "head");
        let column = |name: &str| strings(sentence, name);
        let (upos, feats, deprel) = (column("upos"), column("feats"), column("deprel"));
        let (ner, entity) = (column("ner"), column("entity"));
        let word = |index: usize| WordAnalysis {
            upos: upos[index].parse::<Upos>().unwrap(),
            feats: Feats::parse(feats[index]),
            head: heads[index].checked_sub(1),
            deprel: deprel[index].parse::<Deprel>().unwrap(),
            ner: name_tag(ner[index]),
            entity: entity_tag(entity[index]),
        };
        (0..heads.len()).map(word).collect()
    }

    #[test]
    fn the_card_names_the_checksum_of_every_file() {
        use sha2::{Digest, Sha256};
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/");
        let card = std::fs::read_to_string(format!("{folder}CARD.md")).unwrap();
        for file in ["embeddings.i8", "layers.onnx", "heads.safetensors", "vocab.txt", "labels.json"] {
            let digest = Sha256::digest(std::fs::read(format!("{folder}{file}")).unwrap());
            let checksum: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(card.contains(&format!("`{file}` {checksum}")), "{file}");
        }
    }

    #[test]
    fn pieces_are_those_of_the_training_code() {
        for sentence in PARITY["sentences"].as_array().unwrap() {
            let words = strings(sentence, "words");
            let pieces = MODEL.pieces(&words, 0..words.len(), 0);
            assert_eq!(
                pieces.ids.iter().map(|&id| id as usize).collect::<Vec<_>>(),
                numbers(sentence, "ids"),
                "{words:?}"
            );
            assert_eq!(pieces.shapes, numbers(sentence, "shapes"), "{words:?}");
            assert_eq!(pieces.rows, numbers(sentence, "rows"), "{words:?}");
        }
    }

    #[test]
    fn analyses_are_those_of_the_training_code() {
        let sentences = PARITY["sentences"].as_array().unwrap();
        let words: Vec<Vec<&str>> = sentences.iter().map(|sentence| strings(sentence, "words")).collect();
        let (mut n_words, mut n_equal) = (0, 0);
        for (analysis, sentence) in MODEL.analyse(&words, 1).iter().zip(sentences) {
            for (got, wanted) in analysis.words.iter().zip(expected(sentence)) {
                n_words += 1;
                n_equal += usize::from(*got == wanted);
            }
        }
        // Sums in another order flip a near-tie now and then.
        assert!(n_words > 500 && n_equal * 1000 >= n_words * 995, "{n_equal} of {n_words}");
    }

    const WORDS: [&str; 14] = [
        "The",
        "army",
        "shelled",
        "Basel",
        ",",
        "killing",
        "1,200",
        "Généraux",
        "of",
        "non-combatants",
        "حرب",
        "!",
        "😀",
        "x",
    ];

    fn check(lengths: &[usize], n_workers: usize) {
        let sentence =
            |&length: &usize| (0..length).map(|at| WORDS[(at * 5 + length) % WORDS.len()]).collect();
        let sentences: Vec<Vec<&str>> = lengths.iter().map(sentence).collect();
        let together = MODEL.analyse(&sentences, n_workers);
        for (words, analysis) in sentences.iter().zip(&together) {
            let alone = &MODEL.analyse(std::slice::from_ref(words), 1)[0];
            // Bit by bit, but without printing hundreds of numbers.
            assert!(analysis == alone, "{words:?}");
        }
    }

    #[test]
    fn a_sentence_longer_than_the_positions_keeps_one_root() {
        let words = vec!["shelled"; 1200];
        let analysis = &MODEL.analyse(&[words], 1)[0];
        assert_eq!(analysis.words.len(), 1200);
        assert_eq!(analysis.words.iter().filter(|word| word.head.is_none()).count(), 1);
    }

    #[test]
    fn nothing_is_analysed_as_nothing() {
        assert!(MODEL.analyse(&[], 2).is_empty());
    }

    #[test]
    fn tags_that_mean_nothing_are_outside() {
        assert_eq!((name_tag("?"), entity_tag("?")), (Ner::Outside, None::<EntityTag>));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn an_analysis_does_not_depend_on_its_neighbours(lengths in prop::collection::vec(1usize..70, 1..24), n_workers in 1usize..4) {
            check(&lengths, n_workers);
        }
    }
}
