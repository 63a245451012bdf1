//! *Which lexicon entry do the words around this word fit?*

use annalist_data::lexicon::{Classes, Entry, Filler, HeadKind, Phrase, Slot, lexicon};
use annalist_schema::Upos;

use super::frame::Frame;
use super::tree::Tree;
use super::{attribution, modal};

/// The head of patterns that any verb fits, whose auxiliaries decide.
const ANY: &str = "*";

/// How far after its verb an object may stand that the parser hung elsewhere.
const LOOSE_OBJECT: u32 = 8;

/// An entry that fits at a word.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The entry.
    pub entry: &'static Entry,
    /// The slots around the word, with prepositional objects of the phrase moved to the object.
    pub frame: Frame,
    /// The words of the phrase.
    pub words: Vec<u32>,
    /// How much the entry asks for; more is more certain.
    pub weight: f32,
}

/// The parts of speech as which patterns are looked for at a word.
pub fn head_kinds(tree: &Tree<'_>, head: u32) -> &'static [HeadKind] {
    match tree.upos(head) {
        Upos::Verb | Upos::Aux => &[HeadKind::Verb],
        // A verb that the tagger took for a noun still has a verb's dependents.
        Upos::Noun | Upos::Propn if tree.children_by(head, &["obj", "nsubj"]).next().is_some() => {
            &[HeadKind::Verb, HeadKind::Noun]
        }
        Upos::Noun | Upos::Propn if is_compound_part(tree, head) => &[],
        Upos::Noun | Upos::Propn => &[HeadKind::Noun],
        Upos::Adj | Upos::Adv => &[HeadKind::Adjective],
        _ => &[],
    }
}

/// Whether a hyphen binds the word to the next: "war" in "war-torn".
fn is_compound_part(tree: &Tree<'_>, head: u32) -> bool {
    let sentence = tree.view.sentence_tokens(head);
    let next = head + 1;
    next + 1 < sentence.end
        && tree.view.form(next) == "-"
        && tree.head(head).is_some_and(|above| above > head)
}

/// How much of what an entry asks for must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Everything.
    All,
    /// Its words and none of what it bars; what else is missing makes it weaker.
    Words,
}

/// What the lack of something that an entry asks for takes from its weight.
const MISSING: f32 = 1.0;

/// Every entry that fits at a word, those that ask for more first.
pub fn fits(tree: &Tree<'_>, head: u32, needs: Needs) -> Vec<Fit> {
    let mut found = Vec::new();
    for &kind in head_kinds(tree, head) {
        let mut patterns = lexicon().patterns(kind, tree.lemma(head)).peekable();
        let is_modal = kind == HeadKind::Verb && modal::is_obliged(tree, head);
        if patterns.peek().is_none() && !is_modal {
            continue;
        }
        let frame = Frame::of(tree, head, kind);
        let here = patterns.filter_map(|(entry, phrase)| fit(tree, &frame, entry, phrase, needs));
        found.extend(here.filter(|fit| needs == Needs::All || is_usual(kind, tree.lemma(head), fit.entry)));
        if is_modal {
            let any = lexicon().patterns(kind, ANY);
            found.extend(any.filter_map(|(entry, phrase)| fit(tree, &frame, entry, phrase, Needs::All)));
        }
    }
    // Stable, so that the order of the files decides between equals.
    found.sort_by(|one: &Fit, other| other.weight.total_cmp(&one.weight));
    found
}

/// Whether at least half of a head's senses are of the entry's type, so that the head alone tells.
fn is_usual(kind: HeadKind, lemma: &str, entry: &Entry) -> bool {
    let of_type = |(sense, _): &(&Entry, &Phrase)| sense.coding.event_type == entry.coding.event_type;
    let n_senses = lexicon().patterns(kind, lemma).count();
    2 * lexicon().patterns(kind, lemma).filter(of_type).count() >= n_senses
}

fn fit(tree: &Tree<'_>, frame: &Frame, entry: &'static Entry, phrase: &Phrase, needs: Needs) -> Option<Fit> {
    let (words, frame) = phrase_words(tree, frame, phrase)?;
    let classes = &lexicon().classes;
    let mut weight = 0.8 * (words.len() as f32 - 1.0);
    if *phrase.head == *ANY {
        // Only where the verb has no sense of its own.
        weight -= 2.0;
    }
    for (slot, filler) in &entry.need {
        let may_lack = (needs == Needs::Words).then_some(-MISSING);
        weight += need(tree, &frame, slot, filler, classes).or(may_lack)?;
    }
    let barred =
        entry.bar.iter().any(|(slot, filler)| holds(tree, &frame.slot(slot), filler, classes, false));
    (!barred).then_some(Fit { entry, frame, words, weight })
}

/// The words of a phrase, if they are there.
fn phrase_words(tree: &Tree<'_>, frame: &Frame, phrase: &Phrase) -> Option<(Vec<u32>, Frame)> {
    let mut words = vec![frame.head];
    let mut at = frame.head;
    for before in phrase.before.iter().rev() {
        at = word_before(tree, at)?;
        if *tree.lemma(at) != **before {
            return None;
        }
        words.push(at);
    }
    let mut frame = frame.clone();
    for (index, after) in phrase.after.iter().enumerate() {
        words.push(word_after(tree, &frame, after)?);
        let is_last = index + 1 == phrase.after.len();
        if is_last && phrase.kind != HeadKind::Noun && frame.object.is_empty() {
            frame.object = frame.after(after).collect();
        }
    }
    words.sort_unstable();
    words.dedup();
    Some((words, frame))
}

/// The word before, hyphens passed over.
fn word_before(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let sentence = tree.view.sentence_tokens(at);
    let mut before = at;
    while before > sentence.start {
        before -= 1;
        if tree.view.form(before) != "-" {
            return Some(before);
        }
    }
    None
}

/// A particle, preposition or fixed complement that follows the head and belongs to it.
fn word_after(tree: &Tree<'_>, frame: &Frame, lemma: &str) -> Option<u32> {
    let sentence = tree.view.sentence_tokens(frame.head);
    let until = sentence.end.min(frame.head + 9);
    let belongs = |&word: &u32| {
        tree.lemma(word) == lemma && {
            let steps = tree.ancestors(word).take(3).position(|above| above == frame.head);
            steps.is_some() || tree.head(word) == Some(frame.head)
        }
    };
    (frame.head + 1..until).find(belongs).or_else(|| {
        // "The town they fired on": the preposition may also stand before, as a child.
        tree.children(frame.head).iter().copied().find(|&child| tree.lemma(child) == lemma)
    })
}

/// What a needed slot adds to the weight; `None` if it is not filled as needed.
fn need(tree: &Tree<'_>, frame: &Frame, slot: &Slot, filler: &Filler, classes: &Classes) -> Option<f32> {
    if *slot == Slot::Speaker {
        let speakers: Vec<u32> =
            attribution::speakers(tree, frame.head).iter().map(|speaker| speaker.head).collect();
        return holds(tree, &speakers, filler, classes, true).then_some(0.5);
    }
    let words = frame.slot(slot);
    let is_loose =
        filler.words.is_empty() && filler.heads.is_empty() && filler.classes.is_empty() && !filler.place;
    if is_loose && *slot == Slot::Subject && words.is_empty() {
        // Nobody is named: the passive without agent, the bare noun.
        return Some(0.0);
    }
    let filled = holds(tree, &words, filler, classes, *slot != Slot::Near);
    if !filled && !is_loose && *slot == Slot::Object && follows(tree, frame, filler, classes) {
        return Some(0.4);
    }
    filled.then_some(match slot {
        _ if is_loose => 0.3,
        Slot::Near => 0.6,
        _ => 1.0,
    })
}

/// Whether what is asked for follows the head closely, where the parser hung it elsewhere.
fn follows(tree: &Tree<'_>, frame: &Frame, filler: &Filler, classes: &Classes) -> bool {
    let is_verb = matches!(tree.upos(frame.head), Upos::Verb | Upos::Aux);
    let until = tree.view.sentence_tokens(frame.head).end.min(frame.head + LOOSE_OBJECT);
    let is_clause_end = |word: &u32| {
        matches!(tree.view.form(*word), "," | ";" | ":" | "." | "(")
            || matches!(tree.upos(*word), Upos::Verb | Upos::Sconj | Upos::Cconj)
    };
    let mut window = (frame.head + 1..until).take_while(|word| !is_clause_end(word));
    is_verb
        && !frame.passive
        && window.any(|word| tree.is_nominal(word) && has_lemma(tree, word, filler, classes))
}

/// Whether any of the words is what the filler asks for.
pub fn holds(
    tree: &Tree<'_>,
    words: &[u32],
    filler: &Filler,
    classes: &Classes,
    with_modifiers: bool,
) -> bool {
    if filler.any && !words.is_empty() {
        return true;
    }
    words.iter().any(|&word| {
        let content = content(tree, word);
        (filler.place && content.iter().any(|&word| tree.is_place(word)))
            || (filler.someone && content.iter().any(|&word| tree.is_someone(word)))
            || content.iter().any(|&word| has_lemma(tree, word, filler, classes))
            || content.iter().any(|&word| filler.heads.contains(tree.lemma(word)))
            || bears(tree, word, filler, classes)
            || (with_modifiers && content.iter().any(|&word| modifier_has(tree, word, filler, classes)))
    })
}

/// "Analyst John Lund": the title of who stands there is he himself.
fn bears(tree: &Tree<'_>, word: u32, filler: &Filler, classes: &Classes) -> bool {
    let mut titles = tree.children_by(word, &["nmod:desc"]);
    tree.is_nominal(word) && titles.any(|title| has_lemma(tree, title, filler, classes))
}

fn modifier_has(tree: &Tree<'_>, word: u32, filler: &Filler, classes: &Classes) -> bool {
    let mut modifiers = tree.children_by(word, &["compound", "amod", "nmod:desc", "flat", "appos"]);
    let mut complements = tree.children_by(word, &["nmod"]).filter(|&child| tree.case(child) == Some("of"));
    tree.is_nominal(word)
        && (modifiers.any(|child| has_lemma(tree, child, filler, classes))
            || complements.any(|child| has_lemma(tree, child, filler, classes)))
}

fn has_lemma(tree: &Tree<'_>, word: u32, filler: &Filler, classes: &Classes) -> bool {
    filler.has(classes, tree.lemma(word))
        || hyphenated(tree, word).is_some_and(|joined| filler.has(classes, &joined))
        || (tree.view.token(word).ner.kind().is_some()
            && filler.has(classes, &tree.view.form(word).to_lowercase()))
}

/// "cease-fire" for "fire" after "cease" and a hyphen.
fn hyphenated(tree: &Tree<'_>, word: u32) -> Option<String> {
    let hyphen = word.checked_sub(1)?;
    let first = word.checked_sub(2)?;
    let sentence = tree.view.sentence_tokens(word);
    (sentence.contains(&first) && tree.view.form(hyphen) == "-")
        .then(|| format!("{}-{}", tree.lemma(first), tree.lemma(word)))
}

/// The word, or what it holds where it only measures: "soldiers" for "a number of soldiers", for "hundreds of thousands of soldiers".
pub fn content(tree: &Tree<'_>, word: u32) -> Vec<u32> {
    let mut found = vec![word];
    let mut at = word;
    for _ in 0..3 {
        let is_container = tree.upos(at) == Upos::Num || lexicon().is("container", tree.lemma(at));
        let held =
            tree.children_by(at, &["nmod"]).filter(|&child| is_container && tree.case(child) == Some("of"));
        // Parsers hang "of people" from "hundreds" as well as "of thousands": the last is what is counted.
        match held.last() {
            Some(inner) => {
                found.push(inner);
                at = inner;
            }
            None => break,
        }
    }
    found
}

#[cfg(all(test, feature = "full"))]
mod examples;

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::{with_full_context, word_of};

    /// The best entry that fits at a word, with the words of its phrase.
    fn check(text: &str, head: &str, needs: Needs, expected: &str) {
        with_full_context(text, |_, tree| {
            let best = fits(tree, word_of(tree, head), needs).into_iter().next();
            let told = best.map_or("none".to_owned(), |fit| {
                let words: Vec<&str> = fit.words.iter().map(|&word| tree.view.form(word)).collect();
                format!("{}: {}", fit.entry.id, words.join(" "))
            });
            assert_eq!(told, expected, "{text}");
        });
    }

    #[test]
    fn the_entry_that_asks_for_more_wins() {
        check("Police fired on the crowd.", "fired", Needs::All, "coerce.disperse: fired on");
        check("The president fired the minister.", "fired", Needs::All, "sanction.dismiss: fired");
        check("Norway called on Chile to sign.", "called", Needs::All, "request.urge: called on");
        check("The army took control of the town.", "took", Needs::All, "coerce.occupy: took control of");
    }

    #[test]
    fn what_an_entry_needs_must_be_there() {
        check("He took a bus.", "took", Needs::All, "none");
        check("Rain fell on the town.", "fell", Needs::All, "none");
    }

    #[test]
    fn verbs_and_nouns_have_entries_of_their_own() {
        check("The talks began.", "talks", Needs::All, "consult.talks: talks");
        check("An airstrike killed two men.", "airstrike", Needs::All, "assault.airstrike: airstrike");
    }
}
