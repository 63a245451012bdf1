//! *Which noun does a number count, and where does the two of them hang?*

use std::ops::Range;

use annalist_data::quantities::Quantities;
use annalist_schema::{Deprel, Span, Upos, View};

use super::number::Numeral;

/// A number with the noun that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The head word of the number.
    pub numeral: u32,
    /// The word by which number and noun hang in the sentence.
    pub head: u32,
    /// The counted noun; `None` where it is left out: "killed five".
    pub noun: Option<u32>,
}

/// The phrase of a number, or nothing where the number does not count: measures, ages, years, parts of names.
pub fn phrase(view: View<'_>, sentence: u32, numeral: &Numeral) -> Option<Phrase> {
    let tokens = view.document.sentences.get(sentence as usize)?.tokens.clone();
    let inside = tokens_in(view, tokens.clone(), numeral.span);
    let top =
        inside.clone().find(|&token| view.token(token).head.is_none_or(|head| !inside.contains(&head)))?;
    let phrase = attach(view, &inside, top);
    let counts = !is_measured(view, &inside, phrase, numeral)
        && !is_named(view, &inside, phrase, numeral)
        && !is_year(view, phrase, numeral)
        && !is_age(view, phrase, numeral);
    counts.then_some(phrase)
}

/// The tokens that share a byte with a span, as a range.
pub fn tokens_in(view: View<'_>, tokens: Range<u32>, span: Span) -> Range<u32> {
    let mut overlapping = tokens.filter(|&token| view.token(token).span.overlaps(span));
    let Some(first) = overlapping.next() else { return 0..0 };
    first..overlapping.last().unwrap_or(first) + 1
}

fn attach(view: View<'_>, inside: &Range<u32>, top: u32) -> Phrase {
    let numeral = top;
    if let Some(noun) = counted_head(view, inside, top) {
        return Phrase { numeral, head: noun, noun: Some(noun) };
    }
    Phrase { numeral, head: top, noun: of_complement(view, top) }
}

/// "20 people": the noun to the right that the number modifies.
fn counted_head(view: View<'_>, inside: &Range<u32>, top: u32) -> Option<u32> {
    let token = view.token(top);
    let head = token.head.filter(|&head| head >= inside.end)?;
    let modifies = matches!(
        token.deprel,
        Deprel::Nummod
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::Det
            | Deprel::DetPredet
            | Deprel::Advmod
            | Deprel::NmodUnmarked
            | Deprel::Dep
            | Deprel::NmodPoss
    );
    let is_noun = matches!(
        view.token(head).upos,
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Sym | Upos::X | Upos::Num | Upos::Verb
    );
    let is_count = token.deprel == Deprel::Nummod
        || matches!(view.token(head).upos, Upos::Noun | Upos::Propn | Upos::Sym | Upos::X);
    (modifies && is_noun && is_count).then_some(head)
}

/// "hundreds of fighters", "12 of the hostages": the noun behind "of".
fn of_complement(view: View<'_>, top: u32) -> Option<u32> {
    view.children_by(top, &[Deprel::Nmod, Deprel::Obl])
        .find(|&child| child > top && has_case(view, child, &["of", "de"]))
}

/// Whether a nominal carries one of these adpositions.
pub fn has_case(view: View<'_>, token: u32, words: &[&str]) -> bool {
    view.children_by(token, &[Deprel::Case, Deprel::Mark])
        .any(|case| words.iter().any(|word| view.form(case).eq_ignore_ascii_case(word)))
}

/// "160 km", "19-year-old", "five days".
fn is_measured(view: View<'_>, inside: &Range<u32>, phrase: Phrase, numeral: &Numeral) -> bool {
    let lexicon = Quantities::embedded();
    let by_noun = phrase.noun.is_some_and(|noun| lexicon.is_measure(view.lemma(noun)));
    let sentence_end = view.token(view.sentence_tokens(inside.start).end - 1).span.end;
    let next = next_word(Span::new(numeral.span.end, sentence_end).of(view.text));
    let by_word = lexicon.is_measure(next) || lexicon.is_measure(next.trim_end_matches('s'));
    by_noun
        || (by_word && phrase.noun.is_none_or(|noun| view.form(noun) == next))
        || (by_word && joined_by_hyphen(view, numeral))
}

fn joined_by_hyphen(view: View<'_>, numeral: &Numeral) -> bool {
    view.text.get(numeral.span.end as usize..).is_some_and(|rest| rest.starts_with(['-', '‑']))
}

/// The letters after spaces and hyphens.
fn next_word(rest: &str) -> &str {
    let rest = rest.trim_start_matches([' ', '-', '‑', '\u{a0}']);
    &rest[..rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len())]
}

/// "Resolution 2259", "Tower 22": a number behind a name that it completes.
fn is_named(view: View<'_>, inside: &Range<u32>, phrase: Phrase, numeral: &Numeral) -> bool {
    let first = view.sentence_tokens(inside.start).start;
    let Some(before) = inside.start.checked_sub(1).filter(|&before| before >= first) else { return false };
    let word = view.form(before);
    if Quantities::embedded().is_designation(word) {
        return true;
    }
    let in_figures = numeral.span.of(view.text).starts_with(|character: char| character.is_ascii_digit());
    let completes = view.token(phrase.numeral).head == Some(before) || phrase.noun.is_none();
    in_figures && completes && before > first && view.token(before).upos == Upos::Propn
}

/// "in 2014", "the 2003 invasion".
fn is_year(view: View<'_>, phrase: Phrase, numeral: &Numeral) -> bool {
    let digits = numeral.span.of(view.text);
    let four_digits = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = (1900.0..2100.0).contains(&numeral.low);
    let counts_plural = phrase.noun.is_some_and(|noun| {
        view.token(noun).feats.number == Some(annalist_schema::Number::Plur)
            && Quantities::embedded()
                .thing(annalist_data::quantities::Role::Person, view.lemma(noun))
                .is_some()
    });
    four_digits && in_range && !counts_plural
}

/// "the driver, 34, was freed", "aged 12".
fn is_age(view: View<'_>, phrase: Phrase, numeral: &Numeral) -> bool {
    let before = view.text.get(..numeral.span.start as usize).unwrap_or("").trim_end();
    let after = view.text.get(numeral.span.end as usize..).unwrap_or("").trim_start();
    let between_marks = before.ends_with([',', '(']) && after.starts_with([',', ')', '.']);
    let in_figures = numeral.span.of(view.text).starts_with(|character: char| character.is_ascii_digit());
    phrase.noun.is_none() && between_marks && in_figures && numeral.low < 120.0
}
