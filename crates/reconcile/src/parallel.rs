//! *What does a function give for each number, on all cores?*

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

/// Below this many numbers starting threads costs more than it saves.
const MIN_FOR_THREADS: usize = 256;
/// Shares of the work that a core takes in turn: some are more work than others.
const SHARES_A_CORE: usize = 64;

/// The results for the numbers below `n`, in their order, whatever the number of cores.
pub(crate) fn map<T: Send>(n: usize, function: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let n_threads = if n < MIN_FOR_THREADS { 1 } else { available_parallelism().map_or(1, NonZero::get) };
    if n_threads == 1 {
        return (0..n).map(function).collect();
    }
    let size = n.div_ceil(n_threads * SHARES_A_CORE);
    let next = AtomicUsize::new(0);
    let work = || {
        let starts = std::iter::repeat_with(|| next.fetch_add(size, Ordering::Relaxed));
        let starts = starts.take_while(|&start| start < n);
        let share = |start: usize| (start..(start + size).min(n)).map(&function).collect::<Vec<_>>();
        starts.map(|start| (start, share(start))).collect::<Vec<_>>()
    };
    let mut shares: Vec<_> = scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    shares.sort_unstable_by_key(|(start, _)| *start);
    shares.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order() {
        for n in [0, 1, 255, 256, 1001] {
            assert_eq!(map(n, |number| number * 2), (0..n).map(|number| number * 2).collect::<Vec<_>>());
        }
    }
}
