//! *How much does each feature speak for each class?* Sparse linear models, as the perceptron learns them.
//!
//! A feature is the hash of what was seen. Only the classes that a feature ever spoke for or against have a weight, so
//! scoring touches little memory, and the whole model is a few megabytes.

use crate::Error;

/// A trained linear classifier.
pub struct Weights {
    labels: Vec<String>,
    /// Feature hashes at their slot of an open-addressing table; zero marks a free slot.
    hashes: Vec<u32>,
    /// First cell of the feature in the same slot, and the number of its cells.
    cells_of: Vec<(u32, u8)>,
    cells: Vec<Cell>,
}

/// The weight of one feature for one class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Index of the class.
    pub class: u8,
    /// Quantised weight; only comparisons within one model mean anything.
    pub weight: i16,
}

/// What a byte of the file stands for: its square, with its sign. Small weights stay apart, large ones fit.
pub fn weight_of(code: i8) -> i16 {
    i16::from(code) * i16::from(code.unsigned_abs())
}

/// First bytes of a weights file; the digit is the version of the format.
pub const MAGIC: &[u8; 8] = b"ANNLIN1\n";

impl Weights {
    /// Reads a weights file: magic, labels, then features with their cells, all little-endian.
    ///
    /// # Errors
    /// If the file is of another format or ends early.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut file = Bytes(bytes);
        if file.take(MAGIC.len())? != MAGIC {
            return Err(Error::Model("not a weights file of this version".to_owned()));
        }
        let n_labels = file.number()? as usize;
        let labels = (0..n_labels).map(|_| file.label()).collect::<Result<Vec<_>, _>>()?;
        let n_features = file.number()? as usize;
        let n_slots = (n_features * 3 / 2 + 1).next_power_of_two();
        let mut weights =
            Self { labels, hashes: vec![0; n_slots], cells_of: vec![(0, 0); n_slots], cells: Vec::new() };
        for _ in 0..n_features {
            weights.add_feature(&mut file)?;
        }
        Ok(weights)
    }

    fn add_feature(&mut self, file: &mut Bytes<'_>) -> Result<(), Error> {
        let hash = file.number()?;
        let n_cells = file.take(1)?[0];
        let first = self.cells.len() as u32;
        for pair in file.take(usize::from(n_cells) * 2)?.chunks_exact(2) {
            if usize::from(pair[0]) >= self.labels.len() {
                return Err(Error::Model("a weight belongs to no class".to_owned()));
            }
            self.cells.push(Cell { class: pair[0], weight: weight_of(pair[1].cast_signed()) });
        }
        let mask = self.hashes.len() - 1;
        let mut slot = hash as usize & mask;
        while self.hashes[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.hashes[slot] = hash;
        self.cells_of[slot] = (first, n_cells);
        Ok(())
    }

    /// Names of the classes; a class is its index.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Whether the file has a feature, whatever it says.
    pub fn has(&self, feature: u32) -> bool {
        !self.cells(feature).is_empty()
    }

    /// Adds up what the features say for each class.
    pub fn score(&self, features: &[u32], scores: &mut [i32]) {
        scores.fill(0);
        for &feature in features {
            for cell in self.cells(feature) {
                scores[usize::from(cell.class)] += i32::from(cell.weight);
            }
        }
    }

    fn cells(&self, feature: u32) -> &[Cell] {
        let mask = self.hashes.len() - 1;
        let mut slot = feature as usize & mask;
        loop {
            let hash = self.hashes[slot];
            if hash == feature && hash != 0 {
                let (first, n_cells) = self.cells_of[slot];
                return &self.cells[first as usize..first as usize + usize::from(n_cells)];
            }
            if hash == 0 {
                return &[];
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// The class with the highest score, the first of several.
pub fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, &score) in scores.iter().enumerate() {
        if score > scores[best] {
            best = class;
        }
    }
    best
}

/// The rest of a file that is being read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self
            .0
            .split_at_checked(n)
            .ok_or_else(|| Error::Model("the weights file ends early".to_owned()))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, Error> {
        let bytes = self.take(4)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
    }

    fn label(&mut self) -> Result<String, Error> {
        let length = usize::from(self.take(1)?[0]);
        let bytes = self.take(length)?;
        String::from_utf8(bytes.to_vec()).map_err(|error| Error::Model(format!("label: {error}")))
    }
}

/// Writes a weights file; the inverse of [`Weights::parse`].
///
/// Features are written in the order given, so sorted input gives the same bytes every time.
/// Cells are pairs of a class and the code of a weight.
pub fn write(labels: &[String], features: &[(u32, Vec<(u8, i8)>)]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend((labels.len() as u32).to_le_bytes());
    for label in labels {
        bytes.push(label.len() as u8);
        bytes.extend(label.as_bytes());
    }
    bytes.extend((features.len() as u32).to_le_bytes());
    for (hash, cells) in features {
        bytes.extend(hash.to_le_bytes());
        bytes.push(cells.len() as u8);
        bytes.extend(cells.iter().flat_map(|&(class, code)| [class, code.cast_unsigned()]));
    }
    bytes
}

/// A feature: which template saw which two things.
#[inline]
pub fn feature(template: u32, first: u32, second: u32) -> u32 {
    let mut hash = (u64::from(first) << 32 | u64::from(second))
        ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ hash >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash = (hash ^ hash >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    // Zero marks a free slot.
    ((hash >> 32) as u32).max(1)
}

/// The hash of a text (FNV-1a), for use in [`feature`].
#[inline]
pub fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let labels = ["a".to_owned(), "b".to_owned()];
        write(&labels, &[(7, vec![(0, -3), (1, 5)]), (feature(1, 2, 3), vec![(0, 127)])])
    }

    fn check(features: &[u32], expected: [i32; 2]) {
        let weights = Weights::parse(&sample()).unwrap();
        let mut scores = [1, 1];
        weights.score(features, &mut scores);
        assert_eq!(scores, expected);
    }

    #[test]
    fn features_add_up() {
        check(&[], [0, 0]);
        check(&[7], [-9, 25]);
        check(&[7, 8, feature(1, 2, 3)], [16120, 25]);
    }

    #[test]
    fn a_feature_may_say_nothing() {
        let weights = Weights::parse(&write(&["a".to_owned()], &[(7, vec![(0, 0)])])).unwrap();
        assert!(weights.has(7) && !weights.has(8));
    }

    #[test]
    fn a_damaged_file_is_an_error() {
        let bytes = sample();
        assert!((0..bytes.len()).all(|end| Weights::parse(&bytes[..end]).is_err()));
        assert!(Weights::parse(b"something else").is_err());
    }
}
