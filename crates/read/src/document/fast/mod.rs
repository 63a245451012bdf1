//! *What can be told of a sentence without a neural network?* Averaged perceptrons: tagger, parser and names.

pub mod names;
pub mod parser;
pub mod tagger;
pub mod word;

use annalist_schema::{Deprel, Ner, NerType, Token};

use self::parser::Move;
use super::lemma::Lemmatiser;
use super::morphology::{Morphology, mark_passives};
use super::weights::Weights;
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

impl Fast {
    /// Loads the models that are part of the program.
    ///
    /// # Errors
    /// If one of them is damaged.
    pub fn load() -> Result<Self, Error> {
        let tags = Weights::parse(include_bytes!("../../../../../models/fast/tags.bin"))?;
        let moves = Weights::parse(include_bytes!("../../../../../models/fast/parse.bin"))?;
        let names = Weights::parse(include_bytes!("../../../../../models/fast/names.bin"))?;
        let morphology =
            Morphology::parse(include_str!("../../../../../models/fast/morphology.tsv"), tags.labels())?;
        let (classes, relations) = parser::classes(moves.labels());
        // The step that names no relation has an empty one.
        let relations = relations.iter().map(|relation| relation.parse().unwrap_or(Deprel::Dep)).collect();
        let name_tags = names.labels().iter().map(|tag| name_tag(tag)).collect();
        Ok(Self { tags, moves, classes, relations, names, name_tags, morphology })
    }

    /// Fills in everything but the spans of one sentence's tokens; heads are indices into the sentence.
    pub fn analyse(&self, forms: &[&str], lemmatiser: &Lemmatiser, tokens: &mut [Token]) {
        let looks = word::looks(forms);
        let tags = tagger::tag(&looks, &self.tags);
        let arcs = parser::parse(&looks, &tags, &self.classes, &self.moves);
        let names = names::find(&looks, &tags, &self.names);
        for (index, token) in tokens.iter_mut().enumerate() {
            let (head, relation) = arcs[index];
            (token.upos, token.feats) = self.morphology.of(tags[index], forms[index]);
            token.lemma = lemmatiser.lemma(forms[index], token.upos, &token.feats);
            token.head = (head < forms.len()).then_some(head as u32);
            token.deprel = self.relation(head < forms.len(), relation);
            token.ner = self.name_tags[usize::from(names[index])];
        }
        mark_passives(tokens);
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

fn name_tag(tag: &str) -> Ner {
    match tag.split_once('-') {
        Some(("B", kind)) => kind.parse().map_or(Ner::Outside, Ner::Begin),
        Some((_, kind)) => kind.parse().map_or(Ner::Outside, |kind: NerType| Ner::Inside(kind)),
        None => Ner::Outside,
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
        for file in ["lemmas.tsv", "morphology.tsv", "names.bin", "parse.bin", "sentences.bin", "tags.bin"] {
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
