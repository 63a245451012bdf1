//! *Which times, places and mentions may these words share?* A report can hold very many of them; none is looked for among all.

use annalist_schema::{Mention, Span, Timex, Toponym};

use super::Context;

impl<'a> Context<'a> {
    /// The toponyms that may overlap a span: those from the start of its sentence to its end, in order of text.
    pub fn toponyms_around(&self, span: Span) -> &'a [Toponym] {
        between(self.toponyms, self.sentence_start(span), span.end, |toponym| toponym.span.start)
    }

    /// The time expressions that may overlap a span.
    pub fn timexes_around(&self, span: Span) -> &'a [Timex] {
        between(self.timexes, self.sentence_start(span), span.end, |timex| timex.span.start)
    }

    /// The mentions that may overlap a span.
    pub fn mentions_around(&self, span: Span) -> &'a [Mention] {
        between(self.mentions, self.sentence_start(span), span.end, |mention| mention.span.start)
    }

    /// Where the sentence begins that a span begins in, or the last one before it.
    fn sentence_start(&self, span: Span) -> u32 {
        let sentences = &self.view.document.sentences;
        let n_before = sentences.partition_point(|sentence| sentence.span.start <= span.start);
        n_before.checked_sub(1).map_or(0, |last| sentences[last].span.start)
    }
}

/// The items, sorted by where they start, that start in a range.
fn between<T>(items: &[T], from: u32, until: u32, start: impl Fn(&T) -> u32) -> &[T] {
    let first = items.partition_point(|item| start(item) < from);
    let beyond = items.partition_point(|item| start(item) < until);
    &items[first..beyond.max(first)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, at: &str, expected: &[&str]) {
        let start = text.find(at).expect("the words stand in the text") as u32;
        let found: Vec<String> = with_context(text, |context, _| {
            let around = context.toponyms_around(Span::new(start, start + at.len() as u32));
            around.iter().map(|toponym| toponym.name.clone()).collect()
        });
        assert_eq!(found, expected, "{text}: {at}");
    }

    #[test]
    fn what_stands_before_or_after_the_sentence_is_left_out() {
        let text = "Rain fell in Peru. Snow fell in Chile and in Kenya. Wind blew in Mali.";
        check(text, "in Kenya", &["Chile", "Kenya"]);
        check(text, "Snow", &[]);
        check(text, "Wind blew in Mali.", &["Mali"]);
    }
}
