//! *What does an analyst look at?* One file, one view.

pub mod actors;
pub mod changes;
pub mod compare;
pub mod decisions;
pub mod disputes;
pub mod event;
pub mod forces;
mod list;
pub mod map;
pub mod outlook;
pub mod report;
pub mod reports;
pub mod search;
pub mod situation;
pub mod talks;
pub mod timeline;
