//! *Which words name an actor, a toponym, a time or a quantity?*

use serde::{Deserialize, Serialize};

use crate::{Country, DayInterval, Span};

crate::code::string_enum! {
    /// What a mention names.
    MentionKind {
        /// A person.
        Person = "person",
        /// An organisation, government or force.
        Organisation = "organisation",
        /// A group of people without formal organisation, demonyms included.
        Group = "group",
        /// A place.
        Place = "place",
        /// A weapon or munition.
        Weapon = "weapon",
        /// A ship, aircraft, tank or other military platform.
        Platform = "platform",
        /// A number of something.
        Quantity = "quantity",
        /// A time expression.
        Time = "time",
        /// A named event.
        Event = "event",
        /// Anything else with a name.
        Other = "other",
    }
}

/// Words that name somebody or something; mentions with one `chain` corefer within the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// The full phrase.
    #[serde(flatten)]
    pub span: SpanFields,
    /// What it names.
    pub kind: MentionKind,
    /// Coreference id within the report, `None` if it stands alone.
    pub chain: Option<u32>,
    /// Id of the actor entry it resolves to.
    pub actor: Option<String>,
    /// Index of the syntactic head in [`crate::Document::tokens`]; not part of the row.
    #[serde(skip)]
    pub head: u32,
}

/// `start` and `end` as two fields, the way rows write mentions, timexes and toponyms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanFields {
    /// First offset.
    pub start: u32,
    /// One past the last offset.
    pub end: u32,
}

impl From<Span> for SpanFields {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

impl From<SpanFields> for Span {
    fn from(fields: SpanFields) -> Self {
        Self::new(fields.start, fields.end)
    }
}

crate::code::string_enum! {
    /// TIMEX3 types.
    TimexType {
        /// A calendar expression of a day or coarser.
        Date = "DATE",
        /// A time of day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// A recurring time.
        Set = "SET",
    }
}

/// A time expression with its value and the derivation of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// The words.
    #[serde(flatten)]
    pub span: SpanFields,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimexType,
    /// TIMEX3 value, `XXXX-...` where the anchor is unknown.
    pub value: String,
    /// The days it denotes, written as `earliest` and `latest`; `None` for durations, sets and unanchored values.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub days: Option<DayInterval>,
    /// Name of the rule that read it.
    pub rule: String,
    /// How the rule gets from the anchor to the value, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
    /// The date it was resolved against, if it needed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// Other readings, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

crate::code::string_enum! {
    /// How a place name is used.
    ToponymKind {
        /// The place itself.
        Literal = "literal",
        /// A government, team or people called by the place: "Baghdad said".
        Metonym = "metonym",
        /// An adjective or inhabitant: "Turkish", "Iraqis".
        Demonym = "demonym",
        /// Part of another name: "Paris Agreement".
        Embedded = "embedded",
    }
}

/// A place name and the gazetteer entry it resolves to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Toponym {
    /// The words.
    #[serde(flatten)]
    pub span: SpanFields,
    /// Canonical name of the entry.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<Country>,
    /// ISO 3166-1 alpha-2 code.
    pub cc: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// How the name is used.
    pub kind: ToponymKind,
    /// What sort of place: `country`, `admin1`, `admin2`, `city`, `region`, `sea`, `base`, `camp`, `crossing`, `continent` ...
    pub feature: String,
    /// Why this entry, and the runner-up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
}
