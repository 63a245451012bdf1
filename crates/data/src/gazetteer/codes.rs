//! *What do other systems call this country?* ISO 3166-1 numeric, FIPS 10-4.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use annalist_schema::Country;

use crate::columns;
use crate::error::{Error, checked, loaded};

const CODES: &str = "data/gazetteer/codes.tsv";

/// Codes of one country; `None` where a system has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountryCodes {
    /// ISO 3166-1 numeric.
    pub numeric: Option<u16>,
    /// FIPS 10-4.
    pub fips: Option<&'static str>,
}

type Table = BTreeMap<Country, CountryCodes>;

static EMBEDDED: LazyLock<Result<Table, Error>> =
    LazyLock::new(|| parse(include_str!("../../../../data/gazetteer/codes.tsv")));

/// The codes of a country by ISO 3166-1 alpha-3; none for what is no country.
///
/// ```
/// use annalist_schema::Country;
///
/// let codes = annalist_data::gazetteer::country_codes(Country::new("IRQ").expect("three letters"));
/// assert_eq!((codes.numeric, codes.fips), (Some(368), Some("IZ")));
/// ```
pub fn country_codes(country: Country) -> CountryCodes {
    loaded(&EMBEDDED).get(&country).copied().unwrap_or_default()
}

pub(super) fn check() -> Result<(), Error> {
    checked(&EMBEDDED)
}

fn parse(table: &'static str) -> Result<Table, Error> {
    let row = |[iso3, numeric, fips]: [&'static str; 3]| {
        let iso3 =
            Country::new(iso3).ok_or_else(|| format!("expected a code of three letters, found `{iso3}`"))?;
        let numeric = Some(numeric).filter(|numeric| !numeric.is_empty());
        let numeric =
            numeric.map(|text| text.parse().map_err(|_| format!("expected a number, found `{text}`")));
        let fips = Some(fips).filter(|fips| !fips.is_empty());
        Ok((iso3, CountryCodes { numeric: numeric.transpose()?, fips }))
    };
    Ok(columns::rows(CODES, table, row)?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(iso3: &str, numeric: Option<u16>, fips: Option<&'static str>) {
        let country = Country::new(iso3).expect("a code");
        assert_eq!(country_codes(country), CountryCodes { numeric, fips }, "{iso3}");
    }

    #[test]
    fn codes_of_other_systems() {
        check("DEU", Some(276), Some("GM"));
        check("UKR", Some(804), Some("UP"));
        check("IMG", None, None);
        assert!(parse("IRQ\tx\tIZ").is_err() && parse("Iraq\t368\tIZ").is_err());
    }
}
