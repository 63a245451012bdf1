//! *Where is it?* Places with their names, points and countries.

pub mod build;
mod codes;
mod country;
pub mod file;
mod fold;
pub mod layout;
mod place;
mod table;
mod words;

use std::path::Path;
use std::sync::{LazyLock, OnceLock};

pub use codes::{CountryCodes, country_codes};
pub use country::{Countries, CountryEntry};
pub use fold::{abbreviation, fold, is_ayn, sound};
pub use layout::Feature;
pub use place::{EARTH_RADIUS_KM, Place, distance_km};
use table::Table;
pub use words::WordList;
use words::Words;

use crate::error::{Error, checked, loaded};

static COUNTRIES: LazyLock<Result<Countries, Error>> = LazyLock::new(Countries::embedded);
static WORDS: LazyLock<Result<Words, Error>> = LazyLock::new(Words::embedded);
static EMBEDDED: LazyLock<Result<Gazetteer, Error>> =
    LazyLock::new(|| Table::embedded().map(Gazetteer::with_table));

pub(crate) fn check() -> Result<(), Error> {
    checked(&COUNTRIES)?;
    codes::check()?;
    checked(&WORDS)?;
    build::check_kinds()?;
    checked(&EMBEDDED)
}

/// Whose data the places are, and under which licence: to be shown wherever they are.
pub const ATTRIBUTION: &str = include_str!("../../../data/gazetteer/NOTICE.part");

/// The user's own, if there is one.
static INSTALLED: OnceLock<Gazetteer> = OnceLock::new();

/// Names of places on earth and what they stand for.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    countries: &'static Countries,
    table: Table,
    words: &'static Words,
}

impl Gazetteer {
    /// The gazetteer that travels inside the program.
    pub fn embedded() -> &'static Self {
        loaded(&EMBEDDED)
    }

    /// The gazetteer that places are looked up in: the user's own if one was [installed](Self::install), else the embedded
    /// one. Countries, adjectives and lists of words are the same in both.
    pub fn in_use() -> &'static Self {
        INSTALLED.get_or_init(|| Self::embedded().clone())
    }

    /// Puts the gazetteer of a file that `annalist gazetteer build` wrote in the place of the embedded one, for as long as
    /// the program runs: numbers of places mean nothing in another.
    ///
    /// # Errors
    /// If the file cannot be used, or places have been looked up already.
    pub fn install(path: &Path) -> Result<(), file::Error> {
        let in_use = |_| file::Error::InUse { path: path.to_owned() };
        INSTALLED.set(file::open(path)?).map_err(in_use)
    }

    /// The gazetteer with these tables; `None` if they are no such tables.
    fn of(index: &'static [u8], places: &'static [u8]) -> Option<Self> {
        Some(Self::with_table(Table::of(index, places)?))
    }

    fn with_table(table: Table) -> Self {
        Self { countries: loaded(&COUNTRIES), table, words: loaded(&WORDS) }
    }

    /// All countries and territories, sorted by their two-letter code.
    pub fn countries(&self) -> &[CountryEntry] {
        self.countries.all()
    }

    /// The country with a two- or three-letter code: `IQ`, `IRQ`.
    pub fn country(&self, code: &str) -> Option<&CountryEntry> {
        self.countries.by_code(code)
    }

    /// The country with a name, today's or a former one: "Iraq", "the Netherlands", "Burma", "U.S.", never "us".
    pub fn country_by_name(&self, name: &str) -> Option<&CountryEntry> {
        self.countries.by_name(name)
    }

    /// How many words a country's name, adjective or seat has at most that begins with this folded word; 0 if none does.
    pub fn longest_country_from(&self, first: &str) -> usize {
        self.countries.longest_from(first)
    }

    /// The country of an adjective or of inhabitants: "Iraqi", "Syrians", "Frenchmen".
    pub fn country_by_demonym(&self, word: &str) -> Option<&CountryEntry> {
        self.countries.by_demonym(word)
    }

    /// The country for which a seat of government speaks: "Baghdad", "the Kremlin", "Foggy Bottom".
    pub fn country_by_seat(&self, name: &str) -> Option<&CountryEntry> {
        self.countries.by_seat(name)
    }

    /// Every place with a name, the larger first within a feature, in the order country, state, district, hand-made
    /// entries, towns; empty for unknown names. Abbreviations are found in capitals only: "U.S.", "EU", never "us".
    pub fn lookup(&self, name: &str) -> impl Iterator<Item = Place<'_>> {
        let letters = abbreviation(name).map(|letters| format!("^{letters}"));
        let short = letters.map(|key| self.lookup_key(key.as_bytes()));
        short.into_iter().flatten().chain(self.lookup_key(fold(name).as_bytes()))
    }

    /// The same for a name that [`fold`] has folded.
    pub fn lookup_folded(&self, folded: &str) -> impl Iterator<Item = Place<'_>> {
        self.lookup_key(folded.as_bytes())
    }

    /// Every place whose name sounds like this one when it is brought over from another script ([`sound`]).
    pub fn lookup_by_sound(&self, name: &str) -> impl Iterator<Item = Place<'_>> {
        self.lookup_key(format!("~{}", sound(&fold(name))).as_bytes())
    }

    /// Whether a word is on a list, in this spelling.
    pub fn is_listed(&self, list: WordList, word: &str) -> bool {
        self.words.contains(list, word)
    }

    /// The area, not a country, of an adjective or of inhabitants: "European", "Kurds", "Texan".
    pub fn area_by_demonym(&self, word: &str) -> Option<Place<'_>> {
        let name = self.words.area_of_demonym(word)?;
        // "Kurdish" is of no one country's Kurdistan.
        self.lookup(name).find(|place| place.feature == Feature::Region).or_else(|| self.lookup(name).next())
    }

    /// Two-letter code of the country whose place a name means where nothing else is said: "Venice" is not in Florida.
    pub fn country_of_famous(&self, name: &str) -> Option<&'static str> {
        self.words.country_of_famous(&fold(name))
    }

    /// Whether a name is that of an area that rules itself against the state that claims it: "Abkhazia".
    pub fn is_breakaway(&self, name: &str) -> bool {
        self.words.is_breakaway(&fold(name))
    }

    /// Two-letter code of the country in whose reports alone a word is common: "sheriff", "crore".
    pub fn country_of_cue(&self, word: &str) -> Option<&'static str> {
        self.words.country_of_cue(word)
    }

    /// The state or province that newspapers abbreviate so: "Calif.", "N.Y.", "Sask."
    pub fn state_by_abbreviation(&self, written: &str) -> Option<Place<'_>> {
        self.words.state_written(written).and_then(|name| self.lookup(name).next())
    }

    /// The state or province with a postal code: "CA", which means this after a comma only.
    pub fn state_by_postal_code(&self, code: &str) -> Option<Place<'_>> {
        self.words.state_postal(code).and_then(|name| self.lookup(name).next())
    }

    /// The place with a number, as [`Place::number`] gives it.
    pub fn place(&self, number: u32) -> Option<Place<'_>> {
        self.table.record(number).map(|record| self.bind(number, record, false))
    }

    /// Number of places.
    pub fn n_places(&self) -> u32 {
        self.table.n_places()
    }

    fn lookup_key(&self, key: &[u8]) -> impl Iterator<Item = Place<'_>> + use<'_> {
        self.table
            .find(key)
            .filter_map(|(number, is_alias)| Some(self.bind(number, self.table.record(number)?, is_alias)))
    }

    fn bind(&self, number: u32, record: layout::Record, is_alias: bool) -> Place<'_> {
        let (lat, lon) = record.degrees();
        let area = |area: u16| (area != layout::NONE).then_some(u32::from(area));
        Place {
            number,
            name: self.table.name(record.name),
            geonames_id: (record.geonames_id != 0).then_some(record.geonames_id),
            lat,
            lon,
            population: record.population,
            feature: Feature::ALL.get(record.feature as usize).copied().unwrap_or(Feature::Region),
            country: self.countries.all().get(record.country as usize),
            admin1: area(record.admin1),
            admin2: area(record.admin2),
            is_alias,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first place with a name, as `name, feature, country`.
    fn check(cases: &[(&str, &str)]) {
        for (name, expected) in cases {
            let place = Gazetteer::embedded().lookup(name).next();
            let found = place.map(|place| {
                format!("{} {} {}", place.name, place.feature.as_str(), place.iso2().unwrap_or("-"))
            });
            assert_eq!(found.as_deref().unwrap_or("-"), *expected, "{name}");
        }
    }

    #[test]
    fn countries_states_and_towns() {
        check(&[
            ("Iraq", "Iraq country IQ"),
            ("IRAQ", "Iraq country IQ"),
            ("us", "-"),
            ("US", "United States country US"),
            ("EU", "European Union bloc -"),
            ("Louisiana", "Louisiana admin1 US"),
            ("Anbar", "Anbar admin1 IQ"),
            ("Rapides Parish", "Rapides Parish admin2 US"),
            ("Makhachkala", "Makhachkala city RU"),
            ("Nowhere-on-Sea", "-"),
            ("", "-"),
        ]);
    }

    #[test]
    fn areas_by_adjective_and_abbreviation() {
        let gazetteer = Gazetteer::embedded();
        let name = |place: Option<Place<'_>>| place.map_or("-", |place| place.name).to_owned();
        assert_eq!(name(gazetteer.area_by_demonym("Kurds")), "Kurdistan");
        assert_eq!(name(gazetteer.area_by_demonym("Lunar")), "-");
        assert_eq!(name(gazetteer.state_by_abbreviation("Calif.")), "California");
        assert_eq!(name(gazetteer.state_by_postal_code("TX")), "Texas");
        assert_eq!(name(gazetteer.state_by_postal_code("")), "-");
        assert!(gazetteer.is_listed(WordList::Given, "Vladimir"));
        assert_eq!(gazetteer.country_of_famous("Venice"), Some("IT"));
        assert!(gazetteer.is_breakaway("Nagorno-Karabakh") && !gazetteer.is_breakaway("Kurdistan"));
        assert_eq!(gazetteer.country_by_name("Republic of Uganda").map(|country| country.iso2), Some("UG"));
    }

    #[test]
    fn every_adjective_leads_to_a_place() {
        let gazetteer = Gazetteer::embedded();
        let table = include_str!("../../../data/gazetteer/demonyms.tsv");
        for row in table.lines().filter(|line| !line.starts_with('#')) {
            let word = row.split('\t').next().unwrap_or_default();
            assert!(gazetteer.area_by_demonym(word).is_some(), "{row}");
        }
    }

    #[test]
    fn places_that_only_the_overlay_has() {
        check(&[
            ("al-Tanf", "Al-Tanf base SY"),
            ("Tower 22", "Tower 22 base JO"),
            ("Golan Heights", "Golan Heights region -"),
            ("Bab al-Mandab", "Bab al-Mandab strait -"),
        ]);
    }

    #[test]
    fn spellings_from_other_scripts_meet_by_sound() {
        let spellings = ["Deir Ezzor", "Dayr az-Zawr", "Deir ez-Zour"];
        let all =
            spellings.map(|name| Gazetteer::embedded().lookup_by_sound(name).map(|place| place.number).min());
        assert!(all.iter().all(|place| place.is_some() && *place == all[0]), "{all:?}");
    }

    #[test]
    fn every_record_and_every_parent_can_be_read() {
        let gazetteer = Gazetteer::embedded();
        assert!(gazetteer.n_places() > 100_000);
        for number in 0..gazetteer.n_places() {
            let place = gazetteer.place(number).expect("every number below the count is a place");
            assert!(
                !place.name.is_empty() && place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0,
                "{place:?}"
            );
            for (parent, feature) in [(place.admin1, Feature::Admin1), (place.admin2, Feature::Admin2)] {
                let parent = parent.map(|parent| gazetteer.place(parent).map(|place| place.feature));
                assert!(parent.is_none_or(|parent| parent == Some(feature)), "{place:?}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_may_be_looked_up(name in "\\PC*") {
            let found = Gazetteer::embedded().lookup(&name).count() + Gazetteer::embedded().lookup_by_sound(&name).count();
            proptest::prop_assert!(found <= Gazetteer::embedded().n_places() as usize * 3);
        }
    }
}
