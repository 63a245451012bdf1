//! *Is one or none counted without a number?* "A soldier was killed", "no casualties were reported".

use annalist_data::quantities::{Quantities, Role};
use annalist_schema::{Comparator, Deprel, Number, Quantity, Upos, View};

use super::phrase::Phrase;
use super::thing::Counts;
use super::{Counted, scope, thing};
use crate::claim::Context;
use crate::claim::syntax::is_infinitive;

/// What happens to persons one by one; other things are not counted by an article.
const TO_PERSONS: [&str; 8] =
    ["killed", "wounded", "missing", "detained", "abducted", "released", "surrendered", "escaped"];

/// Whether one of it is worth noting: one soldier killed, but not one hospital.
pub fn is_told_one_by_one(what: &str) -> bool {
    TO_PERSONS.contains(&what)
}

/// Adds the counts of a sentence that an article or "no" makes.
pub fn find(ctx: &Context<'_>, sentence: u32, found: &mut Vec<Counted>) {
    let Some(tokens) =
        ctx.view.document.sentences.get(sentence as usize).map(|sentence| sentence.tokens.clone())
    else {
        return;
    };
    let before = found.partition_point(|counted| counted.sentence < sentence);
    let first = found.len();
    for noun in tokens {
        if found[before..first].iter().any(|counted| counted.noun == Some(noun) || counted.head == noun) {
            continue;
        }
        let Some((determiner, n)) = determiner(ctx.view, noun) else { continue };
        let phrase = Phrase {
            words: ctx.view.token(determiner).span,
            numeral: determiner,
            head: noun,
            noun: Some(noun),
        };
        let counts = thing::things(ctx, phrase);
        let ones = counts.into_iter().filter_map(|counts| counted(ctx, sentence, phrase, counts, n));
        found.extend(ones.filter(|counted| TO_PERSONS.contains(&counted.quantity.what.as_str()) || n == 0.0));
    }
}

/// The article and the number that it stands for.
fn determiner(view: View<'_>, noun: u32) -> Option<(u32, f64)> {
    let is_noun = view.token(noun).upos == Upos::Noun;
    let determiner = view.children_by(noun, &[Deprel::Det]).next().filter(|_| is_noun)?;
    let number = view.token(noun).feats.number;
    match view.form(determiner).to_lowercase().as_str() {
        "a" | "an" | "another" if number != Some(Number::Plur) => Some((determiner, 1.0)),
        "no" => Some((determiner, 0.0)),
        _ => None,
    }
}

fn counted(ctx: &Context<'_>, sentence: u32, phrase: Phrase, counts: Counts, n: f64) -> Option<Counted> {
    let view = ctx.view;
    let (determiner, noun) = (phrase.numeral, phrase.head);
    let is_told = counts.governor == noun || !is_infinitive(view, counts.governor);
    let is_person = Quantities::embedded().thing(Role::Person, view.lemma(noun)).is_some();
    let by_act = counts.governor != noun && is_person;
    let by_noun = counts.governor == noun && n == 0.0 && counts.thing.person && !is_person;
    if !is_told || (!by_act && !by_noun) {
        return None;
    }
    let span = view.token(determiner).span.cover(view.token(noun).span);
    let words: Vec<u32> = (determiner + 1..=noun).collect();
    let of = view.cover(&words).filter(|_| by_act).map(|words| words.of(view.text).to_owned());
    let quantity = Quantity {
        what: counts.thing.what.clone(),
        cmp: Comparator::Equal,
        n,
        n2: None,
        of: of.filter(|of| !matches!(of.as_str(), "person" | "people" | "one")),
        by: None,
        cumulative: None,
        period: None,
        area: Vec::new(),
        span,
    };
    let governor = counts.governor;
    let mut counted = Counted {
        quantity,
        sentence,
        numeral: determiner,
        head: noun,
        noun: Some(noun),
        governor,
        is_before: None,
    };
    scope::fill(ctx, &mut counted);
    Some(counted)
}
