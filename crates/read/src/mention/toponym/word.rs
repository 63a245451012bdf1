//! *Which words stand in the text, what parts them, and where do sentences begin?*
//!
//! Names are matched on the text itself, not on tokens, so that hyphens, points and apostrophes inside a name do not
//! depend on how a tokeniser cuts them; each word knows its token for part of speech and entity tag.

use annalist_data::gazetteer::is_ayn;
use annalist_schema::{Ner, NerType, Span, Upos, View};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// Nothing: the first word.
    Start,
    /// Blanks, or one end of line.
    Space,
    /// A hyphen or dash without blanks.
    Hyphen,
    /// A comma.
    Comma,
    /// A point, with or without blanks.
    Point,
    /// An opening bracket.
    Bracket,
    /// A slash.
    Slash,
    /// Anything else, paragraph ends among it.
    Other,
}

/// One word of the text.
#[derive(Clone, Debug)]
pub struct Word<'t> {
    /// Its place, without a genitive "'s".
    pub span: Span,
    /// Its text.
    pub text: &'t str,
    /// What stands before it.
    pub gap: Gap,
    /// Whether capitals mean nothing here: at the start of a sentence, quotation or title.
    pub starts_sentence: bool,
    /// Whether "'s" follows.
    pub is_genitive: bool,
    /// Its token, if the document has tokens.
    pub token: Option<u32>,
}

impl Word<'_> {
    /// Whether it begins with a capital letter, an ayn before it or not: "ʿIraq".
    pub fn is_capital(&self) -> bool {
        self.text.trim_start_matches(is_ayn).starts_with(char::is_uppercase)
    }

    /// Whether it has two letters or more, all capitals.
    pub fn is_shouted(&self) -> bool {
        let mut letters = self.text.chars().filter(|character| character.is_alphabetic());
        letters.by_ref().take(2).filter(|letter| letter.is_uppercase()).count() == 2
            && letters.all(char::is_uppercase)
    }
}

/// The words of a text, in order.
pub fn scan<'t>(view: View<'t>) -> Vec<Word<'t>> {
    let mut words: Vec<Word<'t>> = Vec::new();
    let mut end = 0;
    while let Some((from, to, is_genitive)) = next_word(view.text, end) {
        let between = &view.text[end..from];
        let gap = if words.is_empty() {
            Gap::Start
        } else {
            gap_of(between, words.last().is_some_and(|word| word.is_genitive))
        };
        words.push(Word {
            span: Span::from(from..to),
            text: &view.text[from..to],
            gap,
            starts_sentence: words.is_empty() || opens(between),
            is_genitive,
            token: None,
        });
        end = to;
    }
    bind_tokens(view, &mut words);
    mark_sentences(view, &mut words);
    words
}

/// Start and end of the next word at or after an offset, and whether a genitive follows.
fn next_word(text: &str, from: usize) -> Option<(usize, usize, bool)> {
    let rest = skip_genitive(text, from);
    let (start, first) =
        text[rest..].char_indices().find(|&(at, character)| begins(character, &text[rest + at..]))?;
    let start = rest + start;
    // The first character is taken whatever it is: a word without letters would be found for ever.
    let mut end = start + first.len_utf8();
    let mut characters = text[start..].char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        if !continues(character, next, &text[start..start + at]) {
            break;
        }
        end = start + at + character.len_utf8();
    }
    let genitive = genitive_len(&text[start..end]);
    let word_end = end - genitive;
    // "James'" has no "s" of its own to cut off.
    Some((start, word_end, genitive > 0))
}

/// After a word that lost its "'s" the scan must not begin with that "s".
fn skip_genitive(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let after = rest.strip_prefix(['\'', '’', 'ʼ']).and_then(|rest| rest.strip_prefix(['s', 'S']));
    let is_whole = after.is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    if from > 0 && is_whole { text.len() - after.map_or(0, str::len) } else { from }
}

fn genitive_len(word: &str) -> usize {
    ["'s", "’s", "ʼs", "'S", "’S", "ʼS"]
        .iter()
        .find(|end| word.ends_with(**end) && word.len() > end.len())
        .map_or(0, |end| end.len())
}

/// Whether a word begins with a character, which is the first of `rest`: ayn and hamza are letters to Unicode, yet alone they
/// are no word.
fn begins(character: char, rest: &str) -> bool {
    let is_letter = |character: char| character.is_alphanumeric() && !is_ayn(character);
    is_letter(character) || is_ayn(character) && rest[character.len_utf8()..].starts_with(is_letter)
}

/// Whether a character belongs to the word begun before it.
fn continues(character: char, next: Option<char>, before: &str) -> bool {
    match character {
        // The last two of them are written for quotation marks too, so they end no word.
        '\'' | '’' | '`' | 'ʼ' | 'ʻ' => next.is_some_and(char::is_alphanumeric),
        // "U.S." and "N.J.", not the end of a sentence.
        '.' => is_initials(before) && (next.is_some_and(char::is_uppercase) || before.contains('.')),
        _ => character.is_alphanumeric() || is_mark(character),
    }
}

fn is_initials(before: &str) -> bool {
    let last = before.rsplit('.').next().unwrap_or_default();
    let mut letters = last.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

fn is_mark(character: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&character)
}

fn gap_of(between: &str, after_genitive: bool) -> Gap {
    let between = if after_genitive {
        between.trim_start_matches(['\'', '’', 'ʼ']).trim_start_matches(['s', 'S'])
    } else {
        between
    };
    if between.matches('\n').count() > 1 {
        return Gap::Other;
    }
    let marks = between.trim();
    match marks {
        "" => Gap::Space,
        "-" | "‐" | "‑" | "–" if marks.len() == between.len() => Gap::Hyphen,
        "," => Gap::Comma,
        "." => Gap::Point,
        "(" | "[" => Gap::Bracket,
        "/" => Gap::Slash,
        _ => Gap::Other,
    }
}

/// Whether what stands before a word lets it have a capital for no reason of its own.
fn opens(between: &str) -> bool {
    between.contains(['"', '“', '„', '«', ':', '?', '!', '\n', '•', '*', '…'])
}

fn bind_tokens(view: View<'_>, words: &mut [Word<'_>]) {
    let tokens = &view.document.tokens;
    for word in words {
        let after = tokens.partition_point(|token| token.span.start <= word.span.start);
        let token = after.checked_sub(1).filter(|&token| tokens[token].span.end > word.span.start);
        word.token = token.map(|token| token as u32);
    }
}

/// The splitter knows better than punctuation where sentences begin; without it a point must do.
fn mark_sentences(view: View<'_>, words: &mut [Word<'_>]) {
    let sentences = &view.document.sentences;
    if sentences.is_empty() {
        words.iter_mut().for_each(|word| word.starts_sentence |= word.gap == Gap::Point);
        return;
    }
    let mut last = None;
    for word in words {
        let sentence = sentences.partition_point(|sentence| sentence.span.end <= word.span.start);
        word.starts_sentence |= last != Some(sentence);
        last = Some(sentence);
    }
}

/// What the entity tagger says of a word; `None` where no tagger ran.
pub fn entity(view: View<'_>, word: &Word<'_>) -> Option<NerType> {
    word.token.and_then(|token| view.token(token).ner.kind())
}

/// The entity tag of a word's token; `None` where no tagger ran.
pub fn tag(view: View<'_>, word: &Word<'_>) -> Option<Ner> {
    word.token.map(|token| view.token(token).ner)
}

/// Part of speech of a word; `None` where no tagger ran.
pub fn part_of_speech(view: View<'_>, word: &Word<'_>) -> Option<Upos> {
    word.token.map(|token| view.token(token).upos).filter(|upos| *upos != Upos::X)
}

/// Whether an entity tagger has run at all: its silence about a word then means something.
pub fn has_entities(view: View<'_>) -> bool {
    view.document.tokens.iter().any(|token| token.ner != Ner::Outside)
}

#[cfg(test)]
mod tests {
    use annalist_schema::Document;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let document = Document::default();
        let words: Vec<_> = scan(View::new(text, &document)).iter().map(|word| word.text).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_keep_their_inner_marks() {
        check("Al-Qa'im, Iraq.", &["Al", "Qa'im", "Iraq"]);
        check("The U.S. and N.J. agree.", &["The", "U.S.", "and", "N.J.", "agree"]);
        check("Syria's north", &["Syria", "north"]);
        check("Syria’s’ x", &["Syria", "x"]);
        check("in St. Louis, La. Next", &["in", "St", "Louis", "La", "Next"]);
        check("", &[]);
        check("'s 's", &["s", "s"]);
        check("😀 مدينة ", &["مدينة"]);
    }

    #[test]
    fn ayn_and_hamza_are_letters_of_words_and_no_words() {
        check("ʿIraq and Sanaʿa, Rubʿ al-Khali.", &["ʿIraq", "and", "Sanaʿa", "Rubʿ", "al", "Khali"]);
        check("the Qurʼan, Qurʾan, Qur'an", &["the", "Qurʼan", "Qurʾan", "Qur'an"]);
        check("Hawaiʻi’s ʻOahuʻ", &["Hawaiʻi", "ʻOahu"]);
        check("Syriaʼs north", &["Syria", "north"]);
        check("The ʿ army ʼ ʾʾ ʿ", &["The", "army"]);
        check("ʿʿIraq", &["ʿIraq"]);
        let document = Document::default();
        assert!(scan(View::new("ʿIraq", &document)).iter().all(Word::is_capital));
    }

    /// Every code point that is a letter, alone, doubled, inside and beside words: the scan comes to an end, and its words
    /// follow one another.
    #[test]
    fn every_character_is_passed() {
        let document = Document::default();
        for character in '\0'..=char::MAX {
            let text = format!(
                "{character} {character}{character} an{character}a A{character} {character}A {character}"
            );
            let words = scan(View::new(&text, &document));
            let ends = std::iter::once(0).chain(words.iter().map(|word| word.span.end));
            let is_forward =
                ends.zip(&words).all(|(end, word)| end <= word.span.start && !word.text.is_empty());
            assert!(is_forward, "{text:?}: {words:?}");
        }
    }

    #[test]
    fn sentences_and_gaps() {
        let document = Document::default();
        let words = scan(View::new("One two. Three, four-five", &document));
        let gaps: Vec<_> = words.iter().map(|word| word.gap).collect();
        assert_eq!(gaps, [Gap::Start, Gap::Space, Gap::Point, Gap::Comma, Gap::Hyphen]);
        assert!(words[0].starts_sentence && words[2].starts_sentence && !words[1].starts_sentence);
    }
}
