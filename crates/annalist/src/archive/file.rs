//! *Is the file itself whole?* What can be seen of it before the database looks, and what the database never looks at.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes before the first page's content.
const HEADER: usize = 100;

/// Bytes of the header that are the same in every archive, as SQLite lays it out: that the file is a database with a log
/// ahead of writing, how full pages are, which format and encoding it has, and what is of no use.
const FIXED: &[(usize, &[u8])] = &[
    (0, b"SQLite format 3\0"),
    (18, &[2, 2, 0, 64, 32, 32]),
    (44, &[0, 0, 0, 4]),
    (48, &[0; 8]),
    (56, &[0, 0, 0, 1]),
    (64, &[0; 4]),
    (72, &[0; 20]),
];

/// The log of what was written last and is not in the file yet.
pub fn log(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// Whether there is such a log with anything in it.
pub fn has_log(path: &Path) -> bool {
    std::fs::metadata(log(path)).is_ok_and(|metadata| metadata.len() > 0)
}

/// What the file turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// All that its header speaks of, or something that the database must judge.
    Whole,
    /// Nothing is in it.
    Empty,
    /// Bytes are missing: how many there are, and what was expected.
    Cut(String),
}

/// Looks at the length of a file.
///
/// # Errors
/// If it cannot be read.
pub fn shape(path: &Path) -> io::Result<Shape> {
    let had_log = has_log(path);
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut header = Vec::new();
    file.take(HEADER as u64).read_to_end(&mut header)?;
    let shape = shape_of(&header, length);
    // What is not in the file yet may be its end; another process may just be putting it there.
    let may_grow = had_log || has_log(path);
    Ok(if may_grow && matches!(shape, Shape::Cut(_)) { Shape::Whole } else { shape })
}

fn shape_of(header: &[u8], length: u64) -> Shape {
    let magic = FIXED[0].1;
    let begins_as_one = header.starts_with(magic) || magic.starts_with(header);
    if length == 0 {
        return Shape::Empty;
    }
    if !begins_as_one {
        return Shape::Whole;
    }
    let Some(n_pages) = number(header, 28) else {
        return Shape::Cut(format!("{length} bytes, fewer than any archive has"));
    };
    let expected = page_size(header) * u64::from(n_pages);
    if length < expected || !length.is_multiple_of(page_size(header).max(1)) {
        return Shape::Cut(format!("{length} of {expected} bytes"));
    }
    Shape::Whole
}

/// The first byte of the header that is not as in every archive, in words. Counters that nothing rests on are not looked
/// at, save that the two that must be the same are.
///
/// # Errors
/// If the file cannot be read.
pub fn fault_of_header(path: &Path) -> io::Result<Option<String>> {
    let mut header = [0; HEADER];
    File::open(path)?.read_exact(&mut header)?;
    let differs = |(start, bytes): &&(usize, &[u8])| header[*start..start + bytes.len()] != **bytes;
    let fault = FIXED.iter().find(differs).map(|(start, _)| *start);
    let fault = fault.or((header[24..28] != header[92..96]).then_some(24));
    Ok(fault.map(|start| format!("a header that differs from byte {start} on")))
}

fn number(header: &[u8], start: usize) -> Option<u32> {
    header.get(start..).and_then(|bytes| bytes.first_chunk()).copied().map(u32::from_be_bytes)
}

/// One that does not fit into the two bytes is written as 1.
fn page_size(header: &[u8]) -> u64 {
    match header.get(16..18) {
        Some([0, 1]) => 65_536,
        Some([high, low]) => u64::from(u16::from_be_bytes([*high, *low])),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(n_bytes_of_header: usize, length: u64, expected: &Shape) {
        let mut header = [0; HEADER];
        header[..16].copy_from_slice(FIXED[0].1);
        header[16..18].copy_from_slice(&4096_u16.to_be_bytes());
        header[28..32].copy_from_slice(&3_u32.to_be_bytes());
        assert_eq!(&shape_of(&header[..n_bytes_of_header], length), expected, "{length} bytes");
    }

    #[test]
    fn a_cut_is_seen() {
        check(HEADER, 3 * 4096, &Shape::Whole);
        check(HEADER, 4 * 4096, &Shape::Whole);
        check(HEADER, 3 * 4096 - 1, &Shape::Cut("12287 of 12288 bytes".to_owned()));
        check(HEADER, 4096, &Shape::Cut("4096 of 12288 bytes".to_owned()));
        check(20, 20, &Shape::Cut("20 bytes, fewer than any archive has".to_owned()));
        check(0, 0, &Shape::Empty);
        assert_eq!(shape_of(b"It rained.", 10), Shape::Whole);
    }
}
