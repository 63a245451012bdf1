//! *Which words does a stretch of text have?* Words as the English treebanks of Universal Dependencies cut them.

use annalist_data::gazetteer::is_ayn;
use annalist_schema::Span;

use super::abbreviation::{Stop, stop_after};
use super::contraction;

/// A syntactic word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The written word; shared by the syntactic words of one ("don't").
    pub span: Span,
    /// The form where the written word holds several, or letters that English has not.
    pub form: Option<Box<str>>,
}

/// The words of a stretch of text in order; they cover all of it except white space and invisible characters.
pub fn tokenise(text: &str, within: Span) -> Vec<Word> {
    let mut words = Vec::with_capacity(within.len() as usize / 5);
    let mut quotes = Quotes::default();
    let base = within.start as usize;
    for (start, end) in chunks(within.of(text)) {
        let rest = &text[base + end..within.end as usize];
        cut_chunk(&text[base + start..base + end], base + start, rest, &mut quotes, &mut words);
    }
    words
}

/// Stretches between white space.
fn chunks(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut position = 0;
    std::iter::from_fn(move || {
        let start = position + text[position..].find(|char| !is_space(char))?;
        let end = text[start..].find(is_space).map_or(text.len(), |length| start + length);
        position = end;
        Some((start, end))
    })
}

/// White space, and what cannot be seen: byte order marks, zero-width spaces, control characters.
pub fn is_space(char: char) -> bool {
    char.is_whitespace()
        || char.is_control()
        || matches!(char, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffd}' | '\u{ad}')
}

/// Whether a single quotation mark is open, which tells the mark in *the 'workers' said* from *the workers' strike*.
#[derive(Default)]
struct Quotes {
    single_is_open: bool,
}

/// Cuts one chunk; `rest` is the text after it.
fn cut_chunk(chunk: &str, offset: usize, rest: &str, quotes: &mut Quotes, words: &mut Vec<Word>) {
    let mut position = 0;
    let address = address(chunk);
    while position < chunk.len() {
        let at_address = address.as_ref().filter(|address| address.start == position);
        let length = match at_address {
            Some(address) => address.len(),
            None => {
                let limit = address.as_ref().map_or(chunk.len(), |address| {
                    if position < address.start { address.start } else { chunk.len() }
                });
                Scanner { chunk: &chunk[..limit], rest, is_last: limit == chunk.len() }
                    .token(position, quotes)
            }
        };
        push(&chunk[position..position + length], offset + position, at_address.is_some(), words);
        position += length;
    }
}

/// Adds a written word as its one or two syntactic words. What stands before a clitic "'s" or a possessive apostrophe
/// keeps its own place in the text, so that a name ends where it ends; other contractions share one.
fn push(token: &str, offset: usize, is_whole: bool, words: &mut Vec<Word>) {
    let span = Span::from(offset..offset + token.len());
    let possessive = || {
        (token.len() > 1 && token.starts_with(char::is_alphanumeric))
            .then(|| plural_possessive(token))
            .flatten()
    };
    match contraction::split(token).or_else(possessive).filter(|_| !is_whole) {
        Some(at) if stands_apart(&token[at..]) => {
            let places = [offset..offset + at, offset + at..offset + token.len()];
            let forms = [plain(&token[..at]), None];
            let parts = places.into_iter().zip(forms);
            words.extend(parts.map(|(place, form)| Word { span: Span::from(place), form }));
        }
        Some(at) => {
            let (first, second) = token.split_at(at);
            words.extend([first, second].map(|form| Word { span, form: Some(form.into()) }));
        }
        None => words.push(Word { span, form: plain(token) }),
    }
}

/// The word as English papers write it, where ayn or hamza are marked: "ʿIraq" is "Iraq", "Sanaʿa" is "Sana'a".
fn plain(word: &str) -> Option<Box<str>> {
    if word.is_ascii() || !word.contains(is_ayn) {
        return None;
    }
    let form = word.trim_matches(is_ayn).replace(is_ayn, "'");
    (!form.is_empty()).then(|| form.into())
}

/// "'s" and the apostrophe alone.
fn stands_apart(clitic: &str) -> bool {
    let mut rest = clitic.chars();
    rest.next().is_some_and(contraction::is_apostrophe) && matches!(rest.as_str(), "" | "s" | "S")
}

/// Where the apostrophe of "workers'" starts.
fn plural_possessive(token: &str) -> Option<usize> {
    let last = token.chars().next_back().filter(|&char| contraction::is_apostrophe(char))?;
    Some(token.len() - last.len_utf8())
}

/// The web or mail address in a chunk, without the punctuation around it.
fn address(chunk: &str) -> Option<std::ops::Range<usize>> {
    let start = chunk.find(|char: char| !is_opener(char)).unwrap_or(chunk.len());
    let body = &chunk[start..];
    let is_url = ["http://", "https://", "ftp://", "www.", "mailto:"]
        .iter()
        .any(|scheme| starts_with_ignoring_case(body, scheme));
    let end = if is_url {
        body.find(['<', '>', '"', '“', '”', '|']).unwrap_or(body.len())
    } else {
        mail_address_end(body)?
    };
    let trimmed = body[..end].trim_end_matches(is_closer);
    (trimmed.len() > 4).then(|| start..start + trimmed.len())
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// `name@host`, whatever the host: one word up to white space or a bracket.
fn mail_address_end(body: &str) -> Option<usize> {
    let at = body.find('@').filter(|&at| at > 0)?;
    let is_part = |char: char| char.is_alphanumeric() || "._-+%".contains(char);
    let host = &body[at + 1..];
    if !body[..at].chars().all(is_part) || !host.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(at + 1 + host.find(|char| !is_part(char)).unwrap_or(host.len()))
}

fn is_opener(char: char) -> bool {
    matches!(char, '(' | '[' | '{' | '<' | '"' | '\'' | '“' | '‘' | '«' | '`')
}

fn is_closer(char: char) -> bool {
    matches!(char, ')' | ']' | '}' | '>' | '"' | '\'' | '”' | '’' | '»' | '.' | ',' | ';' | ':' | '!' | '?')
}

/// Finds the end of one written word after another in a chunk.
struct Scanner<'t> {
    chunk: &'t str,
    rest: &'t str,
    is_last: bool,
}

impl Scanner<'_> {
    /// Byte length of the written word at a position.
    fn token(&self, position: usize, quotes: &mut Quotes) -> usize {
        let here = &self.chunk[position..];
        let Some(first) = here.chars().next() else { return 0 };
        if first.is_alphanumeric() {
            return self.word(position, quotes);
        }
        if let Some(length) = decimal_fraction(here).or_else(|| elision(here)).or_else(|| emoticon(here)) {
            return length;
        }
        if matches!(first, '\'' | '‘' | '’') {
            quotes.single_is_open = position == 0 || !quotes.single_is_open && first == '‘';
        }
        punctuation(here, first)
    }

    /// A word that begins with a letter or a digit.
    fn word(&self, position: usize, quotes: &Quotes) -> usize {
        let here = &self.chunk[position..];
        if let Some(length) = telephone_number(here).or_else(|| date_in_figures(here)) {
            return length;
        }
        let mut length = run(here, is_word_char);
        while let Some(more) = self.joined(here, length) {
            length += more;
        }
        number_before_unit(&here[..length]).unwrap_or_else(|| self.with_ending(here, length, quotes))
    }

    /// How much a joiner and the run after it add to the word so far.
    fn joined(&self, here: &str, length: usize) -> Option<usize> {
        let mut after = here[length..].chars();
        let joiner = after.next()?;
        let tail = after.as_str();
        let next = tail.chars().next().filter(|&char| is_word_char(char))?;
        let last = here[..length].chars().next_back()?;
        let run_length = run(tail, is_word_char);
        let between_digits = last.is_ascii_digit() && next.is_ascii_digit();
        let joins = match joiner {
            ',' => between_digits,
            ':' => between_digits && run(tail, |char| char.is_ascii_digit()) <= 2,
            '.' => between_digits || joins_by_period(&here[..length], &tail[..run_length]),
            '\'' | '’' | '`' | '\u{2bc}' => true,
            '*' => last.is_alphabetic() && next.is_alphabetic(),
            '&' => run_length <= 3 && length <= 3 && last.is_alphabetic() && next.is_alphabetic(),
            '@' | '_' => true,
            '-' => joins_by_hyphen(&here[..length], &tail[..run_length]),
            _ => false,
        };
        (joins && !(joiner == '.' && self.ends_sentence(here, length)))
            .then(|| joiner.len_utf8() + run_length)
    }

    /// "war.The": a full stop without a space after it.
    fn ends_sentence(&self, here: &str, length: usize) -> bool {
        let word = &here[..length];
        let tail = &here[length + 1..];
        let mut letters = tail.chars();
        let is_capitalised = letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(|char| !char.is_uppercase() && char != '.');
        is_capitalised && word.chars().count() > 2 && word.chars().next_back().is_some_and(char::is_lowercase)
    }

    /// The word with its own full stop or apostrophe, if it has one.
    fn with_ending(&self, here: &str, length: usize, quotes: &Quotes) -> usize {
        let tail = &here[length..];
        let n_stops = run(tail, |char| char == '.');
        let mut chars = tail.chars();
        match chars.next() {
            // Three are an ellipsis; of two, one ends the sentence.
            Some('.') if n_stops < 3 && self.stop_belongs(&here[..length], chars.as_str()) => length + 1,
            Some('$') if is_currency_country(&here[..length]) => length + 1,
            Some(char) if contraction::is_apostrophe(char) && !quotes.single_is_open => {
                let ends_in_s = here[..length].ends_with(['s', 'S', 'z', 'x']);
                let closes = chars
                    .as_str()
                    .starts_with(|char: char| contraction::is_apostrophe(char) || char.is_alphanumeric());
                if ends_in_s && !closes { length + char.len_utf8() } else { length }
            }
            _ => length,
        }
    }

    /// Whether the full stop between `word` and `tail` belongs to the word.
    fn stop_belongs(&self, word: &str, tail: &str) -> bool {
        match stop_after(word) {
            Stop::Always => true,
            Stop::Never => false,
            Stop::Sometimes => self.abbreviation_goes_on(word, tail),
        }
    }

    /// Whether what follows could follow an abbreviation: a number, a lower-case word or a mark that ends no sentence.
    fn abbreviation_goes_on(&self, word: &str, tail: &str) -> bool {
        let following =
            if tail.is_empty() && self.is_last { self.rest.trim_start_matches(is_space) } else { tail };
        match following.chars().next() {
            Some(char) if char.is_ascii_digit() => true,
            Some(char) if char.is_lowercase() => word.chars().count() > 1,
            Some(',' | ';' | ')') => word.chars().count() > 2,
            Some(char) if char.is_uppercase() => word == "I",
            _ => false,
        }
    }
}

/// Byte length of the run of characters at the start that `is_in` holds for.
fn run(text: &str, is_in: impl Fn(char) -> bool) -> usize {
    text.find(|char| !is_in(char)).unwrap_or(text.len())
}

/// Letters, digits, and marks that sit on letters.
fn is_word_char(char: char) -> bool {
    char.is_alphanumeric()
        || matches!(char, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{200c}' | '\u{200d}')
}

/// `.5` at the start of a word.
fn decimal_fraction(here: &str) -> Option<usize> {
    let digits = here.strip_prefix('.')?;
    let n_digits = run(digits, |char| char.is_ascii_digit());
    (n_digits > 0).then_some(n_digits + 1)
}

/// `'90s`, `'em`, and a clitic that stands alone.
fn elision(here: &str) -> Option<usize> {
    let apostrophe = here.chars().next().filter(|&char| contraction::is_apostrophe(char))?;
    let tail = &here[apostrophe.len_utf8()..];
    let length = run(tail, char::is_alphanumeric);
    let word = &tail[..length];
    let is_decade = matches!(length, 2 | 3) && word.bytes().take(2).all(|byte| byte.is_ascii_digit());
    let is_elided =
        ["em", "s", "ll", "re", "ve", "til", "cause"].iter().any(|elided| word.eq_ignore_ascii_case(elided));
    (is_decade || is_elided).then(|| apostrophe.len_utf8() + length)
}

/// A text smiley that ends its chunk.
fn emoticon(here: &str) -> Option<usize> {
    const EMOTICONS: [&str; 16] = [
        ":)", ":(", ":-)", ":-(", ";)", ";-)", ":D", ":-D", ":P", ":-P", "=)", ":/", ":-/", ":))", "^_^",
        "<3",
    ];
    EMOTICONS.contains(&here).then_some(here.len())
}

/// Runs of one mark are one word ("--", "***"), and so are the marks that end a sentence ("...", "?!") and emoji with
/// their modifiers.
fn punctuation(here: &str, first: char) -> usize {
    if matches!(first, '.' | '!' | '?') {
        return run(here, |char| matches!(char, '.' | '!' | '?'));
    }
    match first {
        '-' | '=' | '_' | '*' | '~' | '+' | '#' | '<' | '>' | '|' | '…' | '^' | '$' => {
            run(here, |char| char == first)
        }
        '\'' | '`' | '‘' | '’' if here.chars().take(3).take_while(|&char| char == first).count() == 2 => {
            2 * first.len_utf8()
        }
        _ => first.len_utf8() + run(&here[first.len_utf8()..], is_modifier),
    }
}

/// Joiners, variation selectors and skin tones, which belong to the emoji before them.
fn is_modifier(char: char) -> bool {
    matches!(char, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{300}'..='\u{36f}')
}

/// `US` before `$`.
fn is_currency_country(word: &str) -> bool {
    matches!(word, "US" | "C" | "A" | "NZ" | "HK" | "U.S")
}

/// Whether a full stop between two runs is inside one word: initials, host and file names.
fn joins_by_period(before: &str, after: &str) -> bool {
    let last_part = before.rsplit('.').next().unwrap_or(before);
    let is_initial = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    if is_initial(last_part) {
        return after.chars().count() <= 2;
    }
    last_part.chars().count() > 1
        && after.chars().count() > 1
        && !last_part.bytes().all(|byte| byte.is_ascii_digit())
        || last_part == "Ph"
}

/// Prefixes that keep their hyphen in the treebanks; other hyphens are words of their own.
const PREFIXES: [&str; 47] = [
    "a", "agro", "ante", "anti", "arch", "be", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e",
    "eco", "ex", "extra", "hm", "inter", "intra", "macro", "mega", "micro", "mid", "mini", "mm", "multi",
    "neo", "non", "o", "over", "pan", "para", "post", "pre", "pro", "pseudo", "quasi", "re", "semi", "sub",
    "super", "tri", "u", "uh", "ultra", "un",
];

const SUFFIXES: [&str; 8] = ["esque", "ette", "fest", "fold", "gate", "itis", "less", "wise"];

fn joins_by_hyphen(before: &str, after: &str) -> bool {
    let is_alphabetic = |part: &str| part.chars().all(char::is_alphabetic);
    if !before.starts_with(char::is_alphabetic) {
        return false;
    }
    let lower = before.to_ascii_lowercase();
    // "Al-e" and single capitals ("B-52", "A-level") are no prefixes; "E-mail" at the start of a sentence is.
    let is_prefix = PREFIXES.binary_search(&lower.as_str()).is_ok()
        && (before.len() > 1 || before == "e" || before == "E");
    is_prefix && (is_alphabetic(after) || lower == "mid") || SUFFIXES.contains(&after)
}

/// Length of a run of digits and separators; no number or date needs more than this many bytes.
fn figures_with(here: &str, separator: char) -> usize {
    const LONGEST: usize = 20;
    let is_figure = |&byte: &u8| byte.is_ascii_digit() || char::from(byte) == separator;
    here.bytes().take(LONGEST).take_while(is_figure).count()
}

/// `555-1234`, `713-555-1234`, `1-800-555-1234`.
fn telephone_number(here: &str) -> Option<usize> {
    let length = figures_with(here, '-');
    let groups: Vec<usize> = here[..length].split('-').take(5).map(str::len).collect();
    let is_number = matches!(groups[..], [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [1, 3, 4]);
    (is_number && !here[length..].starts_with(char::is_alphanumeric)).then_some(length)
}

/// `11/28/2000`, `9/11`, `2001-09-11`: one word.
fn date_in_figures(here: &str) -> Option<usize> {
    ['/', '-', '.'].iter().find_map(|&separator| {
        let length = figures_with(here, separator);
        let figures = here[..length].trim_end_matches(separator);
        let groups: Vec<usize> = figures.split(separator).take(4).map(str::len).collect();
        let is_date = match groups[..] {
            [1 | 2, 1 | 2] => separator == '/',
            [1 | 2, 1 | 2, 2 | 4] => true,
            [4, 1 | 2, 1 | 2] => true,
            _ => false,
        };
        (is_date && !here[figures.len()..].starts_with(char::is_alphanumeric)).then_some(figures.len())
    })
}

/// Where the number ends in `5pm`, `20km`, `3bn`.
fn number_before_unit(run: &str) -> Option<usize> {
    const UNITS: [&str; 40] = [
        "am", "b", "bn", "cm", "cu", "dpi", "est", "ft", "g", "gb", "gmt", "ha", "hr", "hrs", "k", "kb",
        "kg", "km", "kph", "kw", "lb", "lbs", "m", "mb", "mg", "min", "mins", "ml", "mm", "mn", "mph", "mw",
        "oz", "pm", "sq", "tb", "tn", "utc", "yr", "yrs",
    ];
    let at = run.find(|char: char| char.is_ascii_alphabetic()).filter(|&at| at > 0)?;
    let unit = &run[at..];
    (unit.len() <= 4
        && run.starts_with(|char: char| char.is_ascii_digit())
        && UNITS.binary_search(&unit.to_ascii_lowercase().as_str()).is_ok())
    .then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let words = tokenise(text, Span::from(0..text.len()));
        let forms: Vec<&str> =
            words.iter().map(|word| word.form.as_deref().unwrap_or_else(|| word.span.of(text))).collect();
        assert_eq!(forms.join(" "), expected);
    }

    #[test]
    fn contractions_are_two_words() {
        check("Iraq's army didn't move.", "Iraq 's army did n't move .");
        check("The workers' union cannot wait", "The workers ' union can not wait");
        check("They said 'we won' twice", "They said ' we won ' twice");
    }

    #[test]
    fn ayn_and_hamza_are_written_as_papers_write_them() {
        check("ʿIraq’s Sanaʿa, the Qurʾan", "Iraq ’s Sana'a , the Qur'an");
        check("The ʿ army ʾʾ.", "The ʿ army ʾʾ .");
    }

    #[test]
    fn full_stops_of_abbreviations_stay() {
        check("Gen. Smith met U.S. troops.", "Gen. Smith met U.S. troops .");
        check("On Jan. 4 no. Then No. 5.", "On Jan. 4 no . Then No. 5 .");
        check("It ended.The rest left.", "It ended . The rest left .");
    }

    #[test]
    fn numbers_stay_whole() {
        check("1,200 of 3.5m paid $5bn at 10:30pm.", "1,200 of 3.5 m paid $ 5 bn at 10:30 pm .");
        check("on 9/11 and 11/28/2000, the 1990s, 20th", "on 9/11 and 11/28/2000 , the 1990s , 20th");
        check("call 555-1234, aged 20-30", "call 555-1234 , aged 20 - 30");
        check("US$5 and 50%", "US$ 5 and 50 %");
    }

    #[test]
    fn hyphens_are_words_except_after_prefixes() {
        check("Iran-backed ex-fighters", "Iran - backed ex-fighters");
        check("a 20-year-old non-combatant — dead", "a 20 - year - old non-combatant — dead");
        check("F-16", "F - 16");
    }

    #[test]
    fn addresses_stay_whole() {
        check("(see http://example.org/a-b?c=d).", "( see http://example.org/a-b?c=d ) .");
        check("Mail a.b@example.org, now", "Mail a.b@example.org , now");
    }

    #[test]
    fn marks_group() {
        check("What?!... \"No,\" he said -- twice", "What ?!... \" No , \" he said -- twice");
        check("of Lakeside Inc.. Then etc...", "of Lakeside Inc. . Then etc ...");
        check("\u{feff}fine👍🏽ok :)", "fine 👍🏽 ok :)");
    }

    proptest! {
        #[test]
        fn words_cover_the_text_in_order(text in r"[ a-zA-Z0-9.,'’:;@/?!()$%&*\-–“”é日ا👍\n]{0,60}") {
            let mut end = 0;
            let mut written = String::new();
            for word in tokenise(&text, Span::from(0..text.len())) {
                let shares = word.span.end as usize == end;
                prop_assert!(shares || word.span.start as usize >= end);
                prop_assert!(!word.span.of(&text).is_empty());
                prop_assert_ne!(word.form.as_deref(), Some(""));
                if !shares {
                    written.push_str(word.span.of(&text));
                }
                end = word.span.end as usize;
            }
            let visible: String = text.chars().filter(|&char| !is_space(char)).collect();
            prop_assert_eq!(written, visible);
        }
    }
}
