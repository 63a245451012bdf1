//! *How well does a process explain the events, and which way is better?* The exact log-likelihood of one kind's events with
//! its first and second derivatives, in one pass over all events.

use crate::events::Events;
use crate::hawkes::Process;
use crate::numeric::Decay;

/// All events in order of time, with what a pass needs to know of the window.
pub struct History {
    times: Vec<f64>,
    nodes: Vec<u32>,
    pub counts: Vec<f64>,
    pub cuts: Vec<f64>,
    pub start: f64,
    pub end: f64,
}

impl History {
    pub fn new(events: &Events, cuts: &[f64]) -> Self {
        let of_node = |(node, times): (usize, &Vec<f64>)| {
            times.iter().map(move |time| (*time, node as u32)).collect::<Vec<_>>()
        };
        let mut all: Vec<(f64, u32)> = events.times.iter().enumerate().flat_map(of_node).collect();
        all.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let (times, nodes) = all.into_iter().unzip();
        let counts = events.times.iter().map(|times| times.len() as f64).collect();
        Self { times, nodes, counts, cuts: cuts.to_vec(), start: events.start, end: events.end }
    }

    /// The events of some kinds alone, numbered by their places among them.
    pub fn of_kinds(&self, kinds: &[usize]) -> Self {
        let mut place = vec![None; self.n_nodes()];
        kinds.iter().zip(0u32..).for_each(|(kind, number)| place[*kind] = Some(number));
        let kept = self
            .times
            .iter()
            .zip(&self.nodes)
            .filter_map(|(time, kind)| Some((*time, place[*kind as usize]?)));
        let (times, nodes) = kept.unzip();
        let counts = kinds.iter().map(|kind| self.counts[*kind]).collect();
        Self { times, nodes, counts, cuts: self.cuts.clone(), start: self.start, end: self.end }
    }

    pub fn n_nodes(&self) -> usize {
        self.counts.len()
    }

    pub fn n_parts(&self) -> usize {
        self.cuts.len() + 1
    }

    pub fn len(&self) -> usize {
        self.times.len()
    }

    pub fn duration(&self) -> f64 {
        self.end - self.start
    }

    pub fn part_lengths(&self) -> Vec<f64> {
        Process::parts(&self.cuts, self.start, self.end).iter().map(|(from, to)| to - from).collect()
    }
}

/// The parameters of one kind: its background by part of the window, then for every kind `alpha`, then the logarithm of `beta`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub n_parts: usize,
    pub values: Vec<f64>,
}

impl Row {
    pub fn n_nodes(&self) -> usize {
        (self.values.len() - self.n_parts) / 2
    }

    pub fn background(&self) -> &[f64] {
        &self.values[..self.n_parts]
    }

    pub fn alpha(&self) -> &[f64] {
        &self.values[self.n_parts..self.n_parts + self.n_nodes()]
    }

    pub fn log_beta(&self) -> &[f64] {
        &self.values[self.n_parts + self.n_nodes()..]
    }

    pub fn beta(&self) -> Vec<f64> {
        self.log_beta().iter().map(|log| log.exp()).collect()
    }

    /// The places of the values that are about the background or some kinds.
    pub fn places_of(&self, kinds: &[usize]) -> Vec<usize> {
        let alpha = kinds.iter().map(|kind| self.alpha_at(*kind));
        let log_beta = kinds.iter().map(|kind| self.log_beta_at(*kind));
        (0..self.n_parts).chain(alpha).chain(log_beta).collect()
    }

    /// Where `alpha` of a kind stands.
    pub fn alpha_at(&self, node: usize) -> usize {
        self.n_parts + node
    }

    /// Where the logarithm of `beta` of a kind stands.
    pub fn log_beta_at(&self, node: usize) -> usize {
        self.n_parts + self.n_nodes() + node
    }
}

/// What is left of the past, by kind: sums over earlier events of exp(-x), x·exp(-x) and x²·exp(-x), with x = beta · age.
struct Memory {
    beta: Vec<f64>,
    last: Vec<f64>,
    sums: [Vec<f64>; 3],
    decay: Decay,
}

impl Memory {
    fn new(beta: Vec<f64>, start: f64) -> Self {
        let zero = || vec![0.0; beta.len()];
        Self { last: vec![start; beta.len()], sums: [zero(), zero(), zero()], beta, decay: Decay::new() }
    }

    /// Lets the memory of a kind fade until a time.
    #[inline]
    fn fade(&mut self, node: usize, time: f64) {
        let x = self.beta[node] * (time - self.last[node]);
        self.last[node] = time;
        let [a, b, c] = &mut self.sums;
        if x > 700.0 {
            (a[node], b[node], c[node]) = (0.0, 0.0, 0.0);
            return;
        }
        let left = self.decay.of(x);
        let (old_a, old_b) = (a[node], b[node]);
        c[node] = left * (c[node] + x * (2.0 * old_b + x * old_a));
        b[node] = left * (old_b + x * old_a);
        a[node] = left * old_a;
    }

    fn fade_all(&mut self, time: f64) {
        for node in 0..self.beta.len() {
            self.fade(node, time);
        }
    }

    /// Adds events of a kind that happened at the time to which it has faded.
    fn add(&mut self, node: usize) {
        self.sums[0][node] += 1.0;
    }
}

/// Minus the log-likelihood of one kind's events, with derivatives by its parameters.
#[derive(Clone, Debug)]
pub struct Derivatives {
    pub loss: f64,
    pub gradient: Vec<f64>,
    /// Sum over events of the squared gradient of the log rate: what the second derivatives are expected to be.
    pub fisher: Vec<f64>,
    /// The second derivatives.
    pub hessian: Vec<f64>,
}

/// Visits the events of one kind in order, with the memory as it was just before. Events at one time do not bring about each other.
fn visit(history: &History, node: usize, beta: Vec<f64>, mut see: impl FnMut(f64, usize, &Memory)) -> Memory {
    let mut memory = Memory::new(beta, history.start);
    let mut part = 0;
    let mut waiting = 0;
    for (at, (&time, &kind)) in history.times.iter().zip(&history.nodes).enumerate() {
        while waiting < at && history.times[waiting] < time {
            let earlier = history.nodes[waiting] as usize;
            memory.fade(earlier, history.times[waiting]);
            memory.add(earlier);
            waiting += 1;
        }
        if kind as usize == node {
            memory.fade_all(time);
            while part < history.cuts.len() && history.cuts[part] <= time {
                part += 1;
            }
            see(time, part, &memory);
        }
    }
    for (&time, &kind) in history.times[waiting..].iter().zip(&history.nodes[waiting..]) {
        memory.fade(kind as usize, time);
        memory.add(kind as usize);
    }
    memory.fade_all(history.end);
    memory
}

/// The derivatives at a row of parameters.
pub fn derivatives(history: &History, node: usize, row: &Row) -> Derivatives {
    let (n_nodes, n_parts, n) = (row.n_nodes(), row.n_parts, row.values.len());
    let beta = row.beta();
    let alpha = row.alpha();
    let mut loss = 0.0;
    let mut gradient = vec![0.0; n];
    let mut fisher = vec![0.0; n * n];
    // Of the second derivatives of the rate only those by alpha and log beta, and twice by log beta, of one kind are not 0.
    let mut curved = vec![0.0; 2 * n_nodes];
    let mut slope = vec![0.0; 2 * n_nodes];
    let memory = visit(history, node, beta.clone(), |_, part, memory| {
        let [a, b, c] = &memory.sums;
        let mut rate = row.background()[part];
        for j in 0..n_nodes {
            slope[j] = beta[j] * a[j];
            slope[n_nodes + j] = alpha[j] * beta[j] * (a[j] - b[j]);
            rate += alpha[j] * slope[j];
        }
        let inverse = 1.0 / rate;
        loss -= rate.ln();
        for j in 0..n_nodes {
            let faster = beta[j] * (a[j] - b[j]) * inverse;
            curved[j] += faster;
            curved[n_nodes + j] += alpha[j] * beta[j] * (a[j] - 3.0 * b[j] + c[j]) * inverse;
        }
        gradient[part] -= inverse;
        fisher[part * n + part] += inverse * inverse;
        for value in &mut slope {
            *value *= inverse;
        }
        for (into, value) in fisher[part * n + n_parts..(part + 1) * n].iter_mut().zip(&slope) {
            *into += inverse * value;
        }
        for j in 0..2 * n_nodes {
            gradient[n_parts + j] -= slope[j];
            let from = (n_parts + j) * n + n_parts + j;
            let first = slope[j];
            for (into, value) in fisher[from..(n_parts + j + 1) * n].iter_mut().zip(&slope[j..]) {
                *into += first * value;
            }
        }
    });
    for (part, length) in history.part_lengths().iter().enumerate() {
        loss += row.background()[part] * length;
        gradient[part] += length;
    }
    mirror(&mut fisher, n);
    let mut hessian = fisher.clone();
    let [a, b, c] = &memory.sums;
    for j in 0..n_nodes {
        let (at_alpha, at_beta) = (row.alpha_at(j), row.log_beta_at(j));
        loss += alpha[j] * (history.counts[j] - a[j]);
        gradient[at_alpha] += history.counts[j] - a[j];
        gradient[at_beta] += alpha[j] * b[j];
        let mixed = b[j] - curved[j];
        hessian[at_alpha * n + at_beta] += mixed;
        hessian[at_beta * n + at_alpha] += mixed;
        hessian[at_beta * n + at_beta] += alpha[j] * (b[j] - c[j]) - curved[n_nodes + j];
    }
    Derivatives { loss, gradient, fisher, hessian }
}

impl Derivatives {
    /// The same among `n` parameters, of which these stand at `places`; by the others nothing changes.
    pub fn among(&self, places: &[usize], n: usize) -> Self {
        let (mut gradient, mut fisher, mut hessian) = (vec![0.0; n], vec![0.0; n * n], vec![0.0; n * n]);
        for (from, at) in places.iter().enumerate() {
            gradient[*at] = self.gradient[from];
            for (column, to) in places.iter().enumerate() {
                fisher[at * n + to] = self.fisher[from * places.len() + column];
                hessian[at * n + to] = self.hessian[from * places.len() + column];
            }
        }
        Self { loss: self.loss, gradient, fisher, hessian }
    }
}

/// Fills the lower triangle from the upper.
fn mirror(matrix: &mut [f64], n: usize) {
    for row in 0..n {
        for column in 0..row {
            matrix[row * n + column] = matrix[column * n + row];
        }
    }
}

/// For each kind and each of some decays, how the log-likelihood of one kind's events would change with an `alpha` that is 0
/// now: its slope there and the expected curvature. `rates` are those of the kind's events as they are explained now.
pub fn prospects(history: &History, node: usize, rates: &[f64], decays: &[f64]) -> Vec<Vec<(f64, f64)>> {
    let n_nodes = history.n_nodes();
    let mut found = vec![Vec::with_capacity(decays.len()); n_nodes];
    for &decay in decays {
        let mut sums = vec![(0.0, 0.0); n_nodes];
        let mut inverse = rates.iter().map(|rate| decay / rate);
        let memory = visit(history, node, vec![decay; n_nodes], |_, _, memory| {
            let weight = inverse.next().unwrap_or(0.0);
            for (sum, value) in sums.iter_mut().zip(&memory.sums[0]) {
                let ratio = value * weight;
                sum.0 += ratio;
                sum.1 += ratio * ratio;
            }
        });
        for j in 0..n_nodes {
            let expected = history.counts[j] - memory.sums[0][j];
            found[j].push((sums[j].0 - expected, sums[j].1));
        }
    }
    found
}

/// The rate of a kind's events just before each of them.
pub fn rates(history: &History, node: usize, row: &Row) -> Vec<f64> {
    let weights: Vec<f64> = row.alpha().iter().zip(row.beta()).map(|(alpha, beta)| alpha * beta).collect();
    let mut rates = Vec::new();
    visit(history, node, row.beta(), |_, part, memory| {
        let excited: f64 = memory.sums[0].iter().zip(&weights).map(|(sum, weight)| sum * weight).sum();
        rates.push(row.background()[part] + excited);
    });
    rates
}

/// What earlier events explain of the rate of a kind's events just before each of them.
pub fn excitation(events: &Events, process: &Process, node: usize) -> Vec<f64> {
    let row = row_of(process, node);
    let rates = rates(&History::new(events, &process.cuts), node, &row);
    let background = events.times[node].iter().map(|time| row.background()[process.part(*time)]);
    rates.iter().zip(background).map(|(rate, background)| (rate - background).max(0.0)).collect()
}

/// The number of events of a kind that were expected up to each of them.
pub fn expected(history: &History, node: usize, row: &Row) -> Vec<f64> {
    let parts = Process::parts(&history.cuts, history.start, history.end);
    let alpha = row.alpha();
    let mut seen = vec![0.0; history.n_nodes()];
    let mut at = 0;
    let mut expected = Vec::new();
    visit(history, node, row.beta(), |time, part, memory| {
        while at < history.len() && history.times[at] < time {
            seen[history.nodes[at] as usize] += 1.0;
            at += 1;
        }
        let before = parts[..part].iter().zip(row.background()).map(|((from, to), rate)| rate * (to - from));
        let now = row.background()[part] * (time - parts[part].0);
        let excited = (0..seen.len()).map(|j| alpha[j] * (seen[j] - memory.sums[0][j]));
        expected.push(before.sum::<f64>() + now + excited.sum::<f64>());
    });
    expected
}

/// The row of a process that is about one kind.
pub fn row_of(process: &Process, node: usize) -> Row {
    let logs = process.beta[node].iter().map(|beta| beta.ln());
    let values =
        process.background[node].iter().copied().chain(process.alpha[node].iter().copied()).chain(logs);
    Row { n_parts: process.background[node].len(), values: values.collect() }
}

/// Exact log-likelihood of events under a process, per unit of time in which they are measured. Minus infinity if it could not have
/// brought them about.
pub fn log_likelihood(events: &Events, process: &Process) -> f64 {
    let history = History::new(events, &process.cuts);
    let losses = (0..process.n_nodes()).map(|node| derivatives(&history, node, &row_of(process, node)).loss);
    -losses.sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition, every pair of events.
    fn by_definition(events: &Events, process: &Process) -> f64 {
        let mut total = 0.0;
        for (i, times) in events.times.iter().enumerate() {
            for (part, (from, to)) in
                Process::parts(&process.cuts, events.start, events.end).iter().enumerate()
            {
                total -= process.background[i][part] * (to - from);
            }
            for time in times {
                let mut rate = process.background[i][process.part(*time)];
                for (j, earlier) in events.times.iter().enumerate() {
                    let (alpha, beta) = (process.alpha[i][j], process.beta[i][j]);
                    for earlier in earlier.iter().filter(|earlier| *earlier < time) {
                        rate += alpha * beta * (-beta * (time - earlier)).exp();
                    }
                }
                total += rate.ln();
            }
            for (j, times) in events.times.iter().enumerate() {
                let (alpha, beta) = (process.alpha[i][j], process.beta[i][j]);
                let out = times.iter().map(|time| alpha * (1.0 - (-beta * (events.end - time)).exp()));
                total -= out.sum::<f64>();
            }
        }
        total
    }

    fn example() -> (Events, Process) {
        let events = Events::new(
            [("a".to_owned(), vec![0.5, 1.0, 1.1, 4.0, 4.0]), ("b".to_owned(), vec![0.9, 1.0, 3.9, 5.0])],
            0.0,
            6.0,
        );
        let process = Process {
            cuts: vec![2.0],
            background: vec![vec![0.5, 0.7], vec![0.2, 0.4]],
            alpha: vec![vec![0.3, 0.2], vec![0.1, 0.25]],
            beta: vec![vec![1.0, 2.0], vec![0.5, 3.0]],
        };
        (events, process)
    }

    #[test]
    fn one_pass_gives_what_the_definition_does() {
        let (events, process) = example();
        let (found, expected) = (log_likelihood(&events, &process), by_definition(&events, &process));
        assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn derivatives_are_those_of_the_likelihood() {
        let (events, process) = example();
        let history = History::new(&events, &process.cuts);
        for node in 0..2 {
            let row = row_of(&process, node);
            let exact = derivatives(&history, node, &row);
            let n = row.values.len();
            for at in 0..n {
                let step = 1e-5;
                let moved = |by: f64| {
                    let mut row = row.clone();
                    row.values[at] += by;
                    derivatives(&history, node, &row)
                };
                let (up, down) = (moved(step), moved(-step));
                let slope = (up.loss - down.loss) / (2.0 * step);
                assert!((slope - exact.gradient[at]).abs() < 1e-7, "{node} {at}");
                for other in 0..n {
                    let bend = (up.gradient[other] - down.gradient[other]) / (2.0 * step);
                    assert!((bend - exact.hessian[at * n + other]).abs() < 1e-6, "{node} {at} {other}");
                }
            }
        }
    }

    #[test]
    fn expectations_add_up() {
        let (events, process) = example();
        let history = History::new(&events, &process.cuts);
        let expected = expected(&history, 0, &row_of(&process, 0));
        let kinds = |times: &[&[f64]]| {
            let names = ["a", "b"].map(str::to_owned);
            Events::new(names.into_iter().zip(times.iter().map(|times| times.to_vec())), 0.0, 4.0)
        };
        // What is expected up to the last event is what a window that ends there takes off the log-likelihood.
        let window = kinds(&[&[0.5, 1.0, 1.1], &[0.9, 1.0, 3.9]]);
        let logs: f64 = rates(&History::new(&window, &process.cuts), 0, &row_of(&process, 0))
            .iter()
            .map(|rate| rate.ln())
            .sum();
        let loss = derivatives(&History::new(&window, &process.cuts), 0, &row_of(&process, 0)).loss;
        assert!((expected[3] - (logs + loss)).abs() < 1e-12, "{} {}", expected[3], logs + loss);
    }
}
