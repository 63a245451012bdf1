//! *What hangs from this word, and what does it hang from?* The dependency tree, indexed once for a report.

use std::collections::HashMap;
use std::ops::Range;

use annalist_data::actors::{ThingKind, known, roles, things};
use annalist_data::gazetteer::Gazetteer;
use annalist_data::lexicon::lexicon;
use annalist_schema::{ClaimActor, Country, Deprel, Mention, NerType, PronType, Span, Upos, View};

use super::{Context, country, lemma, quotation, reader};

/// The longest way up that is walked; a damaged tree must not hang us.
const MAX_DEPTH: usize = 60;

/// A report's trees with the children of every word at hand.
pub struct Tree<'a> {
    /// The text and its words.
    pub view: View<'a>,
    /// Where the children of a word begin in `children`; one more entry than there are words.
    starts: Vec<u32>,
    children: Vec<u32>,
    lemmas: Vec<Box<str>>,
    someone: Vec<bool>,
    /// Words of place names.
    places: Vec<bool>,
    /// The country that the report is mostly about.
    pub home: Option<Country>,
    /// The state in whose name the report is written.
    pub voice: Option<ClaimActor>,
    /// Whether the trained reader has learned from thousands of reports of this kind.
    pub is_familiar: bool,
    quotations: Vec<Range<u32>>,
    /// Positions of the mentions of every chain, in order of text.
    chains: HashMap<u32, Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// Indexes the trees of a report.
    pub fn new(context: &Context<'a>) -> Self {
        let view = context.view;
        let tokens = &view.document.tokens;
        let mut counts = vec![0_u32; tokens.len() + 1];
        let head_of = |index: usize| tokens[index].head.filter(|&head| (head as usize) < tokens.len());
        for head in (0..tokens.len()).filter_map(head_of) {
            counts[head as usize + 1] += 1;
        }
        for index in 1..counts.len() {
            counts[index] += counts[index - 1];
        }
        let starts = counts.clone();
        let mut children = vec![0; *starts.last().unwrap_or(&0) as usize];
        for index in 0..tokens.len() {
            if let Some(head) = head_of(index) {
                let slot = &mut counts[head as usize];
                children[*slot as usize] = index as u32;
                *slot += 1;
            }
        }
        let lemmas = (0..tokens.len() as u32).map(|index| lemma::known(view, index)).collect();
        let mut tree = Self {
            view,
            starts,
            children,
            lemmas,
            someone: Vec::new(),
            places: Vec::new(),
            home: country::home(context),
            voice: country::voice(context),
            is_familiar: false,
            quotations: quotation::regions(view),
            chains: chains(context.mentions),
        };
        tree.someone = tree.find_someone(context);
        tree.places = tree.find_places(context);
        tree.is_familiar = reader::is_familiar(&tree);
        tree
    }

    /// The country of the state in whose name the report is written.
    pub fn voice_country(&self) -> Option<Country> {
        self.voice.as_ref()?.country
    }

    /// What stands between quotation marks, in order of text.
    pub fn quotations(&self) -> &[Range<u32>] {
        &self.quotations
    }

    /// Positions of the mentions of a chain, in order of text.
    pub fn chain(&self, chain: u32) -> &[usize] {
        self.chains.get(&chain).map_or(&[], Vec::as_slice)
    }

    /// Direct dependents, left to right.
    pub fn children(&self, index: u32) -> &[u32] {
        let range = self.starts[index as usize] as usize..self.starts[index as usize + 1] as usize;
        &self.children[range]
    }

    /// Direct dependents with one of the relations, subtypes included where only the base is named.
    pub fn children_by(
        &self,
        index: u32,
        relations: &'static [&'static str],
    ) -> impl Iterator<Item = u32> + '_ {
        self.children(index).iter().copied().filter(move |&child| self.is_rel(child, relations))
    }

    /// Whether a word has one of the relations to its head; `nsubj` takes in `nsubj:pass`.
    pub fn is_rel(&self, index: u32, relations: &[&str]) -> bool {
        let relation = self.view.token(index).deprel;
        relations.iter().any(|&wanted| wanted == relation.as_str() || wanted == relation.base())
    }

    /// Relation to the head.
    pub fn rel(&self, index: u32) -> Deprel {
        self.view.token(index).deprel
    }

    /// The head.
    pub fn head(&self, index: u32) -> Option<u32> {
        self.view.token(index).head
    }

    /// The base form, lower case, as the lexicon writes it.
    pub fn lemma(&self, index: u32) -> &str {
        &self.lemmas[index as usize]
    }

    /// Part of speech.
    pub fn upos(&self, index: u32) -> Upos {
        self.view.token(index).upos
    }

    /// Whether the word is a noun, name or pronoun.
    pub fn is_nominal(&self, index: u32) -> bool {
        matches!(self.upos(index), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X)
    }

    /// The words above, nearest first.
    pub fn ancestors(&self, index: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.head(index), |&at| self.head(at)).take(MAX_DEPTH)
    }

    /// A word and all below it that `enter` lets in, in order of text.
    pub fn subtree(&self, index: u32, enter: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut found = vec![index];
        let mut at = 0;
        while at < found.len() && found.len() < 400 {
            found.extend(
                self.children(found[at]).iter().copied().filter(|&child| child != index && enter(child)),
            );
            at += 1;
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// A word and the words coordinated with it, in order of text.
    pub fn with_conjuncts(&self, index: u32) -> Vec<u32> {
        let mut all = vec![index];
        let mut at = 0;
        while at < all.len() && all.len() < 40 {
            // "Minister Anna Berg and her colleague": parsers hang the colleague from the title or from the name.
            let bearers = std::iter::once(all[at]).chain(self.children_by(all[at], &["appos", "flat"]));
            let further = bearers.flat_map(|bearer| self.children_by(bearer, &["conj"]));
            let further: Vec<u32> =
                further.filter(|child| self.is_nominal(*child) && !all.contains(child)).collect();
            all.extend(further);
            at += 1;
        }
        all
    }

    /// The preposition of a phrase: "on" for "bases" in "on bases".
    pub fn case(&self, index: u32) -> Option<&str> {
        let marks = || self.children_by(index, &["case", "mark"]).filter(|&child| !self.is_genitive(child));
        if marks().any(|child| self.lemma(child).starts_with("accord")) {
            return Some("according");
        }
        let is_mark =
            |child: &u32| matches!(self.upos(*child), Upos::Adp | Upos::Sconj | Upos::Part | Upos::Adv);
        marks().find(is_mark).map(|word| self.lemma(word))
    }

    /// Whether the word is the mark of a possessor: `'s`.
    pub fn is_genitive(&self, index: u32) -> bool {
        matches!(self.view.form(index), "'s" | "’s" | "'" | "’")
    }

    /// Whether the word names or denotes somebody who can act.
    pub fn is_someone(&self, index: u32) -> bool {
        self.someone.get(index as usize).copied().unwrap_or(false)
    }

    /// Whether the word belongs to the name of a place.
    pub fn is_place(&self, index: u32) -> bool {
        self.places.get(index as usize).copied().unwrap_or(false)
    }

    /// Takes the words for somebody who can act, whatever they look like.
    pub fn set_someone(&mut self, words: &[u32]) {
        for &word in words {
            self.someone[word as usize] = true;
        }
    }

    fn find_someone(&self, context: &Context<'a>) -> Vec<bool> {
        let mut someone: Vec<bool> =
            (0..self.view.document.tokens.len() as u32).map(|index| self.denotes_someone(index)).collect();
        for toponym in context.toponyms {
            self.within(toponym.span.into()).for_each(|index| someone[index] = true);
        }
        for timex in context.timexes {
            self.within(timex.span.into()).for_each(|index| someone[index] = false);
        }
        someone
    }

    fn find_places(&self, context: &Context<'a>) -> Vec<bool> {
        let mut places = vec![false; self.view.document.tokens.len()];
        for toponym in context.toponyms {
            let is_name = |index: &usize| {
                let token = &self.view.document.tokens[*index];
                token.upos == Upos::Propn && token.ner.kind() != Some(NerType::Per)
            };
            self.within(toponym.span.into()).filter(is_name).for_each(|index| places[index] = true);
        }
        places
    }

    /// The words of a span.
    fn within(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let tokens = &self.view.document.tokens;
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        (first..tokens.len()).take_while(move |&index| tokens[index].span.start < span.end)
    }

    fn denotes_someone(&self, index: u32) -> bool {
        let token = self.view.token(index);
        if lexicon().is("calendar", self.lemma(index)) {
            return false;
        }
        match token.upos {
            Upos::Pron => is_personal(token),
            Upos::Propn => {
                let is_named = || !known().named(self.view.form(index)).is_empty();
                token.ner.kind() != Some(NerType::Misc) || self.is_demonym(index) || is_named()
            }
            Upos::Noun => {
                token.ner.kind().is_some() || denotes_people(self.lemma(index)) || self.is_bare_count(index)
            }
            Upos::Adj => token.ner.kind().is_some() || self.is_demonym(index),
            Upos::Num => self.children(index).iter().any(|&child| self.is_rel(child, &["nmod"])),
            _ => false,
        }
    }

    /// "Tens of thousands marched": so many people, where no word says of what.
    fn is_bare_count(&self, index: u32) -> bool {
        let is_count = |word: u32| {
            self.upos(word) == Upos::Num
                || matches!(
                    self.lemma(word),
                    "ten" | "tens" | "dozen" | "hundred" | "thousand" | "million" | "score"
                )
        };
        is_count(index) && self.is_rel(index, &["nsubj"]) && self.children_by(index, &["nmod"]).all(is_count)
    }

    /// Whether the word is an inhabitant or adjective of a country: "Turkish", "Iraqis".
    pub fn is_demonym(&self, index: u32) -> bool {
        let form = self.view.form(index);
        form.starts_with(char::is_uppercase) && Gazetteer::embedded().country_by_demonym(form).is_some()
    }
}

/// "Rebel", "government", "engineer", but not "village", which is somebody only where it acts.
fn denotes_people(noun: &str) -> bool {
    let is_place = || things().get(noun) == Some(ThingKind::Place);
    lexicon().is("people", noun) || roles().get(noun).is_some() && !is_place()
}

fn chains(mentions: &[Mention]) -> HashMap<u32, Vec<usize>> {
    let mut chains: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        if let Some(chain) = mention.chain {
            chains.entry(chain).or_default().push(at);
        }
    }
    chains
}

/// "He", "they", "who", but not "this".
fn is_personal(token: &annalist_schema::Token) -> bool {
    matches!(token.feats.pron_type, Some(PronType::Prs | PronType::Rel) | None)
        || matches!(
            &*token.lemma,
            "who" | "they" | "he" | "she" | "we" | "it" | "many" | "some" | "other" | "those"
        )
}
