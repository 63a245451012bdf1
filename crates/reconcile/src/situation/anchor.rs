//! *What shows that two claims are about one thing?* Fusion puts claims together that are much alike; two that differ contradict
//! each other only if something nobody chooses at random is the same in both.

use annalist_schema::Claim;

use crate::same::name::hash;

/// Smaller figures are the same by chance.
const LEAST: f64 = 3.0;

/// Persons it befell, a day with its town, figures: equal for claims that share one.
pub(super) fn anchors(claim: &Claim) -> Vec<u64> {
    let counted = claim.quantities.iter().filter(|quantity| quantity.n >= LEAST);
    let figures = counted.map(|quantity| hash(&format!("{} {}", quantity.what, quantity.n)));
    let mut anchors = plain_anchors(claim);
    anchors.extend(figures);
    anchors
}

/// The same without figures, for figures.
pub(super) fn plain_anchors(claim: &Claim) -> Vec<u64> {
    let victims = claim.recipients.iter().map(|party| party.name.to_lowercase());
    let persons = victims.filter(|name| claim.key.persons.contains(name)).map(|person| hash(&person));
    persons.chain(spot(claim)).collect()
}

/// One day at one place that is more than a country.
fn spot(claim: &Claim) -> Option<u64> {
    let days = claim.date.filter(|days| days.earliest == days.latest)?;
    let place = claim.place.as_ref()?;
    let name = place.geonames_id.map(|id| id.to_string()).or_else(|| place.name.clone())?;
    Some(hash(&format!("{} {name}", days.earliest)))
}

#[cfg(test)]
mod tests {
    use annalist_schema::{ClaimActor, ClaimPlace, DayInterval};

    use super::*;

    fn claim(day: &str, place: Option<&str>, person: Option<&str>) -> Claim {
        let mut claim = Claim { date: DayInterval::parse(day), ..Claim::default() };
        claim.place = place.map(|name| ClaimPlace { name: Some(name.to_owned()), ..ClaimPlace::default() });
        claim.key.persons.extend(person.map(str::to_lowercase));
        let victim = |name: &str| ClaimActor { name: name.to_owned(), ..ClaimActor::default() };
        claim.recipients.extend(person.map(victim));
        claim
    }

    fn check(one: Claim, other: Claim, expected: bool) {
        let other = anchors(&other);
        assert_eq!(anchors(&one).iter().any(|anchor| other.contains(anchor)), expected);
    }

    #[test]
    fn a_day_alone_shows_nothing() {
        check(claim("2021-06-04", Some("Gao"), None), claim("2021-06-04", Some("Gao"), None), true);
        check(claim("2021-06-04", None, None), claim("2021-06-04", None, None), false);
        check(claim("2021-06", Some("Gao"), None), claim("2021-06", Some("Gao"), None), false);
        check(claim("2021-06-04", None, Some("Ana Mora")), claim("2020", None, Some("Ana Mora")), true);
    }
}
