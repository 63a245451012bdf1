//! *Here is "he", "they" or "it": whom does the reader take it for?*

use annalist_schema::{MentionKind, View};

use super::super::Form;
use super::cluster::{Cluster, Clusters};
use super::facts::Facts;

/// So many mentions back at most.
const WINDOW: usize = 40;
/// So many sentences back at most.
const MOST_SENTENCES: u32 = 2;

/// The likeliest antecedent: a subject before others, the same sentence before the one before it, the latest.
pub(super) fn antecedent(
    view: View<'_>,
    before: &[Facts],
    of: &[Option<usize>],
    clusters: &Clusters,
    pronoun: &Facts,
) -> Option<usize> {
    if !is_third_person(&pronoun.key) {
        return None;
    }
    let from = before.len().saturating_sub(WINDOW);
    let mut best: Option<(u32, usize, usize)> = None;
    for index in from..before.len() {
        let (candidate, Some(cluster)) = (&before[index], of[index]) else { continue };
        let distance = pronoun.sentence.saturating_sub(candidate.sentence);
        if distance > MOST_SENTENCES
            || candidate.found.last >= pronoun.found.first
            || !fits(candidate, clusters.get(cluster), pronoun)
            || is_co_argument(view, candidate, pronoun)
        {
            continue;
        }
        let score = (MOST_SENTENCES - distance) * 2 + 3 * u32::from(candidate.is_subject);
        if best.is_none_or(|(known, ..)| score >= known) {
            best = Some((score, index, cluster));
        }
    }
    best.map(|(.., cluster)| cluster)
}

fn is_third_person(word: &str) -> bool {
    !matches!(word, "i" | "me" | "my" | "we" | "us" | "our")
}

fn fits(candidate: &Facts, cluster: &Cluster, pronoun: &Facts) -> bool {
    let is_body = matches!(cluster.kind, MentionKind::Organisation | MentionKind::Group);
    let is_gender = cluster.gender.is_none() || pronoun.gender.is_none() || cluster.gender == pronoun.gender;
    match pronoun.found.kind {
        MentionKind::Person => cluster.kind == MentionKind::Person && is_gender,
        MentionKind::Group => {
            let was_they =
                candidate.found.form == Form::Pronoun && candidate.found.kind == MentionKind::Group;
            is_body && (cluster.is_plural || candidate.is_plural || was_they)
                || cluster.kind == MentionKind::Organisation && candidate.is_subject
        }
        _ => is_body && !cluster.is_plural || cluster.is_country && candidate.is_subject,
    }
}

/// "He met him": two words beside one verb are two people, unless one only owns.
fn is_co_argument(view: View<'_>, candidate: &Facts, pronoun: &Facts) -> bool {
    let (one, other) = (view.token(candidate.found.head), view.token(pronoun.found.head));
    let is_possessive = other.deprel == annalist_schema::Deprel::NmodPoss;
    !is_possessive && one.head.is_some() && one.head == other.head
}
