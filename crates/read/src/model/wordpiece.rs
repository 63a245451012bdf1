//! *Which pieces of the encoder's vocabulary is this word made of?* WordPiece without case and accents.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Words cut into pieces of a fixed vocabulary.
pub struct WordPiece {
    starts: HashMap<&'static str, u32>,
    continuations: HashMap<&'static str, u32>,
    n_words: usize,
}

/// Stands for what the vocabulary cannot spell.
pub const UNKNOWN: u32 = 100;
/// Stands before every sentence.
pub const START: u32 = 101;
/// Stands after every sentence.
pub const END: u32 = 102;

/// A longer piece is unknown.
const LONGEST_PIECE: usize = 100;

impl WordPiece {
    /// Reads a vocabulary: one piece a line, its number the number of the line.
    pub fn parse(text: &'static str) -> Self {
        let mut piece = Self { starts: HashMap::new(), continuations: HashMap::new(), n_words: 0 };
        for (id, line) in text.lines().enumerate() {
            match line.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => piece.continuations.insert(rest, id as u32),
                _ => piece.starts.insert(line, id as u32),
            };
            piece.n_words = id + 1;
        }
        piece
    }

    /// Number of pieces in the vocabulary.
    pub fn len(&self) -> usize {
        self.n_words
    }

    /// The first `most` pieces of a word; at least one.
    pub fn pieces(&self, word: &str, most: usize) -> Vec<u32> {
        let mut ids = Vec::with_capacity(2);
        for piece in basic_pieces(word) {
            if ids.len() >= most {
                break;
            }
            self.add(&piece, &mut ids);
        }
        ids.truncate(most);
        if ids.is_empty() {
            ids.push(UNKNOWN);
        }
        ids
    }

    /// Greedy: the longest piece that fits, then the longest that continues it.
    fn add(&self, word: &str, ids: &mut Vec<u32>) {
        if let Some(&id) = self.starts.get(word) {
            return ids.push(id);
        }
        let n_before = ids.len();
        let mut rest = word;
        while !rest.is_empty() {
            let vocabulary = if rest.len() == word.len() { &self.starts } else { &self.continuations };
            match longest(rest, vocabulary).filter(|_| word.chars().count() <= LONGEST_PIECE) {
                Some((id, length)) => {
                    ids.push(id);
                    rest = &rest[length..];
                }
                None => {
                    ids.truncate(n_before);
                    return ids.push(UNKNOWN);
                }
            }
        }
    }
}

fn longest(text: &str, vocabulary: &HashMap<&'static str, u32>) -> Option<(u32, usize)> {
    let ends =
        text.char_indices().map(|(at, char)| at + char.len_utf8()).take(LONGEST_PIECE).collect::<Vec<_>>();
    ends.into_iter().rev().find_map(|end| Some((*vocabulary.get(&text[..end])?, end)))
}

/// Lower-cased pieces without accents; punctuation and ideographs are pieces of their own.
fn basic_pieces(word: &str) -> Vec<String> {
    // A word of this length is noise, and its first pieces are all that is kept.
    const LONGEST_WORD: usize = 1000;
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) && word.len() <= LONGEST_WORD {
        return vec![word.to_owned()];
    }
    let mut pieces = vec![String::new()];
    for char in word.chars().take(LONGEST_WORD).filter(|&char| !is_removed(char)).flat_map(folded) {
        if char.is_whitespace() {
            pieces.push(String::new());
        } else if is_alone(char) {
            pieces.extend([char.to_string(), String::new()]);
        } else if let Some(last) = pieces.last_mut() {
            last.push(char);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn is_removed(char: char) -> bool {
    char == '\u{fffd}'
        || !char.is_whitespace() && char.general_category_group() == GeneralCategoryGroup::Other
}

/// Lower case, decomposed, without the marks.
fn folded(char: char) -> impl Iterator<Item = char> {
    use unicode_properties::GeneralCategory::NonspacingMark;
    char.to_lowercase().nfd().filter(|char| char.general_category() != NonspacingMark)
}

fn is_alone(char: char) -> bool {
    char.is_ascii_punctuation()
        || !char.is_ascii() && char.general_category_group() == GeneralCategoryGroup::Punctuation
        || is_ideograph(char)
}

/// The blocks of Chinese characters that BERT's tokenizer sets apart.
fn is_ideograph(char: char) -> bool {
    matches!(char,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2b73f}'
        | '\u{2b740}'..='\u{2b81f}' | '\u{2b820}'..='\u{2ceaf}' | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str = "un\nwant\n##want\n##ed\n'\nt\n日\ne\n##e";

    fn check(word: &str, expected: &str) {
        let lines: Vec<&str> = VOCABULARY.lines().collect();
        let pieces = WordPiece::parse(VOCABULARY).pieces(word, 4);
        let shown: Vec<&str> =
            pieces.iter().map(|&id| lines.get(id as usize).copied().unwrap_or("?")).collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn the_longest_piece_wins() {
        check("unwanted", "un ##want ##ed");
        check("Wanted", "want ##ed");
        check("'t", "' t");
        check("É日", "e 日");
    }

    #[test]
    fn what_cannot_be_spelt_is_unknown() {
        check("wantx", "?");
        check("", "?");
        check("\u{200b}", "?");
        check(&"e".repeat(101), "?");
        check("t't't", "t ' t '");
    }
}
