//! *Which bytes do the entries make?* The writer beside the reader in `layout` and `table`.

use std::collections::HashMap;

use super::name::keys;
use super::{Draft, Error};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::layout::{MAGIC, MANY, NARROW, NONE, Record, WIDE, Width};

/// The two files of a gazetteer.
#[derive(Debug)]
pub struct Tables {
    /// `names.fst`: from names to postings.
    pub index: Vec<u8>,
    /// `places.bin`: records, names and postings.
    pub places: Vec<u8>,
}

impl Tables {
    /// The tables of these entries; areas must come before the towns that name them, and among the first 65,535.
    ///
    /// # Errors
    /// If there are more entries or longer names than the tables hold.
    pub fn of(drafts: &[Draft]) -> Result<Self, Error> {
        match Self::with_width(drafts, NARROW) {
            Err(Error::TooMany { .. }) => Self::with_width(drafts, WIDE),
            done => done,
        }
    }

    /// The same in one width.
    ///
    /// # Errors
    /// If there are more entries or longer names than that width holds.
    pub fn with_width(drafts: &[Draft], width: Width) -> Result<Self, Error> {
        within("places", drafts.len(), width.most_places())?;
        let names = Names::of(drafts);
        within("bytes of names", names.bytes.len(), width.most_names)?;
        let records = records(drafts, &names, width)?;
        let mut postings = Vec::new();
        let index = index(drafts, width, &mut postings)?;
        let n_postings = postings.len() / width.posting;
        let header = [MAGIC, drafts.len() as u32, names.bytes.len() as u32, n_postings as u32, width.number];
        let header: Vec<u8> = header.iter().flat_map(|number| number.to_le_bytes()).collect();
        Ok(Self { index, places: [header, records, names.bytes, postings].concat() })
    }
}

fn within(what: &'static str, n: usize, most: usize) -> Result<(), Error> {
    let hint = ": ask for towns of more inhabitants";
    if n < most { Ok(()) } else { Err(Error::TooMany { what, n, most, hint }) }
}

/// Canonical names, each once, with one byte of length before it.
struct Names<'d> {
    bytes: Vec<u8>,
    offsets: HashMap<&'d str, u32>,
}

impl<'d> Names<'d> {
    fn of(drafts: &'d [Draft]) -> Self {
        let mut names = Self { bytes: Vec::new(), offsets: HashMap::new() };
        drafts.iter().for_each(|draft| names.add(canonical(draft)));
        names
    }

    fn add(&mut self, name: &'d str) {
        let bytes = &mut self.bytes;
        self.offsets.entry(name).or_insert_with(|| {
            let offset = bytes.len() as u32;
            let cut = &name.as_bytes()[..name.floor_char_boundary(255)];
            bytes.push(cut.len() as u8);
            bytes.extend(cut);
            offset
        });
    }
}

fn canonical(draft: &Draft) -> &str {
    draft.names.first().map_or("", String::as_str)
}

fn records(drafts: &[Draft], names: &Names<'_>, width: Width) -> Result<Vec<u8>, Error> {
    let countries = Gazetteer::embedded().countries().iter().enumerate();
    let countries: HashMap<&str, u8> = countries.map(|(row, entry)| (entry.iso2, row as u8)).collect();
    let keys = areas(drafts)?;
    let parent =
        |code: &Option<String>| code.as_deref().and_then(|code| keys.get(code)).copied().unwrap_or(NONE);
    let country = |draft: &Draft| draft.iso2.as_deref().and_then(|iso2| countries.get(iso2)).copied();
    let record = |draft: &Draft| {
        let (lat, lon) = Record::point(draft.lat, draft.lon);
        Record {
            geonames_id: draft.geonames_id,
            lat,
            lon,
            population: draft.population,
            name: names.offsets.get(canonical(draft)).copied().unwrap_or_default(),
            country: country(draft).unwrap_or(u8::MAX),
            feature: draft.feature as u8,
            admin1: parent(&draft.admin1),
            admin2: parent(&draft.admin2),
        }
    };
    Ok(drafts.iter().flat_map(|draft| record(draft).to_bytes(width)).collect())
}

/// The number of each country, state and district by its code.
fn areas(drafts: &[Draft]) -> Result<HashMap<&str, u16>, Error> {
    let keyed = || drafts.iter().enumerate().filter(|(_, draft)| !draft.key.is_empty());
    let n_first = keyed().next_back().map_or(0, |(last, _)| last + 1);
    if n_first > usize::from(NONE) {
        let (what, hint) = ("countries, states and districts", ": leave admin2Codes.txt out");
        return Err(Error::TooMany { what, n: n_first, most: usize::from(NONE), hint });
    }
    Ok(keyed().map(|(number, draft)| (draft.key.as_str(), number as u16)).collect())
}

/// One name of one place.
struct Posting {
    key: Vec<u8>,
    place: u32,
    is_alias: bool,
}

fn index(drafts: &[Draft], width: Width, bytes: &mut Vec<u8>) -> Result<Vec<u8>, Error> {
    let mut index = fst::MapBuilder::memory();
    for group in postings(drafts).chunk_by(|one, other| one.key == other.key) {
        if let Some(first) = group.first() {
            index.insert(&first.key, value(group, width, bytes))?;
        }
    }
    Ok(index.into_inner()?)
}

/// Every name of every place once, as its own name where it is both that and an alias.
fn postings(drafts: &[Draft]) -> Vec<Posting> {
    let mut postings = Vec::new();
    for (place, draft) in drafts.iter().enumerate() {
        let own = draft.names.iter().map(|name| (name, false));
        for (name, is_alias) in own.chain(draft.aliases.iter().map(|name| (name, true))) {
            postings.extend(keys(name, draft).map(|key| Posting { key, place: place as u32, is_alias }));
        }
    }
    postings.sort_by(|one, other| {
        (&one.key, one.place, one.is_alias).cmp(&(&other.key, other.place, other.is_alias))
    });
    postings.dedup_by(|one, other| one.key == other.key && one.place == other.place);
    postings
}

/// What the index says of a name: its only posting, or where its group begins.
fn value(group: &[Posting], width: Width, bytes: &mut Vec<u8>) -> u64 {
    let posting = |posting: &Posting| posting.place | if posting.is_alias { width.alias() } else { 0 };
    if let [only] = group {
        return u64::from(posting(only));
    }
    let offset = bytes.len() / width.posting;
    for (number, entry) in group.iter().enumerate() {
        let last = if number + 1 == group.len() { width.last() } else { 0 };
        bytes.extend(&(posting(entry) | last).to_le_bytes()[..width.posting]);
    }
    MANY | offset as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Feature;
    use crate::gazetteer::build::countries;

    fn town(name: &str, aliases: &[&str], id: u32) -> Draft {
        Draft {
            key: String::new(),
            names: vec![name.to_owned()],
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            iso2: Some("IQ".to_owned()),
            feature: Feature::City,
            lat: 33.0,
            lon: 44.0,
            population: 6_000,
            geonames_id: id,
            admin1: None,
            admin2: None,
        }
    }

    /// Ids of the places with a name, and whether each has it as an alias.
    fn check(width: Width, name: &str, expected: &[(u32, bool)]) {
        let mut drafts = countries();
        drafts.extend([town("Karya", &["Qarya"], 1), town("Qarya", &["Karya al-Jadida"], 2)]);
        let tables = Tables::with_width(&drafts, width).expect("two towns fit");
        let gazetteer = Gazetteer::of(tables.index.leak(), tables.places.leak()).expect("they can be read");
        let found: Vec<_> =
            gazetteer.lookup(name).map(|place| (place.geonames_id.unwrap_or(0), place.is_alias)).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn both_widths_say_the_same() {
        for width in [NARROW, WIDE] {
            check(width, "karya", &[(1, false)]);
            check(width, "Qarya", &[(1, true), (2, false)]);
            check(width, "Karya al Jadida", &[(2, true)]);
            check(width, "Chad", &[(2_434_508, false)]);
            check(width, "Elsewhere", &[]);
        }
    }

    #[test]
    fn the_same_entries_make_the_same_bytes() {
        let bytes = || Tables::of(&countries()).expect("the countries fit");
        assert_eq!((bytes().index, bytes().places), (bytes().index, bytes().places));
    }
}
