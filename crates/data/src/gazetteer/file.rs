//! *How does a gazetteer that a user built travel?* One file: [`START`], the length of the index in eight little-endian bytes,
//! the index of names, the places.

use std::io::Write;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Gazetteer;
use super::build::Tables;

/// How the file begins; the number is that of the form.
const START: &[u8] = b"annalist gazetteer 1\n";

/// What keeps a file from being used.
#[derive(Debug, Error)]
pub enum Error {
    /// It cannot be read or written.
    #[error("{}: {problem}", path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// What the system says.
        problem: std::io::Error,
    },
    /// It is something else.
    #[error("{}: expected a file that `annalist gazetteer build` wrote, found {found}", path.display())]
    Other {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        found: &'static str,
    },
    /// Places have been looked up already.
    #[error("{}: a gazetteer is in use already", path.display())]
    InUse {
        /// The file.
        path: PathBuf,
    },
}

/// Writes tables as one file.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, tables: &Tables) -> Result<(), Error> {
    let unread = |problem| Error::Unread { path: path.to_owned(), problem };
    let mut file = std::fs::File::create(path).map_err(unread)?;
    let length = (tables.index.len() as u64).to_le_bytes();
    for part in [START, &length, &tables.index, &tables.places] {
        file.write_all(part).map_err(unread)?;
    }
    file.sync_all().map_err(unread)
}

/// The gazetteer in a file, which stays in memory as long as the program runs.
///
/// # Errors
/// If there is no such file, or it is not what `write` wrote.
pub fn open(path: &Path) -> Result<Gazetteer, Error> {
    let bytes = std::fs::read(path).map_err(|problem| Error::Unread { path: path.to_owned(), problem })?;
    let other = |found| Error::Other { path: path.to_owned(), found };
    let rest = bytes.strip_prefix(START).ok_or_else(|| other("another one"))?.len();
    let bytes: &'static [u8] = bytes.leak();
    let (length, rest) =
        bytes[bytes.len() - rest..].split_first_chunk().ok_or_else(|| other("one cut short"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let (index, places) = rest.split_at_checked(length).ok_or_else(|| other("one cut short"))?;
    Gazetteer::of(index, places)
        .filter(|gazetteer| gazetteer.table.is_sound())
        .ok_or_else(|| other("a damaged one"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::build::countries;

    /// What is said of a file of these bytes, with the path taken away.
    fn check(name: &str, bytes: &[u8], expected: &str) {
        let path = std::env::temp_dir().join(format!("annalist-gazetteer-{}-{name}", std::process::id()));
        std::fs::write(&path, bytes).expect("a temporary file");
        let said = match open(&path) {
            Ok(gazetteer) => format!("{} places", gazetteer.n_places()),
            Err(error) => error.to_string().replace(&path.display().to_string(), "FILE"),
        };
        let _ = std::fs::remove_file(&path);
        assert_eq!(said, expected);
    }

    #[test]
    fn files_come_back_or_are_told_from_others() {
        let path = std::env::temp_dir().join(format!("annalist-gazetteer-{}", std::process::id()));
        write(&path, &Tables::of(&countries()).expect("they fit")).expect("it can be written");
        let whole = std::fs::read(&path).expect("it was written");
        let _ = std::fs::remove_file(&path);
        let said = |found: &str| {
            format!("FILE: expected a file that `annalist gazetteer build` wrote, found {found}")
        };
        check("whole", &whole, &format!("{} places", countries().len()));
        check("other", b"PK\x03\x04", &said("another one"));
        check("start", &whole[..START.len() + 3], &said("one cut short"));
        check("half", &whole[..1_000], &said("one cut short"));
        check("end", &whole[..whole.len() - 1], &said("a damaged one"));
        let mut damaged = whole;
        damaged[START.len() + 200] ^= 1;
        check("damaged", &damaged, &said("a damaged one"));
    }
}
