//! *Are these two places one?*

use annalist_schema::{ClaimPlace, Country};
use serde::{Deserialize, Serialize};

use super::Match;
use super::name::Name;

/// Two points this near are one place under two names, or a district and its town.
const NEAR_KM: f64 = 30.0;
/// Two points this far apart are two places, unless one of them is a whole region.
const FAR_KM: f64 = 150.0;

/// A place made ready for comparing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot {
    id: Option<u32>,
    name: Name,
    country: Option<Country>,
    point: Option<(f64, f64)>,
}

impl Spot {
    pub fn new(place: &ClaimPlace) -> Self {
        Self {
            id: place.geonames_id,
            name: Name::new(place.name.as_deref().unwrap_or("")),
            country: place.country,
            point: place.lat.zip(place.lon).filter(|(lat, lon)| lat.is_finite() && lon.is_finite()),
        }
    }

    /// Whether it names more than a country.
    pub fn is_specific(&self) -> bool {
        !self.name.is_empty()
    }

    pub fn compare(&self, other: &Self) -> Match {
        if matches!((self.country, other.country), (Some(one), Some(other)) if one != other) {
            return Match::Different;
        }
        if self.name == other.name {
            return Match::Same;
        }
        if !self.is_specific() || !other.is_specific() {
            return Match::Compatible;
        }
        if self.id.is_some() && self.id == other.id {
            return Match::Same;
        }
        if self.name.is_part_of(&other.name) || other.name.is_part_of(&self.name) {
            return Match::Compatible;
        }
        match self.distance_km(other) {
            Some(distance_km) if distance_km <= NEAR_KM => Match::Compatible,
            Some(distance_km) if distance_km >= FAR_KM => Match::Different,
            _ => Match::Unknown,
        }
    }

    fn distance_km(&self, other: &Self) -> Option<f64> {
        Some(great_circle_km(self.point?, other.point?))
    }
}

fn great_circle_km((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let half = |one: f64, other: f64| ((other - one).to_radians() / 2.0).sin().powi(2);
    let parallel = lat.to_radians().cos() * other_lat.to_radians().cos();
    12_742.0 * (half(lat, other_lat) + parallel * half(lon, other_lon)).clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, country: &str, point: Option<(f64, f64)>) -> Spot {
        Spot::new(&ClaimPlace {
            name: (!name.is_empty()).then(|| name.to_owned()),
            country: Country::new(country),
            lat: point.map(|point| point.0),
            lon: point.map(|point| point.1),
            ..ClaimPlace::default()
        })
    }

    fn check(one: Spot, other: Spot, expected: Match) {
        assert_eq!((one.compare(&other), other.compare(&one)), (expected, expected));
    }

    #[test]
    fn names_countries_and_distance() {
        let lyon = || place("Lyon", "FRA", Some((45.75, 4.85)));
        check(lyon(), place("Lyon", "FRA", None), Match::Same);
        check(lyon(), place("", "FRA", None), Match::Compatible);
        check(lyon(), place("eastern Lyon", "FRA", None), Match::Compatible);
        check(lyon(), place("Villeurbanne", "FRA", Some((45.77, 4.88))), Match::Compatible);
        check(lyon(), place("Paris", "FRA", Some((48.85, 2.35))), Match::Different);
        check(lyon(), place("Vienne", "FRA", None), Match::Unknown);
        check(lyon(), place("", "DEU", None), Match::Different);
    }

    #[test]
    fn distance_is_right() {
        assert!((great_circle_km((45.75, 4.85), (48.85, 2.35)) - 393.0).abs() < 5.0);
        assert!(great_circle_km((0.0, 0.0), (0.0, 180.0)).is_finite());
    }
}
