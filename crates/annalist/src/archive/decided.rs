//! *What did an analyst decide?* One line for a person.

use annalist_schema::{ClaimRef, Decision, DecisionKind};

use crate::briefing::words::one_line;

/// `decision 3: set killed to “7 soldiers” in herald/c1, because the ministry counted again`.
pub fn in_words(decision: &Decision) -> String {
    let Decision { number, kind, claims, others, attribute, value, because } = decision;
    let some = |claims: &[ClaimRef]| match claims {
        [] => String::new(),
        [claim] => claim.to_string(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    let first = claims.first().map(ClaimRef::to_string).unwrap_or_default();
    let set = attribute.as_deref().zip(value.as_deref()).unwrap_or_default();
    let what = match kind {
        DecisionKind::Split => format!("split {} from {}", some(claims), some(others)),
        DecisionKind::Set => format!("set {} to “{}” in {first}", set.0, set.1),
        DecisionKind::Accept => format!("accept {first}"),
        DecisionKind::Merge | DecisionKind::Reject => format!("{kind} {}", some(claims)),
    };
    format!("decision {number}: {what}, because {}", one_line(because))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: DecisionKind, claims: &[&str], expected: &str) {
        let decision = Decision {
            number: 3,
            kind,
            claims: claims.iter().filter_map(|claim| claim.parse().ok()).collect(),
            others: Vec::new(),
            attribute: Some("killed".to_owned()),
            value: Some("7 soldiers".to_owned()),
            because: "the army\ncounted".to_owned(),
        };
        assert_eq!(in_words(&decision), expected);
    }

    #[test]
    fn a_decision_fits_on_a_line() {
        let set = "decision 3: set killed to “7 soldiers” in a/b/c1, because the army counted";
        check(DecisionKind::Set, &["a/b/c1"], set);
        let merged = "decision 3: merge a/c1 and 1 more, because the army counted";
        check(DecisionKind::Merge, &["a/c1", "b/c2"], merged);
    }
}
