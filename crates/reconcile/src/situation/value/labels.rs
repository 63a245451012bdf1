//! *What sort of event?*

use annalist_schema::{EventType, Mode};

use crate::same::Match;
use crate::situation::cell::Value;

/// The type that one claim is coded with. Two types for one event are two ways of coding it, no contradiction of fact.
pub(crate) struct Type(pub EventType);

impl Value for Type {
    fn show(&self) -> String {
        self.0.to_string()
    }

    fn compare(&self, other: &Self) -> Match {
        if self.0 == other.0 { Match::Same } else { Match::Compatible }
    }
}

/// The modes of one claim.
pub(crate) struct Modes(Vec<Mode>);

impl Modes {
    pub fn new(modes: &[Mode]) -> Self {
        let mut modes = modes.to_vec();
        modes.sort_unstable();
        modes.dedup();
        Self(modes)
    }
}

impl Value for Modes {
    fn show(&self) -> String {
        self.0.iter().map(|mode| mode.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// One report may name a part of what another names.
    fn compare(&self, other: &Self) -> Match {
        match self.0 == other.0 {
            true => Match::Same,
            false if self.0.iter().any(|mode| other.0.iter().any(|other| are_kin(*mode, *other))) => {
                Match::Compatible
            }
            false => Match::Different,
        }
    }

    fn precision(&self) -> f64 {
        self.0.len() as f64
    }
}

/// Modes that are the same, or of which one is a special case of the other.
fn are_kin(one: Mode, other: Mode) -> bool {
    use Mode::*;
    let pair = (one.min(other), one.max(other));
    one == other
        || matches!(
            pair,
            (Aerial, Drone)
                | (Explosives, SuicideAttack)
                | (Explosives, Aerial)
                | (Explosives, Drone)
                | (Explosives, HeavyWeapons)
                // Jets and drones fire missiles: the one report names the bearer, the other what it bears.
                | (Aerial, HeavyWeapons)
                | (Drone, HeavyWeapons)
                | (Targeted, _)
                | (Destroy, _)
                | (Demo, _)
                | (Multilateral, _)
                | (Visit, _)
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: Mode, other: Mode, expected: Match) {
        assert_eq!(Modes::new(&[one]).compare(&Modes::new(&[other])), expected, "{one} and {other}");
    }

    #[test]
    fn the_bearer_and_what_it_bears_are_one_means() {
        check(Mode::Aerial, Mode::HeavyWeapons, Match::Compatible);
        check(Mode::HeavyWeapons, Mode::Drone, Match::Compatible);
        check(Mode::Aerial, Mode::Aerial, Match::Same);
        check(Mode::Firearms, Mode::Aerial, Match::Different);
    }
}
