//! *Which words stand between quotation marks?* A quotation may run over several sentences and paragraphs.

use std::ops::Range;

use annalist_data::lexicon::lexicon;
use annalist_schema::View;

use super::tree::Tree;

/// Words after which a mark that was never closed is given up.
const LONGEST: u32 = 400;

/// Shorter quotations are single words held at a distance, not speech.
const SHORTEST: u32 = 3;

/// What stands between quotation marks, as ranges of tokens in order; the marks are not included.
pub fn regions(view: View<'_>) -> Vec<Range<u32>> {
    let mut found = Vec::new();
    let mut open: Option<u32> = None;
    for token in 0..view.document.tokens.len() as u32 {
        match side(view, token) {
            // A paragraph inside a quotation opens with a mark that closes nothing.
            Some(Side::Opening) if open.is_some() && begins_paragraph(view, token) => {}
            Some(Side::Opening) => open = Some(token),
            Some(Side::Closing) => {
                let begun = open.take().map(|open| open + 1..token);
                found.extend(begun.filter(|words| words.len() as u32 >= SHORTEST));
            }
            None => {}
        }
        open = open.filter(|open| token - open < LONGEST);
    }
    found
}

/// Whether a word stands in the quoted text of a placard, or in what a crowd chants.
pub fn is_slogan(tree: &Tree<'_>, word: u32) -> bool {
    let Some(quotation) = tree.quotations().iter().find(|words| words.contains(&word)) else { return false };
    let start = tree.view.sentence_tokens(quotation.start).start;
    let before = (start..quotation.start).rev().take(BEARER_WITHIN);
    let is_bearer = |word: u32| lexicon().is("slogan", tree.lemma(word));
    before.into_iter().any(is_bearer)
}

/// Words between the placard and its text.
const BEARER_WITHIN: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Closing,
}

/// Which side of a quotation a mark stands on; straight marks open where a space is before them.
fn side(view: View<'_>, token: u32) -> Option<Side> {
    match view.form(token) {
        "“" | "„" | "«" | "``" => Some(Side::Opening),
        "”" | "»" | "''" => Some(Side::Closing),
        "\"" => {
            let start = view.token(token).span.start as usize;
            let before = view.text.get(..start).and_then(|before| before.chars().next_back());
            let opens =
                before.is_none_or(|before| before.is_whitespace() || matches!(before, '(' | '[' | '—'));
            Some(if opens { Side::Opening } else { Side::Closing })
        }
        _ => None,
    }
}

fn begins_paragraph(view: View<'_>, token: u32) -> bool {
    let Some(before) = token.checked_sub(1) else { return true };
    let gap = view.token(before).span.end as usize..view.token(token).span.start as usize;
    view.text.get(gap).is_some_and(|gap| gap.contains('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: &[&str]) {
        let found = with_context(text, |context, _| {
            let view = context.view;
            let words =
                regions(view).into_iter().filter_map(|region| view.cover(&region.collect::<Vec<_>>()));
            words.map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn quotations_run_over_sentences() {
        check(
            "\"The army left the town. It will return,\" he said. He called it a \"victory\".",
            &["The army left the town. It will return,"],
        );
        check("Rain fell. A board of 6\" was wet.", &[]);
    }
}
