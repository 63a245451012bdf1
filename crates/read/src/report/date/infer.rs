//! *Which days can a report have been written on, going by its words alone?*
//!
//! Every clue says how likely a report of each day would have it: the dates it names ([`calendar`]), the
//! happenings it tells of ([`told`]), the office holders ([`office`]), prices ([`level`]), persons, companies and things of their
//! time ([`named`]). [`solve`] adds them up.

use annalist_schema::{Published, PublishedBasis, Span, View};

use super::solve::{self, Clue};
use super::{calendar, level, named, office, told};
use crate::mention::timex::Candidate;

/// The widest interval that is worth giving, in days.
const WIDEST: i64 = 366 * 60;

/// The days that a report's words leave, with the reasons; `None` if they leave more than makes sense to say.
pub fn interval(view: View<'_>, dateline: Option<Span>, timexes: &[Candidate]) -> Option<Published> {
    let solution = solve::solve(&clues(view, dateline, timexes))?;
    (solution.days.n_days() <= WIDEST).then_some(Published {
        value: solution.days,
        basis: PublishedBasis::Inferred,
        why: solution.why,
        odds: solution.odds,
    })
}

fn clues(view: View<'_>, dateline: Option<Span>, timexes: &[Candidate]) -> Vec<Clue> {
    let mut clues = calendar::clues(view, dateline, timexes);
    clues.extend(told::clues(view, timexes));
    clues.extend(office::clues(view, timexes));
    clues.extend(named::clues(view));
    clues.extend(level::clues(view, timexes));
    clues
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use annalist_schema::{DayInterval, Report};

    use super::*;
    use crate::document::Analyser;
    use crate::{Tier, mention, report};

    static ANALYSER: LazyLock<Analyser> =
        LazyLock::new(|| Analyser::new(Tier::Fast).expect("the fast tier loads"));

    fn published_of(text: &str) -> Option<Published> {
        let report = Report { text: text.to_owned(), ..Report::default() };
        let outline = report::outline(&report);
        let document = ANALYSER.analyse(&[(text, &outline)]).pop().unwrap_or_default();
        let view = View::new(text, &document);
        interval(view, outline.dateline, &mention::timex::find(view))
    }

    /// Whether the interval lies in the expected one; nothing is expected where nothing tells.
    fn check(text: &str, expected: Option<&str>) {
        let found = published_of(text).map(|published| published.value);
        let expected = expected.and_then(DayInterval::parse);
        assert_eq!(found.is_some(), expected.is_some(), "{text}: {found:?}");
        if let (Some(found), Some(expected)) = (found, expected) {
            assert!(
                expected.earliest <= found.earliest && found.latest <= expected.latest,
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn what_says_nothing_of_a_time_has_no_date() {
        check("The mayor opened the fair.", None);
        check("Two men quarrelled on Monday.", None);
    }

    #[test]
    fn office_holders_bound_on_both_sides() {
        check("President Emmanuel Macron met Chancellor Olaf Scholz.", Some("2018/2026"));
        check("President Jimmy Carter met Prime Minister Margaret Thatcher.", Some("1972/1990"));
    }

    #[test]
    fn happenings_and_days_fix_the_weeks() {
        check(
            "Israel has fought Hamas since October 7 last year. Envoys met on March 3 and parted on April 9.",
            Some("2024-03-01/2024-06-01"),
        );
    }

    #[test]
    fn things_bound_from_below() {
        check("The rebels of the Islamic State posted it on Twitter with an iPhone.", Some("2006/2030"));
    }

    #[test]
    fn the_reasons_are_told() {
        let why = published_of("President Jimmy Carter met Prime Minister Margaret Thatcher.")
            .map(|found| found.why);
        assert!(why.is_some_and(|why| why.iter().any(|why| why.starts_with("Jimmy Carter was president"))));
    }
}
