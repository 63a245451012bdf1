//! *What does a series look like, with what may come?* A chart of weeks as SVG and as letters.

use std::fmt::Write;

use jiff::civil::Date;
use serde::Serialize;

use crate::answer::Answer;
use crate::daily::{Day, Series, date_of, day_of};
use crate::totals::interval;

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

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 250.0;

/// The chart as one SVG picture that needs nothing from elsewhere: bars for weeks with what the record leaves open, changes as
/// lines, and the intervals of what is forecast for the next 7 days.
pub fn svg(answer: &Answer) -> String {
    let weeks = &answer.weeks;
    let next = answer.counts.first();
    let most = weeks.iter().filter_map(|week| week.counts).map(|[_, _, high]| high as f64);
    let most = most.chain(next.map(|next| next.intervals[1][1] as f64)).fold(1.0, f64::max);
    let step = (WIDTH - LEFT - 20.0) / (weeks.len() as f64 + 2.0);
    let x = |week: f64| LEFT + week * step;
    let y = |count: f64| BOTTOM - (BOTTOM - TOP) * (count / most).min(1.0);
    let title = escaped(&answer.series);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" font-family=\"sans-serif\" \
         font-size=\"12\"><title>{title}: events a week</title><desc>{}</desc><rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\
         <text x=\"{LEFT}\" y=\"20\" font-size=\"15\">{title}: events a week</text>\n",
        escaped(&answer.to_paragraph())
    );
    for count in [0.0, most / 2.0, most] {
        let _ = writeln!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{0:.1}\" y2=\"{0:.1}\" stroke=\"#ddd\"/><text x=\"{1}\" y=\"{2:.1}\" \
             text-anchor=\"end\">{count:.0}</text>",
            y(count),
            LEFT - 6.0,
            y(count) + 4.0
        );
    }
    for (at, week) in weeks.iter().enumerate() {
        let at = at as f64;
        let Some([low, middle, high]) = week.counts else {
            let _ = writeln!(
                out,
                "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#777\">?</text>",
                x(at + 0.5),
                BOTTOM - 4.0
            );
            continue;
        };
        bar(&mut out, x(at) + 1.0, step - 2.0, y(middle as f64), "#3b6ea5");
        if low < high {
            whisker(&mut out, x(at + 0.5), y(low as f64), y(high as f64));
        }
    }
    for (at, week) in weeks.iter().enumerate().step_by(weeks.len().div_ceil(6).max(1)) {
        let _ = writeln!(out, "<text x=\"{:.1}\" y=\"{}\">{}</text>", x(at as f64), BOTTOM + 18.0, week.from);
    }
    if let (Some(first), Some(change)) = (weeks.first(), answer.changes.last()) {
        let day = match change.at {
            crate::changes::Moment::Day(date) => f64::from(day_of(date)),
            crate::changes::Moment::Number(time) => time,
        };
        let at = (day - f64::from(day_of(first.from))) / 7.0;
        if at >= 0.0 {
            let _ = writeln!(
                out,
                "<line x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{TOP}\" y2=\"{BOTTOM}\" stroke=\"#b03a2e\" stroke-dasharray=\"4 3\"/><text \
                 x=\"{1:.1}\" y=\"{2}\" text-anchor=\"end\" fill=\"#b03a2e\">change {3}</text>",
                x(at),
                x(at) - 4.0,
                TOP - 4.0,
                change.at
            );
        }
    }
    if let Some(next) = next {
        let at = weeks.len() as f64;
        bar(&mut out, x(at) + 3.0, step, y(next.median as f64), "#e0a030");
        let [low, high] = next.intervals[1];
        whisker(&mut out, x(at + 0.5) + 3.0, y(low as f64), y(high as f64));
    }
    let chances: Vec<String> = answer
        .lull_ends
        .iter()
        .map(|chance| format!("{} days: {:.0} %", chance.days, 100.0 * chance.probability))
        .collect();
    let caption = match (&answer.refusal, chances.as_slice()) {
        (Some(refusal), _) => escaped(refusal),
        (None, []) => "Orange: the next 7 days, median and 80 % interval.".to_owned(),
        (None, chances) => {
            format!(
                "Does the lull end? {}. Orange: the next 7 days, median and 80 % interval.",
                chances.join(", ")
            )
        }
    };
    let _ = writeln!(out, "<text x=\"{LEFT}\" y=\"{}\">{caption}</text>\n</svg>", HEIGHT - 12.0);
    out
}

fn bar(out: &mut String, x: f64, width: f64, top: f64, fill: &str) {
    let (width, height) = (width.max(1.0), BOTTOM - top);
    let _ = writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
    );
}

fn whisker(out: &mut String, x: f64, low: f64, high: f64) {
    let _ = writeln!(
        out,
        "<line x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\" stroke=\"#222\" stroke-width=\"1.5\"/>"
    );
}

/// Names are foreign text: nothing of them may become markup.
fn escaped(text: &str) -> String {
    let one = |character: char| match character {
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '&' => "&amp;".to_owned(),
        '"' => "&quot;".to_owned(),
        character if character.is_control() => " ".to_owned(),
        character => character.to_string(),
    };
    text.chars().map(one).collect()
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
