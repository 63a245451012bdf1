//! *What is counted?* Killed, arrested, troops, rockets: from the noun, what is said of it, and what is done to it.

use annalist_data::quantities::{Quantities, Role, Thing};
use annalist_schema::{Deprel, ToponymKind, Upos, View};

use super::phrase::{Phrase, has_case};
use crate::claim::Context;

/// What a number counts, and the word that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counts {
    /// The counted thing.
    pub thing: &'static Thing,
    /// "killed" in "killed 12 people"; the counted noun in "12 rockets".
    pub governor: u32,
    /// The noun that the number counts, if not the phrase's own: "the number of troops fell to 400".
    pub noun: Option<u32>,
}

/// What a phrase counts; the nearest word that decides wins.
pub fn thing(ctx: &Context<'_>, phrase: Phrase) -> Option<Counts> {
    let words = Words { ctx, view: ctx.view, lexicon: Quantities::embedded() };
    words
        .by_noun(phrase)
        .or_else(|| words.by_state(phrase))
        .or_else(|| words.by_governor(phrase, first_conjunct(ctx.view, phrase.head)))
        .or_else(|| words.by_person(phrase))
}

/// The first of a row of coordinated nominals: it carries the relation for all.
pub fn first_conjunct(view: View<'_>, token: u32) -> u32 {
    let mut at = token;
    for _ in 0..20 {
        match view.token(at) {
            found if found.deprel == Deprel::Conj => match found.head {
                Some(head) if is_nominal(view, head) => at = head,
                _ => return at,
            },
            _ => return at,
        }
    }
    at
}

fn is_nominal(view: View<'_>, token: u32) -> bool {
    matches!(view.token(token).upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Sym | Upos::X)
}

struct Words<'c, 'a> {
    ctx: &'c Context<'a>,
    view: View<'a>,
    lexicon: &'static Quantities,
}

impl Words<'_, '_> {
    fn of(&self, role: Role, token: u32, governor: u32) -> Option<Counts> {
        let thing = self.lexicon.thing(role, self.view.lemma(token))?;
        Some(Counts { thing, governor, noun: None })
    }

    /// "12 deaths", "five rockets".
    fn by_noun(&self, phrase: Phrase) -> Option<Counts> {
        let noun = phrase.noun?;
        self.of(Role::Noun, noun, noun)
    }

    /// "12 people dead", "five wounded soldiers", "40 men who were arrested".
    fn by_state(&self, phrase: Phrase) -> Option<Counts> {
        [phrase.noun, Some(phrase.head)].into_iter().flatten().find_map(|at| {
            let said = self.view.children_by(at, &[Deprel::Amod, Deprel::Acl, Deprel::AclRelcl]);
            said.filter(|&word| is_said_of(self.view, at, word))
                .find_map(|word| self.of(Role::State, word, word).or_else(|| self.patient(phrase, word)))
        })
    }

    /// "killed 12", "12 were killed", "12 died", "the death of 12", "the toll rose to 12".
    fn by_governor(&self, phrase: Phrase, at: u32) -> Option<Counts> {
        let token = self.view.token(at);
        let Some(governor) = token.head else { return self.by_copula(phrase, at) };
        match token.deprel {
            Deprel::Obj | Deprel::Iobj | Deprel::NsubjPass => {
                self.patient(phrase, governor).or_else(|| self.by_complement(governor))
            }
            Deprel::Nsubj | Deprel::NsubjOuter => self.by_subject(phrase, governor),
            Deprel::Nmod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss => self.by_nominal(governor),
            _ => None,
        }
        .or_else(|| self.by_copula(phrase, at))
        .or_else(|| self.by_figure(phrase, governor))
    }

    fn patient(&self, phrase: Phrase, verb: u32) -> Option<Counts> {
        self.of(Role::Patient, verb, verb)
            .or_else(|| self.of(Role::PersonPatient, verb, verb).filter(|_| self.counts_persons(phrase)))
    }

    fn by_subject(&self, phrase: Phrase, predicate: u32) -> Option<Counts> {
        if is_passive(self.view, predicate) {
            return self.patient(phrase, predicate).or_else(|| self.of(Role::State, predicate, predicate));
        }
        self.of(Role::Agent, predicate, predicate)
            .or_else(|| {
                self.of(Role::PersonAgent, predicate, predicate).filter(|_| self.may_be_persons(phrase))
            })
            .or_else(|| {
                self.of(Role::State, predicate, predicate).filter(|_| has_copula(self.view, predicate))
            })
            .or_else(|| self.by_complement(predicate))
    }

    /// "left 12 dead", "remained missing".
    fn by_complement(&self, verb: u32) -> Option<Counts> {
        let mut complements =
            self.view.children_by(verb, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Obj]);
        complements.find_map(|word| self.of(Role::State, word, word))
    }

    fn by_nominal(&self, noun: u32) -> Option<Counts> {
        self.of(Role::Nominal, noun, noun).or_else(|| self.of(Role::Noun, noun, noun))
    }

    /// "the confirmed deaths are 14 civilians".
    fn by_copula(&self, _phrase: Phrase, at: u32) -> Option<Counts> {
        if !has_copula(self.view, at) {
            return None;
        }
        let subject = self.view.children_by(at, &[Deprel::Nsubj, Deprel::NsubjOuter]).next()?;
        self.figure_noun(subject).or_else(|| self.by_nominal(subject))
    }

    /// "the number of attacks exceeded 150", "reduce the number of troops to 400": a noun beside the verb names the figure.
    fn by_figure(&self, phrase: Phrase, verb: u32) -> Option<Counts> {
        if phrase.noun.is_some() {
            return None;
        }
        let mut beside = self.view.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj]);
        beside.find_map(|noun| self.figure_noun(noun))
    }

    /// "the death toll", "the number of attacks", "troop strength".
    fn figure_noun(&self, noun: u32) -> Option<Counts> {
        const FIGURES: [&str; 10] =
            ["number", "total", "count", "figure", "tally", "toll", "size", "strength", "presence", "level"];
        if !FIGURES.contains(&self.view.lemma(noun)) {
            return None;
        }
        let parts =
            self.view.children_by(noun, &[Deprel::Nmod, Deprel::Compound, Deprel::NmodPoss, Deprel::Amod]);
        let named = parts.filter(|&part| part != noun).find_map(|part| {
            let by = |role| self.of(role, part, part).map(|counts| Counts { noun: Some(part), ..counts });
            by(Role::Noun)
                .or_else(|| by(Role::State))
                .or_else(|| by(Role::Nominal))
                .or_else(|| by(Role::Person))
        });
        named.or_else(|| self.of(Role::Nominal, noun, noun))
    }

    fn by_person(&self, phrase: Phrase) -> Option<Counts> {
        let noun = phrase.noun?;
        self.of(Role::Person, noun, noun).or_else(|| {
            let thing = self.lexicon.thing(Role::Person, "people").filter(|_| self.is_demonym(noun))?;
            Some(Counts { thing, governor: noun, noun: None })
        })
    }

    /// Known to be persons: "12 students", "12 Tibetans".
    fn counts_persons(&self, phrase: Phrase) -> bool {
        phrase.noun.is_some_and(|noun| {
            self.lexicon.thing(Role::Person, self.view.lemma(noun)).is_some() || self.is_demonym(noun)
        })
    }

    /// Not known to be anything else; an omitted noun is mostly persons.
    fn may_be_persons(&self, phrase: Phrase) -> bool {
        phrase.noun.is_none() || self.counts_persons(phrase)
    }

    fn is_demonym(&self, noun: u32) -> bool {
        let span = self.view.token(noun).span;
        self.ctx.toponyms.iter().any(|toponym| {
            toponym.kind == ToponymKind::Demonym && span.overlaps(annalist_schema::Span::from(toponym.span))
        })
    }
}

/// An adjective or participle said of a noun, not a clause in which the noun acts: "men who killed" is not "men killed".
fn is_said_of(view: View<'_>, noun: u32, word: u32) -> bool {
    match view.token(word).deprel {
        Deprel::AclRelcl => is_passive(view, word) || has_copula(view, word),
        Deprel::Acl => !view.form(word).ends_with("ing") && !is_infinitive(view, word) && word > noun,
        _ => true,
    }
}

fn is_infinitive(view: View<'_>, word: u32) -> bool {
    view.children_by(word, &[Deprel::Mark]).any(|mark| view.form(mark).eq_ignore_ascii_case("to"))
}

/// Whether a predicate is passive: by its auxiliary or its features.
pub fn is_passive(view: View<'_>, predicate: u32) -> bool {
    view.children_by(predicate, &[Deprel::AuxPass, Deprel::NsubjPass]).next().is_some()
        || view.token(predicate).feats.passive
}

fn has_copula(view: View<'_>, predicate: u32) -> bool {
    view.children_by(predicate, &[Deprel::Cop]).next().is_some()
}

/// "12 people, including five children": the count that this one is a part of hangs above it.
pub fn whole_of(view: View<'_>, phrase: Phrase) -> Option<u32> {
    let at = first_conjunct(view, phrase.head);
    let token = view.token(at);
    let is_part = token.deprel == Deprel::Nmod && has_case(view, at, &["including", "among", "with"]);
    is_part.then_some(token.head).flatten()
}
