//! *What do negotiations, truces and agreements do?* Nouns and cues from `data/lexicon/processes.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use annalist_schema::ProcessCode;
use serde::Deserialize;

static EMBEDDED: LazyLock<Processes> = LazyLock::new(|| {
    // The file travels inside the binary and a test loads it, so the empty lexicon is never seen.
    Processes::parse(include_str!("../../../data/lexicon/processes.toml")).unwrap_or_default()
});

/// Cue and further words of every head.
type ByWord = HashMap<(Part, String), Vec<(usize, Vec<String>)>>;

/// The words of processes.
#[derive(Clone, Debug, Default)]
pub struct Processes {
    /// Every cue, in the order of the file.
    pub cues: Vec<Cue>,
    /// Efforts at a process that is not named.
    pub effort: Effort,
    /// Verbs above another verb.
    pub outer: Outer,
    nouns: HashMap<String, ProcessNoun>,
    by_word: ByWord,
}

/// What a noun says of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessNoun {
    /// `talks`, `ceasefire`, `agreement` or `measure`.
    pub kind: String,
    /// Whether the noun is a process wherever it stands.
    pub strong: bool,
}

/// "Efforts to broker a truce".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Nouns for an effort.
    pub nouns: Vec<String>,
    /// Verbs that need a process among their words.
    pub verbs: Vec<String>,
    /// Verbs that speak of talks by themselves.
    pub verbs_alone: Vec<String>,
}

/// What a verb makes of the state told by the verb below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outer {
    /// "agreed to start talks".
    pub agreed: Vec<String>,
    /// "refused to start talks".
    pub refused: Vec<String>,
    /// "is expected to start talks".
    pub scheduled: Vec<String>,
    /// "hopes to start talks": nothing has come to stand anywhere.
    pub not_yet: Vec<String>,
}

/// Words that put processes of some kinds into a state.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// The state.
    pub code: ProcessCode,
    /// The kinds of process.
    pub kinds: Vec<String>,
    /// Verbs whose object or passive subject is the process.
    #[serde(default)]
    pub objects: Vec<String>,
    /// Verbs whose subject is the process.
    #[serde(default)]
    pub subjects: Vec<String>,
    /// Verbs with the process behind a preposition.
    #[serde(default)]
    pub obliques: Vec<String>,
    /// Predicates and adverbials said of the process.
    #[serde(default)]
    pub states: Vec<String>,
    /// Adjectives and participles before the process.
    #[serde(default)]
    pub modifiers: Vec<String>,
    /// Whether a modifier alone says too little without a date in its clause.
    #[serde(default)]
    pub modifiers_need_date: bool,
    /// Nouns with the process behind "of".
    #[serde(default)]
    pub nominals: Vec<String>,
    /// Sentences that must give the state.
    pub matches: Vec<String>,
    /// Sentences that must not.
    pub leaves: Vec<String>,
    /// Where the entry comes from.
    pub origin: String,
}

/// How a cue stands to its process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A verb with the process as object or passive subject.
    Object,
    /// A verb with the process as subject.
    Subject,
    /// A verb with the process behind a preposition.
    Oblique,
    /// A predicate or adverbial said of the process.
    State,
    /// An adjective or participle before the process.
    Modifier,
    /// A noun with the process behind "of".
    Nominal,
}

impl Processes {
    /// The lexicon inside the binary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// If the text is not TOML of this shape; the error says where.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let mut lexicon = Self { effort: file.effort, outer: file.outer, ..Self::default() };
        for process in file.process {
            let strong = process.strong.into_iter().map(|noun| (noun, true));
            for (noun, strong) in strong.chain(process.weak.into_iter().map(|noun| (noun, false))) {
                lexicon.nouns.insert(noun, ProcessNoun { kind: process.kind.clone(), strong });
            }
        }
        for (index, cue) in file.cue.into_iter().enumerate() {
            for (part, phrase) in cue.phrases() {
                let mut words = phrase.split(' ').map(str::to_owned);
                let first = words.next().unwrap_or_default();
                lexicon.by_word.entry((part, first)).or_default().push((index, words.collect()));
            }
            lexicon.cues.push(cue);
        }
        // "break off" before "break": the longer phrase decides.
        lexicon
            .by_word
            .values_mut()
            .for_each(|list| list.sort_by_key(|(_, rest)| std::cmp::Reverse(rest.len())));
        Ok(lexicon)
    }

    /// What a noun says of a process.
    pub fn noun(&self, lemma: &str) -> Option<&ProcessNoun> {
        self.nouns.get(&lemma.to_lowercase())
    }

    /// Cues that begin with a word, each with the words that must follow it; longest first.
    pub fn cues(&self, part: Part, lemma: &str) -> impl Iterator<Item = (&Cue, &[String])> {
        let found = self.by_word.get(&(part, lemma.to_lowercase()));
        found.into_iter().flatten().map(|(index, rest)| (&self.cues[*index], rest.as_slice()))
    }
}

impl Cue {
    fn phrases(&self) -> Vec<(Part, String)> {
        [
            (Part::Object, &self.objects),
            (Part::Subject, &self.subjects),
            (Part::Oblique, &self.obliques),
            (Part::State, &self.states),
            (Part::Modifier, &self.modifiers),
            (Part::Nominal, &self.nominals),
        ]
        .into_iter()
        .flat_map(|(part, phrases)| phrases.iter().map(move |phrase| (part, phrase.clone())))
        .collect()
    }

    /// Whether the cue speaks of processes of a kind.
    pub fn is_about(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    process: Vec<ProcessEntry>,
    effort: Effort,
    outer: Outer,
    cue: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProcessEntry {
    kind: String,
    strong: Vec<String>,
    weak: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_what_travels_inside_the_binary() {
        let lexicon =
            Processes::parse(include_str!("../../../data/lexicon/processes.toml")).expect("it parses");
        assert!(lexicon.noun("Truce").is_some_and(|noun| noun.strong && noun.kind == "ceasefire"));
        let (cue, rest) = lexicon.cues(Part::Object, "break").next().expect("a cue");
        assert_eq!((cue.code, rest), (ProcessCode::Suspended, ["off".to_owned()].as_slice()));
    }

    #[test]
    fn every_cue_has_examples_an_origin_and_known_kinds() {
        for cue in &Processes::embedded().cues {
            assert!(
                !cue.matches.is_empty() && !cue.leaves.is_empty() && !cue.origin.is_empty(),
                "{}",
                cue.code
            );
            let known = |kind: &String| Processes::embedded().nouns.values().any(|noun| &noun.kind == kind);
            assert!(cue.kinds.iter().all(known), "{}", cue.code);
        }
    }
}
