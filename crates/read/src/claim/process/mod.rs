//! *Where does a negotiation, a truce or an agreement stand?*

use annalist_schema::ProcessState;

use super::Context;

/// Every statement of where a process stands, in order of text.
pub fn find(_ctx: &Context<'_>) -> Vec<ProcessState> {
    Vec::new()
}
