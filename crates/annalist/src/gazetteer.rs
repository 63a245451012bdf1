//! *Where do the user's own places come from?* A folder of GeoNames dumps in, one file out, which then takes the place of the
//! gazetteer inside the program.

use std::path::Path;

use annalist_data::gazetteer::build::{self, Tables, read_dump};
use annalist_data::gazetteer::{Feature, Gazetteer, Place, distance_km, file};
use thiserror::Error;

pub use annalist_data::gazetteer::ATTRIBUTION;

/// What keeps a gazetteer from being built or used.
#[derive(Debug, Error)]
pub enum Error {
    /// The dumps are not what they should be.
    #[error(transparent)]
    Dump(#[from] build::Error),
    /// The file cannot be written, or is something else.
    #[error(transparent)]
    File(#[from] file::Error),
}

/// How many entries were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Built {
    /// Towns and villages.
    pub n_towns: usize,
    /// All else: countries, states, districts and the hand-made places.
    pub n_others: usize,
    /// Bytes of the file.
    pub n_bytes: u64,
}

/// Builds the gazetteer of a folder of unpacked GeoNames dumps, with the towns of so many inhabitants or more and all seats
/// of administrations.
///
/// # Errors
/// If a dump is missing or damaged, or the file cannot be written.
pub fn build(dumps: &Path, file: &Path, least_population: u32) -> Result<Built, Error> {
    let drafts = read_dump(dumps, least_population)?;
    let tables = Tables::of(&drafts)?;
    file::write(file, &tables)?;
    let n_towns = drafts.iter().filter(|draft| draft.feature == Feature::City).count();
    let n_bytes = (tables.index.len() + tables.places.len()) as u64;
    Ok(Built { n_towns, n_others: drafts.len() - n_towns, n_bytes })
}

/// Looks places up in such a file from now on, as long as the program runs. Call it before anything is read.
///
/// # Errors
/// If the file cannot be used, or places have been looked up already.
pub fn install(file: &Path) -> Result<(), Error> {
    Ok(Gazetteer::install(file)?)
}

/// About how far a place reaches from its point, in kilometres: nothing for a town, and for a division or country what such ones
/// measure. `None` where the gazetteer has no such entry.
pub fn reach_km(name: &str, point: (f64, f64)) -> Option<f64> {
    let far = |place: &Place<'_>| distance_km((place.lat, place.lon), point);
    let near = Gazetteer::in_use().lookup(name).filter(|place| far(place) < NEAR_KM);
    let entry = near.min_by(|one, other| far(one).total_cmp(&far(other)))?;
    Some(match entry.feature {
        Feature::City => 0.0,
        Feature::Admin2 => 25.0,
        Feature::Admin1 => 90.0,
        Feature::Country => 350.0,
        _ => 150.0,
    })
}

/// How far the point of a claim's place may lie from that of its entry.
const NEAR_KM: f64 = 5.0;

#[cfg(test)]
mod tests {
    use super::*;

    /// How far the first entry of a name that is such a place reaches.
    fn check(name: &str, feature: Feature, expected: f64) {
        let mut found = Gazetteer::in_use().lookup(name).filter(|place| place.feature == feature);
        let place = found.next().unwrap();
        assert_eq!(reach_km(name, (place.lat, place.lon)), Some(expected), "{name}");
    }

    #[test]
    fn what_is_vague_reaches_far() {
        check("Bamako", Feature::City, 0.0);
        check("Cauca", Feature::Admin1, 90.0);
        check("Mali", Feature::Country, 350.0);
        assert_eq!(reach_km("Bamako", (40.0, 3.0)), None);
        assert_eq!(reach_km("Nowhere at all", (0.0, 0.0)), None);
    }
}
