//! *Of which country is somebody whose words do not say so?* Police, protesters and presidents belong to the country that
//! the sentence is about.

use std::collections::BTreeMap;

use annalist_schema::{
    ClaimActor, Country, EventType, MentionKind, PartyBasis, Sector, Span, Toponym, ToponymKind,
};

use crate::mention::actor::resolve;

use super::Context;

/// The country that a report is mostly about: the one that most of its place names lie in.
pub fn home(context: &Context<'_>) -> Option<Country> {
    let mut counts: BTreeMap<Country, usize> = BTreeMap::new();
    for country in context.toponyms.iter().filter_map(|toponym| toponym.country) {
        *counts.entry(country).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (&country, &most) = counts.iter().max_by_key(|&(_, count)| count)?;
    // In doubt it is about several.
    (most >= FEWEST_NAMES && most * 2 > all).then_some(country)
}

/// The state in whose name a report is written: "The White House", "Ministry of Foreign Affairs of Peru"; a state's broadcaster and its
/// news agency report in their own.
pub fn voice(context: &Context<'_>) -> Option<ClaimActor> {
    let outlet = context.report.outlet.as_deref()?;
    let resolved = resolve(outlet, None, context.published.map(|published| published.value));
    let is_of_state = matches!(resolved.sector, Some(Sector::Gov | Sector::Mil | Sector::Leg))
        && resolved.country.is_some()
        && !resolved.sectors.contains(&Sector::Jrn);
    is_of_state.then(|| ClaimActor {
        name: resolved.name,
        country: resolved.country,
        sector: resolved.sector,
        sectors: resolved.sectors,
        actor_id: resolved.actor_id,
        basis: PartyBasis::Implied,
        ..ClaimActor::default()
    })
}

/// A country named less often is not what a report is about.
const FEWEST_NAMES: usize = 3;

/// What the words around a claim tell about countries.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// The sentence, as an index.
    pub sentence: u32,
    /// The country of the place where it happened.
    pub place: Option<Country>,
    /// The country that the report is mostly about.
    pub home: Option<Country>,
    /// The country of the state in whose name the report is written.
    pub voice: Option<Country>,
}

/// Gives parties without a country the country that the claim is about, where that is beyond doubt.
pub fn settle(
    context: &Context<'_>,
    around: Around,
    event_type: Option<EventType>,
    actors: &mut [ClaimActor],
    recipients: &mut [ClaimActor],
) {
    let Around { home, .. } = around;
    // Looked for only where it matters: a sentence may name thousands of places.
    let lacks_country = actors.iter().chain(recipients.iter()).any(|party| party.country.is_none());
    let foreign = if lacks_country { foreign(context, around.sentence) } else { Vec::new() };
    let is_own = |country: &Country| !foreign.contains(country);
    let place = around.place.filter(is_own);
    let only = only_country(context, around, actors, recipients).filter(is_own);
    let is_violence = event_type == Some(EventType::Assault);
    let is_protest = event_type == Some(EventType::Protest);
    for party in actors.iter_mut().chain(recipients.iter_mut()).filter(|party| is_nobody(party)) {
        party.country = of_named_place(context, party);
    }
    // A government that speaks in its own name calls its own bodies by no country.
    let is_own_body = |party: &&mut ClaimActor| {
        party.country.is_none()
            && party.sector == Some(Sector::Gov)
            && party.actor_id.is_none()
            && !names_person(context, party)
    };
    for party in actors.iter_mut().chain(recipients.iter_mut()).filter(is_own_body) {
        party.country = around.voice;
    }
    let of_actors = common(actors);
    let of_recipients = common(recipients);
    // Victims and attackers belong where it happens, as those who march do; authorities deal with their own people.
    let for_recipients = match event_type {
        Some(EventType::Assault) => place.or(only),
        Some(EventType::Coerce) => only.or(place).or(of_actors),
        _ => only.or(of_actors).or(place),
    };
    let for_actors = match () {
        () if is_violence => only.or(place),
        () if is_protest => place.or(only).or(of_recipients),
        () => only.or(of_recipients).or(place),
    };
    if is_violence {
        of_victims(recipients, for_recipients.or(home));
    }
    fill(context, recipients, actors, for_recipients.or(home), home.or(place));
    // Who fires on a state is hardly of it.
    let is_hit = |party: &ClaimActor| is_state(party) && !stands_in(context, party);
    let on_state = is_violence && recipients.iter().any(is_hit);
    let scene = home.or(place).filter(|_| !on_state);
    fill(context, actors, recipients, for_actors.or(home), scene);
}

/// The country of a place that no gazetteer lists: the one that the sentence, or else the report, speaks of.
pub fn of_unlisted_place(
    context: &Context<'_>,
    around: Around,
    actors: &[ClaimActor],
    recipients: &[ClaimActor],
) -> Option<Country> {
    only_country(context, around, actors, recipients).or(around.home)
}

/// "Troops must stay on the border with Egypt", "the war against Chad": countries that the sentence names as another side, so that
/// nobody who is not said to be theirs is.
fn foreign(context: &Context<'_>, sentence: u32) -> Vec<Country> {
    let Some(span) = context.view.document.sentences.get(sentence as usize).map(|sentence| sentence.span)
    else {
        return Vec::new();
    };
    let is_other_side = |toponym: &&Toponym| {
        let start = toponym.span.start as usize;
        let before = context.view.text.get(span.start as usize..start).unwrap_or_default();
        let mut words = before.split_whitespace().rev();
        let with = words.next().unwrap_or_default();
        let noun = words.next().unwrap_or_default().trim_end_matches('s');
        with == "with"
            && matches!(
                noun,
                "border" | "frontier" | "relation" | "tie" | "war" | "truce" | "treaty" | "deal"
            )
            || with == "against" && matches!(noun, "war" | "fight" | "campaign")
    };
    let inside =
        context.toponyms_around(span).iter().filter(|toponym| span.contains(Span::from(toponym.span)));
    let is_country =
        |toponym: &&Toponym| toponym.feature == "country" && toponym.kind != ToponymKind::Demonym;
    inside.filter(is_country).filter(is_other_side).filter_map(|toponym| toponym.country).collect()
}

/// "The Iran-backed group", "Abkhazia's army": their words say that they are not simply of where they act.
fn is_of_its_own(context: &Context<'_>, party: &ClaimActor) -> bool {
    const BACKED: [&str; 5] = ["-backed", "-aligned", "-supported", "-sponsored", "-funded"];
    let gazetteer = annalist_data::gazetteer::Gazetteer::in_use();
    let is_breakaway = |words: Span, toponym: &Toponym| {
        let span = Span::from(toponym.span);
        words.contains(span) && gazetteer.is_breakaway(span.of(context.view.text))
    };
    let names_breakaway =
        |words: Span| context.toponyms_around(words).iter().any(|toponym| is_breakaway(words, toponym));
    BACKED.iter().any(|ending| party.name.contains(ending)) || party.span.is_some_and(names_breakaway)
}

fn fill(
    context: &Context<'_>,
    parties: &mut [ClaimActor],
    others: &[ClaimActor],
    country: Option<Country>,
    scene: Option<Country>,
) {
    let Some(country) = country else { return };
    // "Rebels blamed Israel": a country named for what it did tells nothing of those who say so.
    let faces_state = is_party(others, country);
    let is_elsewhere =
        |party: &ClaimActor| faces_state && (party.sector == Some(Sector::Gov) || scene != Some(country));
    let belongs = |party: &ClaimActor| {
        !is_of_many(party)
            && !is_of_its_own(context, party)
            && (is_domestic(party) && !is_elsewhere(party) || is_unlisted_place(context, party))
    };
    for party in parties.iter_mut().filter(|party| party.country.is_none() && belongs(party)) {
        party.country = Some(country);
    }
}

/// Reporters travel, but those who are attacked on the spot are mostly of the place, as the works and houses are.
fn of_victims(recipients: &mut [ClaimActor], place: Option<Country>) {
    let is_local = |party: &&mut ClaimActor| {
        party.actor_id.is_none()
            && matches!(party.sector, None | Some(Sector::Jrn | Sector::Bus))
            && !is_of_many(party)
    };
    for victim in recipients.iter_mut().filter(is_local) {
        victim.country = victim.country.or(place);
    }
}

/// "A base in Mali": the state is where something stands.
fn stands_in(context: &Context<'_>, party: &ClaimActor) -> bool {
    let before = party.span.and_then(|span| context.view.text.get(..span.start as usize));
    before.and_then(|before| before.split_whitespace().next_back()).is_some_and(|word| word == "in")
}

/// Whether a party is a state by its own name.
fn is_state(party: &ClaimActor) -> bool {
    let entry = annalist_data::gazetteer::Gazetteer::in_use().country_by_name(&party.name);
    party.sector.is_none()
        && party.actor_id.is_none()
        && entry.is_some_and(|entry| Some(entry.iso3) == party.country)
}

/// Whether a country as a whole is a party: a minister who deals with it is hardly one of its own.
fn is_party(parties: &[ClaimActor], country: Country) -> bool {
    parties.iter().any(|party| party.country == Some(country) && party.sector.is_none())
}

fn names_person(context: &Context<'_>, party: &ClaimActor) -> bool {
    let Some(span) = party.span else { return false };
    let mut mentions = context.mentions_around(span).iter();
    mentions.any(|mention| mention.kind == MentionKind::Person && span.contains(Span::from(mention.span)))
}

fn is_nobody(party: &ClaimActor) -> bool {
    party.country.is_none() && party.sector.is_none() && party.actor_id.is_none()
}

/// The country of the place that the party's words are, however the report spells it.
fn of_named_place(context: &Context<'_>, party: &ClaimActor) -> Option<Country> {
    let span = party.span?;
    let is_it = |toponym: &&Toponym| toponym.kind != ToponymKind::Demonym && Span::from(toponym.span) == span;
    let is_claimed = annalist_data::gazetteer::Gazetteer::in_use().is_breakaway(span.of(context.view.text));
    let found = context.toponyms_around(span).iter().find(is_it).filter(|_| !is_claimed);
    found.and_then(|toponym| toponym.country)
}

/// "Shelled Qarah Tapah": a town that no gazetteer lists, for its inhabitants.
fn is_unlisted_place(context: &Context<'_>, party: &ClaimActor) -> bool {
    let Some(span) = party.span else { return false };
    let is_listed = |toponym: &Toponym| toponym.country.is_some() && span.overlaps(toponym.span.into());
    !context.toponyms_around(span).iter().any(is_listed)
        && context
            .mentions_around(span)
            .iter()
            .any(|mention| mention.kind == MentionKind::Place && span.contains(Span::from(mention.span)))
}

/// "European nations", "the countries": several, so not the one that is spoken of.
fn is_of_many(party: &ClaimActor) -> bool {
    let last = party.name.rsplit(' ').next().unwrap_or_default();
    matches!(last.to_lowercase().as_str(), "nations" | "countries" | "states" | "governments" | "powers")
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
    around: Around,
    actors: &[ClaimActor],
    recipients: &[ClaimActor],
) -> Option<Country> {
    let span = context.view.document.sentences.get(around.sentence as usize)?.span;
    let is_trusted = |toponym: &&Toponym| {
        // A town abroad may be a town at home that the gazetteer does not tell apart; a country is itself.
        around.home.is_none()
            || toponym.country == around.home
            || toponym.feature == "country"
            || toponym.kind == ToponymKind::Demonym
    };
    let toponyms =
        context.toponyms_around(span).iter().filter(|toponym| span.contains(Span::from(toponym.span)));
    let toponyms = toponyms.filter(is_trusted);
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

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::testing::with_full_context;

    fn check(text: &str, expected: Option<&str>) {
        with_full_context(text, |context, _| {
            let home = home(context).map(|country| country.to_string());
            assert_eq!(home.as_deref(), expected, "{text}");
        });
    }

    #[test]
    fn a_report_is_at_home_where_most_of_its_places_are() {
        check(
            "Crowds marched through Lima. Police in Peru said that Peru and Chile had talked.",
            Some("PER"),
        );
        check("Peru and Chile talked.", None);
    }
}
