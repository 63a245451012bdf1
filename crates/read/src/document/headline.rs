//! *Is this line written With Capitals Throughout, and what are its plain words?* Taggers take "Police Arrest Six" for a name.

use std::borrow::Cow;

use annalist_data::lexicon::{HeadKind, lexicon};

/// Fewer words with letters are a name or a byline.
const FEWEST_WORDS: usize = 4;

/// So many of them must be plain words.
const FEWEST_PLAIN: usize = 2;

/// Words that a headline may leave small, and that are plain wherever they stand.
const SMALL: [&str; 56] = [
    "a", "about", "after", "against", "amid", "among", "an", "and", "are", "as", "at", "be", "been",
    "before", "between", "but", "by", "during", "for", "from", "has", "have", "in", "into", "is", "its",
    "near", "no", "not", "of", "off", "on", "or", "out", "over", "set", "since", "than", "that", "the",
    "their", "to", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "under", "up",
    "was", "were", "with",
];

/// The words of a sentence as running text would write them, if it is such a line; names keep their capitals.
pub fn plain<'t>(forms: &[&'t str]) -> Option<Vec<Cow<'t, str>>> {
    let with_letters = || forms.iter().filter(|form| form.chars().any(char::is_alphabetic));
    let is_headline = with_letters().count() >= FEWEST_WORDS
        && forms.last() != Some(&".")
        && with_letters().all(|form| {
            form.starts_with(char::is_uppercase) || is_small(form) || form.starts_with(['\'', '’'])
        });
    // Without a capital on a verb or a small word it is a sentence of names.
    let plain = forms.iter().filter(|form| is_capitalised(form) && is_plain(form)).count();
    let has_verb = forms.iter().skip(1).any(|form| is_capitalised(form) && is_verb(form));
    (is_headline && plain >= FEWEST_PLAIN && has_verb).then(|| forms.iter().map(|form| small(form)).collect())
}

fn small<'t>(form: &&'t str) -> Cow<'t, str> {
    if is_capitalised(form) && is_plain(form) { Cow::Owned(form.to_lowercase()) } else { Cow::Borrowed(form) }
}

/// "Arrest", but not "US" or "McKay".
fn is_capitalised(form: &str) -> bool {
    let mut letters = form.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.all(|letter| !letter.is_uppercase())
}

fn is_small(form: &str) -> bool {
    SMALL.contains(&form.to_lowercase().as_str())
}

/// A small word or one that the lexicon knows, and nothing that is a name as well.
fn is_plain(form: &str) -> bool {
    is_small(form)
        || !is_of_calendar(form) && bases(&form.to_lowercase()).iter().any(|base| lexicon().knows(base))
}

fn is_of_calendar(form: &str) -> bool {
    lexicon().is("calendar", &form.to_lowercase())
}

fn is_verb(form: &str) -> bool {
    let is_pattern = |word: &String| lexicon().patterns(HeadKind::Verb, word).next().is_some();
    bases(&form.to_lowercase()).iter().any(is_pattern)
}

/// The word and what it may be an inflection of.
fn bases(form: &str) -> Vec<String> {
    let mut bases = vec![form.to_owned()];
    bases.extend(annalist_data::lexicon::verb_of(form).map(str::to_owned));
    let endings: [(&str, &[&str]); 6] = [
        ("ies", &["y"]),
        ("es", &["", "e"]),
        ("s", &[""]),
        ("ied", &["y"]),
        ("ed", &["", "e"]),
        ("ing", &["", "e"]),
    ];
    for (ending, stems) in endings {
        if let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            bases.extend(stems.iter().map(|end| format!("{stem}{end}")));
        }
    }
    bases
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&str>) {
        let forms: Vec<&str> = line.split(' ').collect();
        assert_eq!(plain(&forms).map(|words| words.join(" ")).as_deref(), expected, "{line}");
    }

    #[test]
    fn headlines_are_read_as_running_text() {
        check("Police Arrest Nine Students In Lagos", Some("police arrest nine students in Lagos"));
        check("Turkey Bombs Rebel Camps near Kobani", Some("Turkey bombs rebel camps near Kobani"));
        check("US Says Chad And Mali Sign Pact in May", Some("US says Chad and Mali sign pact in May"));
    }

    #[test]
    fn sentences_and_names_stay_as_they_are() {
        check("Police arrested nine students in Lagos .", None);
        check("Anna Berg Jonas Lund", None);
        check("Police Arrest", None);
    }
}
