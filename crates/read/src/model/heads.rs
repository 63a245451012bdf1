//! *What do the encoder's numbers say of each word?* Tags, tree, relations and names of one sentence.

use annalist_schema::{Deprel, EntityTag, Feats, Ner, Upos};
use serde_json::Value;

use super::container::Container;
use super::encoder::Encoded;
use super::sequence::{Transitions, first_highest};
use super::tree::{Scores, best_tree};
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
    /// Column of the relation of the word under the root.
    root: usize,
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
        let deprels: Vec<Deprel> =
            column("deprel")?.into_iter().map(|name| name.parse().unwrap_or(Deprel::Dep)).collect();
        let root = deprels.iter().position(|&relation| relation == Deprel::Root);
        let heads = Self {
            root: root.ok_or_else(|| Error::Model("no relation root".to_owned()))?,
            upos: column("upos")?.into_iter().map(|name| name.parse().unwrap_or(Upos::X)).collect(),
            feats: column("feats")?.into_iter().map(Feats::parse).collect(),
            deprels,
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
        let arcs = self.arcs(encoded, root, n_words);
        let heads = best_tree(&Scores::new(n_words + 1, |dependent, head| arcs.score(dependent, head)));
        let rows = root + 1..root + 1 + n_words;
        let names =
            self.ner_moves.best_path(&rows.clone().map(|row| encoded.ner.row(row)).collect::<Vec<_>>());
        let entities =
            self.entity_moves.best_path(&rows.clone().map(|row| encoded.entity.row(row)).collect::<Vec<_>>());
        let word = |(index, row): (usize, usize)| WordAnalysis {
            upos: pick(&self.upos, encoded.upos.row(row)).unwrap_or(Upos::X),
            feats: pick(&self.feats, encoded.feats.row(row)).unwrap_or_default(),
            head: heads[index + 1].checked_sub(1),
            deprel: self.deprels[arcs
                .relation(index + 1, heads[index + 1])
                .unwrap_or_else(|| self.relation(encoded, row, root, heads[index + 1]).0)],
            ner: self.ner[names[index]],
            entity: self.entity[entities[index]],
        };
        rows.enumerate().map(word).collect()
    }

    /// How good every head is for every word, and how clear its relation to it.
    fn arcs(&self, encoded: &Encoded, root: usize, n_words: usize) -> Arcs {
        let n_nodes = n_words + 1;
        let values = vec![f32::MIN; n_nodes * n_nodes];
        let mut arcs = Arcs { n_nodes, values, relations: vec![Vec::new(); n_nodes] };
        for dependent in 1..n_nodes {
            let own = encoded.arc_dep.row(root + dependent);
            let row = arcs.row_mut(dependent);
            for (head, value) in row.iter_mut().enumerate().filter(|(head, _)| *head != dependent) {
                *value = dot(own, encoded.arc_head.row(root + head));
            }
            let total = log_sum_exp(row);
            let likely = likely_heads(row);
            for value in row.iter_mut() {
                *value -= total + CLARITY;
            }
            for head in likely {
                let (relation, doubt) = self.relation(encoded, root + dependent, root, head);
                arcs.row_mut(dependent)[head] += CLARITY * (1.0 + doubt);
                arcs.relations[dependent].push((head, relation));
            }
        }
        arcs
    }

    /// The best relation between a word and its head, as a column, with the logarithm of its probability; `root` for the word under
    /// the root and for no other.
    fn relation(&self, encoded: &Encoded, dependent: usize, root: usize, head: usize) -> (usize, f32) {
        if head == 0 {
            return (self.root, 0.0);
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
        scores[self.root] = f32::MIN;
        let best = first_highest(&scores);
        (best, scores[best] - log_sum_exp(&scores))
    }
}

/// How much a clear relation counts beside a likely head.
const CLARITY: f32 = 5.0;

/// For how many heads of a word the relation is looked at.
const N_LIKELY: usize = 4;

/// How far below the likeliest head they may be, as a logarithm.
const LIKELY: f32 = 6.0;

/// Logarithms of how probable every head is for every word, with what the relation adds.
struct Arcs {
    n_nodes: usize,
    values: Vec<f32>,
    /// The relation of each word to each of its likely heads, as a column: most words get one of these heads.
    relations: Vec<Vec<(usize, usize)>>,
}

impl Arcs {
    /// The relation to a head for which it was looked at.
    fn relation(&self, dependent: usize, head: usize) -> Option<usize> {
        self.relations[dependent].iter().find(|(likely, _)| *likely == head).map(|&(_, relation)| relation)
    }

    fn score(&self, dependent: usize, head: usize) -> f32 {
        self.values[dependent * self.n_nodes + head]
    }

    fn row_mut(&mut self, dependent: usize) -> &mut [f32] {
        &mut self.values[dependent * self.n_nodes..(dependent + 1) * self.n_nodes]
    }
}

/// The few heads that a word may well have, likeliest first.
fn likely_heads(scores: &[f32]) -> Vec<usize> {
    let most = scores[first_highest(scores)];
    let mut likely: Vec<usize> = (0..scores.len()).filter(|&head| scores[head] >= most - LIKELY).collect();
    likely.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]));
    likely.truncate(N_LIKELY);
    likely
}

fn log_sum_exp(values: &[f32]) -> f32 {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    most + values.iter().map(|value| (value - most).exp()).sum::<f32>().ln()
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

/// A number of the labels.
pub fn count(labels: &Value, name: &str) -> Result<usize, Error> {
    let count = labels[name].as_u64().and_then(|count| usize::try_from(count).ok());
    count.filter(|count| *count > 0).ok_or_else(|| {
        Error::Model(format!("labels.json: expected a number above 0 under `{name}`, found {}", labels[name]))
    })
}

fn names<'a>(labels: &'a Value, name: &str) -> Result<Vec<&'a str>, Error> {
    let list = labels[name].as_array().map(Vec::as_slice).unwrap_or(&[]);
    let names: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
    let expected =
        || Error::Model(format!("labels.json: expected words under `{name}`, found {}", labels[name]));
    names.filter(|names| !names.is_empty()).ok_or_else(expected)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_labels_are_an_error() {
        let labels = serde_json::json!({ "upos": ["NOUN", 4], "deprel": [], "max_subwords": "8" });
        let check = |error: Error, expected: &str| {
            assert_eq!(error.to_string(), format!("model: labels.json: expected {expected}"));
        };
        check(names(&labels, "upos").unwrap_err(), "words under `upos`, found [\"NOUN\",4]");
        check(names(&labels, "deprel").unwrap_err(), "words under `deprel`, found []");
        check(names(&labels, "xpos").unwrap_err(), "words under `xpos`, found null");
        check(
            count(&labels, "max_subwords").unwrap_err(),
            "a number above 0 under `max_subwords`, found \"8\"",
        );
    }
}
