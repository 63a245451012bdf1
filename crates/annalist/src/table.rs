//! *How does a list look as a table?* CSV with a line of names above it (RFC 4180).
//!
//! A spreadsheet runs a cell that begins with a sign of a formula, and what a report says or is called is not ours to run:
//! every such cell but a plain number begins with an apostrophe here, which [`unguarded`] takes away again.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::plain;

/// A row of a table.
pub trait Record {
    /// Names of the columns.
    const COLUMNS: &'static [&'static str];

    /// One field for each column; unknown is empty.
    fn fields(&self) -> Vec<String>;
}

/// The rows as CSV, columns named in the first line even where there are no rows.
pub fn to_csv<R: Record>(rows: &[R]) -> String {
    let mut out = line(R::COLUMNS.iter().map(|name| Cow::Borrowed(*name)));
    for row in rows {
        out.push_str(&line(row.fields().iter().map(|field| guarded(field))));
    }
    out
}

/// A column that a table does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected a column to sort by, one of {columns}, with `-` before it for the last first; found `{found}`"
)]
pub struct NoColumn {
    columns: String,
    found: String,
}

/// Sorts rows by a column, the last first where `-` stands before its name: numbers by size, anything else by its letters,
/// unknown last either way. Rows that are alike there keep their order.
///
/// # Errors
/// If there is no such column.
pub fn sort<R: Record>(rows: &mut [R], by: &str) -> Result<(), NoColumn> {
    let (name, is_backwards) = by.strip_prefix('-').map_or((by, false), |name| (name, true));
    let place = R::COLUMNS.iter().position(|column| *column == name);
    let place = place.ok_or_else(|| NoColumn { columns: R::COLUMNS.join(", "), found: by.to_owned() })?;
    rows.sort_by_cached_key(|row| {
        Key::new(row.fields().into_iter().nth(place).unwrap_or_default(), is_backwards)
    });
    Ok(())
}

/// What a row is sorted by.
struct Key {
    number: Option<f64>,
    text: String,
    is_backwards: bool,
}

impl Key {
    fn new(text: String, is_backwards: bool) -> Self {
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        Self { number, text, is_backwards }
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let forwards = match (self.number, other.number) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            // Numbers before words.
            (one, other) if one.is_some() != other.is_some() => one.is_none().cmp(&other.is_none()),
            _ => self.text.cmp(&other.text),
        };
        let ordered = if self.is_backwards { forwards.reverse() } else { forwards };
        self.text.is_empty().cmp(&other.text.is_empty()).then(ordered)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

/// What stands before a cell that would run.
const GUARD: char = '\'';

/// A cell that a spreadsheet takes for text, unless it is a number.
pub(crate) fn guarded(field: &str) -> Cow<'_, str> {
    if runs(field) && !is_number(field) {
        Cow::Owned(format!("{GUARD}{field}"))
    } else {
        Cow::Borrowed(field)
    }
}

/// What a cell held before it was guarded.
pub fn unguarded(field: &str) -> &str {
    field.strip_prefix(GUARD).filter(|rest| runs(rest)).unwrap_or(field)
}

/// Whether a spreadsheet may take it for a formula: by its first sign that is neither space nor a guard, or by a space that
/// lets it look for one.
fn runs(field: &str) -> bool {
    let begins = |signs: &[char]| {
        field.trim_start_matches(|sign: char| sign == GUARD || sign.is_whitespace()).starts_with(signs)
    };
    field.starts_with(['\t', '\r', '\n']) || begins(&['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

fn is_number(field: &str) -> bool {
    field.starts_with(['+', '-'])
        && field.bytes().all(|byte| b"+-.0123456789eE".contains(&byte))
        && field.parse::<f64>().is_ok()
}

fn line<'a>(fields: impl Iterator<Item = Cow<'a, str>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing text into memory does not fail.
    let fields: Vec<_> = fields.map(|field| plain::text(&field).into_owned()).collect();
    let written = writer
        .write_record(fields.iter().map(|field| field.as_bytes()))
        .ok()
        .and_then(|()| writer.into_inner().ok());
    written.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Several values in one field.
pub fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, &'static str);

    impl Record for Row {
        const COLUMNS: &'static [&'static str] = &["one", "other"];

        fn fields(&self) -> Vec<String> {
            vec![self.0.to_owned(), self.1.to_owned()]
        }
    }

    #[test]
    fn quotes_what_needs_it() {
        assert_eq!(to_csv(&[Row("a,b", "\"c\"\nd")]), "one,other\n\"a,b\",\"\"\"c\"\"\nd\"\n");
        assert_eq!(to_csv::<Row>(&[]), "one,other\n");
    }

    fn check_sort(by: &str, expected: &[&str]) {
        let mut rows = [Row("10", "b"), Row("", "a"), Row("9", "c"), Row("x", "a"), Row("-1", "")];
        sort(&mut rows, by).unwrap();
        assert_eq!(rows.map(|row| row.0), expected, "{by}");
    }

    #[test]
    fn sorts_by_a_column() {
        check_sort("one", &["-1", "9", "10", "x", ""]);
        check_sort("-one", &["x", "10", "9", "-1", ""]);
        check_sort("other", &["", "x", "10", "9", "-1"]);
        check_sort("-other", &["9", "10", "", "x", "-1"]);
        let complaint = sort(&mut [Row("", "")], "third").unwrap_err().to_string();
        assert!(
            complaint.contains("one of one, other, with") && complaint.contains("found `third`"),
            "{complaint}"
        );
    }

    fn check_guard(field: &str, expected: &str) {
        assert_eq!(guarded(field), expected);
        assert_eq!(unguarded(expected), field);
    }

    #[test]
    fn no_cell_runs_in_a_spreadsheet() {
        check_guard("=HYPERLINK(\"http://evil\")", "'=HYPERLINK(\"http://evil\")");
        for field in [
            "+1 555",
            "-2+3+cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "- a dash",
            "-",
            "'=1",
        ] {
            check_guard(field, &format!("'{field}"));
        }
        for field in ["", "-9", "+0.5", "-1e-3", "a=b", "2015-04-15", "'twas", "“-”", "≥ 10"] {
            check_guard(field, field);
        }
    }

    #[test]
    fn a_cell_does_nothing_to_a_terminal() {
        assert_eq!(to_csv(&[Row("\x1b[2J", "\u{202e}a\tb")]), "one,other\n\\u{1b}[2J,\\u{202e}a b\n");
    }
}
