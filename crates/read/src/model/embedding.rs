//! *Which numbers does the encoder see for each piece?* Piece, position and shape, added up.

use super::container::Container;
use crate::Error;

/// The input embeddings: bytes with a scale for each row, and the shapes.
pub struct Embedding {
    pieces: Rows,
    positions: Rows,
    shapes: Vec<f32>,
    width: usize,
}

/// Rows of bytes, each with its scale.
struct Rows {
    bytes: &'static [u8],
    scales: Vec<f32>,
}

impl Embedding {
    /// Finds the tensors and checks that they fit together.
    ///
    /// # Errors
    /// If one is missing or of another shape.
    pub fn new(embeddings: &Container, heads: &Container) -> Result<Self, Error> {
        let width = embeddings.shape("word")?.get(1).copied().unwrap_or(0);
        let embedding = Self {
            pieces: Rows { bytes: embeddings.bytes("word")?, scales: embeddings.floats("word.scale")? },
            positions: Rows {
                bytes: embeddings.bytes("position")?,
                scales: embeddings.floats("position.scale")?,
            },
            shapes: heads.floats("shape")?,
            width,
        };
        let fits = |rows: &Rows| rows.bytes.len() == rows.scales.len() * width;
        let is_sound = width > 0
            && fits(&embedding.pieces)
            && fits(&embedding.positions)
            && embedding.shapes.len() == 12 * width;
        if is_sound {
            Ok(embedding)
        } else {
            Err(Error::Model("the embeddings do not fit together".to_owned()))
        }
    }

    /// Number of numbers for each piece.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of positions, and so of pieces in the longest sentence.
    pub fn n_positions(&self) -> usize {
        self.positions.scales.len()
    }

    /// Number of pieces.
    pub fn n_pieces(&self) -> usize {
        self.pieces.scales.len()
    }

    /// Fills in the embedding of one piece; `piece`, `position` and `shape` are known to exist.
    pub fn write(&self, piece: u32, position: usize, shape: usize, into: &mut [f32]) {
        let (piece, piece_scale) = self.pieces.row(piece as usize, self.width);
        let (place, place_scale) = self.positions.row(position, self.width);
        let shape = &self.shapes[shape * self.width..(shape + 1) * self.width];
        for (index, value) in into.iter_mut().enumerate() {
            let piece = f32::from(piece[index].cast_signed()) * piece_scale;
            *value = piece + f32::from(place[index].cast_signed()) * place_scale + shape[index];
        }
    }
}

impl Rows {
    fn row(&self, index: usize, width: usize) -> (&[u8], f32) {
        (&self.bytes[index * width..(index + 1) * width], self.scales[index])
    }
}
