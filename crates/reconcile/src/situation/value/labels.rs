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

    /// One report may name the bearer and another what it bears, a part, or only that it was an attack: two words for the
    /// means are no contradiction.
    fn compare(&self, other: &Self) -> Match {
        if self.0 == other.0 { Match::Same } else { Match::Compatible }
    }

    fn precision(&self) -> f64 {
        self.0.len() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: Mode, other: Mode, expected: Match) {
        assert_eq!(Modes::new(&[one]).compare(&Modes::new(&[other])), expected, "{one} and {other}");
    }

    #[test]
    fn two_words_for_the_means_are_no_contradiction() {
        check(Mode::Aerial, Mode::HeavyWeapons, Match::Compatible);
        check(Mode::HeavyWeapons, Mode::Drone, Match::Compatible);
        check(Mode::Aerial, Mode::Aerial, Match::Same);
        check(Mode::Firearms, Mode::Aerial, Match::Compatible);
    }
}
