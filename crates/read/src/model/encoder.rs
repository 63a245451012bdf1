//! *Which runtime runs the encoder?* A thin trait, and its implementation on rten.

use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value, op_registry};

use crate::Error;

/// Sentences of similar length, padded to the longest.
pub struct Batch {
    /// Embeddings: sentence by sentence, piece by piece.
    pub embedded: Vec<f32>,
    /// One for a piece, zero for padding.
    pub mask: Vec<f32>,
    /// What is read off: for each sentence its first position, then the first piece of each word.
    pub rows: Vec<i32>,
    /// Number of sentences.
    pub n_sentences: usize,
    /// Pieces in the longest, its ends included.
    pub length: usize,
    /// Numbers for each piece.
    pub width: usize,
}

/// One output of the encoder: a row of numbers for each row or sentence.
pub struct Rows {
    values: Vec<f32>,
    width: usize,
}

impl Rows {
    /// The numbers of one row; empty where there is none.
    pub fn row(&self, index: usize) -> &[f32] {
        self.values.get(index * self.width..(index + 1) * self.width).unwrap_or(&[])
    }
}

/// What an encoder gives for a batch.
pub struct Encoded {
    /// Scores of parts of speech by row.
    pub upos: Rows,
    /// Scores of bundles of features by row.
    pub feats: Rows,
    /// Scores of name tags by row.
    pub ner: Rows,
    /// Scores of finer entity tags by row.
    pub entity: Rows,
    /// What a word looks for in its head, by row.
    pub arc_dep: Rows,
    /// What a word offers as a head, by row.
    pub arc_head: Rows,
    /// The dependent's part of the relation, by row.
    pub label_dep: Rows,
    /// The head's part of the relation, by row.
    pub label_head: Rows,
    /// Meaning, by sentence.
    pub sentence: Rows,
}

/// Runs the layers of the encoder.
///
/// The numbers for a sentence must not depend on the other sentences of its batch.
pub trait Encoder: Send + Sync {
    /// Runs a batch on the thread that calls, as worker number `worker`.
    ///
    /// # Errors
    /// If the runtime refuses the model.
    fn encode(&self, batch: Batch, worker: usize) -> Result<Encoded, Error>;
}

/// The encoder on rten.
pub struct RtenEncoder {
    model: Model,
    inputs: [NodeId; 3],
    outputs: [NodeId; 9],
    /// One pool of one thread for each worker: batches, not operators, run side by side.
    pools: Vec<Arc<ThreadPool>>,
}

const INPUTS: [&str; 3] = ["embedded", "mask", "rows"];
const OUTPUTS: [&str; 9] =
    ["upos", "feats", "ner", "entity", "arc_dep", "arc_head", "label_dep", "label_head", "sentence"];

impl RtenEncoder {
    /// Loads the layers.
    ///
    /// # Errors
    /// If the file is damaged, or lacks an input or output.
    pub fn new(layers: &'static [u8], n_workers: usize) -> Result<Self, Error> {
        let operators = op_registry!(
            Add,
            Cast,
            Div,
            Gather,
            Gelu,
            Identity,
            LayerNormalization,
            MatMul,
            MatMulInteger,
            Mul,
            QuantizeLinear,
            ReduceSum,
            Relu,
            Reshape,
            Softmax,
            Squeeze,
            Sub,
            Transpose,
            Unsqueeze
        );
        let model = ModelOptions::with_ops(operators)
            .prepack_weights(true)
            .load_static_slice(layers)
            .map_err(refused)?;
        let node = |name: &str| model.node_id(name).map_err(refused);
        let inputs = [node(INPUTS[0])?, node(INPUTS[1])?, node(INPUTS[2])?];
        let mut outputs = [inputs[0]; 9];
        for (output, name) in outputs.iter_mut().zip(OUTPUTS) {
            *output = node(name)?;
        }
        let pools = (0..n_workers.max(1)).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Ok(Self { model, inputs, outputs, pools })
    }
}

impl Encoder for RtenEncoder {
    fn encode(&self, batch: Batch, worker: usize) -> Result<Encoded, Error> {
        let Batch { embedded, mask, rows, n_sentences, length, width } = batch;
        let n_rows = rows.len();
        let values = [
            Value::from_shape([n_sentences, length, width], embedded).map_err(refused)?,
            Value::from_shape([n_sentences, length], mask).map_err(refused)?,
            Value::from_shape([n_rows], rows).map_err(refused)?,
        ];
        let inputs = self.inputs.into_iter().zip(values.into_iter().map(Into::into)).collect();
        let pool = Arc::clone(&self.pools[worker % self.pools.len()]);
        let options = RunOptions::default().with_thread_pool(Some(pool));
        let mut outputs = self.model.run(inputs, &self.outputs, Some(options)).map_err(refused)?.into_iter();
        let mut next = || rows_of(outputs.next());
        Ok(Encoded {
            upos: next()?,
            feats: next()?,
            ner: next()?,
            entity: next()?,
            arc_dep: next()?,
            arc_head: next()?,
            label_dep: next()?,
            label_head: next()?,
            sentence: next()?,
        })
    }
}

fn rows_of(value: Option<Value>) -> Result<Rows, Error> {
    let value = value.ok_or_else(|| Error::Model("the encoder gave too few outputs".to_owned()))?;
    let ([_, width], values) = value.into_shape_vec::<f32, 2>().map_err(refused)?;
    Ok(Rows { values, width })
}

fn refused(error: impl std::fmt::Display) -> Error {
    Error::Model(format!("encoder: {error}"))
}
