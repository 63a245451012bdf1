//! *What does an answer look like?* The weeks with what was read of them, changes, and what may come beside a naive forecast; then
//! the probabilities or counts, and how the method did before.

use super::Week;
use super::picture::{Anchor, CHANGED, FAINT, INK, NAIVE, OURS, Picture, SEEN, WIDTH, number, ticks};
use crate::answer::{Answer, Chance, Expected, Past};
use crate::changes::Moment;
use crate::daily::{Day, day_of};
use crate::naive::in_words;
use crate::question::Kind;

const LEFT: f64 = 44.0;
/// Height of the weeks.
const WEEKS_HEIGHT: f64 = 190.0;
/// Height of one row of the parts below.
const ROW: f64 = 26.0;
/// Where the part on the right begins.
const RIGHT: f64 = 410.0;

/// An answer as one picture.
pub fn svg(answer: &Answer) -> String {
    let mut picture = Picture::new(&format!("{}: events a week", answer.series), &answer.to_paragraph());
    weeks(&mut picture, answer);
    if let Some(refusal) = &answer.refusal {
        picture.sentence(refusal);
        return picture.finish();
    }
    let top = picture.height() + 8.0;
    picture.reach(top);
    let is_lull = !answer.lull_ends.is_empty();
    let heading = if is_lull { "Does the lull end?" } else { "How many events?" };
    picture.heading(12.0, heading);
    picture.heading(RIGHT, "How good was it on the past of this series?");
    let end =
        if is_lull { chances(&mut picture, &answer.lull_ends) } else { counts(&mut picture, &answer.counts) };
    let kind = if is_lull { Kind::LullEnds } else { Kind::Count };
    let scored: Vec<&Past> = answer.record.iter().filter(|past| past.kind == kind).collect();
    let other = record(&mut picture, top + 30.0, &scored);
    picture.reach(end.max(other) + 6.0);
    answer.cautions.iter().for_each(|caution| picture.sentence(caution));
    picture.finish()
}

/// Where weeks and counts stand.
struct Frame {
    first: Day,
    step: f64,
    top: f64,
    bottom: f64,
    most: f64,
}

impl Frame {
    fn x(&self, week: f64) -> f64 {
        LEFT + week * self.step
    }

    fn y(&self, count: f64) -> f64 {
        self.bottom - (self.bottom - self.top) * (count / self.most).clamp(0.0, 1.0)
    }

    /// Of a moment among the weeks.
    fn x_of(&self, moment: Moment) -> f64 {
        let day = match moment {
            Moment::Day(date) => f64::from(day_of(date)),
            Moment::Number(time) => time,
        };
        self.x(((day - f64::from(self.first)) / 7.0).max(0.0))
    }
}

fn weeks(picture: &mut Picture, answer: &Answer) {
    let all = &answer.weeks;
    let next = answer.counts.first();
    let largest = all.iter().filter_map(|week| week.counts).map(|[_, _, high]| high as f64);
    let largest = largest.chain(next.map(|next| next.intervals[1][1] as f64)).fold(1.0, f64::max);
    let ticks = ticks(largest);
    // What comes takes the room of a few weeks at the end.
    let places = all.len() as f64 + if next.is_some() { (0.14 * all.len() as f64).max(2.0) } else { 0.0 };
    let top = picture.height() + 14.0;
    let frame = Frame {
        first: all.first().map_or(0, |week| day_of(week.from)),
        step: (WIDTH - LEFT - 12.0) / places.max(1.0),
        top,
        bottom: top + WEEKS_HEIGHT,
        most: ticks.last().copied().unwrap_or(1.0),
    };
    for tick in ticks {
        let y = frame.y(tick);
        picture.line((LEFT, y), (WIDTH - 12.0, y), FAINT, 1.0, false);
        picture.text((LEFT - 6.0, y + 4.0), Anchor::End, INK, &number(tick));
    }
    for (at, week) in all.iter().enumerate() {
        bar_of_week(picture, &frame, at as f64, week);
    }
    let label_every = all.len().div_ceil(7).max(1);
    for (at, week) in all.iter().enumerate().step_by(label_every) {
        let y = frame.bottom + 16.0;
        picture.text((frame.x(at as f64), y), Anchor::Start, INK, &week.from.to_string());
    }
    rates(picture, &frame, answer);
    let mut legend = frame.bottom + 34.0;
    if all.iter().any(|week| week.read_a_day.is_some()) {
        legend += 26.0;
        readings(picture, &frame, all);
    }
    if let Some(next) = next {
        what_comes(picture, &frame, all.len() as f64, places, next);
    }
    picture.reach(legend - 14.0);
    picture.sentence(&legend_of(answer));
}

fn bar_of_week(picture: &mut Picture, frame: &Frame, at: f64, week: &Week) {
    let (left, right) = (frame.x(at) + 0.12 * frame.step, frame.x(at + 1.0) - 0.12 * frame.step);
    let Some([low, middle, high]) = week.counts else {
        picture.bar((left, frame.top), (right, frame.bottom), "#f1f1f1");
        picture.text((frame.x(at + 0.5), frame.bottom - 4.0), Anchor::Middle, NAIVE, "?");
        return;
    };
    picture.bar((left, frame.y(middle as f64)), (right, frame.bottom), SEEN);
    if low < high {
        let x = frame.x(at + 0.5);
        picture.line((x, frame.y(low as f64)), (x, frame.y(high as f64)), INK, 1.2, false);
    }
}

/// The rate between changes, and the days of these.
fn rates(picture: &mut Picture, frame: &Frame, answer: &Answer) {
    let end = frame.x(answer.weeks.len() as f64);
    let mut from = LEFT;
    for (at, change) in answer.changes.iter().enumerate() {
        let x = frame.x_of(change.at).min(end);
        if x > LEFT {
            let (y, beyond) = (frame.y(7.0 * change.observed_before), frame.y(7.0 * change.observed_after));
            picture.line((from, y), (x, y), CHANGED, 1.8, false);
            picture.line((x, frame.top - 2.0), (x, frame.bottom), CHANGED, 1.2, true);
            let anchor = if x > WIDTH / 2.0 { Anchor::End } else { Anchor::Start };
            // Changes that follow close upon one another are told apart by their height.
            let y = frame.top - 4.0 + if at % 2 == 1 { 14.0 } else { 0.0 };
            picture.text(
                (x, y),
                anchor,
                CHANGED,
                &format!("change {} ({:.0} %)", change.at, 100.0 * change.probability),
            );
            if at + 1 == answer.changes.len() {
                picture.line((x, beyond), (end, beyond), CHANGED, 1.8, false);
            }
        }
        from = x;
    }
}

/// What was read of each day, below the weeks.
fn readings(picture: &mut Picture, frame: &Frame, all: &[Week]) {
    let most = all.iter().filter_map(|week| week.read_a_day).fold(1e-9, f64::max);
    let bottom = frame.bottom + 46.0;
    for (at, week) in all.iter().enumerate() {
        let height = 20.0 * week.read_a_day.unwrap_or(0.0) / most;
        let (left, right) = (frame.x(at as f64 + 0.12), frame.x(at as f64 + 0.88));
        picture.bar((left, bottom - height), (right, bottom), "#b9c4a0");
    }
    picture.text((LEFT - 6.0, bottom - 2.0), Anchor::End, INK, "read");
}

/// The next days with what a naive forecast says.
fn what_comes(picture: &mut Picture, frame: &Frame, from: f64, to: f64, next: &Expected) {
    let (left, right) = (frame.x(from) + 8.0, frame.x(to));
    let third = (right - left) / 3.0;
    let mut bar = |x: f64, median: usize, [low, high]: [usize; 2], fill: &str| {
        picture.bar((x - 0.4 * third, frame.y(median as f64)), (x + 0.4 * third, frame.bottom), fill);
        picture.line((x, frame.y(low as f64)), (x, frame.y(high as f64)), INK, 1.6, false);
    };
    bar(left + 0.8 * third, next.median, next.intervals[1], OURS);
    if let Some(naive) = next.naive.iter().find(|naive| naive.model == "nb90") {
        bar(left + 1.9 * third, naive.median, naive.interval, "#c4c4c4");
    }
}

fn legend_of(answer: &Answer) -> String {
    let mut legend = "Blue: events".to_owned();
    if answer.weeks.iter().any(|week| week.counts.is_some_and(|[low, _, high]| low < high)) {
        legend += ", line: nine in ten";
    }
    if answer.weeks.iter().any(|week| week.counts.is_none()) {
        legend += " · ?: nobody counted";
    }
    if !answer.changes.is_empty() {
        legend += " · red: mean rate and its changes";
    }
    if let Some(next) = answer.counts.first() {
        legend += &format!(
            " · orange: next {} days, median and 80 % · grey: the same by {}",
            next.days,
            in_words("poisson90")
        );
    }
    legend
}

/// Rows of probabilities; where they end.
fn chances(picture: &mut Picture, all: &[Chance]) -> f64 {
    let (left, right) = (70.0, RIGHT - 60.0);
    let x = |p: f64| left + (right - left) * p;
    let top = picture.height() + 36.0;
    let bottom = top + ROW * all.len() as f64;
    for tenths in [0, 5, 10] {
        let at = x(f64::from(tenths) / 10.0);
        picture.line((at, top - 8.0), (at, bottom - 8.0), FAINT, 1.0, false);
        picture.text((at, bottom + 6.0), Anchor::Middle, INK, &format!("{} %", 10 * tenths));
    }
    for (at, chance) in all.iter().enumerate() {
        let y = top + ROW * at as f64 + 4.0;
        picture.text((left - 8.0, y + 4.0), Anchor::End, INK, &format!("{} days", chance.days));
        let [low, high] = chance.range;
        picture.line((x(low), y), (x(high), y), OURS, 2.5, false);
        for naive in chance.naive.iter().filter(|naive| naive.model != "always_half") {
            picture.dot((x(naive.probability), y), 4.0, NAIVE, true);
        }
        picture.dot((x(chance.probability), y), 5.0, OURS, false);
        let said = format!("{:.0} %", (100.0 * chance.probability).clamp(1.0, 99.0));
        picture.text((right + 10.0, y + 4.0), Anchor::Start, INK, &said);
    }
    let y = bottom + 24.0;
    picture.text(
        (12.0, y),
        Anchor::Start,
        INK,
        "Orange: nine in ten of what it may be; rings: naive forecasts",
    );
    y + 2.0
}

/// Rows of counts; where they end.
fn counts(picture: &mut Picture, all: &[Expected]) -> f64 {
    let (left, right) = (70.0, RIGHT - 60.0);
    let naive = |expected: &Expected| {
        expected.naive.iter().find(|naive| naive.model == "nb90").map(|naive| (naive.median, naive.interval))
    };
    let largest = all
        .iter()
        .map(|expected| expected.intervals[2][1].max(naive(expected).map_or(0, |(_, [_, high])| high)));
    let ticks = ticks(largest.max().unwrap_or(1) as f64);
    let most = ticks.last().copied().unwrap_or(1.0).max(1e-9);
    let x = |count: usize| left + (right - left) * (count as f64 / most).min(1.0);
    let top = picture.height() + 36.0;
    let bottom = top + ROW * all.len() as f64;
    for tick in &ticks {
        let at = left + (right - left) * tick / most;
        picture.line((at, top - 8.0), (at, bottom - 8.0), FAINT, 1.0, false);
        picture.text((at, bottom + 6.0), Anchor::Middle, INK, &number(*tick));
    }
    for (at, expected) in all.iter().enumerate() {
        let y = top + ROW * at as f64 + 2.0;
        picture.text((left - 8.0, y + 6.0), Anchor::End, INK, &format!("{} days", expected.days));
        for ([low, high], width) in expected.intervals.iter().zip([7.0, 4.0, 1.5]) {
            picture.line((x(*low), y), (x(*high), y), OURS, width, false);
        }
        picture.dot((x(expected.median), y), 4.0, INK, false);
        if let Some((median, [low, high])) = naive(expected) {
            picture.line((x(low), y + 9.0), (x(high), y + 9.0), NAIVE, 2.0, false);
            picture.dot((x(median), y + 9.0), 3.0, NAIVE, true);
        }
        picture.text((right + 10.0, y + 6.0), Anchor::Start, INK, &expected.median.to_string());
    }
    let y = bottom + 24.0;
    picture.text(
        (12.0, y),
        Anchor::Start,
        INK,
        "Orange: 50, 80, 95 %; grey: 80 % by the rate of the last 90 days",
    );
    y + 2.0
}

/// Rows of scores beside the best naive ones; where they end.
fn record(picture: &mut Picture, top: f64, all: &[&Past]) -> f64 {
    if all.is_empty() {
        picture.text((RIGHT, top + 6.0), Anchor::Start, INK, "Nobody knows: its past is too short to ask.");
        return top + 12.0;
    }
    let largest = all.iter().map(|past| past.score.max(past.naive_score)).fold(1e-9, f64::max);
    let (left, right) = (RIGHT + 56.0, WIDTH - 140.0);
    for (at, past) in all.iter().enumerate() {
        let y = top + ROW * at as f64;
        picture.text((left - 8.0, y + 10.0), Anchor::End, INK, &format!("{} days", past.days));
        for (place, (score, fill)) in
            [(past.score, OURS), (past.naive_score, "#c4c4c4")].into_iter().enumerate()
        {
            let y = y + 9.0 * place as f64;
            picture.bar((left, y), (left + (right - left) * score / largest, y + 8.0), fill);
        }
        let said = format!("{:.3} against {:.3}", past.score, past.naive_score);
        picture.text((right + 8.0, y + 12.0), Anchor::Start, INK, &said);
    }
    let y = top + ROW * all.len() as f64 + 12.0;
    let what = if all[0].kind == Kind::LullEnds { "Log score" } else { "CRPS" };
    let told = format!("{what} of {} days, lower is better; grey: best naive", all[0].n);
    picture.text((RIGHT, y), Anchor::Start, INK, &told);
    y + 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::answer;
    use crate::daily::Series;
    use crate::random::Random;

    fn check(counts: Vec<Option<u32>>, read: Vec<f64>, shown: &[&str]) {
        let one = Series {
            name: "<script>alert(1)</script> & \u{7}".to_owned(),
            counts,
            read,
            ..Series::default()
        };
        let answer = answer(std::slice::from_ref(&one), &one.name, one.last()).unwrap();
        let picture = svg(&answer);
        assert!(!picture.contains("<script") && !picture.contains('\u{7}'), "{picture}");
        assert!(
            !picture.contains("NaN") && !picture.contains("inf\"") && picture.ends_with("</svg>\n"),
            "{picture}"
        );
        shown.iter().for_each(|shown| assert!(picture.contains(shown), "{shown} is not in {picture}"));
    }

    #[test]
    fn everything_that_is_known_is_on_the_picture() {
        let mut random = Random::new(1);
        let mut counts: Vec<_> = (0..700).map(|_| u32::try_from(random.poisson(0.4)).ok()).collect();
        check(counts.clone(), Vec::new(), &["How many events?", "CRPS", "grey: best naive"]);
        counts[690..].fill(Some(0));
        counts[500..520].fill(None);
        check(counts, vec![3.0; 700], &["Does the lull end?", "rings: naive", ">read<", "nobody counted"]);
    }

    #[test]
    fn what_is_not_known_is_said() {
        check(vec![Some(1); 20], Vec::new(), &["No forecast"]);
        check(vec![Some(1); 100], Vec::new(), &["too short to ask"]);
    }
}
