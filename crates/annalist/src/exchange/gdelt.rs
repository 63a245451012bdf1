//! *How does an event look in GDELT 2.0?* The 61 columns of its event table and the 16 of its mentions: one event, and one row
//! for each claim of a report that tells it. Neither has a header.

use std::sync::LazyLock;

use annalist_data::gazetteer::country_codes;
use annalist_schema::{ClaimActor, Span};
use jiff::civil::Date;
use serde_json::Value;

use super::account::{PlacePrecision, Saying, Told};
use super::layout::Kind::{Integer, Number, Text};
use super::layout::{Column, column, empty, maybe, number};
use super::petrarch::code_of;
use super::{compact, number_of};

/// GDELT's ten columns of a party.
macro_rules! party {
    ($n:literal, $of:ident) => {
        [
            column(
                concat!("Actor", $n, "Code"),
                Text,
                "ISO 3166-1 alpha-3 and PLOVER sector",
                "Who: country and sector.",
                |told: &Told| maybe(code_of(&told.event.$of)),
            ),
            column(concat!("Actor", $n, "Name"), Text, "", "The name, in capitals.", |told: &Told| {
                maybe(told.event.$of.first().map(|party| party.name.to_uppercase()))
            }),
            column(
                concat!("Actor", $n, "CountryCode"),
                Text,
                "ISO 3166-1 alpha-3 or PLOVER",
                "Its country.",
                |told: &Told| {
                    maybe(
                        told.event
                            .$of
                            .first()
                            .and_then(|party| party.country)
                            .map(|country| country.to_string()),
                    )
                },
            ),
            empty(concat!("Actor", $n, "KnownGroupCode"), "Empty."),
            empty(concat!("Actor", $n, "EthnicCode"), "Empty."),
            empty(concat!("Actor", $n, "Religion1Code"), "Empty."),
            empty(concat!("Actor", $n, "Religion2Code"), "Empty."),
            column(concat!("Actor", $n, "Type1Code"), Text, "PLOVER", "Its first sector.", |told: &Told| {
                sector(&told.event.$of, 0)
            }),
            column(concat!("Actor", $n, "Type2Code"), Text, "PLOVER", "Its second sector.", |told: &Told| {
                sector(&told.event.$of, 1)
            }),
            column(concat!("Actor", $n, "Type3Code"), Text, "PLOVER", "Its third sector.", |told: &Told| {
                sector(&told.event.$of, 2)
            }),
        ]
    };
}

/// GDELT's eight columns of where a party is, for which we have nothing.
macro_rules! nowhere {
    ($of:literal) => {
        [
            empty(concat!($of, "Geo_Type"), "Empty: we place events, not parties."),
            empty(concat!($of, "Geo_FullName"), "Empty."),
            empty(concat!($of, "Geo_CountryCode"), "Empty."),
            empty(concat!($of, "Geo_ADM1Code"), "Empty."),
            empty(concat!($of, "Geo_ADM2Code"), "Empty."),
            empty(concat!($of, "Geo_Lat"), "Empty."),
            empty(concat!($of, "Geo_Long"), "Empty."),
            empty(concat!($of, "Geo_FeatureID"), "Empty."),
        ]
    };
}

/// The 61 columns of the event table.
pub static EVENTS: LazyLock<Vec<Column<Told>>> = LazyLock::new(|| {
    let mut columns: Vec<Column<Told>> = vec![
        column(
            "GlobalEventID",
            Integer,
            "",
            "A number made of our id; the same event has the same number.",
            |told| number_of(&told.event.id).into(),
        ),
        column("Day", Integer, "YYYYMMDD", "The day.", |told| maybe(told.day().map(compact))),
        column("MonthYear", Integer, "YYYYMM", "Its month.", |told| {
            maybe(told.day().map(|day| prefix(day, 6)))
        }),
        column("Year", Integer, "YYYY", "Its year.", |told| maybe(told.day().map(|day| prefix(day, 4)))),
        column(
            "FractionDate",
            Number,
            "years",
            "Year and month as GDELT reckons them: month and day by 30.4375.",
            |told| maybe(told.day().map(fraction)),
        ),
    ];
    columns.extend(party!("1", actors));
    columns.extend(party!("2", recipients));
    columns.extend([
        column("IsRootEvent", Integer, "0 or 1", "Whether one of the first three sentences of a report tells it.", |told: &Told| {
            u8::from(told.sayings.iter().any(|saying| saying.claim.sentence < 3)).into()
        }),
        column("EventCode", Text, "CAMEO", "The code; text, for leading zeros count.", |told| cameo(told, 4)),
        column("EventBaseCode", Text, "CAMEO", "Its first three digits.", |told| cameo(told, 3)),
        column("EventRootCode", Text, "CAMEO", "Its first two digits.", |told| cameo(told, 2)),
        column("QuadClass", Integer, "", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict, by the root code.", |told| {
            maybe(quad_class(told))
        }),
        column("GoldsteinScale", Number, "-10 to 10", "Goldstein's score of the code.", |told| maybe(told.goldstein().map(number))),
        column("NumMentions", Integer, "claims", "How many claims tell it.", |told| told.sayings.len().into()),
        column("NumSources", Integer, "origins", "How many independent origins are behind them.", |told| told.origins().len().into()),
        column("NumArticles", Integer, "reports", "How many reports tell it.", |told| told.sources().len().into()),
        empty("AvgTone", "Empty: we measure no tone."),
    ]);
    columns.extend(nowhere!("Actor1"));
    columns.extend(nowhere!("Actor2"));
    columns.extend([
        column(
            "ActionGeo_Type",
            Integer,
            "",
            "1 country, 2 state of the US, 3 town in the US, 4 town, 5 state or province elsewhere.",
            |told: &Told| maybe(geo_type(told)),
        ),
        column("ActionGeo_FullName", Text, "", "Place, province, country.", full_name),
        column("ActionGeo_CountryCode", Text, "FIPS 10-4", "The country, not by ISO.", |told| {
            let country = told.event.place.as_ref().and_then(|place| place.country);
            maybe(country.and_then(|country| country_codes(country).fips))
        }),
        empty("ActionGeo_ADM1Code", "Empty: we hold no FIPS codes of provinces; the full name has it."),
        empty("ActionGeo_ADM2Code", "Empty."),
        column("ActionGeo_Lat", Number, "degrees north", "Of the place.", |told| {
            maybe(told.event.place.as_ref().and_then(|place| place.lat))
        }),
        column("ActionGeo_Long", Number, "degrees east", "Of the place.", |told| {
            maybe(told.event.place.as_ref().and_then(|place| place.lon))
        }),
        column("ActionGeo_FeatureID", Text, "GeoNames", "GeoNames id, not that of GNS.", |told| {
            maybe(told.event.place.as_ref().and_then(|place| place.geonames_id).map(|id| id.to_string()))
        }),
        column(
            "DATEADDED",
            Integer,
            "YYYYMMDDHHMMSS",
            "The last day on which a report of it was published, at midnight.",
            |told| maybe(told.last_published().map(midnight)),
        ),
        column("SOURCEURL", Text, "", "Address of the report that tells it best, or its id.", |told| {
            maybe(told.best().map(identifier))
        }),
    ]);
    columns
});

/// A claim of an event with a day.
pub struct Mention {
    saying: Saying,
    day: Option<Date>,
}

impl Mention {
    /// The claims of an event.
    pub fn of(told: Told) -> impl Iterator<Item = Self> {
        let day = told.day();
        told.sayings.into_iter().map(move |saying| Self { saying, day })
    }
}

/// The 16 columns of the table of mentions.
pub static MENTIONS: &[Column<Mention>] = &[
    column("GLOBALEVENTID", Integer, "", "The event's number.", |row| number_of(&row.saying.event).into()),
    column("EventTimeDate", Integer, "YYYYMMDDHHMMSS", "The event's day, at midnight.", |row| {
        maybe(row.day.map(midnight))
    }),
    column(
        "MentionTimeDate",
        Integer,
        "YYYYMMDDHHMMSS",
        "The last day on which the report may have been published, at midnight.",
        |row| maybe(row.saying.source.published().map(|days| midnight(days.latest))),
    ),
    column(
        "MentionType",
        Integer,
        "",
        "1 where the report has an address, 2 where it has only an id.",
        |row| (if row.saying.source.report.url.is_some() { 1 } else { 2 }).into(),
    ),
    column("MentionSourceName", Text, "", "The outlet.", |row| maybe(row.saying.source.outlet())),
    column("MentionIdentifier", Text, "", "The report's address or id.", |row| {
        identifier(&row.saying).into()
    }),
    column("SentenceID", Integer, "sentences, from 1", "The sentence that states it.", |row| {
        (row.saying.claim.sentence + 1).into()
    }),
    column(
        "Actor1CharOffset",
        Integer,
        "code points",
        "Where the words for the first actor begin in the text.",
        |row| offset(row, &row.saying.claim.actors),
    ),
    column("Actor2CharOffset", Integer, "code points", "Where those for the first recipient begin.", |row| {
        offset(row, &row.saying.claim.recipients)
    }),
    column("ActionCharOffset", Integer, "code points", "Where those for the deed begin.", |row| {
        row.saying.source.points(row.saying.claim.trigger).start.into()
    }),
    column("InRawText", Integer, "", "1: offsets are of the text as it came in.", |_| 1.into()),
    column("Confidence", Integer, "per cent", "The claim's score.", |row| {
        ((f64::from(row.saying.claim.score) * 100.0).round() as i64).into()
    }),
    column("MentionDocLen", Integer, "code points", "How long the report is.", |row| {
        row.saying.source.report.text.chars().count().into()
    }),
    empty("MentionDocTone", "Empty: we measure no tone."),
    empty("MentionDocTranslationInfo", "Empty: nothing is translated."),
    empty("Extras", "Empty."),
];

/// What GDELT has no place for.
pub static LOST: &[&str] = &[
    "Figures, modes, who says so, the verdicts, the text of the sentences; all parties but the first.",
    "Events that are not known to the day, or have no CAMEO code: the layout has no precision.",
    "What is planned, denied, hypothetical or demanded: a row of GDELT means that it happened.",
];

fn prefix(day: Date, n_digits: usize) -> i64 {
    compact(day).get(..n_digits).and_then(|digits| digits.parse().ok()).unwrap_or_default()
}

fn fraction(day: Date) -> Value {
    let months = f64::from(day.month()) - 1.0;
    let part = (months * 30.4375 + f64::from(day.day())) / 365.25;
    (((f64::from(day.year()) + part) * 1e4).round() / 1e4).into()
}

fn midnight(day: Date) -> String {
    format!("{}000000", compact(day))
}

fn sector(parties: &[ClaimActor], at: usize) -> Value {
    maybe(parties.first().and_then(|party| party.sectors.get(at)).map(|sector| sector.as_str()))
}

fn cameo(told: &Told, n_digits: usize) -> Value {
    let code = told.event.cameo.as_ref().map(|code| code.as_str());
    maybe(code.map(|code| code.get(..n_digits).unwrap_or(code)))
}

fn quad_class(told: &Told) -> Option<u8> {
    let root: u8 = told.event.cameo.as_ref()?.root().parse().ok()?;
    Some(match root {
        ..=5 => 1,
        6..=8 => 2,
        9..=13 => 3,
        _ => 4,
    })
}

fn geo_type(told: &Told) -> Option<u8> {
    let is_american = told.event.place.as_ref()?.country.is_some_and(|country| country.as_str() == "USA");
    match (told.precision()?, is_american) {
        (PlacePrecision::Country, _) => Some(1),
        (PlacePrecision::Province, true) => Some(2),
        (PlacePrecision::Point | PlacePrecision::District, true) => Some(3),
        (PlacePrecision::Point | PlacePrecision::District, false) => Some(4),
        (PlacePrecision::Province, false) => Some(5),
        (PlacePrecision::Region | PlacePrecision::Water, _) => None,
    }
}

fn full_name(told: &Told) -> Value {
    let spot = told.spot();
    let mut names: Vec<_> =
        [spot.name, spot.admin1, spot.country.map(str::to_owned)].into_iter().flatten().collect();
    names.dedup();
    if names.is_empty() { Value::Null } else { names.join(", ").into() }
}

fn identifier(saying: &Saying) -> String {
    let report = &saying.source.report;
    report.url.clone().unwrap_or_else(|| report.id.clone())
}

fn offset(row: &Mention, parties: &[ClaimActor]) -> Value {
    let span: Option<Span> = parties.first().and_then(|party| party.span);
    maybe(span.map(|span| row.saying.source.points(span).start))
}
