//! *Which sequence of tags has the highest score?* Viterbi's algorithm over scores and transitions.

/// Which tag may follow which, and begin a sentence, as scores.
pub struct Transitions {
    /// By last tag, then next tag.
    pub between: Vec<f32>,
    /// By first tag.
    pub start: Vec<f32>,
}

impl Transitions {
    /// The best tag of each word; `scores` hold a row for each word.
    pub fn best_path(&self, scores: &[&[f32]]) -> Vec<usize> {
        let n_tags = self.start.len();
        let Some((first, others)) = scores.split_first() else { return Vec::new() };
        let mut totals: Vec<f32> =
            first.iter().zip(&self.start).map(|(score, start)| score + start).collect();
        let mut backs: Vec<Vec<usize>> = Vec::with_capacity(others.len());
        for row in others {
            let back: Vec<usize> = (0..n_tags).map(|next| self.best_before(next, &totals)).collect();
            totals = (0..n_tags)
                .map(|next| totals[back[next]] + self.transition(back[next], next) + row[next])
                .collect();
            backs.push(back);
        }
        let mut path = vec![first_highest(&totals)];
        for back in backs.iter().rev() {
            path.push(back[path[path.len() - 1]]);
        }
        path.reverse();
        path
    }

    fn best_before(&self, next: usize, totals: &[f32]) -> usize {
        let through: Vec<f32> =
            totals.iter().enumerate().map(|(last, total)| total + self.transition(last, next)).collect();
        first_highest(&through)
    }

    fn transition(&self, last: usize, next: usize) -> f32 {
        self.between[last * self.start.len() + next]
    }
}

/// Index of the highest value, the first of several.
pub fn first_highest(values: &[f32]) -> usize {
    let mut best = 0;
    for (index, value) in values.iter().enumerate() {
        if *value > values[best] {
            best = index;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tags O, B, I, where I neither begins nor follows O.
    fn check(scores: &[[f32; 3]], expected: &[usize]) {
        let never = -10_000.0;
        let transitions = Transitions {
            between: vec![0.0, 0.0, never, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            start: vec![0.0, 0.0, never],
        };
        let rows: Vec<&[f32]> = scores.iter().map(<[f32; 3]>::as_slice).collect();
        assert_eq!(transitions.best_path(&rows), expected);
    }

    #[test]
    fn forbidden_moves_are_not_taken() {
        check(&[[1.0, 0.0, 5.0]], &[0]);
        check(&[[1.0, 0.9, 0.0], [0.0, 0.0, 3.0]], &[1, 2]);
        check(&[[0.0; 3], [0.0; 3]], &[0, 0]);
        check(&[], &[]);
    }
}
