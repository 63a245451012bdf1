//! *What does a pattern look for, and what does it code?* One entry of the lexicon.

use std::collections::{BTreeMap, HashMap, HashSet};

use annalist_schema::{Cameo, Context, EventType, Mode};
use serde::Deserialize;
use toml::Spanned;

use super::text::{items, sentences};
use super::{Act, ClassId, Classes};
use crate::error::{Error, from_toml};
use crate::ontology::ontology;

/// A predicate sense: words with what must stand around them, and what they code.
#[derive(Debug)]
pub struct Entry {
    /// `file.name`, unique.
    pub id: String,
    /// The words, any of them.
    pub phrases: Vec<Phrase>,
    /// What must stand in which slot.
    pub need: Vec<(Slot, Filler)>,
    /// What must not stand in which slot.
    pub bar: Vec<(Slot, Filler)>,
    /// What it codes; empty for a pure outer act ("began to").
    pub coding: Coding,
    /// The outer act that it is, as a name in [`super::Lexicon::acts`].
    pub act: Option<String>,
    /// Where the inner act stands, best first.
    pub inner: Vec<Slot>,
    /// Whether it codes nothing without an inner act.
    pub inner_required: bool,
    /// Whether the inner act is known to have happened whatever becomes of the outer: nobody claims what was not done.
    pub presupposes: bool,
    /// Where the actor stands, best first.
    pub actor: Vec<Slot>,
    /// Where the recipient stands, best first.
    pub recipient: Vec<Slot>,
    /// Whether all parties are actors.
    pub reciprocal: bool,
    /// ACLED sub-event type.
    pub acled: Option<String>,
    /// Own sentences that it must match, alternatives written out.
    pub examples: Vec<String>,
    /// Own sentences that it must leave alone, alternatives written out.
    pub counterexamples: Vec<String>,
    /// Where it comes from.
    pub origin: String,
}

/// What an act is in PLOVER and CAMEO.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coding {
    /// PLOVER type.
    pub event_type: Option<EventType>,
    /// PLOVER modes.
    pub modes: Vec<Mode>,
    /// PLOVER contexts.
    pub contexts: Vec<Context>,
    /// CAMEO code.
    pub cameo: Option<Cameo>,
}

impl Coding {
    /// What a CAMEO code reads as.
    pub fn of_cameo(cameo: &Cameo) -> Option<Self> {
        let entry = ontology().cameo(cameo)?;
        Some(Self {
            event_type: entry.event_type,
            modes: entry.mode.into_iter().collect(),
            contexts: entry.contexts.clone(),
            cameo: Some(cameo.clone()),
        })
    }
}

/// Words of a pattern: modifiers, head, function words ("carry out", "car bomb").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Part of speech of the head.
    pub kind: HeadKind,
    /// Lemmas before the head.
    pub before: Vec<Box<str>>,
    /// Lemma of the head.
    pub head: Box<str>,
    /// Particles and prepositions that go with it.
    pub after: Vec<Box<str>>,
}

/// Part of speech of a pattern's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeadKind {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// A predicate adjective or adverb ("ready", "on alert").
    Adjective,
}

/// A place around the head, the same for active and passive, verb and noun.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Who does it.
    Subject,
    /// To what.
    Object,
    /// A verb that completes it.
    Clause,
    /// Adjectives, compounds and adverbs on the head.
    Modifier,
    /// A verb with "to" that completes it.
    Infinitive,
    /// Any word of the clause.
    Near,
    /// Modal and other auxiliary verbs, "have to" included.
    Auxiliary,
    /// The parties of the act inside it.
    Inner,
    /// Who is said to say so.
    Speaker,
    /// What follows the preposition.
    After(Box<str>),
}

impl Slot {
    fn parse(name: &str) -> Self {
        match name {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "clause" => Self::Clause,
            "infinitive" => Self::Infinitive,
            "modifier" => Self::Modifier,
            "near" => Self::Near,
            "auxiliary" => Self::Auxiliary,
            "inner" => Self::Inner,
            "speaker" => Self::Speaker,
            preposition => Self::After(preposition.into()),
        }
    }
}

/// What a slot must hold: any of the words, of the classes, or somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filler {
    /// Anything at all.
    pub any: bool,
    /// Somebody who can act: a person, a group, an organisation, a country.
    pub someone: bool,
    /// A place by its name.
    pub place: bool,
    /// Lemmas.
    pub words: HashSet<Box<str>>,
    /// Lemmas, written `=word`, of the word itself that stands there, not of what it is or whose: "website" for "the website",
    /// not for "the offices of the website".
    pub heads: HashSet<Box<str>>,
    /// Named sets of lemmas.
    pub classes: Vec<ClassId>,
}

impl Filler {
    fn parse(list: &str, classes: &Classes) -> Result<Self, String> {
        let mut filler = Self::default();
        for item in items(list) {
            match item.strip_prefix('@') {
                Some("any") => filler.any = true,
                Some("someone") => filler.someone = true,
                Some("place") => filler.place = true,
                Some(name) => filler
                    .classes
                    .push(classes.id(name).ok_or_else(|| format!("there is no class `{name}`"))?),
                None => {
                    let (words, word) = match item.strip_prefix('=') {
                        Some(head) => (&mut filler.heads, head),
                        None => (&mut filler.words, item),
                    };
                    words.insert(word.into());
                }
            }
        }
        Ok(filler)
    }

    /// Whether a lemma is one of the words or in one of the classes.
    pub fn has(&self, classes: &Classes, lemma: &str) -> bool {
        self.words.contains(lemma) || self.classes.iter().any(|&class| classes.has(class, lemma))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    origin: String,
    #[serde(rename = "entry", default)]
    entries: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: Spanned<String>,
    #[serde(default)]
    verb: String,
    #[serde(default)]
    noun: String,
    #[serde(default)]
    adjective: String,
    #[serde(default)]
    need: BTreeMap<String, String>,
    #[serde(default)]
    bar: BTreeMap<String, String>,
    cameo: Option<String>,
    #[serde(rename = "type")]
    event_type: Option<String>,
    mode: Option<String>,
    contexts: Option<String>,
    act: Option<String>,
    inner: Option<String>,
    #[serde(default)]
    inner_required: bool,
    #[serde(default)]
    presupposes: bool,
    actor: Option<String>,
    recipient: Option<String>,
    #[serde(default)]
    reciprocal: bool,
    acled: Option<String>,
    #[serde(default, rename = "match")]
    examples: Vec<String>,
    #[serde(default, rename = "leave")]
    counterexamples: Vec<String>,
    origin: Option<String>,
}

#[derive(Deserialize)]
struct ByType {
    origin: String,
    #[serde(flatten)]
    types: BTreeMap<String, TypeRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRow {
    cameo: String,
    actor: String,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    reciprocal: bool,
}

/// The entry of each type that no word of its own stands for.
pub(super) fn parse_by_type(text: &str) -> Result<HashMap<EventType, Entry>, Error> {
    const PATH: &str = "data/lexicon/reader.toml";
    let ByType { origin, types } = from_toml(PATH, text)?;
    let convert = |(name, row): (String, TypeRow)| {
        let problem = |problem: String| Error::entry(PATH, text, 0, &name, problem);
        let event_type: EventType = name.parse().map_err(|error| problem(format!("{error}")))?;
        let code = Cameo::new(&row.cameo).and_then(|code| Coding::of_cameo(&code));
        let coding = code.filter(|coding| coding.event_type == Some(event_type));
        let coding =
            coding.ok_or_else(|| problem(format!("`{}` is no CAMEO code of this type", row.cameo)))?;
        let slots = |list: &str| items(list).map(Slot::parse).collect();
        let entry = Entry {
            id: format!("reader.{}", name.to_lowercase()),
            phrases: Vec::new(),
            need: Vec::new(),
            bar: Vec::new(),
            coding,
            act: None,
            inner: Vec::new(),
            inner_required: false,
            presupposes: false,
            actor: slots(&row.actor),
            recipient: slots(&row.recipient),
            reciprocal: row.reciprocal,
            acled: None,
            examples: Vec::new(),
            counterexamples: Vec::new(),
            origin: origin.clone(),
        };
        Ok((event_type, entry))
    };
    types.into_iter().map(convert).collect()
}

/// Adds the entries of one file.
pub(super) fn parse_file(
    name: &str,
    text: &str,
    classes: &Classes,
    acts: &HashMap<String, Act>,
    entries: &mut Vec<Entry>,
) -> Result<(), Error> {
    let path = format!("data/lexicon/{name}");
    let File { origin, entries: rows } = from_toml(&path, text)?;
    let stem = name.trim_end_matches(".toml");
    let first = entries.len();
    for row in rows {
        let (at, id) = (row.id.span().start, row.id.get_ref().clone());
        let problem = |problem: String| Error::entry(&path, text, at, &id, problem);
        let entry = entry(row, stem, &origin, classes, acts).map_err(problem)?;
        if entries[first..].iter().any(|earlier| earlier.id == entry.id) {
            return Err(problem("there are two entries of this name".to_owned()));
        }
        entries.push(entry);
    }
    Ok(())
}

fn entry(
    row: Row,
    file: &str,
    origin: &str,
    classes: &Classes,
    acts: &HashMap<String, Act>,
) -> Result<Entry, String> {
    let slots = |list: &Option<String>, usual: &str| -> Vec<Slot> {
        items(list.as_deref().unwrap_or(usual)).map(Slot::parse).collect()
    };
    if let Some(act) = row.act.as_deref().filter(|act| !acts.contains_key(*act)) {
        return Err(format!("there is no act `{act}`"));
    }
    let phrases = phrases(&row);
    let fail = |wrong: bool, problem: &str| if wrong { Err(problem.to_owned()) } else { Ok(()) };
    fail(phrases.is_empty(), "no words: give `verb`, `noun` or `adjective`")?;
    fail(row.examples.is_empty(), "no sentence that it must match")?;
    fail(row.counterexamples.is_empty(), "no sentence that it must leave alone")?;
    fail(row.cameo.is_none() && row.act.is_none(), "neither `cameo` nor `act`")?;
    fail(
        row.origin.as_deref().unwrap_or(origin).trim().is_empty(),
        "no `origin`, here or once for the file",
    )?;
    Ok(Entry {
        coding: coding(&row)?,
        id: format!("{file}.{}", row.id.get_ref()),
        phrases,
        need: fillers(&row.need, classes)?,
        bar: fillers(&row.bar, classes)?,
        inner: if row.act.is_some() { slots(&row.inner, "clause, object") } else { Vec::new() },
        inner_required: row.inner_required,
        presupposes: row.presupposes,
        actor: slots(&row.actor, "subject"),
        recipient: slots(&row.recipient, "object, against, on, at, to, toward, towards, with, from, of"),
        act: row.act,
        reciprocal: row.reciprocal,
        acled: row.acled,
        examples: written_out(&row.examples)?,
        counterexamples: written_out(&row.counterexamples)?,
        origin: row.origin.unwrap_or_else(|| origin.to_owned()),
    })
}

/// Every sentence of a list, those with alternatives once for each.
fn written_out(list: &[String]) -> Result<Vec<String>, String> {
    list.iter().map(|line| sentences(line)).collect::<Result<Vec<_>, _>>().map(|lines| lines.concat())
}

fn fillers(rows: &BTreeMap<String, String>, classes: &Classes) -> Result<Vec<(Slot, Filler)>, String> {
    // One key may name several slots of which any will do, such as `"object, of"`; they become one test each for `bar`, and
    // stay one test with the first slot for `need`, so a key names one slot only.
    rows.iter().map(|(slot, list)| Ok((Slot::parse(slot), Filler::parse(list, classes)?))).collect()
}

fn coding(row: &Row) -> Result<Coding, String> {
    let Some(code) = &row.cameo else { return Ok(Coding::default()) };
    let mut coding = Cameo::new(code)
        .and_then(|code| Coding::of_cameo(&code))
        .ok_or_else(|| format!("`{code}` is not a CAMEO code"))?;
    if let Some(name) = &row.event_type {
        let event_type: EventType = name.parse().map_err(|error| format!("{error}"))?;
        if coding.event_type != Some(event_type) {
            coding.modes.clear();
        }
        coding.event_type = Some(event_type);
    }
    if let Some(mode) = &row.mode {
        coding.modes =
            items(mode).map(str::parse).collect::<Result<_, _>>().map_err(|error| format!("{error}"))?;
    }
    if let Some(contexts) = &row.contexts {
        coding.contexts =
            items(contexts).map(str::parse).collect::<Result<_, _>>().map_err(|error| format!("{error}"))?;
    }
    let event_type = coding.event_type.ok_or("the CAMEO code has no PLOVER type")?;
    match coding.modes.iter().find(|&&mode| !ontology().has_mode(event_type, mode)) {
        Some(mode) => Err(format!("{event_type} has no mode `{mode}`")),
        None => Ok(coding),
    }
}

fn phrases(row: &Row) -> Vec<Phrase> {
    let of = |kind, list| items(list).map(move |words| phrase(kind, words));
    of(HeadKind::Verb, &row.verb)
        .chain(of(HeadKind::Noun, &row.noun))
        .chain(of(HeadKind::Adjective, &row.adjective))
        .collect()
}

/// Verbs and adjectives stand before their function words, nouns after their modifiers; `+` parts a noun from what follows.
fn phrase(kind: HeadKind, words: &str) -> Phrase {
    let (main, after) = words.split_once('+').unwrap_or((words, ""));
    let mut main: Vec<Box<str>> = main.split_whitespace().map(Into::into).collect();
    let mut after: Vec<Box<str>> = after.split_whitespace().map(Into::into).collect();
    let (before, head) = match kind {
        HeadKind::Noun => {
            let head = main.pop().unwrap_or_default();
            (main, head)
        }
        HeadKind::Verb | HeadKind::Adjective => {
            let mut rest = main.into_iter();
            let head = rest.next().unwrap_or_default();
            after.splice(0..0, rest);
            (Vec::new(), head)
        }
    };
    Phrase { kind, before, head, after }
}
