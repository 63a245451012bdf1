//! *What does Annalist know before it reads?* Ontology, lexicon, actors, gazetteer and dated happenings, loaded from the files in `data/`
//! that travel inside the binary.

pub mod actors;
pub mod gazetteer;
pub mod lexicon;
pub mod ontology;
pub mod processes;
pub mod quantities;
pub mod senses;
pub mod world;
