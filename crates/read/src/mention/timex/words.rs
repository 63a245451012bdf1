//! *Which words does the text have, and which of them may belong to a time expression?*
//!
//! Its own light scan of the raw text: time expressions are found before and without the analysis of the document, so
//! that dates can be read at the speed of the scan.

use super::lexicon::{self, Class};

/// A word, a number or a punctuation mark.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// First byte.
    pub start: usize,
    /// As written.
    pub text: &'t str,
    /// What it may mean.
    pub class: Class,
}

impl Word<'_> {
    /// One past the last byte.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The words of a text in order; white space is left out, and a blank line stands as one [`Class::Break`].
pub fn scan(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while at < text.len() {
        let (end, kind) = next(text, at);
        let piece = &text[at..end];
        match kind {
            Kind::Space if is_blank_line(piece) => {
                words.push(Word { start: at, text: piece, class: Class::Break })
            }
            Kind::Space => {}
            Kind::Word => words.push(Word { start: at, text: piece, class: lexicon::class(piece) }),
            Kind::Mark(mark) => words.push(Word { start: at, text: piece, class: Class::Mark(mark) }),
        }
        at = end;
    }
    words
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Space,
    Word,
    Mark(u8),
}

/// End and kind of the piece that begins at a byte.
fn next(text: &str, at: usize) -> (usize, Kind) {
    let mut rest = text[at..].chars();
    let Some(first) = rest.next() else { return (text.len(), Kind::Space) };
    let kind = kind_of(first);
    let mut end = at + first.len_utf8();
    if matches!(kind, Kind::Mark(_)) {
        return (end, kind);
    }
    for next in rest {
        if kind_of(next) != kind {
            break;
        }
        end += next.len_utf8();
    }
    (end, kind)
}

fn kind_of(character: char) -> Kind {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Kind::Word,
        ' ' | '\n' | '\t' | '\r' => Kind::Space,
        '\u{2019}' | '\u{2018}' | '`' | '\u{2bc}' => Kind::Mark(b'\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Mark(b'-'),
        _ if character.is_ascii() => Kind::Mark(character as u8),
        _ if character.is_alphanumeric() => Kind::Word,
        _ if character.is_whitespace() => Kind::Space,
        _ => Kind::Mark(0),
    }
}

fn is_blank_line(space: &str) -> bool {
    space.bytes().filter(|&byte| byte == b'\n').count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = scan(text).iter().map(|word| word.text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn splits_words_numbers_and_marks() {
        check("on Jan. 4th, 2024", &["on", "Jan", ".", "4th", ",", "2024"]);
        check("a two-week truce", &["a", "two", "-", "week", "truce"]);
        check("Monday’s – 10:30", &["Monday", "’", "s", "–", "10", ":", "30"]);
        check("one\n\n two", &["one", "\n\n ", "two"]);
        check("", &[]);
        check("في يناير 😀", &["في", "يناير", "😀"]);
    }
}
