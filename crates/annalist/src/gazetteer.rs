//! *Where do the user's own places come from?* A folder of GeoNames dumps in, one file out, which then takes the place of the
//! gazetteer inside the program.

use std::path::Path;

use annalist_data::gazetteer::build::{self, Tables, read_dump};
use annalist_data::gazetteer::{Feature, Gazetteer, file};
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
