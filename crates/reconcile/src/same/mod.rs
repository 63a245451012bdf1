//! *Can these two values be one?* Asked of claims before they are linked, and of the values of a cell afterwards.

pub(crate) mod days;
pub(crate) mod figure;
pub(crate) mod name;
pub(crate) mod party;
pub(crate) mod place;

/// How two values relate, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// They cannot be one.
    Different,
    /// Nothing can be told.
    Unknown,
    /// One may be a vaguer or a partial form of the other.
    Compatible,
    /// They are one.
    Same,
}
