//! *What does a fit look like?* For each kind the events of each part of the window beside those that the process expects there.

use super::picture::{Anchor, FAINT, INK, OURS, Picture, SEEN, WIDTH, number, ticks};
use crate::events::Events;
use crate::hawkes::{Fit, course};

const LEFT: f64 = 54.0;
/// Height of one kind.
const HEIGHT: f64 = 110.0;
/// Parts of the window.
const PARTS: usize = 60;
/// Kinds that are shown, the first ones.
const MOST_KINDS: usize = 12;

/// A fit as one picture.
pub fn svg_of_fit(events: &Events, fit: &Fit) -> String {
    let title = format!("Events and what the fitted process expects, in {PARTS} parts of the time");
    let mut picture = Picture::new(&title, &fit.to_text());
    for node in 0..events.nodes.len().min(MOST_KINDS) {
        kind(&mut picture, events, fit, node);
    }
    if events.nodes.len() > MOST_KINDS {
        picture.sentence(&format!("{} more kinds are not shown.", events.nodes.len() - MOST_KINDS));
    }
    picture.sentence(
        "Blue: events; orange: what the process expects of the part, given all events before. Where the line stays above or below the \
         bars for long, something moves the rate that is in no record.",
    );
    picture.finish()
}

fn kind(picture: &mut Picture, events: &Events, fit: &Fit, node: usize) {
    let parts = course(events, &fit.process, node, PARTS);
    let largest = parts.iter().map(|part| part.expected.max(part.n as f64)).fold(1.0, f64::max);
    let ticks: Vec<f64> = ticks(largest);
    let most = ticks.last().copied().unwrap_or(1.0);
    let fits =
        fit.goodness.get(node).map_or(String::new(), |fits| format!(" · times fit with p = {:.3}", fits.p));
    picture.heading(12.0, &format!("{}: {} events{fits}", events.nodes[node], events.times[node].len()));
    let (top, bottom) = (picture.height() + 28.0, picture.height() + 28.0 + HEIGHT);
    let step = (WIDTH - LEFT - 12.0) / PARTS as f64;
    let x = |at: f64| LEFT + at * step;
    let y = |count: f64| bottom - HEIGHT * (count / most).clamp(0.0, 1.0);
    for tick in ticks {
        picture.line((LEFT, y(tick)), (WIDTH - 12.0, y(tick)), FAINT, 1.0, false);
        picture.text((LEFT - 6.0, y(tick) + 4.0), Anchor::End, INK, &number(tick));
    }
    for (at, part) in parts.iter().enumerate() {
        let at = at as f64;
        picture.bar((x(at + 0.12), y(part.n as f64)), (x(at + 0.88), bottom), SEEN);
    }
    let line: Vec<(f64, f64)> =
        parts.iter().enumerate().map(|(at, part)| (x(at as f64 + 0.5), y(part.expected))).collect();
    picture.path(&line, OURS);
    for (at, part) in parts.iter().enumerate().step_by(PARTS / 5) {
        picture.text((x(at as f64), bottom + 15.0), Anchor::Start, INK, &part.from.to_string());
    }
    picture.reach(top + HEIGHT + 22.0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hawkes::{Settings, fit};

    #[test]
    fn every_kind_is_shown_with_its_fit() {
        let times = |shift: f64| (0..60).map(|at| f64::from(at) + shift * f64::from(at % 7)).collect();
        let events = Events::new([("<a>".to_owned(), times(0.1)), ("b".to_owned(), times(0.05))], 0.0, 61.0);
        let fit = fit("x", &events, &Settings::default()).unwrap();
        let picture = svg_of_fit(&events, &fit);
        assert!(picture.contains("&lt;a&gt;: 60 events") && picture.contains("b: 60 events"), "{picture}");
        assert!(!picture.contains("NaN") && picture.matches("<polyline").count() == 2, "{picture}");
    }
}
