//! *What is known of one place?*

use super::{CountryEntry, Feature};

/// An entry of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'g> {
    /// Its number in the tables; stable for one edition of them.
    pub number: u32,
    /// Canonical name.
    pub name: &'g str,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, 0 if unknown.
    pub population: u32,
    /// What sort of place.
    pub feature: Feature,
    /// Its country; `None` for seas, blocs and places that several countries share or claim.
    pub country: Option<&'g CountryEntry>,
    /// Number of its state or province.
    pub admin1: Option<u32>,
    /// Number of its county or district.
    pub admin2: Option<u32>,
    /// Whether it was found under another spelling or a name in another language.
    pub is_alias: bool,
}

impl Place<'_> {
    /// Kilometres to another place, as the crow flies.
    pub fn distance_km(&self, other: &Place<'_>) -> f64 {
        distance_km((self.lat, self.lon), (other.lat, other.lon))
    }

    /// Two-letter code of its country.
    pub fn iso2(&self) -> Option<&'static str> {
        self.country.map(|country| country.iso2)
    }
}

/// Kilometres between two points given in degrees north and east, on a sphere.
pub fn distance_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat_one, lat_other) = (one.0.to_radians(), other.0.to_radians());
    let half_lat = (lat_other - lat_one) / 2.0;
    let half_lon = (other.1 - one.1).to_radians() / 2.0;
    let chord = half_lat.sin().powi(2) + lat_one.cos() * lat_other.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
}

/// Mean radius of the earth.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

#[cfg(test)]
mod tests {
    use super::distance_km;

    #[test]
    fn distances() {
        let (baghdad, mosul) = ((33.34, 44.40), (36.335, 43.119));
        assert!((distance_km(baghdad, mosul) - 353.0).abs() < 2.0);
        assert_eq!(distance_km(baghdad, baghdad), 0.0);
        assert!((distance_km((0.0, 0.0), (0.0, 180.0)) - 20_015.0).abs() < 1.0);
    }
}
