//! *Which one now?* Choices that are the same on every machine for the same seed.

/// A stream of choices (SplitMix64: Steele, Lea and Flood 2014).
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `n`; 0 if `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// Whether something of this probability happens.
    pub fn happens(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// One of some things; `None` if there are none.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }

    /// A rank below `n`, the first ones more often: rank `k` in proportion to `1 / (k + 1)` (Zipf's law).
    pub fn rank(&mut self, n: usize) -> usize {
        let drawn = (self.share() * ((n + 1) as f64).ln()).exp() - 1.0;
        (drawn as usize).min(n.saturating_sub(1))
    }

    /// A size of at least one with a heavy tail: sizes of at least `k` in proportion to `k` to the power of `-tail`.
    pub fn burst(&mut self, tail: f64, most: usize) -> usize {
        let size = (1.0 - self.share()).powf(-1.0 / tail);
        (size as usize).clamp(1, most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(draw: impl Fn(&mut Chance) -> usize, expected_range: std::ops::Range<usize>, is_skewed: bool) {
        let mut chance = Chance::new(7);
        let drawn: Vec<_> = (0..10_000).map(|_| draw(&mut chance)).collect();
        assert!(drawn.iter().all(|number| expected_range.contains(number)));
        let middle = expected_range.start.midpoint(expected_range.end);
        let n_low = drawn.iter().filter(|&&number| number < middle).count();
        assert_eq!(n_low > 7_000, is_skewed, "{n_low}");
    }

    #[test]
    fn draws_what_it_says() {
        check(|chance| chance.below(100), 0..100, false);
        check(|chance| chance.between(10, 19), 10..20, false);
        check(|chance| chance.rank(100), 0..100, true);
        check(|chance| chance.burst(1.3, 100), 1..101, true);
    }

    #[test]
    fn one_seed_one_stream() {
        let draw = |seed| (0..4).map(|_| Chance::new(seed).number()).collect::<Vec<_>>();
        assert_eq!(draw(3), draw(3));
        assert_ne!(draw(3), draw(4));
    }
}
