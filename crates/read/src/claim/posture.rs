//! *How many forces or persons of whom are where, as of when?*

use annalist_schema::Posture;

use super::Context;
use super::quantity::Counted;

/// Every statement of how many are where, in order of text.
pub fn find(_ctx: &Context<'_>, _counted: &[Counted]) -> Vec<Posture> {
    Vec::new()
}
