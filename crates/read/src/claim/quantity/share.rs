//! *What do numbers without a word of their own count?* What the numbers beside them do.
//!
//! "killed 12 soldiers and five civilians", "150 soldiers, 95 civilians and hundreds of rebels killed", "12 people, including five children", "from
//! 5,200 to 3,500", "two million refugees, down from three million", "90 were wounded, as were 17 from the navy".

use annalist_schema::{Deprel, Upos, View};

use super::Candidate;
use super::number::Change;
use super::thing::Counts;
use crate::claim::syntax::{first_conjunct, has_case};

/// Lets the numbers of one sentence share what they count.
pub fn share(view: View<'_>, candidates: &mut [Candidate]) {
    for at in 1..candidates.len() {
        changes(view, candidates, at);
        from_left(view, candidates, at);
        ellipsis(view, candidates, at);
    }
    for at in (1..candidates.len()).rev() {
        from_right(view, candidates, at);
    }
    for at in 0..candidates.len() {
        parts(view, candidates, at);
    }
}

fn is_open(candidate: &Candidate) -> bool {
    candidate.numeral.currency.is_none() && candidate.counts.iter().all(|counts| counts.only_persons)
}

/// What an act or a state makes a number count, if one does.
fn act(candidate: &Candidate) -> Option<Counts> {
    candidate.counts.first().copied().filter(|counts| !counts.only_persons && counts.thing.person)
}

/// The end of a change counts what its beginning counts, and the level before a fall what stands now.
fn changes(view: View<'_>, candidates: &mut [Candidate], at: usize) {
    let is_end = candidates[at].numeral.change == Some(Change::To);
    let is_former = is_former_level(view, &candidates[at]);
    let before = candidates[at - 1].clone();
    if !candidates[at].counts.is_empty() || !(is_end || is_former) {
        return;
    }
    let noun = before.phrase.noun;
    candidates[at].counts =
        before.counts.iter().map(|counts| Counts { noun: counts.noun.or(noun), ..*counts }).collect();
    if is_former {
        candidates[at].numeral.change = Some(Change::From);
        candidates[at].phrase.head = before.phrase.head;
    }
}

/// "down from", "up from a low of", "compared with" before the number.
fn is_former_level(view: View<'_>, candidate: &Candidate) -> bool {
    const LEVELS: [&str; 5] = ["down from", "up from", "compared with", "compared to", "from a peak of"];
    let end = candidate.phrase.words.start as usize;
    let start =
        (end.saturating_sub(40)..=end).find(|&start| view.text.is_char_boundary(start)).unwrap_or(end);
    let before = view.text.get(start..end).unwrap_or("").to_lowercase();
    LEVELS.iter().any(|level| before.contains(level)) && !before.contains(['.', ';'])
}

/// "killed 12 soldiers and five civilians": the act before the first governs the row.
fn from_left(view: View<'_>, candidates: &mut [Candidate], at: usize) {
    let (before, this) = (&candidates[at - 1], &candidates[at]);
    let Some(counts) = act(before) else { return };
    let governs_row = counts.governor < before.phrase.numeral;
    if governs_row && is_open(this) && is_row(view, before, this) && !has_own_verb(view, this) {
        candidates[at].counts = vec![Counts { noun: None, ..counts }];
    }
}

/// "150 soldiers, 95 civilians and hundreds of rebels killed": the state behind the last is said of the row.
fn from_right(view: View<'_>, candidates: &mut [Candidate], at: usize) {
    let (this, after) = (&candidates[at - 1], &candidates[at]);
    let Some(counts) = act(after) else { return };
    let said_of_row = counts.governor > after.phrase.numeral;
    if said_of_row && is_open(this) && is_row(view, this, after) {
        candidates[at - 1].counts = vec![Counts { noun: None, ..counts }];
    }
}

/// Whether only commas, "and" and the words of the first phrase stand between two numbers.
fn is_row(view: View<'_>, one: &Candidate, other: &Candidate) -> bool {
    let start = one.phrase.noun.unwrap_or(one.phrase.numeral).max(one.phrase.numeral) + 1;
    let tokens = view.sentence_tokens(one.phrase.numeral);
    let between =
        (start..tokens.end).take_while(|&token| view.token(token).span.start < other.phrase.words.start);
    let words: Vec<u32> = between.collect();
    let joins = |token: &u32| matches!(view.form(*token), "," | "and" | "or" | "plus");
    let allowed = |token: &u32| {
        joins(token)
            || matches!(
                view.token(*token).upos,
                Upos::Cconj | Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Adp | Upos::Adv
            )
    };
    words.len() <= 8 && words.last().is_some_and(joins) && words.iter().all(allowed)
}

/// "and five officials attended": the number begins a clause of its own.
fn has_own_verb(view: View<'_>, candidate: &Candidate) -> bool {
    let last = candidate.phrase.noun.unwrap_or(candidate.phrase.numeral).max(candidate.phrase.numeral);
    let end = view.sentence_tokens(last).end;
    last + 1 < end && matches!(view.token(last + 1).upos, Upos::Verb | Upos::Aux)
}

/// "90 were wounded, as were 17 from the navy, and two each from the police": the same of others.
fn ellipsis(view: View<'_>, candidates: &mut [Candidate], at: usize) {
    let Some(counts) = act(&candidates[at - 1]) else { return };
    let this = &candidates[at];
    let tokens = view.sentence_tokens(this.phrase.numeral);
    let word = |token: Option<u32>| {
        let inside = token.filter(|token| tokens.contains(token));
        inside.map(|token| view.form(token).to_lowercase()).unwrap_or_default()
    };
    let before = word(this.phrase.numeral.checked_sub(1));
    let after = word(Some(this.phrase.numeral + 1));
    let joins = matches!(before.as_str(), "were" | "was" | "and" | ",");
    let goes_on = matches!(after.as_str(), "from" | "each" | "of" | "in");
    if this.counts.is_empty() && joins && goes_on {
        candidates[at].counts = vec![Counts { noun: None, ..counts }];
    }
}

/// "12 people, including five children": a part counts what its whole counts.
fn parts(view: View<'_>, candidates: &mut [Candidate], at: usize) {
    if !is_open(&candidates[at]) {
        return;
    }
    let Some(whole) = whole_of(view, &candidates[at]) else { return };
    let is_whole =
        |candidate: &&Candidate| candidate.phrase.head == whole || candidate.phrase.noun == Some(whole);
    if let Some(counts) = candidates.iter().find(is_whole).and_then(act) {
        candidates[at].counts = vec![Counts { noun: None, ..counts }];
    }
}

fn whole_of(view: View<'_>, candidate: &Candidate) -> Option<u32> {
    let at = first_conjunct(view, candidate.phrase.head);
    let token = view.token(at);
    let is_part = token.deprel == Deprel::Nmod && has_case(view, at, &["including", "among", "with"]);
    is_part.then_some(token.head).flatten()
}
