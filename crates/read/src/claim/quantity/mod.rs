//! *How many of what?* Every count that a report states, and which event it belongs to.

mod bind;
mod comparator;
mod number;
mod phrase;
mod piece;
mod scope;
mod share;
mod single;
mod thing;

use annalist_data::quantities::{Quantities, Role};
use annalist_schema::{Deprel, EARLIER, Quantity, Span, View};

pub use bind::attach;

use super::Context;
use comparator::Meant;
use number::{Change, Numeral};
use phrase::Phrase;
use thing::Counts;

/// A count with the words that make it one.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// What is counted, how many, and the words.
    pub quantity: Quantity,
    /// Index of the sentence.
    pub sentence: u32,
    /// Head word of the number; the counted noun where the number is an article: "a soldier was killed".
    pub numeral: u32,
    /// The word by which the counted phrase hangs in the sentence.
    pub head: u32,
    /// The counted noun; `None` where it is left out: "killed five".
    pub noun: Option<u32>,
    /// The word that makes it a count: "killed" in "killed 12 people"; the noun in "12 rockets".
    pub governor: u32,
    /// The end of a change that it is: "from 5,200 to 3,500".
    pub is_before: Option<bool>,
}

/// Every count of a report, in order of text.
pub fn find(ctx: &Context<'_>) -> Vec<Counted> {
    let mut found = Vec::new();
    for index in 0..ctx.view.document.sentences.len() as u32 {
        let mut candidates = candidates(ctx, index);
        share::share(ctx.view, &mut candidates);
        let first = found.len();
        for candidate in &candidates {
            match other_figure(ctx.view, index, candidate, &found) {
                Some(other) => found.push(other),
                None => found.extend(counted(ctx, index, candidate)),
            }
        }
        single::find(ctx, index, &mut found);
        found[first..].sort_by_key(|counted: &Counted| counted.quantity.span);
    }
    found
}

/// A number that may count something.
#[derive(Clone, Debug)]
struct Candidate {
    numeral: Numeral,
    meant: Meant,
    phrase: Phrase,
    /// What it counts; empty where no word says so.
    counts: Vec<Counts>,
}

/// The numbers of a sentence that are neither times nor measures nor names.
fn candidates(ctx: &Context<'_>, sentence: u32) -> Vec<Candidate> {
    let within = ctx.view.document.sentences[sentence as usize].span;
    let numerals = number::scan(ctx.view.text, within).into_iter();
    numerals
        .filter(|numeral| !is_time(ctx, numeral.span))
        .filter_map(|numeral| {
            let meant = comparator::meant(ctx.view.text, within, &numeral);
            let phrase = phrase::phrase(ctx.view, sentence, &numeral, meant.span)?;
            let counts = thing::things(ctx, phrase);
            Some(Candidate { numeral, meant, phrase, counts })
        })
        .collect()
}

fn is_time(ctx: &Context<'_>, span: Span) -> bool {
    ctx.timexes_around(span).iter().any(|timex| span.overlaps(Span::from(timex.span)))
}

fn counted(ctx: &Context<'_>, sentence: u32, candidate: &Candidate) -> Vec<Counted> {
    if let Some(currency) = candidate.numeral.currency {
        return vec![money(sentence, candidate, currency)];
    }
    let worth_noting =
        |counted: &Counted| counted.quantity.n != 1.0 || single::is_told_one_by_one(&counted.quantity.what);
    let counts = candidate.counts.iter();
    counts.map(|counts| assemble(ctx, sentence, candidate, *counts)).filter(worth_noting).collect()
}

/// "Bolivia put the figure at six": what somebody else says of what was counted last.
fn other_figure(view: View<'_>, sentence: u32, candidate: &Candidate, found: &[Counted]) -> Option<Counted> {
    let verb = view.token(candidate.phrase.head).head.filter(|_| candidate.phrase.noun.is_none())?;
    let is_figure = |word: u32| {
        matches!(view.lemma(word), "figure" | "toll" | "number" | "count" | "tally" | "total" | "loss")
            && view.children_by(word, &[Deprel::Nmod]).next().is_none()
    };
    let puts = matches!(view.lemma(verb), "put" | "set" | "give" | "estimate" | "place")
        && view.children_by(verb, &[Deprel::Obj]).any(is_figure);
    let last = found.last().filter(|last| puts && last.sentence + 1 >= sentence)?;
    let speaker = view.children_by(verb, &[Deprel::Nsubj]).next()?;
    let named = view.children_by(speaker, &[Deprel::Compound, Deprel::Amod, Deprel::Det, Deprel::Flat]);
    let words: Vec<u32> = named.chain([speaker]).collect();
    let by = view.cover(&words).map(|span| span.of(view.text).to_owned());
    let numeral = &candidate.numeral;
    let quantity = Quantity {
        cmp: candidate.meant.cmp,
        n: numeral.low,
        n2: numeral.high,
        by,
        span: candidate.meant.span,
        ..last.quantity.clone()
    };
    Some(Counted {
        quantity,
        sentence,
        numeral: candidate.phrase.numeral,
        head: verb,
        governor: verb,
        ..last.clone()
    })
}

/// Puts a number and what it counts together.
fn assemble(ctx: &Context<'_>, sentence: u32, candidate: &Candidate, counts: Counts) -> Counted {
    let phrase = candidate.phrase;
    let mut counted = bare(sentence, candidate, counts.governor);
    counted.noun = phrase.noun.or(counts.noun);
    counted.quantity.what = counts.thing.what.clone();
    let names_thing = phrase.noun == Some(counts.governor);
    let subset = |noun| subset(ctx.view, &candidate.numeral, noun, names_thing);
    counted.quantity.of = earlier_toll(ctx.view, candidate.numeral.span)
        .or_else(|| phrase.noun.and_then(subset))
        .or_else(|| origin_of(ctx.view, phrase));
    if let Some(noun) = phrase.noun {
        counted.quantity.span = counted.quantity.span.cover(ctx.view.token(noun).span);
    }
    scope::fill(ctx, &mut counted);
    counted
}

/// "An earlier death toll of 41": the figure that another has taken the place of, in its own words.
fn earlier_toll(view: View<'_>, number: Span) -> Option<String> {
    const NEAR: usize = 5;
    let before = view.document.tokens.partition_point(|token| token.span.end <= number.start) as u32;
    let first = view.sentence_tokens(before.checked_sub(1)?).start.max(before.saturating_sub(NEAR as u32));
    let is_earlier = |word: &u32| EARLIER.contains(&&*view.form(*word).to_lowercase());
    let is_toll = |word: &u32| {
        matches!(view.lemma(*word), "toll" | "figure" | "estimate" | "count" | "tally" | "number" | "total")
    };
    let earlier = (first..before).find(is_earlier)?;
    let toll = (earlier + 1..before.min(earlier + 3)).find(is_toll)?;
    view.cover(&[earlier, toll]).map(|span| span.of(view.text).to_owned())
}

/// "Eleven from the navy", "four each from the navy": where those are from whom no noun names.
fn origin_of(view: View<'_>, phrase: Phrase) -> Option<String> {
    let sentence = view.sentence_tokens(phrase.numeral);
    let mut behind = (phrase.numeral + 1..sentence.end).skip_while(|&token| view.lemma(token) == "each");
    let from = behind.next().filter(|&token| phrase.noun.is_none() && view.lemma(token) == "from")?;
    let noun = view.token(from).head.filter(|noun| (from..sentence.end).contains(noun))?;
    let is_inner = |&word: &u32| {
        word == noun || view.token(word).head == Some(noun) && view.token(word).deprel != Deprel::Det
    };
    let words: Vec<u32> = (from + 1..noun + 1).filter(is_inner).collect();
    view.cover(&words).map(|span| span.of(view.text).to_owned())
}

fn money(sentence: u32, candidate: &Candidate, currency: &str) -> Counted {
    let mut counted = bare(sentence, candidate, candidate.phrase.head);
    counted.quantity.what = "money".to_owned();
    counted.quantity.of = Some(currency.to_owned());
    counted
}

fn bare(sentence: u32, candidate: &Candidate, governor: u32) -> Counted {
    let Candidate { numeral, meant, phrase, .. } = candidate;
    let quantity = Quantity {
        what: String::new(),
        cmp: meant.cmp,
        n: numeral.low,
        n2: numeral.high,
        of: None,
        by: None,
        cumulative: None,
        period: None,
        area: Vec::new(),
        span: meant.span,
    };
    let is_before = numeral.change.map(|change| change == Change::From);
    Counted {
        quantity,
        sentence,
        numeral: phrase.numeral,
        head: phrase.head,
        noun: phrase.noun,
        governor,
        is_before,
    }
}

/// The words between the number and its noun, with the noun unless it only says "people" or names the counted thing itself.
fn subset(view: View<'_>, numeral: &Numeral, noun: u32, names_thing: bool) -> Option<String> {
    const SAYS_NOTHING: [&str; 6] = ["people", "person", "other", "others", "one", "more"];
    const SKIPPED: [&str; 12] =
        ["of", "the", "more", "other", "others", "additional", "further", "his", "her", "their", "-", "new"];
    let tokens = view.sentence_tokens(noun);
    let is_person = Quantities::embedded().thing(Role::Person, view.lemma(noun)).is_some();
    let last = if names_thing && !is_person { noun } else { noun + 1 };
    let words: Vec<u32> = (tokens.start..last)
        .filter(|&token| view.token(token).span.start >= numeral.span.end)
        .skip_while(|&token| SKIPPED.contains(&view.form(token).to_lowercase().as_str()))
        .collect();
    let says_nothing = words.len() == 1 && SAYS_NOTHING.contains(&view.lemma(noun));
    let span = view.cover(&words).filter(|_| !says_nothing)?;
    Some(span.of(view.text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn counts(text: &str) -> Vec<String> {
        with_context(text, |ctx, _| find(ctx).iter().map(|counted| show(&counted.quantity)).collect())
    }

    fn show(quantity: &Quantity) -> String {
        let high = quantity.n2.map(|high| format!("..{high}")).unwrap_or_default();
        let of = quantity.of.as_deref().map(|of| format!(" of {of}")).unwrap_or_default();
        format!("{} {}{}{high}{of}", quantity.what, quantity.cmp, quantity.n)
    }

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(counts(text), expected, "{text}");
    }

    #[test]
    fn says_whose_and_whether_still_so() {
        check("Officials corrected an earlier toll of 41 dead.", &["killed =41 of earlier toll"]);
        check(
            "The mayor said 90 fishermen were wounded, as were eleven from the navy.",
            &["wounded =90 of fishermen", "wounded =11 of navy"],
        );
    }

    #[test]
    fn sizes_told_behind() {
        check("The army lost 58 servicemen.", &["killed =58 of servicemen"]);
        check("The party lost 58 seats.", &[]);
    }

    #[cfg(feature = "full")]
    #[test]
    fn figures_told_behind_and_by_others() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = crate::claim::testing::with_full_context(text, |ctx, _| {
                find(ctx).iter().map(|counted| show(&counted.quantity)).collect()
            });
            assert_eq!(found, expected, "{text}");
        };
        check(
            "Peru has deployed a large number of troops, estimated at 40,000, to the border.",
            &["troops ~40000"],
        );
        check(
            "According to Peru, 40 Chadian soldiers were killed; Chad put the figure at six.",
            &["killed =40 of Chadian soldiers", "killed =6 of Chadian soldiers"],
        );
    }

    #[test]
    fn losses_by_verb() {
        check("The blast killed 12 people.", &["killed =12"]);
        check("At least 20 villagers were killed.", &["killed >=20 of villagers"]);
        check("Three people were killed and five wounded.", &["killed =3", "wounded =5"]);
        check(
            "The strike hit a depot, killing four people and wounding nine others.",
            &["killed =4", "wounded =9"],
        );
        check("The bombing killed seven and injured 40.", &["killed =7", "wounded =40"]);
        check("Nearly 50 fishermen drowned.", &["killed ~50 of fishermen"]);
    }

    #[test]
    fn losses_by_noun_and_state() {
        check("The attack led to the death of two border guards.", &["killed =2 of border guards"]);
        check("The ambush left seven dead.", &["killed =7"]);
        check("The death toll rose to 45.", &["killed =45"]);
        check("Officials reported 14 deaths.", &["killed =14"]);
        check("Eleven sailors are missing.", &["missing =11 of sailors"]);
        check("The army suffered more than 300 casualties.", &["killed_or_wounded >300"]);
    }

    #[test]
    fn one_and_none() {
        check("A soldier was killed near the gate.", &["killed =1 of soldier"]);
        check("No soldiers were injured.", &["wounded =0 of soldiers"]);
        check("There were no casualties.", &["killed_or_wounded =0"]);
        check("A soldier opened the gate.", &[]);
    }

    #[test]
    fn parts() {
        check(
            "The shelling killed 12 people, including five children.",
            &["killed =12", "killed =5 of children"],
        );
        check("Two of the hostages were freed.", &["released =2 of hostages"]);
    }

    #[test]
    fn forces_weapons_and_money() {
        check("The ministry sent 600 troops to the border.", &["troops =600"]);
        check("The navy fired three missiles.", &["missiles =3"]);
        check("They launched 120 attacks last year.", &["attacks =120"]);
        check("The fund gave $1.2 billion.", &["money =1200000000 of USD"]);
        check("It will cut the number of troops from 900 to about 400.", &["troops =900", "troops ~400"]);
    }

    #[test]
    fn what_is_no_count() {
        for text in [
            "The village lies 160 km from the capital.",
            "Resolution 2259 was adopted in 2015.",
            "The driver, 34, was freed after 19 days.",
            "A 19-year-old student spoke.",
            "The 12th Brigade left Camp 7 in an F-16 at 4:30.",
            "Turnout was 85 percent.",
        ] {
            let singles = ["released =1 of student", "killed =1"];
            let found = counts(text);
            assert!(found.iter().all(|count| singles.contains(&count.as_str())), "{text}: {found:?}");
        }
    }

    #[test]
    fn lexicon_entries_match_their_sentences() {
        let mut wrong = Vec::new();
        for thing in &Quantities::embedded().things {
            let found = |text: &String| {
                with_context(text, |ctx, _| {
                    find(ctx).iter().any(|counted| counted.quantity.what == thing.what)
                })
            };
            wrong.extend(thing.matches.iter().filter(|text| !found(text)));
            wrong.extend(thing.leaves.iter().filter(|text| found(text)));
        }
        assert_eq!(wrong, Vec::<&String>::new());
    }
}
