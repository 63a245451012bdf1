//! *How does a list look as a table?* CSV with a line of names above it (RFC 4180).
//!
//! A spreadsheet runs a cell that begins with a sign of a formula, and what a report says or is called is not ours to run:
//! every such cell but a plain number begins with an apostrophe here, which [`unguarded`] takes away again.

use std::borrow::Cow;

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

/// What stands before a cell that would run.
const GUARD: char = '\'';

/// A cell that a spreadsheet takes for text, unless it is a number.
fn guarded(field: &str) -> Cow<'_, str> {
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
