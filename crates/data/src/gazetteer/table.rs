//! *Which records stand under a name?* The embedded tables, read in place.

use fst::Map;

use super::layout::{ALIAS, HEADER, LAST, MAGIC, MANY, POSTING, RECORD, Record};

/// The index of names with the records it points to.
#[derive(Debug)]
pub(super) struct Table {
    index: Option<Map<&'static [u8]>>,
    records: &'static [u8],
    names: &'static [u8],
    postings: &'static [u8],
}

impl Table {
    /// The tables that travel inside the program.
    pub fn embedded() -> Self {
        let index = include_bytes!("../../../../data/gazetteer/names.fst");
        let bytes = include_bytes!("../../../../data/gazetteer/places.bin");
        // A damaged file would be a damaged program; a test reads all of it.
        Self::of(index, bytes).unwrap_or_else(Self::empty)
    }

    fn of(index: &'static [u8], bytes: &'static [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let number =
            |at: usize| Some(u32::from_le_bytes(header.get(at * 4..at * 4 + 4)?.try_into().ok()?) as usize);
        if number(0)? != MAGIC as usize {
            return None;
        }
        let (records, rest) = rest.split_at_checked(number(1)? * RECORD)?;
        let (names, postings) = rest.split_at_checked(number(2)?)?;
        (postings.len() == number(3)? * POSTING).then_some(())?;
        Some(Self { index: Some(Map::new(index).ok()?), records, names, postings })
    }

    fn empty() -> Self {
        Self { index: None, records: &[], names: &[], postings: &[] }
    }

    pub fn n_places(&self) -> u32 {
        (self.records.len() / RECORD) as u32
    }

    pub fn record(&self, number: u32) -> Option<Record> {
        let start = number as usize * RECORD;
        Some(Record::from_bytes(self.records.get(start..start + RECORD)?.try_into().ok()?))
    }

    pub fn name(&self, offset: u32) -> &'static str {
        let names = self.names.get(offset as usize..).unwrap_or_default();
        let name = names.split_first().and_then(|(&length, rest)| rest.get(..length as usize));
        name.and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default()
    }

    /// Numbers of the places with a folded name, and whether it is an alias of theirs.
    pub fn find(&self, key: &[u8]) -> impl Iterator<Item = (u32, bool)> + use<> {
        let found = self.index.as_ref().and_then(|index| index.get(key));
        let postings =
            found.filter(|value| value & MANY != 0).map(|value| self.group((value & !MANY) as usize));
        let single = found.filter(|value| value & MANY == 0).map(|value| value as u32);
        let numbers = postings.unwrap_or_default().iter().map(|bytes| posting(*bytes)).chain(single);
        numbers.map(|posting| (posting & !(ALIAS | LAST), posting & ALIAS != 0))
    }

    fn group(&self, first: usize) -> &'static [[u8; POSTING]] {
        let (all, _) = self.postings.as_chunks::<POSTING>();
        let from = all.get(first..).unwrap_or_default();
        let length = from.iter().position(|bytes| posting(*bytes) & LAST != 0).map_or(0, |last| last + 1);
        &from[..length]
    }
}

fn posting([low, middle, high]: [u8; POSTING]) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}
