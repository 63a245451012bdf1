//! *What does linking compare of a claim?* Gathered once, with words as numbers.

use std::collections::HashMap;
use std::ops::Range;

use annalist_schema::{Claim, DayInterval, EventType, Status};

use crate::pile::Pile;
use crate::same::days;
use crate::same::figure::Range as Amount;
use crate::same::name::hash;
use crate::same::party::Party;
use crate::same::place::Spot;

/// Profiles of all claims of a pile, in its order, and how common their words are.
pub(crate) struct Profiles {
    pub claims: Vec<Profile>,
    /// Claims of each report: the range of indices.
    pub of_report: Vec<Range<u32>>,
    /// Of each word: the natural logarithm of one in how many claims has it.
    rarity: Vec<f64>,
}

/// One claim, ready for comparing. Words are numbers of the pile's vocabulary.
pub(crate) struct Profile {
    pub report: u32,
    /// Head of the trigger; `None` if the reader gave none.
    pub lemma: Option<u32>,
    pub senses: Vec<u32>,
    /// Whether the trigger says so little that it may be said of anything.
    pub is_light: bool,
    pub event_type: Option<EventType>,
    pub root: Option<[u8; 2]>,
    pub status: Status,
    pub days: Option<DayInterval>,
    /// Whether words of the report give the days, rather than its own day.
    pub is_dated: bool,
    pub place: Option<Spot>,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    /// Content words of the arguments, sorted.
    pub arguments: Vec<u32>,
    /// Content words of the sentence, sorted.
    pub words: Vec<u32>,
    pub figures: Vec<(u64, Amount)>,
    pub plural: bool,
}

impl Profiles {
    pub fn new(pile: &Pile<'_>) -> Self {
        let mut words = Vocabulary::default();
        let profiles =
            pile.members.iter().map(|member| Profile::new(member.report, member.claim, &mut words));
        let claims: Vec<_> = profiles.collect();
        let rarity = words.counts.iter().map(|&count| rarity(count, claims.len())).collect();
        Self { of_report: ranges(&claims, pile.readings.len()), claims, rarity }
    }

    /// How rare a word is: about 7 if one claim in a thousand has it, 0 if all have.
    pub fn rarity(&self, word: u32) -> f64 {
        self.rarity[word as usize]
    }

    /// The rarity of some words, added up.
    pub fn weight(&self, words: &[u32]) -> f64 {
        words.iter().map(|&word| self.rarity(word)).sum()
    }
}

/// A small pile cannot tell common words from rare ones, so it is taken as part of a pile of a hundred claims more.
fn rarity(count: u32, n: usize) -> f64 {
    ((n as f64 + 100.0) / (f64::from(count) + 1.0)).ln()
}

impl Profile {
    fn new<'a>(report: u32, claim: &'a Claim, words: &mut Vocabulary<'a>) -> Self {
        let parties = |actors: &[annalist_schema::ClaimActor]| actors.iter().map(Party::new).collect();
        let key = &claim.key;
        let lemma = (!key.lemma.is_empty()).then(|| words.number(&key.lemma));
        let (arguments, sentence) = (words.numbers(&key.arguments), words.numbers(&key.words));
        let all = [arguments.as_slice(), &sentence, lemma.as_slice()].concat();
        words.count(&sorted(all));
        let figure = |quantity: &annalist_schema::Quantity| (hash(&quantity.what), Amount::new(quantity));
        Self {
            report,
            lemma,
            is_light: key.light,
            senses: sorted(key.senses.clone()),
            event_type: claim.event_type,
            root: claim.cameo.as_ref().and_then(|code| code.root().as_bytes().try_into().ok()),
            status: claim.status,
            days: claim.date,
            is_dated: claim.date.is_some() && claim.date_basis.as_deref() != Some("published"),
            place: claim.place.as_ref().map(Spot::new),
            actors: parties(&claim.actors),
            recipients: parties(&claim.recipients),
            arguments,
            words: sentence,
            figures: claim.quantities.iter().map(figure).collect(),
            plural: key.plural,
        }
    }

    /// Days between the dates of two claims, if both have one.
    pub fn days_apart(&self, other: &Self) -> Option<i64> {
        Some(days::gap(self.days?, other.days?))
    }
}

fn ranges(claims: &[Profile], n_reports: usize) -> Vec<Range<u32>> {
    let start_of = |report: u32| claims.partition_point(|claim| claim.report < report) as u32;
    (0..n_reports as u32).map(|report| start_of(report)..start_of(report + 1)).collect()
}

/// Numbers words in the order in which the sorted pile first has them.
#[derive(Default)]
struct Vocabulary<'a> {
    numbers: HashMap<&'a str, u32>,
    /// In how many claims' sentences each word occurs.
    counts: Vec<u32>,
}

impl<'a> Vocabulary<'a> {
    fn number(&mut self, word: &'a str) -> u32 {
        let next = self.counts.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        number
    }

    fn numbers(&mut self, words: &'a [String]) -> Vec<u32> {
        sorted(words.iter().map(|word| self.number(word)).collect())
    }

    fn count(&mut self, numbers: &[u32]) {
        numbers.iter().for_each(|&number| self.counts[number as usize] += 1);
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// What two sorted lists share, in order.
pub(crate) fn shared<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut other = other.iter().copied().peekable();
    one.iter().copied().filter(move |number| {
        while other.next_if(|candidate| candidate < number).is_some() {}
        other.peek() == Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_in_order() {
        let check = |one: &[u32], other: &[u32], expected: &[u32]| {
            assert_eq!(shared(one, other).collect::<Vec<_>>(), expected);
        };
        check(&[1, 3, 5, 9], &[2, 3, 9, 12], &[3, 9]);
        check(&[], &[1], &[]);
        check(&[1], &[], &[]);
    }

    #[test]
    fn rare_words_weigh_more() {
        assert!(rarity(1, 1000) > rarity(100, 1000));
        assert!(rarity(2, 2) > 3.0);
    }
}
