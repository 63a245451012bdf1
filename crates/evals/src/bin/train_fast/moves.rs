//! *Which move of the parser loses no arc?*

use annalist_read::document::fast::parser::{Move, State, classes, parse, parse_features};
use annalist_read::document::fast::tagger::tag;
use annalist_read::document::fast::word::{Look, looks};
use annalist_read::document::weights::Weights;

use crate::conllu::{Sentence, Treebank};
use crate::perceptron::{Perceptron, Random};
use crate::tags::{self, percent};

const EPOCHS: usize = 6;
/// Averaged weights below this are left out of the file.
const LEAST_WEIGHT: f64 = 1.6;
/// How often the parser follows its own guess in training, after the first epoch.
const EXPLORATION: f64 = 0.9;

struct Example {
    looks: Vec<Look>,
    tags: Vec<u8>,
    heads: Vec<usize>,
    labels: Vec<u8>,
}

pub fn train(train: &[Treebank], dev: &[Treebank], tagger: &Weights) -> (Vec<u8>, String) {
    let names = class_names(train);
    let (moves, relations) = classes(&names);
    let tagged: Vec<tags::Example> = train
        .iter()
        .flat_map(Treebank::sentences)
        .map(|sentence| tags::example(sentence, tagger.labels()))
        .collect();
    let predicted = tags::jackknife(&tagged, tagger.labels());
    let sentences = train.iter().flat_map(Treebank::sentences);
    let mut examples: Vec<Example> = sentences
        .zip(tagged)
        .zip(predicted)
        .map(|((sentence, tagged), tags)| example(sentence, tagged.looks, tags, &relations))
        .collect();
    let mut learner =
        Learner { perceptron: Perceptron::new(names), moves, scores: Vec::new(), random: Random::new(1) };
    learner.scores = vec![0; learner.moves.len()];
    for epoch in 0..EPOCHS {
        let mut random = Random::new(epoch as u64);
        random.shuffle(&mut examples);
        for example in &examples {
            learner.learn(example, epoch > 0);
        }
    }
    let bytes = learner.perceptron.file(LEAST_WEIGHT);
    let report = match Weights::parse(&bytes) {
        Ok(weights) => {
            dev.iter().map(|treebank| score(treebank, &weights, tagger)).collect::<Vec<_>>().join(", ")
        }
        Err(error) => error.to_string(),
    };
    (bytes, report)
}

/// One class for shifting, and two for each relation.
fn class_names(train: &[Treebank]) -> Vec<String> {
    let words = train.iter().flat_map(Treebank::sentences).flat_map(|sentence| &sentence.words);
    let relations: std::collections::BTreeSet<&str> = words.map(|word| word.deprel.as_str()).collect();
    let arcs =
        relations.iter().flat_map(|relation| [format!("left {relation}"), format!("right {relation}")]);
    std::iter::once("shift".to_owned()).chain(arcs.filter(|arc| arc != "right root")).collect()
}

fn example(sentence: &Sentence, looks: Vec<Look>, tags: Vec<u8>, relations: &[String]) -> Example {
    let label = |name: &str| relations.iter().position(|relation| relation == name).unwrap_or(0) as u8;
    Example {
        looks,
        tags,
        heads: sentence.words.iter().map(|word| word.head).collect(),
        labels: sentence.words.iter().map(|word| label(&word.deprel)).collect(),
    }
}

struct Learner {
    perceptron: Perceptron,
    moves: Vec<(Move, u8)>,
    scores: Vec<i32>,
    random: Random,
}

impl Learner {
    fn learn(&mut self, example: &Example, explores: bool) {
        let mut state = State::new(example.heads.len());
        let mut features = Vec::new();
        while !state.is_done() {
            parse_features(&state, &example.looks, &example.tags, &mut features);
            self.perceptron.score(&features, &mut self.scores);
            let costs = costs(&state, example);
            let least = costs.iter().flatten().min().copied().unwrap_or(0);
            let guess = self.best(|step, _| costs[step as usize].is_some());
            let right = self.best(|step, label| {
                costs[step as usize] == Some(least)
                    && gold_label(&state, example, step).is_none_or(|gold| gold == label)
            });
            // A guess that loses no arc and gives the right label is right, whatever scored next.
            self.perceptron.learn(&features, right, guess);
            let follows = explores && self.random.unit() < EXPLORATION;
            let (step, label) = self.moves[if follows { guess } else { right }];
            state.apply(step, label);
        }
    }

    fn best(&self, may: impl Fn(Move, u8) -> bool) -> usize {
        let mut best: Option<usize> = None;
        for (class, &(step, label)) in self.moves.iter().enumerate() {
            if may(step, label) && best.is_none_or(|best| self.scores[class] > self.scores[best]) {
                best = Some(class);
            }
        }
        best.unwrap_or(0)
    }
}

/// The label that the arc of a step has in the treebank, if it has that arc.
fn gold_label(state: &State, example: &Example, step: Move) -> Option<u8> {
    let &[.., top] = state.stack() else { return None };
    let head = match step {
        Move::Shift => return None,
        Move::Left => state.buffer(),
        Move::Right => state.stack()[state.stack().len().checked_sub(2)?],
    };
    (example.heads[top] == head).then_some(example.labels[top])
}

/// How many arcs of the treebank each step puts out of reach; `None` if it may not be taken.
fn costs(state: &State, example: &Example) -> [Option<usize>; 3] {
    let stack = state.stack();
    let front = state.buffer();
    let n_words = example.heads.len();
    let top = stack.last().copied();
    let below = stack.len().checked_sub(2).map(|at| stack[at]);
    let waiting = |word: usize| (front..n_words).filter(|&other| example.heads[other] == word).count();
    let in_buffer = |head: usize| head >= front;
    let shift = || {
        let others = &stack[..stack.len().saturating_sub(1)];
        let lost_head = front < n_words && others.contains(&example.heads[front]);
        let lost_dependents = stack.iter().filter(|&&word| example.heads[word] == front).count();
        usize::from(lost_head) + lost_dependents
    };
    let left = |top: usize| {
        let head = example.heads[top];
        usize::from(head != front && (in_buffer(head) || Some(head) == below)) + waiting(top)
    };
    let right = |top: usize| usize::from(in_buffer(example.heads[top])) + waiting(top);
    [
        state.allows(Move::Shift).then(shift),
        top.filter(|_| state.allows(Move::Left)).map(left),
        top.filter(|_| state.allows(Move::Right)).map(right),
    ]
}

fn score(treebank: &Treebank, weights: &Weights, tagger: &Weights) -> String {
    let (moves, relations) = classes(weights.labels());
    let (mut n_words, mut uas, mut las, mut full) = (0, 0, 0, 0);
    for sentence in treebank.sentences() {
        let looks = looks(&sentence.forms());
        let arcs = parse(&looks, &tag(&looks, tagger), &moves, weights);
        for (word, (head, label)) in sentence.words.iter().zip(arcs) {
            let relation = &relations[usize::from(label)];
            n_words += 1;
            if head == word.head {
                uas += 1;
                las += usize::from(relation.split(':').next() == word.deprel.split(':').next());
                full += usize::from(*relation == word.deprel);
            }
        }
    }
    format!(
        "UAS {:.2} LAS {:.2} with subtypes {:.2}",
        percent(uas, n_words),
        percent(las, n_words),
        percent(full, n_words)
    )
}
