//! *What do the encoder's numbers say of each word?* Tags, tree, relations and names of one sentence.

use annalist_schema::{Deprel, EntityTag, Feats, Ner, Upos};
use serde_json::Value;

use super::container::Container;
use super::encoder::Encoded;
use super::sequence::{Transitions, first_highest};
use super::tree::best_tree;
use crate::Error;
use crate::document::WordAnalysis;
use crate::document::tags::{entity_tag, name_tag};

/// The names of the outputs' columns, and the last weights.
pub struct Heads {
    upos: Vec<Upos>,
    feats: Vec<Feats>,
    deprels: Vec<Deprel>,
    ner: Vec<Ner>,
    ner_moves: Transitions,
    entity: Vec<Option<EntityTag>>,
    entity_moves: Transitions,
    label_weights: Vec<f32>,
    label_bias: Vec<f32>,
}

impl Heads {
    /// Reads the labels and weights.
    ///
    /// # Errors
    /// If something is missing or of another shape.
    pub fn new(labels: &Value, weights: &Container) -> Result<Self, Error> {
        let column = |name: &str| names(labels, name);
        let moves = |name: &str, n_tags: usize| transitions(weights, name, n_tags);
        let ner: Vec<Ner> = column("ner")?.into_iter().map(name_tag).collect();
        let entity: Vec<_> = column("entity")?.into_iter().map(entity_tag).collect();
        let heads = Self {
            upos: column("upos")?.into_iter().map(|name| name.parse().unwrap_or(Upos::X)).collect(),
            feats: column("feats")?.into_iter().map(Feats::parse).collect(),
            deprels: column("deprel")?.into_iter().map(|name| name.parse().unwrap_or(Deprel::Dep)).collect(),
            ner_moves: moves("ner", ner.len())?,
            entity_moves: moves("entity", entity.len())?,
            ner,
            entity,
            label_weights: weights.floats("label.weight")?,
            label_bias: weights.floats("label.bias")?,
        };
        if heads.label_bias.len() != heads.deprels.len()
            || !heads.label_weights.len().is_multiple_of(heads.deprels.len().max(1))
        {
            return Err(Error::Model("the relations and their weights do not fit together".to_owned()));
        }
        Ok(heads)
    }

    /// Analyses a sentence whose root row is `root` and whose words' rows follow it.
    pub fn read(&self, encoded: &Encoded, root: usize, n_words: usize) -> Vec<WordAnalysis> {
        let heads = best_tree(n_words + 1, |dependent, head| {
            dot(encoded.arc_dep.row(root + dependent), encoded.arc_head.row(root + head))
        });
        let rows = root + 1..root + 1 + n_words;
        let names =
            self.ner_moves.best_path(&rows.clone().map(|row| encoded.ner.row(row)).collect::<Vec<_>>());
        let entities =
            self.entity_moves.best_path(&rows.clone().map(|row| encoded.entity.row(row)).collect::<Vec<_>>());
        let word = |(index, row): (usize, usize)| WordAnalysis {
            upos: pick(&self.upos, encoded.upos.row(row)).unwrap_or(Upos::X),
            feats: pick(&self.feats, encoded.feats.row(row)).unwrap_or_default(),
            head: heads[index + 1].checked_sub(1),
            deprel: self.relation(encoded, row, root, heads[index + 1]),
            ner: self.ner[names[index]],
            entity: self.entity[entities[index]],
        };
        rows.enumerate().map(word).collect()
    }

    /// The best relation between a word and its head; `root` for the word under the root and for no other.
    fn relation(&self, encoded: &Encoded, dependent: usize, root: usize, head: usize) -> Deprel {
        if head == 0 {
            return Deprel::Root;
        }
        let mut scores = self.label_bias.clone();
        let (own, other) = (encoded.label_dep.row(dependent), encoded.label_head.row(root + head));
        for ((own, other), weights) in
            own.iter().zip(other).zip(self.label_weights.chunks_exact(scores.len()))
        {
            let hidden = (own + other).max(0.0);
            if hidden > 0.0 {
                scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += hidden * weight);
            }
        }
        for (score, relation) in scores.iter_mut().zip(&self.deprels) {
            if *relation == Deprel::Root {
                *score = f32::MIN;
            }
        }
        pick(&self.deprels, &scores).unwrap_or(Deprel::Dep)
    }
}

fn pick<T: Copy>(names: &[T], scores: &[f32]) -> Option<T> {
    names.get(first_highest(scores)).copied()
}

/// A sum of products in sixteen lanes, which the compiler turns into vector instructions.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut sums = [0.0; LANES];
    let (ones, others) = (one.chunks_exact(LANES), other.chunks_exact(LANES));
    let rest: f32 = ones.remainder().iter().zip(others.remainder()).map(|(one, other)| one * other).sum();
    for (one, other) in ones.zip(others) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

fn names<'a>(labels: &'a Value, name: &str) -> Result<Vec<&'a str>, Error> {
    let list = labels[name].as_array().map(|list| list.iter().filter_map(Value::as_str).collect::<Vec<_>>());
    list.filter(|list| !list.is_empty()).ok_or_else(|| Error::Model(format!("no labels {name}")))
}

fn transitions(weights: &Container, name: &str, n_tags: usize) -> Result<Transitions, Error> {
    let transitions = Transitions {
        between: weights.floats(&format!("{name}.transition"))?,
        start: weights.floats(&format!("{name}.start"))?,
    };
    let fits = transitions.start.len() == n_tags && transitions.between.len() == n_tags * n_tags;
    if fits {
        Ok(transitions)
    } else {
        Err(Error::Model(format!("transitions of {name} do not fit its labels")))
    }
}
