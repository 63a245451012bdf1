//! *Is this block a title, a heading, or the name of the outlet?*

use annalist_schema::Span;

use super::Block;
use super::line::ends_sentence;

/// The first block, if it is a title: the one given, or a short first line without a full stop before the body.
pub fn title(text: &str, blocks: &[Block], given: Option<&str>) -> Option<Span> {
    let first = blocks.first()?.span;
    let is_given = given.is_some_and(|given| is_same(given, first.of(text)));
    let has_body = blocks[1..].iter().any(|block| ends_sentence(block.span.of(text)));
    (is_given
        || has_body && looks_like_heading(first.of(text)) && super::dateline::find(text, first).is_none())
    .then_some(first)
}

fn is_same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// Whether a block is a byline; with the outlet, if it names one. Between a title and a dateline any name is the outlet's.
pub fn byline(text: &str, stands_before_dateline: bool) -> Option<Option<String>> {
    let n_words = text.split_whitespace().count();
    if n_words > 8 || ends_sentence(text) || text.contains('\n') {
        return None;
    }
    if text.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by ")) {
        return Some(None);
    }
    let is_outlet = is_name(text) && (stands_before_dateline || has_outlet_word(text));
    is_outlet.then(|| Some(text.trim_matches(['(', ')', '[', ']', '-', '–', '—', ' ']).to_owned()))
}

/// Words that names of news organisations are made of.
const OUTLET_WORDS: [&str; 33] = [
    "agency",
    "broadcasting",
    "bulletin",
    "channel",
    "chronicle",
    "correspondent",
    "courier",
    "daily",
    "dispatch",
    "echo",
    "examiner",
    "gazette",
    "guardian",
    "herald",
    "independent",
    "journal",
    "mail",
    "media",
    "mirror",
    "monitor",
    "network",
    "news",
    "newspaper",
    "observer",
    "post",
    "press",
    "radio",
    "standard",
    "telegraph",
    "television",
    "times",
    "tribune",
    "tv",
];

/// Capitalised words.
fn is_name(text: &str) -> bool {
    let is_small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "al" | "&" | "-");
    text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || is_small(word))
}

fn has_outlet_word(text: &str) -> bool {
    let bare = |word: &str| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    text.split_whitespace().any(|word| OUTLET_WORDS.binary_search(&bare(word).as_str()).is_ok())
}

/// Marks short lines without a full stop that stand before a paragraph.
pub fn mark_headings(text: &str, blocks: &mut [Block]) {
    for index in 0..blocks.len().saturating_sub(1) {
        let next = blocks[index + 1].span.of(text);
        let own = blocks[index].span.of(text);
        blocks[index].is_heading = looks_like_heading(own)
            && own.split_whitespace().count() <= 12
            && ends_sentence(next)
            && next.len() > own.len();
    }
}

fn looks_like_heading(text: &str) -> bool {
    let n_words = text.split_whitespace().take(31).count();
    let is_item = text.starts_with(|char: char| {
        !char.is_alphanumeric() && !matches!(char, '"' | '\'' | '“' | '‘' | '«' | '[')
    });
    (2..=30).contains(&n_words) && !is_item && !ends_sentence(text) && !text.ends_with([',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<Option<&str>>) {
        assert_eq!(byline(text, false), expected.map(|outlet| outlet.map(str::to_owned)), "{text}");
    }

    #[test]
    fn tells_bylines() {
        check("Northern Media Group", Some(Some("Northern Media Group")));
        check("(Lakeside Times)", Some(Some("Lakeside Times")));
        check("By Jane Doe", Some(None));
        check("The news spread quickly", None);
        check("The Times reported a strike.", None);
        check("Three killed", None);
        check("The Harbour Lantern", None);
        assert_eq!(byline("The Harbour Lantern", true), Some(Some("The Harbour Lantern".to_owned())));
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(OUTLET_WORDS.is_sorted());
    }
}
