//! *What do the words of a mention say about whom they mean?*

use annalist_data::actors::roles;
use annalist_data::gazetteer::{Gazetteer, fold};
use annalist_data::lexicon::lexicon;
use annalist_schema::{Country, Deprel, MentionKind, Number, Sector, Upos, View};

use super::super::actor::{Question, resolve_with_head};
use super::super::{Form, Found};

/// Grammatical gender as far as words show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// What is known about one mention by itself.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub found: Found,
    pub sentence: u32,
    /// The words without article, folded.
    pub key: String,
    /// The words of the name, folded; empty for descriptions and pronouns.
    pub words: Vec<String>,
    /// The common nouns: the head of a description, the titles before a name.
    pub nouns: Vec<String>,
    pub country: Option<Country>,
    pub sectors: Vec<Sector>,
    pub actor: Option<String>,
    pub gender: Option<Gender>,
    pub is_plural: bool,
    pub is_definite: bool,
    pub is_subject: bool,
    pub is_country: bool,
}

impl Facts {
    pub fn of(view: View<'_>, found: &Found) -> Self {
        let token = view.token(found.head);
        let text = found.span(view).of(view.text);
        let mut facts = Self {
            found: *found,
            sentence: view.sentence_of(found.head),
            key: String::new(),
            words: Vec::new(),
            nouns: Vec::new(),
            country: None,
            sectors: Vec::new(),
            actor: None,
            gender: None,
            is_plural: token.feats.number == Some(Number::Plur),
            is_definite: is_definite(view, found),
            is_subject: matches!(token.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter),
            is_country: false,
        };
        match found.form {
            Form::Pronoun => facts.read_pronoun(text),
            Form::Measure => {}
            Form::Name | Form::Description => facts.read_phrase(view, text),
        }
        facts
    }

    fn read_pronoun(&mut self, text: &str) {
        let word = text.to_lowercase();
        self.gender = match word.as_str() {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "hers" | "herself" => Some(Gender::Female),
            _ => None,
        };
        self.is_plural = self.found.kind == MentionKind::Group;
        self.key = word;
    }

    fn read_phrase(&mut self, view: View<'_>, text: &str) {
        self.key = without_article(&fold(text)).to_owned();
        if self.found.form == Form::Name {
            self.words = name_words(view, &self.found);
            self.is_country = Gazetteer::embedded().country_by_name(text).is_some();
        }
        self.nouns = nouns(view, &self.found);
        self.gender = gender(view, &self.found);
        if is_actor(self.found.kind) {
            self.resolve(view, text);
        }
    }

    fn resolve(&mut self, view: View<'_>, text: &str) {
        let start = view.token(self.found.first).span.start;
        let is_person = self.found.kind == MentionKind::Person;
        // "Ahmed Salem" hangs from "Ahmed", which alone is another man's name.
        let is_full = is_person && self.found.form == Form::Name;
        let last = if is_full { self.found.last } else { self.found.head };
        let head_end = view.token(last).span.end.saturating_sub(start) as usize;
        let question = Question { is_person, ..Question::default() };
        let resolved = resolve_with_head(text, head_end.min(text.len()), question);
        self.country = resolved.country;
        self.sectors = resolved.sectors;
        self.actor = resolved.actor_id;
    }
}

fn is_actor(kind: MentionKind) -> bool {
    matches!(kind, MentionKind::Person | MentionKind::Organisation | MentionKind::Group | MentionKind::Place)
}

fn without_article(folded: &str) -> &str {
    ["the ", "a ", "an ", "this ", "these ", "those ", "that "]
        .iter()
        .find_map(|article| folded.strip_prefix(article))
        .unwrap_or(folded)
}

fn is_definite(view: View<'_>, found: &Found) -> bool {
    matches!(view.form(found.first).to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
}

/// The words of the name itself, without the titles before it.
fn name_words(view: View<'_>, found: &Found) -> Vec<String> {
    let kind = view.token(found.head).ner.kind();
    let is_part = |token: &u32| kind.is_none() || view.token(*token).ner.kind() == kind;
    let words = (found.first..=found.last).filter(is_part).map(|token| fold(view.form(token)));
    words.filter(|word| !word.is_empty() && word != "the" && word != "s").collect()
}

/// The common nouns of a phrase that tell what somebody is.
fn nouns(view: View<'_>, found: &Found) -> Vec<String> {
    let end = if found.form == Form::Description { found.head } else { found.last };
    let tokens = found.first..=end;
    let name = view.token(found.head).ner.kind();
    let is_noun = |token: &u32| match view.token(*token).upos {
        Upos::Noun => *token == found.head || found.form == Form::Name,
        // Titles and the nouns within names of bodies: "President", "Ministry".
        Upos::Propn => {
            // A title counts even where the analysis takes it into the name; "King" at its end is a surname.
            let is_surname =
                found.form == Form::Name && found.kind == MentionKind::Person && *token == found.last;
            name.is_none() || !is_surname
        }
        _ => false,
    };
    let lemma = |token: u32| view.lemma(token).to_lowercase();
    let is_known = |noun: &String| roles().get(noun).is_some() || lexicon().is("people", noun);
    tokens.filter(is_noun).map(lemma).filter(is_known).collect()
}

fn gender(view: View<'_>, found: &Found) -> Option<Gender> {
    (found.first..=found.last).find_map(|token| match view.form(token).to_lowercase().as_str() {
        "mr" | "mr." | "king" | "prince" | "sir" | "man" | "spokesman" | "congressman" | "policeman"
        | "businessman" | "father" | "son" | "brother" | "husband" | "sheikh" | "lord" => Some(Gender::Male),
        "mrs" | "mrs." | "ms" | "ms." | "queen" | "princess" | "woman" | "spokeswoman" | "congresswoman"
        | "policewoman" | "businesswoman" | "mother" | "daughter" | "sister" | "wife" | "lady" | "madam" => {
            Some(Gender::Female)
        }
        _ => None,
    })
}
