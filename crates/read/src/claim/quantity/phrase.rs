//! *Which noun does a number count, and where does the two of them hang?*

use std::ops::Range;

use annalist_data::quantities::{Quantities, Role};
use annalist_schema::{Deprel, Span, Upos, View};

use super::number::Numeral;
use crate::claim::syntax::has_case;

/// A number with the noun that it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The number with the words that say how it is meant.
    pub words: Span,
    /// The head word of the number.
    pub numeral: u32,
    /// The word by which number and noun hang in the sentence.
    pub head: u32,
    /// The counted noun; `None` where it is left out: "killed five".
    pub noun: Option<u32>,
}

/// The phrase of a number, or nothing where the number does not count: measures, ages, years, parts of names.
pub fn phrase(view: View<'_>, sentence: u32, numeral: &Numeral, words: Span) -> Option<Phrase> {
    let tokens = view.document.sentences.get(sentence as usize)?.tokens.clone();
    let inside = tokens_in(view, tokens.clone(), numeral.span);
    let top =
        inside.clone().find(|&token| view.token(token).head.is_none_or(|head| !inside.contains(&head)))?;
    let phrase = attach(view, &inside, top, words);
    if numeral.currency.is_some() {
        return Some(phrase);
    }
    let counts = !is_measured(view, &inside, phrase, numeral)
        && !is_named(view, &inside, phrase, numeral)
        && !is_year(view, phrase, numeral)
        && agrees(view, phrase, numeral)
        && !is_age(view, phrase, numeral);
    counts.then_some(phrase)
}

/// The tokens that share a byte with a span, as a range.
pub fn tokens_in(view: View<'_>, tokens: Range<u32>, span: Span) -> Range<u32> {
    let mut overlapping = tokens.filter(|&token| view.token(token).span.overlaps(span));
    let Some(first) = overlapping.next() else { return 0..0 };
    first..overlapping.next_back().unwrap_or(first) + 1
}

fn attach(view: View<'_>, inside: &Range<u32>, top: u32, words: Span) -> Phrase {
    if let Some(noun) = counted_head(view, inside, top).or_else(|| noun_to_the_right(view, inside)) {
        return Phrase { words, numeral: top, head: noun, noun: Some(noun) };
    }
    Phrase {
        words,
        numeral: top,
        head: top,
        noun: of_complement(view, top).or_else(|| noun_behind_of(view, inside)),
    }
}

/// "20 people": the noun to the right that the number modifies.
fn counted_head(view: View<'_>, inside: &Range<u32>, top: u32) -> Option<u32> {
    let token = view.token(top);
    let head = token.head.filter(|&head| head >= inside.end)?;
    let modifies = matches!(
        token.deprel,
        Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::Det | Deprel::Advmod
    );
    let is_noun = matches!(view.token(head).upos, Upos::Noun | Upos::Propn | Upos::Sym | Upos::X);
    (modifies && is_noun && is_one_phrase(view, inside.end..head)).then_some(head)
}

/// No preposition, verb or mark stands between a number and its noun: "20 at cathedral in Mindanao" is two phrases.
fn is_one_phrase(view: View<'_>, mut between: Range<u32>) -> bool {
    between.all(|token| {
        let word = view.token(token);
        let parts = matches!(word.upos, Upos::Adp | Upos::Aux | Upos::Sconj | Upos::Cconj);
        !parts || view.form(token).eq_ignore_ascii_case("and")
    })
}

/// The last noun of the words that follow the number without a break, where the tree does not join them.
fn noun_to_the_right(view: View<'_>, inside: &Range<u32>) -> Option<u32> {
    noun_from(view, inside.end)
}

/// The same behind "of the": "two of the hostages".
fn noun_behind_of(view: View<'_>, inside: &Range<u32>) -> Option<u32> {
    let end = view.sentence_tokens(inside.start).end;
    let is_of = inside.end < end && view.form(inside.end).eq_ignore_ascii_case("of");
    let small = |token: u32| matches!(view.token(token).upos, Upos::Det | Upos::Pron);
    let start = (inside.end + 1..end).find(|&token| !small(token)).filter(|_| is_of)?;
    noun_from(view, start)
}

/// The last noun of an unbroken row of adjectives and nouns; a known noun ends it even where the tagger took it for a verb.
fn noun_from(view: View<'_>, start: u32) -> Option<u32> {
    let end = view.sentence_tokens(start).end.min(start + 6);
    let is_noun =
        |token: u32| matches!(view.token(token).upos, Upos::Noun | Upos::Propn) || is_known_noun(view, token);
    let goes_on = |token: u32| {
        let word = view.token(token);
        is_noun(token) || word.upos == Upos::Adj || (word.upos == Upos::Verb && word.deprel == Deprel::Amod)
    };
    let last = (start..end).take_while(|&token| goes_on(token)).filter(|&token| is_noun(token)).last()?;
    behind_brackets(view, last).filter(|&token| is_noun(token)).or(Some(last))
}

/// "fighters of FRB (Red Brigade) units": the noun goes on behind a name that is spelled out.
fn behind_brackets(view: View<'_>, token: u32) -> Option<u32> {
    let end = view.sentence_tokens(token).end;
    let opens = token + 1 < end && view.form(token + 1) == "(";
    let closing = (token + 2..end.min(token + 14)).find(|&at| view.form(at) == ")").filter(|_| opens)?;
    (closing + 1 < end).then_some(closing + 1)
}

fn is_known_noun(view: View<'_>, token: u32) -> bool {
    let lexicon = Quantities::embedded();
    let plural = view.form(token).to_lowercase();
    let singular = plural.strip_suffix('s').filter(|_| view.token(token).upos == Upos::Verb);
    singular.is_some_and(|word| lexicon.thing(Role::Person, word).is_some())
}

/// "hundreds of fighters", "12 of the hostages": the noun behind "of".
fn of_complement(view: View<'_>, top: u32) -> Option<u32> {
    view.children_by(top, &[Deprel::Nmod, Deprel::Obl])
        .find(|&child| child > top && has_case(view, child, &["of", "de"]))
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

/// "the 27 attack" of a date: many cannot be one.
fn agrees(view: View<'_>, phrase: Phrase, numeral: &Numeral) -> bool {
    let Some(noun) = phrase.noun.filter(|_| numeral.low > 1.0) else { return true };
    let is_singular = view.token(noun).feats.number == Some(annalist_schema::Number::Sing);
    let is_common = view.token(noun).upos == Upos::Noun
        && !view.form(noun).ends_with(['s', 'S'])
        && !view.form(noun).ends_with("men");
    let is_collective = Quantities::embedded().is_collective(view.lemma(noun));
    !(is_singular && is_common && phrase.head == noun) || is_collective
}

/// "in 2014", "the 2003 invasion".
fn is_year(view: View<'_>, phrase: Phrase, numeral: &Numeral) -> bool {
    let digits = numeral.span.of(view.text);
    let four_digits = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = (1900.0..2100.0).contains(&numeral.low);
    let counts_plural = phrase.noun.is_some_and(|noun| {
        view.token(noun).feats.number == Some(annalist_schema::Number::Plur)
            && Quantities::embedded().thing(Role::Person, view.lemma(noun)).is_some()
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
