//! *Where is it?* Places with their names, points and countries.

mod country;
mod fold;

use std::sync::LazyLock;

pub use country::{Countries, CountryEntry};
pub use fold::fold;

static EMBEDDED: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer { countries: Countries::embedded() });

/// Names of places on earth and what they stand for.
#[derive(Debug)]
pub struct Gazetteer {
    countries: Countries,
}

impl Gazetteer {
    /// The gazetteer that travels inside the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// All countries and territories, sorted by their two-letter code.
    pub fn countries(&self) -> &[CountryEntry] {
        self.countries.all()
    }

    /// The country with a two- or three-letter code: `IQ`, `IRQ`.
    pub fn country(&self, code: &str) -> Option<&CountryEntry> {
        self.countries.by_code(code)
    }

    /// The country with a name, today's or a former one: "Iraq", "the Netherlands", "Burma", "U.S.", never "us".
    pub fn country_by_name(&self, name: &str) -> Option<&CountryEntry> {
        self.countries.by_name(name)
    }

    /// The country of an adjective or of inhabitants: "Iraqi", "Syrians", "Frenchmen".
    pub fn country_by_demonym(&self, word: &str) -> Option<&CountryEntry> {
        self.countries.by_demonym(word)
    }

    /// The country for which a seat of government speaks: "Baghdad", "the Kremlin", "Foggy Bottom".
    pub fn country_by_seat(&self, name: &str) -> Option<&CountryEntry> {
        self.countries.by_seat(name)
    }
}
