//! *Which sentences and words does a text have, and how do they hang together?*

use annalist_schema::Document;

use crate::report::Outline;
use crate::{Error, Tier};

/// Splits, tags and parses texts.
pub struct Analyser {
    _tier: Tier,
}

impl Analyser {
    /// Loads the models of a tier.
    ///
    /// # Errors
    /// If a model file is damaged.
    pub fn new(tier: Tier) -> Result<Self, Error> {
        Ok(Self { _tier: tier })
    }

    /// One document per text, in order.
    pub fn analyse(&self, texts: &[(&str, &Outline)]) -> Vec<Document> {
        texts.iter().map(|_| Document::default()).collect()
    }
}
