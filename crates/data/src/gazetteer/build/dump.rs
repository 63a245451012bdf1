//! *What is in a folder of GeoNames dumps?* The files of <https://download.geonames.org/export/dump>, unpacked.
//!
//! Needed are `countryInfo.txt`, `admin1CodesASCII.txt` and towns: `allCountries.txt`, `cities500.txt` (or another of its
//! family) or the file of one country such as `IQ.txt`, as many of them as there are. `admin2Codes.txt` adds districts,
//! `alternateNamesV2.txt` other spellings.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use super::name::is_name;
use super::{Area, Cities, Draft, Error, Town, countries, overlay, points};
use crate::gazetteer::Gazetteer;

/// All entries for the tables: countries, states and districts, the hand-made places, and every populated place of the
/// dumps that has `least_population` inhabitants or is the seat of an administration.
///
/// # Errors
/// If a file is missing, or a line is not what GeoNames describes; the file and the line are named.
pub fn read_dump(folder: &Path, least_population: u32) -> Result<Vec<Draft>, Error> {
    let mut dump = Dump::open(folder, least_population)?;
    for path in dump.files.clone() {
        each_row(&path, |row| dump.add_place(row))?;
    }
    let alternates = folder.join("alternateNamesV2.txt");
    if alternates.exists() {
        each_row(&alternates, |row| dump.add_alternate(row))?;
    }
    dump.into_drafts()
}

/// What has been read so far.
struct Dump {
    /// The files of places, in the order of their names.
    files: Vec<PathBuf>,
    least_population: u32,
    countries: Vec<Draft>,
    overlay: Vec<Draft>,
    areas: Vec<Area>,
    towns: Vec<(Town, bool)>,
    /// Points of areas that the dumps themselves give.
    points: HashMap<u32, (f64, f64)>,
    /// Ids that need no further entry.
    seen: HashSet<u32>,
    area_of_code: HashMap<String, usize>,
    area_of_id: HashMap<u32, usize>,
    town_of_id: HashMap<u32, usize>,
}

impl Dump {
    fn open(folder: &Path, least_population: u32) -> Result<Self, Error> {
        let files = place_files(folder)?;
        let countries = countries_with(&need(folder, "countryInfo.txt")?)?;
        let overlay = overlay()?;
        let mut found = areas(&need(folder, "admin1CodesASCII.txt")?, 1)?;
        let districts = folder.join("admin2Codes.txt");
        if districts.exists() {
            found.extend(areas(&districts, 2)?);
        }
        let known = countries.iter().chain(&overlay).map(|draft| draft.geonames_id).filter(|&id| id != 0);
        Ok(Self {
            files,
            least_population,
            seen: known.collect(),
            area_of_code: found.iter().enumerate().map(|(at, area)| (area.code.clone(), at)).collect(),
            area_of_id: found.iter().enumerate().map(|(at, area)| (area.geonames_id, at)).collect(),
            town_of_id: HashMap::new(),
            points: HashMap::new(),
            towns: Vec::new(),
            countries,
            overlay,
            areas: found,
        })
    }

    /// A row of `allCountries.txt` and its like: a town, or what is said of a state; all else is passed over.
    fn add_place(&mut self, row: &Row<'_>) -> Result<(), Error> {
        row.n_fields(19)?;
        let place = row.place()?;
        let area = self.area_of_id.get(&place.geonames_id).copied();
        if let (Some(area), "A") = (area, row.field(6)) {
            self.points.insert(place.geonames_id, (place.lat, place.lon));
            self.areas[area].aliases.extend(place.aliases);
        } else if is_town(row.field(6), row.field(7)) && self.seen.insert(place.geonames_id) {
            let is_kept = place.population >= self.least_population || is_seat(row.field(7));
            self.add_town(row, place, is_kept);
        }
        Ok(())
    }

    fn add_town(&mut self, row: &Row<'_>, mut town: Town, is_kept: bool) {
        let state = format!("{}.{}", row.field(8), row.field(10));
        let district = format!("{state}.{}", row.field(11));
        town.areas =
            [state, district].iter().filter_map(|code| self.area_of_code.get(code)).copied().collect();
        let aliases = std::mem::take(&mut town.aliases);
        if is_kept {
            town.aliases = aliases.into_iter().filter(|name| town.keeps_alias(name, 0)).collect();
            self.town_of_id.insert(town.geonames_id, self.towns.len());
        }
        self.towns.push((town, is_kept));
    }

    /// A row of `alternateNamesV2.txt`.
    fn add_alternate(&mut self, row: &Row<'_>) -> Result<(), Error> {
        row.at_least(4)?;
        let id = row.number(1, "a GeoNames id")?;
        let (language, name) = (row.field(2), row.field(3));
        if language.len() > 3 || !is_name(name) {
            // Links, postal codes, codes of airports.
            return Ok(());
        }
        if let Some(&area) = self.area_of_id.get(&id) {
            self.areas[area].aliases.push(name.to_owned());
        } else if let Some(&town) = self.town_of_id.get(&id) {
            let town = &mut self.towns[town].0;
            if language == "en" || town.keeps_alias(name, 0) {
                town.aliases.push(name.to_owned());
            }
        }
        Ok(())
    }

    fn into_drafts(self) -> Result<Vec<Draft>, Error> {
        let mut cities = Cities::new(self.areas);
        for (town, is_kept) in self.towns {
            cities.add(town, is_kept);
        }
        let mut at = self.points;
        at.extend(points()?);
        let mut drafts = self.countries;
        drafts.extend(cities.areas(&at));
        drafts.extend(self.overlay);
        drafts.extend(cities.towns());
        Ok(drafts)
    }
}

/// Populated places, but not those that are abandoned, destroyed or of the past.
fn is_town(class: &str, code: &str) -> bool {
    class == "P" && !matches!(code, "PPLH" | "PPLCH" | "PPLQ" | "PPLW")
}

/// Capitals and seats of states and districts.
fn is_seat(code: &str) -> bool {
    code == "PPLC" || code == "PPLG" || code.starts_with("PPLA")
}

/// The shipped countries with the numbers of inhabitants of `countryInfo.txt`.
fn countries_with(path: &Path) -> Result<Vec<Draft>, Error> {
    let mut drafts = countries();
    each_row(path, |row| {
        row.at_least(17)?;
        let population = row.number(7, "a number of inhabitants")?;
        if let Some(draft) = drafts.iter_mut().find(|draft| draft.iso2.as_deref() == Some(row.field(0))) {
            draft.population = population;
        }
        Ok(())
    })?;
    Ok(drafts)
}

/// The states or districts of an `adminCodes` file.
fn areas(path: &Path, level: usize) -> Result<Vec<Area>, Error> {
    let mut areas = Vec::new();
    each_row(path, |row| {
        areas.push(row.area(level)?);
        Ok(())
    })?;
    Ok(areas)
}

// ---------------------------------------------------------------------------------------------------- files

fn need(folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let path = folder.join(name);
    if path.exists() { Ok(path) } else { Err(missing(folder, name)) }
}

fn missing(folder: &Path, expected: &str) -> Error {
    let is_packed = names_in(folder).iter().any(|name| name.ends_with(".zip"));
    let hint = if is_packed { "; unpack the .zip files first" } else { "" };
    Error::Missing { folder: folder.to_owned(), expected: expected.to_owned(), hint: hint.to_owned() }
}

/// The files with rows of places, in the order of their names.
fn place_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut names = names_in(folder);
    names.retain(|name| holds_places(name));
    names.sort();
    if names.is_empty() {
        return Err(missing(folder, "allCountries.txt, cities500.txt or file of a country such as IQ.txt"));
    }
    Ok(names.iter().map(|name| folder.join(name)).collect())
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

fn holds_places(name: &str) -> bool {
    let stem = name.strip_suffix(".txt").unwrap_or_default();
    let is_country = stem.len() == 2 && Gazetteer::embedded().country(stem).is_some();
    let is_cities = stem.strip_prefix("cities").is_some_and(|number| number.parse::<u32>().is_ok());
    stem == "allCountries" || is_country || is_cities
}

/// One line of a file, cut at its tabs.
struct Row<'l> {
    file: &'l str,
    line: usize,
    fields: Vec<&'l str>,
}

/// Hands on each line that is not a comment; the whole file is never in memory.
fn each_row(path: &Path, mut take: impl FnMut(&Row<'_>) -> Result<(), Error>) -> Result<(), Error> {
    let file = path.display().to_string();
    let unread = |problem| Error::Unread { file: file.clone(), problem };
    let mut reader = BufReader::with_capacity(1 << 20, File::open(path).map_err(unread)?);
    let mut bytes = Vec::new();
    for line in 1.. {
        bytes.clear();
        if reader.read_until(b'\n', &mut bytes).map_err(unread)? == 0 {
            break;
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| Error::Line {
            file: file.clone(),
            line,
            expected: "UTF-8".to_owned(),
            found: "other bytes".to_owned(),
        })?;
        let text = text.trim_end_matches(['\n', '\r']);
        if !text.is_empty() && !text.starts_with('#') {
            take(&Row { file: &file, line, fields: text.split('\t').collect() })?;
        }
    }
    Ok(())
}

impl<'l> Row<'l> {
    fn field(&self, at: usize) -> &'l str {
        self.fields.get(at).copied().unwrap_or_default()
    }

    fn wrong(&self, expected: impl Into<String>, found: impl Into<String>) -> Error {
        Error::Line {
            file: self.file.to_owned(),
            line: self.line,
            expected: expected.into(),
            found: found.into(),
        }
    }

    fn n_fields(&self, n: usize) -> Result<(), Error> {
        let found = self.fields.len();
        if found == n {
            Ok(())
        } else {
            Err(self.wrong(format!("{n} fields between tabs"), found.to_string()))
        }
    }

    fn at_least(&self, n: usize) -> Result<(), Error> {
        let found = self.fields.len();
        if found >= n {
            Ok(())
        } else {
            Err(self.wrong(format!("{n} fields between tabs or more"), found.to_string()))
        }
    }

    fn number(&self, at: usize, what: &str) -> Result<u32, Error> {
        let number = self.field(at).parse::<u64>();
        let number =
            number.map_err(|_| self.wrong(what, format!("`{}` in field {}", self.field(at), at + 1)))?;
        Ok(u32::try_from(number).unwrap_or(u32::MAX))
    }

    fn degrees(&self, at: usize, most: f64, what: &str) -> Result<f64, Error> {
        let degrees = self.field(at).parse::<f64>().ok().filter(|degrees| degrees.abs() <= most);
        degrees.ok_or_else(|| self.wrong(what, format!("`{}` in field {}", self.field(at), at + 1)))
    }

    /// A row of an `adminCodes` file: code, name, ASCII name, id.
    fn area(&self, level: usize) -> Result<Area, Error> {
        self.n_fields(4)?;
        if self.field(0).matches('.').count() != level {
            return Err(
                self.wrong(format!("a code of level {level} such as IQ.01"), format!("`{}`", self.field(0)))
            );
        }
        Ok(Area {
            name: self.field(1).to_owned(),
            code: self.field(0).to_owned(),
            geonames_id: self.number(3, "a GeoNames id")?,
            kind: String::new(),
            aliases: vec![self.field(2).to_owned()],
        })
    }

    /// What a row of places says of a town, but for the areas that it lies in.
    fn place(&self) -> Result<Town, Error> {
        Ok(Town {
            name: self.field(1).to_owned(),
            geonames_id: self.number(0, "a GeoNames id")?,
            iso2: self.field(8).to_owned(),
            areas: Vec::new(),
            population: if self.field(14).is_empty() {
                0
            } else {
                self.number(14, "a number of inhabitants")?
            },
            lat: self.degrees(4, 90.0, "degrees north")?,
            lon: self.degrees(5, 180.0, "degrees east")?,
            aliases: self.field(3).split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        })
    }
}

#[cfg(test)]
#[path = "dump/tests.rs"]
mod tests;
