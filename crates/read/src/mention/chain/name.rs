//! *Here is a name: who in the report has it?*

use annalist_schema::MentionKind;

use super::cluster::{Cluster, Clusters};
use super::facts::Facts;

/// Who has been mentioned under this name, a part of it, a longer form or its acronym.
pub(super) fn antecedent(clusters: &Clusters, name: &Facts) -> Option<usize> {
    let may_be = |&at: &usize| is_compatible(clusters.get(at), name);
    let by_actor = || name.actor.as_deref().and_then(|actor| clusters.by_actor(actor));
    if name.found.kind == MentionKind::Person {
        return by_actor()
            .filter(may_be)
            .or_else(|| clusters.by_key(&name.words.join(" ")).filter(may_be))
            .or_else(|| person(clusters, name));
    }
    let by_key = clusters.by_key(&name.words.join(" ")).or_else(|| clusters.by_key(&name.key));
    by_key
        .or_else(|| (name.found.kind != MentionKind::Place).then(by_actor).flatten())
        .or_else(|| (name.found.kind != MentionKind::Place).then(|| clusters.by_other_form(name)).flatten())
        .filter(may_be)
}

/// The person with the same last name and no other first name; one word may be any part of a name.
fn person(clusters: &Clusters, name: &Facts) -> Option<usize> {
    let last = name.words.last()?;
    let at = clusters.by_person_word(last)?;
    let known = clusters.get(at);
    let shorter = known.words.len().min(name.words.len());
    let is_part = match shorter {
        0 => false,
        1 => known.words.contains(last) || name.words.contains(&known.words[0]),
        _ => {
            known.words.last() == Some(last)
                && known.words.iter().filter(|word| name.words.contains(word)).count() >= 2
        }
    };
    (is_part && is_compatible(known, name)).then_some(at)
}

/// Persons are persons; a country may be a place here and a government there.
fn is_compatible(cluster: &Cluster, name: &Facts) -> bool {
    let is_person = |kind| kind == MentionKind::Person;
    let is_kind = is_person(cluster.kind) == is_person(name.found.kind);
    let is_gender = cluster.gender.is_none() || name.gender.is_none() || cluster.gender == name.gender;
    is_kind && is_gender
}
