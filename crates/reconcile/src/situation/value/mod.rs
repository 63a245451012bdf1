//! *What can be said of each attribute, and when do two such values agree?*

mod days;
mod figure;
mod labels;
mod parties;
mod place;
mod status;

pub(crate) use days::Days;
pub(crate) use figure::Figure;
pub(crate) use labels::{Modes, Type};
pub(crate) use parties::Parties;
pub(crate) use place::Place;
pub(crate) use status::State;
