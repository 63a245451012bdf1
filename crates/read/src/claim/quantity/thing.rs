//! *What is counted?* Killed, arrested, troops, rockets: from the noun, what is said of it, and what is done to it.

use annalist_data::quantities::{Quantities, Role, Thing};
use annalist_schema::{Deprel, ToponymKind, Upos, View};

use super::phrase::Phrase;
use crate::claim::Context;
use crate::claim::syntax::{Relation, base_forms, first_conjunct, has_copula, predicates};

/// What a number counts, and the word that says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counts {
    /// The counted thing.
    pub thing: &'static Thing,
    /// "killed" in "killed 12 people"; the counted noun in "12 rockets".
    pub governor: u32,
    /// The noun that the number counts, if not the phrase's own: "the number of troops fell to 400".
    pub noun: Option<u32>,
    /// Whether nothing but a noun for persons says so.
    pub only_persons: bool,
}

/// What a phrase counts, the word that decides first; two where two things are said of the same persons: "three men arrested in May were freed".
pub fn things(ctx: &Context<'_>, phrase: Phrase) -> Vec<Counts> {
    let words = Words { ctx, view: ctx.view, lexicon: Quantities::embedded() };
    let beside = words.by_left(phrase).or_else(|| words.by_right(phrase));
    let said = words.by_state(phrase);
    let governed = words.by_governor(phrase, first_conjunct(ctx.view, phrase.head));
    let mut found: Vec<Counts> = words.by_noun(phrase).into_iter().collect();
    if found.is_empty() {
        // "Two students kidnapped in May were freed" are two kidnapped and two freed.
        for counts in beside.into_iter().chain(governed).chain(said) {
            if found.iter().all(|known| known.thing != counts.thing) {
                found.push(counts);
            }
        }
    }
    if found.is_empty() {
        found.extend(words.by_person(phrase));
    }
    found
}

struct Words<'c, 'a> {
    ctx: &'c Context<'a>,
    view: View<'a>,
    lexicon: &'static Quantities,
}

impl Words<'_, '_> {
    fn of(&self, role: Role, token: u32, governor: u32) -> Option<Counts> {
        let thing = base_forms(self.view, token).iter().find_map(|form| self.lexicon.thing(role, form))?;
        Some(Counts { thing, governor, noun: None, only_persons: false })
    }

    /// "12 deaths", "five rockets".
    fn by_noun(&self, phrase: Phrase) -> Option<Counts> {
        let noun = phrase.noun?;
        self.of(Role::Noun, noun, noun)
    }

    /// "seven dead", "five wounded soldiers".
    fn by_state(&self, phrase: Phrase) -> Option<Counts> {
        [phrase.noun, Some(phrase.head)].into_iter().flatten().find_map(|at| {
            let mut said = self.view.children_by(at, &[Deprel::Amod, Deprel::Acl]);
            said.find_map(|word| {
                let before = (word < at).then(|| self.patient(phrase, word)).flatten();
                self.of(Role::State, word, word).or(before)
            })
        })
    }

    /// "killed 12", "12 were killed", "12 died", "the death of 12", "the toll rose to 12".
    fn by_governor(&self, phrase: Phrase, at: u32) -> Option<Counts> {
        let predicates = predicates(self.view, at);
        let by_predicate = predicates.iter().find_map(|&(verb, relation)| match relation {
            Relation::Object => self.patient(phrase, verb).or_else(|| self.by_complement(phrase, verb)),
            Relation::Subject => self.by_subject(phrase, verb),
            Relation::Oblique => None,
        });
        by_predicate
            .or_else(|| self.by_noun_above(at))
            .or_else(|| self.by_copula(at))
            .or_else(|| self.by_estimate(at))
            .or_else(|| self.by_figure(phrase, self.view.token(at).head?))
    }

    /// "Troops, estimated at 40,000", "a band numbering 300": the size of what the participle is said of.
    fn by_estimate(&self, at: u32) -> Option<Counts> {
        let verb = self.view.token(at).head?;
        let token = self.view.token(verb);
        let tells_size =
            matches!(self.view.lemma(verb), "estimate" | "put" | "number" | "total" | "reckon" | "count");
        let noun =
            token.head.filter(|_| tells_size && matches!(token.deprel, Deprel::Acl | Deprel::Advcl))?;
        let counts = self.figure_noun(noun).or_else(|| self.of(Role::Person, noun, noun))?;
        Some(Counts { noun: counts.noun.or(Some(noun)), ..counts })
    }

    /// "the death of 12", "a toll of 12".
    fn by_noun_above(&self, at: u32) -> Option<Counts> {
        let token = self.view.token(at);
        let is_modifier =
            matches!(token.deprel, Deprel::Nmod | Deprel::Compound | Deprel::Nummod | Deprel::NmodPoss);
        let noun = token.head.filter(|_| is_modifier)?;
        self.by_nominal(noun).or_else(|| self.figure_noun(noun))
    }

    fn patient(&self, phrase: Phrase, verb: u32) -> Option<Counts> {
        self.of(Role::Patient, verb, verb)
            .filter(|_| self.may_be_persons(phrase))
            .or_else(|| self.of(Role::PersonPatient, verb, verb).filter(|_| self.counts_persons(phrase)))
            .or_else(|| self.of(Role::TroopPatient, verb, verb).filter(|_| self.counts_troops(phrase)))
            .or_else(|| self.of(Role::State, verb, verb).filter(|_| self.may_be_persons(phrase)))
    }

    /// Known to be under arms: an army that loses ten of them has ten dead, a party that loses ten voters has not.
    fn counts_troops(&self, phrase: Phrase) -> bool {
        phrase.noun.is_some_and(|noun| {
            self.of(Role::Person, noun, noun).is_some_and(|counts| counts.thing.what == "troops")
                || matches!(
                    self.view.lemma(noun),
                    "fighter" | "policeman" | "policemen" | "guard" | "militiaman" | "commander" | "pilot"
                )
        })
    }

    fn by_subject(&self, phrase: Phrase, predicate: u32) -> Option<Counts> {
        self.of(Role::Agent, predicate, predicate)
            .or_else(|| self.of(Role::PersonAgent, predicate, predicate))
            .filter(|_| self.may_be_persons(phrase))
            .or_else(|| {
                self.of(Role::State, predicate, predicate).filter(|_| has_copula(self.view, predicate))
            })
            .or_else(|| self.by_complement(phrase, predicate))
    }

    /// "left 12 dead", "remained missing", "left nine wounded".
    fn by_complement(&self, phrase: Phrase, verb: u32) -> Option<Counts> {
        let mut complements =
            self.view.children_by(verb, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl, Deprel::Obj]);
        complements.find_map(|word| {
            let follows = word > phrase.head;
            self.of(Role::State, word, word).or_else(|| self.patient(phrase, word)).filter(|_| follows)
        })
    }

    /// "killing 12", "the dead are 12": the word before the number, whatever the tree says.
    fn by_left(&self, phrase: Phrase) -> Option<Counts> {
        let tokens = self.view.sentence_tokens(phrase.numeral);
        let before = |end: u32| (tokens.start..end).rev().find(|&token| !self.is_filler(token));
        let first = tokens.clone().find(|&token| self.view.token(token).span.start >= phrase.words.start)?;
        let left = before(first)?;
        if self.view.token(left).upos == Upos::Aux {
            let noun = before(left)?;
            return self.figure_noun(noun).or_else(|| self.of(Role::Noun, noun, noun));
        }
        let is_verb = self.view.token(left).upos == Upos::Verb;
        let follows_auxiliary = before(left).is_some_and(|token| self.view.lemma(token) == "be");
        (is_verb && !follows_auxiliary).then(|| self.patient(phrase, left)).flatten()
    }

    /// "12 were killed", "12 died", "and five wounded": the words behind the number, whatever the tree says.
    fn by_right(&self, phrase: Phrase) -> Option<Counts> {
        let tokens = self.view.sentence_tokens(phrase.numeral);
        let last = phrase.noun.unwrap_or(phrase.numeral).max(phrase.numeral);
        let after = last + 1..tokens.end.min(last + 6);
        let auxiliary = |token: u32| self.view.token(token).upos == Upos::Aux;
        let word = after.clone().find(|&token| !auxiliary(token) && !self.is_filler(token))?;
        let is_passive = (last + 1..word).any(|token| self.view.lemma(token) == "be");
        if is_passive {
            return self.patient(phrase, word).or_else(|| self.of(Role::State, word, word));
        }
        let agent = self
            .of(Role::Agent, word, word)
            .or_else(|| self.of(Role::PersonAgent, word, word))
            .filter(|_| self.may_be_persons(phrase));
        let stands_alone = word + 1 >= tokens.end
            || matches!(self.view.token(word + 1).upos, Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Adv);
        let participle = || {
            let said = word == last + 1 && stands_alone && self.view.form(word).ends_with(['d', 'n', 'g']);
            said.then(|| self.patient(phrase, word)).flatten()
        };
        agent.or_else(participle)
    }

    /// Adverbs and determiners, over which neighbours see each other.
    fn is_filler(&self, token: u32) -> bool {
        matches!(self.view.token(token).upos, Upos::Adv | Upos::Det)
            || ["others", "other", "more", "another", "reported", "reportedly", "confirmed"]
                .contains(&self.view.form(token).to_lowercase().as_str())
    }

    fn by_nominal(&self, noun: u32) -> Option<Counts> {
        self.of(Role::Nominal, noun, noun).or_else(|| self.of(Role::Noun, noun, noun))
    }

    /// "the confirmed deaths are 14 civilians".
    fn by_copula(&self, at: u32) -> Option<Counts> {
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
        let by_demonym = || {
            let thing = self.lexicon.thing(Role::Person, "people").filter(|_| self.is_demonym(noun))?;
            Some(Counts { thing, governor: noun, noun: None, only_persons: true })
        };
        let by_noun = self.of(Role::Person, noun, noun);
        by_noun.map(|counts| Counts { only_persons: true, ..counts }).or_else(by_demonym)
    }

    /// Known to be persons: "12 students", "12 Tibetans".
    fn counts_persons(&self, phrase: Phrase) -> bool {
        phrase.noun.is_some_and(|noun| self.of(Role::Person, noun, noun).is_some() || self.is_demonym(noun))
    }

    /// Not known to be anything else; an omitted noun is mostly persons, and so is an unknown one.
    fn may_be_persons(&self, phrase: Phrase) -> bool {
        phrase
            .noun
            .is_none_or(|noun| self.of(Role::Noun, noun, noun).is_none_or(|counts| counts.thing.person))
    }

    fn is_demonym(&self, noun: u32) -> bool {
        let span = self.view.token(noun).span;
        self.ctx.toponyms_around(span).iter().any(|toponym| {
            toponym.kind == ToponymKind::Demonym && span.overlaps(annalist_schema::Span::from(toponym.span))
        })
    }
}
