//! *Who is meant where no word says so?* Protests are aimed at those who govern, arrests are the work of authorities, and who
//! yields to protests yields to the protesters.

use annalist_schema::{Claim, ClaimActor, Country, EventType, Mode, PartyBasis, Sector, Span, Status};

use super::repeat::Told;
use super::tree::Tree;

/// Gives the parties that the kind of event implies to the claims of a report that name none.
pub fn supply(tree: &Tree<'_>, told: &mut [Told]) {
    let protests: Vec<Claim> = told.iter().map(|told| &told.claim).filter(is_protest).cloned().collect();
    for claim in told.iter_mut().map(|told| &mut told.claim) {
        match claim.event_type {
            Some(EventType::Protest) => claim.recipients.extend(government(claim)),
            Some(EventType::Coerce) => {
                claim.actors.extend(authorities(claim));
                claim.recipients.extend(public(claim));
            }
            Some(EventType::Request) => claim.recipients.extend(asked(claim, tree.home)),
            Some(EventType::Concede) => yield_to(tree, claim, &protests),
            _ => {}
        }
    }
}

fn is_protest(claim: &&Claim) -> bool {
    claim.event_type == Some(EventType::Protest) && claim.status == Status::Happened
}

/// Whom people protest against who name nobody: the government of their country.
fn government(claim: &Claim) -> Option<ClaimActor> {
    let is_open = claim.recipients.is_empty() && claim.actors.iter().all(is_people);
    let country = one_country(&claim.actors).filter(|_| is_open)?;
    Some(state("government", country))
}

/// Who arrests where nobody is named: the authorities of the place.
fn authorities(claim: &Claim) -> Option<ClaimActor> {
    let is_open = claim.actors.is_empty() && claim.modes.contains(&Mode::Arrest);
    let of_place = claim.place.as_ref().and_then(|place| place.country);
    let country = of_place.or_else(|| one_country(&claim.recipients)).filter(|_| is_open)?;
    Some(state("authorities", country))
}

/// Whom a government's curfew or ban binds where nobody is named: its own people.
fn public(claim: &Claim) -> Option<ClaimActor> {
    let binds_all =
        claim.modes.iter().any(|mode| matches!(mode, Mode::Restrict | Mode::Curfew | Mode::MartialLaw));
    let is_open = claim.recipients.is_empty() && claim.actors.iter().all(is_state);
    let country = one_country(&claim.actors).filter(|_| binds_all && is_open)?;
    Some(party("public", country, Sector::Cvl, None))
}

/// Of whom outsiders ask something where nobody is named: the government of the country where it is wanted.
fn asked(claim: &Claim, home: Option<Country>) -> Option<ClaimActor> {
    let is_open = claim.recipients.is_empty() && !claim.actors.is_empty();
    let of_place = claim.place.as_ref().and_then(|place| place.country);
    let country = of_place.or(home).filter(|_| is_open)?;
    let is_outside = claim.actors.iter().all(|actor| actor.country != Some(country));
    (is_outside && !country.is_supranational()).then(|| state("government", country))
}

/// A government that yields while its people protest yields to them.
fn yield_to(tree: &Tree<'_>, claim: &mut Claim, protests: &[Claim]) {
    if !claim.recipients.is_empty() {
        return;
    }
    let Some(country) = one_country(&claim.actors) else { return };
    let of_country = |protest: &&Claim| one_country(&protest.actors) == Some(country);
    match protests.iter().find(of_country) {
        Some(protest) => {
            let protesters = protest.actors.iter().map(|actor| actor.inherited_from(&protest.id));
            claim.recipients = protesters.collect();
        }
        None => claim.recipients.extend(protesters(tree, country)),
    }
}

/// Those who protest at home, where the report speaks of them without telling of a protest.
fn protesters(tree: &Tree<'_>, country: Country) -> Option<ClaimActor> {
    let words = 0..tree.view.document.tokens.len() as u32;
    let is_it = |&word: &u32| matches!(tree.lemma(word), "protester" | "protestor" | "demonstrator");
    let word = words.filter(|_| tree.home == Some(country)).find(is_it)?;
    Some(party("protesters", country, Sector::Cvl, Some(tree.view.token(word).span)))
}

fn is_people(party: &ClaimActor) -> bool {
    !matches!(party.sector, Some(Sector::Gov | Sector::Mil | Sector::Cop))
}

fn is_state(party: &ClaimActor) -> bool {
    matches!(party.sector, None | Some(Sector::Gov | Sector::Mil | Sector::Cop | Sector::Leg))
}

fn one_country(parties: &[ClaimActor]) -> Option<Country> {
    let country = parties.first()?.country?;
    let is_same = |party: &ClaimActor| party.country == Some(country);
    (parties.iter().all(is_same) && !country.is_supranational()).then_some(country)
}

fn state(name: &str, country: Country) -> ClaimActor {
    party(name, country, Sector::Gov, None)
}

/// A party that no word of the claim names; `span` are words elsewhere that do.
fn party(name: &str, country: Country, sector: Sector, span: Option<Span>) -> ClaimActor {
    ClaimActor {
        name: name.to_owned(),
        country: Some(country),
        sector: Some(sector),
        sectors: vec![sector],
        basis: PartyBasis::Implied,
        span,
        ..ClaimActor::default()
    }
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use super::*;
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    /// Who acts and who bears it, in the first claim of a type: what no word names in brackets, what another claim names in
    /// braces. The words that show a party are never the trigger.
    fn check(text: &str, event_type: EventType, expected: &str) {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let claim =
                told.iter().map(|told| &told.claim).find(|claim| claim.event_type == Some(event_type));
            let claim = claim.expect("the event is told");
            let names = |parties: &[ClaimActor]| {
                let name = |party: &ClaimActor| {
                    let country = party.country.map(|country| country.to_string()).unwrap_or_default();
                    assert_ne!(party.span, Some(claim.trigger), "{text}");
                    let named = format!("{} {country}", party.name);
                    match party.basis {
                        PartyBasis::Implied => format!("({named})"),
                        PartyBasis::Inherited => format!("{{{named}}}"),
                        _ => named,
                    }
                };
                parties.iter().map(name).collect::<Vec<_>>().join(", ")
            };
            assert_eq!(
                format!("{} -> {}", names(&claim.actors), names(&claim.recipients)),
                expected,
                "{text}"
            );
        });
    }

    #[test]
    fn people_protest_against_their_government() {
        let text = "Thousands of students marched in Lima on Monday against the new law.";
        check(text, EventType::Protest, "students PER -> (government PER)");
        let text = "Students marched in Lima on Monday to protest against the Chilean president.";
        check(text, EventType::Protest, "Students PER -> Chilean president CHL");
    }

    #[test]
    fn authorities_arrest_where_nobody_else_is_said_to() {
        let text = "Twelve people were arrested in Lima on Monday.";
        check(text, EventType::Coerce, "(authorities PER) -> Twelve people PER");
        let text = "Soldiers arrested twelve people in Lima on Monday.";
        check(text, EventType::Coerce, "Soldiers PER -> twelve people in Lima PER");
    }

    #[test]
    fn a_protest_by_nobody_named_is_of_protesters_and_no_word_shows_them() {
        let text = "A protest was held in Lima on Monday.";
        check(text, EventType::Protest, "(protesters PER) -> (government PER)");
    }

    #[test]
    fn who_yields_while_people_protest_yields_to_them() {
        let text =
            "Students marched in Lima on Monday. On Tuesday the Peruvian government scrapped the new law.";
        check(text, EventType::Concede, "Peruvian government PER -> {Students PER}");
    }
}
