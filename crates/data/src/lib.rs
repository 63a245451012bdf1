//! *What does Annalist know before it reads?* Ontology, lexicon, actors and gazetteer, loaded from the files in `data/`
//! that travel inside the binary.

pub mod actors;
pub mod gazetteer;
pub mod lexicon;
pub mod ontology;
pub mod processes;
pub mod quantities;
pub mod senses;
