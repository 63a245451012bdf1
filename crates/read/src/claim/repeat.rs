//! *Is this the same event told again?* Repeats inside a report become one claim: the best told one.

use annalist_schema::{Claim, ClaimActor, Country, EventType, Status};

/// One claim for each event and version, best told first; the others give what the best lacks.
pub fn merge(claims: Vec<Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::new();
    for claim in claims {
        match kept.iter_mut().find(|known| same(known, &claim)) {
            Some(known) => absorb(known, claim),
            None => kept.push(claim),
        }
    }
    kept
}

fn same(one: &Claim, other: &Claim) -> bool {
    one.event_type == other.event_type
        && one.status == other.status
        && compatible_dates(one, other)
        && if one.sentence == other.sentence {
            within_sentence(one, other)
        } else {
            across_sentences(one, other)
        }
}

/// "An airstrike killed two": one assault, told by two words.
fn within_sentence(one: &Claim, other: &Claim) -> bool {
    let is_deed = one.event_type.is_some_and(is_deed);
    (is_deed || one.key.lemma == other.key.lemma)
        && agree(&one.actors, &other.actors)
        && agree(&one.recipients, &other.recipients)
}

/// Later sentences repeat an event by naming its parties again, or by leaving them out.
fn across_sentences(one: &Claim, other: &Claim) -> bool {
    let shares_word = one.key.lemma == other.key.lemma || same_code(one, other);
    let shares_party = shared(&one.actors, &other.actors) || shared(&one.recipients, &other.recipients);
    shares_word
        && shares_party
        && agree(&one.actors, &other.actors)
        && agree(&one.recipients, &other.recipients)
        && one.key.plural == other.key.plural
}

fn same_code(one: &Claim, other: &Claim) -> bool {
    let root = |claim: &Claim| {
        claim.cameo.as_ref().map(|code| code.as_str()[..3.min(code.as_str().len())].to_owned())
    };
    root(one) == root(other)
}

/// Events that several words of one sentence tell together.
fn is_deed(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Assault
            | EventType::Protest
            | EventType::Consult
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Retreat
            | EventType::Aid
            | EventType::Cooperate
    )
}

fn compatible_dates(one: &Claim, other: &Claim) -> bool {
    let explicit = |claim: &Claim| claim.date.filter(|_| claim.date_basis.as_deref() != Some("published"));
    match (explicit(one), explicit(other)) {
        (Some(one), Some(other)) => one.overlaps(&other),
        _ => true,
    }
}

/// Whether neither list names a country that the other contradicts.
fn agree(some: &[ClaimActor], others: &[ClaimActor]) -> bool {
    let (some, others) = (countries(some), countries(others));
    some.is_empty() || others.is_empty() || some.iter().any(|country| others.contains(country))
}

fn shared(some: &[ClaimActor], others: &[ClaimActor]) -> bool {
    let others_countries = countries(others);
    countries(some).iter().any(|country| others_countries.contains(country))
        || some.iter().any(|one| others.iter().any(|other| one.name.eq_ignore_ascii_case(&other.name)))
}

fn countries(actors: &[ClaimActor]) -> Vec<Country> {
    actors.iter().filter_map(|actor| actor.country).collect()
}

/// Takes over what only the repeat tells; a better told repeat becomes the claim.
fn absorb(known: &mut Claim, mut repeat: Claim) {
    if repeat.score > known.score && repeat.status == Status::Happened && repeat.sentence == known.sentence {
        std::mem::swap(known, &mut repeat);
    }
    let repeat_is_vague = is_vague(&repeat);
    if known.actors.is_empty() {
        known.actors = repeat.actors;
    }
    if known.recipients.is_empty() {
        known.recipients = repeat
            .recipients
            .into_iter()
            .filter(|party| known.actors.iter().all(|actor| actor.span != party.span))
            .collect();
    }
    if known.modes.is_empty() && known.event_type == repeat.event_type {
        known.modes = repeat.modes;
    }
    if known.acled.is_none() {
        known.acled = repeat.acled;
    }
    if is_vague(known) && !repeat_is_vague {
        known.date = repeat.date;
        known.date_granularity = repeat.date_granularity;
        known.date_basis = repeat.date_basis;
    }
    if known.place.is_none() {
        known.place = repeat.place;
    }
}

fn is_vague(claim: &Claim) -> bool {
    claim.date.is_none() || claim.date_basis.as_deref() == Some("published")
}
