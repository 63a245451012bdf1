//! *Here is "the group": which one?*

use annalist_schema::{MentionKind, Sector};

use super::cluster::{Cluster, Clusters};
use super::facts::Facts;

/// A description may be that far from what it describes.
const MOST_SENTENCES: u32 = 12;
/// A noun that says little finds only what is near.
const NEAR_SENTENCES: u32 = 3;

/// Who a definite description stands for: the same words, who bears the title, the nearest body of its kind.
pub(super) fn antecedent(clusters: &Clusters, description: &Facts) -> Option<usize> {
    if !description.is_definite || is_another(&description.key) {
        return None;
    }
    let is_near =
        |&at: &usize| description.sentence.saturating_sub(clusters.get(at).sentence) <= MOST_SENTENCES;
    let same = clusters.by_key(&description.key).filter(|at| is_compatible(clusters.get(*at), description));
    same.filter(is_near)
        .or_else(|| clusters.recent().filter(is_near).find(|&at| has_noun(clusters.get(at), description)))
        .or_else(|| nearest_of_kind(clusters, description))
}

/// "The other group" is not the one just spoken of.
fn is_another(key: &str) -> bool {
    key.split(' ').any(|word| {
        matches!(word, "other" | "rival" | "new" | "former" | "separate" | "different" | "second" | "another")
    })
}

fn has_noun(cluster: &Cluster, description: &Facts) -> bool {
    let Some(noun) = description.nouns.last() else { return false };
    // "The official" is anybody; "the president" is the one spoken of.
    let is_told = cluster.is_named && !cluster.is_plural
        || description.sentence.saturating_sub(cluster.sentence) <= NEAR_SENTENCES;
    is_told
        && (cluster.nouns.contains(noun) || is_kind_of(cluster, noun, description))
        && is_compatible(cluster, description)
}

/// "The top American diplomat" is the American secretary of state just named, "the Chilean leader" Chile's president.
fn is_kind_of(cluster: &Cluster, noun: &str, description: &Facts) -> bool {
    let offices: &[&str] = match noun {
        "leader" => &["president", "premier", "chancellor", "king", "emir", "prime minister"],
        "diplomat" => &["secretary", "ambassador", "envoy", "foreign minister"],
        _ => return false,
    };
    let bears = |office: &&str| office.split(' ').all(|word| cluster.nouns.iter().any(|noun| noun == word));
    cluster.kind == MentionKind::Person
        && cluster.is_named
        && cluster.country.is_some()
        && cluster.country == description.country
        && offices.iter().any(bears)
}

fn is_compatible(cluster: &Cluster, description: &Facts) -> bool {
    let body = |kind| matches!(kind, MentionKind::Organisation | MentionKind::Group);
    let kinds = (cluster.kind, description.found.kind);
    let is_kind = kinds.0 == kinds.1 || body(kinds.0) && body(kinds.1);
    let is_country =
        description.country.is_none() || cluster.country.is_none() || cluster.country == description.country;
    is_kind && is_country && cluster.is_plural == description.is_plural
}

/// "The group", "the militia", "the country", "the city".
fn nearest_of_kind(clusters: &Clusters, description: &Facts) -> Option<usize> {
    // What is described closer than by one noun is somebody else.
    if description.key.contains(' ') || description.is_plural {
        return None;
    }
    let fits: fn(&Cluster) -> bool = match description.key.as_str() {
        "group" | "organization" | "organisation" | "movement" | "militia" => is_armed_group,
        "country" | "nation" => |cluster| cluster.is_country,
        "city" | "town" | "village" | "district" | "province" => is_settlement,
        _ => return None,
    };
    let near = |&at: &usize| description.sentence.saturating_sub(clusters.get(at).sentence) <= NEAR_SENTENCES;
    clusters.recent().filter(near).find(|&at| fits(clusters.get(at)))
}

fn is_armed_group(cluster: &Cluster) -> bool {
    let is_armed = cluster.sectors.iter().any(|sector| sector.is_armed_group() || *sector == Sector::Crm);
    cluster.is_named && is_armed && matches!(cluster.kind, MentionKind::Organisation | MentionKind::Group)
}

fn is_settlement(cluster: &Cluster) -> bool {
    cluster.is_named && cluster.kind == MentionKind::Place && !cluster.is_country
}
