//! *How does an event look in ACLED's columns?* The 31 of its codebook of 2023, for violence and demonstrations. The columns are
//! ACLED's, the rows are not: nothing of ACLED's data is in them.

use annalist_data::gazetteer::country_codes;
use annalist_schema::{ClaimActor, Country, Sector};
use serde_json::Value;

use super::account::{PlacePrecision, Told};
use super::layout::Kind::{Day, Integer, Number, Text};
use super::layout::{Column, column, empty, maybe, number};
use crate::briefing::words;

/// Our short name of a sub-event type, ACLED's, its event type and disorder type. Strategic developments are left out.
static SUB_EVENTS: &[(&str, &str, &str, &str)] = &[
    ("ARMED_CLASH", "Armed clash", BATTLES, VIOLENCE),
    ("GOV_REGAINS_TERIT", "Government regains territory", BATTLES, VIOLENCE),
    ("NON_STATE_ACTOR_OVERTAKES_TER", "Non-state actor overtakes territory", BATTLES, VIOLENCE),
    ("CHEM_WEAP", "Chemical weapon", EXPLOSIONS, VIOLENCE),
    ("AIR_STRIKE", "Air/drone strike", EXPLOSIONS, VIOLENCE),
    ("SUIC_BOMB", "Suicide bomb", EXPLOSIONS, VIOLENCE),
    ("ART_MISS_ATTACK", "Shelling/artillery/missile attack", EXPLOSIONS, VIOLENCE),
    ("REM_EXPLOS", "Remote explosive/landmine/IED", EXPLOSIONS, VIOLENCE),
    ("GRENADE", "Grenade", EXPLOSIONS, VIOLENCE),
    ("ATTACK", "Attack", CIVILIANS, VIOLENCE),
    ("ABDUCT_DISSAP", "Abduction/forced disappearance", CIVILIANS, VIOLENCE),
    ("SEX_VIOL", "Sexual violence", CIVILIANS, VIOLENCE),
    ("PEACE_PROTEST", "Peaceful protest", "Protests", "Demonstrations"),
    ("PROTEST_WITH_INTER", "Protest with intervention", "Protests", "Demonstrations"),
    (
        "FORCE_AGAINST_PROTEST",
        "Excessive force against protesters",
        "Protests",
        "Political violence; Demonstrations",
    ),
    ("VIOL_DEMONSTR", "Violent demonstration", "Riots", "Demonstrations"),
    ("MOB_VIOL", "Mob violence", "Riots", VIOLENCE),
];

const BATTLES: &str = "Battles";
const EXPLOSIONS: &str = "Explosions/Remote violence";
const CIVILIANS: &str = "Violence against civilians";
const VIOLENCE: &str = "Political violence";

fn sub_event(told: &Told) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    let named = told.best().into_iter().chain(&told.sayings);
    let codes = named.filter_map(|saying| saying.claim.acled.as_deref());
    codes.into_iter().find_map(|code| SUB_EVENTS.iter().find(|row| row.0 == code))
}

/// Why an event has no row, if it has none.
pub fn obstacle(told: &Told) -> Option<&'static str> {
    if sub_event(told).is_none() {
        return Some("neither violence nor a demonstration");
    }
    match told.days() {
        None => Some("without a day"),
        Some(days) if days.n_days() > 31 => Some("not known to the month"),
        Some(_) => None,
    }
}

/// ACLED's code of a party: 1 state, 2 rebel, 3 political militia, 5 rioters, 6 protesters, 7 civilians, 8 external or other.
fn inter(told: &Told, parties: &[ClaimActor], is_actor: bool) -> Option<u8> {
    let party = parties.first()?;
    let event_type = sub_event(told).map(|row| row.2);
    if is_actor && event_type == Some("Protests") {
        return Some(6);
    }
    if is_actor && event_type == Some("Riots") {
        return Some(5);
    }
    let country = told.event.place.as_ref().and_then(|place| place.country);
    let is_foreign = |own: Option<Country>| own.zip(country).is_some_and(|(one, other)| one != other);
    Some(match party.sector? {
        Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy | Sector::Jud | Sector::Leg => {
            if is_foreign(party.country) { 8 } else { 1 }
        }
        Sector::Reb => 2,
        Sector::Prm | Sector::Uaf | Sector::Pty => 3,
        Sector::Unk => return None,
        _ => 7,
    })
}

fn parties(told: &Told, is_actor: bool) -> &[ClaimActor] {
    if is_actor { &told.event.actors } else { &told.event.recipients }
}

fn party(told: &Told, is_actor: bool) -> Value {
    maybe(parties(told, is_actor).first().map(|party| party.name.clone()))
}

fn associated(told: &Told, is_actor: bool) -> Value {
    let rest: Vec<_> = parties(told, is_actor).iter().skip(1).map(|party| party.name.as_str()).collect();
    rest.join("; ").into()
}

/// The columns.
pub static COLUMNS: &[Column<Told>] = &[
    column("event_id_cnty", Text, "", "Our id; it never changes its meaning.", |told| {
        told.event.id.clone().into()
    }),
    column("event_date", Day, "", "The first day.", |told| {
        maybe(told.days().map(|days| days.earliest.to_string()))
    }),
    column("year", Integer, "", "Its year.", |told| maybe(told.days().map(|days| days.earliest.year()))),
    column("time_precision", Integer, "", "1 the day, 2 within a week, 3 within a month.", |told| {
        maybe(told.days().map(|days| match days.n_days() {
            1 => 1,
            2..=7 => 2,
            _ => 3,
        }))
    }),
    column("disorder_type", Text, "ACLED", "Political violence, Demonstrations or both.", |told| {
        maybe(sub_event(told).map(|row| row.3))
    }),
    column("event_type", Text, "ACLED", "The type.", |told| maybe(sub_event(told).map(|row| row.2))),
    column("sub_event_type", Text, "ACLED", "The sub-type.", |told| maybe(sub_event(told).map(|row| row.1))),
    column("actor1", Text, "", "The first actor.", |told| party(told, true)),
    column("assoc_actor_1", Text, "", "The other actors.", |told| associated(told, true)),
    column(
        "inter1",
        Integer,
        "ACLED",
        "1 state, 2 rebel, 3 political militia, 5 rioters, 6 protesters, 7 civilians, 8 external or other; 4 is never told.",
        |told| maybe(inter(told, &told.event.actors, true)),
    ),
    column("actor2", Text, "", "The first recipient.", |told| party(told, false)),
    column("assoc_actor_2", Text, "", "The other recipients.", |told| associated(told, false)),
    column("inter2", Integer, "ACLED", "As `inter1`.", |told| {
        maybe(inter(told, &told.event.recipients, false))
    }),
    column("interaction", Integer, "ACLED", "Both codes, the lower first; a lone one with a 0.", |told| {
        let codes = (inter(told, &told.event.actors, true), inter(told, &told.event.recipients, false));
        match codes {
            (Some(one), Some(other)) => (one.min(other) * 10 + one.max(other)).into(),
            (Some(one), None) | (None, Some(one)) => (one * 10).into(),
            (None, None) => Value::Null,
        }
    }),
    column(
        "civilian_targeting",
        Text,
        "ACLED",
        "“Civilian targeting” where the recipient is civilian.",
        |told| {
            let is_target = inter(told, &told.event.recipients, false) == Some(7);
            maybe(is_target.then_some("Civilian targeting"))
        },
    ),
    column("iso", Integer, "ISO 3166-1 numeric", "The country.", |told| {
        let country = told.event.place.as_ref().and_then(|place| place.country);
        maybe(country.and_then(|country| country_codes(country).numeric))
    }),
    empty("region", "Empty: ACLED's own grouping of countries."),
    column("country", Text, "", "Its name.", |told| maybe(told.spot().country)),
    column("admin1", Text, "", "State or province.", |told| maybe(told.spot().admin1)),
    column("admin2", Text, "", "District.", |told| maybe(told.spot().admin2)),
    empty("admin3", "Empty."),
    column("location", Text, "", "The place.", |told| maybe(told.spot().name)),
    column("latitude", Number, "degrees north", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lat))
    }),
    column("longitude", Number, "degrees east", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lon))
    }),
    column("geo_precision", Integer, "", "1 a town or point, 2 a district, 3 anything larger.", |told| {
        maybe(told.precision().map(|precision| match precision {
            PlacePrecision::Point => 1,
            PlacePrecision::District => 2,
            _ => 3,
        }))
    }),
    column("source", Text, "", "Outlets that tell it, joined by `; `.", |told| {
        told.outlets().join("; ").into()
    }),
    empty("source_scale", "Empty."),
    column("notes", Text, "", "The sentence that tells it best.", |told| {
        maybe(told.best().map(|saying| words::one_line(saying.quote())))
    }),
    column(
        "fatalities",
        Number,
        "persons",
        "The lowest figure of the killed, which is ACLED's rule; 0 where none is stated, which is ACLED's too.",
        |told| told.range("killed").map_or(0.into(), |range| number(range.low)),
    ),
    empty("tags", "Empty."),
    column(
        "timestamp",
        Integer,
        "seconds since 1970, UTC",
        "The last day on which a report of it was published.",
        |told| {
            let day = told.last_published().map(|day| day.to_zoned(jiff::tz::TimeZone::UTC));
            maybe(day.and_then(Result::ok).map(|instant| instant.timestamp().as_second()))
        },
    ),
];

/// What ACLED's layout has no place for.
pub static LOST: &[&str] = &[
    "Every figure of the killed but the lowest; `csv` and `ucdp` have low, best and high.",
    "Who says so and the verdicts; the sentences of all reports but one.",
    "What is neither violence nor a demonstration, is not known to the month, or is planned, denied, hypothetical or demanded.",
];
