//! *What does the trained reader make of a word that the lexicon proposes, and what does it find by itself?*
//!
//! The lexicon knows words: what they may mean, where their parties stand, which finer code they have. Whether a word is an event
//! in this sentence, of which type, and who has which part in it, was learned from thousands of annotated events
//! (see `document::fast::event`, which reads the trees of both tiers). Where no reader has looked, the lexicon decides alone.
//!
//! In the fast tier the reader decides, and in the full tier in reports of the kinds from which it has learned most. In others, on whose
//! like the lexicon was grown, a claim stands on either: on the lexicon where the reader does not rule it out, or on the reader where it
//! is sure.

use annalist_data::lexicon::{Coding, HeadKind, lexicon};
use annalist_schema::{EventType, Happening, Part, Role, Sentence, Status};

use super::act::{self, Act};
use super::argument::Parties;
use super::date;
use super::eventhood;
use super::frame::Frame;
use super::predicate::{self, Fit, Needs, head_kinds};
use super::settle::Settled;
use super::tree::Tree;

/// An act that is less probably an event becomes no claim. The best F1 of claims lies where a claim is half as probably right as that F1
/// is high, and the fast tier's on units kept apart is 0.8 on rows and 0.6 on whole reports.
pub const LEAST_CLAIM: f32 = 0.4;

/// A word that the lexicon does not propose must be at least so probably an event.
const LEAST_ALONE: f32 = 0.5;

/// Where the lexicon leads, what it takes for an event is none if it is less probable.
const MAY_BE_EVENT: f32 = 0.04;

/// Where the lexicon leads, what it doubts is an event if it is at least so probable.
const SURE: f32 = 0.85;

/// The same for a word that the lexicon does not propose.
const SURE_ALONE: f32 = 0.9;

/// A report with fewer events a sentence is about something else, if it has as many sentences as this.
const FEWEST_EVENTS: f32 = 0.1;
const FEWEST_SENTENCES: usize = 4;

/// How much less probable than the likeliest type the lexicon's may be, as a ratio.
const NEARLY_AS_LIKELY: f32 = 0.5;

/// A word that is at least so probably a party is one, where the tree shows none.
const IS_PARTY: f32 = 0.5;

/// A word that the tree shows as a party must be at least so probably one.
const MAY_BE_PARTY: f32 = 0.05;

/// So many words above another may head the phrase that it is part of.
const MOST_STEPS: usize = 4;

/// The acts of a sentence: those that the lexicon proposes, and the words that only the reader takes for events.
pub fn acts(tree: &Tree<'_>, sentence: &Sentence) -> Vec<Act> {
    let mut acts = act::find(tree, sentence.tokens.clone());
    let is_led = is_led(tree, sentence);
    let mut seen: Vec<u32> = acts.iter().flat_map(|act| told_by(act, !is_led)).collect();
    let least = if is_led { SURE_ALONE } else { LEAST_ALONE };
    for happening in read(sentence).filter(|happening| happening.probability >= least) {
        if !seen.contains(&happening.word) {
            acts.extend(own_act(tree, happening));
            seen.push(happening.word);
        }
    }
    acts.sort_by_key(|act| act.frame.head);
    acts
}

/// The words that tell of an act: its own, and those of the acts inside it as far as they happen; of "plans to withdraw" both where the
/// reader decides, who may see either.
fn told_by(act: &Act, decides: bool) -> Vec<u32> {
    let both = decides && is_intended(act);
    let n_kept = act.chain().take_while(|part| part.keeps || both).count();
    act.chain().take(n_kept + 1).flat_map(words_of_part).collect()
}

/// Whether an act is somebody's intention to do what stands inside it.
fn is_intended(act: &Act) -> bool {
    matches!(act.entry.act.as_deref(), Some("will" | "agree"))
}

fn words_of_part(part: &Act) -> impl Iterator<Item = u32> + '_ {
    std::iter::once(part.frame.head).chain(part.words.iter().copied())
}

/// What the reader makes of an act: of its words, the one that is most probably an event.
fn of_act<'t>(tree: &'t Tree<'_>, act: &Act) -> Option<&'t Happening> {
    let sentence = sentence_of(tree, act.frame.head)?;
    let words = told_by(act, !is_led(tree, sentence));
    let told = read(sentence).filter(|happening| words.contains(&happening.word));
    told.max_by(|one, other| one.probability.total_cmp(&other.probability))
}

fn sentence_of<'t>(tree: &'t Tree<'_>, word: u32) -> Option<&'t Sentence> {
    tree.view.document.sentences.get(tree.view.sentence_of(word) as usize)
}

fn read(sentence: &Sentence) -> impl Iterator<Item = &Happening> {
    sentence.happenings.iter().flatten()
}

/// Whether the lexicon leads in a sentence and the reader only corrects it: in the full tier, whose sentences have a meaning, and in
/// reports of a kind from which the reader has learned little.
fn is_led(tree: &Tree<'_>, sentence: &Sentence) -> bool {
    !sentence.vector.is_empty() && !tree.is_familiar
}

/// Whether the reader has learned from thousands of reports of the kind: news in brief, told in the present, statements of states, and
/// reports in which it sees hardly any event, which are about something else.
pub fn is_familiar(tree: &Tree<'_>) -> bool {
    tree.voice.is_some() || date::is_brief_of_today(tree) || is_about_else(tree)
}

fn is_about_else(tree: &Tree<'_>) -> bool {
    let sentences = &tree.view.document.sentences;
    let seen = sentences.iter().flat_map(read).map(|happening| happening.probability);
    let n_events: f32 = seen.filter(|probability| *probability >= LEAST_CLAIM).sum();
    sentences.len() >= FEWEST_SENTENCES && n_events < FEWEST_EVENTS * sentences.len() as f32
}

/// Whether the reader decides what an act is and whose.
pub fn decides(tree: &Tree<'_>, act: &Act) -> bool {
    let sentence = sentence_of(tree, act.frame.head);
    sentence.is_some_and(|sentence| sentence.happenings.is_some() && !is_led(tree, sentence))
}

/// What the reader makes of an act where it decides.
fn decided<'t>(tree: &'t Tree<'_>, act: &Act) -> Option<&'t Happening> {
    if decides(tree, act) { of_act(tree, act) } else { None }
}

/// The act of a word that only the reader takes for an event.
fn own_act(tree: &Tree<'_>, happening: &Happening) -> Option<Act> {
    let &(event_type, _) = happening.types.first()?;
    let known = known_as(tree, happening.word, event_type);
    known.or_else(|| unknown(tree, happening.word, event_type)).map(act::plain)
}

/// The pattern of the lexicon by which a word is of a type, though something that it asks for is missing.
fn known_as(tree: &Tree<'_>, word: u32, event_type: EventType) -> Option<Fit> {
    let mut fits = predicate::fits(tree, word, Needs::Words).into_iter();
    fits.find(|fit| fit.entry.act.is_none() && fit.entry.coding.event_type == Some(event_type))
}

fn unknown(tree: &Tree<'_>, word: u32, event_type: EventType) -> Option<Fit> {
    let kind = head_kinds(tree, word).first().copied().unwrap_or(HeadKind::Noun);
    let entry = lexicon().of_type(event_type)?;
    Some(Fit { entry, frame: Frame::of(tree, word, kind), words: vec![word], weight: 0.0 })
}

/// What an act is, where the reader takes it for something else than the lexicon.
pub fn retyped(tree: &Tree<'_>, act: &Act, settled: Settled) -> Settled {
    let Some(happening) = decided(tree, act) else { return settled };
    let Some(&(event_type, probability)) = happening.types.first() else { return settled };
    let known = settled.coding.event_type.map_or(0.0, |known| happening.of_type(known));
    if settled.coding.event_type == Some(event_type) || known >= NEARLY_AS_LIKELY * probability {
        return settled;
    }
    Settled {
        coding: coding(tree, act, happening.word, event_type),
        status: happening.status.unwrap_or(if is_inside_plan(act, happening.word) {
            Status::Planned
        } else {
            settled.status
        }),
        rule: None,
        speaker_acts: false,
    }
}

/// "Plans to impose sanctions", taken for the sanctions.
fn is_inside_plan(act: &Act, word: u32) -> bool {
    is_intended(act) && !words_of_part(act).any(|own| own == word)
}

/// The finest coding of a type that the words of an act have.
fn coding(tree: &Tree<'_>, act: &Act, word: u32, event_type: EventType) -> Coding {
    let parts = act.chain().map(|part| &part.coding).find(|coding| coding.event_type == Some(event_type));
    let other = || known_as(tree, word, event_type).map(|fit| fit.entry.coding.clone());
    let plain = || lexicon().of_type(event_type).map(|entry| entry.coding.clone());
    parts.cloned().or_else(other).or_else(plain).unwrap_or_default()
}

/// The parties that the tree shows, where the reader does not rule them out; else those that the reader sees.
pub fn parties(tree: &Tree<'_>, act: &Act, shown: Parties) -> Parties {
    let happening = if is_own(act) { of_act(tree, act) } else { decided(tree, act) };
    let Some(happening) = happening.filter(|happening| !happening.parts.is_empty()) else { return shown };
    let of_role = |role: Role, shown: &[u32]| {
        let may_be = |word: &u32| {
            !is_inside(tree, *word, happening.word) || likeliest(tree, happening, *word, role) >= MAY_BE_PARTY
        };
        let kept: Vec<u32> = shown.iter().copied().filter(may_be).collect();
        if kept.is_empty() { seen(tree, happening, role) } else { kept }
    };
    let actors = of_role(Role::Actor, &shown.actors);
    let mut recipients = of_role(Role::Recipient, &shown.recipients);
    recipients.retain(|word| !actors.contains(word));
    Parties { actors, recipients }
}

/// The words that have a role, each phrase once: of "Sudanese military" the noun.
fn seen(tree: &Tree<'_>, happening: &Happening, role: Role) -> Vec<u32> {
    let words: Vec<u32> = happening.with_role(role, IS_PARTY).collect();
    let is_part =
        |at: &u32| tree.is_rel(*at, &["amod", "compound", "flat", "nmod:poss", "nmod:desc", "appos"]);
    let is_within_other = |word: &u32| {
        let above = std::iter::successors(Some(*word), |at| tree.head(*at).filter(|_| is_part(at)));
        above.skip(1).take(MOST_STEPS).any(|head| words.contains(&head))
    };
    words.iter().copied().filter(|word| !is_within_other(word)).collect()
}

/// How probably a word, or one of those that hang from it, has a role.
fn likeliest(tree: &Tree<'_>, happening: &Happening, word: u32, role: Role) -> f32 {
    let within = std::iter::once(word).chain(tree.children(word).iter().copied());
    within.map(|at| happening.of_part(at, role)).fold(0.0, f32::max)
}

/// The word that the reader takes for one with a role in an act, if it takes any.
pub fn word_with(tree: &Tree<'_>, act: &Act, role: Role) -> Option<u32> {
    let parts = decided(tree, act)?.parts.iter().filter(|part| part.role == role);
    likely(parts).map(|part| part.word)
}

/// What the reader takes a number for in the event that a word of its sentence tells, if for a figure of it at all.
pub fn figure(tree: &Tree<'_>, trigger: u32, numeral: u32) -> Option<Role> {
    let happening = read(sentence_of(tree, trigger)?).find(|happening| happening.word == trigger)?;
    let figures = happening.parts.iter().filter(|part| part.word == numeral && is_figure(part.role));
    likely(figures).map(|part| part.role)
}

/// The likeliest part, if it is likely enough.
fn likely<'p>(parts: impl Iterator<Item = &'p Part>) -> Option<&'p Part> {
    let best = parts.max_by(|one, other| one.probability.total_cmp(&other.probability));
    best.filter(|part| part.probability >= IS_PARTY)
}

fn is_figure(role: Role) -> bool {
    !matches!(role, Role::Actor | Role::Recipient | Role::Place | Role::Time | Role::Speaker)
}

/// Whether a word stands in the sentence of another, so that the reader has looked at both.
fn is_inside(tree: &Tree<'_>, word: u32, other: u32) -> bool {
    tree.view.sentence_of(word) == tree.view.sentence_of(other)
}

/// Whether the lexicon does not know the word of an act at all.
fn is_own(act: &Act) -> bool {
    act.entry.phrases.is_empty()
}

/// How sure we are that an act is an event, of which the lexicon is as sure as `proposed`.
pub fn confidence(tree: &Tree<'_>, act: &Act, proposed: f32) -> f32 {
    match look(tree, act) {
        Look::None => proposed,
        Look::Read { is_led: true, .. } if !is_own(act) => proposed,
        Look::Read { probability, .. } => probability,
    }
}

/// What a claim stands on; nothing if the act is no event that the report states.
pub fn ground(tree: &Tree<'_>, act: &Act, proposed: f32) -> Option<Ground> {
    let is_proposed = proposed >= eventhood::LEAST_CLAIM && !is_own(act);
    match look(tree, act) {
        Look::None => (proposed >= eventhood::LEAST_CLAIM).then_some(Ground::Lexicon),
        Look::Read { probability, is_led: false } => (probability >= LEAST_CLAIM).then_some(Ground::Both),
        Look::Read { probability, .. } if is_proposed => {
            (probability >= MAY_BE_EVENT).then_some(Ground::Lexicon)
        }
        Look::Read { probability, .. } => (probability >= SURE).then_some(Ground::Reader),
    }
}

/// What a claim stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The lexicon takes it for an event, and no reader rules it out.
    Lexicon,
    /// Only the reader takes it for an event.
    Reader,
    /// The reader decides, whatever the lexicon says.
    Both,
}

/// What the reader makes of an act.
enum Look {
    /// No reader has looked.
    None,
    /// So probably it is an event; whether the lexicon leads.
    Read { probability: f32, is_led: bool },
}

fn look(tree: &Tree<'_>, act: &Act) -> Look {
    let sentence = sentence_of(tree, act.frame.head).filter(|sentence| sentence.happenings.is_some());
    // The reader leaves out what is hardly an event.
    let probability = of_act(tree, act).map_or(0.0, |happening| happening.probability);
    sentence.map_or(Look::None, |sentence| Look::Read { probability, is_led: is_led(tree, sentence) })
}

#[cfg(test)]
mod tests {
    use annalist_schema::{EventType, Status};

    use crate::claim::coded;
    use crate::claim::testing::with_context;

    /// The rules of the claims that the fast tier makes of a text.
    fn check(text: &str, expected: &[&str]) {
        with_context(text, |context, tree| {
            let claims = coded::claims(context, tree);
            let rules: Vec<&str> = claims.iter().map(|claim| &*claim.rule).collect();
            assert_eq!(rules, expected, "{text}");
        });
    }

    #[test]
    fn a_plan_is_read_by_the_word_of_the_deed_and_stays_a_plan() {
        with_context("Norway plans to withdraw its troops from Mali.", |context, tree| {
            let claims = coded::claims(context, tree);
            let told: Vec<_> = claims.iter().map(|claim| (claim.event_type, claim.status)).collect();
            assert_eq!(told, [(Some(EventType::Retreat), Status::Planned)]);
        });
    }

    #[test]
    fn the_reader_decides_in_the_fast_tier() {
        check("Gunmen killed three farmers in Chad on Monday.", &["assault.kill"]);
        check("The film critic attacked the plot of the novel.", &[]);
    }
}
