//! *How do the tables of a gazetteer come about?* From towns and areas as packages or dumps give them, and the hand-made
//! tables of `data/gazetteer`; always the same bytes from the same input.

mod area;
mod dump;
mod name;
mod overlay;
mod tables;
mod town;

use std::collections::HashMap;
use std::path::PathBuf;

use thiserror::Error;

use super::{CountryEntry, Feature, Gazetteer};
pub use area::Area;
use area::Middle;
pub use dump::read_dump;
pub use name::is_latin;
pub use overlay::{overlay, points};
pub use tables::Tables;
pub use town::Town;

/// Whether the list of kinds of area that travels inside the program is one.
pub(super) fn check_kinds() -> Result<(), crate::Error> {
    area::check_kinds("data/gazetteer/words/kinds.txt", area::KINDS)
}

/// What keeps tables from being built.
#[derive(Debug, Error)]
pub enum Error {
    /// A folder lacks a file.
    #[error("{}: no {expected}{hint}", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// What was looked for.
        expected: String,
        /// What to do about it.
        hint: String,
    },
    /// A file cannot be read.
    #[error("{file}: {problem}")]
    Unread {
        /// The file.
        file: String,
        /// What the system says.
        problem: std::io::Error,
    },
    /// A line is not what its file's format says.
    #[error("{file}:{line}: expected {expected}, found {found}")]
    Line {
        /// The file.
        file: String,
        /// Its line, from 1.
        line: usize,
        /// What should stand there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// The tables hold only so many.
    #[error("{n} {what}, and the tables hold {most}{hint}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        n: usize,
        /// How many there may be.
        most: usize,
        /// What to do about it.
        hint: &'static str,
    },
    /// The index cannot be written.
    #[error("index of names: {0}")]
    Index(#[from] fst::Error),
}

/// One entry on its way into the tables.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Code by which others name it as their area, "" if none do.
    pub key: String,
    /// Its own names, the canonical one first; at least one.
    pub names: Vec<String>,
    /// Other spellings and languages.
    pub aliases: Vec<String>,
    /// Two-letter code of its country.
    pub iso2: Option<String>,
    /// What sort of place.
    pub feature: Feature,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, 0 if unknown.
    pub population: u32,
    /// GeoNames id, 0 if it has none.
    pub geonames_id: u32,
    /// Key of its state.
    pub admin1: Option<String>,
    /// Key of its district.
    pub admin2: Option<String>,
}

/// The countries of `data/gazetteer/countries.tsv`.
pub fn countries() -> Vec<Draft> {
    let draft = |entry: &CountryEntry| Draft {
        key: entry.iso2.to_owned(),
        names: vec![entry.name().to_owned()],
        aliases: entry.names[1..].iter().map(|name| (*name).to_owned()).collect(),
        iso2: Some(entry.iso2.to_owned()),
        feature: Feature::Country,
        lat: entry.lat,
        lon: entry.lon,
        population: entry.population,
        geonames_id: entry.geonames_id,
        admin1: None,
        admin2: None,
    };
    Gazetteer::embedded().countries().iter().map(draft).collect()
}

/// Areas and the towns in them.
#[derive(Debug, Default)]
pub struct Cities {
    areas: Vec<Area>,
    middles: Vec<Middle>,
    towns: Vec<Town>,
}

impl Cities {
    /// No towns yet; a town names its areas by their position here.
    pub fn new(areas: Vec<Area>) -> Self {
        let middles = vec![Middle::default(); areas.len()];
        Self { areas, middles, towns: Vec::new() }
    }

    /// Counts a town among those of its areas, and keeps it if it is to have an entry of its own.
    pub fn add(&mut self, town: Town, is_kept: bool) {
        town.areas.iter().for_each(|&area| self.middles[area].add(&town));
        if is_kept {
            self.towns.push(town);
        }
    }

    /// States, provinces, counties and districts, at the given points or else in the middle of their towns.
    pub fn areas(&self, points: &HashMap<u32, (f64, f64)>) -> Vec<Draft> {
        let mut drafts: Vec<_> = self
            .areas
            .iter()
            .zip(&self.middles)
            .filter_map(|(area, middle)| {
                let point = points.get(&area.geonames_id).copied().or_else(|| middle.point())?;
                area.draft(point, middle)
            })
            .collect();
        drafts.sort_by_key(|draft| (draft.feature, std::cmp::Reverse(draft.population), draft.key.clone()));
        drafts
    }

    /// The towns that were kept, the largest first.
    pub fn towns(&self) -> Vec<Draft> {
        let mut drafts: Vec<_> = self.towns.iter().map(|town| town.draft(&self.areas)).collect();
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.population), draft.geonames_id));
        drafts
    }
}
