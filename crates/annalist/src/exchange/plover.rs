//! *How does an event look in PLOVER's own record?* The fields of the manual's chapter "Data Fields"
//! (openeventdata/PLOVER, 2024-02-04), one JSON object a line.

use annalist_schema::{ClaimActor, Status};
use serde_json::{Value, json};

use super::account::{PlacePrecision, Told};
use super::layout::Kind::{Day, Integer, List, Number, Object, Text};
use super::layout::{Column, column, list, maybe, number};
use crate::briefing::words;

/// Fields of a record.
pub static FIELDS: &[Column<Told>] = &[
    column("id", Text, "", "Our id of the event.", |told| told.event.id.clone().into()),
    column("date", Day, "", "First day.", |told| maybe(told.days().map(|days| days.earliest.to_string()))),
    column("enddate", Day, "", "Last day, where it is another.", |told| {
        let days = told.days().filter(|days| days.earliest != days.latest);
        maybe(days.map(|days| days.latest.to_string()))
    }),
    column("actor", List, "", "Who does it: objects with `code`, `sector`, `entity_text`.", |told| {
        Value::Array(told.event.actors.iter().map(entity).collect())
    }),
    column("recipient", List, "", "To whom, likewise.", |told| {
        Value::Array(told.event.recipients.iter().map(entity).collect())
    }),
    column("event", Text, "PLOVER", "The type.", |told| maybe(told.event.event_type.map(|one| one.as_str()))),
    column(
        "mode",
        List,
        "PLOVER",
        "The modes, and the auxiliary ones: `future` for what is planned, `hypothetical` for what is so or demanded, `negation` for what is denied, `historical` for what had been known for long.",
        |told| {
            let modes = told.modes().into_iter().map(|mode| mode.as_str());
            list(modes.chain(auxiliary(told)))
        },
    ),
    column("context", List, "PLOVER", "The contexts.", |told| {
        list(told.of_claims(|claim| claim.contexts.clone()))
    }),
    column("quad_code", Integer, "", "The quad class.", |told| {
        maybe(told.event.event_type.map(|one| one.quad() as u8))
    }),
    column("event_scale", Number, "-10 to 10", "The score of the type and mode.", |told| {
        maybe(told.intensity().map(number))
    }),
    column("event_text", Text, "", "The words for the deed.", |told| {
        let words = told.best().map(|saying| saying.claim.trigger.of(&saying.source.report.text));
        maybe(words.map(words::one_line))
    }),
    column(
        "event_loc",
        Object,
        "",
        "Where: `extracted_place`, `resolved_place`, `geonameid`, `lat`, `lon`, `district`, `province`, `country`, `country_code`, `feature_code`, `resolution` (1 country to 5 a part of a city).",
        place,
    ),
    column(
        "dead",
        Integer,
        "persons",
        "The preferred figure of the killed; where nothing speaks for one, the lowest.",
        |told| maybe(told.range("killed").map(|range| number(range.best))),
    ),
    column("injured", Integer, "persons", "The wounded, likewise.", |told| {
        maybe(told.range("wounded").map(|range| number(range.best)))
    }),
    column("arrested", Integer, "persons", "The detained, likewise.", |told| {
        maybe(told.range("detained").map(|range| number(range.best)))
    }),
    column("text", Text, "", "The sentence that tells it best.", |told| {
        maybe(told.best().map(|saying| words::one_line(saying.quote())))
    }),
    column(
        "text_info",
        Object,
        "code points",
        "Where the sentence stands: `sequence` (its number), `start`, `end`.",
        |told| {
            maybe(told.best().map(|saying| {
                let span = saying.source.points(saying.sentence());
                json!({"sequence": saying.claim.sentence + 1, "start": span.start, "end": span.end})
            }))
        },
    ),
    column("link", List, "", "Ids of the reports that tell it.", |told| {
        list(told.sources().iter().map(|source| source.report.id.clone()))
    }),
    column(
        "cite_info",
        Object,
        "",
        "The report of the sentence: `citation` (its id), `url`, `title`, `publication`, `language`, `codebook`, `version`.",
        |told| {
            maybe(told.best().map(|saying| {
            let source = &saying.source;
            json!({
                "citation": source.report.id, "url": source.report.url, "title": source.title(),
                "publication": source.outlet(), "language": source.lang(), "codebook": "PLOVER", "version": "2.0",
            })
        }))
        },
    ),
    column("coder", Text, "", "Who coded it.", |_| super::CODER.into()),
];

/// What PLOVER has no place for.
pub static LOST: &[&str] = &[
    "Every figure but one: `dead`, `injured` and `arrested` hold the preferred.",
    "Who says so, the verdicts, and all sentences but the one that tells it best.",
    "Events without a day, or without an actor: PLOVER requires both.",
];

/// Why an event has no record, if it has none.
pub fn obstacle(told: &Told) -> Option<&'static str> {
    match (told.days(), told.event.actors.is_empty()) {
        (None, _) => Some("without a day"),
        (_, true) => Some("without an actor"),
        _ => None,
    }
}

fn entity(party: &ClaimActor) -> Value {
    json!({
        "code": party.country.map(|country| country.to_string()), "sector": party.sector.map(|sector| sector.as_str()),
        "entity_text": party.name, "identifier_text": party.actor_id,
    })
}

fn auxiliary(told: &Told) -> Option<&'static str> {
    match told.status() {
        Status::Planned => Some("future"),
        Status::Hypothetical | Status::Demanded => Some("hypothetical"),
        Status::Denied => Some("negation"),
        Status::Happened => {
            (told.event.weight.standing == annalist_schema::Standing::Background).then_some("historical")
        }
    }
}

fn place(told: &Told) -> Value {
    let Some(place) = &told.event.place else { return Value::Null };
    let spot = told.spot();
    let resolution = told.precision().map(|precision| match precision {
        PlacePrecision::Point if spot.feature == Some(annalist_data::gazetteer::Feature::District) => 5,
        PlacePrecision::Point => 4,
        PlacePrecision::District => 3,
        PlacePrecision::Province | PlacePrecision::Region | PlacePrecision::Water => 2,
        PlacePrecision::Country => 1,
    });
    let best = told.best().map(|saying| &saying.source.report.text);
    let claimed = told.best().and_then(|saying| saying.claim.place.as_ref());
    let extracted = claimed.zip(best).map(|(place, text)| words::one_line(place.span.of(text)));
    json!({
        "extracted_place": extracted, "resolved_place": spot.name, "geonameid": place.geonames_id, "lat": place.lat,
        "lon": place.lon, "district": spot.admin2, "province": spot.admin1, "country": spot.country,
        "country_code": place.country.map(|country| country.to_string()),
        "feature_code": spot.feature.map(|feature| feature.as_str()), "resolution": resolution,
    })
}
