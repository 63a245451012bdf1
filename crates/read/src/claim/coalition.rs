//! *Whose are "coalition forces"?* Of the country that leads the coalition which serves where the report speaks of, at its time.

use annalist_data::world::{Coalition, coalitions};
use annalist_schema::{Country, Sector};

use super::Context;
use crate::mention::actor::Resolved;

/// The country that leads the coalition of forces that a party is named as, if only one comes into question.
pub fn leader(context: &Context<'_>, party: &Resolved) -> Option<Country> {
    if party.sector != Some(Sector::Mil) || !is_coalition(&party.name) {
        return None;
    }
    let days = context.published.map(|published| published.value);
    let serves = |one: &&Coalition| {
        let is_named = |toponym: &annalist_schema::Toponym| {
            toponym.country.is_some_and(|country| one.places.contains(&country))
        };
        days.is_none_or(|days| one.serves(days)) && context.toponyms.iter().any(is_named)
    };
    let mut leaders: Vec<Country> = coalitions().iter().filter(serves).map(|one| one.leader).collect();
    leaders.dedup();
    if let [leader] = leaders[..] { Some(leader) } else { None }
}

/// "The coalition", "coalition troops"; not "the rebel coalition".
fn is_coalition(name: &str) -> bool {
    let words: Vec<_> = name.split_whitespace().map(str::to_lowercase).collect();
    let is_other =
        |word: &String| matches!(&**word, "rebel" | "opposition" | "ruling" | "governing" | "political");
    words.iter().any(|word| word == "coalition") && !words.iter().any(is_other)
}

#[cfg(all(test, feature = "full"))]
mod tests {
    use crate::claim::found;
    use crate::claim::testing::with_full_context;

    fn check(text: &str, expected: Option<&str>) {
        let countries = with_full_context(text, |context, tree| {
            let told = found(context, tree);
            let actors = told.iter().flat_map(|told| &told.claim.actors);
            actors.map(|actor| actor.country.map(|country| country.as_str().to_owned())).collect::<Vec<_>>()
        });
        assert_eq!(countries.first().cloned().flatten().as_deref(), expected, "{text}");
    }

    #[test]
    fn a_coalition_is_of_those_who_lead_it() {
        check("Coalition warplanes bombed a depot near Sanaa in Yemen.", Some("SAU"));
        check("Coalition troops raided a house in Mosul, Iraq.", Some("USA"));
        check("Coalition troops raided a house in Lima.", Some("PER"));
    }
}
