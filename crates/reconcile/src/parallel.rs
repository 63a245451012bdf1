//! *What does a function give for each number, on all cores?*

use std::num::NonZero;
use std::thread::{available_parallelism, scope};

/// Below this many numbers starting threads costs more than it saves.
const MIN_FOR_THREADS: usize = 256;

/// The results for the numbers below `n`, in their order, whatever the number of cores.
pub(crate) fn map<T: Send>(n: usize, function: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let n_threads = if n < MIN_FOR_THREADS { 1 } else { available_parallelism().map_or(1, NonZero::get) };
    if n_threads == 1 {
        return (0..n).map(function).collect();
    }
    let share = n.div_ceil(n_threads);
    let of_thread = |thread: usize| (thread * share).min(n)..((thread + 1) * share).min(n);
    let function = &function;
    let mut results = Vec::with_capacity(n);
    scope(|scope| {
        let start = |thread| scope.spawn(move || of_thread(thread).map(function).collect::<Vec<_>>());
        let threads: Vec<_> = (0..n_threads).map(start).collect();
        for thread in threads {
            match thread.join() {
                Ok(part) => results.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    results
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
