//! *Which mentions are the same somebody or something?*
//!
//! Mentions are taken in order of text. One whose head another mention has, an apposition, a name known in the report, a
//! definite description and a pronoun join the chain of what they stand for; everything else begins one. In doubt nothing
//! is joined.

mod cluster;
mod description;
mod facts;
mod name;
mod pronoun;

use std::collections::HashMap;

use annalist_schema::{Deprel, MentionKind, View};

use self::cluster::Clusters;
use self::facts::Facts;
use super::{Form, Found};

/// What the report as a whole tells about a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What a pronoun stands for; of other mentions what they are themselves.
    pub kind: MentionKind,
    pub chain: Option<u32>,
    pub actor: Option<String>,
}

/// The chain and actor of every mention, in the same order. Chains are numbered in order of text; who is mentioned once
/// has none.
pub(super) fn link(view: View<'_>, found: &[Found]) -> Vec<Known> {
    let facts: Vec<Facts> = found.iter().map(|found| Facts::of(view, found)).collect();
    let mut clusters = Clusters::default();
    let mut by_head: HashMap<u32, usize> = HashMap::new();
    let mut of: Vec<Option<usize>> = Vec::with_capacity(facts.len());
    for (index, mention) in facts.iter().enumerate() {
        let cluster = match mention.found.form {
            Form::Measure => None,
            _ => cluster_of(view, &facts[..index], &of, &clusters, &by_head, mention)
                .or_else(|| (mention.found.form != Form::Pronoun).then(|| clusters.begin(mention))),
        };
        if let Some(cluster) = cluster {
            clusters.join(cluster, mention, index);
            by_head.entry(mention.found.head).or_insert(cluster);
        }
        of.push(cluster);
    }
    numbered(&facts, &of, &clusters)
}

fn cluster_of(
    view: View<'_>,
    before: &[Facts],
    of: &[Option<usize>],
    clusters: &Clusters,
    by_head: &HashMap<u32, usize>,
    mention: &Facts,
) -> Option<usize> {
    let shared = by_head.get(&mention.found.head).copied();
    shared.or_else(|| match mention.found.form {
        Form::Name => {
            name::antecedent(clusters, mention).or_else(|| apposition(view, clusters, by_head, mention))
        }
        Form::Description => apposition(view, clusters, by_head, mention)
            .or_else(|| description::antecedent(clusters, mention)),
        Form::Pronoun => pronoun::antecedent(view, before, of, clusters, mention),
        Form::Measure => None,
    })
}

/// "Ahmed Ali, a spokesman": what stands in apposition is the same, if it is of one kind.
fn apposition(
    view: View<'_>,
    clusters: &Clusters,
    by_head: &HashMap<u32, usize>,
    mention: &Facts,
) -> Option<usize> {
    let token = view.token(mention.found.head);
    let explained = token.head.filter(|_| token.deprel == Deprel::Appos)?;
    let cluster = *by_head.get(&explained)?;
    let (one, other) = (clusters.get(cluster).kind, mention.found.kind);
    let is_body = |kind| matches!(kind, MentionKind::Organisation | MentionKind::Group);
    let is_same = one == other && one != MentionKind::Place || is_body(one) && is_body(other);
    let is_named_twice =
        clusters.get(cluster).is_named && mention.found.form == Form::Name && one == MentionKind::Person;
    (is_same && !is_named_twice).then_some(cluster)
}

fn numbered(facts: &[Facts], of: &[Option<usize>], clusters: &Clusters) -> Vec<Known> {
    let mut sizes: HashMap<usize, u32> = HashMap::new();
    let mut heads: HashMap<usize, u32> = HashMap::new();
    for (mention, cluster) in facts.iter().zip(of) {
        let Some(cluster) = cluster else { continue };
        // A name within its own phrase is not a second mention of anybody.
        let head = heads.insert(*cluster, mention.found.head);
        if head != Some(mention.found.head) {
            *sizes.entry(*cluster).or_default() += 1;
        }
    }
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    let chain = |cluster: &Option<usize>, numbers: &mut HashMap<usize, u32>| {
        let cluster = cluster.filter(|cluster| sizes.get(cluster).is_some_and(|&size| size > 1))?;
        let next = numbers.len() as u32;
        Some(*numbers.entry(cluster).or_insert(next))
    };
    let kind = |mention: &Facts, cluster: &Option<usize>| match cluster {
        Some(cluster) if mention.found.form == Form::Pronoun => clusters.get(*cluster).kind,
        _ => mention.found.kind,
    };
    let known = |(mention, cluster): (&Facts, &Option<usize>)| Known {
        kind: kind(mention, cluster),
        chain: chain(cluster, &mut numbers),
        actor: mention.actor.clone(),
    };
    facts.iter().zip(of).map(known).collect()
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "full")]
    use crate::mention::tests::read_full;
    use crate::mention::tests::{Read, read};

    /// Whether two words or phrases of a text are in one chain.
    fn check(text: &str, one: &str, other: &str, expected: bool) {
        check_found(&read(text), text, one, other, expected);
    }

    fn check_found(found: &[Read], text: &str, one: &str, other: &str, expected: bool) {
        let chain = |words: &str| found.iter().rfind(|(found, ..)| found == words).and_then(|found| found.2);
        let is_same = chain(one).is_some() && chain(one) == chain(other);
        assert_eq!(is_same, expected, "{text}: {one} = {other} in {found:?}");
    }

    #[test]
    fn a_name_and_a_part_of_it_are_one() {
        check("President Maria Lopez spoke in Lima. Lopez said so.", "President Maria Lopez", "Lopez", true);
        check("Maria Lopez met Ana Perez in Lima.", "Maria Lopez", "Ana Perez", false);
    }

    #[test]
    fn a_pronoun_takes_the_subject_before_it() {
        check("President Maria Lopez spoke in Lima. She said so.", "President Maria Lopez", "She", true);
    }

    #[test]
    #[cfg(feature = "full")]
    fn a_title_takes_who_bears_it() {
        let text = "President Maria Lopez spoke in Lima. The president said so.";
        check_found(&read_full(text), text, "Maria Lopez", "The president", true);
    }
}
