//! *Which towns, under which names?*

use super::area::n_dots;
use super::name::{is_in_latin_script, is_name};
use super::{Area, Draft};
use crate::gazetteer::Feature;

/// A town or village.
#[derive(Clone, Debug)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// GeoNames id.
    pub geonames_id: u32,
    /// Two-letter code of its country.
    pub iso2: String,
    /// Positions of the areas it lies in.
    pub areas: Vec<usize>,
    /// Inhabitants, 0 if unknown.
    pub population: u32,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Other spellings.
    pub aliases: Vec<String>,
}

/// Countries whose small towns local papers in English name.
const ENGLISH_LOCAL: &[&str] = &["US", "CA", "GB", "IE", "AU", "NZ"];
/// Inhabitants from which other spellings are kept where the own spelling is the English one.
const MANY_SPELLINGS: u32 = 50_000;

impl Town {
    /// Whether the shipped tables have it: from 1,000 inhabitants, and where local papers write English all.
    pub fn is_shipped(&self) -> bool {
        let least = if ENGLISH_LOCAL.contains(&self.iso2.as_str()) { 0 } else { 1_000 };
        self.population >= least
    }

    /// Whether another spelling is worth its bytes in a town of so many inhabitants or more.
    pub fn keeps_alias(&self, name: &str, least: u32) -> bool {
        let least = if is_in_latin_script(&self.iso2) { MANY_SPELLINGS } else { least };
        self.population >= least && is_name(name)
    }

    pub(super) fn draft(&self, areas: &[Area]) -> Draft {
        let level = |dots: usize| {
            let codes = self.areas.iter().map(|&area| &areas[area].code);
            codes.into_iter().find(|code| n_dots(code) == dots).cloned()
        };
        Draft {
            key: String::new(),
            names: vec![self.name.clone()],
            aliases: self.aliases.clone(),
            iso2: Some(self.iso2.clone()),
            feature: Feature::City,
            lat: self.lat,
            lon: self.lon,
            population: self.population,
            geonames_id: self.geonames_id,
            admin1: level(1),
            admin2: level(2),
        }
    }
}
