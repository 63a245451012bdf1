//! *Where does one sentence end and the next begin?*
//!
//! Full stops are ambiguous and half of the web's sentences have none, so a small perceptron decides at every gap
//! between words that could be an end. Blocks of the outline end sentences whatever the words say.

use std::ops::Range;

use super::token::Word;
use super::weights::{Weights, feature, hash};

/// Sentences longer than this are cut, so that no text can make the analysis slow.
pub const MAX_WORDS: usize = 250;

/// The sentences of one block's words, as ranges of them.
pub fn split(text: &str, words: &[Word], weights: &Weights) -> Vec<Range<usize>> {
    let tokens = surface(text, words);
    let mut sentences = Vec::new();
    let mut state = State::default();
    let mut features = Vec::with_capacity(N_TEMPLATES);
    let mut scores = [0; 2];
    let mut start = 0;
    for at in 1..tokens.len() {
        state.pass(&tokens[at - 1]);
        let is_end = is_candidate(&tokens, at) && {
            gap_features(&tokens, at, &state, &mut features);
            weights.score(&features, &mut scores);
            scores[1] - scores[0] > if is_marked(&tokens, at) { 0 } else { UNMARKED_MARGIN }
        };
        if is_end || tokens[at].words.end - start > MAX_WORDS {
            sentences.push(start..tokens[at].words.start);
            start = tokens[at].words.start;
            state = State::default();
        }
    }
    if start < words.len() {
        sentences.push(start..words.len());
    }
    sentences
}

/// A written word with what a boundary can be told from.
pub struct Token<'t> {
    /// Its text.
    pub form: &'t str,
    /// Its syntactic words.
    pub words: Range<usize>,
    /// What separates it from the word before.
    space_before: Space,
    lower: u32,
    class: Class,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Space {
    None,
    One,
    Several,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Capitalised,
    AllCaps,
    Letter,
    Number,
    Stop,
    Exclamation,
    Ellipsis,
    Colon,
    Comma,
    Dash,
    Opening,
    Closing,
    Quote,
    Abbreviation,
    Symbol,
}

/// Groups syntactic words by the written word that holds them.
pub fn surface<'t>(text: &'t str, words: &[Word]) -> Vec<Token<'t>> {
    let mut tokens: Vec<Token<'t>> = Vec::with_capacity(words.len());
    let mut end = words.first().map_or(0, |word| word.span.start as usize);
    for (index, word) in words.iter().enumerate() {
        let range = word.span.range();
        if let Some(last) = tokens.last_mut().filter(|_| range.start < end) {
            last.words.end = index + 1;
            continue;
        }
        let form = word.span.of(text);
        let space_before = space(&text[end..range.start]);
        let lower = hash(&form.to_lowercase());
        tokens.push(Token { form, words: index..index + 1, space_before, lower, class: class(form) });
        end = range.end;
    }
    tokens
}

fn space(between: &str) -> Space {
    match between.len() {
        0 => Space::None,
        1 => Space::One,
        // The outline joins wrapped lines, so a line's end is a space like any other.
        _ if between.contains('\n') => Space::One,
        _ => Space::Several,
    }
}

fn class(form: &str) -> Class {
    let mut chars = form.chars();
    let Some(first) = chars.next() else { return Class::Symbol };
    if first.is_alphabetic() {
        return class_of_letters(form, first);
    }
    if first.is_numeric() {
        return Class::Number;
    }
    match first {
        '.' if form.len() > 1 => Class::Ellipsis,
        '…' => Class::Ellipsis,
        '.' | '。' | '؟' | '।' => Class::Stop,
        '!' | '?' => Class::Exclamation,
        ':' | ';' => Class::Colon,
        ',' | '،' => Class::Comma,
        '-' | '–' | '—' => Class::Dash,
        '(' | '[' | '{' | '<' | '“' | '‘' | '«' => Class::Opening,
        ')' | ']' | '}' | '>' | '”' | '»' => Class::Closing,
        '"' | '\'' | '’' | '`' => Class::Quote,
        _ => Class::Symbol,
    }
}

fn class_of_letters(form: &str, first: char) -> Class {
    if form.ends_with('.') {
        return Class::Abbreviation;
    }
    if !first.is_uppercase() {
        return Class::Lower;
    }
    match form.chars().nth(1) {
        None => Class::Letter,
        Some(_) if form.chars().all(|char| !char.is_lowercase()) => Class::AllCaps,
        Some(_) => Class::Capitalised,
    }
}

/// Whether a sentence could end before the token at `at`: not between two ordinary words in lower case.
pub fn is_candidate(tokens: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (&tokens[at - 1], &tokens[at]);
    let is_plain = matches!(before.class, Class::Lower | Class::Comma) && after.class == Class::Lower;
    let is_glued = after.space_before == Space::None && before.form.ends_with(char::is_alphanumeric);
    !is_plain
        && !is_glued
        && !is_clock_time(before.form, after.form)
        && !matches!(after.class, Class::Stop | Class::Comma | Class::Exclamation)
}

/// "At 11 p.m. Monday", "at 9 a.m. GMT": the point is the abbreviation's.
fn is_clock_time(before: &str, after: &str) -> bool {
    const DAYS: [&str; 20] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "GMT",
        "UTC",
        "EST",
        "EDT",
        "CST",
        "PST",
        "CET",
        "IST",
        "ET",
        "PT",
        "Eastern",
        "Pacific",
        "Central",
    ];
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let is_meridiem = before.eq_ignore_ascii_case("a.m.") || before.eq_ignore_ascii_case("p.m.");
    is_meridiem && (DAYS.contains(&after) || MONTHS.contains(&after))
}

/// How sure the model must be of an end that no mark shows, in units of its weights.
///
/// It was trained on paragraphs whose line breaks are lost; in reports an end without a mark has a line's end.
const UNMARKED_MARGIN: i32 = 400;

/// Whether a mark that may end a sentence stands before the token at `at`.
fn is_marked(tokens: &[Token<'_>], at: usize) -> bool {
    use Class::{Abbreviation, Closing, Colon, Ellipsis, Exclamation, Quote, Stop};
    matches!(tokens[at - 1].class, Abbreviation | Closing | Colon | Ellipsis | Exclamation | Quote | Stop)
}

/// What is known of the sentence so far.
#[derive(Default)]
pub struct State {
    n_tokens: u32,
    n_open: u32,
    quote_is_open: bool,
    has_verb_like: bool,
}

impl State {
    /// Takes note of a token of the sentence.
    pub fn pass(&mut self, token: &Token<'_>) {
        self.n_tokens += 1;
        self.has_verb_like |= token.class == Class::Lower;
        match token.class {
            Class::Opening => self.n_open += 1,
            Class::Closing => self.n_open = self.n_open.saturating_sub(1),
            Class::Quote if token.form.starts_with('"') => self.quote_is_open = !self.quote_is_open,
            _ => {}
        }
    }
}

const N_TEMPLATES: usize = 32;

/// What is seen at the gap before the token at `at`.
pub fn gap_features(tokens: &[Token<'_>], at: usize, state: &State, features: &mut Vec<u32>) {
    let class_at = |index: Option<usize>| {
        index.and_then(|index| tokens.get(index)).map_or(99, |token| token.class as u32)
    };
    let word_at =
        |index: Option<usize>| index.and_then(|index| tokens.get(index)).map_or(0, |token| token.lower);
    let form_at =
        |index: Option<usize>| index.and_then(|index| tokens.get(index)).map_or(0, |token| hash(token.form));
    let (last, first) = (at.checked_sub(1), Some(at));
    let (before_last, second) = (at.checked_sub(2), Some(at + 1));
    let third = Some(at + 2);
    let space = tokens[at].space_before as u32;
    let length = length_class(state.n_tokens);
    let nesting = state.n_open.min(2) * 2 + u32::from(state.quote_is_open);
    let shape = state.n_tokens.min(3) * 2 + u32::from(state.has_verb_like);
    let classes = class_at(last) << 8 | class_at(first);
    let wide = class_at(before_last) << 16 | classes;
    features.clear();
    let mut template = 0;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(classes, 0);
    add(classes, space);
    add(classes, length);
    add(classes, nesting);
    add(classes, shape);
    add(wide, space);
    add(wide, class_at(second));
    add(classes, class_at(second) << 8 | class_at(third));
    add(word_at(last), 0);
    add(word_at(last), class_at(first));
    add(form_at(first), 0);
    add(form_at(first), class_at(last));
    add(word_at(last), word_at(first));
    add(class_at(last), form_at(first).wrapping_add(class_at(second)));
    add(word_at(before_last), classes);
    add(word_at(second), classes);
    add(class_at(last), space << 8 | length);
    add(class_at(last), nesting << 8 | class_at(first));
    add(class_at(last) << 8 | shape, form_at(first));
    add(wide, nesting << 8 | space);
    add(class_at(first) << 8 | class_at(second), length);
    add(0, 0);
}

/// 1, 2, 3, 4-5, 6-9, 10-19, 20-39, more.
fn length_class(n_tokens: u32) -> u32 {
    [1, 2, 3, 5, 9, 19, 39].iter().position(|&most| n_tokens <= most).unwrap_or(7) as u32
}
