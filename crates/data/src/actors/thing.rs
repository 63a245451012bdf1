//! *Does this noun name a weapon, a platform or a kind of place?*

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::load::Error;
use super::role::singular;
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

const FILE: &str = "things.toml";
const TEXT: &str = include_str!("../../../../data/actors/things.toml");

/// The shipped nouns. A test keeps the file free of errors; a damaged build knows none.
pub fn things() -> &'static Things {
    static THINGS: OnceLock<Things> = OnceLock::new();
    THINGS.get_or_init(|| Things::load(TEXT).unwrap_or_default())
}

impl Things {
    /// Loads nouns from the text of a file.
    ///
    /// # Errors
    /// If the file has another form or no origin.
    pub fn load(text: &str) -> Result<Self, Error> {
        let file: File = toml::from_str(text)
            .map_err(|error| Error::Syntax { file: FILE.to_owned(), problem: error.to_string() })?;
        if file.origin.trim().is_empty() {
            let problem = "is empty".to_owned();
            return Err(Error::Entry { file: FILE.to_owned(), entry: "origin".to_owned(), problem });
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
    fn an_entry_without_origin_does_not_load() {
        let text = "origin = \"\"\nweapon = \"\"\nplatform = \"\"\nplace = \"\"";
        assert!(Things::load(text).unwrap_err().to_string().contains("`origin`: is empty"));
    }
}
