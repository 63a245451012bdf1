//! *How is a claim named?* After where its trigger starts: other claims of the report do not change its name.

use std::collections::HashMap;

use annalist_schema::Claim;

use super::repeat::Telling;

/// Gives the second, third … claim whose trigger starts at the same place a number: `c31`, `c31-2`, `c31-3`.
pub fn number(claims: &mut [Claim]) {
    let mut n_named: HashMap<String, u32> = HashMap::new();
    for claim in claims {
        let n_before = n_named.entry(claim.id.clone()).or_default();
        *n_before += 1;
        if *n_before > 1 {
            claim.id = format!("{}-{n_before}", claim.id);
        }
    }
}

/// Lets parties that were taken over from a claim name the claim that it became: of several tellings of one event the best told
/// stays. A claim that was dropped altogether is named no more.
pub fn follow(claims: &mut [Claim], again: &[Vec<Telling>]) {
    let mut known: HashMap<String, String> = HashMap::new();
    for (claim, again) in claims.iter().zip(again) {
        for start in again.iter().map(|telling| telling.trigger.start) {
            known.entry(format!("c{start}")).or_insert_with(|| claim.id.clone());
        }
    }
    // A claim that stands is itself, whatever else is told with the same words.
    known.extend(claims.iter().map(|claim| (claim.id.clone(), claim.id.clone())));
    for claim in claims {
        for party in claim.actors.iter_mut().chain(&mut claim.recipients) {
            party.from_claim = party.from_claim.take().and_then(|from| known.get(&from).cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::{ClaimActor, Span};

    use super::*;

    #[test]
    fn what_is_taken_over_names_the_claim_that_stays() {
        let from = |id: &str| ClaimActor::default().inherited_from(id);
        let claim =
            |id: &str, actors: Vec<ClaimActor>| Claim { id: id.to_owned(), actors, ..Claim::default() };
        let mut claims = [
            claim("c1", Vec::new()),
            claim("c9", vec![from("c1"), from("c4"), from("c7"), ClaimActor::default()]),
        ];
        let telling = Telling { sentence: 0, trigger: Span::new(4, 6) };
        follow(&mut claims, &[vec![telling], Vec::new()]);
        let found: Vec<_> = claims[1].actors.iter().map(|party| party.from_claim.as_deref()).collect();
        assert_eq!(found, [Some("c1"), Some("c1"), None, None]);
    }

    #[test]
    fn each_claim_has_a_name_of_its_own() {
        let claim = |id: &str| Claim { id: id.to_owned(), ..Claim::default() };
        let mut claims = ["c31", "c7", "c31", "c31"].map(claim);
        number(&mut claims);
        assert_eq!(claims.map(|claim| claim.id), ["c31", "c7", "c31-2", "c31-3"]);
    }
}
