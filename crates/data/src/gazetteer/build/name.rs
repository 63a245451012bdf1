//! *Which names are worth their bytes, and under which forms are they found?*

use super::super::{abbreviation, fold, sound};
use super::Draft;

/// Countries whose own spelling is the English one, so that other spellings of small towns are only noise.
const LATIN_SCRIPT: &[&str] = &[
    "US", "CA", "GB", "IE", "AU", "NZ", "FR", "DE", "ES", "IT", "PT", "NL", "BE", "CH", "AT", "DK", "SE",
    "NO", "FI", "PL", "CZ", "SK", "HU", "RO", "SI", "HR", "EE", "LV", "LT", "MX", "BR", "AR", "CO", "PE",
    "VE", "CL", "EC", "GT", "CU", "BO", "DO", "HN", "PY", "NI", "SV", "CR", "PA", "UY", "PR", "PH", "ID",
    "MY", "ZA", "KE", "TZ", "UG", "NG", "GH", "CI", "MZ", "AO", "IS", "LU",
];

/// Whether a country writes its names in Latin letters.
pub fn is_in_latin_script(iso2: &str) -> bool {
    LATIN_SCRIPT.contains(&iso2)
}

/// Whether a name is in Latin letters alone once it is folded, and long enough to be found.
pub fn is_latin(name: &str) -> bool {
    let folded = fold(name);
    folded.len() > 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ')
}

/// Whether a text is a name in Latin letters rather than a code or a spelt-out reading.
pub fn is_name(text: &str) -> bool {
    text.chars().any(char::is_uppercase)
        && abbreviation(text).is_none()
        && text.split(' ').count() <= 4
        && is_latin(text)
}

/// The forms under which a name is found: folded, and by sound where spellings vary.
pub fn keys(name: &str, draft: &Draft) -> impl Iterator<Item = Vec<u8>> + use<> {
    if let Some(letters) = abbreviation(name) {
        return [Some(format!("^{letters}").into_bytes()), None].into_iter().flatten();
    }
    let folded = fold(name);
    // "Us" and "Eu" are towns in France, and never what a newspaper means.
    if folded.len() < 3 {
        return [None, None].into_iter().flatten();
    }
    let sounding = sound(&folded);
    let varies = !draft.iso2.as_deref().is_some_and(is_in_latin_script);
    let by_sound = (varies && draft.population >= 5_000).then(|| [b"~", sounding.as_bytes()].concat());
    [Some(folded.into_bytes()), by_sound.filter(|key| key.len() > 4)].into_iter().flatten()
}
