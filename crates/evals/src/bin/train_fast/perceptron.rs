//! *What do the weights have to be?* The averaged perceptron (Collins 2002), and its weights made small.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use annalist_read::document::weights::write;

/// A perceptron that is being trained.
pub struct Perceptron {
    labels: Vec<String>,
    features: HashMap<u32, Vec<Learnt>, BuildHasherDefault<Identity>>,
    now: u32,
}

/// Weight of a feature for a class, with the sum of the weights it has had.
#[derive(Clone, Copy)]
struct Learnt {
    total: i64,
    since: u32,
    weight: i16,
    class: u8,
}

/// Feature hashes need no hashing.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    fn write(&mut self, _bytes: &[u8]) {}

    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number);
    }
}

impl Perceptron {
    pub fn new(labels: Vec<String>) -> Self {
        Self { labels, features: HashMap::default(), now: 0 }
    }

    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        for feature in features {
            for learnt in self.features.get(feature).into_iter().flatten() {
                scores[usize::from(learnt.class)] += i32::from(learnt.weight);
            }
        }
    }

    /// Moves the weights from the class guessed to the class that is right; to be called for every example.
    pub fn learn(&mut self, features: &[u32], right: usize, guess: usize) {
        self.now += 1;
        if right == guess {
            return;
        }
        for &feature in features {
            self.change(feature, right as u8, 1);
            self.change(feature, guess as u8, -1);
        }
    }

    fn change(&mut self, feature: u32, class: u8, by: i16) {
        let now = self.now;
        let classes = self.features.entry(feature).or_default();
        let index = classes.iter().position(|learnt| learnt.class == class).unwrap_or_else(|| {
            classes.push(Learnt { class, weight: 0, total: 0, since: now });
            classes.len() - 1
        });
        let learnt = &mut classes[index];
        learnt.total += i64::from(learnt.weight) * i64::from(now - learnt.since);
        learnt.since = now;
        learnt.weight += by;
    }

    /// The averaged weights as a file, quantised to the square roots that it holds; weights below `least` are dropped.
    pub fn file(&self, least: f64) -> Vec<u8> {
        let mut features: Vec<(u32, Vec<(u8, i8)>)> =
            self.features.iter().map(|(&hash, classes)| (hash, self.cells(classes, least))).collect();
        features.retain(|(_, cells)| !cells.is_empty());
        features.sort_unstable_by_key(|(hash, _)| *hash);
        write(&self.labels, &features)
    }

    fn cells(&self, classes: &[Learnt], least: f64) -> Vec<(u8, i8)> {
        let averages = classes.iter().map(|learnt| {
            let total = learnt.total + i64::from(learnt.weight) * i64::from(self.now - learnt.since);
            (learnt.class, total as f64 / f64::from(self.now))
        });
        let mut cells: Vec<(u8, i8)> = averages
            .filter(|(_, average)| average.abs() >= least)
            .map(|(class, average)| (class, code(average)))
            .collect();
        cells.sort_unstable_by_key(|&(class, _)| class);
        cells
    }
}

/// The code whose square comes nearest to a weight.
fn code(weight: f64) -> i8 {
    /// Weight that a code of one stands for.
    const UNIT: f64 = 0.02;
    ((weight.abs() / UNIT).sqrt().round().min(127.0) * weight.signum()) as i8
}

/// A small generator of pseudo-random numbers (SplitMix64), so that training is the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// Between zero and one.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for index in (1..items.len()).rev() {
            items.swap(index, (self.next() % (index as u64 + 1)) as usize);
        }
    }
}
