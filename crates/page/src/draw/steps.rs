//! *How did a figure change as it was stated?* Steps from statement to statement; where nobody said anything for long, a gap.

use annalist::schema::DayInterval;
use maud::{Markup, html};

use super::intervals::round;
use super::scale::{Days, Numbers};
use crate::words;

/// A figure stated for some days.
#[derive(Clone, Debug)]
pub struct Stated {
    pub days: DayInterval,
    pub low: f64,
    pub high: f64,
    /// As written.
    pub value: String,
    /// Where it is told.
    pub address: String,
}

const WIDTH: f64 = 620.0;
const LEFT: f64 = 56.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 128.0;

/// Days without a statement after which a line breaks off.
const GAP: i64 = 45;

/// The figures of one thing, by day.
pub fn chart(name: &str, stated: &[Stated]) -> Markup {
    let mut stated: Vec<&Stated> = stated.iter().collect();
    stated.sort_by_key(|one| (one.days.earliest, one.days.latest));
    let (Some(first), Some(last)) = (stated.first(), stated.iter().map(|one| one.days.latest).max()) else {
        return html! {};
    };
    let window = DayInterval::new(first.days.earliest, last);
    let days = Days::new(window, LEFT, WIDTH - 8.0);
    let numbers = Numbers::new(stated.iter().map(|one| one.high).fold(0.0, f64::max), TOP, BOTTOM);
    html! {
        figure.chart {
            svg viewBox={ "0 0 " (WIDTH) " 152" } role="group" aria-label={ (name) ": " (words::count(stated.len(), "statement")) ", from " (words::days(&window.earliest.to_string())) " to " (words::days(&window.latest.to_string())) } {
                @for (y, name) in numbers.ticks() {
                    line.grid x1=(LEFT) x2=(WIDTH) y1=(round(y)) y2=(round(y)) {}
                    text.axis x=(LEFT - 6.0) y=(round(y + 4.0)) text-anchor="end" { (name) }
                }
                @for (x, name) in days.ticks() { text.axis x=(round(x)) y="146" { (name) } }
                path.step d=(line(&stated, &days, &numbers)) {}
                @for one in &stated {
                    @let (x, end) = (days.at(one.days.earliest), days.after(one.days.latest));
                    a href=(one.address) aria-label={ (one.value) ", " (words::days(&one.days.format())) } {
                        @if one.high > one.low {
                            line.reach x1=(round((x + end) / 2.0)) x2=(round((x + end) / 2.0)) y1=(round(numbers.at(one.low))) y2=(round(numbers.at(one.high))) {}
                        }
                        @if end - x > 6.0 { line.span x1=(round(x)) x2=(round(end)) y1=(round(numbers.at(one.low))) y2=(round(numbers.at(one.low))) {} }
                        circle.dot cx=(round(x.midpoint(end))) cy=(round(numbers.at(one.low))) r="3.5" { title { (one.value) ", " (words::days(&one.days.format())) } }
                    }
                }
            }
        }
    }
}

/// Figures of one day beside one another on one line.
pub fn strip(name: &str, stated: &[Stated]) -> Markup {
    let most = stated.iter().map(|one| one.high).fold(0.0, f64::max);
    let scale = Numbers::new(most, 12.0, WIDTH - 24.0);
    let at = |n: f64| round(WIDTH - 12.0 - scale.at(n));
    html! {
        figure.chart {
            svg viewBox={ "0 0 " (WIDTH) " 44" } role="group" aria-label={ (name) ": " (words::count(stated.len(), "value")) } {
                line.grid x1="12" x2=(WIDTH - 12.0) y1="16" y2="16" {}
                @for (x, name) in scale.ticks() { text.axis x=(round(WIDTH - 12.0 - x)) y="38" text-anchor="middle" { (name) } }
                @for one in stated {
                    a href=(one.address) aria-label={ (one.value) ", " (words::days(&one.days.format())) } {
                        @if one.high > one.low { line.reach x1=(at(one.low)) x2=(at(one.high)) y1="16" y2="16" {} }
                        circle.dot cx=(at(one.low)) cy="16" r="4.5" { title { (one.value) } }
                    }
                }
            }
        }
    }
}

/// From one statement to the next, level until it comes; broken where there is none for long.
fn line(stated: &[&Stated], days: &Days, numbers: &Numbers) -> String {
    let at = |one: &Stated| {
        let x = days.at(one.days.earliest).midpoint(days.after(one.days.latest));
        (round(x), round(numbers.at(one.low)))
    };
    let mut path = String::new();
    for (index, one) in stated.iter().enumerate() {
        let (x, y) = at(one);
        let before = index.checked_sub(1).and_then(|index| stated.get(index));
        let is_near =
            |before: &&&Stated| i64::from((one.days.earliest - before.days.latest).get_days()) <= GAP;
        path.push_str(&match before.filter(is_near) {
            Some(_) => format!("H{x}V{y}"),
            None => format!("M{x} {y}"),
        });
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(days: &str, n: f64) -> Stated {
        let days = DayInterval::parse(days).unwrap();
        Stated { days, low: n, high: n, value: n.to_string(), address: "/".to_owned() }
    }

    #[test]
    fn a_long_silence_is_a_gap() {
        let all = [stated("2015-04-01", 10.0), stated("2015-04-20", 20.0), stated("2015-12-01", 5.0)];
        let window = DayInterval::parse("2015").unwrap();
        let (days, numbers) = (Days::new(window, 0.0, 365.0), Numbers::new(20.0, 0.0, 20.0));
        let path = line(&all.iter().collect::<Vec<_>>(), &days, &numbers);
        assert_eq!((path.matches('M').count(), path.matches('H').count()), (2, 1), "{path}");
    }

    #[test]
    fn nothing_stated_is_no_chart() {
        assert_eq!(chart("troops", &[]).into_string(), "");
    }
}
