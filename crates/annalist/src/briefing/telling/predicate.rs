//! *How does the report itself go on about the party?* `France “called for an emergency meeting” on 5 April.`
//!
//! The party that stands next before the words of the event is named as it is known; what follows is quoted to the end of its
//! clause.

use annalist_schema::{ClaimActor, DayInterval, PartyBasis, Span};

use super::{Source, Told, Witness, party, sentence};

/// Words of a quote: more are cut at the end of a clause.
const MOST_WORDS: usize = 24;
/// Fewer tell nothing.
const LEAST_WORDS: usize = 3;
/// A quote of fewer says little.
const SHORT: usize = 7;
/// Words that may stand between a party and what it does: "has repeatedly".
const MOST_BETWEEN: usize = 4;

/// Faults with which a quote still tells something.
const MOST_FAULTS: usize = 5;

/// Claims that are looked through for the best quote.
const MOST_CLAIMS: usize = 24;

pub(super) fn tell(source: &Source<'_>) -> Option<Told> {
    let quotes =
        source.claims.iter().take(MOST_CLAIMS).filter_map(|witness| Some((quoted(witness)?, witness)));
    let ranked = quotes.map(|(quoted, witness)| (quoted.n_faults(witness), quoted, witness));
    let (n_faults, Quoted { subject, words, .. }, witness) = ranked.min_by_key(|(n_faults, ..)| *n_faults)?;
    if n_faults > MOST_FAULTS {
        return None;
    }
    let days = witness.days();
    let when = match days {
        None => String::new(),
        Some(days) if names_day(&words) => format!(" ({})", super::super::day::days(days, source.year)),
        Some(days) if witness.claim.date_basis.as_deref() == Some("since") => {
            format!(" since {}", super::super::day::days(DayInterval::day(days.earliest), source.year))
        }
        Some(days) => format!(" {}", super::super::day::when(days, source.year)),
    };
    let speaker = witness.speaker().filter(|speaker| !is_same(speaker, &subject, witness));
    let speaker = speaker.map(|speaker| format!(", according to {speaker}")).unwrap_or_default();
    let text = format!("{} “{words}”{when}{speaker}.", sentence(&subject));
    Some(Told { text, citations: witness.citation().into_iter().collect() })
}

/// A party and what is said of it.
struct Quoted {
    subject: String,
    words: String,
    is_cut: bool,
}

impl Quoted {
    /// What makes the quote hard to understand alone, or doubtful.
    fn n_faults(&self, witness: &Witness<'_>) -> usize {
        let words: Vec<_> =
            self.words.split(|character: char| !character.is_alphanumeric()).map(str::to_lowercase).collect();
        let is_one_of = |word: &String, words: &[&str]| words.contains(&word.as_str());
        let pronouns = [
            "he", "she", "it", "they", "him", "her", "them", "his", "their", "its", "this", "these", "there",
            "such",
        ];
        let n_pronouns = words.iter().filter(|word| is_one_of(word, &pronouns)).count();
        let is_vague = words.windows(2).any(|pair| {
            pair[0] == "the"
                && is_one_of(
                    &pair[1],
                    &["town", "area", "region", "attack", "incident", "move", "country", "city"],
                )
        });
        let opens = |with: &[&str]| words.first().is_some_and(|word| is_one_of(word, with));
        let is_nobody =
            self.subject.chars().next().is_some_and(char::is_lowercase) && !self.subject.contains(' ');
        n_pronouns.min(2)
            + usize::from(is_vague)
            + 3 * usize::from(self.is_cut)
            + 2 * usize::from(opens(&["would", "will", "could", "may", "might", "can", "should"]))
            + 2 * usize::from(is_nobody)
            + usize::from(witness.claim.sentence >= super::OPENING)
            + 2 * usize::from(witness.claim.score < 0.7)
            + usize::from(witness.days().is_none())
            + usize::from(!self.has_detail(witness))
            + usize::from(self.words.split(' ').count() < SHORT)
    }

    /// Whether it says where, whom or how many.
    fn has_detail(&self, witness: &Witness<'_>) -> bool {
        let claim = witness.claim;
        let place = claim.place.as_ref().map(|place| place.span);
        let parties = claim.actors.iter().chain(&claim.recipients).filter_map(|party| party.span);
        let counts = claim.quantities.iter().map(|quantity| quantity.span);
        let mut spans =
            place.into_iter().chain(parties).chain(counts).filter(|span| witness.sentence.contains(*span));
        spans.any(|span| self.words.contains(&witness.words(span)))
    }
}

fn quoted(witness: &Witness<'_>) -> Option<Quoted> {
    let claim = witness.claim;
    let parties = claim.actors.iter().chain(&claim.recipients);
    let is_before = |party: &&ClaimActor| {
        party.span.is_some_and(|span| span.end <= claim.trigger.start && span.start >= witness.sentence.start)
    };
    let nearest = parties.filter(is_before).max_by_key(|party| party.span.map(|span| span.end))?;
    // Of "Ukrainian missile" the owner is known, not who or what fell.
    if matches!(nearest.basis, PartyBasis::Possessor) {
        return None;
    }
    let end = nearest.span?.end;
    if !leads_on(&witness.words(Span::new(end, claim.trigger.start))) {
        return None;
    }
    let rest = witness.words(Span::new(end, witness.sentence.end));
    let rest = rest.trim_start_matches([',', ' ']);
    let rest = ["who ", "which ", "that "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let trigger_at = rest.find(&witness.words(claim.trigger)).unwrap_or_default();
    let (words, is_cut) = clause(rest, trigger_at + claim.trigger.len() as usize)?;
    let is_told = words.split_whitespace().count() >= LEAST_WORDS
        && !speaks_of_itself(&words)
        && !begins_with_noun(&words)
        && !words.starts_with("to ")
        && !words.starts_with(['\'', '’', '-']);
    let subject = subject(nearest, witness)?;
    is_told.then_some(Quoted { subject, words, is_cut })
}

/// The party with those named beside it: `Iraq and the U.S.-led coalition`.
fn subject(nearest: &ClaimActor, witness: &Witness<'_>) -> Option<String> {
    let last = party::words(nearest, witness)?;
    let mut names = vec![last.clone()];
    let mut has_and = false;
    let mut start = nearest.span?.start;
    let before = |start: u32| {
        let actors = witness.claim.actors.iter();
        actors
            .filter_map(|actor| Some((actor, actor.span?)))
            .filter(move |(_, span)| span.end <= start)
            .max_by_key(|(_, span)| span.end)
    };
    while let Some((actor, span)) = before(start) {
        let between = witness.words(Span::new(span.end, start));
        if !matches!(between.trim_start_matches(',').trim(), "" | "and" | "and the" | "the" | "and a") {
            break;
        }
        has_and |= between.contains("and");
        names.insert(0, party::words(actor, witness)?);
        start = span.start;
    }
    Some(if has_and { party::list(&names) } else { last })
}

/// Whether words between a party and its deed keep the two together: no other clause, no owner.
fn leads_on(between: &str) -> bool {
    let relative = between.trim_start_matches([',', ' ']);
    let is_relative = ["who", "which", "that"].iter().any(|word| relative.starts_with(word));
    let inner = if is_relative { relative } else { between };
    let has_break =
        inner.contains([',', ';', ':', '.', '(', ')', '"', '“', '”', '–', '—', '‘', '’', '\'', '-']);
    // "Turkey was the third attack" tells what something was, not what Turkey did.
    let mut words = inner.split_whitespace();
    let is_copula = words.next().is_some_and(|word| matches!(word, "is" | "was" | "are" | "were"));
    let has_article = is_copula && words.any(|word| matches!(word, "the" | "a" | "an"));
    inner.split_whitespace().count() <= MOST_BETWEEN && !has_break && !has_article
}

/// The words up to the end of the last clause that fits, and whether more follow; at least up to a byte.
fn clause(text: &str, least: usize) -> Option<(String, bool)> {
    let text = text.trim_end_matches(['.', '!', '?', ' ', '”', '"', '’']);
    let n_words = |text: &str| text.split_whitespace().count();
    let quoted = |text: &str| {
        let is_open = text.matches(['“']).count() != text.matches(['”']).count()
            || !text.matches('"').count().is_multiple_of(2);
        (!is_open).then(|| text.replace(['“', '”', '"'], "'"))
    };
    if n_words(text) <= MOST_WORDS {
        return Some((quoted(text).unwrap_or_else(|| text.replace(['“', '”', '"'], "'")), false));
    }
    let ends: Vec<_> = text
        .match_indices([',', ';', '—', '–'])
        .map(|(at, _)| at)
        .filter(|at| !is_in_number(text, *at))
        .collect();
    // Two words between commas hang on what follows them.
    let hangs = |at: usize| {
        let before = ends.iter().rev().find(|end| **end < at).map_or(0, |end| *end);
        n_words(&text[before..at]) < LEAST_WORDS + 1
    };
    let fits = |at: &usize| {
        *at >= least
            && n_words(&text[..*at]) <= MOST_WORDS
            && n_words(&text[..*at]) > LEAST_WORDS
            && !hangs(*at)
    };
    if let Some(end) = ends.iter().rev().copied().filter(fits).find_map(|at| quoted(&text[..at])) {
        return Some((end, false));
    }
    let words: Vec<_> = text.split_whitespace().take(MOST_WORDS - 2).collect();
    Some((format!("{} …", words.join(" ").replace(['“', '”', '"'], "'")), true))
}

/// Whether a comma stands within a figure: `100,000`.
fn is_in_number(text: &str, at: usize) -> bool {
    let is_digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    is_digit(text[..at].chars().next_back()) && is_digit(text[at..].chars().nth(1))
}

/// "I" and "we" are somebody whom the quote does not name.
fn speaks_of_itself(words: &str) -> bool {
    words
        .split(|character: char| !character.is_alphanumeric())
        .any(|word| matches!(word, "I" | "we" | "We" | "our" | "my" | "you"))
}

/// Whether the party only tells which "offensive" or "drone" it was.
fn begins_with_noun(words: &str) -> bool {
    const NOUNS: [&str; 34] = [
        "offensive",
        "attack",
        "incursion",
        "invasion",
        "war",
        "raid",
        "strike",
        "drone",
        "drones",
        "missile",
        "missiles",
        "rocket",
        "rockets",
        "troops",
        "forces",
        "soldiers",
        "fighters",
        "airstrike",
        "airstrikes",
        "bombing",
        "shelling",
        "fighting",
        "talks",
        "ceasefire",
        "agreement",
        "deal",
        "sanctions",
        "protest",
        "protests",
        "protesters",
        "leader",
        "officials",
        "campaign",
        "operation",
    ];
    words.split(' ').next().is_some_and(|first| NOUNS.contains(&first))
}

/// Whether the words say a day in their own way, so that ours is an explanation.
fn names_day(words: &str) -> bool {
    const DAYS: [&str; 24] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "yesterday",
        "overnight",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "morning",
        "night",
        "week",
    ];
    let lower = words.to_lowercase();
    lower.split(|character: char| !character.is_alphanumeric()).any(|word| DAYS.contains(&word))
}

/// Whether who says so is the party itself.
fn is_same(speaker: &str, subject: &str, witness: &Witness<'_>) -> bool {
    let of_party = witness.claim.actors.iter().any(|actor| actor.name == speaker);
    of_party || subject.contains(speaker) || speaker.contains(subject)
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::*;

    #[test]
    fn a_party_is_named_and_what_it_does_is_quoted() {
        check(
            &[("2024-06-07", "France demanded on 5 June 2024 that Mali resume the talks.")],
            "REQUEST",
            "France “demanded on 5 June 2024 that Mali resume the talks” (5 June).",
        );
    }

    #[test]
    fn a_long_sentence_ends_with_a_clause() {
        let words = |n: usize| vec!["word"; n].join(" ");
        let check_clause =
            |text: &str, expected: Option<(String, bool)>| assert_eq!(clause(text, 0), expected);
        check_clause("called for talks.", Some(("called for talks".to_owned(), false)));
        check_clause(&format!("{}, {}", words(20), words(10)), Some((words(20), false)));
        check_clause(&words(30), Some((format!("{} …", words(22)), true)));
        check_clause("vowed to “kick them out", Some(("vowed to 'kick them out".to_owned(), false)));
    }

    #[test]
    fn what_stands_between_keeps_them_together() {
        for between in ["", "has repeatedly", ", who has"] {
            assert!(leads_on(between), "{between}");
        }
        for between in [", in a statement on the", "'s", "was the third", "and the army that was"] {
            assert!(!leads_on(between), "{between}");
        }
    }
}
