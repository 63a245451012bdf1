//! *How does a test get at the context of a few sentences?*

use std::sync::LazyLock;

use annalist_schema::{DayInterval, Report};

use super::Context;
use super::tree::Tree;
use crate::document::Analyser;
use crate::reader::Prepared;
use crate::{Tier, report};

static FAST: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(Tier::Fast).expect("the fast tier loads"));
#[cfg(feature = "full")]
static FULL: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(Tier::Full).expect("the full tier loads"));

/// Reads a text with the fast tier, as of 15 March 2024, and hands its context and trees to a test.
pub fn with_context<T>(text: &str, test: impl FnOnce(&Context<'_>, &Tree<'_>) -> T) -> T {
    with_analysis(&FAST, text, test)
}

/// The same with the full tier, for what only good names and trees can show.
#[cfg(feature = "full")]
pub fn with_full_context<T>(text: &str, test: impl FnOnce(&Context<'_>, &Tree<'_>) -> T) -> T {
    with_analysis(&FULL, text, test)
}

fn with_analysis<T>(analyser: &Analyser, text: &str, test: impl FnOnce(&Context<'_>, &Tree<'_>) -> T) -> T {
    let report = Report {
        id: "t".to_owned(),
        text: text.to_owned(),
        published: DayInterval::parse("2024-03-15"),
        ..Report::default()
    };
    let outline = report::outline(&report);
    let document = analyser.analyse(&[(text, &outline)]).pop().unwrap_or_default();
    // As the reader does it, step for step: a context of the tests' own would drift from it.
    let (prepared, _) = Prepared::of(&report, &outline, &document);
    let context = prepared.claims(&report, &document);
    test(&context, &Tree::new(&context))
}

/// The first word of the text that is written so.
#[cfg(feature = "full")]
pub fn word_of(tree: &Tree<'_>, form: &str) -> u32 {
    let words = 0..tree.view.document.tokens.len() as u32;
    words.into_iter().find(|&word| tree.view.form(word) == form).expect("the word stands in the text")
}
