//! *How much do two places speak for one another?* As much as they share a district or a state, or lie near.

use annalist_data::gazetteer::{EARTH_RADIUS_KM, Feature, Place};

/// A place with what is asked of it for every other place of the report.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour {
    place: Place<'static>,
    state: Option<u32>,
    is_point: bool,
    /// Where it lies on the unit sphere.
    unit: [f64; 3],
}

/// Over this distance nearness falls to a third.
const NEAR_KM: f64 = 80.0;
/// Square of the straight line through the unit sphere (3,500 km) beyond which nearness is less than 1e-19 and changes no sum.
const FAR: f64 = 0.3;

impl Neighbour {
    /// The place as a neighbour of others.
    pub fn of(place: Place<'static>) -> Self {
        let (lat, lon) = (place.lat.to_radians(), place.lon.to_radians());
        Self {
            state: if place.feature == Feature::Admin1 { Some(place.number) } else { place.admin1 },
            is_point: is_point(&place),
            unit: [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()],
            place,
        }
    }

    /// From 0, nothing, to 1, the same spot; 0 for a place and itself.
    pub fn affinity(&self, other: &Self) -> f64 {
        if self.place.number == other.place.number {
            return 0.0;
        }
        let same = |one: Option<u32>, other: Option<u32>| one.is_some() && one == other;
        let shared = if same(self.place.admin2, other.place.admin2) {
            0.9
        } else if same(self.state, other.state) {
            0.7
        } else {
            0.0
        };
        self.nearness(other).max(shared)
    }

    fn nearness(&self, other: &Self) -> f64 {
        if !(self.is_point && other.is_point) {
            return 0.0;
        }
        let straight = self.straight(other);
        if straight > FAR {
            return 0.0;
        }
        let distance_km = 2.0 * EARTH_RADIUS_KM * (straight / 4.0).sqrt().asin();
        (-distance_km / NEAR_KM).exp()
    }

    /// Square of the straight line from one to the other, in radii of the earth.
    fn straight(&self, other: &Self) -> f64 {
        self.unit.iter().zip(&other.unit).map(|(one, other)| (one - other) * (one - other)).sum()
    }
}

fn is_point(place: &Place<'_>) -> bool {
    !matches!(
        place.feature,
        Feature::Country | Feature::Continent | Feature::Ocean | Feature::Bloc | Feature::Admin1
    )
}

#[cfg(test)]
mod tests {
    use annalist_data::gazetteer::Gazetteer;

    use super::*;

    fn check(one: &str, other: &str, expected: std::ops::RangeInclusive<f64>) {
        let place = |name| Gazetteer::in_use().lookup(name).next().expect("a known place");
        let (one, other) = (Neighbour::of(place(one)), Neighbour::of(place(other)));
        let there = one.affinity(&other);
        assert!(expected.contains(&there), "{} {}: {there}", one.place.name, other.place.name);
        assert_eq!(there, other.affinity(&one));
        assert_eq!(one.affinity(&one), 0.0);
        if one.is_point && other.is_point {
            let nearness = (-one.place.distance_km(&other.place) / NEAR_KM).exp();
            assert!((one.nearness(&other) - nearness).abs() < 1e-12);
        }
    }

    #[test]
    fn near_places_and_those_of_one_state_speak_for_one_another() {
        check("Mosul", "Basra", 0.0..=0.01);
        check("Mosul", "Bogotá", 0.0..=0.0);
        check("Mosul", "Vienna", 0.0..=1e-12);
        check("Mosul", "Brussels", 0.0..=1e-18);
        check("Ramadi", "Fallujah", 0.7..=1.0);
        check("Iraq", "Mosul", 0.0..=0.0);
        check("Anbar", "Fallujah", 0.7..=0.7);
    }
}
