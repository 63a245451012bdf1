//! *Who are "the two countries", "both sides", "the foreign ministers"?* Those who were last said to deal with one another.

use annalist_data::gazetteer::Gazetteer;
use annalist_data::lexicon::lexicon;
use annalist_schema::{Claim, ClaimActor, Country, Number, Upos};

use super::tree::Tree;

/// Sentences back to the deed that a group is taken from.
const NEAR: u32 = 5;

/// Gives claims by or upon a group that no word names its members; claims stand in order of text.
pub fn resolve(tree: &Tree<'_>, claims: &mut [Claim]) {
    for at in 0..claims.len() {
        let (known, rest) = claims.split_at_mut(at);
        let Some(claim) = rest.first_mut() else { return };
        let actors = members(tree, known, claim, &claim.actors, &claim.recipients);
        let recipients = members(tree, known, claim, &claim.recipients, &claim.actors);
        if let Some(actors) = actors {
            claim.actors = actors;
        }
        if let Some(recipients) = recipients {
            claim.recipients = recipients;
        }
    }
}

/// Who the parties are, where they are one such group; `others` do not belong to it.
fn members(
    tree: &Tree<'_>,
    known: &[Claim],
    claim: &Claim,
    parties: &[ClaimActor],
    others: &[ClaimActor],
) -> Option<Vec<ClaimActor>> {
    let (group, rest) = parties.split_first()?;
    let count = size(tree, group)?;
    // A place that its words also say is no member.
    if rest.iter().any(|party| party.sector.is_some() && starts_before(party, group)) {
        return None;
    }
    let near = known.iter().rev().take_while(|known| claim.sentence - known.sentence <= NEAR);
    let is_member = |found: &Vec<ClaimActor>| {
        let countries = countries(found);
        let is_outside = |other: &ClaimActor| other.country.is_none_or(|own| !countries.contains(&own));
        count.admits(countries.len()) && others.iter().all(is_outside)
    };
    let mut found = near.filter(|known| known.trigger != claim.trigger).flat_map(sets);
    let mut found = found.find(is_member)?;
    // Each country once, as who was named first for it.
    let mut seen = Vec::new();
    let apart = set_apart(tree, claim);
    found.retain(|party| {
        let is_new = !party.country.is_some_and(|own| apart.contains(&own))
            && party.country.is_some()
            && !seen.contains(&party.country);
        seen.push(party.country);
        is_new
    });
    Some(found)
}

fn starts_before(one: &ClaimActor, other: &ClaimActor) -> bool {
    one.span.zip(other.span).is_some_and(|(one, other)| one.start < other.start)
}

/// "With the exception of Peru", "except Peru": the countries that the sentence takes out.
fn set_apart(tree: &Tree<'_>, claim: &Claim) -> Vec<Country> {
    let Some(sentence) = tree.view.document.sentences.get(claim.sentence as usize) else { return Vec::new() };
    let is_exception = |word: u32| {
        matches!(tree.case(word), Some("except" | "excluding"))
            || tree
                .head(word)
                .is_some_and(|head| tree.lemma(head) == "exception" && tree.case(word) == Some("of"))
    };
    let words = sentence.tokens.clone().filter(|&word| is_exception(word));
    let words = words.flat_map(|word| tree.with_conjuncts(word));
    words
        .filter_map(|word| Gazetteer::embedded().country_by_name(tree.view.form(word)))
        .map(|entry| entry.iso3)
        .collect()
}

/// How many a group has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Exactly(usize),
    Several,
}

impl Size {
    fn admits(self, count: usize) -> bool {
        match self {
            Self::Exactly(wanted) => count == wanted,
            Self::Several => count >= 2,
        }
    }
}

/// "Both sides", "the three governments", "the countries": a group known from before, of which no further word tells.
fn size(tree: &Tree<'_>, party: &ClaimActor) -> Option<Size> {
    let span = party.span?;
    let tokens = &tree.view.document.tokens;
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let after = tokens.partition_point(|token| token.span.start < span.end);
    let head = (first..after)
        .map(|word| word as u32)
        .find(|&word| tree.head(word).is_none_or(|head| !(first as u32..after as u32).contains(&head)))?;
    let is_group = tree.upos(head) == Upos::Noun
        && tree.view.token(head).feats.number == Some(Number::Plur)
        && lexicon().is("members", tree.lemma(head));
    if !is_group
        || !tree
            .children_by(head, &["nmod", "acl", "appos", "conj"])
            .all(|word| tree.case(word) == Some("on"))
    {
        return None;
    }
    let mut size = None;
    for word in tree.children_by(head, &["det", "nummod", "amod", "compound", "nmod:poss"]) {
        match tree.lemma(word) {
            "the" | "these" | "those" => size = size.or(Some(Size::Several)),
            "both" | "two" => size = Some(Size::Exactly(2)),
            "three" => size = Some(Size::Exactly(3)),
            "four" => size = Some(Size::Exactly(4)),
            "foreign" | "prime" | "defence" | "defense" | "interior" | "warring" | "opposing" | "rival" => {}
            _ => return None,
        }
    }
    size
}

/// Those who did it, those to whom they did it, and both together.
fn sets(claim: &Claim) -> Vec<Vec<ClaimActor>> {
    let taken = |party: &ClaimActor| party.inherited_from(&claim.id);
    let actors: Vec<_> = claim.actors.iter().map(taken).collect();
    let recipients: Vec<_> = claim.recipients.iter().map(taken).collect();
    let both = [actors.clone(), recipients.clone()].concat();
    vec![actors, recipients, both]
}

fn countries(parties: &[ClaimActor]) -> Vec<Country> {
    let mut countries: Vec<_> = parties.iter().filter_map(|party| party.country).collect();
    countries.sort_unstable();
    countries.dedup();
    countries
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    /// Who acts and upon whom in the claim of a verb.
    fn check(text: &str, verb: &str, expected: &str) {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let claim = told.iter().map(|told| &told.claim).find(|claim| &*claim.key.lemma == verb);
            let names = |parties: &[annalist_schema::ClaimActor]| {
                let countries = parties.iter().map(|party| party.country.map(|country| country.to_string()));
                countries.map(Option::unwrap_or_default).collect::<Vec<_>>().join(" ")
            };
            let found =
                claim.map(|claim| format!("{} -> {}", names(&claim.actors), names(&claim.recipients)));
            assert_eq!(found.as_deref(), Some(expected), "{text}");
        });
    }

    #[test]
    fn a_group_is_those_who_dealt_with_one_another() {
        let clash = "Ghana and Togo clashed at the border.";
        check(&format!("{clash} The two countries agreed to a truce on Tuesday."), "agree", "GHA TGO -> ");
        check(&format!("{clash} Peru urged both sides to return to talks."), "urge", "PER -> GHA TGO");
        let togo = "Ghana, Togo and Peru clashed at the border. Norway urged the countries to talk,";
        check(&format!("{togo} with the exception of Peru."), "urge", "NOR -> GHA TGO");
        check("Ghana accused Togo of theft. The two governments agreed to a truce.", "agree", "GHA TGO -> ");
    }

    #[test]
    fn a_group_of_others_is_nobody_known() {
        let clash = "Ghana and Togo clashed at the border.";
        check(&format!("{clash} Peru urged the three countries to return to talks."), "urge", "PER -> ");
        check(&format!("{clash} Peru urged the coastal countries to return to talks."), "urge", "PER -> ");
    }
}
