//! *How do decisions go out and come in as a table?* CSV that a spreadsheet can open and a person can edit.

use annalist_schema::{ClaimRef, Decision, DecisionKind};

use super::hand::{Decided, fault};
use crate::briefing::outline;
use crate::page::Page;
use crate::plain;
use crate::table::{Record, unguarded};

impl Record for Decided {
    const COLUMNS: &'static [&'static str] =
        &["number", "made", "undone", "kind", "claims", "others", "attribute", "value", "because"];

    fn fields(&self) -> Vec<String> {
        let Decision { number, kind, claims, others, attribute, value, because } = &self.decision;
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        vec![
            number.to_string(),
            self.made.clone(),
            text(&self.undone),
            kind.to_string(),
            list(claims),
            list(others),
            text(attribute),
            text(value),
            because.clone(),
        ]
    }
}

/// Why a table is none of decisions: the line, what was expected, what was there.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Counted from one.
    pub line: u64,
    /// What was expected.
    pub expected: String,
    /// What was there.
    pub found: String,
}

/// The decisions of a table, in its order and without their numbers; undone ones are left out.
///
/// # Errors
/// The first line that cannot be read.
pub fn decisions(table: &str) -> Result<Vec<Decision>, BadLine> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let bad_line =
        |line, expected: &str, found: String| BadLine { line, expected: expected.to_owned(), found };
    let columns =
        reader.headers().map_err(|error| bad_line(1, "a line of names", error.to_string()))?.clone();
    let place = |name: &str| columns.iter().position(|column| column.trim() == name);
    if let Some(missing) = ["kind", "claims", "because"].iter().find(|name| place(name).is_none()) {
        let found = columns.iter().collect::<Vec<_>>().join(", ");
        return Err(bad_line(1, &format!("a column `{missing}`"), format!("`{found}`")));
    }
    let mut decisions = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            bad_line(line, "as many fields as names", error.to_string())
        })?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |name: &str| place(name).and_then(|place| record.get(place)).map_or("", unguarded);
        if field("undone").is_empty() {
            decisions.push(row(field).map_err(|(expected, found)| BadLine { line, expected, found })?);
        }
    }
    Ok(decisions)
}

fn row<'a>(field: impl Fn(&str) -> &'a str) -> Result<Decision, (String, String)> {
    let kinds = || DecisionKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
    let kind = field("kind").trim();
    let kind: DecisionKind =
        kind.parse().map_err(|_| (format!("one of {}", kinds()), format!("`{kind}`")))?;
    let optional = |name: &str| Some(field(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let decision = Decision {
        number: 0,
        kind,
        claims: unlist(field("claims"))?,
        others: unlist(field("others"))?,
        attribute: optional("attribute"),
        value: optional("value"),
        because: field("because").to_owned(),
    };
    if kind == DecisionKind::Set && (decision.attribute.is_none() || decision.value.is_none()) {
        return Err(("an attribute and a value".to_owned(), "none".to_owned()));
    }
    fault(&decision).map_or(Ok(decision), Err)
}

/// `herald/c1; lantern/c9`, or a JSON list where an id would break that.
fn list(claims: &[ClaimRef]) -> String {
    let claims: Vec<_> = claims.iter().map(ClaimRef::to_string).collect();
    let is_plain = |claim: &String| {
        !claim.contains(';') && !claim.starts_with(['[', ' ']) && !claim.contains(plain::acts)
    };
    // Texts always have a form.
    let as_list = || plain::json(&claims).unwrap_or_default();
    if claims.iter().all(is_plain) { claims.join("; ") } else { as_list() }
}

fn unlist(field: &str) -> Result<Vec<ClaimRef>, (String, String)> {
    let wrong = |found: &str| ("claims as `report/claim; report/claim`".to_owned(), format!("`{found}`"));
    let claims: Vec<String> = match field.starts_with('[') {
        true => serde_json::from_str(field).map_err(|_| wrong(field))?,
        false => field.split(';').map(|claim| claim.trim_start().to_owned()).collect(),
    };
    let claims = claims.iter().filter(|claim| !claim.is_empty());
    claims.map(|claim| claim.parse().map_err(|_| wrong(claim))).collect()
}

/// Decisions for a terminal.
pub fn tell_decisions(decided: &[Decided], width: usize, colour: bool) -> String {
    let mut page = Page::new(width, colour);
    decided.iter().for_each(|one| page.item(&outline::decision(one)));
    page.out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::to_csv;

    fn decision(kind: DecisionKind, claims: &[&str]) -> Decision {
        let is_set = kind == DecisionKind::Set;
        Decision {
            number: 0,
            kind,
            claims: claims.iter().filter_map(|claim| claim.parse().ok()).collect(),
            others: Vec::new(),
            attribute: is_set.then(|| "killed".to_owned()),
            value: is_set.then(|| "about 7, \"at least\"".to_owned()),
            because: "the army\nsays so; it counted".to_owned(),
        }
    }

    fn check(decision: Decision) {
        let decided =
            Decided { decision: decision.clone(), made: "2024-02-11T00:00:00Z".to_owned(), undone: None };
        assert_eq!(decisions(&to_csv(&[decided])), Ok(vec![decision]));
    }

    #[test]
    fn what_goes_out_comes_in() {
        check(decision(DecisionKind::Set, &["herald/c1", "lantern/c9"]));
        check(decision(DecisionKind::Accept, &["a;b/c1", "a b/c/c2"]));
        check(decision(DecisionKind::Reject, &["[odd/c1"]));
        check(decision(DecisionKind::Reject, &["a\u{1b}[2J\u{202e}/c1", "b/c1"]));
    }

    fn check_bad(table: &str, line: u64, expected: &str) {
        let bad = decisions(table).unwrap_err();
        assert_eq!((bad.line, bad.expected.contains(expected)), (line, true), "{bad:?}");
    }

    #[test]
    fn a_bad_line_is_named() {
        check_bad("kind,claims\naccept,a/c1\n", 1, "a column `because`");
        check_bad("kind,claims,because\naccept,a/c1,x\nbless,a/c1,x\n", 3, "split, merge, set");
        check_bad("kind,claims,because\naccept,here,x\n", 2, "report/claim");
        check_bad("kind,claims,because\nset,a/c1,x\n", 2, "an attribute and a value");
        check_bad("kind,claims,because\nreject,a/c1,\n", 2, "a reason");
        check_bad("kind,claims,because,attribute,value\nset,a/c1,x,date,yesterday\n", 2, "days such as");
    }
}
