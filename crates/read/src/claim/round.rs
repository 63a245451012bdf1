//! *Who met at "the first meeting"?* Those of whom the report just said that they meet.

use annalist_schema::{Claim, ClaimActor, EventType};

/// Sentences back to the meetings that a meeting without parties is one of.
const NEAR: u32 = 3;

/// Gives meetings that name nobody the parties of the meetings spoken of before; claims stand in order of text.
pub fn inherit(claims: &mut [Claim]) {
    for later in 1..claims.len() {
        let (known, rest) = claims.split_at_mut(later);
        let Some(claim) = rest.first_mut().filter(|claim| is_meeting(claim) && names_nobody(claim)) else {
            continue;
        };
        let near = known.iter().rev().take_while(|known| claim.sentence - known.sentence <= NEAR);
        let spoken_of = near.into_iter().find(|known| is_meeting(known) && !names_nobody(known));
        if let Some(known) = spoken_of {
            let taken = |party: &ClaimActor| party.inherited_from(&known.id);
            claim.actors = known.actors.iter().map(taken).collect();
            claim.recipients = known.recipients.iter().map(taken).collect();
        }
    }
}

fn is_meeting(claim: &Claim) -> bool {
    claim.event_type == Some(EventType::Consult)
}

fn names_nobody(claim: &Claim) -> bool {
    claim.actors.is_empty() && claim.recipients.is_empty()
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    fn parties_on(text: &str, day: &str) -> Vec<String> {
        with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let claim = told
                .iter()
                .map(|told| &told.claim)
                .find(|claim| claim.date.is_some_and(|date| date.format() == day));
            claim
                .map(|claim| claim.actors.iter().map(|actor| actor.name.clone()).collect())
                .unwrap_or_default()
        })
    }

    #[test]
    fn a_meeting_has_the_parties_of_the_meetings_spoken_of() {
        let text = "Norway and Chile have resumed meetings on fishing rights. \
                    The first meeting took place on February 27 but was cut short.";
        assert_eq!(parties_on(text, "2024-02-27"), ["Norway", "Chile"]);
    }

    #[test]
    fn a_meeting_that_nobody_was_said_to_hold_has_none() {
        let text = "Fishing is a large trade. The meeting took place on February 27.";
        assert_eq!(parties_on(text, "2024-02-27"), Vec::<String>::new());
    }
}
