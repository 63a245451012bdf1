//! *Which states did talks go through?* A track from state to state, each with its day.

use annalist::schema::{DayInterval, Process, ProcessCode};
use maud::{Markup, html};

use super::intervals::round;
use super::scale::Days;
use crate::words;

const WIDTH: f64 = 760.0;
const ROW: f64 = 26.0;

/// How a state stands: whether talks are up, on their way, or down.
fn tone(code: ProcessCode) -> (&'static str, f64) {
    match code.as_str() {
        "agreed" | "concluded" => ("done", 0.0),
        "opened" | "ongoing" | "resumed" | "provisional" => ("on", 1.0),
        "scheduled" | "exploratory" | "pending" => ("ahead", 2.0),
        _ => ("off", 3.0),
    }
}

const TONES: [(&str, &str); 4] =
    [("done", "reached"), ("on", "under way"), ("ahead", "ahead"), ("off", "off")];

/// The states of one process on four levels, from reached down to broken off.
pub fn track(process: &Process, name: &str) -> Markup {
    let dated: Vec<_> = process
        .transitions
        .iter()
        .filter_map(|one| Some((one, one.date.as_deref().and_then(DayInterval::parse)?)))
        .collect();
    let window = dated.iter().map(|(_, days)| *days).reduce(|one, other| {
        DayInterval::new(one.earliest.min(other.earliest), one.latest.max(other.latest))
    });
    let Some(window) = window else { return html! {} };
    let days = Days::new(window, 78.0, WIDTH - 16.0);
    let at = |days_of: DayInterval| days.at(days_of.earliest).midpoint(days.after(days_of.latest));
    let y = |level: f64| 16.0 + level * ROW;
    let mut path = String::new();
    for (index, (one, when)) in dated.iter().enumerate() {
        let (x, y) = (round(at(*when)), y(tone(one.code).1));
        path.push_str(&if index == 0 { format!("M{x} {y}") } else { format!("H{x}V{y}") });
    }
    html! {
        figure.chart {
            svg viewBox={ "0 0 " (WIDTH) " 130" } role="img" aria-label={ (name) ": " (words::count(dated.len(), "dated state")) } {
                @for (index, (_, words)) in TONES.iter().enumerate() {
                    line.grid x1="78" x2=(WIDTH) y1=(y(index as f64)) y2=(y(index as f64)) {}
                    text.axis x="70" y=(y(index as f64) + 4.0) text-anchor="end" { (words) }
                }
                @for (x, name) in days.ticks() { text.axis x=(round(x)) y="124" { (name) } }
                path.step d=(path) {}
                @for (one, when) in &dated {
                    @let (class, level) = tone(one.code);
                    circle.dot.(class) cx=(round(at(*when))) cy=(y(level)) r="4.5" { title { (one.code.as_str()) ", " (words::days(&when.format())) } }
                }
            }
        }
    }
}
