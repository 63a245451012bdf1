//! *How is a number meant?* At least, more than, about ... from the words before and after it.

use annalist_data::quantities::Quantities;
use annalist_schema::{Comparator, Span};

use super::number::Numeral;

/// How a number is meant, with the words that say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The comparator; plain numbers are `=`.
    pub cmp: Comparator,
    /// From the first word that belongs to the number to the last.
    pub span: Span,
}

/// Reads the words around a number, within its sentence.
pub fn meant(text: &str, sentence: Span, numeral: &Numeral) -> Meant {
    let before = before(text, sentence, numeral);
    let after = after(text, sentence, numeral);
    let span = [before, after].iter().flatten().fold(numeral.span, |span, (_, words)| span.cover(*words));
    let said = before.or(after).map(|(cmp, _)| cmp);
    let cmp = said.or(numeral.bound).unwrap_or(Comparator::Equal);
    Meant { cmp, span }
}

/// Walks left over phrases that say nothing until one says how the number is meant.
fn before(text: &str, sentence: Span, numeral: &Numeral) -> Option<(Comparator, Span)> {
    let mut words = words_before(text, sentence, numeral.span.start);
    loop {
        let (length, cmp) = Quantities::embedded()
            .before
            .iter()
            .find(|(phrase, _)| starts_backwards(&words, phrase))
            .map(|(phrase, cmp)| (phrase.len(), *cmp))?;
        if let Some(cmp) = cmp {
            let first = words.get(length - 1)?;
            return Some((cmp, Span::new(first.1.start, numeral.span.start)));
        }
        words.drain(..length);
    }
}

fn after(text: &str, sentence: Span, numeral: &Numeral) -> Option<(Comparator, Span)> {
    let rest = Span::new(numeral.span.end, sentence.end).of(text);
    // "66 people or more": at most two words of the counted thing stand in between.
    let words: Vec<(&str, Span)> =
        words_of(rest, numeral.span.end).take_while(|(word, _)| *word != ",").take(8).collect();
    (0..words.len().min(3)).find_map(|skipped| {
        let rest = &words[skipped..];
        let (phrase, cmp) = Quantities::embedded().after.iter().find(|(phrase, _)| starts(rest, phrase))?;
        Some((*cmp, Span::new(numeral.span.end, rest[phrase.len() - 1].1.end)))
    })
}

/// Up to eight words before an offset, nearest first; currency signs are no words.
fn words_before(text: &str, sentence: Span, end: u32) -> Vec<(&str, Span)> {
    let before = Span::new(sentence.start, end).of(text);
    let before = before.trim_end_matches(|character: char| "$€£¥₪₽₹₴".contains(character));
    let tail_start = before.char_indices().rev().nth(80).map_or(0, |(at, _)| at);
    let mut words: Vec<_> = words_of(&before[tail_start..], sentence.start + tail_start as u32).collect();
    words.reverse();
    words.truncate(8);
    words
}

/// Words, plus signs and commas of a stretch of text.
fn words_of(text: &str, offset: u32) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let start = at + rest.find(|character: char| !character.is_whitespace())?;
        let rest = &text[start..];
        let letters = rest.find(|character: char| !character.is_alphabetic()).unwrap_or(rest.len());
        let length = if letters > 0 {
            letters
        } else {
            rest.chars().next().map_or(0, |character| character.len_utf8())
        };
        at = start + length;
        Some((&text[start..at], Span::new(offset + start as u32, offset + at as u32)))
    })
}

fn starts(words: &[(&str, Span)], phrase: &[String]) -> bool {
    words.len() >= phrase.len()
        && phrase.iter().zip(words).all(|(wanted, (word, _))| word.eq_ignore_ascii_case(wanted))
}

fn starts_backwards(words: &[(&str, Span)], phrase: &[String]) -> bool {
    words.len() >= phrase.len()
        && phrase.iter().rev().zip(words).all(|(wanted, (word, _))| word.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::super::number;
    use super::*;

    fn check(text: &str, cmp: &str, words: &str) {
        let sentence = Span::from(0..text.len());
        let numerals = number::scan(text, sentence);
        let meant = meant(text, sentence, &numerals[0]);
        assert_eq!((meant.cmp.as_str(), meant.span.of(text)), (cmp, words), "{text}");
    }

    #[test]
    fn reads_the_words_before() {
        check("They lost 12 men", "=", "12");
        check("At least 12 men", ">=", "At least 12");
        check("no fewer than twelve men", ">=", "no fewer than twelve");
        check("more than 1,000 people", ">", "more than 1,000");
        check("as many as 40 boats", "<=", "as many as 40");
        check("up to $3 million", "<=", "up to $3 million");
        check("nearly a hundred men", "~", "nearly a hundred");
        check("the number exceeded 300", ">", "exceeded 300");
        check("at least a further 12 men", ">=", "at least a further 12");
        check("over the last 12 attacks", "=", "12");
        check("fewer than 5 men", "<", "fewer than 5");
    }

    #[test]
    fn reads_the_words_after() {
        check("Forty-two people or more were hurt", ">=", "Forty-two people or more");
        check("30 or so houses", "~", "30 or so");
        check("100+ houses", ">=", "100+");
        check("30 houses, at least twelve sheds", "=", "30");
    }

    #[test]
    fn words_that_are_bounds_keep_them() {
        check("hundreds of men", ">=", "hundreds");
        check("a dozen men", "~", "a dozen");
    }
}
