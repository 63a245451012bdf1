//! *What can be told of a sentence without a neural network?* Averaged perceptrons: tagger, parser and names; and a log-linear
//! reader of events.

pub mod event;
pub mod names;
pub mod parser;
pub mod tagger;
pub mod word;

use annalist_schema::{Deprel, Ner};

use self::parser::Move;
use super::morphology::Morphology;
use super::tags::name_tag;
use super::weights::Weights;
use super::{SentenceAnalysis, WordAnalysis};
use crate::Error;

/// The loaded fast tier.
pub struct Fast {
    tags: Weights,
    moves: Weights,
    classes: Vec<(Move, u8)>,
    relations: Vec<Deprel>,
    names: Weights,
    name_tags: Vec<Ner>,
    morphology: Morphology,
}

/// The files of tagger, parser and names.
pub struct Files<'f> {
    /// Of the tagger.
    pub tags: &'f [u8],
    /// Of the parser.
    pub parse: &'f [u8],
    /// Of the names.
    pub names: &'f [u8],
    /// Features of the tags.
    pub morphology: &'f str,
}

impl Fast {
    /// Loads the models that are part of the program.
    ///
    /// # Errors
    /// If one of them is damaged.
    pub fn load() -> Result<Self, Error> {
        Self::parse(&Files {
            tags: include_bytes!("../../../../../models/fast/tags.bin"),
            parse: include_bytes!("../../../../../models/fast/parse.bin"),
            names: include_bytes!("../../../../../models/fast/names.bin"),
            morphology: include_str!("../../../../../models/fast/morphology.tsv"),
        })
    }

    /// Reads the models from the bytes of their files.
    ///
    /// # Errors
    /// If one of them is damaged.
    pub fn parse(files: &Files<'_>) -> Result<Self, Error> {
        let tags = Weights::parse(files.tags)?;
        let moves = Weights::parse(files.parse)?;
        let names = Weights::parse(files.names)?;
        let morphology = Morphology::parse(files.morphology, tags.labels())?;
        let (classes, relations) = parser::classes(moves.labels());
        // The step that names no relation has an empty one.
        let relations = relations.iter().map(|relation| relation.parse().unwrap_or(Deprel::Dep)).collect();
        let name_tags = names.labels().iter().map(|tag| name_tag(tag)).collect();
        Ok(Self { tags, moves, classes, relations, names, name_tags, morphology })
    }

    /// Analyses the words of one sentence.
    pub fn analyse(&self, forms: &[&str]) -> SentenceAnalysis {
        let looks = word::looks(forms);
        let tags = tagger::tag(&looks, &self.tags);
        let arcs = parser::parse(&looks, &tags, &self.classes, &self.moves);
        let names = names::find(&looks, &tags, &self.names);
        let word = |(index, (head, relation)): (usize, (usize, u8))| {
            let (upos, feats) = self.morphology.of(tags[index], forms[index]);
            let head = Some(head).filter(|&head| head < forms.len());
            let deprel = self.relation(head.is_some(), relation);
            let ner = self.name_tags[usize::from(names[index])];
            WordAnalysis { upos, feats, head, deprel, ner, entity: None }
        };
        SentenceAnalysis {
            words: arcs.into_iter().enumerate().map(word).collect(),
            ..SentenceAnalysis::default()
        }
    }

    fn relation(&self, has_head: bool, relation: u8) -> Deprel {
        let relation = self.relations.get(usize::from(relation)).copied().unwrap_or(Deprel::Dep);
        match (has_head, relation) {
            (false, _) => Deprel::Root,
            (true, Deprel::Root) => Deprel::Parataxis,
            (true, relation) => relation,
        }
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[test]
    fn the_card_names_the_checksum_of_every_file() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/fast/");
        let card = std::fs::read_to_string(format!("{folder}CARD.md")).unwrap();
        for file in [
            "events.bin",
            "lemmas.tsv",
            "morphology.tsv",
            "names.bin",
            "parse.bin",
            "parts.bin",
            "sentences.bin",
            "tags.bin",
        ] {
            let bytes = std::fs::read(format!("{folder}{file}")).unwrap();
            let checksum: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(card.contains(&format!("| {file} | {} | {checksum} |", bytes.len())), "{file}");
        }
    }

    #[test]
    fn every_class_of_the_models_has_a_meaning() {
        let fast = Fast::load().unwrap();
        assert!(
            fast.moves
                .labels()
                .iter()
                .filter_map(|label| label.split(' ').nth(1))
                .all(|relation| relation.parse::<Deprel>().is_ok())
        );
        assert_eq!(fast.name_tags.iter().filter(|tag| **tag == Ner::Outside).count(), 1);
    }
}
