//! *How much does a report speak of each country?* A weight for each two-letter code.

/// Weights by country, all 0 at first.
#[derive(Clone, Debug)]
pub struct Countries(Vec<f64>);

const LETTERS: usize = 26;

impl Countries {
    /// Nothing is said of any country.
    pub fn new() -> Self {
        Self(vec![0.0; LETTERS * LETTERS])
    }

    /// The weight of a country; 0 for what is no two-letter code.
    pub fn get(&self, iso2: &str) -> f64 {
        slot(iso2).map_or(0.0, |slot| self.0[slot])
    }

    /// The weight of a country to be changed; `None` for what is no two-letter code.
    pub fn get_mut(&mut self, iso2: &str) -> Option<&mut f64> {
        slot(iso2).map(|slot| &mut self.0[slot])
    }

    /// Of all countries together.
    pub fn sum(&self) -> f64 {
        self.0.iter().sum()
    }
}

fn slot(iso2: &str) -> Option<usize> {
    let letter = |byte: u8| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A'));
    let &[first, second] = iso2.as_bytes() else { return None };
    Some(letter(first)? * LETTERS + letter(second)?)
}

#[cfg(test)]
mod tests {
    use super::Countries;

    fn check(code: &str, expected: f64) {
        let mut countries = Countries::new();
        if let Some(weight) = countries.get_mut("IQ") {
            *weight += 2.0;
        }
        assert_eq!((countries.get(code), countries.sum()), (expected, 2.0), "{code}");
    }

    #[test]
    fn each_code_has_its_own_weight() {
        check("IQ", 2.0);
        check("QI", 0.0);
        check("ZZ", 0.0);
        check("iq", 0.0);
        check("IRQ", 0.0);
    }
}
