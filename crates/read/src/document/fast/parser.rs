//! *What does each word depend on?* A greedy arc-hybrid parser (Kuhlmann, Gómez-Rodríguez and Satta 2011).
//!
//! Words move from a buffer to a stack; the word on top of the stack gets its head either from the front of the buffer
//! or from the word below it on the stack. Trained with a dynamic oracle (Goldberg and Nivre 2013).

use super::word::{Look, OUTSIDE};
use crate::document::weights::{Weights, feature};

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The front of the buffer goes onto the stack.
    Shift,
    /// The top of the stack depends on the front of the buffer.
    Left,
    /// The top of the stack depends on the word below it.
    Right,
}

/// Index that stands for "no word".
pub const NONE: usize = usize::MAX;

/// Stack, buffer and the arcs so far. The root is the word after the last.
pub struct State {
    stack: Vec<usize>,
    buffer: usize,
    n_words: usize,
    heads: Vec<usize>,
    labels: Vec<u8>,
    /// Outermost and second outermost dependents on each side.
    left: Vec<[usize; 2]>,
    right: Vec<[usize; 2]>,
    n_left: Vec<u32>,
    n_right: Vec<u32>,
}

impl State {
    /// The start: everything in the buffer.
    pub fn new(n_words: usize) -> Self {
        Self {
            stack: Vec::with_capacity(n_words),
            buffer: 0,
            n_words,
            heads: vec![NONE; n_words],
            labels: vec![NO_LABEL; n_words],
            left: vec![[NONE; 2]; n_words + 1],
            right: vec![[NONE; 2]; n_words + 1],
            n_left: vec![0; n_words + 1],
            n_right: vec![0; n_words + 1],
        }
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.buffer == self.n_words && self.stack.is_empty()
    }

    /// Whether a step may be taken. The root gets exactly one dependent: the last word left.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.buffer < self.n_words,
            Move::Left => !self.stack.is_empty() && (self.buffer < self.n_words || self.stack.len() == 1),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// Takes a step that [`State::allows`].
    pub fn apply(&mut self, step: Move, label: u8) {
        match step {
            Move::Shift => {
                self.stack.push(self.buffer);
                self.buffer += 1;
            }
            Move::Left => self.attach(self.buffer, label),
            Move::Right => {
                let head = self.below(1);
                self.attach(head, label);
            }
        }
    }

    fn attach(&mut self, head: usize, label: u8) {
        let Some(word) = self.stack.pop() else { return };
        self.heads[word] = head;
        self.labels[word] = label;
        let (outer, count) = if word < head {
            (&mut self.left, &mut self.n_left)
        } else {
            (&mut self.right, &mut self.n_right)
        };
        outer[head] = [word, outer[head][0]];
        count[head] += 1;
    }

    /// The word so far below the top of the stack.
    fn below(&self, depth: usize) -> usize {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    /// The words on the stack, the top one last.
    pub fn stack(&self) -> &[usize] {
        &self.stack
    }

    /// The front of the buffer; the number of words if only the root is left.
    pub fn buffer(&self) -> usize {
        self.buffer
    }

    /// Head and label of each word; the root is the number of words.
    pub fn arcs(&self) -> impl Iterator<Item = (usize, u8)> {
        self.heads.iter().copied().zip(self.labels.iter().copied())
    }
}

const NO_LABEL: u8 = u8::MAX;

/// What each class of the model means: a step and the index of a label.
pub fn classes(labels: &[String]) -> (Vec<(Move, u8)>, Vec<String>) {
    let mut relations: Vec<String> = Vec::new();
    let classes = labels.iter().map(|class| {
        let (step, relation) = class.split_once(' ').unwrap_or((class, ""));
        let step = match step {
            "left" => Move::Left,
            "right" => Move::Right,
            _ => Move::Shift,
        };
        let index = relations.iter().position(|known| known == relation).unwrap_or_else(|| {
            relations.push(relation.to_owned());
            relations.len() - 1
        });
        (step, index as u8)
    });
    (classes.collect(), relations)
}

/// Head and label of every word; the head of the root word is the number of words.
pub fn parse(looks: &[Look], tags: &[u8], classes: &[(Move, u8)], weights: &Weights) -> Vec<(usize, u8)> {
    let mut state = State::new(looks.len());
    let mut features = Vec::with_capacity(80);
    let mut scores = vec![0; classes.len()];
    while !state.is_done() {
        parse_features(&state, looks, tags, &mut features);
        weights.score(&features, &mut scores);
        let (step, label) = best_allowed(&state, classes, &scores);
        state.apply(step, label);
    }
    state.arcs().collect()
}

/// The best of the steps that may be taken; there always is one until the parse is done.
fn best_allowed(state: &State, classes: &[(Move, u8)], scores: &[i32]) -> (Move, u8) {
    let allowed = [Move::Shift, Move::Left, Move::Right].map(|step| state.allows(step));
    let mut best = None;
    for (&class, &score) in classes.iter().zip(scores) {
        if allowed[class.0 as usize] && best.is_none_or(|(_, most)| score > most) {
            best = Some((class, score));
        }
    }
    best.map_or((Move::Shift, 0), |(class, _)| class)
}

/// What the next step is told from.
pub fn parse_features(state: &State, looks: &[Look], tags: &[u8], features: &mut Vec<u32>) {
    let word = |index: usize| {
        looks.get(index).map_or(if index == looks.len() { 2 } else { OUTSIDE.lower }, |look| look.lower)
    };
    let tag = |index: usize| {
        tags.get(index).map_or(if index == looks.len() { 254 } else { 255 }, |&tag| u32::from(tag))
    };
    let label = |index: usize| state.labels.get(index).map_or(255, |&label| u32::from(label));
    let outer = |sides: &[[usize; 2]], index: usize| sides.get(index).copied().unwrap_or([NONE; 2]);
    let count = |counts: &[u32], index: usize| counts.get(index).copied().unwrap_or(0).min(4);

    let (s0, s1, s2) = (state.below(0), state.below(1), state.below(2));
    let b0 = state.buffer;
    let (b1, b2, b3) = (b0 + 1, b0 + 2, b0 + 3);
    let [s0_left, s0_left2] = outer(&state.left, s0);
    let [s0_right, s0_right2] = outer(&state.right, s0);
    let [s1_left, _] = outer(&state.left, s1);
    let [s1_right, s1_right2] = outer(&state.right, s1);
    let [b0_left, b0_left2] = outer(&state.left, b0);
    let distance = if s0 == NONE { 9 } else { distance_class(b0 - s0) };
    let gap = if s1 == NONE { 9 } else { distance_class(s0 - s1) };
    let (w_s0, w_s1, w_b0, w_b1) = (word(s0), word(s1), word(b0), word(b1));
    let (t_s0, t_s1, t_s2, t_b0, t_b1, t_b2) = (tag(s0), tag(s1), tag(s2), tag(b0), tag(b1), tag(b2));
    let two = |first: u32, second: u32| first << 8 | second;
    let three = |first: u32, second: u32, third: u32| first << 16 | second << 8 | third;

    features.clear();
    let mut template = 0;
    let mut add = |first: u32, second: u32| {
        template += 1;
        features.push(feature(template, first, second));
    };
    add(0, 0);
    // Single words.
    add(w_s0, t_s0);
    add(w_s1, t_s1);
    add(word(s2), t_s2);
    add(w_b0, t_b0);
    add(w_b1, t_b1);
    add(word(b2), t_b2);
    add(t_s0, 0);
    add(t_s1, 0);
    add(t_b0, 0);
    // Pairs.
    add(w_s0, w_b0);
    add(w_s0, t_b0);
    add(t_s0, w_b0);
    add(two(t_s0, t_b0), distance);
    add(w_s1, w_s0);
    add(w_s1, t_s0);
    add(t_s1, w_s0);
    add(two(t_s1, t_s0), gap);
    add(two(t_s1, t_b0), 0);
    add(w_s1, t_b0);
    add(t_s1, w_b0);
    add(w_b0, t_b1);
    add(t_b0, w_b1);
    // Triples and more.
    add(three(t_s0, t_b0, t_b1), 0);
    add(three(t_s1, t_s0, t_b0), 0);
    add(three(t_s1, t_s0, t_b0), t_b1);
    add(three(t_s2, t_s1, t_s0), t_b0);
    add(three(t_b0, t_b1, t_b2), t_s0);
    add(three(t_b1, t_b2, tag(b3)), t_b0);
    add(w_s0, two(t_b0, t_b1));
    add(w_b0, two(t_s0, t_s1));
    add(w_s0, two(t_s1, t_b0));
    add(w_s1, two(t_s0, t_b0));
    // Dependents.
    add(two(t_s0, label(s0_left)), t_b0);
    add(two(t_s0, label(s0_right)), t_b0);
    add(three(t_s1, label(s1_left), label(s1_right)), t_s0);
    add(two(t_b0, label(b0_left)), t_s0);
    add(three(t_s0, t_b0, tag(b0_left)), label(b0_left));
    add(three(t_s0, tag(s0_left), tag(s0_right)), t_b0);
    add(three(t_s1, t_s0, tag(s0_left)), t_b0);
    add(three(t_s1, t_s0, tag(s0_right)), t_b0);
    add(three(t_s1, tag(s1_right), t_s0), t_b0);
    add(two(label(s0_left), label(s0_left2)), w_s0);
    add(two(label(s0_right), label(s0_right2)), w_s0);
    add(two(label(s1_right), label(s1_right2)), w_s1);
    add(two(label(b0_left), label(b0_left2)), w_b0);
    add(w_s0, word(s0_left));
    add(w_s0, word(s0_right));
    add(w_s1, word(s1_right));
    add(w_b0, word(b0_left));
    add(word(s0_left), two(t_s0, t_b0));
    add(word(s0_right), two(t_s0, t_b0));
    add(w_s1, word(s0_left));
    add(two(t_s1, t_s0), word(s0_left));
    // Numbers of dependents and distances.
    add(w_s0, count(&state.n_right, s0));
    add(w_s0, count(&state.n_left, s0));
    add(w_b0, count(&state.n_left, b0));
    add(t_s0, two(count(&state.n_left, s0), count(&state.n_right, s0)));
    add(t_s1, two(count(&state.n_left, s1), count(&state.n_right, s1)));
    add(w_s0, distance);
    add(w_b0, distance);
    add(two(t_s0, distance), two(count(&state.n_right, s0), t_b0));
    // Endings, for words never seen.
    let suffix = |index: usize| looks.get(index).map_or(1, |look| look.suffixes[2]);
    add(suffix(s0), t_b0);
    add(suffix(b0), t_s0);
    add(suffix(s1), t_s0);
}

/// 1, 2, 3, 4-5, 6-9, more.
fn distance_class(distance: usize) -> u32 {
    [1, 2, 3, 5, 9].iter().position(|&most| distance <= most).unwrap_or(5) as u32
}
