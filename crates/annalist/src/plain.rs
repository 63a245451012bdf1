//! *How do words that others wrote reach a screen without doing anything there?*
//!
//! A terminal obeys control characters, and a bidirectional control turns what stands around it. Whatever writes text for a
//! person passes it through [`text`] or [`line`], whatever writes JSON through [`json`] or [`json_pretty`]: nothing else
//! stands between a report and a screen.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use serde::Serialize;

/// Text in which such characters are seen and do nothing: a tab or a
/// carriage return is a space, any other is shown as Rust writes it,
/// `\u{1b}`. Line breaks stay.
pub fn text(text: &str) -> Cow<'_, str> {
    replaced(text, |out, character| match character {
        '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
        character => out.extend(character.escape_unicode()),
    })
}

/// The same on one line: a line break of somebody else's must not begin a line of ours.
pub fn line(words: &str) -> String {
    text(words).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value as JSON on one line, such characters written `\u001b`: what is read back is the value unchanged.
///
/// # Errors
/// If the value has no JSON form.
pub fn json(value: &impl Serialize) -> serde_json::Result<String> {
    Ok(escaped(&serde_json::to_string(value)?).into_owned())
}

/// The same, laid out for the eye and written as it is made: it may be larger than memory.
///
/// # Errors
/// If the value has no JSON form, or nothing can be written.
pub fn json_pretty(out: impl io::Write, value: &impl Serialize) -> io::Result<()> {
    Ok(serde_json::to_writer_pretty(Escaping(out), value)?)
}

/// In JSON such characters stand in strings alone: what lays it out are spaces and line breaks.
fn escaped(json: &str) -> Cow<'_, str> {
    replaced(json, |out, character| {
        let _ = write!(out, "\\u{:04x}", u32::from(character));
    })
}

/// Escapes JSON on its way out, which comes in pieces that end no character halfway.
struct Escaping<W>(W);

impl<W: io::Write> io::Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let json = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        self.0.write_all(escaped(json).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Whether a character does something where it is printed: controls (C0 but for the line break, delete, C1), Unicode's
/// `Bidi_Control`, and its two line breaks, at which some readers of lines break too.
pub fn acts(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn replaced(text: &str, write: impl Fn(&mut String, char)) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if acts(character) {
            write(&mut out, character);
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &str) {
        assert_eq!(text(words), expected);
    }

    #[test]
    fn what_acts_is_seen() {
        check("Señor الحكومة 😀\nline", "Señor الحكومة 😀\nline");
        check("\x1b[31mred", "\\u{1b}[31mred");
        check("a\tb\u{2028}c\r\n", "a b c \n");
        check("\u{9b}2J\u{7f}\0", "\\u{9b}2J\\u{7f}\\u{0}");
        check("\u{202e}cod.exe\u{2069}", "\\u{202e}cod.exe\\u{2069}");
        assert_eq!(line("a\n# b\r\n\x07"), "a # b \\u{7}");
    }

    fn check_json(value: &str, expected: &str) {
        let flat = json(&value).expect("it has a form");
        let mut laid_out = Vec::new();
        json_pretty(&mut laid_out, &value).expect("it has a form");
        assert_eq!((flat.as_bytes(), laid_out.as_slice()), (expected.as_bytes(), expected.as_bytes()));
        assert_eq!(serde_json::from_str::<String>(&flat).expect("it is JSON"), value);
    }

    #[test]
    fn json_keeps_its_value() {
        check_json("\u{202e}a\u{7f}\u{9b}\x1b\n\"", r#""\u202ea\u007f\u009b\u001b\n\"""#);
        check_json("plain", r#""plain""#);
    }
}
