//! *Do the times look as the process would have them?* Between two events of a kind, as many are expected as a unit
//! exponential draw (time-rescaling): their distance from that is tested.

use serde::Serialize;

use crate::events::Events;
use crate::hawkes::Process;
use crate::hawkes::likelihood::{History, expected, row_of};
use crate::numeric::kolmogorov;

/// How well the times of one kind fit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Goodness {
    /// Number of gaps between events.
    pub n: usize,
    /// Largest distance of their distribution from the one expected (Kolmogorov-Smirnov).
    pub distance: f64,
    /// Probability of so large a distance if the process were right. Fitted to the same events it errs on the high side.
    pub p: f64,
    /// Correlation of each gap with the next one: 0 if nothing was left unexplained.
    pub correlation: f64,
}

/// The fit of each kind.
pub fn goodness(events: &Events, process: &Process) -> Vec<Goodness> {
    let history = History::new(events, &process.cuts);
    let of_node = |node| {
        let up_to = expected(&history, node, &row_of(process, node));
        let gaps = up_to.windows(2).map(|pair| pair[1] - pair[0]);
        of_gaps(gaps.map(|gap| 1.0 - (-gap.max(0.0)).exp()).collect())
    };
    crate::parallel::map(process.n_nodes(), of_node)
}

/// Of numbers that should be uniform.
fn of_gaps(uniform: Vec<f64>) -> Goodness {
    let n = uniform.len();
    let product: f64 = uniform.windows(2).map(|pair| (pair[0] - 0.5) * (pair[1] - 0.5)).sum();
    let correlation = if n > 1 { 12.0 * product / (n - 1) as f64 } else { 0.0 };
    let mut sorted = uniform;
    sorted.sort_by(f64::total_cmp);
    let distance = sorted.iter().enumerate().map(|(at, value)| {
        let (below, above) = (at as f64 / n as f64, (at + 1) as f64 / n as f64);
        (value - below).abs().max((above - value).abs())
    });
    let distance = distance.fold(0.0, f64::max);
    Goodness { n, distance, p: if n == 0 { 1.0 } else { kolmogorov(distance, n) }, correlation }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn check(times: Vec<f64>, rate: f64, fits: bool) {
        let end = times.last().copied().unwrap_or(1.0);
        let events = Events::new([("a".to_owned(), times)], 0.0, end);
        let process = Process {
            cuts: vec![],
            background: vec![vec![rate]],
            alpha: vec![vec![0.0]],
            beta: vec![vec![1.0]],
        };
        let found = goodness(&events, &process)[0];
        assert_eq!(found.p > 0.01, fits, "{found:?}");
    }

    #[test]
    fn chance_fits_and_what_is_regular_does_not() {
        let mut random = Random::new(5);
        let mut time = 0.0;
        let mut next = || {
            time += random.exponential() / 2.0;
            time
        };
        let times: Vec<f64> = (0..1000).map(|_| next()).collect();
        check(times.clone(), 2.0, true);
        check(times, 1.0, false);
        check((1..1000).map(f64::from).collect(), 1.0, false);
        check(vec![], 1.0, true);
        check(vec![1.0], 1.0, true);
    }
}
