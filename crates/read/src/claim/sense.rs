//! *What can a trigger mean, so that another report's other word may mean it too?*

use std::collections::BTreeSet;

use annalist_data::senses::{sense_id, senses};

/// Ids of the senses that a trigger can have, sorted: rows of the table of senses, and its stem.
pub fn of(head: &str, trigger: &[String]) -> Vec<u32> {
    let mut found = BTreeSet::new();
    for word in names(head, trigger) {
        found.extend(senses().of(&word).iter().copied());
        found.insert(sense_id(&format!("-{}", stem(&word))));
    }
    found.into_iter().collect()
}

/// Whether a trigger says so little that two reports may use it of anything.
pub fn is_light(head: &str, trigger: &[String]) -> bool {
    senses().is_light(head) && names(head, trigger).iter().all(|word| word == head)
}

/// The words that stand for a trigger: a phrase of the table, else its head; with a light head also what it is said of.
fn names(head: &str, trigger: &[String]) -> Vec<String> {
    if let Some(phrase) = phrase(head, trigger) {
        return vec![phrase];
    }
    let mut names = vec![head.to_owned()];
    if senses().is_light(head) {
        // Short words are particles and articles.
        names.extend(trigger.iter().filter(|word| *word != head && word.chars().count() > 3).cloned());
    }
    names
}

/// "open fire", "pass away": words of the trigger from its head on that the table has.
fn phrase(head: &str, trigger: &[String]) -> Option<String> {
    let from = trigger.iter().position(|word| word == head)?;
    let phrase = |n_words: usize| Some(trigger.get(from..from + n_words)?.join(" "));
    [3, 2].into_iter().filter_map(phrase).find(|phrase| !senses().of(phrase).is_empty())
}

/// Endings that turn a verb into a noun or a noun into a verb, with how many letters must stay; the longest first.
const ENDINGS: &[(&str, usize)] = &[
    ("ization", 4),
    ("isation", 4),
    ("ation", 4),
    ("ition", 4),
    ("ement", 4),
    ("ment", 4),
    ("tion", 4),
    ("sion", 4),
    ("ance", 4),
    ("ence", 4),
    ("ing", 3),
    ("ion", 4),
    ("ate", 4),
    ("ize", 4),
    ("ise", 4),
    ("ure", 4),
    ("ity", 4),
    ("ee", 4),
    ("al", 3),
    ("ed", 3),
    ("es", 4),
    ("y", 3),
    ("e", 3),
    ("s", 3),
];

/// What "negotiate" and "negotiation", "kill" and "killing" have in common.
fn stem(word: &str) -> &str {
    if !word.chars().all(char::is_alphabetic) {
        return word;
    }
    let n_letters = |text: &str| text.chars().count();
    let ending = ENDINGS.iter().find_map(|(ending, least)| {
        word.strip_suffix(ending).filter(|stem| n_letters(stem) >= *least).map(|stem| (*ending, stem))
    });
    let Some((ending, stem)) = ending else { return word };
    let stem = if matches!(ending, "ing" | "ed") { undoubled(stem) } else { stem };
    if n_letters(stem) > 3 { stem.trim_end_matches('i') } else { stem }
}

/// "run" for "runn", but "kill" and "miss".
fn undoubled(stem: &str) -> &str {
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && !matches!(last, 's' | 'l') => {
            stem.strip_suffix(last).unwrap_or(stem)
        }
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, expected: bool) {
        let senses = |trigger: &str| {
            let words: Vec<_> = trigger.split(' ').map(str::to_owned).collect();
            of(&words[0], &words)
        };
        let others = senses(other);
        let share = senses(one).iter().any(|sense| others.contains(sense));
        assert_eq!(share, expected, "{one}, {other}");
    }

    #[test]
    fn stems_and_rows_are_shared() {
        check("negotiate", "negotiation", true);
        check("kill", "killing", true);
        check("arrange", "arrangement", true);
        check("injure", "injury", true);
        check("die", "pass away", true);
        check("buy", "acquisition", true);
        check("give birth", "birth", true);
        check("say", "tell", false);
        check("march", "market", false);
        check("пожар", "пожары", false);
    }

    #[test]
    fn a_light_word_stands_alone() {
        let words = |trigger: &str| trigger.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(is_light("take", &words("take")) && is_light("say", &[]));
        assert!(!is_light("give", &words("give birth")) && !is_light("shoot", &words("shoot")));
    }
}
