//! *What did an analyst decide?* One line for a person.

use annalist_schema::{ClaimRef, Decision, DecisionKind};

use crate::briefing::words::{amount, attribute as attribute_name, one_line};

/// `decision 3: set killed to “7 soldiers” in herald/c1, because the ministry counted again`.
pub fn in_words(decision: &Decision) -> String {
    let Decision { number, kind, claims, others, attribute, value, because } = decision;
    let first = claims.first().map(ClaimRef::to_string).unwrap_or_default();
    let set = attribute.as_deref().zip(value.as_deref()).unwrap_or_default();
    let what = match kind {
        DecisionKind::Split => format!("split {} from {}", some(claims), some(others)),
        DecisionKind::Set => format!("set {} to “{}” in {first}", attribute_name(set.0), amount(set.1)),
        DecisionKind::Accept => format!("accept {first}"),
        DecisionKind::Merge => format!("merge {} into one event", some(claims)),
        DecisionKind::Reject => format!("reject {}", some(claims)),
    };
    format!("decision {number}: {what}, because {}", one_line(because))
}

/// Claims that are few are all named.
const FEW: usize = 6;

/// `herald/c1, herald/c4 and lantern/c2`.
fn some(claims: &[ClaimRef]) -> String {
    let names: Vec<_> = claims.iter().take(FEW).map(ClaimRef::to_string).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        names if claims.len() > FEW => {
            format!("{} and {} more claims", names.join(", "), claims.len() - FEW)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
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
            value: Some(">= 7 soldiers".to_owned()),
            because: "the army\ncounted".to_owned(),
        };
        assert_eq!(in_words(&decision), expected);
    }

    #[test]
    fn a_decision_fits_on_a_line() {
        let set = "decision 3: set killed to “at least 7 soldiers” in a/b/c1, because the army counted";
        check(DecisionKind::Set, &["a/b/c1"], set);
        let merged = "decision 3: merge a/c1, b/c2 and d/c4 into one event, because the army counted";
        check(DecisionKind::Merge, &["a/c1", "b/c2", "d/c4"], merged);
        let many = "decision 3: reject a/c1, a/c2, a/c3, a/c4, a/c5, a/c6 and 2 more claims, because the army counted";
        let claims = ["a/c1", "a/c2", "a/c3", "a/c4", "a/c5", "a/c6", "a/c7", "a/c8"];
        check(DecisionKind::Reject, &claims, many);
    }
}
