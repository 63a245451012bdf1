//! *Who?*

use annalist_schema::ClaimActor;

use crate::same::Match;
use crate::same::party::{Party, compare_lists};
use crate::situation::cell::Value;

/// The actors, or the recipients, that one claim names; never empty.
pub(crate) struct Parties {
    parties: Vec<Party>,
    names: Vec<String>,
    /// Whether no word of the claim shows any of them: such a guess contradicts nothing.
    is_guess: bool,
}

impl Parties {
    pub fn new(actors: &[ClaimActor]) -> Self {
        let mut names: Vec<_> = actors.iter().map(|actor| actor.name.trim().to_owned()).collect();
        names.sort();
        names.dedup();
        let is_guess = actors.iter().all(ClaimActor::is_guess);
        Self { parties: actors.iter().map(Party::new).collect(), names, is_guess }
    }

    /// The same as what may be misread.
    pub fn into_guess(self) -> Self {
        Self { is_guess: true, ..self }
    }
}

impl Value for Parties {
    fn show(&self) -> String {
        self.names.join(", ")
    }

    /// One claim may name a part of those that another names.
    fn compare(&self, other: &Self) -> Match {
        let same_number = self.names.len() == other.names.len();
        match compare_lists(self.parties.iter(), other.parties.iter()) {
            Match::Same if same_number => Match::Same,
            Match::Same | Match::Compatible => Match::Compatible,
            Match::Different if self.is_guess || other.is_guess || self.share_one(other) => Match::Compatible,
            // A name, a part, the place that somebody comes from: two words for a party rather than two parties.
            Match::Different if !self.opposes(other) => Match::Compatible,
            relation => relation,
        }
    }

    fn needs_speaker(&self) -> bool {
        true
    }

    fn needs_anchor(&self, _other: &Self) -> bool {
        true
    }

    fn yields_to_many(&self) -> bool {
        true
    }

    fn precision(&self) -> f64 {
        let coded = self.parties.iter().filter(|party| party.country.is_some()).count();
        self.names.len() as f64 + coded as f64
    }
}

impl Parties {
    /// Whether no party of the one can be on the side of one of the other.
    fn opposes(&self, other: &Self) -> bool {
        self.parties.iter().all(|party| other.parties.iter().all(|other| party.opposes(other)))
    }

    fn share_one(&self, other: &Self) -> bool {
        let matches =
            |party: &Party| other.parties.iter().any(|other| party.compare(other) >= Match::Compatible);
        self.parties.iter().any(matches)
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::PartyBasis;

    use super::*;

    /// How Peru's government relates to Chile's, each known as it is said.
    fn check(one: PartyBasis, other: PartyBasis, expected: Match) {
        let party = |country: &str, basis| ClaimActor {
            name: format!("government {country}"),
            country: annalist_schema::Country::new(country),
            basis,
            ..ClaimActor::default()
        };
        let of = |country, basis| Parties::new(&[party(country, basis)]);
        assert_eq!(of("PER", one).compare(&of("CHL", other)), expected, "{one} {other}");
    }

    #[test]
    fn a_guess_contradicts_nobody() {
        check(PartyBasis::Named, PartyBasis::Chain, Match::Different);
        for guess in [PartyBasis::Implied, PartyBasis::Inherited, PartyBasis::Default] {
            check(PartyBasis::Named, guess, Match::Compatible);
            check(guess, PartyBasis::Named, Match::Compatible);
            check(guess, guess, Match::Compatible);
        }
    }
}
