//! *Which records stand under a name?* The tables, read in place.

use fst::Map;

use super::layout::{HEADER, MAGIC, MANY, Record, Width};
use crate::error::Error;

/// The index of names with the records it points to.
#[derive(Clone, Debug)]
pub(super) struct Table {
    index: Map<&'static [u8]>,
    width: Width,
    records: &'static [u8],
    names: &'static [u8],
    postings: &'static [u8],
}

impl Table {
    /// The tables that travel inside the program.
    pub fn embedded() -> Result<Self, Error> {
        let index = include_bytes!("../../../../data/gazetteer/names.fst");
        let bytes = include_bytes!("../../../../data/gazetteer/places.bin");
        let expected = "expected the two files that `build_gazetteer` wrote at once, found others";
        Self::of(index, bytes).ok_or_else(|| Error::of("data/gazetteer/places.bin, names.fst", expected))
    }

    /// The tables in these bytes; `None` if they are no such tables.
    pub fn of(index: &'static [u8], bytes: &'static [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let number = |at: usize| Some(u32::from_le_bytes(header.get(at * 4..at * 4 + 4)?.try_into().ok()?));
        if number(0)? != MAGIC {
            return None;
        }
        let width = Width::of(number(4)?)?;
        let (records, rest) = rest.split_at_checked((number(1)? as usize).checked_mul(width.record)?)?;
        let (names, postings) = rest.split_at_checked(number(2)? as usize)?;
        (postings.len() == (number(3)? as usize).checked_mul(width.posting)?).then_some(())?;
        Some(Self { index: Map::new(index).ok()?, width, records, names, postings })
    }

    /// Whether the index is what was once written, by its checksum.
    pub fn is_sound(&self) -> bool {
        self.index.as_fst().verify().is_ok()
    }

    pub fn n_places(&self) -> u32 {
        (self.records.len() / self.width.record) as u32
    }

    pub fn record(&self, number: u32) -> Option<Record> {
        let start = (number as usize).checked_mul(self.width.record)?;
        Record::from_bytes(self.records.get(start..start + self.width.record)?)
    }

    pub fn name(&self, offset: u32) -> &'static str {
        let names = self.names.get(offset as usize..).unwrap_or_default();
        let name = names.split_first().and_then(|(&length, rest)| rest.get(..length as usize));
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// Numbers of the places with a folded name, and whether it is an alias of theirs.
    pub fn find(&self, key: &[u8]) -> impl Iterator<Item = (u32, bool)> + use<> {
        let found = self.index.get(key);
        let postings =
            found.filter(|value| value & MANY != 0).map(|value| self.group((value & !MANY) as usize));
        let single = found.filter(|value| value & MANY == 0).map(|value| value as u32);
        let (last, alias) = (self.width.last(), self.width.alias());
        let numbers =
            postings.unwrap_or_default().chunks_exact(self.width.posting).map(posting).chain(single);
        numbers.map(move |posting| (posting & !(alias | last), posting & alias != 0))
    }

    /// The postings from one on to the last of its group.
    fn group(&self, first: usize) -> &'static [u8] {
        let width = self.width.posting;
        let from = first.checked_mul(width).and_then(|start| self.postings.get(start..)).unwrap_or_default();
        let is_last = |bytes: &[u8]| posting(bytes) & self.width.last() != 0;
        let length = from.chunks_exact(width).position(is_last).map_or(0, |last| last + 1);
        &from[..length * width]
    }
}

/// The number in three or four bytes.
fn posting(bytes: &[u8]) -> u32 {
    bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}
