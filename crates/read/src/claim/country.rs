//! *Of which country is somebody whose words do not say so?* Police, protesters and presidents belong to the country that
//! the sentence is about.

use annalist_schema::{ClaimActor, Country, EventType, Sector, Span};

use super::Context;

/// Gives parties without a country the country that the claim is about, where that is beyond doubt.
pub fn settle(
    context: &Context<'_>,
    sentence: u32,
    event_type: Option<EventType>,
    actors: &mut [ClaimActor],
    recipients: &mut [ClaimActor],
    place: Option<Country>,
) {
    let only = only_country(context, sentence, actors, recipients);
    let is_violence = event_type == Some(EventType::Assault);
    let of_actors = common(actors);
    let of_recipients = common(recipients);
    // Victims and attackers belong where it happens; authorities deal with their own people.
    let for_recipients = if is_violence { place.or(only) } else { only.or(of_actors).or(place) };
    let for_actors = if is_violence { only.or(place) } else { only.or(of_recipients).or(place) };
    fill(recipients, for_recipients);
    fill(actors, for_actors);
}

fn fill(parties: &mut [ClaimActor], country: Option<Country>) {
    let Some(country) = country else { return };
    for party in parties.iter_mut().filter(|party| party.country.is_none() && is_domestic(party)) {
        party.country = Some(country);
    }
}

/// Whether people of this kind usually act in their own country.
fn is_domestic(party: &ClaimActor) -> bool {
    party.actor_id.is_none()
        && party
            .sector
            .is_some_and(|sector| !matches!(sector, Sector::Ref | Sector::Jrn | Sector::Unk | Sector::Bus))
}

/// The one country that the parties have.
fn common(parties: &[ClaimActor]) -> Option<Country> {
    one(parties.iter().filter_map(|party| party.country).collect())
}

/// The one country that the sentence speaks of.
fn only_country(
    context: &Context<'_>,
    sentence: u32,
    actors: &[ClaimActor],
    recipients: &[ClaimActor],
) -> Option<Country> {
    let span = context.view.document.sentences.get(sentence as usize)?.span;
    let toponyms = context.toponyms.iter().filter(|toponym| span.contains(Span::from(toponym.span)));
    let mut countries: Vec<Country> = toponyms.filter_map(|toponym| toponym.country).collect();
    countries.extend(actors.iter().chain(recipients).filter_map(|party| party.country));
    one(countries)
}

fn one(mut countries: Vec<Country>) -> Option<Country> {
    countries.sort_unstable();
    countries.dedup();
    match countries.as_slice() {
        [country] => Some(*country),
        _ => None,
    }
}
