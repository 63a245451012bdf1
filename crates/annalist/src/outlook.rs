//! *What comes next, by the record?* What [`annalist_outlook`] computes.

pub use annalist_outlook::*;
