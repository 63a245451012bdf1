//! *Who does it and to what, in whatever form the sentence says so?* The slots around a word, the same for active and
//! passive, verb and noun, main clause and relative clause.

use annalist_data::lexicon::{HeadKind, Slot, lexicon};
use annalist_schema::{Deprel, Tense, Upos, VerbForm};

use super::tree::Tree;

/// How far clauses are followed to find a subject that is left out.
const MAX_STEPS: usize = 6;

/// How far from its head a word may stand and still count as near.
const NEAR: u32 = 30;

/// The slots around a head, each holding head words.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// The head.
    pub head: u32,
    /// Who does it.
    pub subject: Vec<u32>,
    /// To what.
    pub object: Vec<u32>,
    /// Verbs that complete it.
    pub clause: Vec<u32>,
    /// Those of them that stand with "to".
    pub infinitive: Vec<u32>,
    /// Adjectives, compounds and adverbs.
    pub modifier: Vec<u32>,
    /// Prepositions and what follows them.
    pub oblique: Vec<(String, u32)>,
    /// Particles and adverbs without complement.
    pub particle: Vec<String>,
    /// Modal and other auxiliaries.
    pub auxiliary: Vec<u32>,
    /// Words of the clause.
    pub near: Vec<u32>,
    /// Whether it is a passive, with or without its auxiliary.
    pub passive: bool,
}

impl Frame {
    /// The slots around a word that stands as a verb, noun or adjective.
    pub fn of(tree: &Tree<'_>, head: u32, kind: HeadKind) -> Self {
        let mut frame = match kind {
            HeadKind::Verb => verb(tree, head),
            HeadKind::Noun => noun(tree, head),
            HeadKind::Adjective => adjective(tree, head),
        };
        frame.head = head;
        frame.near = near(tree, head);
        let is_infinitive =
            |&verb: &u32| tree.children_by(verb, &["mark"]).any(|mark| tree.lemma(mark) == "to");
        frame.infinitive = frame.clause.iter().copied().filter(is_infinitive).collect();
        frame
    }

    /// The words in a slot.
    pub fn slot(&self, slot: &Slot) -> Vec<u32> {
        match slot {
            Slot::Subject => self.subject.clone(),
            Slot::Object => self.object.clone(),
            Slot::Clause => self.clause.clone(),
            Slot::Modifier => self.modifier.clone(),
            Slot::Near => self.near.clone(),
            Slot::After(preposition) => self.after(preposition).collect(),
            Slot::Auxiliary => self.auxiliary.clone(),
            Slot::Infinitive => self.infinitive.clone(),
            Slot::Inner | Slot::Speaker => Vec::new(),
        }
    }

    /// What follows a preposition.
    pub fn after<'f>(&'f self, preposition: &'f str) -> impl Iterator<Item = u32> + 'f {
        self.oblique.iter().filter(move |(case, _)| case == preposition).map(|&(_, word)| word)
    }
}

fn verb(tree: &Tree<'_>, head: u32) -> Frame {
    let mut frame = Frame { head, passive: is_passive(tree, head), ..Frame::default() };
    for &child in tree.children(head) {
        match tree.rel(child) {
            Deprel::Nsubj if frame.passive && !has_by_agent(tree, head) && is_participle_only(tree, head) => {
                frame.object.push(child);
            }
            Deprel::Nsubj | Deprel::NsubjOuter => frame.subject.push(child),
            // "Was given assurances": what is given is the object, who gets it stands as behind "to".
            Deprel::NsubjPass if is_given(tree, head) => frame.oblique.push(("to".to_owned(), child)),
            Deprel::Obj if frame.passive && !is_given(tree, head) => {
                frame.oblique.push(("".to_owned(), child));
            }
            Deprel::NsubjPass if !frame.passive => frame.subject.push(child),
            Deprel::NsubjPass => frame.object.push(child),
            Deprel::Obj => frame.object.push(child),
            Deprel::Iobj => frame.oblique.push(("to".to_owned(), child)),
            Deprel::Expl if tree.lemma(child) == "it" => frame.subject.push(child),
            Deprel::Aux => frame.auxiliary.push(child),
            // Parsers take "blamed on the army" for an agent too.
            Deprel::OblAgent if tree.case(child) != Some("on") => frame.subject.push(child),
            _ => other_child(tree, child, &mut frame),
        }
    }
    if frame.passive {
        promote_agents(&mut frame);
        if frame.subject.is_empty() && lexicon().is("participial_adjective", tree.lemma(head)) {
            // "Chile is prepared to talk" is no passive: Chile is ready.
            frame.subject = std::mem::take(&mut frame.object);
        }
    } else if frame.object.is_empty() {
        // "Allowed the candidate to run": the parser may take the only object for an indirect one.
        frame.object =
            tree.children(head).iter().copied().filter(|&child| tree.rel(child) == Deprel::Iobj).collect();
        if frame.object.is_empty() {
            frame.object = shared_objects(tree, head);
        }
    }
    frame.auxiliary.extend(semi_auxiliary(tree, head));
    if frame.subject.is_empty() && matches!(tree.upos(head), Upos::Noun | Upos::Propn) {
        // "Police arrest six students": a headline's verb taken for a noun, and its subject for a part of that.
        frame.subject = tree.children_by(head, &["compound"]).filter(|&child| child + 1 == head).collect();
    }
    if frame.subject.is_empty() || frame.object.is_empty() {
        inherit(tree, head, &mut frame);
    }
    join_titles(tree, &mut frame);
    expand(tree, &mut frame);
    attach_loose_phrases(tree, &mut frame);
    if is_given(tree, head) {
        promote_agents(&mut frame);
    }
    frame
}

/// Whether the object of a passive is what somebody gets.
fn is_given(tree: &Tree<'_>, verb: u32) -> bool {
    is_given_form(tree, verb) && is_passive(tree, verb) && tree.children_by(verb, &["obj"]).next().is_some()
}

fn is_given_form(tree: &Tree<'_>, verb: u32) -> bool {
    matches!(
        tree.lemma(verb),
        "give" | "grant" | "offer" | "hand" | "award" | "send" | "show" | "promise" | "deny" | "pay" | "lend"
    )
}

/// "Attacked, looted and burned a convoy": the object behind the last of a row of verbs is that of all, where nothing but
/// commas and "and" stands between them.
fn shared_objects(tree: &Tree<'_>, head: u32) -> Vec<u32> {
    let first = if tree.is_rel(head, &["conj"]) { tree.head(head).unwrap_or(head) } else { head };
    let Some(last) = tree.children_by(first, &["conj"]).last().filter(|&last| last > head) else {
        return Vec::new();
    };
    let is_row = |word: u32| {
        matches!(tree.view.form(word), ",")
            || tree.upos(word) == Upos::Cconj
            || word == last
            || tree.head(word) == Some(first) && tree.upos(word) == Upos::Verb
    };
    let is_bare = tree.upos(last) == Upos::Verb
        && tree.view.token(last).feats.verb_form == tree.view.token(head).feats.verb_form
        && (head + 1..=last).all(is_row);
    if is_bare { tree.children_by(last, &["obj"]).collect() } else { Vec::new() }
}

/// "From Arab League head Omar Haddad": the parser may cut the title with the name from what bears the preposition.
fn join_titles(tree: &Tree<'_>, frame: &mut Frame) {
    let head = frame.head;
    let names = |title: u32| {
        tree.children_by(title, &["appos", "flat", "obj"]).filter(|&name| tree.upos(name) == Upos::Propn)
    };
    let is_title = |&title: &u32| {
        tree.upos(title) == Upos::Noun
            && tree.is_someone(title)
            && tree.case(title).is_none()
            && tree.is_rel(title, &["obl", "nmod", "advcl", "appos"])
            && names(title).next() == Some(title + 1)
    };
    for title in tree.children(head).iter().copied().filter(is_title) {
        let ends_before =
            |word: u32| tree.subtree(word, |_| true).last().is_some_and(|&last| last + 1 == title);
        let whole = frame.oblique.iter().find(|(case, word)| !case.is_empty() && ends_before(*word));
        let Some((case, _)) = whole.cloned() else { continue };
        frame.oblique.retain(|&(_, word)| word != title);
        let others = names(title).flat_map(|name| tree.with_conjuncts(name).into_iter().skip(1));
        frame.oblique.extend(std::iter::once(title).chain(others).map(|word| (case.clone(), word)));
    }
}

/// "By" marks the subject of a passive.
fn promote_agents(frame: &mut Frame) {
    let is_agent = |(case, _): &(String, u32)| case == "by";
    let agents: Vec<u32> =
        frame.oblique.iter().filter(|pair| is_agent(pair)).map(|&(_, word)| word).collect();
    if frame.subject.is_empty() {
        frame.subject = agents;
        frame.oblique.retain(|pair| !is_agent(pair));
    }
}

fn other_child(tree: &Tree<'_>, child: u32, frame: &mut Frame) {
    match tree.rel(child).base() {
        "obl" | "nmod" => {
            frame.oblique.push((tree.case(child).unwrap_or_default().to_owned(), child));
        }
        "compound" if tree.rel(child) == Deprel::CompoundPrt => {
            frame.particle.push(tree.lemma(child).to_owned())
        }
        "advmod" | "expl" => {
            frame.particle.push(tree.lemma(child).to_owned());
            frame.modifier.push(child);
        }
        "amod" | "compound" => frame.modifier.push(child),
        "xcomp" | "ccomp" => frame.clause.push(child),
        "advcl" | "acl" => {
            // "Accused them of attacking", "prevented from leaving", "went to meet": the preposition or "to" marks it.
            if let Some(case) = tree.case(child) {
                frame.oblique.push((case.to_owned(), child));
                if case == "to" {
                    frame.clause.push(child);
                }
            } else if is_object_clause(tree, child, frame.head) {
                frame.clause.push(child);
            }
        }
        "parataxis" if tree.view.form(child).len() > 2 && child < frame.head => {}
        _ => {}
    }
}

/// "Took over guarding the camps": a gerund right behind its verb is what the verb is about.
fn is_object_clause(tree: &Tree<'_>, child: u32, head: u32) -> bool {
    let between = head + 1..child;
    let is_particle = |word: u32| tree.head(word) == Some(head) && tree.rel(word) == Deprel::CompoundPrt;
    child > head
        && tree.view.form(child).ends_with("ing")
        && tree.children_by(child, &["nsubj", "mark"]).next().is_none()
        && between.clone().all(is_particle)
        && between.len() <= 1
}

/// What hangs from an occasion belongs there: "resumed air strikes after losses in Cauca".
fn is_occasion(case: &str) -> bool {
    matches!(case, "after" | "before" | "amid" | "following" | "since" | "during")
}

/// A preposition that the parser hung on the object, or on the last phrase, may belong to the verb.
fn attach_loose_phrases(tree: &Tree<'_>, frame: &mut Frame) {
    let obliques = frame.oblique.iter().filter(|(case, _)| !is_occasion(case)).map(|&(_, word)| word);
    let hosts: Vec<u32> = frame.object.iter().copied().chain(obliques).collect();
    for host in hosts {
        for child in tree.children_by(host, &["nmod", "acl", "obl", "advcl"]) {
            if let Some(case) = tree.case(child)
                && (case != "of" || frame.object.contains(&host))
            {
                frame.oblique.push((case.to_owned(), child));
            }
        }
    }
}

/// "Has to", "needs to" above an infinitive.
fn semi_auxiliary(tree: &Tree<'_>, head: u32) -> Option<u32> {
    let above = tree.head(head).filter(|_| tree.is_rel(head, &["xcomp"]))?;
    matches!(tree.lemma(above), "have" | "need").then_some(above)
}

/// Coordinated words fill a slot together.
fn expand(tree: &Tree<'_>, frame: &mut Frame) {
    let all = |words: &[u32]| -> Vec<u32> {
        let mut words: Vec<u32> =
            words.iter().flat_map(|&word| tree.with_conjuncts(antecedent(tree, word))).collect();
        words.dedup();
        words
    };
    frame.subject = all(&frame.subject);
    frame.object = all(&frame.object);
    let obliques = std::mem::take(&mut frame.oblique);
    for (case, word) in obliques {
        let conjuncts = tree.with_conjuncts(antecedent(tree, word));
        frame.oblique.extend(conjuncts.into_iter().map(|word| (case.clone(), word)));
    }
}

/// The noun that a relative pronoun stands for, else the word itself.
pub fn antecedent(tree: &Tree<'_>, word: u32) -> u32 {
    let is_relative = matches!(tree.lemma(word), "who" | "which" | "that" | "whom" | "whose")
        && matches!(tree.upos(word), Upos::Pron | Upos::Det | Upos::Sconj);
    if !is_relative {
        return word;
    }
    let clause = tree.ancestors(word).find(|&at| tree.rel(at) == Deprel::AclRelcl);
    clause.and_then(|clause| tree.head(clause)).unwrap_or(word)
}

/// Whether a verb is passive: by its auxiliary or subject, or because it is a participle that stands without one.
pub fn is_passive(tree: &Tree<'_>, head: u32) -> bool {
    let has = |relation: Deprel| tree.children(head).iter().any(|&child| tree.rel(child) == relation);
    // "It had shelled the town": what has an object and "have" without "been" is active, whatever the parser made of its subject.
    let has_acted = || {
        let has_have = tree.children_by(head, &["aux"]).any(|aux| tree.lemma(aux) == "have");
        has_have && has(Deprel::Obj) && !is_given_form(tree, head)
    };
    if has(Deprel::AuxPass) || has(Deprel::NsubjPass) && !has_acted() {
        return true;
    }
    if has(Deprel::NsubjPass) {
        return false;
    }
    if !is_past_participle(tree, head) || has_auxiliary(tree, head) {
        return false;
    }
    let has_object = tree.children_by(head, &["obj"]).next().is_some();
    match tree.rel(head) {
        Deprel::Acl | Deprel::Amod => true,
        Deprel::Advcl => !has_object && tree.children_by(head, &["nsubj"]).next().is_none(),
        Deprel::Conj => {
            let first = tree.head(head);
            first.is_some_and(|first| first != head && tree.children_by(head, &["nsubj"]).next().is_none())
                && first.is_some_and(|first| {
                    tree.children(first)
                        .iter()
                        .any(|&child| matches!(tree.rel(child), Deprel::AuxPass | Deprel::NsubjPass))
                })
        }
        _ => false,
    }
}

fn is_past_participle(tree: &Tree<'_>, head: u32) -> bool {
    let feats = tree.view.token(head).feats;
    feats.passive || (feats.verb_form == Some(VerbForm::Part) && feats.tense != Some(Tense::Pres))
}

fn is_participle_only(tree: &Tree<'_>, head: u32) -> bool {
    matches!(tree.rel(head), Deprel::Acl | Deprel::Amod)
}

fn has_by_agent(tree: &Tree<'_>, head: u32) -> bool {
    tree.children(head).iter().any(|&child| tree.rel(child) == Deprel::OblAgent)
}

fn has_auxiliary(tree: &Tree<'_>, head: u32) -> bool {
    tree.children_by(head, &["aux"]).next().is_some()
}

/// Takes a subject or object that stands in another clause: control, coordination, participles, relative clauses.
fn inherit(tree: &Tree<'_>, head: u32, frame: &mut Frame) {
    let Some(above) = tree.head(head) else { return };
    match tree.rel(head) {
        Deprel::AclRelcl => inherit_gap(tree, above, frame),
        Deprel::Acl => {
            if frame.passive {
                fill(&mut frame.object, &[above]);
            } else if tree.view.token(head).feats.verb_form == Some(VerbForm::Inf)
                || tree.case(head).is_some()
            {
                fill(&mut frame.subject, &holders(tree, above));
            } else {
                fill(&mut frame.subject, &authors(tree, above));
            }
        }
        Deprel::Amod => fill(&mut frame.object, &[above]),
        _ => {
            let found = implied_subject(tree, head, MAX_STEPS);
            if frame.passive {
                fill(&mut frame.object, &found);
            } else {
                fill(&mut frame.subject, &found);
            }
        }
    }
}

fn fill(slot: &mut Vec<u32>, words: &[u32]) {
    if slot.is_empty() {
        slot.extend_from_slice(words);
    }
}

/// A relative clause without a pronoun for its noun: "the town they shelled".
fn inherit_gap(tree: &Tree<'_>, noun: u32, frame: &mut Frame) {
    let uses_pronoun = frame.subject.iter().chain(&frame.object).any(|&word| antecedent(tree, word) != word);
    if uses_pronoun {
        return;
    }
    if frame.subject.is_empty() && !frame.passive {
        frame.subject.push(noun);
    } else if frame.object.is_empty() {
        frame.object.push(noun);
    }
}

/// "Issued a statement condemning it": whose words they are; any other noun does itself what is said about it.
fn authors(tree: &Tree<'_>, noun: u32) -> Vec<u32> {
    let holders =
        if lexicon().is("speech_noun", tree.lemma(noun)) { holders(tree, noun) } else { Vec::new() };
    if holders.is_empty() { vec![noun] } else { holders }
}

/// Whose plan, decision, promise it is.
fn holders(tree: &Tree<'_>, noun: u32) -> Vec<u32> {
    let possessors: Vec<u32> = tree.children_by(noun, &["nmod:poss"]).collect();
    if !possessors.is_empty() {
        return possessors;
    }
    let by = |child: &u32| matches!(tree.case(*child), Some("by" | "of" | "from" | "between"));
    let complements: Vec<u32> =
        tree.children_by(noun, &["nmod"]).filter(by).filter(|&word| tree.is_someone(word)).collect();
    if !complements.is_empty() {
        return complements;
    }
    let modifiers: Vec<u32> =
        tree.children_by(noun, &["amod", "compound"]).filter(|&word| tree.is_someone(word)).collect();
    if !modifiers.is_empty() {
        return modifiers;
    }
    // "Reached an agreement to ...": who reached it.
    match tree.head(noun) {
        Some(verb) if tree.is_rel(noun, &["obj", "obl", "nsubj:pass"]) => subjects_of(tree, verb, 3),
        _ => Vec::new(),
    }
}

/// The subjects of a verb, its own or implied.
pub fn subjects_of(tree: &Tree<'_>, verb: u32, steps: usize) -> Vec<u32> {
    let own: Vec<u32> = if is_passive(tree, verb) {
        let agent = |child: &u32| tree.rel(*child) == Deprel::OblAgent || tree.case(*child) == Some("by");
        tree.children_by(verb, &["obl"]).filter(agent).collect()
    } else {
        let is_subject = |&child: &u32| matches!(tree.rel(child), Deprel::Nsubj | Deprel::NsubjPass);
        tree.children(verb).iter().copied().filter(is_subject).collect()
    };
    if own.is_empty() && !is_passive(tree, verb) { implied_subject(tree, verb, steps) } else { own }
}

/// The surface subject of a verb, passive or not.
fn surface_subjects(tree: &Tree<'_>, verb: u32, steps: usize) -> Vec<u32> {
    let own: Vec<u32> =
        tree.children_by(verb, &["nsubj", "expl"]).filter(|&child| tree.lemma(child) != "there").collect();
    if own.is_empty() { implied_subject(tree, verb, steps) } else { own }
}

fn implied_subject(tree: &Tree<'_>, verb: u32, steps: usize) -> Vec<u32> {
    let (Some(above), Some(steps)) = (tree.head(verb), steps.checked_sub(1)) else { return Vec::new() };
    match tree.rel(verb).base() {
        "xcomp" => controller(tree, above, steps),
        "ccomp" if tree.view.token(verb).feats.verb_form == Some(VerbForm::Inf) => {
            controller(tree, above, steps)
        }
        "conj" if tree.upos(above) == Upos::Verb || tree.upos(above) == Upos::Adj => {
            surface_subjects(tree, above, steps)
        }
        // "The depot was attacked by drones, killing three": what was attacked kills nobody.
        "advcl"
            if is_passive(tree, above)
                && tree.view.form(verb).ends_with("ing")
                && tree.case(verb).is_none() =>
        {
            subjects_of(tree, above, steps)
        }
        "advcl" if !charged(tree, verb, above).is_empty() => charged(tree, verb, above),
        "advcl" | "parataxis" if tree.upos(above) == Upos::Verb => surface_subjects(tree, above, steps),
        "acl" if tree.rel(verb) == Deprel::AclRelcl => vec![above],
        "acl" if is_passive(tree, verb) || tree.view.token(verb).feats.verb_form == Some(VerbForm::Part) => {
            vec![above]
        }
        "acl" => holders(tree, above),
        "advcl" | "xcomp:adj" => surface_subjects(tree, above, steps),
        _ => Vec::new(),
    }
}

/// "Accused Chad of shelling the town", "thanked Peru for helping": who is accused or thanked did it.
fn charged(tree: &Tree<'_>, verb: u32, above: u32) -> Vec<u32> {
    let is_deed =
        tree.view.form(verb).ends_with("ing") && matches!(tree.case(verb), Some("of" | "for" | "from"));
    let objects = tree.children_by(above, &["obj"]).filter(|&object| is_deed && tree.is_someone(object));
    objects.collect()
}

/// Who does what a verb's infinitive says: its object ("urged them to go"), else its subject ("agreed to go").
fn controller(tree: &Tree<'_>, above: u32, steps: usize) -> Vec<u32> {
    let object: Vec<u32> = tree.children_by(above, &["obj", "iobj"]).collect();
    if !object.is_empty() && tree.lemma(above) != "promise" {
        return object;
    }
    // "Called on them to go", "appealed to them to go".
    let addressed = |child: &u32| {
        matches!(tree.case(*child), Some("on" | "upon" | "to" | "for" | "with")) && tree.is_someone(*child)
    };
    let addressed: Vec<u32> = match tree.lemma(above) {
        "call" | "appeal" | "plead" | "wait" | "prevail" | "press" | "push" => {
            tree.children_by(above, &["obl", "nmod"]).filter(addressed).collect()
        }
        _ => Vec::new(),
    };
    if addressed.is_empty() { surface_subjects(tree, above, steps) } else { addressed }
}

fn adjective(tree: &Tree<'_>, head: u32) -> Frame {
    let mut frame = Frame::default();
    for &child in tree.children(head) {
        match tree.rel(child).base() {
            "nsubj" => frame.subject.push(child),
            "expl" if tree.lemma(child) == "it" => frame.subject.push(child),
            _ => other_child(tree, child, &mut frame),
        }
    }
    if frame.subject.is_empty() {
        match tree.head(head) {
            Some(above) if tree.is_rel(head, &["amod", "acl"]) => frame.subject.push(above),
            _ => frame.subject = implied_subject(tree, head, MAX_STEPS),
        }
    }
    attach_loose_phrases(tree, &mut frame);
    expand(tree, &mut frame);
    frame
}

fn noun(tree: &Tree<'_>, head: u32) -> Frame {
    let mut frame = Frame::default();
    let mut possessors = Vec::new();
    let mut modifiers = Vec::new();
    for &child in tree.children(head) {
        match tree.rel(child).base() {
            "nmod" if tree.rel(child) == Deprel::NmodPoss => possessors.push(child),
            "nmod" | "obl" => frame.oblique.push((tree.case(child).unwrap_or_default().to_owned(), child)),
            "amod" | "compound" | "nummod" | "det" => {
                frame.modifier.push(child);
                if tree.is_someone(child) {
                    modifiers.push(child);
                }
            }
            "acl" => noun_clause(tree, child, &mut frame),
            "nsubj" => frame.subject.push(child),
            _ => {}
        }
    }
    let of: Vec<u32> = frame.after("of").collect();
    frame.subject.extend(frame.oblique.iter().filter(|(case, _)| case == "by").map(|&(_, word)| word));
    if frame.subject.is_empty() {
        frame.subject.extend(&possessors);
    }
    if frame.subject.is_empty() {
        frame.subject.extend(&modifiers);
    }
    frame.object = if of.is_empty() { possessors.clone() } else { of };
    if frame.object.is_empty() {
        frame.object =
            tree.children_by(head, &["compound"]).filter(|&child| tree.upos(child) != Upos::Adj).collect();
    }
    loose_noun_phrases(tree, head, &mut frame);
    expand(tree, &mut frame);
    frame
}

/// "The attack carried out by rebels", "talks aimed at peace", "a call to stop", "a decision to leave".
fn noun_clause(tree: &Tree<'_>, clause: u32, frame: &mut Frame) {
    if super::attribution::is_telling(tree, clause) {
        return;
    }
    if is_passive(tree, clause) {
        for child in tree.children_by(clause, &["obl"]) {
            match tree.case(child) {
                Some("by") => frame.subject.push(child),
                Some(case) => frame.oblique.push((case.to_owned(), child)),
                None => {}
            }
        }
    } else if tree.rel(clause) != Deprel::AclRelcl {
        frame.clause.push(clause);
        if let Some(case) = tree.case(clause) {
            frame.oblique.push((case.to_owned(), clause));
        }
    }
}

/// Phrases that the parser hung on the verb above although they follow the noun: "launched an attack on the base".
fn loose_noun_phrases(tree: &Tree<'_>, head: u32, frame: &mut Frame) {
    let Some(verb) = tree.head(head) else { return };
    if !matches!(tree.upos(verb), Upos::Verb | Upos::Aux) || !tree.is_rel(head, &["obj", "nsubj", "obl"]) {
        let nested: Vec<(String, u32)> = nested_phrases(tree, &frame.oblique);
        frame.oblique.extend(nested);
        return;
    }
    let follows = |child: &u32| *child > head && (head < verb) == (*child < verb);
    for child in tree.children_by(verb, &["obl"]).filter(follows) {
        if let Some(case) = tree.case(child).filter(|&case| case != "by") {
            frame.oblique.push((case.to_owned(), child));
        }
    }
    let nested: Vec<(String, u32)> = nested_phrases(tree, &frame.oblique);
    frame.oblique.extend(nested);
}

/// Phrases inside phrases: "attack by militants on an outpost" parsed with "on" under "militants".
fn nested_phrases(tree: &Tree<'_>, phrases: &[(String, u32)]) -> Vec<(String, u32)> {
    let hosts = phrases.iter().filter(|(case, _)| !is_occasion(case));
    let inside = hosts.flat_map(|&(_, word)| tree.children_by(word, &["nmod"]));
    inside
        .filter_map(|child| {
            tree.case(child).filter(|&case| case != "of").map(|case| (case.to_owned(), child))
        })
        .collect()
}

/// The words of the clause around a head, none of them far from it.
fn near(tree: &Tree<'_>, head: u32) -> Vec<u32> {
    let is_clause = |word: u32| tree.is_rel(word, &["root", "ccomp", "parataxis", "acl:relcl"]);
    let mut top = head;
    for above in std::iter::once(head).chain(tree.ancestors(head)) {
        top = above;
        if is_clause(above) || is_verbal_conjunct(tree, above) {
            break;
        }
    }
    let enter = |word: u32| {
        word.abs_diff(head) <= NEAR
            && !tree.is_rel(word, &["parataxis", "ccomp"])
            && !is_verbal_conjunct(tree, word)
    };
    let mut words = tree.subtree(top, enter);
    // What stands below the head is near whatever its relation.
    words.extend(tree.subtree(head, |word| word.abs_diff(head) <= NEAR));
    words.sort_unstable();
    words.dedup();
    words
}

fn is_verbal_conjunct(tree: &Tree<'_>, word: u32) -> bool {
    tree.is_rel(word, &["conj"]) && tree.upos(word) == Upos::Verb
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::{with_full_context, word_of};

    /// The filled slots around a word, each with its words.
    fn check(text: &str, head: &str, kind: HeadKind, expected: &str) {
        with_full_context(text, |_, tree| {
            let frame = Frame::of(tree, word_of(tree, head), kind);
            let words =
                |words: &[u32]| words.iter().map(|&word| tree.view.form(word)).collect::<Vec<_>>().join(" ");
            let slots = [
                ("subject", words(&frame.subject)),
                ("object", words(&frame.object)),
                ("clause", words(&frame.clause)),
            ];
            let filled = slots.into_iter().filter(|(_, words)| !words.is_empty());
            let mut told: Vec<String> = filled.map(|(slot, words)| format!("{slot} {words}")).collect();
            told.extend(frame.oblique.iter().map(|(case, word)| format!("{case} {}", tree.view.form(*word))));
            told.extend(frame.passive.then(|| "passive".to_owned()));
            assert_eq!(told.join(", "), expected, "{text}");
        });
    }

    #[test]
    fn active_passive_and_noun_have_the_same_slots() {
        check("Rebels attacked the convoy.", "attacked", HeadKind::Verb, "subject Rebels, object convoy");
        check(
            "The convoy was attacked by rebels.",
            "attacked",
            HeadKind::Verb,
            "subject rebels, object convoy, passive",
        );
        check(
            "The attack by rebels on the convoy failed.",
            "attack",
            HeadKind::Noun,
            "subject rebels, by rebels, on convoy",
        );
    }

    #[test]
    fn relative_clauses_have_what_they_hang_from() {
        check(
            "Police arrested a man who attacked the minister.",
            "attacked",
            HeadKind::Verb,
            "subject man, object minister",
        );
        check(
            "The town that rebels attacked is empty.",
            "attacked",
            HeadKind::Verb,
            "subject rebels, object town",
        );
        check(
            "The soldiers killed in the raid were Chadian.",
            "killed",
            HeadKind::Verb,
            "object soldiers, in raid, passive",
        );
    }

    #[test]
    fn a_subject_left_out_is_that_of_the_clause_above() {
        check("Norway wants to leave the bloc.", "leave", HeadKind::Verb, "subject Norway, object bloc");
        check(
            "Rebels stormed the base and killed two guards.",
            "killed",
            HeadKind::Verb,
            "subject Rebels, object guards",
        );
        check(
            "The minister urged Chile to sign the deal.",
            "sign",
            HeadKind::Verb,
            "subject Chile, object deal",
        );
    }
}
