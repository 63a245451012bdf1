//! *Which words code which event?* Predicates with their PLOVER type, mode and CAMEO code.
//!
//! The files are `data/lexicon/*.toml`, and the README beside them is the analyst's guide to their form. An [`Entry`] is a
//! pattern (words, and what must or must not stand in their slots) with the coding that it stands for; a [`Class`] is a
//! named set of words that patterns refer to; an [`Act`] says what becomes of an act inside another ("refused to attack").

mod act;
mod class;
mod entry;
mod irregular;
mod refine;
mod text;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use annalist_schema::EventType;

pub use act::{Act, Outcome};
pub use class::{ClassId, Classes};
pub use entry::{Coding, Entry, Filler, HeadKind, Phrase, Slot};
pub use irregular::verb_of;
pub use refine::Refinements;

use crate::error::{Error, checked, loaded};

/// Entry and phrase of every sense of a head.
type ByHead = HashMap<(HeadKind, Box<str>), Vec<(u32, u32)>>;

/// The lexicon, indexed by the lemma and kind of the patterns' heads.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Every entry, in the order of the files.
    pub entries: Vec<Entry>,
    /// Named sets of words.
    pub classes: Classes,
    /// What becomes of an act inside another.
    pub acts: HashMap<String, Act>,
    /// Finer CAMEO codes by topic.
    pub refinements: Refinements,
    by_type: HashMap<EventType, Entry>,
    by_head: ByHead,
    vocabulary: HashSet<Box<str>>,
}

static EMBEDDED: LazyLock<Result<Lexicon, Error>> = LazyLock::new(embedded);

/// The lexicon that travels inside the binary.
pub fn lexicon() -> &'static Lexicon {
    loaded(&EMBEDDED)
}

pub(crate) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)?;
    irregular::check()
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../data/lexicon/", $name)))),+]
    };
}

/// Files of entries, in the order in which equally specific patterns win.
const FILES: &[(&str, &str)] = files![
    "agree.toml",
    "consult.toml",
    "support.toml",
    "concede.toml",
    "cooperate.toml",
    "aid.toml",
    "retreat.toml",
    "request.toml",
    "accuse.toml",
    "reject.toml",
    "threaten.toml",
    "protest.toml",
    "sanction.toml",
    "mobilize.toml",
    "coerce.toml",
    "assault.toml",
    "outer.toml",
];

fn embedded() -> Result<Lexicon, Error> {
    let classes = include_str!("../../../../data/lexicon/classes.toml");
    let acts = include_str!("../../../../data/lexicon/acts.toml");
    let refinements = include_str!("../../../../data/lexicon/refine.toml");
    let by_type = entry::parse_by_type(include_str!("../../../../data/lexicon/reader.toml"))?;
    Ok(Lexicon { by_type, ..Lexicon::parse(classes, acts, refinements, FILES)? })
}

impl Lexicon {
    /// Reads classes, acts, refinements, and files of entries with their names.
    ///
    /// # Errors
    /// If an entry lacks its examples or its origin, or anything names a class, act, code or mode that does not exist.
    pub fn parse(
        classes: &str,
        acts: &str,
        refinements: &str,
        files: &[(&str, &str)],
    ) -> Result<Self, Error> {
        let classes = Classes::parse(classes)?;
        let acts = act::parse(acts)?;
        let refinements = Refinements::parse(refinements, &classes)?;
        let mut entries = Vec::new();
        for (file, text) in files {
            entry::parse_file(file, text, &classes, &acts, &mut entries)?;
        }
        let by_head = index(&entries);
        let vocabulary = vocabulary(&entries, &classes);
        Ok(Self { entries, classes, acts, refinements, by_type: HashMap::new(), by_head, vocabulary })
    }

    /// The patterns whose head is this lemma, with their entries.
    pub fn patterns(&self, kind: HeadKind, lemma: &str) -> impl Iterator<Item = (&Entry, &Phrase)> {
        let found = self.by_head.get(&(kind, Box::from(lemma))).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|&(entry, phrase)| {
            let entry = self.entries.get(entry as usize)?;
            Some((entry, entry.phrases.get(phrase as usize)?))
        })
    }

    /// The entry for a word that is an event of this type, though no pattern knows it as one.
    pub fn of_type(&self, event_type: EventType) -> Option<&Entry> {
        self.by_type.get(&event_type)
    }

    /// Whether any pattern or class has the lemma.
    pub fn knows(&self, lemma: &str) -> bool {
        self.vocabulary.contains(lemma)
    }

    /// Whether a word belongs to a named class; an unknown class has no words.
    pub fn is(&self, class: &str, lemma: &str) -> bool {
        self.classes.id(class).is_some_and(|class| self.classes.has(class, lemma))
    }
}

fn index(entries: &[Entry]) -> ByHead {
    let mut by_head = ByHead::new();
    for (entry_idx, entry) in entries.iter().enumerate() {
        for (phrase_idx, phrase) in entry.phrases.iter().enumerate() {
            let key = (phrase.kind, phrase.head.clone());
            by_head.entry(key).or_default().push((entry_idx as u32, phrase_idx as u32));
        }
    }
    by_head
}

fn vocabulary(entries: &[Entry], classes: &Classes) -> HashSet<Box<str>> {
    let heads = entries.iter().flat_map(|entry| &entry.phrases).map(|phrase| phrase.head.clone());
    let fillers = entries.iter().flat_map(|entry| entry.need.iter().chain(&entry.bar));
    let words = fillers.flat_map(|(_, filler)| filler.words.iter().cloned());
    heads.chain(words).chain(classes.words().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_load() {
        let lexicon = embedded().unwrap_or_else(|error| panic!("{error}"));
        let n_senses: usize = lexicon.entries.iter().map(|entry| entry.phrases.len()).sum();
        assert!(n_senses >= 600, "{n_senses} senses");
    }

    fn check(entry: &str, expected: &str) {
        let head = "origin = \"test\"\n[[entry]]\nid = \"e\"\n";
        let text = format!("{head}{entry}");
        let result = Lexicon::parse("talks = \"talk\"", "", "", &[("t.toml", &text)]);
        match result {
            Ok(lexicon) => assert_eq!(format!("{} patterns", lexicon.by_head.len()), expected),
            Err(error) => assert_eq!(error.to_string(), format!("data/lexicon/t.toml:{expected}")),
        }
    }

    #[test]
    fn an_entry_without_its_proof_does_not_load() {
        let proof = "match = [\"A.\"]\nleave = [\"B.\"]\n";
        check(&format!("verb = \"meet, sit down\"\ncameo = \"040\"\n{proof}"), "2 patterns");
        check(
            "verb = \"meet\"\ncameo = \"040\"\nleave = [\"B.\"]",
            "3: entry `e`: no sentence that it must match",
        );
        check(
            "verb = \"meet\"\ncameo = \"040\"\nmatch = [\"A.\"]",
            "3: entry `e`: no sentence that it must leave alone",
        );
        check(&format!("verb = \"meet\"\n{proof}"), "3: entry `e`: neither `cameo` nor `act`");
        check(
            &format!("cameo = \"040\"\n{proof}"),
            "3: entry `e`: no words: give `verb`, `noun` or `adjective`",
        );
        check(
            &format!("verb = \"meet\"\ncameo = \"999\"\n{proof}"),
            "3: entry `e`: `999` is not a CAMEO code",
        );
        check(
            &format!("verb = \"meet\"\ncameo = \"040\"\nneed.object = \"@walks\"\n{proof}"),
            "3: entry `e`: there is no class `walks`",
        );
        check(
            &format!("verb = \"meet\"\ncameo = \"040\"\nmode = \"riot\"\n{proof}"),
            "3: entry `e`: CONSULT has no mode `riot`",
        );
        check(
            "verb = \"meet\"\ncameo = \"040\"\nmatch = [\"(A.\"]\nleave = [\"B.\"]",
            "3: entry `e`: `(A.` opens a bracket that it does not close",
        );
        check("verb = 4", "4: invalid type: integer `4`, expected a string, found `verb = 4`");
        let entry = format!("verb = \"meet\"\ncameo = \"040\"\n{proof}");
        check(
            &format!("{entry}[[entry]]\nid = \"e\"\n{entry}"),
            "9: entry `e`: there are two entries of this name",
        );
    }
}
