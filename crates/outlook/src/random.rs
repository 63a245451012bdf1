//! *What would chance do, the same on every machine?* A small generator (xoshiro256++, seeded by splitmix64) and the draws
//! that simulations here need.

/// Random numbers that depend on the seed alone.
#[derive(Clone, Debug)]
pub struct Random([u64; 4]);

impl Random {
    /// Begins again from a seed.
    pub fn new(seed: u64) -> Self {
        let mut state = seed;
        Self([(); 4].map(|()| {
            state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            mixed ^ (mixed >> 31)
        }))
    }

    fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform between 0 and 1, both excluded.
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// A whole number below `n`, which must not be 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n - 1)
    }

    /// Waiting time at rate 1.
    pub fn exponential(&mut self) -> f64 {
        -self.uniform().ln()
    }

    /// Standard normal.
    pub fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Number of events where `mean` are expected. Above a thousand by the normal distribution, whose error is far below
    /// that of any rate here.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 1000.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u64;
        }
        let mut events = 0;
        let mut waited = self.exponential();
        while waited < mean {
            events += 1;
            waited += self.exponential();
        }
        events
    }

    /// Gamma of this shape and scale 1 (Marsaglia and Tsang 2000).
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of many draws.
    fn check(draw: impl Fn(&mut Random) -> f64, mean: f64, variance: f64) {
        let mut random = Random::new(1);
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|_| draw(&mut random)).collect();
        let found = draws.iter().sum::<f64>() / f64::from(n);
        let spread = draws.iter().map(|x| (x - found).powi(2)).sum::<f64>() / f64::from(n);
        assert!((found - mean).abs() < 5.0 * (variance / f64::from(n)).sqrt(), "{found} is not {mean}");
        assert!((spread / variance - 1.0).abs() < 0.05, "{spread} is not {variance}");
    }

    #[test]
    fn draws_have_the_moments_they_should() {
        check(Random::uniform, 0.5, 1.0 / 12.0);
        check(Random::exponential, 1.0, 1.0);
        check(Random::normal, 0.0, 1.0);
        check(|random| random.poisson(3.0) as f64, 3.0, 3.0);
        check(|random| random.poisson(5000.0) as f64, 5000.0, 5000.0);
        check(|random| random.gamma(0.5), 0.5, 0.5);
        check(|random| random.gamma(4.0), 4.0, 4.0);
        check(|random| random.below(5) as f64, 2.0, 2.0);
    }
}
