//! *What does the record say about what comes next, and how often was it right before?*
//!
//! Series of dated events in, distributions out: mutually exciting processes ([`hawkes`]) where times are exact. Nothing
//! here reads a report, asks a clock or knows a person: it counts events of organisations and areas by day.

pub mod answer;
pub mod backtest;
pub mod changes;
pub mod chart;
pub mod daily;
mod distribution;
pub mod effect;
mod error;
pub mod events;
pub mod hawkes;
mod linear;
mod naive;
mod numeric;
mod parallel;
pub mod prior;
pub mod question;
pub mod random;
pub mod record;
pub mod regression;
mod score;
mod table;
pub mod totals;
mod track;
mod words;

pub use distribution::{Counts, NegativeBinomial};
pub use error::Error;
pub use track::{HORIZONS, Track};
