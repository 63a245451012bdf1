//! *What stands here, and what follows?*

use super::super::lexicon::{Class, Key};
use super::super::unit::Unit;
use super::super::words::Word;

/// A place among the words. Copies are cheap, so a rule that does not fit simply drops its own.
#[derive(Clone, Copy)]
pub struct Cursor<'w> {
    /// All words of the text.
    pub words: &'w [Word<'w>],
    /// Index of the word that stands here.
    pub at: usize,
}

/// What a rule read, and the place behind it.
pub type Parsed<'w, T> = Option<(T, Cursor<'w>)>;

impl<'w> Cursor<'w> {
    /// The word here.
    pub fn word(self) -> Option<&'w Word<'w>> {
        self.words.get(self.at)
    }

    /// The class of the word here; a break behind the last one.
    pub fn class(self) -> Class {
        self.word().map_or(Class::Break, |word| word.class)
    }

    /// Whether the word here is written with a capital.
    pub fn is_name(self) -> bool {
        self.word().is_some_and(Word::is_capitalised)
    }

    /// The class of the word so many places on.
    pub fn ahead(self, n: usize) -> Class {
        self.words.get(self.at + n).map_or(Class::Break, |word| word.class)
    }

    /// The class of the word so many places back.
    pub fn behind(self, n: usize) -> Class {
        self.at.checked_sub(n).and_then(|at| self.words.get(at)).map_or(Class::Break, |word| word.class)
    }

    /// The word so many places back, as written.
    pub fn text_behind(self, n: usize) -> &'w str {
        self.at.checked_sub(n).and_then(|at| self.words.get(at)).map_or("", |word| word.text)
    }

    /// The place behind the next words.
    pub fn skip(self, n: usize) -> Self {
        Self { at: self.at + n, ..self }
    }

    /// The place behind one of the keys, if it stands here.
    pub fn key(self, keys: &[Key]) -> Option<Self> {
        match self.class() {
            Class::Key(key) if keys.contains(&key) => Some(self.skip(1)),
            _ => None,
        }
    }

    /// The place behind one of the keys, or this place.
    pub fn maybe(self, keys: &[Key]) -> Self {
        self.key(keys).unwrap_or(self)
    }

    /// The place behind a punctuation mark, if it stands here.
    pub fn mark(self, mark: u8) -> Option<Self> {
        (self.class() == Class::Mark(mark)).then(|| self.skip(1))
    }

    /// The place behind a punctuation mark, or this place.
    pub fn maybe_mark(self, mark: u8) -> Self {
        self.mark(mark).unwrap_or(self)
    }

    /// Whether no white space stands between the word before and the word here.
    pub fn touches(self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.words.get(at));
        matches!((before, self.word()), (Some(before), Some(word)) if before.end() == word.start)
    }

    /// The word here as written.
    pub fn text(self) -> &'w str {
        self.word().map_or("", |word| word.text)
    }

    /// A unit of time here.
    pub fn unit(self) -> Parsed<'w, (Unit, bool)> {
        match self.class() {
            Class::Unit { unit, plural } => Some(((unit, plural), self.skip(1))),
            _ => None,
        }
    }

    /// The place behind a unit in the singular, or this place.
    pub fn maybe_unit(self, unit: Unit) -> Self {
        if self.class() == (Class::Unit { unit, plural: false }) { self.skip(1) } else { self }
    }

    /// A number in digits here, of so many digits.
    pub fn digits(self, lengths: std::ops::RangeInclusive<u8>) -> Parsed<'w, u32> {
        match self.class() {
            Class::Digits { value, length } if lengths.contains(&length) => Some((value, self.skip(1))),
            _ => None,
        }
    }

    /// The place behind "'s", if it stands here.
    pub fn possessive(self) -> Option<Self> {
        self.mark(b'\'').filter(|_| self.touches())?.key(&[Key::S])
    }
}
