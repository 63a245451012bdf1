//! *What does the record say about what comes next, and how often was it right before?*
//!
//! Series of dated events in, distributions out: mutually exciting processes ([`hawkes`]) where times are exact. Nothing
//! here reads a report, asks a clock or knows a person: it counts events of organisations and areas by day.

mod error;
pub mod events;
pub mod hawkes;
mod linear;
mod numeric;
mod parallel;
pub mod random;
mod table;

pub use error::Error;
