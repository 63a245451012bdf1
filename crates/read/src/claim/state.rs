//! *Which part of a state is meant where only the state is named?* Who strikes is its military, who speaks, meets or sanctions is
//! its government; what befalls a country befalls no part of it.

use annalist_data::gazetteer::Gazetteer;
use annalist_data::ontology::{TypeEntry, ontology};
use annalist_schema::{Claim, ClaimActor, Sector};

/// Gives the states among the parties of a claim the sector that its type tells. The last of the report's rules: before it, a party
/// without a sector is a state as such.
pub fn sectors(claim: &mut Claim) {
    let Some(entry) = claim.event_type.and_then(|event_type| ontology().event_type(event_type)) else {
        return;
    };
    let TypeEntry { state_acts, state_bears, .. } = entry;
    claim.actors.iter_mut().for_each(|party| part(party, Some(*state_acts)));
    claim.recipients.iter_mut().for_each(|party| part(party, *state_bears));
}

fn part(party: &mut ClaimActor, sector: Option<Sector>) {
    let country = party.country.and_then(|country| Gazetteer::embedded().country(country.as_str()));
    let is_state = party.sector.is_none() && country.is_some_and(|country| country.name() == party.name);
    if let Some(sector) = sector.filter(|_| is_state) {
        party.sector = Some(sector);
        party.sectors = vec![sector];
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{Country, EventType};

    use super::*;

    /// The sectors of a state that acts and of one that bears.
    fn check(event_type: EventType, expected: (Option<Sector>, Option<Sector>)) {
        let state =
            || ClaimActor { name: "Chad".to_owned(), country: Country::new("TCD"), ..ClaimActor::default() };
        let mut claim = Claim {
            event_type: Some(event_type),
            actors: vec![state()],
            recipients: vec![state()],
            ..Claim::default()
        };
        sectors(&mut claim);
        assert_eq!((claim.actors[0].sector, claim.recipients[0].sector), expected, "{event_type}");
    }

    #[test]
    fn a_state_strikes_by_its_military_and_speaks_by_its_government() {
        check(EventType::Assault, (Some(Sector::Mil), None));
        check(EventType::Mobilize, (Some(Sector::Mil), None));
        check(EventType::Accuse, (Some(Sector::Gov), Some(Sector::Gov)));
        check(EventType::Sanction, (Some(Sector::Gov), None));
    }

    #[test]
    fn only_a_state_as_such_has_no_part_yet() {
        let mut claim = Claim {
            event_type: Some(EventType::Assault),
            actors: vec![ClaimActor {
                name: "gunmen".to_owned(),
                country: Country::new("TCD"),
                ..ClaimActor::default()
            }],
            ..Claim::default()
        };
        sectors(&mut claim);
        assert_eq!(claim.actors[0].sector, None);
    }
}
