//! *Which words look lost or wrongly translated?*
//!
//! Notes only: the words stay what they are, and a person decides. Few false alarms matter more than finding everything.

mod mask;

use annalist_schema::Note;

use super::Context;

/// Adds a note on every stretch of a report that looks damaged.
pub fn find(ctx: &Context<'_>, notes: &mut Vec<Note>) {
    mask::find(ctx.view.text, notes);
}
