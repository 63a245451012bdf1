//! *What does Annalist know before it reads?* Ontology, lexicon, actors, gazetteer and dated happenings, loaded from the files in `data/`
//! that travel inside the binary.

pub mod actors;
mod columns;
mod error;
pub mod gazetteer;
pub mod lexicon;
pub mod ontology;
pub mod processes;
pub mod quantities;
pub mod senses;
pub mod world;

pub use error::Error;

/// Loads every table, so that whoever reads with them knows that they are sound.
///
/// # Errors
/// If a table cannot be loaded: the file, the line, what was expected and what was there.
pub fn check() -> Result<(), Error> {
    // What others refer to comes first.
    ontology::check()?;
    lexicon::check()?;
    processes::check()?;
    quantities::check()?;
    senses::check()?;
    actors::check()?;
    world::check()?;
    gazetteer::check()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_shipped_table_is_sound() {
        super::check().unwrap_or_else(|error| panic!("{error}"));
    }
}
