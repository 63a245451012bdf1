//! *When was a price or a rate so high?*

use annalist_schema::DayInterval;

use super::event::find_word;
use crate::columns;
use crate::error::Error;

/// A price, index or rate with what it was from year to year.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// What it is, as a phrase that goes on after "the".
    pub what: String,
    /// Beginnings of words in lower case, one of which names it.
    pub cues: Vec<String>,
    /// What stands right before its figure; empty if nothing need.
    pub before: Vec<String>,
    /// What stands right after its figure, in lower case; empty if nothing need.
    pub after: Vec<String>,
    /// The lowest and highest of each stretch of days.
    pub ranges: Vec<(DayInterval, f64, f64)>,
    /// Title of the article in the English Wikipedia on it.
    pub origin: String,
}

/// So much may a figure lie outside the range: it may be that of a moment, or rounded.
const SLACK: f64 = 0.003;

impl Level {
    /// Where the words that name it end, in words given in lower case.
    pub fn named_in(&self, words: &str) -> Option<usize> {
        let end = |cue: &String| find_word(words, cue).map(|at| at + cue.len());
        self.cues.iter().filter_map(end).min()
    }

    /// The days on which it was so.
    pub fn days_at(&self, figure: f64) -> Vec<DayInterval> {
        let holds = |low: f64, high: f64| (low * (1.0 - SLACK)..=high * (1.0 + SLACK)).contains(&figure);
        self.ranges.iter().filter(|(_, low, high)| holds(*low, *high)).map(|(days, ..)| *days).collect()
    }
}

/// Columns: what, `cue|cue`, before and after (`-` = nothing), `days=low:high …`, origin.
pub(super) fn load(file: &str, text: &str) -> Result<Vec<Level>, Error> {
    columns::rows(file, text, read)
}

fn read([what, cues, before, after, levels, origin]: [&str; 6]) -> Result<Level, String> {
    let cues = list(cues);
    if let Some(cue) = cues.iter().find(|cue| cue.is_empty() || **cue != cue.to_lowercase()) {
        return Err(format!("`{cue}` is no cue in lower case"));
    }
    Ok(Level {
        what: columns::filled("name", what)?,
        cues,
        before: list(before),
        after: list(after),
        ranges: levels.split_whitespace().map(range).collect::<Result<_, _>>()?,
        origin: columns::filled("origin", origin)?,
    })
}

fn list(text: &str) -> Vec<String> {
    if text == "-" { Vec::new() } else { text.split('|').map(|word| word.trim().to_owned()).collect() }
}

/// `1989=17:24.7`.
fn range(text: &str) -> Result<(DayInterval, f64, f64), String> {
    let problem = || format!("`days=low:high` was expected and `{text}` was there");
    let (days, figures) = text.split_once('=').ok_or_else(problem)?;
    let (low, high) = figures.split_once(':').ok_or_else(problem)?;
    let figure = |text: &str| text.parse::<f64>().map_err(|_| problem());
    let (low, high) = (figure(low)?, figure(high)?);
    if low > high { Err(problem()) } else { Ok((columns::days(days)?, low, high)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../data/world/levels.tsv");

    #[test]
    fn the_shipped_table_loads() {
        assert!(load("levels.tsv", SHIPPED).unwrap().len() > 10);
    }

    #[test]
    fn figures_tell_days() {
        let levels = load("l.tsv", "tea\ttea\t$\ta pound\t1980=1:2 1981=1.5:3\tTea").unwrap();
        let check = |figure: f64, expected: &[&str]| {
            let days: Vec<String> = levels[0].days_at(figure).iter().map(DayInterval::format).collect();
            assert_eq!(days, expected, "{figure}");
        };
        check(1.2, &["1980"]);
        check(1.7, &["1980", "1981"]);
        check(7.0, &[]);
        assert_eq!(levels[0].named_in("steak, then tea of assam"), Some(15));
    }

    #[test]
    fn rows_say_what_is_wrong() {
        let check = |line: &str, expected: &str| {
            let problem = load("l.tsv", line).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(problem, Err(expected.to_owned()));
        };
        check("tea\tTea\t-\t-\t1980=1:2\tTea", "l.tsv:1: `Tea` is no cue in lower case");
        check(
            "tea\ttea\t-\t-\t1980=2:1\tTea",
            "l.tsv:1: `days=low:high` was expected and `1980=2:1` was there",
        );
    }
}
