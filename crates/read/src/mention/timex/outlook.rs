//! *Does the clause around an expression speak of the past or of the future?* Told by the nearest verb, from the words
//! alone, so that it costs nothing and needs no parser.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lexicon::{Class, Key};
use super::symbol::{Outlook, Relation};
use super::words::Word;

/// How far a verb may stand from the expression it goes with.
const REACH: usize = 24;

/// What the words from `at` to before `end` are surrounded by.
pub fn outlook(words: &[Word<'_>], at: usize, end: usize) -> Outlook {
    if relation(words, at) == Relation::Since && words[at - 1].class == Class::Key(Key::Since) {
        return Outlook::Settled;
    }
    if let Some(found) = told_when(words, end) {
        return found;
    }
    let before: Vec<&Word<'_>> =
        words[..at].iter().rev().take(REACH).take_while(|word| !ends_sentence(word)).collect();
    limit(&before).or_else(|| told_before(&before)).or_else(|| told_after(words, end)).unwrap_or_default()
}

/// The nearest verb before an expression.
fn told_before(before: &[&Word<'_>]) -> Option<Outlook> {
    let text = |index: usize| before.get(index).map_or("", |word| word.text);
    (0..before.len()).find_map(|index| {
        let next = index.checked_sub(1).map_or("", text);
        let found = cue(before[index], text(index + 1), next)?;
        let is_near = index < NEAR && !before[..index].iter().any(|word| is_clause_mark(word));
        let settles = found == Outlook::Past && is_near && !PROMISES.contains(before[index].text);
        Some(if settles { Outlook::Settled } else { found })
    })
}

/// So many words before an expression a verb tells of that very time.
const NEAR: usize = 12;

/// What stands between two clauses, and between a verb and what it only announces.
fn is_clause_mark(word: &Word<'_>) -> bool {
    matches!(
        word.class,
        Class::Mark(b',' | b'-' | b':' | b'"' | b'(') | Class::Key(Key::For | Key::Until | Key::To | Key::By)
    ) || matches!(word.text, "that" | "which" | "who" | "whose" | "while" | "as" | "ahead")
}

fn told_after(words: &[Word<'_>], end: usize) -> Option<Outlook> {
    let after = words.get(end..)?.iter().take(REACH).take_while(|word| !ends_sentence(word));
    let after: Vec<&Word<'_>> = after.collect();
    let text = |index: usize| after.get(index).map_or("", |word| word.text);
    (0..after.len())
        .find_map(|index| cue(after[index], index.checked_sub(1).map_or("", text), text(index + 1)))
}

/// "in October, when Peru shelled a village": the clause tells what happened then.
fn told_when(words: &[Word<'_>], end: usize) -> Option<Outlook> {
    let comma = usize::from(words.get(end).is_some_and(|word| word.class == Class::Mark(b',')));
    let is_when = words.get(end + comma).is_some_and(|word| word.text == "when");
    let found = is_when.then(|| told_after(words, end + comma + 1))??;
    Some(if found == Outlook::Past { Outlook::Settled } else { found })
}

/// "put off until Monday", "extended to June 30", "has until Sunday", "must leave by Friday": the limit that somebody sets lies
/// ahead, whatever the tense in which it was set.
fn limit(before: &[&Word<'_>]) -> Option<Outlook> {
    let class = before.first()?.class;
    let is_open = matches!(class, Class::Key(Key::Until | Key::By | Key::Before));
    let is_until = class == Class::Key(Key::Until);
    if !is_open && !matches!(class, Class::Key(Key::To | Key::For)) {
        return None;
    }
    let rest = &before[1..];
    // "They have until Sunday".
    if is_until && rest.first().is_some_and(|word| matches!(word.text, "has" | "have" | "had")) {
        return Some(Outlook::Future);
    }
    let mut verb_behind_to = false;
    for (index, word) in rest.iter().enumerate() {
        let previous = rest.get(index + 1).map_or("", |word| word.text);
        let next = index.checked_sub(1).map_or("", |index| rest[index].text);
        let calls = class == Class::Key(Key::For) && CALLS.contains(word.text);
        if SETS.contains(word.text) || calls {
            return (class != Class::Key(Key::By)).then_some(Outlook::Future);
        }
        if let Some(found) = cue(word, previous, next) {
            let is_ordered = is_open && verb_behind_to;
            return Some(if is_ordered { Outlook::Future } else { found });
        }
        verb_behind_to |= word.text == "to" && is_lower_word(next);
    }
    (is_open && !rest.is_empty()).then_some(Outlook::Future)
}

fn is_lower_word(text: &str) -> bool {
    text.len() > 1
        && text.bytes().all(|byte| byte.is_ascii_lowercase())
        && !matches!(text, "the" | "an" | "its" | "their" | "this")
}

/// How the words before an expression relate to it.
pub fn relation(words: &[Word<'_>], at: usize) -> Relation {
    match at.checked_sub(1).map(|before| words[before].class) {
        Some(Class::Key(Key::Since | Key::From)) => Relation::Since,
        Some(Class::Key(Key::Until | Key::Before | Key::By)) => Relation::Until,
        Some(Class::Key(Key::After)) => Relation::After,
        _ => Relation::Within,
    }
}

fn ends_sentence(word: &Word<'_>) -> bool {
    matches!(word.class, Class::Break | Class::Mark(b'.' | b'!' | b'?' | b';'))
}

/// Past forms that do not end in -ed.
static PAST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("was were had did said went took came began became made held met won left lost fell rose broke sent \
    told gave got found kept led paid ran saw sold spent stood struck fought shot brought built bought \
    caught chose drew drove fled flew grew knew laid lay sank sought spoke stole swore thought threw \
    understood withdrew wrote died blew bore dug forbade hung overthrew rode sat slew wore")
});

/// Words that announce, and what may or should be.
static FUTURE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("will shall ll scheduled expected due slated planned plans plan planning hopes intends expects wo \
    going set deadline vowed pledged promised would may might could should must can ought")
});

/// Verbs that put off, prolong or grant: what stands behind "until" or "to" is the new limit.
static SETS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("postponed postpones postpone delayed delays delay deferred defers defer adjourned adjourns adjourn \
    rescheduled reschedules reschedule moved moves pushed pushes put puts extended extends extend \
    extending prolonged prolongs prolong renewed renews renew suspended suspends suspend gave given gives \
    granted grants shelved closed shut barred banned halted")
});

/// Verbs that name a day for something: "called a strike for Friday".
static CALLS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("called calls call announced announces fixed booked arranged convened summoned invited ordered \
    proposed urged")
});

/// Past verbs whose time is rather that of what they announce: "announced a vote in June".
static PROMISES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    set("said told announced agreed called invited added warned asked noted reported confirmed decided \
    approved wanted proposed urged offered decreed set demanded ordered accepted confirmed threatened \
    was were had did")
});

fn cue(word: &Word<'_>, previous: &str, next: &str) -> Option<Outlook> {
    let text = word.text;
    if !text.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return None;
    }
    if is_modal(text)
        && (next == "have" || text == "could" && matches!(next, "not" | "hear" | "see" | "no" | "only"))
    {
        return Some(Outlook::Past);
    }
    // "to be held", "will be held": the helping verb decides.
    let is_helped = matches!(previous, "be" | "being" | "get");
    if FUTURE.contains(text) {
        return Some(Outlook::Future);
    }
    let is_past = PAST.contains(text) || text.len() > 4 && text.ends_with("ed") && !text.ends_with("eed");
    (is_past && !is_helped).then_some(Outlook::Past)
}

fn is_modal(text: &str) -> bool {
    matches!(text, "may" | "might" | "could" | "should" | "must" | "would")
}

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::timex::{grammar, words};

    /// The outlook of the first expression that the text has.
    fn check(text: &str, expected: Outlook) {
        let words = words::scan(text);
        let (at, end) = (0..words.len())
            .find_map(|at| grammar::longest(&words, at).map(|reading| (at, reading.end)))
            .expect("the text names a time");
        assert_eq!(outlook(&words, at, end), expected, "{text}");
    }

    #[test]
    fn tense_and_mood() {
        check("They left on Friday.", Outlook::Settled);
        check("They will leave on Friday.", Outlook::Future);
        check("They may leave on Friday.", Outlook::Future);
        check("They may have left on Friday.", Outlook::Settled);
        check("They might have hit the town on Friday.", Outlook::Settled);
        check("They could not leave on Friday.", Outlook::Settled);
        check("They announced a vote in June.", Outlook::Past);
        check("A vote in June.", Outlook::Unknown);
    }

    #[test]
    fn what_a_clause_tells_of_a_time_is_settled() {
        check("It is the worst raid since October.", Outlook::Settled);
        check("It is as in October, when they left.", Outlook::Settled);
        check("It is as in October, when they will leave.", Outlook::Future);
    }

    #[test]
    fn limits_lie_ahead() {
        check("The vote was put off until Monday.", Outlook::Future);
        check("They gave the rebels until Monday.", Outlook::Future);
        check("The rebels have until Monday.", Outlook::Future);
        check("The truce was extended to June 30.", Outlook::Future);
        check("They ordered the rebels to leave by Monday.", Outlook::Future);
        check("They called a strike for Monday.", Outlook::Future);
        check("The siege lasted until Monday.", Outlook::Past);
        check("By Monday they had left.", Outlook::Past);
    }
}
