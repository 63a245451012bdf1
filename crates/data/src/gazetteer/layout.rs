//! *Which bytes are which place?* The fixed-width tables of `data/gazetteer/places.bin`, so that nothing is parsed at start.
//!
//! The file is a header of five little-endian `u32` (magic, number of places, bytes of names, number of postings,
//! width), then the records, the names (one length byte each) and the postings (grouped; the last of a group is marked).
//! What travels inside the program is [`NARROW`]; more places than that holds take the [`WIDE`] form.

/// First four bytes of the file; changes with the layout.
pub const MAGIC: u32 = 0x3150_4c41;
/// Bytes of the header.
pub const HEADER: usize = 20;

/// How many bytes a record and a posting take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Width {
    /// What the header calls it.
    pub number: u32,
    /// Bytes of one record.
    pub record: usize,
    /// Bytes of one posting.
    pub posting: usize,
    /// Bytes of names that a record can point to.
    pub most_names: usize,
}

/// Up to four million places with 16 MB of names.
pub const NARROW: Width = Width { number: 0, record: 22, posting: 3, most_names: 1 << 24 };
/// Up to a thousand million places.
pub const WIDE: Width = Width { number: 1, record: 23, posting: 4, most_names: 1 << 32 };

impl Width {
    /// The width that a header names.
    pub fn of(number: u32) -> Option<Self> {
        [NARROW, WIDE].into_iter().find(|width| width.number == number)
    }

    /// Set on the last posting of a group.
    pub fn last(self) -> u32 {
        1 << (self.posting * 8 - 1)
    }

    /// Set on a posting whose name is not the place's own but another spelling or language.
    pub fn alias(self) -> u32 {
        1 << (self.posting * 8 - 2)
    }

    /// Number of places that postings can tell apart.
    pub fn most_places(self) -> usize {
        self.alias() as usize
    }
}

/// Set on an index value that is an offset into the postings, not a posting itself.
pub const MANY: u64 = 1 << 32;
/// The record number of "none".
pub const NONE: u16 = u16::MAX;

/// Defines the kinds of place with their texts; the numbers are those of the file.
macro_rules! features {
    ($($(#[$meta:meta])* $variant:ident = $text:literal),+ $(,)?) => {
        /// What sort of place an entry is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Feature { $($(#[$meta])* $variant),+ }

        impl Feature {
            /// Every feature, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in tables and rows.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The feature with a word.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|feature| feature.as_str() == text)
            }
        }
    };
}

features! {
    /// A country or territory.
    Country = "country",
    /// A state, province or governorate.
    Admin1 = "admin1",
    /// A county or district.
    Admin2 = "admin2",
    /// A town or village.
    City = "city",
    /// A region without government of its own, or across borders.
    Region = "region",
    /// A continent or part of one.
    Continent = "continent",
    /// A group of countries.
    Bloc = "bloc",
    /// An ocean.
    Ocean = "ocean",
    /// A sea, gulf or bay.
    Sea = "sea",
    /// A strait.
    Strait = "strait",
    /// A canal.
    Canal = "canal",
    /// A river.
    River = "river",
    /// A lake or reservoir.
    Lake = "lake",
    /// An island or group of islands.
    Island = "island",
    /// A mountain or range.
    Mountain = "mountain",
    /// A desert.
    Desert = "desert",
    /// A valley or gorge.
    Valley = "valley",
    /// A military base or outpost.
    Base = "base",
    /// A camp of refugees, displaced persons or detainees.
    Camp = "camp",
    /// A border crossing or checkpoint.
    Crossing = "crossing",
    /// A dam.
    Dam = "dam",
    /// An airport.
    Airport = "airport",
    /// A port or terminal.
    Port = "port",
    /// A quarter of a city.
    District = "district",
    /// A building, plant, field or monument.
    Facility = "facility",
    /// A line of control or disputed strip.
    Line = "line",
}

/// One place as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// GeoNames id, 0 if there is none.
    pub geonames_id: u32,
    /// Degrees north in steps of 180 / 2^24.
    pub lat: i32,
    /// Degrees east in steps of 360 / 2^24.
    pub lon: i32,
    /// Inhabitants, up to 2^24 - 1.
    pub population: u32,
    /// Offset into the names.
    pub name: u32,
    /// Row in the table of countries, 255 if there is none or more than one.
    pub country: u8,
    /// Number of the feature.
    pub feature: u8,
    /// Record of the state or province, [`NONE`] if there is none.
    pub admin1: u16,
    /// Record of the county or district, [`NONE`] if there is none.
    pub admin2: u16,
}

impl Record {
    /// The record as bytes; its width says how many.
    pub fn to_bytes(self, width: Width) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(width.record);
        bytes.extend(self.geonames_id.to_le_bytes());
        bytes.extend(&self.lat.to_le_bytes()[..3]);
        bytes.extend(&self.lon.to_le_bytes()[..3]);
        bytes.extend(&self.population.min((1 << 24) - 1).to_le_bytes()[..3]);
        bytes.extend(&self.name.to_le_bytes()[..3]);
        bytes.extend([self.country, self.feature]);
        bytes.extend(self.admin1.to_le_bytes());
        bytes.extend(self.admin2.to_le_bytes());
        bytes.extend(&self.name.to_le_bytes()[3..][..width.record - NARROW.record]);
        bytes
    }

    /// The record that bytes hold; `None` if they are fewer than a record's.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (bytes, rest) = bytes.split_first_chunk::<{ NARROW.record }>()?;
        let high = rest.first().map_or(0, |&byte| u32::from(byte) << 24);
        Some(Self {
            geonames_id: u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            lat: signed(bytes[4], bytes[5], bytes[6]),
            lon: signed(bytes[7], bytes[8], bytes[9]),
            population: unsigned(bytes[10], bytes[11], bytes[12]),
            name: unsigned(bytes[13], bytes[14], bytes[15]) | high,
            country: bytes[16],
            feature: bytes[17],
            admin1: u16::from_le_bytes([bytes[18], bytes[19]]),
            admin2: u16::from_le_bytes([bytes[20], bytes[21]]),
        })
    }

    /// Degrees as steps of the file.
    pub fn point(lat: f64, lon: f64) -> (i32, i32) {
        ((lat / LAT_STEP).round() as i32, (lon / LON_STEP).round() as i32)
    }

    /// Degrees north and east, to five decimals.
    pub fn degrees(&self) -> (f64, f64) {
        let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
        (round(f64::from(self.lat) * LAT_STEP), round(f64::from(self.lon) * LON_STEP))
    }
}

// One step less than the full range, so that 90 and 180 degrees themselves fit into 24 signed bits.
const LAT_STEP: f64 = 180.0 / ((1 << 24) - 2) as f64;
const LON_STEP: f64 = 360.0 / ((1 << 24) - 2) as f64;

fn unsigned(low: u8, middle: u8, high: u8) -> u32 {
    u32::from_le_bytes([low, middle, high, 0])
}

fn signed(low: u8, middle: u8, high: u8) -> i32 {
    i32::from_le_bytes([0, low, middle, high]) >> 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lat: f64, lon: f64, population: u32) {
        check_width(NARROW, 70_000, (lat, lon), population);
        check_width(WIDE, 70_000_000, (lat, lon), population);
    }

    fn check_width(width: Width, name: u32, (lat, lon): (f64, f64), population: u32) {
        let (north, east) = Record::point(lat, lon);
        let record = Record {
            geonames_id: 98_182,
            lat: north,
            lon: east,
            population,
            name,
            country: 7,
            feature: Feature::City as u8,
            admin1: 300,
            admin2: NONE,
        };
        let bytes = record.to_bytes(width);
        assert_eq!(bytes.len(), width.record);
        let back = Record::from_bytes(&bytes).expect("enough bytes");
        assert_eq!(back, record);
        let (north, east) = back.degrees();
        assert!((north - lat).abs() < 2e-5 && (east - lon).abs() < 3e-5, "{lat} {lon}: {north} {east}");
    }

    #[test]
    fn bytes_come_back() {
        check(33.34058, 44.40088, 7_216_000);
        check(-90.0, -180.0, 0);
        check(90.0, 180.0, (1 << 24) - 1);
        check(0.0, -0.1, 1);
    }

    #[test]
    fn features_have_their_own_words() {
        for (number, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(Feature::parse(feature.as_str()), Some(*feature));
            assert_eq!(*feature as usize, number);
        }
    }
}
