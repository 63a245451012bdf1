//! *Where?*

use annalist_schema::ClaimPlace;

use crate::same::Match;
use crate::same::place::Spot;
use crate::situation::cell::Value;

/// Where one claim puts an event.
pub(crate) struct Place {
    spot: Spot,
    text: String,
}

impl Place {
    /// The place, if it has a name or a country.
    pub fn new(place: &ClaimPlace) -> Option<Self> {
        let country = place.country.map(|country| country.to_string());
        let text = match (place.name.as_deref().map(str::trim).filter(|name| !name.is_empty()), country) {
            (Some(name), Some(country)) => format!("{name} ({country})"),
            (Some(name), None) => name.to_owned(),
            (None, Some(country)) => country,
            (None, None) => return None,
        };
        Some(Self { spot: Spot::new(place), text })
    }
}

impl Value for Place {
    fn show(&self) -> String {
        self.text.clone()
    }

    /// A country says too little to contradict the town of another: what goes on between two is put into either.
    fn compare(&self, other: &Self) -> Match {
        match self.spot.compare(&other.spot) {
            Match::Different if !self.spot.is_specific() || !other.spot.is_specific() => Match::Compatible,
            relation => relation,
        }
    }

    fn needs_anchor(&self, _other: &Self) -> bool {
        true
    }

    fn yields_to_many(&self) -> bool {
        true
    }

    fn precision(&self) -> f64 {
        f64::from(u8::from(self.spot.is_specific()))
    }
}
