//! *Which happenings does everybody who reads the news know the day of?* From `data/world/events.toml`.

use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

/// A happening with its day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorldEvent {
    /// What happened, as a phrase that goes on after "the".
    pub what: String,
    /// When.
    pub day: Date,
    /// Groups of words in lower case; a sentence with one of each group speaks of it.
    pub cues: Vec<Vec<String>>,
    /// Whether reports still recall it years later, so that it only says what a report was not written before.
    #[serde(default)]
    pub recalled: bool,
    /// Title of the article in the English Wikipedia that gives the day.
    pub origin: String,
}

impl WorldEvent {
    /// Whether a sentence, given in lower case, speaks of it.
    pub fn is_told_in(&self, sentence: &str) -> bool {
        self.cues.iter().all(|group| group.iter().any(|cue| sentence.contains(cue.as_str())))
    }
}

#[derive(Deserialize)]
struct File {
    event: Vec<WorldEvent>,
}

/// The shipped table in order of time, loaded at first use. A test keeps it free of errors; a damaged build knows nothing.
pub fn events() -> &'static [WorldEvent] {
    static EVENTS: OnceLock<Vec<WorldEvent>> = OnceLock::new();
    EVENTS.get_or_init(|| parse(include_str!("../../../data/world/events.toml")).unwrap_or_default())
}

fn parse(text: &str) -> Result<Vec<WorldEvent>, toml::de::Error> {
    let mut events = toml::from_str::<File>(text)?.event;
    events.sort_by(|one, other| one.day.cmp(&other.day).then_with(|| one.what.cmp(&other.what)));
    Ok(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_loads() {
        let events = parse(include_str!("../../../data/world/events.toml")).unwrap();
        assert!(events.len() > 30);
        for event in events {
            assert!(event.cues.len() > 1 && !event.origin.is_empty(), "{}", event.what);
            let is_lower = |cue: &String| *cue == cue.to_lowercase() && !cue.is_empty();
            assert!(event.cues.iter().flatten().all(is_lower), "{}", event.what);
        }
    }

    #[test]
    fn one_word_of_each_group_tells() {
        let told = |sentence: &str| -> Vec<String> {
            events()
                .iter()
                .filter(|event| event.is_told_in(sentence))
                .map(|event| event.day.to_string())
                .collect()
        };
        assert_eq!(told("since russia's full-scale invasion of ukraine"), ["2022-02-24"]);
        assert_eq!(told("the invasion of poland"), Vec::<String>::new());
    }
}
