//! *Where do states and districts lie, and what are they called?*

use super::name::is_latin;
use super::{Draft, Town};
use crate::gazetteer::Feature;

/// A state, province, county or district.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// GeoNames code: "IQ.11" is a first, "IQ.11.95444" a second level.
    pub code: String,
    /// GeoNames id.
    pub geonames_id: u32,
    /// What the country calls such an area, "" if unknown: "Governorate".
    pub kind: String,
    /// Other spellings.
    pub aliases: Vec<String>,
}

impl Area {
    /// Its entry; `None` if it is of no level that is kept.
    pub(super) fn draft(&self, (lat, lon): (f64, f64), middle: &Middle) -> Option<Draft> {
        let feature = self.feature()?;
        let latin = self.aliases.iter().filter(|alias| is_latin(alias));
        let mut aliases: Vec<String> = latin.cloned().collect();
        if feature == Feature::Admin1 {
            let bare: Vec<_> =
                aliases.iter().chain([&self.name]).filter_map(|name| without_kind(name)).collect();
            aliases.extend(bare);
            if !self.kind.is_empty() && !self.name.ends_with(&self.kind) {
                aliases.push(format!("{} {}", self.name, self.kind));
            }
        }
        Some(Draft {
            key: self.code.clone(),
            names: vec![self.english_name(&aliases), self.name.clone()],
            aliases,
            iso2: self.code.split('.').next().map(str::to_owned),
            feature,
            lat,
            lon,
            population: middle.population,
            geonames_id: self.geonames_id,
            admin1: self.state(feature),
            admin2: None,
        })
    }

    fn feature(&self) -> Option<Feature> {
        match n_dots(&self.code) {
            1 => Some(Feature::Admin1),
            2 => Some(Feature::Admin2),
            _ => None,
        }
    }

    /// The code of the state that a district lies in.
    fn state(&self, feature: Feature) -> Option<String> {
        let state = self.code.rsplit_once('.').map(|(code, _)| code.to_owned());
        state.filter(|_| feature == Feature::Admin2)
    }

    /// "Basra" rather than "Al Başrah", where an alias without marks is the name of the governorate.
    fn english_name(&self, aliases: &[String]) -> String {
        let bare = aliases.iter().filter(|alias| alias.is_ascii()).filter_map(|alias| without_kind(alias));
        let english = || bare.min_by_key(|name| (name.len(), name.clone()));
        if self.name.is_ascii() { self.name.clone() } else { english().unwrap_or_else(|| self.name.clone()) }
    }
}

/// The level of a code, as the points in it.
pub(super) fn n_dots(code: &str) -> usize {
    code.matches('.').count()
}

/// The name without the word for a kind of area that newspapers drop or replace: "Anbar" for "Anbar Governorate".
fn without_kind(name: &str) -> Option<String> {
    let kinds = || KINDS.lines().filter(|line| !line.starts_with('#'));
    let after = kinds().find_map(|kind| name.strip_suffix(kind.strip_prefix('…')?));
    let bare = after.or_else(|| kinds().find_map(|kind| name.strip_prefix(kind.strip_suffix('…')?)));
    bare.filter(|bare| bare.len() > 2).map(str::to_owned)
}

/// Whether each line of the list says on which side of the name the word stands.
pub(crate) fn check_kinds(file: &str, kinds: &str) -> Result<(), crate::Error> {
    let lines = kinds.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    let is_kind = |line: &str| line.len() > "…".len() && (line.starts_with('…') != line.ends_with('…'));
    match lines.into_iter().find(|(_, line)| !is_kind(line)) {
        None => Ok(()),
        Some((at, line)) => Err(crate::Error::at(
            file,
            at + 1,
            format!("expected `… Province` or `Province of …`, found `{line}`"),
        )),
    }
}

pub(super) const KINDS: &str = include_str!("../../../../../data/gazetteer/words/kinds.txt");

/// Where the towns of an area lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Middle {
    n: u32,
    population: u32,
    sum: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
}

impl Middle {
    pub fn add(&mut self, town: &Town) {
        if self.n == 0 {
            (self.low, self.high) = ((town.lat, town.lon), (town.lat, town.lon));
        }
        self.n += 1;
        self.population = self.population.saturating_add(town.population);
        self.sum = (self.sum.0 + town.lat, self.sum.1 + town.lon);
        self.low = (self.low.0.min(town.lat), self.low.1.min(town.lon));
        self.high = (self.high.0.max(town.lat), self.high.1.max(town.lon));
    }

    /// Half-way between the mean of the towns and the middle of their extent: nearer to the middle of the area than
    /// either, since towns crowd on coasts and single ones lie far out. `None` without towns.
    pub fn point(&self) -> Option<(f64, f64)> {
        let n = f64::from(self.n);
        let mean = (self.sum.0 / n, self.sum.1 / n);
        let centre = (f64::midpoint(self.low.0, self.high.0), f64::midpoint(self.low.1, self.high.1));
        (self.n > 0).then(|| (f64::midpoint(mean.0, centre.0), f64::midpoint(mean.1, centre.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::{check_kinds, without_kind};

    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(without_kind(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn kinds_of_area_are_dropped() {
        check("Anbar Governorate", Some("Anbar"));
        check("Province of Turin", Some("Turin"));
        check("Hawaii", None);
        check("Ab State", None);
    }

    #[test]
    fn a_kind_without_its_side_is_an_error() {
        let said = |kinds: &str| check_kinds("k.txt", kinds).map_err(|error| error.to_string());
        assert_eq!(said("# kinds\n… Province\nProvince of …"), Ok(()));
        let expected = "k.txt:2: expected `… Province` or `Province of …`, found `Province`";
        assert_eq!(said("… Oblast\nProvince"), Err(expected.to_owned()));
    }
}
