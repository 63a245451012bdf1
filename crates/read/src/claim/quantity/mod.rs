//! *How many of what?* Every count that a report states, and which event it belongs to.

mod comparator;
mod number;
mod piece;
