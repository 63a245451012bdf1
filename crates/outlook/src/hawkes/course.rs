//! *How many events does the process expect in each part of the window?* Beside how many there were.

use crate::changes::Moment;
use crate::events::Events;
use crate::hawkes::Process;

/// A part of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Where it begins.
    pub from: Moment,
    /// Events in it.
    pub n: usize,
    /// Events that are expected in it, given all that came before each moment of it.
    pub expected: f64,
}

/// So many equal parts of the window with the events of one kind.
pub fn course(events: &Events, process: &Process, node: usize, n_parts: usize) -> Vec<Part> {
    let width = events.duration() / n_parts.max(1) as f64;
    let edges: Vec<f64> = (0..=n_parts).map(|at| events.start + at as f64 * width).collect();
    let mut up_to: Vec<f64> =
        edges.iter().map(|edge| background(process, node, events.start, *edge)).collect();
    for (other, times) in events.times.iter().enumerate() {
        let (alpha, beta) = (process.alpha[node][other], process.beta[node][other]);
        for (sum, brought) in up_to.iter_mut().zip(brought_about(times, beta, &edges)) {
            *sum += alpha * brought;
        }
    }
    let times = &events.times[node];
    let before = |edge: f64| times.partition_point(|time| *time < edge);
    let part = |at: usize| {
        // The last part has the events at its end.
        let end = if at + 1 == n_parts { times.len() } else { before(edges[at + 1]) };
        Part {
            from: Moment::of(edges[at], events.unit),
            n: end - before(edges[at]),
            expected: up_to[at + 1] - up_to[at],
        }
    };
    (0..n_parts).map(part).collect()
}

/// Events that nothing recorded brought about, up to a time.
fn background(process: &Process, node: usize, start: f64, time: f64) -> f64 {
    let parts = Process::parts(&process.cuts, start, time);
    process.background[node].iter().zip(parts).map(|(rate, (from, to))| rate * (to - from).max(0.0)).sum()
}

/// Which share of what the events before each edge will bring about they have brought about by then, summed over them.
fn brought_about(times: &[f64], beta: f64, edges: &[f64]) -> Vec<f64> {
    let (mut next, mut left, mut at) = (0, 0.0, f64::NEG_INFINITY);
    let by = |edge: &f64| {
        while let Some(time) = times.get(next).filter(|time| *time < edge) {
            left = left * (-beta * (time - at)).exp() + 1.0;
            at = *time;
            next += 1;
        }
        let still = if next > 0 { left * (-beta * (edge - at)).exp() } else { 0.0 };
        next as f64 - still
    };
    edges.iter().map(by).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(times: &[f64], alpha: f64, expected: &[(usize, f64)]) {
        let events = Events::new([("a".to_owned(), times.to_vec())], 0.0, 4.0);
        let process = Process {
            cuts: vec![2.0],
            background: vec![vec![1.0, 0.5]],
            alpha: vec![vec![alpha]],
            beta: vec![vec![2.0]],
        };
        let found = course(&events, &process, 0, expected.len());
        let near =
            |(one, other): (&Part, &(usize, f64))| one.n == other.0 && (one.expected - other.1).abs() < 1e-9;
        assert!(found.iter().zip(expected).all(near), "{found:?}");
    }

    #[test]
    fn what_is_expected_is_the_background_and_what_events_bring_about() {
        check(&[], 0.5, &[(0, 2.0), (0, 1.0)]);
        let (by_two, by_four) = (0.5 * (1.0 - (-2f64).exp()), 0.5 * (1.0 - (-6f64).exp()));
        check(&[1.0], 0.5, &[(1, 2.0 + by_two), (0, 1.0 + by_four - by_two)]);
        check(&[0.0, 4.0], 0.0, &[(1, 2.0), (1, 1.0)]);
    }
}
