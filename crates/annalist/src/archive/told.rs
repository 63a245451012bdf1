//! *How is a person told what changed?* Changes under the heading of their kind.

use super::change::{Change, ChangeKind};
use crate::briefing::words::attribute;
use crate::page::{Page, pad};

/// Changes for a terminal, kind by kind in their order; of each kind at most `limit`, with how many were left out.
pub fn tell(changes: &[Change], limit: usize, width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    for of_kind in changes.chunk_by(|one, other| one.kind == other.kind) {
        let Some(first) = of_kind.first() else { continue };
        let shown = &of_kind[..of_kind.len().min(limit)];
        page.section(first.kind.title(), shown, |page, change| {
            page.wrapped(&pad(day(change)), &line(change));
        });
        let n_left = of_kind.len() - shown.len();
        if n_left > 0 {
            page.wrapped(&pad(""), &format!("… and {n_left} more"));
        }
    }
    page.out
}

/// Decisions have no day of their own but that of the revision.
fn day(change: &Change) -> &str {
    change.date.as_deref().unwrap_or(if is_decision(change) { "" } else { "undated" })
}

fn is_decision(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::DecisionMade | ChangeKind::DecisionUndone)
}

/// `killed of ASSAULT: the rebels → the army: 10 → 12, agreed · herald/c304`.
fn line(change: &Change) -> String {
    let of = change.attribute.as_deref().map(|name| format!("{} of ", attribute(name))).unwrap_or_default();
    let into = change.into.as_deref().map(|id| format!(" · {} {id}", way(change.kind))).unwrap_or_default();
    let told = match change.claims.len() {
        _ if is_decision(change) => String::new(),
        0 => String::new(),
        n => format!(" · {n} claim{}", if n == 1 { "" } else { "s" }),
    };
    let id = if has_id(change) { format!(" · {}", change.subject) } else { String::new() };
    format!("{of}{}{}{told}{id}{into}", change.about, values(change))
}

/// What an event has to do with the other one that a change names.
fn way(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::EventMerged => "now part of",
        ChangeKind::EventSplit => "out of",
        _ => "now",
    }
}

/// Talks and forces have names, no ids; decisions say their numbers.
fn has_id(change: &Change) -> bool {
    use ChangeKind::{PostureGone, PostureNew, ProcessGone, ProcessNew};
    !is_decision(change) && !matches!(change.kind, ProcessNew | ProcessGone | PostureNew | PostureGone)
}

fn values(change: &Change) -> String {
    let verdict = match (change.decided, change.verdict) {
        (Some(number), _) => format!(", by decision {number}"),
        (None, Some(verdict)) => format!(", {verdict}"),
        (None, None) => String::new(),
    };
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!(": {before} → {after}{verdict}"),
        (None, Some(after)) => format!(": {after}{verdict}"),
        (Some(before), None) => format!(": no longer {before}"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use annalist_schema::Verdict;

    use super::*;

    fn change(kind: ChangeKind, before: Option<&str>, after: Option<&str>) -> Change {
        let owned = |text: &str| text.to_owned();
        Change {
            attribute: Some("killed".to_owned()),
            before: before.map(owned),
            after: after.map(owned),
            verdict: after.map(|_| Verdict::Agreed),
            ..Change::new(kind, "r1/c9", "ASSAULT: rebels".to_owned())
        }
    }

    #[test]
    fn what_was_settled_and_what_went_where_is_said() {
        let settled =
            Change { decided: Some(2), ..change(ChangeKind::DisputeResolved, Some("3 | 7"), Some("7")) };
        check(
            &[settled],
            9,
            "RESOLVED DISPUTES\nundated     killed of ASSAULT: rebels: 3 | 7 → 7, by decision 2 · r1/c9\n",
        );
        let merged = Change {
            attribute: None,
            into: Some("r0/c1".to_owned()),
            ..change(ChangeKind::EventMerged, None, None)
        };
        check(&[merged], 9, "EVENTS MERGED\nundated     ASSAULT: rebels · r1/c9 · now part of r0/c1\n");
    }

    fn check(changes: &[Change], limit: usize, expected: &str) {
        assert_eq!(tell(changes, limit, 100, false), expected);
    }

    #[test]
    fn says_before_and_after_kind_by_kind() {
        let changes = [
            change(ChangeKind::ValueRevised, Some("10"), Some("12")),
            change(ChangeKind::ValueRevised, Some("1"), Some("2")),
            change(ChangeKind::ValueGone, Some("4"), None),
        ];
        let expected = "REVISED\n\
             undated     killed of ASSAULT: rebels: 10 → 12, agreed · r1/c9\n            … and 1 more\n\n\
             NO LONGER STATED\n\
             undated     killed of ASSAULT: rebels: no longer 4 · r1/c9\n";
        check(&changes, 1, expected);
        check(&[], 1, "");
    }
}
