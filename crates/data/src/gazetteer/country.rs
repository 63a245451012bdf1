//! *Which country is meant?* By code, by name, by adjective or inhabitant, by the seat that speaks for it.

use std::collections::HashMap;

use annalist_schema::Country;

use super::{abbreviation, fold};
use crate::columns;
use crate::error::Error;

/// One row of `data/gazetteer/countries.tsv`.
#[derive(Clone, Debug, PartialEq)]
pub struct CountryEntry {
    /// ISO 3166-1 alpha-2 code.
    pub iso2: &'static str,
    /// ISO 3166-1 alpha-3 code.
    pub iso3: Country,
    /// GeoNames id.
    pub geonames_id: u32,
    /// Degrees north of the representative point.
    pub lat: f64,
    /// Degrees east of the representative point.
    pub lon: f64,
    /// Inhabitants.
    pub population: u32,
    /// Names, the canonical one first; at least one.
    pub names: Vec<&'static str>,
    /// Adjectives and inhabitants, singular.
    pub demonyms: Vec<&'static str>,
    /// Places and buildings whose name stands for the government.
    pub seats: Vec<&'static str>,
}

impl CountryEntry {
    /// The canonical name.
    pub fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    fn parse(
        [iso2, iso3, id, lat, lon, population, names, demonyms, seats]: [&'static str; 9],
    ) -> Result<Self, String> {
        let degrees = |text: &str, most: f64, name: &str| {
            let degrees = text.parse().ok().filter(|degrees: &f64| degrees.abs() <= most);
            degrees.ok_or_else(|| format!("expected degrees {name}, found `{text}`"))
        };
        Ok(Self {
            iso2: Some(iso2)
                .filter(|code| code.len() == 2)
                .ok_or_else(|| format!("expected a code of two letters, found `{iso2}`"))?,
            iso3: Country::new(iso3)
                .ok_or_else(|| format!("expected a code of three letters, found `{iso3}`"))?,
            geonames_id: id.parse().map_err(|_| format!("expected a GeoNames id, found `{id}`"))?,
            lat: degrees(lat, 90.0, "north")?,
            lon: degrees(lon, 180.0, "east")?,
            population: population
                .parse()
                .map_err(|_| format!("expected a number of inhabitants, found `{population}`"))?,
            names: Some(list(names))
                .filter(|names| !names.is_empty())
                .ok_or("expected a name, found none")?,
            demonyms: list(demonyms),
            seats: list(seats),
        })
    }
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|entry| !entry.is_empty()).collect()
}

/// The table of countries with its indices.
#[derive(Debug)]
pub struct Countries {
    all: Vec<CountryEntry>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    by_demonym: HashMap<String, usize>,
    by_seat: HashMap<String, usize>,
    /// By the first word of names, adjectives and seats, how many words the longest of them has.
    longest: HashMap<String, usize>,
}

impl Countries {
    /// The table that travels inside the program.
    pub(super) fn embedded() -> Result<Self, Error> {
        Self::parse(include_str!("../../../../data/gazetteer/countries.tsv"))
    }

    fn parse(table: &'static str) -> Result<Self, Error> {
        let all = columns::rows("data/gazetteer/countries.tsv", table, CountryEntry::parse)?;
        let mut by_code = HashMap::new();
        for (index, entry) in all.iter().enumerate() {
            by_code.insert(entry.iso2.to_owned(), index);
            by_code.insert(entry.iso3.as_str().to_owned(), index);
        }
        Ok(Self {
            by_code,
            longest: longest(&all),
            by_name: index_words(&all, |entry| &entry.names),
            by_demonym: index_words(&all, |entry| &entry.demonyms),
            by_seat: index_words(&all, |entry| &entry.seats),
            all,
        })
    }

    /// All entries, sorted by two-letter code.
    pub fn all(&self) -> &[CountryEntry] {
        &self.all
    }

    /// By two- or three-letter code.
    pub fn by_code(&self, code: &str) -> Option<&CountryEntry> {
        self.by_code.get(code).map(|&index| &self.all[index])
    }

    /// By name.
    pub fn by_name(&self, name: &str) -> Option<&CountryEntry> {
        self.find(&self.by_name, name)
    }

    /// By adjective or inhabitant, singular or plural.
    pub fn by_demonym(&self, word: &str) -> Option<&CountryEntry> {
        let singular = || word.strip_suffix('s').and_then(|singular| self.find(&self.by_demonym, singular));
        self.find(&self.by_demonym, word).or_else(singular)
    }

    /// How many words a name, adjective or seat has at most that begins with this folded word; 0 if none does.
    pub fn longest_from(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }

    /// By seat of government.
    pub fn by_seat(&self, name: &str) -> Option<&CountryEntry> {
        self.find(&self.by_seat, name)
    }

    fn find(&self, index: &HashMap<String, usize>, word: &str) -> Option<&CountryEntry> {
        let by_abbreviation = abbreviation(word).and_then(|letters| index.get(&letters));
        let found = by_abbreviation.or_else(|| index.get(&fold(word)))?;
        Some(&self.all[*found])
    }
}

fn longest(all: &[CountryEntry]) -> HashMap<String, usize> {
    let mut longest: HashMap<String, usize> = HashMap::new();
    for word in all.iter().flat_map(|entry| entry.names.iter().chain(&entry.demonyms).chain(&entry.seats)) {
        let folded = fold(word);
        let mut words = folded.split(' ');
        let known = longest.entry(words.next().unwrap_or_default().to_owned()).or_default();
        *known = (*known).max(words.count() + 1);
    }
    longest
}

fn key(word: &str) -> String {
    abbreviation(word).unwrap_or_else(|| fold(word))
}

fn index_words(
    all: &[CountryEntry],
    words: impl Fn(&CountryEntry) -> &[&'static str],
) -> HashMap<String, usize> {
    let mut index = HashMap::new();
    for (position, entry) in all.iter().enumerate() {
        for word in words(entry) {
            // Where two countries share a word, the table's first keeps it.
            index.entry(key(word)).or_insert(position);
        }
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(find: impl Fn(&Countries, &str) -> Option<String>, cases: &[(&str, &str)]) {
        let countries = Countries::embedded().unwrap();
        for (word, expected) in cases {
            assert_eq!(find(&countries, word).as_deref().unwrap_or("-"), *expected, "{word}");
        }
    }

    fn code(entry: Option<&CountryEntry>) -> Option<String> {
        entry.map(|entry| entry.iso2.to_owned())
    }

    #[test]
    fn every_row_loads() {
        let countries = Countries::embedded().unwrap();
        let table = include_str!("../../../../data/gazetteer/countries.tsv");
        assert_eq!(countries.all().len(), table.lines().filter(|line| !line.starts_with('#')).count());
    }

    #[test]
    fn a_damaged_row_says_what_is_wrong() {
        let check = |row: &'static str, expected: &str| {
            let problem = Countries::parse(row).unwrap_err().to_string();
            assert_eq!(problem, format!("data/gazetteer/countries.tsv:{expected}"));
        };
        check("IQ\tIRQ\t99237\t33\t44\t1000\tIraq\tIraqi", "1: 9 columns were expected and 8 were there");
        check(
            "#\nIQ\tIRQ\t99237\t133\t44\t1000\tIraq\tIraqi\tBaghdad",
            "2: expected degrees north, found `133`",
        );
        check("IQ\tIRAK\t99237\t33\t44\t1\tIraq\t\t", "1: expected a code of three letters, found `IRAK`");
        check("IQ\tIRQ\t99237\t33\t44\t1\t\t\t", "1: expected a name, found none");
    }

    #[test]
    fn names() {
        let cases = [
            ("Iraq", "IQ"),
            ("IRAQ", "IQ"),
            ("the Netherlands", "NL"),
            ("Turkiye", "TR"),
            ("Türkiye", "TR"),
            ("Burma", "MM"),
            ("U.S.", "US"),
            ("US", "US"),
            ("us", "-"),
            ("car", "-"),
            ("Cote d’Ivoire", "CI"),
            ("Atlantis", "-"),
        ];
        check(|countries, word| code(countries.by_name(word)), &cases);
    }

    #[test]
    fn demonyms() {
        let cases = [
            ("Iraqi", "IQ"),
            ("Syrians", "SY"),
            ("Frenchmen", "FR"),
            ("South Koreans", "KR"),
            ("Lunar", "-"),
        ];
        check(|countries, word| code(countries.by_demonym(word)), &cases);
    }

    #[test]
    fn seats_and_codes() {
        check(
            |countries, word| code(countries.by_seat(word)),
            &[("the Kremlin", "RU"), ("Kiev", "UA"), ("Basra", "-")],
        );
        check(|countries, word| code(countries.by_code(word)), &[("IRQ", "IQ"), ("GB", "GB"), ("QQQ", "-")]);
    }
}
