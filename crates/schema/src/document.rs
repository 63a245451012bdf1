//! *Here is a token: what is it, what does it depend on, which words of the report is it?*
//!
//! A [`Document`] owns no text: ranges into the report, so the two cannot disagree. [`View`] puts both together.

use std::ops::Range;

use crate::{Happening, Span};

/// The report made addressable: sentences and tokens in order of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Sentences in order; they do not overlap and every token belongs to one.
    pub sentences: Vec<Sentence>,
    /// Syntactic words in order. The words of one multi-word token ("don't") share its span.
    pub tokens: Vec<Token>,
}

/// One sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sentence {
    /// From its first to its last token.
    pub span: Span,
    /// Its tokens, as indices into [`Document::tokens`].
    pub tokens: Range<u32>,
    /// Whether it is the report's title, or a heading.
    pub is_heading: bool,
    /// Meaning as a vector of fixed length and unit norm; empty in the fast tier.
    pub vector: Vec<f32>,
    /// Words that may be events, in order of text; `None` where no trained reader has looked.
    pub happenings: Option<Vec<Happening>>,
}

/// One syntactic word.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// Its words in the report.
    pub span: Span,
    /// Its form where that is not the text of the span: the words of a multi-word token.
    pub form: Option<Box<str>>,
    /// Base form, lower case except for proper names.
    pub lemma: Box<str>,
    /// Universal part of speech.
    pub upos: Upos,
    /// Morphological features.
    pub feats: Feats,
    /// Index of its head in [`Document::tokens`]; `None` for the root of the sentence.
    pub head: Option<u32>,
    /// Relation to its head.
    pub deprel: Deprel,
    /// Named entity tag.
    pub ner: Ner,
    /// Finer entity tag, where the analysis gives one; the fast tier does not.
    pub entity: Option<EntityTag>,
}

impl Default for Token {
    fn default() -> Self {
        Self {
            span: Span::default(),
            form: None,
            lemma: "".into(),
            upos: Upos::X,
            feats: Feats::default(),
            head: None,
            deprel: Deprel::Dep,
            ner: Ner::Outside,
            entity: None,
        }
    }
}

/// IOB2 tag of a named entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ner {
    /// Not part of a name.
    #[default]
    Outside,
    /// First word of a name.
    Begin(NerType),
    /// Further word of a name.
    Inside(NerType),
}

crate::code::string_enum! {
    /// What a name names.
    NerType {
        /// A person.
        Per = "PER",
        /// A place, country or region.
        Loc = "LOC",
        /// An organisation.
        Org = "ORG",
        /// Another name: an event, a nationality, a work.
        Misc = "MISC",
    }
}

impl Ner {
    /// `B-PER`, `I-ORG`, `O` ...
    pub fn tag(self) -> String {
        match self {
            Self::Outside => "O".to_owned(),
            Self::Begin(kind) => format!("B-{kind}"),
            Self::Inside(kind) => format!("I-{kind}"),
        }
    }

    /// What the name names, if this is part of one.
    pub const fn kind(self) -> Option<NerType> {
        match self {
            Self::Outside => None,
            Self::Begin(kind) | Self::Inside(kind) => Some(kind),
        }
    }
}

/// Part of an entity of a finer type than [`Ner`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntityTag {
    /// What it is.
    pub kind: EntityType,
    /// Whether it is the first word of the entity.
    pub begins: bool,
}

crate::code::string_enum! {
    /// What an entity is.
    EntityType {
        /// A person.
        Per = "PER",
        /// A place, country or region.
        Loc = "LOC",
        /// An organisation.
        Org = "ORG",
        /// A nationality, religious or political group.
        Norp = "NORP",
        /// A building, airport, base, crossing.
        Fac = "FAC",
        /// A weapon.
        Weapon = "WEAPON",
        /// A vehicle, ship or aircraft.
        Platform = "PLATFORM",
        /// A named event.
        Event = "EVENT",
        /// A number with what it counts.
        Quantity = "QUANTITY",
        /// A date or time.
        Date = "DATE",
    }
}

crate::code::string_enum! {
    /// Universal parts of speech.
    Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Other.
        X = "X",
    }
}

crate::code::string_enum! {
    /// Universal dependency relations with the subtypes of the English treebanks.
    Deprel {
        /// Adnominal clause.
        Acl = "acl",
        /// Relative clause.
        AclRelcl = "acl:relcl",
        /// Adverbial clause.
        Advcl = "advcl",
        /// Adverbial relative clause.
        AdvclRelcl = "advcl:relcl",
        /// Adverbial modifier.
        Advmod = "advmod",
        /// Adjectival modifier.
        Amod = "amod",
        /// Apposition.
        Appos = "appos",
        /// Auxiliary.
        Aux = "aux",
        /// Passive auxiliary.
        AuxPass = "aux:pass",
        /// Case marker.
        Case = "case",
        /// Coordinating conjunction.
        Cc = "cc",
        /// "both", "either".
        CcPreconj = "cc:preconj",
        /// Clausal complement.
        Ccomp = "ccomp",
        /// Compound.
        Compound = "compound",
        /// Verb particle.
        CompoundPrt = "compound:prt",
        /// Conjunct.
        Conj = "conj",
        /// Copula.
        Cop = "cop",
        /// Clausal subject.
        Csubj = "csubj",
        /// Clausal passive subject.
        CsubjPass = "csubj:pass",
        /// Outer clausal subject.
        CsubjOuter = "csubj:outer",
        /// Unspecified.
        Dep = "dep",
        /// Determiner.
        Det = "det",
        /// Predeterminer.
        DetPredet = "det:predet",
        /// Discourse element.
        Discourse = "discourse",
        /// Dislocated element.
        Dislocated = "dislocated",
        /// Expletive.
        Expl = "expl",
        /// Fixed expression.
        Fixed = "fixed",
        /// Flat name.
        Flat = "flat",
        /// Wrongly split word.
        Goeswith = "goeswith",
        /// Indirect object.
        Iobj = "iobj",
        /// List item.
        List = "list",
        /// Marker.
        Mark = "mark",
        /// Nominal modifier.
        Nmod = "nmod",
        /// Title or description of a name.
        NmodDesc = "nmod:desc",
        /// Possessor.
        NmodPoss = "nmod:poss",
        /// Nominal modifier without a case marker.
        NmodUnmarked = "nmod:unmarked",
        /// Subject.
        Nsubj = "nsubj",
        /// Outer subject.
        NsubjOuter = "nsubj:outer",
        /// Passive subject.
        NsubjPass = "nsubj:pass",
        /// Numeric modifier.
        Nummod = "nummod",
        /// Object.
        Obj = "obj",
        /// Oblique.
        Obl = "obl",
        /// Passive agent.
        OblAgent = "obl:agent",
        /// Oblique without a case marker.
        OblUnmarked = "obl:unmarked",
        /// Orphan.
        Orphan = "orphan",
        /// Parataxis.
        Parataxis = "parataxis",
        /// Punctuation.
        Punct = "punct",
        /// Repair.
        Reparandum = "reparandum",
        /// Root.
        Root = "root",
        /// Vocative.
        Vocative = "vocative",
        /// Open complement.
        Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation without its subtype: `nsubj` for `nsubj:pass`.
    pub fn base(self) -> &'static str {
        self.as_str().split_once(':').map_or(self.as_str(), |(base, _)| base)
    }
}

crate::code::string_enum! {
    /// Tense.
    Tense {
        /// Past.
        Past = "Past",
        /// Present.
        Pres = "Pres",
    }
}
crate::code::string_enum! {
    /// Verb form.
    VerbForm {
        /// Finite.
        Fin = "Fin",
        /// Infinitive.
        Inf = "Inf",
        /// Participle.
        Part = "Part",
        /// Gerund.
        Ger = "Ger",
    }
}
crate::code::string_enum! {
    /// Mood.
    Mood {
        /// Indicative.
        Ind = "Ind",
        /// Imperative.
        Imp = "Imp",
        /// Subjunctive.
        Sub = "Sub",
    }
}
crate::code::string_enum! {
    /// Number.
    Number {
        /// Singular.
        Sing = "Sing",
        /// Plural.
        Plur = "Plur",
        /// Plural only.
        Ptan = "Ptan",
    }
}
crate::code::string_enum! {
    /// Degree.
    Degree {
        /// Positive.
        Pos = "Pos",
        /// Comparative.
        Cmp = "Cmp",
        /// Superlative.
        Sup = "Sup",
    }
}
crate::code::string_enum! {
    /// Pronominal type.
    PronType {
        /// Article.
        Art = "Art",
        /// Demonstrative.
        Dem = "Dem",
        /// Emphatic.
        Emp = "Emp",
        /// Indefinite.
        Ind = "Ind",
        /// Interrogative.
        Int = "Int",
        /// Negative.
        Neg = "Neg",
        /// Personal.
        Prs = "Prs",
        /// Reciprocal.
        Rcp = "Rcp",
        /// Relative.
        Rel = "Rel",
        /// Total.
        Tot = "Tot",
    }
}
crate::code::string_enum! {
    /// Numeral type.
    NumType {
        /// Cardinal.
        Card = "Card",
        /// Ordinal.
        Ord = "Ord",
        /// Fraction.
        Frac = "Frac",
        /// Multiplier.
        Mult = "Mult",
    }
}

/// The morphological features that coding needs; `None` = not marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feats {
    /// Tense.
    pub tense: Option<Tense>,
    /// Verb form.
    pub verb_form: Option<VerbForm>,
    /// Mood.
    pub mood: Option<Mood>,
    /// Whether the word is marked passive.
    pub passive: bool,
    /// Number.
    pub number: Option<Number>,
    /// Person, 1 to 3.
    pub person: Option<u8>,
    /// Whether the word is a negation.
    pub negative: bool,
    /// Degree.
    pub degree: Option<Degree>,
    /// Pronominal type.
    pub pron_type: Option<PronType>,
    /// Numeral type.
    pub num_type: Option<NumType>,
    /// Whether the word is possessive.
    pub possessive: bool,
    /// Definite (`true`) or indefinite (`false`) article.
    pub definite: Option<bool>,
}

impl Feats {
    /// Reads the features of this type out of CoNLL-U text; others are passed over.
    pub fn parse(text: &str) -> Self {
        let mut feats = Self::default();
        for (name, value) in text.split('|').filter_map(|pair| pair.split_once('=')) {
            match name {
                "Tense" => feats.tense = value.parse().ok(),
                "VerbForm" => feats.verb_form = value.parse().ok(),
                "Mood" => feats.mood = value.parse().ok(),
                "Voice" => feats.passive = value == "Pass",
                "Number" => feats.number = value.parse().ok(),
                "Person" => feats.person = value.parse().ok(),
                "Polarity" => feats.negative = value == "Neg",
                "Degree" => feats.degree = value.parse().ok(),
                "PronType" => feats.pron_type = value.parse().ok(),
                "NumType" => feats.num_type = value.parse().ok(),
                "Poss" => feats.possessive = value == "Yes",
                "Definite" => feats.definite = Some(value == "Def"),
                _ => {}
            }
        }
        feats
    }

    /// CoNLL-U text, features in alphabetical order, `_` if there is none.
    pub fn format(&self) -> String {
        let person = self.person.map(|person| person.to_string());
        let pairs = [
            ("Definite", self.definite.map(|definite| if definite { "Def" } else { "Ind" })),
            ("Degree", self.degree.map(Degree::as_str)),
            ("Mood", self.mood.map(Mood::as_str)),
            ("NumType", self.num_type.map(NumType::as_str)),
            ("Number", self.number.map(Number::as_str)),
            ("Person", person.as_deref()),
            ("Polarity", self.negative.then_some("Neg")),
            ("Poss", self.possessive.then_some("Yes")),
            ("PronType", self.pron_type.map(PronType::as_str)),
            ("Tense", self.tense.map(Tense::as_str)),
            ("VerbForm", self.verb_form.map(VerbForm::as_str)),
            ("Voice", self.passive.then_some("Pass")),
        ];
        let marked: Vec<_> =
            pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
        if marked.is_empty() { "_".to_owned() } else { marked.join("|") }
    }
}

/// A document together with the text it points into.
#[derive(Clone, Copy, Debug)]
pub struct View<'t> {
    /// The report's original text.
    pub text: &'t str,
    /// Its analysis.
    pub document: &'t Document,
}

impl<'t> View<'t> {
    /// Puts a document and its text together.
    pub fn new(text: &'t str, document: &'t Document) -> Self {
        Self { text, document }
    }

    /// The token at an index.
    pub fn token(&self, index: u32) -> &'t Token {
        &self.document.tokens[index as usize]
    }

    /// The word as it stands in the report.
    pub fn form(&self, index: u32) -> &'t str {
        let token = self.token(index);
        token.form.as_deref().unwrap_or_else(|| token.span.of(self.text))
    }

    /// The base form.
    pub fn lemma(&self, index: u32) -> &'t str {
        &self.token(index).lemma
    }

    /// The index of the sentence that a token belongs to.
    pub fn sentence_of(&self, index: u32) -> u32 {
        self.document.sentences.partition_point(|sentence| sentence.tokens.end <= index) as u32
    }

    /// The tokens of the sentence that a token belongs to.
    pub fn sentence_tokens(&self, index: u32) -> Range<u32> {
        let sentence = self.sentence_of(index) as usize;
        self.document.sentences.get(sentence).map_or(index..index, |sentence| sentence.tokens.clone())
    }

    /// Direct dependents, left to right.
    pub fn children(&self, index: u32) -> impl Iterator<Item = u32> + use<'t> {
        let tokens = &self.document.tokens;
        self.sentence_tokens(index).filter(move |&child| tokens[child as usize].head == Some(index))
    }

    /// Direct dependents with one of the relations.
    pub fn children_by(
        &self,
        index: u32,
        relations: &'static [Deprel],
    ) -> impl Iterator<Item = u32> + use<'t> {
        let tokens = &self.document.tokens;
        self.children(index).filter(move |&child| relations.contains(&tokens[child as usize].deprel))
    }

    /// A token and everything below it, left to right.
    pub fn subtree(&self, index: u32) -> Vec<u32> {
        self.sentence_tokens(index).filter(|&token| self.dominates(index, token)).collect()
    }

    /// Whether `below` is `above` or hangs below it.
    pub fn dominates(&self, above: u32, below: u32) -> bool {
        let mut at = Some(below);
        // A tree has no path longer than its sentence; a damaged one must not hang us.
        for _ in 0..=self.sentence_tokens(below).len() {
            match at {
                Some(token) if token == above => return true,
                Some(token) => at = self.token(token).head,
                None => return false,
            }
        }
        false
    }

    /// The span from the first to the last of some tokens.
    pub fn cover(&self, tokens: &[u32]) -> Option<Span> {
        tokens.iter().map(|&token| self.token(token).span).reduce(|all, span| all.cover(span))
    }
}
