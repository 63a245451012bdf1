//! *What do negotiations, truces and agreements do?* Nouns and cues from `data/lexicon/processes.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use annalist_schema::ProcessCode;
use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, checked, from_toml, line_of, loaded};

const FILE: &str = "data/lexicon/processes.toml";

static EMBEDDED: LazyLock<Result<Processes, Error>> =
    LazyLock::new(|| Processes::parse(include_str!("../../../data/lexicon/processes.toml")));

pub(crate) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

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
        loaded(&EMBEDDED)
    }

    /// Reads a lexicon.
    ///
    /// # Errors
    /// If the text is not TOML of this shape, or a cue lacks its examples or origin or speaks of an unknown kind; the error says
    /// where.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: File = from_toml(FILE, text)?;
        let kinds: Vec<&str> = file.process.iter().map(|process| process.kind.as_str()).collect();
        for cue in &file.cue {
            let problem = |problem| Error::at(FILE, line_of(text, cue.span().start), problem);
            cue.get_ref().proven(&kinds).map_err(problem)?;
        }
        let mut lexicon = Self { effort: file.effort, outer: file.outer, ..Self::default() };
        for process in file.process {
            let strong = process.strong.into_iter().map(|noun| (noun, true));
            for (noun, strong) in strong.chain(process.weak.into_iter().map(|noun| (noun, false))) {
                lexicon.nouns.insert(noun, ProcessNoun { kind: process.kind.clone(), strong });
            }
        }
        for (index, cue) in file.cue.into_iter().map(Spanned::into_inner).enumerate() {
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

    /// Whether it has its examples, its origin, and kinds that there are.
    fn proven(&self, kinds: &[&str]) -> Result<(), String> {
        let code = self.code;
        if let Some(kind) = self.kinds.iter().find(|kind| !kinds.contains(&kind.as_str())) {
            return Err(format!("cue of `{code}`: expected one of {kinds:?}, found `{kind}`"));
        }
        match (self.matches.is_empty(), self.leaves.is_empty(), self.origin.trim().is_empty()) {
            (true, ..) => Err(format!("cue of `{code}`: no sentence under `matches`")),
            (_, true, _) => Err(format!("cue of `{code}`: no sentence under `leaves`")),
            (.., true) => Err(format!("cue of `{code}`: no `origin`")),
            _ => Ok(()),
        }
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
    cue: Vec<Spanned<Cue>>,
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
    fn a_damaged_table_says_where() {
        let check = |cue: &str, expected: &str| {
            let outer = "agreed = []\nrefused = []\nscheduled = []\nnot_yet = []";
            let effort = "nouns = []\nverbs = []\nverbs_alone = []";
            let talks = "kind = \"talks\"\nstrong = [\"talk\"]\nweak = []";
            let text = format!(
                "[outer]\n{outer}\n[effort]\n{effort}\n[[process]]\n{talks}\n[[cue]]\ncode = \"suspended\"\n{cue}"
            );
            let read = Processes::parse(&text).map(|processes| format!("{} cues", processes.cues.len()));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        let proof = "matches = [\"A.\"]\nleaves = [\"B.\"]\norigin = \"us\"";
        check(&format!("kinds = [\"talks\"]\n{proof}"), "1 cues");
        check(
            &format!("kinds = [\"walks\"]\n{proof}"),
            "data/lexicon/processes.toml:14: cue of `suspended`: expected one of [\"talks\"], found `walks`",
        );
        check(
            "kinds = [\"talks\"]\nmatches = []\nleaves = [\"B.\"]\norigin = \"us\"",
            "data/lexicon/processes.toml:14: cue of `suspended`: no sentence under `matches`",
        );
        check(
            "kinds = \"talks\"",
            "data/lexicon/processes.toml:16: invalid type: string \"talks\", expected a sequence, found `kinds = \"talks\"`",
        );
    }
}
