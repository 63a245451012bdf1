//! *Is this report English?* Nothing else is read, so another language is said rather than misread in silence.
//!
//! Few false alarms matter more than finding everything: short texts and lists of names are left alone, unless the caller
//! says what language they are in or the letters do.

use annalist_schema::{Note, NoteKind, Report};
use whatlang::{Lang, Script};

/// A note on a report that is not English.
pub fn foreign(report: &Report) -> Option<Note> {
    let message = match tell(&report.text) {
        Verdict::English => return None,
        Verdict::Foreign(language) => format!("the text looks like {language}"),
        Verdict::Open => {
            let given = report.lang.as_deref().filter(|lang| is_foreign(lang))?;
            format!("`lang` is `{given}`")
        }
    };
    let message = format!(
        "{message}, not English, which alone is read: what is found in it is not to be relied on; give a translation"
    );
    Some(Note { kind: NoteKind::UnsupportedLanguage, span: None, message })
}

enum Verdict {
    English,
    Foreign(String),
    /// Too little to tell.
    Open,
}

/// So much of a text tells its language, in bytes.
const SAMPLE: usize = 20_000;

/// Fewer words of Latin letters do not.
const FEWEST_WORDS: usize = 15;

/// Fewer letters of another script do not.
const FEWEST_LETTERS: usize = 10;

/// Words that make up a sixth of English prose of any kind and next to nothing of any other language: the most frequent of
/// the Brown corpus (Francis and Kučera 1982) that are no words elsewhere.
const ENGLISH: [&str; 16] = [
    "the", "of", "and", "to", "that", "for", "was", "with", "by", "from", "said", "has", "were", "is", "his",
    "have",
];

/// Per cent of the words. English news have 10 to 30, headlines and lists fewer, other languages less than 2.
const LEAST_ENGLISH: usize = 8;
const MOST_FOREIGN: usize = 3;

fn tell(text: &str) -> Verdict {
    let end = (0..=text.len().min(SAMPLE)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let text = &text[..end];
    let (mut n_latin, mut n_letters) = (0, 0);
    for letter in text.chars().filter(|char| char.is_alphabetic()) {
        n_letters += 1;
        n_latin += usize::from(is_latin(letter));
    }
    // An English sentence may quote a longer one in its own letters.
    if n_letters >= FEWEST_LETTERS && n_latin * 4 < n_letters {
        return Verdict::Foreign(named(text));
    }
    let words = text.split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut n_words, mut n_small, mut n_english) = (0, 0, 0);
    for word in words {
        n_words += 1;
        n_small += usize::from(word.starts_with(char::is_lowercase));
        n_english += usize::from(ENGLISH.iter().any(|english| word.eq_ignore_ascii_case(english)));
    }
    if n_english * 100 >= n_words * LEAST_ENGLISH && n_english > 0 {
        return Verdict::English;
    }
    // A list of names has the language of the names.
    let is_list = n_small * 5 < n_words * 2;
    if n_words < FEWEST_WORDS || is_list || n_english * 100 > n_words * MOST_FOREIGN {
        return Verdict::Open;
    }
    let found = whatlang::detect(text).filter(|found| found.is_reliable() && found.lang() != Lang::Eng);
    found.map_or(Verdict::Open, |found| Verdict::Foreign(found.lang().eng_name().to_owned()))
}

/// The basic letters with their accents and further forms, as Unicode's blocks have them.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}')
}

/// The language of a text that is not written in Latin letters, or at least its script.
fn named(text: &str) -> String {
    let language = whatlang::detect(text).filter(|found| found.script() != Script::Latin);
    let script = || whatlang::detect_script(text).filter(|script| *script != Script::Latin);
    let named = language.map(|found| found.lang().eng_name().to_owned());
    let written = || script().map(|script| format!("a language written in {} letters", script.name()));
    named.or_else(written).unwrap_or_else(|| "another language".to_owned())
}

/// Whether a language as callers give it (`en`, `eng`, `en-GB`, `English`) is another one.
fn is_foreign(lang: &str) -> bool {
    let lang = lang.trim().to_ascii_lowercase();
    let is_unknown = matches!(lang.as_str(), "" | "und" | "unknown" | "none" | "null" | "mul" | "xx");
    let primary = lang.split(['-', '_']).next().unwrap_or_default();
    !is_unknown && !matches!(primary, "en" | "eng" | "english")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, lang: Option<&str>, expected: Option<&str>) {
        let report = Report { text: text.to_owned(), lang: lang.map(str::to_owned), ..Report::default() };
        let message = foreign(&report).map(|note| note.message);
        match expected {
            Some(words) => assert!(
                message.as_ref().is_some_and(|message| message.contains(words)),
                "{text}: {message:?}"
            ),
            None => assert_eq!(message, None, "{text}"),
        }
    }

    #[test]
    fn other_languages_are_said() {
        check(
            "Los rebeldes atacaron el lunes una aldea en el norte de Malí y mataron a tres soldados, según dijo el ejército en un comunicado.",
            None,
            Some("looks like Spanish, not English"),
        );
        check(
            "Die Rebellen griffen am Montag ein Dorf im Norden von Mali an und töteten drei Soldaten, wie die Armee am Abend mitteilte.",
            Some("en"),
            Some("German"),
        );
        check("Повстанцы напали на деревню в Мали и убили троих солдат.", None, Some("Russian"));
        check("هاجم المتمردون قرية في مالي وقتلوا ثلاثة جنود", None, Some("Arabic"));
        check("叛军袭击马里一村庄,打死三名士兵", None, Some("Mandarin"));
    }

    #[test]
    fn what_the_caller_says_counts_where_the_text_does_not_tell() {
        check("Rebeldes atacan una aldea en Malí.", Some("es"), Some("`lang` is `es`, not English"));
        check("Rebels attack a village in Mali.", Some("en-GB"), None);
        check("Rebels attack a village in Mali.", Some("und"), None);
        check("The army said that the rebels of the north had fled to Mali.", Some("fr"), None);
    }

    #[test]
    fn english_is_left_alone() {
        check("Rebels attack a village in Mali.", None, None);
        check(
            "Jean-Luc Mélenchon, Éric Zemmour, Anne Hidalgo, Yannick Jadot, Valérie Pécresse, Nathalie Arthaud, Marine Le Pen, Nicolas Dupont-Aignan.",
            None,
            None,
        );
        check(
            "Rebels attacked a village near Gao on Monday, killing three soldiers. Police arrested five men. Troops left Kidal.",
            None,
            None,
        );
        check("The minister said: «Повстанцы напали на деревню».", None, None);
        check("", None, None);
    }
}
