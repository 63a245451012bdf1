//! *What did an analyst decide, of which claims, and why?*

use serde::{Deserialize, Serialize};

use crate::ClaimRef;

crate::code::string_enum! {
    /// What an analyst can decide.
    DecisionKind {
        /// Some claims of an event tell of another one.
        Split = "split",
        /// Claims tell of one event.
        Merge = "merge",
        /// One value of an attribute holds.
        Set = "set",
        /// An event was looked at and holds.
        Accept = "accept",
        /// Claims count for nothing.
        Reject = "reject",
    }
}

/// One decision. It names claims, never events: these are made anew with each report, claims stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its number; of two that cannot both be followed, the later is.
    pub number: u32,
    /// What was decided.
    pub kind: DecisionKind,
    /// The claims it is about: all of the event that it names, the one that gives the event its id first.
    pub claims: Vec<ClaimRef>,
    /// The claims from which a split keeps them apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<ClaimRef>,
    /// The attribute that is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The value it is set to, as a cell shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    pub because: String,
}
