//! *What happened when?*

use annalist_schema::DayInterval;

use crate::columns;
use crate::error::Error;

/// How long reports tell of a happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// Reports still recall it years later.
    Recalled,
    /// Those that tell of it are mostly of the months after.
    Recent,
    /// It was planned or awaited, so that reports tell of it years before as well.
    Planned,
}

/// A happening with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldEvent {
    /// What happened, as a phrase that goes on after "the".
    pub what: String,
    /// When: a day, or the month or year in which its days lay.
    pub days: DayInterval,
    /// Groups of beginnings of words in lower case; a sentence with one of each group speaks of it.
    pub cues: Vec<Vec<String>>,
    /// How long it is told of.
    pub memory: Memory,
    /// Title of the article in the English Wikipedia that gives the day.
    pub origin: String,
}

impl WorldEvent {
    /// Whether words, given in lower case, have a cue of each group.
    pub fn is_told_in(&self, words: &str) -> bool {
        self.cues.iter().all(|group| group.iter().any(|cue| find_word(words, cue).is_some()))
    }
}

/// Where the first word that begins so begins.
pub(super) fn find_word(words: &str, cue: &str) -> Option<usize> {
    let is_start = |at: usize| !words[..at].ends_with(char::is_alphanumeric);
    words.match_indices(cue).map(|(at, _)| at).find(|at| is_start(*at))
}

/// Columns: days, `recalled`, `recent` or `planned`, what happened, `cue|cue & cue|cue`, origin.
/// Gives them in order of time.
pub(super) fn load(file: &str, text: &str) -> Result<Vec<WorldEvent>, Error> {
    let mut events = columns::rows(file, text, read)?;
    events.sort_by(|one, other| one.days.cmp(&other.days).then_with(|| one.what.cmp(&other.what)));
    Ok(events)
}

fn read([days, memory, what, cues, origin]: [&str; 5]) -> Result<WorldEvent, String> {
    let memory = match memory {
        "recalled" => Memory::Recalled,
        "recent" => Memory::Recent,
        "planned" => Memory::Planned,
        other => return Err(format!("recalled, recent or planned was expected and `{other}` was there")),
    };
    let cues: Vec<Vec<String>> = cues.split('&').map(group).collect();
    match cues.iter().flatten().find(|cue| cue.is_empty() || **cue != cue.to_lowercase()) {
        Some(cue) => Err(format!("`{cue}` is no cue in lower case")),
        None => Ok(WorldEvent {
            what: columns::filled("name", what)?,
            days: columns::days(days)?,
            cues,
            memory,
            origin: columns::filled("origin", origin)?,
        }),
    }
}

fn group(text: &str) -> Vec<String> {
    text.split('|').map(|cue| cue.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../data/world/events.tsv");

    #[test]
    fn the_shipped_table_loads() {
        let events = load("events.tsv", SHIPPED).unwrap();
        assert!(events.len() > 300, "{}", events.len());
        let mut names: Vec<&str> = events.iter().map(|event| event.what.as_str()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a happening is there twice");
    }

    #[test]
    fn one_word_of_each_group_tells() {
        let told = |sentence: &str| -> Vec<String> {
            let events = super::super::events().iter().filter(|event| event.is_told_in(sentence));
            events.map(|event| event.days.format()).collect()
        };
        assert_eq!(told("since russia's full-scale invasion of ukraine"), ["2022-02-24"]);
        assert_eq!(told("the invasion of poland"), Vec::<String>::new());
    }

    #[test]
    fn rows_say_what_is_wrong() {
        let check = |line: &str, expected: &str| {
            let problem = load("e.tsv", line).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(problem, Err(expected.to_owned()));
        };
        check(
            "1999\tever\ta\tb\tc",
            "e.tsv:1: recalled, recent or planned was expected and `ever` was there",
        );
        check("1999\trecent\ta\tB\tc", "e.tsv:1: `B` is no cue in lower case");
    }
}
