//! *Which office does this person hold on these days?*

use annalist_data::actors::{Actor, Term};
use annalist_schema::{Country, DayInterval, Sector};

/// What a person is on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub country: Option<Country>,
    pub sectors: Vec<Sector>,
    pub why: String,
}

/// The person's standing: the office held on the days; after it, a former office holder; without days, the last office.
pub(super) fn standing(person: &Actor, days: Option<DayInterval>) -> Standing {
    let Some(days) = days else {
        let last = person.terms.iter().max_by_key(|term| (term.days().latest, term.from.earliest));
        return last.map_or_else(|| unknown(person), |term| holds(person, &[term]));
    };
    let held: Vec<&Term> = ranked(person.offices_on(days).collect());
    if !held.is_empty() {
        return holds(person, &held);
    }
    let last_before = person
        .terms
        .iter()
        .filter(|term| term.days().latest < days.earliest)
        .max_by_key(|term| term.days().latest);
    last_before.map_or_else(|| unknown(person), |term| held_before(person, term))
}

/// Executive and armed offices before seats in parliaments and parties, which people keep beside them.
fn ranked(mut terms: Vec<&Term>) -> Vec<&Term> {
    terms.sort_by_key(|term| matches!(term.sector, Sector::Leg | Sector::Pty | Sector::Opp | Sector::Eli));
    terms
}

fn holds(person: &Actor, terms: &[&Term]) -> Standing {
    let mut sectors = Vec::new();
    for term in terms {
        if !sectors.contains(&term.sector) {
            sectors.push(term.sector);
        }
    }
    let first = terms.first();
    let office = first.map_or("", |term| term.office.as_str());
    Standing {
        country: first.and_then(|term| term.country).or(person.country),
        sectors,
        why: format!("{}: {office}{}", person.name, first.map_or(String::new(), |term| since(term))),
    }
}

fn since(term: &Term) -> String {
    match term.to {
        Some(to) => format!(" {} to {}", term.from.format(), to.format()),
        None => format!(" since {}", term.from.format()),
    }
}

/// Leaders of armed groups and clerics stay what they are when a term ends; officials become former officials.
fn held_before(person: &Actor, term: &Term) -> Standing {
    let stays = matches!(
        term.sector,
        Sector::Reb | Sector::Prm | Sector::Rel | Sector::Crm | Sector::Jrn | Sector::Uaf
    );
    let sector = if stays { term.sector } else { Sector::Eli };
    Standing {
        country: person.country,
        sectors: vec![sector],
        why: format!("{}: formerly {}{}", person.name, term.office, since(term)),
    }
}

fn unknown(person: &Actor) -> Standing {
    Standing {
        country: person.country,
        sectors: person.sectors.clone(),
        why: format!("{}: no office known on that day", person.name),
    }
}

/// The person most likely meant, given country, office words and days; `None` if two are equally likely.
pub(super) fn likeliest<'a>(
    persons: &[&'a Actor],
    country: Option<Country>,
    title: Option<&str>,
    days: Option<DayInterval>,
) -> Option<&'a Actor> {
    let score = |person: &Actor| {
        let of_country = country.is_some_and(|country| belongs(person, country));
        let has_office =
            title.is_some_and(|title| person.terms.iter().any(|term| term.office.contains(title)));
        let in_office = days.is_some_and(|days| person.offices_on(days).next().is_some());
        (of_country, in_office, has_office)
    };
    let best = persons.iter().map(|person| score(person)).max()?;
    let mut equals = persons.iter().copied().filter(|person| score(person) == best);
    let first = equals.next()?;
    let latest = equals.chain([first]).max_by_key(|person| last_day(person))?;
    // A country in the phrase that is not the person's speaks against everybody.
    (country.is_none() || best.0).then_some(latest)
}

fn belongs(person: &Actor, country: Country) -> bool {
    person.country == Some(country) || person.terms.iter().any(|term| term.country == Some(country))
}

fn last_day(person: &Actor) -> Option<jiff::civil::Date> {
    person.terms.iter().map(|term| term.days().latest).max()
}

#[cfg(test)]
mod tests {
    use annalist_data::actors::known;

    use super::*;

    fn check(id: &str, days: &str, expected: &str) {
        let person = known().by_id(id).unwrap();
        let standing = standing(person, DayInterval::parse(days));
        let sectors: Vec<_> = standing.sectors.iter().map(|sector| sector.as_str()).collect();
        assert_eq!(sectors.join(" "), expected, "{id} {days}");
    }

    #[test]
    fn offices_follow_the_calendar() {
        check("vladimir-putin", "1999-01-01", "SPY");
        check("vladimir-putin", "2009", "GOV");
        check("angela-merkel", "2022-06-01", "ELI");
        check("rishi-sunak", "2023-01-01", "GOV LEG");
        check("hassan-nasrallah", "2025-01-01", "REB");
        check("emmanuel-macron", "2001-01-01", "");
        check("bill-clinton", "", "GOV");
    }
}
