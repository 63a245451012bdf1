//! *Does this noun name a weapon, a platform or a kind of place?*

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::role::singular;
use crate::error::{Error, checked, from_toml, loaded};
use crate::gazetteer::fold;

/// What a noun of `data/actors/things.toml` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ThingKind {
    /// A weapon or munition.
    Weapon,
    /// A ship, aircraft or vehicle.
    Platform,
    /// A kind of place.
    Place,
}

/// The nouns of `data/actors/things.toml`.
#[derive(Debug, Default)]
pub struct Things {
    words: HashMap<String, ThingKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    origin: String,
    weapon: String,
    platform: String,
    place: String,
}

const FILE: &str = "data/actors/things.toml";
const TEXT: &str = include_str!("../../../../data/actors/things.toml");

static THINGS: LazyLock<Result<Things, Error>> = LazyLock::new(|| Things::load(TEXT));

/// The shipped nouns.
pub fn things() -> &'static Things {
    loaded(&THINGS)
}

pub(super) fn check() -> Result<(), Error> {
    checked(&THINGS)
}

impl Things {
    /// Loads nouns from the text of a file.
    ///
    /// # Errors
    /// If the file has another form or no origin.
    pub fn load(text: &str) -> Result<Self, Error> {
        let file: File = from_toml(FILE, text)?;
        if file.origin.trim().is_empty() {
            return Err(Error::of(FILE, "`origin` is empty"));
        }
        let lists = [
            (file.place, ThingKind::Place),
            (file.platform, ThingKind::Platform),
            (file.weapon, ThingKind::Weapon),
        ];
        let words = lists.iter().flat_map(|(words, kind)| words.split(',').map(|word| (fold(word), *kind)));
        Ok(Self { words: words.filter(|(word, _)| !word.is_empty()).collect() })
    }

    /// What a folded noun in singular or plural names.
    pub fn get(&self, folded: &str) -> Option<ThingKind> {
        let found = self.words.get(folded).copied();
        found.or_else(|| self.words.get(&singular(folded)?).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(noun: &str, expected: Option<ThingKind>) {
        assert_eq!(Things::load(TEXT).unwrap().get(noun), expected, "{noun}");
    }

    #[test]
    fn nouns_have_kinds() {
        check("ballistic missiles", Some(ThingKind::Weapon));
        check("warships", Some(ThingKind::Platform));
        check("cities", Some(ThingKind::Place));
        check("apples", None);
    }

    #[test]
    fn a_damaged_file_says_where() {
        let check = |origin: &str, rest: &str, expected: &str| {
            let text = format!("origin = \"{origin}\"\nweapon = \"\"\nplatform = \"\"\n{rest}");
            assert_eq!(Things::load(&text).unwrap_err().to_string(), expected);
        };
        check("", "place = \"\"", "data/actors/things.toml: `origin` is empty");
        check(
            "me",
            "palace = \"\"",
            "data/actors/things.toml:4: unknown field `palace`, expected one of `origin`, `weapon`, `platform`, `place`, found `palace = \"\"`",
        );
    }
}
