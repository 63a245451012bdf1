//! *Where does a report play?* Marches, raids and arrests that name no place happened where the rest of the report does, and what
//! people of one country do to one another happened in it.

use std::collections::HashMap;

use annalist_schema::{
    Claim, ClaimActor, ClaimPlace, Country, EventType, Mode, Sector, Sentence, Span, Status, Toponym,
    ToponymKind,
};

use super::Context;

/// Name of the rule, as the basis of a place.
const BASIS: &str = "report";

/// Name of the rule by which a place is the country of the parties.
const BY_PARTIES: &str = "parties";

/// The least share of its place names by which one country is the scene of a report.
const SHARE: f64 = 0.6;

/// Sentences from the start of a report that say where it plays.
const LEAD: usize = 3;

/// Gives claims without a place of their own the scene of the report, where nothing in them speaks against it.
pub fn inherit<'c>(context: &Context<'_>, claims: impl Iterator<Item = &'c mut Claim>) {
    let scene = scene(context);
    for claim in claims.filter(|claim| claim.place.is_none()) {
        let on_scene = scene.as_ref().filter(|scene| plays_on_scene(context, claim, scene.country));
        claim.place = on_scene.cloned();
    }
}

/// Gives claims that no place is known of the country that their parties tell.
pub fn of_parties<'c>(context: &Context<'_>, claims: impl Iterator<Item = &'c mut Claim>) {
    let scene = scene(context).and_then(|scene| scene.country);
    for claim in claims.filter(|claim| claim.place.is_none()) {
        claim.place = at_home(context, claim, scene).or_else(|| where_it_must_be(context, claim));
    }
}

/// Who expels somebody does so at home, and who is overthrown is so.
fn where_it_must_be(context: &Context<'_>, claim: &Claim) -> Option<ClaimPlace> {
    let party = match claim.event_type {
        Some(EventType::Sanction) if claim.modes.contains(&Mode::Expel) => first_known(&claim.actors),
        Some(EventType::Assault) => first_known(&claim.recipients).filter(|party| governs(party)),
        _ => None,
    }?;
    (is_told(claim) && !names_elsewhere(context, claim, party.country)).then(|| of_party(claim, party))
}

fn governs(party: &ClaimActor) -> bool {
    matches!(party.sector, Some(Sector::Gov | Sector::Leg | Sector::Jud))
}

/// The country of a party; where no words show the party, those of the claim stand for it.
fn of_party(claim: &Claim, party: &ClaimActor) -> ClaimPlace {
    ClaimPlace {
        country: party.country,
        span: party.span.unwrap_or(claim.span),
        basis: Some(BY_PARTIES.to_owned()),
        ..ClaimPlace::default()
    }
}

/// The country of the parties, where all are of one and deal with one another, or do more than talk and the report plays there.
fn at_home(context: &Context<'_>, claim: &Claim, scene: Option<Country>) -> Option<ClaimPlace> {
    let (actor, recipient) = (first_known(&claim.actors), first_known(&claim.recipients));
    let is_on_scene = |party: &ClaimActor| party.country == scene && is_act(claim);
    let is_sufferer = |party: &&ClaimActor| actor.is_some() || is_suffered(claim) || is_on_scene(party);
    let is_doer = |party: &&ClaimActor| is_deed(claim) || is_on_scene(party);
    let party = recipient.filter(is_sufferer).or(actor.filter(is_doer))?;
    let mut countries = claim.actors.iter().chain(&claim.recipients).filter_map(|party| party.country);
    let is_one = countries.all(|country| Some(country) == party.country);
    let is_open = is_told(claim) && is_one && !names_elsewhere(context, claim, party.country);
    is_open.then(|| of_party(claim, party))
}

fn first_known(parties: &[ClaimActor]) -> Option<&ClaimActor> {
    parties.iter().find(|party| party.country.is_some_and(|country| !country.is_supranational()))
}

fn is_told(claim: &Claim) -> bool {
    matches!(claim.status, Status::Happened | Status::Planned)
}

/// What its victims tell the place of.
fn is_suffered(claim: &Claim) -> bool {
    matches!(claim.event_type, Some(EventType::Assault | EventType::Coerce))
}

/// The country that the report speaks of most, with the narrowest place of it that is said to be where something is.
fn scene(context: &Context<'_>) -> Option<ClaimPlace> {
    let mut weights: Vec<(Country, f64)> = Vec::new();
    for toponym in context.toponyms {
        let Some(country) = toponym.country else { continue };
        let weight = weight(context, toponym);
        match weights.iter_mut().find(|(known, _)| *known == country) {
            Some((_, sum)) => *sum += weight,
            None => weights.push((country, weight)),
        }
    }
    let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
    // The first of equals, so that the order of the text decides.
    let (country, most) =
        weights.into_iter().fold(None, |best: Option<(Country, f64)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })?;
    (most >= SHARE * total).then(|| place(context, country)).flatten()
}

/// Names in the title and the lead say more than names further down, and places more than inhabitants.
fn weight(context: &Context<'_>, toponym: &Toponym) -> f64 {
    let by_kind = if toponym.kind == ToponymKind::Literal { 1.0 } else { 0.4 };
    if sentence_of(context, toponym) < LEAD { 2.0 * by_kind } else { by_kind }
}

fn sentence_of(context: &Context<'_>, toponym: &Toponym) -> usize {
    let before = |sentence: &Sentence| sentence.span.end <= toponym.span.start;
    context.view.document.sentences.partition_point(before)
}

fn place(context: &Context<'_>, country: Country) -> Option<ClaimPlace> {
    let literal =
        |toponym: &&Toponym| toponym.kind == ToponymKind::Literal && toponym.country == Some(country);
    let named: Vec<&Toponym> = context.toponyms.iter().filter(literal).collect();
    let first = named.first()?;
    let mut n_named: HashMap<&str, usize> = HashMap::new();
    for toponym in &named {
        *n_named.entry(&toponym.name).or_default() += 1;
    }
    let times = |name: &str| n_named.get(name).copied().unwrap_or(0);
    let towns = named.iter().filter(|toponym| !matches!(&*toponym.feature, "country" | "continent" | "bloc"));
    let narrow = towns.filter(|toponym| times(&toponym.name) > 1).fold(
        None,
        |best: Option<&Toponym>, next| match best {
            Some(best) if times(&best.name) >= times(&next.name) => Some(best),
            _ => Some(next),
        },
    );
    let best = narrow.unwrap_or(first);
    Some(ClaimPlace {
        name: narrow.map(|toponym| toponym.name.clone()),
        country: Some(country),
        lat: narrow.and_then(|toponym| toponym.lat),
        lon: narrow.and_then(|toponym| toponym.lon),
        geonames_id: narrow.and_then(|toponym| toponym.geonames_id),
        span: Span::from(best.span),
        basis: Some(BASIS.to_owned()),
    })
}

/// Deeds of this country's people, or of nobody known, in a sentence that names no other country's place.
fn plays_on_scene(context: &Context<'_>, claim: &Claim, scene: Option<Country>) -> bool {
    let parties: Vec<Country> =
        claim.actors.iter().chain(&claim.recipients).filter_map(|party| party.country).collect();
    let is_home = parties.is_empty() || parties.iter().any(|&country| Some(country) == scene);
    is_deed(claim) && is_told(claim) && is_home && !names_elsewhere(context, claim, scene)
}

fn is_deed(claim: &Claim) -> bool {
    matches!(
        claim.event_type,
        Some(
            EventType::Assault
                | EventType::Protest
                | EventType::Coerce
                | EventType::Mobilize
                | EventType::Retreat
        )
    )
}

/// What officials and people do rather than say.
fn is_act(claim: &Claim) -> bool {
    let acts =
        [EventType::Concede, EventType::Sanction, EventType::Reject, EventType::Aid, EventType::Cooperate];
    claim.event_type.is_some_and(|event_type| acts.contains(&event_type))
}

fn names_elsewhere(context: &Context<'_>, claim: &Claim, scene: Option<Country>) -> bool {
    let sentence = context.view.document.sentences.get(claim.sentence as usize);
    let Some(sentence) = sentence.map(|sentence| sentence.span) else { return true };
    // "A U.S.-led coalition": who acts is named so, wherever that is.
    let parties = || claim.actors.iter().chain(&claim.recipients);
    let is_party = |span: Span| {
        parties().filter_map(|party| party.span).any(|words| words != span && words.contains(span))
    };
    context.toponyms_around(sentence).iter().any(|toponym| {
        toponym.kind == ToponymKind::Literal
            && !is_party(Span::from(toponym.span))
            && toponym.country.is_some_and(|country| Some(country) != scene)
            && sentence.contains(Span::from(toponym.span))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: Option<&str>) {
        let found = with_context(text, |context, _| scene(context).and_then(|place| place.country));
        assert_eq!(found.map(|country| country.as_str().to_owned()).as_deref(), expected, "{text}");
    }

    #[test]
    fn the_country_that_most_names_lie_in() {
        check(
            "Farmers marched in Lima on Monday. Peru saw more marches. Police blocked roads near Lima.",
            Some("PER"),
        );
        check("Rain fell on the hills.", None);
    }
}
