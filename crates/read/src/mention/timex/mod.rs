//! *Which words name a time, and which days are they?*
//!
//! [`find`] reads the words and keeps what they say symbolic: "last August" is the last eighth month before an anchor
//! that is not known yet. [`resolve`] works the symbols out once the day of publication is known, keeping the rule, the
//! anchor and the other readings of each.

mod feast;
mod grammar;
mod length;
mod lexicon;
mod outlook;
mod range;
mod resolve;
mod story;
mod symbol;
mod unit;
mod value;
mod why;
mod words;

use annalist_schema::{Span, View};

pub use length::{Count, Length};
pub use resolve::resolve;
pub use symbol::{Anchor, Candidate, Name, Outlook, Pick, Relation, Symbol, WeekDay};
pub use unit::{Season, Unit};
pub use value::{Clock, Reference, Value};

/// Time expressions in order of text; they do not overlap.
pub fn find(view: View<'_>) -> Vec<Candidate> {
    let words = words::scan(view.text);
    let mut candidates = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some(found) = range::shared_month(&words, at) {
            at = found.end;
            candidates.extend(found.candidates);
        } else if let Some(reading) = grammar::longest(&words, at) {
            candidates.push(candidate(&words, at, &reading));
            at = reading.end;
        } else {
            at += 1;
        }
    }
    range::share_years(view.text, &mut candidates);
    candidates
}

fn candidate(words: &[words::Word<'_>], at: usize, reading: &grammar::Reading) -> Candidate {
    let start = words[at].start;
    let end = words[reading.end - 1].end();
    Candidate {
        span: Span::from(start..end),
        symbol: reading.symbol.clone(),
        rule: reading.rule,
        outlook: outlook::outlook(words, at, reading.end),
        relation: outlook::relation(words, at),
    }
}

#[cfg(test)]
mod tests;
