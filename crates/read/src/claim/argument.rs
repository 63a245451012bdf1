//! *Who acts, and upon whom?* The words that name the parties of an act.

use annalist_data::lexicon::{HeadKind, Slot, lexicon};
use annalist_schema::{Deprel, EventType, Upos};

use super::act::Act;
use super::attribution;
use super::frame::{Frame, antecedent, subjects_of};
use super::predicate::content;
use super::tree::Tree;

/// Heads of the words that name the parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    /// Who does it; all parties of a reciprocal act.
    pub actors: Vec<u32>,
    /// To whom.
    pub recipients: Vec<u32>,
}

/// The parties of an act.
pub fn parties(tree: &Tree<'_>, act: &Act) -> Parties {
    let mut parties = match &act.inner {
        Some(inner) if act.keeps => supported(tree, act, inner),
        inner => own(tree, act, inner.as_deref()),
    };
    dedup(&mut parties.actors);
    dedup(&mut parties.recipients);
    parties.recipients.retain(|recipient| !parties.actors.contains(recipient));
    parties
}

/// Who is named before the noun of an act: "Palestinian riots".
pub fn described_by(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let before = tree.children_by(act.frame.head, &["amod", "compound", "nmod:poss"]);
    before.filter(|&word| tree.is_someone(word)).flat_map(|word| tree.with_conjuncts(word)).collect()
}

/// Whom an act is aimed at where its own slots name nobody: the first somebody below it who is not among those who act
/// or speak, as in "went on strike to demand reforms from the ministry".
pub fn aimed_at(tree: &Tree<'_>, act: &Act, actors: &[u32], speakers: &[u32]) -> Vec<u32> {
    let head = act.frame.head;
    let is_outside = |word: u32| {
        actors.contains(&word)
            || speakers.contains(&word)
            || tree
                .is_rel(word, &["parataxis", "nsubj", "conj", "appos", "compound", "discourse", "vocative"])
            || tree.is_rel(word, &["obl", "nmod"]) && is_beside(tree, word)
            || tree.head(word) == Some(head) && is_way(tree, word)
            || tree.is_rel(word, &["obl"]) && tree.case(word) == Some("by")
            || tree.is_rel(word, &["advcl"]) && is_occasion(tree, word)
            || tree.rel(word) == Deprel::AclRelcl && tree.head(word).is_some_and(|noun| is_time(tree, noun))
    };
    let below = tree.subtree(head, |word| !is_outside(word));
    let is_target = |&word: &u32| {
        word > head
            && tree.is_someone(word)
            && matches!(tree.upos(word), Upos::Noun | Upos::Propn)
            && !is_same(tree, word, actors)
    };
    below.into_iter().find(is_target).into_iter().collect()
}

/// "When their government proposed a law": what happened at the time is another story.
fn is_occasion(tree: &Tree<'_>, clause: u32) -> bool {
    tree.children_by(clause, &["mark", "advmod", "case"])
        .any(|mark| lexicon().is("occasion", tree.lemma(mark)))
}

fn is_time(tree: &Tree<'_>, noun: u32) -> bool {
    lexicon().is("calendar", tree.lemma(noun))
}

/// Where, when and according to whom it happens is beside the point.
fn is_beside(tree: &Tree<'_>, word: u32) -> bool {
    tree.case(word).is_none_or(|case| {
        matches!(
            case,
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "on"
                | "across"
                | "throughout"
                | "during"
                | "before"
                | "after"
                | "following"
                | "amid"
                | "due"
                | "because"
                | "since"
                | "according"
                | "along"
                | "around"
                | "through"
                | "like"
                | "as"
        )
    })
}

/// "Marched from the park toward the bridge".
fn is_way(tree: &Tree<'_>, word: u32) -> bool {
    matches!(tree.case(word), Some("from" | "toward" | "towards" | "into" | "past"))
}

/// Whom an attack is to drive out or destroy: "mounted an offensive to flush out the rebels".
pub fn to_be_ousted(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let purposes = act.chain().flat_map(|part| tree.children_by(part.frame.head, &["advcl", "acl", "xcomp"]));
    let ousts = purposes.filter(|&verb| {
        lexicon().is("oust", tree.lemma(verb))
            && tree.children_by(verb, &["mark"]).any(|mark| tree.lemma(mark) == "to")
    });
    let objects = ousts.flat_map(|verb| tree.children_by(verb, &["obj"]));
    objects.flat_map(|word| tree.with_conjuncts(word)).filter(|&word| tree.is_someone(word)).collect()
}

/// What an attack is aimed at where that is nobody: "an attack on a refinery".
pub fn aimed_at_thing(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let targets = tree.children_by(act.core().frame.head, &["nmod", "obl"]).filter(|&word| {
        matches!(tree.case(word), Some("on" | "against"))
            && matches!(tree.upos(word), Upos::Noun | Upos::Propn)
    });
    targets.filter(|&word| !lexicon().is("calendar", tree.lemma(word))).take(1).collect()
}

/// To whom those who act are sent: "the embassy of Peru in Chile".
pub fn posted_to(tree: &Tree<'_>, actors: &[u32]) -> Vec<u32> {
    let is_mission = |actor: &&u32| lexicon().is("diplomatic_mission", tree.lemma(**actor));
    let hosts = actors.iter().filter(is_mission).flat_map(|&actor| tree.children_by(actor, &["nmod"]));
    let hosts = hosts.flat_map(|host| std::iter::once(host).chain(tree.children_by(host, &["nmod"])));
    hosts.filter(|&host| matches!(tree.case(host), Some("in" | "to")) && tree.is_someone(host)).collect()
}

fn is_same(tree: &Tree<'_>, word: u32, actors: &[u32]) -> bool {
    actors.iter().any(|&actor| tree.lemma(actor) == tree.lemma(word))
}

/// "The army launched an attack": the attack's own parties where it names them, else those of "launched".
fn supported(tree: &Tree<'_>, act: &Act, inner: &Act) -> Parties {
    let mut found = parties(tree, inner);
    let core = act.core();
    let is_part = |word: u32| act.chain().any(|part| part.frame.head == word);
    let outer = fill(tree, &act.entry.actor, &act.frame, Role::Actor, &is_part);
    if core.entry.reciprocal {
        // The subject of "held talks" is one party, "with" brings the others.
        let with = fill(tree, &core.entry.recipient, &act.frame, Role::Recipient, &is_part);
        found.actors.extend(outer.into_iter().chain(with));
        return found;
    }
    if !outer.is_empty() && !names_actor(tree, inner) {
        found.actors = outer;
    }
    let suffers = act.entry.recipient.first() == Some(&Slot::Subject);
    if suffers {
        let sufferers = fill(tree, &act.entry.recipient, &act.frame, Role::Recipient, &is_part);
        found.recipients = if sufferers.is_empty() { found.recipients } else { sufferers };
    }
    if found.recipients.is_empty() {
        let slots =
            if core.entry.recipient.is_empty() { &act.entry.recipient } else { &core.entry.recipient };
        found.recipients = fill(tree, slots, &act.frame, Role::Recipient, &is_part);
        found.recipients.retain(|&word| !is_within(tree, word, &found.actors));
    }
    found
}

/// "A spokesman for the president": he whose spokesman acts is part of saying who that is.
fn is_within(tree: &Tree<'_>, word: u32, actors: &[u32]) -> bool {
    let is_part = tree.is_rel(word, &["nmod"]) && matches!(tree.case(word), Some("of" | "for"));
    is_part && tree.head(word).is_some_and(|whole| actors.contains(&whole))
}

/// Whether the words of the act itself say who does it: a subject of its own, "by", "between", a possessor.
fn names_actor(tree: &Tree<'_>, act: &Act) -> bool {
    let head = act.frame.head;
    let is_agent =
        |child: u32| matches!(tree.case(child), Some("by" | "between")) || tree.is_rel(child, &["nmod:poss"]);
    match tree.upos(head) {
        Upos::Noun | Upos::Propn => {
            tree.children_by(head, &["nmod"]).any(|child| is_agent(child) && tree.upos(child) != Upos::Pron)
        }
        _ => tree.children_by(head, &["nsubj"]).any(|child| tree.upos(child) != Upos::Pron),
    }
}

/// The parties that an act's own entry tells of; what it leaves open, the act inside it may tell.
fn own(tree: &Tree<'_>, act: &Act, inner: Option<&Act>) -> Parties {
    let is_part = |word: u32| act.chain().any(|part| part.frame.head == word && part.inner.is_some());
    let mut actors = fill(tree, &doers(tree, act), &act.frame, Role::Actor, &is_part);
    if is_bursting(tree, act) {
        // "The general's car blew up", "phones carried by soldiers exploded": theirs, not by them.
        let struck = owned_by(tree, act);
        if !struck.is_empty() {
            return Parties { actors: Vec::new(), recipients: struck };
        }
    }
    let inside = match inner {
        Some(inner) => parties(tree, inner),
        None => Parties { actors: completed(tree, act), recipients: Vec::new() },
    };
    if actors.is_empty() && act.entry.actor.contains(&Slot::Inner) {
        // "Talks between Peru and Chile are scheduled": theirs is the plan.
        actors.clone_from(&inside.actors);
    }
    let is_other = |word: &u32| !actors.contains(word) && !is_within(tree, *word, &actors);
    let others = |words: Vec<u32>| -> Vec<u32> { words.into_iter().filter(is_other).collect() };
    let of_inner = || {
        let doers = others(inside.actors.clone());
        if doers.is_empty() { others(inside.recipients.clone()) } else { doers }
    };
    let mut recipients = Vec::new();
    for slot in &act.entry.recipient {
        recipients = match slot {
            Slot::Inner => of_inner(),
            slot => others(fill(tree, std::slice::from_ref(slot), &act.frame, Role::Recipient, &is_part)),
        };
        if !recipients.is_empty() {
            break;
        }
    }
    let found_own = !recipients.is_empty();
    // Who finds fault with the shelling of a town finds none with the town.
    let is_blame = act.coding.event_type == Some(EventType::Accuse);
    let is_of_victims = |inner: &Act| inner.coding.event_type == Some(EventType::Assault);
    let has_only_victims = is_blame && inside.actors.is_empty() && inner.is_some_and(is_of_victims);
    if has_only_victims {
        recipients.retain(|word| !inside.recipients.contains(word));
    } else if recipients.is_empty() && inner.is_some() {
        recipients = others(inside.recipients.clone());
        if recipients.is_empty() {
            recipients = others(inside.actors.clone());
        }
    }
    let shares = act.entry.reciprocal && (inner.is_none() || found_own && has_partner(act));
    if shares {
        actors.append(&mut recipients);
    }
    Parties { actors, recipients }
}

/// The slots of the actor. Of what an "of" may stand for the doer and the target, "the strikes of the army on the town" have the
/// target elsewhere; "the shelling of the town" has it there.
fn doers(tree: &Tree<'_>, act: &Act) -> Vec<Slot> {
    let of = Slot::After("of".into());
    let is_open = act.entry.recipient.contains(&of) && act.entry.actor.contains(&of);
    let others = act.entry.recipient.iter().filter(|slot| **slot != of && matches!(slot, Slot::After(_)));
    let has_target = others.flat_map(|slot| act.frame.slot(slot)).any(|word| tree.is_nominal(word));
    act.entry.actor.iter().filter(|slot| !is_open || has_target || **slot != of).cloned().collect()
}

/// Whether something blows up by itself, as far as told.
fn is_bursting(tree: &Tree<'_>, act: &Act) -> bool {
    act.inner.is_none()
        && !act.frame.passive
        && act.frame.object.is_empty()
        && lexicon().is("bursting", tree.lemma(act.frame.head))
}

/// Whose the things are that blow up: the possessor, or who carries or uses them.
fn owned_by(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let things = act.frame.subject.iter().copied().filter(|&thing| tree.upos(thing) == Upos::Noun);
    let owner = |thing: u32| {
        let possessors = tree.children_by(thing, &["nmod:poss"]);
        let clauses = tree.children_by(thing, &["acl"]);
        let carries = clauses.filter(|&verb| lexicon().is("possession", tree.lemma(verb)));
        let agents = carries.flat_map(|verb| tree.children_by(verb, &["obl"]));
        let agents = agents.filter(|&word| tree.case(word) == Some("by"));
        possessors.chain(agents).collect::<Vec<_>>()
    };
    let owners = things.flat_map(owner).flat_map(|word| tree.with_conjuncts(word));
    owners.filter(|&word| tree.is_someone(word)).collect()
}

/// Whether "with" or "between" names a further party.
fn has_partner(act: &Act) -> bool {
    ["with", "between"].iter().any(|preposition| act.frame.after(preposition).next().is_some())
}

/// Who is to do what completes the act, where the lexicon has no entry for that: "demanded that he abandon his plan",
/// "said that the rebels are the culprits".
fn completed(tree: &Tree<'_>, act: &Act) -> Vec<u32> {
    let tells = |clause: u32| tree.upos(clause) == Upos::Verb || lexicon().is("culprit", tree.lemma(clause));
    let verbs = act.frame.clause.iter().filter(|&&clause| tells(clause));
    let subjects = verbs.flat_map(|&clause| subjects_of(tree, clause, 2));
    subjects.filter(|&word| tree.is_someone(word) && tree.upos(word) != Upos::Pron).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Actor,
    Recipient,
}

/// The parties in the first of the slots that holds any.
fn fill(
    tree: &Tree<'_>,
    slots: &[Slot],
    frame: &Frame,
    role: Role,
    is_part: &dyn Fn(u32) -> bool,
) -> Vec<u32> {
    for slot in slots {
        let words = match slot {
            Slot::Speaker => {
                attribution::speakers(tree, frame.head).iter().map(|speaker| speaker.head).collect()
            }
            // "In the words of the army": who only tells of it.
            Slot::After(case) => {
                frame.after(case).filter(|&word| !attribution::is_account(tree, word)).collect()
            }
            // Whoever stands near the words is no party: here it is the preposition.
            Slot::Near => frame.after("near").collect(),
            slot => frame.slot(slot),
        };
        let mut found: Vec<u32> = words
            .into_iter()
            .filter(|&word| !is_part(word) && !is_excluded(tree, word))
            .flat_map(|word| named(tree, word, role))
            .collect();
        dedup(&mut found);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// "At rebels, not at civilians": who is said not to be meant.
fn is_excluded(tree: &Tree<'_>, word: u32) -> bool {
    tree.children_by(word, &["advmod", "cc", "cc:preconj", "case"]).any(|mark| tree.lemma(mark) == "not")
}

fn dedup(words: &mut Vec<u32>) {
    let mut seen = std::collections::HashSet::new();
    words.retain(|word| seen.insert(*word));
}

/// The party that a phrase names: itself, or somebody inside it ("Chad's decision", "the raid by rebels").
fn named(tree: &Tree<'_>, word: u32, role: Role) -> Vec<u32> {
    let word = antecedent(tree, word);
    let word = estimated(tree, word).unwrap_or(word);
    // "Killed five": so many of them.
    if tree.upos(word) == Upos::Num && tree.is_rel(word, &["obj", "nsubj:pass"]) {
        return vec![word];
    }
    if let Some(&someone) =
        content(tree, word).iter().rfind(|&&word| tree.is_someone(word) && tree.is_nominal(word))
    {
        let examples = examples(tree, someone);
        return if examples.is_empty() { vec![someone] } else { examples };
    }
    let bearer = bearer(tree, word);
    if bearer.is_some() { bearer.into_iter().collect() } else { inside(tree, word, role, 3) }
}

/// "What organizers estimated at two million workers", "what police described as gunmen": the workers, the gunmen.
fn estimated(tree: &Tree<'_>, word: u32) -> Option<u32> {
    let is_what = |word: u32| tree.children_by(word, &["det"]).any(|what| tree.lemma(what) == "what");
    let clauses = tree.children_by(word, &["acl", "acl:relcl"]).filter(|_| is_what(word));
    let told = clauses.flat_map(|clause| tree.children_by(clause, &["obl", "xcomp", "obj"]));
    let is_told = |&told: &u32| matches!(tree.case(told), None | Some("at" | "as")) && tree.is_someone(told);
    told.filter(is_told).max()
}

/// "A woman whose leg was injured": who suffers it.
fn bearer(tree: &Tree<'_>, part: u32) -> Option<u32> {
    let whose = tree.children_by(part, &["nmod:poss", "det"]).find(|&word| tree.lemma(word) == "whose")?;
    let someone = antecedent(tree, whose);
    (someone != whose && tree.is_someone(someone)).then_some(someone)
}

/// "Allies such as Peru": who is named is meant.
fn examples(tree: &Tree<'_>, noun: u32) -> Vec<u32> {
    let is_example = |&child: &u32| {
        tree.children_by(child, &["case"]).any(|mark| matches!(tree.lemma(mark), "such" | "including"))
    };
    let listed = tree.children_by(noun, &["nmod"]).filter(is_example);
    listed.flat_map(|child| tree.with_conjuncts(child)).filter(|&child| tree.is_someone(child)).collect()
}

/// Of "a Ukrainian passenger jet" Ukraine is the owner; who it is for says nothing: "a press release", "a passenger train".
fn owners(tree: &Tree<'_>, modifiers: Vec<u32>) -> Vec<u32> {
    modifiers.into_iter().filter(|&word| !matches!(tree.lemma(word), "press" | "passenger")).collect()
}

fn inside(tree: &Tree<'_>, word: u32, role: Role, steps: usize) -> Vec<u32> {
    let Some(steps) = steps.checked_sub(1) else { return Vec::new() };
    let prepositions: &[&str] = match role {
        Role::Actor => &["by", "from", "of"],
        Role::Recipient => &["by", "from", "of", "against", "on", "to", "with", "for", "in", "at", "between"],
    };
    let possessors: Vec<u32> = tree.children_by(word, &["nmod:poss"]).collect();
    if !possessors.is_empty() {
        return possessors
            .into_iter()
            .flat_map(|child| tree.with_conjuncts(child))
            .filter(|&child| tree.is_someone(child))
            .collect();
    }
    let modifiers: Vec<u32> = tree
        .children_by(word, &["amod", "compound"])
        .filter(|&child| tree.is_someone(child))
        .flat_map(|child| tree.with_conjuncts(child))
        .collect();
    if !modifiers.is_empty() {
        return owners(tree, modifiers);
    }
    let suffers = role == Role::Actor && is_done_to(tree, word);
    for preposition in prepositions.iter().filter(|&&preposition| !(suffers && preposition == "of")) {
        let complements = tree
            .children(word)
            .iter()
            .copied()
            .filter(|&child| matches!(tree.rel(child), Deprel::Nmod | Deprel::Acl | Deprel::Obl))
            .filter(|&child| tree.case(child) == Some(*preposition));
        let found: Vec<u32> = complements
            .flat_map(|child| tree.with_conjuncts(child))
            .flat_map(
                |child| if tree.is_someone(child) { vec![child] } else { inside(tree, child, role, steps) },
            )
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    // "The decision made by Chad", but not "phones carried by soldiers", "the raid reported by monitors".
    let clauses = tree.children_by(word, &["acl"]).filter(|&verb| {
        !attribution::is_telling(tree, verb) && !lexicon().is("possession", tree.lemma(verb))
    });
    let by_clause: Vec<u32> = clauses
        .flat_map(|clause| tree.children_by(clause, &["obl"]))
        .filter(|&child| tree.case(child) == Some("by") && tree.is_someone(child))
        .collect();
    if by_clause.is_empty() && role == Role::Actor { ascribed(tree, word) } else { by_clause }
}

/// "The shelling of a town": what stands behind "of" suffers it.
fn is_done_to(tree: &Tree<'_>, deed: u32) -> bool {
    let of = Slot::After("of".into());
    let lemma = tree.lemma(deed);
    lexicon().patterns(HeadKind::Noun, lemma).any(|(entry, _)| {
        entry.recipient.contains(&of) && (lemma.ends_with("ing") || !entry.actor.contains(&of))
    })
}

/// "An attack ascribed to rebels", "a raid blamed on the army": whose deed it is said to be.
fn ascribed(tree: &Tree<'_>, deed: u32) -> Vec<u32> {
    let is_whose = |verb: u32, word: u32| {
        matches!(
            (tree.lemma(verb), tree.case(word)),
            ("ascribe" | "attribute" | "trace" | "link", Some("to")) | ("blame" | "pin", Some("on"))
        )
    };
    let clauses = tree.children_by(deed, &["acl"]);
    clauses
        .flat_map(|verb| tree.children_by(verb, &["obl"]).filter(move |&word| is_whose(verb, word)))
        .flat_map(|word| tree.with_conjuncts(word))
        .filter(|&word| tree.is_someone(word))
        .collect()
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    /// Who acts and upon whom in the only claim.
    fn check(text: &str, actors: &[&str], recipients: &[&str]) {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let claim = told.first().map(|told| told.claim.clone()).unwrap_or_default();
            let names = |parties: Vec<annalist_schema::ClaimActor>| -> Vec<String> {
                parties.into_iter().map(|party| party.name).collect()
            };
            assert_eq!(names(claim.actors), actors, "{text}");
            assert_eq!(names(claim.recipients), recipients, "{text}");
        });
    }

    #[test]
    fn whose_spokesman_acts_is_no_recipient() {
        check(
            "Condemnation has come from Norway, Chile and a spokesman for the Peruvian president.",
            &["Norway", "Chile", "spokesman for the Peruvian president"],
            &[],
        );
    }

    #[test]
    fn a_title_cut_from_its_body_still_stands_among_the_actors() {
        check(
            "Statements of condemnation have come from Arab League (AL) head Omar Haddad and Pope Francis.",
            &["Arab League", "Pope Francis"],
            &[],
        );
    }
}
