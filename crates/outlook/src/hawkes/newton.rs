//! *Which parameters of one kind explain its events best?* Newton's method within bounds, with a damping that grows until a
//! step helps.

use crate::hawkes::likelihood::{Derivatives, History, Row, derivatives};
use crate::linear::{cholesky, solve};

/// Between which values parameters are sought.
pub struct Bounds {
    /// Least background.
    pub background: f64,
    /// Least and largest logarithm of a decay.
    pub log_beta: (f64, f64),
}

impl Bounds {
    /// A memory is no longer than half the window, and no shorter than a hundredth of the mean time between events.
    pub fn of(history: &History) -> Self {
        let rate = (history.len().max(1) as f64) / history.duration();
        let longest = 2.0 / history.duration();
        Self {
            background: 1e-6 / history.duration(),
            log_beta: (longest.ln(), (100.0 * rate).max(4.0 * longest).ln()),
        }
    }

    fn lowest(&self, row: &Row, at: usize) -> f64 {
        match at {
            at if at < row.n_parts => self.background,
            at if at < row.log_beta_at(0) => 0.0,
            _ => self.log_beta.0,
        }
    }

    fn highest(&self, row: &Row, at: usize) -> f64 {
        if at < row.log_beta_at(0) { f64::INFINITY } else { self.log_beta.1 }
    }

    fn clamp(&self, row: &mut Row) {
        for at in 0..row.values.len() {
            row.values[at] = row.values[at].clamp(self.lowest(row, at), self.highest(row, at));
        }
    }
}

/// Where the search ended.
pub struct Optimum {
    pub row: Row,
    pub derivatives: Derivatives,
    /// Whether no step could gain a hundred thousandth of a nat.
    pub is_converged: bool,
}

/// Gain in nats below which it is not worth going on.
const ENOUGH: f64 = 1e-5;
/// The decay changes by at most this factor's logarithm in a step.
const LONGEST_STEP: f64 = 1.5;

/// Steps after which it is looked which kinds still have an effect.
const STEPS: usize = 5;
/// How often that is done at most.
const MOST_LOOKS: usize = 40;

/// Seeks the best row from one given. A kind without an effect is left without one.
pub fn optimise(history: &History, node: usize, mut row: Row, bounds: &Bounds) -> Optimum {
    bounds.clamp(&mut row);
    let mut looks = 0;
    loop {
        let kinds: Vec<usize> =
            (0..row.n_nodes()).filter(|kind| *kind == node || row.alpha()[*kind] > 0.0).collect();
        let places = row.places_of(&kinds);
        let few = Row { values: places.iter().map(|place| row.values[*place]).collect(), ..row };
        let own = kinds.iter().position(|kind| *kind == node).unwrap_or(0);
        let found = walk(&history.of_kinds(&kinds), own, few, bounds);
        places.iter().zip(&found.row.values).for_each(|(place, value)| row.values[*place] = *value);
        looks += 1;
        if found.is_converged || looks == MOST_LOOKS {
            let derivatives = found.derivatives.among(&places, row.values.len());
            return Optimum { row, derivatives, is_converged: found.is_converged };
        }
    }
}

/// A few steps from a row.
fn walk(history: &History, node: usize, mut row: Row, bounds: &Bounds) -> Optimum {
    let mut now = derivatives(history, node, &row);
    let mut damping = 1e-3;
    let mut steps = 0;
    while steps < STEPS {
        let free = free(&row, &now, bounds);
        let Some((step, gain)) = step(&now, &free, damping) else {
            damping = f64::max(damping * 10.0, 1e-6);
            if damping > 1e12 {
                break;
            }
            continue;
        };
        if gain < ENOUGH && damping <= 1.0 {
            return Optimum { row, derivatives: now, is_converged: true };
        }
        let mut next = row.clone();
        for (&at, change) in free.iter().zip(&step) {
            let is_decay = at >= row.log_beta_at(0);
            next.values[at] += if is_decay { change.clamp(-LONGEST_STEP, LONGEST_STEP) } else { *change };
        }
        bounds.clamp(&mut next);
        let then = derivatives(history, node, &next);
        if then.loss < now.loss {
            (row, now) = (next, then);
            steps += 1;
            damping = (damping * 0.1).max(1e-9);
        } else if gain < ENOUGH || damping > 1e12 {
            return Optimum { row, derivatives: now, is_converged: gain < ENOUGH };
        } else {
            damping = (damping * 10.0).max(1e-6);
        }
    }
    Optimum { row, derivatives: now, is_converged: false }
}

/// The parameters that may move: not those that a bound holds back, nor the decay of what has no effect.
pub fn free(row: &Row, now: &Derivatives, bounds: &Bounds) -> Vec<usize> {
    let n = row.values.len();
    let is_free = |at: &usize| {
        let (value, slope) = (row.values[*at], now.gradient[*at]);
        let is_held = (value <= bounds.lowest(row, *at) && slope >= 0.0)
            || (value >= bounds.highest(row, *at) && slope <= 0.0);
        let is_idle = *at >= row.log_beta_at(0) && row.alpha()[*at - row.log_beta_at(0)] <= 0.0;
        !is_held && !is_idle && now.fisher[*at * n + *at] > 0.0
    };
    (0..n).filter(is_free).collect()
}

/// The rows and columns of a matrix that are free.
pub fn part(matrix: &[f64], n: usize, free: &[usize]) -> Vec<f64> {
    free.iter().flat_map(|row| free.iter().map(move |column| matrix[row * n + column])).collect()
}

/// A step and the gain it should bring: by the second derivatives where they bend upwards, else by what they are expected to be.
fn step(now: &Derivatives, free: &[usize], damping: f64) -> Option<(Vec<f64>, f64)> {
    let (n, m) = (now.gradient.len(), free.len());
    let expected = part(&now.fisher, n, free);
    let damped = |mut matrix: Vec<f64>| {
        for at in 0..m {
            matrix[at * m + at] += damping * expected[at * m + at];
        }
        cholesky(&matrix, m)
    };
    let lower = damped(part(&now.hessian, n, free)).or_else(|| damped(expected.clone()))?;
    let down: Vec<f64> = free.iter().map(|at| -now.gradient[*at]).collect();
    let step = solve(&lower, m, &down);
    let gain = 0.5 * step.iter().zip(&down).map(|(step, down)| step * down).sum::<f64>();
    (gain.is_finite()).then_some((step, gain))
}
