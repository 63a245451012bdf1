//! *What are the figures, words and marks of a text?* Finer than tokens, so that number words read the same under any tokeniser.

use annalist_data::quantities::Quantities;
use annalist_schema::Span;

/// A figure, a word or a single mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece<'t> {
    /// Its bytes in the report.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind<'t>,
    /// Whether it follows the piece before it without a space.
    pub glued: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PieceKind<'t> {
    /// Digits with separators, and the magnitude letter glued to them: "3.5m".
    Figure {
        /// Value of the digits.
        value: f64,
        /// Value of the letter.
        scale: Option<f64>,
    },
    /// Digits with letters that are no magnitude: "4th", "155mm".
    Code,
    /// Letters and apostrophes.
    Word(&'t str),
    /// Any other character.
    Mark(char),
}

impl<'t> Piece<'t> {
    /// The letters, if it is a word.
    pub fn word(&self) -> Option<&'t str> {
        match self.kind {
            PieceKind::Word(word) => Some(word),
            _ => None,
        }
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == PieceKind::Mark(mark)
    }

    /// Whether a figure glued behind it belongs to a name or a date rather than standing alone.
    pub fn joins_designation(&self) -> bool {
        match self.kind {
            PieceKind::Word(_) | PieceKind::Code => true,
            PieceKind::Mark(mark) => self.glued && matches!(mark, '-' | ':' | '/' | '.' | '–' | '_' | '@'),
            PieceKind::Figure { .. } => false,
        }
    }
}

/// Cuts a stretch of text into pieces; white space is left out.
pub fn pieces(text: &str, within: Span) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut rest = within.of(text);
    let mut start = within.start;
    while let Some(first) = rest.chars().next() {
        let len = footnote_len(rest, !found.is_empty()).unwrap_or_else(|| piece_len(rest, first));
        if first == '[' && len > 1 {
            rest = &rest[len..];
            start += len as u32;
            continue;
        }
        if !first.is_whitespace() {
            let span = Span::new(start, start + len as u32);
            let glued = found.last().is_some_and(|last| last.span.end == start);
            found.push(Piece { span, kind: kind(&rest[..len], first), glued });
        }
        rest = &rest[len..];
        start += len as u32;
    }
    found
}

/// Length of a footnote mark: "[2]", "[note 4]", "[a]". It stands inside phrases and says nothing.
fn footnote_len(rest: &str, is_inside: bool) -> Option<usize> {
    let inner = rest.strip_prefix('[').filter(|_| is_inside)?;
    let end = inner.find(']').filter(|end| *end <= 8)?;
    let mark = inner[..end].trim_start_matches("note").trim();
    let is_number = !mark.is_empty() && mark.len() <= 3 && mark.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_number || is_letter).then_some(end + 2)
}

fn piece_len(rest: &str, first: char) -> usize {
    if first.is_ascii_digit() {
        let digits = figure_len(rest);
        digits + letters_len(&rest[digits..])
    } else if first.is_alphabetic() {
        letters_len(rest)
    } else {
        first.len_utf8()
    }
}

fn letters_len(rest: &str) -> usize {
    let inside = |character: char| character.is_alphabetic() || matches!(character, '\'' | '’');
    let end = rest.find(|character| !inside(character)).unwrap_or(rest.len());
    rest[..end].trim_end_matches(['\'', '’']).len()
}

/// What may part groups of three digits without being a comma: spaces of all widths and apostrophes.
const GROUPING: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '\u{2019}'];

/// Length of a mark and the three digits that end with it, as in "12 000" and "1'250".
fn spaced_group(rest: &str) -> Option<usize> {
    let mark = rest.chars().next().filter(|mark| GROUPING.contains(mark))?;
    let group = &rest.as_bytes()[mark.len_utf8()..];
    let digits = group.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let ends = group.get(3).is_none_or(|next| {
        !matches!(next, b',' | b'-' | b'/' | b':') || !group.get(4).is_some_and(u8::is_ascii_digit)
    });
    (digits == 3 && ends).then_some(mark.len_utf8() + 3)
}

/// "1,25,000" and "2,50,00,000": groups of two before the last of three, as in India.
fn indian_groups(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let mut end = digits(0);
    let mut n_pairs = 0;
    while (1..=2).contains(&digits(0)) && bytes.get(end) == Some(&b',') && digits(end + 1) == 2 {
        end += 3;
        n_pairs += 1;
    }
    (n_pairs > 0 && bytes.get(end) == Some(&b',') && digits(end + 1) == 3).then_some(end + 4)
}

/// Length of digits with thousands separators and a decimal point: "2,500", "1.7", "12 000", "1,25,000".
fn figure_len(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    if let Some(length) = indian_groups(bytes) {
        return length;
    }
    if end <= 3 {
        while let Some(length) = spaced_group(&rest[end..]) {
            end += length;
        }
        while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        let decimals = digits(end + 1);
        // Two points make a version or a date, not a number; the figure then ends before the first.
        if bytes.get(end + 1 + decimals) != Some(&b'.') || digits(end + decimals + 2) == 0 {
            end += 1 + decimals;
        }
    }
    end
}

fn kind(piece: &str, first: char) -> PieceKind<'_> {
    if first.is_ascii_digit() {
        let digits = figure_len(piece);
        return figure(&piece[..digits], &piece[digits..]);
    }
    if first.is_alphabetic() { PieceKind::Word(piece) } else { PieceKind::Mark(first) }
}

fn figure(digits: &str, letters: &str) -> PieceKind<'static> {
    let scale = match (letters, Quantities::embedded().glued_magnitude(letters)) {
        ("", _) => None,
        (_, Some(scale)) => Some(scale),
        _ => return PieceKind::Code,
    };
    let is_separator = |letter: char| letter != '.' && !letter.is_ascii_digit();
    match digits.replace(is_separator, "").parse::<f64>() {
        Ok(value) if value.is_finite() => PieceKind::Figure { value, scale },
        _ => PieceKind::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<&str> =
            pieces(text, Span::from(0..text.len())).iter().map(|piece| piece.span.of(text)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn cuts_figures_words_and_marks() {
        check("killed 2,500.", &["killed", "2,500", "."]);
        check("1.7m in 3-4 days", &["1.7m", "in", "3", "-", "4", "days"]);
        check("1,2,3", &["1", ",", "2", ",", "3"]);
        check("Iraq's 12th", &["Iraq's", "12th"]);
        check("12 000 and 1 250", &["12 000", "and", "1 250"]);
        check("1'250 and 12\u{a0}000 000", &["1'250", "and", "12\u{a0}000 000"]);
        check("1,25,000 or 2,50,00,000", &["1,25,000", "or", "2,50,00,000"]);
        check("3 1500 and 4 100-200", &["3", "1500", "and", "4", "100", "-", "200"]);
        check("ten[2] or eleven[note 3]", &["ten", "or", "eleven"]);
        check("10.12.2020", &["10", ".", "12.2020"]);
        check("é😀1", &["é", "😀", "1"]);
    }
}
