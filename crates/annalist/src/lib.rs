//! *Here are reports: what happened, according to whom?*
//!
//! The front door: inputs become reports, `read` makes claims of them, `reconcile` a situation, `briefing` a page.

pub mod actor;
pub mod archive;
pub mod briefing;
pub mod days;
pub mod exchange;
pub mod explain;
pub mod figure;
pub mod gather;
pub mod gazetteer;
pub mod input;
pub mod mcp;
pub mod outlook;
mod page;
pub mod pile;
pub mod plain;
pub mod query;
pub mod relate;
pub mod rows;
mod shelf;
pub mod table;

pub use annalist_data::check as check_knowledge;
pub use annalist_read::{Options, Reader, Tier};
pub use annalist_reconcile::check as check_words;
pub use annalist_reconcile::{Gist, reconcile, reconcile_gists};
pub use annalist_schema as schema;
pub use shelf::NoRoom;
