//! *One report in: which claims come out?*
//!
//! Reading depends on the report, the knowledge in `data/` and the configuration, nothing else: no second report, no
//! network, no clock. "Today" is the report's publication date.

pub mod claim;
pub mod document;
pub mod mention;
#[cfg(feature = "full")]
pub mod model;
pub mod report;

mod parallel;
mod reader;

pub use reader::{Error, Options, Reader, Tier};
