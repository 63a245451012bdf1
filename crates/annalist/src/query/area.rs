//! *Does this place lie in the one asked for?* By name, by country, by the state or district that the gazetteer puts it in.

use std::collections::BTreeSet;

use annalist_data::gazetteer::{Feature, Gazetteer, Place, distance_km, fold};
use annalist_schema::{ClaimPlace, Country};

/// How far the point of a claim's place may lie from that of its entry.
const NEAR_KM: f64 = 1.0;

/// A place asked for.
pub(crate) struct Area {
    /// Its name, folded.
    name: String,
    /// The countries that it names, by name or code.
    countries: BTreeSet<Country>,
    /// Numbers of the states and districts of the name.
    divisions: BTreeSet<u32>,
}

impl Area {
    /// Of a name, or the code of a country.
    pub fn new(wanted: &str) -> Self {
        let gazetteer = Gazetteer::in_use();
        let is_division = |place: &Place<'_>| matches!(place.feature, Feature::Admin1 | Feature::Admin2);
        let divisions: BTreeSet<_> =
            gazetteer.lookup(wanted).filter(is_division).map(|place| place.number).collect();
        // In small letters it may be a word: Van is a town, VAN might be a country.
        let is_code = wanted == wanted.to_uppercase() || gazetteer.lookup(wanted).next().is_none();
        let by_code = gazetteer.country(&wanted.to_uppercase()).filter(|_| is_code);
        let countries = by_code.or_else(|| gazetteer.country_by_name(wanted)).map(|entry| entry.iso3);
        Self {
            name: fold(wanted),
            countries: countries.into_iter().chain(Country::new(wanted)).collect(),
            divisions,
        }
    }

    /// Whether it is the place of a claim, or holds it.
    pub fn holds(&self, place: &ClaimPlace) -> bool {
        place.country.is_some_and(|country| self.countries.contains(&country))
            || place.name.as_deref().is_some_and(|name| {
                self.is_named(name) || self.divides(name, |entry| is_entry_of(entry, place))
            })
    }

    /// The same of a place as a cell writes it: `Maiduguri (NGA)`, `NGA`.
    pub fn holds_written(&self, value: &str) -> bool {
        let code = value.strip_suffix(')').and_then(|value| value.rsplit_once(" ("));
        let (name, code) = code.map_or((value, value), |(name, code)| (name, code));
        let country = Country::new(code);
        country.is_some_and(|country| self.countries.contains(&country))
            || self.is_named(name)
            || self.divides(name, |entry| entry.country.map(|entry| entry.iso3) == country)
    }

    /// Whether the name asked for is this one, or begins at a word of it.
    fn is_named(&self, name: &str) -> bool {
        let name = fold(name);
        let mut found = name.match_indices(&self.name);
        !self.name.is_empty() && found.any(|(start, _)| !name[..start].ends_with(char::is_alphanumeric))
    }

    /// Whether the entry of a name, if it is one that is meant, lies in a division asked for, or is it under another name.
    fn divides(&self, name: &str, is_meant: impl Fn(&Place<'_>) -> bool) -> bool {
        let in_one = |place: &Place<'_>| {
            [Some(place.number), place.admin1, place.admin2]
                .iter()
                .flatten()
                .any(|it| self.divisions.contains(it))
        };
        !self.divisions.is_empty()
            && Gazetteer::in_use().lookup(name).any(|place| in_one(&place) && is_meant(&place))
    }
}

fn is_entry_of(entry: &Place<'_>, place: &ClaimPlace) -> bool {
    let point = place.lat.zip(place.lon);
    match (entry.geonames_id, place.geonames_id) {
        (Some(one), Some(other)) => one == other,
        _ => point.is_some_and(|point| distance_km((entry.lat, entry.lon), point) < NEAR_KM),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first entry of a name in a country, as a claim has it.
    fn place(name: &str, iso3: &str) -> ClaimPlace {
        let mut found = Gazetteer::in_use().lookup(name);
        let entry = found.find(|place| place.country.is_some_and(|country| country.iso3.as_str() == iso3));
        let entry = entry.expect("the gazetteer has it");
        ClaimPlace {
            name: Some(entry.name.to_owned()),
            country: Country::new(iso3),
            lat: Some(entry.lat),
            lon: Some(entry.lon),
            geonames_id: entry.geonames_id,
            ..ClaimPlace::default()
        }
    }

    fn check(wanted: &str, (name, iso3): (&str, &str), expected: bool) {
        let area = Area::new(wanted);
        assert_eq!(area.holds(&place(name, iso3)), expected, "{name} in {wanted}");
        assert_eq!(area.holds_written(&format!("{name} ({iso3})")), expected, "{name} in {wanted}, written");
    }

    #[test]
    fn a_place_lies_in_its_state_and_country() {
        let (maiduguri, popayan) = (("Maiduguri", "NGA"), ("Popayán", "COL"));
        for wanted in ["Borno", "borno", "Nigeria", "NGA", "NG", "nga", "Maiduguri", "maidu"] {
            check(wanted, maiduguri, true);
        }
        for wanted in ["Cauca", "popayan", "Colombia", "CO"] {
            check(wanted, popayan, true);
        }
        for wanted in ["Kano", "Niger", "NER", "uguri", "Cauca", ""] {
            check(wanted, maiduguri, false);
        }
    }

    #[test]
    fn a_state_does_not_lie_in_its_town() {
        check("Maiduguri", ("Borno", "NGA"), false);
        check("Borno", ("Borno", "NGA"), true);
    }

    #[test]
    fn a_country_alone_is_held_by_itself() {
        let nigeria = ClaimPlace { country: Country::new("NGA"), ..ClaimPlace::default() };
        assert!(Area::new("Nigeria").holds(&nigeria) && Area::new("nigeria").holds_written("NGA"));
        assert!(!Area::new("Borno").holds(&nigeria) && !Area::new("Borno").holds_written("NGA"));
    }
}
