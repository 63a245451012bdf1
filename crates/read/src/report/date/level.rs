//! *Which prices and rates does a report quote, and when were they so high?*
//!
//! "The dollar rose to 158 yen": each tells of the years in which it can have been said. Sentences that tell of
//! a year of their own are left out.

use std::ops::Range;

use annalist_data::world::{self, Level};
use annalist_schema::View;

use super::curve::Curve;
use super::office::tells_of_a_year;
use super::shape;
use super::solve::{Clue, Sort};
use crate::mention::timex::Candidate;

/// The clues of all prices, indices and rates, the first figure of each.
pub fn clues(view: View<'_>, timexes: &[Candidate]) -> Vec<Clue> {
    let spans = view.document.sentences.iter().map(|sentence| sentence.span);
    let sentences: Vec<&str> =
        spans.filter(|span| !tells_of_a_year(timexes, *span)).map(|span| span.of(view.text)).collect();
    let first = |level| sentences.iter().find_map(|words| clue_in(words, level));
    world::levels().iter().filter_map(first).collect()
}

/// The first figure of a sentence that can be a level.
fn clue_in(words: &str, level: &Level) -> Option<Clue> {
    let named = level.named_in(&words.to_ascii_lowercase())?;
    let has_unit = !level.before.is_empty() || !level.after.is_empty();
    let of_level = |range: &Range<usize>| (has_unit || range.start >= named) && is_of(words, range, level);
    figures(words).into_iter().filter(of_level).find_map(|range| {
        let figure = words[range.clone()].replace(',', "").parse().ok()?;
        let days = level.days_at(figure);
        (!days.is_empty()).then(|| Clue {
            sort: Sort::Level,
            why: format!("the {} was “{}” in {}", level.what, &words[range], years(&days)),
            curve: Curve::around_any(&days, &shape::LEVEL),
        })
    })
}

/// "1987, 1990 and later".
fn years(days: &[annalist_schema::DayInterval]) -> String {
    const MOST: usize = 4;
    let first: Vec<String> = days.iter().take(MOST).map(|days| days.earliest.year().to_string()).collect();
    let rest = if days.len() > MOST { " and other years" } else { "" };
    format!("{}{rest}", first.join(", "))
}

/// Whether the words around a figure are those of the level; points and shares are changes.
fn is_of(words: &str, figure: &Range<usize>, level: &Level) -> bool {
    let before = words[..figure.start].trim_end();
    let after = words[figure.end..].trim_start();
    let is_before = level.before.is_empty() || level.before.iter().any(|unit| before.ends_with(unit));
    let begins = |unit: &str| after.get(..unit.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(unit));
    let is_after = match level.after.is_empty() {
        true => !["point", "percent", "%", "million", "billion"].iter().any(|unit| begins(unit)),
        false => level.after.iter().any(|unit| begins(unit)),
    };
    is_before && is_after
}

/// Where figures stand: "2,569.26".
fn figures(words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, char) in
        words.char_indices().filter(|(_, char)| char.is_ascii_digit() || matches!(char, ',' | '.'))
    {
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + char.len_utf8(),
            _ if char.is_ascii_digit() => found.push(at..at + 1),
            _ => {}
        }
    }
    for range in &mut found {
        range.end = range.start + words[range.clone()].trim_end_matches([',', '.']).len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: &[&str]) {
        let found: Vec<String> =
            world::levels().iter().filter_map(|level| clue_in(words, level)).map(|clue| clue.why).collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn figures_tell_years() {
        check(
            "The Dow Jones industrial average gained 20.25 points to close at 3,001.79.",
            &["the Dow Jones industrial average was “3,001.79” in 1990, 1991"],
        );
        check("The dollar fell to 77.1 yen.", &["the dollar in yen was “77.1” in 2011, 2012"]);
        check("Crude fetched $140 a barrel.", &["the oil price was “140” in 2008"]);
    }

    #[test]
    fn other_figures_do_not() {
        check("The Dow fell 500 points.", &[]);
        check("He paid 140 yen.", &[]);
        check("Gold medals cost $400.", &[]);
    }
}
