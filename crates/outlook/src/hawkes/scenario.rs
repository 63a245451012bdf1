//! *What would follow if one side stopped, or struck once more?* Courses of events drawn from a fitted process under an assumption,
//! beside courses without it.

use std::fmt::Write;

use serde::Serialize;

use crate::Error;
use crate::events::Events;
use crate::hawkes::{Fit, Process, simulate};

/// What is assumed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assumption {
    /// Kinds of which there is no further event.
    pub stops: Vec<usize>,
    /// Kinds of which there is one more event at the end of the window; a kind may stand here several times.
    pub adds: Vec<usize>,
}

/// Counts of each kind under an assumption, beside those without it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scenario {
    /// That it is no forecast.
    pub label: &'static str,
    /// What is assumed, in words.
    pub assumption: String,
    /// How far it goes, in units of time.
    pub horizon: f64,
    /// The kinds.
    pub kinds: Vec<Course>,
}

/// How many events of a kind: median, and between which nine in ten draws lie.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The kind.
    pub node: String,
    /// As the process goes on.
    pub as_is: [usize; 3],
    /// Under the assumption.
    pub assumed: [usize; 3],
}

/// Draws for each course.
const DRAWS: u64 = 1000;

/// Draws what would follow a window under an assumption.
///
/// # Errors
/// If each event brings about one or more further ones: such a process explodes.
pub fn scenario(
    file: &str,
    events: &Events,
    fit: &Fit,
    assumption: &Assumption,
    horizon: f64,
) -> Result<Scenario, Error> {
    let counts = |process: &Process, past: &Events, seeds: u64| {
        let one = |seed| simulate(process, Some(past), events.end, events.end + horizon, seed);
        let draws =
            crate::parallel::map(usize::try_from(DRAWS).unwrap_or(0), |draw| one(seeds + draw as u64));
        draws.into_iter().collect::<Option<Vec<Events>>>()
    };
    let is_sound = horizon > 0.0 && horizon.is_finite() && fit.radius < 1.0;
    let drawn = is_sound.then(|| {
        let (process, past) = assumed(events, fit, assumption);
        Some((counts(&fit.process, events, 1)?, counts(&process, &past, 1 + DRAWS)?))
    });
    let Some((as_is, under)) = drawn.flatten() else {
        let problem = format!(
            "expected a stable process and a horizon above 0; found {:.2} further events for each, a horizon of {horizon}",
            fit.radius
        );
        return Err(Error::Unfit { file: file.to_owned(), problem });
    };
    let course = |node: usize| Course {
        node: events.nodes[node].clone(),
        as_is: spread(&as_is, node),
        assumed: spread(&under, node),
    };
    Ok(Scenario {
        label: "assumption, not forecast",
        assumption: in_words(events, assumption),
        horizon,
        kinds: (0..events.nodes.len()).map(course).collect(),
    })
}

/// The process and the past under an assumption.
fn assumed(events: &Events, fit: &Fit, assumption: &Assumption) -> (Process, Events) {
    let mut process = fit.process.clone();
    for &kind in &assumption.stops {
        process.background[kind].fill(0.0);
        process.alpha[kind].fill(0.0);
    }
    let mut past = events.clone();
    let now = events.end - events.duration() * 1e-12;
    assumption.adds.iter().for_each(|kind| past.times[*kind].push(now));
    (process, past)
}

fn spread(draws: &[Events], node: usize) -> [usize; 3] {
    let mut counts: Vec<usize> = draws.iter().map(|draw| draw.times[node].len()).collect();
    counts.sort_unstable();
    [0.5, 0.05, 0.95].map(|share| counts[((share * counts.len() as f64) as usize).min(counts.len() - 1)])
}

fn in_words(events: &Events, assumption: &Assumption) -> String {
    let stops = assumption.stops.iter().map(|kind| format!("no further {}", events.nodes[*kind]));
    let adds = assumption.adds.iter().map(|kind| format!("one {} now", events.nodes[*kind]));
    stops.chain(adds).collect::<Vec<_>>().join(", ")
}

impl Scenario {
    /// The scenario for a person.
    pub fn to_text(&self) -> String {
        let mut out =
            format!("ASSUMPTION, NOT FORECAST: {}; within {} units\n", self.assumption, self.horizon);
        for Course { node, as_is: [middle, low, high], assumed } in &self.kinds {
            let _ = writeln!(
                out,
                "  {node}: {} ({}-{}) · as the process goes on {middle} ({low}-{high})",
                assumed[0], assumed[1], assumed[2]
            );
        }
        out += "Median, and between which nine in ten of 1,000 drawn courses lie. It takes for granted that what followed was brought \
                about by what it followed, which no record of events can show.\n";
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hawkes::{Settings, fit};

    fn check(assumption: &Assumption, is_as_expected: impl Fn(&[Course]) -> bool) {
        let process = Process {
            cuts: vec![],
            background: vec![vec![0.4], vec![0.02]],
            alpha: vec![vec![0.2, 0.0], vec![0.6, 0.0]],
            beta: vec![vec![1.0, 1.0], vec![0.5, 1.0]],
        };
        let events = simulate(&process, None, 0.0, 1000.0, 1).unwrap();
        let fit = fit("x", &events, &Settings::default()).unwrap();
        let found = scenario("x", &events, &fit, assumption, 30.0).unwrap();
        assert!(is_as_expected(&found.kinds), "{found:?}");
        assert!(found.to_text().starts_with("ASSUMPTION, NOT FORECAST"));
    }

    #[test]
    fn who_stops_is_answered_less_and_who_strikes_more() {
        check(&Assumption { stops: vec![0], adds: vec![] }, |kinds| {
            kinds[0].assumed == [0; 3] && kinds[1].assumed[0] < kinds[1].as_is[0]
        });
        check(&Assumption { stops: vec![], adds: vec![0; 20] }, |kinds| {
            kinds[0].assumed[0] > kinds[0].as_is[0] && kinds[1].assumed[0] > kinds[1].as_is[0] + 8
        });
        let nothing = Assumption::default();
        check(&nothing, |kinds| kinds.iter().all(|course| course.assumed[0].abs_diff(course.as_is[0]) <= 1));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let times = (0..200).map(|at| 1.0 - 0.96f64.powi(at)).collect();
        let events = Events::new([("a".to_owned(), times)], 0.0, 1.0);
        let fit = fit("x", &events, &Settings::default()).unwrap();
        for horizon in [f64::NAN, -1.0] {
            let error = scenario("x", &events, &fit, &Assumption::default(), horizon).unwrap_err();
            assert!(error.to_string().contains("expected a stable process"), "{error}");
        }
    }
}
