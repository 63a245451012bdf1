//! *How does a test get at the context of a few sentences?*

use std::sync::LazyLock;

use annalist_schema::{DayInterval, Report, View};

use super::Context;
use super::tree::Tree;
use crate::document::Analyser;
use crate::{Tier, mention, report};

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
    let view = View::new(&report.text, &document);
    let mut notes = Vec::new();
    let timexes = mention::timex::find(view);
    let published = report::date::publication(&report, &outline, view, &timexes, &mut notes);
    let timexes = mention::timex::resolve(view, timexes, published.as_ref().map(|published| published.value));
    let toponyms = mention::toponym::find(view, &mut notes);
    let mentions = mention::find(view, &timexes, &toponyms);
    let context = Context {
        report: &report,
        view,
        published: published.as_ref(),
        timexes: &timexes,
        toponyms: &toponyms,
        mentions: &mentions,
    };
    test(&context, &Tree::new(&context))
}
