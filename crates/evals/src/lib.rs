//! *How good and how fast is it?* Evaluations that need the library rather than the command.

pub mod chance;
pub mod made;
pub mod measure;
