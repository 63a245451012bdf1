//! *Here is a situation and a question: which part of it answers?*
//!
//! A [`Query`] selects; what it selects is arranged as a briefing is, listed, and printed as a page, as rows or as a table.

mod actors;
mod area;
mod filter;
mod page;
mod relations;
mod rows;

pub(crate) use actors::identity;
pub use actors::{ActorLine, actors};
pub(crate) use area::Area;
pub use filter::{Query, reports_of_outlet};
pub(crate) use filter::{held, least};
pub use page::{Listing, list_actors, list_figures, list_relations};
pub use relations::{RelationLine, relations};
pub(crate) use rows::in_words;
pub use rows::{EventRow, FigureRow, PostureRow, ProcessRow};
