//! *How do the words of a clause hang together?* The few questions about a dependency tree that several readers of claims ask.

use annalist_schema::{Deprel, Upos, View};

/// Whether a nominal carries one of these adpositions.
pub fn has_case(view: View<'_>, token: u32, words: &[&str]) -> bool {
    case(view, token).is_some_and(|case| words.contains(&case.as_str()))
}

/// The adposition of a nominal, lower case.
pub fn case(view: View<'_>, token: u32) -> Option<String> {
    view.children_by(token, &[Deprel::Case, Deprel::Mark]).next().map(|case| view.form(case).to_lowercase())
}

/// The first of a row of coordinated nominals: it carries the relation for all.
pub fn first_conjunct(view: View<'_>, token: u32) -> u32 {
    let mut at = token;
    // A row is no longer than its sentence; a damaged tree must not hang us.
    for _ in 0..view.sentence_tokens(token).len() {
        let found = view.token(at);
        match found.head {
            Some(head) if found.deprel == Deprel::Conj && is_nominal(view, head) => at = head,
            _ => break,
        }
    }
    at
}

/// A noun, a name, a number or a pronoun.
pub fn is_nominal(view: View<'_>, token: u32) -> bool {
    matches!(view.token(token).upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Pron | Upos::Sym | Upos::X)
}

/// Whether a predicate is passive: by its auxiliary or subject, or by its features where it has no subject of its own.
pub fn is_passive(view: View<'_>, predicate: u32) -> bool {
    let has = |relations: &'static [Deprel]| view.children_by(predicate, relations).next().is_some();
    has(&[Deprel::AuxPass, Deprel::NsubjPass])
        || (view.token(predicate).feats.passive && !has(&[Deprel::Nsubj]))
}

/// Whether a predicate stands with a copula.
pub fn has_copula(view: View<'_>, predicate: u32) -> bool {
    view.children_by(predicate, &[Deprel::Cop]).next().is_some()
}

/// The subject of a predicate; coordinated and open complements share that of the predicate above.
pub fn subject(view: View<'_>, predicate: u32) -> Option<u32> {
    let mut at = predicate;
    for _ in 0..6 {
        let own = view.children_by(at, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter]).next();
        if own.is_some() {
            return own;
        }
        match (view.token(at).deprel, view.token(at).head) {
            (Deprel::Conj | Deprel::Xcomp, Some(head)) => at = head,
            _ => return None,
        }
    }
    None
}

/// How a nominal stands to a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It does what the predicate says.
    Subject,
    /// It undergoes it: objects and passive subjects.
    Object,
    /// It stands behind a preposition.
    Oblique,
}

/// The predicates of a nominal, its own first, then those coordinated with it that share it.
///
/// A noun with a past participle behind it that has no predicate of its own ("The talks collapsed", read as a reduced clause) is given both relations,
/// because parsers confuse the two.
pub fn predicates(view: View<'_>, noun: u32) -> Vec<(u32, Relation)> {
    let token = view.token(noun);
    let mut found = Vec::new();
    match (token.deprel, token.head) {
        (Deprel::Obj | Deprel::Iobj, Some(verb)) => found.push((verb, Relation::Object)),
        (Deprel::Obl | Deprel::OblAgent | Deprel::OblUnmarked, Some(verb)) => {
            let relation = if case(view, noun).is_some() { Relation::Oblique } else { Relation::Object };
            found.push((verb, relation));
        }
        (Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter, Some(verb)) => {
            found.extend(sharing(view, verb).map(|verb| (verb, subject_relation(view, verb))));
        }
        _ => {}
    }
    found.extend(reduced(view, noun));
    found
}

fn subject_relation(view: View<'_>, verb: u32) -> Relation {
    if is_passive(view, verb) { Relation::Object } else { Relation::Subject }
}

/// A predicate and the coordinated ones without a subject of their own.
fn sharing(view: View<'_>, verb: u32) -> impl Iterator<Item = u32> {
    let has_subject =
        move |verb: u32| view.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next().is_some();
    let shared = view.children_by(verb, &[Deprel::Conj]).filter(move |&conjunct| !has_subject(conjunct));
    [verb].into_iter().chain(shared)
}

/// Clauses behind the noun that speak of it: "people killed", "men who died".
fn reduced(view: View<'_>, noun: u32) -> Vec<(u32, Relation)> {
    let has_predicate = view.token(noun).head.is_some();
    let clauses = view
        .children_by(noun, &[Deprel::Acl, Deprel::AclRelcl, Deprel::Parataxis])
        .filter(|&word| word > noun && view.token(word).upos == Upos::Verb);
    let mut found = Vec::new();
    for word in clauses {
        let is_relative = view.token(word).deprel == Deprel::AclRelcl;
        let is_participle = !view.form(word).ends_with("ing") && !is_infinitive(view, word);
        if is_relative {
            found.extend(relative_relation(view, noun, word).map(|relation| (word, relation)));
        } else if is_participle {
            found.push((word, Relation::Object));
        }
        if !is_relative && !has_predicate && is_participle {
            found.extend(sharing(view, word).map(|word| (word, Relation::Subject)));
        }
    }
    found
}

/// The noun is the clause's subject only if nothing but a relative pronoun is.
fn relative_relation(view: View<'_>, noun: u32, verb: u32) -> Option<Relation> {
    let subject = view.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
    let is_pronoun = subject.is_none_or(|subject| {
        subject > noun && ["who", "that", "which"].contains(&view.form(subject).to_lowercase().as_str())
    });
    is_pronoun.then(|| subject_relation(view, verb))
}

/// Whether a verb stands with "to".
pub fn is_infinitive(view: View<'_>, verb: u32) -> bool {
    view.children_by(verb, &[Deprel::Mark]).any(|mark| view.form(mark).eq_ignore_ascii_case("to"))
}

/// The base forms under which a lexicon may know a word, best first: the lemma, the form, and the form without its ending, since lemmas of rare words
/// are guessed.
pub fn base_forms(view: View<'_>, token: u32) -> Vec<String> {
    let form = view.form(token).to_lowercase();
    let mut forms = vec![view.lemma(token).to_lowercase(), form.clone()];
    let endings: [(&str, &[&str]); 4] =
        [("ies", &["y"]), ("s", &[""]), ("ed", &["", "e"]), ("ing", &["", "e"])];
    for (ending, bases) in endings {
        if let Some(stem) = form.strip_suffix(ending).filter(|stem| stem.len() > 2) {
            forms.extend(bases.iter().map(|base| format!("{stem}{base}")));
        }
    }
    forms
}
