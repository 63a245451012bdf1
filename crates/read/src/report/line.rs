//! *Which lines make one paragraph?*

use annalist_schema::Span;

/// A line without the white space around it.
#[derive(Clone, Copy)]
struct Line<'t> {
    text: &'t str,
    start: usize,
    /// Whether a blank line stands before it.
    is_after_blank: bool,
}

/// The paragraphs of a text in order, without the white space around them.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let width = wrap_width(&lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let span = Span::from(line.start..line.start + line.text.len());
        let continues = index > 0 && continues(&lines[index - 1], line, width);
        match paragraphs.last_mut().filter(|_| continues) {
            Some(last) => last.end = span.end,
            None => paragraphs.push(span),
        }
    }
    paragraphs
}

/// White space, and what looks like nothing at all.
pub fn is_blank(char: char) -> bool {
    crate::document::token::is_space(char)
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut is_after_blank = true;
    for raw in text.split_inclusive(is_line_end) {
        let trimmed = raw.trim_matches(is_blank);
        if !trimmed.is_empty() {
            let offset = raw.len() - raw.trim_start_matches(is_blank).len();
            lines.push(Line { text: trimmed, start: start + offset, is_after_blank });
        }
        // The second half of CR LF is no line of its own.
        is_after_blank =
            trimmed.is_empty() && (raw != "\n" || !text[..start].ends_with('\r') || is_after_blank);
        start += raw.len();
    }
    lines
}

fn is_line_end(char: char) -> bool {
    matches!(char, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width that the text was wrapped at, in characters, if it was.
///
/// Wrapped text has long lines in a row that end in mid-sentence, and none that is much longer.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    const NARROWEST: usize = 40;
    const WIDEST: usize = 130;
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[1].is_after_blank)
        .map(|pair| pair[0])
        .map(|line| line.text.chars().take(WIDEST + 1).count())
        .collect();
    let width = followed.iter().copied().max()?;
    let n_full = followed.iter().filter(|&&length| length * 4 >= width * 3).count();
    let ends_inside =
        lines.windows(2).filter(|pair| !pair[1].is_after_blank && !ends_sentence(pair[0].text)).count();
    let is_wrapped = (NARROWEST..=WIDEST).contains(&width)
        && n_full * 3 >= followed.len() * 2
        && ends_inside * 2 > followed.len();
    (is_wrapped && followed.len() >= 2).then_some(width)
}

/// Whether a line goes on with the paragraph of the line before it.
fn continues(before: &Line<'_>, line: &Line<'_>, width: Option<usize>) -> bool {
    if line.is_after_blank || starts_item(line.text) {
        return false;
    }
    if line.text.starts_with(char::is_lowercase) && !ends_sentence(before.text) && before.text.len() > 20 {
        return true;
    }
    // A line is full where the next word would not have fitted.
    let next_word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    width.is_some_and(|width| before.text.chars().count() + 1 + next_word > width)
}

/// Whether a text ends with the mark of a sentence's end, or a colon.
pub fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»'])
        .ends_with(['.', '!', '?', ':', '…', '؟', '。'])
}

/// A bullet, or a number with a full stop or bracket.
fn starts_item(text: &str) -> bool {
    let is_bullet = text.starts_with(['•', '*', '‣', '◦', '▪', '·', '●', '–', '—']) || text.starts_with("- ");
    let number = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let n_digits = text.len() - number.len();
    is_bullet || (1..=2).contains(&n_digits) && (number.starts_with(". ") || number.starts_with(") "))
}
