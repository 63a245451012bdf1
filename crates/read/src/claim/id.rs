//! *How is a claim named?* After where its trigger starts: other claims of the report do not change its name.

use std::collections::HashMap;

use annalist_schema::Claim;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_claim_has_a_name_of_its_own() {
        let claim = |id: &str| Claim { id: id.to_owned(), ..Claim::default() };
        let mut claims = ["c31", "c7", "c31", "c31"].map(claim);
        number(&mut claims);
        assert_eq!(claims.map(|claim| claim.id), ["c31", "c7", "c31-2", "c31-3"]);
    }
}
