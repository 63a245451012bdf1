//! *Who answers whom, and can that be told from something that drives both?* The effects of a fit, held against a second one whose
//! background may move.

use std::fmt::Write;

use serde::Serialize;

use crate::Error;
use crate::events::Events;
use crate::hawkes::{Fit, Settings, fit};

/// One kind that follows another more often than chance would have it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Follows {
    /// The kind that goes before.
    pub of: String,
    /// The kind that follows.
    pub node: String,
    /// Events that one brings about directly, by the fit.
    pub alpha: f64,
    /// Between which they lie, 90 %.
    pub interval: [f64; 2],
    /// Share of the events that follow which this explains.
    pub share: f64,
    /// Mean delay.
    pub delay: f64,
    /// The same number where the background may move, and its interval; none if nothing is left.
    pub with_moving_background: Option<[f64; 3]>,
    /// Whether it is told from shared drivers that move slowly.
    pub told: bool,
}

/// Parts of the window between which the background may move: at most so many, with so many events of the rarest kind each.
const MOST_PARTS: f64 = 20.0;
/// See [`MOST_PARTS`].
const EVENTS_A_PART: f64 = 15.0;

/// The effects whose 90 % intervals lie above 0, largest first. "Cannot be told from shared drivers" is an answer.
///
/// # Errors
/// As [`fit`].
pub fn follows(file: &str, events: &Events, still: &Fit) -> Result<Vec<Follows>, Error> {
    let rarest = events.times.iter().map(Vec::len).filter(|n| *n > 0).min().unwrap_or(0) as f64;
    let parts = (rarest / EVENTS_A_PART).floor().clamp(2.0, MOST_PARTS);
    let cuts = events.cuts(events.duration() / parts);
    let moving = fit(file, events, &Settings { cuts })?;
    let mut all = Vec::new();
    for node in 0..events.nodes.len() {
        for of in 0..events.nodes.len() {
            let Some(interval) = interval(still, node, of).filter(|interval| interval[0] > 0.0) else {
                continue;
            };
            let alpha = still.process.alpha[node][of];
            let moved = interval_of_moving(&moving, node, of);
            all.push(Follows {
                of: events.nodes[of].clone(),
                node: events.nodes[node].clone(),
                alpha,
                interval,
                share: alpha * still.n_by_node[of] as f64 / (still.n_by_node[node] as f64).max(1.0),
                delay: 1.0 / still.process.beta[node][of],
                with_moving_background: moved,
                told: moved.is_some_and(|[_, low, _]| low > 0.0),
            });
        }
    }
    all.sort_by(|one, other| other.alpha.total_cmp(&one.alpha));
    Ok(all)
}

fn interval(fit: &Fit, node: usize, of: usize) -> Option<[f64; 2]> {
    let (alpha, error) = (fit.process.alpha[node][of], fit.se.alpha[node][of]?);
    Some([alpha - 1.645 * error, alpha + 1.645 * error])
}

fn interval_of_moving(fit: &Fit, node: usize, of: usize) -> Option<[f64; 3]> {
    let [low, high] = interval(fit, node, of)?;
    Some([fit.process.alpha[node][of], low, high])
}

/// The answers for a person.
pub fn follows_to_text(all: &[Follows], unit: &str) -> String {
    let mut out =
        String::from("WHO ANSWERS WHOM, and is it told from drivers that move slowly and that all share?\n");
    if all.is_empty() {
        out += "  nobody, as far as can be told from chance\n";
    }
    for one in all {
        let verdict =
            if one.told { "told from shared drivers" } else { "cannot be told from shared drivers" };
        let moved = one.with_moving_background.map_or("nothing is left".to_owned(), |[alpha, low, high]| {
            format!("{alpha:.2} ({:.2}-{high:.2})", low.max(0.0))
        });
        let _ = writeln!(
            out,
            "  {} → {}: {:.2} each ({:.2}-{:.2}), {:.0} % of them, after {:.1} {unit}s · with a moving background {moved}: {verdict}",
            one.of,
            one.node,
            one.alpha,
            one.interval[0],
            one.interval[1],
            100.0 * one.share,
            one.delay,
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hawkes::{Process, simulate};

    fn check(process: &Process, end: f64, expected: &[(&str, &str)]) {
        let events = simulate(process, None, 0.0, end, 5).unwrap();
        let fit = fit("x", &events, &Settings::default()).unwrap();
        let all = follows("x", &events, &fit).unwrap();
        let told: Vec<(&str, &str)> =
            all.iter().filter(|one| one.told).map(|one| (one.of.as_str(), one.node.as_str())).collect();
        assert_eq!(told, expected, "{}", follows_to_text(&all, "day"));
    }

    #[test]
    fn who_answers_is_told_from_what_drives_both() {
        let answered = Process {
            cuts: vec![],
            background: vec![vec![0.5], vec![0.1]],
            alpha: vec![vec![0.0, 0.0], vec![0.5, 0.0]],
            beta: vec![vec![1.0, 1.0], vec![0.7, 1.0]],
        };
        check(&answered, 2000.0, &[("0", "1")]);
        let driven = Process {
            cuts: (1..10).map(|part| 200.0 * f64::from(part)).collect(),
            background: vec![[2.0, 0.1].repeat(5), [1.0, 0.05].repeat(5)],
            alpha: vec![vec![0.0; 2]; 2],
            beta: vec![vec![1.0; 2]; 2],
        };
        check(&driven, 2000.0, &[]);
    }
}
