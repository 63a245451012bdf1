//! *Which spellings are one name?* Names are compared without case, accents, apostrophes, points and leading article.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form under which a name is looked up: "Ṭarṭūs" and "Tartus", "al-Qa'im" and "Al Qaim" are the same.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    if name.is_ascii() {
        // Nearly all names, and nothing in them to take apart.
        name.chars().for_each(|character| push_folded(&mut folded, character));
    } else {
        let base = name.nfd().filter(|&character| !is_combining_mark(character));
        base.for_each(|character| push_folded(&mut folded, character));
    }
    let words = folded.trim_end().len();
    folded.truncate(words);
    match folded.strip_prefix("the ") {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => folded,
    }
}

/// Whether a character stands for the ayn or the hamza of a name brought over from Arabic or Hebrew, the okina of Hawaiian or
/// the soft sign of Russian: a letter to Unicode, which English drops or writes as an apostrophe.
pub fn is_ayn(character: char) -> bool {
    matches!(character, '\u{2b9}'..='\u{2c1}')
}

/// The letters of an abbreviation, without points: "US" for "U.S."; `None` for words. Abbreviations are told from words
/// by their capitals, or "us" and "car" would be countries.
pub fn abbreviation(name: &str) -> Option<String> {
    let letters: String = name.chars().filter(|&character| character != '.').collect();
    let is_abbreviation =
        (2..=5).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
    is_abbreviation.then_some(letters)
}

/// Appends one character in its folded form; runs of separators become one space, none leads.
fn push_folded(folded: &mut String, character: char) {
    match character {
        'a'..='z' | '0'..='9' => folded.push(character),
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        '\'' | '’' | '‘' | '`' | '´' | '.' => {}
        _ if is_ayn(character) => {}
        '&' => folded.push_str("and"),
        _ => match letters_without_decomposition(character) {
            Some(letters) => folded.push_str(letters),
            None if character.is_alphanumeric() => folded.extend(character.to_lowercase()),
            None if folded.is_empty() || folded.ends_with(' ') => {}
            None => folded.push(' '),
        },
    }
}

/// Latin letters that Unicode does not split into a letter and a mark.
fn letters_without_decomposition(character: char) -> Option<&'static str> {
    Some(match character {
        'ı' => "i",
        'ł' | 'Ł' => "l",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ə' | 'Ə' => "a",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        _ => return None,
    })
}

/// How a folded name sounds, for names brought over from other scripts: "Deir ez-Zor", "Dayr az Zawr" and "Deir Ezzor" are
/// the same, as are "Qamishli" and "Kamishly". Coarser than [`fold`], so look it up only after that has failed.
pub fn sound(folded: &str) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 {
        words.retain(|word| !ARTICLES.contains(word));
    }
    let joined = words.iter().map(|word| without_article(word, words.len() > 1)).collect::<String>();
    let name = joined.as_str();
    let mut sounding = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(character) = rest.chars().next() {
        let (from, to) = SOUNDS.iter().find(|(from, _)| rest.starts_with(from)).copied().unwrap_or(("", ""));
        let step = if from.is_empty() { character.len_utf8() } else { from.len() };
        let sound = if from.is_empty() { &rest[..step] } else { to };
        if !sounding.ends_with(sound) {
            sounding.push_str(sound);
        }
        rest = &rest[step..];
    }
    let end = sounding.trim_end_matches(['h', 'a', 'i']).len();
    sounding.truncate(end.max(2).min(sounding.len()));
    sounding
}

/// The Arabic article as it is written before sun and moon letters, and the Persian and Hebrew links.
const ARTICLES: &[&str] = &[
    "al", "el", "ul", "il", "ad", "ed", "an", "en", "ar", "er", "as", "es", "ash", "esh", "at", "et", "ath",
    "az", "ez", "adh", "e", "i", "ye",
];

/// "Elhasakah", or the "Ezzor" of "Deir Ezzor": an article written as one with a name long enough to stand without it.
fn without_article(word: &str, is_part: bool) -> &str {
    let moon = word.strip_prefix("al").or_else(|| word.strip_prefix("el"));
    let starts = || word.strip_prefix('e').or_else(|| word.strip_prefix('a').filter(|rest| rest.len() > 5));
    let sun = || starts().filter(|rest| is_part && starts_double(rest)).map(|rest| &rest[1..]);
    moon.filter(|bare| bare.len() >= 5 && !bare.starts_with(['a', 'e', 'i', 'o', 'u']))
        .or_else(sun)
        .unwrap_or(word)
}

fn starts_double(word: &str) -> bool {
    matches!(word.as_bytes(), [first, second, ..] if first == second && first.is_ascii_lowercase())
}

/// Letters that stand for one another, longest first. Vowels are kept apart only as open (`a`), front (`i`) and back (`u`).
const SOUNDS: &[(&str, &str)] = &[
    ("shch", "s"),
    ("tch", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("zh", "z"),
    ("dj", "j"),
    ("sh", "s"),
    ("ch", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("aw", "u"),
    ("ow", "u"),
    ("au", "u"),
    ("ee", "i"),
    ("ei", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("ey", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ie", "i"),
    ("aa", "a"),
    ("q", "k"),
    ("y", "i"),
    ("o", "u"),
    ("e", "i"),
    ("w", "u"),
];

#[cfg(test)]
mod tests {
    use super::{fold, sound};

    fn check_sound(names: &[&str]) {
        let sounds: Vec<_> = names.iter().map(|name| sound(&fold(name))).collect();
        assert!(sounds.windows(2).all(|pair| pair[0] == pair[1]), "{names:?}: {sounds:?}");
    }

    #[test]
    fn one_sound_in_many_spellings() {
        check_sound(&["Deir ez-Zor", "Dayr az Zawr", "Deir Ezzor", "Deir al-Zour"]);
        check_sound(&["al-Hasakah", "Hasakah", "Al Hasakeh", "Hassakeh"]);
        check_sound(&["Qamishli", "Kamishly", "al-Qamishli"]);
        check_sound(&["al-Qaim", "Al-Qa'im"]);
        check_sound(&["Ain al-Asad", "Ayn al-Asad", "Ein Al Assad"]);
        check_sound(&["Tal Afar", "Tal Affar"]);
        check_sound(&["Zaporizhzhia", "Zaporizhia"]);
    }

    #[test]
    fn sounds_keep_names_apart() {
        for (one, other) in [("Mosul", "Basra"), ("Aleppo", "Alep"), ("Homs", "Hama"), ("Erbil", "Irbid")] {
            assert_ne!(sound(&fold(one)), sound(&fold(other)));
        }
    }

    fn check(names: &[&str], expected: &str) {
        for name in names {
            assert_eq!(fold(name), expected, "{name}");
        }
    }

    #[test]
    fn one_name_in_many_spellings() {
        check(&["Ṭarṭūs", "TARTUS", " Tartus "], "tartus");
        check(&["al-Qa'im", "Al Qa’im", "al Qaʼim", "al-Qāʾim"], "al qaim");
        check(&["ʿIraq", "Iraq", "ʻIrāq"], "iraq");
        check(&["Deir ez-Zor", "Deir ez Zor", "Deir  ez—Zor"], "deir ez zor");
        check(&["Łódź", "Lodz"], "lodz");
        check(&["The Hague", "the hague"], "hague");
        check(&["U.S.", "US"], "us");
        check(&["", " ", "'", "—"], "");
        check(&["the"], "the");
        check(&["Київ"], "киів");
    }
}
