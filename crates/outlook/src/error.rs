//! *What was wrong with a file, and where?*

use thiserror::Error;

/// Why a table could not be used. Names file and line, what was expected and what was there.
#[derive(Debug, Error)]
pub enum Error {
    /// The file is no table, or not in UTF-8.
    #[error("{file}: expected CSV in UTF-8: {problem}")]
    NoTable {
        /// The file.
        file: String,
        /// What the reader met.
        problem: String,
    },
    /// A column is missing.
    #[error("{file}, line 1: expected a column {expected}; found {found}")]
    NoColumn {
        /// The file.
        file: String,
        /// Names that would do.
        expected: String,
        /// The columns there are.
        found: String,
    },
    /// A field does not hold what its column is for.
    #[error("{file}, line {line}: expected {expected} in column `{column}`; found `{found}`")]
    Field {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column.
        column: String,
        /// What it is for.
        expected: &'static str,
        /// What was there.
        found: String,
    },
    /// The rows do not go together, or there are too few.
    #[error("{file}: {problem}")]
    Unfit {
        /// The file.
        file: String,
        /// What was expected, what was there, what to do.
        problem: String,
    },
}
