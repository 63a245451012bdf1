//! *How does an event look in POLECAT's table?* The 40 columns of its files on Dataverse, tabs between them.

use annalist_schema::ClaimActor;

use super::account::Told;
use super::layout::Kind::{Integer, List, Number, Text};
use super::layout::{Column, column, empty, list, maybe, number};

/// Who stands first among parties; POLECAT has one a row.
fn first(parties: &[ClaimActor]) -> Option<&ClaimActor> {
    parties.first()
}

fn name(party: Option<&ClaimActor>) -> serde_json::Value {
    maybe(party.map(|party| party.name.clone()))
}

fn country(party: Option<&ClaimActor>) -> serde_json::Value {
    maybe(party.and_then(|party| party.country).map(|country| country.to_string()))
}

fn sector(party: Option<&ClaimActor>) -> serde_json::Value {
    maybe(party.and_then(|party| party.sector).map(|sector| sector.as_str()))
}

fn sectors(party: Option<&ClaimActor>) -> serde_json::Value {
    list(party.iter().flat_map(|party| &party.sectors))
}

/// The words of the report for a party.
fn raw(told: &Told, of: impl Fn(&annalist_schema::Claim) -> &[ClaimActor]) -> serde_json::Value {
    let words = |saying: &super::account::Saying| {
        let span = first(of(&saying.claim))?.span?;
        Some(crate::briefing::words::one_line(span.of(&saying.source.report.text)))
    };
    maybe(told.best().and_then(words))
}

/// Names of one kind in the report that tells it best.
fn story(told: &Told, kind: annalist_schema::MentionKind) -> serde_json::Value {
    let Some(saying) = told.best() else { return serde_json::Value::Null };
    let text = &saying.source.report.text;
    let named = saying.source.reading.mentions.iter().filter(|mention| mention.kind == kind);
    let names: std::collections::BTreeSet<_> =
        named.map(|mention| annalist_schema::Span::from(mention.span).of(text)).collect();
    list(
        names
            .into_iter()
            .filter(|name| name.starts_with(char::is_uppercase))
            .map(crate::briefing::words::one_line),
    )
}

/// The columns.
pub static COLUMNS: &[Column<Told>] = &[
    column("Event ID", Text, "", "Our id.", |told| told.event.id.clone().into()),
    column("Event Date", Text, "day", "The day.", |told| maybe(told.day().map(|day| day.to_string()))),
    column("Event Type", Text, "PLOVER", "The type.", |told| {
        maybe(told.event.event_type.map(|one| one.as_str()))
    }),
    column("Event Mode", Text, "PLOVER", "The first mode.", |told| {
        maybe(told.modes().first().map(|mode| mode.as_str()))
    }),
    column("Intensity", Number, "-10 to 10", "PLOVER's score of type and mode.", |told| {
        maybe(told.intensity().map(number))
    }),
    column("Quad Code", Text, "", "The quad class.", |told| {
        maybe(told.event.event_type.map(|one| (one.quad() as u8).to_string()))
    }),
    column("Contexts", List, "PLOVER", "The contexts.", |told| {
        list(told.of_claims(|claim| claim.contexts.clone()))
    }),
    column("Actor Name", Text, "", "The first actor.", |told| name(first(&told.event.actors))),
    column("Actor Country", Text, "ISO 3166-1 alpha-3 or PLOVER", "Its country.", |told| {
        country(first(&told.event.actors))
    }),
    empty("Actor COW", "Empty: we hold no numbers of the Correlates of War."),
    column("Primary Actor Sector", Text, "PLOVER", "Its sector.", |told| sector(first(&told.event.actors))),
    column("Actor Sectors", List, "PLOVER", "All its sectors.", |told| sectors(first(&told.event.actors))),
    empty("Actor Title", "Empty: titles are part of the name."),
    column("Actor Name Raw", Text, "", "The words of the report that tells it best.", |told| {
        raw(told, |claim| &claim.actors)
    }),
    empty("Wikipedia Actor ID", "Empty."),
    column("Recipient Name", Text, "", "The first recipient.", |told| name(first(&told.event.recipients))),
    column("Recipient Country", Text, "ISO 3166-1 alpha-3 or PLOVER", "Its country.", |told| {
        country(first(&told.event.recipients))
    }),
    empty("Recipient COW", "Empty, as for the actor."),
    column("Primary Recipient Sector", Text, "PLOVER", "Its sector.", |told| {
        sector(first(&told.event.recipients))
    }),
    column("Recipient Sectors", List, "PLOVER", "All its sectors.", |told| {
        sectors(first(&told.event.recipients))
    }),
    empty("Recipient Title", "Empty, as for the actor."),
    column("Recipient Name Raw", Text, "", "The words of the report.", |told| {
        raw(told, |claim| &claim.recipients)
    }),
    empty("Wikipedia Recipient ID", "Empty."),
    column("Placename", Text, "", "The place.", |told| maybe(told.spot().name)),
    column("City", Text, "", "The place, where it is a town or point.", |told| {
        let is_point = told.precision() == Some(super::account::PlacePrecision::Point);
        maybe(told.spot().name.filter(|_| is_point))
    }),
    column("District", Text, "", "Its district.", |told| maybe(told.spot().admin2)),
    column("Province", Text, "", "Its state or province.", |told| maybe(told.spot().admin1)),
    column("Country", Text, "ISO 3166-1 alpha-3", "Its country.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.country).map(|country| country.to_string()))
    }),
    column("Latitude", Number, "degrees north", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lat))
    }),
    column("Longitude", Number, "degrees east", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.lon))
    }),
    column("GeoNames ID", Integer, "GeoNames", "Of the place.", |told| {
        maybe(told.event.place.as_ref().and_then(|place| place.geonames_id))
    }),
    column("Raw Placename", Text, "", "The words of the report.", |told| {
        let words = |saying: &super::account::Saying| {
            let place = saying.claim.place.as_ref()?;
            Some(crate::briefing::words::one_line(place.span.of(&saying.source.report.text)))
        };
        maybe(told.best().and_then(words))
    }),
    column("Feature Type", Text, "", "Sort of place, in our words.", |told| {
        maybe(told.spot().feature.map(|feature| feature.as_str()))
    }),
    column("Source", List, "", "Outlets that tell it.", |told| list(told.outlets())),
    column(
        "Publication Date",
        Text,
        "day, month, year or two days with `/`",
        "Of the report that tells it best.",
        |told| maybe(told.best().and_then(|saying| saying.source.published()).map(|days| days.format())),
    ),
    column("Story People", List, "", "Persons named in that report.", |told| {
        story(told, annalist_schema::MentionKind::Person)
    }),
    column("Story Organizations", List, "", "Organisations named in it.", |told| {
        story(told, annalist_schema::MentionKind::Organisation)
    }),
    column("Story Locations", List, "", "Places named in it.", |told| {
        story(told, annalist_schema::MentionKind::Place)
    }),
    column("Language", Text, "ISO 639-1", "Its language.", |told| {
        maybe(told.best().and_then(|saying| saying.source.lang().map(str::to_owned)))
    }),
    column("Version", Text, "", "Who coded it.", |_| super::CODER.into()),
];

/// What POLECAT has no place for.
pub static LOST: &[&str] = &[
    "All parties but the first, all modes but the first.",
    "Figures, who says so, the verdicts, the sentences.",
    "Events that are not known to the day: the layout has no precision.",
    "What is planned, denied, hypothetical or demanded: the layout has no place for a status.",
];
