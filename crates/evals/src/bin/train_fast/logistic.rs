//! *How probable is each class?* Multinomial logistic regression whose small weights are none: FTRL-Proximal (McMahan et al. 2013).

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use annalist_read::document::weights::write;

use crate::perceptron::Identity;

/// How fast weights move at first.
const RATE: f32 = 0.02;
/// How much a coordinate must have been seen before its rate falls.
const SLOWNESS: f32 = 0.1;
/// What a weight has to overcome to be there at all, and what pulls it back.
const L1: f32 = 0.3;
const L2: f32 = 10.0;
/// Weights below this are left out of the file.
const LEAST_WEIGHT: f32 = 0.03;

/// A classifier that is being trained, over features known in advance.
pub struct Logistic {
    labels: Vec<String>,
    /// Features in order, each with its row.
    hashes: Vec<u32>,
    rows: HashMap<u32, u32, BuildHasherDefault<Identity>>,
    /// One for each feature and class.
    coordinates: Vec<Coordinate>,
}

/// What is known of the weight of a feature for a class.
#[derive(Clone, Copy, Default)]
struct Coordinate {
    weight: f32,
    /// Sum of the gradients, shifted by the moves made.
    pull: f32,
    /// Sum of their squares.
    seen: f32,
}

impl Coordinate {
    fn learn(&mut self, gradient: f32) {
        let seen = self.seen + gradient * gradient;
        self.pull += gradient - (seen.sqrt() - self.seen.sqrt()) / RATE * self.weight;
        self.seen = seen;
        let over = (self.pull.abs() - L1).max(0.0);
        self.weight = -self.pull.signum() * over / ((SLOWNESS + seen.sqrt()) / RATE + L2);
    }
}

impl Logistic {
    /// A classifier that knows nothing yet of features that are sorted and each there once.
    pub fn new(labels: Vec<String>, hashes: Vec<u32>) -> Self {
        let rows = hashes.iter().copied().zip(0..).collect();
        let coordinates = vec![Coordinate::default(); hashes.len() * labels.len()];
        Self { labels, hashes, rows, coordinates }
    }

    /// The rows of those features that are known.
    pub fn rows(&self, features: &[u32]) -> Vec<u32> {
        features.iter().filter_map(|feature| self.rows.get(feature).copied()).collect()
    }

    /// The probability of each class.
    fn probabilities(&self, rows: impl Iterator<Item = u32>) -> Vec<f32> {
        let mut scores = vec![0.0; self.labels.len()];
        for row in rows {
            scores.iter_mut().zip(self.row(row)).for_each(|(score, known)| *score += known.weight);
        }
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        scores.iter_mut().for_each(|score| *score = (*score - most).exp());
        let total: f32 = scores.iter().sum();
        scores.iter_mut().for_each(|score| *score /= total);
        scores
    }

    /// Moves the weights towards an example whose classes have these shares and that counts so much.
    pub fn learn(&mut self, rows: impl Iterator<Item = u32> + Clone, shares: &[(usize, f32)], counts: f32) {
        let mut errors = self.probabilities(rows.clone());
        for &(class, share) in shares {
            errors[class] -= share;
        }
        for row in rows {
            let range = self.range(row);
            let coordinates = self.coordinates[range].iter_mut();
            coordinates.zip(&errors).for_each(|(known, error)| known.learn(error * counts));
        }
    }

    fn row(&self, row: u32) -> &[Coordinate] {
        &self.coordinates[self.range(row)]
    }

    fn range(&self, row: u32) -> std::ops::Range<usize> {
        let first = row as usize * self.labels.len();
        first..first + self.labels.len()
    }

    /// The weights as a file, quantised to the square roots that it holds, in a unit; with features that have no weight, but are there.
    pub fn file(&self, unit: f32, marks: &[u32]) -> Vec<u8> {
        let cells = |row: u32| -> Vec<(u8, i8)> {
            let known = self.row(row).iter().zip(0u8..);
            let known = known.filter(|(known, _)| known.weight.abs() >= LEAST_WEIGHT);
            known.map(|(known, class)| (class, code(known.weight, unit))).collect()
        };
        let features = self.hashes.iter().zip(0..).map(|(&hash, row)| (hash, cells(row)));
        let mut features: Vec<_> = features.filter(|(_, cells)| !cells.is_empty()).collect();
        features.extend(marks.iter().map(|&mark| (mark, vec![(0, 0)])));
        features.sort_unstable_by_key(|(hash, _)| *hash);
        write(&self.labels, &features)
    }
}

/// The code whose square comes nearest to a weight.
fn code(weight: f32, unit: f32) -> i8 {
    ((weight.abs() / unit).sqrt().round().min(127.0) * weight.signum()) as i8
}
