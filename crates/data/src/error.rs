//! *What keeps a table of `data/` from loading?* A bad table is an error that says where, never a table of nothing.
//!
//! The tables travel inside the binary, so a bad one is a bad build: [`crate::check`] says so before anything is read, and
//! whoever asks for a table without having checked gets the same words as a panic rather than empty knowledge.

use std::ops::Deref;

use thiserror::Error;

/// What keeps a table from loading: where, what was expected and what was there.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}{}: {problem}", .line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct Error {
    /// The file, from the root of the repository.
    pub file: String,
    /// The line, counted from one; `None` where the whole file is to blame.
    pub line: Option<usize>,
    /// What was expected and what was there.
    pub problem: String,
}

impl Error {
    /// Of a line.
    pub(crate) fn at(file: &str, line: usize, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: Some(line), problem: problem.into() }
    }

    /// Of a whole file.
    pub(crate) fn of(file: &str, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, problem: problem.into() }
    }

    /// Of an entry that begins at a byte of the text.
    pub(crate) fn entry(
        file: &str,
        text: &str,
        at: usize,
        name: &str,
        problem: impl Deref<Target = str>,
    ) -> Self {
        Self::at(file, line_of(text, at), format!("entry `{name}`: {}", &*problem))
    }
}

/// Reads TOML, and says in which line it is not of the form that was expected.
pub(crate) fn from_toml<'d, T: serde::Deserialize<'d>>(file: &str, text: &'d str) -> Result<T, Error> {
    toml::from_str(text).map_err(|cause| {
        let expected = cause.message().trim().replace('\n', ", ");
        let Some(at) = cause.span().map(|span| span.start) else { return Error::of(file, expected) };
        let line = line_of(text, at);
        let found = text.lines().nth(line - 1).unwrap_or("").trim();
        Error::at(file, line, format!("{expected}, found `{found}`"))
    })
}

/// The line in which a byte of the text stands, counted from one.
pub(crate) fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// A table that travels inside the binary. [`crate::check`] gives the error of a damaged one; who did not ask for it hears
/// it here.
pub(crate) fn loaded<T>(table: &Result<T, Error>) -> &T {
    match table {
        Ok(table) => table,
        Err(error) => panic!("{error}"),
    }
}

/// The error of a table, where it has one.
pub(crate) fn checked<T>(table: &Result<T, Error>) -> Result<(), Error> {
    table.as_ref().map(|_| ()).map_err(Clone::clone)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn toml_is_read_or_says_where_it_is_not() {
        let check = |text: &str, expected: &str| {
            let read = from_toml::<BTreeMap<String, u8>>("t.toml", text).map(|rows| format!("{rows:?}"));
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("a = 1\nb = 2", r#"{"a": 1, "b": 2}"#);
        check("a = 1\nb = \"x\"", "t.toml:2: invalid type: string \"x\", expected u8, found `b = \"x\"`");
        check("a = 1\n\nb 2", "t.toml:3: key with no value, expected `=`, found `b 2`");
    }

    #[test]
    #[should_panic(expected = "t.tsv:3: a day was expected")]
    fn a_damaged_table_is_never_an_empty_one() {
        loaded::<u8>(&Err(Error::at("t.tsv", 3, "a day was expected")));
    }
}
