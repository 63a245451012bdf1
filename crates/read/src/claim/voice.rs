//! *Who is said to state this?* The speakers above a word, for statements that are no events.

use super::tree::Tree;
use super::{Context, attribution, coded};

/// The speakers of what a word states, innermost first, canonical where known.
pub fn speakers(context: &Context<'_>, tree: &Tree<'_>, word: u32) -> Vec<String> {
    let days = context.published.map(|published| published.value);
    let above = attribution::speakers(tree, word);
    above
        .iter()
        .filter_map(|speaker| coded::attribution_of(context, tree, speaker, days))
        .map(|attribution| attribution.name)
        .collect()
}
