//! *What could happen if the process goes on?* One course of events drawn from a process, after what happened before.

use crate::events::Events;
use crate::hawkes::Process;
use crate::random::Random;

/// More events than this are no scenario but an explosion.
const MOST: usize = 5_000_000;

/// Draws the events of a window; with the events before it, theirs still have an effect. `None` if there are more than five
/// million of them, as when each event brings about more than one.
pub fn simulate(process: &Process, past: Option<&Events>, start: f64, end: f64, seed: u64) -> Option<Events> {
    let mut random = Random::new(seed);
    let mut events: Vec<(f64, usize)> = Vec::new();
    for (node, rates) in process.background.iter().enumerate() {
        for (rate, (from, to)) in rates.iter().zip(Process::parts(&process.cuts, start, end)) {
            let mut time = from + random.exponential() / rate;
            while time < to && events.len() < MOST {
                events.push((time, node));
                time += random.exponential() / rate;
            }
        }
    }
    for (node, times) in past.iter().flat_map(|past| past.times.iter().enumerate()) {
        for &time in times.iter().filter(|time| **time < start) {
            bring_about(process, (time, node), start, end, &mut random, &mut events);
        }
    }
    let mut next = 0;
    while next < events.len() {
        bring_about(process, events[next], start, end, &mut random, &mut events);
        next += 1;
        if events.len() > MOST {
            return None;
        }
    }
    let mut times = vec![Vec::new(); process.n_nodes()];
    for (time, node) in events {
        times[node].push(time);
    }
    let names = (0..process.n_nodes()).map(|node| match past {
        Some(past) => past.nodes[node].clone(),
        None => node.to_string(),
    });
    Some(Events::new(names.zip(times), start, end))
}

/// Adds what one event brings about directly within the window.
fn bring_about(
    process: &Process,
    (time, node): (f64, usize),
    start: f64,
    end: f64,
    random: &mut Random,
    events: &mut Vec<(f64, usize)>,
) {
    let from = time.max(start);
    for (kind, row) in process.alpha.iter().enumerate() {
        let beta = process.beta[kind][node];
        let left = row[node] * (-beta * (from - time)).exp();
        for _ in 0..random.poisson(left) {
            let when = from + random.exponential() / beta;
            if when < end {
                events.push((when, kind));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(alpha: f64) -> Process {
        Process { cuts: vec![], background: vec![vec![1.0]], alpha: vec![vec![alpha]], beta: vec![vec![2.0]] }
    }

    fn check(alpha: f64, past: Option<&Events>, end: f64, expected: f64) {
        let draws = 400;
        let count = |seed| simulate(&process(alpha), past, 0.0, end, seed).map_or(0, |events| events.len());
        let mean = (0..draws).map(count).sum::<usize>() as f64 / draws as f64;
        assert!((mean / expected - 1.0).abs() < 0.05, "{mean} is not {expected}");
    }

    #[test]
    fn as_many_happen_as_should() {
        check(0.0, None, 20.0, 20.0);
        check(0.5, None, 200.0, 2.0 * 200.0 - 1.0);
        // Fifty events just before bring about one further each in all.
        let past = Events::new([("0".to_owned(), vec![-1e-9; 50])], -1.0, 0.0);
        check(0.5, Some(&past), 20.0, 50.0 + 2.0 * 20.0 - 1.0);
    }

    #[test]
    fn an_explosion_is_no_scenario() {
        assert_eq!(simulate(&process(3.0), None, 0.0, 1e4, 1), None);
    }
}
