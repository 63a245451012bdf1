//! *Are these two actors one?*

use annalist_schema::{ClaimActor, Country, Sector};
use serde::{Deserialize, Serialize};

use super::Match;
use super::name::{Name, hash};

/// An actor made ready for comparing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) struct Party {
    id: Option<u64>,
    name: Name,
    pub country: Option<Country>,
    pub sector: Option<Sector>,
}

impl Party {
    pub fn new(actor: &ClaimActor) -> Self {
        Self {
            id: actor.actor_id.as_deref().map(hash),
            name: Name::new(&actor.name),
            country: actor.country,
            sector: actor.sector,
        }
    }

    /// How the two relate: by entry, then by name, then by country and sector.
    pub fn compare(&self, other: &Self) -> Match {
        if self.id.is_some() && self.id == other.id {
            return Match::Same;
        }
        if self.countries_differ(other) {
            return Match::Different;
        }
        if !self.name.is_empty() && self.name == other.name {
            return Match::Same;
        }
        let one_is_unlisted = self.id.is_none() || other.id.is_none();
        if one_is_unlisted && self.sectors_fit(other) && self.shares_surname(other) {
            return Match::Same;
        }
        if self.country.is_none() || other.country.is_none() {
            return Match::Unknown;
        }
        if self.sectors_fit(other) { Match::Compatible } else { Match::Different }
    }

    /// Whether it is on another side: of another country, or against the state of its own. Two words for people of one country
    /// are no two sides.
    pub fn opposes(&self, other: &Self) -> bool {
        let is_against = |one: &Self, other: &Self| {
            one.sector.is_some_and(is_state) && other.sector.is_some_and(Sector::is_armed_group)
        };
        let are_agents = self.is_agent() && other.is_agent();
        are_agents && (self.countries_differ(other) || is_against(self, other) || is_against(other, self))
    }

    /// Whether it is known as somebody who acts, rather than by a word of where it comes from.
    fn is_agent(&self) -> bool {
        self.id.is_some() || self.sector != Some(Sector::Cvl)
    }

    /// Whether it is a person or an organisation that we know, rather than a state or just somebody.
    pub fn is_individual(&self) -> bool {
        self.id.is_some() && self.sector.is_some()
    }

    /// Who belongs to no country may be whom another report takes for somebody of one, unless both are known by name.
    fn countries_differ(&self, other: &Self) -> bool {
        let (Some(one), Some(another)) = (self.country, other.country) else { return false };
        let are_known = self.id.is_some() && other.id.is_some();
        one != another && (are_known || !(one.is_supranational() || another.is_supranational()))
    }

    fn shares_surname(&self, other: &Self) -> bool {
        self.name.is_tail_of(&other.name) || other.name.is_tail_of(&self.name)
    }

    /// A report says "the United States" where another says "the US military": the arms of a state fit each other, and so do
    /// "rebels", "militias" and "gunmen" of one country.
    fn sectors_fit(&self, other: &Self) -> bool {
        match (self.sector, other.sector) {
            (Some(one), Some(other)) => {
                one == other
                    || is_state(one) && is_state(other)
                    || one.is_armed_group() && other.is_armed_group()
                    || [one, other].contains(&Sector::Uaf) && (is_criminal(one) || is_criminal(other))
            }
            _ => true,
        }
    }
}

/// "Gunmen" may be criminals as well as rebels.
fn is_criminal(sector: Sector) -> bool {
    sector == Sector::Crm
}

fn is_state(sector: Sector) -> bool {
    matches!(sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy)
}

/// How two lists of parties relate: the best match of each member of the shorter list, and the worst of those.
pub(crate) fn compare_lists<'a>(one: impl Parties<'a>, other: impl Parties<'a>) -> Match {
    if one.clone().count() <= other.clone().count() { compare_to(one, other) } else { compare_to(other, one) }
}

/// Some parties, gone through as often as needed.
pub(crate) trait Parties<'a>: Iterator<Item = &'a Party> + Clone {}

impl<'a, I: Iterator<Item = &'a Party> + Clone> Parties<'a> for I {}

fn compare_to<'a>(few: impl Parties<'a>, many: impl Parties<'a>) -> Match {
    let best = |party: &Party| many.clone().map(|other| party.compare(other)).max();
    few.filter_map(best).min().unwrap_or(Match::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(text: &str) -> ClaimActor {
        let fields: Vec<_> = text.split('|').collect();
        ClaimActor {
            name: fields[0].to_owned(),
            country: Country::new(fields[1]),
            sector: fields[2].parse().ok(),
            actor_id: fields.get(3).map(|id| (*id).to_owned()),
            ..ClaimActor::default()
        }
    }

    fn check(one: &str, other: &str, expected: Match) {
        let (one, other) = (Party::new(&actor(one)), Party::new(&actor(other)));
        assert_eq!((one.compare(&other), other.compare(&one)), (expected, expected));
    }

    #[test]
    fn entry_then_name_then_country_and_sector() {
        check("Mil. of Freedonia|FRE|MIL|fre-mil", "Freedonian army|FRE|MIL|fre-mil", Match::Same);
        check("the Army|FRE|MIL", "Army|FRE|", Match::Same);
        check("Anna Berg|FRE|GOV", "Berg|FRE|GOV", Match::Same);
        check("Freedonia|FRE|GOV", "Freedonian army|FRE|MIL", Match::Compatible);
        check("Freedonia|FRE|GOV", "rebels|FRE|REB", Match::Different);
        check("gunmen|FRE|UAF", "rebels|FRE|REB", Match::Compatible);
        check("Freedonia|FRE|GOV", "Sylvania|SYL|GOV", Match::Different);
        check("gunmen||UAF", "rebels|FRE|REB", Match::Unknown);
        check("gunmen|FRE|UAF", "the Red Cartel|FRE|CRM|red-cartel", Match::Compatible);
        check("gunmen|FRE|UAF", "Black Front|IMG|REB|black-front", Match::Compatible);
        check("the Black Front|FRE|REB", "Black Front|IMG|REB|black-front", Match::Same);
        check("Freedom Party|FRE|REB|freedom-party", "Black Front|IMG|REB|black-front", Match::Different);
    }
}
