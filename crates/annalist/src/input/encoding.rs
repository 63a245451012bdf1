//! *Which characters do these bytes stand for?* UTF-8 as it is, UTF-16 by its mark, anything else by a guess that is noted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text, and what was guessed to get at it.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without a byte-order mark.
    pub text: String,
    /// Name of the encoding, where nothing but the bytes themselves told it.
    pub guessed: Option<&'static str>,
}

/// Bytes as text, or what is wrong with them.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, String> {
    let decoded = match wide(&bytes) {
        Some(encoding) => Decoded { text: encoding.decode(&bytes).0.into_owned(), guessed: None },
        None => match String::from_utf8(bytes) {
            Ok(text) => Decoded { text: without_mark(text), guessed: None },
            Err(error) => guess(&error.into_bytes())?,
        },
    };
    if is_binary(&decoded.text) {
        return Err("looks like a binary file: expected text, found bytes that are no characters".to_owned());
    }
    Ok(decoded)
}

/// Fewer bytes do not tell UTF-16 without its mark.
const SHORTEST_WIDE: usize = 8;

/// UTF-16 by its byte-order mark, or by the zero bytes that every other letter has.
pub fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != UTF_8 => return Some(encoding),
        Some(_) => return None,
        None => {}
    }
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < SHORTEST_WIDE {
        return None;
    }
    let n_zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let is_wide = |zeros: usize, letters: usize| zeros * 10 > head.len() * 4 && letters * 50 < head.len();
    match (n_zeros(0), n_zeros(1)) {
        (even, odd) if is_wide(odd, even) => Some(UTF_16LE),
        (even, odd) if is_wide(even, odd) => Some(UTF_16BE),
        _ => None,
    }
}

fn without_mark(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    text
}

/// The encoding that fits best, of those that were in use before UTF-8.
fn guess(bytes: &[u8]) -> Result<Decoded, String> {
    if bytes.contains(&0) {
        return Err("looks like a binary file: it contains NUL bytes".to_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
    Ok(Decoded { text, guessed: Some(encoding.name()) })
}

/// NUL bytes, or many other characters that no text has.
fn is_binary(text: &str) -> bool {
    let is_odd = |char: &char| char.is_control() && !char.is_whitespace() && *char != '\u{1b}';
    text.contains('\0') || text.chars().filter(is_odd).count() * 10 > text.len() + 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<(&str, Option<&str>), &str>) {
        let decoded = decode(bytes.to_vec());
        let decoded = decoded.as_ref().map(|decoded| (decoded.text.as_str(), decoded.guessed));
        match (decoded, expected) {
            (Err(problem), Err(words)) => assert!(problem.contains(words), "{problem}"),
            (decoded, expected) => assert_eq!(decoded.map_err(String::as_str), expected),
        }
    }

    #[test]
    fn marks_are_no_text() {
        check("\u{feff}Señor".as_bytes(), Ok(("Señor", None)));
        check(b"\xff\xfeH\0i\0", Ok(("Hi", None)));
        check(b"\xfe\xff\0H\0i", Ok(("Hi", None)));
        check(b"P\0o\0l\0i\0c\0e\0", Ok(("Police", None)));
        check(b"\0P\0o\0l\0i\0c\0e", Ok(("Police", None)));
    }

    #[test]
    fn older_encodings_are_guessed() {
        check(b"El Ni\xf1o hit Peru.", Ok(("El Niño hit Peru.", Some("windows-1252"))));
        check(
            b"The army\x92s chief said \x93no\x94 \x96 twice.",
            Ok(("The army’s chief said “no” – twice.", Some("windows-1252"))),
        );
        let koi8 =
            b"\xf0\xcf\xcc\xc9\xc3\xc9\xd1 \xda\xc1\xc4\xc5\xd2\xd6\xc1\xcc\xc1 \xd0\xd1\xd4\xc5\xd2\xd9\xc8";
        check(koi8, Ok(("Полиция задержала пятерых", Some("KOI8-U"))));
    }

    #[test]
    fn bytes_that_are_no_text() {
        check(b"a\0b", Err("binary"));
        check(b"ab\xff\0", Err("NUL bytes"));
        check(b"\x01\x02\x03\x04\x05\x06abc", Err("binary"));
    }
}
