//! *What does it look like?* Series with what may come, back-tests and fits, as SVG pictures and as letters.

mod answered;
mod fitted;
mod picture;
mod scored;

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use crate::daily::{Day, Series, date_of};
use crate::totals::interval;

pub use answered::svg;
pub use fitted::svg_of_fit;
pub use scored::svg_of_report;

/// Most weeks that are shown, the last ones.
const WEEKS: usize = 60;

/// A week.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Week {
    /// Its first day.
    pub from: Date,
    /// Least, middle and most events by the draws; `None` where nobody counted.
    pub counts: Option<[u64; 3]>,
    /// How much was read of each day, such as reports, on average; `None` where nobody says.
    pub read_a_day: Option<f64>,
}

/// The weeks up to the last day of a series, oldest first.
pub(crate) fn weeks(draws: &[Series]) -> Vec<Week> {
    let Some(first) = draws.first().filter(|first| !first.counts.is_empty()) else { return Vec::new() };
    let n = first.counts.len().div_ceil(7).min(WEEKS);
    let week = |back: usize| {
        let to = first.last() - 7 * Day::try_from(back).unwrap_or(0);
        let from = to - 6;
        let is_known =
            (from..=to).any(|day| first.place(day).is_some_and(|place| first.counts[place].is_some()));
        let counts = is_known.then(|| {
            let (low, high) = interval(draws, from, to, 0.9);
            [low, interval(draws, from, to, 0.0).0, high]
        });
        Week { from: date_of(from), counts, read_a_day: first.read_a_day(from, to) }
    };
    (0..n).rev().map(week).collect()
}

/// The chart in letters: a line a week, `#` for events, `-` up to what may have been.
pub fn letters(weeks: &[Week], width: usize) -> String {
    let most = weeks.iter().filter_map(|week| week.counts).map(|[_, _, high]| high).max().unwrap_or(0).max(1);
    let room = width.saturating_sub(24).clamp(10, 60);
    let length = |count: u64| (count as f64 / most as f64 * room as f64).round() as usize;
    let mut out = String::new();
    for week in weeks {
        let read = week.read_a_day.map_or(String::new(), |read| format!(" · {read:.1} a day read"));
        let _ = match week.counts {
            None => writeln!(out, "  {}  ? nobody counted", week.from),
            Some([low, middle, high]) => {
                let bar = "#".repeat(length(middle));
                let may = "-".repeat(length(high) - length(middle));
                let range = if low < high { format!(" ({low}-{high})") } else { String::new() };
                writeln!(out, "  {}  {bar}{may} {middle}{range}{read}", week.from)
            }
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::answer;

    fn series(name: &str, counts: Vec<Option<u32>>) -> Series {
        Series { name: name.to_owned(), first: 0, counts, ..Series::default() }
    }

    #[test]
    fn weeks_are_lines() {
        let counts = [vec![Some(1); 7], vec![None; 7], vec![Some(2); 7]].concat();
        let mut series = series("a", counts);
        assert_eq!(
            letters(&weeks(std::slice::from_ref(&series)), 44),
            "  1970-01-01  ########## 7\n  1970-01-08  ? nobody counted\n  1970-01-15  #################### 14\n"
        );
        series.read = [[3.0; 7], [0.0; 7], [1.0; 7]].concat();
        assert_eq!(
            letters(&weeks(&[series]), 44),
            "  1970-01-01  ########## 7 · 3.0 a day read\n  1970-01-08  ? nobody counted\n  1970-01-15  #################### 14 · 1.0 a day read\n"
        );
        assert_eq!(letters(&[], 0), "");
    }

    #[test]
    fn a_name_is_no_markup() {
        let one = series("<script>alert(1)</script> & \u{7}", vec![Some(1); 100]);
        let answer = answer(std::slice::from_ref(&one), &one.name, 99).unwrap();
        let picture = svg(&answer);
        assert!(
            !picture.contains("<script") && !picture.contains('\u{7}') && picture.ends_with("</svg>\n"),
            "{picture}"
        );
        assert!(!picture.contains("NaN") && !picture.contains("inf"), "{picture}");
    }
}
