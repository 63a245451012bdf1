//! *Which words look lost or wrongly translated?*
//!
//! Notes only: the words stay what they are, and a person decides. Few false alarms matter more than finding everything.

mod institution;
mod mask;
pub mod party;

use annalist_schema::Note;

use super::{Context, process};

/// Adds a note on every stretch of a report that looks damaged.
pub fn find(ctx: &Context<'_>, notes: &mut Vec<Note>) {
    mask::find(ctx.view.text, notes);
    institution::find(ctx, notes);
    let (nouns, parties) = process::named(ctx);
    let contradictions = party::contradictions(ctx, &nouns, &parties);
    party::note(ctx, &nouns, &contradictions, notes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::testing::with_context;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = with_context(text, |ctx| {
            let mut notes = Vec::new();
            find(ctx, &mut notes);
            notes.iter().filter_map(|note| note.span).map(|span| span.of(text).to_owned()).collect()
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_parliament_of_another_country() {
        check("Forty Jordanian lawmakers submitted a bill to the Bundestag.", &["Bundestag"]);
        check("Forty German lawmakers submitted a bill to the Bundestag.", &[]);
        check("Forty Jordanian lawmakers visited the Bundestag.", &[]);
    }

    #[test]
    fn a_party_with_a_name_like_the_right_one() {
        check(
            "Niger and Benin opened talks on the pipeline. Niger and Benin resumed talks in May. \
             The talks between Nigeria and Benin on the pipeline may last a year.",
            &["talks between Nigeria"],
        );
        check(
            "Russia and Turkey opened talks on grain. Russia and Turkey resumed talks in May. \
             The talks between Ukraine and Turkey on grain may last a year.",
            &[],
        );
    }
}
