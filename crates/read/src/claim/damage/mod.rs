//! *Which words look lost or wrongly translated?*
//!
//! Notes only: the words stay what they are, and a person decides. Few false alarms matter more than finding everything.

mod institution;
mod mask;
pub mod party;

use annalist_schema::Note;

use super::Context;
use super::process::Processes;

/// Adds a note on every stretch of a report that looks damaged.
pub fn find(ctx: &Context<'_>, processes: &Processes, notes: &mut Vec<Note>) {
    mask::find(ctx.view.text, notes);
    institution::find(ctx, notes);
    party::find(ctx, processes, notes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::process;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = with_context(text, |ctx, tree| {
            let mut notes = Vec::new();
            find(ctx, &process::named(ctx, tree), &mut notes);
            notes.iter().filter_map(|note| note.span).map(|span| span.of(text).to_owned()).collect()
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_parliament_of_another_country() {
        check("Forty Jordanian lawmakers submitted a bill to the Bundestag.", &["the Bundestag"]);
        check("Forty German lawmakers submitted a bill to the Bundestag.", &[]);
        check("Forty Jordanian lawmakers visited the Bundestag.", &[]);
    }

    #[test]
    fn a_party_with_a_name_like_the_right_one() {
        check(
            "Slovakia and Hungary opened talks on the dam. Slovakia and Hungary resumed talks in May. \
             The talks between Slovenia and Hungary on the dam may last a year.",
            &["talks between Slovenia"],
        );
        check(
            "Russia and Turkey opened talks on grain. Russia and Turkey resumed talks in May. \
             The talks between Ukraine and Turkey on grain may last a year.",
            &[],
        );
    }
}
