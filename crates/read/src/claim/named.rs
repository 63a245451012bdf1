//! *Which words of the text are the party that the caller names, and does this word mean it?*

use annalist_schema::{Span, Upos};

use super::Context;
use super::frame::antecedent;
use super::tree::Tree;

/// How deep inside a phrase the party may stand: "president of the republic of Chad".
const MAX_DEPTH: usize = 4;

/// The words that name a party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Words of every place where the text names it, in order of text.
    pub words: Vec<u32>,
    /// Of those, the ones that hang from words outside, and the other words of their chains.
    pub heads: Vec<u32>,
}

impl Named {
    /// The words that the caller's phrase names; none if the text does not have them.
    pub fn find(context: &Context<'_>, tree: &Tree<'_>, phrase: &str) -> Self {
        let text = context.view.text;
        let mut spans = occurrences(text, phrase.trim());
        if spans.is_empty() {
            // What the text spells in another way it may still name by its last word.
            spans = phrase.split_whitespace().last().map(|word| occurrences(text, word)).unwrap_or_default();
        }
        let mut named = Self::default();
        for span in spans {
            let words = words_in(context, span);
            let heads = words
                .iter()
                .copied()
                .filter(|&word| tree.head(word).is_none_or(|head| !words.contains(&head)));
            named.heads.extend(heads);
            named.words.extend(words);
        }
        named.add_chains(context);
        named
    }

    /// Pronouns and short names that corefer with the party mean it as well.
    fn add_chains(&mut self, context: &Context<'_>) {
        let chain = |head: u32| context.mentions.iter().find(|mention| mention.head == head)?.chain;
        let chains: Vec<u32> = self.heads.iter().filter_map(|&head| chain(head)).collect();
        let of_chain = context
            .mentions
            .iter()
            .filter(|mention| mention.chain.is_some_and(|chain| chains.contains(&chain)));
        self.heads.extend(of_chain.map(|mention| mention.head));
        self.heads.sort_unstable();
        self.heads.dedup();
    }

    /// How surely the likeliest of the words means the party, from 0 to 1: it is its head, it holds it ("the president of
    /// Chad" for "Chad"), or it is a part of it.
    pub fn likeness(&self, tree: &Tree<'_>, words: &[u32]) -> f32 {
        words.iter().map(|&word| self.likeness_of(tree, word)).fold(0.0, f32::max)
    }

    /// Whether a word stands above the party in the tree. What hangs from a second verb is not the first one's.
    pub fn is_below(&self, tree: &Tree<'_>, word: u32) -> bool {
        let is_second_verb = |&at: &u32| tree.is_rel(at, &["conj"]) && tree.upos(at) == Upos::Verb;
        self.heads.iter().any(|&head| {
            let way = std::iter::once(head).chain(tree.ancestors(head).take_while(|&above| above != word));
            tree.ancestors(head).any(|above| above == word) && !way.into_iter().any(|at| is_second_verb(&at))
        })
    }

    fn likeness_of(&self, tree: &Tree<'_>, word: u32) -> f32 {
        let word = antecedent(tree, word);
        if self.heads.contains(&word) {
            return 1.0;
        }
        if self.words.contains(&word) {
            return 0.9;
        }
        let depth = self.heads.iter().filter_map(|&head| depth_below(tree, head, word)).min();
        if let Some(depth) = depth {
            return 0.9 - 0.1 * depth as f32;
        }
        let is_above = |&head: &u32| depth_below(tree, word, head).is_some();
        if self.heads.iter().any(is_above) { 0.5 } else { 0.0 }
    }
}

/// How many steps below a noun a word stands inside the same phrase.
fn depth_below(tree: &Tree<'_>, word: u32, above: u32) -> Option<usize> {
    let mut at = word;
    for depth in 1..=MAX_DEPTH {
        let is_inside = tree.is_rel(
            at,
            &["nmod", "amod", "compound", "flat", "appos", "conj", "det", "nummod", "acl", "obl"],
        );
        let next = tree.head(at).filter(|_| is_inside)?;
        if next == above {
            return Some(depth);
        }
        at = next;
    }
    None
}

/// Where the phrase stands, letter case aside, as whole words.
fn occurrences(text: &str, phrase: &str) -> Vec<Span> {
    let wanted: Vec<char> = phrase.chars().flat_map(char::to_lowercase).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Span> = Vec::new();
    let mut before = None;
    for (start, first) in text.char_indices() {
        let is_start = before.is_none_or(|before: char| !before.is_alphanumeric());
        before = Some(first);
        if is_start
            && found.last().is_none_or(|last| last.end as usize <= start)
            && let Some(end) = end_of(&text[start..], &wanted)
        {
            found.push(Span::from(start..start + end));
        }
    }
    found
}

/// The length in bytes of what a text begins with, if that is the wanted letters and no letter follows.
fn end_of(text: &str, wanted: &[char]) -> Option<usize> {
    let mut wanted = wanted.iter();
    let mut rest = text.char_indices();
    while !wanted.as_slice().is_empty() {
        let (_, letter) = rest.next()?;
        for letter in letter.to_lowercase() {
            if wanted.next() != Some(&letter) {
                return None;
            }
        }
    }
    let is_end = rest.clone().next().is_none_or(|(_, next)| !next.is_alphanumeric());
    is_end.then(|| text.len() - rest.as_str().len())
}

/// The tokens that a span covers or cuts.
fn words_in(context: &Context<'_>, span: Span) -> Vec<u32> {
    let tokens = &context.view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    (first..tokens.len())
        .take_while(|&index| tokens[index].span.start < span.end)
        .map(|index| index as u32)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, phrase: &str, expected: &[&str]) {
        with_context(text, |context, tree| {
            let named = Named::find(context, tree, phrase);
            let words: Vec<&str> = named.words.iter().map(|&word| context.view.form(word)).collect();
            assert_eq!(words, expected, "{phrase} in {text}");
        });
    }

    #[test]
    fn letter_case_and_borders_of_words() {
        check("The U.S. told us.", "the u.s.", &["The", "U.S."]);
        check("Iranian ships left Iran.", "Iran", &["Iran"]);
        check("Troops of İzmir left İZMİR.", "izmir", &[]);
        check("The council met.", "the town council", &["council"]);
        check("The council met.", " ", &[]);
        check("", "Peru", &[]);
    }
}
