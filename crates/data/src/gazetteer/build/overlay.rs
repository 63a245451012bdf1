//! *What do the hand-made tables add?* `overlay.tsv` and `areas.tsv` of `data/gazetteer`, which travel inside the program.

use std::collections::HashMap;

use super::{Draft, Error};
use crate::gazetteer::Feature;

const OVERLAY: &str = include_str!("../../../../../data/gazetteer/overlay.tsv");
const AREAS: &str = include_str!("../../../../../data/gazetteer/areas.tsv");

/// The places that dumps and packages lack or put elsewhere.
///
/// # Errors
/// If a line of the table is no such place.
pub fn overlay() -> Result<Vec<Draft>, Error> {
    rows(OVERLAY)
        .map(|(line, row)| place(&row).map_err(|expected| bad("overlay.tsv", line, expected, &row)))
        .collect()
}

/// Representative points of states whose towns lie on one side of them, by GeoNames id.
///
/// # Errors
/// If a line of the table is no such point.
pub fn points() -> Result<HashMap<u32, (f64, f64)>, Error> {
    rows(AREAS)
        .map(|(line, row)| point(&row).ok_or_else(|| bad("areas.tsv", line, "an id and a point", &row)))
        .collect()
}

fn place(row: &[&str]) -> Result<Draft, &'static str> {
    let &[names, feature, countries, lat, lon, id, origin] = row else {
        return Err("seven fields");
    };
    if origin.is_empty() {
        return Err("an origin");
    }
    let mut names = names.split('|').map(str::to_owned);
    Ok(Draft {
        key: String::new(),
        names: names.next().into_iter().collect(),
        aliases: names.collect(),
        iso2: (!countries.is_empty() && !countries.contains('|')).then(|| countries.to_owned()),
        feature: Feature::parse(feature).ok_or("a kind of place")?,
        lat: lat.parse().map_err(|_| "degrees north")?,
        lon: lon.parse().map_err(|_| "degrees east")?,
        population: 0,
        geonames_id: if id.is_empty() { 0 } else { id.parse().map_err(|_| "a GeoNames id")? },
        admin1: None,
        admin2: None,
    })
}

fn point(row: &[&str]) -> Option<(u32, (f64, f64))> {
    let &[id, lat, lon, ..] = row else { return None };
    Some((id.parse().ok()?, (lat.parse().ok()?, lon.parse().ok()?)))
}

fn bad(file: &str, line: usize, expected: &str, row: &[&str]) -> Error {
    Error::Line {
        file: file.to_owned(),
        line,
        expected: expected.to_owned(),
        found: format!("`{}`", row.join("\t")),
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines.map(|(index, line)| (index + 1, line.split('\t').collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load() {
        assert!(overlay().expect("every row is a place").len() > 500);
        assert!(points().expect("every row is a point").len() > 10);
    }

    fn check(row: &str, expected: &str) {
        assert_eq!(place(&row.split('\t').collect::<Vec<_>>()).unwrap_err(), expected, "{row}");
    }

    #[test]
    fn what_is_no_place() {
        check("Somewhere\tbase\tIQ", "seven fields");
        check("Somewhere\tmoon\tIQ\t1\t2\t\twikipedia:Somewhere", "a kind of place");
        check("Somewhere\tbase\tIQ\tfar\t2\t\twikipedia:Somewhere", "degrees north");
        check("Somewhere\tbase\tIQ\t1\t2\t\t", "an origin");
    }
}
