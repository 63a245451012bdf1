//! *Which process brought these events about?* The fit of all kinds, and how sure it is.

use serde::Serialize;

use crate::Error;
use crate::events::Events;
use crate::hawkes::goodness::{Goodness, goodness};
use crate::hawkes::likelihood::{History, Row, prospects, rates};
use crate::hawkes::newton::{Bounds, Optimum, free, optimise, part};
use crate::hawkes::{Process, text};
use crate::linear::{cholesky, inverse_diagonal};
use crate::parallel;

/// What a fit may do.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Times after which the background may be another one; none if it stays the same.
    pub cuts: Vec<f64>,
}

/// A fitted process. Kinds are in the order of `nodes`, in lists and in rows and columns of tables.
#[derive(Clone, Debug, Serialize)]
pub struct Fit {
    /// Names of the kinds.
    pub nodes: Vec<String>,
    /// Number of events.
    pub n: usize,
    /// Number of events of each kind.
    pub n_by_node: Vec<usize>,
    /// Where the window begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// In what time is measured: `day` or `unit`.
    pub unit: &'static str,
    /// Log-likelihood of all events, in nats.
    pub loglik: f64,
    /// The same for each event.
    pub loglik_per_event: f64,
    /// Log-likelihood for each event if all kinds came at a constant rate, by chance alone.
    pub loglik_poisson: f64,
    /// Mean background of each kind, events per unit of time.
    pub mu: Vec<f64>,
    /// The process: background by part of the window, `alpha[i][j]` events of kind i for each of kind j, decays `beta[i][j]`.
    #[serde(flatten)]
    pub process: Process,
    /// Standard errors.
    pub se: Errors,
    /// Largest eigenvalue of `alpha`: below 1 the process is stable.
    pub radius: f64,
    /// Whether the times of each kind look as the process would have them.
    pub goodness: Vec<Goodness>,
    /// Whether the search ended at an optimum for every kind.
    pub converged: bool,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// Standard errors by the curvature of the likelihood; `None` where a bound holds the value or nothing depends on it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Errors {
    /// Of the background, mean over the parts of the window.
    pub mu: Vec<Option<f64>>,
    /// Of `alpha`.
    pub alpha: Vec<Vec<Option<f64>>>,
    /// Of `beta`.
    pub beta: Vec<Vec<Option<f64>>>,
}

/// Events at which a fit begins with a part of them.
const FEW: usize = 6_000;
/// How much more each next part has.
const GROWTH: usize = 12;

/// Fits background, effects and decays of all kinds to the optimum of the likelihood.
///
/// # Errors
/// If there are no events, no time passes, or there are more than 60 kinds.
pub fn fit(file: &str, events: &Events, settings: &Settings) -> Result<Fit, Error> {
    check(file, events)?;
    let mut starts: Vec<Option<Row>> = vec![None; events.nodes.len()];
    let mut parts = events.len() / FEW;
    loop {
        let part = if parts < 2 { None } else { Some(events.last_part(parts)) };
        let history = History::new(part.as_ref().unwrap_or(events), &settings.cuts);
        let optima = parallel::map(starts.len(), |node| explain(&history, node, starts[node].as_ref()));
        if part.is_none() {
            return Ok(summary(events, &history, &optima));
        }
        starts = optima.into_iter().map(|optimum| Some(optimum.row)).collect();
        parts /= GROWTH;
    }
}

fn check(file: &str, events: &Events) -> Result<(), Error> {
    let problem = if events.is_empty() {
        "expected events within the window; found none".to_owned()
    } else if !(events.duration() > 0.0 && events.duration().is_finite()) {
        format!("expected events at different times; found all at {}", events.start)
    } else if events.nodes.len() > 60 {
        format!("expected at most 60 kinds of events; found {}: leave out or join some", events.nodes.len())
    } else {
        return Ok(());
    };
    Err(Error::Unfit { file: file.to_owned(), problem })
}

/// Rounds in which effects that were found to be none are looked at again.
const ROUNDS: usize = 3;

/// The best row of a kind: a search, then for kinds without an effect a look whether another decay would give them one.
fn explain(history: &History, node: usize, start: Option<&Row>) -> Optimum {
    let bounds = Bounds::of(history);
    let mut best = match start {
        Some(row) => optimise(history, node, row.clone(), &bounds),
        None => optimise(history, node, first_guess(history, node, &bounds), &bounds),
    };
    // A start from a part of the events has been through this there.
    let rounds = if start.is_some() { 1 } else { ROUNDS };
    for _ in 0..rounds {
        let Some(row) = with_new_effects(history, node, &best.row, &bounds) else { break };
        let next = optimise(history, node, row, &bounds);
        let gain = best.derivatives.loss - next.derivatives.loss;
        if gain > 0.0 {
            best = next;
        }
        if gain < 0.05 {
            break;
        }
    }
    best
}

/// Decays worth a first look, from slow to fast.
fn decays(history: &History, bounds: &Bounds) -> Vec<f64> {
    let rate = history.len().max(1) as f64 / history.duration();
    let (low, high) = (bounds.log_beta.0.exp(), bounds.log_beta.1.exp());
    [0.01, 0.05, 0.2, 0.6, 2.0, 8.0].iter().map(|times| (rate * times).clamp(low, high)).collect()
}

/// Of some decays the best, with the effect that it should have and the gain in nats.
fn best_decay(prospects: &[(f64, f64)], decays: &[f64]) -> Option<(f64, f64, f64)> {
    let promising = prospects.iter().zip(decays).filter(|((slope, bend), _)| *slope > 0.0 && *bend > 0.0);
    let gains = promising.map(|((slope, bend), decay)| (*decay, slope / bend, slope * slope / bend / 2.0));
    gains.max_by(|(_, _, one), (_, _, other)| one.total_cmp(other))
}

fn first_guess(history: &History, node: usize, bounds: &Bounds) -> Row {
    let (n_parts, n_nodes) = (history.n_parts(), history.n_nodes());
    let decays = decays(history, bounds);
    let count = history.counts[node];
    let rate = count / history.duration();
    let mut values = vec![rate; n_parts];
    values.resize(n_parts + n_nodes, 0.0);
    values.resize(n_parts + 2 * n_nodes, decays[decays.len() / 2].ln());
    let mut row = Row { n_parts, values };
    if count < 1.0 {
        row.values[..n_parts].fill(bounds.background);
        return row;
    }
    let flat = vec![rate; rates(history, node, &row).len()];
    let mut explained = 0.0;
    for (j, prospects) in prospects(history, node, &flat, &decays).iter().enumerate() {
        if let Some((decay, effect, _)) = best_decay(prospects, &decays) {
            let (alpha, beta) = (row.alpha_at(j), row.log_beta_at(j));
            row.values[alpha] = effect.min(0.5);
            row.values[beta] = decay.ln();
            explained += row.values[alpha] * history.counts[j];
        }
    }
    // All of them together explain no more than half of the events to begin with.
    let share = (0.5 * count / explained.max(1e-300)).min(1.0);
    for j in 0..n_nodes {
        let at = row.alpha_at(j);
        row.values[at] *= share;
    }
    let left = (1.0 - share * explained / count).max(0.3);
    row.values[..n_parts].iter_mut().for_each(|rate| *rate *= left);
    row
}

/// The row with effects that other decays would give to kinds that have none now; `None` if no decay would.
fn with_new_effects(history: &History, node: usize, row: &Row, bounds: &Bounds) -> Option<Row> {
    let is_idle = |alpha: &f64| *alpha < 1e-7;
    if !row.alpha().iter().any(is_idle) {
        return None;
    }
    let decays = decays(history, bounds);
    let mut idle: Vec<usize> = (0..row.n_nodes()).filter(|j| is_idle(&row.alpha()[*j])).collect();
    let n_idle = idle.len();
    let own = idle.iter().position(|kind| *kind == node).unwrap_or(n_idle);
    if own == n_idle {
        idle.push(node);
    }
    let prospects = prospects(&history.of_kinds(&idle), own, &rates(history, node, row), &decays);
    let mut next = row.clone();
    let mut gain = 0.0;
    for (&j, prospects) in idle.iter().zip(&prospects).take(n_idle) {
        if let Some((decay, effect, promised)) = best_decay(prospects, &decays).filter(|best| best.2 > 0.02) {
            let (alpha, beta) = (row.alpha_at(j), row.log_beta_at(j));
            next.values[alpha] = 0.5 * effect.min(0.5);
            next.values[beta] = decay.ln();
            gain += promised;
        }
    }
    (gain > 0.05).then_some(next)
}

/// Standard errors of a kind's parameters: of the background, of `alpha`, of the logarithm of `beta`.
fn errors_of(optimum: &Optimum, history: &History) -> Vec<Option<f64>> {
    let bounds = Bounds::of(history);
    let free = free(&optimum.row, &optimum.derivatives, &bounds);
    let n = optimum.row.values.len();
    let of = |matrix: &[f64]| cholesky(&part(matrix, n, &free), free.len());
    let mut errors = vec![None; n];
    if let Some(lower) = of(&optimum.derivatives.hessian).or_else(|| of(&optimum.derivatives.fisher)) {
        for (&at, variance) in free.iter().zip(inverse_diagonal(&lower, free.len())) {
            errors[at] = (variance > 0.0 && variance.is_finite()).then(|| variance.sqrt());
        }
    }
    errors
}

fn summary(events: &Events, history: &History, optima: &[Optimum]) -> Fit {
    let rows = || optima.iter().map(|optimum| &optimum.row);
    let process = Process {
        cuts: history.cuts.clone(),
        background: rows().map(|row| row.background().to_vec()).collect(),
        alpha: rows().map(|row| row.alpha().to_vec()).collect(),
        beta: rows().map(Row::beta).collect(),
    };
    let n = events.len();
    let loglik = -optima.iter().map(|optimum| optimum.derivatives.loss).sum::<f64>();
    let poisson =
        |count: &f64| if *count > 0.0 { count * ((count / history.duration()).ln() - 1.0) } else { 0.0 };
    let mut fit = Fit {
        nodes: events.nodes.clone(),
        n,
        n_by_node: events.times.iter().map(Vec::len).collect(),
        start: events.start,
        end: events.end,
        unit: events.unit,
        loglik,
        loglik_per_event: loglik / n as f64,
        loglik_poisson: history.counts.iter().map(poisson).sum::<f64>() / n as f64,
        mu: process.mean_background(events.start, events.end),
        se: all_errors(optima, history),
        radius: process.radius(),
        goodness: goodness(events, &process),
        converged: optima.iter().all(|optimum| optimum.is_converged),
        notes: Vec::new(),
        process,
    };
    fit.notes = text::notes(&fit, events.share_tied());
    fit
}

fn all_errors(optima: &[Optimum], history: &History) -> Errors {
    let lengths = history.part_lengths();
    let mut errors = Errors::default();
    for optimum in optima {
        let (row, found) = (&optimum.row, errors_of(optimum, history));
        let (background, rest) = found.split_at(row.n_parts);
        let (alpha, log_beta) = rest.split_at(row.n_nodes());
        let squares =
            background.iter().zip(&lengths).map(|(error, length)| Some((error.as_ref()? * length).powi(2)));
        errors.mu.push(squares.sum::<Option<f64>>().map(|sum| sum.sqrt() / history.duration()));
        errors.alpha.push(alpha.to_vec());
        let of_beta = |(error, beta): (&Option<f64>, f64)| error.map(|error| error * beta);
        errors.beta.push(log_beta.iter().zip(row.beta()).map(of_beta).collect());
    }
    errors
}

impl Fit {
    /// The fit in words, for a person.
    pub fn to_text(&self) -> String {
        text::text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hawkes::{log_likelihood, simulate};

    /// Attacks, retaliation, talks.
    fn truth() -> Process {
        Process {
            cuts: vec![],
            background: vec![vec![0.5], vec![0.1]],
            alpha: vec![vec![0.45, 0.25], vec![0.3, 0.0]],
            beta: vec![vec![1.0, 0.5], vec![0.7, 1.5]],
        }
    }

    fn simulated(seed: u64, end: f64) -> Events {
        simulate(&truth(), None, 0.0, end, seed).expect("a stable process")
    }

    #[test]
    fn a_fit_explains_no_less_than_the_truth() {
        let events = simulated(1, 3000.0);
        let fit = fit("x", &events, &Settings::default()).unwrap();
        let gain = fit.loglik - log_likelihood(&events, &truth());
        assert!(fit.converged && (0.0..15.0).contains(&gain), "{gain}");
        assert!((fit.loglik - log_likelihood(&events, &fit.process)).abs() < 1e-6);
        assert!((fit.process.alpha[0][0] - 0.45).abs() < 3.0 * fit.se.alpha[0][0].unwrap());
        assert!(fit.goodness.iter().all(|goodness| goodness.p > 0.001), "{:?}", fit.goodness);
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        let (mut inside, mut all) = (0.0, 0.0);
        for seed in 0..60 {
            let fit = fit("x", &simulated(seed, 1500.0), &Settings::default()).unwrap();
            for (i, j) in [(0, 0), (0, 1), (1, 0)] {
                let error = fit.se.alpha[i][j].unwrap_or(0.0);
                all += 1.0;
                inside += f64::from(u8::from(
                    (fit.process.alpha[i][j] - truth().alpha[i][j]).abs() < 1.645 * error,
                ));
            }
        }
        assert!((0.84..0.96).contains(&(inside / all)), "{}", inside / all);
    }

    #[test]
    fn a_part_of_the_events_leads_to_the_same_optimum() {
        let events = simulated(2, 15_000.0);
        assert!(events.len() > 2 * FEW);
        let quick = fit("x", &events, &Settings::default()).unwrap();
        let history = History::new(&events, &[]);
        let whole: f64 = (0..2).map(|node| explain(&history, node, None).derivatives.loss).sum();
        assert!((quick.loglik + whole).abs() < 1e-3, "{} {whole}", quick.loglik);
    }

    #[test]
    fn a_moving_background_is_not_taken_for_contagion() {
        let steps = Process {
            cuts: vec![500.0, 1000.0],
            background: vec![vec![2.0, 0.1, 1.0]],
            alpha: vec![vec![0.0]],
            beta: vec![vec![1.0]],
        };
        let events = simulate(&steps, None, 0.0, 1500.0, 3).unwrap();
        let still = fit("x", &events, &Settings::default()).unwrap();
        let moving = fit("x", &events, &Settings { cuts: steps.cuts.clone() }).unwrap();
        assert!(still.process.alpha[0][0] > 0.5, "{still:?}");
        assert!(moving.process.alpha[0][0] < 0.1, "{moving:?}");
        assert!((moving.process.background[0][0] - 2.0).abs() < 0.3, "{moving:?}");
    }

    fn check_odd(kinds: &[&[f64]], end: f64, expected: &str) {
        let named = kinds.iter().enumerate().map(|(kind, times)| (kind.to_string(), times.to_vec()));
        let fit = fit("x", &Events::new(named, 0.0, end), &Settings::default());
        let found = match fit {
            Ok(fit) => {
                let all = fit.process.alpha.iter().chain(&fit.process.beta).flatten().chain(&fit.mu);
                assert!(all.chain([&fit.loglik]).all(|value| value.is_finite()), "{fit:?}");
                "fitted".to_owned()
            }
            Err(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{kinds:?}");
    }

    #[test]
    fn odd_events_are_fitted_or_refused() {
        check_odd(&[&[]], 10.0, "x: expected events within the window; found none");
        check_odd(&[&[0.0]], 0.0, "x: expected events at different times; found all at 0");
        check_odd(&[&[1.0]], 10.0, "fitted");
        check_odd(&[&[1.0], &[]], 10.0, "fitted");
        check_odd(&[&[5.0; 40]], 10.0, "fitted");
        check_odd(&[&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.0]], 4.0, "fitted");
        check_odd(&[&[1e-12, 2e-12, 1e14]], 1e15, "fitted");
    }
}
