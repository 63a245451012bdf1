//! *How is work that does not depend on its neighbours spread over threads?*

use std::sync::{Mutex, PoisonError};

/// Applies `work` to every item, on up to `n_workers` threads; results come in the order of the items.
///
/// `work` is told which worker runs it, counting from zero.
pub fn map<I, R>(items: I, n_workers: usize, work: impl Fn(I::Item, usize) -> R + Sync) -> Vec<R>
where
    I: IntoIterator<IntoIter: ExactSizeIterator + Send>,
    R: Send,
{
    let items = items.into_iter();
    let n_workers = n_workers.min(items.len());
    if n_workers < 2 {
        return items.map(|item| work(item, 0)).collect();
    }
    let queue = Mutex::new(items.enumerate());
    let take = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = |worker: usize| -> Vec<(usize, R)> {
        std::iter::from_fn(&take).map(|(index, item)| (index, work(item, worker))).collect()
    };
    let mut results = std::thread::scope(|scope| {
        let run = &run;
        let others: Vec<_> = (1..n_workers).map(|worker| scope.spawn(move || run(worker))).collect();
        let mut results = run(0);
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n_items: usize, n_workers: usize) {
        let doubled = map(0..n_items, n_workers, |item, worker| {
            assert!(worker < n_workers.max(1));
            item * 2
        });
        assert_eq!(doubled, (0..n_items).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn results_keep_the_order() {
        for (n_items, n_workers) in [(0, 4), (1, 4), (100, 1), (100, 3), (5, 0)] {
            check(n_items, n_workers);
        }
    }
}
