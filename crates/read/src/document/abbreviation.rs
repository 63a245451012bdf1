//! *Does this full stop belong to the word before it?*

/// What a full stop after a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Part of the word, wherever it stands.
    Always,
    /// Part of the word where a number, a name or a lower-case word follows.
    Sometimes,
    /// Not part of the word.
    Never,
}

const ALWAYS: [&str; 78] = [
    "adm", "al", "approx", "assn", "asst", "attn", "ave", "bldg", "blvd", "brig", "bros", "ca", "capt",
    "cmdr", "cmdt", "col", "comdr", "corp", "cpl", "cpt", "dept", "dr", "ed", "eds", "esq", "est", "etc",
    "ext", "fig", "figs", "ft", "gen", "gov", "govt", "hon", "hosp", "inc", "intl", "jr", "lt", "ltd", "maj",
    "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "natl", "para", "pfc", "ph", "pp", "pres", "prof",
    "pvt", "rd", "rep", "reps", "ret", "rev", "rs", "sen", "sens", "sgt", "spc", "sr", "sra", "st", "supt",
    "univ", "viz", "vol", "vols", "vs", "yr", "yrs",
];

const SOMETIMES: [&str; 41] = [
    "a", "apr", "art", "aug", "b", "c", "cf", "ch", "co", "d", "dec", "eg", "esp", "feb", "fri", "ie",
    "incl", "jan", "jul", "jun", "mar", "min", "mon", "no", "nos", "nov", "oct", "op", "p", "r", "sat",
    "sec", "sep", "sept", "sun", "thu", "thur", "thurs", "tue", "tues", "wed",
];

/// What a full stop after `word` is; `word` has none at its end.
pub fn stop_after(word: &str) -> Stop {
    if is_dotted(word) {
        return Stop::Always;
    }
    let mut chars = word.chars();
    if let (Some(char), None) = (chars.next(), chars.next()) {
        return stop_after_letter(char);
    }
    if word.len() > 6 {
        return Stop::Never;
    }
    let lower = word.to_lowercase();
    if ALWAYS.binary_search(&lower.as_str()).is_ok() {
        Stop::Always
    } else if SOMETIMES.binary_search(&lower.as_str()).is_ok() {
        Stop::Sometimes
    } else {
        Stop::Never
    }
}

/// An initial takes its full stop, save where "I" ends a sentence.
fn stop_after_letter(char: char) -> Stop {
    match char {
        'I' => Stop::Sometimes,
        _ if char.is_uppercase() => Stop::Always,
        'p' | 'c' | 'd' | 'b' | 'v' => Stop::Sometimes,
        _ => Stop::Never,
    }
}

/// `U.S`, `p.m`, `Ph.D`: full stops within, and no part longer than two letters.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: Stop) {
        assert_eq!(stop_after(word), expected, "{word}");
    }

    #[test]
    fn tells_abbreviations() {
        for word in ["Gen", "U.S", "p.m", "Ph.D", "J", "etc", "LT"] {
            check(word, Stop::Always);
        }
        for word in ["Jan", "No", "I"] {
            check(word, Stop::Sometimes);
        }
        for word in ["war", "x", "example.com", "3.5", ""] {
            check(word, Stop::Never);
        }
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(ALWAYS.is_sorted() && SOMETIMES.is_sorted());
    }
}
