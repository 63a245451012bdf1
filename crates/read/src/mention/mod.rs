//! *Which words name somebody, something, a place, a time or a number, and which of them are the same?*
//!
//! Names, nouns that denote actors, weapons, platforms and kinds of place, pronouns, numbers and time expressions become
//! mentions. A name inside a longer phrase is a mention of its own: "the president of Peru" and "Peru".

pub mod actor;
pub mod timex;
pub mod toponym;

mod chain;
mod name;
mod noun;
mod number;
mod phrase;
mod pronoun;

use std::collections::HashSet;

use annalist_schema::{Deprel, Mention, MentionKind, Span, Timex, Toponym, View};

/// Every mention of a report, in order, with coreference chains. Of two with one beginning the longer comes first.
pub fn find(view: View<'_>, timexes: &[Timex], toponyms: &[Toponym]) -> Vec<Mention> {
    let in_time = tokens_in_time(view, timexes);
    let mut found = name::find(view, toponyms, &in_time);
    found.extend(noun::find(view, &in_time));
    found.extend(pronoun::find(view));
    found.extend(number::find(view, &in_time));
    found.extend(timexes.iter().filter_map(|timex| of_timex(view, timex)));
    let found = in_order(view, found);
    let coreferent = chain::link(view, &found);
    let mention = |(found, known): (&Found, chain::Known)| {
        let is_open = known.chain.is_none() && found.form == Form::Pronoun;
        // Whose "its" is, nobody knows.
        let is_idle = is_open && view.token(found.head).deprel == Deprel::NmodPoss;
        let kind =
            if is_open && found.kind == MentionKind::Organisation { MentionKind::Other } else { known.kind };
        (!is_idle).then(|| Mention {
            span: found.span(view).into(),
            kind,
            chain: known.chain,
            actor: known.actor,
            head: found.head,
        })
    };
    found.iter().zip(coreferent).filter_map(mention).collect()
}

/// What the words of a mention are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    /// A name, perhaps with titles before it.
    Name,
    /// A common noun with what belongs to it.
    Description,
    /// A pronoun or possessive determiner.
    Pronoun,
    /// A number, a time.
    Measure,
}

/// A mention as a run of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    first: u32,
    last: u32,
    head: u32,
    kind: MentionKind,
    form: Form,
}

impl Found {
    fn span(&self, view: View<'_>) -> Span {
        let mut span = view.token(self.first).span.cover(view.token(self.last).span);
        let last = view.token(self.last);
        // The words of "they've" and "Peru's" share a span; the mention is the first of them.
        if let Some(form) = last.form.as_deref().filter(|&form| last.span.of(view.text).starts_with(form)) {
            span.end = last.span.start + form.len() as u32;
        }
        span
    }
}

/// In order of text, each run of tokens once: a name before the description that has the same words.
fn in_order(view: View<'_>, mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|found| {
        let span = found.span(view);
        (span.start, std::cmp::Reverse(span.end), found.form, found.head)
    });
    let mut seen = HashSet::new();
    found.retain(|found| seen.insert(found.span(view)));
    found
}

/// The tokens within a span.
fn tokens_of(view: View<'_>, span: Span) -> std::ops::Range<u32> {
    let tokens = &view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let beyond = tokens.partition_point(|token| token.span.start < span.end);
    first as u32..beyond.max(first) as u32
}

/// For each token whether a time expression holds it.
fn tokens_in_time(view: View<'_>, timexes: &[Timex]) -> Vec<bool> {
    let mut inside = vec![false; view.document.tokens.len()];
    for timex in timexes {
        for token in tokens_of(view, timex.span.into()) {
            inside[token as usize] = true;
        }
    }
    inside
}

fn of_timex(view: View<'_>, timex: &Timex) -> Option<Found> {
    let tokens = tokens_of(view, timex.span.into());
    let last = tokens.clone().last()?;
    let first = tokens.start;
    let head = phrase::head_of(view, first, last);
    Some(Found { first, last, head, kind: MentionKind::Time, form: Form::Measure })
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use annalist_schema::Report;

    use super::*;
    use crate::document::Analyser;
    use crate::{Tier, report};

    static FAST: LazyLock<Analyser> =
        LazyLock::new(|| Analyser::new(Tier::Fast).expect("the fast tier loads"));
    #[cfg(feature = "full")]
    static FULL: LazyLock<Analyser> =
        LazyLock::new(|| Analyser::new(Tier::Full).expect("the full tier loads"));

    /// A mention as words, with its kind and chain.
    pub(super) type Read = (String, MentionKind, Option<u32>);

    /// The mentions of a text by the fast tier.
    pub(super) fn read(text: &str) -> Vec<Read> {
        read_with(&FAST, text)
    }

    /// The same by the full tier, for what only good names can show.
    #[cfg(feature = "full")]
    pub(super) fn read_full(text: &str) -> Vec<Read> {
        read_with(&FULL, text)
    }

    fn read_with(analyser: &Analyser, text: &str) -> Vec<Read> {
        let report = Report { id: "t".to_owned(), text: text.to_owned(), ..Report::default() };
        let outline = report::outline(&report);
        let document = analyser.analyse(&[(text, &outline)]).pop().unwrap_or_default();
        let view = View::new(text, &document);
        let timexes = timex::find(view);
        let timexes = timex::resolve(view, timexes, None);
        let toponyms = toponym::find(view, &mut Vec::new());
        let mentions = find(view, &timexes, &toponyms);
        let words = |mention: &Mention| Span::from(mention.span).of(text).to_owned();
        mentions.iter().map(|mention| (words(mention), mention.kind, mention.chain)).collect()
    }

    #[cfg(feature = "full")]
    fn check(text: &str, expected: &[(&str, MentionKind)]) {
        let found = read_full(text);
        for (words, kind) in expected {
            assert!(
                found.iter().any(|(found, of, _)| found == words && of == kind),
                "{text}: {words} in {found:?}"
            );
        }
    }

    #[test]
    #[cfg(feature = "full")]
    fn names_nouns_pronouns_times_and_numbers_are_mentions() {
        check(
            "On Monday the soldiers of Peru fired twelve rockets at the town of Lima and they fled.",
            &[
                ("Monday", MentionKind::Time),
                ("Peru", MentionKind::Place),
                ("twelve", MentionKind::Quantity),
                ("Lima", MentionKind::Place),
                ("they", MentionKind::Group),
            ],
        );
    }

    #[test]
    fn mentions_are_in_order_and_none_comes_twice() {
        let found = read("The army of Chad shelled the rebels. The army of Chad said so.");
        let places = found.iter().filter(|(words, ..)| words == "Chad").count();
        assert_eq!(places, 2, "{found:?}");
    }
}
