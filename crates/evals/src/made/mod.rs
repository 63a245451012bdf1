//! *What would come out if we knew the truth?* Made-up happenings, told by made-up outlets.
//!
//! [`stream`] makes readings of any number for measuring cost.

pub mod stream;
