//! *What would come out if we knew the truth?* Made-up happenings, told by made-up outlets.
//!
//! [`story`] draws happenings and plants how their tellings differ, [`wording`] and [`press`] make reports of them, some
//! of them copies, and [`truth`] compares what came out. [`stream`] makes readings of any number for measuring cost.

pub mod land;
pub mod press;
pub mod story;
pub mod stream;
pub mod truth;
pub mod wording;
