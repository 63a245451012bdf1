//! *Which words of which report?*

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range `[start, end)` of bytes into the report's original text.
///
/// In JSON rows the same two numbers count Unicode code points; [`CodePoints`] converts at that border and nowhere else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The words themselves; empty where the span does not fit the text (never a panic).
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.range()).unwrap_or("")
    }

    /// The span as a range of bytes.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of bytes.
    pub fn len(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `other` lies inside this span.
    pub fn contains(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn cover(&self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start as u32, range.end as u32)
    }
}

/// Converts between byte offsets and code point offsets of one text.
///
/// Offsets inside a character or past the end go to the nearest character at or before them.
#[derive(Clone, Debug)]
pub struct CodePoints {
    /// Byte offset of every character and of the end; empty where the text is ASCII and both counts are one.
    starts: Vec<u32>,
    n_bytes: u32,
}

impl CodePoints {
    /// Indexes a text; costs nothing to use afterwards if the text is ASCII.
    pub fn new(text: &str) -> Self {
        let n_bytes = text.len() as u32;
        if text.is_ascii() {
            return Self { starts: Vec::new(), n_bytes };
        }
        let starts = text.char_indices().map(|(byte, _)| byte as u32).chain([n_bytes]).collect();
        Self { starts, n_bytes }
    }

    /// A span of bytes as a span of code points.
    pub fn from_bytes(&self, span: Span) -> Span {
        Span::new(self.character_of(span.start), self.character_of(span.end))
    }

    /// A span of code points as a span of bytes.
    pub fn to_bytes(&self, span: Span) -> Span {
        Span::new(self.byte_of(span.start), self.byte_of(span.end))
    }

    fn character_of(&self, byte: u32) -> u32 {
        if self.starts.is_empty() {
            return byte.min(self.n_bytes);
        }
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1) as u32
    }

    fn byte_of(&self, character: u32) -> u32 {
        if self.starts.is_empty() {
            return character.min(self.n_bytes);
        }
        self.starts.get(character as usize).copied().unwrap_or(self.n_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_and_never_panics() {
        let text = "añ😀b";
        assert_eq!(Span::new(1, 3).of(text), "ñ");
        assert_eq!(Span::new(2, 3).of(text), "");
        assert_eq!(Span::new(5, 99).of(text), "");
    }

    #[test]
    fn converts_both_ways() {
        for text in ["plain", "añ😀b", "", "الحكومة العراقية", "日本"] {
            let points = CodePoints::new(text);
            let n_chars = text.chars().count() as u32;
            for start in 0..=n_chars {
                for end in start..=n_chars {
                    let bytes = points.to_bytes(Span::new(start, end));
                    assert_eq!(bytes.of(text).chars().count() as u32, end - start);
                    assert_eq!(points.from_bytes(bytes), Span::new(start, end));
                }
            }
        }
    }
}
