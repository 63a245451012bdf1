//! *Who leads "the coalition"?* Forces of several countries, where and when they serve.

use annalist_schema::{Country, DayInterval};

use crate::columns;
use crate::error::Error;

/// Forces of several countries under one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coalition {
    /// Its name.
    pub name: String,
    /// The country that leads it.
    pub leader: Country,
    /// The countries where it serves.
    pub places: Vec<Country>,
    /// From its first day on.
    first: DayInterval,
    /// To its last; `None` while it serves.
    last: Option<DayInterval>,
}

impl Coalition {
    /// Whether it served on some of the days.
    pub fn serves(&self, days: DayInterval) -> bool {
        days.latest >= self.first.earliest && self.last.is_none_or(|last| days.earliest <= last.latest)
    }
}

/// Columns: name, leader, places, first day, last day, origin.
pub(super) fn load(file: &str, text: &str) -> Result<Vec<Coalition>, Error> {
    columns::rows(file, text, |[name, leader, places, first, last, origin]: [&str; 6]| {
        columns::filled("origin", origin)?;
        Ok(Coalition {
            name: columns::filled("name", name)?,
            leader: country(leader)?,
            places: places.split(' ').map(country).collect::<Result<_, _>>()?,
            first: columns::days(first)?,
            last: (!last.is_empty()).then(|| columns::days(last)).transpose()?,
        })
    })
}

fn country(code: &str) -> Result<Country, String> {
    Country::new(code).ok_or_else(|| format!("`{code}` is not the code of a country"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(day: &str, expected: &[&str]) {
        let shipped = load("coalitions.tsv", include_str!("../../../../data/world/coalitions.tsv")).unwrap();
        let days = DayInterval::parse(day).unwrap();
        let serving = shipped.iter().filter(|one| one.serves(days));
        let leaders: Vec<_> = serving.map(|one| one.leader.as_str().to_owned()).collect();
        assert_eq!(leaders, expected, "{day}");
    }

    #[test]
    fn rows_say_what_is_wrong() {
        let check = |line: &str, expected: &str| {
            let problem = load("c.tsv", line).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(problem, Err(expected.to_owned()));
        };
        check("A\tUS\tIRQ\t2003\t\tA", "c.tsv:1: `US` is not the code of a country");
        check("#\nA\tUSA\tIRQ\tonce\t\tA", "c.tsv:2: `once` is not a day, a month or a year");
    }

    #[test]
    fn coalitions_serve_for_their_time() {
        check("1985", &[]);
        check("1991-01-17", &["USA"]);
        check("2006", &["USA", "USA"]);
        check("2019-05-01", &["USA", "SAU"]);
    }
}
